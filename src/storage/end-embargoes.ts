// An embargo that ends changes the record without anybody writing it: it becomes open, and says so. Those records get a new revision and
// datestamp, so that harvests and caches learn of it.
import type { Database } from './database.ts';
import { commitRecords } from './write-records.ts';

/** Still stamped before the day of its end. */
const ENDED = `SELECT n, service FROM metadata
WHERE embargo_until <= $1::date AND deleted_at IS NULL AND datestamp < embargo_until::timestamp AT TIME ZONE 'UTC' ORDER BY n`;

/** Touches the records whose embargo has ended since they last changed; gives how many. May run as often as one likes, in any process. */
export async function endEmbargoes(database: Database, clock: () => number): Promise<number> {
  const today = new Date(clock()).toISOString().slice(0, 10);
  const ended = await database.query<{ n: number }>('vobs_ended_embargoes', ENDED, [today]);
  if (ended.length === 0) return 0;
  return database.transaction(async (queries) => {
    // Again under the lock of the rows: another process may have been faster.
    const rows = await queries.query<{ n: number; service: string }>(null, `${ENDED} FOR UPDATE`, [today]);
    if (rows.length === 0) return 0;
    await commitRecords(
      queries,
      rows.map(({ n }) => n),
      [],
      clock,
    );
    return rows.length;
  });
}
