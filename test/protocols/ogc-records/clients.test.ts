// Habits of clients: QGIS MetaSearch, QGIS and OWSLib as they ask, and the same question through OpenSearch.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { appOver, testApp } from '../../fixtures/app.ts';
import { document, type Feature, type FeatureCollection, ids, items, type JsonLink, rel, walk } from './client.ts';

const test = suite('OGC API Records: clients');

interface OpenSearchPage {
  readonly totalResults: number;
  readonly features: readonly { readonly id: string }[];
}
const openSearch = async (scope: string, query: string): Promise<OpenSearchPage> =>
  document(`/opensearch${scope}/search.geojson?count=500${query === '' ? '' : `&${query}`}`);

test('the same question through OpenSearch: same total, same identifiers, same order', async () => {
  const questions: readonly (readonly [collection: string, scope: string, records: string, search: string])[] = [
    ['records', '', '', ''],
    ['records', '', 'q=lava', 'q=lava'],
    ['records', '', 'q=cloud%20water', 'q=%22cloud+water%22'],
    ['records', '', 'bbox=2,45,4,46', 'box=2,45,4,46'],
    ['records', '', 'bbox=170,-30,-170,30', 'box=170,-30,-170,30'],
    ['records', '', 'datetime=2015-01-01/2015-12-31', 'start=2015-01-01&end=2015-12-31'],
    ['records', '', 'datetime=2015-08-24T15:00:00Z', 'start=2015-08-24T15:00:00Z&end=2015-08-24T15:00:00Z'],
    ['records', '', 'q=radar&bbox=10,30,20,40&datetime=../2020-01-01', 'q=radar&box=10,30,20,40&end=2020-01-01'],
    ['records', '', 'type=series', 'level=series'],
    ['records', '', 'ids=opgc:oi2:3', 'uid=opgc:oi2:3'],
    ['records', '', 'sortby=title', 'sortKeys=title,,1'],
    ['records', '', 'sortby=-begin', 'sortKeys=start,,0'],
    ['records', '', 'productLevel=raw', 'processingLevel=raw'],
    ['records', '', 'instrument=VOLDORAD2B', 'instrument=VOLDORAD2B'],
    ['voldorad', '/voldorad', '', ''],
    ['dynvolc', '/dynvolc', 'q=lapilli', 'q=lapilli'],
    ['oi2', '/oi2', 'sat=SENTINEL&bbox=55,-22,56,-21', 'sat=SENTINEL&box=55,-22,56,-21'],
  ];
  for (const [collection, scope, mine, theirs] of questions) {
    const [page, other] = [await items(`limit=500&${mine}`, collection), await openSearch(scope, theirs)];
    assert.is(page.numberMatched, other.totalResults, `${collection} ${mine}`);
    assert.equal(
      ids(page),
      other.features.map(({ id }) => id),
      `${collection} ${mine}`,
    );
  }
});

test('MetaSearch: pages by limit and offset, and reads type, title and links of every record', async () => {
  const seen: string[] = [];
  const { numberMatched } = await items('limit=1&offset=0');
  for (let offset = 0; offset < numberMatched; offset += 100) {
    const page = await items(`limit=100&offset=${offset}`);
    assert.is(page.numberMatched, numberMatched);
    for (const { id, properties, links } of page.features) {
      assert.ok(properties.type && properties.title, id);
      for (const { href, rel: relation } of links) assert.ok(href && relation, id);
      seen.push(id);
    }
  }
  assert.is(new Set(seen).size, numberMatched);
  const box = await items('q=lava&bbox=-180,-90,180,90&limit=10&offset=0');
  assert.ok(box.numberMatched > 0);
});

test('MetaSearch reads the first corner of a polygon: with the setting every position is one', async () => {
  const { database, mappings } = await testApp();
  const { server } = appOver(database, mappings, { settings: { VOBS_RECORD_GEOMETRIES: 'polygons' } });
  const page = JSON.parse(
    (await supertest(server).get('/collections/records/items?limit=1000')).text,
  ) as FeatureCollection;
  const shapes = new Set(page.features.map(({ geometry }) => geometry?.type ?? 'none'));
  assert.equal(
    [...shapes].filter((type) => !['none', 'Polygon', 'MultiPolygon'].includes(type)),
    [],
  );
  for (const { id, geometry } of page.features) {
    if (geometry?.type !== 'Polygon') continue;
    const [[[longitude = 0, latitude = 0] = []] = [[]]] = geometry.coordinates as number[][][];
    assert.ok(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90, id);
  }
  const points = await items('limit=1000');
  assert.ok(
    points.features.some(({ geometry }) => geometry?.type === 'Point'),
    'points stay points without it',
  );
  server.close();
});

test('OWSLib: any type accepted, collections by itemType, names without encoding', async () => {
  const any = { Accept: '*/*', 'User-Agent': 'OWSLib' };
  const { links } = await document<{ links: readonly JsonLink[] }>('/', any);
  assert.ok(links.every(({ rel: relation, type }) => relation !== 'service-desc' || type !== undefined));
  const { collections } = await document<{ collections: { id: string; itemType: string }[] }>('/collections', any);
  for (const { id, itemType } of collections) assert.is(itemType.toLowerCase(), 'record', id);
  assert.is((await document<Feature>('/collections/dynvolc/items/opgc:dynvolc:1', any)).id, 'opgc:dynvolc:1');
  assert.equal(ids(await items('sortby=-updated&limit=3&bbox=-180%2C-90%2C180%2C90')).length, 3);
});

test('a harvester sees each record once, also when records come on the way', async () => {
  const { writer } = await testApp();
  const before = (await walk('limit=9', 'presse')).map(({ id }) => id);
  const first = await items('limit=9', 'presse');
  await writer.write([{ service: 'presse', id: 9100, name: 'Came during a walk', date_b: '2024-01-01' }]);
  try {
    const seen = [...ids(first)];
    let next = rel(first, 'next');
    while (next !== undefined) {
      const page = await document<FeatureCollection>(next.href);
      seen.push(...ids(page));
      next = rel(page, 'next');
    }
    assert.is(new Set(seen).size, seen.length);
    assert.equal(
      before.filter((id) => !seen.includes(id)),
      [],
    );
  } finally {
    await writer.withdraw([{ service: 'presse', id: 9100 }]);
  }
});

test.run();
