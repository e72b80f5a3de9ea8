// /jobs, one job, its end and its provenance (18-062r2, 7.12, 7.16, 7.17).
import { readParameters } from '../../http/parameters.ts';
import { AppError } from '../../model/errors.ts';
import { sendDocument } from './answer.ts';
import { jobPath, statusLinks, statusOf } from './documents.ts';
import { jobListMain, jobMain, wordsIn } from './pages.ts';
import { DOCUMENT, filterOf, JOBS } from './parameters.ts';
import { type OgcProcessesParts, pageLinks, pageQuery, STRICT } from './parts.ts';
import { privately } from './results.ts';
import type { Handlers } from './routes.ts';
import { JSON_TYPE } from './vocabulary.ts';

const list = (values: readonly (readonly string[])[]): string | null => values.flat().join(',') || null;

export function jobHandlers(parts: OgcProcessesParts): Pick<Handlers, 'jobs' | 'job' | 'dismiss' | 'provenance'> {
  const { processing, links } = parts;
  return {
    async jobs(ctx) {
      const asked = readParameters(JOBS, ctx.querystring, STRICT);
      const { language, viewer } = ctx.state;
      const filter = filterOf(asked);
      const page = await processing.jobs(viewer, filter);
      privately(ctx);
      const query = {
        processID: list(asked.processID),
        status: list(asked.status),
        datetime: new URLSearchParams(ctx.querystring).get('datetime'),
        minDuration: filter.minDuration,
        maxDuration: filter.maxDuration,
        lang: asked.lang,
      };
      const title = wordsIn(language).jobs;
      const written = page.jobs.map((job) => ({ ...statusOf(job, language), links: statusLinks(job, links) }));
      sendDocument(
        ctx,
        parts,
        { path: '/jobs', query: pageQuery(query, asked), f: asked.f },
        {
          title,
          members: { jobs: written, numberMatched: page.total },
          links: pageLinks('/jobs', query, asked, page.total, links),
          trail: [[title, null]],
          main: (own) => jobListMain(page.jobs, links, language, own),
          isPrivate: true,
        },
      );
    },
    async job(ctx) {
      const { f, lang } = readParameters(DOCUMENT, ctx.querystring, STRICT);
      const { language, viewer } = ctx.state;
      const one = await processing.job(ctx.params.jobId ?? '', viewer);
      privately(ctx);
      const title = `${wordsIn(language).job} ${one.id}`;
      sendDocument(
        ctx,
        parts,
        { path: jobPath(one.id), query: { lang }, f },
        {
          title,
          members: statusOf(one, language),
          links: statusLinks(one, links),
          trail: [
            [wordsIn(language).jobs, '/jobs?f=html'],
            [title, null],
          ],
          main: (own) => jobMain(one, language, own),
          isPrivate: true,
        },
      );
    },
    async dismiss(ctx) {
      const one = await processing.dismiss(ctx.params.jobId ?? '', ctx.state.viewer);
      privately(ctx);
      ctx.set('Content-Type', `${JSON_TYPE}; charset=utf-8`);
      ctx.body = `${JSON.stringify({ ...statusOf(one, ctx.state.language), links: statusLinks(one, links) })}\n`;
    },
    async provenance(ctx) {
      const { f, lang } = readParameters(DOCUMENT, ctx.querystring, STRICT);
      const id = ctx.params.jobId ?? '';
      const members = await processing.provenance(id, ctx.state.viewer);
      if (typeof members !== 'object' || members === null || Array.isArray(members)) throw new AppError('not-found');
      privately(ctx);
      sendDocument(
        ctx,
        parts,
        { path: `${jobPath(id)}/provenance`, query: { lang }, f },
        {
          title: 'Provenance',
          members: members as { readonly [name: string]: unknown },
          links: [{ rel: 'up', href: links.url(jobPath(id)), type: JSON_TYPE, title: 'Status' }],
          trail: [['Provenance', null]],
          isPrivate: true,
        },
      );
    },
  };
}
