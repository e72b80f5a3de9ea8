// The database as the rest of vobs sees it, whether it is PostgreSQL or the embedded one.
import type { Knex } from 'knex';

/** A statement: its name when it is prepared once for each connection (hot path), its text with $1, $2 …, and their values. */
export interface Statement {
  readonly name: string | null;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Runs one statement and gives its rows. Values of columns: text, date, time, timestamptz as text (dates in ISO form, UTC); int2, int4,
 * float8 as numbers; int8 as a number where it is safe, else as text; arrays as arrays; json and jsonb parsed unless cast to text.
 * Throws AppError `database-unavailable` or `query-too-long`; any other fault of the statement as the driver says it.
 */
export interface Queries {
  query<Row extends object>(name: string | null, text: string, values?: readonly unknown[]): Promise<Row[]>;
}

export interface TransactionOptions {
  /** The statements may take as long as they take (imports, indexes). */
  readonly unlimited?: boolean;
}

export interface Database extends Queries {
  readonly kind: 'postgresql' | 'embedded';
  /**
   * One transaction on one connection: committed when `work` ends, rolled back when it throws. Inside, use only what `work` is given:
   * the embedded database has a single connection, and a query beside it would wait for the end of the transaction.
   */
  transaction<T>(work: (queries: Queries) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /**
   * All rows of a long list in chunks, by keyset: `page` gives the statement that follows a row (null: the first one), which must end
   * with `LIMIT size`. No transaction and no connection is held between chunks.
   */
  stream<Row extends object>(page: (last: Row | null, size: number) => Statement, size: number): AsyncIterable<Row[]>;
  /**
   * Runs `COPY … TO STDOUT` and gives each of its messages to `take` while it is read; the bytes are valid during the call only. The embedded
   * database has no COPY and throws.
   */
  copyOut(text: string, take: (bytes: Buffer) => void): Promise<void>;
  /** Lends knex, for migrations and administration, on one connection of ours. */
  knex<T>(work: (knex: Knex) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** `Database.stream` by means of `query`. */
export async function* readInPages<Row extends object>(
  queries: Queries,
  page: (last: Row | null, size: number) => Statement,
  size: number,
): AsyncIterable<Row[]> {
  let last: Row | null = null;
  for (;;) {
    const { name, text, values }: Statement = page(last, size);
    const rows: Row[] = await queries.query<Row>(name, text, values);
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    last = rows.at(-1) ?? null;
  }
}
