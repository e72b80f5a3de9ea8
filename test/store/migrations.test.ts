import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Database } from '../../src/storage/database.ts';
import { migrate, migrateDown } from '../../src/storage/migrate.ts';
import { migrationNames, pendingMigrations } from '../../src/storage/pending-migrations.ts';
import { openTestDatabase } from '../fixtures/database.ts';

const migrations = suite<{ database: Database }>('migrations');
migrations.before(async (context) => {
  context.database = await openTestDatabase();
});
migrations.after((context) => context.database.close());

/** Tables, views, functions and configurations in the schema. */
const ALL = `SELECT c.oid::regclass::text AS thing FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
UNION ALL SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
UNION ALL SELECT cfgname FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace ORDER BY 1`;
const things = async (database: Database) =>
  (await database.query<{ thing: string }>(null, ALL))
    .map(({ thing }) => thing)
    .filter((thing) => !/^migration/.test(thing));

migrations('each goes up, comes down without leaving anything, and goes up again', async ({ database }) => {
  const all = migrationNames();
  assert.ok(all.length >= 4);
  assert.equal(await pendingMigrations(database), all);
  for (const name of ['postgis', 'unaccent', 'pg_trgm', 'uuid-ossp'])
    await database.query(null, `CREATE EXTENSION "${name}"`);
  const extensions = await things(database);
  assert.equal(await migrate(database), all);
  assert.equal(await pendingMigrations(database), []);
  assert.equal(await migrate(database), []);
  const made = await things(database);
  assert.ok(made.includes('metadata') && made.includes('metadata_search'));

  for (const name of [...all].reverse()) assert.is(await migrateDown(database), name);
  assert.is(await migrateDown(database), null);
  assert.equal(await things(database), extensions);

  assert.equal(await migrate(database), all);
  assert.equal(await things(database), made);
});

migrations('two that start together take turns', async ({ database }) => {
  const all = migrationNames();
  while ((await migrateDown(database)) !== null);
  const results = await Promise.all([migrate(database), migrate(database)]);
  assert.equal(results.flat().sort(), all);
});

migrations('a lock that a killed process left in the table does not stop the next', async ({ database }) => {
  await database.query(null, 'UPDATE migration_lock SET is_locked = 1');
  assert.equal(await migrate(database), []);
});

migrations.run();
