// What every processing door asks: which processes there are, their executions as jobs, and their results. Doors know no queue and no worker.
import type { ByteSource } from '../model/byte-source.ts';
import { AppError, type ErrorCode, type ParameterFault } from '../model/errors.ts';
import type { Job, JobOutput, JobState, ProcessingReason } from '../model/job.ts';
import type { JsonValue } from '../model/json.ts';
import type { ExecuteRequest, ProcessDescription } from '../model/process.ts';
import type { CatalogRecord } from '../model/record.ts';
import type { Viewer } from '../model/viewer.ts';

export interface SubmitOptions {
  /** `wps`, `ogc-processes`, `portal`. */
  readonly protocol: string;
  /** Of the caller, for the quotas of those whom nobody knows. */
  readonly address: string;
  /** The caller waits for it: taken before others, with less time, not listed. */
  readonly isSynchronous: boolean;
  readonly note?: { readonly [name: string]: JsonValue };
  /** Called when the job ends: addresses that the caller gave, checked by the rules of outgoing requests. */
  readonly subscriber?: Subscriber | null;
  /** The same key of the same owner with the same request gives the same job. */
  readonly idempotencyKey?: string | null;
}

export interface Subscriber {
  readonly successUri: string | null;
  readonly failedUri: string | null;
  readonly inProgressUri: string | null;
}

export interface JobFilter {
  readonly processes: readonly string[] | null;
  readonly states: readonly JobState[] | null;
  /** Of `created`, milliseconds since 1970, ends included. */
  readonly created: { readonly start: number | null; readonly end: number | null } | null;
  /** Seconds; of running jobs until now. */
  readonly minDuration: number | null;
  readonly maxDuration: number | null;
  readonly limit: number;
  readonly offset: number;
}

export interface JobPage {
  readonly jobs: readonly Job[];
  /** Of all that match. */
  readonly total: number;
}

/** A result with its bytes: `open` is null for literals and boxes. */
export interface JobResult {
  readonly output: JobOutput;
  readonly open: (() => Promise<ByteSource>) | null;
}

/** One wrong input or output. `parameter` is its name. */
export interface ProcessingFaultEntry extends ParameterFault {
  readonly reason: ProcessingReason;
}

const CODES: { readonly [R in ProcessingReason]: ErrorCode } = {
  'no-such-process': 'not-found',
  'no-such-input': 'invalid-parameter',
  'no-such-output': 'invalid-parameter',
  'no-such-job': 'not-found',
  'missing-input': 'missing-parameter',
  'invalid-input': 'invalid-parameter',
  'too-many-values': 'invalid-parameter',
  'unsupported-format': 'invalid-parameter',
  'input-not-accessible': 'invalid-parameter',
  'input-forbidden': 'forbidden',
  'input-too-large': 'body-too-large',
  'result-not-ready': 'not-found',
  'job-gone': 'gone',
  'queue-full': 'busy',
  'quota-exceeded': 'too-many-requests',
  'storage-full': 'busy',
  'timed-out': 'busy',
  'out-of-memory': 'internal',
  'worker-lost': 'internal',
  internal: 'internal',
};

/** What is thrown by `Processing`: an error of the closed list with the reason that dialects have words of their own for. */
export class ProcessingFault extends AppError {
  readonly reason: ProcessingReason;
  readonly entries: readonly ProcessingFaultEntry[];
  /** The first entry's name: what OWS calls the locator; null: none. */
  readonly locator: string | null;
  constructor(entries: readonly ProcessingFaultEntry[]) {
    const reason = entries[0]?.reason ?? 'internal';
    const detail = entries[0]?.detail ?? {};
    const isOfParameters = ['invalid-parameter', 'missing-parameter'].includes(CODES[reason]);
    super(CODES[reason], isOfParameters ? { faults: entries } : { detail });
    this.name = 'ProcessingFault';
    this.reason = reason;
    this.entries = entries;
    this.locator = entries[0]?.parameter || null;
  }
}

export interface Processing {
  /** In the order of presentation. */
  readonly processes: readonly ProcessDescription[];
  /** By id or alias; null: there is none. */
  readonly describe: (id: string) => ProcessDescription | null;
  /** The processes that can be offered for the record. */
  readonly applicable: (record: CatalogRecord) => readonly ProcessDescription[];
  /** Checks everything that can be checked at once and queues the job; it is stored when this resolves. Throws ProcessingFault. */
  readonly submit: (request: ExecuteRequest, viewer: Viewer, options: SubmitOptions) => Promise<Job>;
  /** Throws ProcessingFault `no-such-job`: there is none, or another's. Dismissed and removed jobs are given with their state for a week. */
  readonly job: (id: string, viewer: Viewer) => Promise<Job>;
  /** What was asked; null once the job was removed. Throws as `job`. */
  readonly request: (id: string, viewer: Viewer) => Promise<ExecuteRequest | null>;
  /** From what, how and with what a successful job was made; null: nothing is known (any more). Throws as `job`, and as `results` for refused data. */
  readonly provenance: (id: string, viewer: Viewer) => Promise<JsonValue>;
  /** The viewer's own jobs that are listed; those of nobody known are never listed, but those of the echo process. */
  readonly jobs: (viewer: Viewer, filter: JobFilter) => Promise<JobPage>;
  /** The job when it has ended, or as it is after so many milliseconds or when `signal` fires. */
  readonly wait: (id: string, viewer: Viewer, milliseconds: number, signal?: AbortSignal) => Promise<Job>;
  /** Stops a job that has not ended, removes the results of one that has. Throws `job-gone` the second time. */
  readonly dismiss: (id: string, viewer: Viewer) => Promise<Job>;
  /**
   * The outputs of a successful job, in the order that was asked. Throws ProcessingFault: `result-not-ready` before the end, the job's own
   * fault when it failed, `job-gone` when it was dismissed or its results were removed; AppError `unauthorized` or `forbidden` when the
   * viewer may no longer take the data that it was made from.
   */
  readonly results: (id: string, viewer: Viewer) => Promise<readonly JobResult[]>;
  /** Seconds that a synchronous request is waited for. */
  readonly synchronousSeconds: number;
  /** Takes no more jobs, gives back those that run, and ends the workers. */
  readonly close: () => Promise<void>;
}
