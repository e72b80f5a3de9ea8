// From a row to a record: what the row says, what its service file says instead, and in which language.

import { suite } from 'uvu';
import { equal, is, ok } from 'uvu/assert';
import type { MetadataRow } from '../../../src/mapping/row.ts';
import { createRowToRecord } from '../../../src/mapping/row-to-record.ts';
import { testMappings } from '../../fixtures/mappings.ts';
import { fixtureRecordsByCase } from '../../fixtures/records.ts';
import { metadataRow } from '../../fixtures/rows.ts';

const toRecord = createRowToRecord(testMappings());
const record = (given: Partial<MetadataRow> = {}) => toRecord(metadataRow(given));
const serviceOf = (name: string) => testMappings().services.find((service) => service.name === name)!;

const texts = suite('row to record: texts');

texts('title and abstract are never empty', () => {
  for (const [name, { title, abstract }] of fixtureRecordsByCase()) {
    ok(title.trim() !== '', name);
    ok(abstract.trim() !== '', name);
  }
});

texts('a record without name is called after its service and number', () => {
  equal(record({ id: 7, name: null }).title, 'dynvolc 7');
  equal(record({ id: 7, name: '  ' }).title, 'dynvolc 7');
  equal(record({ name: null }).name, null);
});

texts('a record without description takes the series abstract, in both languages', () => {
  const { abstract } = serviceOf('dynvolc');
  equal(record({ description: '' }).abstract, abstract.en);
  equal(record({ description: null, lang: 'fr' }).abstract, abstract.fr);
  equal(record({ description: null }).translations, { fr: { abstract: abstract.fr } });
  equal(record({ description: null, translations: '{"fr":{"title":"Titre"}}' }).translations, {
    fr: { abstract: abstract.fr, title: 'Titre' },
  });
});

texts('translations hold the other language alone', () => {
  const translations = '{"en":{"title":"Sample"},"fr":{"title":"Échantillon"}}';
  equal(record({ translations }).translations, { fr: { title: 'Échantillon' } });
  equal(record({ lang: 'fr', translations }).translations, { en: { title: 'Sample' } });
  equal(record({ translations: '{"en":{"title":"Sample"}}' }).translations, {});
});

texts('a series has title and abstract of its service file in both languages', () => {
  const { title, abstract } = serviceOf('oi2');
  const series = record({ service: 'oi2', id: 0, level: 'series', name: null, description: null });
  equal(series.title, title.en);
  equal(series.abstract, abstract.en);
  equal(series.translations, { fr: { title: title.fr, abstract: abstract.fr } });
  is(series.published, serviceOf('oi2').published);
});

texts('keywords are the row’s, then the service’s, in the record’s language, each once', () => {
  const french = serviceOf('dynvolc').keywords.map((keyword) => keyword.fr);
  equal(record({ lang: 'fr', keywords: ['lapilli', 'téphra'] }).keywords, [
    'lapilli',
    'téphra',
    ...french.filter((keyword) => keyword !== 'téphra'),
  ]);
  equal(
    record().keywords,
    serviceOf('dynvolc').keywords.map((keyword) => keyword.en),
  );
});

const codes = suite('row to record: codes');

codes('maintenance and status come from the acquisition, the row’s or else the service’s usual one', () => {
  const state = (given: Partial<MetadataRow>) => {
    const { maintenance, status } = record(given);
    return `${maintenance} ${status}`;
  };
  equal(state({ acquisition: 1 }), 'continual onGoing');
  equal(state({ acquisition: 2 }), 'daily onGoing');
  equal(state({ acquisition: 3 }), 'irregular completed');
  equal(state({ acquisition: 4 }), 'asNeeded completed');
  equal(state({ acquisition: 5 }), 'continual onGoing');
  equal(state({ acquisition: 6 }), 'notPlanned completed');
  equal(state({ acquisition: null }), 'asNeeded completed');
  equal(state({ acquisition: 99 }), 'asNeeded onGoing');
  equal(state({ service: 'renag', level: 'series', id: 0, acquisition: 4 }), 'daily onGoing');
});

codes('codes stay the numbers of the row', () => {
  const { acquisition, format, authorization } = record({ acquisition: null, format: null, authorization_: 2 });
  equal([acquisition, format, authorization], [null, null, 2]);
});

codes('the licence is the row’s, known or not, else the service’s', () => {
  equal(record().licence.id, 'CC-BY-NC-4.0');
  equal(record({ licence: 'CC-BY-4.0' }).licence, serviceOf('copdd').licence);
  equal(record({ licence: 'etalab-2.0' }).licence.url, 'https://spdx.org/licenses/etalab-2.0.html');
  equal(record({ licence: 'https://example.org/l' }).licence.url, 'https://example.org/l');
});

codes('contacts, lineage, topics and themes come from the service where the row says nothing', () => {
  const service = serviceOf('dynvolc');
  is(record().contacts, service.contacts);
  is(record().lineage, service.lineage);
  is(record().topics, service.topics);
  is(record().themes, service.themes);
  equal(record({ lineage: '{"en":"Sieved."}' }).lineage, { en: 'Sieved.' });
});

codes('a row of a service without file is described by the site', () => {
  const stranger = record({ service: 'elsewhere', identifier: 'urn:x', description: null });
  equal(stranger.licence, testMappings().site.licence);
  equal(stranger.contacts, testMappings().site.contacts);
  equal(stranger.abstract, testMappings().site.description.en);
  equal(stranger.lineage, null);
});

const places = suite('row to record: places');

places('the row’s own place name decides, with what holds it', () => {
  equal(record({ fields: '{"localization":"Etna"}' }).places, ['Etna', 'Italy']);
  equal(record({ fields: '{"localization":"etna"}', lang: 'fr' }).places, ['Etna', 'Italie']);
  equal(record({ fields: '{"localization":"Mont_Inconnu"}' }).places, ['Mont Inconnu']);
  equal(record({ service: 'hotvolc', fields: '{"volcano":"Piton_de_la_Fournaise","zone":"Reunion"}' }).places, [
    'Piton de la Fournaise',
    'Réunion',
  ]);
});

places('without a name the smallest place around the position decides', () => {
  equal(record().places, ['Piton de la Fournaise', 'Réunion']);
  equal(record({ longitude: 2.9649, latitude: 45.7722, lang: 'fr' }).places, [
    'puy de Dôme',
    'Chaîne des Puys',
    'France',
  ]);
  equal(record({ longitude: 15.003611, latitude: 37.718889 }).places, ['La Montagnola', 'Etna', 'Italy']);
  equal(record({ longitude: -30, latitude: 0 }).places, []);
  equal(record({ longitude: null, latitude: null }).places, []);
});

places('a zone is named when the record covers exactly it', () => {
  const zone = { service: 'hotvolc', west: -28, south: 57, east: -1.5, north: 68.5 };
  equal(record(zone).places, ['Iceland (HOTVOLC zone)']);
  equal(record({ ...zone, north: 68 }).places, []);
});

const instruments = suite('row to record: instruments');

instruments('a record has the configurations that were in force during it', () => {
  const during = (given: Partial<MetadataRow>) =>
    record({ service: 'voldorad', instrument: ['VOLDORAD2B'], ...given }).instrumentUses.map((use) =>
      use.configurations.map((configuration) => configuration.from),
    );
  const day = (date_b: string, date_e: string | null) => ({ date_b, time_b: null, date_e, time_e: null });
  equal(during(day('2010-06-01', '2010-06-02')), [['2009-07-01']]);
  equal(during(day('2012-12-31', '2012-12-31')), [['2009-07-01']]);
  equal(during(day('2012-12-31', '2013-01-01')), [['2009-07-01', '2013-01-01']]);
  equal(during(day('2013-01-01', '2013-01-01')), [['2013-01-01']]);
  equal(during(day('2012-06-01', null)), [['2009-07-01', '2013-01-01']]);
  equal(during({ date_b: null, time_b: null, date_e: '2010-01-01', time_e: null }), [['2009-07-01']]);
  equal(during(day('1990-01-01', '1990-01-02')), [[]]);
  equal(during({ date_b: null, time_b: null, date_e: null, time_e: null }), [[]]);
});

instruments('the platform is the row’s, else that of its instruments', () => {
  const platforms = (given: Partial<MetadataRow>) => record(given).platformUses.map((platform) => platform.id);
  equal(platforms({ service: 'voldorad', instrument: ['VOLDORAD2B'] }), ['montagnola']);
  equal(platforms({ service: 'voldorad', instrument: ['VOLDORAD2B'], platform: 'campaign' }), ['campaign']);
  equal(platforms({ platform: 'lorry' }), ['lorry']);
  equal(platforms({}), []);
});

instruments('an unknown instrument keeps its name; a series has all of them', () => {
  equal(record({ instrument: ['HAMMER'] }).instrumentUses[0]?.title, { en: 'HAMMER', fr: 'HAMMER' });
  const series = record({ service: 'voldorad', id: 0, level: 'series' });
  equal(series.instrumentUses.length, serviceOf('voldorad').instruments.length);
  equal(series.instrumentUses[0]?.configurations.length, 2);
});

const speed = suite('row to record: speed');

speed('many thousand rows a second, and nothing that is constant made twice', () => {
  const rows = Array.from({ length: 20_000 }, (_, index) =>
    metadataRow({
      id: index + 1,
      service: 'voldorad',
      instrument: ['VOLDORAD2B'],
      translations: `{"fr":{"title":"Etna, porte ${index}","abstract":"Paramètres éruptifs de la porte ${index}."}}`,
      keywords: ['Doppler radar', 'paroxysm'],
      fields: `{"radar":"VOLDORAD2B","localization":"Etna","eruption":true,"gate":${index % 12},"power_pos":-66.5,"vmax_pos":239.2}`,
    }),
  );
  const rate = Math.max(...[1, 2, 3].map(() => rowsASecond(rows)));
  console.log(`row to record: ${Math.round(rate)} rows/s`);
  const [first, second] = [toRecord(rows[0]!), toRecord(rows[1]!)];
  is(first.instrumentUses, second.instrumentUses);
  is(first.contacts, second.contacts);
  is(first.places, second.places);
  // A tenth of what is measured on an idle machine: the test tells a change of kind, not a busy neighbour.
  ok(rate > 10_000, `${rate} rows/s`);
});

function rowsASecond(rows: readonly MetadataRow[]): number {
  const start = performance.now();
  let length = 0;
  for (const row of rows) length += toRecord(row).title.length;
  ok(length > 0);
  return (rows.length / (performance.now() - start)) * 1000;
}

texts.run();
codes.run();
places.run();
instruments.run();
speed.run();
