// HTML answer of a search: a plain page with the OpenSearch numbers as meta elements and autodiscovery (OpenSearch 1.1 sections 4.5.6, 4.6).
import { createHash } from 'node:crypto';
import { abstractIn, escapeHtml, titleIn } from '../../formats/writers/text.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Language } from '../../model/text.ts';
import type { RecordTime } from '../../model/time.ts';
import type { Answer } from './answer.ts';
import { NAMESPACES, OSDD_TYPE } from './vocabulary.ts';

const WORDS: { readonly [L in Language]: { readonly [word: string]: string } } = {
  en: {
    search: 'Search',
    words: 'Words',
    first: 'First',
    previous: 'Previous',
    next: 'Next',
    last: 'Last',
    none: 'Nothing found.',
    open: 'ongoing',
  },
  fr: {
    search: 'Chercher',
    words: 'Mots',
    first: 'Première',
    previous: 'Précédente',
    next: 'Suivante',
    last: 'Dernière',
    none: 'Rien trouvé.',
    open: 'en cours',
  },
};
const STYLE =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1c2430;background:#fff}' +
  'a{color:#0a558c}ol{padding:0;list-style:none}li{padding:.8rem 0;border-top:1px solid #d5dbe3}h2{font-size:1.05rem;margin:0}' +
  'p{margin:.2rem 0}.facts{color:#505a68;font-size:.9rem}nav a{margin-right:1rem}input,button{font:inherit;padding:.3rem .5rem}';

/** Content-Security-Policy of the page: its own style and nothing else. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'`;

function period(time: RecordTime, open: string): string {
  if (time.kind === 'none') return '';
  return time.kind === 'instant' ? time.at : `${time.begin ?? '…'} – ${time.end ?? open}`;
}

function item(record: CatalogRecord, { view, language }: Answer): string {
  const facts = [record.identifier, record.service, period(record.time, WORDS[language].open ?? '')];
  return (
    `<li><h2><a href="${escapeHtml(view.uri(record))}">${escapeHtml(titleIn(record, language))}</a></h2>` +
    `<p>${escapeHtml(abstractIn(record, language))}</p>` +
    `<p class="facts">${escapeHtml(facts.filter((fact) => fact !== '').join(' · '))}</p></li>\n`
  );
}

function navigation(answer: Answer): string {
  const words = WORDS[answer.language];
  const pages = answer.pages.filter((page) => page.rel !== 'self');
  if (pages.length === 0) return '';
  const links = pages.map(
    ({ rel, href }) => `<a rel="${rel === 'previous' ? 'prev' : rel}" href="${escapeHtml(href)}">${words[rel]}</a>`,
  );
  return `<nav aria-label="pages">${links.join('')}</nav>`;
}

/** A page, and the Content-Security-Policy that it needs where it is not the common one. */
export interface Page {
  readonly text: string;
  readonly policy?: string;
}

/** The plain page. `action`: address of this scope's HTML search, for the form. */
export function writeHtml(answer: Answer, action: string): Page {
  return { text: documentOf(answer, action), policy: POLICY };
}

function documentOf(answer: Answer, action: string): string {
  const words = WORDS[answer.language];
  const asked = answer.echo.find(([name]) => name === 'searchTerms')?.[1] ?? '';
  const alternates = (['atom', 'rss', 'geojson'] as const).map((format) => {
    const type = format === 'geojson' ? 'application/geo+json' : `application/${format}+xml`;
    return `<link rel="alternate" type="${type}" href="${escapeHtml(answer.inFormat(format))}">`;
  });
  return (
    `<!DOCTYPE html>\n<html lang="${answer.language}"><head profile="${NAMESPACES.os}"><meta charset="utf-8"><title>${escapeHtml(answer.title)}</title>` +
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">' +
    `<meta name="totalResults" content="${answer.total}"><meta name="startIndex" content="${answer.startIndex}">` +
    `<meta name="itemsPerPage" content="${answer.itemsPerPage}">` +
    `<link rel="search" type="${OSDD_TYPE}" href="${escapeHtml(answer.description)}" title="${escapeHtml(answer.shortName)}">` +
    `${alternates.join('')}<style>${STYLE}</style></head><body><main><h1>${escapeHtml(answer.title)}</h1>` +
    `<form action="${escapeHtml(action)}" role="search"><label>${words.words} <input type="search" name="q" value="${escapeHtml(asked)}"></label> ` +
    `<button>${words.search}</button></form><p>${escapeHtml(answer.subtitle)}</p>` +
    `${answer.records.length === 0 && answer.itemsPerPage > 0 ? `<p>${words.none}</p>` : ''}` +
    `<ol start="${answer.startIndex}">\n${answer.records.map((record) => item(record, answer)).join('')}</ol>${navigation(answer)}</main></body></html>\n`
  );
}
