// Every verb by GET and POST, every error code, and what an answer says of the request.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AppError } from '../../../src/model/errors.ts';
import { appOver, TEST_BASE, type TestApp, testApp } from '../../fixtures/app.ts';
import { testMappings } from '../../fixtures/database.ts';
import { type Client, oaiClient } from './client.ts';

const test = suite('OAI-PMH verbs and errors');
let app: TestApp;
let oai: Client;
test.before(async () => {
  app = await testApp();
  oai = oaiClient(app.server);
});

const NOW = '2025-06-01T00:00:00Z';
const own = (identifier: string) => `oai:data.example.org:${identifier}`;
const first = async () =>
  [...(await oai.get('verb=ListIdentifiers&metadataPrefix=oai_dc')).items].at(-1)?.identifier ?? '';

test('Identify says what the repository does', async () => {
  const answer = await oai.get('verb=Identify');
  assert.is(answer.status, 200);
  assert.is(answer.headers['content-type'], 'text/xml; charset=utf-8');
  assert.is(answer.responseDate, NOW);
  assert.equal(answer.request, { text: `${TEST_BASE}/oai`, attributes: { verb: 'Identify' } });
  const one = (name: string) => answer.all(`//o:Identify/o:${name}`);
  assert.equal(one('repositoryName'), ['OPGC data catalogue']);
  assert.equal(one('baseURL'), [`${TEST_BASE}/oai`]);
  assert.equal(one('protocolVersion'), ['2.0']);
  assert.equal(one('deletedRecord'), ['persistent']);
  assert.equal(one('granularity'), ['YYYY-MM-DDThh:mm:ssZ']);
  assert.equal(one('compression'), ['gzip', 'br']);
  assert.match(one('adminEmail')[0] ?? '', /@/);
  const items = await oai.harvest({ verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' });
  const datestamps = [...items.values()].map((item) => item.datestamp).sort();
  assert.ok((one('earliestDatestamp')[0] ?? '9') <= (datestamps[0] ?? ''));
  assert.is(answer.all("//*[local-name()='repositoryIdentifier']")[0], 'data.example.org');
  assert.is(answer.all("//*[local-name()='rightsReference']/@ref").length, 1);
});

test('an address that is no registrable domain gives no oai-identifier description', async () => {
  const local = appOver(app.database, app.mappings, { settings: { VOBS_BASE_URL: 'http://127.0.0.1:8080/vobs' } });
  const answer = await oaiClient(local.server).get('verb=Identify');
  assert.equal(answer.all("//*[local-name()='oai-identifier']"), []);
  const item = (await oaiClient(local.server).get('verb=ListIdentifiers&metadataPrefix=oai_dc')).items[0];
  assert.match(item?.identifier ?? '', /^oai:127\.0\.0\.1:opgc:/);
});

test('ListMetadataFormats: of the repository and of a record', async () => {
  const all = await oai.get('verb=ListMetadataFormats');
  const prefixes = all.all('//o:metadataPrefix');
  for (const prefix of ['oai_dc', 'iso19139', 'gmd', 'iso19115-3.2018', 'datacite', 'oai_datacite', 'dcat'])
    assert.ok(prefixes.includes(prefix), prefix);
  assert.is(new Set(prefixes).size, prefixes.length);
  assert.is(all.all('//o:schema').length, prefixes.length);
  assert.is(all.all('//o:metadataNamespace').length, prefixes.length);
  const ofRecord = await oai.get({ verb: 'ListMetadataFormats', identifier: await first() });
  assert.equal(ofRecord.all('//o:metadataPrefix'), prefixes);
});

test('GetRecord answers in each prefix, with the header that the list gave', async () => {
  const listed = (await oai.get('verb=ListRecords&metadataPrefix=oai_dc')).items.at(-1);
  const identifier = listed?.identifier ?? '';
  const record = await oai.get({ verb: 'GetRecord', identifier, metadataPrefix: 'oai_dc' });
  assert.equal(record.items, [listed]);
  const prefixes = (await oai.get('verb=ListMetadataFormats')).all('//o:metadataPrefix');
  for (const metadataPrefix of prefixes) {
    const answer = await oai.get({ verb: 'GetRecord', identifier, metadataPrefix });
    assert.equal(answer.errors, [], metadataPrefix);
    assert.equal(answer.request.attributes, { verb: 'GetRecord', identifier, metadataPrefix });
    // RDF/XML takes every attribute of its root for a statement, so it has none.
    const roots = answer.all("//o:metadata/*[local-name()!='RDF']");
    assert.is(answer.all('//o:metadata/*/@*[local-name()="schemaLocation"]').length, roots.length, metadataPrefix);
    assert.is(answer.all('//o:metadata/*').length, 1, metadataPrefix);
  }
});

test('gmd is another name of iso19139', async () => {
  const identifier = await first();
  const of = async (metadataPrefix: string) =>
    (await oai.get({ verb: 'GetRecord', identifier, metadataPrefix })).items[0]?.metadata;
  assert.is(await of('gmd'), await of('iso19139'));
  assert.match((await of('gmd')) ?? '', /^<gmd:MD_Metadata /);
});

test('a POST of a form is answered as the GET of its query', async () => {
  const identifier = await first();
  const requests = [
    { verb: 'Identify' },
    { verb: 'ListSets' },
    { verb: 'ListMetadataFormats' },
    { verb: 'ListIdentifiers', metadataPrefix: 'oai_dc', set: 'service:dynvolc' },
    { verb: 'ListRecords', metadataPrefix: 'iso19139', set: 'service:oi2' },
    { verb: 'GetRecord', identifier, metadataPrefix: 'oai_dc' },
    { verb: 'Nothing' },
  ];
  for (const request of requests)
    assert.is((await oai.post(request)).text, (await oai.get(request)).text, request.verb);
  const other = await supertest(app.server).post('/oai').type('json').send({ verb: 'Identify' });
  assert.is(other.status, 415);
  const twice = await supertest(app.server).post('/oai?verb=Identify').type('form').send('verb=Identify');
  assert.match(twice.text, /code="badVerb"/);
});

const LIST = 'verb=ListRecords&metadataPrefix=oai_dc';
const WRONG: readonly (readonly [query: string, codes: readonly string[]])[] = [
  ['', ['badVerb']],
  ['verb=', ['badVerb']],
  ['verb=identify', ['badVerb']],
  ['verb=junk', ['badVerb']],
  ['verb=Identify&verb=Identify', ['badVerb']],
  ['verb=Identify&junk=1', ['badArgument']],
  ['verb=Identify&metadataPrefix=oai_dc', ['badArgument']],
  ['verb=ListRecords', ['badArgument']],
  ['verb=ListIdentifiers&set=service', ['badArgument']],
  ['verb=GetRecord', ['badArgument', 'badArgument']],
  ['verb=GetRecord&metadataPrefix=oai_dc', ['badArgument']],
  ['verb=GetRecord&metadataPrefix=oai_dc&identifier=invalid"id', ['badArgument']],
  [`verb=GetRecord&metadataPrefix=oai_dc&identifier=${own('opgc:dynvolc:99999999')}`, ['idDoesNotExist']],
  ['verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:elsewhere.example.org:opgc:dynvolc', ['idDoesNotExist']],
  ['verb=GetRecord&metadataPrefix=oai_dc&identifier=opgc:dynvolc', ['idDoesNotExist']],
  [`verb=GetRecord&metadataPrefix=none&identifier=${own('opgc:dynvolc')}`, ['cannotDisseminateFormat']],
  [`verb=GetRecord&metadataPrefix=none&identifier=${own('opgc:none')}`, ['cannotDisseminateFormat', 'idDoesNotExist']],
  [`verb=ListMetadataFormats&identifier=${own('opgc:none')}`, ['idDoesNotExist']],
  ['verb=ListRecords&metadataPrefix=ISO19139', ['cannotDisseminateFormat']],
  ['verb=ListIdentifiers&metadataPrefix=none&set=none', ['cannotDisseminateFormat', 'noRecordsMatch']],
  [`${LIST}&set=none`, ['noRecordsMatch']],
  [`${LIST}&set=service:none`, ['noRecordsMatch']],
  [`${LIST}&set=a%20b`, ['badArgument']],
  [`${LIST}&set=`, ['badArgument']],
  [`${LIST}&set=service:oi2&set=service:oi2`, ['badArgument']],
  [`${LIST}&from=yesterday`, ['badArgument']],
  [`${LIST}&from=2025`, ['badArgument']],
  [`${LIST}&from=2025-02-30`, ['badArgument']],
  [`${LIST}&from=0000-01-01`, ['badArgument']],
  [`${LIST}&from=2025-06-01T00:00Z`, ['badArgument']],
  [`${LIST}&from=2025-06-01T00:00:00.5Z`, ['badArgument']],
  [`${LIST}&from=2025-06-01T00:00:60Z`, ['badArgument']],
  [`${LIST}&from=2025-06-01T00:00:00%2B01:00`, ['badArgument']],
  [`${LIST}&from=2025-06-02&until=2025-06-01`, ['badArgument']],
  [`${LIST}&from=2025-06-01&until=2025-06-02T00:00:00Z`, ['badArgument']],
  [`${LIST}&from=x&until=y&set=a%20b&junk=1`, ['badArgument', 'badArgument', 'badArgument', 'badArgument']],
  [`${LIST}&from=%zz`, ['badArgument']],
  [`${LIST}&from=2099-01-01`, ['noRecordsMatch']],
  [`${LIST}&until=1970-01-01`, ['noRecordsMatch']],
  [`${LIST}&resumptionToken=abc`, ['badArgument']],
  ['verb=ListRecords&resumptionToken=', ['badResumptionToken']],
  ['verb=ListRecords&resumptionToken=abc', ['badResumptionToken']],
  ['verb=ListRecords&resumptionToken=abc.def', ['badResumptionToken']],
  ['verb=ListSets&resumptionToken=abc', ['badResumptionToken']],
];

test('every error has its code and status 200, all of them at once', async () => {
  for (const [query, codes] of WRONG) {
    const answer = await oai.get(query);
    assert.is(answer.status, 200, query);
    assert.equal(answer.errors, codes, query);
    const silent = codes.includes('badVerb') || codes.includes('badArgument');
    assert.is(Object.keys(answer.request.attributes).length === 0, silent, `${query}: attributes of the request`);
  }
});

test('an unchanged repository answers 304 to who has the answer', async () => {
  for (const query of ['verb=Identify', LIST, 'verb=ListSets', 'verb=ListIdentifiers&metadataPrefix=oai_dc']) {
    const etag = (await oai.get(query)).headers.etag ?? '';
    assert.match(etag, /^W\/"/, query);
    const again = await supertest(app.server).get(`/oai?${query}`).set('If-None-Match', etag);
    assert.is(again.status, 304, query);
    assert.is(again.text, '');
  }
});

test('a database that is away is 503 with Retry-After, never an empty answer', async () => {
  const away = () => Promise.reject(new AppError('database-unavailable'));
  const broken = () => Promise.reject(new Error('a fault of ours'));
  for (const query of [away, broken]) {
    const { server } = appOver({ ...app.database, query }, testMappings());
    for (const asked of ['verb=Identify', LIST, 'verb=ListIdentifiers&metadataPrefix=oai_dc&set=service:oi2']) {
      const answer = await oaiClient(server).get(asked);
      assert.is(answer.status, 503, asked);
      assert.match(answer.headers['retry-after'] ?? '', /^\d+$/);
      assert.not.match(answer.text, /<OAI-PMH|fault of ours/);
    }
  }
});

test('other methods and too long bodies are refused', async () => {
  assert.is((await supertest(app.server).delete('/oai')).status, 405);
  const { server } = appOver(app.database, app.mappings, { settings: { VOBS_MAX_BODY: '500B' } });
  const long = await supertest(server)
    .post('/oai')
    .type('form')
    .send(`verb=Identify&junk=${'x'.repeat(1000)}`);
  assert.is(long.status, 413);
});

test.run();
