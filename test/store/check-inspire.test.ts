// `vobs check --inspire` over the records of a database, and over a document on the network.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runCommandLine } from '../../src/cli/command.ts';
import { createRecordFormats } from '../../src/formats/record-formats.ts';
import { openPostgresql } from '../../src/storage/postgresql.ts';
import { createRecordWriter } from '../../src/storage/write-records.ts';
import { testMappings } from '../fixtures/database.ts';
import { FULL_RECORD } from '../fixtures/edge-records.ts';
import { viewForTests } from '../fixtures/format-view.ts';
import { findPostgresql, type PrivateCluster, startPrivateCluster } from '../fixtures/private-cluster.ts';

const ofDatabase = suite<{ cluster: PrivateCluster }>('vobs check --inspire, records of the database');
const ofDocument = suite('vobs check --inspire --url');

async function vobs(environment: { readonly [name: string]: string }, ...args: readonly string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await runCommandLine(args, { stdin, stdout, stderr, environment });
  return {
    code,
    lines: String(stdout.read() ?? '')
      .trimEnd()
      .split('\n'),
    err: String(stderr.read() ?? ''),
  };
}

ofDatabase.before(async (context) => {
  context.cluster = await startPrivateCluster();
});
ofDatabase.after((context) => context.cluster.remove());

ofDatabase(
  'series and records are judged; a record that breaks a rule is named with it',
  async ({ cluster: { url } }) => {
    const environment = { VOBS_DATABASE_URL: url };
    assert.is((await vobs(environment, 'migrate')).code, 0);
    const series = testMappings().services.length;
    const empty = await vobs(environment, 'check', '--inspire');
    assert.equal(empty.lines, [`${series} records judged by inspire, geonetwork, 0 faults`]);
    assert.is(empty.code, 0);

    const database = openPostgresql({ url, poolSize: 1, statementTimeout: 30_000 });
    const writer = createRecordWriter(database, { prefix: 'opgc', clock: Date.now });
    const row = { service: 'presse', name: 'Experiment', authorization_: 0, date_b: '2020-01-02' };
    const report = await writer.write([
      { ...row, id: 1 },
      { ...row, id: 2, contacts: [{ organisation: 'Laboratory', role: 'owner' }], authorization_: 3 },
    ]);
    assert.equal(report.refused, []);
    await database.close();
    const { code, lines } = await vobs(environment, 'check', '--inspire');
    assert.is(code, 1);
    assert.equal(lines, [
      'opgc:presse:2: inspire C.10: a responsible organisation with name and e-mail: none of 1 contacts',
      'inspire C.10: 1',
      `${series + 2} records judged by inspire, geonetwork, 1 faults`,
    ]);
    const doi = await vobs(environment, 'check', '--inspire', '--packs', 'datacite');
    assert.ok(
      doi.lines.some((line) => line.startsWith('opgc:presse:1: datacite year: ')),
      doi.lines.join('\n'),
    );
  },
);

ofDocument('an answer with two records, one of them wrong', async () => {
  const iso = createRecordFormats(testMappings().templates).find((format) => format.id === 'iso19139');
  const good = iso?.write(FULL_RECORD, viewForTests()) ?? '';
  const wrong = good.replace('opgc:dynvolc:12', 'other').replace('LimitationsOnPublicAccess/', 'Limitations/');
  const documents: { readonly [path: string]: string } = {
    '/good': good,
    '/both': `<answer>${good}${wrong}</answer>`,
    '/none': '<answer/>',
  };
  const server = createServer((request, response) => {
    const text = documents[request.url ?? ''];
    response.statusCode = text === undefined ? 404 : 200;
    response.end(text);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const check = (path: string) => vobs({}, 'check', '--inspire', '--url', base + path);
  try {
    assert.is((await check('/good')).code, 0);
    const both = await check('/both');
    assert.is(both.code, 1);
    assert.match(both.lines[0] ?? '', /^other: inspire C\.17: /);
    assert.is(both.lines.at(-1), '2 records judged by inspire, geonetwork, 1 faults');
    assert.is((await check('/none')).code, 1, 'nothing judged is no success');
    let message = '';
    await check('/absent').catch((error: Error) => {
      message = error.message;
    });
    assert.match(message, 'answers 404');
  } finally {
    server.close();
  }
});

ofDocument('wrong use ends with 2', async () => {
  assert.is((await vobs({}, 'check', '--inspire', '--packs', 'beauty')).code, 2);
  assert.is((await vobs({}, 'check', '--url', 'https://example.org/')).code, 2);
  assert.is((await vobs({}, 'check', '--inspire', '--url', 'file:///etc/hosts')).code, 2);
  assert.is((await vobs({}, 'check', '--inspire', 'mappings')).code, 2);
});

if (findPostgresql() !== null) ofDatabase.run();
ofDocument.run();
