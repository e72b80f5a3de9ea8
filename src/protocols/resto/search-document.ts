// The answer of a search in resto 2.x: a FeatureCollection with its numbers, filters and links in `properties`. Totals are exact.
import { printPageToken } from '../../formats/syntax/page-token.ts';
import { uuidOf } from '../../formats/syntax/uuid.ts';
import { queryText } from '../../http/links.ts';
import type { ResultPage } from '../../model/query.ts';
import type { Collections } from './collections.ts';
import { type FeatureView, featureOf } from './feature.ts';
import type { Asked, Scope } from './request.ts';
import { type AnswerFormat, OSDD_TYPE, ROOT } from './vocabulary.ts';

export interface Found {
  readonly scope: Scope;
  readonly asked: Asked;
  readonly page: ResultPage;
}

export interface PageLink {
  readonly rel: 'self' | 'first' | 'previous' | 'next' | 'last' | 'search';
  readonly type: string;
  readonly title: string;
  readonly href: string;
}

/** Path of a scope's search, without suffix: `/resto/api/collections[/OI2]`. */
export function scopePath({ collection }: Scope): string {
  return `${ROOT}/api/collections${collection === null ? '' : `/${encodeURIComponent(collection.name)}`}`;
}

/** Neither `previous` on the first page nor `next` on the last; `next` carries a token, so that a deep page costs no more than the first. */
export function pageLinks(
  found: Found,
  url: FeatureView['url'],
  format: AnswerFormat,
  type: string,
): readonly PageLink[] {
  const { scope, asked, page } = found;
  const { paging, sort, applied } = asked;
  const address = url(`${scopePath(scope)}/search.${format}`);
  const kept = Object.fromEntries(applied.filter(([key]) => !['page', 'index', 'after'].includes(key)));
  const link = (rel: PageLink['rel'], href: string): PageLink => ({ rel, type, title: rel, href });
  const at = (number: number, after?: string): string => address + queryText({ ...kept, page: number, after });
  const links = [
    link('self', address + queryText(Object.fromEntries(applied))),
    {
      ...link('search', url(`${scopePath(scope)}/describe.xml`)),
      type: OSDD_TYPE,
      title: 'OpenSearch Description Document',
    },
  ];
  const last = Math.max(1, Math.ceil((page.total ?? 0) / paging.count));
  if (paging.page > 1) links.push(link('previous', at(Math.min(paging.page - 1, last))), link('first', at(1)));
  if (page.next !== null && paging.page < last) {
    links.push(link('next', at(paging.page + 1, printPageToken(page.next, sort))), link('last', at(last)));
  }
  return links;
}

/** The FeatureCollection as an object. `seconds`: what the search took. */
export function searchDocument(found: Found, collections: Collections, view: FeatureView, seconds: number): object {
  const { scope, asked, page } = found;
  const name = scope.collection?.name ?? '*';
  const filters = (pairs: Asked['original']) => ({ ...Object.fromEntries(pairs), collection: name });
  return {
    type: 'FeatureCollection',
    properties: {
      id: uuidOf(`${name}:${JSON.stringify(filters(asked.applied))}`),
      totalResults: page.total ?? 0,
      exactCount: true,
      startIndex: asked.paging.start,
      itemsPerPage: page.records.length,
      query: {
        originalFilters: filters(asked.original),
        appliedFilters: filters(asked.applied),
        processingTime: Math.round(seconds * 10_000) / 10_000,
      },
      links: pageLinks(found, view.url, 'json', 'application/json'),
    },
    features: page.records.flatMap((record) => {
      const collection = collections.ofService(record.service);
      return collection === undefined ? [] : [featureOf(record, collection, view)];
    }),
  };
}
