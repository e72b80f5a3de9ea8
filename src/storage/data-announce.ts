// Telling the catalogue that records, and with them their service's series, have rows: their links change, so they count as changed. Nothing that is
// searched changes, so the index and the history have nothing to do.
import type { Queries } from './database.ts';
import { FINISH } from './write-statements.ts';

/** Those that were not known to have rows, the series (number 0) among them. */
const MARK = `UPDATE metadata SET has_rows = true
WHERE service = $1 AND (id = ANY ($2::int[]) OR id = 0) AND NOT has_rows RETURNING n`;
const QUIETLY = "SELECT set_config('vobs.stamping', $1, true)";
const RAISE = 'SELECT catalogue_raise($1::timestamptz)::text AS revision';
const STAMP = 'SELECT catalogue_stamp($1::int[], $2::bigint)';

/**
 * Last step of a transaction that wrote rows of these records. `clock` (milliseconds since 1970) gives the new datestamp, read when the writers' lock
 * is held; null: datestamps stay.
 */
export async function announceRows(
  queries: Queries,
  service: string,
  records: readonly number[],
  clock: (() => number) | null,
): Promise<void> {
  await queries.query(null, QUIETLY, ['on']);
  const marked = await queries.query<{ n: number }>(null, MARK, [service, records]);
  await queries.query(null, QUIETLY, ['off']);
  if (marked.length === 0) return;
  const numbers = marked.map(({ n }) => n);
  const now = () => `${new Date(clock === null ? Date.now() : clock()).toISOString().slice(0, 19)}Z`;
  const [raised] = await queries.query<{ revision: string }>(null, RAISE, [now()]);
  if (clock === null) await queries.query(null, STAMP, [numbers, raised?.revision ?? '0']);
  else await queries.query(null, FINISH, [numbers, now()]);
}
