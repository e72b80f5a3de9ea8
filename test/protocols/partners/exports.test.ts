// The same documents as files: what `vobs export` writes is what the addresses answer, for everybody and nobody else.
import request from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { partnerDocumentFaults } from '../../../conformance/metadata-formats/partner-documents.ts';
import { createDataAccess } from '../../../src/data/create-data-access.ts';
import { type ExportParts, exportFiles, exportKinds } from '../../../src/federation/exports.ts';
import { createRecordFormats } from '../../../src/formats/record-formats.ts';
import { TEST_NOW, type TestApp, testApp } from '../../fixtures/app.ts';
import { ebasFaults } from '../../fixtures/ebas-rules.ts';

let app!: TestApp;
let refused: string[] = [];
let parts!: ExportParts;
const exported = suite('exports');
exported.before(async () => {
  app = await testApp();
  const { catalogue, database, mappings } = app;
  const { links } = app.app;
  const { services, site, codes } = mappings;
  parts = {
    catalogue,
    mappings,
    data: createDataAccess(database, { catalogue, services, clock: () => TEST_NOW }),
    formats: createRecordFormats(mappings.templates, { services }),
    view: { language: 'en', links: links.recordLinks, uri: links.uri, site, codes, sequence: 0 },
    url: links.url,
    clock: () => TEST_NOW,
    refused: (record, reasons) => refused.push(`${record.identifier}: ${reasons.join('; ')}`),
  };
});

async function filesOf(kind: string, names: readonly string[] | null = null): Promise<ReadonlyMap<string, Buffer>> {
  refused = [];
  const services = app.mappings.services.filter(({ name }) => names === null || names.includes(name));
  const found = new Map<string, Buffer>();
  for await (const { name, content } of exportFiles(kind, services, parts)) {
    assert.not.ok(found.has(name), `${name} twice`);
    assert.match(name, /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+)*$/);
    const pieces: Buffer[] = [];
    for await (const piece of typeof content === 'string' ? [content] : content) pieces.push(Buffer.from(piece));
    found.set(name, Buffer.concat(pieces));
  }
  return found;
}

const total = async (service: string): Promise<number> =>
  (await request(app.server).get(`/vobs/opensearch/${service}/search.json?count=0`)).body.totalResults as number;

exported('a format: one file for each record that everybody sees, and its series', async () => {
  const files = await filesOf('iso19139', ['lidar']);
  assert.is(files.size, (await total('lidar')) + 1);
  for (const text of files.values()) assert.match(text.toString(), /^<\?xml[^>]*>\n<gmd:MD_Metadata/);
});

exported('AERIS: the dump of the address, and ISO 19139 beside it', async () => {
  const files = await filesOf('aeris', ['lidar']);
  const dump = JSON.parse(files.get('lidar.json')?.toString() ?? '{}');
  assert.equal(partnerDocumentFaults('aeris-dump', dump), []);
  const { body } = await request(app.server).get('/vobs/aeris/lidar.json');
  assert.equal(dump, body);
  assert.is([...files.keys()].filter((name) => name.startsWith('iso19139/')).length, dump.count + 1);
});

exported('OZCAR: the document of the address, with an archive for each data set', async () => {
  const files = await filesOf('ozcar');
  const document = JSON.parse(files.get('AUVE_en.json')?.toString() ?? '{}');
  const { body } = await request(app.server).get('/vobs/ozcar/AUVE.json');
  assert.equal(document, body);
  const archives = document.datasets.map(({ datasetId }: { datasetId: string }) => `${datasetId}.zip`);
  assert.equal([...files.keys()].sort(), ['AUVE_en.json', ...archives].sort());
});

exported('EBAS: files by their own names, each as NILU reads it, the same as the list has', async () => {
  const files = await filesOf('ebas');
  const names = (files.get('files.txt')?.toString() ?? '').split('\n').filter((name) => name !== '');
  const { text } = await request(app.server).get('/vobs/ebas/copdd.txt');
  assert.is(names.length, text.split('\n').length - 1);
  assert.ok(names.length > 0);
  assert.equal(names.sort(), [...files.keys()].filter((name) => name !== 'files.txt').sort());
  for (const name of names) {
    assert.match(name, /^FR0030R\.\d{14}\.\d{14}\..*\.lev\d\.nas$/);
    assert.equal(ebasFaults(files.get(name)?.toString() ?? ''), [], name);
  }
});

exported('DOIs: those of the demo are for tests, so each is refused with its reason', async () => {
  const files = await filesOf('datacite');
  assert.equal([...files.keys()], ['dois.tsv']);
  assert.ok(refused.length > 0);
  for (const line of refused) assert.match(line, /^opgc:\w+:\d+: .*for tests/);
});

exported('what can be exported is every format and the sets', () => {
  const kinds = exportKinds(parts.formats);
  for (const kind of ['actris', 'aeris', 'datacite', 'ebas', 'iso19139', 'ozcar', 'stac-item'])
    assert.ok(kinds.includes(kind), kind);
});

exported.run();
