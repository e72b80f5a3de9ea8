// Items themselves: every one of the demonstration is valid; OI2's pairs have what SAR and InSAR clients look for; times that STAC cannot say.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stacItemFaults } from '../../../conformance/stac/object-rules.ts';
import { DEMO_BASE } from '../../fixtures/demo-app.ts';
import { get, type Json, linkOf, search, walk } from './client.ts';

const test = suite('STAC items');
let items: readonly Json[] = [];
test.before(async () => {
  items = await walk('/stac/search?limit=1000');
});

test('every item is valid, unique, found at its own address, and in the collection that it names', async () => {
  assert.ok(items.length > 3000);
  for (const item of items) assert.equal(stacItemFaults(item), [], item.id);
  assert.is(new Set(items.map((item) => item.id)).size, items.length);
  for (const item of items.filter((_, index) => index % 150 === 0)) {
    const { json, type } = await get(linkOf(item, 'self').href);
    assert.match(type, /^application\/geo\+json/);
    assert.equal(json, item);
    assert.is(linkOf(item, 'collection').href, `${DEMO_BASE}/stac/collections/${item.collection}`);
    assert.is(linkOf(item, 'root').href, `${DEMO_BASE}/stac`);
    const [prefix, service, number] = item.properties.identifier.split(':');
    assert.equal([prefix, `${service}-${number}`, service], ['opgc', item.id, item.collection]);
  }
});

test('an interferogram: satellite, orbit, polarisations, baselines; its file is asset inw', async () => {
  const { features } = await search({ collections: 'oi2', limit: 500 });
  const pairs = features.filter((item: Json) => item.properties['oi2:product'] === 'INTERFEROGRAM');
  assert.ok(pairs.length > 300);
  for (const { properties, stac_extensions: extensions, assets } of pairs) {
    for (const name of ['sar/v1.0.0', 'sat/v1.0.0', 'processing/v1.2.0'])
      assert.ok(extensions.includes(`https://stac-extensions.github.io/${name}/schema.json`), name);
    assert.is(properties.datetime, null);
    assert.is(properties['insar:reference_datetime'], properties['oi2:master_date']);
    assert.is(properties['sat:orbit_state'], properties['oi2:mode'] === 'Asc.' ? 'ascending' : 'descending');
    assert.is(properties['sat:absolute_orbit'], properties['oi2:mas_orb']);
    const days = (Date.parse(properties['oi2:slave_date']) - Date.parse(properties['oi2:master_date'])) / 86_400_000;
    assert.is(properties['insar:temporal_baseline'], Math.round(days * 100) / 100);
    assert.is(properties['processing:level'], 'L2');
    assert.equal(assets.iso19139.roles, ['metadata']);
  }
  const bands = new Set(
    pairs.map(({ properties }: Json) => `${properties.constellation} ${properties['sar:frequency_band']}`),
  );
  assert.equal([...bands].sort(), [
    'alos L',
    'cosmo-skymed X',
    'envisat C',
    'radarsat-2 C',
    'sentinel-1 C',
    'terrasar-x X',
  ]);
  const { item_assets: named, summaries } = (await get('/stac/collections/oi2')).json;
  for (const name of ['coh', 'inw', 'inwf', 'inu']) assert.ok(named[name].roles.includes('data'), name);
  assert.equal(summaries['sar:frequency_band'], ['C', 'L', 'X']);
  assert.equal(summaries['sat:orbit_state'], ['ascending', 'descending']);
});

test('what STAC cannot say of time is said beside a value that is true', async () => {
  const kinds = new Map<string, Json>();
  for (const { properties } of items) if (properties['vobs:period']) kinds.set(properties['vobs:period'], properties);
  assert.equal(kinds.get('ongoing')?.end_datetime, '2025-06-01T00:00:00Z');
  assert.is(kinds.get('unknown')?.start_datetime, undefined);
  assert.match(kinds.get('unknown')?.datetime, /Z$/);
  assert.ok(
    items.some((item) => item.geometry === null && !('bbox' in item)),
    'an item without position',
  );
});

test('both languages: texts in the asked one, a link to the other', async () => {
  const english = (await get('/stac/collections/oi2/items/oi2-1')).json;
  const french = (await get('/stac/collections/oi2/items/oi2-1', { 'Accept-Language': 'fr' })).json;
  assert.equal([english.properties.language.code, french.properties.language.code], ['en', 'fr']);
  const other = english.links.find((link: Json) => link.hreflang === 'fr');
  assert.is(other.title, french.properties.title);
  assert.is((await get(other.href)).json.properties.title, french.properties.title);
  assert.match((await get('/stac/collections/oi2?lang=fr')).json.title, /océan Indien/);
  assert.match((await get('/stac?lang=fr')).json.title, /Catalogue/);
});

test('the record in the format stac-item is the item', async () => {
  const item = (await get('/stac/collections/oi2/items/oi2-1')).json;
  const record = await get('/records/opgc:oi2:1?f=stac-item');
  assert.match(record.type, /^application\/geo\+json/);
  assert.equal(record.json, item);
});

test('assets answer: open data and documents to everybody, other data to those who may', async () => {
  const { features } = await search({ collections: 'oi2', limit: 40 });
  for (const access of ['open', 'registered']) {
    const item = features.find((each: Json) => each.properties.access === access);
    for (const asset of Object.values<Json>(item.assets)) {
      const expected = asset.roles.includes('data') && access !== 'open' ? 401 : 200;
      assert.is((await get(asset.href)).status, expected, asset.href);
    }
  }
});

test.run();
