// Every writer × every fixture record and every record of the demonstration catalogue; and a wrong document must be found wrong.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { featureFaults } from '../../conformance/kit/rfc7946.ts';
import { createRecordFormats } from '../../src/formats/record-formats.ts';
import type { CatalogRecord } from '../../src/model/record.ts';
import { DOOR_RECORD } from '../fixtures/door-record.ts';
import { EDGE_RECORDS, FULL_RECORD } from '../fixtures/edge-records.ts';
import { viewForTests } from '../fixtures/format-view.ts';
import { testMappings } from '../fixtures/mappings.ts';
import { fixtureRecordsByCase } from '../fixtures/records.ts';
import { seedRecords } from '../fixtures/seed-records.ts';
import { faultsOf, isSeenWithoutSchemas, XML_SETS } from './document-faults.ts';
import { orderFaults } from './iso-order.ts';
import { ISO_ORDER_MUTATIONS, MUTATIONS } from './mutations.ts';
import { haveSchemas, validateXml, validationReport } from './xsd.ts';

const test = suite('every writer is valid');
const { templates, services } = testMappings();
const formats = createRecordFormats(templates, { services });
const view = viewForTests();
const french = viewForTests({ language: 'fr', sequence: 7 });

function* allRecords(): Iterable<readonly [string, CatalogRecord]> {
  yield* fixtureRecordsByCase();
  for (const record of EDGE_RECORDS) yield [`edge ${record.id}`, record];
  yield ['a web service of ours', DOOR_RECORD];
}

for (const format of formats) {
  test(`${format.id}: the fixture records, in both languages`, () => {
    for (const [name, record] of allRecords()) {
      assert.equal(faultsOf(format.id, format.write(record, view)), [], name);
      assert.equal(faultsOf(format.id, format.write(record, french)), [], name);
    }
  });
}

/**
 * Formats that say the same in other words take turns, record by record. With VOBS_TEST_COMPLETE every record is checked in every format.
 */
const TURNS: readonly (readonly string[])[] = [
  ['gmi', 'gmi-2005', 'iso19115-3', 'dcat-rdf'],
  ['dcat-ttl', 'dcat-jsonld', 'schema-org'],
  ['datacite', 'oai_datacite'],
  ['csw', 'csw30'],
];
const complete = (process.env.VOBS_TEST_COMPLETE ?? '') !== '';

function isItsTurn(format: string, count: number): boolean {
  const row = TURNS.find((each) => each.includes(format));
  return complete || row === undefined || row[count % row.length] === format;
}

test('all formats: every record of the demonstration catalogue', () => {
  let count = 0;
  for (const record of seedRecords(testMappings(), 'demo')) {
    for (const format of formats) {
      if (!isItsTurn(format.id, count)) continue;
      // The order is a matter of the schema; our own tables are for the case that there is none.
      const document = format.write(record, view);
      const set = XML_SETS[format.id];
      const faults = set === undefined || !haveSchemas() ? faultsOf(format.id, document) : validateXml(document, set);
      assert.equal(faults, [], `${format.id} of ${record.identifier}`);
    }
    count++;
  }
  assert.ok(count > 3000);
});

for (const format of formats) {
  for (const [name, change] of MUTATIONS[format.id] ?? []) {
    test(`${format.id} with a fault is refused: ${name}`, () => {
      const document = format.write(FULL_RECORD, view);
      const wrong = change(document);
      assert.is.not(wrong, document, 'the mutation changes the document');
      const seenWithoutSchemas =
        isSeenWithoutSchemas(format.id) ||
        ISO_ORDER_MUTATIONS.some(([each]) => format.id === 'iso19139' && each === name);
      if (format.id === 'iso19139' && seenWithoutSchemas) assert.ok(orderFaults(wrong).length > 0);
      if (haveSchemas() || seenWithoutSchemas) assert.ok(faultsOf(format.id, wrong).length > 0);
    });
  }
}

test('every format has mutations', () => {
  assert.equal(
    formats.map((format) => format.id).filter((id) => (MUTATIONS[id] ?? []).length < 2),
    [],
  );
});

test('a polygon with its rings the wrong way, or across the antimeridian, is refused', () => {
  const ring = [
    [170, 0],
    [-170, 0],
    [-170, 1],
    [170, 1],
    [170, 0],
  ];
  const feature = (coordinates: unknown) => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'Polygon', coordinates },
  });
  assert.ok(featureFaults({ ...feature([ring]), bbox: [170, 0, -170, 1] }).includes('a step across the antimeridian'));
  assert.equal(
    featureFaults(
      feature([
        [
          [0, 0],
          [0, 1],
          [1, 1],
          [0, 0],
        ],
      ]),
    ),
    ['a ring that is not right-handed'],
  );
  assert.equal(
    featureFaults(
      feature([
        [
          [0, 0],
          [1, 1],
          [0, 1],
          [0, 0],
        ],
      ]),
    ),
    [],
  );
});

test.after(() => console.log(`record formats: ${validationReport()}`));
test.run();
