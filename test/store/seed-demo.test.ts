// The demo catalogue in the database: every row is taken, a second seeding changes nothing, and what is read back is what the generator
// says without a database, so that tests of writers may use the one for the other.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createCatalogue } from '../../src/catalogue/create-catalogue.ts';
import { demoCount, seedDemo } from '../../src/ingest/seed/seed-demo.ts';
import { createRowToRecord } from '../../src/mapping/row-to-record.ts';
import { seriesInput } from '../../src/mapping/series-input.ts';
import { EVERYTHING } from '../../src/model/query.ts';
import type { CatalogRecord } from '../../src/model/record.ts';
import { ANONYMOUS } from '../../src/model/viewer.ts';
import type { Database } from '../../src/storage/database.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { syncSeries, syncServices } from '../../src/storage/service-rows.ts';
import { createRecordWriter } from '../../src/storage/write-records.ts';
import { openTestDatabase, testMappings } from '../fixtures/database.ts';
import { seedRecords } from '../fixtures/seed-records.ts';

const mappings = testMappings();
const writing = { prefix: mappings.site.identifierPrefix, clock: Date.now };
const everybody = { ...ANONYMOUS, metadataLevel: 3, dataLevel: 3 } as const;
let database!: Database;
const demo = suite('demo catalogue in the database');

demo.before(async () => {
  database = await openTestDatabase();
  await migrate(database);
  await syncServices(database, mappings.services);
  await syncSeries(
    database,
    mappings.services.map((service) => seriesInput(service, mappings.site)),
    writing,
  );
});
demo.after(() => database?.close());

demo('takes every row and tells how far it is', async () => {
  const told: (readonly [number, number])[] = [];
  const progress = (done: number, total: number) => told.push([done, total]);
  const report = await seedDemo(createRecordWriter(database, writing), mappings, {
    scale: 'demo',
    empty: true,
    progress,
  });
  const total = demoCount(mappings, 'demo');
  assert.is(report.inserted, total);
  assert.equal(told[0], [0, total]);
  assert.equal(told.at(-1), [total, total]);
  assert.ok(told.length > 4);
});

demo('changes nothing when it is seeded again', async () => {
  const report = await seedDemo(createRecordWriter(database, writing), mappings, { scale: 'demo', empty: false });
  assert.equal([report.inserted, report.updated, report.unchanged], [0, 0, demoCount(mappings, 'demo')]);
});

/** What the database alone decides. */
function comparable({ change: _, entered: __, geometry, bbox, ...rest }: CatalogRecord) {
  return { ...rest, kind: geometry?.type ?? null, placed: bbox !== null };
}

demo('reads back as the generator’s own records, positions to a metre', async () => {
  const expected = new Map([...seedRecords(mappings, 'demo')].map((record) => [record.identifier, record]));
  const catalogue = createCatalogue(database, {
    toRecord: createRowToRecord(mappings),
    services: mappings.services,
  });
  let count = 0;
  for await (const chunk of catalogue.stream({ ...EVERYTHING, levels: ['dataset'] }, everybody)) {
    for (const record of chunk) {
      const own = expected.get(record.identifier);
      assert.ok(own, record.identifier);
      assert.equal(comparable(record), comparable(own), record.identifier);
      for (const [at, bound] of (record.bbox ?? []).entries()) {
        assert.ok(
          Math.abs(bound - (own.bbox?.[at] ?? Number.NaN)) < 1e-5,
          `${record.identifier} ${record.position?.epsg}`,
        );
      }
      count += 1;
    }
  }
  assert.is(count, expected.size);
});

demo.run();
