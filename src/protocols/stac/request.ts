// From what a caller wrote, by GET or POST, to a SearchQuery. Every wrong parameter is told at once; undeclared ones are refused.
import { type SearchTerm, termsCondition } from '../../catalogue/asked-terms.ts';
import { parseCql2Json } from '../../formats/syntax/cql2-json.ts';
import { parseCql2Text } from '../../formats/syntax/cql2-text.ts';
import { atPointer } from '../../formats/syntax/filter-faults.ts';
import { parseGeoJsonGeometry } from '../../formats/syntax/geojson.ts';
import { parsePageToken } from '../../formats/syntax/page-token.ts';
import { identifierOfStacId } from '../../formats/writers/stac-id.ts';
import { type ParameterTable, readParameters } from '../../http/parameters.ts';
import { decodeQuery } from '../../http/query-string.ts';
import { AppError, type ErrorCode, type ParameterFault, SyntaxFault } from '../../model/errors.ts';
import { allOf, type Filter, type FilterGeometry } from '../../model/filter.ts';
import type { Box } from '../../model/geometry.ts';
import { type Cursor, EVERYTHING, NEWEST_FIRST, type SearchQuery, type Sort } from '../../model/query.ts';
import type { Queryables } from '../../model/queryable.ts';
import type { TimeWindow } from '../../model/time.ts';
import type { FieldSelection } from './fields.ts';
import { parseJson } from './parameters.ts';
import { readQuery } from './query-extension.ts';
import { parseSort, readSort } from './sort.ts';
import { type StoredValues, withStoredValues } from './stored-values.ts';
import { DEFAULT_LIMIT } from './vocabulary.ts';

/** What was written, each parameter checked by itself; those that depend on others as they came. */
export interface Written {
  readonly limit: number | null;
  readonly token: string | null;
  readonly bbox: Box | null;
  readonly datetime: TimeWindow | null;
  readonly q: readonly SearchTerm[] | null;
  readonly intersects: unknown;
  readonly ids: readonly string[] | null;
  readonly collections: readonly string[] | null;
  readonly query: unknown;
  readonly filter: unknown;
  readonly filterLang: string | null;
  readonly sortby: unknown;
  readonly fields: FieldSelection | null;
  readonly aggregations: readonly string[] | null;
}

export const NOTHING_WRITTEN: Written = {
  limit: null,
  token: null,
  bbox: null,
  datetime: null,
  q: null,
  intersects: null,
  ids: null,
  collections: null,
  query: null,
  filter: null,
  filterLang: null,
  sortby: null,
  fields: null,
  aggregations: null,
};

export interface Asked {
  /** null: nothing can match. */
  readonly query: SearchQuery | null;
  readonly sort: readonly Sort[];
  readonly fields: FieldSelection | null;
  readonly written: Written;
}

export interface RequestParts {
  readonly resolver: (service: string | null) => Queryables;
  readonly stored: StoredValues;
  readonly mostItems: number;
}

/** Reads a query string by a table; what cannot be read is told in `faults`. */
export function readQueryString(
  raw: string,
  table: ParameterTable,
): { readonly written: Written; readonly faults: readonly ParameterFault[]; readonly code: ErrorCode } {
  const decoded = decodeQuery(raw);
  try {
    const values = readParameters(table, raw, { unknown: 'refuse', emptyIsAbsent: false }) as Partial<Written>;
    return { written: { ...NOTHING_WRITTEN, ...values }, faults: [], code: 'invalid-parameter' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // What is right of it still takes part in the checks of parameters together.
    const wrong = new Set(error.faults.map((fault) => fault.parameter));
    const rest = new URLSearchParams(decoded.pairs.filter(([name]) => !wrong.has(name)).map(([n, v]) => [n, v]));
    const values = readParameters(table, rest, { unknown: 'ignore', emptyIsAbsent: false }) as Partial<Written>;
    return { written: { ...NOTHING_WRITTEN, ...values }, faults: error.faults, code: error.code };
  }
}

interface Together {
  readonly sort: readonly Sort[];
  readonly geometry: FilterGeometry | null;
  readonly filters: readonly Filter[];
  readonly cursor: Cursor | null;
}

function readTogether(written: Written, queryables: Queryables, faults: ParameterFault[]): Together {
  const attempt = <T>(parameter: string, value: unknown, read: () => T): T | null => {
    if (value === null) return null;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      faults.push({ parameter, detail: error.detail });
      return null;
    }
  };
  const { intersects, filter, query, sortby, token, filterLang } = written;
  if (written.bbox !== null && intersects !== null) {
    const detail = { en: 'not together with bbox', fr: 'pas avec bbox' };
    faults.push({ parameter: 'intersects', detail });
  }
  const order = attempt('sortby', sortby, () =>
    typeof sortby === 'string' ? parseSort(sortby, queryables) : readSort(sortby, queryables),
  );
  const sort = order === null || order.length === 0 ? NEWEST_FIRST : order;
  const tree = attempt('filter', filter, () => {
    if (typeof filter !== 'string') return parseCql2Json(filter, queryables);
    return filterLang === 'cql2-json'
      ? parseCql2Json(parseJson(filter), queryables)
      : parseCql2Text(filter, queryables);
  });
  const asked = attempt('query', query, () => readQuery(query, queryables));
  return {
    sort,
    geometry: attempt('intersects', intersects, () => parseGeoJsonGeometry(intersects, atPointer('/'))),
    filters: [tree, asked].filter((each) => each !== null),
    // Without the order that was asked nobody can tell whether a place in it is one.
    cursor: sortby !== null && order === null ? null : attempt('token', token, () => parsePageToken(token ?? '', sort)),
  };
}

/** Identifiers of the asked ids; those that are none find nothing. An identifier itself is understood too. */
function identifiersOf(ids: readonly string[], prefix: string): readonly string[] {
  return ids.flatMap((id) => identifierOfStacId(id, prefix) ?? (id.includes(':') ? id : []));
}

const filled = <T>(list: readonly T[] | null): readonly T[] | null =>
  list === null || list.length === 0 ? null : list;

function servicesOf(collections: readonly string[] | null, service: string | null): readonly string[] | null {
  const asked = filled(collections);
  if (service === null) return asked;
  return asked === null || asked.includes(service) ? [service] : [];
}

function queryOf(
  written: Written,
  together: Together,
  service: string | null,
  parts: RequestParts,
): SearchQuery | null {
  const { words, filter: alternatives } = termsCondition(written.q);
  const { geometry } = together;
  const asked = filled(written.ids);
  const ids = asked === null ? null : identifiersOf(asked, parts.stored.prefix);
  const services = servicesOf(written.collections, service);
  if (ids?.length === 0 || services?.length === 0) return null;
  const filters = [
    ...together.filters.map((filter) => withStoredValues(filter, parts.stored)),
    ...(alternatives === null ? [] : [alternatives]),
    ...(geometry?.type === 'GeometryCollection' ? [intersecting(geometry)] : []),
  ];
  return {
    ...EVERYTHING,
    words,
    ids,
    areas: [
      ...(written.bbox === null
        ? []
        : [{ area: { kind: 'box' as const, box: written.bbox }, relation: 'intersects' as const }]),
      ...(geometry === null || geometry.type === 'GeometryCollection'
        ? []
        : [{ area: { kind: 'geometry' as const, geometry }, relation: 'intersects' as const }]),
    ],
    time: written.datetime === null ? null : { window: written.datetime, relation: 'intersects' },
    services,
    levels: ['dataset'],
    filter: filters.length === 0 ? null : allOf(filters),
    sort: together.sort,
    start: together.cursor === null ? { kind: 'offset', offset: 0 } : { kind: 'after', cursor: together.cursor },
    limit: Math.min(written.limit ?? DEFAULT_LIMIT, parts.mostItems),
  };
}

function intersecting(geometry: FilterGeometry): Filter {
  return {
    kind: 'spatial',
    operator: 'intersects',
    left: { kind: 'property', name: 'geometry' },
    right: { kind: 'geometry', geometry },
  };
}

/**
 * The search in one collection, or in all (null).
 * @throws AppError with a fault for each wrong parameter, those that were found before included.
 */
export function askedOf(
  read: { readonly written: Written; readonly faults: readonly ParameterFault[]; readonly code?: ErrorCode },
  service: string | null,
  parts: RequestParts,
): Asked {
  const { written } = read;
  const faults: ParameterFault[] = [...read.faults];
  const together = readTogether(written, parts.resolver(service), faults);
  if (faults.length > 0) {
    const code = read.faults.length === faults.length ? (read.code ?? 'invalid-parameter') : 'invalid-parameter';
    throw new AppError(code, { faults });
  }
  return { query: queryOf(written, together, service, parts), sort: together.sort, fields: written.fields, written };
}
