// Our own web services as records of the catalogue: kept in step with what is mounted, found through every door, described in every format.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { syncDoorRecords } from '../../../src/cli/open-database.ts';
import { createRecordFormats } from '../../../src/formats/record-formats.ts';
import { judgeIsoRecords } from '../../../src/formats/rules/iso-rules.ts';
import { EVERYTHING } from '../../../src/model/query.ts';
import { ANONYMOUS } from '../../../src/model/viewer.ts';
import { openTestApp, TEST_BASE, TEST_NOW, type TestApp } from '../../fixtures/app.ts';
import { faultsOf } from '../../validity/document-faults.ts';

const test = suite<{ app: TestApp }>('our web services as records');

test.before(async (context) => {
  const app = await openTestApp();
  context.app = app;
  const report = await syncDoorRecords(app.database, app.mappings, app.app, () => TEST_NOW);
  assert.equal(report.refused, []);
});
test.after(({ app }) => app.close());

const services = { ...EVERYTHING, levels: ['service' as const], limit: 50 };

test('there is one for each mounted door, and the same again changes nothing', async ({ app }) => {
  const { app: mounted, database, mappings, catalogue } = app;
  assert.ok(mounted.doors.length >= 5);
  const { records, total } = await catalogue.search(services, ANONYMOUS);
  assert.is(total, mounted.doors.length);
  assert.equal(
    records.map((record) => record.identifier).sort(),
    mounted.doors.map((door) => `opgc:service:${door.name}`).sort(),
  );
  const revision = await catalogue.revision();
  const again = await syncDoorRecords(database, mappings, mounted, () => TEST_NOW + 1000);
  assert.equal([again.inserted, again.updated, again.unchanged], [0, 0, mounted.doors.length]);
  assert.is(await catalogue.revision(), revision);
});

// A file has no address but its own: there is no service to describe.
test('every protocol of the product says what it is', ({ app }) => {
  const silent = app.app.protocols
    .map((protocol) => protocol.name)
    .filter(
      (name) => !['operation', 'portal', 'files'].includes(name) && !app.app.doors.some((door) => door.mount === name),
    );
  assert.equal(silent, [], 'add them to mappings/doors.json');
});

test('the stable address leads to the record; every format is valid; ISO 19139 keeps the rules for services', async ({
  app,
}) => {
  const agent = supertest(app.server);
  const formats = createRecordFormats(app.mappings.templates, { services: app.mappings.services });
  for (const door of app.app.doors) {
    for (const path of [`/id/service/${door.name}`, `/id/record/service/${door.name}`]) {
      const stable = await agent.get(`${path}?f=iso19139`);
      assert.is(stable.status, 303, path);
      assert.is(stable.headers.location, `${TEST_BASE}/records/opgc:service:${door.name}?f=iso19139`);
    }
    const path = `/records/opgc:service:${door.name}`;
    assert.is((await agent.get(path).set('Accept', 'text/html')).status, 200);
    for (const format of formats) {
      const answer = await agent.get(`${path}?f=${format.id}`).buffer(true);
      assert.is(answer.status, 200, `${door.name} as ${format.id}`);
      const text = (
        answer.text ?? (Buffer.isBuffer(answer.body) ? answer.body.toString('utf8') : JSON.stringify(answer.body))
      ).replace(/^<\?xml[^>]*>\n/, '');
      if (format.id === 'stac-item') continue;
      assert.equal(faultsOf(format.id, text), [], `${door.name} as ${format.id}`);
      if (format.id === 'iso19139') assert.equal(judgeIsoRecords(text)[0]?.faults, [], door.name);
    }
  }
});

test('what a service names of its own answers', async ({ app }) => {
  const agent = supertest(app.server);
  const { records } = await app.catalogue.search(services, ANONYMOUS);
  for (const record of records) {
    const addresses = [
      record.fields.endpoint,
      record.fields.endpoint_description,
      ...app.app.links.recordLinks(record).map((link) => link.href),
    ];
    for (const address of addresses) {
      const answer = await agent.get(String(address).slice(TEST_BASE.length)).set('Accept', '*/*');
      assert.is(answer.status, 200, `${address} of ${record.identifier}`);
    }
  }
});

test('doors give the same total, services among them', async ({ app }) => {
  const agent = supertest(app.server);
  const { total } = await app.catalogue.search({ ...EVERYTHING, limit: 0 }, ANONYMOUS);
  const openSearch = await agent.get('/opensearch/search.json?count=1').buffer(true);
  const numbers = {
    openSearch: Number(/"totalResults":\s*"?(\d+)/.exec(openSearch.text)?.[1]),
    csw: Number(
      /numberOfRecordsMatched="(\d+)"/.exec(
        (await agent.get('/csw?service=CSW&version=2.0.2&request=GetRecords&typeNames=csw:Record&resultType=hits'))
          .text,
      )?.[1],
    ),
    records: (await agent.get('/collections/records/items?limit=1&f=json')).body.numberMatched,
    oai: Number(
      /completeListSize="(\d+)"/.exec((await agent.get('/oai?verb=ListIdentifiers&metadataPrefix=oai_dc')).text)?.[1],
    ),
  };
  assert.equal(numbers, { openSearch: total, csw: total, records: total, oai: total });
});

test('a door that is mounted no more is withdrawn, and comes back', async ({ app }) => {
  const { database, mappings, catalogue } = app;
  const without = { ...app.app, doors: app.app.doors.filter((door) => door.name !== 'csw') };
  await syncDoorRecords(database, mappings, without, () => TEST_NOW + 2000);
  assert.is(await catalogue.get({ identifier: 'opgc:service:csw' }, ANONYMOUS), null);
  await syncDoorRecords(database, mappings, app.app, () => TEST_NOW + 3000);
  assert.is((await catalogue.get({ identifier: 'opgc:service:csw' }, ANONYMOUS))?.level, 'service');
});

test.run();
