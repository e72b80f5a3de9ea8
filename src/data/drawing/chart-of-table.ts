// Table → chart: which columns stand on which axis, how series are split and joined in panels, and the rows brought down to columns of pixels.
import { AppError } from '../../model/errors.ts';
import { type Chunk, type Column, columnIndex, type Table, timeIndex } from '../../model/table.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { Chart, ChartPanel, ChartSeries } from './chart.ts';
import { type PixelColumns, pixelColumns } from './pixel-columns.ts';

export interface ChartOfTable {
  /** Column of the horizontal axis; null: time, else the table's axis, else the first of numbers. */
  readonly x: string | null;
  /** Columns to draw; null: all of numbers with one value a row, without the position and what the table is split by. */
  readonly variables: readonly string[] | null;
  /** A series for each value of this column (range gate, station, record); null: one for each variable. */
  readonly split: string | null;
  /** Pixels that the chart is wide. */
  readonly width: number;
  readonly language: Language;
}

/** More panels are too low to be read; more colours are not told apart. */
const MOST_PANELS = 6;
const MOST_SERIES = 8;

const isNumeric = ({ type, dimensions }: Column): boolean =>
  (type === 'number' || type === 'integer' || type === 'time') && dimensions.length === 0;

function refuse(parameter: string, en: string, fr: string): AppError {
  return new AppError('invalid-parameter', { faults: [{ parameter, detail: { en, fr } }] });
}

/** Place of a column of numbers that was asked for. */
function numericIndex(table: Table, name: string): number {
  const index = columnIndex(table, name);
  const column = table.columns[index];
  if (column === undefined || !isNumeric(column)) {
    throw refuse(name, 'is not a column of numbers', "n'est pas une colonne de nombres");
  }
  return index;
}

function xIndex(table: Table, wanted: string | null): number {
  if (wanted !== null) return numericIndex(table, wanted);
  const time = timeIndex(table);
  if (time >= 0) return time;
  const axis = table.axis === null ? -1 : columnIndex(table, table.axis.column);
  const index = axis >= 0 && isNumeric(table.columns[axis] as Column) ? axis : table.columns.findIndex(isNumeric);
  if (index >= 0) return index;
  throw refuse(
    'variables',
    'there is nothing to draw: no column of numbers',
    'rien à dessiner : aucune colonne de nombres',
  );
}

/** Positions and numbers of records say where and whose a value is; they are no values to be drawn. */
const isPlace = ({ standardName, name }: Column): boolean =>
  name === 'record' || ['longitude', 'latitude', 'altitude'].includes(standardName ?? '');

function drawnColumns(table: Table, x: number, split: number, wanted: readonly string[] | null): readonly number[] {
  if (wanted !== null) return wanted.map((name) => numericIndex(table, name)).filter((n) => n !== x);
  const values = table.columns.flatMap((column, n) => {
    const isEnd = column.name === table.axis?.end;
    return isNumeric(column) && column.type !== 'time' && n !== x && n !== split && !isEnd ? [n] : [];
  });
  const own = values.filter((n) => !isPlace(table.columns[n] as Column));
  return own.length > 0 ? own : values;
}

/** Columns that share a unit share a panel; those without a unit have one each. */
function panelsOf(table: Table, columns: readonly number[]): readonly (readonly number[])[] {
  const panels = new Map<string, number[]>();
  for (const n of columns) {
    const { unit, name } = table.columns[n] as Column;
    const key = unit === null ? `no unit ${name}` : unit;
    panels.set(key, [...(panels.get(key) ?? []), n]);
  }
  return [...panels.values()];
}

interface Line {
  readonly column: number;
  readonly label: string;
  readonly points: PixelColumns;
}

/** The lines of the drawn columns by the value that they are split by. */
function collector(table: Table, columns: readonly number[], x: number, split: number, options: ChartOfTable) {
  const lines = new Map<string, Line>();
  const values = new Set<string>();
  const labelOf = (n: number) => {
    const { label, name } = table.columns[n] as Column;
    return inLanguage(label, options.language) || name;
  };
  const splitName = split < 0 ? '' : (table.columns[split] as Column).name;
  let left = false;
  const add = (chunk: Chunk, row: number) => {
    const value = split < 0 ? '' : String((chunk.values[split] as ArrayLike<unknown>)[row] ?? '');
    if (!values.has(value) && values.size >= MOST_SERIES) {
      left = true;
      return;
    }
    values.add(value);
    const at = (chunk.values[x] as Float64Array)[row] as number;
    for (const n of columns) {
      const key = `${n} ${value}`;
      let line = lines.get(key);
      if (line === undefined) {
        const part = split < 0 ? '' : `${splitName} ${value}`;
        line = { column: n, label: split < 0 ? labelOf(n) : part, points: pixelColumns(options.width) };
        lines.set(key, line);
      }
      line.points.add(at, (chunk.values[n] as Float64Array)[row] as number);
    }
  };
  return { add, lines: () => [...lines.values()], labelOf, left: () => left };
}

const TEXT = {
  reduced: {
    en: (rows: number) => `${rows} rows; of each column of pixels the smallest and the greatest value`,
    fr: (rows: number) => `${rows} lignes ; de chaque colonne de pixels la plus petite et la plus grande valeur`,
  },
  left: {
    en: (n: number, total: number) => `the first ${n} of ${total} units`,
    fr: (n: number, total: number) => `les ${n} premières de ${total} unités`,
  },
  split: {
    en: `the first ${MOST_SERIES} series`,
    fr: `les ${MOST_SERIES} premières séries`,
  },
} as const;

/**
 * Reads the rows once, with constant memory. A value between others stays however short it was: each column of pixels keeps its smallest and
 * greatest. Throws AppError `invalid-parameter` where a named column is none of numbers, or there is none.
 */
export async function chartOfTable(table: Table, options: ChartOfTable): Promise<Chart> {
  const x = xIndex(table, options.x);
  const split = options.split === null ? -1 : columnIndex(table, options.split);
  const columns = drawnColumns(table, x, split, options.variables);
  const all = panelsOf(table, columns);
  const panels = all
    .slice(0, MOST_PANELS)
    .map((panel) => (split < 0 ? panel.slice(0, MOST_SERIES) : panel.slice(0, 1)));
  const collected = collector(table, panels.flat(), x, split, options);
  let rows = 0;
  for await (const chunk of table.chunks()) {
    rows += chunk.rows;
    for (let row = 0; row < chunk.rows; row++) collected.add(chunk, row);
  }
  const lines = collected.lines();
  const { language } = options;
  const note = [
    lines.some(({ points }) => points.reduced()) ? TEXT.reduced[language](rows) : '',
    all.length > MOST_PANELS ? TEXT.left[language](MOST_PANELS, all.length) : '',
    collected.left() ? TEXT.split[language] : '',
  ].filter((text) => text !== '');
  const axis = table.columns[x] as Column;
  const isTime = axis.type === 'time';
  return {
    title: table.metadata.title ?? '',
    x: {
      kind: isTime ? 'time' : 'number',
      label: inLanguage(axis.label, language) || axis.name,
      unit: isTime ? 'UTC' : axis.unit,
    },
    panels: panels.map((panel): ChartPanel => {
      const first = panel[0] as number;
      const series = lines
        .filter(({ column }) => panel.includes(column))
        .map(({ label, points }): ChartSeries => ({ label, segments: points.segments() }));
      return {
        label: panel.length > 1 ? '' : collected.labelOf(first),
        unit: (table.columns[first] as Column).unit,
        series,
      };
    }),
    note: note.join('; '),
  };
}
