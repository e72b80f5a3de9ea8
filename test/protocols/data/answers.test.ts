// /data over HTTP: every encoding, cuts, fewer rows, validators, rights, faults.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CODECS } from '../../../src/formats/codecs/codecs.ts';
import { bytesInMemory } from '../../../src/model/byte-source.ts';
import { columnIndex, type Table } from '../../../src/model/table.ts';
import { createDataWriter } from '../../../src/storage/data-rows-write.ts';
import { dataShapes } from '../../../src/storage/data-shape.ts';
import { TEST_BASE, TEST_NOW, testApp } from '../../fixtures/app.ts';

const app = await testApp();
const request = supertest(app.server);
const writer = createDataWriter(app.database, {
  shapes: dataShapes(app.mappings.services),
  clock: () => TEST_NOW,
});

const HOUR = 3_600_000;
const FIRST = Date.UTC(2020, 0, 1);
const COUNT = 2000;
const SPIKE = 1234;
const OPEN = 9101;
const REGISTERED = 9102;
const PARTNERS = 9103;
const INTERNAL = 9104;
const EMPTY = 9105;
const place = { latitude: 45.772, longitude: 2.965, epsg: 4326, elevation: 1465 };
const months = { date_b: '2020-01-01', time_b: '00:00:00', date_e: '2020-03-24', time_e: '07:00:00' };
const common = {
  service: 'copdd',
  ...place,
  ...months,
  fields: { parameter: 'ozone', unit: 'nmol/mol', site: 'puy-de-dome' },
};
const KEYS = [OPEN, REGISTERED, PARTNERS, INTERNAL, EMPTY].map((id) => ({ service: 'copdd', id }));
await app.writer.write([
  { ...common, id: OPEN, name: 'Ozone by the hour', authorization_: 0 },
  { ...common, id: REGISTERED, name: 'for registered', authorization_: 1 },
  { ...common, id: PARTNERS, name: 'for partners', authorization_: 2, access_groups: ['partners'] },
  { ...common, id: INTERNAL, name: 'internal', authorization_: 3 },
  { ...common, id: EMPTY, name: 'nothing', authorization_: 0 },
]);
const valueAt = (n: number): number => (n === SPIKE ? 400 : 40 + (n % 24) / 10);
const times = Float64Array.from({ length: COUNT }, (_, n) => FIRST + n * HOUR);
for (const id of [OPEN, REGISTERED, PARTNERS, INTERNAL]) {
  const values = [
    new Float64Array(COUNT).fill(id),
    times,
    times.map((at) => at + HOUR),
    times.map((_, n) => valueAt(n)),
  ];
  await writer.write('copdd', ['record', 'time', 'time_end', 'value'], [{ rows: COUNT, values }]);
}

const get = (path: string, headers: { readonly [name: string]: string } = {}) =>
  request.get(path).set(headers).responseType('blob');
const textOf = async (path: string, headers: { readonly [name: string]: string } = {}): Promise<string> =>
  Buffer.from((await get(path, headers).expect(200)).body).toString();
const lines = async (path: string, headers: { readonly [name: string]: string } = {}): Promise<string[]> =>
  (await textOf(path, headers)).trimEnd().split('\r\n');

async function columnOf(table: Table, name: string): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for await (const { values } of table.chunks()) found.push(...(values[columnIndex(table, name)] ?? []));
  return found;
}

const formats = suite('/data formats');
for (const codec of CODECS.filter(({ write, id }) => write && id !== 'ebas' && id !== 'icartt')) {
  formats(`${codec.id} holds the rows`, async () => {
    const answer = await get(`/data/copdd/${OPEN}.${codec.extension}`).expect(200);
    assert.match(String(answer.headers['content-type']), codec.mediaType);
    assert.is(answer.headers['content-disposition'], `attachment; filename="copdd-${OPEN}.${codec.extension}"`);
    if (codec.read === undefined) return;
    const table = await codec.read(bytesInMemory(Buffer.from(answer.body), `x.${codec.extension}`));
    try {
      // NASA Ames has titles instead of names: after the time and its end.
      const name = (table.columns.find((column) => column.name === 'value') ?? table.columns[2])?.name ?? '';
      const values = await columnOf(table, name);
      assert.equal([values.length, values[0], values[SPIKE]], [COUNT, 40, 400]);
    } finally {
      await table.close?.();
    }
  });
}

formats('a format that cannot hold the rows is refused with the reason', async () => {
  const answer = await request.get(`/data/copdd/${OPEN}.icartt`).expect(406);
  assert.match(answer.body.detail, /ICARTT wants/);
});

formats('the ending, f and Accept choose alike; CSV is the first', async () => {
  const type = async (path: string, accept?: string) =>
    String((await get(path, accept === undefined ? {} : { Accept: accept })).headers['content-type']);
  const record = `/data/copdd/${OPEN}`;
  assert.match(await type(record), 'text/csv');
  assert.match(await type(record, 'text/html,*/*;q=0.8'), 'text/csv');
  assert.match(await type(record, 'application/geo+json'), 'application/geo+json');
  assert.match(await type(`${record}?f=nc`), 'application/x-netcdf');
  assert.match(await type(`${record}?f=covjson`, 'text/csv'), 'application/prs.coverage+json');
  const answer = await request.get(`${record}.docx`).expect(406);
  assert.match(answer.body.detail, /csv \(text\/csv\)/);
  await request.get(record).set('Accept', 'image/png').expect(406);
});

formats('what is lost is told', async () => {
  const answer = await get(`/data/copdd/${OPEN}.ndjson?limit=1`).expect(200);
  assert.match(String(answer.headers['vobs-losses']), /left out/);
  const whole = JSON.parse(await textOf(`/data/copdd/${OPEN}.json?limit=1`));
  assert.match(
    whole.metadata.history.join('\n'),
    new RegExp(`^2025-06-01T00:00:00Z taken from opgc:copdd:${OPEN}: at most 1 rows$`),
  );
});

formats('a CSV names its description, which names the unit of the record', async () => {
  const answer = await get(`/data/copdd/${OPEN}.csv?limit=3`).expect(200);
  const [, address = ''] =
    /^<([^>]+)>; rel="describedby"; type="application\/csvm\+json"$/.exec(String(answer.headers.link)) ?? [];
  assert.is(address, `${TEST_BASE}/data/copdd/${OPEN}.csv-metadata.json?limit=3`);
  const description = await textOf(address.slice(TEST_BASE.length));
  assert.match(description, 'nmol/mol');
  assert.match(description, 'Ozone by the hour');
});

const cuts = suite('/data cuts');
const record = `/data/copdd/${OPEN}.csv`;

cuts('a period, with days to their end and open ends', async () => {
  const day = await lines(`${record}?time=2020-01-02/2020-01-02`);
  assert.is(day.length, 1 + 24);
  assert.match(day[1] ?? '', /^2020-01-02T00:00:00Z,/);
  assert.is((await lines(`${record}?datetime=2020-01-01T05:00:00Z/2020-01-01T07:00:00Z`)).length, 4);
  assert.is((await lines(`${record}?time=../2020-01-01`)).length, 25);
  assert.is((await lines(`${record}?time=1990-01-01/1990-02-01`)).length, 1);
  const named = await get(`${record}?time=2020-01-02T06:00:00Z/2020-01-03T00:00:00Z`);
  assert.match(String(named.headers['content-disposition']), `copdd-${OPEN}-20200102T060000Z-20200103.csv`);
});

cuts('variables in their order, rows by number, a box by the record', async () => {
  const [head, first, ...rest] = await lines(`${record}?variables=flag,value&limit=2`);
  assert.equal(
    [head, first, rest.length],
    ['time,time_end,flag,value', '2020-01-01T00:00:00Z,2020-01-01T01:00:00Z,,40', 1],
  );
  assert.is((await lines(`${record}?bbox=2,45,3,46&limit=5`)).length, 6);
  assert.is((await lines(`${record}?bbox=3,45,4,46&limit=5`)).length, 1);
});

cuts('fewer rows keep the spike and say so', async () => {
  const answer = await get(`${record}?points=20`).expect(200);
  const text = Buffer.from(answer.body).toString();
  assert.match(text, ',400\r\n');
  assert.ok(text.split('\r\n').length < 120);
  assert.match(String(answer.headers['vobs-decimation']), /^decimated from 2000 to \d+ rows: .*\(M4\)$/);
  const json = JSON.parse(await textOf(`/data/copdd/${OPEN}.json?points=20`));
  assert.match(json.metadata.history.at(-1), /decimated from 2000/);
  const lttb = await get(`${record}?points=50&method=lttb&variables=value`).expect(200);
  assert.match(String(lttb.headers['vobs-decimation']), /the shape of value \(LTTB\)/);
  assert.is(Buffer.from(lttb.body).toString().trimEnd().split('\r\n').length, 51);
  assert.match(
    String((await get(`${record}?points=50&method=minmax`)).headers['vobs-decimation']),
    /smallest and greatest/,
  );
});

cuts('every wrong parameter is named', async () => {
  const query = 'time=yesterday&bbox=1,2&variables=value,colour&limit=-1&points=2&method=mean&size=3';
  const { body } = await request.get(`/data/copdd/${OPEN}.csv?${query}`).expect(400);
  assert.equal(
    body.errors.map(({ parameter }: { parameter: string }) => parameter),
    ['time', 'bbox', 'variables', 'limit', 'points', 'method', 'size'],
  );
  assert.match(JSON.stringify(body), /there is no colour; there are: record, time/);
  const method = await request.get(`/data/copdd/${OPEN}.csv?method=m4`).expect(400);
  assert.match(JSON.stringify(method.body), 'is wanted with points');
  const timeless = await request.get('/data/dynvolc?time=2020&points=10').expect(400);
  assert.match(JSON.stringify(timeless.body), 'is not a date');
  const none = await request.get('/data/dynvolc?time=2020-01-01&points=10').expect(400);
  assert.equal(
    none.body.errors.map(({ parameter }: { parameter: string }) => parameter),
    ['time', 'points'],
  );
});

cuts('the list tells services, columns and encodings', async () => {
  const { body } = await request.get('/data').expect(200);
  const copdd = body.services.find(({ name }: { name: string }) => name === 'copdd');
  assert.equal(copdd.href, `${TEST_BASE}/data/copdd`);
  const ozone = copdd.columns.find(({ name }: { name: string }) => name === 'temperature');
  assert.equal([ozone.unit, ozone.standardName, ozone.label], ['degC', 'air_temperature', 'Air temperature']);
  assert.ok(!body.services.some(({ name }: { name: string }) => name === 'oi2'));
  assert.ok(body.formats.some(({ ending }: { ending: string }) => ending === 'parquet'));
});

const rights = suite('/data rights');
rights('of a record: 401 for nobody, 403 for who may not, 404 for what is not to be seen', async () => {
  const statuses = async (id: number) => {
    const list: number[] = [];
    for (const viewer of ['anonymous', 'registered', 'partner', 'internal'] as const) {
      list.push((await get(`/data/copdd/${id}.csv?limit=1`, app.as[viewer])).status);
    }
    return list;
  };
  assert.equal(await statuses(OPEN), [200, 200, 200, 200]);
  assert.equal(await statuses(REGISTERED), [401, 200, 200, 200]);
  assert.equal(await statuses(PARTNERS), [401, 403, 200, 200]);
  assert.equal(await statuses(INTERNAL), [404, 404, 404, 200]);
  assert.equal(await statuses(EMPTY), [404, 404, 404, 404]);
  assert.equal(await statuses(9199), [404, 404, 404, 404]);
});

rights('of a service: everybody gets what he may take', async () => {
  const of = async (viewer: keyof typeof app.as) => {
    const [head = '', ...rows] = await lines('/data/copdd.csv?variables=record&time=2020-02-01', app.as[viewer]);
    const at = head.split(',').indexOf('record');
    return [...new Set(rows.map((row) => Number(row.split(',')[at])))].filter((id) => id > 9000).sort();
  };
  assert.equal(await of('anonymous'), [OPEN]);
  assert.equal(await of('registered'), [OPEN, REGISTERED]);
  assert.equal(await of('partner'), [OPEN, REGISTERED, PARTNERS]);
  assert.equal(await of('internal'), [OPEN, REGISTERED, PARTNERS, INTERNAL]);
});

rights('addresses that name nothing', async () => {
  for (const path of [
    '/data/oi2',
    '/data/nothing.csv',
    '/data/copdd/abc',
    '/data/copdd/0',
    '/data/copdd/99999999999',
    '/data/oi2/1.nc',
  ]) {
    await request.get(path).expect(404);
  }
});

const kept = suite('/data validators');
kept('an unchanged answer is not sent again; a new row changes it', async () => {
  const first = await get(record).expect(200);
  const etag = String(first.headers.etag);
  await request.get(record).set('If-None-Match', etag).expect(304);
  const other = await get(`/data/copdd/${OPEN}.json`);
  assert.is.not(other.headers.etag, etag);
  const at = FIRST + COUNT * HOUR;
  const chunk = { rows: 1, values: [[OPEN], [at], [41]].map((list) => Float64Array.from(list)) };
  await writer.write('copdd', ['record', 'time', 'value'], [chunk]);
  const second = await get(record).set('If-None-Match', etag).expect(200);
  assert.is.not(second.headers.etag, etag);
  assert.is(Buffer.from(second.body).toString().trimEnd().split('\r\n').length, COUNT + 2);
  // What the caller may no longer take is not confirmed either.
  await request.get(`/data/copdd/${REGISTERED}.csv`).set('If-None-Match', '*').expect(401);
});

kept('HEAD says the same without the rows', async () => {
  const answer = await request.head(record).expect(200);
  assert.match(String(answer.headers['content-type']), 'text/csv');
  assert.ok(answer.headers.etag);
  assert.is(answer.text, undefined);
});

const linked = suite('/data links');
const EVERYBODY = {
  account: 'x',
  metadataLevel: 3,
  dataLevel: 3,
  services: null,
  groups: [],
  administrator: false,
} as const;
linked('records that have rows lead to them, others do not', async () => {
  const hrefs = async (id: number) => {
    const found = await app.catalogue.get({ service: 'copdd', id }, EVERYBODY);
    assert.ok(found);
    return app.app.links
      .recordLinks(found)
      .map(({ href }) => href.slice(TEST_BASE.length))
      .filter((href) => href.startsWith('/data/'));
  };
  assert.equal(await hrefs(OPEN), [`/data/copdd/${OPEN}.csv`, `/data/copdd/${OPEN}.nc`, `/data/copdd/${OPEN}.json`]);
  assert.equal(await hrefs(EMPTY), []);
  const series = await hrefs(0);
  assert.equal(series, ['/data/copdd.csv', '/data/copdd.nc', '/data/copdd.json']);
  for (const href of [...(await hrefs(OPEN)), ...series]) await request.head(href).expect(200);
});

linked.after(async () => {
  await app.writer.withdraw(KEYS);
});
for (const one of [formats, cuts, rights, kept, linked]) one.run();
