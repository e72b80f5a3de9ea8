// The embedded database: PGlite with PostGIS in a worker, behind the same driver and the same SQL as PostgreSQL. For demonstration and
// development: one connection, no statement timeout of its own, and callers who provoke errors slow it down.
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { columnTypes } from '../column-values.ts';
import type { Database } from '../database.ts';
import { createPoolDatabase } from '../pool-database.ts';
import { createEngine } from './engine.ts';
import { takeLock } from './lock.ts';
import { Wire } from './wire.ts';

export interface EmbeddedOptions {
  /** Where the database is kept; its lock stands beside it. Made when absent. */
  readonly directory: string;
  readonly info?: (message: string) => void;
  readonly warn?: (message: string) => void;
  /** Milliseconds after which a statement is ended by ending its worker. */
  readonly statementLimit?: number;
}

/** Written when the directory is complete: without it a first start was broken off. */
const COMPLETE = 'vobs-complete';
/** A statement waits behind an import or an opening; only then does this many milliseconds pass. */
const WAIT_FOR_CONNECTION = 120_000;
const STATEMENT_LIMIT = 120_000;
const quiet = () => {};

/** Opens the database (2 to 4 s; 4 to 9 s the first time). Throws DirectoryInUse when another process has it. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const { directory, info = quiet, warn = quiet, statementLimit = STATEMENT_LIMIT } = options;
  mkdirSync(dirname(directory), { recursive: true });
  const release = takeLock(`${directory}.lock`);
  try {
    const first = !existsSync(join(directory, COMPLETE));
    if (first) setAside(directory, warn);
    info(
      `${first ? 'creating' : 'opening'} the embedded demo database in ${directory}: for demonstration and development, not for public use`,
    );
    const engine = createEngine({ directory, statementLimit, warn });
    await engine.start();
    if (first) writeFileSync(join(directory, COMPLETE), `${new Date().toISOString()}\n`);
    return createPoolDatabase('embedded', poolOver(engine, warn), async () => {
      await engine.close();
      release();
    });
  } catch (error) {
    release();
    throw error;
  }
}

/** What a broken first start left cannot be opened; it is kept under another name, never removed. */
function setAside(directory: string, warn: (message: string) => void): void {
  if (!existsSync(directory) || readdirSync(directory).length === 0) return;
  const aside = `${directory}.incomplete-${Date.now()}`;
  renameSync(directory, aside);
  warn(`the embedded database was incomplete, from a start that was broken off; it is now ${aside}`);
}

function poolOver(engine: ReturnType<typeof createEngine>, warn: (message: string) => void): pg.Pool {
  const pool = new pg.Pool({
    stream: () => new Wire(engine),
    user: 'postgres',
    database: 'postgres',
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: WAIT_FOR_CONNECTION,
    types: columnTypes,
  });
  pool.on('error', (error) => warn(`the connection to the embedded database was lost: ${error.message}`));
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
