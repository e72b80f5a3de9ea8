// The rows that a query asks for: which series lie there, and of each the wanted time, parameters, levels and places.
import type { RecordRows } from '../../data/records-with-rows.ts';
import { decimate } from '../../data/tables/decimate.ts';
import { begun, held, isInside, selectPlaces, selectRows } from '../../data/tables/select-rows.ts';
import { isAtLevel, type Levels } from '../../formats/syntax/levels.ts';
import { AppError } from '../../model/errors.ts';
import type { Box, Geometry, Position } from '../../model/geometry.ts';
import type { SearchQuery } from '../../model/query.ts';
import { type Cut, columnIndex, standardIndex, type Table } from '../../model/table.ts';
import type { TimeWindow } from '../../model/time.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Collection } from './collection.ts';
import type { EdrParts } from './parts.ts';

/** What is asked of each series. */
export interface Wanted {
  readonly time: TimeWindow | null;
  /** Names of parameters; null: all that hold a value. */
  readonly names: readonly string[] | null;
  readonly z: Levels | null;
  /** Rows that move must lie in it. */
  readonly area: Geometry | null;
  readonly points: number | null;
  readonly thinning: 'm4' | 'minmax' | 'lttb';
}

export interface FoundSeries {
  readonly rows: RecordRows;
  readonly table: Table;
}

/** Metres within which a station is near. */
const NEAR = 10_000;
/** Stations less than this farther than the nearest one stand at the same place. */
const SAME_PLACE = 1;
/** Series of one answer. */
const MOST_SERIES = 1000;
/** Values of a series that are held while it is thinned: 32 MB. */
const MOST_HELD = 4_000_000;
const EARTH_RADIUS = 6_371_008;

function distance([x1, y1]: Position, [x2, y2]: Position): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  const half = Math.sin(radians(y2 - y1) / 2) ** 2;
  const across = Math.cos(radians(y1)) * Math.cos(radians(y2)) * Math.sin(radians(x2 - x1) / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(half + across)));
}

/** Do the rows of a record reach into the window? */
function overlaps({ time }: RecordRows, window: TimeWindow | null): boolean {
  if (window === null || time === null) return window === null;
  return (window.start === null || time.end >= window.start) && (window.end === null || time.start <= window.end);
}

async function matching(
  { records }: EdrParts,
  { id }: Collection,
  viewer: Viewer,
  time: TimeWindow | null,
  areas: SearchQuery['areas'],
): Promise<readonly RecordRows[]> {
  return (await records.matching(id, viewer, { areas })).filter((own) => overlaps(own, time));
}

/** The series at the station that is nearest to each position, within 10 km. */
export async function seriesNear(
  parts: EdrParts,
  collection: Collection,
  positions: readonly Position[],
  time: TimeWindow | null,
  viewer: Viewer,
): Promise<readonly RecordRows[]> {
  const found = new Map<number, RecordRows>();
  for (const centre of positions) {
    const area = { kind: 'circle', centre, metres: NEAR } as const;
    const near = (await matching(parts, collection, viewer, time, [{ area, relation: 'intersects' }])).flatMap(
      (rows) => {
        const { geometry } = rows.record;
        return geometry?.type === 'Point' ? [{ rows, metres: distance(centre, geometry.coordinates) }] : [];
      },
    );
    const nearest = near.reduce((least, { metres }) => Math.min(least, metres), Number.POSITIVE_INFINITY);
    for (const { rows, metres } of near) if (metres <= nearest + SAME_PLACE) found.set(rows.record.id, rows);
  }
  return [...found.values()];
}

/** The series in the area. Throws when there are more than one answer should have. */
export async function seriesIn(
  parts: EdrParts,
  collection: Collection,
  geometry: Geometry,
  time: TimeWindow | null,
  viewer: Viewer,
): Promise<readonly RecordRows[]> {
  const area = { kind: 'geometry', geometry } as const;
  const found = await matching(parts, collection, viewer, time, [{ area, relation: 'intersects' }]);
  if (found.length <= MOST_SERIES) return found;
  const detail = {
    en: `${found.length} series lie there, at most ${MOST_SERIES} are given: ask for a smaller area or a shorter time`,
    fr: `${found.length} séries s'y trouvent, au plus ${MOST_SERIES} sont données : demandez une zone plus petite ou une période plus courte`,
  };
  throw new AppError('invalid-parameter', { faults: [{ parameter: 'coords', detail }] });
}

function boxOf(geometry: Geometry): Box {
  const flat = (geometry.coordinates as readonly unknown[]).flat(9) as readonly number[];
  const longitudes = flat.filter((_, n) => n % 2 === 0);
  const latitudes = flat.filter((_, n) => n % 2 === 1);
  const least = (list: readonly number[]) => list.reduce((a, b) => Math.min(a, b));
  const most = (list: readonly number[]) => list.reduce((a, b) => Math.max(a, b));
  return [least(longitudes), least(latitudes), most(longitudes), most(latitudes)];
}

/** Names that the collection has; null: all that hold a value. Throws for others. */
export function checkedNames({ parameters }: Collection, names: readonly string[] | null): readonly string[] | null {
  const known = parameters.map(({ name }) => name);
  if (names === null || names.length === 0) return null;
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return [...new Set(names)];
  const list = known.join(', ');
  const detail = { en: `must be some of: ${list}`, fr: `doit être parmi : ${list}` };
  throw new AppError('invalid-parameter', { faults: [{ parameter: 'parameter-name', detail }] });
}

/** Throws where the collection has nothing that levels are compared with. */
export function checkLevels({ vertical }: Collection, z: Levels | null): void {
  if (z === null || vertical !== null) return;
  const detail = { en: 'the collection has no vertical extent', fr: "la collection n'a pas d'étendue verticale" };
  throw new AppError('invalid-parameter', { faults: [{ parameter: 'z', detail }] });
}

/** The table at the levels; null: it has none of them. */
function atLevels(table: Table, { vertical }: Collection, z: Levels): Table | null {
  if (vertical === null) return table;
  if ('column' in vertical) {
    const index = columnIndex(table, vertical.column);
    if (index < 0) return null;
    return selectRows(table, ({ values }, row) => isAtLevel(z, (values[index] as Float64Array)[row] as number));
  }
  const { name, coordinate } = vertical.dimension;
  const heights = [...((coordinate?.values ?? []) as Float64Array)];
  const places = heights.flatMap((height, place) => (isAtLevel(z, height) ? [place] : []));
  return places.length === 0 ? null : selectPlaces(table, name, places);
}

function inArea(table: Table, area: Geometry): Table {
  const [x, y] = [standardIndex(table, 'longitude'), standardIndex(table, 'latitude')];
  return selectRows(table, ({ values }, row) => {
    const position = [(values[x] as Float64Array)[row], (values[y] as Float64Array)[row]] as unknown as Position;
    return isInside(area, position);
  });
}

async function thinned(table: Table, { points, thinning }: Wanted, clock: () => number): Promise<Table> {
  if (points === null) return table;
  const isDrawn = table.columns.some(({ type, dimensions }) => {
    return (type === 'number' || type === 'integer') && dimensions.length === 0;
  });
  // Profiles are no lines: there is nothing to thin them by.
  if (!isDrawn) return table;
  const all = await held(table, MOST_HELD);
  if (all.rows !== null && all.rows <= points) return all;
  // Four rows of each interval stay in M4.
  const own = thinning === 'm4' ? Math.max(3, Math.floor(points / 4)) : points;
  return decimate(all, { method: thinning, points: own, variable: null, now: clock() });
}

async function tableOf(
  parts: EdrParts,
  collection: Collection,
  { record }: RecordRows,
  wanted: Wanted,
  viewer: Viewer,
): Promise<Table | null> {
  const { id, key, moves, vertical } = collection;
  const place = vertical !== null && 'column' in vertical && wanted.z !== null ? [vertical.column] : [];
  const variables = wanted.names === null ? null : [...new Set([...wanted.names, ...place])];
  const area = moves ? wanted.area : null;
  const cut: Cut = { variables, time: wanted.time, box: area === null ? null : boxOf(area) };
  let table: Table | null = await parts.series.rows({ service: id, records: [record.id], key }, cut, viewer);
  if (area !== null) table = inArea(table, area);
  if (wanted.z !== null) table = atLevels(table, collection, wanted.z);
  return table === null ? null : begun(await thinned(table, wanted, parts.clock));
}

/** The series that have rows there, each when it is its turn. */
export async function* foundSeries(
  parts: EdrParts,
  collection: Collection,
  sources: readonly RecordRows[],
  wanted: Wanted,
  viewer: Viewer,
): AsyncGenerator<FoundSeries> {
  for (const rows of sources) {
    const table = await tableOf(parts, collection, rows, wanted, viewer);
    if (table !== null) yield { rows, table };
  }
}
