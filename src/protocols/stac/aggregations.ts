// The aggregation extension (v0.3.0): counts over what a search finds. /aggregations lists them, /aggregate computes those that are asked.

import { PROCESSING_LEVELS } from '../../formats/writers/stac-item.ts';
import { stacTime } from '../../formats/writers/stac-time.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { AppError } from '../../model/errors.ts';
import type { FacetName, FacetValue, SearchQuery } from '../../model/query.ts';
import type { ProductLevel } from '../../model/record.ts';
import type { Viewer } from '../../model/viewer.ts';
import { readSearchBody } from './body.ts';
import { COMMON } from './parameters.ts';
import { answerDocument, type DocumentLink, find, ownLinks, type StacParts, send } from './parts.ts';
import { type Asked, askedOf, NOTHING_WRITTEN, readQueryString } from './request.ts';
import { collectionPath, JSON_TYPE, ROOT } from './vocabulary.ts';

interface Aggregation {
  readonly name: string;
  readonly data_type: string;
}

/** Counts by a property, and how a value of the facet is written. */
const FREQUENCIES: { readonly [name: string]: { readonly facet: FacetName; readonly type: string } } = {
  collection_frequency: { facet: 'service', type: 'string' },
  datetime_frequency: { facet: 'year', type: 'interval_year' },
  processing_level_frequency: { facet: 'productLevel', type: 'string' },
  instrument_frequency: { facet: 'instrument', type: 'string' },
  access_frequency: { facet: 'authorization', type: 'string' },
};
const AGGREGATIONS: readonly Aggregation[] = [
  { name: 'total_count', data_type: 'numeric' },
  { name: 'datetime_min', data_type: 'datetime' },
  { name: 'datetime_max', data_type: 'datetime' },
  ...Object.entries(FREQUENCIES).map(([name, { type }]) => ({ name, data_type: type })),
];

const pathOf = (service: string | null): string => (service === null ? ROOT : collectionPath(service));

function linksOf(ctx: AppContext, name: string, service: string | null, parts: StacParts): readonly DocumentLink[] {
  const links = ownLinks(ctx, `${pathOf(service)}/${name}`, JSON_TYPE, parts);
  if (service !== null) {
    const href = parts.links.url(collectionPath(service));
    links.push({ rel: 'collection', href, type: JSON_TYPE });
  }
  return links;
}

export function answerAggregations(ctx: AppContext, parts: StacParts, service: string | null): Promise<void> {
  return answerDocument(ctx, parts, JSON_TYPE, () => ({
    type: 'AggregationCollection',
    aggregations: AGGREGATIONS,
    links: linksOf(ctx, 'aggregations', service, parts),
  }));
}

/** The first begin or the last end among what is found; null: nothing found has a time. */
async function extreme(parts: StacParts, query: SearchQuery, viewer: Viewer, last: boolean): Promise<string | null> {
  const sort = [{ key: last ? ('end' as const) : ('begin' as const), descending: last }];
  const page = await find(parts, { ...query, sort, limit: 1, count: false }, viewer);
  const [record] = page.records;
  if (record === undefined || record.time.kind === 'none') return null;
  const time = stacTime(record, parts.clock());
  return (last ? time.end_datetime : time.start_datetime) ?? time.datetime;
}

function keyOf(name: string, value: string, { mappings }: StacParts): string {
  if (name === 'datetime_frequency') return `${value.padStart(4, '0')}-01-01T00:00:00Z`;
  if (name === 'processing_level_frequency') return PROCESSING_LEVELS[value as ProductLevel] ?? value;
  if (name !== 'access_frequency') return value;
  return mappings.codes.authorization.find(({ code }) => String(code) === value)?.name ?? value;
}

function buckets(name: string, values: readonly FacetValue[], asked: Asked, parts: StacParts): readonly object[] {
  // A facet leaves its own condition aside; what was asked holds here all the same.
  const services = asked.query?.services ?? null;
  // Years in their order, other values by their number.
  const ordered =
    name === 'datetime_frequency' ? [...values].sort((a, b) => Number(a.value) - Number(b.value)) : values;
  return ordered
    .filter(({ value }) => name !== 'collection_frequency' || services === null || services.includes(value))
    .map(({ value, count }) => ({
      key: keyOf(name, value, parts),
      data_type: FREQUENCIES[name]?.type ?? 'string',
      frequency: count,
    }));
}

/** The asked aggregations in the order of the list. */
async function compute(asked: Asked, parts: StacParts, viewer: Viewer): Promise<readonly object[]> {
  const names = new Set(asked.written.aggregations ?? []);
  const wanted = AGGREGATIONS.filter(({ name }) => names.has(name));
  const { query } = asked;
  const facets = wanted.flatMap(({ name }) => FREQUENCIES[name]?.facet ?? []);
  const counts = query === null || facets.length === 0 ? {} : await parts.catalogue.facets(query, facets, viewer);
  const found: object[] = [];
  for (const { name, data_type } of wanted) {
    const frequency = FREQUENCIES[name];
    if (frequency !== undefined) {
      found.push({ name, data_type, buckets: buckets(name, counts[frequency.facet] ?? [], asked, parts) });
    } else if (name === 'total_count') {
      const { total } = await find(parts, query === null ? null : { ...query, limit: 0 }, viewer);
      found.push({ name, data_type, value: total ?? 0 });
    } else {
      const value = query === null ? null : await extreme(parts, query, viewer, name === 'datetime_max');
      found.push({ name, data_type, value });
    }
  }
  return found;
}

function checkNames({ written }: Asked): void {
  const known = AGGREGATIONS.map(({ name }) => name);
  const wrong = (written.aggregations ?? []).filter((name) => !known.includes(name));
  if (wrong.length === 0) return;
  const list = known.join(', ');
  const detail = { en: `must be among: ${list}`, fr: `doivent être parmi : ${list}` };
  throw new AppError('invalid-parameter', { faults: [{ parameter: 'aggregations', detail }] });
}

async function sendAggregations(
  ctx: AppContext,
  asked: Asked,
  service: string | null,
  parts: StacParts,
): Promise<void> {
  const document = {
    type: 'AggregationCollection',
    aggregations: await compute(asked, parts, ctx.state.viewer),
    links: linksOf(ctx, 'aggregate', service, parts),
  };
  send(ctx, JSON_TYPE, `${JSON.stringify(document)}\n`);
}

export async function answerAggregate(ctx: AppContext, parts: StacParts, service: string | null): Promise<void> {
  const table = service === null ? parts.parameters.aggregate : parts.parameters.aggregateOne;
  const asked = askedOf(readQueryString(ctx.querystring, table), service, parts.request);
  checkNames(asked);
  if (parts.caching.notModified(ctx, await parts.catalogue.revision(), 'aggregate')) return;
  await sendAggregations(ctx, asked, service, parts);
}

export async function answerAggregateBody(ctx: AppContext, parts: StacParts): Promise<void> {
  readParameters(COMMON, ctx.querystring, { unknown: 'refuse', emptyIsAbsent: false });
  const asked = askedOf(await readSearchBody(ctx, NOTHING_WRITTEN, true), null, parts.request);
  checkNames(asked);
  ctx.set('Cache-Control', 'no-store');
  await sendAggregations(ctx, asked, null, parts);
}
