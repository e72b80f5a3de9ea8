// Twenty thousand lines of the observatory's own table: accents, semicolons, decimal commas, French dates, empty cells, two wrong lines. What is
// stored is found by search and written by every format; the same import again changes nothing.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createCatalogue } from '../../src/catalogue/create-catalogue.ts';
import { createRecordFormats } from '../../src/formats/record-formats.ts';
import { decode } from '../../src/ingest/import/bytes.ts';
import { importRecords, type RefusedLine } from '../../src/ingest/import/import-records.ts';
import { csvLines } from '../../src/ingest/import/lines.ts';
import { reasonOf } from '../../src/ingest/import/rejected.ts';
import { createRowToRecord } from '../../src/mapping/row-to-record.ts';
import { EVERYTHING } from '../../src/model/query.ts';
import { ANONYMOUS } from '../../src/model/viewer.ts';
import { migrate } from '../../src/storage/migrate.ts';
import { syncServices } from '../../src/storage/service-rows.ts';
import { createRecordWriter } from '../../src/storage/write-records.ts';
import { openTestDatabase, testMappings } from '../fixtures/database.ts';
import { viewForTests } from '../fixtures/format-view.ts';

const LINES = process.env.VOBS_TEST_EMBEDDED === '1' ? 4000 : 20_000;
const WRONG = [1234, 3210];
const LIMIT_MS = 15_000;

function lineOf(id: number): string {
  if (id === WRONG[0]) return `${id};Forage n° ${id};;0;31/02/2015;;;;45,77;2,96;1465;4326;4;2`;
  if (id === WRONG[1]) return `${id};Forage n° ${id};;0;31/12/2015;;;;95,5;2,96;1465;4326;4;2`;
  const day = `${String((id % 28) + 1).padStart(2, '0')}/${String((id % 12) + 1).padStart(2, '0')}/2015`;
  const time = id % 3 === 0 ? '' : '07:30:00';
  const elevation = id % 5 === 0 ? '' : String(400 + (id % 900));
  const latitude = (45 + (id % 1000) / 1000).toFixed(3).replace('.', ',');
  const longitude = (2 + (id % 777) / 777).toFixed(4).replace('.', ',');
  return `${id};"Forage d’été n° ${id}; aquifère";Prélèvement à ${id % 40} m;0;${day};${time};;;${latitude};${longitude};${elevation};4326;4;2`;
}

function table(): Buffer {
  const header =
    'id;name;description;authorization_;date_b;time_b;date_e;time_e;latitude;longitude;elevation;epsg;acquisition;format';
  const lines = Array.from({ length: LINES }, (_, i) => lineOf(i + 1));
  return Buffer.from(`\ufeff${header}\r\n${lines.join('\r\n')}\r\n`);
}

const imports = suite("import of the observatory's table");

imports('a large table in one transaction, wrong lines named, again without change', async () => {
  const database = await openTestDatabase();
  try {
    const mappings = testMappings();
    const service = mappings.services.find(({ name }) => name === 'auverwatch');
    assert.ok(service);
    await migrate(database);
    await syncServices(database, mappings.services);
    const writer = createRecordWriter(database, { prefix: mappings.site.identifierPrefix, clock: Date.now });
    const run = async () => {
      const refused: RefusedLine[] = [];
      const lines = csvLines(decode(table(), service.import.encoding), service.import.delimiter);
      const order = {
        lines,
        dialect: service.import,
        service,
        codes: mappings.codes,
        strict: false,
        onRefused: (line: RefusedLine) => refused.push(line),
        onProgress: () => {},
      };
      return { refused, report: await importRecords(order, writer) };
    };
    const started = performance.now();
    const { report, refused } = await run();
    const took = performance.now() - started;
    process.stdout.write(`${LINES} lines imported in ${(took / 1000).toFixed(1)} s `);
    assert.ok(took < LIMIT_MS * 2, `took ${took} ms`);
    assert.is(report.inserted, LINES - 2);
    assert.equal(
      refused.map((line) => line.line).sort((a, b) => a - b),
      WRONG.map((id) => id + 1),
    );
    assert.match(refused.map((line) => reasonOf(line.faults)).join('\n'), /date_b.*31\/02\/2015/);
    assert.match(refused.map((line) => reasonOf(line.faults)).join('\n'), /latitude/);

    const catalogue = createCatalogue(database, { toRecord: createRowToRecord(mappings), services: mappings.services });
    const found = await catalogue.search({ ...EVERYTHING, words: 'ete aquifere', levels: ['dataset'] }, ANONYMOUS);
    assert.is(found.total, LINES - 2);
    const inBox = await catalogue.search(
      {
        ...EVERYTHING,
        areas: [{ area: { kind: 'box', box: [2, 45, 2.1, 45.1] }, relation: 'intersects' }],
        levels: ['dataset'],
      },
      ANONYMOUS,
    );
    const expected = Array.from({ length: LINES }, (_, i) => i + 1).filter(
      (id) => !WRONG.includes(id) && (id % 1000) / 1000 <= 0.1 && (id % 777) / 777 <= 0.1 + 5e-5,
    ).length;
    assert.ok(
      Math.abs((inBox.total ?? 0) - expected) <= LINES / 1000,
      `${inBox.total} in the box, ${expected} by hand`,
    );

    const record = await catalogue.get({ service: 'auverwatch', id: 5 }, ANONYMOUS);
    assert.ok(record);
    assert.is(record.title, 'Forage d’été n° 5; aquifère');
    assert.is(record.elevation, null);
    assert.equal(record.time, { kind: 'instant', at: '2015-06-06T07:30:00Z' });
    for (const format of createRecordFormats(mappings.templates, { services: mappings.services }))
      assert.match(format.write(record, viewForTests()), /Forage d/, format.id);

    const again = await run();
    assert.is(again.report.unchanged, LINES - 2);
    assert.is(again.report.inserted + again.report.updated, 0);
  } finally {
    await database.close();
  }
});

imports.run();
