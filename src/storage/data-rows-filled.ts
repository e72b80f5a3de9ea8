// Which columns hold a value in the rows of each record.
import type { CheckedColumn } from './data-rows-check.ts';
import type { ShapeColumn } from './data-shape.ts';

export interface FilledColumns {
  /** Takes note of these rows of a chunk. */
  readonly look: (columns: readonly CheckedColumn[], rows: readonly number[]) => void;
  /** Names of the columns with a value, those of the natural key included; in alphabetic order. */
  readonly of: (record: number) => readonly string[];
}

/** Does the column hold a value in that row? */
export function isFilled({ column, values }: CheckedColumn, row: number): boolean {
  const { kind, size } = column;
  if (kind === 'text') return (values as readonly (string | null)[])[row] != null;
  for (let at = row * size; at < (row + 1) * size; at++)
    if (!Number.isNaN((values as Float64Array)[at] as number)) return true;
  return false;
}

/** `columns`: those that are written. */
export function createFilledColumns(columns: readonly ShapeColumn[]): FilledColumns {
  const known = new Map<number, Uint8Array>();
  return {
    look(given, rows) {
      const records = given.find(({ column }) => column.name === 'record')?.values as Float64Array;
      let record = Number.NaN;
      let marks = new Uint8Array(0) as Uint8Array;
      for (const row of rows) {
        if (records[row] !== record) {
          record = records[row] as number;
          marks = known.get(record) ?? new Uint8Array(given.length);
          known.set(record, marks);
        }
        for (let n = 0; n < given.length; n++) {
          if (marks[n] === 0 && isFilled(given[n] as CheckedColumn, row)) marks[n] = 1;
        }
      }
    },
    of: (record) => {
      const marks = known.get(record);
      return columns.flatMap(({ name }, n) => (marks?.[n] === 1 ? [name] : [])).sort();
    },
  };
}
