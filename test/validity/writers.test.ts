// Every writer × every fixture record and every record of the demonstration catalogue; and a wrong document must be found wrong.

import { valid as geojsonFaults } from 'geojson-validation';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRecordFormats } from '../../src/formats/record-formats.ts';
import type { CatalogRecord } from '../../src/model/record.ts';
import { EDGE_RECORDS, FULL_RECORD } from '../fixtures/edge-records.ts';
import { viewForTests } from '../fixtures/format-view.ts';
import { testMappings } from '../fixtures/mappings.ts';
import { fixtureRecordsByCase } from '../fixtures/records.ts';
import { seedRecords } from '../fixtures/seed-records.ts';
import { orderFaults } from './iso-order.ts';
import { featureFaults } from './rfc7946.ts';
import { haveSchemas, type SchemaSet, validateXml, validationReport } from './xsd.ts';

type Mutation = readonly [name: string, change: (document: string) => string];

const test = suite('every writer is valid');
const formats = createRecordFormats(testMappings().templates);
const view = viewForTests();
const french = viewForTests({ language: 'fr', sequence: 7 });

const XML_SETS: { readonly [format: string]: SchemaSet } = {
  iso19139: 'iso19139',
  oai_dc: 'oai',
  csw: 'csw',
  'csw-brief': 'csw',
  'csw-summary': 'csw',
  csw30: 'csw3',
  'csw30-brief': 'csw3',
  'csw30-summary': 'csw3',
  atom: 'atom',
};

/** Everything that is wrong with a document; `byOrder` alone needs no schema. */
function faultsOf(format: string, document: string): readonly string[] {
  if (format === 'geojson') {
    const feature = JSON.parse(document) as { readonly [name: string]: unknown };
    return [...geojsonFaults(feature, true), ...featureFaults(feature)];
  }
  const set = XML_SETS[format];
  if (set === undefined) return [`no schema for ${format}`];
  return [...validateXml(document, set), ...(format === 'iso19139' ? orderFaults(document) : [])];
}

function* allRecords(): Iterable<readonly [string, CatalogRecord]> {
  yield* fixtureRecordsByCase();
  for (const record of EDGE_RECORDS) yield [`edge ${record.id}`, record];
}

for (const format of formats) {
  test(`${format.id}: the fixture records, in both languages`, () => {
    for (const [name, record] of allRecords()) {
      assert.equal(faultsOf(format.id, format.write(record, view)), [], name);
      assert.equal(faultsOf(format.id, format.write(record, french)), [], name);
    }
  });
}

test('all formats: every record of the demonstration catalogue', () => {
  let count = 0;
  for (const record of seedRecords(testMappings(), 'demo')) {
    for (const format of formats) {
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

const ISO_ORDER_MUTATIONS: readonly Mutation[] = [
  [
    'abstract before citation',
    (d) => d.replace(/(<gmd:citation>.*?<\/gmd:citation>)(<gmd:abstract .*?<\/gmd:abstract>)/, '$2$1'),
  ],
  ['no contact', (d) => d.replace(/<gmd:contact>.*?<\/gmd:contact>/, '')],
  [
    'north before south',
    (d) =>
      d.replace(
        /(<gmd:southBoundLatitude>.*?<\/gmd:southBoundLatitude>)(<gmd:northBoundLatitude>.*?<\/gmd:northBoundLatitude>)/,
        '$2$1',
      ),
  ],
];
const MUTATIONS: { readonly [format: string]: readonly Mutation[] } = {
  iso19139: [
    ...ISO_ORDER_MUTATIONS,
    ['unknown topic', (d) => d.replace('>geoscientificInformation<', '>volcanoes<')],
    ['no date', (d) => d.replace('<gco:DateTime>2024-05-02T08:00:00Z<', '<gco:DateTime>2 May 2024<')],
    ['word for a number', (d) => d.replace('<gco:Real>2300<', '<gco:Real>high<')],
    ['the same gml:id twice', (d) => d.replace('gml:id="t0"', 'gml:id="g0"')],
  ],
  oai_dc: [
    ['unknown element', (d) => d.replace(/dc:rights>/g, 'dc:right>')],
    ['element of qualified Dublin Core', (d) => d.replace('<dc:language>', '<dc:issued>2017</dc:issued><dc:language>')],
  ],
  csw: [
    ['unknown element', (d) => d.replace(/dct:abstract>/g, 'dct:description>')],
    ['box first', (d) => d.replace(/(<dc:identifier>.*)(<ows:BoundingBox.*<\/ows:BoundingBox>)/, '$2$1')],
    ['word for a number', (d) => d.replace('<ows:LowerCorner>-21.24 55.71<', '<ows:LowerCorner>south west<')],
  ],
  'csw-brief': [
    ['type before title', (d) => d.replace(/(<dc:title>.*<\/dc:title>)(<dc:type>.*<\/dc:type>)/, '$2$1')],
    ['no identifier', (d) => d.replace(/<dc:identifier>.*<\/dc:identifier>/, '')],
  ],
  'csw-summary': [
    [
      'abstract before modified',
      (d) => d.replace(/(<dct:modified>.*<\/dct:modified>)(<dct:abstract>.*<\/dct:abstract>)/, '$2$1'),
    ],
    ['no title', (d) => d.replace(/<dc:title>.*<\/dc:title>/, '')],
  ],
  csw30: [
    ['unknown element', (d) => d.replace(/dct:abstract>/g, 'dct:description>')],
    ['box of OWS 1.0', (d) => d.replace('http://www.opengis.net/ows/2.0', 'http://www.opengis.net/ows')],
    ['a day for a moment', (d) => d.replace(/<csw:begin>[^<]*</, '<csw:begin>2015-08-24<')],
  ],
  'csw30-brief': [
    ['type before title', (d) => d.replace(/(<dc:title>.*<\/dc:title>)(<dc:type>.*<\/dc:type>)/, '$2$1')],
    ['no identifier', (d) => d.replace(/<dc:identifier>.*<\/dc:identifier>/, '')],
  ],
  'csw30-summary': [
    [
      'period before box',
      (d) => d.replace(/(<ows:BoundingBox.*<\/ows:BoundingBox>)(<csw:TemporalExtent>.*<\/csw:TemporalExtent>)/, '$2$1'),
    ],
    ['no title', (d) => d.replace(/<dc:title>.*<\/dc:title>/, '')],
  ],
  atom: [
    ['no date', (d) => d.replace('<updated>2024-05-02T08:00:00Z<', '<updated>2024-05-02<')],
    ['no id', (d) => d.replace(/<id>.*?<\/id>/, '')],
    ['link without address', (d) => d.replace(/(<link rel="alternate"[^>]*) href="[^"]*"/, '$1')],
  ],
  geojson: [
    ['latitude first', (d) => d.replace('"coordinates":[55.71,-21.24', '"coordinates":[-21.24,155.71')],
    ['unknown geometry', (d) => d.replace('"type":"Point"', '"type":"Dot"')],
    ['bbox of three', (d) => d.replace('"bbox":[55.71,', '"bbox":[')],
  ],
};

for (const format of formats) {
  for (const [name, change] of MUTATIONS[format.id] ?? []) {
    test(`${format.id} with a fault is refused: ${name}`, () => {
      const document = format.write(FULL_RECORD, view);
      const wrong = change(document);
      assert.is.not(wrong, document, 'the mutation changes the document');
      const seenWithoutSchemas =
        format.id === 'geojson' || ISO_ORDER_MUTATIONS.some(([each]) => format.id === 'iso19139' && each === name);
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
