// PostgreSQL goes away and comes back under load: no wrong answer, clear errors meanwhile, and the pool recovers by itself.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AppError } from '../../src/model/errors.ts';
import type { Database } from '../../src/storage/database.ts';
import { openPostgresql } from '../../src/storage/postgresql.ts';
import { findPostgresql, type PrivateCluster, startPrivateCluster } from '../fixtures/private-cluster.ts';

const reconnect = suite<{ cluster: PrivateCluster; database: Database; warnings: string[] }>('reconnect');
reconnect.before(async (context) => {
  context.cluster = await startPrivateCluster();
  context.warnings = [];
  context.database = openPostgresql({
    url: context.cluster.url,
    poolSize: 4,
    statementTimeout: 500,
    warn: (message) => context.warnings.push(message),
  });
});
reconnect.after(async (context) => {
  await context.database.close();
  context.cluster.remove();
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const echo = async (database: Database, i: number) =>
  (await database.query<{ i: number }>('test_echo', 'SELECT $1::int AS i', [i]))[0]?.i;

reconnect('connections that broke while idle are not noticed by a reader', async ({ cluster, database }) => {
  await Promise.all([1, 2, 3, 4].map((i) => echo(database, i)));
  cluster.stopServer();
  cluster.startServer();
  assert.equal(await Promise.all([1, 2, 3, 4, 5, 6].map((i) => echo(database, i))), [1, 2, 3, 4, 5, 6]);
});

reconnect('the pool tells of connections that broke', async ({ cluster, database, warnings }) => {
  await Promise.all([1, 2, 3, 4].map((i) => echo(database, i)));
  cluster.stopServer();
  await pause(100);
  assert.ok(warnings.length > 0);
  cluster.startServer();
  assert.is(await echo(database, 7), 7);
});

reconnect(
  'under load: only right answers and `database-unavailable`, and back at once',
  async ({ cluster, database }) => {
    let running = true;
    const outcomes = { right: 0, wrong: 0, away: 0, other: [] as unknown[] };
    let lastRight = 0;
    const load = Array.from({ length: 8 }, async (_, client) => {
      for (let i = client; running; i += 8) {
        try {
          if ((await echo(database, i)) === i) outcomes.right++;
          else outcomes.wrong++;
          lastRight = Date.now();
        } catch (error) {
          if (error instanceof AppError && error.code === 'database-unavailable') outcomes.away++;
          else outcomes.other.push(error);
          await pause(10);
        }
      }
    });
    await pause(200);
    cluster.stopServer();
    await pause(500);
    assert.ok(outcomes.right > 0 && outcomes.away > 0);
    cluster.startServer();
    const back = Date.now();
    while (lastRight < back && Date.now() < back + 5000) await pause(20);
    assert.ok(lastRight >= back, 'answers within 5 s of the return');
    running = false;
    await Promise.all(load);
    assert.is(outcomes.wrong, 0);
    assert.equal(outcomes.other, []);
  },
);

reconnect(
  'a transaction that loses its connection is told so, and the next one works',
  async ({ cluster, database }) => {
    const error = await database
      .transaction(async ({ query }) => {
        await query(null, 'CREATE TABLE half (a int)');
        cluster.stopServer();
        await query(null, 'INSERT INTO half VALUES (1)');
      })
      .catch((fault: unknown) => fault);
    assert.ok(error instanceof AppError && error.code === 'database-unavailable');
    cluster.startServer();
    const [row] = await database.transaction(({ query }) =>
      query<{ half: string | null }>(null, "SELECT to_regclass('half')::text AS half"),
    );
    assert.is(row?.half, null);
  },
);

reconnect('a statement that takes too long is ended; an import may take its time', async ({ database }) => {
  const error = await database.query(null, 'SELECT pg_sleep(3)').catch((fault: unknown) => fault);
  assert.ok(error instanceof AppError && error.code === 'query-too-long');
  await database.transaction(({ query }) => query(null, 'SELECT pg_sleep(0.7)'), { unlimited: true });
});

reconnect('no server at all: `database-unavailable`', async () => {
  const nowhere = openPostgresql({ url: 'postgres://nobody@127.0.0.1:9/none', poolSize: 1, statementTimeout: 500 });
  const error = await nowhere.query(null, 'SELECT 1').catch((fault: unknown) => fault);
  assert.ok(error instanceof AppError && error.code === 'database-unavailable');
  await nowhere.close();
});

if (findPostgresql() !== null) reconnect.run();
