// Brings the tables to the state that this version needs. Each migration is a folder of `migrations/` with `up.sql` and `down.sql`;
// knex keeps the list of those that were run. Two processes that start together take turns (advisory lock).
import { readFile } from 'node:fs/promises';
import type { Knex } from 'knex';
import type { Database } from './database.ts';
import { migrationNames } from './pending-migrations.ts';

const FOLDER = new URL('../../migrations/', import.meta.url);
/** Any number that no other program on the same database is likely to take. */
const LOCK = 1_870_105_002;

const SOURCE: Knex.MigrationSource<string> = {
  getMigrations: async () => migrationNames(),
  getMigrationName: (name) => name,
  getMigration: async (name) => ({
    up: (knex) => runFile(knex, name, 'up'),
    down: (knex) => runFile(knex, name, 'down'),
  }),
};
const CONFIG: Knex.MigratorConfig = { migrationSource: SOURCE, tableName: 'migration' };

/** Runs what is missing, oldest first, each in a transaction; gives the names of what was run. */
export function migrate(database: Database): Promise<readonly string[]> {
  return alone(database, async (knex) => {
    const [, names] = (await knex.migrate.latest(CONFIG)) as [number, string[]];
    return names;
  });
}

/** Takes back the last migration, data included; gives its name, null when there is none. */
export function migrateDown(database: Database): Promise<string | null> {
  return alone(database, async (knex) => {
    const [, names] = (await knex.migrate.down(CONFIG)) as [number, string[]];
    return names[0] ?? null;
  });
}

async function runFile(knex: Knex, name: string, direction: 'up' | 'down'): Promise<void> {
  const sql = await readFile(new URL(`${name}/${direction}.sql`, FOLDER), 'utf8');
  // knex would take a question mark for a parameter.
  await knex.raw(sql.replaceAll('?', '\\?'));
}

/** knex's own lock stays taken when a process dies in mid-work; ours goes with the connection, so under ours knex's may be freed. */
function alone<T>(database: Database, work: (knex: Knex) => Promise<T>): Promise<T> {
  return database.knex(async (knex) => {
    await knex.raw('SET statement_timeout = 0');
    await knex.raw(`SELECT pg_advisory_lock(${LOCK})`);
    try {
      await knex.migrate.forceFreeMigrationsLock(CONFIG);
      return await work(knex);
    } finally {
      await knex.raw(`SELECT pg_advisory_unlock(${LOCK})`);
      await knex.raw('RESET statement_timeout');
    }
  });
}
