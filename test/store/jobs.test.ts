// Jobs from entry to end over a real queue and real threads: results, progress, cancellation, limits, rights, takeovers, removal.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { Asset } from '../../src/model/asset.ts';
import { bytesInMemory } from '../../src/model/byte-source.ts';
import { AppError } from '../../src/model/errors.ts';
import type { ExecuteRequest } from '../../src/model/process.ts';
import type { CatalogRecord } from '../../src/model/record.ts';
import { ANONYMOUS, type Viewer } from '../../src/model/viewer.ts';
import { removeUnused } from '../../src/processing/jobs/executor.ts';
import { type Processing, ProcessingFault, type SubmitOptions } from '../../src/processing/processing.ts';
import { expireJobs } from '../../src/storage/job-list.ts';
import { claimJob, finishJob, heartbeat, reapJobs } from '../../src/storage/jobs.ts';
import { memoryData } from '../fixtures/memory-data.ts';
import { openProcessingTest, type ProcessingTest, type ProcessingTestOptions } from '../fixtures/processing.ts';

const test = suite('jobs');
const OPTIONS: SubmitOptions = { protocol: 'test', address: '192.0.2.1', isSynchronous: false };
const KNOWN: Viewer = { ...ANONYMOUS, account: 'somebody', dataLevel: 1 };
const OTHER: Viewer = { ...ANONYMOUS, account: 'another', dataLevel: 1 };
const LONG = { timeout: 20_000 };

const csvInput = (text: string) => [{ kind: 'text', text, format: { mediaType: 'text/csv' } }] as const;
const STATISTICS: ExecuteRequest = {
  process: 'statistics',
  inputs: { input: csvInput('time,value\n2024-01-01T00:00:00Z,10\n2024-01-01T00:10:00Z,12\n') },
  outputs: null,
  response: 'document',
};
const echo = (pause: number, word = 'word'): ExecuteRequest => ({
  process: 'echo',
  inputs: { stringInput: [{ kind: 'text', text: word }], pause: [{ kind: 'text', text: String(pause) }] },
  outputs: null,
  response: 'document',
});

async function reasonOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof ProcessingFault) return thrown.reason;
    if (thrown instanceof AppError) return thrown.code;
    throw thrown;
  }
  return 'nothing';
}

/** With its own settings, on the one database; no job of another test is left in it. */
async function using(options: ProcessingTestOptions, work: (test: ProcessingTest) => Promise<void>): Promise<void> {
  const opened = await openProcessingTest(options);
  try {
    await work(opened);
  } finally {
    await opened.close();
    await opened.database.query(null, 'DELETE FROM job');
    await opened.database.query(null, 'DELETE FROM released_file');
  }
}

let opened: Promise<ProcessingTest> | null = null;

/** With threads that the tests before have started. */
async function warmly(work: (test: ProcessingTest) => Promise<void>): Promise<void> {
  opened ??= openProcessingTest();
  const own = await opened;
  try {
    await work(own);
  } finally {
    await own.database.query(null, 'DELETE FROM job');
    await own.database.query(null, 'DELETE FROM released_file');
  }
}

async function until(what: () => Promise<boolean>, milliseconds: number): Promise<number> {
  const began = performance.now();
  while (!(await what())) {
    if (performance.now() - began > milliseconds) throw new Error(`not within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return performance.now() - began;
}

const isIn = (processing: Processing, id: string, state: string) => async () =>
  (await processing.job(id, ANONYMOUS)).state === state;

test('a job runs and its results can be read', () =>
  warmly(async ({ processing }) => {
    const job = await processing.submit(STATISTICS, ANONYMOUS, OPTIONS);
    assert.is(job.state, 'accepted');
    const done = await processing.wait(job.id, ANONYMOUS, LONG.timeout);
    assert.is(done.state, 'successful', JSON.stringify(done.fault));
    assert.is(done.progress, 100);
    assert.match(done.message.fr ?? '', /^terminé en/);
    const [result, windows] = await processing.results(job.id, ANONYMOUS);
    const bytes = await result?.open?.();
    const text = new TextDecoder().decode(await bytes?.readAt(0, bytes.size));
    assert.is(text, 'start_time,end_time,value_mean,value_count\r\n2024-01-01T00:00:00Z,2024-01-01T01:00:00Z,11,2\r\n');
    assert.equal(windows?.output, { output: 'windows', kind: 'literal', value: 1 });
    const provenance = (await processing.provenance(job.id, ANONYMOUS)) as {
      readonly process: string;
      readonly inputs: readonly unknown[];
    };
    assert.is(provenance.process, 'statistics');
    assert.is(provenance.inputs.length, 1);
  }));

test('outputs come in the order that was asked, and only those', () =>
  warmly(async ({ processing }) => {
    const outputs = { windows: {}, result: { format: { mediaType: 'application/json' } } };
    const job = await processing.submit({ ...STATISTICS, outputs }, ANONYMOUS, OPTIONS);
    await processing.wait(job.id, ANONYMOUS, LONG.timeout);
    const results = await processing.results(job.id, ANONYMOUS);
    assert.equal(
      results.map(({ output }) => output.output),
      ['windows', 'result'],
    );
    const [, result] = results;
    assert.is(result?.output.kind === 'file' ? result.output.format.mediaType : '', 'application/json');
  }));

test('a faulty input fails its job with the place, a second job is not touched', () =>
  warmly(async ({ processing }) => {
    const broken = {
      ...STATISTICS,
      inputs: { input: csvInput('time,value\n2024-01-01T00:00:00Z,10\n2024-01-01T00:10:00Z\n') },
    };
    const [bad, good] = [
      await processing.submit(broken, ANONYMOUS, OPTIONS),
      await processing.submit(STATISTICS, ANONYMOUS, OPTIONS),
    ];
    const failed = await processing.wait(bad.id, ANONYMOUS, LONG.timeout);
    assert.is(failed.state, 'failed');
    assert.match(failed.fault?.detail.en ?? '', /line 3/);
    assert.is(await reasonOf(processing.results(bad.id, ANONYMOUS)), failed.fault?.reason);
    assert.is((await processing.wait(good.id, ANONYMOUS, LONG.timeout)).state, 'successful');
  }));

test('dismissing stops the work within a second; the second time it is gone', () =>
  warmly(async ({ processing }) => {
    // Its thread is warm.
    await processing.wait((await processing.submit(echo(0), ANONYMOUS, OPTIONS)).id, ANONYMOUS, LONG.timeout);
    const job = await processing.submit(echo(30), ANONYMOUS, OPTIONS);
    await until(isIn(processing, job.id, 'running'), LONG.timeout);
    const dismissed = await processing.dismiss(job.id, ANONYMOUS);
    assert.is(dismissed.state, 'dismissed');
    const next = await processing.submit(echo(0), ANONYMOUS, OPTIONS);
    const began = performance.now();
    assert.is((await processing.wait(next.id, ANONYMOUS, LONG.timeout)).state, 'successful');
    assert.ok(performance.now() - began < 1500, 'the thread was not freed');
    assert.is(await reasonOf(processing.dismiss(job.id, ANONYMOUS)), 'job-gone');
    assert.is(await reasonOf(processing.results(job.id, ANONYMOUS)), 'job-gone');
    assert.is((await processing.job(job.id, ANONYMOUS)).state, 'dismissed');
  }));

test('a result is the input of another job', () =>
  warmly(async ({ processing }) => {
    const first = await processing.submit(STATISTICS, ANONYMOUS, OPTIONS);
    await processing.wait(first.id, ANONYMOUS, LONG.timeout);
    const href = `https://data.example.org/vobs/jobs/${first.id}/results/result/statistics.csv`;
    const second = await processing.submit(
      {
        process: 'convert',
        inputs: { input: [{ kind: 'reference', href }], target: [{ kind: 'text', text: 'json' }] },
        outputs: { result: {} },
        response: 'raw',
      },
      ANONYMOUS,
      OPTIONS,
    );
    const done = await processing.wait(second.id, ANONYMOUS, LONG.timeout);
    assert.is(done.state, 'successful', JSON.stringify(done.fault));
  }));

test('results are removed when they expire, bytes when nothing uses them', () =>
  warmly(async ({ processing, database, store }) => {
    const [first, second] = [
      await processing.submit(STATISTICS, ANONYMOUS, OPTIONS),
      await processing.submit(STATISTICS, ANONYMOUS, OPTIONS),
    ];
    for (const { id } of [first, second]) await processing.wait(id, ANONYMOUS, LONG.timeout);
    const [result] = await processing.results(first.id, ANONYMOUS);
    const sha256 = result?.output.kind === 'file' ? result.output.sha256 : '';
    const expire = (id: string) =>
      database.query(null, `UPDATE job SET expires = now() - interval '1 second' WHERE id = $1::uuid`, [id]);
    await expire(first.id);
    assert.is(await expireJobs(database, 10), 1);
    assert.is(await reasonOf(processing.results(first.id, ANONYMOUS)), 'job-gone');
    assert.is((await processing.job(first.id, ANONYMOUS)).state, 'successful');
    assert.is(await removeUnused(database, store, -1), 0, 'the second job has the same bytes');
    assert.ok(await store.open(sha256));
    await processing.dismiss(second.id, ANONYMOUS);
    assert.is(await removeUnused(database, store, 3600), 0, 'they are kept for an hour');
    assert.is(await removeUnused(database, store, -1), 1);
    assert.is(await store.open(sha256), null);
  }));

test('the threads end with their process', async () => {
  await (await opened)?.close();
});

test('wrong requests are refused before a job is made, with every fault', () =>
  using({ settings: { VOBS_PROCESSING_THREADS: '0' } }, async ({ processing, database }) => {
    const wrong = {
      ...STATISTICS,
      inputs: { statistic: [{ kind: 'text', text: 'average' }], nothing: [{ kind: 'text', text: '' }] },
    } as const;
    try {
      await processing.submit(wrong, ANONYMOUS, OPTIONS);
      assert.unreachable();
    } catch (thrown) {
      assert.instance(thrown, ProcessingFault);
      const { entries } = thrown as ProcessingFault;
      assert.equal(
        entries.map(({ parameter, reason }) => [parameter, reason]),
        [
          ['nothing', 'no-such-input'],
          ['input', 'missing-input'],
          ['statistic', 'invalid-input'],
        ],
      );
    }
    assert.is(
      await reasonOf(processing.submit({ ...STATISTICS, process: 'none' }, ANONYMOUS, OPTIONS)),
      'no-such-process',
    );
    assert.is(
      await reasonOf(processing.submit({ ...STATISTICS, outputs: { none: {} } }, ANONYMOUS, OPTIONS)),
      'no-such-output',
    );
    assert.is(
      await reasonOf(
        processing.submit(
          { ...STATISTICS, inputs: { input: [{ kind: 'reference', href: 'http://127.0.0.1/x' }] } },
          ANONYMOUS,
          OPTIONS,
        ),
      ),
      'input-not-accessible',
    );
    assert.equal(await database.query(null, 'SELECT id FROM job'), []);
  }));

test('a job that takes too long is ended and says so', () =>
  using({ settings: { VOBS_PROCESSING_TIME: '1s' } }, async ({ processing }) => {
    const job = await processing.submit(echo(30), ANONYMOUS, OPTIONS);
    const ended = await processing.wait(job.id, ANONYMOUS, LONG.timeout);
    assert.is(ended.state, 'failed');
    assert.is(ended.fault?.reason, 'timed-out');
  }));

test('a document that would take more memory than a job may have fails its job alone', () => {
  // A JSON document is held as a whole: many empty lists take far more memory than their text.
  const bytes = bytesInMemory(Buffer.from(`{"axis":[${'[],'.repeat(6_000_000)}[]]}`), 'large.json');
  const asset = { service: 'radar', record: 1, name: 'large.json', mediaType: 'application/json' } as Asset;
  const files = { open: async () => ({ asset, bytes }) };
  return using({ files, settings: { VOBS_PROCESSING_MEMORY: '64MB' } }, async ({ processing }) => {
    const file = [{ kind: 'file', asset: 'large' }] as const;
    const variable = [{ kind: 'text', text: 'v' }] as const;
    const greedy: ExecuteRequest = {
      process: 'correlate',
      inputs: { input_a: file, variable_a: variable, input_b: file, variable_b: variable },
      outputs: null,
      response: 'raw',
    };
    const job = await processing.submit(greedy, ANONYMOUS, OPTIONS);
    const ended = await processing.wait(job.id, ANONYMOUS, 40_000);
    assert.is(ended.fault?.reason, 'input-too-large', JSON.stringify(ended));
    const next = await processing.submit(echo(0), ANONYMOUS, OPTIONS);
    assert.is((await processing.wait(next.id, ANONYMOUS, LONG.timeout)).state, 'successful');
  });
});

test('quotas: of one caller, of a day, of the queue; others are not touched', async () => {
  const queueing = { VOBS_PROCESSING_THREADS: '0' };
  await using({ settings: { ...queueing, VOBS_JOBS_WAITING: '2' } }, async ({ processing }) => {
    for (const _ of [1, 2]) await processing.submit(STATISTICS, ANONYMOUS, OPTIONS);
    assert.is(await reasonOf(processing.submit(STATISTICS, ANONYMOUS, OPTIONS)), 'quota-exceeded');
    assert.is(
      await reasonOf(processing.submit(STATISTICS, ANONYMOUS, { ...OPTIONS, address: '192.0.2.2' })),
      'nothing',
    );
  });
  await using({ settings: { ...queueing, VOBS_JOBS_QUEUE: '1' } }, async ({ processing }) => {
    await processing.submit(STATISTICS, ANONYMOUS, OPTIONS);
    assert.is(await reasonOf(processing.submit(STATISTICS, KNOWN, OPTIONS)), 'queue-full');
  });
  await using({ settings: { ...queueing, VOBS_JOBS_DAILY: '1' } }, async ({ processing }) => {
    const job = await processing.submit(STATISTICS, KNOWN, OPTIONS);
    await processing.dismiss(job.id, KNOWN);
    assert.is(await reasonOf(processing.submit(STATISTICS, KNOWN, OPTIONS)), 'quota-exceeded');
  });
});

test('the same idempotency key gives the same job, another request with it is refused', () =>
  using({ settings: { VOBS_PROCESSING_THREADS: '0' } }, async ({ processing }) => {
    const keyed = { ...OPTIONS, idempotencyKey: 'k1' };
    const [first, second] = [
      await processing.submit(STATISTICS, KNOWN, keyed),
      await processing.submit(STATISTICS, KNOWN, keyed),
    ];
    assert.is(first.id, second.id);
    assert.is(await reasonOf(processing.submit(echo(0), KNOWN, keyed)), 'invalid-input');
    assert.is.not((await processing.submit(STATISTICS, OTHER, keyed)).id, first.id);
  }));

test('jobs of an account are its own; those of nobody known belong to who holds the id and are not listed', () =>
  using({ settings: { VOBS_PROCESSING_THREADS: '0' } }, async ({ processing }) => {
    const filter = {
      processes: null,
      states: null,
      created: null,
      minDuration: null,
      maxDuration: null,
      limit: 10,
      offset: 0,
    };
    const mine = await processing.submit(STATISTICS, KNOWN, OPTIONS);
    await processing.submit(STATISTICS, KNOWN, { ...OPTIONS, isSynchronous: true });
    const open = await processing.submit(STATISTICS, ANONYMOUS, OPTIONS);
    const echoed = await processing.submit(echo(0), ANONYMOUS, OPTIONS);
    for (const viewer of [ANONYMOUS, OTHER]) assert.is(await reasonOf(processing.job(mine.id, viewer)), 'no-such-job');
    assert.is((await processing.job(open.id, OTHER)).id, open.id);
    const ids = async (viewer: Viewer, more = {}) =>
      (await processing.jobs(viewer, { ...filter, ...more })).jobs.map(({ id }) => id);
    assert.equal(await ids(KNOWN), [mine.id]);
    assert.equal(await ids(OTHER), []);
    assert.equal(await ids(ANONYMOUS), [echoed.id]);
    assert.equal(await ids(KNOWN, { states: ['failed'] }), []);
    assert.equal(await ids(KNOWN, { processes: ['statistics'], created: { start: Date.now() - 60_000, end: null } }), [
      mine.id,
    ]);
    assert.equal(await ids(KNOWN, { minDuration: 0 }), [], 'what has not started has no duration');
    assert.is(await reasonOf(processing.job('not-a-uuid', KNOWN)), 'no-such-job');
  }));

const record = (authorization: number) =>
  ({
    id: 1,
    service: 'radar',
    level: 'dataset',
    identifier: 'opgc:radar:1',
    title: 'One',
    authorization,
    embargoUntil: null,
    accessGroups: [],
    hasRows: true,
    assets: [],
    licence: { url: 'https://example.org/licence' },
    doi: null,
  }) as unknown as CatalogRecord;
const column = (name: string, type: 'time' | 'number' | 'integer') => ({
  name,
  type,
  unit: null,
  standardName: null,
  label: {},
  missing: null,
  dimensions: [],
  attributes: {},
});
const ROWS = memoryData([
  {
    service: 'radar',
    columns: [column('record', 'integer'), column('time', 'time'), column('power', 'number')],
    axis: { column: 'time', end: null },
    records: [{ record: 1, rows: Array.from({ length: 50 }, (_, n) => [Date.UTC(2024, 0, 1) + n * 60_000, n]) }],
  },
]);

test('rows of a record are read with the rights of the caller, and results ask for them again', async () => {
  let authorization = 0;
  const catalogue: Pick<Catalogue, 'get'> = { get: async () => record(authorization) };
  await using({ catalogue, data: ROWS }, async ({ processing }) => {
    const request: ExecuteRequest = {
      process: 'subset',
      inputs: {
        input: [{ kind: 'reference', href: '/data/radar/1' }],
        datetime: [{ kind: 'text', text: '2024-01-01T00:10:00Z/..' }],
      },
      outputs: null,
      response: 'raw',
    };
    const job = await processing.submit(request, ANONYMOUS, OPTIONS);
    const done = await processing.wait(job.id, ANONYMOUS, LONG.timeout);
    assert.is(done.state, 'successful', JSON.stringify(done.fault));
    const count = (await processing.results(job.id, ANONYMOUS)).find(({ output }) => output.output === 'count')?.output;
    assert.is(count?.kind === 'literal' ? count.value : null, 40);
    authorization = 2;
    assert.is(await reasonOf(processing.results(job.id, ANONYMOUS)), 'unauthorized');
    assert.is(await reasonOf(processing.results(job.id, { ...KNOWN, dataLevel: 1 })), 'forbidden');
    assert.is(await reasonOf(processing.submit(request, ANONYMOUS, OPTIONS)), 'unauthorized');
    assert.is(await reasonOf(processing.results(job.id, { ...KNOWN, dataLevel: 2 })), 'nothing');
  });
});

test('a job whose worker is silent is taken over once, then given up; the zombie writes nothing', () =>
  using({ settings: { VOBS_PROCESSING_THREADS: '0' } }, async ({ processing, database }) => {
    const { id } = await processing.submit(STATISTICS, ANONYMOUS, OPTIONS);
    const fault = { reason: 'worker-lost', detail: { en: 'lost' }, input: null } as const;
    const claim = (worker: string) => claimJob(database, { worker, hiddenOnly: false, runningMost: 5, message: {} });
    const end = { state: 'successful', outputs: [], fault: null, message: {}, provenance: null, bytes: 0 } as const;
    const first = await claim('first');
    assert.is(first?.attempt, 1);
    assert.is(await claim('second'), null, 'one worker each');
    assert.equal(await reapJobs(database, 10, 2, fault), [], 'its heartbeat is young');
    await database.query(null, `UPDATE job SET heartbeat = now() - interval '11 seconds'`);
    assert.equal(await reapJobs(database, 10, 2, fault), [{ id, state: 'accepted' }]);
    const second = await claim('second');
    assert.is(second?.attempt, 2);
    assert.equal(await heartbeat(database, 'first', [id]), []);
    assert.is(await finishJob(database, { id, worker: 'first', attempt: 1 }, end), false);
    await database.query(null, `UPDATE job SET heartbeat = now() - interval '11 seconds'`);
    assert.equal(await reapJobs(database, 10, 2, fault), [{ id, state: 'failed' }]);
    assert.is((await processing.job(id, ANONYMOUS)).fault?.reason, 'worker-lost');
    assert.is(await finishJob(database, { id, worker: 'second', attempt: 2 }, end), false);
  }));

test('claims: who is waited for comes first, and nobody takes all places', () =>
  using({ settings: { VOBS_PROCESSING_THREADS: '0' } }, async ({ processing, database }) => {
    const ids: string[] = [];
    for (const isSynchronous of [false, false, true])
      ids.push((await processing.submit(STATISTICS, KNOWN, { ...OPTIONS, isSynchronous })).id);
    const other = (await processing.submit(STATISTICS, OTHER, OPTIONS)).id;
    const claim = async () =>
      (await claimJob(database, { worker: 'w', hiddenOnly: false, runningMost: 1, message: {} }))?.id ?? null;
    assert.equal([await claim(), await claim(), await claim(), await claim()], [ids[2], ids[0], other, null]);
  }));

test('a process that closes gives its jobs back', () =>
  using({ settings: { VOBS_PROCESSING_THREADS: '0' } }, async ({ processing, database }) => {
    const running = await openProcessingTest();
    const { id } = await processing.submit(echo(30), ANONYMOUS, OPTIONS);
    await until(isIn(processing, id, 'running'), LONG.timeout);
    await running.close();
    assert.is((await processing.job(id, ANONYMOUS)).state, 'accepted');
    const [row] = await database.query<{ attempt: number }>(null, 'SELECT attempt FROM job');
    assert.is(row?.attempt, 0);
  }));

test.run();
