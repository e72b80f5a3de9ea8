// What the handlers of the STAC door work with, and how they answer.

import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { AppError } from '../../model/errors.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { ResultPage, SearchQuery } from '../../model/query.ts';
import type { Service } from '../../model/service.ts';
import type { Language } from '../../model/text.ts';
import type { Viewer } from '../../model/viewer.ts';
import { COMMON, type Parameters } from './parameters.ts';
import type { StacQueryables } from './queryables.ts';
import type { RequestParts } from './request.ts';
import { JSON_TYPE, ROOT } from './vocabulary.ts';

export interface StacParts {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
  readonly links: Links;
  readonly mappings: Mappings;
  readonly formats: readonly RecordFormat[];
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly services: ReadonlyMap<string, Service>;
  readonly parameters: Parameters;
  readonly queryables: StacQueryables;
  readonly request: RequestParts;
  readonly view: (language: Language) => RecordView;
  /** Writes one item. */
  readonly item: RecordFormat['write'];
}

export interface DocumentLink {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
  readonly method?: string;
  readonly merge?: boolean;
  readonly body?: unknown;
}

/** The address that was asked, as it was asked. `path` is ours, without the base URL. */
export function askedAddress(ctx: AppContext, path: string, { links }: Pick<StacParts, 'links'>): string {
  return links.url(path) + (ctx.querystring === '' ? '' : `?${ctx.querystring}`);
}

/** The document itself and the root of the door. */
export function ownLinks(ctx: AppContext, path: string, type: string, parts: Pick<StacParts, 'links'>): DocumentLink[] {
  return [
    { rel: 'self', href: askedAddress(ctx, path, parts), type },
    { rel: 'root', href: parts.links.url(ROOT), type: JSON_TYPE },
  ];
}

export function send(ctx: AppContext, type: string, text: string): void {
  ctx.set('Content-Type', `${type}; charset=utf-8`);
  ctx.set('Content-Language', ctx.state.language);
  sendText(ctx, text);
}

/** Answers an address without parameters of its own, unless nothing has changed. */
export async function answerDocument(
  ctx: AppContext,
  parts: StacParts,
  type: string,
  make: () => Promise<object> | object,
): Promise<void> {
  readParameters(COMMON, ctx.querystring, { unknown: 'refuse', emptyIsAbsent: false });
  if (parts.caching.notModified(ctx, await parts.catalogue.revision(), type)) return;
  send(ctx, type, `${JSON.stringify(await make())}\n`);
}

const NOTHING: ResultPage = { records: [], total: 0, next: null };

/** One page; faults of the catalogue by the names that a caller of STAC knows. null: nothing can match. */
export async function find(parts: StacParts, query: SearchQuery | null, viewer: Viewer): Promise<ResultPage> {
  if (query === null) return NOTHING;
  try {
    return await parts.catalogue.search(query, viewer);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const faults = error.faults.map((fault) => ({ ...fault, parameter: NAMES[fault.parameter] ?? fault.parameter }));
    throw new AppError(error.code, { faults, ...(error.detail ? { detail: error.detail } : {}), cause: error });
  }
}

const NAMES: { readonly [name: string]: string } = {
  cursor: 'token',
  areas: 'intersects',
  time: 'datetime',
  services: 'collections',
  words: 'q',
};
