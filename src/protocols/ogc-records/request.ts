// From the query string of /items to a SearchQuery. Every wrong parameter is told at once; an undeclared one is refused (17-069r4,
// /req/core/query-param-unknown), an empty one is wrong.
import { termsCondition } from '../../catalogue/asked-terms.ts';
import { parsePageToken } from '../../formats/syntax/page-token.ts';
import { type ParameterTable, type ParameterValues, readParameters } from '../../http/parameters.ts';
import { type DecodedQuery, decodeQuery } from '../../http/query-string.ts';
import { AppError, type ErrorCode, type ParameterFault, SyntaxFault } from '../../model/errors.ts';
import { allOf, type Filter } from '../../model/filter.ts';
import type { Box } from '../../model/geometry.ts';
import { type Cursor, EVERYTHING, NEWEST_FIRST, type SearchQuery, type Sort } from '../../model/query.ts';
import { LEVELS, type Level } from '../../model/record.ts';
import { readBbox, readCrs } from './bbox.ts';
import type { Collection } from './collection.ts';
import { externalIdFilter } from './external-ids.ts';
import type { commonParameters, ItemParameters } from './parameters.ts';
import type { QueryableParameters } from './queryable-parameters.ts';
import { DEFAULT_LIMIT } from './vocabulary.ts';

export type ItemTable = ReturnType<typeof commonParameters> & ItemParameters & QueryableParameters;
type Values = ParameterValues<ItemTable>;

export interface Asked {
  readonly query: SearchQuery;
  readonly sort: readonly Sort[];
  readonly limit: number;
  readonly offset: number;
  readonly f: string | null;
  /** As sent and decoded, in its order, without the place of the page. */
  readonly given: readonly (readonly [name: string, value: string])[];
}

/** What the text of a filter says, in the notation named. */
export type ReadFilter = (text: string, language: 'cql2-text' | 'cql2-json') => Filter;

/** Parameters that only together make sense. */
interface Together {
  readonly box: Box | null;
  readonly filter: Filter | null;
  readonly cursor: Cursor | null;
}

const PLACE_OF_PAGE = new Set(['offset', 'cursor']);

/** Reads what depends on another parameter, each fault under its own name. */
function readTogether(
  texts: ReadonlyMap<string, string>,
  sort: readonly Sort[],
  readFilter: ReadFilter,
  faults: ParameterFault[],
): Together {
  const attempt = <T>(parameter: string, read: () => T): T | null => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      faults.push({ parameter, detail: error.detail });
      return null;
    }
  };
  const [bbox, crs, filter, cursor] = ['bbox', 'bbox-crs', 'filter', 'cursor'].map((name) => texts.get(name));
  const known = crs === undefined || attempt('bbox-crs', () => readCrs(crs)) !== null;
  const language = texts.get('filter-lang') === 'cql2-json' ? 'cql2-json' : 'cql2-text';
  return {
    box: bbox === undefined || !known ? null : attempt('bbox', () => readBbox(bbox, crs)),
    filter: filter === undefined ? null : attempt('filter', () => readFilter(filter, language)),
    cursor: cursor === undefined ? null : attempt('cursor', () => parsePageToken(cursor, sort)),
  };
}

/** Parameters alone, as the table says; an error is given back instead of thrown. */
function readAlone<Table extends ParameterTable>(table: Table, query: DecodedQuery) {
  try {
    return { values: readParameters(table, query, { unknown: 'refuse', emptyIsAbsent: false }), error: null };
  } catch (error) {
    if (error instanceof AppError) return { values: null, error };
    throw error;
  }
}

const isLevel = (type: string): type is Level => LEVELS.some((level) => level === type);

/** Kinds of record: levels that the collection has, or DCMI types by a filter. */
function typesOf({ type }: Values, collection: Collection): { levels: readonly Level[] | null; filters: Filter[] } {
  if (type === null) return { levels: collection.levels, filters: [] };
  if (type.every(isLevel)) {
    const levels = type.filter((level) => collection.levels === null || collection.levels.includes(level));
    return levels.length > 0
      ? { levels, filters: [] }
      : { levels: collection.levels, filters: [{ kind: 'boolean', value: false }] };
  }
  const values = type.map((value) => ({ kind: 'text' as const, value }));
  return { levels: collection.levels, filters: [{ kind: 'in', term: { kind: 'property', name: 'type' }, values }] };
}

function queryOf(
  values: Values,
  together: Together,
  names: readonly string[],
  collection: Collection,
  most: number,
): SearchQuery {
  const { words, filter: alternatives } = termsCondition(values.q);
  const types = typesOf(values, collection);
  const equalities = names.flatMap((name) => values[`queryable:${name}`] ?? []);
  const conditions: readonly Filter[] = [
    ...(alternatives === null ? [] : [alternatives]),
    ...types.filters,
    ...(values.externalIds === null ? [] : [externalIdFilter(values.externalIds)]),
    ...equalities,
    ...(together.filter === null ? [] : [together.filter]),
  ];
  return {
    ...EVERYTHING,
    words,
    ids: values.ids,
    areas: together.box === null ? [] : [{ area: { kind: 'box', box: together.box }, relation: 'intersects' }],
    time: values.datetime === null ? null : { window: values.datetime, relation: 'intersects' },
    services: collection.services,
    levels: types.levels,
    filter: conditions.length === 0 ? null : allOf(conditions),
    sort: values.sortby ?? NEWEST_FIRST,
    start:
      together.cursor === null
        ? { kind: 'offset', offset: values.offset ?? 0 }
        : { kind: 'after', cursor: together.cursor },
    limit: Math.min(values.limit ?? DEFAULT_LIMIT, most),
  };
}

/** Which error the faults make together. */
function codeOf(alone: AppError | null, count: number): ErrorCode {
  return alone !== null && alone.faults.length === count ? alone.code : 'invalid-parameter';
}

/** @throws AppError with a fault for each wrong parameter. */
export function readItemsRequest(
  raw: string,
  table: ItemTable,
  collection: Collection,
  options: { readonly readFilter: ReadFilter; readonly mostRecords: number },
): Asked {
  const decoded = decodeQuery(raw);
  const { values, error } = readAlone(table, decoded);
  const sort = values?.sortby ?? NEWEST_FIRST;
  const texts = new Map(decoded.pairs);
  // Without the order that was asked nobody can tell whether a place in it is one.
  if (values === null && texts.has('sortby')) texts.delete('cursor');
  const faults: ParameterFault[] = [...(error?.faults ?? [])];
  const together = readTogether(texts, sort, options.readFilter, faults);
  if (values === null || faults.length > 0) throw new AppError(codeOf(error, faults.length), { faults });
  const query = queryOf(values, together, [...texts.keys()], collection, options.mostRecords);
  return {
    query,
    sort,
    limit: query.limit,
    offset: values.offset ?? 0,
    f: values.f,
    given: decoded.pairs.filter(([name]) => !PLACE_OF_PAGE.has(name)),
  };
}
