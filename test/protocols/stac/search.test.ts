// Item search against what is known otherwise: GET equals POST, a walk by tokens is the whole list, totals and records are OpenSearch's,
// hidden records are hidden.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { as } from '../../fixtures/viewers.ts';
import { get, idsOf, type Json, linkOf, post, search, searchPath, walk, walkByPost } from './client.ts';

const test = suite('STAC item search');

const QUESTIONS: readonly { readonly stac: { readonly [name: string]: unknown }; readonly openSearch: string }[] = [
  { stac: {}, openSearch: '' },
  { stac: { bbox: [55, -22, 56, -21] }, openSearch: 'box=55,-22,56,-21' },
  { stac: { bbox: [170, -60, -170, 60] }, openSearch: 'box=170,-60,-170,60' },
  { stac: { q: ['lava'] }, openSearch: 'q=lava' },
  { stac: { q: ['radar interferometry'] }, openSearch: 'q="radar interferometry"' },
  {
    stac: { datetime: '2015-01-01T00:00:00Z/2016-12-31T23:59:59Z', bbox: [-20, 30, 60, 60] },
    openSearch: 'start=2015-01-01T00:00:00Z&end=2016-12-31T23:59:59Z&box=-20,30,60,60',
  },
  { stac: { datetime: '../2000-01-01T00:00:00Z' }, openSearch: 'end=2000-01-01T00:00:00Z' },
  {
    stac: { collections: ['oi2', 'voldorad'], q: ['Etna'] },
    openSearch: 'parentIdentifier={opgc:oi2,opgc:voldorad}&q=Etna',
  },
  {
    stac: {
      intersects: {
        type: 'Polygon',
        coordinates: [
          [
            [0, 40],
            [20, 30],
            [20, 50],
            [0, 40],
          ],
        ],
      },
    },
    openSearch: 'geometry=POLYGON((0 40,20 30,20 50,0 40))',
  },
];

for (const { stac, openSearch } of QUESTIONS) {
  test(`as OpenSearch, and POST as GET: ${openSearch || 'everything'}`, async () => {
    for (const account of ['', 'internal']) {
      const headers = account === '' ? {} : as(account);
      const theirs = await get(`/opensearch/records/search.json?count=100&${openSearch}`, headers);
      const ours = await search({ ...stac, limit: 100 }, headers);
      assert.is(ours.numberMatched, theirs.json.totalResults);
      assert.equal(
        ours.features.map((item: Json) => item.properties.identifier),
        theirs.json.features.map((feature: Json) => feature.id),
      );
      const posted = await post('/stac/search', { ...stac, limit: 100 }, headers);
      assert.equal(posted.json.features, ours.features);
      assert.is(posted.json.numberMatched, ours.numberMatched);
    }
  });
}

test('internal records exist for internal accounts alone, item by item', async () => {
  const all = await walk('/stac/search?limit=1000&fields=identifier,access,-links,-assets,-geometry', as('internal'));
  const hidden = all.filter((item) => item.properties.access === 'internal');
  assert.ok(hidden.length > 0);
  const [one] = hidden;
  const path = `/stac/collections/${one.collection}/items/${one.id}`;
  assert.is((await get(path)).status, 404);
  assert.is((await get(path, as('internal'))).status, 200);
  assert.is((await search({ ids: one.id })).numberMatched, 0);
  assert.is((await search({})).numberMatched, all.length - hidden.length);
  const counted = await get('/stac/aggregate?aggregations=access_frequency');
  assert.not.ok(counted.json.aggregations[0].buckets.some((bucket: Json) => bucket.key === 'internal'));
});

test('a walk by tokens is the whole list, by GET and by POST, in every order', async () => {
  for (const sortby of ['-updated', '+title', '-properties.datetime,id', 'end_datetime', '-elevation']) {
    const question = { collections: ['oi2', 'drones'], limit: 97, sortby };
    const walked = (await walk(searchPath(question))).map((item) => item.id);
    const whole = idsOf(await search({ ...question, limit: 1000 }));
    assert.equal(walked, whole, sortby);
    assert.is(new Set(walked).size, walked.length);
    const order = sortby.split(',').map((name) => ({
      field: name.replace(/^[+-]/, ''),
      direction: name.startsWith('-') ? 'desc' : 'asc',
    }));
    const posted = await walkByPost({ ...question, sortby: order });
    assert.equal(
      posted.map((item) => item.id),
      whole,
      sortby,
    );
  }
});

test('the next link differs from the first, keeps the question, and is missing on the last page', async () => {
  const first = (await get(searchPath({ collections: 'oi2', limit: 100, q: 'lava' }))).json;
  const { href, method } =
    linkOf(first, 'next') ?? linkOf((await get('/stac/collections/oi2/items?limit=100')).json, 'next');
  assert.is(method, 'GET');
  assert.ok(new URL(href).searchParams.get('token'));
  const items = (await get('/stac/collections/oi2/items?limit=1000')).json;
  assert.is(linkOf(items, 'next'), undefined);
  assert.is(items.numberMatched, items.features.length);
  const token = new URL(linkOf((await get('/stac/search?limit=1')).json, 'next').href).searchParams.get('token') ?? '';
  for (const query of [{ token: 'zzz' }, { token, sortby: 'title' }, { token: `${token}x` }, { token: '' }]) {
    const refused = await get(searchPath(query));
    assert.is(refused.status, 400, JSON.stringify(query));
    assert.is(refused.json.errors[0].parameter, 'token');
  }
});

test('the items of a collection are those of a search in it', async () => {
  const items = (await get('/stac/collections/dynvolc/items?limit=50&bbox=55,-22,56,-21')).json;
  const found = await search({ collections: 'dynvolc', limit: 50, bbox: [55, -22, 56, -21] });
  assert.equal(items.features, found.features);
  assert.is(items.numberMatched, found.numberMatched);
  assert.is((await get('/stac/collections/dynvolc/items?collections=oi2')).status, 400);
});

test('the same question again is 304 until something changes', async () => {
  for (const path of [
    '/stac',
    '/stac/search?limit=1',
    '/stac/collections',
    '/stac/collections/oi2',
    '/stac/collections/oi2/items/oi2-1',
  ]) {
    const etag = (await get(path)).headers.get('etag') ?? '';
    assert.ok(etag !== '', path);
    assert.is((await get(path, { 'If-None-Match': etag })).status, 304, path);
    assert.is((await get(path, { 'If-None-Match': etag, ...as('internal') })).status, 200, path);
  }
});

test('collection search: box, period, words, pages', async () => {
  const ids = async (query: string): Promise<readonly string[]> =>
    (await get(`/stac/collections?${query}`)).json.collections.map((collection: Json) => collection.id);
  const all = await ids('');
  const there = await ids('bbox=55,-22,56,-21');
  assert.ok(there.includes('oi2') && there.length < all.length);
  assert.ok((await ids('q=interferometry,seismology')).includes('oi2'));
  assert.not.ok((await ids('q=interferometry')).includes('sismo'));
  assert.ok((await ids('datetime=../1999-01-01T00:00:00Z')).includes('oi2'));
  const walked: string[] = [];
  let address: string | undefined = '/stac/collections?limit=5';
  while (address !== undefined) {
    const { json }: { readonly json: Json } = await get(address);
    walked.push(...json.collections.map((collection: Json) => collection.id));
    address = linkOf(json, 'next')?.href;
  }
  assert.equal(walked, all);
  assert.is((await get('/stac/collections?token=zzz')).status, 400);
});

test.run();
