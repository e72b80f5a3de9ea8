// A stranger adds an observation service by one file: it is loaded, has a series record, fields and records, and nothing else changed.

import { suite } from 'uvu';
import { equal, ok } from 'uvu/assert';
import { fieldOf } from '../../../src/mapping/fields.ts';
import { loadMappings } from '../../../src/mapping/load.ts';
import { createRowToRecord } from '../../../src/mapping/row-to-record.ts';
import { seriesInput } from '../../../src/mapping/series-input.ts';
import { testMappings } from '../../fixtures/mappings.ts';
import { copyMappings } from '../../fixtures/mappings-copy.ts';
import { metadataRow } from '../../fixtures/rows.ts';
import { SEVENTEENTH_SERVICE } from '../../fixtures/seventeenth-service.ts';

const test = suite('seventeenth service');

test('one file adds a service', () => {
  const copy = copyMappings();
  try {
    copy.write('services/tides.json', JSON.stringify(SEVENTEENTH_SERVICE));
    const mappings = loadMappings(copy.directory);
    equal(mappings.services.length, testMappings().services.length + 1);
    ok(mappings.hash !== testMappings().hash);
    const service = mappings.services.find(({ name }) => name === 'tides');
    ok(service);
    const series = seriesInput(service, mappings.site);
    equal([series.identifier, series.level, series.name], ['opgc:tides', 'series', 'Tide gauges']);
    equal(series.translations?.fr?.title, 'Marégraphes');
    equal(fieldOf(service, 'water_level')?.type, 'number');
    const record = createRowToRecord(mappings)(
      metadataRow({ service: 'tides', name: null, description: null, fields: '{"water_level":1.25}' }),
    );
    equal([record.title, record.fields.water_level, record.topics[0]], ['tides 12', 1.25, 'oceans']);
    equal(record.abstract, SEVENTEENTH_SERVICE.abstract.en);
  } finally {
    copy.remove();
  }
});

test.run();
