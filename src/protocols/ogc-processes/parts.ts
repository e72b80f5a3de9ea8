// What the handlers of this door work with.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { WebLink } from '../../formats/writers/document-html.ts';
import type { Caching } from '../../http/caching.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import type { Links, QueryValues } from '../../http/links.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Processing } from '../../processing/processing.ts';
import { JSON_TYPE } from './vocabulary.ts';

export interface OgcProcessesParts {
  readonly processing: Processing;
  readonly catalogue: Pick<Catalogue, 'get' | 'revision'>;
  readonly links: Links;
  readonly caching: Caching;
  readonly frame: HtmlFrame;
  readonly config: { readonly processingBody: number; readonly remoteHosts: readonly string[] };
  /** Of the caller. */
  readonly address: (ctx: AppContext) => string;
}

export const STRICT = { unknown: 'refuse', emptyIsAbsent: false } as const;

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** The address of a page of a list: the first page has no offset. */
export const pageQuery = (query: QueryValues, { limit, offset }: Page): QueryValues => ({
  ...query,
  limit,
  offset: offset === 0 ? null : offset,
});

/** `next` and `prev` of a list of which `total` match. */
export function pageLinks(
  path: string,
  query: QueryValues,
  page: Page,
  total: number,
  links: Links,
): readonly WebLink[] {
  const { limit, offset } = page;
  const to = (rel: string, title: string, from: number): WebLink => ({
    rel,
    href: links.url(path, pageQuery(query, { limit, offset: from })),
    type: JSON_TYPE,
    title,
  });
  return [
    ...(offset + limit < total ? [to('next', 'Next page', offset + limit)] : []),
    ...(offset > 0 ? [to('prev', 'Previous page', Math.max(0, offset - limit))] : []),
  ];
}
