// Fewer rows for drawing. M4 keeps what a line of pixels shows (Jugel and others 2014): eruptions are spikes, and a mean would hide them.
// LTTB keeps the shape of one variable (Steinarsson 2013), minmax its extremes. All keep real rows; the history of the result says what
// was done.
import { AppError } from '../../model/errors.ts';
import { type Chunk, columnIndex, type Table, timeIndex, type Values } from '../../model/table.ts';
import { withHistory } from './provenance.ts';
import { pickRows } from './subset.ts';
import { emptyRun, extremes, type Run, shape } from './thinning.ts';

export interface Decimation {
  readonly method: 'm4' | 'lttb' | 'minmax';
  /** m4: intervals of time that are told apart (pixels of the drawing). lttb, minmax: rows of the result. */
  readonly points: number;
  /** lttb, minmax: the variable whose shape is kept; null: the first one of numbers. */
  readonly variable: string | null;
  /** Milliseconds since 1970, for the history. */
  readonly now: number;
}

/** Values that the methods for one variable hold in memory. */
const MOST_HELD = 2_000_000;

function refuse(parameter: string, en: string, fr: string): AppError {
  return new AppError('invalid-parameter', { faults: [{ parameter, detail: { en, fr } }] });
}

/** Variables that are drawn: numbers, one a row, that are not the time. */
function drawn(table: Table, time: number): readonly number[] {
  return table.columns.flatMap(({ type, dimensions }, n) =>
    (type === 'number' || type === 'integer') && dimensions.length === 0 && n !== time ? [n] : [],
  );
}

interface Extent {
  readonly rows: number;
  readonly first: number;
  readonly last: number;
}

async function extentOf(table: Table, time: number): Promise<Extent> {
  let rows = 0;
  let [first, last] = [Number.NaN, Number.NaN];
  for await (const chunk of table.chunks()) {
    for (const at of chunk.values[time] as Float64Array) {
      if (!(at >= first)) first = Number.isNaN(at) ? first : at;
      if (!(at <= last)) last = Number.isNaN(at) ? last : at;
    }
    rows += chunk.rows;
  }
  return { rows, first, last };
}

/** Rows of one interval that are kept of one variable: the first, the last, the smallest, the greatest, and the first that is missing. */
interface Kept {
  first: number;
  last: number;
  least: number;
  most: number;
  missing: number;
}

const nothing = (): Kept => ({ first: -1, last: -1, least: -1, most: -1, missing: -1 });

/** Numbers of the rows that M4 keeps. Rows are in the order of time, so the intervals come one after another. */
async function m4Rows(table: Table, time: number, { first, last }: Extent, bins: number): Promise<readonly number[]> {
  const columns = drawn(table, time);
  const width = (last - first) / bins || 1;
  const rows = new Set<number>();
  let current = -1;
  let kept = columns.map(nothing);
  let extremes = columns.map(() => [Number.NaN, Number.NaN]);
  const finish = () => {
    for (const { first, last, least, most, missing } of kept)
      for (const row of [first, last, least, most, missing]) if (row >= 0) rows.add(row);
    kept = columns.map(nothing);
    extremes = columns.map(() => [Number.NaN, Number.NaN]);
  };
  let before = 0;
  for await (const chunk of table.chunks()) {
    const times = chunk.values[time] as Float64Array;
    for (let row = 0; row < chunk.rows; row++) {
      const bin = Math.min(bins - 1, Math.floor(((times[row] as number) - first) / width));
      if (bin !== current) {
        finish();
        current = bin;
      }
      columns.forEach((column, n) => {
        const own = kept[n] as Kept;
        const range = extremes[n] as number[];
        const value = (chunk.values[column] as Float64Array)[row] as number;
        const at = before + row;
        if (Number.isNaN(value)) {
          if (own.missing < 0) own.missing = at;
          return;
        }
        if (own.first < 0) own.first = at;
        own.last = at;
        if (!(value >= (range[0] as number))) [own.least, range[0]] = [at, value];
        if (!(value <= (range[1] as number))) [own.most, range[1]] = [at, value];
      });
    }
    before += chunk.rows;
  }
  finish();
  return [...rows].sort((a, b) => a - b);
}

/** The values of one variable that are there, cut into runs where some are missing, and the first row of each gap between two runs. */
async function runsOf(table: Table, time: number, variable: number): Promise<readonly Run[]> {
  const runs: Run[] = [];
  let run: Run = emptyRun();
  let before = 0;
  for await (const chunk of table.chunks()) {
    for (let row = 0; row < chunk.rows; row++) {
      const value = (chunk.values[variable] as Float64Array)[row] as number;
      if (Number.isNaN(value)) {
        if (run.rows.length === 0) continue;
        runs.push(run);
        run = emptyRun(before + row);
        continue;
      }
      run.x.push((chunk.values[time] as Float64Array)[row] as number);
      run.y.push(value);
      run.rows.push(before + row);
    }
    before += chunk.rows;
  }
  return run.rows.length > 0 ? [...runs, run] : runs;
}

async function* chosenRows(table: Table, rows: readonly number[]): AsyncGenerator<Chunk> {
  const sizes = table.columns.map(({ dimensions }) =>
    dimensions.reduce((size, name) => size * (table.dimensions.find((d) => d.name === name)?.size ?? 0), 1),
  );
  let before = 0;
  let next = 0;
  for await (const chunk of table.chunks()) {
    const own: number[] = [];
    for (; next < rows.length && (rows[next] as number) < before + chunk.rows; next++)
      own.push((rows[next] as number) - before);
    before += chunk.rows;
    if (own.length > 0)
      yield { rows: own.length, values: chunk.values.map((values: Values, n) => pickRows(values, own, sizes[n] ?? 1)) };
    if (next === rows.length) return;
  }
}

/**
 * The table with fewer rows; as it is when it has no more rows than points. It must be repeatable and ordered by time: its rows are read
 * three times. Throws AppError `invalid-parameter` without time, without numbers, or when the variable is not one of numbers.
 */
export async function decimate(table: Table, { method, points, variable, now }: Decimation): Promise<Table> {
  const time = timeIndex(table);
  const variables = drawn(table, time);
  if (time < 0 || variables.length === 0 || !table.repeatable) {
    throw refuse(
      'decimate',
      'a table with time and numbers is wanted',
      'une table avec du temps et des nombres est attendue',
    );
  }
  const index = variable === null ? (variables[0] as number) : columnIndex(table, variable);
  if (!variables.includes(index))
    throw refuse(
      'variable',
      `${variable} is not a variable of numbers`,
      `${variable} n'est pas une variable de nombres`,
    );
  if (!Number.isInteger(points) || points < 3 || points > 100_000) {
    throw refuse('points', 'a whole number from 3 to 100000', 'un nombre entier de 3 à 100000');
  }
  const extent = await extentOf(table, time);
  if (extent.rows <= points) return table;
  if (method !== 'm4' && extent.rows > MOST_HELD) {
    throw refuse(
      'method',
      `${method} holds all values, at most ${MOST_HELD} of them: m4 has no such limit`,
      `${method} garde toutes les valeurs, au plus ${MOST_HELD} : m4 n'a pas de limite`,
    );
  }
  const runs = method === 'm4' ? [] : await runsOf(table, time, index);
  const rows =
    method === 'm4'
      ? await m4Rows(table, time, extent, points)
      : method === 'lttb'
        ? shape(runs, points)
        : extremes(runs, points);
  const name = table.columns[index]?.name ?? '';
  const step =
    method === 'm4'
      ? `decimated from ${extent.rows} to ${rows.length} rows: first, last, smallest and greatest value of each variable in ${points} intervals of time (M4)`
      : method === 'lttb'
        ? `decimated from ${extent.rows} to ${rows.length} rows: the shape of ${name} (LTTB)`
        : `decimated from ${extent.rows} to ${rows.length} rows: smallest and greatest value of ${name} in ${points >> 1} intervals`;
  return withHistory({ ...table, rows: rows.length, chunks: () => chosenRows(table, rows) }, now, step);
}
