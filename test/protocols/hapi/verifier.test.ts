// The sequence of requests of the HAPI server verifier over every data set, with its rules.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dataApp } from '../../fixtures/data-app.ts';
import { ask, csvRows, type HapiInfo, query } from './client.ts';
import { byDayOfYear, catalogFaults, csvFaults, infoFaults } from './verifier-rules.ts';

const test = suite('HAPI verifier');
const { server } = dataApp();

async function json<T>(address: string): Promise<T> {
  const { status, headers, text } = await ask(server, address);
  assert.is(status, 200, address);
  assert.match(headers['content-type'] ?? '', /^application\/json/);
  assert.is(headers['access-control-allow-origin'], '*');
  return JSON.parse(text) as T;
}

interface Catalog {
  readonly HAPI: string;
  readonly catalog: readonly { readonly id: string; readonly info?: HapiInfo }[];
}

const infoOf = (id: string, more = {}) => json<HapiInfo>(`/hapi/info?${query({ id, ...more })}`);

async function csv(values: { readonly [name: string]: string }): Promise<string> {
  const { status, headers, text, reason } = await ask(server, `/hapi/data?${query(values)}`);
  assert.is(status, 200, text);
  assert.match(headers['content-type'] ?? '', /^text\/csv/);
  assert.match(reason, /HAPI 120[01]/);
  return text;
}

test('capabilities and about have what is required, and nothing else', async () => {
  const capabilities = await json<{ HAPI: string; outputFormats: string[]; catalogDepthOptions: string[] }>(
    '/hapi/capabilities',
  );
  assert.equal(Object.keys(capabilities), ['HAPI', 'status', 'outputFormats', 'catalogDepthOptions']);
  assert.equal(capabilities.outputFormats, ['csv', 'binary', 'json']);
  const about = await json<{ [member: string]: unknown; dataTest: { query: { [name: string]: string } } }>(
    '/hapi/about',
  );
  for (const member of ['HAPI', 'status', 'id', 'title', 'contact']) assert.ok(about[member], member);
  assert.is(about.HAPI, capabilities.HAPI);
  const rows = csvRows(await csv(about.dataTest.query));
  assert.is(rows.length, 20, 'the test of the server gives the rows of the first data set');
});

test('the catalogue: unique C identifiers, and with depth=all what info says', async () => {
  const plain = await json<Catalog>('/hapi/catalog');
  assert.equal(catalogFaults(plain), []);
  assert.equal(
    plain.catalog.map(({ id }) => id).filter((id) => !/_\d+$/.test(id)),
    ['auverwatch_argnat', 'voldorad_voldorad2b_etna'],
    'records that are one series together',
  );
  assert.is(plain.catalog.length, 10);
  const all = await json<Catalog>('/hapi/catalog?depth=all');
  for (const { id, info } of all.catalog) {
    const { HAPI: _version, status: _status, ...own } = await infoOf(id);
    assert.equal(info, own, id);
  }
});

test('each data set: description, data by both names, times in both forms, header, one parameter at a time', async () => {
  const { catalog } = await json<Catalog>('/hapi/catalog');
  for (const { id } of catalog) {
    const info = await infoOf(id);
    assert.equal(infoFaults(info), [], id);
    assert.equal(await json(`/hapi/info?${query({ dataset: id })}`), info);
    const { sampleStartDate: start = '', sampleStopDate: stop = '', parameters } = info;
    const all = await csv({ id, 'time.min': start, 'time.max': stop });
    assert.equal(csvFaults(all, parameters, start, stop), [], id);
    assert.is(
      await csv({ id, 'time.min': byDayOfYear(start), 'time.max': byDayOfYear(stop) }),
      all,
      `${id}: day of the year`,
    );
    assert.is(await csv({ id, parameters: '', 'time.min': start, 'time.max': stop }), all, `${id}: no names`);
    assert.is(await csv({ dataset: id, start, stop }), all, `${id}: names of version 3`);
    const headed = await csv({ id, 'time.min': start, 'time.max': stop, include: 'header' });
    const lines = headed.split('\n');
    const head = lines.filter((line) => line.startsWith('#')).map((line) => line.slice(1));
    assert.equal(JSON.parse(head.join('')), { ...info, format: 'csv' }, id);
    assert.is(lines.filter((line) => !line.startsWith('#')).join('\n'), all);
    let place = 0;
    const rows = csvRows(all);
    for (const parameter of parameters) {
      const reduced = await infoOf(id, { parameters: parameter.name });
      const own = parameter === parameters[0] ? [parameter] : [parameters[0], parameter];
      assert.equal(reduced, { ...info, parameters: own });
      const part = csvRows(await csv({ id, parameters: parameter.name, 'time.min': start, 'time.max': stop }));
      const width = parameter.size?.reduce((a, b) => a * b, 1) ?? 1;
      const wanted = rows.map((row) => (place === 0 ? [row[0]] : [row[0], ...row.slice(place, place + width)]));
      assert.equal(part, wanted, `${id} ${parameter.name}`);
      place += width;
    }
  }
});

test('an unknown id is 1406; a window between two records is empty and says so', async () => {
  const { status, text, reason } = await ask(server, '/hapi/info?id=a_test_of_an_invalid_id_by_verifier-nodejs');
  assert.is(status, 404);
  assert.is(JSON.parse(text).status.code, 1406);
  assert.match(reason, /HAPI 1406 Bad request - unknown dataset id/);
  const empty = await ask(
    server,
    '/hapi/data?id=copdd_11&time.min=2024-05-01T00:00:00.001Z&time.max=2024-05-01T00:00:00.003Z',
  );
  assert.is(empty.status, 200);
  assert.is(empty.text, '');
  assert.match(empty.reason, /HAPI 1201/);
});

test('the rules find what is wrong', async () => {
  const info = await infoOf('lidar_31');
  const wrong = (change: object) => infoFaults({ ...info, ...change });
  const withParameter = (n: number, change: object) =>
    wrong({ parameters: info.parameters.map((own, place) => (place === n ? { ...own, ...change } : own)) });
  const found = [
    wrong({ stopDate: info.startDate }),
    wrong({ cadence: 'PT1m' }),
    wrong({ extra: 1 }),
    withParameter(0, { fill: 'x' }),
    withParameter(1, { size: [3] }),
    withParameter(1, { length: 8 }),
    withParameter(1, { units: '' }),
    withParameter(2, { fill: 'NaNa' }),
    withParameter(2, { name: 'time' }),
  ];
  for (const [n, faults] of found.entries()) assert.ok(faults.length > 0, `fault ${n}`);
  const [time, , base] = info.parameters;
  const both = [time, base].filter((own) => own !== undefined);
  const bad = (body: string) => csvFaults(body, both, '2024-05-01T00:00:00Z', '2024-05-02T00:00:00Z').length > 0;
  const line = '2024-05-01T00:00:00.000Z,1\n';
  assert.not(bad(line));
  for (const body of [
    '',
    line + line,
    `${line}\n`,
    line.replace('1\n', 'x\n'),
    line.replace('05-01', '05-03'),
    line.trim(),
  ])
    assert.ok(bad(body), body);
});

test.run();
