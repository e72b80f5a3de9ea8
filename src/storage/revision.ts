// The revision of the catalogue: it rises with every transaction that changes a record, in the order of commits.
import type { Queries } from './database.ts';

/** Decimal digits. One prepared statement over a table of one row. */
export async function readRevision(queries: Queries): Promise<string> {
  const rows = await queries.query<{ revision: string }>(
    'vobs_revision',
    'SELECT revision::text AS revision FROM catalogue_revision',
  );
  return rows[0]?.revision ?? '0';
}

/**
 * Reads the revision for many askers at a time: who asks while a read runs gets the next one, so that every answer was read after it was
 * asked for, and one statement serves all who wait. Nearly all of a 304 is this statement's way to the database and back.
 */
export function createRevisionReader(queries: Queries): () => Promise<string> {
  let running: Promise<unknown> | null = null;
  let next: Promise<string> | null = null;
  const read = (): Promise<string> => {
    const reading = readRevision(queries);
    running = reading;
    return reading.finally(() => {
      if (running === reading) running = null;
    });
  };
  return () => {
    if (running === null) return read();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return read();
      });
    return next;
  };
}
