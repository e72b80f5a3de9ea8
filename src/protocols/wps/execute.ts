// Execute of both versions: what was asked becomes a job; the answer is its outcome where the caller waits, else how it stands (OGC 05-007r7, 10;
// OGC 14-065r2, Execute). A job that nobody waits for any more is stopped.
import type { Links } from '../../http/links.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Job } from '../../model/job.ts';
import type { ExecuteRequest, InputValue, ProcessDescription } from '../../model/process.ts';
import type { Language } from '../../model/text.ts';
import { type JobResult, type Processing, ProcessingFault } from '../../processing/processing.ts';
import type { ExecuteCall, Execution } from './call.ts';
import { type Exception, invalid, WpsError } from './errors.ts';
import { executeResponse } from './execute-response.ts';
import { resultDocument, statusInfo } from './job-documents.ts';
import { boxOfPairs } from './kvp-box.ts';
import { sendRaw } from './raw-output.ts';
import { neverKept, sendXml, streamXml } from './reply.ts';

export interface ExecuteDeps {
  readonly processing: Processing;
  readonly links: Links;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Of the caller. */
  readonly address: (ctx: AppContext) => string;
}

/** An asynchronous job may be over before its first status is told: programs ask for the result at once. */
const QUICK = 300;
/** How long `auto` waits before it answers that the job goes on. */
const AUTO = 5000;

const hasEnded = ({ state }: Job): boolean => state !== 'accepted' && state !== 'running';

/** The fault that a job ended with, as an error of the request that waited for it. */
export function faultOfJob(job: Job): ProcessingFault {
  const { reason, detail, input } = job.fault ?? { reason: 'job-gone' as const, detail: job.message, input: null };
  return new ProcessingFault([{ reason, parameter: input ?? '', detail }]);
}

/** Values as the process's description has them: a box in pairs is only known to be one by it, and a literal has no format. */
function settle(id: string, value: InputValue, process: ProcessDescription, faults: Exception[]): InputValue {
  const kind = process.inputs.find((input) => input.id === id)?.type.kind;
  if (value.kind !== 'text') return value;
  if (kind === 'box') return boxOfPairs(id, value.text, faults);
  if (kind !== 'literal') return value;
  const { format: _format, ...literal } = value;
  return literal;
}

function requestOf(execution: Execution, process: ProcessDescription): ExecuteRequest {
  const faults: Exception[] = [];
  const inputs = new Map<string, InputValue[]>();
  for (const [id, value] of execution.inputs) {
    const settled = settle(id, value, process, faults);
    const before = inputs.get(id);
    if (before === undefined) inputs.set(id, [settled]);
    else before.push(settled);
  }
  const names = execution.outputs?.map(({ id }) => id) ?? [];
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined)
    faults.push(invalid(twice, 'each output is given once', 'chaque sortie est donnée une seule fois'));
  if (faults.length > 0) throw new WpsError(faults);
  return {
    process: process.id,
    inputs: Object.fromEntries(inputs),
    outputs:
      execution.outputs === null
        ? null
        : Object.fromEntries(execution.outputs.map(({ id, ...wanted }) => [id, wanted])),
    response: execution.response,
  };
}

function describe(processing: Processing, id: string): ProcessDescription {
  const found = processing.describe(id);
  if (found !== null) return found;
  const detail = { en: `there is no process of that name`, fr: `il n’y a pas de traitement de ce nom` };
  throw new ProcessingFault([{ reason: 'no-such-process', parameter: id, detail }]);
}

/** A process may have nothing to give for an output; an answer that holds nothing else cannot say so. */
export function demandResults(results: readonly JobResult[], job: Job): JobResult {
  const [first] = results;
  if (first !== undefined) return first;
  const detail = {
    en: 'the process gave nothing for the outputs that were asked',
    fr: 'le traitement n’a rien donné pour les sorties demandées',
  };
  throw new ProcessingFault([{ reason: 'no-such-output', parameter: job.process, detail }]);
}

const tooSlow = (seconds: number): ProcessingFault =>
  new ProcessingFault([
    {
      reason: 'timed-out',
      parameter: '',
      detail: {
        en: `not done in ${seconds} s, the most that a request is kept waiting: ask for it asynchronously`,
        fr: `pas terminé en ${seconds} s, attente maximale d’une requête : demandez-le en asynchrone`,
      },
    },
  ]);

export function createExecute(deps: ExecuteDeps) {
  const { processing, links, clock, address } = deps;

  /** Fires when the caller goes away. */
  function leaving(ctx: AppContext): { readonly signal: AbortSignal; readonly done: () => void } {
    const controller = new AbortController();
    const leave = (): void => {
      if (!ctx.res.writableFinished) controller.abort();
    };
    ctx.res.once('close', leave);
    return { signal: controller.signal, done: () => void ctx.res.off('close', leave) };
  }

  /** The job when it has ended. Throws what it ended with, and stops it when it takes too long or nobody waits. */
  async function ended(ctx: AppContext, { id }: Job): Promise<Job> {
    const { viewer } = ctx.state;
    const seconds = processing.synchronousSeconds;
    const { signal, done } = leaving(ctx);
    const job = await processing.wait(id, viewer, seconds * 1000, signal).finally(done);
    if (hasEnded(job)) return job;
    await processing.dismiss(id, viewer);
    throw tooSlow(seconds);
  }

  async function answer1(ctx: AppContext, call: ExecuteCall, process: ProcessDescription, language: Language) {
    const { execution, envelope } = call;
    const { viewer } = ctx.state;
    const request = requestOf(execution, process);
    const isSynchronous = execution.mode === 'sync';
    const note = { language, lineage: execution.hasLineage };
    const queued = await processing.submit(request, viewer, {
      protocol: 'wps',
      address: address(ctx),
      isSynchronous,
      note,
    });
    const job = isSynchronous ? await ended(ctx, queued) : queued;
    // What stays at an address of its own tells a failure there and here alike; else the failure is the answer.
    if (isSynchronous && job.state !== 'successful' && !execution.isStored) throw faultOfJob(job);
    const results = job.state === 'successful' ? await processing.results(job.id, viewer) : null;
    if (execution.response === 'raw') {
      const only = demandResults(results ?? [], job);
      const wanted = request.outputs?.[only.output.output];
      return sendRaw(ctx, only, { job, process, version: '1.0.0', wanted });
    }
    const { hasLineage, isStored } = execution;
    const now = new Date(clock()).toISOString();
    const parts = { job, process, request, results, hasLineage, isStored, language, links, now };
    return streamXml(ctx, executeResponse(parts), envelope, language);
  }

  async function answer2(ctx: AppContext, call: ExecuteCall, process: ProcessDescription, language: Language) {
    const { execution, envelope } = call;
    const { viewer } = ctx.state;
    const request = requestOf(execution, process);
    const isSynchronous = execution.mode === 'sync';
    const queued = await processing.submit(request, viewer, {
      protocol: 'wps',
      address: address(ctx),
      isSynchronous,
      note: { language },
    });
    const patience = execution.mode === 'auto' ? AUTO : QUICK;
    const job = isSynchronous ? await ended(ctx, queued) : await processing.wait(queued.id, viewer, patience);
    const isTold = isSynchronous || (execution.mode === 'auto' && hasEnded(job));
    if (!isTold) return sendXml(ctx, statusInfo(job, clock()), envelope, language);
    if (job.state !== 'successful') throw faultOfJob(job);
    const results = await processing.results(job.id, viewer);
    const only = demandResults(results, job);
    if (request.response === 'raw') {
      const wanted = request.outputs?.[only.output.output];
      return sendRaw(ctx, only, { job, process, version: '2.0.0', wanted });
    }
    return streamXml(ctx, resultDocument({ job, process, request, results, links }), envelope, language);
  }

  return async (ctx: AppContext, call: ExecuteCall): Promise<void> => {
    neverKept(ctx);
    const language = call.language ?? ctx.state.language;
    ctx.state.language = language;
    const process = describe(processing, call.execution.process);
    await (call.version === '1.0.0' ? answer1 : answer2)(ctx, call, process, language);
  };
}
