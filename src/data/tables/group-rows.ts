// Rows in groups: of each group some rows are kept (first, greatest, nearest) or one is computed (mean, sum, count). Pure: Table → Table. What
// is held is a row for each group, within the limit of `row-store`; the rows themselves flow past.
import { type Chunk, type Column, columnIndex, type Table } from '../../model/table.ts';
import { keyOf } from './order-rows.ts';
import { type Cell, checkHeld, compareCells, heldTable, type Row, rowOf } from './row-store.ts';
import { isDirection } from './vectors.ts';

/** A column, or intervals of it: from `offset` on, each `step` long (milliseconds for time), or so many months of the calendar. */
export interface GroupTerm {
  readonly column: string;
  readonly interval: { readonly step: number; readonly offset: number } | { readonly months: number } | null;
}

export type Kept = 'max' | 'min' | 'minMax';
export type Computed = 'mean' | 'sum' | 'count';

/** Months since the year 0, of an instant. */
function monthOf(at: number): number {
  const date = new Date(at);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
const monthStart = (month: number): number =>
  new Date(0).setUTCFullYear(Math.floor(month / 12), ((month % 12) + 12) % 12, 1);

/** The start of the value's interval, and the start of the next one. */
function intervalOf(
  value: number,
  interval: NonNullable<GroupTerm['interval']>,
): readonly [start: number, next: number] {
  if ('months' in interval) {
    const month = Math.floor(monthOf(value) / interval.months) * interval.months;
    return [monthStart(month), monthStart(month + interval.months)];
  }
  const start = Math.floor((value - interval.offset) / interval.step) * interval.step + interval.offset;
  return [start, start + interval.step];
}

interface Term {
  readonly index: number;
  readonly interval: GroupTerm['interval'];
}

const termsOf = (table: Table, terms: readonly GroupTerm[]): readonly Term[] =>
  terms.map(({ column, interval }) => ({ index: columnIndex(table, column), interval }));

/** The values that name the row's group; null: a value is missing that an interval needs, so the row is in none. */
function groupOf(row: Row, terms: readonly Term[]): Cell[] | null {
  const cells: Cell[] = [];
  for (const { index, interval } of terms) {
    const cell = row[index] ?? null;
    if (interval === null) cells.push(cell);
    else if (typeof cell !== 'number' || Number.isNaN(cell)) return null;
    else cells.push(intervalOf(cell, interval)[0]);
  }
  return cells;
}

const compareGroups = (a: Row, b: Row): number => {
  for (let n = 0; n < a.length; n++) {
    const order = compareCells(a[n] ?? null, b[n] ?? null);
    if (order !== 0) return order;
  }
  return 0;
};

interface Group<S> {
  readonly cells: Row;
  readonly state: S;
}

/** Gives each row to its group; the groups in the order of their values. */
async function collect<S>(
  table: Table,
  terms: readonly Term[],
  what: string,
  fresh: () => S,
  take: (state: S, row: Row) => number,
): Promise<readonly Group<S>[]> {
  const groups = new Map<string, Group<S>>();
  let held = 0;
  const takeRow = (chunk: Chunk, n: number) => {
    const row = rowOf(chunk, n);
    const cells = groupOf(row, terms);
    if (cells === null) return;
    const key = keyOf(cells);
    let group = groups.get(key);
    if (group === undefined) {
      group = { cells, state: fresh() };
      groups.set(key, group);
    }
    held += take(group.state, row);
  };
  for await (const chunk of table.chunks()) {
    for (let n = 0; n < chunk.rows; n++) takeRow(chunk, n);
    checkHeld(held, table.columns.length, what);
  }
  return [...groups.values()].sort((a, b) => compareGroups(a.cells, b.cells));
}

/** The first `count` rows of each group. */
export function firstOfGroups(table: Table, terms: readonly GroupTerm[], count: number): Table {
  const own = termsOf(table, terms);
  return heldTable(table, table.columns, async () => {
    const groups = await collect(
      table,
      own,
      'orderByLimit',
      (): Row[] => [],
      (rows, row) => {
        if (rows.length >= count) return 0;
        rows.push(row);
        return 1;
      },
    );
    return groups.flatMap(({ state }) => state);
  });
}

/**
 * Of each group of the terms but the last, the row with the greatest or the smallest value of the last one, or both; of several the first one
 * for the smallest and the last one for the greatest, as after sorting. A missing value is neither.
 */
export function extremesOfGroups(table: Table, terms: readonly GroupTerm[], kept: Kept): Table {
  const [group, last] = [termsOf(table, terms.slice(0, -1)), termsOf(table, terms.slice(-1))[0] as Term];
  const isMissing = (cell: Cell) => cell === null || (typeof cell === 'number' && Number.isNaN(cell));
  return heldTable(table, table.columns, async () => {
    const groups = await collect(
      table,
      group,
      `orderBy${kept}`,
      (): { least: Row | null; most: Row | null } => ({ least: null, most: null }),
      (state, row) => {
        const cell = row[last.index] ?? null;
        if (isMissing(cell)) return 0;
        const before = state.least === null ? 0 : 1;
        if (state.least === null || compareCells(cell, state.least[last.index] ?? null) < 0) state.least = row;
        if (state.most === null || compareCells(cell, state.most[last.index] ?? null) >= 0) state.most = row;
        return 2 - 2 * before;
      },
    );
    return groups.flatMap(({ state: { least, most } }) => {
      if (least === null || most === null) return [];
      return kept === 'max' ? [most] : kept === 'min' ? [least] : [least, most];
    });
  });
}

/** Of each group of the terms but the last, the row that is nearest to each start of the last one's intervals. */
export function nearestOfGroups(table: Table, terms: readonly GroupTerm[]): Table {
  const [group, last] = [termsOf(table, terms.slice(0, -1)), termsOf(table, terms.slice(-1))[0] as Term];
  return heldTable(table, table.columns, async () => {
    const groups = await collect(
      table,
      group,
      'orderByClosest',
      () => new Map<number, { row: Row; distance: number }>(),
      (state, row) => {
        const value = row[last.index];
        if (typeof value !== 'number' || Number.isNaN(value) || last.interval === null) return 0;
        const [start, next] = intervalOf(value, last.interval);
        const [mark, distance] = value - start <= next - value ? [start, value - start] : [next, next - value];
        const before = state.get(mark);
        if (before !== undefined && before.distance <= distance) return 0;
        state.set(mark, { row, distance });
        return before === undefined ? 1 : 0;
      },
    );
    return groups.flatMap(({ state }) => [...state].sort(([a], [b]) => a - b).map(([, { row }]) => row));
  });
}

interface Sums {
  readonly count: number[];
  readonly sum: number[];
  /** Of angles: the sums of their sines; `sum` has the cosines. */
  readonly sine: number[];
  readonly text: (string | null | undefined)[];
}

function addRow(sums: Sums, row: Row, circular: readonly boolean[], computed: Computed): void {
  row.forEach((cell, n) => {
    if (typeof cell !== 'number') {
      // A text is kept where all rows of the group have the same.
      if (sums.text[n] === undefined) sums.text[n] = cell;
      else if (sums.text[n] !== cell) sums.text[n] = null;
      if (cell !== null && cell !== '') sums.count[n] = (sums.count[n] ?? 0) + 1;
      return;
    }
    if (Number.isNaN(cell)) return;
    sums.count[n] = (sums.count[n] ?? 0) + 1;
    const angle = circular[n] && computed === 'mean' ? (cell * Math.PI) / 180 : null;
    sums.sum[n] = (sums.sum[n] ?? 0) + (angle === null ? cell : Math.cos(angle));
    if (angle !== null) sums.sine[n] = (sums.sine[n] ?? 0) + Math.sin(angle);
  });
}

function resultOf(sums: Sums, n: number, { type }: Column, circular: boolean, computed: Computed): Cell {
  const count = sums.count[n] ?? 0;
  if (computed === 'count') return count;
  if (type === 'text') return sums.text[n] ?? null;
  if (count === 0) return Number.NaN;
  const sum = sums.sum[n] ?? 0;
  if (computed === 'sum') return sum;
  if (!circular) return sum / count;
  return ((Math.atan2(sums.sine[n] ?? 0, sum) * 180) / Math.PI + 360) % 360;
}

function computedColumn(column: Column, computed: Computed): Column {
  const { storage: _storage, ...rest } = column;
  if (computed === 'count') return { ...rest, type: 'integer', unit: null, standardName: null, missing: null };
  if (column.type === 'text' || column.type === 'time') return column;
  return { ...rest, type: 'number', missing: null };
}

/**
 * One row for each group: its values, intervals by their start, and of every other column the mean, the sum or the number of the values that
 * are not missing. Directions have the mean of their vectors. A row without the value that an interval needs is left out.
 */
export function summariseGroups(table: Table, terms: readonly GroupTerm[], computed: Computed): Table {
  const own = termsOf(table, terms);
  const keys = new Map(own.map(({ index }, n) => [index, n]));
  const circular = table.columns.map(isDirection);
  const columns = table.columns.map((column, n) => (keys.has(n) ? column : computedColumn(column, computed)));
  return heldTable(table, columns, async () => {
    const fresh = (): { readonly sums: Sums; isNew: boolean } => ({
      sums: { count: [], sum: [], sine: [], text: [] },
      isNew: true,
    });
    const groups = await collect(table, own, `orderBy${computed}`, fresh, (state, row) => {
      addRow(state.sums, row, circular, computed);
      const added = state.isNew ? 2 : 0;
      state.isNew = false;
      return added;
    });
    return groups.map(({ cells, state }) =>
      table.columns.map((column, n) => {
        const key = keys.get(n);
        return key === undefined
          ? resultOf(state.sums, n, column, circular[n] as boolean, computed)
          : (cells[key] as Cell);
      }),
    );
  });
}
