// The old data address of records that have rows: one object a row, or any encoding by its ending; fields and files where there are none.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { netcdf3 } from '../../../src/formats/codecs/netcdf3.ts';
import { bytesInMemory } from '../../../src/model/byte-source.ts';
import { createDataWriter } from '../../../src/storage/data-rows-write.ts';
import { dataShapes } from '../../../src/storage/data-shape.ts';
import { TEST_NOW, testApp } from '../../fixtures/app.ts';

const rows = suite('old data address: rows');
const app = await testApp();
const request = supertest(app.server);
const [OPEN, CLOSED] = [9301, 9302];
const address = (id: number, format = '') => `/rest2/req.php/gazvolc/data/id/${id}${format}`;
const fields = { localization: 'Etna', method: 'MULTIGAS' };
await app.writer.write([
  { service: 'gazvolc', id: OPEN, name: 'plume', date_b: '2020-01-01', authorization_: 0, fields },
  { service: 'gazvolc', id: CLOSED, name: 'plume', date_b: '2020-01-01', authorization_: 1, fields },
]);
const writer = createDataWriter(app.database, { shapes: dataShapes(app.mappings.services), clock: () => TEST_NOW });
const COUNT = 6000;
const chunk = (id: number) => ({
  rows: COUNT,
  values: [
    new Float64Array(COUNT).fill(id),
    Float64Array.from({ length: COUNT }, (_, n) => n + 1),
    Float64Array.from({ length: COUNT }, (_, n) => (n === 2 ? Number.NaN : Date.UTC(2020, 0, 1) + n * 60_000)),
    Float64Array.from({ length: COUNT }, (_, n) => 400 + n / 100),
  ],
});

rows('without any the fields are given, with some the rows', async () => {
  assert.equal((await request.get(address(OPEN)).expect(200)).body[0].localization, 'Etna');
  await request.get(address(OPEN, '/nc')).expect(406);
  for (const id of [OPEN, CLOSED]) await writer.write('gazvolc', ['record', 'analysis', 'time', 'co2'], [chunk(id)]);
  const answer = await request.get(address(OPEN)).expect(200);
  assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
  assert.is(answer.body.length, COUNT);
  assert.equal([answer.body[0].analysis, answer.body[0].time, answer.body[0].co2], [1, '2020-01-01T00:00:00Z', 400]);
  // The row without a time stands last.
  assert.equal([answer.body.at(-1).analysis, answer.body.at(-1).time], [3, null]);
  assert.is((await request.get(`/vobs${address(OPEN, '/json')}`).expect(200)).text, answer.text);
});

rows('csv and every other encoding by its ending', async () => {
  const csv = await request.get(address(OPEN, '/csv')).expect(200);
  assert.match(csv.headers['content-type'] ?? '', /^text\/csv/);
  assert.match(csv.headers['content-disposition'] ?? '', `filename="gazvolc-${OPEN}.csv"`);
  assert.is(csv.text.trimEnd().split('\r\n').length, COUNT + 1);
  const nc = await request.get(address(OPEN, '/nc')).responseType('blob').expect(200);
  const table = await netcdf3.read?.(bytesInMemory(Buffer.from(nc.body)));
  assert.ok(table?.columns.some(({ name }) => name === 'co2'));
  const wrong = await request.get(address(OPEN, '/docx')).expect(400);
  assert.match(JSON.stringify(wrong.body), /json, csv, .*parquet/);
});

rows('follow the right to the record, and are not sent twice', async () => {
  await request.get(address(CLOSED)).expect(401);
  await request.get(address(CLOSED)).set(app.as.registered).expect(200);
  const { etag } = (await request.get(address(OPEN)).expect(200)).headers;
  await request.get(address(OPEN)).set('If-None-Match', String(etag)).expect(304);
});

rows.after(async () => {
  await app.writer.withdraw([OPEN, CLOSED].map((id) => ({ service: 'gazvolc', id })));
});
rows.run();
