// One claimed job from its inputs to its end: opened with the rights that its owner has now, run in a thread, its results stored, and the
// end written under the claim.
import { performance } from 'node:perf_hooks';
import type { FileStore } from '../../model/file-store.ts';
import type { JobFault, JobOutput } from '../../model/job.ts';
import type { JsonValue } from '../../model/json.ts';
import type { Localised } from '../../model/text.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Database } from '../../storage/database.ts';
import { releaseFiles } from '../../storage/job-list.ts';
import { type Claim, type ClaimedJob, finishJob, writeProgress } from '../../storage/jobs.ts';
import type { Process } from '../process.ts';
import { checkRequest } from './check-request.ts';
import type { Inputs, OpenedInputs } from './inputs.ts';
import { jobFaultOf } from './plain-fault.ts';
import { createResultSink } from './result-sink.ts';
import { finished, timedOut, WORDS } from './words.ts';
import type { Thread, ThreadEnd } from './worker-pool.ts';

export interface ExecuteParts {
  readonly database: Database;
  readonly store: FileStore;
  readonly inputs: Inputs;
  readonly processNamed: (id: string) => Process | null;
  /** The owner as he is now; null: the account is gone. */
  readonly viewerNow: (viewer: Viewer) => Promise<Viewer | null>;
  /** Most bytes of all results of a job. */
  readonly mostBytes: number;
  /** Name and version of the product, for provenance. */
  readonly software: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly warn: (message: string, fault: unknown) => void;
}

/** Why the signal of a job fires. */
export type StopReason = 'dismissed' | 'timed-out' | 'closing';

/** `ended` with the job's end written; `dropped`: it was somebody else's by then; `again`: the thread was lost, and it may be tried again. */
export type ExecuteEnd = 'ended' | 'dropped' | 'again';

/** At most one write a second, and none that says nothing new. */
function progressWriter(database: Database, claim: Claim, warn: ExecuteParts['warn']) {
  let written = 0;
  let last = Number.NEGATIVE_INFINITY;
  let message: Localised = WORDS.running;
  return (share: number, words: Localised | null) => {
    message = words ?? message;
    const percent = Math.floor(share * 100);
    const now = performance.now();
    if (percent <= written || now - last < 1000) return;
    [written, last] = [percent, now];
    writeProgress(database, claim, percent, message).catch((fault: unknown) =>
      warn('progress could not be written', fault),
    );
  };
}

function provenanceOf(
  job: ClaimedJob,
  opened: OpenedInputs,
  formats: readonly string[],
  now: number,
  software: string,
): JsonValue {
  const plain = Object.entries(job.request.inputs).flatMap(([input, values]) =>
    values.flatMap((value): readonly (readonly [string, JsonValue])[] => {
      if (value.kind === 'text' && value.text.length <= 1000 && value.format === undefined)
        return [[input, value.text]];
      return value.kind === 'json' && value.format === undefined && typeof value.value !== 'object'
        ? [[input, value.value]]
        : [];
    }),
  );
  const licences = [...new Set(opened.abouts.flatMap(({ licence }) => (licence === null ? [] : [licence])))];
  return {
    process: job.process,
    version: job.version,
    software,
    created: new Date(now).toISOString(),
    inputs: opened.abouts.map(({ mediaType: _type, ...about }, n) => ({ ...about, read_as: formats[n] ?? null })),
    parameters: plain.map(([input, value]) => ({ input, value })),
    licences,
  };
}

interface Ran {
  readonly end: ThreadEnd;
  readonly opened: OpenedInputs | null;
  readonly outputs: readonly JobOutput[];
}

async function run(
  job: ClaimedJob,
  claim: Claim,
  thread: Thread,
  signal: AbortSignal,
  parts: ExecuteParts,
): Promise<Ran> {
  const process = parts.processNamed(job.process);
  const viewer = await parts.viewerNow(job.viewer);
  if (process === null || viewer === null) {
    const detail = { en: 'the process or the account is gone', fr: 'le processus ou le compte n’existe plus' };
    return {
      end: { kind: 'failed', fault: { reason: 'input-forbidden', detail, input: null } },
      opened: null,
      outputs: [],
    };
  }
  const checked = checkRequest(process.description, job.request);
  const opened = await parts.inputs.open(checked, viewer);
  const sink = createResultSink(parts.store, parts.mostBytes);
  try {
    const end = await thread.run({
      order: {
        process: process.description.id,
        inputs: opened.given,
        sources: opened.heads,
        outputs: checked.outputs,
        now: parts.clock(),
      },
      sources: opened.mains,
      sink,
      progress: progressWriter(parts.database, claim, parts.warn),
      signal,
    });
    const order = checked.outputs.map(({ output }) => output);
    const outputs = sink.outputs().toSorted((a, b) => order.indexOf(a.output) - order.indexOf(b.output));
    return { end, opened, outputs };
  } finally {
    await sink.abandon();
    if (opened.fetched.length > 0) await releaseFiles(parts.database, opened.fetched);
  }
}

/** The bytes of the results must be there once the job says so: a sweep may have removed equal ones of another job meanwhile. */
async function areStored(store: FileStore, outputs: readonly JobOutput[]): Promise<boolean> {
  for (const output of outputs) if (output.kind === 'file' && (await store.open(output.sha256)) === null) return false;
  return true;
}

function failure(fault: JobFault) {
  return { state: 'failed', outputs: [], fault, message: fault.detail, provenance: null, bytes: 0 } as const;
}

/**
 * Runs the job to its end. `signal` fires with a StopReason; `seconds` is what a job of its kind may take. Never throws: what goes wrong is
 * the job's fault.
 */
export async function executeJob(
  job: ClaimedJob,
  worker: string,
  thread: Thread,
  stopping: { readonly signal: AbortSignal; readonly seconds: number },
  parts: ExecuteParts,
): Promise<ExecuteEnd> {
  const claim: Claim = { id: job.id, worker, attempt: job.attempt };
  const began = performance.now();
  const { signal, seconds } = stopping;
  const ran = await run(job, claim, thread, signal, parts).catch((thrown: unknown): Ran => {
    const fault = jobFaultOf(thrown);
    if (fault.reason === 'internal') parts.warn(`job ${job.id} failed`, thrown);
    return { end: { kind: 'failed', fault }, opened: null, outputs: [] };
  });
  const leave = async () => {
    const files = ran.outputs.flatMap((output) => (output.kind === 'file' ? [output.sha256] : []));
    if (files.length > 0) await releaseFiles(parts.database, files);
  };
  const { end } = ran;
  if (end.kind === 'lost') {
    await leave();
    return 'again';
  }
  if (end.kind === 'stopped' || signal.aborted) {
    await leave();
    if (signal.reason !== 'timed-out') return 'dropped';
    return (await finishJob(parts.database, claim, failure(timedOut(seconds)))) ? 'ended' : 'dropped';
  }
  if (end.kind === 'failed') {
    await leave();
    return (await finishJob(parts.database, claim, failure(end.fault))) ? 'ended' : 'dropped';
  }
  if (ran.opened === null) return 'dropped';
  const bytes = ran.outputs.reduce((sum, output) => sum + (output.kind === 'file' ? output.size : 0), 0);
  const isOurs = await finishJob(parts.database, claim, {
    state: 'successful',
    outputs: ran.outputs,
    fault: null,
    message: finished((performance.now() - began) / 1000),
    provenance: provenanceOf(job, ran.opened, end.formats, parts.clock(), parts.software),
    bytes,
  });
  if (!isOurs) await leave();
  else if (!(await areStored(parts.store, ran.outputs))) parts.warn(`a result of job ${job.id} was lost`, null);
  return isOurs ? 'ended' : 'dropped';
}
