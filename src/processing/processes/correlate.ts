// correlate: two series side by side by time, Pearson's r, the line of least squares, and lags.
import { bestLag, correlation, lags, pair, type Series } from '../../data/tables/pairs.ts';
import { medianStep } from '../../data/tables/step.ts';
import { subset } from '../../data/tables/subset.ts';
import { validValues } from '../../data/tables/valid-values.ts';
import { windows } from '../../data/tables/windows.ts';
import type { Duration } from '../../formats/syntax/duration.ts';
import type { JsonValue } from '../../model/json.ts';
import { type Column, NO_METADATA, type Table } from '../../model/table.ts';
import type { TimeWindow } from '../../model/time.ts';
import { tableOutputs } from '../formats.ts';
import { complexOutput, DATETIME, jsonOutput, optional, preset, required, source } from '../ports.ts';
import { defineProcess, type RunContext, type Source } from '../process.ts';
import { demandTime, numberIndex, refuse } from '../tables.ts';

/** So many values of each series are held. */
const MOST = 5_000_000;

interface Side {
  readonly column: Column;
  readonly series: Series;
  /** Usual step, milliseconds. */
  readonly step: number;
}

async function seriesOf(table: Table, name: string, keepMissing: boolean): Promise<Series> {
  const time = demandTime(table, 'input');
  const index = numberIndex(table, 'variable', name);
  const [times, values]: [number[], number[]] = [[], []];
  for await (const chunk of table.chunks()) {
    const [own, at] = [chunk.values[index] as Float64Array, chunk.values[time] as Float64Array];
    for (let row = 0; row < chunk.rows; row++) {
      if (Number.isNaN(at[row] as number) || (!keepMissing && Number.isNaN(own[row] as number))) continue;
      times.push(at[row] as number);
      values.push(own[row] as number);
    }
    if (times.length > MOST) throw refuse('datetime', `more than ${MOST} values`, `plus de ${MOST} valeurs`);
  }
  return { times: Float64Array.from(times), values: Float64Array.from(values) };
}

async function sideOf(
  source: Source,
  letter: 'a' | 'b',
  name: string,
  datetime: TimeWindow | null,
  resample: number | null,
  now: number,
): Promise<Side> {
  const whole = await source.table();
  demandTime(whole, `input_${letter}`);
  const column = whole.columns[numberIndex(whole, `variable_${letter}`, name)] as Column;
  const table = subset(validValues(whole), { variables: [name], time: datetime, box: null });
  const step = await medianStep(table);
  if (resample === null) return { column, series: await seriesOf(table, name, false), step };
  const averaged = windows(table, { width: resample, origin: 0, statistics: ['mean'], fill: true, now });
  return { column, series: await seriesOf(averaged, `${name}_mean`, true), step: resample };
}

/** Both averaged series on the windows that both cover, missing ones as NaN, so that a lag is a number of windows. */
function aligned(a: Series, b: Series, width: number): readonly [Float64Array, Float64Array] {
  const [first, last] = [
    Math.min(a.times[0] ?? Number.NaN, b.times[0] ?? Number.NaN),
    Math.max(a.times.at(-1) ?? Number.NaN, b.times.at(-1) ?? Number.NaN),
  ];
  const count = Number.isNaN(first + last) ? 0 : Math.round((last - first) / width) + 1;
  const spread = ({ times, values }: Series): Float64Array => {
    const out = new Float64Array(count).fill(Number.NaN);
    times.forEach((at, n) => {
      out[Math.round((at - first) / width)] = values[n] as number;
    });
    return out;
  };
  return [spread(a), spread(b)];
}

function pairsTable(
  a: Side,
  b: Side,
  pairs: { readonly first: readonly number[]; readonly second: readonly number[] },
  names: readonly [string, string],
): Table {
  const time = (name: string): Column => ({
    name,
    type: 'time',
    unit: null,
    standardName: name === 'time' ? 'time' : null,
    label: {},
    missing: null,
    dimensions: [],
    attributes: {},
  });
  const value = (column: Column, name: string): Column => {
    const { ancillary: _flags, ...rest } = column;
    return { ...rest, name, attributes: {} };
  };
  const values = [
    Float64Array.from(pairs.first, (n) => a.series.times[n] as number),
    Float64Array.from(pairs.first, (n) => a.series.values[n] as number),
    Float64Array.from(pairs.second, (n) => b.series.times[n] as number),
    Float64Array.from(pairs.second, (n) => b.series.values[n] as number),
  ];
  return {
    metadata: { ...NO_METADATA, title: `${names[0]} and ${names[1]}` },
    columns: [time('time'), value(a.column, 'a'), time('time_b'), value(b.column, 'b')],
    dimensions: [],
    fixed: [],
    axis: { column: 'time', end: null },
    rows: pairs.first.length,
    repeatable: true,
    chunks: async function* () {
      if (pairs.first.length > 0) yield { rows: pairs.first.length, values };
    },
  };
}

function millisecondsOf(duration: Duration | null, parameter: string): number | null {
  if (duration === null) return null;
  if (duration.months > 0)
    throw refuse(
      parameter,
      'months and years have no fixed length',
      'les mois et les années n’ont pas de longueur fixe',
    );
  return duration.milliseconds;
}

/** Why there is no r, in words. */
function reasonOf(n: number, least: number, r: number | null): string | null {
  if (n < least) return `fewer than ${least} pairs`;
  return r === null ? 'one of the series does not vary' : null;
}

function lagSummary(a: Side, b: Side, width: number, most: number, context: RunContext): JsonValue {
  const [x, y] = aligned(a.series, b.series, width);
  context.check();
  const all = lags(x, y, most);
  const best = bestLag(all);
  return {
    step: width / 1000,
    best: best === null ? null : { ...best },
    all: all.map((lag) => ({ ...lag })),
  };
}

const WORDS = (letter: string) => ({
  title: { en: `Series ${letter}`, fr: `Série ${letter}` },
  abstract: {
    en: 'A record of this catalogue, an address, or the content itself in any format that is read here.',
    fr: 'Une notice de ce catalogue, une adresse, ou le contenu lui-même dans un format lu ici.',
  },
});
const VARIABLE = (letter: string) => ({
  title: { en: `Variable of ${letter}`, fr: `Variable de ${letter}` },
  abstract: { en: 'Name of a variable of numbers.', fr: 'Nom d’une variable de nombres.' },
});

const SERIES = (values: readonly (readonly [seconds: number, value: number])[]): string =>
  `time,value\n${values.map(([s, v]) => `${new Date(Date.UTC(2024, 0, 1) + s * 1000).toISOString()},${v}`).join('\n')}\n`;

export const correlate = defineProcess({
  id: 'correlate',
  version: '1.0.0',
  title: { en: 'Correlation of two series', fr: 'Corrélation de deux séries' },
  abstract: {
    en: 'Pairs the values of two series by time (each with the nearest one that is free, within a tolerance), and gives Pearson’s r, the line of least squares of b on a, and, for series averaged in windows, r at each lag: a positive best lag says that b comes after a.',
    fr: 'Associe les valeurs de deux séries par le temps (chacune avec la plus proche encore libre, dans une tolérance), et donne le r de Pearson, la droite des moindres carrés de b sur a, et, pour des séries moyennées par fenêtres, r à chaque décalage : un meilleur décalage positif dit que b vient après a.',
  },
  keywords: ['correlation', 'regression', 'lag', 'time series'],
  inputs: {
    input_a: source(WORDS('a')),
    variable_a: required('string', VARIABLE('a'), { longest: 200 }),
    input_b: source(WORDS('b')),
    variable_b: required('string', VARIABLE('b'), { longest: 200 }),
    datetime: DATETIME,
    tolerance: optional('duration', {
      title: { en: 'Tolerance', fr: 'Tolérance' },
      abstract: {
        en: 'Values further apart are no pair; left out: half the larger usual step.',
        fr: 'Des valeurs plus éloignées ne forment pas de paire ; absent : la moitié du plus grand pas usuel.',
      },
    }),
    resample: optional('duration', {
      title: { en: 'Averaging', fr: 'Moyennage' },
      abstract: {
        en: 'Both series are averaged in windows of this length first; the tolerance is then 0.',
        fr: 'Les deux séries sont d’abord moyennées par fenêtres de cette longueur ; la tolérance est alors 0.',
      },
    }),
    max_lag: optional(
      'integer',
      {
        title: { en: 'Greatest lag', fr: 'Plus grand décalage' },
        abstract: { en: 'Number of windows; needs averaging.', fr: 'Nombre de fenêtres ; demande le moyennage.' },
      },
      { minimum: 0, maximum: 1000 },
    ),
    min_pairs: preset(
      'integer',
      3,
      {
        title: { en: 'Least number of pairs', fr: 'Nombre minimal de paires' },
        abstract: { en: 'With fewer pairs there is no r.', fr: 'Avec moins de paires il n’y a pas de r.' },
      },
      { minimum: 2, maximum: 1_000_000 },
    ),
  },
  outputs: {
    pairs: complexOutput(
      {
        title: { en: 'Pairs', fr: 'Paires' },
        abstract: { en: 'Time and value of a, and of b.', fr: 'Temps et valeur de a, et de b.' },
      },
      tableOutputs('csv'),
    ),
    summary: jsonOutput({
      title: { en: 'Summary', fr: 'Résumé' },
      abstract: {
        en: 'n, r, slope, intercept, tolerance, lags.',
        fr: 'n, r, pente, ordonnée à l’origine, tolérance, décalages.',
      },
    }),
  },
  example: {
    input_a: [
      {
        kind: 'text',
        text: SERIES([
          [0, 1],
          [60, 2],
          [120, 3],
          [180, 4],
          [240, 5],
        ]),
        format: { mediaType: 'text/csv' },
      },
    ],
    variable_a: [{ kind: 'text', text: 'value' }],
    input_b: [
      {
        kind: 'text',
        text: SERIES([
          [2, 2],
          [61, 1],
          [119, 4],
          [183, 3],
          [260, 9],
        ]),
        format: { mediaType: 'text/csv' },
      },
    ],
    variable_b: [{ kind: 'text', text: 'value' }],
    tolerance: [{ kind: 'text', text: 'PT5S' }],
  },
  run: async (inputs, context) => {
    const { datetime, min_pairs, max_lag } = inputs;
    const resample = millisecondsOf(inputs.resample, 'resample');
    const wanted = millisecondsOf(inputs.tolerance, 'tolerance');
    if (max_lag !== null && resample === null) throw refuse('max_lag', 'needs resample', 'demande resample');
    const a = await sideOf(inputs.input_a, 'a', inputs.variable_a, datetime, resample, context.now);
    context.progress(0.4);
    const b = await sideOf(inputs.input_b, 'b', inputs.variable_b, datetime, resample, context.now);
    context.progress(0.8);
    const usual = Math.max(a.step, b.step) / 2;
    const tolerance = resample === null ? (wanted ?? (Number.isNaN(usual) ? 0 : usual)) : 0;
    const found = pair(a.series, b.series, tolerance);
    const both = found.first
      .map((first, n) => [first, found.second[n] as number] as const)
      .filter(([x, y]) => !Number.isNaN(a.series.values[x] as number) && !Number.isNaN(b.series.values[y] as number));
    const pairs = { first: both.map(([x]) => x), second: both.map(([, y]) => y) };
    const { n, r, slope, intercept } = correlation(
      pairs.first.map((k) => a.series.values[k] as number),
      pairs.second.map((k) => b.series.values[k] as number),
    );
    const enough = n >= min_pairs;
    const summary: JsonValue = {
      n,
      r: enough ? r : null,
      slope: enough ? slope : null,
      intercept: enough ? intercept : null,
      reason: reasonOf(n, min_pairs, r),
      tolerance: tolerance / 1000,
      a: {
        input: inputs.input_a.about.name,
        variable: inputs.variable_a,
        unit: a.column.unit,
        values: a.series.times.length,
      },
      b: {
        input: inputs.input_b.about.name,
        variable: inputs.variable_b,
        unit: b.column.unit,
        values: b.series.times.length,
      },
      lags: max_lag === null || resample === null ? null : lagSummary(a, b, resample, max_lag, context),
    };
    const table = pairsTable(a, b, pairs, [inputs.input_a.about.name, inputs.input_b.about.name]);
    return {
      pairs: () => ({ kind: 'table', table, name: 'pairs' }),
      summary: () => ({ kind: 'json', value: summary, name: 'summary' }),
    };
  },
});
