// Rows of one time that are told apart by a key (range gates, analyses) become one row with an inner dimension. Pure: Table → Table.
import { FormatFault } from '../../model/format-fault.ts';
import {
  CHUNK_ROWS,
  type Chunk,
  type Column,
  cellSize,
  columnIndex,
  type FlagSet,
  type Table,
  timeIndex,
  type Values,
} from '../../model/table.ts';

/** The keys of a table in ascending order, and the columns of lengths (metres) that have one value for each key. */
export interface PivotKeys {
  readonly keys: readonly number[];
  readonly along: ReadonlyMap<string, readonly number[]>;
}

type List = Float64Array | (string | null)[] | FlagSet[];

/** Reads the rows once. `along`: columns that may depend on the key alone, such as the range of a gate. */
export async function pivotKeys(table: Table, key: string, along: readonly string[]): Promise<PivotKeys> {
  const index = columnIndex(table, key);
  const others = along.map((name) => columnIndex(table, name));
  const seen = new Map<number, (number | null)[]>();
  for await (const { rows, values } of table.chunks()) {
    const keys = values[index] as Float64Array;
    for (let row = 0; row < rows; row++) {
      const own = others.map((other) => (values[other] as Float64Array)[row] as number);
      const known = seen.get(keys[row] as number);
      if (known === undefined) seen.set(keys[row] as number, own);
      else {
        for (let n = 0; n < own.length; n++) {
          if (!Object.is(known[n], own[n])) known[n] = null;
        }
      }
    }
  }
  const keys = [...seen.keys()].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const fixed = along.flatMap((name, n) => {
    const list = keys.map((value) => seen.get(value)?.[n] ?? Number.NaN);
    return list.some(Number.isNaN) ? [] : [[name, list] as const];
  });
  return { keys, along: new Map(fixed) };
}

function emptyList({ type }: Column, length: number): List {
  if (type === 'flags') return Array.from({ length }, (): FlagSet => []);
  return type === 'text' ? new Array<string | null>(length).fill(null) : new Float64Array(length).fill(Number.NaN);
}

function copy(from: Values, at: number, to: List, place: number, size: number): void {
  for (let n = 0; n < size; n++) (to as (number | string | null | FlagSet)[])[place + n] = from[at + n] ?? null;
}

/** Collects cells until there are enough rows for a chunk. Columns of `scalars` have one value for each time, that of its first row. */
function collector(columns: readonly Column[], sizes: readonly number[], width: number, scalars: ReadonlySet<number>) {
  const most = Math.max(1, Math.min(CHUNK_ROWS, Math.floor(500_000 / (width * sizes.reduce((a, b) => a + b, 1)))));
  const widthOf = (n: number): number => (sizes[n] ?? 1) * (scalars.has(n) ? 1 : width);
  const fresh = (): List[] => columns.map((column, n) => emptyList(column, most * widthOf(n)));
  let lists = fresh();
  let rows = 0;
  return {
    rows: () => rows,
    isFull: () => rows === most,
    begin: (values: Chunk['values'], row: number) => {
      rows += 1;
      for (const n of scalars) {
        const size = sizes[n] ?? 1;
        copy(values[n] as Values, row * size, lists[n] as List, (rows - 1) * size, size);
      }
    },
    put: (values: Chunk['values'], row: number, place: number) => {
      for (let n = 0; n < columns.length; n++) {
        const size = sizes[n] ?? 1;
        if (scalars.has(n)) continue;
        copy(values[n] as Values, row * size, lists[n] as List, ((rows - 1) * width + place) * size, size);
      }
    },
    /** The first `count` rows; at most one stays behind, because more of its cells may come. */
    take: (count: number): Chunk => {
      const taken = lists.map((list, n): Values => list.slice(0, count * widthOf(n)) as Values);
      const last = lists.map((list, n) => list.slice(count * widthOf(n), rows * widthOf(n)));
      lists = fresh();
      last.forEach((list, n) => {
        copy(list as Values, 0, lists[n] as List, 0, list.length);
      });
      rows -= count;
      return { rows: count, values: taken };
    },
  };
}

async function* pivoted(
  table: Table,
  key: number,
  keys: readonly number[],
  kept: readonly number[],
  scalars: readonly number[],
): AsyncGenerator<Chunk> {
  const places = new Map(keys.map((value, place) => [value, place]));
  const columns = kept.map((index) => table.columns[index] as Column);
  const sizes = columns.map((column) => cellSize(table.dimensions, column));
  const time = kept.indexOf(timeIndex(table));
  const single = new Set(scalars.map((index) => kept.indexOf(index)));
  const collected = collector(columns, sizes, keys.length, single);
  let before = Number.NaN;
  for await (const chunk of table.chunks()) {
    const values = kept.map((index) => chunk.values[index] as Values);
    const times = values[time] as Float64Array;
    const own = chunk.values[key] as Float64Array;
    for (let row = 0; row < chunk.rows; row++) {
      const at = times[row] as number;
      if (Number.isNaN(at)) continue;
      if (at !== before) {
        if (collected.isFull()) yield collected.take(collected.rows());
        collected.begin(values, row);
        before = at;
      }
      const place = places.get(own[row] as number);
      if (place === undefined) {
        throw new FormatFault(null, `${own[row]} is a new key`, `${own[row]} est une clé nouvelle`);
      }
      collected.put(values, row, place);
    }
    // Whoever waits gets what is complete; the last time may go on in the next chunk.
    if (collected.rows() > 1) yield collected.take(collected.rows() - 1);
  }
  if (collected.rows() > 0) yield collected.take(collected.rows());
}

/**
 * The table with one row for each time: every other column has the dimension of the key first. Rows must be in the order of time. The
 * dimension's coordinate is the first length along the key, or the keys themselves. Columns named in `scalars` keep one value for each time.
 * A key that is not among `keys` throws FormatFault while rows are read.
 */
export function pivot(table: Table, key: string, { keys, along }: PivotKeys, scalars: readonly string[] = []): Table {
  const time = timeIndex(table);
  const index = columnIndex(table, key);
  const coordinate = [...along.keys()][0] ?? key;
  const kept = table.columns.flatMap(({ name }, n) => (n === index || name === coordinate ? [] : [n]));
  const source = table.columns[columnIndex(table, coordinate)] as Column;
  const values = Float64Array.from(along.get(coordinate) ?? keys);
  const single = [time, ...scalars.map((name) => columnIndex(table, name)).filter((n) => n >= 0)];
  return {
    ...table,
    columns: kept.map((n) => {
      const column = table.columns[n] as Column;
      return single.includes(n) ? column : { ...column, dimensions: [key, ...column.dimensions] };
    }),
    dimensions: [
      ...table.dimensions,
      { name: key, size: keys.length, coordinate: { column: { ...source, dimensions: [key] }, values } },
    ],
    rows: null,
    chunks: () => pivoted(table, index, keys, kept, single),
  };
}
