// The extensions: fields, sort, filter in both notations, query, free text, aggregation.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { get, idsOf, type Json, post, search, searchPath, walk } from './client.ts';

const test = suite('STAC extensions');
let oi2: readonly Json[] = [];
test.before(async () => {
  oi2 = await walk('/stac/collections/oi2/items?limit=1000');
});
const total = async (query: { readonly [name: string]: unknown }): Promise<number> =>
  (await search({ ...query, limit: 1 })).numberMatched;
const count = (holds: (properties: Json) => boolean): number => oi2.filter((item) => holds(item.properties)).length;

test('fields: baseline and more, less what is excluded', async () => {
  const [plain] = (await search({ collections: 'oi2', limit: 1, fields: '' })).features;
  assert.equal(Object.keys(plain).sort(), [
    'assets',
    'bbox',
    'collection',
    'geometry',
    'id',
    'links',
    'properties',
    'stac_version',
    'type',
  ]);
  assert.equal(Object.keys(plain.properties).sort(), ['datetime', 'end_datetime', 'start_datetime']);
  const query = {
    collections: 'oi2',
    limit: 1,
    fields: 'id,+properties.gsd,title,-geometry,-links,assets,-assets.csv',
  };
  const [some] = (await search(query)).features;
  assert.equal(Object.keys(some.properties).sort(), ['datetime', 'end_datetime', 'gsd', 'start_datetime', 'title']);
  assert.not.ok('geometry' in some || 'links' in some || 'csv' in some.assets);
  const body = {
    collections: ['oi2'],
    limit: 1,
    fields: { include: ['id', 'properties.gsd', 'title'], exclude: ['geometry', 'links', 'assets.csv'] },
  };
  assert.equal((await post('/stac/search', body)).json.features[0], some);
  const [all] = (await search({ collections: 'oi2', limit: 1, fields: 'properties,-properties.gsd' })).features;
  assert.ok('sar:frequency_band' in all.properties && !('gsd' in all.properties));
  const [rest] = (await search({ collections: 'oi2', limit: 1, fields: '-assets,-properties.gsd' })).features;
  assert.ok(!('assets' in rest) && !('gsd' in rest.properties) && 'sar:frequency_band' in rest.properties);
  const absent = await search({ limit: 1, fields: 'properties.eo:cloud_cover,__proto__.x,constructor' });
  assert.is(absent.features.length, 1);
});

test('sort: by what has an order, else refused', async () => {
  const dates = (await search({ collections: 'oi2', sortby: 'properties.datetime', limit: 50 })).features.map(
    (item: Json) => item.properties.start_datetime ?? item.properties.datetime,
  );
  assert.equal(dates, [...dates].sort());
  const ids = idsOf(await search({ collections: 'oi2', sortby: '-id', limit: 1000 }));
  assert.equal(ids, [...ids].sort().reverse());
  for (const sortby of ['keywords', '-sar:frequency_band', '', 'nope', 'id;drop'])
    assert.is((await get(searchPath({ sortby }))).status, 400, sortby);
  assert.is((await post('/stac/search', { sortby: [{ field: 'id', direction: 'up' }] })).status, 400);
});

const FILTERS: readonly {
  readonly text: string;
  readonly json: Json;
  readonly holds: (properties: Json) => boolean;
}[] = [
  {
    text: "sat:orbit_state = 'ascending' AND sar:frequency_band = 'X'",
    json: {
      op: 'and',
      args: [
        { op: '=', args: [{ property: 'sat:orbit_state' }, 'ascending'] },
        { op: '=', args: [{ property: 'sar:frequency_band' }, 'X'] },
      ],
    },
    holds: (p) => p['sat:orbit_state'] === 'ascending' && p['sar:frequency_band'] === 'X',
  },
  {
    text: "constellation IN ('alos', 'envisat') AND NOT (gsd < 25)",
    json: {
      op: 'and',
      args: [
        { op: 'in', args: [{ property: 'constellation' }, ['alos', 'envisat']] },
        { op: 'not', args: [{ op: '<', args: [{ property: 'properties.gsd' }, 25] }] },
      ],
    },
    holds: (p) => ['alos', 'envisat'].includes(p.constellation) && p.gsd >= 25,
  },
  {
    text: "sat:absolute_orbit BETWEEN 1000 AND 20000 OR oi2:product <> 'INTERFEROGRAM'",
    json: {
      op: 'or',
      args: [
        { op: 'between', args: [{ property: 'sat:absolute_orbit' }, 1000, 20_000] },
        { op: '<>', args: [{ property: 'oi2:product' }, 'INTERFEROGRAM'] },
      ],
    },
    holds: (p) =>
      (p['sat:absolute_orbit'] >= 1000 && p['sat:absolute_orbit'] <= 20_000) || p['oi2:product'] === 'LAVAMAP',
  },
  {
    text: "T_INTERSECTS(datetime, INTERVAL('2010-01-01T00:00:00Z','2012-12-31T23:59:59Z')) AND processing:level = 'L2'",
    json: {
      op: 'and',
      args: [
        {
          op: 't_intersects',
          args: [{ property: 'datetime' }, { interval: ['2010-01-01T00:00:00Z', '2012-12-31T23:59:59Z'] }],
        },
        { op: '=', args: [{ property: 'processing:level' }, 'L2'] },
      ],
    },
    holds: (p) => p.start_datetime <= '2012-12-31T23:59:59Z' && p.end_datetime >= '2010-01-01T00:00:00Z',
  },
];

for (const { text, json, holds } of FILTERS) {
  test(`filter: ${text}`, async () => {
    const wanted = count(holds);
    assert.ok(wanted > 0 && wanted < oi2.length);
    assert.is(await total({ collections: 'oi2', filter: text }), wanted);
    assert.is(await total({ collections: 'oi2', filter: json, 'filter-lang': 'cql2-json' }), wanted);
    const posted = await post('/stac/search', { collections: ['oi2'], filter: json, limit: 1 });
    assert.is(posted.json.numberMatched, wanted, posted.text);
    const asText = { collections: ['oi2'], filter: text, 'filter-lang': 'cql2-text', limit: 1 };
    assert.is((await post('/stac/search', asText)).json.numberMatched, wanted);
    assert.is(
      (await get(searchPath({ filter: text, limit: 1 }, '/stac/collections/oi2/items'))).json.numberMatched,
      wanted,
    );
  });
}

test('filter by id and collection, as validators ask; properties that no item has are unknown', async () => {
  const [item] = oi2;
  assert.equal(idsOf(await search({ filter: `id='${item.id}' AND collection='oi2'` })), [item.id]);
  assert.equal(
    idsOf(await search({ filter: `id IN ('${item.id}', 'opgc:oi2:1')`, sortby: 'id' })),
    [item.id, 'oi2-1'].sort(),
  );
  const clouds = "collection = 'oi2' AND eo:cloud_cover <= 10 AND datetime >= TIMESTAMP('2021-04-08T04:39:23Z')";
  assert.is(await total({ filter: clouds }), 0);
  assert.is(await total({ filter: 'NOT eo:cloud_cover <= 10' }), 0);
  assert.is(await total({ filter: 'eo:cloud_cover IS NULL', collections: 'oi2' }), oi2.length);
  assert.is((await get(searchPath({ filter: "nosuch = 'x'" }))).status, 400);
  assert.is(
    (await get(searchPath({ filter: 'gsd > 1', 'filter-crs': 'http://www.opengis.net/def/crs/EPSG/0/2154' }))).status,
    400,
  );
});

test('every queryable of a collection can be asked for', async () => {
  const { properties } = (await get('/stac/collections/oi2/queryables')).json;
  assert.equal(properties['sat:orbit_state'].enum, ['ascending', 'descending']);
  for (const name of Object.keys(properties)) {
    const { status, text } = await get(
      searchPath({ filter: `"${name}" IS NULL`, limit: 1 }, '/stac/collections/oi2/items'),
    );
    assert.is(status, 200, `${name}: ${text}`);
  }
});

test('query: each operator, together', async () => {
  const cases: readonly (readonly [Json, (properties: Json) => boolean])[] = [
    [{ 'sat:orbit_state': { eq: 'descending' } }, (p) => p['sat:orbit_state'] === 'descending'],
    [{ 'sat:orbit_state': { neq: 'descending' } }, (p) => p['sat:orbit_state'] === 'ascending'],
    [{ gsd: { gt: 3, lte: 15 } }, (p) => p.gsd > 3 && p.gsd <= 15],
    [
      { gsd: { gte: 15, lt: 25 }, platform: { in: ['alos', 'sentinel-1'] } },
      (p) => p.gsd >= 15 && p.gsd < 25 && ['alos', 'sentinel-1'].includes(p.platform),
    ],
    [{ title: { startsWith: 'Interferogram ALOS' } }, (p) => p.title.startsWith('Interferogram ALOS')],
    [
      { title: { endsWith: 'Des.', contains: 'TerraSAR' } },
      (p) => p.title.endsWith('Des.') && p.title.includes('TerraSAR'),
    ],
  ];
  for (const [query, holds] of cases) {
    const wanted = count(holds);
    assert.ok(wanted > 0, JSON.stringify(query));
    assert.is(await total({ collections: 'oi2', query }), wanted, JSON.stringify(query));
    assert.is((await post('/stac/search', { collections: ['oi2'], query, limit: 1 })).json.numberMatched, wanted);
  }
  for (const query of [
    [],
    3,
    { gsd: 3 },
    { gsd: { like: 3 } },
    { gsd: { in: 3 } },
    { gsd: { eq: [1] } },
    { title: { contains: '' } },
  ])
    assert.is((await post('/stac/search', { query })).status, 400, JSON.stringify(query));
});

test('free text: alternatives and phrases', async () => {
  const lava = await total({ q: 'lava' });
  const radar = await total({ q: 'radar interferometry' });
  const either = await total({ q: 'lava,radar interferometry' });
  assert.ok(either >= Math.max(lava, radar) && either <= lava + radar);
  assert.is((await post('/stac/search', { q: ['lava', 'radar interferometry'], limit: 1 })).json.numberMatched, either);
  assert.is((await get('/stac/search?q=,')).status, 400);
});

test('aggregation: counts that agree with the items', async () => {
  const { aggregations } = (await get('/stac/aggregations')).json;
  const names = aggregations.map((each: Json) => each.name);
  const path = `/stac/aggregate?collections=oi2&aggregations=${names.join(',')}`;
  const { json } = await get(path);
  assert.is(json.type, 'AggregationCollection');
  const by = new Map<string, Json>(json.aggregations.map((each: Json) => [each.name, each]));
  assert.is(by.get('total_count').value, oi2.length);
  assert.equal(
    by.get('collection_frequency').buckets.map((bucket: Json) => [bucket.key, bucket.frequency]),
    [['oi2', oi2.length]],
  );
  for (const { key, frequency } of by.get('datetime_frequency').buckets)
    assert.is(
      count((p) => (p.start_datetime ?? p.datetime).startsWith(key.slice(0, 4))),
      frequency,
      key,
    );
  for (const { key, frequency } of by.get('processing_level_frequency').buckets)
    assert.is(
      count((p) => p['processing:level'] === key),
      frequency,
      key,
    );
  const begins = oi2.map(({ properties }) => properties.start_datetime ?? properties.datetime).sort();
  assert.is(by.get('datetime_min').value, begins[0]);
  const posted = await post('/stac/aggregate', { collections: ['oi2'], aggregations: names });
  assert.equal(posted.json.aggregations, json.aggregations);
  const inOne = await get(`/stac/collections/oi2/aggregate?aggregations=${names.join(',')}`);
  assert.equal(inOne.json.aggregations, json.aggregations);
  const filtered = await get(
    searchPath(
      { aggregations: 'total_count', collections: 'oi2', filter: "sar:frequency_band='C'" },
      '/stac/aggregate',
    ),
  );
  assert.is(
    filtered.json.aggregations[0].value,
    count((p) => p['sar:frequency_band'] === 'C'),
  );
  assert.equal((await get('/stac/aggregate')).json.aggregations, []);
  assert.is((await get('/stac/aggregate?aggregations=nope')).status, 400);
  assert.is((await get('/stac/aggregate?limit=3')).status, 400);
});

test.run();
