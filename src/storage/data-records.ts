// What there is of rows, without reading them: the records that have some, what they cover, and the revision of a service's rows.
import type { Viewer } from '../model/viewer.ts';
import type { Queries } from './database.ts';
import { takenBy } from './taken-by.ts';

export interface RecordRows {
  readonly record: number;
  readonly rows: number;
  /** Milliseconds since 1970; null: no row has a time. */
  readonly begins: number | null;
  readonly ends: number | null;
}

const FROM = 'FROM rows_record r JOIN metadata m ON m.service = r.service AND m.id = r.record WHERE r.service = $1';
const at = (expression: string): string => `(extract(epoch FROM ${expression}) * 1000)::float8`;

/** The service's records with rows that the viewer may take, by number. `today`: `YYYY-MM-DD`. */
export function readRecordRows(
  queries: Queries,
  service: string,
  viewer: Viewer,
  today: string,
): Promise<readonly RecordRows[]> {
  return queries.query<RecordRows>(
    null,
    `SELECT r.record, r.row_count::float8 AS rows, ${at('r.begins')} AS begins, ${at('r.ends')} AS ends ${FROM} AND r.row_count > 0 AND ${takenBy(viewer, today)} ORDER BY r.record`,
    [service],
  );
}

/** The same in all. */
export async function readServiceRows(
  queries: Queries,
  service: string,
  viewer: Viewer,
  today: string,
): Promise<Omit<RecordRows, 'record'>> {
  const rows = await queries.query<Omit<RecordRows, 'record'>>(
    null,
    `SELECT coalesce(sum(r.row_count), 0)::float8 AS rows, ${at('min(r.begins)')} AS begins, ${at('max(r.ends)')} AS ends ${FROM} AND ${takenBy(viewer, today)}`,
    [service],
  );
  return rows[0] ?? { rows: 0, begins: null, ends: null };
}

/** What one record has in the table of its service, with the revision of the service's rows. */
export interface RecordState {
  readonly revision: string;
  /** Columns that hold a value in some row; empty: not known. */
  readonly filled: readonly string[];
}

export async function readRecordState(queries: Queries, service: string, record: number): Promise<RecordState> {
  const rows = await queries.query<RecordState>(
    'vobs_rows_state',
    `SELECT v.revision::text AS revision, coalesce(r.filled, '{}') AS filled
FROM rows_revision v LEFT JOIN rows_record r ON r.service = v.service AND r.record = $2::int WHERE v.service = $1`,
    [service, record],
  );
  return rows[0] ?? { revision: '0', filled: [] };
}

/** Raised by every change of the service's rows; decimal digits, '0' before the first. */
export async function readRowsRevision(queries: Queries, service: string): Promise<string> {
  const rows = await queries.query<{ revision: string }>(
    'vobs_rows_revision',
    'SELECT revision::text AS revision FROM rows_revision WHERE service = $1',
    [service],
  );
  return rows[0]?.revision ?? '0';
}
