// CSV, JSON, NDJSON, GeoJSON, CoverageJSON: what is read of others' files, what stands in ours.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Codec } from '../../../src/formats/codecs/codec.ts';
import { coverageJson } from '../../../src/formats/codecs/coveragejson.ts';
import { csv } from '../../../src/formats/codecs/csv.ts';
import { geoJson } from '../../../src/formats/codecs/geojson.ts';
import { icartt } from '../../../src/formats/codecs/icartt.ts';
import { parseEuropeanTime, parseTime, printTime } from '../../../src/formats/codecs/iso-time.ts';
import { json } from '../../../src/formats/codecs/json.ts';
import { ndjson } from '../../../src/formats/codecs/ndjson.ts';
import type { Table } from '../../../src/model/table.ts';
import { CSV, EUROPEAN_CSV, ICARTT, textSource } from '../../fixtures/data-files.ts';
import { bytesOf, gathered, there } from '../../fixtures/table-differences.ts';
import { radarTable, series } from '../../fixtures/test-table.ts';

const test = suite('text encodings');
const options = { now: 0, fileName: 'a.csv', language: 'en' as const };
const read = (codec: Codec, text: string, name = `a.${codec.extension}`) =>
  codec.read?.(textSource(text, name)) ?? Promise.reject(new Error('no reader'));
const write = async (codec: Codec, table: Table) =>
  Buffer.from(await bytesOf(there(codec.write?.(table, options)))).toString();
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no fault',
    (error: Error) => error.message,
  );

test('CSV: types, units in the heading, quotes, empty and missing', async () => {
  const table = await read(csv, CSV);
  assert.equal(
    table.columns.map(({ name, type, unit }) => [name, type, unit]),
    [
      ['time', 'time', null],
      ['co2', 'number', '1e-6'],
      ['n', 'integer', null],
      ['site', 'text', null],
    ],
  );
  const { values } = await gathered(table);
  assert.equal(values[3], ['a "b", c', null, 'plain']);
  assert.ok(Number.isNaN((values[1] as Float64Array)[1]));
});

test('CSV of a European spreadsheet: semicolons, decimal commas, day first, byte order mark', async () => {
  const table = await read(csv, EUROPEAN_CSV);
  assert.equal(
    table.columns.map(({ name, type, unit }) => [name, type, unit]),
    [
      ['Date', 'time', null],
      ['Température', 'number', 'degC'],
      ['Remarque', 'text', null],
    ],
  );
  const { values } = await gathered(table);
  assert.is((values[0] as Float64Array)[0], Date.parse('2014-12-25T00:30:00Z'));
  assert.equal(Array.from(values[1] as Float64Array, String), ['-1.5', 'NaN', '2']);
  assert.equal(values[2], ['gelée; blanche', null, '']);
});

test("CSV with ERDDAP's line of units and with comments", async () => {
  const table = await read(
    csv,
    '# made by a program\ntime,latitude,wtmp\nUTC,degrees_north,degree_C\n2024-05-01T00:00:00Z,45.1,12.5\n',
  );
  assert.equal(
    table.columns.map(({ unit, standardName }) => [unit, standardName]),
    [
      [null, null],
      ['degrees_north', 'latitude'],
      ['degree_C', null],
    ],
  );
  assert.is((await gathered(table)).rows, 1);
});

test('CSV faults name the line', async () => {
  assert.match(await faultOf(read(csv, 'a,b\n1,2\n3\n')), /^line 3: 1 cells instead of 2/);
  assert.match(await faultOf(read(csv, 'a,b\n1,"2\n3,4\n')), /^line 2: a quote is opened and never closed/);
  assert.match(await faultOf(read(csv, 'a,b\n1,"2"x\n')), /^line 2: text follows the closing quote/);
  assert.match(await faultOf(read(csv, '')), /^line 1: there is no heading/);
});

test('CSV is RFC 4180: CRLF, quotes where they are needed, one column a place', async () => {
  const text = await write(csv, radarTable(2, 2));
  assert.equal(text.split('\r\n'), [
    'time,power[0],power[1],power[2],pulses,mode,quality,temperature',
    '2024-05-01T00:00:00Z,0,,0,100,"éruption, ""A""",459 110,0',
    '2024-05-01T00:00:10Z,1,1.5,-1,,calm,640,8.4',
    '',
  ]);
  const { text: description = '' } = there(csv.companion?.(radarTable(), options));
  const document = JSON.parse(description);
  assert.is(document.url, 'a.csv');
  assert.is(document.tableSchema.columns.length, 8);
  assert.is(document.tableSchema.columns[7]['schema:unitText'], 'degC');
});

test('JSON and NDJSON: cells with inner dimensions are nested', async () => {
  const lines = (await write(ndjson, radarTable(2, 2))).split('\n');
  assert.equal(JSON.parse(lines[1] ?? ''), {
    time: '2024-05-01T00:00:10Z',
    power: [1, 1.5, -1],
    pulses: null,
    mode: 'calm',
    quality: [640],
    temperature: 8.4,
  });
  const document = JSON.parse(await write(json, radarTable(2, 2)));
  assert.equal(document.rows[1], ['2024-05-01T00:00:10Z', [1, 1.5, -1], null, 'calm', [640], 8.4]);
  assert.equal(document.columns[1].dimensions, ['gate']);
  assert.is((await read(json, JSON.stringify(document))).metadata.title, 'Doppler radar');
});

test('JSON and NDJSON faults name the line or the row', async () => {
  assert.match(await faultOf(read(ndjson, '{"a":1}\n{"a":}\n')), /^line 2: this is not JSON/);
  assert.match(await faultOf(read(ndjson, '{"a":1}\n[1]\n')), /^line 2: a JSON object is wanted/);
  assert.match(
    await faultOf(read(json, '{"axis":null,\n"columns":[{"name":"a"}]}')),
    /^description: a column has no name or no type/,
  );
  const document = { axis: null, columns: [{ name: 'a', type: 'number' }], rows: [[1], ['x']] };
  assert.match(
    await faultOf(read(json, JSON.stringify(document)).then(gathered)),
    /^row 2: a: "x" is not of the type number/,
  );
});

test('NDJSON of others: times, whole numbers, texts, names that come later', async () => {
  const table = await read(
    ndjson,
    '{"t":"2024-05-01T00:00:00Z","n":1}\n{"t":"2024-05-01T01:00:00Z","n":2,"x":0.5,"s":"a"}\n',
  );
  assert.equal(
    table.columns.map(({ name, type }) => `${name} ${type}`),
    ['t time', 'n integer', 'x number', 's text'],
  );
  assert.is(table.axis?.column, 't');
});

test('GeoJSON: one feature a row, at the station or on the track', async () => {
  const collection = JSON.parse(await write(geoJson, radarTable(3, 2)));
  assert.is(collection.features.length, 3);
  assert.equal(collection.features[0].geometry, { type: 'Point', coordinates: [15.05, 37.8, 2600] });
  const track = JSON.parse(await write(geoJson, await read(icartt, ICARTT.replace('3.1692', '183.1692'))));
  assert.equal(track.features[0].geometry.coordinates, [-176.8308, 45.7861]);
  assert.is(track.features[0].properties.time, '2020-06-25T23:59:58Z');
  const nowhere = JSON.parse(await write(geoJson, series([0], { a: [1] })));
  assert.is(nowhere.features[0].geometry, null);
});

test('CoverageJSON: a point with a series, a trajectory, null for what is missing', async () => {
  const { dimensions: _d, ...radar } = radarTable(3, 3);
  const flat: Table = { ...radar, dimensions: [], fixed: [], columns: radar.columns.slice(-1), axis: null };
  const { values: whole } = await gathered(radarTable(3, 3));
  const point: Table = {
    ...flat,
    columns: [radar.columns[0] as never, radar.columns[5] as never],
    axis: { column: 'time', end: null },
    chunks: async function* () {
      yield { rows: 3, values: [whole[0] ?? [], Float64Array.of(1, Number.NaN, 3)] };
    },
  };
  const coverage = JSON.parse(await write(coverageJson, point));
  assert.is(coverage.domain.domainType, 'PointSeries');
  assert.equal(coverage.domain.axes.x, { values: [15.05] });
  assert.equal(coverage.domain.axes.t.values[2], '2024-05-01T00:00:20Z');
  assert.equal(coverage.ranges.temperature, {
    type: 'NdArray',
    dataType: 'float',
    axisNames: ['t'],
    shape: [3],
    values: [1, null, 3],
  });
  assert.is(coverage.parameters.temperature.unit.symbol, 'degC');
  const track = JSON.parse(await write(coverageJson, await read(icartt, ICARTT)));
  assert.is(track.domain.domainType, 'Trajectory');
  assert.equal(track.domain.axes.composite.coordinates, ['t', 'x', 'y']);
  assert.equal(track.domain.axes.composite.values[0], ['2020-06-25T23:59:58Z', 3.1692, 45.7861]);
});

test('CoverageJSON of others is read: start, stop and num, units, standard names', async () => {
  const document = {
    type: 'Coverage',
    domain: {
      type: 'Domain',
      domainType: 'PointSeries',
      axes: {
        x: { values: [3] },
        y: { values: [45] },
        t: { values: ['2024-05-01T00:00:00Z', '2024-05-01T01:00:00Z'] },
      },
    },
    parameters: {
      ws: {
        type: 'Parameter',
        description: { en: 'Wind speed' },
        unit: { symbol: { value: 'm/s' } },
        observedProperty: { id: 'http://vocab.nerc.ac.uk/standard_name/wind_speed/', label: { en: 'Wind speed' } },
      },
    },
    ranges: { ws: { type: 'NdArray', dataType: 'float', axisNames: ['t'], shape: [2], values: [3.2, null] } },
  };
  const table = await read(coverageJson, JSON.stringify(document));
  assert.equal(
    table.columns.map(({ name, type, unit, standardName }) => [name, type, unit, standardName]),
    [
      ['time', 'time', null, 'time'],
      ['ws', 'number', 'm/s', 'wind_speed'],
    ],
  );
  assert.equal(table.metadata.station, { name: null, longitude: 3, latitude: 45, elevation: null });
  assert.match(await faultOf(read(coverageJson, '{"type":"CoverageCollection"}')), /^document: a Coverage is wanted/);
  const short = JSON.stringify(document).replace('[3.2,null]', '[3.2]');
  assert.match(await faultOf(read(coverageJson, short)), /^ranges\.ws: 1 values for a shape of 2/);
});

test('times are printed and read to the microsecond', () => {
  for (const text of [
    '2024-05-01T00:00:00Z',
    '1969-12-31T23:59:59.5Z',
    '2014-12-25T00:30:00.0144Z',
    '2024-02-29T12:00:00.000001Z',
  ])
    assert.is(printTime(parseTime(text)), text);
  assert.is(parseTime('2024-05-01T02:00+02:00'), Date.parse('2024-05-01T00:00:00Z'));
  assert.is(parseTime('2024-05-01'), Date.parse('2024-05-01T00:00:00Z'));
  for (const text of ['2024-02-30', '2024-05-01T25:00', 'now', '2024']) assert.ok(Number.isNaN(parseTime(text)), text);
  assert.is(parseEuropeanTime('1.2.2024 03:04:05'), Date.parse('2024-02-01T03:04:05Z'));
  assert.ok(Number.isNaN(parseEuropeanTime('31/02/2024')));
});

test.run();
