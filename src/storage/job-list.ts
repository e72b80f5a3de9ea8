// Jobs as their owners see them: one, a list, what was asked; and their removal.
import type { JobState } from '../model/job.ts';
import type { JsonValue } from '../model/json.ts';
import type { ExecuteRequest } from '../model/process.ts';
import type { Localised } from '../model/text.ts';
import type { Database, Queries } from './database.ts';
import { JOB_COLUMNS, type JobRow } from './jobs.ts';

const READ = `SELECT ${JOB_COLUMNS} FROM job j WHERE j.id = $1::uuid`;

/** `id`: a UUID. */
export async function readJob(queries: Queries, id: string): Promise<JobRow | null> {
  return (await queries.query<JobRow>('vobs_job', READ, [id]))[0] ?? null;
}

export async function readJobRequest(queries: Queries, id: string): Promise<ExecuteRequest | null> {
  const text = 'SELECT request FROM job WHERE id = $1::uuid';
  return (await queries.query<{ request: ExecuteRequest | null }>('vobs_job_request', text, [id]))[0]?.request ?? null;
}

export async function readJobProvenance(queries: Queries, id: string): Promise<JsonValue> {
  const text = 'SELECT provenance FROM job WHERE id = $1::uuid';
  return (await queries.query<{ provenance: JsonValue }>('vobs_job_provenance', text, [id]))[0]?.provenance ?? null;
}

export interface JobListing {
  /** null: those of nobody known, of these processes. */
  readonly owner: string | null;
  readonly openProcesses: readonly string[];
  readonly processes: readonly string[] | null;
  readonly states: readonly JobState[] | null;
  /** Milliseconds since 1970, ends included; null: open. */
  readonly createdFrom: number | null;
  readonly createdTo: number | null;
  /** Seconds. */
  readonly minDuration: number | null;
  readonly maxDuration: number | null;
  readonly limit: number;
  readonly offset: number;
}

const DURATION = `CASE WHEN j.started IS NULL THEN NULL ELSE extract(epoch FROM coalesce(j.finished, clock_timestamp()) - j.started) END`;
const LISTED = `FROM job j WHERE NOT j.hidden
  AND CASE WHEN $1::text IS NULL THEN j.owner IS NULL AND j.process = ANY ($2::text[]) ELSE j.owner = $1 END
  AND ($3::text[] IS NULL OR j.process = ANY ($3)) AND ($4::text[] IS NULL OR j.state = ANY ($4))
  AND ($5::float8 IS NULL OR j.created >= to_timestamp($5 / 1000)) AND ($6::float8 IS NULL OR j.created <= to_timestamp($6 / 1000))
  AND ($7::float8 IS NULL OR ${DURATION} >= $7) AND ($8::float8 IS NULL OR ${DURATION} <= $8)`;
const LIST = `SELECT ${JOB_COLUMNS} ${LISTED} ORDER BY j.created DESC, j.id LIMIT $9 OFFSET $10`;
const COUNT = `SELECT count(*)::int AS total ${LISTED}`;

/** The newest first. */
export async function listJobs(
  queries: Queries,
  listing: JobListing,
): Promise<{ readonly jobs: readonly JobRow[]; readonly total: number }> {
  const { owner, openProcesses, processes, states, createdFrom, createdTo, minDuration, maxDuration } = listing;
  const values = [owner, openProcesses, processes, states, createdFrom, createdTo, minDuration, maxDuration];
  const [counted] = await queries.query<{ total: number }>('vobs_job_count', COUNT, values);
  const jobs = await queries.query<JobRow>('vobs_job_list', LIST, [...values, listing.limit, listing.offset]);
  return { jobs, total: counted?.total ?? 0 };
}

const DISMISS = `UPDATE job j SET cancel = true, state = 'dismissed', message = $2::jsonb, finished = coalesce(j.finished, clock_timestamp()),
  updated = clock_timestamp(), outputs = '[]', removed = clock_timestamp(), request = NULL, provenance = NULL, idempotency_key = NULL,
  expires = clock_timestamp() + interval '7 days'
WHERE j.id = $1::uuid AND j.removed IS NULL AND j.state <> 'dismissed' RETURNING ${JOB_COLUMNS}`;
/** What no job and no record refers to any more is marked. */
const RELEASE = `WITH gone AS (DELETE FROM job_file WHERE job = ANY ($1::uuid[]) RETURNING sha256)
INSERT INTO released_file (sha256) SELECT DISTINCT sha256 FROM gone ON CONFLICT (sha256) DO UPDATE SET at = now()`;

/** Ends it where it runs (its worker finds `cancel` at its next heartbeat) and takes its results away; null: that was done before. */
export function dismissJob(database: Database, id: string, message: Localised): Promise<JobRow | null> {
  return database.transaction(async (queries) => {
    const [row] = await queries.query<JobRow>('vobs_job_dismiss', DISMISS, [id, JSON.stringify(message)]);
    if (row !== undefined) await queries.query('vobs_job_release', RELEASE, [[id]]);
    return row ?? null;
  });
}

const EXPIRE = `UPDATE job SET removed = clock_timestamp(), outputs = '[]', request = NULL, provenance = NULL, idempotency_key = NULL
WHERE id IN (SELECT id FROM job WHERE removed IS NULL AND expires < clock_timestamp() AND state NOT IN ('accepted', 'running')
  ORDER BY expires LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING id::text AS id`;
const FORGET = `DELETE FROM job WHERE removed < clock_timestamp() - interval '7 days' OR (hidden AND finished < clock_timestamp() - interval '2 days' AND removed IS NOT NULL)`;

/** Takes the results of expired jobs away, a few at a time; gives how many. Rows go a week later. */
export function expireJobs(database: Database, most: number): Promise<number> {
  return database.transaction(async (queries) => {
    const rows = await queries.query<{ id: string }>('vobs_job_expire', EXPIRE, [most]);
    if (rows.length > 0) await queries.query('vobs_job_release', RELEASE, [rows.map(({ id }) => id)]);
    await queries.query('vobs_job_forget', FORGET);
    return rows.length;
  });
}

const UNUSED = `DELETE FROM released_file f WHERE f.at < now() - make_interval(secs => $1) AND f.sha256 IN (
  SELECT r.sha256 FROM released_file r WHERE r.at < now() - make_interval(secs => $1) LIMIT $2)
RETURNING f.sha256, EXISTS (SELECT 1 FROM job_file j WHERE j.sha256 = f.sha256) OR EXISTS (SELECT 1 FROM asset a WHERE a.sha256 = f.sha256) AS used`;

/** Checksums of bytes that were released so many seconds ago and that nothing uses; they are told once. */
export async function takeUnusedFiles(queries: Queries, seconds: number, most: number): Promise<readonly string[]> {
  const rows = await queries.query<{ sha256: string; used: boolean }>('vobs_unused_files', UNUSED, [seconds, most]);
  return rows.filter(({ used }) => !used).map(({ sha256 }) => sha256);
}

const CANCELLED = `SELECT id::text AS id FROM job WHERE id = ANY ($1::uuid[]) AND cancel`;

/** Which of these are to be stopped. */
export async function cancelledJobs(queries: Queries, ids: readonly string[]): Promise<readonly string[]> {
  return (await queries.query<{ id: string }>('vobs_job_cancelled', CANCELLED, [ids])).map(({ id }) => id);
}

const RELEASE_FILES = `INSERT INTO released_file (sha256) SELECT DISTINCT s FROM unnest($1::text[]) s ON CONFLICT (sha256) DO UPDATE SET at = now()`;

/** Marks bytes that were needed for a while only. */
export async function releaseFiles(queries: Queries, sha256: readonly string[]): Promise<void> {
  await queries.query('vobs_release_files', RELEASE_FILES, [sha256]);
}
