// PostgreSQL through a pool of connections. The pool outlives a restart of the server: broken connections are thrown away, new ones made.
import pg from 'pg';
import { columnTypes } from './column-values.ts';
import type { Database } from './database.ts';
import { createPoolDatabase } from './pool-database.ts';

export interface PostgresqlOptions {
  readonly url: string;
  /** Largest number of connections. */
  readonly poolSize: number;
  /** Milliseconds after which a statement is ended. */
  readonly statementTimeout: number;
  /** Told of connections that broke while idle. */
  readonly warn?: (message: string) => void;
}

/**
 * Settings of each session: our dates are UTC, notices are not read by anybody, and our statements are too short for the JIT compiler and
 * for parallel workers, whose start alone takes longer than a search.
 */
export const SESSION_OPTIONS =
  '-c timezone=UTC -c client_min_messages=warning -c jit=off -c max_parallel_workers_per_gather=0';
/** Milliseconds to wait for a connection. */
const CONNECT_TIMEOUT = 5000;

/** Opens a pool; no connection is made before the first statement. */
export function openPostgresql({ url, poolSize, statementTimeout, warn }: PostgresqlOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'vobs',
    options: SESSION_OPTIONS,
    statement_timeout: statementTimeout,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // A command that is done does not wait for connections that nobody uses.
    allowExitOnIdle: true,
    types: columnTypes,
  });
  pool.on('error', (error) => warn?.(`a connection to the database was lost: ${error.message}`));
  // Without a listener of its own a client that breaks while it is in use would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  return createPoolDatabase('postgresql', pool, async () => {});
}
