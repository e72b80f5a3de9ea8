// Table → grid of colours: time (or another number) to the right, range gates, heights or size classes upward. Any number of rows becomes so many
// columns of pixels; a cell keeps its greatest value, so that a short echo stays.
import { AppError } from '../../model/errors.ts';
import { type Column, columnIndex, type Table } from '../../model/table.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { HeatMap } from './heat-map.ts';

export interface GridOfTable {
  /** Columns of numbers with one value a row (`flatten` unrolls inner dimensions). */
  readonly x: string;
  readonly y: string;
  readonly value: string;
  /** Pixels that the drawing is wide. */
  readonly width: number;
  readonly language: Language;
}

/** Different values of y that are told apart. */
const MOST_ROWS = 500;

interface Grid {
  origin: number;
  width: number;
  readonly size: number;
  /** y → greatest value of each column. */
  readonly rows: Map<number, Float64Array>;
}

/** Joins the columns two by two; the result fills the lower half, or the upper one when there is need for room on the left. */
function widen(grid: Grid, left: boolean): void {
  const { size, rows } = grid;
  const shift = left ? size / 2 : 0;
  for (const [y, values] of rows) {
    const joined = new Float64Array(size).fill(Number.NaN);
    for (let n = 0; n < size; n++) {
      const [to, value] = [shift + (n >> 1), values[n] as number];
      if (!(value <= (joined[to] as number)) && !Number.isNaN(value)) joined[to] = value;
    }
    rows.set(y, joined);
  }
  if (left) grid.origin -= size * grid.width;
  grid.width *= 2;
}

function placeOf(grid: Grid, x: number): number {
  if (Number.isNaN(grid.origin)) {
    grid.width = Math.max(Math.abs(x), 1) * 1e-12;
    grid.origin = x;
  }
  for (;;) {
    const n = Math.floor((x - grid.origin) / grid.width);
    if (n >= 0 && n < grid.size) return n;
    widen(grid, n < 0);
  }
}

function rowOf(grid: Grid, y: number, name: string): Float64Array {
  const known = grid.rows.get(y);
  if (known !== undefined) return known;
  if (grid.rows.size >= MOST_ROWS) {
    const [en, fr] = [`has more than ${MOST_ROWS} different values`, `a plus de ${MOST_ROWS} valeurs différentes`];
    throw new AppError('invalid-parameter', { faults: [{ parameter: name, detail: { en, fr } }] });
  }
  const row = new Float64Array(grid.size).fill(Number.NaN);
  grid.rows.set(y, row);
  return row;
}

function numericIndex(table: Table, name: string): number {
  const index = columnIndex(table, name);
  const { type, dimensions } = table.columns[index] ?? { type: 'text', dimensions: [] };
  if ((type === 'number' || type === 'integer' || type === 'time') && dimensions.length === 0) return index;
  const [en, fr] = ['is not a column of numbers', "n'est pas une colonne de nombres"];
  throw new AppError('invalid-parameter', { faults: [{ parameter: name, detail: { en, fr } }] });
}

/**
 * Reads the rows once, with memory for columns of pixels × values of y. Throws AppError `invalid-parameter` where a named column is none of
 * numbers, and where y has more than 500 different values.
 */
export async function gridOfTable(table: Table, options: GridOfTable): Promise<HeatMap> {
  const [x, y, value] = [options.x, options.y, options.value].map((name) => numericIndex(table, name)) as [
    number,
    number,
    number,
  ];
  const size = 2 * 2 ** Math.ceil(Math.log2(Math.max(2, options.width)));
  const grid: Grid = { origin: Number.NaN, width: 0, size, rows: new Map() };
  let count = 0;
  for await (const { rows, values } of table.chunks()) {
    const [xs, ys, own] = [values[x] as Float64Array, values[y] as Float64Array, values[value] as Float64Array];
    for (let row = 0; row < rows; row++) {
      const [at, up, here] = [xs[row] as number, ys[row] as number, own[row] as number];
      if (Number.isNaN(at) || Number.isNaN(up)) continue;
      const place = placeOf(grid, at);
      const line = rowOf(grid, up, options.y);
      if (!Number.isNaN(here) && !(here <= (line[place] as number))) line[place] = here;
      count += 1;
    }
  }
  const { language } = options;
  const named = (column: Column) => ({
    label: inLanguage(column.label, language) || column.name,
    unit: column.type === 'time' ? 'UTC' : column.unit,
  });
  const note = {
    en: `${count} values; each place has the greatest one`,
    fr: `${count} valeurs ; chaque point a la plus grande`,
  };
  return {
    title: table.metadata.title ?? '',
    x: { ...named(table.columns[x] as Column), kind: table.columns[x]?.type === 'time' ? 'time' : 'number' },
    y: named(table.columns[y] as Column),
    value: named(table.columns[value] as Column),
    origin: grid.origin,
    step: grid.width,
    rows: [...grid.rows].sort(([a], [b]) => a - b).map(([at, cells]) => ({ at, cells })),
    note: note[language],
  };
}
