// Jobs that run on: the document of WPS 1.0.0 at its address (OGC 05-007r7, 10.3), and GetStatus, GetResult and Dismiss of WPS 2.0
// (OGC 14-065r2). A job is the same whatever door it came by.

import { isUuid } from '../../formats/syntax/uuid.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Job } from '../../model/job.ts';
import { LANGUAGES, type Language } from '../../model/text.ts';
import { type JobResult, ProcessingFault } from '../../processing/processing.ts';
import type { JobCall } from './call.ts';
import type { ExecuteDeps } from './execute.ts';
import { demandResults, faultOfJob } from './execute.ts';
import { executeResponse } from './execute-response.ts';
import { resultDocument, statusInfo } from './job-documents.ts';
import { sendRaw } from './raw-output.ts';
import { neverKept, sendXml, streamXml } from './reply.ts';

/** Programs ask for the status and the result of a quick job without a pause. */
const YOUNG = 2000;
const PATIENCE = 1000;

const noSuchJob = (id: string): ProcessingFault =>
  new ProcessingFault([
    {
      reason: 'no-such-job',
      parameter: id,
      detail: { en: 'there is no job of that name', fr: 'aucune tâche de ce nom' },
    },
  ]);

export function createJobStatus({ processing, links, clock }: ExecuteDeps) {
  async function find(ctx: AppContext, id: string): Promise<Job> {
    if (!isUuid(id)) throw noSuchJob(id);
    const job = await processing.job(id, ctx.state.viewer);
    const isOpen = job.state === 'accepted' || job.state === 'running';
    const isYoung = clock() - Date.parse(job.created) < YOUNG;
    return isOpen && isYoung ? processing.wait(id, ctx.state.viewer, PATIENCE) : job;
  }

  function processOf(job: Job) {
    const process = processing.describe(job.process);
    if (process === null) throw noSuchJob(job.id);
    return process;
  }

  /** Results that were removed meanwhile make the job one that is over. */
  async function resultsOf(job: Job, ctx: AppContext): Promise<readonly JobResult[] | null> {
    if (job.state !== 'successful') return null;
    try {
      return await processing.results(job.id, ctx.state.viewer);
    } catch (error) {
      if (error instanceof ProcessingFault && error.reason === 'job-gone') return null;
      throw error;
    }
  }

  /** `/wps/status/{job}`: the document of version 1.0.0, in the language that it was asked in. */
  async function answerStatus1(ctx: AppContext): Promise<void> {
    neverKept(ctx);
    const id = ctx.params.job ?? '';
    if (!isUuid(id)) throw noSuchJob(id);
    const found = await processing.job(id, ctx.state.viewer);
    const language: Language = LANGUAGES.find((each) => each === found.note.language) ?? ctx.state.language;
    ctx.state.language = language;
    const results = await resultsOf(found, ctx);
    const job: Job = found.state === 'successful' && results === null ? { ...found, state: 'dismissed' } : found;
    const request = await processing.request(id, ctx.state.viewer);
    const parts = {
      job,
      process: processOf(job),
      request,
      results,
      hasLineage: found.note.lineage === true,
      isStored: true,
      language,
      links,
      now: new Date(clock()).toISOString(),
    };
    await streamXml(ctx, executeResponse(parts), null, language);
  }

  async function answerResult(ctx: AppContext, call: JobCall, language: Language): Promise<void> {
    const job = await find(ctx, call.job);
    if (job.state === 'failed') throw faultOfJob(job);
    const results = await processing.results(job.id, ctx.state.viewer);
    const request = await processing.request(job.id, ctx.state.viewer);
    const process = processOf(job);
    const only = demandResults(results, job);
    if (request?.response === 'raw' && results.length === 1) {
      const wanted = request.outputs?.[only.output.output];
      return sendRaw(ctx, only, { job, process, version: '2.0.0', wanted });
    }
    return streamXml(ctx, resultDocument({ job, process, request, results, links }), call.envelope, language);
  }

  async function answerJob(ctx: AppContext, call: JobCall): Promise<void> {
    neverKept(ctx);
    const language = call.language ?? ctx.state.language;
    ctx.state.language = language;
    if (call.operation === 'GetResult') return answerResult(ctx, call, language);
    if (!isUuid(call.job)) throw noSuchJob(call.job);
    const job =
      call.operation === 'Dismiss' ? await processing.dismiss(call.job, ctx.state.viewer) : await find(ctx, call.job);
    // A job that is gone is one that nobody knows any more, but for the answer that lets it go.
    if (call.operation === 'GetStatus' && job.state === 'dismissed') throw noSuchJob(job.id);
    sendXml(ctx, statusInfo(job, clock()), call.envelope, language);
  }

  return { answerStatus1, answerJob };
}
