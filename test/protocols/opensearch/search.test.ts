// What each parameter finds on the conformance data set, as anonymous and as internal viewer; the five formats tell the same.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ConformanceApp, conformanceApp } from '../../fixtures/conformance-app.ts';
import { readXml } from './read-xml.ts';
import { feedFaults } from './rules.ts';

const test = suite('OpenSearch parameters');
let app: ConformanceApp;
test.before(async () => {
  app = await conformanceApp();
});

const INTERNAL = { Authorization: `Basic ${Buffer.from('internal:x').toString('base64')}` };

/** Numbers of the found records, in the answer's order. */
async function found(query: string, headers: { readonly [name: string]: string } = {}): Promise<readonly number[]> {
  const response = await supertest(app.server).get(`/opensearch/conformance/search.atom?${query}`).set(headers);
  assert.is(response.status, 200, `${query}: ${response.text}`);
  assert.equal(feedFaults(response.text), [], query);
  const doc = readXml(response.text);
  const ids = doc.all('//atom:entry/dc:identifier').map((id) => Number(id.split(':')[2] ?? 0));
  assert.is(Number(doc.one('//os:totalResults')), ids.length, query);
  return ids;
}
const sorted = async (query: string, headers = {}): Promise<readonly number[]> =>
  [...(await found(query, headers))].sort((a, b) => a - b);

test('words, phrases, exclusions, accents', async () => {
  assert.equal(await sorted('q=lava'), [3, 4]);
  assert.equal(await sorted('q=LAVA+-etna'), [4]);
  assert.equal(await sorted('q=%22lava+flow%22&uid=opgc:conformance:3'), [3]);
  assert.equal(await sorted('q=puy+de+dome'), [2]);
  assert.equal(await sorted('q=zzzzz'), []);
});

test('an empty parameter is an absent one, an unfilled placeholder too, an unknown one is ignored', async () => {
  const all = await sorted('');
  assert.equal(all, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.equal(
    await sorted('q=&count=&box=&lat=&lon=&radius=&start=&end=&timerel=&georel=&uid=&name=&rock_type='),
    all,
  );
  assert.equal(await sorted('q={searchTerms?}&box=%7Bgeo:box?%7D&zzz=1'), all);
});

test('places: box over the antimeridian, geometry, circle; conditions hold together', async () => {
  assert.equal(await sorted('box=170,-30,-170,-10'), [5, 6]);
  assert.equal(await sorted('box=55.7,-21.25,55.71,-21.24'), [7]);
  assert.equal(await sorted('box=55.7,-21.25,55.71,-21.24&georel=contains'), []);
  assert.equal(await sorted('box=55,-22,56,-21&georel=contains'), [7]);
  assert.equal(await sorted('geometry=POLYGON((0+30,0+50,20+50,20+30,0+30))'), [2, 3, 9]);
  assert.equal(await sorted('geometry=POLYGON((0+30,0+50,20+50,20+30,0+30))&box=10,30,20,50'), [3]);
  assert.equal(await sorted('lat=45.77&lon=2.96'), [2]);
  assert.equal(await sorted('box=-180,-90,0,90&georel=disjoint'), [1, 2, 3, 5, 7, 9]);
});

test('periods: days are whole, ends are open, relations', async () => {
  assert.equal(await sorted('start=2021-02-18T23:00:00Z&end=2021-02-20&timerel=intersects'), [2, 3]);
  assert.equal(await sorted('start=2015-06-01&end=2015-06-01&timerel=during'), [1]);
  assert.equal(await sorted('start=2015-06-01T11:00&timerel=during'), [3, 7]);
  assert.equal(await sorted('end=1900-01-01'), [2]);
  assert.equal(await sorted('start=2010-05-01&end=2010-05-31&timerel=equals'), [5, 6]);
  assert.equal(await sorted('start=2010-05-01T00:00:00%2B00:00&end=2010-05-31&timerel=equals'), [5, 6]);
  assert.equal(await sorted('start=2015-01-01&end=2025-01-01&timerel=disjoint'), [4, 5, 6, 8]);
});

test('what the observatory knows: level, format, acquisition, access, instrument, platform, elevation, fields', async () => {
  assert.equal(await sorted('format=csv'), [3]);
  assert.equal(await sorted('format=2'), [3]);
  assert.equal((await sorted('acquisition=realtime')).length, 9);
  assert.equal(await sorted('access=registered'), [5]);
  assert.equal(await sorted('access={registered,partner}'), [5, 6]);
  assert.equal(await sorted('instrument=THERMOMETER'), [2]);
  assert.equal(await sorted('platform=summit'), [2]);
  assert.equal(await sorted('processingLevel=product'), [3]);
  assert.equal(await sorted('elevation=[900,1465]'), [2, 4, 9]);
  assert.equal(await sorted('elevation=]900,1465['), [9]);
  assert.equal(await sorted('rock_type=Basalt'), [3]);
  assert.equal(await sorted('rock_type={basalt,andesite}'), [3, 4]);
  assert.equal(await sorted('track=66'), [3, 7]);
  assert.equal(await sorted('track=[67'), [4]);
  assert.equal(await sorted('weight=]0.3'), [3]);
  assert.equal(await sorted('sieved=false'), [4]);
  assert.equal(await sorted('analysed=[2002-01-01,2002-12-31]'), [4]);
  assert.equal(await sorted('conformance.format=block'), [3]);
  assert.equal(await sorted('level=series'), [0]);
  assert.equal(await sorted('updated=2000-01-01/..&track=162'), [4]);
  assert.equal(await sorted('modificationDate=2000-01-01]'), []);
  assert.equal(await sorted('parentIdentifier=opgc:conformance&track=162'), [4]);
  assert.equal(await sorted('parentIdentifier=opgc:dynvolc&track=162'), []);
});

test('order', async () => {
  assert.equal(await found('sortKeys=title,,1&track=66'), [3, 7]);
  assert.equal(await found('sortKeys=title,,0&track=66'), [7, 3]);
  assert.equal((await found('sortKeys=start,time,1'))[0], 2);
});

test('hidden records exist for internal accounts alone', async () => {
  assert.equal(await sorted('q=hidden'), []);
  assert.equal(await sorted('uid=opgc:conformance:10'), []);
  assert.equal(await sorted('q=hidden', INTERNAL), [10]);
});

test('a changed record changes the ETag and the answer; the same question again is 304', async () => {
  const path = '/opensearch/conformance/search.atom?q=retagged';
  const first = await supertest(app.server).get(path);
  assert.is(readXml(first.text).one('//os:totalResults'), '0');
  const etag = first.headers.etag as string;
  const again = await supertest(app.server).get(path).set('If-None-Match', etag);
  assert.is(again.status, 304);
  assert.is(again.text, '');
  const row = { service: 'conformance', id: 50, name: 'Retagged', latitude: 1, longitude: 1, epsg: 4326 };
  await app.writer.write([row]);
  const changed = await supertest(app.server).get(path).set('If-None-Match', etag);
  assert.is(changed.status, 200);
  assert.is(readXml(changed.text).one('//os:totalResults'), '1');
  await app.writer.withdraw([{ service: 'conformance', id: 50 }]);
  assert.is(readXml((await supertest(app.server).get(path)).text).one('//os:totalResults'), '0');
});

test('five formats, the same records; both GeoJSON types are the same bytes', async () => {
  const get = (path: string, accept = '*/*') =>
    supertest(app.server).get(`/opensearch/conformance/${path}`).set('Accept', accept);
  const atom = readXml((await get('search.atom?q=lava&count=1')).text);
  const rss = await get('search.rss?q=lava&count=1');
  const html = await get('search.html?q=lava&count=1');
  const geojson = await get('search.geojson?q=lava&count=1').buffer(true);
  const json = await get('search.json?q=lava&count=1');
  assert.match(rss.headers['content-type'] ?? '', /^application\/rss\+xml/);
  assert.match(html.headers['content-type'] ?? '', /^text\/html/);
  assert.match(geojson.headers['content-type'] ?? '', /^application\/geo\+json/);
  assert.match(json.headers['content-type'] ?? '', /^application\/json/);
  const id = atom.one('//atom:entry/dc:identifier');
  const channel = readXml(rss.text ?? rss.body.toString());
  assert.is(channel.one('/rss/channel/os:totalResults'), '2');
  assert.equal(channel.all('/rss/channel/item/dc:identifier'), [id]);
  assert.equal(channel.all("/rss/channel/atom:link[@rel='search']/@href").length, 1);
  assert.match(html.text, /<meta name="totalResults" content="2">/);
  assert.match(
    html.text,
    /<link rel="search" type="application\/opensearchdescription\+xml" href="[^"]+" title="conformance">/,
  );
  const collection = json.body as { totalResults: number; itemsPerPage: number; features: { id: string }[] };
  assert.is(collection.totalResults, 2);
  assert.is(collection.itemsPerPage, 1);
  assert.equal(
    collection.features.map((feature) => feature.id),
    [id],
  );
  assert.is(geojson.text ?? geojson.body.toString(), json.text);
  for (const [accept, type] of [
    ['application/geo+json', /geo\+json/],
    ['text/html', /text\/html/],
    ['*/*', /atom\+xml/],
  ] as const) {
    assert.match((await get('search?q=lava', accept)).headers['content-type'] ?? '', type);
  }
  assert.match((await get('search?q=lava&f=rss')).headers['content-type'] ?? '', /rss\+xml/);
});

test('records of all services and the whole catalogue: collections are only in the latter', async () => {
  const totalOf = async (path: string): Promise<number> =>
    Number(readXml((await supertest(app.server).get(path)).text).one('//os:totalResults'));
  const whole = await totalOf('/opensearch/search.atom?count=0');
  const series = await totalOf('/opensearch/search.atom?count=0&level=series');
  assert.is(await totalOf('/opensearch/records/search.atom?count=0'), whole - series);
  assert.is(whole, 9 + series);
});

test('completions', async () => {
  const response = await supertest(app.server).get('/opensearch/conformance/suggest?q=lab');
  assert.match(response.headers['content-type'] ?? '', /^application\/x-suggestions\+json/);
  const [typed, words, notes, addresses] = JSON.parse(response.text ?? response.body.toString()) as string[][];
  assert.is(String(typed), 'lab');
  assert.ok(words?.includes('laboratory'));
  assert.is(words?.length, notes?.length);
  assert.is(words?.length, addresses?.length);
  for (const address of addresses ?? []) {
    const page = await supertest(app.server).get(address.replace(/^https?:\/\/[^/]+/, ''));
    const total = /<meta name="totalResults" content="(\d+)"/.exec(page.text)?.[1];
    assert.is(
      `${total} record${total === '1' ? '' : 's'}`,
      notes?.[words?.findIndex((word) => address.includes(`q=${word}`)) ?? 0],
    );
  }
});

test('French and English', async () => {
  const path = '/opensearch/conformance/search.atom?count=1';
  assert.is(
    readXml((await supertest(app.server).get(`${path}&lang=fr`)).text).one('/atom:feed/atom:title'),
    'Jeu de données de conformité',
  );
  const french = await supertest(app.server).get(path).set('Accept-Language', 'fr');
  assert.is(french.headers['content-language'], 'fr');
});

test.run();
