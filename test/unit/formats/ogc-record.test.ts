// What the writer of OGC API Records decides: kinds of time, positions as polygons, names that would stand twice, links of one relation.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  createOgcRecord,
  type OgcRecordOptions,
  recordLinks,
  timeOf,
} from '../../../src/formats/writers/ogc-record.ts';
import { recordContacts, recordThemes } from '../../../src/formats/writers/ogc-record-parts.ts';
import type { CatalogRecord } from '../../../src/model/record.ts';
import { FULL_RECORD } from '../../fixtures/edge-records.ts';
import { viewForTests } from '../../fixtures/format-view.ts';

interface Written {
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
  readonly properties: { readonly [name: string]: unknown };
}
const written = (change: Partial<CatalogRecord>, options: OgcRecordOptions = {}): Written =>
  JSON.parse(createOgcRecord(options).write({ ...FULL_RECORD, ...change }, viewForTests())) as Written;

const time = suite('OGC record: time');

time('a day stays a day; ends of an interval are of one kind; unknown and open ends are two dots', () => {
  const [day, moment] = ['2015-08-24', '2015-08-24T14:50:00Z'];
  assert.is(timeOf({ kind: 'none' }), null);
  assert.equal(timeOf({ kind: 'instant', at: day }), { date: day });
  assert.equal(timeOf({ kind: 'instant', at: moment }), { timestamp: moment });
  const cases: readonly (readonly [begin: string | null, end: string | null, interval: readonly string[]])[] = [
    [day, '2015-08-25', [day, '2015-08-25']],
    [moment, moment, [moment, moment]],
    [day, moment, ['2015-08-24T00:00:00Z', moment]],
    [moment, day, [moment, '2015-08-24T23:59:59Z']],
    [null, day, ['..', day]],
    [moment, null, [moment, '..']],
  ];
  for (const [begin, end, interval] of cases) assert.equal(timeOf({ kind: 'period', begin, end }), { interval });
});

const geometry = suite('OGC record: geometry');

geometry('positions as polygons where that is wanted, cut at the antimeridian, never beyond a pole', () => {
  const point: Partial<CatalogRecord> = { bbox: [3, 45, 3, 45], geometry: { type: 'Point', coordinates: [3, 45] } };
  assert.equal(written(point).geometry, { type: 'Point', coordinates: [3, 45] });
  const small = written(point, { polygons: true }).geometry;
  assert.equal(small, {
    type: 'Polygon',
    coordinates: [[[2.9999, 44.9999], [3.0001, 44.9999], [3.0001, 45.0001], [2.9999, 45.0001], [2.9999, 44.9999]]],
  }); // biome-ignore format: one ring
  const pole = written({ bbox: [180, 90, 180, 90], geometry: null }, { polygons: true }).geometry;
  const [ring = []] = (pole?.coordinates ?? []) as number[][][];
  assert.ok(ring.every(([longitude = 0, latitude = 0]) => longitude <= 180 && latitude <= 90));
  assert.is(
    written({ bbox: [170, -20, -170, -10], geometry: null }, { polygons: true }).geometry?.type,
    'MultiPolygon',
  );
  assert.is(written({ bbox: null, geometry: null }, { polygons: true }).geometry, null);
});

const members = suite('OGC record: members');

members('an own field with the name of a member is told apart; nothing without a value', () => {
  const { properties } = written({
    service: 'dynvolc',
    doi: null,
    version: null,
    fields: { title: 'own', density: 1240, none: null, list: ['a'] },
  });
  assert.is(properties.title, FULL_RECORD.title);
  assert.is(properties['dynvolc:title'], 'own');
  assert.equal([properties.density, properties.list], [1240, ['a']]);
  for (const name of ['none', 'doi', 'version', 'externalIds']) assert.not.ok(name in properties, name);
});

members('texts with quotes, controls and half surrogates stay JSON', () => {
  const title = 'a "b" \\ \n \u0001 \ud800 é 🌋';
  assert.is(written({ title, lang: 'en' }).properties.title, JSON.parse(JSON.stringify(title)));
});

members('a licence that is no SPDX identifier is "other"; its address is linked', () => {
  const licence = { id: 'https://example.org/terms', title: 'Terms', url: 'https://example.org/terms' };
  assert.is(written({ licence }).properties.license, 'other');
  const links = recordLinks({ ...FULL_RECORD, licence }, viewForTests());
  assert.ok(links.some(({ rel, href }) => rel === 'license' && href === licence.url));
});

members('an organisation once with all its roles; concepts by thesaurus', () => {
  const one = { organisation: 'OPGC', email: 'data@example.org' };
  assert.equal(
    recordContacts([
      { ...one, role: 'publisher' },
      { ...one, role: 'pointOfContact' },
      { organisation: 'X', role: 'author', url: 'javascript:1' },
    ]),
    [
      { organization: 'OPGC', emails: [{ value: 'data@example.org' }], roles: ['publisher', 'pointOfContact'] },
      { organization: 'X', roles: ['author'] },
    ],
  );
  const themes = [
    { label: { en: 'A' }, uri: 'http://t.example.org/x/a' },
    { label: { en: 'B' }, uri: 'http://t.example.org/x/b' },
    { label: { en: 'C' }, uri: 'http://t.example.org/y#c' },
    { label: { en: 'D' }, uri: 'http://t.example.org' },
  ];
  const schemes = recordThemes({ themes, topics: [] }, 'en').map((theme) => (theme as { scheme: string }).scheme);
  assert.equal(schemes, ['http://t.example.org/x', 'http://t.example.org/y', 'http://t.example.org']);
});

members('what changes with the record is not taken from another one of the same service', () => {
  const { write } = createOgcRecord();
  const contacts = [{ organisation: 'Other', role: 'author' as const }];
  const texts = [FULL_RECORD, { ...FULL_RECORD, contacts }, FULL_RECORD].map((record) => write(record, viewForTests()));
  assert.is(texts[0], texts[2]);
  assert.match(texts[1] ?? '', '"contacts":[{"organization":"Other","roles":["author"]}]');
});

time.run();
geometry.run();
members.run();
