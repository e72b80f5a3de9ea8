// Is the database up to date? Asked at each start and by /readyz, so without knex, which takes longer to load than to answer.
import { readdirSync } from 'node:fs';
import type { Queries } from './database.ts';

const FOLDER = new URL('../../migrations/', import.meta.url);
const KNOWS = "SELECT to_regclass('migration') IS NOT NULL AS known";
const DONE = 'SELECT name FROM migration';

/** Names of all migrations, oldest first. */
export function migrationNames(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => /^\d{4}-/.test(name))
    .sort();
}

/** Names of the migrations that are still to be run; all of them in an empty database. */
export async function pendingMigrations(queries: Queries): Promise<readonly string[]> {
  const ours = migrationNames();
  const [answer] = await queries.query<{ known: boolean }>(null, KNOWS);
  if (!answer?.known) return ours;
  const done = new Set((await queries.query<{ name: string }>(null, DONE)).map((row) => row.name));
  return ours.filter((name) => !done.has(name));
}
