// POST /processes/{id}/execution (18-062r2, 7.11): waited for, or as a job with its address.
import { bodyText, readBody } from '../../http/body.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext } from '../../http/protocol.ts';
import { AppError } from '../../model/errors.ts';
import type { Job } from '../../model/job.ts';
import type { ExecuteRequest, ProcessDescription } from '../../model/process.ts';
import { type Processing, ProcessingFault, type SubmitOptions } from '../../processing/processing.ts';
import { jobPath, statusLinks, statusOf } from './documents.ts';
import { type Preference, readExecute, readPrefer } from './execute-request.ts';
import { privately, sendResults } from './results.ts';
import { JSON_TYPE } from './vocabulary.ts';

export interface ExecuteParts {
  readonly processing: Processing;
  readonly links: Links;
  /** Largest body, bytes. */
  readonly maxBody: number;
  /** Of the caller. */
  readonly address: (ctx: AppContext) => string;
}

const PROTOCOL = 'ogc-processes';
const hasEnded = ({ state }: Job): boolean => state !== 'accepted' && state !== 'running';

function idempotencyKey(ctx: AppContext): string | null {
  const key = ctx.get('Idempotency-Key').trim();
  if (key.length <= 64) return key === '' ? null : key;
  const detail = { en: 'must have at most 64 characters', fr: 'doit avoir au plus 64 caractères' };
  throw new AppError('invalid-parameter', { faults: [{ parameter: 'Idempotency-Key', detail }] });
}

function answerJob(ctx: AppContext, job: Job, preference: Preference, { links }: ExecuteParts): void {
  privately(ctx);
  ctx.status = 201;
  ctx.set('Location', links.url(jobPath(job.id)));
  if (preference.async) ctx.set('Preference-Applied', 'respond-async');
  ctx.set('Content-Type', `${JSON_TYPE}; charset=utf-8`);
  ctx.body = `${JSON.stringify({ ...statusOf(job, ctx.state.language), links: statusLinks(job, links) })}\n`;
}

/** Fires when the caller goes before the answer is there. */
function goneSignal(ctx: AppContext): AbortSignal {
  const gone = new AbortController();
  ctx.res.once('close', () => gone.abort());
  return gone.signal;
}

async function answerResults(
  ctx: AppContext,
  job: Job,
  request: ExecuteRequest,
  preference: Preference,
  parts: ExecuteParts,
): Promise<void> {
  const results = await parts.processing.results(job.id, ctx.state.viewer);
  const transmission =
    preference.return === 'minimal' ? 'reference' : preference.return === 'representation' ? 'value' : null;
  if (transmission !== null) ctx.set('Preference-Applied', `return=${preference.return}`);
  await sendResults(ctx, job, results, { request, transmission }, parts.links);
}

/** Waits as long as a waited job may run; what has not ended then is dismissed, never left running unseen. */
async function synchronously(
  ctx: AppContext,
  request: ExecuteRequest,
  options: SubmitOptions,
  preference: Preference,
  parts: ExecuteParts,
): Promise<void> {
  const { processing } = parts;
  const { viewer } = ctx.state;
  const gone = goneSignal(ctx);
  const accepted = await processing.submit(request, viewer, options);
  const job = await processing.wait(accepted.id, viewer, (processing.synchronousSeconds + 2) * 1000, gone);
  if (hasEnded(job)) return answerResults(ctx, job, request, preference, parts);
  await processing.dismiss(job.id, viewer).catch(() => undefined);
  const detail = {
    en: `it did not end within ${processing.synchronousSeconds} s: ask with Prefer: respond-async`,
    fr: `il n’a pas fini en ${processing.synchronousSeconds} s : demandez avec Prefer: respond-async`,
  };
  throw new ProcessingFault([{ parameter: '', reason: 'timed-out', detail }]);
}

export async function execute(ctx: AppContext, description: ProcessDescription, parts: ExecuteParts): Promise<void> {
  const { processing } = parts;
  const body = await readBody(ctx, parts.maxBody);
  if (!/^(?:application\/(?:.+\+)?json)?$/.test(body.mediaType))
    throw new AppError('unsupported-media-type', {
      detail: { en: 'application/json is wanted', fr: 'application/json est attendu' },
    });
  const { request, subscriber } = readExecute(bodyText(body), description);
  const preference = readPrefer(ctx.req.headers.prefer);
  ctx.vary('Prefer');
  const isAsync = preference.async || preference.wait !== null;
  const key = idempotencyKey(ctx);
  const options: SubmitOptions = {
    protocol: PROTOCOL,
    address: parts.address(ctx),
    isSynchronous: !isAsync && key === null,
    subscriber,
    idempotencyKey: key,
  };
  if (!isAsync) return synchronously(ctx, request, options, preference, parts);
  const job = await processing.submit(request, ctx.state.viewer, options);
  if (preference.wait === null) return answerJob(ctx, job, preference, parts);
  const waited = await processing.wait(job.id, ctx.state.viewer, preference.wait * 1000, goneSignal(ctx));
  if (!hasEnded(waited)) return answerJob(ctx, waited, preference, parts);
  return answerResults(ctx, waited, request, preference, parts);
}
