// The embedded database: its remedies for the faults of PGlite, and its lock.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AppError } from '../../src/model/errors.ts';
import type { Database } from '../../src/storage/database.ts';
import { takeLock } from '../../src/storage/embedded/lock.ts';
import { openEmbedded } from '../../src/storage/embedded/open.ts';
import { openTestEmbedded, temporaryDirectory } from '../fixtures/embedded.ts';

/** Enough to pass the point where an instance without remedy is broken for good; the whole number in the run on the embedded database. */
const FAILURES = process.env.VOBS_TEST_EMBEDDED === '1' ? 5000 : 1600;

const embedded = suite<{ database: Database; warnings: string[] }>('embedded database');
embedded.before(async (context) => {
  context.warnings = [];
  context.database = await openTestEmbedded({
    warn: (message) => context.warnings.push(message),
    statementLimit: 4000,
  });
});
embedded.after((context) => context.database.close());

const failure = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: Error & { code?: string }) => String(error.code ?? error.message),
  );

embedded('failing statements without end, right answers between and afterwards', async ({ database }) => {
  await database.transaction(({ query }) => query(null, 'CREATE TABLE kept (value int PRIMARY KEY)'));
  await database.transaction(({ query }) => query(null, 'INSERT INTO kept SELECT generate_series(1, 100)'));
  const kinds = [
    () => database.query('test_division', 'SELECT 1 / $1::int', [0]),
    () => database.query(null, 'SELECT nonsense'),
    () => database.query(null, 'this is no SQL'),
    () => database.query('test_twice', 'INSERT INTO kept VALUES ($1)', [1]),
    () => database.query(null, 'SELECT $1::date', ['31/31/31']),
  ];
  const expected = ['22012', '42703', '42601', '23505', '22008'];
  for (let i = 0; i < FAILURES; i++) {
    const kind = i % kinds.length;
    assert.is(await failure(kinds[kind]!()), expected[kind]);
    if (i % 50 === 0) {
      const rows = await database.query<{ sum: number; i: number }>(
        'test_sum',
        'SELECT sum(value)::int AS sum, $1::int AS i FROM kept',
        [i],
      );
      assert.equal(rows, [{ sum: 5050, i }]);
    }
  }
});

embedded('questions beside each other get their own answers, failing ones among them', async ({ database }) => {
  const answers = await Promise.all(
    Array.from({ length: 400 }, (_, i) =>
      i % 3 === 0
        ? failure(database.query(null, 'SELECT 1 / $1::int', [0]))
        : database.query<{ i: number }>('test_echo', 'SELECT $1::int AS i', [i]).then((rows) => rows[0]?.i),
    ),
  );
  for (const [i, answer] of answers.entries()) assert.is(answer, i % 3 === 0 ? '22012' : i);
});

embedded('a failed transaction leaves nothing, and nothing of it is left to the next', async ({ database }) => {
  const work = database.transaction(async ({ query }) => {
    await query(null, 'INSERT INTO kept VALUES (1000)');
    await query(null, 'SELECT 1 / 0');
  });
  assert.is(await failure(work), '22012');
  const rows = await database.query(null, 'SELECT count(*) AS count, now() = statement_timestamp() AS alone FROM kept');
  assert.equal(rows, [{ count: 100, alone: true }]);
});

embedded('a long list comes in chunks by keyset', async ({ database }) => {
  const sizes: number[] = [];
  let sum = 0;
  const pages = database.stream<{ value: number }>(
    (last, size) => ({
      name: 'test_pages',
      text: 'SELECT value FROM kept WHERE value > $1 ORDER BY value LIMIT $2',
      values: [last?.value ?? 0, size],
    }),
    30,
  );
  for await (const rows of pages) {
    sizes.push(rows.length);
    for (const row of rows) sum += row.value;
    // Others are served between two chunks.
    await database.query(null, 'SELECT 1');
  }
  assert.equal(sizes, [30, 30, 30, 10]);
  assert.is(sum, 5050);
});

embedded(
  'a statement without end is ended with its worker; the next one is answered',
  async ({ database, warnings }) => {
    const error = await database
      .query(null, 'SELECT count(*) FROM generate_series(1, 2000000000)')
      .catch((fault: unknown) => fault);
    assert.ok(error instanceof AppError);
    assert.is(error.code, 'query-too-long');
    assert.equal(await database.query('test_sum_again', 'SELECT sum(value)::int AS sum FROM kept'), [{ sum: 5050 }]);
    assert.ok(warnings.some((warning) => /longer than 4 s/.test(warning)));
  },
);

embedded('an import may take longer', async ({ database, warnings }) => {
  const before = warnings.length;
  await database.transaction(({ query }) => query(null, 'SELECT pg_sleep(5)'), { unlimited: true });
  assert.is(warnings.length, before);
});

embedded.run();

const lock = suite('lock of the embedded database');

lock('a second opening is refused, with the number of the process', async () => {
  const file = join(temporaryDirectory(), 'database.lock');
  const release = takeLock(file);
  assert.throws(() => takeLock(file), new RegExp(`in use by process ${process.pid}`));
  release();
  takeLock(file)();
  assert.not.ok(existsSync(file));
});

lock('a dead process, a number used again and rubbish hold no lock; a living process does', async () => {
  const file = join(temporaryDirectory(), 'database.lock');
  const dead = await ended(spawn(process.execPath, ['-e', '']));
  for (const content of [
    JSON.stringify({ pid: dead, started: null }),
    JSON.stringify({ pid: process.pid, started: 'another start' }),
    'rubbish',
    '',
  ]) {
    writeFileSync(file, content);
    takeLock(file)();
    assert.not.ok(existsSync(file), content);
  }
  writeFileSync(file, JSON.stringify({ pid: 1, started: null }));
  assert.throws(() => takeLock(file), /in use by process 1/);
});

lock('kill -9 while writing leaves every confirmed commit and no dead lock', async () => {
  const directory = join(temporaryDirectory(), 'database');
  const script = fileURLToPath(new URL('../fixtures/embedded-writer.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let confirmed = 0;
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the writer ended by itself (${code})`)));
    child.stdout.on('data', (data: Buffer) => {
      confirmed = Number(data.toString().trim().split('\n').at(-1));
      if (confirmed >= 200) resolve();
    });
  });
  assert.is(JSON.parse(readFileSync(`${directory}.lock`, 'utf8')).pid, child.pid);
  assert.match(await failure(openEmbedded({ directory })), `in use by process ${child.pid}`);
  child.removeAllListeners('exit');
  child.kill('SIGKILL');
  await ended(child);
  const database = await openEmbedded({ directory });
  const [row] = await database.query<{ count: number; highest: number }>(
    null,
    'SELECT count(*) AS count, max(value) AS highest FROM number',
  );
  await database.close();
  assert.ok(row!.count >= confirmed && row!.highest === row!.count, `${row?.count} of ${confirmed}`);
  assert.not.ok(existsSync(`${directory}.lock`));
});

lock('what a broken first start left is set aside, not removed', async () => {
  const parent = temporaryDirectory();
  const directory = join(parent, 'database');
  mkdirSync(directory);
  writeFileSync(join(directory, 'PG_VERSION'), '18');
  const warnings: string[] = [];
  const database = await openEmbedded({ directory, warn: (message) => warnings.push(message) });
  assert.equal(await database.query(null, 'SELECT 1 AS one'), [{ one: 1 }]);
  await database.close();
  assert.is(readdirSync(parent).filter((name) => name.startsWith('database.incomplete-')).length, 1);
  assert.match(warnings.join(), 'incomplete');
});

/** Waits for the end of a process and gives its number. */
function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once('exit', () => resolve(child.pid!)));
}

lock.run();
