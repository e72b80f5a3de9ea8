// The lists by which erddapy and rerddap find data sets and learn their variables; the requests are those that the clients send.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dataApp } from '../../fixtures/data-app.ts';
import { ask, csv, jsonTable } from './client.ts';

const test = suite('tabledap lists');
const { server } = dataApp();
/** Among those of the application. */
const SETS = ['airborne', 'copdd', 'dynvolc', 'gazvolc', 'lidar', 'rayonnement', 'voldorad'];

/** What rerddap does with a list: names in lower case, blanks as underscores. */
async function rerddapTable(address: string): Promise<readonly { readonly [name: string]: string }[]> {
  const { text, headers, status } = await ask(server, address);
  assert.is(status, 200, text);
  // The client stops unless the type is exactly this.
  assert.is(headers['content-type'], 'application/json;charset=UTF-8');
  const { columnNames, rows } = jsonTable(text);
  const names = columnNames.map((name) => name.toLowerCase().replaceAll(/\s/g, '_'));
  return rows.map((row) => Object.fromEntries(names.map((name, n) => [name, String(row[n])])));
}

test('rerddap: info() reads the attributes, then asks for all data sets', async () => {
  const info = await rerddapTable('info/copdd/index.json');
  const variables = info.filter((row) => row.row_type === 'variable').map((row) => [row.variable_name, row.data_type]);
  assert.equal(variables, [
    ['record', 'int'],
    ['time', 'double'],
    ['time_end', 'double'],
    ['value', 'double'],
    ['samples', 'int'],
    ['latitude', 'double'],
    ['longitude', 'double'],
    ['altitude', 'double'],
  ]);
  const value = (variable: string, name: string) =>
    info.find((row) => row.variable_name === variable && row.attribute_name === name)?.value;
  assert.is(value('time', 'units'), 'seconds since 1970-01-01T00:00:00Z');
  assert.is(value('time', 'actual_range'), '1714521600.0, 1717110000.0');
  assert.is(value('latitude', 'actual_range'), '45.71, 45.772223');
  assert.is(value('NC_GLOBAL', 'cdm_data_type'), 'TimeSeries');
  assert.is(value('NC_GLOBAL', 'time_coverage_end'), '2024-05-30T23:00:00Z');
  assert.is(value('NC_GLOBAL', 'license'), 'https://creativecommons.org/licenses/by/4.0/');
  const all = await rerddapTable('tabledap/index.json?page=1&itemsPerPage=10000');
  assert.equal(
    all.map((row) => row.dataset_id ?? '').filter((id) => SETS.includes(id)),
    SETS,
  );
  assert.ok(
    all.every(
      (row) => row.griddap === '' && row.tabledap?.startsWith('https://data.example.org/vobs/erddap/tabledap/'),
    ),
  );
});

test('rerddap: tabledap() sends the fields, then each constraint encoded; the types come from the DDS', async () => {
  const address =
    'tabledap/copdd.csv?time,value&time%3E%3D2024-05-01&time%3C%3D2024-05-01T02%3A00%3A00Z&record%3D11&orderByMax%28%22value%22%29&units%28%22UDUNITS%22%29';
  const { text } = await ask(server, address);
  assert.equal(csv(text), [
    ['time', 'value'],
    ['UTC', '1e-6'],
    ['2024-05-01T02:00:00Z', '0.83'],
  ]);
  const dds = await ask(server, 'tabledap/copdd.dds?time,value');
  assert.is(dds.text, 'Dataset {\n  Sequence {\n    Float64 time;\n    Float64 value;\n  } s;\n} s;\n');
  assert.is(dds.headers['content-description'], 'dods-dds');
});

test('rerddap: a search, and a version that is one number below 2.25', async () => {
  const found = await rerddapTable('search/index.json?searchFor=datasetID%3Dlidar&page=1&itemsPerPage=10');
  assert.equal(
    found.map((row) => row.dataset_id),
    ['lidar'],
  );
  const version = /^ERDDAP_version=(\d+\.\d+)\n$/.exec((await ask(server, 'version')).text)?.[1];
  assert.ok(Number(version) < 2.25, String(version));
});

test('erddapy: info as csv has a heading and no line of units', async () => {
  const rows = csv((await ask(server, 'info/lidar/index.csv')).text);
  assert.equal(rows[0], ['Row Type', 'Variable Name', 'Attribute Name', 'Data Type', 'Value']);
  assert.is(rows[1]?.[1], 'NC_GLOBAL');
  assert.ok(rows.some((row) => row.join() === 'attribute,height,units,String,m'));
});

/** Of erddapy, `get_search_url`: fields without a value are sent as (ANY). */
function advanced(fields: { readonly [name: string]: string }): string {
  const any = [
    'cdm_data_type',
    'institution',
    'ioos_category',
    'keywords',
    'long_name',
    'standard_name',
    'variableName',
    'minLon',
    'maxLon',
    'minLat',
    'maxLat',
  ];
  const query = {
    page: '1',
    itemsPerPage: '1000000',
    protocol: 'tabledap',
    ...Object.fromEntries(any.map((name) => [name, '(ANY)'])),
    ...fields,
  };
  return `search/advanced.csv?${Object.entries(query)
    .map(([name, value]) => `${name}=${value}`)
    .join('&')}`;
}

test('erddapy: the advanced search by attribute, place and time', async () => {
  const ids = async (fields: { readonly [name: string]: string }) => {
    const { status, text } = await ask(server, advanced(fields));
    const all = status === 404 ? [] : csv(text).slice(1);
    return all.map((row) => row.at(-1) ?? '').filter((id) => SETS.includes(id));
  };
  assert.equal(
    (await ids({})).filter((id) => SETS.includes(id ?? '')),
    SETS,
  );
  assert.equal(await ids({ standard_name: 'air_temperature' }), ['airborne']);
  assert.equal(await ids({ variableName: 'so2', searchFor: 'gas' }), ['gazvolc']);
  assert.equal(await ids({ cdm_data_type: 'trajectory' }), ['airborne']);
  assert.equal(await ids({ minLon: '14', maxLon: '16', minLat: '37', maxLat: '38' }), [
    'dynvolc',
    'gazvolc',
    'voldorad',
  ]);
  assert.equal(await ids({ minTime: '1714780800.0' }), ['copdd']);
  assert.equal(await ids({ maxTime: '2020-01-01' }), []);
  assert.equal(await ids({ protocol: 'griddap' }), []);
  assert.equal(await ids({ searchFor: '%22instrumented+site%22+-paroxysm' }), ['copdd']);
});

test('categories lead to their values and those to data sets', async () => {
  const names = csv((await ask(server, 'categorize/index.csv')).text).slice(1);
  assert.ok(names.some(([name]) => name === 'standard_name'));
  const values = csv((await ask(server, 'categorize/standard_name/index.csv')).text).slice(1);
  assert.ok(values.some(([value]) => value === 'air_temperature'));
  const sets = csv((await ask(server, 'categorize/standard_name/air_temperature/index.csv')).text).slice(1);
  assert.equal(
    sets.map((row) => row.at(-1)),
    ['airborne'],
  );
});

test('the DAS says what the DDS has not: units, ranges, the data set', async () => {
  const { text } = await ask(server, 'tabledap/rayonnement.das');
  assert.match(text, /^Attributes \{\n s \{\n {2}record \{\n/);
  assert.match(text, '  activity {\n');
  assert.match(text, '    String units "mBq m-3";\n');
  assert.match(text, '  NC_GLOBAL {\n    String cdm_data_type "TimeSeries";\n');
});

test('pages for people', async () => {
  const page = await ask(server, 'index.html');
  assert.match(page.headers['content-type'] ?? '', 'text/html');
  assert.match(page.text, '/erddap/tabledap/voldorad.html');
  const set = await ask(server, 'tabledap/copdd.html?lang=fr');
  assert.match(set.text, 'Étendue');
  // Each example of the page is answered.
  const examples = [
    ...set.text.matchAll(/href="https:\/\/data\.example\.org\/vobs\/erddap\/(tabledap\/copdd\.[^"]*\?[^"]*)"/g),
  ].map(([, address = '']) => address.replaceAll('&amp;', '&').replaceAll('&quot;', '%22').replaceAll('&gt;', '%3E'));
  assert.ok(examples.length >= 3, String(examples.length));
  for (const example of examples) assert.is((await ask(server, example)).status, 200, example);
  assert.is(
    (await ask(server, 'tabledap/copdd')).headers.location,
    'https://data.example.org/vobs/erddap/tabledap/copdd.html',
  );
  assert.match((await ask(server, 'info/copdd/index.html')).text, 'NC_GLOBAL');
});

test.run();
