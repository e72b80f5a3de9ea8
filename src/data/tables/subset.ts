// A part of a table: a period, a box, some of its variables. Pure: Table → Table, chunk by chunk.
import { AppError } from '../../model/errors.ts';
import {
  type Chunk,
  type Column,
  type Cut,
  columnIndex,
  standardIndex,
  type Table,
  timeIndex,
  type Values,
} from '../../model/table.ts';

/** The values of the rows in `rows`, each of `size` values. */
export function pickRows(values: Values, rows: readonly number[], size: number): Values {
  if (values instanceof Float64Array) {
    const out = new Float64Array(rows.length * size);
    rows.forEach((row, n) => {
      if (size === 1) out[n] = values[row] as number;
      else out.set(values.subarray(row * size, (row + 1) * size), n * size);
    });
    return out;
  }
  const list = values as readonly unknown[];
  return rows.flatMap((row) => list.slice(row * size, (row + 1) * size)) as unknown as Values;
}

type Test = (chunk: Chunk, row: number) => boolean;

function timeTest(table: Table, time: Cut['time']): Test | null {
  const index = timeIndex(table);
  if (time === null || (time.start === null && time.end === null)) return null;
  if (index < 0) throw cannotCut('time', 'the table has no column of time', "la table n'a pas de colonne de temps");
  const start = time.start ?? Number.NEGATIVE_INFINITY;
  const end = time.end ?? Number.POSITIVE_INFINITY;
  return (chunk, row) => {
    const at = (chunk.values[index] as Float64Array)[row] as number;
    return at >= start && (time.endExcluded === true ? at < end : at <= end);
  };
}

/** Longitudes are compared around the circle: aircraft files count from 0 to 360. */
function boxTest(table: Table, box: Cut['box']): Test | null | 'outside' {
  if (box === null) return null;
  const [west, south, east, north] = box;
  const width = west <= east ? east - west : 360 - west + east;
  const inside = (longitude: number, latitude: number) => {
    const eastward = (((longitude - west) % 360) + 360) % 360;
    return (
      latitude >= south && latitude <= north && (eastward <= width || (width >= 360 && Number.isFinite(longitude)))
    );
  };
  const [x, y] = [standardIndex(table, 'longitude'), standardIndex(table, 'latitude')];
  if (x >= 0 && y >= 0) {
    return (chunk, row) =>
      inside((chunk.values[x] as Float64Array)[row] as number, (chunk.values[y] as Float64Array)[row] as number);
  }
  const { station } = table.metadata;
  if (typeof station?.longitude === 'number' && typeof station.latitude === 'number') {
    return inside(station.longitude, station.latitude) ? null : 'outside';
  }
  throw cannotCut('bbox', 'the table has no position', "la table n'a pas de position");
}

function cannotCut(parameter: string, en: string, fr: string): AppError {
  return new AppError('invalid-parameter', { faults: [{ parameter, detail: { en, fr } }] });
}

/** Places of the wanted columns: those of the axis first, then in the order in which they were asked, with the flags that serve them last. */
function wantedColumns(table: Table, variables: readonly string[]): readonly number[] {
  const known = table.columns.map(({ name }) => name);
  const unknown = variables.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    const list = known.slice(0, 50).join(', ');
    throw cannotCut(
      'variables',
      `there is no ${unknown.join(', ')}; there are: ${list}`,
      `il n'y a pas de ${unknown.join(', ')} ; il y a : ${list}`,
    );
  }
  const axis = table.axis === null ? [] : [table.axis.column, ...(table.axis.end === null ? [] : [table.axis.end])];
  const served = variables.flatMap((name) => table.columns[columnIndex(table, name)]?.ancillary ?? []);
  const flags = served.filter((name) => table.columns[columnIndex(table, name)]?.type === 'flags');
  const track = ['longitude', 'latitude', 'altitude'].map((name) => table.columns[standardIndex(table, name)]?.name);
  const place = table.metadata.featureType === 'trajectory' ? track.filter((name) => name !== undefined) : [];
  return [...new Set([...axis, ...place, ...variables, ...flags])].map((name) => columnIndex(table, name));
}

function sizeOf(table: Table, column: Column): number {
  return column.dimensions.reduce((size, name) => size * (table.dimensions.find((d) => d.name === name)?.size ?? 0), 1);
}

async function* cutChunks(table: Table, columns: readonly number[], tests: readonly Test[]): AsyncGenerator<Chunk> {
  const sizes = columns.map((index) => sizeOf(table, table.columns[index] as Column));
  for await (const chunk of table.chunks()) {
    const kept: number[] = [];
    for (let row = 0; row < chunk.rows; row++) if (tests.every((test) => test(chunk, row))) kept.push(row);
    if (kept.length === 0) continue;
    const all = kept.length === chunk.rows;
    const values = columns.map((index, n) => {
      const own = chunk.values[index] as Values;
      return all ? own : pickRows(own, kept, sizes[n] ?? 1);
    });
    yield { rows: kept.length, values };
  }
}

/** Ancillary columns that are gone are no longer named. */
function withoutLost(columns: readonly Column[]): readonly Column[] {
  const names = new Set(columns.map(({ name }) => name));
  return columns.map((column) => {
    if (column.ancillary === undefined || column.ancillary.every((name) => names.has(name))) return column;
    const { ancillary, ...rest } = column;
    const left = ancillary.filter((name) => names.has(name));
    return left.length > 0 ? { ...rest, ancillary: left } : rest;
  });
}

/**
 * The rows inside the period (milliseconds since 1970) and the box (degrees), and the wanted columns. The axis always stays, and so do the
 * flags that serve a wanted column and the position of a track. A row without time or without position lies in no period and no box.
 * Throws AppError `invalid-parameter` for a variable that the table lacks, and for a period or a box where it has no time or no position.
 */
export function subset(table: Table, cut: Cut): Table {
  const box = boxTest(table, cut.box);
  const tests = [timeTest(table, cut.time), box].filter((test): test is Test => typeof test === 'function');
  const wanted = cut.variables === null ? table.columns.map((_, n) => n) : wantedColumns(table, cut.variables);
  if (tests.length === 0 && box !== 'outside' && cut.variables === null) return table;
  const columns = withoutLost(wanted.map((index) => table.columns[index] as Column));
  const used = new Set(
    [...columns, ...table.fixed.map(({ column }) => column)].flatMap(({ dimensions }) => dimensions),
  );
  const none = async function* (): AsyncGenerator<Chunk> {};
  return {
    ...table,
    columns,
    dimensions: table.dimensions.filter(({ name }) => used.has(name)),
    rows: box === 'outside' ? 0 : tests.length === 0 ? table.rows : null,
    chunks: () => (box === 'outside' ? none() : cutChunks(table, wanted, tests)),
  };
}
