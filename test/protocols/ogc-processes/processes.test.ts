// OGC API Processes over HTTP: lists, descriptions, executions in each mode, jobs, exceptions, pages (18-062r2 and its test suite).
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openTestApp, TEST_BASE, type TestApp } from '../../fixtures/app.ts';

const test = suite('OGC API Processes');
let app: TestApp;
const api = () => supertest(app.server);
const CSV = 'time,value\n2024-01-01T00:00:00Z,10\n2024-01-01T00:10:00Z,12\n';
const INPUT = { value: CSV, mediaType: 'text/csv' };
const TYPES = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/';
const execute = (process: string, body: object) => api().post(`/processes/${process}/execution`).send(body);

async function ended(
  location: string,
): Promise<{ readonly status: string; readonly links: readonly { readonly rel: string; readonly href: string }[] }> {
  const path = location.slice(TEST_BASE.length);
  for (let n = 0; n < 400; n++) {
    const { body } = await api().get(path);
    if (!['accepted', 'running'].includes(body.status)) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the job did not end');
}

test.before(async () => {
  app = await openTestApp({
    settings: {
      VOBS_PROCESSING_THREADS: '1',
      VOBS_ECHO_PROCESS: 'on',
      VOBS_JOBS_WAITING: '500',
      VOBS_JOBS_DAILY: '5000',
    },
  });
  // The thread starts with the first job.
  await execute('echo', { inputs: { stringInput: 'warm' } });
});
test.after(async () => {
  await app.app.close();
  await app.close();
});

test('the common root names it', async () => {
  const { body } = await api().get('/?f=json');
  const rels = body.links.map(({ rel }: { rel: string }) => rel);
  for (const rel of [
    'http://www.opengis.net/def/rel/ogc/1.0/processes',
    'http://www.opengis.net/def/rel/ogc/1.0/job-list',
  ])
    assert.ok(rels.includes(rel), rel);
  const { conformsTo } = (await api().get('/conformance')).body;
  for (const name of ['core', 'job-list', 'dismiss', 'json', 'html', 'oas30', 'ogc-process-description'])
    assert.ok(conformsTo.includes(`http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/${name}`));
  assert.not(
    conformsTo.some((uri: string) => uri.endsWith('/conf/callback')),
    'nobody may be told',
  );
});

test('the list is paged, and each description has schemas', async () => {
  const { body } = await api().get('/processes?limit=1');
  assert.is(body.processes.length, 1);
  assert.ok(body.links.some(({ rel }: { rel: string }) => rel === 'next'));
  const all = (await api().get('/processes?limit=100')).body.processes;
  assert.is(all.length, 13);
  for (const { id, jobControlOptions } of all) {
    assert.equal(jobControlOptions, ['sync-execute', 'async-execute', 'dismiss']);
    const { body: process } = await api().get(`/processes/${id}`);
    for (const port of [...Object.values(process.inputs), ...Object.values(process.outputs)])
      assert.type((port as { schema: unknown }).schema, 'object');
    assert.ok(process.links.some(({ rel }: { rel: string }) => rel.endsWith('/execute')));
  }
  assert.match((await api().get('/processes/statistics').set('Accept-Language', 'fr')).body.title, /Statistiques/);
});

test('unknown things are told by their types', async () => {
  const process = await api().get('/processes/none');
  assert.is(process.status, 404);
  assert.is(process.body.type, `${TYPES}no-such-process`);
  assert.match(process.headers['content-type'] ?? '', /^application\/problem\+json/);
  const job = await api().get('/jobs/none').set('Accept', 'application/json');
  assert.is(job.body.type, `${TYPES}no-such-job`);
  assert.match(job.headers['content-type'] ?? '', /^application\/json/);
  assert.is((await api().get('/jobs/none/results')).body.type, `${TYPES}no-such-job`);
  assert.is((await api().post('/processes/none/execution').send({})).body.type, `${TYPES}no-such-process`);
  assert.is((await api().get('/processes?limit=0')).status, 400);
  assert.is((await api().get('/processes?colour=red')).status, 400);
});

test('raw: one output is its bytes, several are parts, references are links', async () => {
  const one = await execute('statistics', { inputs: { input: INPUT, statistic: ['mean'] }, outputs: { result: {} } });
  assert.is(one.status, 200, one.text);
  assert.match(one.headers['content-type'] ?? '', /^text\/csv/);
  assert.is(one.headers.link, undefined);
  assert.is(one.headers['cache-control'], 'private, no-store');
  assert.match(one.text, /2024-01-01T00:00:00Z,2024-01-01T01:00:00Z,11/);
  const parts = await execute('statistics', { inputs: { input: INPUT } })
    .set('Accept', '*/*')
    .buffer(true)
    .parse((answer, done) => {
      let text = '';
      answer.on('data', (piece) => (text += piece));
      answer.on('end', () => done(null, text));
    });
  assert.match(parts.headers['content-type'] ?? '', /^multipart\/related; boundary=/);
  assert.match(String(parts.body), /Content-ID: <result>[\s\S]*Content-ID: <windows>/);
  const document = await execute('statistics', { inputs: { input: INPUT } }).set('Accept', 'application/json');
  assert.is(document.body.windows, 1);
  const linked = await execute('statistics', {
    inputs: { input: INPUT },
    outputs: { result: { transmissionMode: 'reference' } },
  });
  assert.is(linked.status, 204);
  const [, href = ''] = /<([^>]+)>; rel="result"/.exec(linked.headers.link ?? '') ?? [];
  const file = await api().get(href.slice(TEST_BASE.length));
  assert.is(file.status, 200);
  assert.match(file.headers['content-disposition'] ?? '', /statistics\.csv/);
});

test('document: values qualified, JSON as it is, bytes in base64', async () => {
  const { body } = await execute('convert', { inputs: { input: INPUT, target: 'netcdf' }, response: 'document' });
  assert.is(body.result.encoding, 'base64');
  assert.is(Buffer.from(body.result.value, 'base64').subarray(0, 3).toString(), 'CDF');
  assert.is(body.report.value.rows, 2);
  const minimal = await execute('convert', { inputs: { input: INPUT }, response: 'document' }).set(
    'Prefer',
    'return=minimal',
  );
  assert.match(minimal.body.result.href, /\/jobs\/[\w-]+\/results\/result\/converted\.csv$/);
  assert.is(minimal.headers['preference-applied'], 'return=minimal');
});

test('inputs of all kinds', async () => {
  const echoed = await execute('echo', {
    inputs: {
      stringInput: { value: 'a' },
      arrayInput: ['x', 'y'],
      boxInput: { bbox: [1, 2, 3, 4], crs: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84' },
      tiffInput: { value: 'AAEC', mediaType: 'image/tiff; application=geotiff', encoding: 'base64' },
    },
    response: 'document',
  });
  assert.is(echoed.status, 200, echoed.text);
  assert.equal(
    [echoed.body.stringInput, echoed.body.arrayInput, echoed.body.boxInput.bbox],
    ['a', ['x', 'y'], [1, 2, 3, 4]],
  );
  assert.is(echoed.body.tiffInput.value, 'AAEC');
  const nested = await execute('statistics', {
    inputs: { input: { value: CSV, format: { mediaType: 'text/csv' } } },
    outputs: {},
    response: 'document',
  });
  assert.is(nested.status, 200);
  const wrong = await execute('statistics', {
    inputs: { input: { value: CSV, format: { mediaType: 'wrong/type' } } },
  }).set('Accept', 'application/json');
  assert.is(wrong.status, 400);
  assert.match(wrong.headers['content-type'] ?? '', /^application\/json/);
  assert.equal(
    wrong.body.errors.map(({ parameter }: { parameter: string }) => parameter),
    ['input'],
  );
});

test('asynchronous: 201 with Location, status, results, provenance, list, removal', async () => {
  const made = await execute('echo', { inputs: { stringInput: 'teststring', pause: 1 } }).set(
    'Prefer',
    'respond-async ',
  );
  assert.is(made.status, 201);
  assert.is(made.headers['preference-applied'], 'respond-async');
  const { location = '' } = made.headers;
  assert.ok(location.startsWith(`${TEST_BASE}/jobs/`));
  const path = location.slice(TEST_BASE.length);
  const early = await api().get(`${path}/results`);
  assert.is(early.status, 404);
  assert.is(early.body.type, `${TYPES}result-not-ready`);
  const status = await ended(location);
  assert.is(status.status, 'successful');
  assert.ok(status.links.some(({ rel }) => rel === 'http://www.opengis.net/def/rel/ogc/1.0/results'));
  assert.is((await api().get(`${path}/results`)).text, 'teststring');
  assert.is((await api().get(`${path}/results/stringInput`).set('Accept', 'application/json')).text, '"teststring"');
  assert.is((await api().get(`${path}/results/none`)).body.type, `${TYPES}no-such-output`);
  assert.is((await api().get(`${path}/provenance`)).body.process, 'echo');
  assert.ok(
    (await api().get('/jobs?limit=100')).body.jobs.some(({ jobID }: { jobID: string }) => location.endsWith(jobID)),
  );
  const removed = await api().delete(path);
  assert.equal([removed.status, removed.body.status], [200, 'dismissed']);
  assert.is((await api().delete(path)).status, 410);
  assert.is((await api().get(`${path}/results`)).status, 410);
});

test('wait: as long as the caller says, then a job', async () => {
  const quick = await execute('echo', { inputs: { stringInput: 'q' } }).set('Prefer', 'respond-async, wait=20');
  assert.equal([quick.status, quick.text], [200, 'q']);
  const slow = await execute('echo', { inputs: { stringInput: 's', pause: 20 } }).set('Prefer', 'wait=1');
  assert.is(slow.status, 201);
  await api().delete((slow.headers.location ?? '').slice(TEST_BASE.length));
});

test('a failed job tells its fault at its results', async () => {
  const made = await execute('statistics', {
    inputs: { input: { value: 'time,value\n2024-01-01T00:00:00Z\n', mediaType: 'text/csv' } },
  }).set('Prefer', 'respond-async');
  const status = await ended(made.headers.location ?? '');
  assert.is(status.status, 'failed');
  const results = await api().get(`${(made.headers.location ?? '').slice(TEST_BASE.length)}/results`);
  assert.is(results.status, 400);
  assert.match(results.body.detail, /line 2/);
});

test('the jobs of an account are its own', async () => {
  const made = await execute('echo', { inputs: { stringInput: 'mine' } })
    .set(app.as.registered)
    .set('Prefer', 'respond-async')
    .set('Idempotency-Key', 'key-1');
  const path = (made.headers.location ?? '').slice(TEST_BASE.length);
  assert.is((await api().get(path)).status, 404);
  assert.is((await api().get(path).set(app.as.partner)).status, 404);
  assert.is((await api().get(path).set(app.as.registered)).status, 200);
  const again = await execute('echo', { inputs: { stringInput: 'mine' } })
    .set(app.as.registered)
    .set('Prefer', 'respond-async')
    .set('Idempotency-Key', 'key-1');
  assert.is(again.headers.location, made.headers.location);
  assert.equal((await api().get('/jobs').set(app.as.partner)).body.jobs, []);
});

test('pages for people', async () => {
  const html = (path: string) => api().get(path).set('Accept', 'text/html');
  for (const path of ['/processes', '/processes/statistics', '/jobs']) {
    const page = await html(path);
    assert.match(page.headers['content-type'] ?? '', /^text\/html/, path);
    assert.match(page.text, /<h1/);
  }
  const made = await execute('echo', { inputs: { stringInput: '<b>' } }).set('Prefer', 'respond-async');
  await ended(made.headers.location ?? '');
  const path = (made.headers.location ?? '').slice(TEST_BASE.length);
  assert.match((await html(path)).text, /<progress max="100" value="100">/);
  assert.match((await html(`${path}/results?f=html`)).text, /&lt;b&gt;/);
});

test('a record leads to the processes for its data', async () => {
  const [found] = await app.database.query<{ service: string; id: number; identifier: string }>(
    null,
    `SELECT service, id, identifier FROM metadata WHERE level = 'dataset' AND authorization_ = 0 AND assets IS NOT NULL AND deleted_at IS NULL ORDER BY n LIMIT 1`,
  );
  if (found === undefined) return;
  const { body } = await api().get(`/collections/${found.service}/items/${encodeURIComponent(found.identifier)}`);
  const link = body.links.find(
    ({ rel }: { rel: string }) => rel === 'http://www.opengis.net/def/rel/ogc/1.0/processes',
  );
  assert.ok(link, JSON.stringify(body.links));
  const { processes } = (await api().get(link.href.slice(TEST_BASE.length))).body;
  assert.ok(processes.some(({ id }: { id: string }) => id === 'convert'));
});

test.run();
