import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readCswRecord } from '../../../src/formats/readers/csw-record.ts';
import { readIso19139 } from '../../../src/formats/readers/iso19139.ts';
import { createRecordFormats } from '../../../src/formats/record-formats.ts';
import type { CatalogRecord } from '../../../src/model/record.ts';
import { EDGE_RECORDS } from '../../fixtures/edge-records.ts';
import { viewForTests } from '../../fixtures/format-view.ts';
import { testMappings } from '../../fixtures/mappings.ts';
import { fixtureRecordsByCase } from '../../fixtures/records.ts';
import { seedRecords } from '../../fixtures/seed-records.ts';
import { carriedByCsw, carriedByIso, differences, FIELDS_OF_READ_RECORD } from './carried.ts';

const test = suite('writing and reading back');
const formats = new Map(createRecordFormats(testMappings().templates).map((format) => [format.id, format]));
const view = viewForTests({ sequence: 3 });

function write(id: string, record: CatalogRecord): string {
  const format = formats.get(id);
  if (format === undefined) throw new Error(`no format ${id}`);
  return format.write(record, view);
}

function* everyTenth(records: Iterable<CatalogRecord>): Iterable<CatalogRecord> {
  let count = 0;
  for (const record of records) if (count++ % 10 === 0) yield record;
}

const cases: readonly (readonly [string, CatalogRecord])[] = [
  ...fixtureRecordsByCase(),
  ...EDGE_RECORDS.map((record) => [`edge ${record.id}`, record] as const),
];

test('ISO 19139 gives back every field of every fixture record', () => {
  for (const [name, record] of cases) {
    const read = readIso19139(write('iso19139', record));
    assert.equal(Object.keys(read).sort(), FIELDS_OF_READ_RECORD);
    assert.equal(differences(read, carriedByIso(record, view)), [], name);
  }
});

test('ISO 19139 gives back the records of the demonstration catalogue', () => {
  let count = 0;
  for (const record of everyTenth(seedRecords(testMappings(), 'demo'))) {
    assert.equal(
      differences(readIso19139(write('iso19139', record)), carriedByIso(record, view)),
      [],
      record.identifier,
    );
    count++;
  }
  assert.ok(count > 300);
});

test('csw:Record gives back what it carries', () => {
  for (const [name, record] of cases) {
    assert.equal(differences(readCswRecord(write('csw', record)), carriedByCsw(record, view)), [], name);
  }
});

test('the short forms of csw:Record give back what they carry', () => {
  for (const [name, record] of cases) {
    const { level, identifier, uri, doi, title, bbox, parent, abstract, updated } = carriedByCsw(record, view);
    const brief = { level, identifier, uri, doi, title, bbox } as ReturnType<typeof carriedByCsw>;
    const summary = { ...brief, parent, abstract, updated } as ReturnType<typeof carriedByCsw>;
    assert.equal(differences(readCswRecord(write('csw-brief', record)), brief), [], name);
    assert.equal(differences(readCswRecord(write('csw-summary', record)), summary), [], name);
  }
});

test('a difference is seen', () => {
  const [, record] = cases[0]!;
  const text = write('iso19139', record).replace(record.identifier, `${record.identifier}x`);
  assert.is(differences(readIso19139(text), carriedByIso(record, view)).length, 1);
});

test.run();
