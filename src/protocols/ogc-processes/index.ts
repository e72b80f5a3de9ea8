// OGC API Processes, Part 1 (18-062r2) with job list, dismiss and callbacks, at the root of the site beside the other OGC APIs.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { WebLink } from '../../formats/writers/document-html.ts';
import type { Caching } from '../../http/caching.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import type { Links } from '../../http/links.ts';
import { acceptable } from '../../http/negotiate.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext, LandingLink, Protocol } from '../../http/protocol.ts';
import { AppError } from '../../model/errors.ts';
import type { ExecuteRequest, ProcessDescription } from '../../model/process.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { inLanguage } from '../../model/text.ts';
import { type Processing, ProcessingFault } from '../../processing/processing.ts';
import { type Answering, sendDocument } from './answer.ts';
import {
  descriptionOf,
  executeLink,
  jobPath,
  processPath,
  statusLinks,
  statusOf,
  summaryLinks,
  summaryOf,
} from './documents.ts';
import { writeException } from './errors.ts';
import { exampleOf } from './example.ts';
import { execute } from './execute.ts';
import { jobListMain, jobMain, processListMain, processMain, wordsIn } from './pages.ts';
import { DOCUMENT, filterOf, JOBS, LIST, RESULTS } from './parameters.ts';
import { privately, sendResult, sendResults } from './results.ts';
import { routesOf } from './routes.ts';
import { SCHEMAS } from './schemas.ts';
import { CALLBACK_CLASS, CONFORMANCE, HTML_TYPE, JSON_TYPE, OFFERS, REL } from './vocabulary.ts';

export interface OgcProcessesDependencies {
  readonly processing: Processing;
  readonly catalogue: Pick<Catalogue, 'get' | 'revision'>;
  readonly links: Links;
  readonly caching: Caching;
  readonly frame: HtmlFrame;
  readonly config: { readonly maxBody: number; readonly remoteHosts: readonly string[] };
  /** Of the caller. */
  readonly address: (ctx: AppContext) => string;
}

const LANDING: readonly LandingLink[] = [
  { rel: 'processes', href: '/processes', type: JSON_TYPE, title: 'Processes' },
  { rel: REL.processes, href: '/processes', type: JSON_TYPE, title: 'Processes' },
  { rel: REL.jobs, href: '/jobs', type: JSON_TYPE, title: 'Jobs' },
];
const STRICT = { unknown: 'refuse', emptyIsAbsent: false } as const;

/** `next` and `prev` of a list of which so many match. */
function pageLinks(
  path: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
  query: { readonly [name: string]: string | null },
  total: number,
  links: Links,
): readonly WebLink[] {
  const at = (from: number) => links.url(path, { ...query, limit, offset: from === 0 ? null : from });
  const next: readonly WebLink[] =
    offset + limit < total ? [{ rel: 'next', href: at(offset + limit), type: JSON_TYPE, title: 'Next page' }] : [];
  return offset > 0
    ? [...next, { rel: 'prev', href: at(Math.max(0, offset - limit)), type: JSON_TYPE, title: 'Previous page' }]
    : next;
}

export function createOgcProcesses(deps: OgcProcessesDependencies): Protocol {
  const { processing, links, caching, catalogue, frame, config } = deps;
  const answering: Answering = { links, frame };
  const executing = { processing, links, maxBody: config.maxBody, address: deps.address };
  const errorList = links.url('/errors');

  function described(id: string): ProcessDescription {
    const process = processing.describe(id);
    if (process !== null) return process;
    const detail = {
      en: `there is no process ${id.slice(0, 100)}`,
      fr: `il n'y a pas de processus ${id.slice(0, 100)}`,
    };
    throw new ProcessingFault([{ parameter: id, reason: 'no-such-process', detail }]);
  }

  /** All processes, or those that can be run on the data of a record. */
  async function listed(ctx: AppContext, record: string | null): Promise<readonly ProcessDescription[]> {
    if (record === null) return processing.processes;
    const found = await catalogue.get({ identifier: record }, ctx.state.viewer);
    if (found === null) throw new AppError('not-found');
    return processing.applicable(found);
  }

  async function processes(ctx: AppContext): Promise<void> {
    const asked = readParameters(LIST, ctx.querystring, STRICT);
    if (caching.notModified(ctx, await catalogue.revision(), `processes ${ctx.querystring}`)) return;
    const { language } = ctx.state;
    const all = await listed(ctx, asked.record);
    const page = all.slice(asked.offset, asked.offset + asked.limit);
    const query = {
      limit: asked.limit,
      offset: asked.offset === 0 ? null : asked.offset,
      lang: asked.lang,
      record: asked.record,
    };
    const title = wordsIn(language).processes;
    sendDocument(
      ctx,
      answering,
      { path: '/processes', query, f: asked.f },
      {
        title,
        members: {
          processes: page.map((process) => ({ ...summaryOf(process, language), links: summaryLinks(process, links) })),
          numberMatched: all.length,
        },
        links: pageLinks('/processes', asked, { lang: asked.lang, record: asked.record }, all.length, links),
        trail: [[title, null]],
        main: (own) => processListMain(page, links, language, own),
      },
    );
  }

  async function process(ctx: AppContext): Promise<void> {
    const asked = readParameters(DOCUMENT, ctx.querystring, STRICT);
    const one = described(ctx.params.processId ?? '');
    if (caching.notModified(ctx, await catalogue.revision(), `process ${ctx.querystring}`)) return;
    const { language } = ctx.state;
    const title = inLanguage(one.title, language);
    sendDocument(
      ctx,
      answering,
      { path: processPath(one.id), query: { lang: asked.lang }, f: asked.f },
      {
        title,
        members: descriptionOf(one, language),
        links: [
          executeLink(one, links),
          { rel: 'up', href: links.url('/processes'), type: JSON_TYPE, title: 'Processes' },
        ],
        trail: [
          [wordsIn(language).processes, '/processes?f=html'],
          [title, null],
        ],
        main: (own) => processMain(one, exampleOf(one), language, own),
      },
    );
  }

  async function jobs(ctx: AppContext): Promise<void> {
    const asked = readParameters(JOBS, ctx.querystring, STRICT);
    const { language, viewer } = ctx.state;
    const filter = filterOf(asked);
    const page = await processing.jobs(viewer, filter);
    privately(ctx);
    const list = (values: readonly (readonly string[])[]): string | null => values.flat().join(',') || null;
    const durations = {
      minDuration: filter.minDuration === null ? null : String(filter.minDuration),
      maxDuration: filter.maxDuration === null ? null : String(filter.maxDuration),
    };
    const datetime = new URLSearchParams(ctx.querystring).get('datetime');
    const query = {
      processID: list(asked.processID),
      status: list(asked.status),
      datetime,
      ...durations,
      lang: asked.lang,
    };
    const title = wordsIn(language).jobs;
    sendDocument(
      ctx,
      answering,
      {
        path: '/jobs',
        query: { ...query, limit: asked.limit, offset: asked.offset === 0 ? null : asked.offset },
        f: asked.f,
      },
      {
        title,
        members: {
          jobs: page.jobs.map((job) => ({ ...statusOf(job, language), links: statusLinks(job, links) })),
          numberMatched: page.total,
        },
        links: pageLinks('/jobs', asked, query, page.total, links),
        trail: [[title, null]],
        main: (own) => jobListMain(page.jobs, links, language, own),
        isPrivate: true,
      },
    );
  }

  async function job(ctx: AppContext): Promise<void> {
    const asked = readParameters(DOCUMENT, ctx.querystring, STRICT);
    const { language, viewer } = ctx.state;
    const one = await processing.job(ctx.params.jobId ?? '', viewer);
    privately(ctx);
    const title = `${wordsIn(language).job} ${one.id}`;
    sendDocument(
      ctx,
      answering,
      { path: jobPath(one.id), query: { lang: asked.lang }, f: asked.f },
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
  }

  async function dismiss(ctx: AppContext): Promise<void> {
    const one = await processing.dismiss(ctx.params.jobId ?? '', ctx.state.viewer);
    privately(ctx);
    ctx.set('Content-Type', `${JSON_TYPE}; charset=utf-8`);
    ctx.body = `${JSON.stringify({ ...statusOf(one, ctx.state.language), links: statusLinks(one, links) })}\n`;
  }

  async function results(ctx: AppContext): Promise<void> {
    const asked = readParameters(RESULTS, ctx.querystring, STRICT);
    const { language, viewer } = ctx.state;
    const id = ctx.params.jobId ?? '';
    const all = await processing.results(id, viewer);
    const [one, request] = [await processing.job(id, viewer), await processing.request(id, viewer)];
    const wanted = asked.outputs.flat();
    const unknown = wanted.find((name) => !all.some(({ output }) => output.output === name));
    if (unknown !== undefined) {
      const list = all.map(({ output }) => output.output).join(', ');
      const detail = {
        en: `there is no such output; there are: ${list}`,
        fr: `il n'y a pas de sortie de ce nom ; il y a : ${list}`,
      };
      throw new ProcessingFault([{ parameter: unknown, reason: 'no-such-output', detail }]);
    }
    const own = wanted.length === 0 ? all : all.filter(({ output }) => wanted.includes(output.output));
    if (
      asked.f === 'html' ||
      (asked.f === null &&
        acceptable(ctx.req.headers.accept, [...OFFERS, { id: 'multipart', mediaType: 'multipart/related' }])
          ?.mediaType === HTML_TYPE &&
        ctx.get('Accept').includes('text/html'))
    ) {
      const title = wordsIn(language).results;
      privately(ctx);
      const byReference: Pick<ExecuteRequest, 'outputs' | 'response'> = { outputs: null, response: 'document' };
      void byReference;
      sendDocument(
        ctx,
        answering,
        { path: `${jobPath(one.id)}/results`, query: { lang: asked.lang }, f: 'html' },
        {
          title,
          members: Object.fromEntries(
            own.map(({ output }) => [
              output.output,
              output.kind === 'literal' ? output.value : links.url(`${jobPath(one.id)}/results/${output.output}`),
            ]),
          ),
          links: statusLinks(one, links),
          trail: [
            [wordsIn(language).jobs, '/jobs?f=html'],
            [one.id, `${jobPath(one.id)}?f=html`],
            [title, null],
          ],
          isPrivate: true,
        },
      );
      return;
    }
    await sendResults(
      ctx,
      one,
      own,
      {
        request:
          asked.f === 'json' || request === null
            ? { outputs: request?.outputs ?? null, response: 'document' }
            : request,
      },
      links,
    );
  }

  async function result(ctx: AppContext): Promise<void> {
    const { jobId = '', outputId = '' } = ctx.params;
    const { viewer } = ctx.state;
    const all = await processing.results(jobId, viewer);
    const one = all.find(({ output }) => output.output === outputId);
    if (one !== undefined) return sendResult(ctx, one, await processing.job(jobId, viewer));
    const list = all.map(({ output }) => output.output).join(', ');
    const detail = {
      en: `there is no such output; there are: ${list}`,
      fr: `il n'y a pas de sortie de ce nom ; il y a : ${list}`,
    };
    throw new ProcessingFault([{ parameter: outputId, reason: 'no-such-output', detail }]);
  }

  async function provenance(ctx: AppContext): Promise<void> {
    const asked = readParameters(DOCUMENT, ctx.querystring, STRICT);
    const id = ctx.params.jobId ?? '';
    const members = await processing.provenance(id, ctx.state.viewer);
    if (typeof members !== 'object' || members === null || Array.isArray(members)) throw new AppError('not-found');
    privately(ctx);
    sendDocument(
      ctx,
      answering,
      { path: `${jobPath(id)}/provenance`, query: { lang: asked.lang }, f: asked.f },
      {
        title: 'Provenance',
        members: members as { readonly [name: string]: unknown },
        links: [{ rel: 'up', href: links.url(jobPath(id)), type: JSON_TYPE, title: 'Status' }],
        trail: [['Provenance', null]],
        isPrivate: true,
      },
    );
  }

  const handlers = {
    processes,
    process,
    execute: (ctx: AppContext) => execute(ctx, described(ctx.params.processId ?? ''), executing),
    jobs,
    job,
    dismiss,
    results,
    result,
    provenance,
  };
  return {
    name: 'ogc-processes',
    routes: routesOf(
      handlers,
      processing.processes.map(({ id }) => id),
      processing.synchronousSeconds,
    ),
    conformance: config.remoteHosts.length > 0 ? [...CONFORMANCE, CALLBACK_CLASS] : CONFORMANCE,
    landingLinks: LANDING,
    schemas: SCHEMAS,
    fail: (ctx, error) => {
      if (
        acceptable(ctx.req.headers.accept, [
          { id: 'json', mediaType: JSON_TYPE, otherTypes: ['application/problem+json'] },
          OFFERS[1],
        ])?.mediaType === HTML_TYPE
      )
        frame.fail(ctx, error);
      else writeException(ctx, error, errorList);
    },
    recordLinks: (record: CatalogRecord) =>
      processing.applicable(record).length === 0
        ? []
        : [
            {
              role: 'process',
              href: `/processes?record=${encodeURIComponent(record.identifier)}`,
              type: JSON_TYPE,
              title: 'Processes for these data',
            },
          ],
  };
}
