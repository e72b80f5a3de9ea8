// Positions of the internal table in WGS 84: every reference system that the observatory is likely to use, against points whose place
// follows from the definition of the system (EPSG registry), not from another projection library.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readKnownSystems } from '../../src/storage/write-records.ts';
import { emptyStore, radarRow, type Store } from '../fixtures/store.ts';

const positions = suite<Store>('positions');
positions.before.each(async (context) => {
  Object.assign(context, await emptyStore());
});

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Metres along a meridian from the equator (Simpson's rule), on an ellipsoid of semi-axis `a` and inverse flattening `f`. */
function meridian(latitude: number, a = 6378137, f = 298.257223563): number {
  const e2 = (2 - 1 / f) / f;
  const steps = 2000;
  const h = radians(latitude) / steps;
  const g = (phi: number) => (a * (1 - e2)) / (1 - e2 * Math.sin(phi) ** 2) ** 1.5;
  let sum = g(0) + g(radians(latitude));
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * g(i * h);
  return (sum * h) / 3;
}

/** A place of the old French geodesy (NTF, Clarke 1880 IGN) in WGS 84, by the published shift of -168, -60, 320 m of the two centres. */
function fromNtf(longitude: number, latitude: number): readonly [number, number] {
  const [a, b] = [6378249.2, 6356515];
  const e2 = 1 - (b * b) / (a * a);
  const [l, p] = [radians(longitude), radians(latitude)];
  const n = a / Math.sqrt(1 - e2 * Math.sin(p) ** 2);
  const x = n * Math.cos(p) * Math.cos(l) - 168;
  const y = n * Math.cos(p) * Math.sin(l) - 60;
  const z = n * (1 - e2) * Math.sin(p) + 320;
  const w = 6378137;
  const we2 = (2 - 1 / 298.257223563) / 298.257223563;
  let phi = Math.atan2(z, Math.hypot(x, y) * (1 - we2));
  for (let i = 0; i < 10; i++) {
    phi = Math.atan2(z + (we2 * w * Math.sin(phi)) / Math.sqrt(1 - we2 * Math.sin(phi) ** 2), Math.hypot(x, y));
  }
  return [(Math.atan2(y, x) * 180) / Math.PI, (phi * 180) / Math.PI];
}

type Case = readonly [epsg: number | null, x: number, y: number, longitude: number, latitude: number];
const UTM = 0.9996;
const CASES: readonly Case[] = [
  [null, 14.99, 37.75, 14.99, 37.75],
  [0, 14.99, 37.75, 14.99, 37.75],
  [4326, 14.99, 37.75, 14.99, 37.75],
  // ETRS89, RGF93 and RGR92 agree with WGS 84 within a metre.
  [4258, 3.1112, 45.761, 3.1112, 45.761],
  [4171, 2.9644, 45.7719, 2.9644, 45.7719],
  [4627, 55.7085, -21.2438, 55.7085, -21.2438],
  // Origins of the projections.
  [2154, 700_000, 6_600_000, 3, 46.5],
  [27572, 600_000, 2_200_000, ...fromNtf(2 + 20 / 60 + 14.025 / 3600, 46.8)],
  // Points of the central meridian: northing = 0.9996 times the arc of the meridian.
  [32631, 500_000, UTM * meridian(45), 3, 45],
  [32633, 500_000, UTM * meridian(37.75), 15, 37.75],
  [32740, 500_000, 10_000_000 - UTM * meridian(21.25), 57, -21.25],
  [2975, 500_000, 10_000_000 - UTM * meridian(21.25), 57, -21.25],
];
/** About two metres. */
const TOLERANCE = 2e-5;

positions('each reference system leads to the right place', async ({ database }) => {
  for (const [epsg, x, y, longitude, latitude] of CASES) {
    const [place] = await database.query<{ x: number; y: number }>(
      null,
      'SELECT ST_X(p) AS x, ST_Y(p) AS y FROM metadata_position($1, $2, $3) p',
      [x, y, epsg],
    );
    assert.ok(
      Math.abs(place!.x - longitude) < TOLERANCE && Math.abs(place!.y - latitude) < TOLERANCE,
      `EPSG:${epsg}: ${place?.x} ${place?.y} is not ${longitude} ${latitude}`,
    );
  }
});

positions('a record stands in the index where its position leads', async ({ database, writer }) => {
  const rows = CASES.map(([epsg, longitude, latitude], i) => radarRow(i + 1, { epsg, longitude, latitude }));
  assert.equal(await writer.write(rows), { inserted: CASES.length, updated: 0, unchanged: 0, refused: [] });
  const found = await database.query<{ id: number; west: number; north: number }>(
    null,
    'SELECT m.id, s.west, s.north FROM metadata m JOIN metadata_search s USING (n) WHERE m.id > 0 ORDER BY id',
  );
  for (const { id, west, north } of found) {
    const [, , , longitude, latitude] = CASES[id - 1]!;
    assert.ok(Math.abs(west - longitude) < TOLERANCE && Math.abs(north - latitude) < TOLERANCE, `record ${id}`);
  }
  assert.is(found.length, CASES.length);
});

positions('the systems that the check of rows knows are those of the database', async ({ database }) => {
  const known = await readKnownSystems(database);
  for (const epsg of [4326, 4258, 4171, 2154, 27572, 32631, 32633, 32740, 2975, 4627])
    assert.ok(known.has(epsg), `${epsg}`);
  assert.not.ok(known.has(99_999));
});

positions('an unknown system or an unreachable place gives no position and no fault', async ({ database }) => {
  const rows = await database.query<{ p: string | null }>(
    null,
    `SELECT metadata_position(x, y, epsg) AS p FROM (VALUES (1e12, 1e9, 2154), (3, 45, 99999), (200, 10, 4326), (10, 95, 4326),
      ('NaN'::float8, 1, 4326), (NULL, 1, 4326), ('Infinity'::float8, 1, 2154)) AS v (x, y, epsg)`,
  );
  assert.equal(
    rows.map((row) => row.p),
    rows.map(() => null),
  );
});

positions('a footprint across the antimeridian is cut there and keeps its true edges', async ({ database, writer }) => {
  const across = {
    type: 'Polygon',
    coordinates: [
      [
        [175, -20],
        [185, -20],
        [185, -15],
        [175, -15],
        [175, -20],
      ],
    ],
  } as const;
  const parts = {
    type: 'MultiPoint',
    coordinates: [
      [179, 5],
      [-178, 6],
    ],
  } as const;
  const wide = {
    type: 'MultiPoint',
    coordinates: [
      [2, 48],
      [-74, 40],
    ],
  } as const;
  await writer.write([
    radarRow(1, { footprint: across }),
    radarRow(2, { footprint: parts }),
    radarRow(3, { footprint: wide }),
  ]);
  const rows = await database.query<Record<string, number | null>>(
    null,
    'SELECT s.west, s.east, s.west_of_180, s.east_of_180 FROM metadata m JOIN metadata_search s USING (n) ORDER BY m.id',
  );
  assert.equal(rows[0], { west: -180, east: 180, west_of_180: 175, east_of_180: -175 });
  assert.equal(rows[1], { west: -178, east: 179, west_of_180: 179, east_of_180: -178 });
  assert.equal(rows[2], { west: -74, east: 2, west_of_180: null, east_of_180: null });
  const cells = await database.query<{ near: boolean; far: boolean }>(
    null,
    `SELECT cells && search_cells(176, -18, 177, -17) AS near, cells && search_cells(2, -18, 3, -17) AS far FROM metadata_search
     JOIN metadata m USING (n) WHERE m.id = 1`,
  );
  assert.equal(cells, [{ near: true, far: false }]);
});

positions('boxes have no shape of their own; a broken ring is mended', async ({ database, writer }) => {
  const ring = (...coordinates: (readonly [number, number])[]) =>
    ({ type: 'Polygon', coordinates: [coordinates] }) as const;
  await writer.write([
    radarRow(1, { footprint: ring([10, -20], [18.5, -20], [18.5, -15], [10, -15], [10, -20]) }),
    radarRow(2, { footprint: ring([10, -20], [18.5, -20], [18.5, -15], [10, -20]) }),
    radarRow(3, { footprint: ring([0, 0], [1, 1], [1, 0], [0, 1], [0, 0]) }),
    radarRow(4, {
      footprint: {
        type: 'LineString',
        coordinates: [
          [1, 1],
          [2, 1],
        ],
      },
    }),
  ]);
  const rows = await database.query<{ kind: string | null; valid: boolean | null }>(
    null,
    `SELECT GeometryType(s.shape) AS kind, ST_IsValid(s.shape) AS valid FROM metadata m JOIN metadata_search s USING (n) ORDER BY m.id`,
  );
  assert.equal(rows, [
    { kind: null, valid: null },
    { kind: 'POLYGON', valid: true },
    { kind: 'MULTIPOLYGON', valid: true },
    { kind: 'LINESTRING', valid: true },
  ]);
});

positions.run();
