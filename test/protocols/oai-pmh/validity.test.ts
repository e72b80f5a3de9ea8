// Every answer against the schemas of OAI-PMH, oai_dc and ISO 19139 together; a planted fault must be found.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type TestApp, testApp } from '../../fixtures/app.ts';
import { haveSchemas, type SchemaSet, validateXml, validationReport } from '../../validity/xsd.ts';
import { type Client, oaiClient } from './client.ts';
import { sampleId, sampleKey, sampleRow } from './rows.ts';

const test = suite('OAI-PMH answers are valid');
let app: TestApp;
let oai: Client;
test.before(async () => {
  app = await testApp();
  oai = oaiClient(app.server);
});

/** No schema of the rights manifest is published beside the others; that description is left out of the check. */
const withoutRights = (text: string): string => text.replace(/<description><rightsManifest .*?<\/description>/s, '');
const faults = (text: string, set: SchemaSet = 'oai'): readonly string[] => validateXml(withoutRights(text), set);

test('the verbs and the errors', async () => {
  await app.writer.write([sampleRow(99_000)]);
  await app.writer.withdraw([sampleKey(99_000)]);
  const identifier = sampleId(99_000);
  const queries = [
    'verb=Identify',
    'verb=ListSets',
    'verb=ListMetadataFormats',
    'verb=ListIdentifiers&metadataPrefix=oai_dc&until=2030-01-01T00:00:00Z',
    `verb=GetRecord&metadataPrefix=oai_dc&identifier=${identifier}`,
    `verb=GetRecord&metadataPrefix=none&identifier=${identifier}`,
    `verb=ListMetadataFormats&identifier=${identifier}`,
    'verb=GetRecord&metadataPrefix=a%20b&identifier=%3Cx%3E',
    'verb=ListRecords&resumptionToken=%22%3C%26',
    'verb=ListRecords&metadataPrefix=oai_dc&from=2099-12-31',
    'verb=%3C%26',
    '',
  ];
  for (const query of queries) assert.equal(faults((await oai.get(query)).text), [], query);
});

for (const metadataPrefix of ['oai_dc', 'iso19139']) {
  test(`the whole catalogue as ${metadataPrefix}, page by page`, async () => {
    const pages = await oai.pages({ verb: 'ListRecords', metadataPrefix });
    for (const { text } of pages) assert.equal(faults(text), []);
    assert.ok(pages.length >= 6);
  });
}

const OTHERS: { readonly [prefix: string]: SchemaSet } = { 'iso19115-3.2018': 'oai-mdb', datacite: 'oai-datacite' };
for (const [metadataPrefix, set] of Object.entries(OTHERS)) {
  test(`several records as ${metadataPrefix} in one answer`, async () => {
    const answer = await oai.get({ verb: 'ListRecords', metadataPrefix });
    assert.is(answer.items.length, 100);
    assert.equal(faults(answer.text, set), []);
  });
}

test('a wrong answer is found wrong', async () => {
  if (!haveSchemas()) return;
  const identify = (await oai.get('verb=Identify')).text;
  assert.ok(faults(identify.replace('<protocolVersion>2.0', '<protocolVersion>2.1')).length > 0);
  assert.ok(faults(identify.replace(/<adminEmail>.*<\/adminEmail>/, '')).length > 0);
  const list = (await oai.get('verb=ListRecords&metadataPrefix=iso19139&set=service:oi2')).text;
  assert.equal(faults(list), []);
  assert.ok(faults(list.replace(/<datestamp>[^<]*</, '<datestamp>2025-06-01T00:00:00+00:00<')).length > 0);
  assert.ok(faults(list.replace('<gmd:fileIdentifier>', '<gmd:fileIdentifer>')).length > 0);
  assert.ok(faults(list.replaceAll(/gml:id="t\d+"/g, 'gml:id="t1"')).length > 0, 'one gml:id in several records');
  assert.ok(faults(list.replaceAll(/PT_Locale id="(en|fr)\d*"/g, 'PT_Locale id="$1"')).length > 0, 'one id for all');
});

test.after(() => {
  process.stdout.write(`  ${validationReport()}\n`);
});
test.run();
