import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRecordFormats } from '../../src/formats/record-formats.ts';
import { EDGE_RECORDS, FULL_RECORD } from '../fixtures/edge-records.ts';
import { viewForTests } from '../fixtures/format-view.ts';
import { testMappings } from '../fixtures/mappings.ts';
import { fixtureRecordsByCase } from '../fixtures/records.ts';
import { inspireFaults } from './inspire.ts';

const test = suite('INSPIRE and GeoNetwork rules');
const [iso] = createRecordFormats(testMappings().templates);
const write = (record: typeof FULL_RECORD): string => iso?.write(record, viewForTests()) ?? '';

test('every fixture record keeps them', () => {
  for (const [name, record] of fixtureRecordsByCase()) assert.equal(inspireFaults(write(record)), [], name);
  for (const record of EDGE_RECORDS) assert.equal(inspireFaults(write(record)), [], `edge ${record.id}`);
});

const BROKEN: readonly (readonly [string, (document: string) => string])[] = [
  [
    'C.6',
    (d) =>
      d.replace('<gmd:electronicMailAddress>', '<gmd:city>').replace('</gmd:electronicMailAddress>', '</gmd:city>'),
  ],
  ['C.9', (d) => d.replace(/<gmd:abstract[^>]*>.*?<\/gmd:abstract>/, '')],
  ['C.12 C.13', (d) => d.replace(/creation/g, 'publication')],
  ['C.17', (d) => d.replace('LimitationsOnPublicAccess/', 'Limitations/')],
  [
    'C.18 M9',
    (d) =>
      d.replace(/<gco:CharacterString>(Creative Commons[^<]*)<\/gco:CharacterString>/, '<gmx:Anchor>$1</gmx:Anchor>'),
  ],
  ['C.19', (d) => d.replace('>55.71</gco:Decimal>', '>55.7</gco:Decimal>')],
  [
    '1.3',
    (d) =>
      d.replace(
        '<gco:CharacterString>https://example.org/vobs/id/dynvolc/12</gco:CharacterString></gmd:code>',
        '<gco:CharacterString>12</gco:CharacterString></gmd:code>',
      ),
  ],
  ['1.4', (d) => d.replace(/<gmd:thesaurusName>.*?<\/gmd:thesaurusName>/, '')],
  ['1.10', (d) => d.replace('eli/reg/2010/1089', 'eli/reg/2010/1')],
  ['2.1', (d) => d.replace('http://www.opengis.net/def/crs/EPSG/0/2975', 'EPSG:2975')],
  ['2.6 M19', (d) => d.replace('<gmd:version gco:nilReason="inapplicable"/>', '')],
  ['M6', (d) => d.replace('>tephra<', '> <')],
  ['M61', (d) => d.replace(/codeListValue="dataset"/g, 'codeListValue="series"')],
];

for (const [name, change] of BROKEN) {
  test(`a broken rule is seen: ${name}`, () => {
    const faults = inspireFaults(change(write(FULL_RECORD)));
    assert.ok(
      faults.some((fault) => fault.startsWith(name)),
      faults.join('; '),
    );
  });
}

test.run();
