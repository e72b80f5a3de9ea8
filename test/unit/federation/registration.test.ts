// What keeps a DOI from being registered is told, and what can be registered is complete: XML of the kernel and the body for the REST API.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { registration } from '../../../src/federation/registration.ts';
import { createRecordFormats } from '../../../src/formats/record-formats.ts';
import type { RecordFormat } from '../../../src/model/format.ts';
import type { CatalogRecord } from '../../../src/model/record.ts';
import { EDGE_RECORDS, FULL_RECORD } from '../../fixtures/edge-records.ts';
import { viewForTests } from '../../fixtures/format-view.ts';
import { testMappings } from '../../fixtures/mappings.ts';
import { faultsOf } from '../../validity/document-faults.ts';

const { templates, services } = testMappings();
const formats = createRecordFormats(templates, { services });
const format = (id: string) => formats.find((one) => one.id === id) as RecordFormat;
const writers = { xml: format('datacite'), json: format('datacite-json') };
const LANDING = 'https://data.observatoire.fr/vobs/id/dynvolc/12';
const view = viewForTests({ uri: () => LANDING });
const GOOD: CatalogRecord = { ...FULL_RECORD, doi: '10.25519/EXAMPLE-12', published: '2017-09-01' };

const test = suite('registration of DOIs');

function faults(change: Partial<CatalogRecord>, landing = LANDING): readonly string[] {
  const made = registration({ ...GOOD, ...change }, writers, viewForTests({ uri: () => landing }));
  return 'faults' in made ? made.faults : [];
}

test('a record that has everything: valid XML, the DOI as its identifier, and a body that publishes it', () => {
  const made = registration(GOOD, writers, view);
  assert.ok('xml' in made, JSON.stringify(made));
  assert.equal(faultsOf('datacite', made.xml.replace(/^<\?xml[^>]*>\s*/, '').trimEnd()), []);
  assert.match(made.xml, /<identifier identifierType="DOI">10\.25519\/EXAMPLE-12<\/identifier>/);
  assert.match(made.xml, /<publicationYear>2017<\/publicationYear>/);
  const { data } = JSON.parse(made.json);
  assert.equal([data.id, data.type, data.attributes.doi], ['10.25519/EXAMPLE-12', 'dois', '10.25519/EXAMPLE-12']);
  assert.equal([data.attributes.event, data.attributes.url, made.url], ['publish', LANDING, LANDING]);
  assert.equal(data.attributes.types.resourceTypeGeneral, 'PhysicalObject');
  assert.equal(data.attributes.publicationYear, 2017);
  assert.ok(data.attributes.creators.length > 0 && data.attributes.titles.length > 0);
  assert.is('id' in data.attributes, false);
});

test('each thing that registration demands is missed where it is not there', () => {
  const told: readonly (readonly [Partial<CatalogRecord>, RegExp])[] = [
    [{ doi: null }, /no DOI/],
    [{ doi: '10.25519/with blank' }, /not the name of a DOI/],
    [{ doi: 'https://doi.org/10.25519/x' }, /not the name of a DOI/],
    [{ doi: '10.5072/x' }, /for tests/],
    [{ authorization: 3 }, /not public/],
    [{ published: null }, /no date of publication/],
    [{ published: '0017-01-01' }, /not a year/],
    [{ title: ' ', translations: {} }, /no title/],
    [{ contacts: [{ organisation: ' ', role: 'publisher' }] }, /no publisher/],
    [{ contacts: [{ organisation: ' ', role: 'author' }] }, /no creator/],
  ];
  for (const [change, wanted] of told) assert.match(faults(change).join('; '), wanted, JSON.stringify(change));
  assert.equal(faults({}), []);
});

test('a landing page that nobody else reaches is refused', () => {
  for (const host of ['localhost:8080', '127.0.0.1:8080', '192.168.1.4', 'data.example.org', 'catalogue.test', '[::1]'])
    assert.match(faults({}, `http://${host}/id/x/1`).join('; '), /nobody else reaches/, host);
  assert.match(faults({}, 'ftp://data.observatoire.fr/1').join('; '), /no address/);
  assert.equal(faults({}, 'http://opgc.fr/vobs/id/x/1'), []);
});

test('what is told of many faults is all of them', () => {
  assert.is(faults({ doi: '10.5072/x', published: null, authorization: 3 }, 'http://localhost/').length, 4);
});

test('every record of the fixtures is either refused with a reason or valid', () => {
  for (const [n, record] of EDGE_RECORDS.entries()) {
    const made = registration({ ...record, doi: `10.25519/EDGE-${n}`, published: '2020-01-02' }, writers, view);
    if ('faults' in made) assert.ok(made.faults.length > 0);
    else assert.equal(faultsOf('datacite', made.xml.replace(/^<\?xml[^>]*>\s*/, '').trimEnd()), []);
  }
});

test.run();
