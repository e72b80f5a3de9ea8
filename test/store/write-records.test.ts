import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readRevision } from '../../src/storage/revision.ts';
import { emptyStore, radarRow, type Store } from '../fixtures/store.ts';

const writing = suite<Store>('write records');
writing.before.each(async (context) => {
  Object.assign(context, await emptyStore());
  context.clock.now = Date.parse('2026-01-01T00:00:00.250Z');
});

interface Stored {
  id: number;
  identifier: string;
  name: string;
  datestamp: string;
  change: string;
  deleted_at: string | null;
  was_public: boolean;
}
const read = ({ database }: Store, service = 'radar') =>
  database.query<Stored>(
    null,
    `SELECT id, identifier, name, datestamp, change::text AS change, deleted_at, was_public FROM metadata WHERE service = $1 AND id > 0 ORDER BY id`,
    [service],
  );
const count = async ({ database }: Store, table: string) =>
  (await database.query<{ count: number }>(null, `SELECT count(*) AS count FROM ${table}`))[0]?.count;

writing('new records get identifier, parent, datestamp in whole seconds and one revision', async (store) => {
  const before = Number(await readRevision(store.database));
  const report = await store.writer.write([radarRow(1), radarRow(2)]);
  assert.equal(report, { inserted: 2, updated: 0, unchanged: 0, refused: [] });
  const rows = await read(store);
  assert.equal(
    rows.map((row) => row.identifier),
    ['test:radar:1', 'test:radar:2'],
  );
  assert.is(rows[0]?.datestamp, '2026-01-01 00:00:00+00');
  assert.equal(
    rows.map((row) => Number(row.change)),
    [before + 1, before + 1],
  );
  assert.is(Number(await readRevision(store.database)), before + 1);
  assert.is(await count(store, 'metadata_search'), 2);
});

writing('the same content again changes nothing', async (store) => {
  const rows = [
    radarRow(1, { footprint: { type: 'Point', coordinates: [1, 2] }, fields: { a: 1.5, b: ['x'] } }),
    radarRow(2),
  ];
  await store.writer.write(rows);
  const [revision, before] = [await readRevision(store.database), await read(store)];
  store.clock.now += 3600_000;
  const report = await store.writer.write(rows);
  assert.equal(report, { inserted: 0, updated: 0, unchanged: 2, refused: [] });
  assert.is(await readRevision(store.database), revision);
  assert.equal(await read(store), before);
  assert.is(await count(store, 'metadata_history'), 0);
});

writing('a correction keeps the former version', async (store) => {
  await store.writer.write([radarRow(1), radarRow(2)]);
  const [first] = await read(store);
  store.clock.now += 5000;
  const report = await store.writer.write([radarRow(1, { name: 'Corrected', latitude: 37.7 }), radarRow(2)]);
  assert.equal(report, { inserted: 0, updated: 1, unchanged: 1, refused: [] });
  const [second, other] = await read(store);
  assert.is(second?.name, 'Corrected');
  assert.is(second?.datestamp, '2026-01-01 00:00:05+00');
  assert.is(Number(second?.change), Number(first?.change) + 1);
  assert.is(other?.change, first?.change);
  const history = await store.database.query<{ name: string; change: string; latitude: number }>(
    null,
    `SELECT content ->> 'name' AS name, change::text AS change, (content ->> 'latitude')::float8 AS latitude FROM metadata_history`,
  );
  assert.equal(history, [{ name: 'Radar record 1', change: first!.change, latitude: 37.75 }]);
  const found = await store.database.query(
    null,
    `SELECT 1 FROM metadata_search WHERE words @@ search_query('corrected') AND south = 37.7`,
  );
  assert.is(found.length, 1);
});

writing('two rows of one key in one call: the second is a correction', async (store) => {
  const report = await store.writer.write([radarRow(1), radarRow(1, { name: 'Second' })]);
  assert.equal(report, { inserted: 1, updated: 1, unchanged: 0, refused: [] });
  assert.is((await read(store))[0]?.name, 'Second');
  assert.is(await count(store, 'metadata_history'), 1);
});

writing('a withdrawal leaves a tombstone, out of the search, and the record can come back', async (store) => {
  await store.writer.write([radarRow(1), radarRow(2)]);
  const revision = Number(await readRevision(store.database));
  store.clock.now += 1000;
  assert.is(
    await store.writer.withdraw([
      { service: 'radar', id: 1 },
      { service: 'radar', id: 99 },
    ]),
    1,
  );
  const [gone] = await read(store);
  assert.ok(gone?.deleted_at);
  assert.is(Number(gone?.change), revision + 1);
  assert.is(gone?.datestamp, '2026-01-01 00:00:01+00');
  assert.is(await count(store, 'metadata_search'), 1);
  assert.is(await count(store, 'metadata_history'), 1);
  assert.is(await store.writer.withdraw([{ service: 'radar', id: 1 }]), 0, 'again');
  assert.is(Number(await readRevision(store.database)), revision + 1);
  assert.is((await store.writer.write([radarRow(1)])).updated, 1);
  assert.is((await read(store))[0]?.deleted_at, null);
  assert.is(await count(store, 'metadata_search'), 2);
});

writing('what was public stays known as such', async (store) => {
  await store.writer.write([radarRow(1, { authorization_: 3 }), radarRow(2, { authorization_: 2 })]);
  assert.equal(
    (await read(store)).map((row) => row.was_public),
    [false, true],
  );
  await store.writer.write([radarRow(1, { authorization_: 1 }), radarRow(2, { authorization_: 3 })]);
  await store.writer.write([radarRow(1, { authorization_: 3 })]);
  assert.equal(
    (await read(store)).map((row) => row.was_public),
    [true, true],
  );
});

writing('rows without number get the next one; a known identifier is its record', async (store) => {
  const nameless = { service: 'radar', name: 'unnumbered' } as const;
  await store.writer.write([radarRow(7), nameless, nameless, { ...nameless, identifier: 'elsewhere:1' }]);
  assert.equal(
    (await read(store)).map((row) => [row.id, row.identifier]),
    [
      [7, 'test:radar:7'],
      [8, 'test:radar:8'],
      [9, 'test:radar:9'],
      [10, 'elsewhere:1'],
    ],
  );
  const report = await store.writer.write([{ service: 'radar', identifier: 'elsewhere:1', name: 'renamed' }]);
  assert.is(report.updated, 1);
  assert.is((await read(store))[3]?.name, 'renamed');
});

writing('wrong rows are refused with reasons and do not stop the others', async (store) => {
  const bad = [
    radarRow(1, { epsg: 999_999 }),
    radarRow(2, { date_b: '2015-02-30' }),
    radarRow(3, { name: 'x'.repeat(151) }),
    radarRow(4, { name: 'nul \0' }),
    radarRow(5, { name: 'half \ud83d' }),
    radarRow(6, { latitude: 91 }),
    radarRow(7, { service: 'nowhere' }),
    radarRow(8, { epsg: 2154, longitude: 1e12, latitude: 1e9 }),
    radarRow(9, { identifier: 'test:radar:20' }),
    radarRow(0),
    radarRow(11, { time_b: '25:00:00', authorization_: 4 }),
    radarRow(12, {
      footprint: {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 1],
            [2, 0],
            [0, 1],
          ],
        ],
      },
    }),
    radarRow(13, { longitude: null }),
    radarRow(14, { elevation: 1.5 }),
  ];
  await store.writer.write([radarRow(20)]);
  const report = await store.writer.write([radarRow(30), ...bad, radarRow(31)]);
  assert.is(report.inserted, 2);
  assert.equal(
    report.refused
      .map((refused) => [refused.index, refused.faults.map((fault) => fault.name).join(' ')])
      .sort((a, b) => Number(a[0]) - Number(b[0])),
    [
      [1, 'epsg'],
      [2, 'date_b'],
      [3, 'name'],
      [4, 'name'],
      [5, 'name'],
      [6, 'latitude'],
      [7, 'service'],
      [8, 'longitude'],
      [9, 'identifier'],
      [10, 'id'],
      [11, 'authorization_ time_b'],
      [12, 'footprint'],
      [13, 'longitude'],
      [14, 'elevation'],
    ],
  );
  for (const { faults } of report.refused) for (const fault of faults) assert.ok(fault.detail.en && fault.detail.fr);
});

writing('several writes in one transaction: one revision, and nothing when it fails', async (store) => {
  const before = Number(await readRevision(store.database));
  await store.writer.transaction(async (session) => {
    await session.write([radarRow(1)]);
    await session.write([radarRow(1, { name: 'better' }), radarRow(2)]);
    await session.withdraw([{ service: 'radar', id: 2 }]);
  });
  assert.is(Number(await readRevision(store.database)), before + 1);
  assert.equal(
    (await read(store)).map((row) => Number(row.change)),
    [before + 1, before + 1],
  );
  const failing = store.writer.transaction(async (session) => {
    await session.write([radarRow(3)]);
    throw new Error('no');
  });
  assert.is(await failing.catch((error: Error) => error.message), 'no');
  assert.is((await read(store)).length, 2);
  assert.is(Number(await readRevision(store.database)), before + 1);
});

writing('many rows in batches, with progress', async (store) => {
  const rows = Array.from({ length: 2500 }, (_, i) => radarRow(i + 1));
  const seen: number[] = [];
  const report = await store.writer.write(rows, { onProgress: (done) => seen.push(done) });
  assert.is(report.inserted, 2500);
  assert.equal(seen, [1000, 2000, 2500]);
});

writing('a first load builds the same index, with the datestamps of the source', async (store) => {
  const rows = Array.from({ length: 300 }, (_, i) =>
    radarRow(i + 1, { updated_at: '2020-05-06T07:08:09Z', latitude: i / 10 }),
  );
  const report = await store.writer.load(rows, { byPlace: true });
  assert.is(report.inserted, 300);
  const stored = await read(store);
  assert.is(stored[0]?.datestamp, '2020-05-06 07:08:09+00');
  assert.is(stored[0]?.change, await readRevision(store.database));
  const indexes = await store.database.query<{ name: string }>(
    null,
    `SELECT indexname AS name FROM pg_indexes WHERE tablename = 'metadata_search' ORDER BY 1`,
  );
  assert.equal(
    indexes.map((index) => index.name),
    [
      'metadata_search_find',
      'metadata_search_newest',
      'metadata_search_pkey',
      'metadata_search_place',
      'metadata_search_service',
    ],
  );
  const difference = await store.database.query(
    null,
    `SELECT n FROM metadata_indexed i FULL JOIN metadata_search s USING (n)
     WHERE (i.west, i.north, i.begins, i.words, i.cells, i.months) IS DISTINCT FROM (s.west, s.north, s.begins, s.words, s.cells, s.months)`,
  );
  assert.equal(difference, []);
});

writing('changes of concurrent writers are in the order of their commits', async (store) => {
  if (store.database.kind === 'embedded') return; // one connection: writers take turns
  let seen = 0;
  let reading = true;
  // A harvester that remembers the highest revision it saw must never miss a record that appears later below it.
  const missed: string[] = [];
  const harvest = (async () => {
    const known = new Set<string>();
    while (reading) {
      const rows = await store.database.query<{ identifier: string; change: number }>(
        null,
        'SELECT identifier, change FROM metadata ORDER BY change',
      );
      for (const row of rows) {
        if (!known.has(row.identifier) && row.change <= seen) missed.push(row.identifier);
        known.add(row.identifier);
      }
      seen = Math.max(seen, ...rows.map((row) => row.change));
    }
    return known.size;
  })();
  const writers = ['radar', 'rocks', 'images', 'radar'].map(async (service, writer) => {
    for (let round = 0; round < 12; round++) {
      const size = 1 + ((writer * 7 + round * 5) % 40);
      await store.writer.write(
        Array.from({ length: size }, () => radarRow(1, { service })).map(({ id: _, ...row }) => row),
      );
    }
  });
  await Promise.all(writers);
  reading = false;
  assert.ok((await harvest) > 100);
  assert.equal(missed, []);
  const [pending] = await store.database.query<{ count: number }>(
    null,
    'SELECT count(*) AS count FROM metadata WHERE change = 0',
  );
  assert.is(pending?.count, 0);
});

writing.run();
