import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { MetadataInput } from '../../src/mapping/row.ts';
import { readRevision } from '../../src/storage/revision.ts';
import { syncSeries } from '../../src/storage/service-rows.ts';
import { emptyStore, radarRow, type Store } from '../fixtures/store.ts';

const series = suite<Store>('series');
const box = (west: number, south: number, east: number, north: number) =>
  ({
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  }) as const;
const declared = (service: string): MetadataInput => ({
  service,
  id: 0,
  level: 'series',
  identifier: `test:${service}`,
  parent: null,
  name: `Series ${service}`,
  date_b: '1996-01-01',
  footprint: box(-10, 30, 20, 50),
});
const sync = (store: Store, rows: readonly MetadataInput[] = ['radar', 'rocks', 'images'].map(declared)) =>
  syncSeries(store.database, rows, { prefix: 'test', clock: () => store.clock.now });

series.before.each(async (context) => {
  Object.assign(context, await emptyStore());
  await sync(context);
});

interface Extent {
  date_b: string | null;
  time_b: string | null;
  date_e: string | null;
  time_e: string | null;
  footprint: string | null;
  low: number | null;
  high: number | null;
}
const extentOf = async ({ database }: Store, service: string) =>
  (
    await database.query<Extent>(
      null,
      `SELECT date_b, time_b, date_e, time_e, ST_AsText(footprint) AS footprint, elevation AS low, elevation_max AS high
       FROM metadata WHERE id = 0 AND service = $1`,
      [service],
    )
  )[0];

series('without members the extent is the declared one', async (context) => {
  const extent = await extentOf(context, 'radar');
  assert.is(extent?.date_b, '1996-01-01');
  assert.is(extent?.footprint, 'POLYGON((-10 30,20 30,20 50,-10 50,-10 30))');
});

series('the same again changes nothing, another declared extent does', async (context) => {
  const revision = await readRevision(context.database);
  assert.is((await sync(context)).unchanged, 3);
  assert.is(await readRevision(context.database), revision);
  await sync(context, [{ ...declared('radar'), footprint: box(0, 0, 1, 1) }]);
  assert.is((await extentOf(context, 'radar'))?.footprint, 'POLYGON((0 0,1 0,1 1,0 1,0 0))');
  assert.is(Number(await readRevision(context.database)), Number(revision) + 1);
  assert.is((await context.database.query(null, 'SELECT 1 FROM metadata_history')).length, 0);
});

series('with members it is their union, in the same transaction and revision', async (context) => {
  const { writer, database } = context;
  await writer.write([
    radarRow(1, { latitude: 37, longitude: 15, elevation: 100, elevation_max: 900 }),
    radarRow(2, {
      latitude: -21,
      longitude: 55,
      elevation: 2500,
      date_b: '2014-05-05',
      time_b: null,
      date_e: '2014-06-01',
    }),
    radarRow(3, { latitude: 80, longitude: 80, authorization_: 3, date_b: '1950-01-01' }),
    radarRow(4, { latitude: 80, longitude: 80, service: 'rocks' }),
  ]);
  assert.equal(await extentOf(context, 'radar'), {
    date_b: '2014-05-05',
    time_b: null,
    date_e: '2015-12-03',
    time_e: '03:00:00',
    footprint: 'POLYGON((15 -21,15 37,55 37,55 -21,15 -21))',
    low: 100,
    high: 2500,
  });
  const changes = await database.query(
    null,
    "SELECT DISTINCT change FROM metadata WHERE service IN ('radar', 'rocks')",
  );
  assert.is(changes.length, 1);
  const [search] = await database.query<{ west: number; north: number; begins: string }>(
    null,
    `SELECT s.west, s.north, s.begins FROM metadata_search s JOIN metadata m USING (n) WHERE m.identifier = 'test:radar'`,
  );
  assert.equal(search, { west: 15, north: 37, begins: '2014-05-05 00:00:00+00' });
});

series('it shrinks with corrections and withdrawals, down to the declared one', async (context) => {
  const { writer } = context;
  await writer.write([radarRow(1, { latitude: 10, longitude: 10 }), radarRow(2, { latitude: 20, longitude: 20 })]);
  await writer.write([radarRow(2, { latitude: 12, longitude: 11 })]);
  assert.is((await extentOf(context, 'radar'))?.footprint, 'POLYGON((10 10,10 12,11 12,11 10,10 10))');
  await writer.withdraw([{ service: 'radar', id: 2 }]);
  assert.is((await extentOf(context, 'radar'))?.footprint, 'POINT(10 10)');
  await writer.withdraw([{ service: 'radar', id: 1 }]);
  assert.is((await extentOf(context, 'radar'))?.footprint, 'POLYGON((-10 30,20 30,20 50,-10 50,-10 30))');
  assert.is((await extentOf(context, 'radar'))?.low, null);
});

series('an open member leaves a real-time series open; an instant ends an occasional one', async (context) => {
  const open = { date_b: '2016-01-01', time_b: '05:00:00', date_e: null, time_e: null } as const;
  await context.writer.write([radarRow(1), radarRow(2, open), radarRow(1, { ...open, service: 'rocks' })]);
  const radar = await extentOf(context, 'radar');
  assert.equal([radar?.date_b, radar?.date_e, radar?.time_e], ['2015-12-03', null, null]);
  const rocks = await extentOf(context, 'rocks');
  assert.equal([rocks?.date_b, rocks?.date_e, rocks?.time_e], ['2016-01-01', '2016-01-01', '05:00:00']);
});

series('members on both sides of the antimeridian give two boxes', async (context) => {
  await context.writer.write([
    radarRow(1, { latitude: -10, longitude: 170 }),
    radarRow(2, { latitude: -20, longitude: -175 }),
  ]);
  assert.is(
    (await extentOf(context, 'radar'))?.footprint,
    'MULTIPOLYGON(((170 -20,170 -10,180 -10,180 -20,170 -20)),((-180 -20,-180 -10,-175 -10,-175 -20,-180 -20)))',
  );
});

series('no member is lost to a concurrent writer of the same service', async (context) => {
  await Promise.all(
    Array.from({ length: 8 }, (_, i) => context.writer.write([radarRow(i + 1, { latitude: i, longitude: 10 * i })])),
  );
  assert.is((await extentOf(context, 'radar'))?.footprint, 'POLYGON((0 0,0 7,70 7,70 0,0 0))');
});

series('records cannot be written to number 0, nor it be withdrawn', async (context) => {
  assert.is((await context.writer.write([declared('radar')])).refused.length, 1);
  assert.is(await context.writer.withdraw([{ service: 'radar', id: 0 }]), 0);
});

series.run();
