// WPS over real jobs, threads and rows: the processes that partners ask for, from the request to the numbers, and what the test suites of both
// versions do (ets-wps10, ets-wps20).
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LEVELS } from '../../../src/accounts/account.ts';
import { hashPassword } from '../../../src/accounts/password.ts';
import { createAccountStore } from '../../../src/storage/accounts.ts';
import type { Database } from '../../../src/storage/database.ts';
import { dataApp, dataAppParts } from '../../fixtures/data-app.ts';
import { openProcessingTest } from '../../fixtures/processing.ts';
import {
  assertRefused,
  assertValid,
  type Client,
  clientOf,
  complex1,
  document1,
  execute1,
  execute2,
  input1,
  literal1,
  ofJob,
  output1,
  PREFIXES,
  V1,
  V2,
} from './client.ts';

const test = suite('WPS over real jobs');
let wps: Client;
let server: Server;
let database: Database;
let close: () => Promise<void>;
test.before(async () => {
  const { catalogue, data } = dataAppParts();
  const opened = await openProcessingTest({
    data,
    catalogue: {
      get: async (key, viewer) => {
        const found = await catalogue.get(key, viewer);
        return found === null ? null : { ...found, hasRows: true };
      },
    },
  });
  // Rights are looked up again when a job runs.
  await createAccountStore(opened.database).add({ ...ACCOUNT, password_hash: await hashPassword('x') });
  close = opened.close;
  database = opened.database;
  server = dataApp(undefined, opened.processing).server;
  wps = clientOf(server);
});
test.after(() => close());

const ACCOUNT = { name: 'internal', level: LEVELS.internal, services: null, groups: [], administrator: false };
const ECHO = 'org.n52.javaps.test.EchoProcess';
const NAMES = `17 1001
Doe, Jane
OPGC
CPC
TEST
1 1
2024 01 01 2024 02 01
3600
seconds since 2024-01-01 00:00:00 UTC
2
1 0.1
99999 9999
Particle number concentration (1/cm3)
Temperature (deg C)
0
1
time cn temp
0 1200 55
3600 99999 52
7200 1180 9999
`;
const minutes = (values: readonly (readonly [number, number])[]) =>
  `time,v\n${values.map(([seconds, value]) => `${new Date(Date.UTC(2024, 0, 1) + seconds * 1000).toISOString()},${value}`).join('\n')}\n`;

/** The document at an address when its job has ended. */
async function ended(location: string): Promise<Awaited<ReturnType<Client['get']>>> {
  const path = location.slice(location.indexOf('/wps/'));
  for (;;) {
    const answer = await wps.get('', {}, path);
    assertValid(answer, '1');
    if (answer.count('//wps:ProcessAccepted | //wps:ProcessStarted') === 0) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('NASA Ames becomes CSV, raw and in a document', async () => {
  const inputs = [complex1('input', `<![CDATA[${NAMES}]]>`, 'mimeType="text/plain"'), literal1('target', 'csv')];
  const raw = '<wps:RawDataOutput mimeType="text/csv"><ows:Identifier>result</ows:Identifier></wps:RawDataOutput>';
  const csv = await wps.post(execute1('convert', inputs, raw));
  assert.is(csv.status, 200, csv.text);
  assert.match(csv.type, /^text\/csv/);
  const rows = csv.text.trim().split(/\r?\n/);
  assert.match(rows[0] ?? '', /^time,/);
  assert.equal(rows.slice(1), [
    '2024-01-01T00:00:00Z,1200,5.5',
    '2024-01-01T01:00:00Z,,5.2',
    '2024-01-01T02:00:00Z,1180,',
  ]);
  const document = await wps.post(execute1('convert', inputs, document1(output1('result') + output1('report'))));
  assertValid(document, '1');
  assert.is(document.one('//wps:Output[ows:Identifier="result"]//wps:ComplexData').trim(), csv.text.trim());
  const report = JSON.parse(document.one('//wps:Output[ows:Identifier="report"]//wps:ComplexData')) as object;
  assert.ok(Object.keys(report).length > 0);
  const pairs = await wps.get({
    ...V1,
    request: 'Execute',
    identifier: 'convert',
    DataInputs: `input=${encodeURIComponent(NAMES)}@mimeType=text/plain;target=csv`,
    RawDataOutput: 'result',
  });
  assert.is(pairs.text, csv.text);
});

test('the hour of EBAS', async () => {
  const samples = [10, 12, 11, 13, 50, 9].map((value, n) => [n * 600, value] as const);
  const answer = await wps.post(
    execute2(
      'ebas-hourly',
      `<wps:Input id="input"><wps:Data mimeType="text/csv">${minutes(samples)}</wps:Data></wps:Input><wps:Output id="result" mimeType="text/csv"/>`,
    ),
  );
  assertValid(answer, '2');
  const [header = '', row = ''] = answer.one('//wps2:Data').trim().split(/\r?\n/);
  const names = header.split(',');
  const value = (name: RegExp) => Number(row.split(',')[names.findIndex((each) => name.test(each))]);
  assert.is(value(/mean/), 17.5);
  assert.ok(Math.abs(value(/1587/) - 9.7935) < 1e-9, `${header}\n${row}`);
  assert.ok(Math.abs(value(/8413/) - 20.6405) < 1e-9, `${header}\n${row}`);
});

test('two series are correlated, in the background and in French', async () => {
  const a = minutes([
    [0, 1],
    [60, 2],
    [120, 3],
    [180, 4],
    [240, 5],
  ]);
  const b = minutes([
    [2, 2],
    [61, 1],
    [119, 4],
    [183, 3],
    [260, 9],
  ]);
  const inputs = [
    complex1('input_a', a, 'mimeType="text/csv"'),
    literal1('variable_a', 'v'),
    complex1('input_b', b, 'mimeType="text/csv"'),
    literal1('variable_b', 'v'),
    literal1('tolerance', 'PT5S'),
  ];
  const form = document1(
    output1('summary') + output1('pairs', 'asReference="true"'),
    'storeExecuteResponse="true" status="true" lineage="true"',
  );
  const accepted = await wps.post(execute1('correlate', inputs, form, 'language="fr-FR"'));
  assertValid(accepted, '1');
  assert.ok(accepted.count('//wps:ProcessAccepted | //wps:ProcessStarted') === 1);
  const done = await ended(accepted.one('//@statusLocation'));
  assert.is(done.count('//wps:ProcessSucceeded'), 1, done.text);
  assert.is(done.one('/*/@xml:lang'), 'fr-FR');
  assert.is(done.count('//wps:DataInputs/wps:Input'), 5);
  const summary = JSON.parse(done.one('//wps:ProcessOutputs//wps:ComplexData')) as {
    n: number;
    r: number;
    slope: number;
    intercept: number;
  };
  assert.is(summary.n, 4);
  for (const [found, wanted] of [
    [summary.r, 0.6],
    [summary.slope, 0.6],
    [summary.intercept, 1],
  ] as const)
    assert.ok(Math.abs(found - wanted) < 1e-9);
  assert.match(done.one('//wps:ProcessOutputs//wps:Reference/@href'), /\/results\/pairs\/[^/]+$/);
});

test('a record of ours by its address, with the rights of the caller', async () => {
  const of = (record: number) =>
    input1('input', `<wps:Reference xlink:href="https://data.example.org/vobs/data/copdd/${record}"/>`);
  const ask = (record: number, headers = {}) =>
    wps.post(execute1('statistics', [of(record), literal1('window', 'P1D')]), headers);
  const open = await ask(11);
  assert.is(open.status, 200, open.text);
  assertValid(open, '1');
  assert.is(open.one('//wps:Output[ows:Identifier="windows"]//wps:LiteralData'), '30');
  assertRefused(await ask(13), '1', 'NoApplicableCode', null, 401);
  assert.is((await ask(13, { Authorization: `Basic ${Buffer.from('internal:x').toString('base64')}` })).status, 200);
  assertRefused(await ask(9999), '1', 'InvalidParameterValue', 'input');
});

test('another’s job is no job', async () => {
  const headers = { Authorization: `Basic ${Buffer.from('internal:x').toString('base64')}` };
  const body = execute2(
    ECHO,
    '<wps:Input id="literalInput"><wps:Data>secret</wps:Data></wps:Input><wps:Output id="literalOutput"/>',
    'mode="async" response="document"',
  );
  const id = (await wps.post(body, headers)).one('//wps2:JobID');
  assert.is((await wps.post(ofJob('GetResult', id), headers)).one('//wps2:LiteralValue'), 'secret');
  for (const operation of ['GetStatus', 'GetResult', 'Dismiss'])
    assertRefused(await wps.post(ofJob(operation, id)), '2', 'NoSuchJob', id);
  assertRefused(await wps.get('', {}, `/wps/status/${id}`), '1', 'InvalidParameterValue', id, 404);
});

test('what the suite of 2.0 asks of the echo process', async () => {
  const raw = 'mode="sync" response="raw"';
  const literal =
    '<wps:Input id="literalInput"><wps:Data><wps:LiteralValue>hello_literal</wps:LiteralValue></wps:Data></wps:Input>';
  const complex =
    '<wps:Input id="complexInput"><wps:Data mimeType="text/xml"><testElement>hello_complex</testElement></wps:Data></wps:Input>';
  assert.match(
    (await wps.post(execute2(ECHO, `${literal}<wps:Output id="literalOutput" transmission="value"/>`, raw))).text,
    /hello_literal/,
  );
  assert.is(
    (await wps.post(execute2(ECHO, `${complex}<wps:Output id="complexOutput" mimeType="text/xml"/>`, raw))).one(
      '/testElement',
    ),
    'hello_complex',
  );
  const byValue = await wps.post(execute2(ECHO, `${complex}<wps:Output id="complexOutput" transmission="value"/>`));
  assertValid(byValue, '2');
  assert.is(byValue.one('/wps2:Result/wps2:Output/wps2:Data/testElement'), 'hello_complex');
  const byReference = await wps.post(
    execute2(ECHO, `${complex}<wps:Output id="complexOutput" transmission="reference"/>`),
  );
  assertValid(byReference, '2');
  assert.is(byReference.count('//wps2:Output/wps2:Reference/@xlink:href'), 1);
  const corners = '<ows:LowerCorner>46 102</ows:LowerCorner><ows:UpperCorner>47 103</ows:UpperCorner>';
  const box = await wps.post(
    execute2(
      ECHO,
      `<wps:Input id="boundingboxInput"><wps:Data><ows:BoundingBox crs="http://www.opengis.net/def/crs/EPSG/0/4326">${corners}</ows:BoundingBox></wps:Data></wps:Input><wps:Output id="boundingboxOutput"/>`,
    ),
  );
  assertValid(box, '2');
  assert.is(box.one('//ows2:BoundingBox/ows2:LowerCorner'), '46 102');
  // Its result and its status are asked without a pause; both must be there.
  for (let n = 0; n < 3; n++) {
    const answer = await wps.post(
      execute2(ECHO, `${literal}<wps:Output id="literalOutput"/>`, 'mode="async" response="raw"'),
    );
    assertValid(answer, '2');
    const id = answer.one('//wps2:JobID');
    assert.is((await wps.post(ofJob('GetResult', id))).one('/wps2:LiteralValue'), 'hello_literal');
    const next = (
      await wps.post(execute2(ECHO, `${literal}<wps:Output id="literalOutput"/>`, 'mode="async" response="document"'))
    ).one('//wps2:JobID');
    assert.is((await wps.get({ ...V2, request: 'GetStatus', JOBID: next })).one('//wps2:Status'), 'Succeeded');
    assert.is(
      (await wps.get({ ...V2, request: 'GetResult', jobID: next })).one('//wps2:LiteralValue'),
      'hello_literal',
    );
  }
});

test('a job is dismissed while it runs', async () => {
  const body = execute2(
    'echo',
    '<wps:Input id="stringInput"><wps:Data>a</wps:Data></wps:Input><wps:Input id="pause"><wps:Data>30</wps:Data></wps:Input><wps:Output id="stringInput"/>',
    'mode="async" response="document"',
  );
  const running = await wps.post(body);
  const id = running.one('//wps2:JobID');
  assert.match(running.one('//wps2:Status'), /^(Accepted|Running)$/);
  assertRefused(await wps.post(ofJob('GetResult', id)), '2', 'ResultNotReady', id);
  assert.is((await wps.post(ofJob('Dismiss', id))).one('//wps2:Status'), 'Dismissed');
  assertRefused(await wps.post(ofJob('GetStatus', id)), '2', 'NoSuchJob', id);
  const status = await wps.get('', {}, `/wps/status/${id}`);
  assertValid(status, '1');
  assert.is(status.count('//wps:ProcessFailed'), 1);
});

test('a caller who goes away takes the job along; HEAD sets nothing going', async () => {
  const state = async (): Promise<string> => {
    const rows = await database.query<{ state: string }>(
      null,
      'SELECT state FROM job ORDER BY created DESC, id LIMIT 1',
    );
    return rows[0]?.state ?? '';
  };
  const { port } = server.address() as AddressInfo;
  const query = new URLSearchParams({
    ...V1,
    request: 'Execute',
    identifier: 'echo',
    DataInputs: 'stringInput=a;pause=30',
  });
  const head = await fetch(`http://127.0.0.1:${port}/wps?${query}`, { method: 'HEAD' });
  assert.is(head.status, 405);
  const before = await state();
  const leaving = new AbortController();
  const asked = fetch(`http://127.0.0.1:${port}/wps?${query}`, { signal: leaving.signal }).catch(() => null);
  for (let n = 0; n < 100 && (await state()) !== 'running'; n++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.is(await state(), 'running', before);
  leaving.abort();
  await asked;
  for (let n = 0; n < 60 && (await state()) === 'running'; n++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.is(await state(), 'dismissed');
});

test('faults that only the data show are told as those of the request', async () => {
  const wrong = [
    complex1('input', 'time,v\n2024-01-01T00:00:00Z,1\n', 'mimeType="text/csv"'),
    literal1('window', 'PT1H'),
    literal1('variables', 'nobody'),
  ];
  assertRefused(await wps.post(execute1('statistics', wrong)), '1', 'InvalidParameterValue', 'variables');
  const noTable = [complex1('input', '\u00e9 no table', 'mimeType="text/plain"'), literal1('target', 'csv')];
  assertRefused(await wps.post(execute1('convert', noTable)), '1', 'InvalidParameterValue', null);
  const elsewhere = [
    input1('input', '<wps:Reference xlink:href="http://127.0.0.1:1/x.csv"/>'),
    literal1('target', 'csv'),
  ];
  assertRefused(await wps.post(execute1('convert', elsewhere)), '1', 'InvalidParameterValue', 'input');
  assertRefused(
    await wps.post(
      execute2(
        'convert',
        `<wps:Input id="input"><wps:Reference xlink:href="https://other.example/x.csv"/></wps:Input><wps:Output id="result"/>`,
      ),
    ),
    '2',
    'DataNotAccessible',
    'input',
  );
});

test('a request of several megabytes is read, one beyond the limit is refused', async () => {
  const row = '2024-01-01T00:00:00Z,1.25\n';
  const big = `time,v\n${row.repeat(Math.floor(3_000_000 / row.length))}`;
  const answer = await wps.post(
    execute1(
      'convert',
      [complex1('input', big, 'mimeType="text/csv"'), literal1('target', 'csv')],
      document1(output1('report')),
    ),
  );
  assert.is(answer.status, 200, answer.text.slice(0, 500));
  assertRefused(await wps.post(execute1('convert', [complex1('input', big.repeat(4))])), '1', 'FileSizeExceeded', null);
  assert.ok(PREFIXES.wps);
});

test.run();
