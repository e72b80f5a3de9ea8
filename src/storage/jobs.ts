// The table `job` as a queue: entry under quotas, claims, heartbeats, ends. Times are those of the database alone; every write of a worker
// names its claim (worker and attempt), so that one which was thought dead and wakes up overwrites nothing.
import type { JobFault, JobOutput, JobState } from '../model/job.ts';
import type { JsonValue } from '../model/json.ts';
import type { ExecuteRequest } from '../model/process.ts';
import type { Localised } from '../model/text.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Database, Queries } from './database.ts';

/** A record whose data a job was made from. `record` null: all rows of the service that the viewer may take. */
export interface JobSource {
  readonly service: string;
  readonly record: number | null;
}

export interface JobSubscriber {
  readonly successUri: string | null;
  readonly failedUri: string | null;
  readonly inProgressUri: string | null;
}

export interface NewJob {
  readonly id: string;
  readonly process: string;
  readonly version: string;
  readonly owner: string | null;
  readonly quotaKey: string;
  readonly protocol: string;
  readonly request: ExecuteRequest;
  readonly viewer: Viewer;
  readonly sources: readonly JobSource[];
  readonly note: { readonly [name: string]: JsonValue };
  readonly subscriber: JobSubscriber | null;
  readonly requestHash: string;
  readonly idempotencyKey: string | null;
  readonly isHidden: boolean;
  readonly message: Localised;
  /** Days that the row and its results are kept. */
  readonly days: number;
}

export interface JobQuota {
  /** Jobs of one key that wait or run. */
  readonly waiting: number;
  /** Jobs of one key in 24 hours. */
  readonly daily: number;
  /** Jobs of everybody that wait. */
  readonly queue: number;
}

export interface JobRow {
  readonly id: string;
  readonly process: string;
  readonly version: string;
  readonly owner: string | null;
  readonly protocol: string;
  readonly state: JobState;
  readonly sources: readonly JobSource[];
  readonly note: { readonly [name: string]: JsonValue };
  readonly subscriber: JobSubscriber | null;
  readonly hidden: boolean;
  readonly attempt: number;
  readonly progress: number;
  readonly message: Localised;
  readonly fault: JobFault | null;
  readonly outputs: readonly JobOutput[];
  readonly cancel: boolean;
  readonly created: string;
  readonly started: string | null;
  readonly finished: string | null;
  readonly updated: string;
  readonly expires: string | null;
  readonly removed: boolean;
}

export interface ClaimedJob extends JobRow {
  readonly request: ExecuteRequest;
  readonly viewer: Viewer;
}

const time = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column.replace(/^\w+\./, '')}`;
export const JOB_COLUMNS = `j.id::text AS id, j.process, j.version, j.owner, j.protocol, j.state, j.sources, j.note, j.subscriber, j.hidden,
j.attempt, j.progress, j.message, j.fault, j.outputs, j.cancel, ${['j.created', 'j.started', 'j.finished', 'j.updated', 'j.expires'].map(time).join(', ')},
j.removed IS NOT NULL AS removed`;

const KNOWN = `SELECT ${JOB_COLUMNS}, j.request_hash FROM job j WHERE coalesce(j.owner, j.quota_key) = $1 AND j.idempotency_key = $2`;
const COUNTS = `SELECT
  (SELECT count(*)::int FROM job WHERE quota_key = $1 AND state IN ('accepted', 'running')) AS waiting,
  (SELECT count(*)::int FROM job WHERE quota_key = $1 AND created > clock_timestamp() - interval '1 day') AS daily,
  (SELECT count(*)::int FROM job WHERE state = 'accepted') AS queue`;
const INSERT = `INSERT INTO job AS j (id, process, version, owner, quota_key, protocol, request, viewer, sources, note, subscriber, request_hash,
  idempotency_key, hidden, message, expires)
VALUES ($1, $2, $3, $4, $5, $6, $7::json, $8::jsonb, $9::jsonb, $10::jsonb, $11::jsonb, $12, $13, $14, $15::jsonb,
  clock_timestamp() + make_interval(days => $16))
RETURNING ${JOB_COLUMNS}`;

export type Entry =
  | { readonly kind: 'entered' | 'known'; readonly job: JobRow }
  | { readonly kind: 'other-request' | keyof JobQuota };

/**
 * Puts a job into the queue, or says which limit is reached. A known key gives the job that it made, or `other-request`. Jobs of one quota
 * key enter one after another (a lock of the transaction), so that none slips past its limit.
 */
export function enterJob(database: Database, job: NewJob, quota: JobQuota): Promise<Entry> {
  return database.transaction(async (queries): Promise<Entry> => {
    await queries.query('vobs_job_lock', 'SELECT pg_advisory_xact_lock(hashtextextended($1, 20101))', [job.quotaKey]);
    if (job.idempotencyKey !== null) {
      const [known] = await queries.query<JobRow & { readonly request_hash: string }>('vobs_job_known', KNOWN, [
        job.owner ?? job.quotaKey,
        job.idempotencyKey,
      ]);
      if (known !== undefined)
        return known.request_hash === job.requestHash ? { kind: 'known', job: known } : { kind: 'other-request' };
    }
    const [counts] = await queries.query<{ [Limit in keyof JobQuota]: number }>('vobs_job_counts', COUNTS, [
      job.quotaKey,
    ]);
    for (const limit of ['queue', 'waiting', 'daily'] as const)
      if ((counts?.[limit] ?? 0) >= quota[limit]) return { kind: limit };
    const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
    const [row] = await queries.query<JobRow>('vobs_job_enter', INSERT, [
      job.id,
      job.process,
      job.version,
      job.owner,
      job.quotaKey,
      job.protocol,
      json(job.request),
      json(job.viewer),
      json(job.sources),
      json(job.note),
      json(job.subscriber),
      job.requestHash,
      job.idempotencyKey,
      job.isHidden,
      json(job.message),
      job.days,
    ]);
    return { kind: 'entered', job: row as JobRow };
  });
}

const CLAIM = `WITH next AS (
  SELECT id FROM job q WHERE q.state = 'accepted' AND NOT q.cancel AND (q.hidden OR NOT $2)
    AND (q.hidden OR (SELECT count(*) FROM job r WHERE r.quota_key = q.quota_key AND r.state = 'running' AND NOT r.hidden) < $3)
  ORDER BY q.hidden DESC, q.created FOR UPDATE SKIP LOCKED LIMIT 1)
UPDATE job j SET state = 'running', worker = $1, heartbeat = clock_timestamp(), started = coalesce(j.started, clock_timestamp()),
  attempt = j.attempt + 1, updated = clock_timestamp(), message = $4::jsonb
FROM next WHERE j.id = next.id RETURNING ${JOB_COLUMNS}, j.request, j.viewer`;

export interface ClaimOptions {
  /** Name of the server process. */
  readonly worker: string;
  /** Only jobs that somebody waits for. */
  readonly hiddenOnly: boolean;
  /** Jobs of one quota key that run at a time; those that somebody waits for do not count. */
  readonly runningMost: number;
  readonly message: Localised;
}

/** The next job, which is then this worker's; null: none waits. The lock is gone when this resolves. */
export async function claimJob(queries: Queries, options: ClaimOptions): Promise<ClaimedJob | null> {
  const values = [options.worker, options.hiddenOnly, options.runningMost, JSON.stringify(options.message)];
  return (await queries.query<ClaimedJob>('vobs_job_claim', CLAIM, values))[0] ?? null;
}

/** Which claim of which worker a write belongs to. */
export interface Claim {
  readonly id: string;
  readonly worker: string;
  readonly attempt: number;
}

const OWN = `id = $1::uuid AND worker = $2 AND attempt = $3 AND state = 'running'`;
const HEARTBEAT = `UPDATE job SET heartbeat = clock_timestamp() WHERE worker = $1 AND state = 'running' AND id = ANY ($2::uuid[])
RETURNING id::text AS id, cancel`;

/** Keeps the leases; gives the jobs that are still this worker's, and whether they are to be stopped. */
export function heartbeat(
  queries: Queries,
  worker: string,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly cancel: boolean }[]> {
  return queries.query('vobs_job_heartbeat', HEARTBEAT, [worker, ids]);
}

const PROGRESS = `UPDATE job SET progress = greatest(progress, least($4::int, 99)), message = $5::jsonb, updated = clock_timestamp() WHERE ${OWN}`;

export async function writeProgress(
  queries: Queries,
  claim: Claim,
  progress: number,
  message: Localised,
): Promise<void> {
  const values = [claim.id, claim.worker, claim.attempt, progress, JSON.stringify(message)];
  await queries.query('vobs_job_progress', PROGRESS, values);
}

export interface JobEnd {
  readonly state: 'successful' | 'failed';
  readonly outputs: readonly JobOutput[];
  readonly fault: JobFault | null;
  readonly message: Localised;
  readonly provenance: JsonValue;
  readonly bytes: number;
}

const FINISH = `UPDATE job SET state = $4, outputs = $5::jsonb, fault = $6::jsonb, message = $7::jsonb, provenance = $8::jsonb, bytes = $9,
  progress = CASE WHEN $4 = 'successful' THEN 100 ELSE progress END, finished = clock_timestamp(), updated = clock_timestamp(), worker = NULL
WHERE ${OWN} AND NOT cancel RETURNING id`;
const KEEP_FILES = `INSERT INTO job_file (job, sha256) SELECT $1::uuid, s FROM unnest($2::text[]) s ON CONFLICT DO NOTHING`;

/** false: the job is no longer this worker's, or was dismissed; its outputs are then nobody's. */
export function finishJob(database: Database, claim: Claim, end: JobEnd): Promise<boolean> {
  const files = end.outputs.flatMap((output) => (output.kind === 'file' ? [output.sha256] : []));
  return database.transaction(async (queries) => {
    const rows = await queries.query('vobs_job_finish', FINISH, [
      claim.id,
      claim.worker,
      claim.attempt,
      end.state,
      JSON.stringify(end.outputs),
      end.fault === null ? null : JSON.stringify(end.fault),
      JSON.stringify(end.message),
      end.provenance === null ? null : JSON.stringify(end.provenance),
      end.bytes,
    ]);
    if (rows.length === 0) return false;
    if (files.length > 0) await queries.query('vobs_job_files', KEEP_FILES, [claim.id, files]);
    return true;
  });
}

const GIVE_BACK = `UPDATE job SET state = 'accepted', worker = NULL, heartbeat = NULL, attempt = attempt - 1, updated = clock_timestamp()
WHERE worker = $1 AND state = 'running' AND NOT cancel`;

/** Puts back what this worker runs, as if it had never been taken: the process ends. */
export async function giveBackJobs(queries: Queries, worker: string): Promise<void> {
  await queries.query(null, GIVE_BACK, [worker]);
}

const REAP = `UPDATE job SET
  state = CASE WHEN cancel THEN 'dismissed' WHEN attempt < $2 THEN 'accepted' ELSE 'failed' END,
  fault = CASE WHEN NOT cancel AND attempt >= $2 THEN $3::jsonb END,
  message = CASE WHEN NOT cancel AND attempt >= $2 THEN $4::jsonb ELSE message END,
  finished = CASE WHEN cancel OR attempt >= $2 THEN clock_timestamp() END,
  worker = NULL, heartbeat = NULL, updated = clock_timestamp()
WHERE state = 'running' AND heartbeat < clock_timestamp() - make_interval(secs => $1)
RETURNING id::text AS id, state`;

/** Takes jobs from workers that were not heard for so many seconds: back into the queue, or failed after so many attempts. */
export function reapJobs(
  queries: Queries,
  lease: number,
  attempts: number,
  fault: JobFault,
): Promise<readonly { readonly id: string; readonly state: JobState }[]> {
  const values = [lease, attempts, JSON.stringify(fault), JSON.stringify(fault.detail)];
  return queries.query('vobs_job_reap', REAP, values);
}
