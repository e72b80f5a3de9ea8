// One answer before it is written: the page of records with its titles, addresses and numbers. Each format writes the same answer.
import type { Links } from '../../http/links.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { RecordView } from '../../model/format.ts';
import type { ResultPage } from '../../model/query.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { type PageLink, pageAddress, pageLinks, searchAddress } from './paging.ts';
import type { Search } from './query.ts';
import type { Asked } from './request.ts';
import { type Scope, scopePath } from './scope.ts';
import type { AnswerFormat } from './vocabulary.ts';

export interface Answer {
  readonly scope: Scope;
  readonly language: Language;
  readonly title: string;
  /** Of the OSDD, for autodiscovery. */
  readonly shortName: string;
  readonly subtitle: string;
  /** Identifies the search, whatever its page. */
  readonly id: string;
  /** RFC 3339: the newest change among the records; the moment of the answer when there is none. */
  readonly updated: string;
  readonly author: { readonly name: string; readonly uri?: string; readonly email?: string };
  readonly rights: string;
  readonly pages: readonly PageLink[];
  /** Address of the OSDD. */
  readonly description: string;
  /** The same search in another format, its page kept. */
  readonly inFormat: (format: AnswerFormat) => string;
  readonly total: number;
  readonly startIndex: number;
  readonly itemsPerPage: number;
  readonly echo: Asked['echo'];
  readonly records: ResultPage['records'];
  readonly view: RecordView;
}

export interface AnswerParts {
  readonly mappings: Mappings;
  readonly links: Links;
  readonly view: (language: Language) => RecordView;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Title of a scope: the service's, or the site's. */
export function scopeTitle(scope: Scope, mappings: Mappings, language: Language): string {
  return inLanguage(scope.kind === 'service' ? scope.service.title : mappings.site.title, language);
}

/** With the searched words, so that a reader of several feeds tells them apart. */
function titleOf(scope: Scope, mappings: Mappings, language: Language, words: string | null): string {
  const title = scopeTitle(scope, mappings, language);
  return words === null ? title : `${title}: ${words}`;
}

/** At most 16 characters. */
export function shortNameOf(scope: Scope, mappings: Mappings): string {
  return (scope.kind === 'service' ? scope.service.name : mappings.site.shortName).slice(0, 16);
}

function newestChange(records: ResultPage['records'], now: number): string {
  let newest = '';
  for (const record of records) if (record.updated > newest) newest = record.updated;
  return newest === '' ? `${new Date(now).toISOString().slice(0, 19)}Z` : newest;
}

/** `12 records` */
export function countText(total: number, language: Language): string {
  if (language === 'fr') return `${total} enregistrement${total > 1 ? 's' : ''}`;
  return `${total} record${total === 1 ? '' : 's'}`;
}

/** Brings the asked search and its page of records together. */
export function answerOf(
  parts: AnswerParts,
  scope: Scope,
  language: Language,
  format: AnswerFormat,
  asked: Asked,
  search: Search,
  page: ResultPage,
): Answer {
  const { mappings, links } = parts;
  const { site } = mappings;
  const { paging } = search;
  const total = page.total ?? 0;
  // Both GeoJSON types are the same document, addresses included.
  const address = searchAddress(links, scope, asked, format === 'json' ? 'geojson' : format);
  const { email, url } = site.organisation;
  return {
    scope,
    language,
    title: titleOf(scope, mappings, language, asked.values.words),
    shortName: shortNameOf(scope, mappings),
    subtitle: countText(total, language),
    id: address,
    updated: newestChange(page.records, parts.clock()),
    author: {
      name: site.organisation.organisation,
      ...(url === undefined ? {} : { uri: url }),
      ...(email === undefined ? {} : { email }),
    },
    rights: scope.kind === 'service' ? scope.service.licence.title : site.licence.title,
    pages: pageLinks(address, paging, total, page.next, asked.sort),
    description: links.url(`${scopePath(scope)}/osdd.xml`),
    inFormat: (other) => pageAddress(searchAddress(links, scope, asked, other), paging, paging.startIndex),
    total,
    startIndex: paging.startIndex,
    itemsPerPage: paging.count,
    echo: asked.echo,
    records: page.records,
    view: parts.view(language),
  };
}
