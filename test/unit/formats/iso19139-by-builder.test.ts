// The templates against an independent writing of the same standard, node by node: the same document for every record.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { iso19139ByBuilder } from '../../../bench/iso19139-by-builder.ts';
import { elementsOf, parseXml, textOf, type XmlElement } from '../../../src/formats/syntax/xml.ts';
import { createIso19139 } from '../../../src/formats/writers/iso19139.ts';
import { createIso19139View } from '../../../src/formats/writers/iso19139-view.ts';
import { EDGE_RECORDS, FULL_RECORD } from '../../fixtures/edge-records.ts';
import { viewForTests } from '../../fixtures/format-view.ts';
import { testMappings } from '../../fixtures/mappings.ts';
import { fixtureRecordsByCase } from '../../fixtures/records.ts';

const test = suite('templates and xmlbuilder2');
const { write } = createIso19139(testMappings().templates);
const viewOf = createIso19139View();
const view = viewForTests();

/** The document without the writers' own choices: which characters are escaped (xmlbuilder2 leaves CR to be read as LF), `<x/>` or `<x></x>`. */
function canonical(element: XmlElement): unknown {
  const attributes = Object.fromEntries(
    element.attributes.map((each) => [`${each.namespace} ${each.name}`, each.value]),
  );
  const children = elementsOf(element);
  return [
    element.namespace,
    element.name,
    attributes,
    children.length > 0 ? children.map(canonical) : textOf(element).replace(/\r\n?/g, '\n'),
  ];
}

test('the same text for the record that is measured', () => {
  assert.is(write(FULL_RECORD, view), iso19139ByBuilder(viewOf(FULL_RECORD, view)));
});

test('the same document for every fixture record', () => {
  const records = [...fixtureRecordsByCase(), ...EDGE_RECORDS.map((record) => [`edge ${record.id}`, record] as const)];
  // xmlbuilder2 writes control characters as they are, and takes `&amp;` in a text for an entity of its own.
  const beyondBuilder = /\\u00(?:0[0-8bcef]|1.)|\\[bf]|&amp;/;
  for (const [name, record] of records) {
    if (beyondBuilder.test(JSON.stringify(record))) continue;
    assert.equal(
      canonical(parseXml(write(record, view))),
      canonical(parseXml(iso19139ByBuilder(viewOf(record, view)))),
      name,
    );
  }
});

test.run();
