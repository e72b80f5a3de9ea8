// Statistics of windows of time: [start, start + width) in UTC, one row a window that has a row.
import { AppError } from '../../model/errors.ts';
import { CHUNK_ROWS, type Chunk, type Column, type Table, timeIndex } from '../../model/table.ts';
import { withHistory } from './provenance.ts';
import { type Statistic, statisticOf } from './statistics.ts';

export interface Windows {
  /** Milliseconds. */
  readonly width: number;
  /** A moment at which a window starts, milliseconds since 1970. */
  readonly origin: number;
  readonly statistics: readonly Statistic[];
  /** Milliseconds since 1970, for the history. */
  readonly now: number;
}

interface Target {
  /** Place of the variable in the table. */
  readonly source: number;
  readonly statistic: Statistic;
}

/** A mean of wind directions is that of their vectors: 350° and 10° give 0°, not 180°. */
function meant(column: Column, statistic: Statistic): Statistic {
  const isAngle =
    /^(?:degrees?|deg)$/.test(column.unit ?? '') &&
    /direction|azimuth|heading/i.test(`${column.standardName} ${column.name}`);
  return statistic === 'mean' && isAngle ? 'direction' : statistic;
}

/** Units of what is computed: a number of values has none. */
function columnOf(source: Column, statistic: Statistic): Column {
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
  return {
    ...rest,
    name: statistic === 'direction' ? `${source.name}_mean` : `${source.name}_${plain}`,
    type: statistic === 'count' ? 'integer' : 'number',
    unit: statistic === 'count' ? null : source.unit,
    standardName: statistic === 'count' ? null : source.standardName,
    missing: null,
    attributes: method === undefined ? attributes : { ...attributes, cell_methods: `time: ${method}` },
  };
}

interface Window {
  readonly start: number;
  readonly values: number[][];
}

/** Windows in the order of time; a row without time lies in none. */
async function* windowsOf(
  table: Table,
  time: number,
  variables: readonly number[],
  options: Windows,
): AsyncGenerator<Window> {
  const { width, origin } = options;
  let current: Window | null = null;
  for await (const chunk of table.chunks()) {
    const times = chunk.values[time] as Float64Array;
    for (let row = 0; row < chunk.rows; row++) {
      const at = times[row] as number;
      if (Number.isNaN(at)) continue;
      const start = origin + Math.floor((at - origin) / width) * width;
      if (current !== null && start < current.start) {
        throw new AppError('not-supported', {
          detail: { en: 'the rows are not in the order of time', fr: 'les lignes ne sont pas dans l’ordre du temps' },
        });
      }
      if (current === null || start > current.start) {
        if (current !== null) yield current;
        current = { start, values: variables.map(() => []) };
      }
      for (let n = 0; n < variables.length; n++) {
        const value = (chunk.values[variables[n] as number] as Float64Array)[row] as number;
        if (!Number.isNaN(value)) current.values[n]?.push(value);
      }
    }
  }
  if (current !== null) yield current;
}

async function* chunksOf(
  table: Table,
  time: number,
  targets: readonly Target[],
  options: Windows,
): AsyncGenerator<Chunk> {
  const variables = [...new Set(targets.map(({ source }) => source))];
  let rows: number[][] = [];
  const finish = (): Chunk => {
    const values = Array.from({ length: targets.length + 2 }, (_, n) =>
      Float64Array.from(rows, (row) => row[n] as number),
    );
    const chunk = { rows: rows.length, values };
    rows = [];
    return chunk;
  };
  for await (const { start, values } of windowsOf(table, time, variables, options)) {
    const own = targets.map(({ source, statistic }) => statisticOf(statistic, values[variables.indexOf(source)] ?? []));
    rows.push([start, start + options.width, ...own]);
    if (rows.length === CHUNK_ROWS) yield finish();
  }
  if (rows.length > 0) yield finish();
}

/**
 * One row a window: its start, its end, and each statistic of each variable of numbers over the values that are there. Windows without a
 * row are left out. The rows must be in the order of time. Throws AppError `invalid-parameter` without time or without numbers.
 */
export function windows(table: Table, options: Windows): Table {
  const time = timeIndex(table);
  const variables = table.columns.flatMap(({ type, dimensions }, n) =>
    (type === 'number' || type === 'integer') && dimensions.length === 0 ? [n] : [],
  );
  const timeColumn = table.columns[time];
  if (timeColumn === undefined || variables.length === 0 || !(options.width > 0)) {
    const detail = {
      en: 'a table with time and numbers, and a width above 0, are wanted',
      fr: 'une table avec du temps et des nombres, et une largeur positive, sont attendues',
    };
    throw new AppError('invalid-parameter', { faults: [{ parameter: 'window', detail }] });
  }
  const targets = variables.flatMap((source) =>
    options.statistics.map(
      (statistic): Target => ({ source, statistic: meant(table.columns[source] as Column, statistic) }),
    ),
  );
  const { nasa_ames_xname: _x, icartt_xname: _i, ...attributes } = timeColumn.attributes;
  const start: Column = { ...timeColumn, name: 'start_time', attributes, missing: null };
  const end: Column = { ...start, name: 'end_time', standardName: null, label: {} };
  const columns = [
    start,
    end,
    ...targets.map(({ source, statistic }) => columnOf(table.columns[source] as Column, statistic)),
  ];
  const step = `statistics (${options.statistics.join(', ')}) of windows of ${options.width / 1000} s`;
  const made: Table = {
    ...table,
    columns,
    dimensions: [],
    fixed: [],
    axis: { column: 'start_time', end: 'end_time' },
    rows: null,
    chunks: () => chunksOf(table, time, targets, options),
  };
  return withHistory(made, options.now, step);
}
