// One record, its data, the collections and the description documents of the resto facade.
import { createHash } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { featureFaults } from '../../../conformance/kit/rfc7946.ts';
import { uuidOf } from '../../../src/formats/syntax/uuid.ts';
import { DEMO_BASE, type DemoApp, demoApp } from '../../fixtures/demo-app.ts';
import { as } from '../../fixtures/viewers.ts';
import { createClient, type Feature, local } from './client.ts';

let demo!: DemoApp;
let client!: ReturnType<typeof createClient>;
const records = suite('records of resto');
records.before(async () => {
  demo = await demoApp();
  client = createClient(demo);
});

records('OI2 as PEPS has it: every property comes from its row', async () => {
  const [feature] = (await client.search('OI2', 'productType=INTERFEROGRAM&platform=S1&maxRecords=1')).features as [
    Feature,
  ];
  const { properties, id } = feature;
  const { links, services } = (await client.get(`/resto/collections/OI2/${id}`)).body.properties;
  const number = /opgc:oi2:(\d+)/.exec(decodeURIComponent(JSON.stringify(links)))?.[1];
  const old = `/rest2/req.php/oi2/data/id/${number}/json`;
  const [row] = (await client.get(old).set(as('internal'))).body as [{ [name: string]: unknown }];
  const { url, size, checksum, mimeType } = services.download;
  const file = await client.get(url).set(as('internal')).responseType('blob');
  assert.is(file.headers['content-type'], mimeType);
  assert.is(file.body.length, size);
  assert.is(`sha256=${createHash('sha256').update(file.body).digest('hex')}`, checksum);
  assert.match(mimeType, /^image\/tiff/);
  const part = await client.get(url).set(as('internal')).set('Range', 'bytes=0-3').responseType('blob');
  assert.is(part.status, 206);
  assert.equal([...part.body], [0x49, 0x49, 0x2a, 0]);
  assert.equal(
    {
      collection: 'OI2',
      productType: row.product,
      processingLevel: 'L2',
      platform: 'S1',
      instrument: 'SAR',
      swath: row.swath,
      polarisation: row.mas_pol,
      orbitDirection: row.mode === 'Asc.' ? 'ascending' : 'descending',
      orbitNumber: row.mas_orb,
      absoluteOrbitNumber: row.mas_orb,
      relativeOrbitNumber: row.track,
      startDate: row.master_date,
      completionDate: row.slave_date,
      organisationName: 'OPGC',
      slaveOrbitNumber: row.sla_orb,
      slavePolarisation: row.sla_pol,
      ambiguityHeight: row.ah,
      beam: row.beam,
      sensorMode: null,
      cloudCover: null,
      parentIdentifier: 'opgc:oi2',
      productIdentifier: properties.title,
    },
    Object.fromEntries(
      'collection productType processingLevel platform instrument swath polarisation orbitDirection orbitNumber absoluteOrbitNumber relativeOrbitNumber startDate completionDate organisationName slaveOrbitNumber slavePolarisation ambiguityHeight beam sensorMode cloudCover parentIdentifier productIdentifier'
        .split(' ')
        .map((name) => [name, properties[name]]),
    ),
  );
  assert.is((properties.license as { licenseId: string }).licenseId, 'CC-BY-NC-4.0');
  assert.equal(properties.storage, { mode: 'disk' });
  assert.is(feature.geometry?.type, 'Polygon');
  assert.ok(
    Array.isArray(properties.keywords) && (properties.keywords as { name: string }[]).every(({ name }) => name !== ''),
  );
});

records('all collections: features are valid GeoJSON with what clients read, their links lead somewhere', async () => {
  for (const { name } of demo.mappings.services) {
    const { features } = await client.search(name, 'maxRecords=3');
    assert.ok(features.length > 0, name);
    for (const feature of features) {
      assert.equal(featureFaults(feature as never), [], name);
      const { properties } = feature;
      for (const key of ['title', 'productIdentifier', 'organisationName'])
        assert.type(properties[key], 'string', `${name} ${key}`);
      assert.ok('startDate' in properties && 'completionDate' in properties);
      assert.ok(properties.services.download.url.startsWith(`${DEMO_BASE}/resto/collections/`));
      for (const { href } of properties.links as { href: string }[])
        assert.is((await client.get(href)).status, 200, href);
    }
  }
});

records('a record by UUID, number and identifier, the collection in any case, with and without suffix', async () => {
  const uuid = uuidOf('opgc:oi2:5');
  const first = (await client.get(`/resto/collections/OI2/${uuid}.json`)).body as Feature;
  assert.is(first.id, uuid);
  for (const path of [
    `OI2/${uuid}`,
    `oi2/${uuid.toUpperCase()}`,
    'Oi2/5',
    'oi2/5.json',
    'OI2/opgc:oi2:5',
    'oi2/opgc%3Aoi2%3A5.json',
  ]) {
    const answer = await client.get(`/resto/collections/${path}`);
    assert.is(answer.status, 200, path);
    assert.is(answer.body.id, uuid, path);
  }
  const atom = await client.get(`/resto/collections/oi2/${uuid}.atom`);
  assert.is(atom.headers['content-type'], 'application/atom+xml; charset=utf-8');
  assert.match(atom.text, /<dc:identifier>opgc:oi2:5<\/dc:identifier>/);
  assert.match(
    (await client.get(`/resto/collections/oi2/${uuid}`).set('Accept', 'application/atom+xml')).text,
    /<entry/,
  );
  for (const path of [
    `dynvolc/${uuid}`,
    'oi2/0',
    'oi2/999999',
    'oi2/99999999999',
    'oi2/opgc:oi2',
    'dynvolc/opgc:oi2:5',
    `oi2/${uuidOf('opgc:oi2')}`,
  ]) {
    assert.is((await client.get(`/resto/collections/${path}`)).status, 404, path);
  }
});

async function oneOf(authorization: string): Promise<{ readonly service: string; readonly feature: Feature }> {
  for (const { name } of demo.mappings.services) {
    const listed = await client
      .get(`/opensearch/${name}/search.json?count=1&access=${authorization}&q=`)
      .set(as('internal'));
    const identifier = listed.body.features?.[0]?.id as string | undefined;
    if (identifier === undefined) continue;
    const answer = await client.get(`/resto/collections/${name}/${uuidOf(identifier)}`).set(as('internal'));
    if (answer.status === 200) return { service: name, feature: answer.body as Feature };
  }
  throw new Error(`no record of access ${authorization}`);
}

records('download: size, checksum, name, and the bytes of the old address', async () => {
  const { feature, service } = await oneOf('open');
  const { url, size, checksum, mimeType } = feature.properties.services.download;
  for (const address of [url, `${url}/`, `${url}/?issuerId=peps`]) {
    const answer = await client.get(address).buffer(true);
    assert.is(answer.status, 200);
    assert.is(answer.headers['content-type'], mimeType);
    assert.is(answer.headers['content-length'], String(size));
    assert.is(answer.headers['accept-ranges'], 'bytes');
    assert.match(answer.headers['content-disposition'] ?? '', /^attachment; filename="[a-z0-9]+-\d+\.json"$/);
    assert.is(`md5=${createHash('md5').update(answer.text).digest('hex')}`, checksum);
    assert.is(feature.properties.resourceSize, size);
    const [row] = answer.body as [{ id: number }];
    assert.is((await client.get(`/rest2/req.php/${service}/data/id/${row.id}`)).text, answer.text);
  }
  const head = await client.get(url).set('Accept-Encoding', 'br');
  assert.is(head.headers['content-encoding'], undefined);
});

records('download: parts', async () => {
  const { feature } = await oneOf('open');
  const { url, size } = feature.properties.services.download;
  const whole = (await client.get(url).buffer(true)).text;
  const part = async (range: string, more: Record<string, string> = {}) => {
    const answer = await client
      .get(url)
      .set('Range', range)
      .set(more)
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => done(null, text));
      });
    return [answer.status, answer.headers['content-range'], answer.body] as const;
  };
  assert.equal(await part('bytes=2-5'), [206, `bytes 2-5/${size}`, whole.slice(2, 6)]);
  assert.equal(await part('bytes=5-'), [206, `bytes 5-${size - 1}/${size}`, whole.slice(5)]);
  assert.equal(await part('bytes=-4'), [206, `bytes ${size - 4}-${size - 1}/${size}`, whole.slice(-4)]);
  assert.equal(await part('bytes=0-99999'), [206, `bytes 0-${size - 1}/${size}`, whole]);
  const [status, , several] = await part('bytes=0-1,4-5');
  assert.is(status, 206);
  for (const [first, last] of [
    [0, 1],
    [4, 5],
  ] as const) {
    assert.ok(
      several.includes(`Content-Range: bytes ${first}-${last}/${size}\r\n\r\n${whole.slice(first, last + 1)}\r\n--`),
    );
  }
  const [none, length] = await part(`bytes=${size}-`);
  assert.equal([none, length], [416, `bytes */${size}`]);
  assert.equal(await part('bytes=9-2'), [200, undefined, whole]);
  assert.equal(await part('lines=1-2'), [200, undefined, whole]);
  const etag = (await client.get(url)).headers.etag ?? '';
  assert.is((await part('bytes=2-5', { 'If-Range': etag }))[0], 206);
  assert.is((await part('bytes=2-5', { 'If-Range': '"other"' }))[0], 200);
});

records('download: who may', async () => {
  const download = async (path: string, account?: string) => {
    const asked = client.get(path).redirects(0);
    return account === undefined ? asked : asked.set(as(account));
  };
  const registered = (await oneOf('registered')).feature.properties.services.download.url;
  const refused = await download(registered);
  assert.equal([refused.status, refused.body.ErrorCode, typeof refused.body.ErrorMessage], [401, 401, 'string']);
  assert.match(refused.headers['www-authenticate'] ?? '', /^Basic realm=/);
  assert.is((await download(registered, 'somebody')).status, 200);
  const partner = (await oneOf('partner')).feature.properties.services.download.url;
  assert.is((await download(partner)).status, 401);
  const forbidden = await download(partner, 'somebody');
  assert.equal([forbidden.status, forbidden.body.ErrorCode, typeof forbidden.body.ErrorMessage], [403, 403, 'string']);
  assert.is((await download(partner, 'internal')).status, 200);
  const hidden = (await oneOf('internal')).feature;
  const address = local(hidden.properties.services.download.url);
  const absent = await download(address);
  const nothing = await download(address.replace(/[^/]+\/download$/, `${uuidOf('nothing')}/download`));
  assert.equal([absent.status, { ...absent.body, requestId: '' }], [404, { ...nothing.body, requestId: '' }]);
  assert.is((await download(address, 'somebody')).status, 404);
  assert.is((await download(address, 'internal')).status, 200);
});

records('download: a file that is stored with the record is led to', async () => {
  const { features } = await client.search('copdd', 'maxRecords=500&startDate=2010-01-01&completionDate=2017-12-31');
  const [feature] = features.filter(
    ({ properties }) => properties.services.download.mimeType === 'application/netcdf',
  ) as [Feature];
  assert.is(feature.properties.services.download.size, 48_212);
  const answer = await client.get(feature.properties.services.download.url).set(as('internal')).redirects(0);
  assert.equal([answer.status, answer.headers.location], [302, 'https://archive.example.org/copdd/complete.nc']);
});

records('the collections and their numbers, in each form of the address', async () => {
  const { body } = await client.get('/resto/collections.json');
  for (const path of ['/resto/collections', '/resto/api/collections.json', '/vobs/resto/collections.json']) {
    assert.equal((await client.get(path)).body, body, path);
  }
  const total = await client.counted(null);
  assert.is(body.synthesis.name, '*');
  assert.is(body.synthesis.statistics.count, total);
  assert.is(body.collections.length, 16);
  let sum = 0;
  for (const { name, status, license, osDescription, statistics } of body.collections) {
    sum += statistics.count;
    assert.is(statistics.count, (await client.search(name, 'maxRecords=1')).properties.totalResults, name);
    assert.is(statistics.count, body.synthesis.statistics.facets.collection[name] ?? 0);
    assert.ok(status === 'public' && license.licenseId !== '' && osDescription.LongName !== '', name);
    assert.is(osDescription.ShortName, name);
  }
  assert.is(sum, total);
  for (const path of ['/resto/collections/OI2', '/resto/collections/oi2.json', '/resto/collections/Oi2.json']) {
    assert.is((await client.get(path)).body.name, 'OI2', path);
  }
});

records('the description: two results Urls, and Options that all find something', async () => {
  for (const [collection, service] of [
    ['OI2', 'oi2'],
    ['dynvolc', 'dynvolc'],
    [null, null],
  ] as const) {
    const path = `/resto/api/collections/${collection === null ? '' : `${collection}/`}describe.xml`;
    const answer = await client.get(path).buffer(true);
    assert.is(answer.headers['content-type'], 'application/opensearchdescription+xml; charset=utf-8');
    const text = answer.text ?? String(answer.body);
    const urls = [...text.matchAll(/<Url rel="results" type="([^"]*)"[^>]*\n? *template="([^"]*)"/g)];
    assert.equal(
      urls.map(([, type]) => type),
      ['application/atom+xml', 'application/json'],
    );
    assert.is([...text.matchAll(/<Language>/g)].length, 1);
    assert.match(text, /<Tags>[A-Za-z]/);
    const json = text.slice(text.indexOf('type="application/json"'));
    let asked = 0;
    for (const [, name = '', content = ''] of json.matchAll(
      /<parameters:Parameter name="([^"]*)"[^>]*>(.*?)<\/parameters:Parameter>/g,
    )) {
      for (const [, value = ''] of content.matchAll(/<parameters:Option value="([^"]*)"/g)) {
        const plain = value.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&lt;', '<');
        const found = await client.search(
          collection,
          `maxRecords=1&${encodeURIComponent(name)}=${encodeURIComponent(plain)}`,
        );
        assert.ok(found.properties.totalResults > 0, `${path} ${name}=${plain}`);
        asked += 1;
      }
    }
    assert.ok(asked >= 10, `${asked} Options`);
    const template = (urls[1]?.[2] ?? '').replaceAll('&amp;', '&').replace(/\{[^}]*\}/g, '');
    const everything = await client.get(template);
    assert.is(everything.body.properties.totalResults, await client.counted(service));
  }
});

records.run();
