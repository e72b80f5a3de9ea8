// From the limits of a request to the search and the page that it asks.
import type { DateTime } from '../../formats/syntax/datetime.ts';
import { AppError, type ParameterFault } from '../../model/errors.ts';
import type { Box } from '../../model/geometry.ts';
import { EVERYTHING, type FieldCondition, type SearchQuery, type SpatialCondition } from '../../model/query.ts';
import type { Limit } from './limits.ts';

/** A parameter that was given, by the name that the caller wrote. */
export interface Given {
  readonly name: string;
  readonly limit: Limit;
}

export interface Asked {
  /** Of the service's data sets, oldest first. */
  readonly query: SearchQuery;
  /** null: everything that matches. */
  readonly page: { readonly offset: number; readonly count: number } | null;
}

/** What an address lists before any parameter: the service, and the fields that its records must have. */
export interface Listed {
  readonly service: string;
  readonly where: { readonly [field: string]: string | number | boolean };
  readonly pageSize: number | null;
}

/** @throws AppError `invalid-parameter` where two limits contradict each other, naming the second one. */
export function askedOf(listed: Listed, given: readonly Given[]): Asked {
  const faults: ParameterFault[] = [];
  const start = latest(given);
  const end = earliest(given);
  if (start && end && start.moment.start > end.moment.end) {
    faults.push({
      parameter: end.name,
      detail: {
        en: `lies before ${start.name} (${start.moment.text})`,
        fr: `précède ${start.name} (${start.moment.text})`,
      },
    });
  }
  const elevation = range(given, 'elevation', faults);
  const box = boxOfBounds(range(given, 'longitude', []), range(given, 'latitude', faults));
  if (faults.length > 0) throw new AppError('invalid-parameter', { faults });
  const query: SearchQuery = {
    ...EVERYTHING,
    services: [listed.service],
    levels: ['dataset'],
    areas: [...boxes(given), ...(box === null ? [] : [box])].map(inBox),
    time:
      start || end
        ? { window: { start: start?.moment.start ?? null, end: end?.moment.end ?? null }, relation: 'intersects' }
        : null,
    instruments: texts(given, 'instrument'),
    platforms: texts(given, 'platform'),
    fields: [...required(listed.where), ...fieldConditions(given)],
    elevation: elevation.min === null && elevation.max === null ? null : elevation,
    sort: [{ key: 'begin', descending: false }],
  };
  return { query, page: pageOf(listed, given) };
}

interface Named {
  readonly name: string;
  readonly moment: DateTime;
}

function moments(given: readonly Given[], kind: 'begin' | 'end'): readonly Named[] {
  return given.flatMap(({ name, limit }) => (limit.kind === kind ? [{ name, moment: limit.moment }] : []));
}

function latest(given: readonly Given[]): Named | null {
  return moments(given, 'begin').reduce<Named | null>(
    (a, b) => (a === null || b.moment.start > a.moment.start ? b : a),
    null,
  );
}

function earliest(given: readonly Given[]): Named | null {
  return moments(given, 'end').reduce<Named | null>(
    (a, b) => (a === null || b.moment.end < a.moment.end ? b : a),
    null,
  );
}

interface Range {
  readonly min: number | null;
  readonly max: number | null;
}

function range(given: readonly Given[], axis: 'elevation' | 'longitude' | 'latitude', faults: ParameterFault[]): Range {
  let min: number | null = null;
  let max: number | null = null;
  let maxName = '';
  for (const { name, limit } of given) {
    if (limit.kind !== 'bound' || limit.axis !== axis) continue;
    if (limit.side !== 'max') min = Math.max(limit.value, min ?? limit.value);
    if (limit.side !== 'min') {
      max = Math.min(limit.value, max ?? limit.value);
      maxName = name;
    }
  }
  if (min !== null && max !== null && min > max) {
    faults.push({ parameter: maxName, detail: { en: `is less than ${min}`, fr: `est inférieur à ${min}` } });
  }
  return { min, max };
}

/** A missing side is the edge of the world; west greater than east crosses the antimeridian. */
function boxOfBounds(longitude: Range, latitude: Range): Box | null {
  if ([longitude.min, longitude.max, latitude.min, latitude.max].every((bound) => bound === null)) return null;
  return [longitude.min ?? -180, latitude.min ?? -90, longitude.max ?? 180, latitude.max ?? 90];
}

function boxes(given: readonly Given[]): readonly Box[] {
  return given.flatMap(({ limit }) => (limit.kind === 'box' && limit.box !== null ? [limit.box] : []));
}

function inBox(box: Box): SpatialCondition {
  return { area: { kind: 'box', box }, relation: 'intersects' };
}

function texts(given: readonly Given[], kind: 'instrument' | 'platform'): readonly string[] | null {
  const values = given.flatMap(({ limit }) => (limit.kind === kind ? [limit.value] : []));
  return values.length === 0 ? null : values;
}

function required(where: Listed['where']): readonly FieldCondition[] {
  return Object.entries(where).map(([field, value]) => ({ field, operator: 'equals', value }));
}

function fieldConditions(given: readonly Given[]): readonly FieldCondition[] {
  return given.flatMap(({ limit }) => (limit.kind === 'field' ? [limit.condition] : []));
}

/** `page` counts from 1 and `index` from 0; both together add up. */
function pageOf(listed: Listed, given: readonly Given[]): Asked['page'] {
  const numberOf = (kind: 'count' | 'page' | 'index'): number | null => {
    const found = given.find(({ limit }) => limit.kind === kind);
    return found?.limit.kind === kind ? found.limit.value : null;
  };
  const asked = numberOf('count');
  const count = asked ?? listed.pageSize;
  if (count === null) return null;
  return { count, offset: (numberOf('index') ?? 0) + Math.max(0, (numberOf('page') ?? 1) - 1) * count };
}
