// Requirements of OGC API Records 1.0 that the suite of Features does not look at: words, identifiers, types, order, representations,
// pages for people, caching, viewers.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testApp } from '../../fixtures/app.ts';
import { readHtml } from '../../portal/html.ts';
import { BASE, BROWSER, document, type Feature, get, ids, items, type JsonLink, json, rel } from './client.ts';

const test = suite('OGC API Records: the standard');
const sorted = (list: readonly string[]): readonly string[] => [...list].sort();
const union = (...lists: readonly (readonly string[])[]): readonly string[] => sorted([...new Set(lists.flat())]);
const all = async (query: string, collection = 'records') =>
  ids(await items(`limit=1000${query === '' ? '' : `&${query}`}`, collection));

test('q: a comma is OR, blanks inside a term make a phrase, case and accents do not count', async () => {
  const [lava, ash, cloud, phrase] = await Promise.all(
    ['lava', 'ash', 'cloud', 'cloud%20water'].map((q) => all(`q=${q}`)),
  );
  assert.ok(lava && ash && cloud && phrase && lava.length > 0 && ash.length > 0 && phrase.length > 0);
  assert.equal(sorted(await all('q=lava,ash')), union(lava, ash));
  assert.equal(sorted(await all('q=ash,cloud+water')), union(ash, phrase));
  assert.ok(phrase.length <= cloud.length && phrase.every((id) => cloud.includes(id)));
  assert.equal(await all('q=water%20cloud'), [], 'words of a phrase stand in their order');
  assert.equal(await all('q=LAVA'), lava);
  assert.equal(await all('q=%C3%A9tna'), await all('q=etna'));
  assert.equal(await all('q=zzzzz'), []);
  for (const q of ['', '%20', ',', '%22', '-'])
    assert.is((await get(`/collections/records/items?q=${q}`)).status, 400, q);
});

test('a minus is no operator here: it belongs to the word', async () => {
  assert.equal(await all('q=-lava'), await all('q=lava'));
});

test('ids, externalIds and type: any of a list; between parameters all hold', async () => {
  assert.equal(sorted(await all('ids=opgc:dynvolc:1,opgc:oi2:1,opgc:none:1')), ['opgc:dynvolc:1', 'opgc:oi2:1']);
  assert.equal(await all('ids=opgc:dynvolc:1,opgc:oi2:1', 'oi2'), ['opgc:oi2:1']);
  assert.equal(await all('ids=opgc:dynvolc:1&type=series'), []);
  const { features } = await items('limit=1000&externalIds=https://doi.org:');
  assert.ok(features.length > 3);
  const given = (features[0]?.properties.externalIds ?? []) as readonly { scheme: string; value: string }[];
  const { scheme, value } = given[0] ?? { scheme: '', value: '' };
  assert.is(scheme, 'https://doi.org');
  const one = await all(`externalIds=${value}`);
  assert.ok(one.includes(features[0]?.id ?? ''));
  assert.equal(await all(`externalIds=${encodeURIComponent(`${scheme}:${value}`)}`), one);
  assert.equal(await all(`externalIds=none,${encodeURIComponent(`${scheme}:${value}`)}`), one);
  assert.equal(await all('externalIds=https://hdl.handle.net:'), []);
  const { mappings } = await testApp();
  assert.is((await all('type=series')).length, mappings.services.length);
  assert.is(
    (await items('limit=1&type=series,dataset')).numberMatched,
    (await items('limit=1')).numberMatched - (await items('limit=1&type=service')).numberMatched,
  );
  assert.equal(await all('type=series', 'dynvolc'), []);
  assert.equal(await all('type=unheard'), []);
});

test('sortby: each sortable both ways, several, and a plus that arrives as a blank', async () => {
  const titles = async (query: string) =>
    (await items(`limit=1000&type=dataset&${query}`, 'voldorad')).features.map((f) => f);
  const up = (await titles('sortby=elevation,-id')).map((f) => [Number(f.properties.elevation), f.id] as const);
  for (let i = 1; i < up.length; i++) {
    const [[a, x], [b, y]] = [up[i - 1] ?? [0, ''], up[i] ?? [0, '']];
    assert.ok(a < b || (a === b && x > y), `${a} ${x} ${b} ${y}`);
  }
  const firsts = async (query: string) => ids(await items(`limit=20&${query}`));
  assert.equal(await firsts('sortby=%2Bid'), await firsts('sortby=id'));
  assert.equal(await firsts('sortby=+id'), await firsts('sortby=id'));
  const begins = (await items('limit=1000&sortby=-begin', 'oi2')).features.map(
    ({ time }) => time?.interval?.[0] ?? time?.timestamp ?? time?.date ?? '',
  );
  assert.equal(begins, [...begins].sort().reverse());
  const { defaultSortOrder } = await document<{ defaultSortOrder: object[] }>('/collections/records');
  assert.equal(defaultSortOrder, [{ field: 'updated', direction: 'desc' }]);
  for (const sortby of ['', 'description', 'id,', '-', 'nosuch'])
    assert.is((await get(`/collections/records/items?sortby=${sortby}`)).status, 400, sortby);
});

test('representations by f and Accept; 406 names what there is', async () => {
  const path = '/collections/dynvolc';
  const types: readonly (readonly [address: string, accept: string, status: number, type: string])[] = [
    [path, 'application/json', 200, 'application/json'],
    [path, 'application/ogc-catalog+json', 200, 'application/ogc-catalog+json'],
    [path, '*/*', 200, 'application/json'],
    [path, BROWSER, 200, 'text/html; charset=utf-8'],
    [`${path}?f=catalog`, BROWSER, 200, 'application/ogc-catalog+json'],
    [`${path}/items`, 'application/geo+json', 200, 'application/geo+json'],
    [`${path}/items`, 'application/json', 200, 'application/geo+json'],
    [`${path}/items?f=html`, '*/*', 200, 'text/html; charset=utf-8'],
    [`${path}/items?f=geojson`, BROWSER, 200, 'application/geo+json'],
    [`${path}/items`, 'image/png', 406, 'application/problem+json; charset=utf-8'],
    [`${path}/items?f=xml`, '*/*', 400, 'application/problem+json; charset=utf-8'],
    [`${path}/items?f=xml`, BROWSER, 400, 'application/problem+json; charset=utf-8'],
    [`${path}/items?nosuch=1&f=html`, BROWSER, 400, 'text/html; charset=utf-8'],
    ['/', BROWSER, 200, 'text/html; charset=utf-8'],
    ['/', '*/*', 200, 'application/json'],
    ['/?f=json', BROWSER, 200, 'application/json'],
    ['/?f=html', '*/*', 200, 'text/html; charset=utf-8'],
    ['/api', BROWSER, 200, 'text/html; charset=utf-8'],
  ];
  for (const [address, accept, status, type] of types) {
    const answer = await get(address, { Accept: accept });
    assert.equal([answer.status, answer.headers['content-type']], [status, type], `${address} ${accept}`);
    assert.match(answer.headers.vary ?? '', 'Accept', address);
  }
});

test('the page of every address has each link of its JSON as an anchor', async () => {
  const paths = ['/conformance', '/collections', '/collections/records', '/collections/dynvolc', '/collections/dynvolc/items', '/collections/dynvolc/items/opgc:dynvolc:1', '/collections/records/items?q=lava&limit=2&offset=2']; // biome-ignore format: one list
  for (const path of paths) {
    const { links } = await document<{ links: readonly JsonLink[] }>(path);
    const page = await get(path, { Accept: BROWSER });
    assert.is(page.status, 200, path);
    const anchors = new Set(
      readHtml(page.text)
        .elements.filter(({ name }) => name === 'a')
        .map(({ attributes }) => attributes.get('href')),
    );
    // The page calls itself by its own type, and leads to the JSON instead.
    for (const { href, rel: relation } of links) {
      if (relation !== 'alternate' && /^https?:/.test(href))
        assert.ok(anchors.has(href), `${path} ${relation} ${href}`);
    }
    assert.not.match(page.text, '<script');
    assert.match(page.headers['content-security-policy'] ?? '', "default-src 'none'");
  }
  for (const path of ['/collections/oi2/queryables', '/collections/oi2/sortables', '/api.html']) {
    assert.is((await get(path, { Accept: BROWSER })).status, 200, path);
  }
});

test('every page tells where the catalogue is', async () => {
  for (const path of ['/', '/services', '/records/opgc:dynvolc:1', '/collections/oi2']) {
    const { elements } = readHtml((await get(path, { Accept: BROWSER })).text);
    const [link] = elements.filter(
      ({ attributes }) => attributes.get('rel') === 'http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog',
    );
    assert.is(link?.attributes.get('href'), `${BASE}/collections/records`, path);
    assert.is(link?.attributes.get('type'), 'application/ogc-catalog+json');
  }
});

test('texts in the language asked, the other one linked', async () => {
  const [english, french] = await Promise.all(
    ['en', 'fr'].map((lang) => document<Feature>(`/collections/records/items/opgc:dynvolc?lang=${lang}`)),
  );
  assert.is.not(english?.properties.title, french?.properties.title);
  assert.equal(french?.properties.language, { code: 'fr', name: 'français', dir: 'ltr' });
  const other = french?.links.find(({ hreflang }) => hreflang === 'en');
  assert.is((await document<Feature>(other?.href ?? '')).properties.title, english?.properties.title);
  const byHeader = await document<Feature>('/collections/records/items/opgc:dynvolc', { 'Accept-Language': 'fr' });
  assert.is(byHeader.properties.title, french?.properties.title);
});

test('304 where nothing changed, HEAD, and pages of other sites may read', async () => {
  const { server } = await testApp();
  for (const path of [
    '/conformance',
    '/api',
    '/collections',
    '/collections/oi2',
    '/collections/oi2/queryables',
    '/collections/oi2/items?limit=2',
    '/collections/oi2/items/opgc:oi2:1',
  ]) {
    const first = await get(path, { Origin: 'https://elsewhere.example.org' });
    assert.is(first.headers['access-control-allow-origin'], '*', path);
    assert.match(first.headers['access-control-expose-headers'] ?? '', 'Link');
    assert.ok(first.headers.etag, path);
    assert.is((await get(path, { 'If-None-Match': first.headers.etag ?? '' })).status, 304, path);
    assert.is(
      (await get(path, { 'If-None-Match': first.headers.etag ?? '', Accept: BROWSER })).status,
      200,
      `${path} as a page`,
    );
    const head = await supertest(server).head(path);
    assert.equal(
      [head.status, head.headers['content-type'], head.text ?? ''],
      [200, first.headers['content-type'], ''],
    );
    assert.is((await supertest(server).post(path)).status, 405, path);
  }
});

test('a record that only internal accounts see is nowhere for others: list, totals, identifier', async () => {
  const { server, as } = await testApp();
  const ask = async (path: string, viewer: 'anonymous' | 'internal') =>
    (await supertest(server).get(path).set(as[viewer])) as { status: number; text: string; body: unknown };
  const read = async (path: string, viewer: 'anonymous' | 'internal') =>
    JSON.parse(String((await ask(path, viewer)).text)) as { numberMatched: number; features: Feature[] };
  const path = '/collections/records/items?limit=1000';
  const [publicly, inside] = [await read(path, 'anonymous'), await read(path, 'internal')];
  const hidden = inside.features.filter(({ properties }) => properties.authorization === 3);
  assert.ok(hidden.length > 0);
  assert.is(inside.numberMatched, publicly.numberMatched + hidden.length);
  for (const { id, properties } of hidden) {
    const address = `/collections/${String(properties.service)}/items/${id}`;
    assert.equal([(await ask(address, 'anonymous')).status, (await ask(address, 'internal')).status], [404, 200], id);
    assert.is((await read(`${path}&ids=${id}`, 'anonymous')).numberMatched, 0);
  }
});

test('what a record says: time, licence, contacts, formats, external identifiers, and no invented midnight', async () => {
  const dynvolc = await document<Feature>('/collections/dynvolc/items/opgc:dynvolc:1');
  assert.ok(Array.isArray(dynvolc.properties.contacts) && Array.isArray(dynvolc.properties.themes));
  assert.match(String(dynvolc.properties.license), /^[A-Za-z0-9.-]+$/);
  assert.is(rel(dynvolc, 'profile')?.href, 'http://www.opengis.net/def/profile/OGC/0/ogc-record');
  assert.ok(rel(dynvolc, 'license')?.href.startsWith('https://'));
  assert.ok(rel(dynvolc, 'item')?.href.startsWith(BASE), 'the data');
  const { features } = await items('limit=1000');
  const times = features.map(({ time }) => JSON.stringify(time));
  assert.ok(
    times.some((time) => time.startsWith('{"date"')) &&
      times.some((time) => time.includes('".."')) &&
      times.includes('null'),
  );
  assert.is(json<Feature>(await get('/records/opgc:dynvolc:1?f=ogc-record')).id, 'opgc:dynvolc:1');
});

test.run();
