// Lists of the old addresses: a JSON array that flows in chunks (no paging but where the template has it), 204 when nothing matches; or the
// same records as a collection of features for the map and the table of EPOS.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataRow } from '../../formats/writers/data-row.ts';
import {
  createEposCollection,
  EPOS_PAYLOADS,
  type EposPayload,
  type EposView,
} from '../../formats/writers/epos-geojson.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import { acceptable } from '../../http/negotiate.ts';
import { noContent } from '../../http/no-content.ts';
import { type Parameter, readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { streamBody } from '../../http/streaming.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { OldParameter, Service } from '../../model/service.ts';
import type { Language } from '../../model/text.ts';
import { ANONYMOUS, mayTakeData, type Viewer } from '../../model/viewer.ts';
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
  readonly links: Links;
  /** Milliseconds since 1970; an embargo ends with its day. */
  readonly clock: () => number;
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
    const payload = payloadOf(given, ctx.req.headers.accept);
    if (deps.caching.notModified(ctx, await deps.catalogue.revision(), `old-${payload.id}`)) return;
    const writing = writingOf(address, payload, print, viewOf(deps, ctx.state.language));
    await answer(ctx, writing, recordsOf(deps.catalogue, asked, ctx.state.viewer));
  };
}

/** What was asked by name, else what the caller accepts, else JSON: this door has no 406. */
function payloadOf(given: readonly Given[], accept: string | undefined): EposPayload {
  for (const { limit } of given) if (limit.kind === 'payload') return limit.payload;
  return acceptable(accept, EPOS_PAYLOADS) ?? EPOS_PAYLOADS[0];
}

function viewOf({ links, clock }: ListingDependencies, language: Language): EposView {
  const today = new Date(clock()).toISOString().slice(0, 10);
  return {
    language,
    links: links.recordLinks,
    uri: links.uri,
    restricted: (record) => !mayTakeData(ANONYMOUS, record, today),
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

/** How one payload frames and writes the records of an address. */
interface Writing {
  readonly mediaType: string;
  readonly head: string;
  readonly write: (record: CatalogRecord) => string;
  /** Known when the last record has been written. */
  readonly tail: () => string;
  /** Is an answer without records a document, or none? */
  readonly empty: boolean;
}

function writingOf(
  { service }: Address,
  payload: EposPayload,
  print: (record: CatalogRecord) => DataRow,
  view: EposView,
): Writing {
  const mediaType = `${payload.mediaType}; charset=utf-8`;
  if (payload.id === 'json') {
    return { mediaType, head: '[', write: (record) => JSON.stringify(print(record)), tail: () => ']', empty: false };
  }
  const collection = createEposCollection(service, payload.id, view);
  return {
    mediaType,
    head: '{"type":"FeatureCollection","features":[',
    write: (record) => JSON.stringify(collection.feature(record, print(record))),
    tail: () =>
      `]${JSON.stringify(collection.members())
        .replace(/^\{(?!\})/, ',')
        .replace(/^\{\}$/, '}')}`,
    empty: true,
  };
}

/** The first chunk decides between 200 and 204; what fails later breaks the connection off. An empty collection is a document. */
async function answer(
  ctx: AppContext,
  writing: Writing,
  chunks: AsyncGenerator<readonly CatalogRecord[]>,
): Promise<void> {
  let first = await chunks.next();
  while (!first.done && first.value.length === 0) first = await chunks.next();
  if (first.done && !writing.empty) {
    noContent(ctx, writing.mediaType);
    return;
  }
  await streamBody(ctx, writing.mediaType, documentOf(writing, first.done ? [] : first.value, chunks));
}

async function* documentOf(
  { head, write, tail }: Writing,
  first: readonly CatalogRecord[],
  rest: AsyncGenerator<readonly CatalogRecord[]>,
): AsyncGenerator<string> {
  const writeAll = (records: readonly CatalogRecord[]) => records.map(write).join(',\n');
  try {
    yield `${head}\n${writeAll(first)}`;
    for await (const chunk of rest) if (chunk.length > 0) yield `,\n${writeAll(chunk)}`;
    yield `\n${tail()}\n`;
  } finally {
    await rest.return(undefined);
  }
}
