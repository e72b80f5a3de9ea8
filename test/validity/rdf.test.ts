// The three notations of DCAT say the same, as the public libraries read them; schema.org expands without asking the network.
import jsonld from 'jsonld';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { turtleQuads } from '../../conformance/dcat/dcat-shapes.ts';
import { createRecordFormats } from '../../src/formats/record-formats.ts';
import type { CatalogRecord } from '../../src/model/record.ts';
import { DOOR_RECORD } from '../fixtures/door-record.ts';
import { EDGE_RECORDS } from '../fixtures/edge-records.ts';
import { viewForTests } from '../fixtures/format-view.ts';
import { testMappings } from '../fixtures/mappings.ts';
import { fixtureRecordsByCase } from '../fixtures/records.ts';
import { canonical, canonicalJsonLd, rdfXmlQuads } from './rdf-readers.ts';

const test = suite('notations of RDF');
const { templates, services } = testMappings();
const formats = new Map(createRecordFormats(templates, { services }).map((format) => [format.id, format]));
const view = viewForTests();

function* records(): Iterable<readonly [string, CatalogRecord]> {
  yield* fixtureRecordsByCase();
  for (const record of EDGE_RECORDS) yield [`edge ${record.id}`, record];
  yield ['a web service of ours', DOOR_RECORD];
}

test('Turtle, JSON-LD and RDF/XML of every fixture record are the same graph', async () => {
  for (const [name, record] of records()) {
    const written = (id: string) => formats.get(id)?.write(record, view) ?? '';
    const turtle = await canonical(turtleQuads(written('dcat-ttl')));
    assert.ok(turtle.length > 500, name);
    assert.is(await canonicalJsonLd(written('dcat-jsonld')), turtle, `JSON-LD of ${name}`);
    assert.is(await canonical(rdfXmlQuads(written('dcat-rdf'))), turtle, `RDF/XML of ${name}`);
  }
});

test('a difference between the notations is seen', async () => {
  const [, record] = [...fixtureRecordsByCase()][0] ?? [];
  if (record === undefined) throw new Error('no fixture');
  const turtle = formats.get('dcat-ttl')?.write(record, view) ?? '';
  const wrong = formats.get('dcat-jsonld')?.write(record, view).replace('"@language":"en"', '"@language":"fr"') ?? '';
  assert.is.not(await canonicalJsonLd(wrong), await canonical(turtleQuads(turtle)));
});

test('schema.org expands to terms of schema.org alone, with its context given as a vocabulary', async () => {
  const contexts = async (address: string) => {
    if (address !== 'https://schema.org/') throw new Error(`asked for ${address}`);
    return {
      contextUrl: undefined,
      documentUrl: address,
      document: { '@context': { '@vocab': 'http://schema.org/' } },
    };
  };
  for (const [name, record] of records()) {
    const document = JSON.parse(formats.get('schema-org')?.write(record, view) ?? '{}');
    const [expanded] = await jsonld.expand(document, { documentLoader: contexts as never });
    assert.equal(expanded?.['@type'], [`http://schema.org/${record.level === 'service' ? 'WebAPI' : 'Dataset'}`], name);
    assert.ok(Object.keys(expanded ?? {}).every((key) => key.startsWith('@') || key.startsWith('http://schema.org/')));
  }
});

test.run();
