// From checked parameters to a SearchQuery and the place of the page. Box, geometry, point and place hold together (AND).
import { periodCondition } from '../../catalogue/asked-period.ts';
import { parsePageToken } from '../../formats/syntax/page-token.ts';
import { type Area, EVERYTHING, type FieldCondition, type SearchQuery } from '../../model/query.ts';
import { DEFAULT_RADIUS } from './geo-time-parameters.ts';
import { DEFAULT_COUNT, MOST_COUNT } from './parameters.ts';
import type { Asked, Values } from './request.ts';
import { defaultLevels, type Scope } from './scope.ts';

export interface Paging {
  /** Records a page; 0 = the total alone. */
  readonly count: number;
  /** Number of the first record, from 1. */
  readonly startIndex: number;
  /** Pages are counted instead of records, in the request and so in the links. */
  readonly byPage: boolean;
}

export interface Search {
  /** null: nothing can match, such as an unknown place. */
  readonly query: SearchQuery | null;
  readonly paging: Paging;
}

export interface QueryParts {
  readonly placeArea: (name: string, metres: number | null) => Area | null;
  /** `opgc` of `opgc:dynvolc`. */
  readonly prefix: string;
}

function pagingOf(values: Values): Paging {
  const count = Math.min(values.count ?? DEFAULT_COUNT, MOST_COUNT);
  const byPage = values.startIndex === null && values.startPage !== null;
  const startIndex = byPage ? ((values.startPage ?? 1) - 1) * count + 1 : (values.startIndex ?? 1);
  return { count, startIndex, byPage };
}

/** null: the place is unknown. */
function areasOf(values: Values, placeArea: QueryParts['placeArea']): readonly Area[] | null {
  const areas: Area[] = [];
  if (values.box !== null) areas.push({ kind: 'box', box: values.box });
  if (values.geometry !== null) areas.push({ kind: 'geometry', geometry: values.geometry });
  if (values.lat !== null && values.lon !== null) {
    areas.push({ kind: 'circle', centre: [values.lon, values.lat], metres: values.radius ?? DEFAULT_RADIUS });
  }
  if (values.place !== null) {
    const area = placeArea(values.place, values.lat === null ? values.radius : null);
    if (area === null) return null;
    areas.push(area);
  }
  return areas;
}

/** Short names of the asked services within the scope; null: all of them. */
function servicesOf(values: Values, scope: Scope, prefix: string): readonly string[] | null {
  const start = `${prefix}:`;
  const asked = values.services?.map((name) => (name.startsWith(start) ? name.slice(start.length) : name)) ?? null;
  if (scope.kind !== 'service') return asked;
  const own = scope.service.name;
  return asked === null || asked.includes(own) ? [own] : [];
}

function fieldsOf(values: Values): readonly FieldCondition[] {
  const conditions: FieldCondition[] = [];
  for (const key of Object.keys(values)) {
    if (key.startsWith('field:')) conditions.push(...(values[key as `field:${string}`] ?? []));
  }
  return conditions;
}

/** The search that the parameters ask in a scope. */
export function searchOf(asked: Asked, scope: Scope, parts: QueryParts): Search {
  const { values, sort } = asked;
  const paging = pagingOf(values);
  const areas = areasOf(values, parts.placeArea);
  const services = servicesOf(values, scope, parts.prefix);
  if (areas === null || services?.length === 0) return { query: null, paging };
  const relation = values.relation ?? 'intersects';
  const query: SearchQuery = {
    ...EVERYTHING,
    words: values.words,
    ids: values.uid === null ? null : [values.uid],
    areas: areas.map((area) => ({ area, relation })),
    time: periodCondition(values.start, values.end, values.timeRelation ?? 'intersects'),
    services,
    levels: values.levels ?? (values.uid === null ? defaultLevels(scope) : null),
    formats: values.formats,
    acquisitions: values.acquisitions,
    authorizations: values.access,
    productLevels: values.productLevels,
    instruments: values.instruments,
    platforms: values.platforms,
    fields: fieldsOf(values),
    elevation: values.elevation,
    updated: values.updated,
    sort,
    start:
      values.after === null
        ? { kind: 'offset', offset: paging.startIndex - 1 }
        : { kind: 'after', cursor: parsePageToken(values.after, sort) },
    limit: paging.count,
  };
  return { query, paging };
}
