// Addresses of the pages of an answer (OpenSearch 1.1 section 4.5.4; CEOS-BP-011B): first, previous, next, last; self alone when empty.
// `next` carries a token of the last record's place besides its number, so that a deep page costs no more than the first.
import { printPageToken } from '../../formats/syntax/page-token.ts';
import { type Links, queryText } from '../../http/links.ts';
import type { Cursor, Sort } from '../../model/query.ts';
import type { Paging } from './query.ts';
import type { Asked } from './request.ts';
import { type Scope, scopePath } from './scope.ts';
import type { AnswerFormat } from './vocabulary.ts';

export interface PageLink {
  readonly rel: 'self' | 'first' | 'previous' | 'next' | 'last';
  readonly href: string;
}

/** Absolute address of the asked search in a format, without its paging. */
export function searchAddress(links: Links, scope: Scope, asked: Asked, format: AnswerFormat): string {
  return links.url(`${scopePath(scope)}/search.${format}`) + queryText(Object.fromEntries(asked.given));
}

/** Number of the first record of the last page, counted in steps from the asked one. */
function lastStart(paging: Paging, total: number): number {
  const { count, startIndex } = paging;
  if (startIndex > total) return Math.floor((total - 1) / count) * count + 1;
  return startIndex + Math.floor((total - startIndex) / count) * count;
}

/** Address of the page that starts at a record's number (from 1); `address`: of the search without paging. */
export function pageAddress(address: string, paging: Paging, start: number, after?: string): string {
  const { count, byPage } = paging;
  const place = byPage && count > 0 ? `startPage=${Math.floor((start - 1) / count) + 1}` : `startIndex=${start}`;
  const token = after === undefined ? '' : `&after=${after}`;
  return `${address}${address.includes('?') ? '&' : '?'}count=${count}&${place}${token}`;
}

/**
 * The links of one page. Neither `previous` on the first page nor `next` on the last one; with no records asked or found, `self` alone.
 */
export function pageLinks(
  address: string,
  paging: Paging,
  total: number,
  next: Cursor | null,
  sort: readonly Sort[],
): readonly PageLink[] {
  const { count, startIndex } = paging;
  const at = (start: number, after?: string): string => pageAddress(address, paging, start, after);
  const links: PageLink[] = [{ rel: 'self', href: at(startIndex) }];
  if (total === 0 || count === 0) return links;
  links.push({ rel: 'first', href: at(1) });
  const last = lastStart(paging, total);
  if (startIndex > 1) links.push({ rel: 'previous', href: at(Math.max(1, Math.min(startIndex - count, last))) });
  if (next !== null) links.push({ rel: 'next', href: at(startIndex + count, printPageToken(next, sort)) });
  links.push({ rel: 'last', href: at(last) });
  return links;
}
