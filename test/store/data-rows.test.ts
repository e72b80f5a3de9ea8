import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createCatalogue } from '../../src/catalogue/create-catalogue.ts';
import { createDataAccess } from '../../src/data/create-data-access.ts';
import { createRowToRecord } from '../../src/mapping/row-to-record.ts';
import { type Chunk, type Cut, columnIndex, type Table, type Values, WHOLE } from '../../src/model/table.ts';
import { ANONYMOUS, type Viewer } from '../../src/model/viewer.ts';
import { type RowPlace, type RowsWanted, rowsStatement } from '../../src/storage/data-rows-select.ts';
import { createDataWriter } from '../../src/storage/data-rows-write.ts';
import { dataShapes } from '../../src/storage/data-shape.ts';
import { syncDataTables } from '../../src/storage/data-tables.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { syncServices } from '../../src/storage/service-rows.ts';
import { createRecordWriter } from '../../src/storage/write-records.ts';
import { openTestDatabase, testMappings } from '../fixtures/database.ts';

const rows = suite('rows of observations');
const MINUTE = 60_000;
const NOW = Date.UTC(2025, 5, 1);
const mappings = testMappings();
const { services } = mappings;
const database = await openTestDatabase();
await migrate(database);
await syncServices(database, services);
await syncDataTables(database, services);
const records = createRecordWriter(database, { prefix: 'opgc', clock: () => NOW });
const writer = createDataWriter(database, { shapes: dataShapes(services), clock: () => NOW });
const catalogue = createCatalogue(database, { toRecord: createRowToRecord(mappings), services });
const data = createDataAccess(database, { catalogue, services, clock: () => NOW });
const REGISTERED: Viewer = { ...ANONYMOUS, account: 'someone', dataLevel: 1 };
const INTERNAL: Viewer = { ...ANONYMOUS, account: 'inside', dataLevel: 3, metadataLevel: 3 };
const PARTNER: Viewer = { ...REGISTERED, groups: ['partners'] };

const place = { latitude: 45.77, longitude: 2.96, epsg: 4326 };
await records.write([
  { service: 'copdd', id: 1, name: 'open', date_b: '2020-01-01', authorization_: 0, ...place },
  { service: 'copdd', id: 2, name: 'registered', date_b: '2020-01-01', authorization_: 1, ...place, longitude: 3.1 },
  { service: 'copdd', id: 3, name: 'internal', date_b: '2020-01-01', authorization_: 3, ...place },
  {
    service: 'copdd',
    id: 4,
    name: 'embargo',
    date_b: '2020-01-01',
    authorization_: 0,
    embargo_until: '2031-01-01',
    access_groups: ['partners'],
  },
  { service: 'copdd', id: 5, name: 'nothing', date_b: '2020-01-01', authorization_: 0 },
  { service: 'airborne', id: 1, name: 'flight', date_b: '2020-01-01', authorization_: 0 },
  { service: 'dynvolc', id: 1, name: 'rock', date_b: '2020-01-01', authorization_: 0 },
  { service: 'gazvolc', id: 1, name: 'gas', date_b: '2020-01-01', authorization_: 0 },
  { service: 'renag', id: 1, name: 'station', date_b: '2020-01-01', authorization_: 0 },
]);

function chunk(...values: (readonly number[] | readonly (string | null)[])[]): Chunk {
  const columns = values.map((list) =>
    typeof list[0] === 'number' ? Float64Array.from(list as number[]) : (list as readonly (string | null)[]),
  );
  return { rows: values[0]?.length ?? 0, values: columns as Values[] };
}

/** Minutes of the record from 2019-12-31 23:00, its own number thousandfold plus the minute as value. */
function minutes(record: number, count: number): Chunk {
  const list = Array.from({ length: count }, (_, n) => n);
  return chunk(
    list.map(() => record),
    list.map((n) => Date.UTC(2019, 11, 31, 23) + n * MINUTE),
    list.map((n) => record * 100_000 + n),
  );
}

for (const record of [1, 2, 3, 4]) await writer.write('copdd', ['record', 'time', 'value'], [minutes(record, 5000)]);

async function read(table: Table): Promise<{ readonly [column: string]: readonly unknown[] }> {
  const found = table.columns.map((): unknown[] => []);
  for await (const { values } of table.chunks()) {
    values.forEach((own, n) => {
      found[n]?.push(...own);
    });
  }
  return Object.fromEntries(table.columns.map(({ name }, n) => [name, found[n] ?? []]));
}

const take = async (
  viewer: Viewer,
  record: number | null,
  cut: Partial<Cut> = {},
  limit: number | null = null,
  service = 'copdd',
) => read(await data.rows({ service, record, cut: { ...WHOLE, ...cut }, limit }, viewer));
const recordsIn = (found: { readonly [column: string]: readonly unknown[] }) => [...new Set(found.record)];

rows('come in the order of time, over pages and years, with the columns of the file', async () => {
  const table = await data.rows({ service: 'copdd', record: 1, cut: WHOLE, limit: null }, ANONYMOUS);
  const found = await read(table);
  assert.is(found.value?.length, 5000);
  assert.equal(found.time, minutes(1, 5000).values[1] && [...(minutes(1, 5000).values[1] as Float64Array)]);
  assert.equal(found.value, [...(minutes(1, 5000).values[2] as Float64Array)]);
  assert.is(columnIndex(table, 'record'), -1);
  // Columns that are empty throughout the record come only when they are asked for.
  assert.equal(Object.keys(found), ['time', 'time_end', 'value']);
  assert.ok(((await take(ANONYMOUS, 1, { variables: ['samples'] })).samples as number[]).every(Number.isNaN));
  assert.is(table.metadata.title, 'open');
  assert.is(table.metadata.featureType, 'timeSeries');
  assert.equal((await read(table)).value, found.value);
});

rows('of a whole service are those that the viewer may take', async () => {
  const all = { variables: ['record', 'value'] };
  assert.equal(recordsIn(await take(ANONYMOUS, null, all)), [1]);
  assert.equal(recordsIn(await take(REGISTERED, null, all)), [1, 2]);
  assert.equal(recordsIn(await take(PARTNER, null, all)), [1, 2, 4]);
  const internal = await take(INTERNAL, null, all);
  assert.equal(recordsIn(internal), [1, 2, 3, 4]);
  assert.is(internal.value?.length, 20_000);
  const times = internal.time as number[];
  assert.ok(times.every((at, n) => n === 0 || at >= (times[n - 1] as number)));
});

rows('of a record are refused, or not there', async () => {
  const code = async (viewer: Viewer, record: number, service = 'copdd') => {
    try {
      await data.rows({ service, record, cut: WHOLE, limit: null }, viewer);
      return 'given';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  assert.is(await code(ANONYMOUS, 2), 'unauthorized');
  assert.is(await code(REGISTERED, 2), 'given');
  assert.is(await code(REGISTERED, 4), 'forbidden');
  assert.is(await code(PARTNER, 4), 'given');
  assert.is(await code(REGISTERED, 3), 'not-found');
  assert.is(await code(INTERNAL, 3), 'given');
  assert.is(await code(ANONYMOUS, 5), 'not-found');
  assert.is(await code(ANONYMOUS, 99), 'not-found');
  assert.is(await code(ANONYMOUS, 0), 'not-found');
  assert.is(await code(ANONYMOUS, 1, 'oi2'), 'not-found');
});

rows('are cut by period, place, columns and number', async () => {
  const start = Date.UTC(2020, 0, 1);
  const inHour = await take(ANONYMOUS, 1, { time: { start, end: start + 59 * MINUTE } });
  assert.equal([inHour.value?.length, inHour.value?.[0]], [60, 100_060]);
  const open = await take(ANONYMOUS, 1, { time: { start, end: start + 60 * MINUTE, endExcluded: true } });
  assert.is(open.value?.length, 60);
  assert.equal(Object.keys(await take(ANONYMOUS, 1, { variables: ['flag'] })), ['time', 'time_end', 'flag']);
  assert.is((await take(ANONYMOUS, 1, {}, 1500)).value?.length, 1500);
  assert.equal((await take(ANONYMOUS, 1, {}, 0)).value, []);
  const east = await take(INTERNAL, null, { box: [3, 45, 4, 46], variables: ['record'] });
  assert.equal(recordsIn(east), [2]);
  try {
    await take(ANONYMOUS, 1, { variables: ['value', 'colour'] });
    assert.unreachable();
  } catch (error) {
    assert.is((error as { code: string }).code, 'invalid-parameter');
    assert.match((error as Error).message, /variables: there is no colour; there are: record, time/);
  }
});

rows('of a track are cut by their own position, across the antimeridian too', async () => {
  const at = Date.UTC(2021, 3, 1, 12);
  const droplets = Array.from({ length: 90 }, (_, n) => n / 2);
  await writer.write(
    'airborne',
    ['record', 'time', 'latitude', 'longitude', 'droplets'],
    [chunk([1, 1, 1], [at, at + 1000, at + 2000.5], [10, 20, -30], [179, -179.5, 2], droplets)],
  );
  const across = await take(ANONYMOUS, null, { box: [178, 0, -179, 30] }, null, 'airborne');
  assert.equal(across.latitude, [10, 20]);
  assert.equal(across.droplets, droplets.slice(0, 60));
  const whole = await take(ANONYMOUS, 1, { variables: ['droplets'] }, null, 'airborne');
  assert.equal(Object.keys(whole), ['time', 'longitude', 'latitude', 'altitude', 'droplets']);
  assert.equal(whole.time?.[2], at + 2000.5);
  assert.equal(whole.droplets, droplets);
});

rows('without a time of their own, with texts and gaps, follow the natural key', async () => {
  await writer.write(
    'dynvolc',
    ['record', 'analysis', 'material', 'sio2'],
    [chunk([1, 1, 1], [3, 1, 2], ['glass', null, 'a "b", \'c\''], [50, Number.NaN, 52])],
  );
  const found = await take(ANONYMOUS, 1, {}, null, 'dynvolc');
  assert.equal(found.analysis, [1, 2, 3]);
  assert.equal(found.material, [null, 'a "b", \'c\'', 'glass']);
  assert.equal(found.sio2, [Number.NaN, 52, 50]);
  const times = [Date.UTC(2021, 0, 2), Number.NaN, Date.UTC(2021, 0, 1)];
  await writer.write('gazvolc', ['record', 'analysis', 'time', 'co2'], [chunk([1, 1, 1], [1, 2, 3], times, [1, 2, 3])]);
  assert.equal((await take(ANONYMOUS, null, {}, null, 'gazvolc')).analysis, [3, 1, 2]);
  const days = [Date.UTC(2021, 0, 2), Date.UTC(1969, 11, 30), Date.UTC(2021, 0, 1)];
  await writer.write('renag', ['record', 'time', 'up'], [chunk([1, 1, 1], days, [1, 2, 3])]);
  const renag = await take(ANONYMOUS, 1, { time: { start: null, end: Date.UTC(2021, 0, 1, 12) } }, null, 'renag');
  assert.equal(
    [renag.time, renag.up],
    [
      [days[1], days[2]],
      [2, 3],
    ],
  );
});

rows('that come again are told, replaced where they differ, and what they were is kept', async () => {
  const before = await data.revision('copdd');
  const known = await catalogue.revision();
  const [first, second] = [Date.UTC(2019, 11, 31, 23), Date.UTC(2019, 11, 31, 23) + MINUTE];
  const same = await writer.write('copdd', ['record', 'time', 'value'], [chunk([1], [first], [100_000])]);
  assert.equal([same.unchanged, same.revision, await data.revision('copdd')], [1, null, before]);
  const given = chunk([1, 1, 9, 1, 1], [first, second, first, Number.NaN, first], [-1, -2, 0, 0, -3]);
  const report = await writer.write('copdd', ['record', 'time', 'value'], [given]);
  assert.equal([report.inserted, report.replaced, report.unchanged], [0, 3, 0]);
  assert.equal(
    report.refused.map(({ row, faults }) => [row, faults.map(({ parameter }) => parameter)]),
    [
      [2, ['record']],
      [3, ['time']],
    ],
  );
  assert.is(report.revision, String(Number(before) + 1));
  assert.is(await data.revision('copdd'), report.revision);
  assert.equal((await take(ANONYMOUS, 1, {}, 2)).value, [-3, -2]);
  const history = await database.query<{ value: number; since: number; until: number }>(
    null,
    "SELECT (content->>'value')::float8 AS value, since, until FROM rows_history WHERE service = 'copdd' ORDER BY number",
  );
  assert.equal(new Set(history.map(({ value }) => value)), new Set([100_000, 100_001, -1]));
  assert.ok(history.every(({ until }) => until === Number(report.revision)));
  // Only the first rows of a record change what the catalogue says of it.
  assert.is(await catalogue.revision(), known);
  assert.is((await data.records('copdd', ANONYMOUS))[0]?.rows, 5000);
});

rows('a table once given keeps to its revision while rows arrive', async () => {
  const table = await data.rows({ service: 'copdd', record: 2, cut: WHOLE, limit: null }, REGISTERED);
  const at = Date.UTC(2024, 0, 1);
  await writer.write('copdd', ['record', 'time', 'value'], [chunk([2], [at], [7])]);
  assert.is((await read(table)).value?.length, 5000);
  assert.is((await take(REGISTERED, 2)).value?.length, 5001);
});

rows('records and services tell what their rows cover', async () => {
  const list = await data.records('copdd', INTERNAL);
  assert.equal(
    list.map(({ record, rows: count }) => [record, count]),
    [
      [1, 5000],
      [2, 5001],
      [3, 5000],
      [4, 5000],
    ],
  );
  assert.equal(list[0]?.time, { start: Date.UTC(2019, 11, 31, 23), end: Date.UTC(2019, 11, 31, 23) + 4999 * MINUTE });
  assert.equal(
    (await data.records('copdd', ANONYMOUS)).map(({ record }) => record),
    [1],
  );
  const described = await data.describe('copdd', REGISTERED);
  assert.is(described?.time?.end, Date.UTC(2024, 0, 1));
  assert.is((await data.describe('copdd', ANONYMOUS))?.time?.end, Date.UTC(2019, 11, 31, 23) + 4999 * MINUTE);
  assert.is(await data.describe('oi2', ANONYMOUS), null);
  assert.is((await catalogue.get({ service: 'copdd', id: 1 }, ANONYMOUS))?.hasRows, true);
  assert.is((await catalogue.get({ service: 'copdd', id: 5 }, ANONYMOUS))?.hasRows, false);
  assert.ok(data.services.includes('copdd') && !data.services.includes('oi2'));
});

rows('a day out of years is found along an index, in order, without sorting', async () => {
  const shape = dataShapes(services).get('renag');
  assert.ok(shape);
  const days = Array.from({ length: 1500 }, (_, n) => n);
  const chunkOf = (record: number): Chunk =>
    chunk(
      days.map(() => record),
      days.map((n) => Date.UTC(2008, 0, 1) + n * 1440 * MINUTE),
      days.map((n) => n),
    );
  const stations = Array.from({ length: 30 }, (_, n) => n + 10);
  await records.write(stations.map((id) => ({ service: 'renag', id, name: `station ${id}`, date_b: '2008-01-01' })));
  await writer.write('renag', ['record', 'time', 'up'], stations.map(chunkOf));
  await database.query(null, 'ANALYZE data_renag');
  const wanted = (record: number | null, start: number | null): RowsWanted => ({
    record,
    columns: ['time', 'up'],
    time: start === null ? null : { start, end: start + 86_400_000 },
    box: null,
    viewer: REGISTERED,
    today: '2025-06-01',
    revision: '99',
  });
  const start = Date.UTC(2010, 5, 1);
  const place: RowPlace = [start / 86_400_000, 12];
  for (const [asked, after] of [
    [wanted(null, start), null],
    [wanted(12, start), null],
    [wanted(null, null), place],
    [wanted(12, null), place.slice(0, 1)],
  ] as const) {
    const text = rowsStatement(shape, asked, (_, name) => name).text(after, 30);
    const plan = (await database.query<{ 'QUERY PLAN': string }>(null, `EXPLAIN ${text}`))
      .map((row) => row['QUERY PLAN'])
      .join('\n');
    assert.match(plan, /(Index (Only )?Scan using|Bitmap Index Scan on) data_renag_y2010_/, plan);
    // A table of a few rows (2021) is read as it is, and a day of thirty may be sorted; a page of many never is.
    assert.not.match(plan, /Seq Scan on data_renag_y20(0|1)/, plan);
    if (after !== null) assert.not.match(plan, /Sort|Bitmap/, plan);
  }
});

rows.after(() => database.close());
rows.run();
