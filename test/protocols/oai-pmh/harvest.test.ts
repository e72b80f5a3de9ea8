// Harvests while the catalogue changes: interrupted, taken up by another process, completed by the next incremental one.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EVERYTHING } from '../../../src/model/query.ts';
import { ANONYMOUS } from '../../../src/model/viewer.ts';
import { endEmbargoes } from '../../../src/storage/end-embargoes.ts';
import { createRecordWriter, type RecordWriter } from '../../../src/storage/write-records.ts';
import { appOver, openTestApp, TEST_NOW, type TestApp } from '../../fixtures/app.ts';
import { type Answer, type Client, type Item, oaiClient } from './client.ts';
import { FIRST, sampleId, sampleKey, sampleRow } from './rows.ts';

const test = suite('OAI-PMH harvests');
let app: TestApp;
let writer: RecordWriter;
/** Of the writer and of every server. */
const clock = { now: TEST_NOW };
const server = () => appOver(app.database, app.mappings, { clock: () => clock.now }).server;
const minutes = (count: number): void => {
  clock.now += count * 60_000;
};
let oai: Client;

test.before(async () => {
  app = await openTestApp();
  writer = createRecordWriter(app.database, { prefix: 'opgc', clock: () => clock.now });
  oai = oaiClient(server());
});
test.after(() => app?.close());
test.before.each(() => minutes(1));

const LIST = { verb: 'ListRecords', metadataPrefix: 'oai_dc' } as const;
const plain = (items: ReadonlyMap<string, Item>) => Object.fromEntries([...items].sort(([a], [b]) => (a < b ? -1 : 1)));

/** What a harvester holds after these answers, one after the other. */
function collected(answers: readonly (readonly Item[])[]): ReadonlyMap<string, Item> {
  const held = new Map<string, Item>();
  for (const items of answers) for (const item of items) held.set(item.identifier, item);
  return held;
}

test('cursor, completeListSize and the empty last token are exact', async () => {
  const answers = await oai.pages(LIST);
  const total = answers.reduce((sum, { items }) => sum + items.length, 0);
  assert.ok(answers.length >= 6);
  let before = 0;
  for (const [at, { items, token }] of answers.entries()) {
    assert.is(items.length, at < answers.length - 1 ? 100 : total % 100 || 100);
    assert.is(token?.cursor, before);
    assert.is(token?.size, total);
    before += items.length;
  }
  assert.match(answers.at(-1)?.text ?? '', /<resumptionToken completeListSize="\d+" cursor="\d+"\/><\/ListRecords>/);
  assert.not.match((await oai.get({ ...LIST, set: 'service:oi2' })).text, /resumptionToken/);
  const headers = await oai.harvest({ verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' });
  assert.equal(
    [...headers.keys()],
    answers.flatMap(({ items }) => items.map(({ identifier }) => identifier)),
  );
});

test('a harvest broken off, 500 inserts, 50 deletions, 20 corrections and a restart end with what a fresh harvest has', async () => {
  await writer.write(Array.from({ length: 60 }, (_, i) => sampleRow(i)));
  minutes(1);
  const first = await oai.get(LIST);
  const second = await oai.get({ verb: 'ListRecords', resumptionToken: first.token?.text ?? '' });
  const delivered = new Set([...first.items, ...second.items].map(({ identifier }) => identifier));

  minutes(1);
  await writer.write(Array.from({ length: 500 }, (_, i) => sampleRow(1000 + i)));
  // The newest ones are not delivered yet; so that some are of both kinds, 25 of what was delivered go too.
  const old = [...delivered].filter((id) => /:\d+$/.test(id)).slice(0, 25);
  const keys = old.map((id) => ({ service: id.split(':').at(-2) ?? '', id: Number(id.split(':').at(-1)) }));
  const gone = await writer.withdraw([...keys, ...Array.from({ length: 25 }, (_, i) => sampleKey(i))]);
  assert.is(gone, 50);
  minutes(1);
  await writer.write(Array.from({ length: 20 }, (_, i) => sampleRow(30 + i, { name: `Corrected ${i}` })));

  // Another process goes on with the same token, twice because the first answer was lost.
  const restarted = oaiClient(server());
  const third = await restarted.get({ verb: 'ListRecords', resumptionToken: second.token?.text ?? '' });
  const again = await oaiClient(server()).get({ verb: 'ListRecords', resumptionToken: second.token?.text ?? '' });
  assert.is(third.text, again.text);
  const rest: Answer[] = [third];
  for (let token = third.token; token && token.text !== ''; token = rest.at(-1)?.token ?? null) {
    rest.push(await restarted.get({ verb: 'ListRecords', resumptionToken: token.text }));
    minutes(1);
  }
  const closed = [first, second, ...rest];
  const total = closed.reduce((sum, { items }) => sum + items.length, 0);
  assert.is(
    new Set(closed.flatMap(({ items }) => items.map(({ identifier }) => identifier))).size,
    total,
    'none twice',
  );
  assert.is(closed.at(-1)?.token?.size, total, 'the last page knows the true size');
  assert.is(closed.at(-1)?.token?.cursor, total - (closed.at(-1)?.items.length ?? 0));
  assert.not.ok(
    closed.some(({ items }) => items.some(({ identifier }) => identifier === sampleId(1000))),
    'closed',
  );

  const incremental = await restarted.harvest({ ...LIST, from: first.responseDate });
  const held = collected([...closed.map(({ items }) => items), [...incremental.values()]]);
  const fresh = await restarted.harvest(LIST);
  assert.equal(plain(held), plain(fresh));
  const live = (items: ReadonlyMap<string, Item>) => [...items.values()].filter(({ deleted }) => !deleted);
  const { total: found } = await app.catalogue.search({ ...EVERYTHING, limit: 0 }, ANONYMOUS);
  assert.is(live(fresh).length, found);
  assert.is(fresh.size - live(fresh).length, 50);
});

test('when everything that was to come has changed, the list still ends as it should', async () => {
  const rows = Array.from({ length: 101 }, (_, i) => sampleRow(5000 + i));
  await writer.write(rows);
  const from = new Date(clock.now).toISOString().slice(0, 19).concat('Z');
  const first = await oai.get({ ...LIST, from });
  assert.is(first.items.length, 100);
  const remaining = (await oai.harvest({ ...LIST, from })).size - 100;
  minutes(1);
  await writer.write(rows.map((row) => ({ ...row, name: 'Changed' })));
  await writer.write([sampleRow(5000 + 200)]);
  assert.ok(remaining > 0);
  const second = await oai.get({ verb: 'ListRecords', resumptionToken: first.token?.text ?? '' });
  assert.equal(second.errors, []);
  assert.ok(second.items.length >= 1);
  assert.is(second.token?.text, '');
});

test('withdrawn and hidden records are deleted ones, in every verb and for as long as one likes', async () => {
  await writer.write([sampleRow(7000), sampleRow(7001), sampleRow(7002)]);
  minutes(1);
  const from = new Date(clock.now).toISOString().slice(0, 10);
  await writer.withdraw([sampleKey(7000)]);
  await writer.write([sampleRow(7001, { authorization_: 3 })]);
  for (const at of [0, 60 * 24 * 400]) {
    minutes(at);
    for (const id of [7000, 7001]) {
      const identifier = sampleId(id);
      const record = await oai.get({ verb: 'GetRecord', identifier, metadataPrefix: 'oai_dc' });
      assert.is(record.items[0]?.deleted, true);
      assert.is(record.items[0]?.metadata, null);
      assert.not.match(record.text, /Harvested sample|<metadata>/);
      assert.equal((await oai.get({ verb: 'ListMetadataFormats', identifier })).errors, ['noMetadataFormats']);
      for (const set of ['service:dynvolc', 'access:open', 'openaire_data']) {
        const headers = await oai.harvest({ verb: 'ListIdentifiers', metadataPrefix: 'oai_dc', set, from });
        assert.is(headers.get(identifier)?.deleted, true, set);
        assert.ok(headers.get(identifier)?.sets.includes(set));
      }
      assert.is((await oai.harvest({ ...LIST, from })).get(identifier)?.metadata, null);
    }
  }
  minutes(1);
  await writer.write([sampleRow(7000), sampleRow(7001)]);
  for (const id of [7000, 7001]) {
    const back = await oai.get({ verb: 'GetRecord', identifier: sampleId(id), metadataPrefix: 'oai_dc' });
    assert.is(back.items[0]?.deleted, false, 'a record that comes back is no longer deleted');
    assert.match(back.items[0]?.metadata ?? '', /Harvested sample/);
  }
});

test('nobody but internal accounts sees, in any verb, a record that was internal from the start', async () => {
  await writer.write([sampleRow(8000, { authorization_: 3, name: 'Secret crater' }), sampleRow(8001)]);
  await writer.write([sampleRow(8000, { authorization_: 3, name: 'Secret crater again' })]);
  const hidden = sampleId(8000);
  const from = new Date(clock.now).toISOString().slice(0, 10);
  const answers = async (client: Client) => [
    ...(await client.pages({ ...LIST, from })),
    ...(await client.pages({ ...LIST, metadataPrefix: 'iso19139', set: 'service:dynvolc', from })),
    ...(await client.pages({ verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' })),
    await client.get({ verb: 'GetRecord', identifier: hidden, metadataPrefix: 'oai_dc' }),
    await client.get({ verb: 'ListMetadataFormats', identifier: hidden }),
    await client.get('verb=Identify'),
    await client.get('verb=ListSets'),
  ];
  for (const account of [app.as.anonymous, app.as.registered, app.as.partner]) {
    const client = oaiClient(server(), account);
    const found = await answers(client);
    assert.ok(found.some(({ items }) => items.some(({ identifier }) => identifier === sampleId(8001))));
    for (const { text, items } of found) {
      assert.not.match(text, /Secret crater/);
      assert.not.ok(items.some(({ identifier }) => identifier === hidden));
    }
    assert.equal(found.at(-4)?.errors, ['idDoesNotExist']);
    assert.equal(found.at(-3)?.errors, ['idDoesNotExist']);
  }
  const internal = oaiClient(server(), app.as.internal);
  assert.match((await internal.harvest({ ...LIST, from })).get(hidden)?.metadata ?? '', /Secret crater again/);
  await writer.withdraw([sampleKey(8000)]);
  assert.equal((await oai.get({ verb: 'GetRecord', identifier: hidden, metadataPrefix: 'oai_dc' })).errors, [
    'idDoesNotExist',
  ]);
  assert.is((await internal.harvest({ ...LIST, from })).get(hidden)?.deleted, true);
});

test('a token is bound to what its viewer sees, to its verb and to every letter', async () => {
  const token = (await oai.get(LIST)).token?.text ?? '';
  assert.match(token, /^[\w-]+\.[\w-]+$/);
  const code = async (client: Client, text: string, verb = 'ListRecords') =>
    (await client.get({ verb, resumptionToken: text })).errors;
  assert.equal(await code(oai, token), []);
  assert.equal(await code(oaiClient(server(), app.as.registered), token), []);
  assert.equal(await code(oaiClient(server(), app.as.internal), token), ['badResumptionToken']);
  assert.equal(await code(oai, token, 'ListIdentifiers'), ['badResumptionToken']);
  for (const at of [0, 10, 40, token.indexOf('.') + 1, token.length - 1]) {
    const altered = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
    assert.equal(await code(oai, altered), ['badResumptionToken'], `letter ${at}`);
  }
  for (const cut of [token.slice(1), token.slice(0, -1), `${token}A`, token.replace('.', '..'), `${token}.${token}`])
    assert.equal(await code(oai, cut), ['badResumptionToken']);
});

test('from and until: both granularities, ends included', async () => {
  clock.now = Date.UTC(2027, 2, 1, 23, 59, 59, 700);
  await writer.write([sampleRow(9000)]);
  clock.now = Date.UTC(2027, 2, 2, 0, 0, 0, 0);
  await writer.write([sampleRow(9001)]);
  const ids = async (query: { readonly [name: string]: string }) =>
    [
      ...(
        await oai.harvest({ verb: 'ListIdentifiers', metadataPrefix: 'oai_dc', set: 'service:dynvolc', ...query })
      ).keys(),
    ]
      .filter((id) => id >= sampleId(9000) && id <= sampleId(9001))
      .map((id) => Number(id.split(':').at(-1)) - FIRST);
  assert.equal(await ids({ from: '2027-03-01', until: '2027-03-01' }), [9000]);
  assert.equal(await ids({ from: '2027-03-02', until: '2027-03-02' }), [9001]);
  assert.equal(await ids({ from: '2027-03-01', until: '2027-03-02' }), [9000, 9001]);
  assert.equal(await ids({ from: '2027-03-01T23:59:59Z', until: '2027-03-01T23:59:59Z' }), [9000]);
  assert.equal(await ids({ from: '2027-03-02T00:00:00Z' }), [9001]);
  assert.equal(await ids({ from: '2027-03-01T23:59:59Z' }), [9000, 9001]);
  assert.equal(await ids({ from: '2027-03-02T00:00:01Z' }), []);
  const item = (await oai.get({ verb: 'GetRecord', identifier: sampleId(9000), metadataPrefix: 'oai_dc' })).items[0];
  assert.is(item?.datestamp, '2027-03-01T23:59:59Z');
});

test('an embargo that ends changes the record: harvesters of open data are told', async () => {
  clock.now = Date.UTC(2028, 0, 10, 12);
  await writer.write([sampleRow(9500, { embargo_until: '2028-01-12' })]);
  const open = { ...LIST, set: 'access:open' };
  assert.not.ok((await oai.harvest(open)).has(sampleId(9500)));
  assert.is(await endEmbargoes(app.database, () => clock.now), 0);
  const { responseDate } = await oai.get('verb=Identify');
  clock.now = Date.UTC(2028, 0, 12, 0, 5);
  assert.is(await endEmbargoes(app.database, () => clock.now), 1);
  assert.is(await endEmbargoes(app.database, () => clock.now), 0, 'once');
  const item = (await oai.harvest({ ...open, from: responseDate })).get(sampleId(9500));
  assert.is(item?.datestamp, '2028-01-12T00:05:00Z');
  assert.ok(item?.sets.includes('access:open'));
});

test('a datestamp is given when the transaction ends: what a slow one writes is not missed by a harvest in between', async () => {
  clock.now = Date.UTC(2029, 0, 1, 12);
  let responseDate = '';
  await writer.transaction(async (session) => {
    await session.write([sampleRow(9700)]);
    minutes(10);
    if (app.database.kind === 'postgresql') {
      const between = await oai.get({ ...LIST, from: '2029-01-01' });
      assert.equal(between.errors, ['noRecordsMatch']);
      responseDate = between.responseDate;
    } else responseDate = new Date(clock.now).toISOString().slice(0, 19).concat('Z');
    minutes(10);
  });
  const item = (await oai.harvest({ ...LIST, from: responseDate })).get(sampleId(9700));
  assert.is(item?.datestamp, '2029-01-01T12:20:00Z');
  assert.match(item?.metadata ?? '', /Harvested sample/);
  const record = await app.catalogue.get({ identifier: 'opgc:dynvolc:909700' }, ANONYMOUS);
  assert.is(record?.updated, '2029-01-01T12:20:00Z');
});

test.run();
