// A stranger adds an observation service by one file and finds it at every door: description, search, ISO series record, pages, old address.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadMappings } from '../../../src/mapping/load.ts';
import { seriesInput } from '../../../src/mapping/series-input.ts';
import { migrate } from '../../../src/storage/migrate.ts';
import { syncSeries, syncServices } from '../../../src/storage/service-rows.ts';
import { createRecordWriter } from '../../../src/storage/write-records.ts';
import { appOver } from '../../fixtures/app.ts';
import { openTestDatabase } from '../../fixtures/database.ts';
import { copyMappings } from '../../fixtures/mappings-copy.ts';
import { SEVENTEENTH_SERVICE } from '../../fixtures/seventeenth-service.ts';

const added = suite('a service added by one file');

added('is found at every door', async () => {
  const copy = copyMappings();
  const database = await openTestDatabase();
  try {
    copy.write('services/tides.json', JSON.stringify(SEVENTEENTH_SERVICE));
    const mappings = loadMappings(copy.directory);
    const options = { prefix: mappings.site.identifierPrefix, clock: Date.now };
    await migrate(database);
    await syncServices(database, mappings.services);
    await syncSeries(
      database,
      mappings.services.map((service) => seriesInput(service, mappings.site)),
      options,
    );
    const gauge = {
      service: 'tides',
      id: 7,
      name: 'Gauge north',
      latitude: 48.5,
      longitude: -4.5,
      fields: { water_level: 1.25 },
    };
    await createRecordWriter(database, options).write([gauge]);
    const { server } = appOver(database, mappings);
    const text = async (path: string, status = 200): Promise<string> => {
      const answer = await supertest(server)
        .get(path)
        .buffer(true)
        .parse((response, done) => {
          let body = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => {
            body += part;
          });
          response.on('end', () => done(null, body));
        });
      assert.is(answer.status, status, path);
      return answer.body as string;
    };
    assert.match(await text('/opensearch/tides/osdd.xml'), /Tide gauges/);
    assert.match(await text('/opensearch/tides/osdd.xml'), /water_level/);
    assert.match(await text('/opensearch/search.atom?level=series&q=tide'), /opgc:tides/);
    assert.match(await text('/opensearch/tides/search.atom?water_level=1.25'), /Gauge north/);
    assert.match(await text('/opensearch/tides/search.geojson?q=gauge'), /"tides:water_level":1\.25/);
    assert.match(await text('/records/opgc:tides?f=iso19139'), /codeListValue="series"[\s\S]*Tide gauges/);
    assert.match(
      await text('/records/opgc:tides:7?f=iso19139'),
      /opgc:tides<\/gco:CharacterString><\/gmd:parentIdentifier>/,
    );
    assert.match(await text('/services'), /Tide gauges/);
    assert.match(await text('/services/tides?lang=fr'), /Marégraphes/);
    assert.match(await text('/search?service=tides'), /Gauge north/);
    assert.match(await text('/rest2/req.php/tides'), /"name":"Gauge north"/);
    assert.match(await text('/rest2/req.php/tides/data/id/7'), /1\.25/);
  } finally {
    copy.remove();
    await database.close();
  }
});

added.run();
