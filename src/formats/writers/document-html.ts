// A JSON document for people (17-069r4, clause 8.2: everything that the JSON says, every link an `a`): members as description lists.
import type { Language } from '../../model/text.ts';
import { escapeHtml } from './text.ts';

/** A link of a document; `href` absolute. */
export interface WebLink {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
  readonly hreflang?: string;
}

const LINKS = { en: 'Links', fr: 'Liens' } as const;

const ADDRESS = /^https?:\/\/[^\s<>"]+$/;

/** A link where the address is one that may stand in a page, else the text alone. */
export function anchor(href: string, text: string, attributes = ''): string {
  return ADDRESS.test(href)
    ? `<a href="${escapeHtml(href)}"${attributes}>${escapeHtml(text)}</a>`
    : `<span>${escapeHtml(text)}</span>`;
}

export const heading = (text: string): string => `<h1>${escapeHtml(text)}</h1>`;

/** Every link with its relation and type. */
export function linkList(links: readonly WebLink[], language: Language): string {
  const items = links.map(({ rel, href, type, title, hreflang }) => {
    const attributes =
      ` rel="${escapeHtml(rel)}"` +
      `${type === undefined ? '' : ` type="${escapeHtml(type)}"`}${hreflang === undefined ? '' : ` hreflang="${escapeHtml(hreflang)}"`}`;
    const facts = [rel, type ?? ''].filter((fact) => fact !== '').join(', ');
    return `<li>${anchor(href, title ?? href, attributes)} <span class="quiet">${escapeHtml(facts)}</span></li>`;
  });
  return `<section><h2>${LINKS[language]}</h2><ul class="addresses">${items.join('')}</ul></section>`;
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Numbers alone, such as coordinates, stay in one line. */
const isNumbers = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'number' || isNumbers(each));

/** Any JSON value, to its last member. */
export function tree(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return ADDRESS.test(value) ? anchor(value, value) : escapeHtml(value);
  if (isNumbers(value)) return `<code>${escapeHtml(JSON.stringify(value))}</code>`;
  if (Array.isArray(value)) return `<ul>${value.map((each) => `<li>${tree(each)}</li>`).join('')}</ul>`;
  if (!isObject(value)) return escapeHtml(String(value));
  const lines = Object.entries(value).map(
    ([name, member]) => `<div><dt><code>${escapeHtml(name)}</code></dt><dd>${tree(member)}</dd></div>`,
  );
  return `<dl class="facts-table">${lines.join('')}</dl>`;
}

/** The page of a document: heading, text, members, links. */
export function documentMain(
  title: string,
  members: { readonly [name: string]: unknown },
  links: readonly WebLink[],
  language: Language,
): string {
  return `${heading(title)}${tree(members)}${linkList(links, language)}`;
}
