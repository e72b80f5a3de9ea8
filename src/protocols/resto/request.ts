// From the query string of a search to a SearchQuery. Empty parameters are absent, unknown ones are dropped and so do not stand among the
// applied filters; every wrong one is told at once.

import { periodCondition } from '../../catalogue/asked-period.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { printDateTime } from '../../formats/syntax/datetime.ts';
import { parsePageToken } from '../../formats/syntax/page-token.ts';
import { isUuid } from '../../formats/syntax/uuid.ts';
import { readParameters } from '../../http/parameters.ts';
import { decodeQuery } from '../../http/query-string.ts';
import { AppError, type ParameterFault, SyntaxFault } from '../../model/errors.ts';
import { allOf, type Comparison, type Filter } from '../../model/filter.ts';
import { type Area, EVERYTHING, type SearchQuery, type Sort } from '../../model/query.ts';
import type { Localised } from '../../model/text.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Collection } from './collections.ts';
import { productFilter } from './conditions.ts';
import { filtersOf, type ParameterSet, type Part } from './parameter.ts';
import { DEFAULT_COUNT } from './vocabulary.ts';

/** Where a search goes: one collection, or all of them. */
export interface Scope {
  readonly collection: Collection | null;
  /** The one, or all. */
  readonly collections: readonly Collection[];
  readonly parameters: ParameterSet;
}

export interface Paging {
  readonly count: number;
  /** Number of the first record, from 1. */
  readonly start: number;
  readonly page: number;
}

type Pairs = readonly (readonly [key: string, text: string])[];

export interface Asked {
  readonly parts: readonly Part[];
  readonly sort: readonly Sort[];
  readonly paging: Paging;
  /** Everything that was sent, and what of it was used; without empty ones. */
  readonly original: Pairs;
  readonly applied: Pairs;
}

type PartOf<K extends Part['kind'], P = Part> = P extends { readonly kind: infer Kinds }
  ? K extends Kinds
    ? P
    : never
  : never;

function find<K extends Part['kind']>(parts: readonly Part[], kind: K): PartOf<K> | undefined {
  return parts.find((part) => part.kind === kind) as PartOf<K> | undefined;
}

function pagingOf(parts: readonly Part[]): Paging {
  const count = find(parts, 'count')?.value ?? DEFAULT_COUNT;
  const page = find(parts, 'page')?.value;
  if (page !== undefined) return { count, page, start: (page - 1) * count + 1 };
  const start = find(parts, 'index')?.value ?? 1;
  return { count, start, page: Math.floor((start - 1) / count) + 1 };
}

/** What several parameters ask together. */
function faultsTogether(parts: readonly Part[], sort: readonly Sort[]): readonly ParameterFault[] {
  const faults: ParameterFault[] = [];
  const add = (parameter: string, detail: Localised): void => void faults.push({ parameter, detail });
  const attempt = (parameter: string, read: () => unknown): void => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      add(parameter, error.detail);
    }
  };
  const [lat, lon] = [find(parts, 'lat'), find(parts, 'lon')];
  if ((lat === undefined) !== (lon === undefined)) {
    add(lat ? 'lon' : 'lat', { en: 'lat and lon belong together', fr: 'lat et lon vont ensemble' });
  }
  attempt('startDate', () => periodOf(parts));
  const after = find(parts, 'after');
  if (after !== undefined) attempt('after', () => parsePageToken(after.text, sort));
  return faults;
}

const periodOf = (parts: readonly Part[]) =>
  periodCondition(find(parts, 'start')?.moment ?? null, find(parts, 'end')?.moment ?? null);

/** @throws AppError with a fault for each wrong parameter. */
export function readRequest({ parameters }: Scope, raw: string): Asked {
  const { pairs, faults: unreadable } = decodeQuery(raw);
  const original = pairs.filter(([, value]) => value.trim() !== '');
  const faults: ParameterFault[] = [...unreadable];
  let values: { readonly [key: string]: unknown } = {};
  try {
    // Clients send a key twice where they fill it by two ways: the last one counts.
    values = readParameters(parameters, new URLSearchParams([...new Map(original)]), {
      unknown: 'ignore',
      emptyIsAbsent: true,
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    faults.push(...error.faults);
  }
  const parts = Object.values(values).filter((part): part is Part => part !== null);
  const sort: readonly Sort[] = [
    { key: find(parts, 'sortKey')?.key ?? 'begin', descending: find(parts, 'descending')?.value ?? true },
  ];
  faults.push(...faultsTogether(parts, sort));
  if (faults.length > 0) throw new AppError('invalid-parameter', { faults });
  const known = new Set(Object.values(parameters).flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]));
  return { parts, sort, paging: pagingOf(parts), original, applied: original.filter(([key]) => known.has(key)) };
}

export interface QueryParts {
  readonly catalogue: Catalogue;
  readonly placeArea: (name: string, metres: number | null) => Area | null;
  /** `opgc` of `opgc:dynvolc`. */
  readonly prefix: string;
}

/** null: a place that nobody knows. */
function areasOf(parts: readonly Part[], placeArea: QueryParts['placeArea']): readonly Area[] | null {
  const areas: Area[] = [];
  for (const part of parts) {
    if (part.kind === 'box') areas.push({ kind: 'box', box: part.box });
    if (part.kind === 'geometry') areas.push({ kind: 'geometry', geometry: part.geometry });
  }
  const [lat, lon, radius] = [find(parts, 'lat'), find(parts, 'lon'), find(parts, 'radius')];
  if (lat && lon) areas.push({ kind: 'circle', centre: [lon.value, lat.value], metres: radius?.value ?? 10_000 });
  const place = find(parts, 'place');
  if (place === undefined) return areas;
  const area = placeArea(place.text, lat === undefined ? (radius?.value ?? null) : null);
  return area === null ? null : [...areas, area];
}

function servicesOf(parts: readonly Part[], { collections }: Scope, prefix: string): readonly string[] {
  const asked = find(parts, 'parents')?.wanted;
  const fits = ({ name, service }: Collection): boolean =>
    asked === undefined ||
    asked.some(({ text, prefix: begins }) =>
      [name, service.name, `${prefix}:${service.name}`].some((known) => {
        const [wanted, found] = [text.toLowerCase(), known.toLowerCase()];
        return begins ? found.startsWith(wanted) : found === wanted;
      }),
    );
  return collections.filter(fits).map(({ service }) => service.name);
}

function published(operator: Comparison, moment: number): Filter {
  return {
    kind: 'compare',
    operator,
    left: { kind: 'property', name: 'published' },
    right: { kind: 'moment', value: printDateTime(moment).slice(0, 10) },
  };
}

function publishedFilters(parts: readonly Part[]): readonly Filter[] {
  const [from, to] = [find(parts, 'publishedAfter'), find(parts, 'publishedBefore')];
  return [
    ...(from ? [published('greaterOrEqual', from.moment.start)] : []),
    ...(to ? [published('lessOrEqual', to.moment.end)] : []),
  ];
}

/** Identifiers where all that was asked are found by one, else a filter. */
async function productsOf(
  { wanted }: PartOf<'products'>,
  { collections }: Scope,
  { catalogue }: QueryParts,
  viewer: Viewer,
): Promise<{ readonly ids: readonly string[] } | { readonly filter: Filter }> {
  const ids: string[] = [];
  const others: PartOf<'products'>['wanted'][number][] = [];
  for (const one of wanted) {
    const key = isUuid(one.text) ? { uuid: one.text } : { identifier: one.text };
    const record = one.prefix ? null : await catalogue.get(key, viewer);
    if (record !== null) ids.push(record.identifier);
    else if (!('uuid' in key)) others.push(one);
  }
  if (others.length === 0) return { ids };
  return { filter: productFilter(collections, [...others, ...ids.map((text) => ({ text, prefix: false }))]) };
}

/** The search that was asked; null: nothing can be found. */
export async function queryOf(
  asked: Asked,
  scope: Scope,
  deps: QueryParts,
  viewer: Viewer,
): Promise<SearchQuery | null> {
  const { parts, sort, paging } = asked;
  const areas = areasOf(parts, deps.placeArea);
  const services = servicesOf(parts, scope, deps.prefix);
  if (areas === null || services.length === 0) return null;
  let ids: readonly string[] | null = null;
  const filters: Filter[] = [...publishedFilters(parts)];
  for (const part of parts) {
    if (part.kind !== 'products') continue;
    const found = await productsOf(part, scope, deps, viewer);
    if ('filter' in found) filters.push(found.filter);
    else ids = ids === null ? found.ids : ids.filter((id) => found.ids.includes(id));
  }
  const own = filtersOf(parts);
  if (own !== null) filters.push(own);
  const filter = filters.length === 0 ? null : allOf(filters);
  if (ids?.length === 0 || (filter?.kind === 'boolean' && !filter.value)) return null;
  const updated = find(parts, 'updated');
  const after = find(parts, 'after');
  return {
    ...EVERYTHING,
    words: find(parts, 'words')?.text ?? null,
    ids,
    areas: areas.map((area) => ({ area, relation: 'intersects' })),
    time: periodOf(parts),
    services,
    levels: ['dataset'],
    fields: parts.flatMap((part) => (part.kind === 'fields' ? part.conditions : [])),
    filter: filter?.kind === 'boolean' ? null : filter,
    updated: updated === undefined ? null : { start: updated.moment.start, end: null },
    sort,
    start:
      after === undefined
        ? { kind: 'offset', offset: paging.start - 1 }
        : { kind: 'after', cursor: parsePageToken(after.text, sort) },
    limit: paging.count,
  };
}
