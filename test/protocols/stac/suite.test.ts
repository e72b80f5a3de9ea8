// What stac-api-validator 0.6 asks of an API, check by check: landing page, links, limits, boxes, dates, geometries, ids, collections.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stacCatalogFaults, stacCollectionFaults } from '../../../conformance/stac/object-rules.ts';
import { DEMO_BASE } from '../../fixtures/demo-app.ts';
import { get, idsOf, type Json, linkOf, post, search, searchPath } from './client.ts';

const test = suite('STAC API: what its validator asks');
const GEOJSON = /^application\/geo\+json(?:;|$)/;

test('landing page: catalogue, conformance, links of the right types', async () => {
  const { status, type, json } = await get('/stac');
  assert.is(status, 200);
  assert.match(type, /^application\/json/);
  assert.equal(stacCatalogFaults(json), []);
  for (const rel of ['root', 'self'])
    assert.equal([linkOf(json, rel).type, linkOf(json, rel).href], ['application/json', `${DEMO_BASE}/stac`]);
  for (const name of [
    'core',
    'collections',
    'ogcapi-features',
    'item-search',
    'item-search#fields',
    'item-search#sort',
    'item-search#filter',
  ])
    assert.ok(json.conformsTo.includes(`https://api.stacspec.org/v1.0.0/${name}`), name);
  assert.not.ok(json.conformsTo.some((uri: string) => uri.includes('/req/')));
  const declared = await get(linkOf(json, 'conformance').href);
  assert.match(declared.type, /^application\/json/);
  assert.equal(declared.json.conformsTo, json.conformsTo);
  assert.equal(
    json.links.filter((link: Json) => link.rel === 'search').map((link: Json) => [link.method, link.type]),
    [
      ['GET', 'application/geo+json'],
      ['POST', 'application/geo+json'],
    ],
  );
});

test('service-desc answers with its own type; service-doc is a page', async () => {
  const { json } = await get('/stac');
  const described = linkOf(json, 'service-desc');
  const document = await get(described.href, { Accept: described.type });
  assert.is(document.status, 200);
  assert.is(document.type, described.type);
  assert.is(document.json.openapi, '3.0.3');
  const paths = Object.keys(document.json.paths);
  for (const path of ['/stac', '/stac/search', '/stac/collections/{collectionId}/items/{itemId}', '/stac/aggregate'])
    assert.ok(paths.includes(path), path);
  assert.ok(paths.every((path) => path.startsWith('/stac')));
  assert.ok(
    document.json.paths['/stac/search'].post.requestBody.content['application/json'].schema.properties.intersects,
  );
  const page = await get(linkOf(json, 'service-doc').href);
  assert.match(page.type, /^text\/html/);
  assert.match(page.text, /<code>GET \/stac\/search<\/code>/);
  assert.is((await get('/stac/api.html?lang=fr')).status, 200);
});

test('collections: each is valid, its own address gives the same, self is the address that was asked', async () => {
  const { json } = await get('/stac/collections');
  assert.is(json.numberMatched, json.collections.length);
  assert.ok(json.collections.length >= 16);
  for (const collection of json.collections) {
    assert.equal(stacCollectionFaults(collection), [], collection.id);
    const self = linkOf(collection, 'self').href;
    assert.is(self, `${DEMO_BASE}/stac/collections/${collection.id}`);
    assert.equal((await get(self)).json, collection);
    assert.match((await get(linkOf(collection, 'items').href)).type, GEOJSON);
  }
  const { links } = (await get('/stac')).json;
  assert.equal(
    links.filter((link: Json) => link.rel === 'child').map((link: Json) => link.href),
    json.collections.map((collection: Json) => linkOf(collection, 'self').href),
  );
  for (const path of [
    '/stac/search?limit=2&bbox=-180,-90,180,90',
    '/stac/collections/oi2/items?limit=1',
    '/stac/collections?limit=3',
  ])
    assert.is(linkOf((await get(path)).json, 'self').href, DEMO_BASE + path);
});

test('queryables are JSON Schemas whose $id is their address', async () => {
  for (const path of ['/stac/queryables', '/stac/collections/oi2/queryables']) {
    const { type, json } = await get(path);
    assert.match(type, /^application\/schema\+json/);
    assert.is(json.$schema, 'https://json-schema.org/draft/2019-09/schema');
    assert.is(json.$id, DEMO_BASE + path);
    assert.is(json.type, 'object');
    assert.ok(json.properties.datetime && json.properties.geometry && json.properties.id);
  }
});

test('limit: great ones are cut silently, others are refused', async () => {
  for (const limit of [1, 2, 10, 10_000, 100_000, 1_000_000]) {
    const found = await search({ limit, fields: 'id,-links,-assets,-geometry' });
    assert.is(found.numberReturned, Math.min(limit, 1000));
    assert.is((await post('/stac/search', { limit })).status, 200);
  }
  for (const limit of [-1, 0, 1.5, 'x']) {
    assert.is((await get(searchPath({ limit }))).status, 400, String(limit));
    assert.is((await post('/stac/search', { limit })).status, 400, String(limit));
  }
});

const POLYGON = {
  type: 'Polygon',
  coordinates: [
    [
      [55, -22],
      [56, -22],
      [56, -21],
      [55, -21],
      [55, -22],
    ],
  ],
};

test('bbox and intersects exclude each other', async () => {
  assert.is((await get(searchPath({ bbox: '0,0,1,1', intersects: POLYGON }))).status, 400);
  assert.is((await post('/stac/search', { bbox: [0, 0, 1, 1], intersects: POLYGON })).status, 400);
});

test('bbox: four or six numbers, in no brackets, south below north', async () => {
  for (const bbox of [
    [100, 0, 105, 1],
    [100, 0, 0, 105, 1, 1],
  ]) {
    assert.is((await get(searchPath({ bbox }))).status, 200);
    assert.is((await post('/stac/search', { bbox })).status, 200);
  }
  assert.is((await get(searchPath({ bbox: '[100.0, 0.0, 105.0, 1.0]' }))).status, 400);
  assert.is((await post('/stac/search', { bbox: '100.0, 0.0, 105.0, 1.0' })).status, 400);
  for (const bbox of [
    [0],
    [0, 0],
    [0, 0, 0],
    [0, 0, 0, 1, 1],
    [0, 0, 0, 1, 1, 1, 1],
    [100, 1, 105, 0],
    [0, 0, 181, 1],
  ]) {
    assert.is((await get(searchPath({ bbox }))).status, 400, String(bbox));
    assert.is((await post('/stac/search', { bbox })).status, 400, String(bbox));
  }
});

test('datetime: RFC 3339 and intervals of it', async () => {
  const good = [
    '1985-04-12T23:20:50.52Z',
    '1996-12-19T16:39:57-00:00',
    '1996-12-19T16:39:57+00:00',
    '1996-12-19T16:39:57-08:00',
    '../1985-04-12T23:20:50.52Z',
    '1985-04-12T23:20:50.52Z/..',
    '/1985-04-12T23:20:50.52Z',
    '1985-04-12T23:20:50.52Z/',
    '1985-04-12T23:20:50.52+01:00/1986-04-12T23:20:50.52+01:00',
    '1985-04-12t23:20:50.000z',
    '2020-07-23T00:00:00.012345678Z',
  ];
  const bad = [
    '/',
    '../..',
    '/..',
    '../',
    '1985-04-12',
    '1937-01-01T12:00:27.87+0100',
    '37-01-01T12:00:27.87Z',
    '1985-12-12T23:20:50.52',
    '21985-12-12T23:20:50.52Z',
    '1985-13-12T23:20:50.52Z',
    '1985-12-32T23:20:50.52Z',
    '1985-12-01T25:20:50.52Z',
    '1985-12-01T00:60:50.52Z',
    '1985-12-01T00:06:61.52Z',
    '1985-04-12T23:20:50.Z',
    '1985-04-12T23:20:50,52Z',
    '1990-12-31T23:59:61Z',
    '1986-04-12T23:20:50.52Z/1985-04-12T23:20:50.52Z',
    '/1984-04-12T23:20:50.52Z/1985-04-12T23:20:50.52Z',
    '',
  ];
  for (const datetime of good) {
    assert.is((await get(searchPath({ datetime }))).status, 200, datetime);
    assert.is((await post('/stac/search', { datetime, limit: 1 })).status, 200, datetime);
  }
  for (const datetime of bad) {
    assert.is((await get(searchPath({ datetime }))).status, 400, datetime);
    assert.is((await post('/stac/search', { datetime })).status, 400, datetime);
  }
});

test('intersects takes every kind of geometry, by GET and POST the same', async () => {
  const point = [55.7, -21.25];
  const line = [point, [2.96, 45.77]];
  const ring = POLYGON.coordinates[0];
  const geometries: readonly Json[] = [
    { type: 'Point', coordinates: point },
    { type: 'LineString', coordinates: line },
    POLYGON,
    {
      type: 'Polygon',
      coordinates: [
        ring,
        [
          [55.2, -21.8],
          [55.2, -21.7],
          [55.3, -21.7],
          [55.2, -21.8],
        ],
      ],
    },
    { type: 'MultiPoint', coordinates: line },
    { type: 'MultiLineString', coordinates: [line] },
    { type: 'MultiPolygon', coordinates: [[ring]] },
  ];
  for (const intersects of [...geometries, { type: 'GeometryCollection', geometries: geometries.slice(0, 3) }]) {
    const byGet = await search({ intersects, limit: 3 });
    const byPost = (await post('/stac/search', { intersects, limit: 3 })).json;
    assert.ok(byGet.numberMatched > 0, intersects.type);
    assert.equal([byGet.numberMatched, idsOf(byGet)], [byPost.numberMatched, idsOf(byPost)], intersects.type);
  }
  assert.is(
    (await search({ intersects: POLYGON })).numberMatched,
    (await search({ bbox: [55, -22, 56, -21] })).numberMatched,
  );
});

test('ids and collections hold together with everything else', async () => {
  const found = await search({ limit: 3, collections: 'oi2' });
  const ids = idsOf(found);
  assert.equal([...idsOf(await search({ ids }))].sort(), [...ids].sort());
  assert.equal([...idsOf((await post('/stac/search', { ids })).json)].sort(), [...ids].sort());
  assert.is((await search({ ids, collections: 'dynvolc' })).numberMatched, 0);
  assert.is((await search({ ids, bbox: [170, 80, 171, 81] })).numberMatched, 0);
  assert.is((await search({ ids: 'no-such-item,~~,a b' })).numberMatched, 0);
  assert.is((await search({ collections: 'nosuch' })).numberMatched, 0);
  for (const collections of [['oi2'], ['oi2', 'dynvolc', 'nosuch']]) {
    const { features } = await search({ collections, limit: 200 });
    assert.ok(features.length > 0 && features.every((item: Json) => collections.includes(item.collection)));
  }
});

test('what is asked for under another name is refused by name, all at once, with a description', async () => {
  const { status, type, json } = await get(
    '/stac/search?bbox=1&limit=0&zzz=1&intersects=3&datetime=2020-01-01&filter=((',
  );
  assert.is(status, 400);
  assert.match(type, /^application\/problem\+json/);
  assert.equal(json.errors.map((fault: Json) => fault.parameter).sort(), [
    'bbox',
    'datetime',
    'filter',
    'intersects',
    'limit',
    'zzz',
  ]);
  assert.ok(json.description.includes('zzz') && json.code === 'invalid-parameter');
  const posted = await post('/stac/search', { bbox: [1], zzz: 1, sortby: 'x', query: { nope: { eq: 1 } }, fields: 3 });
  assert.equal(posted.json.errors.map((fault: Json) => fault.parameter).sort(), [
    'bbox',
    'fields',
    'query',
    'sortby',
    'zzz',
  ]);
});

test('absent things are 404, other methods 405', async () => {
  for (const path of [
    '/stac/collections/nope',
    '/stac/collections/nope/items',
    '/stac/collections/oi2/items/dynvolc-1',
    '/stac/collections/oi2/items/oi2-999999',
    '/stac/nope',
  ])
    assert.is((await get(path)).status, 404, path);
  const wrong = await post('/stac/collections', {});
  assert.is(wrong.status, 405);
  assert.match(wrong.headers.get('allow') ?? '', /GET/);
});

test.run();
