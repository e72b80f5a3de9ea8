// The observatory's own tables, line by line: what is read, what is refused, and where it says so.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decode } from '../../../src/ingest/import/bytes.ts';
import { readDate, readInteger, readNumber, readTime } from '../../../src/ingest/import/cells.ts';
import { importRecords, type RefusedLine } from '../../../src/ingest/import/import-records.ts';
import { csvLines, ndjsonLines, type SourceLine, tabLines } from '../../../src/ingest/import/lines.ts';
import { reasonOf, rejectedFile } from '../../../src/ingest/import/rejected.ts';
import type { MetadataInput } from '../../../src/mapping/row.ts';
import type { Codes } from '../../../src/model/codes.ts';
import { AppError } from '../../../src/model/errors.ts';
import type { Service } from '../../../src/model/service.ts';
import type { RecordWriter, WriteSession } from '../../../src/storage/write-records.ts';

const french = { decimal: ',', date: 'dmy' } as const;
const codes = {
  authorization: [{ code: 0 }, { code: 1 }],
  acquisition: [{ code: 4 }],
  format: [{ code: 2 }],
} as unknown as Codes;
const service = {
  name: 'wells',
  mode: 'occasional',
  defaults: { authorization: 1, acquisition: 4, format: 2, lang: 'fr', embargoDays: null },
  fields: [
    { name: 'ph', type: 'number', label: { en: 'pH' }, queryable: true },
    { name: 'aquifer', type: 'text', label: { en: 'Aquifer' }, queryable: true, values: ['sand', 'rain'] },
  ],
  import: {
    delimiter: ';',
    decimal: ',',
    date: 'dmy',
    encoding: 'utf-8',
    columns: { Nom: 'name', X: 'longitude', Y: 'latitude' },
  },
} as unknown as Service;

/** Stands in for the writer: keeps rows, refuses latitudes above 90, and forgets everything when the transaction throws. */
function memoryStore(): Pick<RecordWriter, 'transaction'> & { rows: MetadataInput[] } {
  const store = {
    rows: [] as MetadataInput[],
    transaction: async <T>(work: (session: WriteSession) => Promise<T>) => {
      const before = [...store.rows];
      const write: WriteSession['write'] = async (rows) => {
        const given = rows as readonly MetadataInput[];
        const refused = given.flatMap((row, index) =>
          (row.latitude ?? 0) > 90
            ? [{ index, row, faults: [{ name: 'latitude', detail: { en: 'above 90', fr: 'au-dessus de 90' } }] }]
            : [],
        );
        const good = given.filter((row) => (row.latitude ?? 0) <= 90);
        store.rows.push(...good);
        return { inserted: good.length, updated: 0, unchanged: 0, refused };
      };
      try {
        return await work({ write, attach: async () => 0, withdraw: async () => 0 });
      } catch (error) {
        store.rows = before;
        throw error;
      }
    },
  };
  return store;
}

async function importText(lines: Iterable<SourceLine> | AsyncIterable<SourceLine>, strict = false) {
  const store = memoryStore();
  const refused: RefusedLine[] = [];
  const report = await importRecords(
    {
      lines,
      dialect: service.import,
      service,
      codes,
      strict,
      onRefused: (line) => refused.push(line),
      onProgress: () => {},
    },
    store,
  );
  return { report, refused, rows: store.rows };
}

const cells = suite('cells');
cells('numbers with the declared decimal sign only', () => {
  assert.is(readNumber('1,5', french), 1.5);
  assert.is(readNumber('-0,25', french), -0.25);
  assert.is(readNumber('1.5', { decimal: '.', date: 'dmy' }), 1.5);
  for (const bad of ['1.5', '1 500', '1.234,5', 'abc', '', '1,5,2', '0x10', 'Infinity'])
    assert.throws(() => readNumber(bad, french), undefined, bad);
  assert.is(readInteger('1465', french), 1465);
  assert.is(readInteger('1465,0', french), 1465);
  assert.throws(() => readInteger('1465,5', french));
});
cells('dates in the declared order, and ISO dates always', () => {
  assert.is(readDate('31/12/2015', french), '2015-12-31');
  assert.is(readDate('1-2-2015', french), '2015-02-01');
  assert.is(readDate('2015-12-31', french), '2015-12-31');
  assert.is(readDate('12/31/2015', { decimal: '.', date: 'mdy' }), '2015-12-31');
  for (const bad of ['12/31/2015', '31/12/15', '31/02/2015', '2015', 'hier'])
    assert.throws(() => readDate(bad, french), undefined, bad);
  assert.throws(() => readDate('31/12/2015', { decimal: '.', date: 'ymd' }));
});
cells('times to the second', () => {
  assert.is(readTime('7:05'), '07:05:00');
  assert.is(readTime('14h50'), '14:50:00');
  assert.is(readTime('23:59:59.5'), '23:59:59');
  for (const bad of ['24:00', '12:60', '12', '1200']) assert.throws(() => readTime(bad), undefined, bad);
});
cells.run();

const lines = suite('import of lines');
lines('a semicolon table with accents, decimal commas and French dates', async () => {
  const text =
    'id;Nom;date_b;time_b;X;Y;elevation;ph;aquifer\n1;"Forage; été";31/12/2015;07:30;2,96;45,77;1465;6,8;sand\n2;Source;;;;;;;\n';
  const { report, rows, refused } = await importText(csvLines(text, ';'));
  assert.equal(refused, []);
  assert.is(report.inserted, 2);
  assert.equal(rows[0], {
    authorization_: 1,
    acquisition: 4,
    format: 2,
    lang: 'fr',
    id: 1,
    name: 'Forage; été',
    date_b: '2015-12-31',
    time_b: '07:30:00',
    longitude: 2.96,
    latitude: 45.77,
    elevation: 1465,
    fields: { ph: 6.8, aquifer: 'sand' },
    service: 'wells',
  });
  assert.equal(rows[1]?.fields, undefined);
});
lines('every fault of a line is named with its column, the others are stored', async () => {
  const text =
    'id;Nom;date_b;X;Y;authorization_\n1;a;31/02/2015;2.5;91;7\n2;b;01/01/2015;2,5;45;0\n2;c;01/01/2015;2,5;45;0\n3;d;01/01/2015\n;e;;;;\n4;f;;;95;\n5;g;;3;95;\n';
  const { report, refused, rows } = await importText(csvLines(text, ';'));
  assert.equal(
    rows.map((row) => row.id),
    [2],
  );
  assert.is(report.refused, 6);
  assert.equal(
    refused.map((line) => line.line),
    [2, 4, 5, 6, 7, 8],
  );
  assert.match(
    reasonOf(refused[0]?.faults ?? []),
    /column 3 \(date_b\).*31\/02\/2015.*column 4 \(X\).*'\.'.*authorization_: 7 is not a known code/,
  );
  assert.match(reasonOf(refused[1]?.faults ?? []), /2 stands in line 3 already/);
  assert.match(reasonOf(refused[2]?.faults ?? []), /3 cells under 6 columns/);
  assert.match(reasonOf(refused[3]?.faults ?? []), /id: is empty/);
  assert.match(reasonOf(refused[4]?.faults ?? []), /one without the other/);
  assert.match(reasonOf(refused[5]?.faults ?? []), /latitude: above 90/);
  const again = rejectedFile(refused, ';');
  assert.match(again, /^_line;_reason;id;Nom/);
  const second = await importText(
    csvLines(
      again.replace(';7\n', ';0\n').replaceAll('31/02', '01/02').replaceAll('2.5', '2,5').replace(';91;', ';9;'),
      ';',
    ),
  );
  assert.is(second.report.inserted, 2);
});
lines('strict stores nothing when one line is refused', async () => {
  const { report, rows } = await importText(csvLines('id;Nom\n1;a\nx;b\n', ';'), true);
  assert.is(report.refused, 1);
  assert.is(report.inserted, 0);
  assert.equal(rows, []);
});
lines('columns that neither the table nor the service has are refused before anything is stored', async () => {
  try {
    await importText(csvLines('id;Nom;colour;Nom\n1;a;b;c\n', ';'));
    assert.unreachable();
  } catch (error) {
    assert.ok(error instanceof AppError);
    assert.equal(
      error.faults.map((fault) => fault.parameter),
      ['line 1, column 3 (colour)', 'line 1, column 4 (Nom)'],
    );
  }
});
lines('a MySQL tab dump, null and escapes', async () => {
  const { rows } = await importText(
    tabLines('id\tNom\tdate_b\tph\n1\tpuits\\tnord\t2015-12-31\t\\N\n2\ta\\\\b\t\\N\t6,5\n'),
  );
  assert.is(rows[0]?.name, 'puits\tnord');
  assert.is(rows[0]?.fields, undefined);
  assert.is(rows[1]?.name, 'a\\b');
});
lines('JSON lines with nested fields', async () => {
  const store = memoryStore();
  const refused: RefusedLine[] = [];
  const text =
    '{"id":1,"name":"a","latitude":45.5,"longitude":3,"fields":{"ph":7.5},"keywords":["x","y"]}\n{"id":2,"name":null}\nnot json\n[1]\n';
  await importRecords(
    {
      lines: ndjsonLines(text),
      dialect: { decimal: '.', date: 'ymd' },
      service,
      codes,
      strict: false,
      onRefused: (line) => refused.push(line),
      onProgress: () => {},
    },
    store,
  );
  assert.equal(
    store.rows.map((row) => row.fields),
    [{ ph: 7.5 }, undefined],
  );
  assert.equal(store.rows[0]?.keywords, ['x', 'y']);
  assert.equal(
    refused.map((line) => line.line),
    [3, 4],
  );
});
lines('a line with a broken quote is refused by number, the next ones are read', async () => {
  const { rows, refused } = await importText(csvLines('id;Nom\n1;"a"b\n2;c\n', ';'));
  assert.equal(
    rows.map((row) => row.id),
    [2],
  );
  assert.is(refused[0]?.line, 2);
});
lines('end before begin is stored and reported', async () => {
  const { report } = await importText(
    csvLines('id;date_b;date_e\n1;02/01/2015;01/01/2015\n2;01/01/2015;01/01/2015\n', ';'),
  );
  assert.is(report.endBeforeBegin, 1);
  assert.is(report.inserted, 2);
});
lines.run();

const encodings = suite('encodings');
encodings('UTF-8 with and without BOM, windows-1252 only where declared', () => {
  assert.is(decode(Buffer.from('é'), 'utf-8'), 'é');
  assert.is(decode(Buffer.from('\ufeffé'), 'windows-1252'), 'é');
  assert.is(decode(Buffer.from([0xe9, 0x80]), 'windows-1252'), 'é€');
  try {
    decode(Buffer.from([0x61, 10, 0x62, 0xe9, 0x63]), 'utf-8');
    assert.unreachable();
  } catch (error) {
    assert.ok(error instanceof AppError);
    assert.is(error.faults[0]?.parameter, 'line 2, column 2');
  }
});
encodings.run();
