// Functions from table to table: what they keep, in which order, and what they say that they did.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decimate } from '../../../src/data/tables/decimate.ts';
import { describeTable } from '../../../src/data/tables/describe.ts';
import { join } from '../../../src/data/tables/join.ts';
import { parseStatistic, percentile, statisticOf } from '../../../src/data/tables/statistics.ts';
import { subset } from '../../../src/data/tables/subset.ts';
import { windows } from '../../../src/data/tables/windows.ts';
import { type Cut, type Table, WHOLE } from '../../../src/model/table.ts';
import { gathered } from '../../fixtures/table-differences.ts';
import { radarTable, START, series } from '../../fixtures/test-table.ts';

const test = suite('tables');
const NOW = Date.parse('2024-06-01T00:00:00Z');
const numbers = (values: unknown) =>
  Array.from(values as Float64Array, (value) => (Number.isNaN(value) ? null : value));
const seconds = (values: unknown) => numbers(values).map((at) => ((at ?? Number.NaN) - START) / 1000);
const faultOf = (work: () => unknown) => {
  try {
    work();
    return 'no fault';
  } catch (error) {
    return (error as Error).message;
  }
};

test('a period keeps both ends, or not the last one', async () => {
  const table = series([0, 10, 20, 30, 40], { a: [1, 2, 3, 4, 5] }, 2);
  const cut = (time: Cut['time']) => gathered(subset(table, { ...WHOLE, time }));
  assert.equal(seconds((await cut({ start: START + 10_000, end: START + 30_000 })).values[0]), [10, 20, 30]);
  assert.equal(
    seconds((await cut({ start: START + 10_000, end: START + 30_000, endExcluded: true })).values[0]),
    [10, 20],
  );
  assert.equal(seconds((await cut({ start: null, end: START })).values[0]), [0]);
  assert.is((await cut({ start: START + 50_000, end: null })).rows, 0);
  assert.is(subset(table, WHOLE), table, 'the whole table is the table');
});

test('variables in the wanted order; the axis and the flags that serve them stay, inner dimensions keep their cells', async () => {
  const cut = subset(radarTable(7, 3), {
    ...WHOLE,
    variables: ['temperature', 'power'],
    time: { start: START + 20_000, end: START + 40_000 },
  });
  assert.equal(
    cut.columns.map(({ name }) => name),
    ['time', 'temperature', 'power', 'quality'],
  );
  const { rows, values } = await gathered(cut);
  assert.is(rows, 3);
  assert.equal(numbers(values[2]), [2, 2.5, -2, 3, null, -3, 4, 4.5, -4]);
  assert.equal(values[3], [[], [459, 110], [640]]);
  const bare = subset(radarTable(), { ...WHOLE, variables: ['pulses'] });
  assert.equal(
    bare.columns.map(({ name }) => name),
    ['time', 'pulses'],
  );
  assert.match(
    faultOf(() => subset(radarTable(), { ...WHOLE, variables: ['x', 'y'] })),
    /variables: there is no x, y; there are: time, power/,
  );
});

function track(longitudes: readonly number[], latitudes: readonly number[]): Table {
  const table = series(
    longitudes.map((_, n) => n),
    { lon: longitudes, lat: latitudes },
  );
  const columns = table.columns.map((column) =>
    column.name === 'time' ? column : { ...column, standardName: column.name === 'lon' ? 'longitude' : 'latitude' },
  );
  return { ...table, columns };
}

test('a box cuts a track, also across the antimeridian and from 0 to 360; a station is in it or not', async () => {
  const table = track([3, 179, 181, 350, Number.NaN], [45, 10, 10, 60, 1]);
  const cut = async (box: Cut['box']) => seconds((await gathered(subset(table, { ...WHOLE, box }))).values[0]);
  assert.equal(await cut([0, 40, 10, 50]), [0]);
  assert.equal(await cut([170, 0, -170, 20]), [1, 2]);
  assert.equal(await cut([-20, 50, 0, 70]), [3]);
  assert.equal(await cut([-180, -90, 180, 90]), [0, 1, 2, 3]);
  assert.is((await gathered(subset(radarTable(), { ...WHOLE, box: [15, 37, 16, 38] }))).rows, 10);
  assert.is((await gathered(subset(radarTable(), { ...WHOLE, box: [0, 0, 1, 1] }))).rows, 0);
  assert.match(
    faultOf(() => subset(series([0], { a: [1] }), { ...WHOLE, box: [0, 0, 1, 1] })),
    /bbox: the table has no position/,
  );
});

test('M4 keeps every spike, both ends and a row of each gap, and says so', async () => {
  const count = 10_000;
  const values = Array.from({ length: count }, (_, n) =>
    n === 7777 ? 1000 : n === 123 ? -1000 : n > 4000 && n < 4100 ? Number.NaN : Math.sin(n / 50),
  );
  const table = series(
    values.map((_, n) => n),
    { a: values },
    999,
  );
  const thin = await decimate(table, { method: 'm4', points: 100, variable: null, now: NOW });
  const { rows, values: kept } = await gathered(thin);
  assert.ok(rows <= 500 && rows >= 200, String(rows));
  assert.is(rows, thin.rows);
  const y = numbers(kept[1]);
  assert.ok(y.includes(1000) && y.includes(-1000) && y.includes(null));
  const x = seconds(kept[0]);
  assert.is(x[0], 0);
  assert.is(x.at(-1), count - 1);
  assert.equal(
    x,
    [...x].sort((a, b) => a - b),
  );
  assert.match(
    thin.metadata.history.at(-1) ?? '',
    /^2024-06-01T00:00:00Z decimated from 10000 to \d+ rows: first, last, smallest and greatest value .* \(M4\)$/,
  );
  assert.is(await decimate(table, { method: 'm4', points: 20_000, variable: null, now: NOW }), table);
});

test('LTTB gives as many rows as asked, with both ends and the peak', async () => {
  const values = Array.from({ length: 1000 }, (_, n) => (n === 500 ? 50 : (n % 10) / 10));
  const table = series(
    values.map((_, n) => n),
    { a: values },
    100,
  );
  const { rows, values: kept } = await gathered(
    await decimate(table, { method: 'lttb', points: 50, variable: 'a', now: NOW }),
  );
  assert.is(rows, 50);
  assert.ok(numbers(kept[1]).includes(50));
  assert.equal([seconds(kept[0])[0], seconds(kept[0]).at(-1)], [0, 999]);
});

test('windows are half-open, leave empty ones out, and drop what is missing', async () => {
  const table = series([0, 30, 59, 60, 200], { a: [1, 2, 6, Number.NaN, 5] }, 2);
  const made = windows(table, {
    width: 60_000,
    origin: 0,
    statistics: ['mean', 'count', 'percentile:50', 'stddev'],
    now: NOW,
  });
  assert.equal(
    made.columns.map(({ name }) => name),
    ['start_time', 'end_time', 'a_mean', 'a_count', 'a_percentile_50', 'a_stddev'],
  );
  const { values } = await gathered(made);
  assert.equal(seconds(values[0]), [0, 60, 180]);
  assert.equal(numbers(values[2]), [3, null, 5]);
  assert.equal(numbers(values[3]), [3, 0, 1]);
  assert.equal(numbers(values[4]), [2, null, 5]);
  assert.equal(numbers(values[5]), [Math.sqrt(7), null, null]);
  assert.is(made.columns[2]?.attributes.cell_methods, 'time: mean');
});

test('statistics: percentiles between order statistics, directions by their vectors', () => {
  assert.is(percentile([1, 2, 3, 4], 50), 2.5);
  assert.is(percentile([1, 2, 3, 4], 100), 4);
  assert.ok(Math.abs(percentile([0, 10], 15.87) - 1.587) < 1e-12);
  assert.ok(
    Math.abs(statisticOf('direction', [350, 10]) % 360) < 1e-9 ||
      Math.abs(statisticOf('direction', [350, 10]) - 360) < 1e-9,
  );
  assert.ok(Number.isNaN(statisticOf('direction', [0, 180])));
  assert.is(parseStatistic('percentile:84.13'), 'percentile:84.13');
  assert.is(parseStatistic('percentile:101'), null);
  assert.is(parseStatistic('mode'), null);
});

test('a join takes the nearest row within the tolerance, across chunks', async () => {
  const first = series([0, 10, 20, 30, 100], { a: [1, 2, 3, 4, 5] }, 2);
  const second = series([1, 9, 22, 29.5, 31], { a: [10, 20, 30, 40, 50], b: [1, 2, 3, 4, 5] }, 3);
  const joined = join(first, second, { tolerance: 2000, now: NOW });
  assert.equal(
    joined.columns.map(({ name }) => name),
    ['time', 'a', 'a_2', 'b'],
  );
  const { values } = await gathered(joined);
  assert.equal(numbers(values[2]), [10, 20, 30, 40, null]);
  assert.equal(numbers(values[3]), [1, 2, 3, 4, null]);
});

test('what a table is about: period, station or track with its box, variables, people', async () => {
  const radar = await describeTable(radarTable(10, 3));
  assert.equal([radar.title, radar.rows, radar.station, radar.track], ['Doppler radar', 10, [15.05, 37.8], null]);
  assert.equal(radar.period, { begin: START, end: START + 90_000 });
  assert.equal(radar.elevation, { min: 2600, max: 2600 });
  assert.equal(
    radar.variables.map(({ label }) => label),
    ['echo power', 'pulses of each row', 'mode of the radar', 'temperature'],
  );
  assert.is(radar.people[0]?.email, 'data@example.org');
  const flight = await describeTable(track([170, 175, 181, 185], [-10, -11, -12, -10]));
  assert.equal(flight.track?.positions, [
    [170, -10],
    [175, -11],
    [-179, -12],
    [-175, -10],
  ]);
  assert.equal(flight.track?.box, [170, -12, -175, -10], 'it crosses the antimeridian');
  const long = Array.from({ length: 5000 }, (_, n) => n);
  const thin = await describeTable(
    track(
      long.map((n) => n / 100),
      long.map((n) => (n === 2501 ? 80 : 1)),
    ),
    100,
  );
  assert.ok((thin.track?.positions.length ?? 0) <= 200);
  assert.equal(thin.track?.box, [0, 1, 49.99, 80], 'thinning leaves no corner out');
});

test.run();
