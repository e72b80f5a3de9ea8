// A data file becomes a record, its rows and its original; the same again changes nothing; a broken one leaves nothing.
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isDataFile } from '../../src/cli/import-data.ts';
import { createDataAccess } from '../../src/data/create-data-access.ts';
import { codecNamed } from '../../src/formats/codecs/codecs.ts';
import { importDataFile } from '../../src/ingest/data-file/import-data-file.ts';
import { bytesInMemory } from '../../src/model/byte-source.ts';
import { AppError } from '../../src/model/errors.ts';
import { FormatFault } from '../../src/model/format-fault.ts';
import { WHOLE } from '../../src/model/table.ts';
import { ANONYMOUS } from '../../src/model/viewer.ts';
import { createDataWriter } from '../../src/storage/data-rows-write.ts';
import { dataShapes } from '../../src/storage/data-shape.ts';
import { openTestApp, TEST_NOW, type TestApp } from '../fixtures/app.ts';
import { CSV, EBAS, EUROPEAN_CSV, ICARTT, PLAIN, textSource } from '../fixtures/data-files.ts';
import { temporaryFolder } from '../fixtures/file-stores.ts';
import { bytesOf, there } from '../fixtures/table-differences.ts';
import { radarTable } from '../fixtures/test-table.ts';

/** The fixture's flight, with what the service of flights has a column for. */
const FLIGHT = ICARTT.replace(/^CN_conc, cm-3.*$/m, 'Temperature, K, Met_StaticAirTemperature_InSitu_None')
  .replace('Latitude, Longitude, CN_conc', 'Latitude, Longitude, Temperature')
  .replace('5210.3', '263.15')
  .replace('3.1684, -8888', '3.1684, 262.15');
const HOURLY =
  'time,value,percentile_15_87,note\r\n2024-05-01T00:00:00Z,412.5,400,a\r\n2024-05-01T01:00:00Z,,401,b\r\n';

const imports = suite<{ app: TestApp }>('import of data files');
imports.before(async (context) => {
  context.app = await openTestApp();
});
imports.after(({ app }) => app.close());

function importer({ database, files, writer, mappings }: TestApp) {
  const rows = createDataWriter(database, { shapes: dataShapes(mappings.services), clock: () => TEST_NOW });
  return (source: ReturnType<typeof bytesInMemory>, name: string) => {
    const service = mappings.services.find((known) => known.name === name)!;
    return importDataFile(source, service, { database, files, records: writer, rows, codes: mappings.codes });
  };
}

async function counts({ database }: TestApp): Promise<readonly unknown[]> {
  const [row] = await database.query<{ records: number; assets: number; rows: number }>(
    null,
    `SELECT (SELECT count(*)::int FROM metadata WHERE deleted_at IS NULL) AS records, (SELECT count(*)::int FROM asset) AS assets,
  (SELECT coalesce(sum(row_count), 0)::int FROM rows_record) AS rows`,
  );
  return [row?.records, row?.assets, row?.rows];
}

imports('a flight: record with its track, rows in the service’s units, the original beside them', async ({ app }) => {
  const run = importer(app);
  const report = await run(textSource(FLIGHT, 'flight_R0.ict'), 'airborne');
  assert.is(report.outcome, 'new');
  assert.is(report.rows, 4);
  assert.equal(report.stored, { inserted: 4, replaced: 0, columns: ['time', 'latitude', 'longitude', 'temperature'] });
  const record = (await app.catalogue.get({ service: 'airborne', id: report.record }, ANONYMOUS))!;
  assert.equal(record.time, { kind: 'period', begin: '2020-06-25T23:59:58Z', end: '2020-06-26T00:00:01Z' });
  assert.is(record.geometry?.type, 'LineString');
  assert.equal(
    record.bbox?.map((n) => Math.round(n * 1e4) / 1e4),
    [3.168, 45.7861, 3.1692, 45.7873],
  );
  assert.match(record.title, /Condensation particle counter/);
  assert.ok(record.contacts.some(({ organisation, role }) => organisation === 'Observatory' && role === 'originator'));
  assert.not.match(JSON.stringify(record.contacts), /Doe|pi@/);
  assert.is(record.format, 4);
  assert.ok(record.hasRows);
  assert.equal(
    record.assets.map(({ name, role }) => [name, role]),
    [['flight_R0.ict', 'source']],
  );
  const kept = await app.files.open(record.assets[0]!.sha256);
  assert.is(Buffer.from(await kept!.readAt(0, kept!.size)).toString(), FLIGHT);
  const data = createDataAccess(app.database, {
    catalogue: app.catalogue,
    services: app.mappings.services,
    clock: () => TEST_NOW,
  });
  const table = await data.rows({ service: 'airborne', record: report.record, cut: WHOLE, limit: null }, ANONYMOUS);
  const index = table.columns.findIndex(({ name }) => name === 'temperature');
  const found: number[] = [];
  for await (const chunk of table.chunks()) found.push(...(chunk.values[index] as Float64Array));
  assert.equal(
    found.map((n) => Math.round(n * 100) / 100),
    [-10, Number.NaN, -11, Number.NaN],
  );
});

imports('a record with rows alone has a chart for its picture', async ({ app }) => {
  const report = await importer(app)(textSource(FLIGHT.replace('263.15', '260.15'), 'charted.ict'), 'airborne');
  const request = supertest(app.server);
  for (const size of ['quicklook', 'thumbnail']) {
    const answer = await request.get(`/${size}/airborne/${report.record}.png`).responseType('blob');
    assert.is(answer.status, 200);
    assert.is(answer.body.subarray(1, 4).toString(), 'PNG');
  }
  const links = app.app.links.recordLinks(
    (await app.catalogue.get({ service: 'airborne', id: report.record }, ANONYMOUS))!,
  );
  assert.ok(
    links.some(({ role, href }) => role === 'quicklook' && href.endsWith(`/quicklook/airborne/${report.record}.png`)),
  );
});

imports('the same again changes nothing; another version under the name corrects the record', async ({ app }) => {
  const run = importer(app);
  const first = await run(textSource(FLIGHT, 'again_R0.ict'), 'airborne').catch((error: Error) => error);
  assert.ok(!(first instanceof Error) && first.outcome === 'unchanged', 'known by its bytes under whatever name');
  const changed = FLIGHT.replace('263.15', '264.15');
  const one = await run(textSource(changed, 'corrected.ict'), 'airborne');
  const before = [await app.catalogue.revision(), ...(await counts(app))];
  assert.is((await run(textSource(changed, 'corrected.ict'), 'airborne')).outcome, 'unchanged');
  assert.equal([await app.catalogue.revision(), ...(await counts(app))], before);
  const two = await run(textSource(changed.replace('264.15', '265.15'), 'corrected.ict'), 'airborne');
  assert.equal([two.outcome, two.record, two.stored?.inserted, two.stored?.replaced], ['corrected', one.record, 0, 1]);
  const record = (await app.catalogue.get({ service: 'airborne', id: one.record }, ANONYMOUS))!;
  assert.is(record.assets.length, 1);
});

imports('a station: position, height, organisations, and no rows where the columns are others', async ({ app }) => {
  const report = await importer(app)(textSource(EBAS, 'FR0030R.nas'), 'dynvolc');
  assert.is(report.stored, null);
  assert.ok(report.left.includes('particle_number_concentration_amean'), report.left.join());
  const record = (await app.catalogue.get({ service: 'dynvolc', id: report.record }, ANONYMOUS))!;
  assert.equal(record.position, { x: 2.964886, y: 45.772223, epsg: 4326 });
  assert.is(record.elevation, 1465);
  assert.equal(record.time, { kind: 'period', begin: '2023-01-01T00:00:00Z', end: '2023-01-01T04:00:00Z' });
  assert.is(record.licence.id, 'https://creativecommons.org/licenses/by/4.0/');
  assert.not(record.hasRows);
  assert.match(record.title, /particle_number_concentration/);
});

imports('plain NASA Ames, CSV, and NetCDF of both kinds', async ({ app }) => {
  const run = importer(app);
  const plain = await run(textSource(PLAIN, 'sonde.na'), 'copdd');
  assert.is(
    (await app.catalogue.get({ service: 'copdd', id: plain.record }, ANONYMOUS))?.title,
    'Radiosonde, Example campaign',
  );
  const hourly = await run(textSource(HOURLY, 'hourly.csv'), 'copdd');
  assert.equal(hourly.stored?.columns, ['time', 'value', 'percentile_15_87']);
  assert.equal(hourly.left, ['note']);
  const other = await run(textSource(CSV, 'co2.csv'), 'gazvolc');
  assert.is(other.stored, null);
  const options = { now: 0, fileName: 'a', language: 'en' as const };
  for (const [format, ending] of [
    ['netcdf3', 'nc'],
    ['netcdf4', 'nc4'],
  ] as const) {
    const bytes = await bytesOf(there(codecNamed(format)?.write?.(radarTable(40, 9), options)));
    const report = await run(bytesInMemory(bytes, `radar.${ending}`), 'voldorad');
    assert.is(report.rows, 40);
    const record = (await app.catalogue.get({ service: 'voldorad', id: report.record }, ANONYMOUS))!;
    assert.is(record.time.kind, 'period');
    assert.is(record.format, 5);
  }
});

imports('a broken file is told by line or byte or row, and leaves nothing', async ({ app }) => {
  const run = importer(app);
  const before = [await app.catalogue.revision(), ...(await counts(app))];
  const broken: readonly (readonly [string, string, RegExp])[] = [
    [FLIGHT.replace('86400, 45.7869', '86400, north'), 'a.ict', /^line 38: /],
    [PLAIN.replace('19 1001', '19 2010'), 'b.na', /^line 1: .*2010/],
    [EBAS.split('\n').slice(0, 40).join('\n'), 'c.nas', /^line \d+: /],
    ['CDF\u0001\u0000\u0000', 'd.nc', /^byte \d+: /],
    [HOURLY.replace('2024-05-01T01:00:00Z', '').replace('412.5', '412.75'), 'e.csv', /row 2|line 3/],
    [HOURLY.replace('2024-05-01T00', '0024-05-01T00'), 'f.csv', /row 1, time|line 2/],
  ];
  for (const [text, name, message] of broken) {
    const service = name.endsWith('.ict') ? 'airborne' : 'copdd';
    const error = await run(bytesInMemory(Buffer.from(text, 'utf8'), name), service).catch((fault: Error) => fault);
    assert.ok(error instanceof FormatFault || error instanceof AppError, `${name}: ${String(error)}`);
    assert.match((error as Error).message, message, name);
  }
  assert.equal([await app.catalogue.revision(), ...(await counts(app))], before);
});

imports('a table of records is told from a file of data', async ({ app }) => {
  const folder = await temporaryFolder('tell');
  const copdd = app.mappings.services.find(({ name }) => name === 'copdd')!;
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['a.csv', HOURLY, true],
    ['b.csv', CSV, true],
    ['c.csv', EUROPEAN_CSV, true],
    ['d.csv', 'id;name;date_b;time_b\r\n1;a;2015-01-01;00:00\r\n', false],
    ['e.csv', 'id;latitude;longitude\r\n1;45;3\r\n', false],
    ['g.txt', PLAIN, true],
    ['h.txt', EBAS, true],
    ['i.ndjson', '{"id":1,"name":"a"}\n', false],
  ];
  for (const [name, text, data] of cases) {
    await writeFile(join(folder, name), text);
    assert.is(await isDataFile(join(folder, name), copdd), data, name);
  }
  assert.not(await isDataFile(join(folder, 'absent.na'), copdd));
});
imports.run();

const command = suite('vobs import of a data file');
command('one command on the database that the settings name', async () => {
  if (process.env.VOBS_TEST_EMBEDDED === '1') return;
  const { openTestDatabase } = await import('../fixtures/database.ts');
  const { migrate } = await import('../../src/storage/migrate.ts');
  const database = await openTestDatabase();
  try {
    await migrate(database);
    const [{ url }] = (await database.query<{ url: string }>(
      null,
      "SELECT format('postgres://%s@127.0.0.1:%s/%s', current_user, current_setting('port'), current_database()) AS url",
    )) as [{ url: string }];
    const folder = await temporaryFolder('command');
    await writeFile(join(folder, 'flight.ict'), FLIGHT);
    await writeFile(join(folder, 'broken.ict'), FLIGHT.replace('86400, 45.7869', '86400, north'));
    const run = (file: string) =>
      spawnSync(
        process.execPath,
        ['--import', 'tsx', 'src/main.ts', 'import', join(folder, file), '--service', 'airborne'],
        {
          encoding: 'utf8',
          cwd: fileURLToPath(new URL('../..', import.meta.url)),
          env: { ...process.env, VOBS_DATABASE_URL: url, VOBS_DATA_DIRECTORY: folder },
        },
      );
    const first = run('flight.ict');
    assert.is(first.status, 0, first.stderr);
    assert.match(first.stdout, /^opgc:airborne:1 is new: .*\nICARTT.*, 4 rows: 4 stored, 0 replaced \(time, /);
    assert.match(run('flight.ict').stdout, /opgc:airborne:1 is unchanged/);
    const broken = run('broken.ict');
    assert.is(broken.status, 3);
    assert.match(broken.stderr, /broken\.ict: line 38: .*\nNothing was stored\n$/);
  } finally {
    await database.close();
  }
});
command.run();
