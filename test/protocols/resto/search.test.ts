// Searches of the resto facade: each parameter against the OpenSearch door, pages, the shape of the answer, faults.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { uuidOf } from '../../../src/formats/syntax/uuid.ts';
import { type DemoApp, demoApp } from '../../fixtures/demo-app.ts';
import { createClient, type Feature, local } from './client.ts';

let demo!: DemoApp;
let client!: ReturnType<typeof createClient>;
const searches = suite('searches of resto');
searches.before(async () => {
  demo = await demoApp();
  client = createClient(demo);
});

/** What resto is asked, what the other door is asked, and the collection. */
const SAME: readonly (readonly [string, string, string, string])[] = [
  ['OI2', '', 'oi2', ''],
  ['oi2', 'productType=LAVAMAP', 'oi2', 'product=LAVAMAP'],
  ['oi2', 'productType=lava%', 'oi2', 'product=LAVAMAP'],
  ['oi2', 'productType=LAVAMAP|INTERFEROGRAM', 'oi2', 'product={LAVAMAP,INTERFEROGRAM}'],
  ['OI2', 'platform=S1', 'oi2', 'sat=SENTINEL'],
  ['OI2', 'platform=ALOS', 'oi2', 'sat=ALOS'],
  ['OI2', 'platform=s1|rs2', 'oi2', 'sat={SENTINEL,RADARSAT2}'],
  ['OI2', 'instrument=ASAR', 'oi2', 'sat=ENVISAT'],
  ['OI2', 'instruments=ASAR,PALSAR', 'oi2', 'sat={ENVISAT,ALOS}'],
  ['OI2', 'orbitDirection=ascending', 'oi2', 'mode=Asc.'],
  ['OI2', 'orbitDirection=Descending', 'oi2', 'mode=Des.'],
  ['OI2', 'polarisation=VV', 'oi2', 'mas_pol=VV'],
  ['OI2', 'polarisation=VV HH', 'oi2', 'mas_pol={VV,HH}'],
  ['OI2', 'swath=S4', 'oi2', 'swath=S4'],
  ['OI2', 'relativeOrbitNumber=540', 'oi2', 'track=540'],
  ['OI2', 'orbitNumber=[2000,30000]', 'oi2', 'mas_orb=[2000,30000]'],
  ['OI2', 'absoluteOrbitNumber=[2000,30000[', 'oi2', 'mas_orb=[2000,30000['],
  ['OI2', 'ambiguityHeight=[0,500]', 'oi2', 'ah=[0,500]'],
  ['OI2', 'slavePolarisation=HV', 'oi2', 'sla_pol=HV'],
  ['OI2', 'sat=ALOS', 'oi2', 'sat=ALOS'],
  ['OI2', 'eruption=Sept-Oct_2018', 'oi2', 'eruption=Sept-Oct_2018'],
  ['OI2', 'organisationName=opgc&processingLevel=L2', 'oi2', ''],
  [
    'OI2',
    'startDate=2015-01-01&completionDate=2015-12-31T23:59:59Z',
    'oi2',
    'start=2015-01-01&end=2015-12-31T23:59:59Z',
  ],
  ['OI2', 'startDate=2015-01-01T00:00:00', 'oi2', 'start=2015-01-01'],
  ['OI2', 'box=55.6,-21.36,55.68,-21.2', 'oi2', 'box=55.6,-21.36,55.68,-21.2'],
  [
    'OI2',
    'geometry=POLYGON ((55.6 -21.36, 55.6 -21.2, 55.68 -21.2, 55.68 -21.36, 55.6 -21.36))',
    'oi2',
    'geometry=POLYGON((55.6 -21.36,55.68 -21.36,55.68 -21.2,55.6 -21.2,55.6 -21.36))',
  ],
  ['dynvolc', 'lon=55.7&lat=-21.25&radius=3000', 'dynvolc', 'lon=55.7&lat=-21.25&radius=3000'],
  ['dynvolc', 'lon=55.7&lat=-21.25', 'dynvolc', 'lon=55.7&lat=-21.25'],
  ['hotvolc', 'name=Etna', 'hotvolc', 'name=Etna'],
  ['hotvolc', 'productType=IMASH', 'hotvolc', 'type=IMASH'],
  ['dynvolc', 'q=lava', 'dynvolc', 'q=lava'],
  ['dynvolc', 'updated=2018-01-01', 'dynvolc', 'updated=[2018-01-01'],
  ['copdd', 'processingLevel=validated', 'copdd', 'processingLevel=validated'],
  ['copdd', 'parentIdentifier=opgc:copdd', 'copdd', ''],
  ['biocap', 'microbiology=true', 'biocap', 'microbiology=true'],
  [
    'dynvolc',
    'density=[1,2]&eruptive_style=stombolian%',
    'dynvolc',
    'density=[1,2]&eruptive_style=stombolian_activity',
  ],
  ['dynvolc', 'productType=&box=&startDate=&q=', 'dynvolc', ''],
];

for (const [collection, query, service, same] of SAME) {
  searches(`${collection} ${query || '(everything)'}`, async () => {
    const found = await client.search(collection, `${encodeURI(query)}&maxRecords=1`);
    const wanted = await client.counted(service, encodeURI(same));
    assert.ok(wanted > 0, 'the other door finds some');
    assert.is(found.properties.totalResults, wanted);
    if (same !== '') assert.ok(wanted < (await client.counted(service)), 'fewer than all');
  });
}

searches('all collections together, and what only one of them has', async () => {
  assert.is((await client.search(null, 'maxRecords=1')).properties.totalResults, await client.counted(null));
  const box = 'box=55.6,-21.4,55.9,-21.1';
  assert.is(
    (await client.search(null, `${box}&maxRecords=1`)).properties.totalResults,
    await client.counted(null, box),
  );
  const radar = await client.search(null, 'platform=S1&maxRecords=500');
  assert.is(radar.properties.totalResults, await client.counted('oi2', 'sat=SENTINEL'));
  const both = await client.search(null, 'productType=LAVAMAP|IMASH&maxRecords=1');
  const apart = (await client.counted('oi2', 'product=LAVAMAP')) + (await client.counted('hotvolc', 'type=IMASH'));
  assert.is(both.properties.totalResults, apart);
  const parents = await client.search(null, 'parentIdentifier=OI2|opgc:dynvolc&maxRecords=1');
  assert.is(parents.properties.totalResults, (await client.counted('oi2')) + (await client.counted('dynvolc')));
});

searches('what no record has finds nothing; keys that nobody knows are dropped, and the answer says so', async () => {
  for (const query of [
    'cloudCover=[0,20]',
    'sensorMode=IW',
    'parentIdentifier=opgc:none',
    'name=Nowhere',
    'identifier=00000000-0000-5000-8000-000000000000',
  ]) {
    const none = await client.search('OI2', query);
    assert.equal([none.properties.totalResults, none.features], [0, []], query);
  }
  const { properties } = await client.search('OI2', 'sat=ALOS&tileid=31TFJ&swath=&maxRecords=1');
  assert.equal(properties.query.originalFilters, { sat: 'ALOS', tileid: '31TFJ', maxRecords: '1', collection: 'OI2' });
  assert.equal(properties.query.appliedFilters, { sat: 'ALOS', maxRecords: '1', collection: 'OI2' });
  assert.is(properties.totalResults, await client.counted('oi2', 'sat=ALOS'));
});

const link = (answer: { properties: { links: readonly { rel: string; href: string }[] } }, rel: string) =>
  answer.properties.links.find((one) => one.rel === rel)?.href;

searches('pages: next to the end, back from there, every record once', async () => {
  const total = await client.counted('oi2');
  const seen = new Map<string, number>();
  let address: string | undefined = '/resto/api/collections/OI2/search.json?maxRecords=100';
  let pages = 0;
  let last = '';
  for (; address !== undefined; pages += 1) {
    const answer = (await client.get(address)).body;
    assert.is(answer.properties.startIndex, pages * 100 + 1);
    assert.is(answer.properties.itemsPerPage, answer.features.length);
    assert.ok(link(answer, 'self') && link(answer, 'search'));
    assert.is(link(answer, 'previous') === undefined, pages === 0);
    for (const { id } of answer.features as Feature[]) seen.set(id, (seen.get(id) ?? 0) + 1);
    last = link(answer, 'last') ?? last;
    address = link(answer, 'next');
  }
  assert.is(seen.size, total);
  assert.ok([...seen.values()].every((times) => times === 1));
  assert.is(pages, Math.ceil(total / 100));
  assert.match(last, new RegExp(`page=${pages}$`));
  // By number alone, as EODAG does: the same records, and page wins over index.
  const second = await client.search('OI2', 'maxRecords=100&page=2&index=7');
  assert.is(second.properties.startIndex, 101);
  const same = await client.search('OI2', 'maxRecords=100&index=101');
  assert.equal(
    same.features.map(({ id }) => id),
    second.features.map(({ id }) => id),
  );
  const beyond = await client.search('OI2', 'maxRecords=100&page=99');
  assert.equal([beyond.features.length, beyond.properties.totalResults], [0, total]);
  assert.is(link(beyond, 'next'), undefined);
});

searches('order: newest begin first, or as asked', async () => {
  const begins = async (query: string) =>
    (await client.search('OI2', `maxRecords=50&${query}`)).features.map(({ properties }) =>
      String(properties.startDate).slice(0, 10),
    );
  const newest = await begins('');
  assert.equal(newest, [...newest].sort().reverse());
  const oldest = await begins('sortParam=startDate&sortOrder=asc');
  assert.equal(oldest, [...oldest].sort());
  assert.equal(await begins('sortOrder=ascending'), oldest);
  assert.not.equal(await begins('sortParam=updated'), newest);
});

searches(
  'a record is found by its product identifier, what is left of it before a dot, its UUID, and their beginnings',
  async () => {
    const [feature] = (await client.search('OI2', 'sat=ALOS&maxRecords=1')).features as [Feature];
    const { productIdentifier } = feature.properties;
    const finds = async (collection: string | null, query: string) => {
      const { features } = await client.search(collection, `maxRecords=500&${query}`);
      assert.ok(
        features.some(({ id }) => id === feature.id),
        query,
      );
      return features.length;
    };
    const encoded = encodeURIComponent(productIdentifier);
    assert.ok((await finds('OI2', `productIdentifier=${encoded}`)) < 5);
    assert.ok((await finds(null, `productIdentifier=${encoded}`)) < 5);
    assert.ok(
      (await finds('OI2', `productIdentifier=${encodeURIComponent(productIdentifier.split('.')[0] ?? '')}`)) < 5,
    );
    await finds('OI2', `productIdentifier=${encodeURIComponent(`${productIdentifier.slice(0, 20)}%`)}`);
    assert.is(await finds('OI2', `identifier=${feature.id}`), 1);
    assert.is(await finds(null, `identifier=${feature.id.toUpperCase()}`), 1);
    const [sample] = (await client.search('dynvolc', 'maxRecords=1')).features as [Feature];
    assert.is(sample.id, uuidOf(sample.properties.productIdentifier));
    const identifier = sample.properties.productIdentifier;
    assert.ok(!identifier.includes('.'));
    assert.equal(
      (await client.search('dynvolc', `productIdentifier=${identifier}`)).features.map(({ id }) => id),
      [sample.id],
    );
    assert.equal((await client.search('OI2', `productIdentifier=${identifier}`)).features, []);
    const several = await client.search(null, `productIdentifier=${identifier}|opgc:oi2:3&maxRecords=9`);
    assert.is(several.properties.totalResults, 2);
    assert.ok((await client.search('dynvolc', `identifier=${identifier.slice(0, -1)}%25`)).properties.totalResults > 1);
  },
);

searches(
  'every wrong parameter is told, with ErrorMessage and ErrorCode, and as a problem where that is asked for',
  async () => {
    const query =
      'maxRecords=501&page=0&startDate=2023-11-31&box=1,2,3&lat=99&orbitNumber=abc&sortParam=x&sortOrder=up&identifier=a%25&lang=EN';
    for (const [accept, type] of [
      ['application/json', 'application/json'],
      ['application/problem+json', 'application/problem+json'],
    ] as const) {
      const answer = await client.get(`/resto/api/collections/OI2/search.json?${query}`).set('Accept', accept);
      assert.is(answer.status, 400);
      assert.is(answer.headers['content-type'], `${type}; charset=utf-8`);
      const body = JSON.parse(answer.text);
      assert.is(body.ErrorCode, 400);
      assert.match(body.ErrorMessage, /startDate/);
      assert.is(body.status, 400);
      const told = body.errors.map(({ parameter }: { parameter: string }) => parameter).sort();
      assert.equal(told, [
        'box',
        'identifier',
        'lang',
        'lat',
        'maxRecords',
        'orbitNumber',
        'page',
        'sortOrder',
        'sortParam',
        'startDate',
      ]);
    }
    const together = await client.get(
      '/resto/api/collections/search.json?lat=45&startDate=2020-01-02&completionDate=2020-01-01',
    );
    assert.equal(together.body.errors.map(({ parameter }: { parameter: string }) => parameter).sort(), [
      'lon',
      'startDate',
    ]);
    const deep = await client.get('/resto/api/collections/search.json?maxRecords=500&page=1000000');
    assert.equal([deep.status, deep.body.errors[0].parameter], [400, 'page']);
    for (const path of [
      '/resto/api/collections/nothing/search.json',
      '/resto/collections/nothing',
      '/resto/collections/OI2/nothing',
    ]) {
      const answer = await client.get(path);
      assert.equal([answer.status, answer.body.ErrorCode, typeof answer.body.ErrorMessage], [404, 404, 'string']);
    }
    const french = await client.get('/resto/api/collections/OI2/search.json?page=0').set('Accept-Language', 'fr');
    assert.match(french.body.ErrorMessage, /Paramètre/);
  },
);

searches('Atom has the same records, the same total and links', async () => {
  const { features, properties } = await client.search('OI2', 'sat=ALOS&maxRecords=5&page=2');
  const answer = await client.get('/resto/api/collections/OI2/search.atom?sat=ALOS&maxRecords=5&page=2');
  assert.is(answer.headers['content-type'], 'application/atom+xml; charset=utf-8');
  const text = answer.text;
  assert.match(
    text,
    new RegExp(`<os:totalResults>${properties.totalResults}</os:totalResults><os:startIndex>6</os:startIndex>`),
  );
  const identifiers = [...text.matchAll(/<dc:identifier>([^<]*)<\/dc:identifier>/g)].map(([, id = '']) => uuidOf(id));
  assert.equal(
    identifiers,
    features.map(({ id }) => id),
  );
  for (const rel of ['self', 'search', 'first', 'previous', 'next', 'last'])
    assert.match(text, new RegExp(`<link rel="${rel}" `), rel);
  assert.match(text, /<os:Query role="request"[^>]* resto:sat="ALOS"/);
  assert.match(text, /<os:Query role="request"[^>]* startPage="2"/);
});

searches('the answer is indented on demand, and 304 where nothing has changed', async () => {
  const pretty = await client.get('/resto/api/collections/OI2/search.json?maxRecords=1&_pretty=1');
  assert.match(pretty.text, /^\{\n {2}"type"/);
  const first = await client.get('/resto/api/collections/OI2/search.json?maxRecords=1');
  const again = await client
    .get('/resto/api/collections/OI2/search.json?maxRecords=1')
    .set('If-None-Match', first.headers.etag ?? '');
  assert.is(again.status, 304);
});

searches('a record is there once it is written and gone once it is withdrawn', async () => {
  const window = 'startDate=1991-05-01&completionDate=1991-05-02';
  assert.is((await client.search('OI2', window)).properties.totalResults, 0);
  const row = {
    service: 'oi2',
    id: 88_883,
    name: 'Written for a test',
    authorization_: 0,
    date_b: '1991-05-01',
    date_e: '1991-05-01',
  };
  await demo.writer.write([{ ...row, fields: { sat: 'TSX', mode: 'Des.', mas_orb: 17 } }]);
  try {
    const [feature] = (await client.search('OI2', `${window}&platform=TSX&orbitDirection=descending&orbitNumber=17`))
      .features as [Feature];
    assert.is(feature.properties.productIdentifier, 'Written for a test');
    assert.is(feature.geometry?.type, 'Polygon', 'the footprint of the collection');
    assert.is((await client.get(`/resto/collections/oi2/${feature.id}`)).status, 200);
    assert.is((await client.get(local(feature.properties.services.download.url))).status, 200);
  } finally {
    await demo.writer.withdraw([{ service: 'oi2', id: 88_883 }]);
  }
  assert.is((await client.search('OI2', window)).properties.totalResults, 0);
  assert.is((await client.get(`/resto/collections/oi2/${uuidOf('opgc:oi2:88883')}`)).status, 404);
});

searches.run();
