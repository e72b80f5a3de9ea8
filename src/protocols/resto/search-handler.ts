// Answers a search of one collection or of all.
import type { Caching } from '../../http/caching.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { AppError } from '../../model/errors.ts';
import type { RecordFormat } from '../../model/format.ts';
import type { ResultPage } from '../../model/query.ts';
import type { Language } from '../../model/text.ts';
import type { Viewer } from '../../model/viewer.ts';
import { searchFeed } from './atom.ts';
import type { Collections } from './collections.ts';
import type { FeatureView } from './feature.ts';
import { type Asked, type QueryParts, queryOf, readRequest, type Scope } from './request.ts';
import { type Found, searchDocument } from './search-document.ts';
import { type AnswerFormat, ATOM_TYPE, JSON_TYPE } from './vocabulary.ts';

export interface SearchParts extends QueryParts {
  readonly caching: Caching;
  readonly collections: Collections;
  readonly site: Mappings['site'];
  readonly view: (language: Language) => FeatureView;
  readonly entry: RecordFormat['write'];
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const NOTHING: ResultPage = { records: [], total: 0, next: null };

/** Faults of the catalogue by the names that a caller of resto knows. */
async function find(asked: Asked, scope: Scope, parts: SearchParts, viewer: Viewer): Promise<ResultPage> {
  try {
    const query = await queryOf(asked, scope, parts, viewer);
    return query === null ? NOTHING : await parts.catalogue.search(query, viewer);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const byPage = asked.parts.some(({ kind }) => kind === 'page');
    const names: { readonly [name: string]: string } = {
      offset: byPage ? 'page' : 'index',
      cursor: 'after',
      areas: 'geometry',
    };
    const faults = error.faults.map((fault) => ({ ...fault, parameter: names[fault.parameter] ?? fault.parameter }));
    throw new AppError(error.code, { faults, ...(error.detail ? { detail: error.detail } : {}), cause: error });
  }
}

/** Answers with the page of records that was asked, or 304. `_pretty=1` indents the JSON. */
export async function answerSearch(
  ctx: AppContext,
  parts: SearchParts,
  scope: Scope,
  format: AnswerFormat,
): Promise<void> {
  const { viewer, language } = ctx.state;
  const began = parts.clock();
  const asked = readRequest(scope, ctx.querystring);
  if (parts.caching.notModified(ctx, await parts.catalogue.revision(), `resto-${format}`)) return;
  const found: Found = { scope, asked, page: await find(asked, scope, parts, viewer) };
  const view = parts.view(language);
  ctx.set('Content-Language', language);
  if (format === 'atom') {
    ctx.set('Content-Type', `${ATOM_TYPE}; charset=utf-8`);
    ctx.body = searchFeed(found, parts.entry, view, parts.site, `${new Date(began).toISOString().slice(0, 19)}Z`);
    return;
  }
  const document = searchDocument(found, parts.collections, view, (parts.clock() - began) / 1000);
  const pretty = asked.original.some(([key, value]) => key === '_pretty' && value === '1');
  ctx.set('Content-Type', `${JSON_TYPE}; charset=utf-8`);
  ctx.body = `${JSON.stringify(document, null, pretty ? 2 : undefined)}\n`;
}
