// What a search may ask at most, said once for every protocol. Names of parameters are those of SearchQuery; a dialect that has its own
// name for one of them checks that earlier and words it itself.
import { AppError, type ParameterFault } from '../model/errors.ts';
import { FILTER_LIMITS, type Filter, filterSize } from '../model/filter.ts';
import type { Geometry } from '../model/geometry.ts';
import type { SearchQuery, SpatialCondition } from '../model/query.ts';
import type { Localised } from '../model/text.ts';
import type { TimeWindow } from '../model/time.ts';

export interface SearchLimits {
  /** Records of one page. */
  readonly page: number;
  /** Records passed over; further on only a next link or a narrower search leads. */
  readonly offset: number;
  /** Characters of the words. */
  readonly words: number;
  /** Points of a geometry. */
  readonly points: number;
  /** Areas, field conditions, and values in each list. */
  readonly conditions: number;
  readonly values: number;
  /** Metres of a circle's radius: half the way round the Earth. */
  readonly radius: number;
}

export const SEARCH_LIMITS: SearchLimits = {
  page: 1000,
  offset: 10_000_000,
  words: 1000,
  points: 10_000,
  conditions: 20,
  values: 1000,
  radius: 20_040_000,
};

/**
 * Throws AppError `invalid-parameter` with one fault per parameter that is outside the limits, or that has no meaning (a number that is
 * none, a window that ends before it starts).
 */
export function checkLimits(query: SearchQuery, limits: SearchLimits = SEARCH_LIMITS): void {
  const faults: ParameterFault[] = [];
  const fault = (parameter: string, en: string, fr: string): void => {
    faults.push({ parameter, detail: { en, fr } satisfies Localised });
  };
  const whole = (parameter: string, value: number, most: number): void => {
    if (!Number.isInteger(value) || value < 0 || value > most)
      fault(parameter, `a whole number from 0 to ${most} is wanted`, `un nombre entier de 0 à ${most} est attendu`);
  };

  whole('limit', query.limit, limits.page);
  if (query.start.kind === 'offset') whole('offset', query.start.offset, limits.offset);
  if (query.words !== null && query.words.length > limits.words)
    fault('words', `at most ${limits.words} characters are taken`, `au plus ${limits.words} caractères sont acceptés`);
  for (const [parameter, list] of Object.entries(listsOf(query))) {
    const most = parameter === 'areas' || parameter === 'fields' ? limits.conditions : limits.values;
    if (list !== null && list.length > most)
      fault(parameter, `at most ${most} values are taken`, `au plus ${most} valeurs sont acceptées`);
  }
  for (const { area } of query.areas) {
    if (positionsOf(area) > limits.points)
      fault('areas', `at most ${limits.points} points are taken`, `au plus ${limits.points} points sont acceptés`);
    else if (!isOnEarth(area, limits.radius))
      fault(
        'areas',
        'longitudes from -180 to 180 and latitudes from -90 to 90 are wanted',
        'des longitudes de -180 à 180 et des latitudes de -90 à 90 sont attendues',
      );
  }
  checkWindow('time', query.time?.window ?? null, fault);
  checkWindow('updated', query.updated, fault);
  for (const end of [query.elevation?.min ?? null, query.elevation?.max ?? null])
    if (end !== null && !Number.isFinite(end)) fault('elevation', 'a number is wanted', 'un nombre est attendu');
  if (query.filter !== null) checkFilter(query.filter, fault);
  if (faults.length > 0) throw new AppError('invalid-parameter', { faults });
}

/** Parsers hold the same limits; a tree that a protocol made itself is held to them here. */
function checkFilter(filter: Filter, fault: (parameter: string, en: string, fr: string) => void): void {
  const size = filterSize(filter);
  for (const name of ['depth', 'nodes', 'vertices', 'text', 'values'] as const)
    if (size[name] > FILTER_LIMITS[name])
      fault(
        'filter',
        `it is too large (${name}: at most ${FILTER_LIMITS[name]})`,
        `il est trop grand (${name} : au plus ${FILTER_LIMITS[name]})`,
      );
}

function listsOf(query: SearchQuery): { readonly [parameter: string]: readonly unknown[] | null } {
  const {
    ids,
    areas,
    services,
    levels,
    formats,
    acquisitions,
    authorizations,
    productLevels,
    instruments,
    platforms,
    fields,
  } = query;
  return {
    ids,
    areas,
    services,
    levels,
    formats,
    acquisitions,
    authorizations,
    productLevels,
    instruments,
    platforms,
    fields,
  };
}

function checkWindow(
  parameter: string,
  window: TimeWindow | null,
  fault: (parameter: string, en: string, fr: string) => void,
): void {
  if (window === null) return;
  const ends = [window.start, window.end].filter((end) => end !== null);
  if (ends.some((end) => !Number.isFinite(end))) fault(parameter, 'a moment is wanted', 'un instant est attendu');
  else if (window.start !== null && window.end !== null && window.start > window.end)
    fault(parameter, 'the end lies before the start', 'la fin précède le début');
}

type Nested = number | readonly Nested[];

/** Single numbers of a geometry's coordinates, in order: longitude, latitude, longitude… */
const numbersOf = (geometry: Geometry): readonly number[] =>
  ([geometry.coordinates] as readonly Nested[]).flat(4 as 0) as unknown as readonly number[];

function positionsOf(area: SpatialCondition['area']): number {
  return area.kind === 'geometry' ? numbersOf(area.geometry).length / 2 : 1;
}

function isOnEarth(area: SpatialCondition['area'], radius: number): boolean {
  const numbers = area.kind === 'box' ? area.box : area.kind === 'circle' ? area.centre : numbersOf(area.geometry);
  if (area.kind === 'box' && area.box[1] > area.box[3]) return false;
  if (area.kind === 'circle' && !(area.metres >= 0 && area.metres <= radius)) return false;
  return numbers.length > 0 && numbers.every((value, i) => Math.abs(value) <= (i % 2 === 0 ? 180 : 90));
}
