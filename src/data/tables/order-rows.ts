// Rows in another order, and rows without repetitions. Pure: Table → Table; the rows are held, within the limit of `row-store`.
import { columnIndex, type Table } from '../../model/table.ts';
import { checkHeld, compareCells, heldTable, type Row, rowOf } from './row-store.ts';

/** Compares by the named columns, the first one most. */
export function byColumns(
  table: Pick<Table, 'columns'>,
  names: readonly string[],
  descending = false,
): (a: Row, b: Row) => number {
  const indices = names.map((name) => columnIndex(table, name));
  const sign = descending ? -1 : 1;
  return (a, b) => {
    for (const index of indices) {
      const order = compareCells(a[index] ?? null, b[index] ?? null);
      if (order !== 0) return sign * order;
    }
    return 0;
  };
}

/** Rows that are equal in these columns stay in the order that they had. Throws AppError `answer-too-large`. */
export function orderRows(table: Table, names: readonly string[], descending: boolean): Table {
  return heldTable(table, table.columns, async () => {
    const rows: Row[] = [];
    for await (const chunk of table.chunks()) {
      checkHeld(rows.length + chunk.rows, table.columns.length, 'orderBy');
      for (let row = 0; row < chunk.rows; row++) rows.push(rowOf(chunk, row));
    }
    return rows.sort(byColumns(table, names, descending));
  });
}

/** Each combination of values once, ordered by all columns. Only different rows are held. Throws AppError `answer-too-large`. */
export function distinctRows(table: Table): Table {
  return heldTable(table, table.columns, async () => {
    const rows = new Map<string, Row>();
    for await (const chunk of table.chunks()) {
      for (let row = 0; row < chunk.rows; row++) {
        const cells = rowOf(chunk, row);
        const key = keyOf(cells);
        if (!rows.has(key)) rows.set(key, cells);
      }
      checkHeld(rows.size, table.columns.length, 'distinct()');
    }
    const names = table.columns.map(({ name }) => name);
    return [...rows.values()].sort(byColumns(table, names));
  });
}

/** A text that two rows share exactly when all their cells are equal. */
export function keyOf(cells: Row): string {
  return cells.map((cell) => (typeof cell === 'string' ? `"${cell.length}:${cell}` : String(cell))).join('\n');
}
