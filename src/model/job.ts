// One execution of a process and what became of it: the same job at every processing door.
import type { JsonValue } from './json.ts';
import type { MediaFormat } from './process.ts';
import type { Localised } from './text.ts';

export const JOB_STATES = ['accepted', 'running', 'successful', 'failed', 'dismissed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Why a job failed, or why a request was refused; each dialect has its own word for it. */
export const PROCESSING_REASONS = [
  'no-such-process',
  'no-such-input',
  'no-such-output',
  'no-such-job',
  'missing-input',
  'invalid-input',
  'too-many-values',
  'unsupported-format',
  'input-not-accessible',
  'input-forbidden',
  'input-too-large',
  'result-not-ready',
  'job-gone',
  'queue-full',
  'quota-exceeded',
  'storage-full',
  'timed-out',
  'out-of-memory',
  'worker-lost',
  'internal',
] as const;
export type ProcessingReason = (typeof PROCESSING_REASONS)[number];

export interface JobFault {
  readonly reason: ProcessingReason;
  readonly detail: Localised;
  /** The input that it is about. */
  readonly input: string | null;
}

/** What came out, as it is kept. A file is named by its checksum. */
export type JobOutput =
  | { readonly output: string; readonly kind: 'literal'; readonly value: JsonValue }
  | {
      readonly output: string;
      readonly kind: 'box';
      readonly lower: readonly number[];
      readonly upper: readonly number[];
      readonly crs: string;
    }
  | {
      readonly output: string;
      readonly kind: 'file';
      readonly format: MediaFormat;
      /** Without folder. */
      readonly name: string;
      /** Bytes. */
      readonly size: number;
      readonly sha256: string;
    };

export interface Job {
  /** UUID. */
  readonly id: string;
  readonly process: string;
  readonly version: string;
  /** Name of the account; null: nobody known, so whoever holds the id may read it. */
  readonly owner: string | null;
  /** Name of the protocol that it came by. */
  readonly protocol: string;
  readonly state: JobState;
  /** Percent; never falls; 100 only when successful. */
  readonly progress: number;
  /** What it is doing or what became of it; never empty. */
  readonly message: Localised;
  /** RFC 3339, UTC, with milliseconds. */
  readonly created: string;
  readonly started: string | null;
  readonly finished: string | null;
  readonly updated: string;
  /** When the results are removed. */
  readonly expires: string | null;
  /** Of a failed job. */
  readonly fault: JobFault | null;
  /** Of a successful job, in the order that was asked. */
  readonly outputs: readonly JobOutput[];
  /** Of a synchronous request: not listed. */
  readonly isHidden: boolean;
  /** What the dialect wanted to be kept with it: the language of its documents, `lineage`. */
  readonly note: { readonly [name: string]: JsonValue };
}
