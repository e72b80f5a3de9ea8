// `Database` over a pool of connections: the part that PostgreSQL and the embedded database have in common.
import type { Knex } from 'knex';
import type pg from 'pg';
import { copyOut } from './copy-out.ts';
import { type Database, type Queries, readInPages, type TransactionOptions } from './database.ts';
import { isConnectionLost, toAppError } from './database-errors.ts';

const READS = /^\s*(select|with|values|table|show)\b/i;
const WRITES = /\b(insert|update|delete|merge|truncate|create|alter|drop)\b/i;

/** A database over `pool`; `close` ends what lies below the pool. */
export function createPoolDatabase(kind: Database['kind'], pool: pg.Pool, close: () => Promise<void>): Database {
  const query: Queries['query'] = async <Row extends object>(
    name: string | null,
    text: string,
    values: readonly unknown[] = [],
  ) => {
    try {
      return await run<Row>(pool, name, text, values);
    } catch (error) {
      // A connection that lay idle while the server was restarted fails once; a read may then be asked again.
      if (!isConnectionLost(error) || !READS.test(text) || WRITES.test(text)) throw toAppError(error);
    }
    try {
      return await run<Row>(pool, name, text, values);
    } catch (error) {
      throw toAppError(error);
    }
  };
  return {
    kind,
    query,
    transaction: (work, options) => inTransaction(pool, work, options),
    stream: (page, size) => readInPages({ query }, page, size),
    copyOut: async (text, take) => {
      let begun = false;
      const taking = (bytes: Buffer) => {
        begun = true;
        take(bytes);
      };
      try {
        await copyOnce(pool, text, taking);
        return;
      } catch (error) {
        // As for queries: a connection that lay idle while the server was restarted fails once.
        if (begun || !isConnectionLost(error)) throw toAppError(error);
      }
      try {
        await copyOnce(pool, text, taking);
      } catch (error) {
        throw toAppError(error);
      }
    },
    knex: (work) => withKnex(pool, work),
    close: async () => {
      await pool.end();
      await close();
    },
  };
}

async function run<Row extends object>(
  target: pg.Pool | pg.PoolClient,
  name: string | null,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const statement = name === null ? { text, values: [...values] } : { name, text, values: [...values] };
  const { rows } = await target.query(statement);
  return rows as Row[];
}

async function copyOnce(pool: pg.Pool, text: string, take: (bytes: Buffer) => void): Promise<void> {
  const client = await pool.connect();
  let lost: Error | undefined;
  try {
    await copyOut(client, text, take);
  } catch (error) {
    if (isConnectionLost(error)) lost = error as Error;
    throw error;
  } finally {
    client.release(lost);
  }
}

async function inTransaction<T>(
  pool: pg.Pool,
  work: (queries: Queries) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const client = await begin(pool).catch((error: unknown) => {
    throw toAppError(error);
  });
  let lost: Error | undefined;
  try {
    if (options.unlimited) await client.query('SET LOCAL statement_timeout = 0');
    const result = await work({ query: (name, text, values = []) => run(client, name, text, values) });
    await client.query('COMMIT');
    return result;
  } catch (error) {
    if (isConnectionLost(error)) lost = error as Error;
    else await client.query('ROLLBACK').catch((fault: Error) => (lost = fault));
    throw toAppError(error);
  } finally {
    client.release(lost);
  }
}

/** A client in a new transaction; one that broke while idle is thrown away and another one taken. */
async function begin(pool: pg.Pool, again = true): Promise<pg.PoolClient> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    return client;
  } catch (error) {
    client.release(error as Error);
    if (again && isConnectionLost(error)) return begin(pool, false);
    throw error;
  }
}

/** knex with one connection, which is a client of our pool: the embedded database has no other. */
async function withKnex<T>(pool: pg.Pool, work: (knex: Knex) => Promise<T>): Promise<T> {
  const { default: createKnex } = await import('knex');
  const knex = createKnex.knex({ client: 'pg', connection: {}, pool: { min: 0, max: 1 } });
  knex.client.acquireRawConnection = () => pool.connect();
  knex.client.destroyRawConnection = (client: pg.PoolClient) => client.release();
  try {
    return await work(knex);
  } catch (error) {
    throw toAppError(error);
  } finally {
    await knex.destroy();
  }
}
