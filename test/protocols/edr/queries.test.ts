// Position, area, locations: which series, which rows, in which form; 204 where nothing is; every wrong parameter told.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dataApp, HOUR, HOURS, START, valueAt } from '../../fixtures/data-app.ts';
import { as } from '../../fixtures/viewers.ts';
import { ask, coverageFaults, coveragesOf, type EdrFeature, featureFaults } from './client.ts';

const test = suite('EDR queries');
const { server } = dataApp();
const C = '/edr/collections';
const at = (collection: string, query: string, values: { readonly [name: string]: string } = {}): string =>
  `${C}/${collection}/${query}?${new URLSearchParams(values)}`;
const PUY = 'POINT(2.97 45.77)';
const ETNA = 'POINT(15 37.72)';

async function coverages(address: string) {
  const { status, type, text } = await ask(server, address);
  assert.is(status, 200, text);
  assert.is(type, 'application/prs.coverage+json');
  const list = coveragesOf(text);
  for (const coverage of list) assert.equal(coverageFaults(coverage), [], address);
  return list;
}
async function features(address: string): Promise<readonly EdrFeature[]> {
  const { status, type, text } = await ask(server, address);
  assert.is(status, 200, text);
  assert.is(type, 'application/geo+json');
  const list = JSON.parse(text).features as readonly EdrFeature[];
  assert.equal(featureFaults(list), [], address);
  return list;
}

test('a location is the record of that number: the whole series', async () => {
  const [coverage] = await coverages(at('copdd', 'locations/11'));
  assert.is(coverage?.domain.domainType, 'PointSeries');
  assert.is(coverage?.domain.axes.t?.values.length, HOURS);
  assert.equal(coverage?.domain.axes.x?.values, [2.964886]);
  assert.equal(
    coverage?.ranges.value?.values,
    Array.from({ length: HOURS }, (_, n) => valueAt(n)),
  );
  assert.is(coverage?.id, 'https://data.example.org/vobs/id/copdd/11');
});

test('a window of time has both its ends; parameters are those that were asked', async () => {
  const datetime = '2024-05-02T00:00:00Z/2024-05-02T05:00:00Z';
  const [coverage] = await coverages(at('copdd', 'locations/11', { datetime, 'parameter-name': 'value' }));
  assert.equal(
    Object.keys(coverage?.ranges ?? {}).filter((name) => name !== 'time_end'),
    ['value'],
  );
  assert.equal(coverage?.ranges.value?.values, [24, 25, 26, 27, 28, 29].map(valueAt));
  const day = await coverages(at('copdd', 'locations/11', { datetime: '2024-05-02' }));
  assert.is(day[0]?.domain.axes.t?.values.length, 24);
  const open = await coverages(at('copdd', 'locations/11', { datetime: '2024-05-30T20:00:00Z/..' }));
  assert.is(open[0]?.domain.axes.t?.values.length, 4);
});

test('the nearest station within 10 km, all its series that have rows then; none farther away', async () => {
  const list = await coverages(at('voldorad', 'position', { coords: ETNA }));
  assert.equal(
    list.map(({ id }) => id?.split('/').at(-1)),
    ['21', '22'],
  );
  const later = await coverages(at('voldorad', 'position', { coords: ETNA, datetime: '2024-05-01T00:30:00Z/..' }));
  assert.equal(
    later.map(({ id }) => id?.split('/').at(-1)),
    ['22'],
  );
  assert.is((await coverages(at('copdd', 'position', { coords: PUY }))).length, 1);
  const both = await coverages(at('copdd', 'position', { coords: 'MULTIPOINT((2.97 45.77),(3.09 45.71))' }));
  assert.is(both.length, 2);
  for (const coords of ['POINT(0 0)', 'POINT(45.77 2.97)', 'POINT(3.3 45.77)']) {
    const { status, text, type } = await ask(server, at('copdd', 'position', { coords }));
    assert.is(status, 204, coords);
    assert.is(text, '');
    assert.is(type, 'application/prs.coverage+json');
  }
});

test('gates and heights are axes; z chooses among heights', async () => {
  const [radar] = await coverages(at('voldorad', 'locations/21'));
  assert.equal(radar?.domain.axes.gate?.values, [150, 300, 450]);
  assert.equal(radar?.ranges.power_pos?.shape, [5, 3]);
  assert.equal(radar?.ranges.power_pos?.values.slice(3, 6), [-51.1, -51.2, null]);
  const heights = async (z: string) =>
    (await coverages(at('lidar', 'locations/31', { z })))[0]?.domain.axes.height?.values;
  assert.equal(await heights('100/250'), [100, 200]);
  assert.equal(await heights('100,400,777'), [100, 400]);
  assert.equal(await heights('R3/200/100'), [200, 300, 400]);
  assert.is((await ask(server, at('lidar', 'locations/31', { z: '5000' }))).status, 204);
  const [profile] = await coverages(at('lidar', 'locations/31', { z: '200' }));
  assert.equal(profile?.ranges.backscatter?.values, [0.1, 1.1, 2.1]);
});

test('of a flight the rows inside the polygon, and at the heights', async () => {
  const coords = 'POLYGON((3 45,3.0501 45,3.0501 45.0501,3 45.0501,3 45))';
  const [flight] = await coverages(at('airborne', 'area', { coords }));
  assert.is(flight?.domain.domainType, 'Trajectory');
  assert.is(flight?.domain.axes.composite?.values.length, 6);
  const low = await features(at('airborne', 'area', { coords, z: '600/700', f: 'GeoJSON' }));
  assert.equal(
    low.map(({ geometry }) => geometry?.coordinates),
    [
      [3.01, 45.01, 600],
      [3.02, 45.02, 700],
    ],
  );
  const withHole =
    'POLYGON((3 45,3.1 45,3.1 45.1,3 45.1,3 45),(3.005 45.005,3.085 45.005,3.085 45.085,3.005 45.085,3.005 45.005))';
  assert.is((await features(at('airborne', 'area', { coords: withHole, f: 'GeoJSON' }))).length, 2);
});

test('an area of stations: those inside, each as a coverage of one collection', async () => {
  const coords = 'POLYGON((2.9 45.7,3.2 45.7,3.2 45.8,2.9 45.8,2.9 45.7))';
  const { text } = await ask(server, at('copdd', 'area', { coords, datetime: '2024-05-01' }));
  assert.is(JSON.parse(text).type, 'CoverageCollection');
  assert.is(coveragesOf(text).length, 2);
  assert.is((await ask(server, at('copdd', 'area', { coords: 'POLYGON((0 0,1 0,1 1,0 1,0 0))' }))).status, 204);
});

test('GeoJSON: one feature a row, with what EDR wants of it', async () => {
  const list = await features(at('copdd', 'locations/11', { datetime: '2024-05-01', f: 'GeoJSON' }));
  assert.is(list.length, 24);
  assert.is(list[3]?.properties.value, valueAt(3));
  assert.is(list[3]?.properties.datetime, '2024-05-01T03:00:00Z/2024-05-01T04:00:00Z');
  assert.equal(list[3]?.geometry?.coordinates, [2.964886, 45.772223, 1465]);
  assert.is(new Set(list.map(({ id }) => id)).size, 24);
});

test('the list of places: one for each record with rows, by time and box', async () => {
  const all = await features(`${C}/copdd/locations`);
  assert.equal(
    all.map(({ id }) => id),
    ['11', '12'],
  );
  assert.is(all[0]?.properties.datetime, '2024-05-01T00:00:00.000Z/2024-05-30T23:00:00.000Z');
  for (const { properties } of all) {
    const address = String(properties.edrqueryendpoint).replace('https://data.example.org/vobs', '');
    assert.is((await ask(server, address)).status, 200);
  }
  assert.equal(
    (await features(at('copdd', 'locations', { bbox: '3,45,4,46' }))).map(({ id }) => id),
    ['12'],
  );
  assert.equal(
    (await features(at('copdd', 'locations', { datetime: '2024-05-20/..' }))).map(({ id }) => id),
    ['11'],
  );
});

test('thinned for drawing: fewer rows, the extremes kept, and the answer says so', async () => {
  const values = (list: Awaited<ReturnType<typeof coverages>>) =>
    list[0]?.ranges.value?.values.filter((value) => value !== null) as number[];
  const whole = values(await coverages(at('copdd', 'locations/11', { 'parameter-name': 'value' })));
  for (const thinning of ['m4', 'minmax', 'lttb']) {
    const list = await coverages(
      at('copdd', 'locations/11', { points: '60', method: thinning, 'parameter-name': 'value' }),
    );
    const few = values(list);
    assert.ok(few.length <= 80 && few.length >= 20, `${thinning}: ${few.length}`);
    if (thinning !== 'lttb')
      assert.equal([Math.max(...few), Math.min(...few)], [Math.max(...whole), Math.min(...whole)]);
    const history = list[0]?.['vobs:history'];
    assert.match(JSON.stringify(history), /decimated from 720 to/);
  }
  const { text } = await ask(server, at('copdd', 'locations/11', { points: '60', f: 'GeoJSON' }));
  assert.match(JSON.parse(text).history[0], /decimated/);
  const short = await coverages(at('copdd', 'locations/11', { points: '60', datetime: '2024-05-01' }));
  assert.is(short[0]?.['vobs:history'], undefined, 'a series that is short already stays as it is');
});

test('the payloads of EPOS, by name and by Accept', async () => {
  const base = { datetime: '2024-05-01T00:00:00Z/2024-05-01T00:00:01Z' };
  const types = {
    epos: 'application/epos.geo+json',
    'epos-table': 'application/epos.table.geo+json',
    'epos-map': 'application/epos.map.geo+json',
  };
  for (const [f, type] of Object.entries(types)) {
    const answer = await ask(server, at('voldorad', 'locations/21', { ...base, f }));
    assert.is(answer.type, type);
    const { features: list, '@epos_style': style } = JSON.parse(answer.text);
    assert.is(list.length, f === 'epos-map' ? 1 : 5);
    assert.is(style === undefined, f === 'epos-table');
    for (const { properties } of list) {
      if (style !== undefined) assert.ok(style[properties['@epos_type']].label);
      const keys = [...(properties['@epos_map_keys'] ?? []), ...(properties['@epos_data_keys'] ?? [])];
      for (const key of [properties['@epos_label_key'], ...keys]) assert.ok(key in properties, key);
      const flat = Object.entries(properties).filter(([key]) => !key.startsWith('@'));
      for (const [key, value] of flat)
        assert.ok(
          [value].flat().every((own) => own === null || typeof own !== 'object'),
          key,
        );
    }
    const accepted = await ask(server, at('voldorad', 'locations/21', base), { Accept: type });
    assert.is(accepted.type, type);
    assert.is(accepted.text, answer.text);
  }
  for (const type of ['application/epos.covjson', 'application/epos.graph.covjson']) {
    const answer = await ask(server, at('copdd', 'locations/11', { datetime: '2024-05-01' }), { Accept: type });
    assert.is(answer.type, type);
    assert.equal(coverageFaults(coveragesOf(answer.text)[0] as never), []);
  }
  const flight = await ask(server, at('airborne', 'locations/41', { f: 'epos-map' }));
  const [track] = JSON.parse(flight.text).features;
  assert.is(track.geometry.type, 'LineString');
  assert.is(track.geometry.coordinates.length, 20);
  assert.equal(
    [track.properties.rows, track.properties.temperature_min, track.properties.temperature_max],
    [20, 0.5, 10],
  );
});

test('refused data are refused here as everywhere', async () => {
  assert.is((await ask(server, at('copdd', 'locations/13'))).status, 401);
  assert.is((await ask(server, at('copdd', 'locations/13'), as('registered'))).status, 200);
  assert.is((await ask(server, at('copdd', 'locations/99'))).status, 404);
  assert.is((await ask(server, at('copdd', 'locations/11x'))).status, 404);
  const near = await ask(server, at('copdd', 'position', { coords: PUY }), as('registered'));
  assert.is(coveragesOf(near.text).length, 2);
});

test('wrong parameters: 400, each named', async () => {
  const table: readonly (readonly [string, readonly string[]])[] = [
    [`${C}/copdd/position`, ['coords']],
    [`${C}/copdd/area`, ['coords']],
    [at('copdd', 'position', { coords: '' }), ['coords']],
    [at('copdd', 'position', { coords: 'POINT()' }), ['coords']],
    [at('copdd', 'position', { coords: 'POLYGON((0 0,1 0,1 1,0 0))' }), ['coords']],
    [at('copdd', 'area', { coords: 'POLYGON()' }), ['coords']],
    [at('copdd', 'area', { coords: PUY }), ['coords']],
    [at('copdd', 'position', { coords: 'POINT(2.97 145.77)' }), ['coords']],
    [at('copdd', 'position', { coords: PUY, datetime: 'now', z: 'up', f: 'CoverageJSON' }), ['datetime', 'z']],
    [at('copdd', 'position', { coords: PUY, datetime: '2024-05-02/2024-05-01' }), ['datetime']],
    [at('copdd', 'position', { coords: PUY, 'parameter-name': 'valeur' }), ['parameter-name']],
    [at('copdd', 'position', { coords: PUY, 'parameter-name': 'record' }), ['parameter-name']],
    [at('copdd', 'position', { coords: PUY, z: '100' }), ['z']],
    [at('copdd', 'position', { coords: PUY, crs: 'EPSG:4326' }), ['crs']],
    [at('copdd', 'position', { coords: PUY, points: '2', method: 'mean' }), ['points', 'method']],
    [at('copdd', 'position', { coords: PUY, within: '10' }), ['within']],
    [at('copdd', 'locations', { bbox: '1,2,3' }), ['bbox']],
    [at('copdd', 'locations/11', { coords: PUY }), ['coords']],
  ];
  for (const [address, names] of table) {
    const { status, text, type } = await ask(server, address);
    assert.is(status, 400, address);
    assert.is(type, 'application/problem+json');
    const { errors } = JSON.parse(text) as { errors: readonly { parameter: string }[] };
    assert.equal(
      errors.map(({ parameter }) => parameter),
      names,
      address,
    );
  }
  assert.is((await ask(server, at('copdd', 'locations/11', { f: 'netcdf' }))).status, 406);
  assert.is(
    (
      await ask(
        server,
        at('copdd', 'locations/11', { crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84', datetime: '2024-05-01' }),
      )
    ).status,
    200,
  );
});

test('adjacent windows hold each row once; a window holds what lies in it', async () => {
  const hours = fc.integer({ min: 0, max: 47 });
  await fc.assert(
    fc.asyncProperty(hours, hours, async (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const iso = (hour: number) => new Date(START + hour * HOUR).toISOString();
      const [coverage] = await coverages(at('copdd', 'locations/12', { datetime: `${iso(from)}/${iso(to)}` }));
      assert.equal(
        coverage?.ranges.value?.values,
        Array.from({ length: to - from + 1 }, (_, n) => (from + n) / 2),
      );
    }),
    { numRuns: 25 },
  );
});

test.run();
