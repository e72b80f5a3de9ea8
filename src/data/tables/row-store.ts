// Rows that must be held because a result depends on all of them (orders, groups), within a limit; and the table that they make.
import { AppError } from '../../model/errors.ts';
import { CHUNK_ROWS, type Chunk, type Column, type Table, type Values } from '../../model/table.ts';

/** NaN and null are missing. */
export type Cell = number | string | null;
export type Row = readonly Cell[];

/** Values that one request may hold: about 100 MB at most. */
export const MOST_VALUES = 2_000_000;

/** Throws AppError `answer-too-large` beyond the limit. `what`: the function that needs the rows, as the caller wrote it. */
export function checkHeld(rows: number, columns: number, what: string): void {
  const most = Math.floor(MOST_VALUES / Math.max(1, columns));
  if (rows <= most) return;
  throw new AppError('answer-too-large', {
    detail: {
      en: `${what} can hold ${most} rows of ${columns} variables; ask for a shorter time, or for fewer variables`,
      fr: `${what} peut garder ${most} lignes de ${columns} variables ; demandez une période plus courte, ou moins de variables`,
    },
  });
}

export function rowOf(chunk: Chunk, row: number): Cell[] {
  return chunk.values.map((values) => (values as ArrayLike<Cell>)[row] ?? null);
}

/** -1, 0, 1: missing texts come first, missing numbers last, as ERDDAP has them. */
export function compareCells(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') {
    if (a < b) return -1;
    if (a > b) return 1;
    return a === b ? 0 : (Number.isNaN(a) ? 1 : 0) - (Number.isNaN(b) ? 1 : 0);
  }
  const [x, y] = [a === null ? '' : String(a), b === null ? '' : String(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function valuesOf(column: Column, n: number, rows: readonly Row[]): Values {
  if (column.type === 'text') return rows.map((row) => row[n] as string | null);
  return Float64Array.from(rows, (row) => (typeof row[n] === 'number' ? (row[n] as number) : Number.NaN));
}

function* chunksOf(columns: readonly Column[], rows: readonly Row[]): Generator<Chunk> {
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    const part = rows.slice(from, from + CHUNK_ROWS);
    yield { rows: part.length, values: columns.map((column, n) => valuesOf(column, n, part)) };
  }
}

/** The table with these columns and with the rows that `make` gives when the first chunk is asked for; they are made once. */
export function heldTable(table: Table, columns: readonly Column[], make: () => Promise<readonly Row[]>): Table {
  let made: Promise<readonly Row[]> | undefined;
  return {
    ...table,
    columns,
    axis: null,
    rows: null,
    chunks: async function* () {
      made ??= make();
      yield* chunksOf(columns, await made);
    },
  };
}
