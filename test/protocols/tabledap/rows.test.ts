// The rows of a data set in every type of answer: the same rows, whoever reads them; constraints, times and functions of the server.
import { parquetReadObjects } from 'hyparquet';
import { NetCDFReader } from 'netcdfjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dataApp, HOUR, HOURS, PUY, START, valueAt } from '../../fixtures/data-app.ts';
import { ask, csv, dods, jsonTable } from './client.ts';

const test = suite('tabledap rows');
const { server, asked } = dataApp();

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString().replace('.000Z', 'Z');
async function rowsOf(query: string): Promise<readonly (readonly string[])[]> {
  const { status, text } = await ask(server, `tabledap/${query}`);
  assert.is(status, 200, text);
  return csv(text);
}

test('a query that is encoded as a whole, a plain one, and one with & in quotes', async () => {
  const encoded =
    'copdd.csv0?time%2Cvalue%26time%3E%3D1714521600.0%26record%3D%2211%22%26time%3C%3D2024-05-01T02%3A00%3A00Z%26distinct%28%29';
  const expected = [0, 1, 2].map((n) => [iso(START + n * HOUR), String(valueAt(n))]);
  assert.equal(await rowsOf(encoded), expected);
  assert.equal(await rowsOf('copdd.csv0?time,value&time>=2024-05-01&record=11&time<=2024-05-01T02'), expected);
  assert.equal(
    await rowsOf('copdd.csv0?s.time,s.value&s.time>=2024&s.record=11&s.time<2024-05-01T02:30:00%2B00:00'),
    expected,
  );
  // No isotope has this name, and what stands in quotes is no constraint.
  const none = await ask(server, 'tabledap/rayonnement.csv?isotope&isotope="x&activity>3"');
  assert.is(none.status, 404);
  assert.equal(await rowsOf('rayonnement.csv0?activity&isotope=%22%C3%A9,%20%5C%22%CE%B1%5C%22%22'), [['4']]);
});

test('every type of answer has the same rows', async () => {
  const query = '?isotope,time_begin,activity';
  const rows = [
    ['Be-7', iso(START), 3.5],
    ['', iso(START + 24 * HOUR), null],
    ['é, "α"', iso(START + 48 * HOUR), 4],
  ];
  const texts = rows.map((row) => row.map((cell) => (cell === null ? 'NaN' : String(cell))));
  const of = async (type: string) => (await ask(server, `tabledap/rayonnement.${type}${query}`)).text;
  assert.equal(csv(await of('csv')), [['isotope', 'time_begin', 'activity'], ['', 'UTC', 'mBq m-3'], ...texts]);
  assert.equal(csv(await of('csvp')), [['isotope', 'time_begin (UTC)', 'activity (mBq m-3)'], ...texts]);
  assert.equal(csv(await of('csv0')), texts);
  assert.is(
    await of('tsv0'),
    `Be-7\t${texts[0]?.[1]}\t3.5\n\t${texts[1]?.[1]}\tNaN\n"é, \\"α\\""\t${texts[2]?.[1]}\t4\n`,
  );
  const json = jsonTable(await of('json'));
  assert.equal(json, {
    columnNames: ['isotope', 'time_begin', 'activity'],
    columnTypes: ['String', 'String', 'double'],
    columnUnits: [null, 'UTC', 'mBq m-3'],
    rows,
  });
  const lines = async (type: string) =>
    (await of(type))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  assert.equal(await lines('jsonlCSV'), rows);
  assert.equal(await lines('jsonlCSV1'), [json.columnNames, ...rows]);
  assert.equal(
    await lines('jsonlKVP'),
    rows.map(([isotope, time_begin, activity]) => ({ isotope, time_begin, activity })),
  );
  const html = await of('htmlTable');
  assert.match(html, '<tr><td>é, &quot;α&quot;</td><td>2024-05-03T00:00:00Z</td><td>4</td></tr>');
  const binary = dods((await ask(server, `tabledap/rayonnement.dods${query}`)).bytes);
  assert.equal(
    binary,
    rows.map(([isotope, time, activity]) => [isotope, Date.parse(String(time)) / 1000, activity ?? Number.NaN]),
  );
  assert.match(await of('asc'), `\n"Be-7", ${START / 1000}, 3.5\n`);
});

test('a file of NetCDF holds them, with times in seconds since 1970', async () => {
  const { bytes, headers } = await ask(server, 'tabledap/copdd.nc?time,value,samples&record=11');
  assert.is(headers['content-type'], 'application/x-netcdf');
  const reader = new NetCDFReader(bytes);
  const times = reader.getDataVariable('time') as number[];
  assert.equal([times.length, times[0], times.at(-1)], [HOURS, START / 1000, START / 1000 + (HOURS - 1) * 3600]);
  // The types of the library say nothing of attributes.
  const variables = reader.variables as unknown as readonly {
    readonly name: string;
    readonly attributes: readonly { readonly name: string; readonly value: unknown }[];
  }[];
  const unitsOf = (name: string) =>
    variables.find((variable) => variable.name === name)?.attributes.find((own) => own.name === 'units')?.value;
  assert.is(unitsOf('time'), 'seconds since 1970-01-01T00:00:00Z');
  assert.is(unitsOf('value'), '1e-6');
  const globals = Object.fromEntries(reader.globalAttributes.map(({ name, value }) => [name, value]));
  assert.is(globals.time_coverage_start, '2024-05-01T00:00:00Z');
  assert.match(
    String(globals.history),
    'https://data.example.org/vobs/erddap/tabledap/copdd.nc?time,value,samples&record=11',
  );
  assert.is(reader.getAttribute('featureType'), null);
});

test('a discrete sampling geometry: a station for one record, points for several', async () => {
  const one = new NetCDFReader((await ask(server, 'tabledap/copdd.ncCF?&record=11')).bytes);
  assert.equal([one.getAttribute('featureType'), one.dimensions[0]?.name], ['timeSeries', 'time']);
  assert.equal(one.getDataVariable('lat'), [PUY.latitude]);
  const all = new NetCDFReader((await ask(server, 'tabledap/copdd.ncCF')).bytes);
  assert.is(all.getAttribute('featureType'), 'point');
  assert.is((all.getDataVariable('latitude') as number[]).length, HOURS + 48);
});

test('a file of Parquet holds them', async () => {
  const { bytes, headers } = await ask(server, 'tabledap/rayonnement.parquet?isotope,activity,time_begin');
  assert.is(headers['content-type'], 'application/vnd.apache.parquet');
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  const rows = await parquetReadObjects({ file });
  assert.equal(
    rows.map(({ isotope, activity }) => [isotope ?? null, activity ?? null]),
    [
      ['Be-7', 3.5],
      [null, null],
      ['é, "α"', 4],
    ],
  );
});

test('times relative to the present and to the ends of the data set', async () => {
  const last = START + (HOURS - 1) * HOUR;
  assert.equal(await rowsOf('copdd.csv0?time&time>max(time)-2hours'), [[iso(last - HOUR)], [iso(last)]]);
  assert.equal(await rowsOf('copdd.csv0?time&record=11&time<=min(time)+3600'), [[iso(START)], [iso(START + HOUR)]]);
  // The clock stands at 2025-06-01; a year and a month before is the first of May.
  assert.is((await rowsOf('copdd.csv0?time&record=11&time>=now-13months&time<=now-395days')).length, 25);
  assert.is((await rowsOf('copdd.csv0?time&record=11&time>=now%2D13months')).length, HOURS);
  assert.is((await ask(server, 'tabledap/copdd.csv?time&time>now-7days')).status, 404);
});

test('operators on numbers and texts, missing values, regular expressions over the whole value', async () => {
  const count = async (constraint: string) => (await rowsOf(`rayonnement.csv0?record&${constraint}`)).length;
  assert.is(await count('activity!=NaN'), 2);
  assert.is(await count('activity=NaN'), 1);
  assert.is(await count('isotope!="Be-7"'), 2);
  assert.is(await count('isotope=""'), 1);
  assert.is(await count('isotope=~"B.-\\\\d"'), 1);
  assert.is(await count('isotope=~"(?i)be.*"'), 1);
  assert.is(await count('time_begin=~"2024-05-0[13].*"'), 2);
  assert.is(await count('activity=~"3\\\\.5|4"'), 2);
});

test('places of inner dimensions are rows; the place of the record can be asked', async () => {
  const rows = await rowsOf('lidar.csv0?time,height,backscatter,latitude,altitude&height>=300&backscatter!=NaN');
  assert.equal(
    rows,
    [0, 1, 2].map((n) => [iso(START + n * 60_000), '400', String(n + 0.3), String(PUY.latitude), '1465']),
  );
  assert.is((await rowsOf('lidar.csv0?time')).length, 3);
  assert.is((await rowsOf('copdd.csv0?record,longitude&longitude>3&distinct()')).length, 1);
});

test('functions of the server, in the order written', async () => {
  const daily = await rowsOf('copdd.csv0?time,value&record=12&orderByMean("time/1day")');
  assert.equal(daily, [
    ['2024-05-01T00:00:00Z', '5.75'],
    ['2024-05-02T00:00:00Z', '17.75'],
  ]);
  const greatest = await rowsOf('copdd.csv0?record,value,time&orderByMax("record,value")');
  assert.equal(
    greatest.map(([record, value]) => [record, value]),
    [
      ['11', '10'],
      ['12', '23.5'],
    ],
  );
  assert.equal(await rowsOf('copdd.csv0?record,value&value>23&orderByDescending("value")'), [['12', '23.5']]);
  const limited = await rowsOf('copdd.csv0?record,time&orderByLimit("record,time/1day,1")&orderByCount("record")');
  assert.equal(
    limited.map((row) => row.join()),
    [`11,${HOURS / 24}`, '12,2'],
  );
  const closest = await rowsOf(
    'copdd.csv0?time&record=11&time>=2024-05-01T05:00&time<=2024-05-01T20:00&orderByClosest("time/6hours")',
  );
  assert.equal(
    closest.map(([time]) => time?.slice(11, 13)),
    ['06', '12', '18'],
  );
});

test('the database is asked for the period, the record and the columns alone', async () => {
  await rowsOf('copdd.csv0?value&record=11&time>=2024-05-02&time<2024-05-03&value>0');
  const selection = asked.at(-1);
  assert.equal([selection?.record, selection?.cut.time], [11, { start: START + 24 * HOUR, end: START + 48 * HOUR }]);
  assert.equal([...(selection?.cut.variables ?? [])].sort(), ['record', 'time', 'value']);
  await rowsOf('airborne.csv0?temperature&latitude>45.1&longitude>3&longitude<=4');
  assert.equal(asked.at(-1)?.cut.box, [3, 45.1, 4, 90]);
});

test('pictures: the size asked for, a map for positions, an SVG', async () => {
  const size = async (query: string) => {
    const { bytes, headers, text } = await ask(server, `tabledap/${query}`);
    assert.is(headers['content-type'], 'image/png', text.slice(0, 300));
    return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  };
  assert.equal(await size('copdd.png?time,value'), [480, 360]);
  assert.equal(await size('copdd.largePng?time,value&record=11&.draw=markers&.size=601|303'), [601, 303]);
  assert.equal(await size('airborne.smallPng?longitude,latitude,temperature'), [240, 200]);
  assert.match(
    (await ask(server, 'tabledap/lidar.svg?time,height,backscatter')).text,
    'backscatter (m-1 sr-1); height (m); time (UTC)',
  );
  const svg = await ask(server, 'tabledap/copdd.svg?time,value');
  assert.is(svg.headers['content-type'], 'image/svg+xml');
  assert.match(svg.text, /record 11.*record 12/s);
  assert.match(
    (await ask(server, 'tabledap/airborne.svg?longitude,latitude,temperature')).text,
    '20 positions, temperature (degC)',
  );
});

test.run();
