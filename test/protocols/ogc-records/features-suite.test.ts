// The checks of the executable suite of OGC API Features 1.0, one by one, on every collection.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { collectionFaults, recordFaults, recordsFaults } from '../../../conformance/ogc-records/record-schema.ts';
import { testApp } from '../../fixtures/app.ts';
import {
  BASE,
  document,
  type Feature,
  type FeatureCollection,
  get,
  ids,
  items,
  type JsonLink,
  json,
  rel,
  walk,
} from './client.ts';

interface Collection {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly extent?: { readonly spatial?: { readonly bbox: readonly (readonly number[])[] } };
  readonly links: readonly JsonLink[];
}
interface Collections {
  readonly collections: readonly Collection[];
  readonly links: readonly JsonLink[];
}

const test = suite('OGC API Features: the suite');
const NAMES = async () => (await document<Collections>('/collections')).collections.map(({ id }) => id);

test('landing page: description of the API, conformance, data', async () => {
  const landing = await document<{ links: JsonLink[] }>('/', { Accept: 'application/json' });
  for (const wanted of ['self', 'alternate', 'service-desc', 'service-doc', 'conformance', 'data']) {
    const link = rel(landing, wanted);
    assert.ok(link?.type, wanted);
    const answer = await get(link.href, { Accept: link.type ?? '' });
    assert.is(answer.status, 200, wanted);
    assert.is(answer.headers['content-type']?.split('; charset')[0], link.type);
  }
  assert.is(rel(landing, 'service-desc')?.type, 'application/vnd.oai.openapi+json;version=3.0');
  assert.is(rel(landing, 'http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog')?.href, `${BASE}/collections/records`);
});

test('conformance: the core of Features, and the trio by which clients know Records', async () => {
  const { conformsTo } = await document<{ conformsTo: string[] }>('/conformance');
  assert.ok(conformsTo.includes('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core'));
  for (const name of ['record-core', 'record-collection', 'record-api']) {
    assert.ok(conformsTo.includes(`http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/${name}`), name);
  }
  assert.is(new Set(conformsTo).size, conformsTo.length);
});

test('collections: each with items, the same as when asked alone, and valid', async () => {
  const { mappings } = await testApp();
  const list = await document<Collections>('/collections');
  for (const wanted of ['self', 'alternate']) assert.ok(rel(list, wanted)?.type, wanted);
  assert.is(list.collections.length, mappings.services.length + 1);
  assert.is(list.collections[0]?.id, 'records');
  for (const listed of list.collections) {
    assert.equal(collectionFaults(listed), [], listed.id);
    const alone = await document<Collection>(`/collections/${listed.id}`);
    assert.equal({ ...alone, links: [] }, { ...listed, links: [] });
    assert.is(rel(listed, 'self')?.href, `${BASE}/collections/${listed.id}`);
    for (const wanted of [
      'items',
      'http://www.opengis.net/def/rel/ogc/1.0/queryables',
      'http://www.opengis.net/def/rel/ogc/1.0/sortables',
    ]) {
      assert.is((await get(rel(alone, wanted)?.href ?? '')).status, 200, `${listed.id} ${wanted}`);
    }
  }
  assert.is((await get('/collections/dUmmYColLection')).status, 404);
  assert.is((await get('/collections/dUmmYColLection/items')).status, 404);
});

test('items: numbers, time stamp, self and alternates with their types, and every record valid', async () => {
  for (const name of await NAMES()) {
    const page = await items('limit=100', name);
    assert.equal(recordsFaults(page), [], name);
    for (const wanted of ['self', 'alternate', 'collection']) assert.ok(rel(page, wanted)?.type, `${name} ${wanted}`);
    const answer = await get(`/collections/${name}/items`);
    assert.is(answer.headers['content-type'], 'application/geo+json');
    assert.match(answer.headers.link ?? '', 'rel="self"; type="application/geo+json"');
  }
});

test('numberMatched is the sum over all next links, and each record comes once', async () => {
  for (const name of await NAMES()) {
    const { numberMatched } = await items('limit=1', name);
    const all = await walk(`limit=${name === 'records' ? 100 : 17}`, name);
    assert.is(all.length, numberMatched, name);
    assert.is(new Set(all.map(({ id }) => id)).size, numberMatched, name);
  }
});

test('limit: as many as asked, more than the most is the most, nothing else than a whole number above 0', async () => {
  assert.is((await items('')).numberReturned, 10);
  for (const limit of [1, 5, 37]) assert.is((await items(`limit=${limit}`)).numberReturned, limit);
  assert.is((await items('limit=100000')).numberReturned, (await items('limit=1')).numberMatched);
  for (const limit of ['', '0', '-1', 'x', '1.5', '1e2', '99999999999999999999', ' ', '10,20']) {
    assert.is((await get(`/collections/records/items?limit=${encodeURIComponent(limit)}`)).status, 400, limit);
  }
});

const first = (value: unknown): readonly number[] =>
  Array.isArray(value) && Array.isArray(value[0]) ? first(value[0]) : (value as number[]);
function* positions(value: unknown): Generator<readonly [number, number]> {
  if (!Array.isArray(value)) return;
  if (typeof value[0] === 'number') yield value as unknown as [number, number];
  else for (const each of value) yield* positions(each);
}

test('geometries lie within the range of CRS84', async () => {
  for (const feature of await walk('limit=100')) {
    for (const [longitude, latitude] of positions(feature.geometry?.coordinates)) {
      assert.ok(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90, feature.id);
    }
  }
});

/** Do the boxes have a point in common? Boxes of the demo do not cross the antimeridian. */
function meets(feature: Feature & { bbox?: readonly number[] }, [w, s, e, n]: readonly number[]): boolean {
  const [west = 0, south = 0, east = 0, north = 0] = feature.bbox ?? [];
  if (feature.bbox === undefined) return false;
  return west <= (e ?? 0) && east >= (w ?? 0) && south <= (n ?? 0) && north >= (s ?? 0);
}

test('bbox: every result inside it, none of the others left out where points decide', async () => {
  const all = await walk('limit=100&type=dataset');
  const points = all.filter(({ geometry }) => geometry?.type === 'Point');
  assert.ok(points.length > 100);
  for (const box of [
    [2, 45, 4, 46],
    [14, 37, 16, 38],
    [-180, -90, 180, 90],
    [55.5, -21.5, 56, -21],
    [0, 0, 0, 0],
  ]) {
    const found = await walk(`limit=1000&type=dataset&bbox=${box.join(',')}`);
    for (const feature of found) assert.ok(meets(feature, box), `${feature.id} ${box}`);
    const wanted = points.filter((feature) => meets(feature, box)).map(({ id }) => id);
    const given = new Set(found.map(({ id }) => id));
    assert.equal(
      wanted.filter((id) => !given.has(id)),
      [],
      box.join(),
    );
    const [w, s, e, n] = box;
    assert.equal(
      (await walk(`limit=1000&type=dataset&bbox=${w},${s},-100,${e},${n},9000`)).map(({ id }) => id),
      found.map(({ id }) => id),
    );
    const latitudeFirst = `${s},${w},${n},${e}&bbox-crs=${encodeURIComponent('http://www.opengis.net/def/crs/EPSG/0/4326')}`;
    assert.equal(
      (await walk(`limit=1000&type=dataset&bbox=${latitudeFirst}`)).map(({ id }) => id),
      found.map(({ id }) => id),
    );
  }
  for (const box of [
    '',
    '1,2,3',
    '1,2,3,4,5',
    'a,b,c,d',
    '0,50,1,40',
    '200,0,210,1',
    '0,-100,1,0',
    '1;2;3;4',
    'NaN,0,1,1',
    '1,2,3,4,',
  ]) {
    assert.is((await get(`/collections/records/items?bbox=${encodeURIComponent(box)}`)).status, 400, box);
  }
  assert.is((await get('/collections/records/items?bbox=0,0,1,1&bbox-crs=http://example.org/none')).status, 400);
  assert.ok(first(points[0]?.geometry?.coordinates).length === 2);
});

test('datetime: instants, intervals, open ends, offsets; anything else is refused', async () => {
  const good = ['2015-08-24', '2015-08-24T14:50:00Z', '2015-01-01/2016-01-01', '../2015-01-01', '2015-01-01/..', '/2015-01-01', '2015-01-01/', '2015-08-24T16:50:00+02:00', '2015-08-24t14:50:00z', '2015-08-24T14:50:00.5Z']; // biome-ignore format: one list
  for (const text of good) {
    const { numberMatched } = await items(`datetime=${encodeURIComponent(text)}`);
    assert.ok(numberMatched >= 0, text);
  }
  for (const text of [
    '',
    'x',
    '2015-13-01',
    '2015-02-30',
    '2016-01-01/2015-01-01',
    '1/2/3',
    '2015-01-01T25:00:00Z',
    'now',
  ]) {
    assert.is((await get(`/collections/records/items?datetime=${encodeURIComponent(text)}`)).status, 400, text);
  }
  const year = await items('datetime=2015-01-01/2015-12-31&limit=1');
  const halves = await Promise.all(
    ['2015-01-01/2015-06-30', '2015-07-01/2015-12-31'].map((half) => items(`datetime=${half}&limit=1000`)),
  );
  assert.is(new Set(halves.flatMap(ids)).size, year.numberMatched);
});

test('an undeclared parameter is refused at every address, and each wrong one is named', async () => {
  const paths = ['/', '/conformance', '/api', '/api.html', '/collections', '/collections/dynvolc', '/collections/dynvolc/queryables', '/collections/dynvolc/sortables', '/collections/dynvolc/items', '/collections/dynvolc/items/opgc:dynvolc:1']; // biome-ignore format: one list
  for (const path of paths) {
    const answer = await get(`${path}?unknownQueryParameter=1`);
    assert.is(answer.status, 400, path);
    assert.is(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
    assert.equal(
      json<{ errors: { parameter: string }[] }>(answer).errors.map(({ parameter }) => parameter),
      ['unknownQueryParameter'],
    );
  }
  const many = await get(
    '/collections/records/items?limit=x&bbox=1&datetime=y&sortby=nothing&filter=%28&foo=1&radius=3&cursor=!',
  );
  const named = json<{ errors: { parameter: string }[] }>(many).errors.map(({ parameter }) => parameter);
  assert.equal([...named].sort(), ['bbox', 'datetime', 'filter', 'foo', 'limit', 'radius', 'sortby']);
  assert.is((await get('/collections/records/items?q=lava&q=etna')).status, 400);
});

test('one record: itself, its collection, its alternates', async () => {
  const page = await items('limit=3', 'dynvolc');
  for (const listed of page.features) {
    const self = rel(listed, 'self')?.href ?? '';
    assert.is(self, `${BASE}/collections/dynvolc/items/${listed.id}`);
    const alone = await document<Feature>(self);
    assert.equal({ ...alone, links: [] }, { ...listed, links: [] });
    for (const link of listed.links)
      assert.ok(
        alone.links.some((each) => each.href === link.href && each.rel === link.rel),
        link.href,
      );
    assert.equal(recordFaults(alone), [], listed.id);
    assert.is(rel(alone, 'collection')?.href, `${BASE}/collections/dynvolc`);
    assert.is((await get(rel(alone, 'alternate')?.href ?? '')).status, 200);
  }
  assert.is((await get('/collections/dynvolc/items/none')).status, 404);
  assert.is((await get('/collections/oi2/items/opgc:dynvolc:1')).status, 404, 'a record of another collection');
  const series = await document<Feature>('/collections/records/items/opgc:dynvolc');
  assert.is(series.properties.type, 'series');
  assert.is((await get('/collections/dynvolc/items/opgc:dynvolc')).status, 404, 'a collection does not hold itself');
});

test('the same list by next links, by offset, and in one page', async () => {
  const whole = ids(await items('limit=1000', 'voldorad'));
  assert.equal(
    (await walk('limit=7', 'voldorad')).map(({ id }) => id),
    whole,
  );
  const byOffset: string[] = [];
  for (let offset = 0; offset < whole.length; offset += 7)
    byOffset.push(...ids(await items(`limit=7&offset=${offset}`, 'voldorad')));
  assert.equal(byOffset, whole);
  const second = await items('limit=7&offset=7', 'voldorad');
  assert.equal(ids(await document<FeatureCollection>(rel(second, 'prev')?.href ?? '')), whole.slice(0, 7));
  const beyond = await items('offset=100000', 'voldorad');
  assert.equal([beyond.numberReturned, beyond.numberMatched, rel(beyond, 'next')], [0, whole.length, undefined]);
});

test.run();
