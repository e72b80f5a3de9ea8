// What a table is about, read from its header and its rows: the material of a catalogue record.
import type { Box, Position } from '../../model/geometry.ts';
import { standardIndex, type Table, timeIndex } from '../../model/table.ts';

export interface TableVariable {
  readonly name: string;
  readonly label: string;
  readonly unit: string | null;
  readonly standardName: string | null;
}

export interface TableDescription {
  readonly title: string | null;
  readonly rows: number;
  /** First start and last end, milliseconds since 1970; null: the rows have no time. */
  readonly period: { readonly begin: number; readonly end: number } | null;
  /** Where a fixed station stands. */
  readonly station: Position | null;
  /** Of a track: its positions in the order of time, thinned to `trackPoints`, and their box. */
  readonly track: { readonly positions: readonly Position[]; readonly box: Box } | null;
  /** Metres, where the table has heights in metres. */
  readonly elevation: { readonly min: number; readonly max: number } | null;
  readonly variables: readonly TableVariable[];
  readonly people: readonly {
    readonly name: string;
    readonly organisation: string | null;
    readonly email: string | null;
  }[];
  readonly licence: string | null;
  readonly doi: string | null;
}

/** Longitudes from 0 to 360 count from -180 to 180. */
const toHalf = (longitude: number): number => (longitude > 180 ? longitude - 360 : longitude);

/** The shortest box around the longitudes: west > east when it crosses the antimeridian. */
function boxOf(positions: readonly Position[]): Box {
  const latitudes = positions.map(([, latitude]) => latitude);
  const longitudes = positions.map(([longitude]) => longitude).sort((a, b) => a - b);
  const [first = 0] = longitudes;
  const last = longitudes.at(-1) ?? first;
  let [widest, west, east] = [360 - (last - first), first, last];
  for (let n = 1; n < longitudes.length; n++) {
    const [before, after] = [longitudes[n - 1] as number, longitudes[n] as number];
    if (after - before > widest) [widest, west, east] = [after - before, after, before];
  }
  return [west, latitudes.reduce((a, b) => Math.min(a, b)), east, latitudes.reduce((a, b) => Math.max(a, b))];
}

/** Keeps every second position whenever there are more than twice as many as wanted: constant memory, even steps. */
function thinner(points: number) {
  let kept: Position[] = [];
  let every = 1;
  let seen = 0;
  return {
    add(position: Position) {
      if (seen++ % every === 0) kept.push(position);
      if (kept.length <= 2 * points) return;
      kept = kept.filter((_, n) => n % 2 === 0);
      every *= 2;
    },
    positions: (): readonly Position[] => kept,
  };
}

function range() {
  let [min, max] = [Number.NaN, Number.NaN];
  return {
    add(value: number) {
      if (Number.isNaN(value)) return;
      if (!(value >= min)) min = value;
      if (!(value <= max)) max = value;
    },
    value: () => (Number.isNaN(min) ? null : { min, max }),
  };
}

/** Reads the rows once. The box and the track are of the rows that have a position. */
export async function describeTable(table: Table, trackPoints = 500): Promise<TableDescription> {
  const time = timeIndex(table);
  const end = table.columns.findIndex(({ name }) => name === table.axis?.end);
  const [x, y, z] = ['longitude', 'latitude', 'altitude'].map((name) => standardIndex(table, name)) as [
    number,
    number,
    number,
  ];
  const times = range();
  const heights = range();
  const inMetres = table.columns[z]?.unit === 'm';
  const track = thinner(trackPoints);
  // The corners of the whole track, which thinning might leave out.
  const extremes: Position[] = [];
  const [east, north] = [range(), range()];
  let rows = 0;
  for await (const chunk of table.chunks()) {
    rows += chunk.rows;
    for (const index of [time, end])
      if (index >= 0) for (const at of chunk.values[index] as Float64Array) times.add(at);
    if (inMetres) for (const height of chunk.values[z] as Float64Array) heights.add(height);
    if (x < 0 || y < 0) continue;
    (chunk.values[x] as Float64Array).forEach((longitude, row) => {
      const latitude = (chunk.values[y] as Float64Array)[row] as number;
      if (!(Math.abs(latitude) <= 90 && longitude >= -180 && longitude <= 360)) return;
      const position: Position = [toHalf(longitude), latitude];
      track.add(position);
      const [e, n] = [east.value(), north.value()];
      if (
        e === null ||
        n === null ||
        position[0] < e.min ||
        position[0] > e.max ||
        latitude < n.min ||
        latitude > n.max
      )
        extremes.push(position);
      east.add(position[0]);
      north.add(latitude);
    });
  }
  const positions = track.positions();
  const period = times.value();
  const { station, title, creators, licence, doi } = table.metadata;
  const isPlaced = typeof station?.longitude === 'number' && typeof station.latitude === 'number';
  const fixed = typeof station?.elevation === 'number' ? { min: station.elevation, max: station.elevation } : null;
  return {
    title,
    rows,
    period: period === null ? null : { begin: period.min, end: period.max },
    station: isPlaced ? [station.longitude as number, station.latitude as number] : null,
    track: positions.length === 0 ? null : { positions, box: boxOf([...positions, ...extremes]) },
    elevation: heights.value() ?? fixed,
    variables: table.columns
      .filter(({ type }, n) => type !== 'time' && type !== 'flags' && ![x, y, z].includes(n))
      .map(({ name, label, unit, standardName }) => ({
        name,
        label: label.en ?? label.fr ?? name,
        unit,
        standardName,
      })),
    people: creators,
    licence,
    doi,
  };
}
