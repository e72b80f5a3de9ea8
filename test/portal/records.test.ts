// One record: its page, every registered format by `f`, Accept and suffix, revalidation, what each viewer gets, and the stable addresses.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRecordFormats } from '../../src/formats/record-formats.ts';
import { EVERYTHING } from '../../src/model/query.ts';
import { ANONYMOUS } from '../../src/model/viewer.ts';
import { testMappings } from '../fixtures/database.ts';
import { readHtml } from './html.ts';
import { portalApp } from './portal-app.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const FORMATS = createRecordFormats(testMappings().templates, { services: testMappings().services });
const RECORD = '/records/opgc:dynvolc:12';
const BASE = 'https://data.example.org/vobs';

const records = suite('records of the portal');

async function get(path: string, headers: { readonly [name: string]: string } = {}) {
  const { server } = await portalApp();
  return supertest(server).get(path).set(headers).buffer(true);
}

const textOf = (answer: supertest.Response): string =>
  answer.text ?? (Buffer.isBuffer(answer.body) ? answer.body.toString('utf8') : JSON.stringify(answer.body));

records('a browser and a program without wishes get the page', async () => {
  for (const headers of [{ Accept: BROWSER }, { Accept: '*/*' }, { Accept: 'text/html' }]) {
    const answer = await get(RECORD, headers);
    assert.is(answer.status, 200);
    assert.is(answer.headers['content-type'], 'text/html; charset=utf-8');
  }
  assert.is(
    (await get(`${RECORD}?f=html`, { Accept: 'application/json' })).headers['content-type'],
    'text/html; charset=utf-8',
  );
});

for (const format of FORMATS) {
  records(`${format.id} by f, by Accept where its media type is its own, and by suffix`, async () => {
    const named = await get(`${RECORD}?f=${format.id}`, { Accept: BROWSER });
    assert.is(named.status, 200);
    assert.is(named.headers['content-type'], `${format.mediaType}; charset=utf-8`);
    assert.is(named.headers.link, `<${BASE}/id/dynvolc/12>; rel="canonical"`);
    const document = textOf(named);
    if (/[/+]xml/.test(format.mediaType)) {
      assert.match(document, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<[^?]/);
      if (format.namespace) assert.match(document, `"${format.namespace}"`);
    } else if (/[/+]json$/.test(format.mediaType)) JSON.parse(document);
    assert.match(document, 'opgc:dynvolc:12');
    const attached = named.headers['content-disposition'];
    const name = `opgc-dynvolc-12.${format.extension}`;
    assert.is(attached, format.purpose === 'citation' ? `attachment; filename="${name}"` : undefined);
    const sameType = FORMATS.filter((other) => other.mediaType === format.mediaType);
    if (sameType.length === 1) assert.is(textOf(await get(RECORD, { Accept: format.mediaType })), document);
    assert.is(textOf(await get(`${RECORD}.${format.id}`)), document);
    const first = FORMATS.find((other) => other.extension === format.extension);
    if (first === format) assert.is(textOf(await get(`${RECORD}.${format.extension}`)), document);
    const { server } = await portalApp();
    const head = await supertest(server).head(`${RECORD}?f=${format.id}`);
    assert.is(head.status, 200);
    assert.is(head.headers['content-length'], String(Buffer.byteLength(document)));
  });
}

records('the language changes a document, and each variant has its own validator', async () => {
  const english = await get(`${RECORD}?f=iso19139&lang=en`);
  const french = await get(`${RECORD}?f=iso19139`, { 'Accept-Language': 'fr' });
  assert.is.not(english.headers.etag, french.headers.etag);
  const page = await get(RECORD, { Accept: BROWSER });
  assert.is.not(english.headers.etag, page.headers.etag);
  const again = await get(`${RECORD}?f=iso19139&lang=en`, { 'If-None-Match': english.headers.etag ?? '' });
  assert.is(again.status, 304);
  assert.is(textOf(again), '');
});

records('a correction changes the validator of its record alone', async () => {
  const { writer } = await portalApp();
  const before = [await get('/records/opgc:presse:1?f=iso19139'), await get('/records/opgc:presse:2?f=iso19139')];
  const row = { service: 'presse', id: 7001, name: 'First', date_b: '2021-05-04' };
  await writer.write([row]);
  const first = await get('/records/opgc:presse:7001?f=geojson');
  await writer.write([{ ...row, name: 'Second' }]);
  const second = await get('/records/opgc:presse:7001?f=geojson', { 'If-None-Match': first.headers.etag ?? '' });
  assert.is(second.status, 200);
  assert.match(textOf(second), 'Second');
  for (const [i, answer] of before.entries()) {
    assert.is((await get(`/records/opgc:presse:${i + 1}?f=iso19139`)).headers.etag, answer.headers.etag);
  }
  await writer.withdraw([{ service: 'presse', id: 7001 }]);
  assert.is(
    (await get('/records/opgc:presse:7001?f=geojson', { 'If-None-Match': second.headers.etag ?? '' })).status,
    404,
  );
});

records('an unknown format is refused with what there is', async () => {
  const answer = await get(`${RECORD}?f=docx`);
  assert.is(answer.status, 406);
  assert.is(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
  const problem = JSON.parse(textOf(answer));
  assert.is(problem.errors[0].parameter, 'f');
  for (const format of FORMATS) assert.match(problem.errors[0].detail, format.id);
});

records('a hidden record is like one that is not there, for everybody but internal accounts', async () => {
  const { as } = await portalApp();
  for (const path of [
    '/records/opgc:presse:9003',
    '/records/opgc:presse:9003?f=iso19139',
    '/records/opgc:presse:9003.geojson',
    '/id/presse/9003',
  ]) {
    const absent = path.replace('9003', '9999');
    for (const viewer of ['anonymous', 'registered', 'partner'] as const) {
      const hidden = await get(path, as[viewer]);
      const missing = await get(absent, as[viewer]);
      assert.is(hidden.status, 404, `${path} ${viewer}`);
      const clean = (answer: supertest.Response) =>
        textOf(answer)
          .replaceAll('9999', '9003')
          .replace(/"requestId":"[^"]*"/, '');
      assert.is(clean(hidden), clean(missing));
    }
    assert.is((await get(path, as.internal)).status, path.startsWith('/id') ? 303 : 200);
  }
});

records('the page of a restricted record is public, says so, and marks its data links', async () => {
  const { as } = await portalApp();
  const anonymous = await get('/records/opgc:presse:9002', { Accept: BROWSER });
  assert.is(anonymous.status, 200);
  assert.match(anonymous.text, 'needs access');
  assert.match(anonymous.text, 'need an account with access');
  assert.match(anonymous.text, '31 December 2031');
  const registered = await get('/records/opgc:presse:9002', { ...as.registered, Accept: BROWSER });
  assert.match(registered.text, 'may not take the data');
  assert.match(registered.text, 'Signed in as registered');
  assert.match(registered.headers['cache-control'] ?? '', 'private');
  const internal = await get('/records/opgc:presse:9002', { ...as.internal, Accept: BROWSER });
  assert.not.match(internal.text, 'needs access');
  const open = await get(RECORD, { Accept: BROWSER });
  assert.not.match(open.text, 'needs access');
});

records('the page holds the record as schema.org in a block of data that cannot end its element', async () => {
  const { catalogue } = await portalApp();
  const found = await catalogue.search({ ...EVERYTHING, limit: 40 }, ANONYMOUS);
  assert.is(found.records.length, 40);
  for (const path of [RECORD, '/records/opgc:oi2', ...found.records.map((r) => `/records/${r.identifier}`)]) {
    for (const language of ['en', 'fr']) {
      const page = await get(`${path}?lang=${language}`, { Accept: BROWSER });
      const blocks = [...page.text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
      assert.is(blocks.length, 1, path);
      assert.is(page.text.match(/<script/g)?.length, 1, 'no other script');
      assert.not.match(blocks[0]?.[1] ?? '', '<');
      const alone = await get(`${path}?f=schema-org&lang=${language}`);
      assert.equal(JSON.parse(blocks[0]?.[1] ?? ''), JSON.parse(textOf(alone)));
    }
  }
});

records('the citation box gives what reference managers read', async () => {
  const { elements } = readHtml((await get(RECORD, { Accept: BROWSER, 'Accept-Language': 'en' })).text);
  const anchors = elements.filter((element) => element.name === 'a').map((element) => element.attributes.get('href'));
  for (const format of FORMATS.filter((each) => each.purpose === 'citation')) {
    assert.ok(anchors.includes(`${BASE}${RECORD}?f=${format.id}`), format.id);
  }
  const text = elements.find((element) => element.attributes.get('class') === 'panel cite')?.text ?? '';
  const [item] = JSON.parse(textOf(await get(`${RECORD}?f=csl&lang=en`)));
  assert.match(text, `${item.author[0].literal} (${item.issued['date-parts'][0][0]}): ${item.title}.`);
});

records('the head of the page names its formats, its stable address, its citation and the search', async () => {
  const { elements } = readHtml((await get(RECORD, { Accept: BROWSER, 'Accept-Language': 'en' })).text);
  const links = elements.filter((element) => element.name === 'link').map((element) => element.attributes);
  for (const format of FORMATS) {
    const found = links.find((link) => link.get('href') === `${BASE}${RECORD}?f=${format.id}`);
    assert.is(found?.get('rel'), format.purpose === 'protocol' ? undefined : 'alternate', format.id);
    assert.is(found?.get('type'), format.purpose === 'protocol' ? undefined : format.mediaType);
  }
  assert.ok(links.some((link) => link.get('rel') === 'canonical' && link.get('href') === `${BASE}/id/dynvolc/12`));
  assert.ok(
    links.some((link) => link.get('rel') === 'search' && link.get('type') === 'application/opensearchdescription+xml'),
  );
  const metas = new Map(
    elements.filter((e) => e.name === 'meta').map((e) => [e.attributes.get('name'), e.attributes.get('content')]),
  );
  const title = elements.find((element) => element.name === 'h1')?.text;
  assert.is(metas.get('citation_title'), title);
  assert.is(metas.get('DC.title'), title);
  assert.is(metas.get('DC.identifier'), `${BASE}/id/dynvolc/12`);
  assert.match(metas.get('citation_publication_date') ?? '', /^\d{4}\/\d\d\/\d\d$/);
});

records('stable addresses lead with 303 to the record, and pass the format on', async () => {
  const cases: readonly (readonly [string, string])[] = [
    ['/id/dynvolc/12', `${BASE}${RECORD}`],
    ['/id/dynvolc/12?f=iso19139', `${BASE}${RECORD}?f=iso19139`],
    ['/id/dynvolc/12?f=iso19139&lang=fr', `${BASE}${RECORD}?f=iso19139&lang=fr`],
    ['/vobs/id/dynvolc/12', `${BASE}${RECORD}`],
    ['/id/record/dynvolc/12', `${BASE}${RECORD}`],
    ['/id/dynvolc', `${BASE}/records/opgc:dynvolc`],
    ['/id/catalog', `${BASE}/`],
    ['/id/catalog?f=json', `${BASE}/?f=json`],
    ['/id/catalog?f=ttl', `${BASE}/dcat.ttl`],
    ['/id/catalog?f=dcat-jsonld', `${BASE}/dcat.jsonld`],
    ['/id/record/dynvolc', `${BASE}/records/opgc:dynvolc`],
    ['/id/org/opgc', 'https://isni.org/isni/0000000109416043'],
  ];
  for (const [path, location] of cases) {
    const answer = await get(path);
    assert.is(answer.status, 303, path);
    assert.is(answer.headers.location, location);
  }
  for (const path of [
    '/id/nosuch',
    '/id/dynvolc/0',
    '/id/dynvolc/012',
    '/id/dynvolc/99999999999',
    '/id/dynvolc/x',
    '/id/org/nosuch',
    '/id/record/dynvolc/0',
  ]) {
    assert.is((await get(path)).status, 404, path);
  }
});

records.run();
