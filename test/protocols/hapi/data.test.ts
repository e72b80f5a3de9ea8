// What the data stream holds: the same records in each format, windows that join without gap or double, bins, times to the nanosecond.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dataApp, HOUR, HOURS, START, valueAt } from '../../fixtures/data-app.ts';
import { ask, binaryRecords, csvRecords, type HapiInfo, jsonRecords, query } from './client.ts';

const test = suite('HAPI data');
const { server, asked } = dataApp();

const infoOf = async (dataset: string, more = {}) =>
  JSON.parse((await ask(server, `/hapi/info?${query({ dataset, ...more })}`)).text) as HapiInfo;
const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

async function csvOf(dataset: string, start: string, stop: string, more = {}): Promise<string> {
  const { status, text } = await ask(server, `/hapi/data?${query({ dataset, start, stop, ...more })}`);
  assert.is(status, 200, text);
  return text;
}

test('csv, binary and json hold the same records; a binary record is as long as its types', async () => {
  for (const dataset of [
    'copdd_11',
    'copdd_12',
    'voldorad_21',
    'lidar_31',
    'airborne_41',
    'rayonnement_61',
    'gazvolc_51',
  ]) {
    const info = await infoOf(dataset);
    const [start, stop] = [info.startDate, dataset === 'copdd_12' ? '2024-05-04Z' : info.stopDate];
    const { parameters } = info;
    const csv = csvRecords(await csvOf(dataset, start, stop), parameters);
    const { bytes, headers } = await ask(server, `/hapi/data?${query({ dataset, start, stop, format: 'binary' })}`);
    assert.is(headers['content-type'], 'application/octet-stream');
    const width = parameters.reduce((sum, { type, length = 0, size = [1] }) => {
      return sum + (type === 'double' ? 8 : type === 'integer' ? 4 : length) * size.reduce((a, b) => a * b, 1);
    }, 0);
    assert.is(bytes.length, width * csv.length, dataset);
    assert.equal(binaryRecords(bytes, parameters), csv, dataset);
    const json = await ask(server, `/hapi/data?${query({ dataset, start, stop, format: 'json' })}`);
    assert.equal(jsonRecords(json.text), csv, dataset);
    const { data: _data, format, ...head } = JSON.parse(json.text);
    assert.is(format, 'json');
    assert.equal(head, info, 'json has the description before the data');
  }
});

test('every value of the series, fills where it is missing', async () => {
  const { startDate, stopDate, parameters } = await infoOf('copdd_11');
  const records = csvRecords(await csvOf('copdd_11', startDate, stopDate), parameters);
  assert.is(records.length, HOURS);
  records.forEach((record, n) => {
    const wanted = [
      iso(START + n * HOUR),
      iso(START + (n + 1) * HOUR),
      valueAt(n) ?? -1e31,
      n % 7 === 3 ? -(2 ** 31) : n,
    ];
    assert.equal(record, wanted);
  });
});

test('gates of one time are one record; bins are their ranges; a gate that is missing is fill', async () => {
  const { parameters, cadence } = await infoOf('voldorad_21');
  assert.equal(parameters[1]?.bins, [{ name: 'gate', units: 'm', centers: [150, 300, 450] }]);
  assert.is(cadence, 'PT0.25S');
  const records = csvRecords(await csvOf('voldorad_21', '2024-05-01Z', '2024-05-01T00:00:00.7Z'), parameters);
  assert.equal(
    records.map((record) => record.slice(1)),
    [
      [-50.1, -50.2, -50.3, 100, 200, 300],
      [-51.1, -51.2, -1e31, 101, 201, -1e31],
      [-1e31, -52.2, -52.3, 102, 202, 302],
    ],
  );
});

test('samples of one spring are one series: the better product where two are of one moment, and which record each is', async () => {
  const info = await infoOf('auverwatch_argnat');
  assert.equal(
    info.parameters.map(({ name }) => name),
    ['Time', 'record', 'ph'],
  );
  assert.match(String(info.note), /4 records/);
  assert.is(info.resourceURL, 'https://data.example.org/vobs/id/auverwatch');
  assert.equal(info.geoLocation, [3.09, 45.71, 660]);
  const records = csvRecords(await csvOf('auverwatch_argnat', info.startDate, info.stopDate), info.parameters);
  assert.equal(records, [
    [iso(START), 81, 7],
    [iso(START + 24 * HOUR), 83, 7.2],
    [iso(START + 72 * HOUR), 85, 7.3],
  ]);
  const part = await csvOf('auverwatch_argnat', '2024-05-02Z', '2024-05-03Z', { parameters: 'ph' });
  assert.is(part, '2024-05-02T00:00:00.000Z,7.2\n');
});

test('records of one radar are one series with its gates, and one record number a time', async () => {
  const info = await infoOf('voldorad_voldorad2b_etna');
  assert.equal(
    info.parameters.map(({ name, size }) => [name, size]),
    [
      ['Time', undefined],
      ['record', undefined],
      ['power_pos', [3]],
      ['vmax_pos', [3]],
    ],
  );
  const records = csvRecords(await csvOf('voldorad_voldorad2b_etna', info.startDate, info.stopDate), info.parameters);
  assert.equal(
    records.map(([, record]) => record),
    [21, 21, 21, 21, 21, 22, 22],
  );
  assert.equal(records[6]?.slice(2), [-101, -1e31, -1e31, 3, -1e31, -1e31]);
});

test('adjacent windows make the whole, wherever they are cut', async () => {
  const whole = await csvOf('voldorad_21', '2024-05-01T00:00:00Z', '2024-05-01T00:00:01.001Z');
  const nanoseconds = fc.integer({ min: 1, max: 1_000_999_999 });
  await fc.assert(
    fc.asyncProperty(nanoseconds, async (cut) => {
      const at = `2024-05-01T00:00:0${Math.floor(cut / 1e9)}.${String(cut % 1e9).padStart(9, '0')}Z`;
      const parts = [
        await csvOf('voldorad_21', '2024-05-01T00:00:00Z', at),
        await csvOf('voldorad_21', at, '2024-05-01T00:00:01.001Z'),
      ];
      assert.is(parts.join(''), whole);
    }),
    { numRuns: 40, examples: [[1], [250_000_000], [250_000_001], [249_999_999], [1_000_000_000]] },
  );
});

test('a stop one nanosecond after a record takes it, a start one nanosecond after it does not', async () => {
  assert.is((await csvOf('copdd_11', '2024-05-01T05Z', '2024-05-01T05:00:00.000000001Z')).split('\n').length, 2);
  assert.is(await csvOf('copdd_11', '2024-05-01T05:00:00.000000001Z', '2024-05-01T06Z'), '');
});

test('a series that still grows may be asked for beyond now; what ended may not', async () => {
  assert.is((await infoOf('copdd_12')).stopDate, '2025-06-03T00:00:00.000Z');
  const empty = await ask(server, '/hapi/data?dataset=copdd_12&start=2025-06-01Z&stop=2025-06-02Z&format=json');
  assert.is(empty.status, 200);
  const body = JSON.parse(empty.text);
  assert.is(body.status.code, 1201);
  assert.equal(body.data, []);
  const headed = await csvOf('copdd_12', '2025-06-01Z', '2025-06-02Z', { include: 'header' });
  assert.is(JSON.parse(headed.replace(/^#/gm, '')).status.code, 1201);
});

test('the place of a station, and the parameters that hold the place of a flight', async () => {
  assert.equal((await infoOf('copdd_11')).geoLocation, [2.964886, 45.772223, 1465]);
  const flight = await infoOf('airborne_41');
  assert.equal(flight.location, { parameters: [['longitude', 'latitude', 'altitude']] });
  assert.is(flight.parameters.find(({ name }) => name === 'altitude')?.vectorComponents, 'altitude');
});

test('texts: bytes of the longest one, quotes, and what is missing', async () => {
  const { parameters, startDate, stopDate } = await infoOf('rayonnement_61');
  assert.is(parameters.find(({ name }) => name === 'isotope')?.length, Buffer.byteLength('é, "α"'));
  const records = csvRecords(await csvOf('rayonnement_61', startDate, stopDate), parameters);
  assert.equal(
    records.map(([, isotope]) => isotope),
    ['Be-7', 'n/a', 'é, "α"'],
  );
});

test('labels in the language of the caller', async () => {
  const { text, headers } = await ask(server, '/hapi/info?dataset=copdd_11', { 'Accept-Language': 'fr' });
  assert.is(headers['content-language'], 'fr');
  assert.is(JSON.parse(text).parameters[2].label, 'valeur');
});

test('only the wanted columns and the wanted window are asked of the rows, and the description once', async () => {
  await csvOf('copdd_11', '2024-05-02Z', '2024-05-03Z', { parameters: 'samples' });
  const before = asked.length;
  await csvOf('copdd_11', '2024-05-03Z', '2024-05-04Z', { parameters: 'samples' });
  assert.is(asked.length, before + 1);
  assert.equal(asked.at(-1), {
    service: 'copdd',
    record: 11,
    cut: {
      variables: ['samples'],
      time: { start: START + 48 * HOUR, end: START + 72 * HOUR, endExcluded: true },
      box: null,
    },
    limit: null,
  });
});

test('304 to who has the answer already, 200 again when rows have changed', async () => {
  const own = dataApp();
  for (const address of [
    '/hapi/catalog',
    '/hapi/info?dataset=copdd_11',
    '/hapi/data?dataset=copdd_11&start=2024-05-01&stop=2024-05-02',
  ]) {
    const { headers } = await ask(own.server, address);
    const condition = { 'If-None-Match': headers.etag ?? '' };
    assert.is((await ask(own.server, address, condition)).status, 304, address);
  }
  const { headers } = await ask(own.server, '/hapi/catalog');
  own.change();
  assert.is((await ask(own.server, '/hapi/catalog', { 'If-None-Match': headers.etag ?? '' })).status, 200);
});

test('what is read is compressed where the caller takes it', async () => {
  const address = '/hapi/data?dataset=copdd_11&start=2024-05-01&stop=2024-05-30';
  const plain = await ask(server, address);
  const packed = await ask(server, address, { 'Accept-Encoding': 'gzip' });
  assert.is(packed.headers['content-encoding'], 'gzip');
  assert.is(packed.text, plain.text);
});

test('the page for people names the addresses and the data sets', async () => {
  const { text, headers } = await ask(server, '/hapi');
  assert.match(headers['content-type'] ?? '', /^text\/html/);
  for (const word of ['/hapi/catalog', 'voldorad_21', 'dataset=copdd_11']) assert.match(text, word);
});

test.run();
