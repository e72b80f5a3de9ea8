// The numbers that each process must give, computed by hand or by other programs.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AppError } from '../../../src/model/errors.ts';
import { ebasFile } from '../../fixtures/ebas-series.ts';
import { csv, rowsOf, runHere, series, text } from '../../fixtures/run-process.ts';

const test = suite('processes');
const near = (actual: number | string | undefined, wanted: number, digits = 6) =>
  assert.ok(Math.abs(Number(actual) - wanted) < 10 ** -digits, `${actual} is not ${wanted}`);
const TEN_MINUTES = [10, 12, 11, 13, 50, 9].map((value, n): readonly [number, number] => [n * 600, value]);
const json = (output: { readonly text: string } | undefined) => JSON.parse(output?.text ?? 'null');

async function fault(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

const NASA_AMES = [
  '17 1001',
  'Doe, Jane',
  'OPGC',
  'CPC',
  'TEST',
  '1 1',
  '2024 01 01 2024 02 01',
  '3600',
  'seconds since 2024-01-01 00:00:00 UTC',
  '2',
  '1 0.1',
  '99999 9999',
  'Particle number concentration (1/cm3)',
  'Temperature (deg C)',
  '0',
  '1',
  'time cn temp',
  '0 1200 55',
  '3600 99999 52',
  '7200 1180 9999',
  '',
].join('\n');

test('convert: NASA Ames to CSV, scaled and with missing values', async () => {
  const made = await runHere('convert', { input: [text(NASA_AMES)], target: [text('csv')] });
  const lines = (made.result?.text ?? '').trim().split('\r\n').slice(1);
  assert.equal(lines, ['2024-01-01T00:00:00Z,1200,5.5', '2024-01-01T01:00:00Z,,5.2', '2024-01-01T02:00:00Z,1180,']);
  const report = json(made.report);
  assert.is(report.read_as, 'nasa-ames');
  assert.is(report.rows, 3);
  assert.equal(
    report.variables.map(({ missing }: { missing: number }) => missing),
    [0, 1, 1],
  );
});

test('convert: delimiter, times of the source, NetCDF, missing EBAS keys', async () => {
  const semicolon = await runHere('convert', {
    input: [text(NASA_AMES)],
    target: [text('csv')],
    delimiter: [text(';')],
    time_format: [text('source')],
  });
  assert.is((semicolon.result?.text ?? '').split('\r\n')[2], '3600;;5.2');
  const netcdf = await runHere('convert', { input: [text(NASA_AMES)], target: [text('netcdf')] });
  assert.is(netcdf.result?.bytes.subarray(0, 3).toString(), 'CDF');
  try {
    await runHere('convert', { input: [text(NASA_AMES)], target: [text('ebas')] });
    assert.unreachable();
  } catch (thrown) {
    assert.match((thrown as Error).message, /Station code.*Matrix/);
  }
  const clash = await fault(
    runHere(
      'convert',
      { input: [text(NASA_AMES)], target: [text('csv')] },
      { outputs: { result: { format: { mediaType: 'application/x-netcdf' } } } },
    ),
  );
  assert.is(clash.faults[0]?.parameter, 'target');
});

test('statistics: an hour of six values', async () => {
  const made = await runHere('statistics', {
    input: [series(TEN_MINUTES)],
    window: [text('PT1H')],
    statistic: ['mean', 'median', 'percentile', 'stddev', 'count'].map(text),
    percentile: [text('15.87'), text('84.13')],
  });
  const [row] = rowsOf(made.result);
  near(row?.value_mean, 17.5);
  near(row?.value_median, 11.5);
  near(row?.value_percentile_15_87, 9.7935);
  near(row?.value_percentile_84_13, 20.6405);
  near(row?.value_stddev, 15.984367);
  assert.is(row?.value_count, '6');
  assert.equal(made.windows?.head, { output: 'windows', kind: 'literal', value: 1 });
});

test('statistics: a value that flags call invalid is left out', async () => {
  const made = await runHere('statistics', {
    input: [
      text(
        ebasFile(
          TEN_MINUTES.map(([seconds, value]) => ({ seconds, value, flag: value === 50 ? '0.456' : '0.000' })),
          600,
        ),
      ),
    ],
    statistic: ['mean', 'median', 'percentile', 'stddev', 'count'].map(text),
    percentile: [text('15.87'), text('84.13')],
    completeness: [text('83')],
  });
  const [row] = rowsOf(made.result);
  near(row?.ozone_mean, 11);
  near(row?.ozone_median, 11);
  near(row?.ozone_percentile_15_87, 9.6348);
  near(row?.ozone_percentile_84_13, 12.3652);
  near(row?.ozone_stddev, 1.581139);
  assert.is(row?.ozone_count, '5');
  const strict = await runHere('statistics', {
    input: [
      text(
        ebasFile(
          TEN_MINUTES.map(([seconds, value]) => ({ seconds, value, flag: value === 50 ? '0.456' : '0.000' })),
          600,
        ),
      ),
    ],
    statistic: [text('mean'), text('count')],
    completeness: [text('84')],
  });
  const [missing] = rowsOf(strict.result);
  assert.is(missing?.ozone_mean, '');
  assert.is(missing?.ozone_count, '5');
});

test('statistics: directions by their vectors, weighted by speed', async () => {
  const wind = csv(
    'time,dir,speed\n2024-01-01T00:00:00Z,350,2\n2024-01-01T00:10:00Z,10,4\n2024-01-01T00:20:00Z,20,6\n',
  );
  const plain = await runHere('statistics', { input: [wind], circular: [text('dir')], statistic: [text('mean')] });
  near(rowsOf(plain.result)[0]?.dir_mean, 6.704953);
  const weighted = await runHere('statistics', {
    input: [wind],
    circular: [text('dir')],
    wind: [text('dir'), text('speed')],
    statistic: [text('mean')],
  });
  const [row] = rowsOf(weighted.result);
  near(row?.dir_mean, 11.738762);
  near(row?.speed_vector_mean, 3.931221);
  near(row?.speed_mean, 4);
  const opposite = csv('time,wind_direction\n2024-01-01T00:00:00Z,0\n2024-01-01T00:10:00Z,180\n');
  assert.is(
    rowsOf(
      (
        await runHere('statistics', {
          input: [opposite],
          circular: [text('wind_direction')],
          statistic: [text('mean')],
        })
      ).result,
    )[0]?.wind_direction_mean,
    '',
  );
});

test('statistics: months of the calendar, empty windows between, the whole table', async () => {
  const months = csv('time,value\n2024-01-31T23:59:59Z,1\n2024-02-29T12:00:00Z,2\n2024-04-01T00:00:00Z,4\n');
  const made = rowsOf(
    (await runHere('statistics', { input: [months], window: [text('P1M')], statistic: [text('sum'), text('count')] }))
      .result,
  );
  assert.equal(
    made.map((row) => [row.start_time, row.end_time, row.value_sum, row.value_count]),
    [
      ['2024-01-01T00:00:00Z', '2024-02-01T00:00:00Z', '1', '1'],
      ['2024-02-01T00:00:00Z', '2024-03-01T00:00:00Z', '2', '1'],
      ['2024-03-01T00:00:00Z', '2024-04-01T00:00:00Z', '', '0'],
      ['2024-04-01T00:00:00Z', '2024-05-01T00:00:00Z', '4', '1'],
    ],
  );
  const all = await runHere('statistics', { input: [months], window: [text('all')], statistic: [text('mean')] });
  near(rowsOf(all.result)[0]?.value_mean, 7 / 3);
  assert.is(
    (await fault(runHere('statistics', { input: [months], window: [text('P1MT1H')] }))).faults[0]?.parameter,
    'window',
  );
});

test('ebas-hourly: mean, percentiles, flags, in EBAS', async () => {
  const input = text(
    ebasFile(
      TEN_MINUTES.map(([seconds, value]) => ({ seconds, value, flag: value === 50 ? '0.456' : '0.000' })),
      600,
    ),
  );
  const table = await runHere(
    'ebas-hourly',
    { input: [input] },
    { outputs: { result: { format: { mediaType: 'text/csv' } } } },
  );
  const [row] = rowsOf(table.result);
  near(row?.ozone_mean, 11);
  near(row?.ozone_perc1587, 9.6348);
  near(row?.ozone_perc8413, 12.3652);
  assert.is(row?.ozone_count, '5');
  assert.is(row?.ozone_qc, '394');
  const file = await runHere('ebas-hourly', { input: [input] });
  const lines = (file.result?.text ?? '').trim().split('\n');
  assert.match(lines.at(-1) ?? '', /^0\.000000 0\.041667 11(?:\.0+)? 9\.6348 12\.3652 0\.394$/);
  assert.match(file.result?.text ?? '', /^Resolution code:\s+1h$/m);
  assert.match(file.result?.text ?? '', /^Orig\. time res\.:\s+10mn$/m);
  assert.match(file.result?.text ?? '', /^ozone, nmol\/mol, Matrix=air, Statistics=percentile:15\.87$/m);
});

test('ebas-hourly: flags of completeness at their limits, and hours without a valid value', async () => {
  // Ten samples an hour are expected; so many are there.
  const counts = [10, 9, 8, 7, 5, 4, 1, 0];
  const rows = counts.flatMap((count, hour) =>
    Array.from({ length: count }, (_, n) => ({ seconds: hour * 3600 + n * 360, value: n + 1, flag: '0.000' })),
  );
  const last = { seconds: 7 * 3600, value: 5, flag: '0.999' };
  const run = async (below: string) =>
    rowsOf(
      (
        await runHere(
          'ebas-hourly',
          { input: [text(ebasFile([...rows, last], 360))], expected: [text('10')], flag_invalid_below: [text(below)] },
          { outputs: { result: { format: { mediaType: 'text/csv' } } } },
        )
      ).result,
    ).map((row) => row.ozone_qc);
  assert.equal(await run('50'), ['', '', '394', '392', '392', '391', '391', '999']);
  assert.equal(await run('0'), ['', '', '394', '392', '392', '390', '390', '999']);
  assert.equal(await run('76'), ['', '', '394', '393', '393', '391', '391', '999']);
});

test('ebas-hourly: valid flags of the samples are joined', async () => {
  const flags = ['0.110640000', '0.000000000', '0.640000000', '0.456000000', '0.110000000', '0.000000000'];
  const input = text(
    ebasFile(
      TEN_MINUTES.map(([seconds, value], n) => ({ seconds, value, flag: flags[n] ?? '' })),
      600,
    ),
  );
  const made = await runHere(
    'ebas-hourly',
    { input: [input] },
    { outputs: { result: { format: { mediaType: 'text/csv' } } } },
  );
  assert.is(rowsOf(made.result)[0]?.ozone_qc, '110 394 640');
});

test('subset: values, period with both ends, nothing left, antimeridian', async () => {
  const track = csv(
    'time,longitude,latitude,t\n2024-01-01T00:00:00Z,179,0,1\n2024-01-01T01:00:00Z,-179,0,2\n2024-01-01T02:00:00Z,0,0,3\n',
  );
  const some = await runHere('subset', { input: [track], filter: [text('t=2/..')], variables: [text('t')] });
  assert.is(some.count?.head.kind === 'literal' ? some.count.head.value : null, 2);
  const closed = await runHere('subset', {
    input: [track],
    datetime: [text('2024-01-01T00:00:00Z/2024-01-01T01:00:00Z')],
  });
  assert.is(rowsOf(closed.result).length, 2);
  const none = await runHere('subset', { input: [track], filter: [text('t=99')] });
  assert.is(none.count?.head.kind === 'literal' ? none.count.head.value : null, 0);
  const limited = await runHere('subset', { input: [track], limit: [text('1')] });
  assert.is(rowsOf(limited.result).length, 1);
  const wrong = await fault(runHere('subset', { input: [track], filter: [text('nothing')] }));
  assert.is(wrong.faults[0]?.parameter, 'filter');
  const unknown = await fault(runHere('subset', { input: [track], variables: [text('x')] }));
  assert.match(unknown.faults[0]?.detail.en ?? '', /there are: .*\bt\b/);
});

test('decimate: LTTB and minmax keep the rows that they must', async () => {
  const input = series([0, 1, 5, 1, 0, -4, 0, 2, 1, 0].map((y, x): readonly [number, number] => [x, y]));
  const seconds = async (method: string, points: string) =>
    rowsOf(
      (
        await runHere('decimate', {
          input: [input],
          variable: [text('value')],
          method: [text(method)],
          points: [text(points)],
        })
      ).result,
    ).map(({ time = '' }) => (Date.parse(time) - Date.UTC(2024, 0, 1)) / 1000);
  assert.equal(await seconds('lttb', '5'), [0, 2, 5, 7, 9]);
  assert.equal(await seconds('minmax', '6'), [0, 2, 3, 5, 6, 7]);
  assert.is((await seconds('lttb', '10')).length, 10);
  assert.is((await seconds('none', '3')).length, 10);
});

test('correlate: pairs, line, lags', async () => {
  const a = series([
    [0, 1],
    [60, 2],
    [120, 3],
    [180, 4],
    [240, 5],
  ]);
  const b = series([
    [2, 2],
    [61, 1],
    [119, 4],
    [183, 3],
    [260, 9],
  ]);
  const inputs = { input_a: [a], variable_a: [text('value')], input_b: [b], variable_b: [text('value')] };
  const made = json((await runHere('correlate', { ...inputs, tolerance: [text('PT5S')] })).summary);
  assert.is(made.n, 4);
  near(made.r, 0.6);
  near(made.slope, 0.6);
  near(made.intercept, 1);
  const hourly = (values: readonly number[]) =>
    series(values.map((value, n): readonly [number, number] => [n * 3600, value]));
  const lag = json(
    (
      await runHere('correlate', {
        input_a: [hourly([0, 0, 1, 3, 1, 0, 0, 0])],
        variable_a: [text('value')],
        input_b: [hourly([0, 0, 0, 0, 1, 3, 1, 0])],
        variable_b: [text('value')],
        resample: [text('PT1H')],
        max_lag: [text('2')],
      })
    ).summary,
  ).lags;
  const at = (k: number) => lag.all.find((each: { lag: number }) => each.lag === k);
  near(at(0).r, -0.269841);
  near(at(1).r, 0.326923);
  assert.is(at(1).n, 7);
  near(at(2).r, 1);
  assert.is(at(2).n, 6);
  near(at(-1).r, -0.480769);
  assert.is(lag.best.lag, 2);
  const flat = json(
    (
      await runHere('correlate', {
        ...inputs,
        input_a: [
          series([
            [0, 1],
            [60, 1],
            [120, 1],
          ]),
        ],
        tolerance: [text('PT5S')],
      })
    ).summary,
  );
  assert.is(flat.r, null);
  assert.match(flat.reason, /vary/);
  assert.is((await fault(runHere('correlate', { ...inputs, max_lag: [text('2')] }))).faults[0]?.parameter, 'max_lag');
});

test('grid-aggregate: lower edges belong to the cell', async () => {
  const input = csv(
    'longitude,latitude,value\n2.96,45.77,10\n2.99,45.76,20\n3.11,45.76,30\n3.10,45.70,40\n3.05,45.80,50\n',
  );
  const made = await runHere('grid-aggregate', {
    input: [input],
    variable: [text('value')],
    cell: [text('0.1')],
    origin_x: [text('2.9')],
    origin_y: [text('45.7')],
  });
  const cells = json(made.result).features.map(
    ({ properties }: { properties: { i: number; j: number; count: number; mean: number } }) => [
      properties.i,
      properties.j,
      properties.count,
      properties.mean,
    ],
  );
  assert.equal(cells, [
    [0, 0, 2, 15],
    [2, 0, 2, 35],
    [1, 1, 1, 50],
  ]);
  const few = await runHere('grid-aggregate', {
    input: [input],
    variable: [text('value')],
    cell: [text('0.1')],
    origin_x: [text('2.9')],
    origin_y: [text('45.7')],
    min_count: [text('2')],
  });
  assert.is(json(few.result).features.length, 2);
});

test('radar-summary: hysteresis, gaps, power in linear units', async () => {
  const power = (values: readonly (readonly [number, number])[]) =>
    csv(`time,power\n${values.map(([s, p]) => `${new Date(s * 1000).toISOString()},${p}`).join('\n')}\n`);
  const run = async (values: readonly (readonly [number, number])[], more: { readonly [input: string]: string } = {}) =>
    rowsOf(
      (
        await runHere('radar-summary', {
          input: [power(values)],
          power_variable: [text('power')],
          on_threshold: [text('10')],
          ...Object.fromEntries(
            Object.entries({ off_threshold: '8', ...more }).map(([id, value]) => [id, [text(value)]]),
          ),
        })
      ).events,
    );
  const [event] = await run([
    [0, 5],
    [10, 10],
    [20, 20],
    [30, 9],
    [40, 7],
    [50, 3],
  ]);
  assert.equal(
    [event?.start, event?.end, event?.duration, event?.records, event?.maximum_power],
    ['1970-01-01T00:00:10Z', '1970-01-01T00:00:30Z', '20', '3', '20'],
  );
  near(
    (
      await run([
        [0, 10],
        [10, 20],
      ])
    )[0]?.mean_power,
    17.403627,
  );
  assert.is(
    (
      await run([
        [0, 10],
        [30, 5],
        [50, 12],
        [60, 12],
      ])
    ).length,
    1,
  );
  assert.is(
    (
      await run([
        [0, 10],
        [10, 12],
        [20, 5],
        [90, 12],
        [110, 12],
      ])
    ).length,
    2,
  );
  assert.is(
    (
      await run([
        [0, 10],
        [5, 12],
      ])
    ).length,
    0,
  );
  assert.is((await fault(run([[0, 10]], { off_threshold: '11' }))).faults[0]?.parameter, 'off_threshold');
});

test('validate: good and faulty files', async () => {
  const good = await runHere('validate', { input: [text(NASA_AMES)] });
  assert.is(json(good.report).valid, true);
  assert.equal(good.valid?.head, { output: 'valid', kind: 'literal', value: true });
  const broken = json(
    (await runHere('validate', { input: [text(NASA_AMES.replace('3600 99999 52', '3600 99999'))] })).report,
  );
  assert.is(broken.valid, false);
  assert.match(broken.problems[0].place, /^line \d+$/);
  const profile = json((await runHere('validate', { input: [text(NASA_AMES)], profile: [text('ebas')] })).report);
  assert.match(profile.problems[0].message.en, /Station code/);
  const xml = json((await runHere('validate', { input: [text('<a/>')] })).report);
  assert.match(xml.problems[0].message.en, /no ISO 19139 record/);
});

test('ebas-export: files by the names of EBAS in an archive; what cannot be made is told', async () => {
  const keys = [
    'Station code=FR0030R',
    'Matrix=air',
    'Laboratory code=FR29L',
    'Instrument type=uv_abs',
    'Instrument name=uv_abs_01',
    'Method ref=FR29L_uv_abs',
  ].map(text);
  const hours = csv('time,ozone\n2024-01-01T00:00:00Z,40.5\n2024-01-01T01:00:00Z,41.5\n2024-01-01T02:00:00Z,42.5\n');
  const made = await runHere('ebas-export', { input: [hours, csv('time,word\n2024-01-01T00:00:00Z,a\n')], keys });
  const { files } = json(made.report);
  assert.match(files[0].file, /^FR0030R\.20240101000000\..*\.nas$/);
  assert.is(files[1].file, null);
  assert.is(made.files?.bytes.readUInt32LE(0), 0x04034b50);
  assert.ok(made.files?.bytes.includes(files[0].file));
  assert.is(
    (await fault(runHere('ebas-export', { input: [hours], keys: [text('Colour=red')] }))).faults[0]?.parameter,
    'keys',
  );
});

test('quicklook: SVG, and PNG where it can be made', async () => {
  const made = await runHere('quicklook', { input: [series(TEN_MINUTES)] });
  assert.match(made.svg?.text ?? '', /^<svg/);
  assert.is(made.png?.bytes.subarray(1, 4).toString(), 'PNG');
});

test.run();
