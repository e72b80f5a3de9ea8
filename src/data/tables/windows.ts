// Statistics of windows of time: [start, end) in UTC, one row a window.
import { AppError } from '../../model/errors.ts';
import { CHUNK_ROWS, type Chunk, type Column, columnIndex, type Table, timeIndex } from '../../model/table.ts';
import { withHistory } from './provenance.ts';
import { type Statistic, statisticOf } from './statistics.ts';
import { isDirection, vectorMean } from './vectors.ts';
import { type WindowWidth, windowEdges } from './window-edges.ts';

export interface Windows {
  readonly width: WindowWidth;
  /** A moment at which a window starts, milliseconds since 1970. */
  readonly origin: number;
  readonly statistics: readonly Statistic[];
  /** Milliseconds since 1970, for the history. */
  readonly now: number;
  /** Windows without a row between others are rows too. */
  readonly fill?: boolean;
  /** Percent of `expected` values: with fewer, the statistics of the window are missing; its count stays. */
  readonly completeness?: number;
  /** Values that a complete window has. */
  readonly expected?: (start: number, end: number) => number;
  /** Names of the variables that are angles; null: those that look it. */
  readonly circular?: readonly string[] | null;
  /** The mean of this direction is weighted by this speed, and the mean speed of the vectors is given too. */
  readonly wind?: { readonly direction: string; readonly speed: string } | null;
}

interface Target {
  readonly column: Column;
  /** Of the values of one window; the pairs of wind hold direction and speed one after the other. */
  readonly of: (values: Window) => number;
  readonly isCount: boolean;
  /** Place in the list of variables, whose number of values decides whether the window is complete. */
  readonly variable: number;
}

/** Units of what is computed: a number of values has none. */
function columnOf(source: Column, statistic: Statistic | 'vector'): Column {
  const { ancillary: _ancillary, storage: _storage, ...rest } = source;
  const plain = statistic.replace(':', '_').replace('.', '_');
  const methods: Readonly<Record<string, string>> = {
    mean: 'mean',
    direction: 'mean',
    min: 'minimum',
    max: 'maximum',
    sum: 'sum',
    stddev: 'standard_deviation',
    median: 'median',
  };
  const method = methods[statistic];
  const {
    nasa_ames_vname: _name,
    nasa_ames_vmiss: _miss,
    nasa_ames_vscal: _scale,
    icartt_vname: _icartt,
    ...attributes
  } = source.attributes;
  const suffix = statistic === 'direction' ? 'mean' : statistic === 'vector' ? 'vector_mean' : plain;
  return {
    ...rest,
    name: `${source.name}_${suffix}`,
    type: statistic === 'count' ? 'integer' : 'number',
    unit: statistic === 'count' ? null : source.unit,
    standardName: statistic === 'count' ? null : source.standardName,
    missing: null,
    attributes: method === undefined ? attributes : { ...attributes, cell_methods: `time: ${method}` },
  };
}

interface Window {
  readonly start: number;
  readonly end: number;
  readonly values: number[][];
  readonly wind: { readonly directions: number[]; readonly speeds: number[] };
}

const emptyWindow = (start: number, end: number, variables: number): Window => ({
  start,
  end,
  values: Array.from({ length: variables }, () => []),
  wind: { directions: [], speeds: [] },
});

function notInOrder(): AppError {
  return new AppError('not-supported', {
    detail: { en: 'the rows are not in the order of time', fr: 'les lignes ne sont pas dans l’ordre du temps' },
  });
}

/** Windows in the order of time; a row without time lies in none. */
async function* windowsOf(
  table: Table,
  time: number,
  variables: readonly number[],
  options: Windows,
): AsyncGenerator<Window> {
  const { startOf, after } = windowEdges(options.width, options.origin);
  const wind = options.wind
    ? [columnIndex(table, options.wind.direction), columnIndex(table, options.wind.speed)]
    : null;
  let current: Window | null = null;
  let last = Number.NaN;
  for await (const chunk of table.chunks()) {
    const times = chunk.values[time] as Float64Array;
    const columns = variables.map((index) => chunk.values[index] as Float64Array);
    const [directions, speeds] = wind?.map((index) => chunk.values[index] as Float64Array) ?? [];
    for (let row = 0; row < chunk.rows; row++) {
      const at = times[row] as number;
      if (Number.isNaN(at)) continue;
      if (at < last && startOf(at) < (current?.start ?? at)) throw notInOrder();
      last = at;
      while (current === null || at >= current.end) {
        const before: Window | null = current;
        const start: number = before !== null && options.fill === true ? before.end : startOf(at);
        if (before !== null) yield before;
        const end = after(start);
        current = emptyWindow(start, Number.isNaN(end) ? Number.POSITIVE_INFINITY : end, variables.length);
      }
      for (let n = 0; n < columns.length; n++) {
        const value = (columns[n] as Float64Array)[row] as number;
        if (!Number.isNaN(value)) (current.values[n] as number[]).push(value);
      }
      const [degrees, speed] = [directions?.[row] ?? Number.NaN, speeds?.[row] ?? Number.NaN];
      if (!Number.isNaN(degrees) && !Number.isNaN(speed)) {
        current.wind.directions.push(degrees);
        current.wind.speeds.push(speed);
      }
    }
  }
  if (current !== null) yield Number.isFinite(current.end) ? current : { ...current, end: last };
}

function isComplete({ start, end, values }: Window, variable: number, options: Windows): boolean {
  const { completeness = 0, expected } = options;
  if (completeness === 0 || expected === undefined) return true;
  return (100 * (values[variable]?.length ?? 0)) / expected(start, end) >= completeness;
}

async function* chunksOf(
  table: Table,
  time: number,
  variables: readonly number[],
  targets: readonly Target[],
  options: Windows,
): AsyncGenerator<Chunk> {
  let rows: number[][] = [];
  const finish = (): Chunk => {
    const values = Array.from({ length: targets.length + 2 }, (_, n) =>
      Float64Array.from(rows, (row) => row[n] as number),
    );
    const chunk = { rows: rows.length, values };
    rows = [];
    return chunk;
  };
  for await (const window of windowsOf(table, time, variables, options)) {
    const own = targets.map(({ of, isCount, variable }) =>
      isCount || isComplete(window, variable, options) ? of(window) : Number.NaN,
    );
    rows.push([window.start, window.end, ...own]);
    if (rows.length === CHUNK_ROWS) yield finish();
  }
  if (rows.length > 0) yield finish();
}

function targetsOf(table: Table, variables: readonly number[], options: Windows): readonly Target[] {
  const { statistics, circular = null, wind = null } = options;
  return variables.flatMap((index, variable) => {
    const column = table.columns[index] as Column;
    const isAngle = circular === null ? isDirection(column) : circular.includes(column.name);
    return statistics.flatMap((wanted): Target[] => {
      const statistic = wanted === 'mean' && isAngle ? 'direction' : wanted;
      const made = { column: columnOf(column, statistic), isCount: statistic === 'count', variable };
      const plain: Target = { ...made, of: ({ values }) => statisticOf(statistic, values[variable] ?? []) };
      if (wanted !== 'mean' || wind === null) return [plain];
      const mean = (window: Window) => vectorMean(window.wind.directions, window.wind.speeds);
      if (column.name === wind.direction) return [{ ...plain, of: (window) => mean(window).direction }];
      if (column.name !== wind.speed) return [plain];
      return [plain, { ...made, column: columnOf(column, 'vector'), of: (window) => mean(window).length }];
    });
  });
}

function widthText(width: WindowWidth): string {
  if (width === 'all') return 'of the whole table';
  return typeof width === 'number' ? `of windows of ${width / 1000} s` : `of windows of ${width.months} months`;
}

/**
 * One row a window: its start, its end, and each statistic of each variable of numbers over the values that are there. Windows without a
 * row are left out unless `fill`. The rows must be in the order of time. Throws AppError `invalid-parameter` without time or without numbers.
 */
export function windows(table: Table, options: Windows): Table {
  const time = timeIndex(table);
  const variables = table.columns.flatMap(({ type, dimensions }, n) =>
    (type === 'number' || type === 'integer') && dimensions.length === 0 ? [n] : [],
  );
  const timeColumn = table.columns[time];
  const isWide = typeof options.width === 'number' ? options.width > 0 : true;
  if (timeColumn === undefined || variables.length === 0 || !isWide) {
    const detail = {
      en: 'a table with time and numbers, and a width above 0, are wanted',
      fr: 'une table avec du temps et des nombres, et une largeur positive, sont attendues',
    };
    throw new AppError('invalid-parameter', { faults: [{ parameter: 'window', detail }] });
  }
  const targets = targetsOf(table, variables, options);
  const { nasa_ames_xname: _x, icartt_xname: _i, ...attributes } = timeColumn.attributes;
  const start: Column = { ...timeColumn, name: 'start_time', attributes, missing: null };
  const end: Column = { ...start, name: 'end_time', standardName: null, label: {} };
  const made: Table = {
    ...table,
    columns: [start, end, ...targets.map(({ column }) => column)],
    dimensions: [],
    fixed: [],
    axis: { column: 'start_time', end: 'end_time' },
    rows: null,
    chunks: () => chunksOf(table, time, variables, targets, options),
  };
  return withHistory(made, options.now, `statistics (${options.statistics.join(', ')}) ${widthText(options.width)}`);
}
