// The only builder of our own addresses. The base URL comes from the configuration, never from the Host header,
// and a record's links come from the doors that are mounted, so that no link leads nowhere.
import type { Link } from '../model/description.ts';
import { doorOf } from '../model/door.ts';
import type { CatalogRecord } from '../model/record.ts';
import type { Protocol } from './protocol.ts';

export type QueryValues = { readonly [name: string]: string | number | null | undefined };

export interface Links {
  /** Base URL without a slash at its end, such as `https://data.example.org/vobs`. */
  readonly base: string;
  /** Path of the base URL without a slash at its end: `/vobs` or the empty string. */
  readonly basePath: string;
  /** Absolute address of one of our paths (which starts with `/`); absent and empty query values are left out. */
  readonly url: (path: string, query?: QueryValues) => string;
  /** Stable address of a record: `{base}/id/{os}/{id}`, `{base}/id/{os}` for a service's series record, `{base}/id/service/{name}` for a door. */
  readonly uri: (
    record: Pick<CatalogRecord, 'service' | 'id' | 'level'> & Partial<Pick<CatalogRecord, 'fields'>>,
  ) => string;
  /** Absolute links of the mounted doors for a record, in the order of the doors. */
  readonly recordLinks: (record: CatalogRecord) => readonly Link[];
  /** Absolute links of the site as a whole, such as the OpenSearch description. */
  readonly siteLinks: () => readonly Link[];
}

/** Query values as `?a=1&b=2`; empty text when there is none. */
export function queryText(values: QueryValues): string {
  let out = '';
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined || value === '') continue;
    out += `${out === '' ? '?' : '&'}${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
  }
  return out;
}

/**
 * `protocols` is read at each call, so that a protocol may be given the links before it is itself added to the list.
 */
export function createLinks(baseUrl: string, protocols: readonly Pick<Protocol, 'recordLinks' | 'siteLinks'>[]): Links {
  const base = baseUrl.replace(/\/+$/, '');
  const basePath = new URL(base).pathname.replace(/\/+$/, '');
  const absolute = (link: Link): Link => (link.href.startsWith('/') ? { ...link, href: base + link.href } : link);
  return {
    base,
    basePath,
    url: (path, query) => base + path + (query ? queryText(query) : ''),
    uri: (record) => {
      const service = encodeURIComponent(record.service);
      if (record.level === 'series') return `${base}/id/${service}`;
      const { level, fields = {} } = record;
      return `${base}/id/${service}/${encodeURIComponent(doorOf({ level, fields })?.name ?? record.id)}`;
    },
    recordLinks: (record) => {
      const links: Link[] = [];
      for (const protocol of protocols) {
        for (const link of protocol.recordLinks?.(record) ?? []) links.push(absolute(link));
      }
      return links;
    },
    siteLinks: () => protocols.flatMap((protocol) => protocol.siteLinks ?? []).map(absolute),
  };
}
