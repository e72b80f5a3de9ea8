// Answers a search: reads the parameters, asks the catalogue, writes the answer in the format of the address or of the Accept header.

import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Caching } from '../../http/caching.ts';
import { negotiate } from '../../http/negotiate.ts';
import type { AppContext } from '../../http/protocol.ts';
import { decodeQuery } from '../../http/query-string.ts';
import { sendText } from '../../http/send-text.ts';
import { AppError } from '../../model/errors.ts';
import type { RecordFormat } from '../../model/format.ts';
import type { ResultPage, SearchQuery } from '../../model/query.ts';
import type { Viewer } from '../../model/viewer.ts';
import { type Answer, type AnswerParts, answerOf } from './answer.ts';
import { writeAtom } from './atom.ts';
import { writeGeoJson } from './geojson.ts';
import type { Page } from './html.ts';

import { type QueryParts, searchOf } from './query.ts';
import type { ReadRequest } from './request.ts';
import { writeRss } from './rss.ts';
import { type Scope, scopePath } from './scope.ts';
import { ANSWERS, type AnswerFormat, OSDD_TYPE } from './vocabulary.ts';

/** Writes the HTML answer; `action` is the address of the form. */
export type WritePage = (answer: Answer, action: string) => Page;

export interface SearchDeps extends AnswerParts, QueryParts {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
  readonly reader: ReadRequest;
  readonly entry: RecordFormat['write'];
  readonly feature: RecordFormat['write'];
  readonly page: WritePage;
}

const NOTHING: ResultPage = { records: [], total: 0, next: null };

/** The format of an address without suffix: `?f=`, then Accept; Atom where nothing is said. */
export function formatAsked(ctx: AppContext): AnswerFormat {
  const f = decodeQuery(ctx.querystring).pairs.find(([name]) => name === 'f')?.[1];
  return negotiate({ f, accept: ctx.req.headers.accept }, ANSWERS).id;
}

function write(answer: Answer, format: AnswerFormat, deps: SearchDeps): Page {
  const { base } = deps.links;
  switch (format) {
    case 'atom':
      return { text: writeAtom(answer, deps.entry, base) };
    case 'rss':
      return { text: writeRss(answer, base) };
    case 'html':
      return deps.page(answer, deps.links.url(`${scopePath(answer.scope)}/search.html`));
    case 'geojson':
    case 'json':
      return { text: writeGeoJson(answer, deps.feature) };
  }
}

function contentType(format: AnswerFormat): string {
  const offer = ANSWERS.find(({ id }) => id === format);
  return `${offer?.mediaType ?? 'application/octet-stream'}; charset=utf-8`;
}

function linkHeader(answer: Answer): string {
  const pages = answer.pages.map(({ rel, href }) => `<${href}>; rel="${rel === 'previous' ? 'prev' : rel}"`);
  return [...pages, `<${answer.description}>; rel="search"; type="${OSDD_TYPE}"`].join(', ');
}

/** Faults of the catalogue by the names that a caller of OpenSearch knows. */
async function find(catalogue: Catalogue, query: SearchQuery, viewer: Viewer, byPage: boolean): Promise<ResultPage> {
  try {
    return await catalogue.search(query, viewer);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const names: { readonly [name: string]: string } = { cursor: 'after', offset: byPage ? 'startPage' : 'startIndex' };
    const faults = error.faults.map((fault) => ({ ...fault, parameter: names[fault.parameter] ?? fault.parameter }));
    throw new AppError(error.code, { faults, ...(error.detail ? { detail: error.detail } : {}), cause: error });
  }
}

/** Answers with the page of records that was asked, or 304. */
export async function answerSearch(
  ctx: AppContext,
  deps: SearchDeps,
  scope: Scope,
  format: AnswerFormat,
): Promise<void> {
  const { language, viewer } = ctx.state;
  const asked = deps.reader.read(scope, ctx.querystring);
  const search = searchOf(asked, scope, deps);
  if (deps.caching.notModified(ctx, await deps.catalogue.revision(), format)) return;
  const page = search.query === null ? NOTHING : await find(deps.catalogue, search.query, viewer, search.paging.byPage);
  const answer = answerOf(deps, scope, language, format, asked, search, page);
  const { text, policy } = write(answer, format, deps);
  ctx.set('Content-Type', contentType(format));
  ctx.set('Content-Language', language);
  ctx.set('Link', linkHeader(answer));
  if (policy !== undefined) ctx.set('Content-Security-Policy', policy);
  sendText(ctx, text);
}
