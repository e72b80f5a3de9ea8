// Lists of the old addresses: a JSON array that flows in chunks (no paging but where the template has it), 204 when nothing matches.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataRow } from '../../formats/writers/data-row.ts';
import type { Caching } from '../../http/caching.ts';
import { noContent } from '../../http/no-content.ts';
import { type Parameter, readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { streamBody } from '../../http/streaming.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { OldParameter, Service } from '../../model/service.ts';
import type { Viewer } from '../../model/viewer.ts';
import { type Asked, askedOf, type Given } from './asked.ts';
import { type Limit, readerOf } from './limits.ts';
import { createOldRecord } from './old-record.ts';

export const JSON_TYPE = 'application/json; charset=utf-8';

/** One address that lists records of one service. */
export interface Address {
  readonly service: Service;
  readonly parameters: readonly OldParameter[];
  readonly where: { readonly [field: string]: string | number | boolean };
  readonly pageSize: number | null;
}

export interface ListingDependencies {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
}

/** Answers a list; `path` holds the values of the path's own parameters by name. */
export function createListing(
  deps: ListingDependencies,
  address: Address,
): (ctx: AppContext, path: { readonly [name: string]: string }) => Promise<void> {
  const { service, where, pageSize } = address;
  const table: { readonly [name: string]: Parameter<Limit> } = Object.fromEntries(
    address.parameters.map((parameter) => [parameter.name, readerOf(service, parameter)]),
  );
  const print = createOldRecord(service);
  return async (ctx, path) => {
    const values = readParameters(table, withPath(ctx.querystring, path), { unknown: 'ignore', emptyIsAbsent: true });
    const given = Object.entries(values).flatMap(([name, limit]): Given[] => (limit === null ? [] : [{ name, limit }]));
    const asked = askedOf({ service: service.name, where, pageSize }, given);
    if (deps.caching.notModified(ctx, await deps.catalogue.revision(), 'old-json')) return;
    await answer(ctx, print, recordsOf(deps.catalogue, asked, ctx.state.viewer));
  };
}

/** Path segments are read by the same table as the query, so that all faults are told together. */
function withPath(querystring: string, path: { readonly [name: string]: string }): string {
  const pairs = Object.entries(path).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  return [querystring, ...pairs].join('&');
}

async function* recordsOf(
  catalogue: Catalogue,
  { query, page }: Asked,
  viewer: Viewer,
): AsyncGenerator<readonly CatalogRecord[]> {
  if (page === null) {
    yield* catalogue.stream(query, viewer);
    return;
  }
  const start = { kind: 'offset', offset: page.offset } as const;
  const { records } = await catalogue.search({ ...query, start, limit: page.count, count: false }, viewer);
  if (records.length > 0) yield records;
}

/** The first chunk decides between 200 and 204; what fails later breaks the connection off. */
async function answer(
  ctx: AppContext,
  print: (record: CatalogRecord) => DataRow,
  chunks: AsyncGenerator<readonly CatalogRecord[]>,
): Promise<void> {
  let first = await chunks.next();
  while (!first.done && first.value.length === 0) first = await chunks.next();
  if (first.done) {
    noContent(ctx, JSON_TYPE);
    return;
  }
  await streamBody(ctx, JSON_TYPE, arrayOf(print, first.value, chunks));
}

async function* arrayOf(
  print: (record: CatalogRecord) => DataRow,
  first: readonly CatalogRecord[],
  rest: AsyncGenerator<readonly CatalogRecord[]>,
): AsyncGenerator<string> {
  const printAll = (records: readonly CatalogRecord[]) =>
    records.map((record) => JSON.stringify(print(record))).join(',\n');
  try {
    yield `[\n${printAll(first)}`;
    for await (const chunk of rest) if (chunk.length > 0) yield `,\n${printAll(chunk)}`;
    yield '\n]\n';
  } finally {
    await rest.return(undefined);
  }
}
