// Parts of STAC items: ids that go both ways, times, names and facts of assets, properties by the rules of a service's file.
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stacItemFaults } from '../../../conformance/stac/object-rules.ts';
import { identifierOfStacId, stacItemId } from '../../../src/formats/writers/stac-id.ts';
import { createStacItem } from '../../../src/formats/writers/stac-item.ts';
import { stacProperty, stacValues } from '../../../src/formats/writers/stac-rules.ts';
import { stacTime } from '../../../src/formats/writers/stac-time.ts';
import type { Link } from '../../../src/model/description.ts';
import type { CatalogRecord } from '../../../src/model/record.ts';
import type { RecordTime } from '../../../src/model/time.ts';
import { linksForTests, viewForTests } from '../../fixtures/format-view.ts';
import { testMappings } from '../../fixtures/mappings.ts';
import { fixtureRecordsByCase } from '../../fixtures/records.ts';

const test = suite('parts of STAC items');

test('ids: ours are short, others are escaped, and each leads back to its identifier', () => {
  assert.is(stacItemId('opgc:dynvolc:12', 'opgc'), 'dynvolc-12');
  assert.is(stacItemId('opgc:oi2', 'opgc'), 'oi2');
  assert.is(stacItemId('urn:x-elsewhere:obs/1', 'opgc'), 'urn~3ax-elsewhere~3aobs~2f1');
  assert.is(stacItemId('dynvolc-12', 'opgc'), 'dynvolc~2d12');
  assert.is(stacItemId('dynvolc', 'opgc'), '~64ynvolc');
  for (const id of ['~zz', 'a b', 'x:y', '', '~ff', 'a'.repeat(2000)])
    assert.is(identifierOfStacId(id, 'opgc'), null, id);
  const part = fc.constantFrom('opgc', 'dynvolc', '12', ':', '-', '/', '~', '2d', 'é', '𝛷', 'A', '.', '0', 'urn');
  const identifiers = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(identifiers, (identifier) => {
      const id = stacItemId(identifier, 'opgc');
      assert.match(id, /^[A-Za-z0-9._~-]+$/);
      assert.is(identifierOfStacId(id, 'opgc'), identifier);
    }),
  );
});

const NOW = Date.UTC(2025, 5, 1, 13);
const timeOf = (time: RecordTime) =>
  stacTime({ time, published: null, created: '2017-09-01', updated: '2024-05-02T08:00:00Z' }, NOW);

test('times: a day is the whole day, a period without end lasts until today, what is unknown says so', () => {
  assert.equal(timeOf({ kind: 'instant', at: '2015-08-24T14:50:00Z' }), { datetime: '2015-08-24T14:50:00Z' });
  assert.equal(timeOf({ kind: 'instant', at: '2015-08-24' }), {
    datetime: null,
    start_datetime: '2015-08-24T00:00:00Z',
    end_datetime: '2015-08-24T23:59:59Z',
  });
  assert.equal(timeOf({ kind: 'period', begin: '2024-01-01', end: null }), {
    datetime: null,
    start_datetime: '2024-01-01T00:00:00Z',
    end_datetime: '2025-06-01T00:00:00Z',
    'vobs:period': 'ongoing',
  });
  assert.is(timeOf({ kind: 'period', begin: '2025-06-01T12:00:00Z', end: null }).end_datetime, '2025-06-01T12:00:00Z');
  assert.equal(timeOf({ kind: 'period', begin: null, end: '2016-01-31' }), {
    datetime: '2016-01-31T23:59:59Z',
    'vobs:period': 'begin unknown',
  });
  assert.equal(timeOf({ kind: 'none' }), { datetime: '2017-09-01T00:00:00Z', 'vobs:period': 'unknown' });
});

const oi2 = fixtureRecordsByCase().get('UTM position in oi2') as CatalogRecord;
const { services } = testMappings();
const rules = services.find(({ name }) => name === 'oi2')?.stac ?? [];
const SHA = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

function itemWith(files: readonly Link[], record = oi2) {
  const format = createStacItem({ services, clock: () => NOW });
  const view = viewForTests({ links: (each) => [...linksForTests(each), ...files] });
  // biome-ignore lint/suspicious/noExplicitAny: a document of any form
  return JSON.parse(format.write(record, view)) as any;
}

test('the files of an interferogram have the names of ISDeform, sizes and checksums', () => {
  const file = (name: string, more: Partial<Link> = {}): Link => {
    return { role: 'data', href: `https://example.org/files/${name}`, type: 'image/tiff', ...more };
  };
  const item = itemWith([
    file('geo_coh_20200814.tif'),
    file('20200814-20200820.inwf.tif'),
    file('pair_INU.tif?x=1'),
    file('20200814-20200820.tif', { length: 1_234_567, sha256: SHA }),
    file('second.tif'),
    { role: 'data', href: 'https://example.org/files/notes.xyz' },
  ]);
  assert.equal(stacItemFaults(item), []);
  assert.equal(
    Object.keys(item.assets).filter((name) => item.assets[name].roles.includes('data')),
    ['csv', 'coh', 'inwf', 'inu', 'inw', 'inw-2', 'xyz'],
  );
  assert.equal(item.assets.coh.roles, ['data', 'coherence']);
  assert.equal(item.assets.inu.roles, ['data', 'unwrapped_phase']);
  assert.is(item.assets.inw.unit, 'rad');
  assert.equal([item.assets.inw['file:size'], item.assets.inw['file:checksum']], [1_234_567, `1220${SHA}`]);
  assert.equal(item.assets.overview.roles, ['overview', 'thumbnail']);
  assert.ok(item.stac_extensions.some((url: string) => url.includes('/file/v2.1.0/')));
});

test('the properties of a pair come from its fields, and nothing is invented where one is missing', () => {
  const { properties, stac_extensions: extensions } = itemWith([]);
  assert.equal(properties['sar:polarizations'], ['VV']);
  assert.is(properties['sar:center_frequency'], 5.405);
  assert.is(properties['sat:orbit_state'], 'ascending');
  assert.is(properties['insar:height_of_ambiguity'], -152.25);
  assert.is(properties['proj:code'], 'EPSG:2975');
  assert.not.ok('insar:temporal_baseline' in properties);
  assert.ok(extensions.some((url: string) => url.includes('/sar/')));
  const less = itemWith([], { ...oi2, fields: { product: 'INTERFEROGRAM', sat: 'NEW', mode: '?' } });
  assert.not.ok(Object.keys(less.properties).some((name) => /^sar:(?!product_type)|^sat:|^constellation/.test(name)));
  assert.not.ok(less.stac_extensions.some((url: string) => /\/(?:sar|sat)\//.test(url)));
  const map = itemWith([], { ...oi2, fields: { product: 'LAVAMAP', sat: 'TSX' } });
  assert.equal([map.properties.constellation, map.properties['sar:frequency_band']], ['terrasar-x', undefined]);
});

test('rules: constants, tables, lists, days', () => {
  const record = { ...oi2, fields: { a: '2020-08-14T01:40:00Z', b: '2020-08-20T13:40:00Z', c: 'x', d: 'x', e: null } };
  const value = (property: Parameters<typeof stacProperty>[0]) => stacProperty(property, record);
  assert.is(value({ value: 3 }), 3);
  assert.is(value({ from: 'field:c', map: { x: 'y' } }), 'y');
  assert.is(value({ from: 'field:c', map: { z: 'y' } }), null);
  assert.is(value({ from: 'field:e' }), null);
  assert.is(value({ from: 'field:toString' }), null);
  assert.equal(value({ from: ['field:c', 'field:d', 'field:e'] }), ['x']);
  assert.is(value({ from: ['field:e'] }), null);
  assert.is(value({ days: ['field:a', 'field:b'] }), 6.5);
  assert.is(value({ days: ['field:a', 'field:c'] }), null);
  assert.is(value({ from: 'resolution' }), 15);
  const [first] = rules;
  const own = services.find(({ name }) => name === 'oi2') as (typeof services)[number];
  assert.equal(stacValues(first?.properties['sar:frequency_band'] ?? { value: '' }, own), ['C', 'L', 'X']);
});

test('what checks items finds faults in them', () => {
  const good = itemWith([]);
  const changed = (change: (item: typeof good) => void): readonly string[] => {
    const item = structuredClone(good);
    change(item);
    return stacItemFaults(item);
  };
  assert.equal(stacItemFaults(good), []);
  const wrong: readonly ((item: typeof good) => void)[] = [
    (item) => (item.properties.datetime = '2020-01-01'),
    (item) => delete item.properties.end_datetime,
    (item) => delete item.bbox,
    (item) => (item.id = 'a:b'),
    (item) => (item.collection = 'oi2'),
    (item) => (item.properties['sar:frequency_band'] = 'Z'),
    (item) => (item.properties.providers = [{ name: 'x', roles: ['owner'] }]),
    (item) => item.stac_extensions.push('https://stac-extensions.github.io/file/v2.1.0/schema.json'),
    (item) => (item.assets.csv['file:checksum'] = '1220AB'),
    (item) => (item.links[0].href = '/relative'),
    (item) => (item.stac_extensions = []),
  ];
  for (const change of wrong) assert.ok(changed(change).length > 0, String(change));
});

test.run();
