// Sets: the hierarchy, which records are in which set, and that the children of each group make up their parent.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EVERYTHING } from '../../../src/model/query.ts';
import { ANONYMOUS } from '../../../src/model/viewer.ts';
import { type TestApp, testApp } from '../../fixtures/app.ts';
import { type Client, type Item, oaiClient } from './client.ts';

const test = suite('OAI-PMH sets');
let app: TestApp;
let oai: Client;
let all: ReadonlyMap<string, Item>;
let specs: readonly string[];
const members = (set: string) => oai.harvest({ verb: 'ListIdentifiers', metadataPrefix: 'oai_dc', set });

test.before(async () => {
  app = await testApp();
  oai = oaiClient(app.server);
  all = await oai.harvest({ verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' });
  specs = (await oai.get('verb=ListSets')).all('//o:setSpec');
});

test('each set stands once, behind its parent, under names of the schema', async () => {
  assert.is(new Set(specs).size, specs.length);
  for (const [at, spec] of specs.entries()) {
    assert.match(spec, /^[\w\-.!~*'()]+(:[\w\-.!~*'()]+)*$/);
    const parent = spec.split(':').slice(0, -1).join(':');
    if (parent !== '') assert.ok(specs.indexOf(parent) >= 0 && specs.indexOf(parent) < at, spec);
  }
  const groups = ['service', 'type', 'acquisition', 'format', 'theme', 'level', 'access', 'partner', 'openaire_data'];
  assert.equal(
    specs.filter((spec) => !spec.includes(':')),
    groups,
  );
  for (const spec of [
    'service:dynvolc',
    'type:series',
    'acquisition:realtime',
    'format:nasa-ames',
    'theme:nz',
    'level:raw',
    'access:open',
    'partner:formater',
  ])
    assert.ok(specs.includes(spec), spec);
  const french = await oai.get('verb=ListSets', { 'Accept-Language': 'fr' });
  assert.equal(french.all('//o:setSpec'), specs);
  assert.ok(french.all('//o:setName').includes('Données ouvertes'));
});

test('a set has exactly the records whose header names it, and a parent the union of its children', async () => {
  const union = new Map<string, Set<string>>();
  for (const spec of specs.filter((known) => known.includes(':') || known === 'openaire_data')) {
    const found = await members(spec);
    const named = [...all.values()].filter(({ sets }) => sets.includes(spec)).map(({ identifier }) => identifier);
    assert.equal([...found.keys()].sort(), named.sort(), spec);
    const parent = spec.split(':')[0] ?? '';
    union.set(parent, new Set([...(union.get(parent) ?? []), ...found.keys()]));
  }
  for (const [parent, identifiers] of union) {
    assert.equal([...(await members(parent)).keys()].sort(), [...identifiers].sort(), parent);
  }
  for (const parent of ['service', 'type']) assert.is(union.get(parent)?.size, all.size, `${parent}: the whole`);
});

test('the sets of services have the totals of the search', async () => {
  for (const { name } of app.mappings.services) {
    const { total } = await app.catalogue.search({ ...EVERYTHING, services: [name], limit: 0 }, ANONYMOUS);
    const live = [...(await members(`service:${name}`)).values()].filter(({ deleted }) => !deleted);
    assert.is(live.length, total, name);
  }
});

test('an item names every set that it is in', () => {
  const item = [...all.values()].find(({ identifier }) => /:voldorad:\d+$/.test(identifier));
  assert.ok(item);
  for (const spec of ['service:voldorad', 'type:dataset', 'theme:nz', 'partner:epos', 'openaire_data'])
    assert.ok(item?.sets.includes(spec), spec);
  const series = all.get('oai:data.example.org:opgc:voldorad');
  assert.ok(series?.sets.includes('type:series'));
});

test.run();
