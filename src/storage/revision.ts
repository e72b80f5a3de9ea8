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
