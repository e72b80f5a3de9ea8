// Filters and queryables over HTTP: the conformance classes of CQL2, the same condition asked in every way, and what a record shows found again.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { document, type Feature, type FeatureCollection, get, ids, items, json, walk } from './client.ts';

const test = suite('OGC API Records: filters');

interface SchemaDocument {
  readonly $schema: string;
  readonly $id: string;
  readonly type: string;
  readonly properties: {
    readonly [name: string]: { readonly type?: string; readonly format?: string; readonly title: string };
  };
}

const encode = encodeURIComponent;
const byText = (filter: string, collection = 'records'): Promise<FeatureCollection> =>
  items(`limit=1000&filter=${encode(filter)}`, collection);
const byJson = (filter: object, collection = 'records'): Promise<FeatureCollection> =>
  items(`limit=1000&filter-lang=cql2-json&filter=${encode(JSON.stringify(filter))}`, collection);
const property = (name: string) => ({ property: name });

/** One filter of each class in both notations, and what it must find among all records. */
type Holds = (feature: Feature) => boolean;
const text = (feature: Feature, name: string): string => String(feature.properties[name] ?? '');
const number = (feature: Feature, name: string): number => Number(feature.properties[name] ?? Number.NaN);
const folded = (value: string): string => value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const keywords = (feature: Feature): readonly string[] => (feature.properties.keywords ?? []) as string[];
const CLASSES: readonly (readonly [name: string, text: string, json: object, holds: Holds])[] = [
  [
    'basic-cql2',
    "NOT (service = 'dynvolc' OR elevation <= 1000) AND productLevel IS NOT NULL",
    {
      op: 'and',
      args: [
        {
          op: 'not',
          args: [
            {
              op: 'or',
              args: [
                { op: '=', args: [property('service'), 'dynvolc'] },
                { op: '<=', args: [property('elevation'), 1000] },
              ],
            },
          ],
        },
        { op: 'not', args: [{ op: 'isNull', args: [property('productLevel')] }] },
      ],
    },
    (f) => text(f, 'service') !== 'dynvolc' && number(f, 'elevation') > 1000 && f.properties.productLevel !== undefined,
  ],
  [
    'advanced-comparison-operators',
    "title LIKE '%lava%' OR elevation BETWEEN 100 AND 200 OR service IN ('oi2', 'renag')",
    {
      op: 'or',
      args: [
        { op: 'like', args: [property('title'), '%lava%'] },
        { op: 'between', args: [property('elevation'), 100, 200] },
        { op: 'in', args: [property('service'), ['oi2', 'renag']] },
      ],
    },
    (f) =>
      text(f, 'title').includes('lava') ||
      (number(f, 'elevation') >= 100 && number(f, 'elevation') <= 200) ||
      ['oi2', 'renag'].includes(text(f, 'service')),
  ],
  [
    'case-insensitive-comparison',
    "CASEI(title) LIKE CASEI('%ETNA%')",
    {
      op: 'like',
      args: [
        { op: 'casei', args: [property('title')] },
        { op: 'casei', args: ['%ETNA%'] },
      ],
    },
    (f) => text(f, 'title').toLowerCase().includes('etna'),
  ],
  [
    'accent-insensitive-comparison',
    "ACCENTI(CASEI(description)) LIKE ACCENTI(CASEI('%ÉTNA%'))",
    {
      op: 'like',
      args: [
        { op: 'accenti', args: [{ op: 'casei', args: [property('description')] }] },
        { op: 'accenti', args: [{ op: 'casei', args: ['%ÉTNA%'] }] },
      ],
    },
    (f) => folded(text(f, 'description')).includes('etna'),
  ],
  [
    'property-property',
    'elevation < number',
    { op: '<', args: [property('elevation'), property('number')] },
    (f) => number(f, 'elevation') < number(f, 'number'),
  ],
  [
    'arithmetic',
    'elevation * 2 > 1000 + 500',
    {
      op: '>',
      args: [
        { op: '*', args: [property('elevation'), 2] },
        { op: '+', args: [1000, 500] },
      ],
    },
    (f) => number(f, 'elevation') * 2 > 1500,
  ],
  [
    'array-functions',
    "A_OVERLAPS(keywords, ('lava', 'aerosol'))",
    { op: 'a_overlaps', args: [property('keywords'), ['lava', 'aerosol']] },
    (f) => keywords(f).some((keyword) => keyword === 'lava' || keyword === 'aerosol'),
  ],
];

let memo: Promise<readonly Feature[]> | undefined;
/** All records in English, read once. */
function everything(): Promise<readonly Feature[]> {
  memo ??= walk('limit=1000&lang=en');
  return memo;
}

for (const [name, cql, tree, holds] of CLASSES) {
  test(`CQL2 ${name}: text and JSON find what holds, and no other`, async () => {
    const wanted = (await everything()).filter(holds).map(({ id }) => id);
    assert.ok(wanted.length > 0, `${name} finds nothing`);
    assert.equal([...ids(await byText(cql))].sort(), [...wanted].sort());
    assert.equal(ids(await byJson(tree)), ids(await byText(cql)));
  });
}

test('CQL2 basic-spatial-functions: the same as bbox, with the literals of the class and the wider ones', async () => {
  const box = [2, 45, 4, 46];
  const [w, s, e, n] = box;
  const wanted = ids(await items(`limit=1000&bbox=${box.join(',')}`));
  assert.ok(wanted.length > 10);
  assert.equal(ids(await byText(`S_INTERSECTS(geometry, BBOX(${box.join(',')}))`)), wanted);
  assert.equal(
    ids(await byText(`S_INTERSECTS(geometry, POLYGON((${w} ${s},${e} ${s},${e} ${n},${w} ${n},${w} ${s})))`)),
    wanted,
  );
  assert.equal(ids(await byJson({ op: 's_intersects', args: [property('geometry'), { bbox: box }] })), wanted);
  const apart = await byText(`S_DISJOINT(geometry, BBOX(${box.join(',')}))`);
  assert.equal(
    ids(apart).filter((id) => wanted.includes(id)),
    [],
  );
  const within = await byText(`S_WITHIN(geometry, BBOX(${box.join(',')})) AND type = 'dataset'`);
  assert.ok(within.numberMatched > 0 && ids(within).every((id) => wanted.includes(id)));
});

test('CQL2 temporal-functions: the same as datetime', async () => {
  const wanted = ids(await items('limit=1000&datetime=2015-01-01/2015-12-31'));
  assert.ok(wanted.length > 5);
  assert.equal(ids(await byText("T_INTERSECTS(time, INTERVAL('2015-01-01', '2015-12-31'))")), wanted);
  assert.equal(
    ids(await byJson({ op: 't_intersects', args: [property('time'), { interval: ['2015-01-01', '2015-12-31'] }] })),
    wanted,
  );
  for (const operator of [
    'AFTER',
    'BEFORE',
    'DURING',
    'DISJOINT',
    'EQUALS',
    'CONTAINS',
    'STARTS',
    'FINISHES',
    'MEETS',
    'OVERLAPS',
  ]) {
    const page = await byText(`T_${operator}(time, INTERVAL('2015-01-01', '2015-12-31'))`);
    assert.ok(page.numberMatched >= 0, operator);
  }
});

test('filter and parameters hold together', async () => {
  const both = await items(`limit=1000&q=lava&bbox=-180,-90,180,90&filter=${encode('elevation > 1000')}`);
  const words = ids(await items('limit=1000&q=lava&bbox=-180,-90,180,90'));
  const high = ids(await byText('elevation > 1000'));
  assert.ok(both.numberMatched > 0);
  assert.equal(
    ids(both),
    words.filter((id) => high.includes(id)),
  );
});

test('queryables and sortables: the address, the dialect, types, and every one of them answers', async () => {
  for (const collection of ['records', 'dynvolc', 'oi2']) {
    for (const kind of ['queryables', 'sortables']) {
      const path = `/collections/${collection}/${kind}`;
      const schema = await document<SchemaDocument>(path);
      assert.is(schema.$schema, 'https://json-schema.org/draft/2019-09/schema');
      assert.is(schema.$id, `https://data.example.org/vobs${path}`);
      assert.is(schema.type, 'object');
      assert.is((await get(path)).headers['content-type'], 'application/schema+json');
      const names = Object.keys(schema.properties);
      for (const [name, { type, format, title }] of Object.entries(schema.properties)) {
        assert.ok(title, name);
        assert.ok(format === 'geometry-any' ? type === undefined : type !== undefined, name);
      }
      for (let at = 0; at < names.length; at += 20) {
        const some = names.slice(at, at + 20);
        const filter = some.map((name) => `"${name}" IS NULL`).join(' OR ');
        const asked = kind === 'queryables' ? `filter=${encode(filter)}` : `sortby=-${some.join(',')}`;
        assert.is(
          (await get(`/collections/${collection}/items?limit=1&${asked}`)).status,
          200,
          `${collection} ${filter}`,
        );
      }
    }
  }
  const { properties } = await document<SchemaDocument>('/collections/records/queryables');
  for (const name of ['id', 'type', 'title', 'description', 'updated', 'language', 'keywords', 'geometry', 'time']) {
    assert.ok(name in properties, name);
  }
});

/** Parameters besides the queryables: those names are no conditions of equality. */
const OTHERS = new Set(['type', 'created']);

test('what a record shows finds it again: each property by its parameter and by a filter', async () => {
  let asked = 0;
  for (const collection of ['dynvolc', 'oi2', 'voldorad', 'copdd']) {
    const { properties } = await document<SchemaDocument>(`/collections/${collection}/queryables`);
    const [feature] = (await items('limit=1&lang=en', collection)).features;
    for (const [name, shown] of Object.entries(feature?.properties ?? {})) {
      if (!(name in properties) || OTHERS.has(name)) continue;
      const value = Array.isArray(shown) ? shown[0] : shown;
      if (typeof value === 'object') continue;
      const literal = typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
      const timed = properties[name]?.format === 'date-time';
      const filter = `"${name}" = ${timed ? `${String(value).length === 10 ? 'DATE' : 'TIMESTAMP'}(${literal})` : literal}`;
      const parameter = `${encode(name)}=${encode(String(value))}`;
      const self = await items(`limit=1&ids=${feature?.id ?? ''}&${parameter}`, collection);
      assert.is(self.numberMatched, 1, `${collection}: ${name}=${String(value)}`);
      const [byParameter, byFilter] = [
        await items(`limit=1&${parameter}`, collection),
        await items(`limit=1&filter=${encode(filter)}`, collection),
      ];
      assert.equal([byFilter.numberMatched, ids(byFilter)], [byParameter.numberMatched, ids(byParameter)], filter);
      asked += 1;
    }
  }
  assert.ok(asked > 60, `${asked} properties`);
});

test('a filter that is wrong is told where, in its own parameter', async () => {
  const wrong = [
    '',
    '(',
    "title = 'x",
    'nosuch = 1',
    'title LIKE 3',
    'elevation > ',
    'S_INTERSECTS(geometry, POINT(1))',
    "time = DATE('2015-02-30')",
    '1 = ',
    'title = "x" title',
  ];
  for (const filter of wrong) {
    const answer = await get(`/collections/records/items?filter=${encode(filter)}`);
    assert.is(answer.status, 400, filter);
    assert.is(json<{ errors: { parameter: string }[] }>(answer).errors[0]?.parameter, 'filter', filter);
  }
  for (const query of [
    'filter-lang=cql2-json&filter=%7B',
    'filter-lang=cql&filter=true',
    'filter-crs=EPSG:4326&filter=true',
    'filter-lang=cql2-json&filter=true%20AND%20false',
    'number=x',
    'elevation=high',
    'hasSecurityConstraints=2',
    'updated=yesterday',
  ]) {
    assert.is((await get(`/collections/records/items?${query}`)).status, 400, query);
  }
});

test.run();
