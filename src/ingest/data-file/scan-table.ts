// What the rows of a file cover: how many they are, when they begin and end, where they were taken. One pass in constant memory, by which a
// broken file is found before anything is stored.
import type { Geometry, Position } from '../../model/geometry.ts';
import { type Column, columnIndex, standardIndex, type Table, timeIndex } from '../../model/table.ts';
import { unitChange } from './unit-change.ts';

export interface TableScan {
  readonly rows: number;
  /** Milliseconds since 1970; the end is that of the last sample where the file says it. */
  readonly time: { readonly start: number; readonly end: number } | null;
  /** Point, track or points that the rows themselves tell, degrees WGS 84; null: they have no position. */
  readonly place: Geometry | null;
  /** Metres. */
  readonly altitude: { readonly min: number; readonly max: number } | null;
}

/** A track is drawn with at most so many points. */
const MOST_POINTS = 500;

function named(table: Table, standardName: string, names: RegExp): number {
  const found = standardIndex(table, standardName);
  if (found >= 0) return found;
  return table.columns.findIndex(
    ({ name, type, dimensions }) => names.test(name) && type === 'number' && dimensions.length === 0,
  );
}

const turned = (longitude: number): number => ((((longitude + 180) % 360) + 360) % 360) - 180;
const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/** Every so many-th point, ever fewer of them as the track grows; the last one always. */
function createTrack() {
  let points: Position[] = [];
  let last: Position | null = null;
  let [step, seen] = [1, 0];
  return {
    add(longitude: number, latitude: number): void {
      if (!(Math.abs(latitude) <= 90) || !Number.isFinite(longitude) || Math.abs(longitude) > 360) return;
      last = [rounded(turned(longitude)), rounded(latitude)];
      if (seen++ % step > 0) return;
      points.push(last);
      if (points.length < 2 * MOST_POINTS) return;
      points = points.filter((_, n) => n % 2 === 0);
      step *= 2;
    },
    points(): readonly Position[] {
      const stride = Math.ceil(points.length / MOST_POINTS);
      const kept = points.filter((_, n) => n % stride === 0);
      if (last !== null && kept.at(-1) !== last) kept.push(last);
      return kept.filter(([x, y], n) => n === 0 || x !== kept[n - 1]?.[0] || y !== kept[n - 1]?.[1]);
    },
  };
}

/** The points as a line where the rows follow one another along it; parted where it crosses the antimeridian. */
function placeOf(points: readonly Position[], line: boolean): Geometry | null {
  const [first] = points;
  if (first === undefined) return null;
  if (points.length === 1) return { type: 'Point', coordinates: first };
  if (!line) return { type: 'MultiPoint', coordinates: points };
  const parts: Position[][] = [[first]];
  for (const point of points.slice(1)) {
    const part = parts.at(-1) as Position[];
    const before = part.at(-1) as Position;
    if (Math.abs(point[0] - before[0]) > 180) parts.push([point]);
    else part.push(point);
  }
  const lines = parts.filter(({ length }) => length > 1);
  if (lines.length === 1) return { type: 'LineString', coordinates: lines[0] as Position[] };
  return lines.length === 0
    ? { type: 'MultiPoint', coordinates: points }
    : { type: 'MultiLineString', coordinates: lines };
}

/** Reads all rows. Throws FormatFault where the file cannot be understood. */
export async function scanTable(table: Table): Promise<TableScan> {
  const time = timeIndex(table);
  const end = table.axis?.end == null ? -1 : columnIndex(table, table.axis.end);
  const longitude = named(table, 'longitude', /^(lon|long|longitude)$/i);
  const latitude = named(table, 'latitude', /^(lat|latitude)$/i);
  const height = standardIndex(table, 'altitude');
  const toMetres = height < 0 ? null : unitChange((table.columns[height] as Column).unit, 'm');
  const track = createTrack();
  let rows = 0;
  let [start, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for await (const { rows: count, values } of table.chunks()) {
    rows += count;
    const numbers = (index: number) => (index < 0 ? null : (values[index] as Float64Array));
    const [begins, ends, x, y, z] = [time, end, longitude, latitude, height].map(numbers);
    for (let row = 0; row < count; row++) {
      const at = begins?.[row] ?? Number.NaN;
      const until = ends?.[row] ?? Number.NaN;
      if (at < start) start = at;
      if (at > last) last = at;
      if (until > last) last = until;
      if (x && y) track.add(x[row] as number, y[row] as number);
      if (z && toMetres !== null) {
        const metres = (z[row] as number) * toMetres.factor + toMetres.offset;
        if (metres < low) low = metres;
        if (metres > high) high = metres;
      }
    }
  }
  return {
    rows,
    time: Number.isFinite(start) ? { start, end: last } : null,
    place: placeOf(track.points(), time >= 0),
    altitude: Number.isFinite(low) ? { min: low, max: high } : null,
  };
}
