// Hourly statistics as ACTRIS asks them for EBAS: windows [h, h+1) in UTC, arithmetic mean and the percentiles 15.87 and 84.13 of the valid
// samples, the number of them, and flags: the valid flags of the samples, with one that says how complete the hour is (390 to 395, 999).
import { flagValidity, MISSING_FLAG, validityOf } from '../../formats/codecs/ebas-flags.ts';
import { AppError } from '../../model/errors.ts';
import { type Chunk, type Column, columnIndex, type FlagSet, type Table, timeIndex } from '../../model/table.ts';
import { hourlyColumns } from './hourly-columns.ts';
import { withHistory } from './provenance.ts';
import { flagsOf } from './valid-values.ts';
import { isDirection } from './vectors.ts';

export interface Hourly {
  /** Names of the variables; null: all of numbers. */
  readonly variables: readonly string[] | null;
  /** Samples that a complete hour has. */
  readonly expected: number;
  /** Percent: hours that are less complete are flagged invalid (391, 393, 395), others by 390, 392, 394. */
  readonly invalidBelow: number;
  /** The number of samples is a column too. */
  readonly withCounts: boolean;
  /** Milliseconds since 1970, for the history. */
  readonly now: number;
}

const HOUR = 3_600_000;
const CHUNK_HOURS = 1024;

/** A variable with the place of its flags (-1: none). An angle has a mean by vectors and no percentiles. */
export interface HourlyVariable {
  readonly index: number;
  readonly flags: number;
  readonly isAngle: boolean;
}

/** h = (n − 1)·p/100, linear between two order statistics. */
function percentileOf(sorted: Float64Array, p: number): number {
  const h = ((sorted.length - 1) * p) / 100;
  const low = Math.floor(h);
  const [a, b] = [sorted[low] as number, sorted[Math.min(low + 1, sorted.length - 1)] as number];
  return a + (h - low) * (b - a);
}

/** The flag that says how complete an hour is; null: complete enough. */
export function completenessFlag(valid: number, expected: number, invalidBelow: number): number | null {
  if (valid === 0) return MISSING_FLAG;
  const percent = (100 * valid) / expected;
  const invalid = percent < invalidBelow ? 1 : 0;
  if (percent < 50) return 390 + invalid;
  if (percent < 75) return 392 + invalid;
  return percent < 90 ? 394 + invalid : null;
}

interface HourResult {
  readonly numbers: readonly number[];
  readonly flags: FlagSet;
}

/** Takes the valid samples of one variable, hour after hour; a sum and one buffer, whatever the length of the series. */
function createHour({ isAngle }: HourlyVariable, options: Hourly) {
  let samples = new Float64Array(64);
  let count = 0;
  let [sum, x, y] = [0, 0, 0];
  const flags = new Set<number>();
  const mean = (): number => {
    if (!isAngle) return sum / count;
    return Math.hypot(x, y) / count < 1e-9 ? Number.NaN : ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
  };
  return {
    add(value: number): void {
      if (count === samples.length) {
        const wider = new Float64Array(2 * count);
        wider.set(samples);
        samples = wider;
      }
      samples[count++] = value;
      sum += value;
      if (!isAngle) return;
      x += Math.cos((value * Math.PI) / 180);
      y += Math.sin((value * Math.PI) / 180);
    },
    flag(set: FlagSet): void {
      for (const flag of set) if (flagValidity(flag) === 'valid') flags.add(flag);
    },
    finish(): HourResult {
      const complete = completenessFlag(count, options.expected, options.invalidBelow);
      if (complete !== null) flags.add(complete);
      const sorted = samples.subarray(0, count).sort();
      const numbers = count === 0 ? [Number.NaN] : [mean()];
      if (!isAngle) for (const p of [15.87, 84.13]) numbers.push(count === 0 ? Number.NaN : percentileOf(sorted, p));
      if (options.withCounts) numbers.push(count);
      // Nothing valid is said of a value that is not there.
      const own = count === 0 ? [MISSING_FLAG] : [...flags].sort((a, b) => a - b);
      [count, sum, x, y] = [0, 0, 0, 0];
      flags.clear();
      return { numbers, flags: own };
    },
  };
}

interface HourRow {
  readonly start: number;
  readonly results: readonly HourResult[];
}

/** Every hour from the first to the last sample. */
async function* hoursOf(
  table: Table,
  time: number,
  variables: readonly HourlyVariable[],
  options: Hourly,
): AsyncGenerator<HourRow> {
  const hours = variables.map((variable) => createHour(variable, options));
  let start = Number.NaN;
  const finish = (): HourRow => ({ start, results: hours.map((hour) => hour.finish()) });
  for await (const chunk of table.chunks()) {
    const times = chunk.values[time] as Float64Array;
    for (let row = 0; row < chunk.rows; row++) {
      const at = times[row] as number;
      if (Number.isNaN(at)) continue;
      if (at < start)
        throw new AppError('not-supported', {
          detail: { en: 'the rows are not in the order of time', fr: 'les lignes ne sont pas dans l’ordre du temps' },
        });
      if (Number.isNaN(start)) start = Math.floor(at / HOUR) * HOUR;
      for (; at >= start + HOUR; start += HOUR) yield finish();
      for (let n = 0; n < variables.length; n++) {
        const { index, flags } = variables[n] as HourlyVariable;
        const value = (chunk.values[index] as Float64Array)[row] as number;
        if (Number.isNaN(value)) continue;
        const hour = hours[n] as ReturnType<typeof createHour>;
        const set = flags < 0 ? undefined : (chunk.values[flags] as readonly FlagSet[])[row];
        if (set === undefined || set.length === 0) hour.add(value);
        else if (validityOf(set) === 'valid') {
          hour.add(value);
          hour.flag(set);
        }
      }
    }
  }
  if (!Number.isNaN(start)) yield finish();
}

function chunkOf(rows: readonly HourRow[]): Chunk {
  const starts = Float64Array.from(rows, ({ start }) => start);
  const first = rows[0]?.results ?? [];
  const values = first.flatMap(({ numbers }, n) => [
    ...numbers.map((_, k) => Float64Array.from(rows, ({ results }) => results[n]?.numbers[k] ?? Number.NaN)),
    rows.map(({ results }) => results[n]?.flags ?? []),
  ]);
  return { rows: rows.length, values: [starts, starts.map((start) => start + HOUR), ...values] };
}

function variablesOf(table: Table, names: readonly string[] | null): readonly HourlyVariable[] {
  const isHeld = ({ type, dimensions }: Column) => (type === 'number' || type === 'integer') && dimensions.length === 0;
  const all = table.columns.flatMap((column, n) => (isHeld(column) ? [n] : []));
  const wanted = names === null ? all : names.map((name) => columnIndex(table, name));
  const unknown = names?.filter((_, n) => !all.includes(wanted[n] as number)) ?? [];
  if (unknown.length > 0 || wanted.length === 0) {
    const list = all.map((n) => table.columns[n]?.name).join(', ');
    const detail = {
      en: `${unknown.join(', ') || 'nothing'} is no variable of numbers; there are: ${list}`,
      fr: `${unknown.join(', ') || 'rien'} n'est pas une variable de nombres ; il y a : ${list}`,
    };
    throw new AppError('invalid-parameter', { faults: [{ parameter: 'component', detail }] });
  }
  return wanted.map((index) => {
    const column = table.columns[index] as Column;
    return { index, flags: flagsOf(table, index), isAngle: isDirection(column) };
  });
}

/**
 * One row an hour from the first sample to the last, by the start time of the samples: of each variable the mean, the percentiles 15.87
 * and 84.13 (none of an angle, whose mean is that of its vectors), the number of samples and the flags. Hours without a valid sample are
 * missing, flag 999. Throws AppError `invalid-parameter` without time or for a variable that is none of numbers, `not-supported` when the
 * rows are not in the order of time.
 */
export function hourly(table: Table, options: Hourly): Table {
  const time = timeIndex(table);
  if (time < 0) {
    const detail = { en: 'a table with time is wanted', fr: 'une table avec du temps est attendue' };
    throw new AppError('invalid-parameter', { faults: [{ parameter: 'input', detail }] });
  }
  const variables = variablesOf(table, options.variables);
  const chunks = async function* (): AsyncGenerator<Chunk> {
    let rows: HourRow[] = [];
    for await (const row of hoursOf(table, time, variables, options)) {
      rows.push(row);
      if (rows.length < CHUNK_HOURS) continue;
      yield chunkOf(rows);
      rows = [];
    }
    if (rows.length > 0) yield chunkOf(rows);
  };
  const made: Table = {
    ...table,
    columns: hourlyColumns(table, time, variables, options.withCounts),
    dimensions: [],
    fixed: [],
    axis: { column: 'start_time', end: 'end_time' },
    rows: null,
    chunks,
  };
  return withHistory(
    made,
    options.now,
    `hourly means and percentiles 15.87 and 84.13 of the valid samples, ${options.expected} expected an hour`,
  );
}
