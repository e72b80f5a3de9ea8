import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createCatalogue } from '../../src/catalogue/create-catalogue.ts';
import { createDataAccess } from '../../src/data/create-data-access.ts';
import { createRowToRecord } from '../../src/mapping/row-to-record.ts';
import type { DataColumn, Service } from '../../src/model/service.ts';
import { WHOLE } from '../../src/model/table.ts';
import { ANONYMOUS, mayTakeData, type Viewer } from '../../src/model/viewer.ts';
import { createDataWriter } from '../../src/storage/data-rows-write.ts';
import { dataShapes } from '../../src/storage/data-shape.ts';
import { syncDataTables } from '../../src/storage/data-tables.ts';
import { migrate, migrateDown } from '../../src/storage/migrate.ts';
import { syncServices } from '../../src/storage/service-rows.ts';
import { takenBy } from '../../src/storage/taken-by.ts';
import { createRecordWriter } from '../../src/storage/write-records.ts';
import { openTestDatabase, testMappings } from '../fixtures/database.ts';

const tables = suite('tables of rows');
const database = await openTestDatabase();
const mappings = testMappings();
await migrate(database);
const column = (name: string, type: DataColumn['type'], more: Partial<DataColumn> = {}): DataColumn => ({
  name,
  type,
  label: { en: name },
  unit: null,
  ...more,
});
const base = mappings.services.find(({ name }) => name === 'renag') as Service;
const COLUMNS = [column('record', 'integer'), column('time', 'datetime'), column('level', 'number')];
const tides = (columns: readonly DataColumn[] = COLUMNS, key: readonly string[] = ['record', 'time']): Service => ({
  ...base,
  name: 'tides',
  data: { key, columns },
});
await syncServices(database, [tides()]);

const partitions = async () =>
  (
    await database.query<{ name: string }>(
      null,
      "SELECT relname AS name FROM pg_class WHERE relname LIKE 'data\\_tides\\_y%' AND relkind = 'r' ORDER BY 1",
    )
  ).map(({ name }) => name);
const columns = async () =>
  (
    await database.query<{ name: string }>(
      null,
      "SELECT attname::text AS name FROM pg_attribute WHERE attrelid = 'data_tides'::regclass AND attnum > 0 ORDER BY attnum",
    )
  ).map(({ name }) => name);
const refusal = async (service: Service): Promise<string> => {
  try {
    await syncDataTables(database, [service]);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

tables('are made once, with partitions as rows arrive', async () => {
  assert.equal(await syncDataTables(database, [tides()]), ['tides']);
  assert.equal(await syncDataTables(database, [tides()]), []);
  assert.equal(await partitions(), []);
  await createRecordWriter(database, { prefix: 'x', clock: Date.now }).write([
    { service: 'tides', id: 1, name: 'a', date_b: '2019-01-01' },
  ]);
  const writer = createDataWriter(database, { shapes: dataShapes([tides()]), clock: Date.now });
  const times = [Date.UTC(2019, 11, 31, 23, 59, 59, 999), Date.UTC(2020, 0, 1), Date.UTC(1891, 5, 1)];
  const values = [Float64Array.from([1, 1, 1]), Float64Array.from(times), Float64Array.from([1, 2, 3])];
  const report = await writer.write('tides', ['record', 'time', 'level'], [{ rows: 3, values }]);
  assert.equal([report.inserted, report.refused.length], [3, 0]);
  assert.equal(await partitions(), ['data_tides_y1891', 'data_tides_y2019', 'data_tides_y2020']);
  const far = [Float64Array.from([1]), Float64Array.from([Date.UTC(2525, 0, 1)]), Float64Array.from([1])];
  const refused = await writer.write('tides', ['record', 'time', 'level'], [{ rows: 1, values: far }]);
  assert.is(refused.refused[0]?.faults[0]?.parameter, 'time');
});

tables('grow by a column, and keep one that has left the file', async () => {
  const grown = tides([
    column('record', 'integer'),
    column('time', 'datetime'),
    column('flag', 'integer'),
    column('profile', 'number', { dimension: { name: 'depth', size: 2, unit: 'm', coordinates: [1, 5] } }),
  ]);
  assert.equal(await syncDataTables(database, [grown]), ['tides']);
  assert.equal(await columns(), ['record', 'time', 'level', 'vobs_since', 'flag', 'profile']);
  const services = [grown];
  const writer = createDataWriter(database, { shapes: dataShapes(services), clock: Date.now });
  const values = [[1], [Date.UTC(2020, 0, 1)], [7], [1.5, 2.5]].map((list) => Float64Array.from(list));
  await writer.write('tides', ['record', 'time', 'flag', 'profile'], [{ rows: 1, values }]);
  // What the file no longer names is kept, in the row and in its former version.
  const [row] = await database.query<{ level: number; flag: number; profile: number[] }>(
    null,
    "SELECT level, flag, profile FROM data_tides WHERE time = '2020-01-01 00:00:00+00'",
  );
  assert.equal(row, { level: 2, flag: 7, profile: [1.5, 2.5] });
  const [former] = await database.query<{ content: { level: number; flag: null } }>(
    null,
    'SELECT content FROM rows_history',
  );
  assert.equal([former?.content.level, former?.content.flag], [2, null]);
  const catalogue = createCatalogue(database, { toRecord: createRowToRecord({ ...mappings, services }), services });
  const data = createDataAccess(database, { catalogue, services, clock: Date.now });
  const table = await data.rows({ service: 'tides', record: 1, cut: WHOLE, limit: null }, ANONYMOUS);
  assert.equal(
    table.columns.map(({ name }) => name),
    ['time', 'flag', 'profile'],
  );
  assert.equal(table.dimensions[0]?.coordinate?.values, Float64Array.from([1, 5]));
  const chunks = [];
  for await (const { values: own } of table.chunks()) chunks.push([...(own[1] as Float64Array)]);
  assert.equal(chunks.flat(), [Number.NaN, Number.NaN, 7]);
});

tables('refuse another key, type or size, with a sentence that says what to do', async () => {
  assert.match(
    await refusal(tides(COLUMNS, ['record'])),
    /data_tides .* natural key is \(record\), but its rows are kept by \(record, time\)/,
  );
  assert.match(
    await refusal(tides([column('record', 'integer'), column('time', 'datetime'), column('level', 'text')])),
    /the column level is 'text', but its rows have 'double precision'\. Give the changed column a new name/,
  );
  const dimension = { name: 'depth', size: 3, unit: 'm' };
  assert.match(
    await refusal(tides([...COLUMNS, column('profile', 'number', { dimension })])),
    /a cell of the column profile has 3 values, but its rows have values in a cell: 2/,
  );
  assert.equal(await syncDataTables(database, [tides()]), []);
});

tables('the rule of the statements is the rule of the model', async () => {
  const writer = createRecordWriter(database, { prefix: 'x', clock: Date.now });
  const codes = [0, 1, 2, 3];
  const embargoes = [null, '2024-01-01', '2030-01-01'];
  const groups = [[], ['partners'], ['others', 'staff']];
  const rows = codes.flatMap((authorization_) =>
    embargoes.flatMap((embargo_until) =>
      groups.map((access_groups) => ({ service: 'tides', authorization_, embargo_until, access_groups })),
    ),
  );
  await writer.write(rows.map((row, n) => ({ ...row, id: 100 + n, name: `record ${n}` })));
  const today = '2025-06-01';
  const viewers: Viewer[] = [0, 1, 2, 3].flatMap((dataLevel) =>
    [null, ['tides'], ['other']].flatMap((services) =>
      [[], ['partners'], ["st'aff", 'staff']].map(
        (own): Viewer => ({
          ...ANONYMOUS,
          dataLevel: dataLevel as Viewer['dataLevel'],
          metadataLevel: dataLevel === 3 ? 3 : 2,
          services,
          groups: own,
        }),
      ),
    ),
  );
  for (const viewer of viewers) {
    const found = await database.query<{ id: number }>(
      null,
      `SELECT m.id FROM metadata m WHERE m.service = 'tides' AND m.id >= 100 AND ${takenBy(viewer, today)} ORDER BY m.id`,
    );
    const expected = rows.flatMap(({ authorization_, embargo_until, access_groups }, n) => {
      const record = {
        service: 'tides',
        authorization: authorization_,
        embargoUntil: embargo_until,
        accessGroups: access_groups,
      };
      return mayTakeData(viewer, record, today) ? [100 + n] : [];
    });
    assert.equal(
      found.map(({ id }) => id),
      expected,
      JSON.stringify(viewer),
    );
  }
});

tables('go with the migration that made what they stand on', async () => {
  const exists = async () =>
    (await database.query<{ there: boolean }>(null, "SELECT to_regclass('data_tides') IS NOT NULL AS there"))[0]?.there;
  assert.is(await exists(), true);
  while ((await migrateDown(database)) !== '0007-data-rows');
  assert.is(await exists(), false);
});

tables.after(() => database.close());
tables.run();
