// /jobs/{id}/results and each of them (18-062r2, 7.13; the address of one output is that of the maintained text).
import { acceptable } from '../../http/negotiate.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Job } from '../../model/job.ts';
import { type JobResult, ProcessingFault } from '../../processing/processing.ts';
import { sendDocument } from './answer.ts';
import { jobPath, statusLinks } from './documents.ts';
import { wordsIn } from './pages.ts';
import { RESULTS } from './parameters.ts';
import { type OgcProcessesParts, STRICT } from './parts.ts';
import { plainValue, privately, resultAddress, sendResult, sendResults } from './results.ts';
import type { Handlers } from './routes.ts';
import { HTML_TYPE, JSON_TYPE } from './vocabulary.ts';

/** Results are of any type: the page is for those who ask for one before anything else. */
const OFFERS = [
  { id: 'any', mediaType: JSON_TYPE, otherTypes: ['multipart/related', 'text/csv', 'text/plain'] },
  { id: 'html', mediaType: HTML_TYPE },
] as const;

function noSuchOutput(name: string, all: readonly JobResult[]): ProcessingFault {
  const list = all.map(({ output }) => output.output).join(', ');
  const detail = {
    en: `there is no such output; there are: ${list}`,
    fr: `il n'y a pas de sortie de ce nom ; il y a : ${list}`,
  };
  return new ProcessingFault([{ parameter: name, reason: 'no-such-output', detail }]);
}

export function resultHandlers(parts: OgcProcessesParts): Pick<Handlers, 'results' | 'result'> {
  const { processing, links } = parts;

  function sendPage(ctx: AppContext, job: Job, results: readonly JobResult[], lang: string | null): void {
    const words = wordsIn(ctx.state.language);
    const members = results.map(({ output }) => [
      output.output,
      output.kind === 'file' ? resultAddress(job, output, links) : plainValue(output),
    ]);
    privately(ctx);
    sendDocument(
      ctx,
      parts,
      { path: `${jobPath(job.id)}/results`, query: { lang }, f: 'html' },
      {
        title: words.results,
        members: Object.fromEntries(members),
        links: statusLinks(job, links),
        trail: [
          [words.jobs, '/jobs?f=html'],
          [job.id, `${jobPath(job.id)}?f=html`],
          [words.results, null],
        ],
        isPrivate: true,
      },
    );
  }

  return {
    async results(ctx) {
      const { f, lang, outputs } = readParameters(RESULTS, ctx.querystring, STRICT);
      const { viewer } = ctx.state;
      const id = ctx.params.jobId ?? '';
      const all = await processing.results(id, viewer);
      const wanted = outputs.flat();
      const unknown = wanted.find((name) => !all.some(({ output }) => output.output === name));
      if (unknown !== undefined) throw noSuchOutput(unknown, all);
      const own = wanted.length === 0 ? all : all.filter(({ output }) => wanted.includes(output.output));
      const job = await processing.job(id, viewer);
      const isPage = f === 'html' || (f === null && acceptable(ctx.req.headers.accept, OFFERS)?.id === 'html');
      if (isPage) return sendPage(ctx, job, own, lang);
      const request = await processing.request(id, viewer);
      const response = f === 'json' ? 'document' : (request?.response ?? 'document');
      return sendResults(ctx, job, own, { request: { outputs: request?.outputs ?? null, response } }, links);
    },
    async result(ctx) {
      const { jobId = '', outputId = '' } = ctx.params;
      const { viewer } = ctx.state;
      const all = await processing.results(jobId, viewer);
      const one = all.find(({ output }) => output.output === outputId);
      if (one === undefined) throw noSuchOutput(outputId, all);
      return sendResult(ctx, one, await processing.job(jobId, viewer));
    },
  };
}
