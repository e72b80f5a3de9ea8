// Every check of the OGC executable suite for the Geo and Time extensions (10-032r8), over HTTP, as a client without our code would make it.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ConformanceApp, conformanceApp } from '../../fixtures/conformance-app.ts';
import { type Reader, readXml } from './read-xml.ts';
import { descriptionFaults, feedFaults } from './rules.ts';

const test = suite('OGC Geo and Time suite');
let app: ConformanceApp;
test.before(async () => {
  app = await conformanceApp();
});

const WORLD = '-180,-90,180,90';

/** The template of the Atom results Url, its parameters filled as the suite fills them: the named ones, all others empty. */
async function ask(filled: { readonly [parameter: string]: string }): Promise<supertest.Response> {
  const description = readXml((await supertest(app.server).get('/opensearch/conformance/osdd.xml')).text);
  const template = description.one("//os:Url[@type='application/atom+xml'][@rel='results']/@template");
  const address = template.replace(/\{([^}]+?)\??\}/g, (_, name: string) => encodeURIComponent(filled[name] ?? ''));
  return supertest(app.server).get(address.replace(/^https?:\/\/[^/]+/, ''));
}

/** A good answer: 200, Atom, valid, as many entries as asked, and every sent parameter echoed by its literal name. */
async function feed(filled: { readonly [parameter: string]: string }): Promise<Reader> {
  const response = await ask(filled);
  assert.is(response.status, 200, `${JSON.stringify(filled)}: ${response.text}`);
  assert.match(response.headers['content-type'] ?? '', /^application\/atom\+xml/);
  assert.equal(feedFaults(response.text, true), [], JSON.stringify(filled));
  const doc = readXml(response.text);
  for (const name of Object.keys(filled)) {
    assert.is(doc.count(`/atom:feed/os:Query/@${name}`), 1, `${name} is echoed`);
  }
  return doc;
}
const total = (doc: Reader): number => Number(doc.one('/atom:feed/os:totalResults'));
const entries = (doc: Reader): number => doc.count('/atom:feed/atom:entry');

test('description: status, type, rules', async () => {
  for (const [path, first] of [
    ['/opensearch/osdd.xml', true],
    ['/opensearch/records/osdd.xml', false],
    ['/opensearch/conformance/osdd.xml', false],
    ['/opensearch/dynvolc/osdd.xml?lang=fr', false],
  ] as const) {
    const response = await supertest(app.server).get(path);
    assert.is(response.status, 200);
    assert.match(response.headers['content-type'] ?? '', /^application\/opensearchdescription\+xml/);
    assert.equal(descriptionFaults(response.text, first), [], path);
  }
});

test('Core: box', async () => {
  assert.is(entries(await feed({ 'geo:box': WORLD, count: '1' })), 1);
  assert.is((await ask({ 'geo:box': '-18sd0,-90,180,90' })).status, 400);
  const nothing = await feed({ 'geo:box': '0,0,0,0' });
  assert.is(total(nothing), 0);
  assert.is(entries(nothing), 0);
});

test('A4: geometries', async () => {
  await feed({ 'geo:geometry': 'LINESTRING (-180 -90, 180 90)' });
  const clockwise = 'POLYGON((-180 -90,-180 90,180 90,180 -90,-180 -90))';
  assert.is(entries(await feed({ 'geo:geometry': clockwise, count: '1' })), 1);
  await feed({ 'geo:geometry': 'MULTIPOINT ((-180 -90), (0 0), (180 90))' });
  await feed({ 'geo:geometry': 'MULTILINESTRING( (-180 -90, 0 0), (0 0, 180 90))' });
  await feed({ 'geo:geometry': 'MULTIPOLYGON ( ((-180 -90,-180 0,0 0,-180 -90)), ((0 0,0 90,180 90,0 0)) )' });
});

test('A5: point and radius, in true metres', async () => {
  const near = await feed({ 'geo:lat': '0', 'geo:lon': '0', 'geo:radius': '90', count: '1' });
  assert.is(entries(near), 1);
  assert.is(near.one('//atom:entry/dc:identifier'), 'opgc:conformance:1');
  assert.is(total(await feed({ 'geo:lat': '0', 'geo:lon': '0', 'geo:radius': '70' })), 0);
});

test('A6: halves and parts of the world', async () => {
  const count = async (box: string): Promise<number> => total(await feed({ 'geo:box': box, count: '1' }));
  const world = await count(WORLD);
  assert.ok(world <= (await count('0,-90,180,90')) + (await count('-180,-90,0,90')));
  assert.ok(world >= (await count('-10,-10,10,10')));
  assert.ok(world >= 7);
});

test('A7: spatial relations', async () => {
  assert.is(entries(await feed({ 'geo:box': WORLD, 'geo:relation': 'intersects', count: '1' })), 1);
  assert.is(entries(await feed({ 'geo:box': WORLD, 'geo:relation': 'contains', count: '1' })), 1);
  const apart = await feed({ 'geo:box': WORLD, 'geo:relation': 'disjoint' });
  assert.is(total(apart), 0);
  assert.is((await ask({ 'geo:box': WORLD, 'geo:relation': 'touches' })).status, 400);
});

test('A8: one record by its identifier, the same entry again', async () => {
  const first = await feed({ 'geo:box': WORLD, count: '1' });
  const uid = first.one('//atom:entry/dc:identifier');
  const again = await feed({ 'geo:uid': uid });
  assert.is(total(again), 1);
  assert.is(again.one('//atom:entry/dc:identifier'), uid);
  assert.is(again.count('//atom:entry/*'), first.count('//atom:entry/*'));
  assert.equal(again.all('//atom:entry//@href'), first.all('//atom:entry//@href'));
  assert.is(total(await feed({ 'geo:uid': 'no-such-record' })), 0);
});

test('A9: place names', async () => {
  for (const name of ['Paris', 'Berlin', 'Xyzzyplugh']) assert.is(total(await feed({ 'geo:name': name })), 0);
  for (const name of ['Etna', 'etna', 'ETNA']) {
    const found = await feed({ 'geo:name': name });
    assert.equal(found.all('//atom:entry/dc:identifier'), ['opgc:conformance:3']);
  }
  for (const name of ['puy de Dôme', 'Puy-de-Dome']) {
    const found = await feed({ 'geo:name': name, 'geo:radius': '2000' });
    assert.equal(found.all('//atom:entry/dc:identifier'), ['opgc:conformance:2']);
  }
});

test('A10: periods', async () => {
  const long = { 'time:start': '1900-01-01T00:00:00Z', 'time:end': '2100-01-01T00:00:00Z', count: '1' };
  const located = { 'geo:box': WORLD };
  assert.is(entries(await feed({ ...long, ...located })), 1);
  assert.is(entries(await feed({ 'time:start': '1900-01-01', 'time:end': '2100-01-01', count: '1', ...located })), 1);
  assert.is((await ask({ 'time:start': '190sds0-01-01' })).status, 400);
  assert.is((await ask({ 'time:start': '2020-01-01', 'time:end': '2019-01-01' })).status, 400);
});

test('A11: temporal relations', async () => {
  const period = { 'time:start': '1900-01-01', 'time:end': '2100-01-01', 'geo:box': WORLD };
  for (const relation of ['contains', 'intersects', 'during']) {
    assert.is(entries(await feed({ ...period, 'time:relation': relation, count: '1' })), 1, relation);
  }
  assert.is(total(await feed({ ...period, 'time:relation': 'disjoint' })), 0);
  const same = await feed({ 'time:start': '2021-02-16', 'time:end': '2021-02-18', 'time:relation': 'equals' });
  assert.equal(same.all('//atom:entry/dc:identifier'), ['opgc:conformance:3']);
});

test.run();
