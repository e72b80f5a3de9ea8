// Rows of several records as one series: at each time the rows of one of them. Pure: Table → Table.
import { type Chunk, cellSize, columnIndex, type Table, timeIndex, type Values } from '../../model/table.ts';
import { pickRows } from './subset.ts';

function joined(a: Values, b: Values): Values {
  if (!(a instanceof Float64Array) || !(b instanceof Float64Array)) return [...a, ...b] as unknown as Values;
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

const join = (before: Chunk | null, chunk: Chunk): Chunk =>
  before === null
    ? chunk
    : {
        rows: before.rows + chunk.rows,
        values: chunk.values.map((own, n) => joined(before.values[n] as Values, own)),
      };

/**
 * Of the rows of each time those of the record that comes first in `order`; rows of other records and rows without time are left out. The
 * table must be in the order of time and have the column `record`.
 */
export function oneRecordPerTime(table: Table, order: readonly number[]): Table {
  const [record, time] = [columnIndex(table, 'record'), timeIndex(table)];
  const ranks = new Map(order.map((number, rank) => [number, rank]));
  const sizes = table.columns.map((column) => cellSize(table.dimensions, column));
  const rankOf = ({ values }: Chunk, row: number): number =>
    ranks.get((values[record] as Float64Array)[row] as number) ?? Number.POSITIVE_INFINITY;
  const pick = (chunk: Chunk, rows: readonly number[]): Chunk =>
    rows.length === chunk.rows
      ? chunk
      : { rows: rows.length, values: chunk.values.map((own, n) => pickRows(own, rows, sizes[n] ?? 1)) };

  function known(chunk: Chunk): Chunk {
    const times = chunk.values[time] as Float64Array;
    const rows = Array.from({ length: chunk.rows }, (_, row) => row);
    return pick(
      chunk,
      rows.filter((row) => rankOf(chunk, row) < Number.POSITIVE_INFINITY && !Number.isNaN(times[row])),
    );
  }

  /** Splits off the rows of the last time: more of them may come. */
  function best(chunk: Chunk, end: number): readonly number[] {
    const times = chunk.values[time] as Float64Array;
    const rows: number[] = [];
    for (let from = 0; from < end; ) {
      let to = from + 1;
      while (to < end && times[to] === times[from]) to++;
      let least = Number.POSITIVE_INFINITY;
      for (let row = from; row < to; row++) least = Math.min(least, rankOf(chunk, row));
      for (let row = from; row < to; row++) if (rankOf(chunk, row) === least) rows.push(row);
      from = to;
    }
    return rows;
  }

  async function* chunks(): AsyncGenerator<Chunk> {
    let rest: Chunk | null = null;
    for await (const chunk of table.chunks()) {
      const own: Chunk = join(rest, known(chunk));
      const times = own.values[time] as Float64Array;
      let last = own.rows;
      while (last > 0 && times[last - 1] === times[own.rows - 1]) last--;
      const done = pick(own, best(own, last));
      if (done.rows > 0) yield done;
      rest = pick(
        own,
        Array.from({ length: own.rows - last }, (_, n) => last + n),
      );
    }
    if (rest !== null && rest.rows > 0) yield pick(rest, best(rest, rest.rows));
  }

  return { ...table, rows: null, chunks };
}
