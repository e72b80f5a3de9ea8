// What the handlers of the EDR door work with, and how they answer documents.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import type { RecordsWithRows } from '../../data/records-with-rows.ts';
import type { SeriesTables } from '../../data/series.ts';
import type { Caching } from '../../http/caching.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import type { Links } from '../../http/links.ts';
import { negotiate } from '../../http/negotiate.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { AppError } from '../../model/errors.ts';
import { type Collection, collectionOf } from './collection.ts';
import { DOCUMENT } from './parameters.ts';
import { DOCUMENT_OFFERS } from './vocabulary.ts';

export interface EdrParts {
  readonly data: DataAccess;
  readonly records: RecordsWithRows;
  readonly series: SeriesTables;
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly caching: Caching;
  readonly frame: HtmlFrame;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly version: string;
}

export interface DocumentLink {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
}

export const READING = { unknown: 'refuse', emptyIsAbsent: false } as const;

/** The address that was asked, as it was asked. `path` is ours, without the base URL. */
export function askedAddress(ctx: AppContext, path: string, { links }: Pick<EdrParts, 'links'>): string {
  return links.url(path) + (ctx.querystring === '' ? '' : `?${ctx.querystring}`);
}

/** The collection of an address. Throws `not-found` for one that is none. */
export async function askedCollection(ctx: AppContext, { mappings, data }: EdrParts): Promise<Collection> {
  const service = mappings.services.find(({ name }) => name === ctx.params.collectionId);
  const collection = service === undefined ? null : await collectionOf(service, data, ctx.state.viewer);
  if (collection === null) throw new AppError('not-found');
  return collection;
}

export async function allCollections(ctx: AppContext, { mappings, data }: EdrParts): Promise<readonly Collection[]> {
  const known = mappings.services.filter(({ name }) => data.services.includes(name));
  const found = await Promise.all(known.map((service) => collectionOf(service, data, ctx.state.viewer)));
  return found.filter((collection) => collection !== null);
}

export function send(ctx: AppContext, type: string, text: string): void {
  ctx.set('Content-Type', `${type}; charset=utf-8`);
  ctx.set('Content-Language', ctx.state.language);
  sendText(ctx, text);
}

/** Answers an address without parameters of its own, unless nothing has changed. */
export async function answerDocument(
  ctx: AppContext,
  parts: EdrParts,
  revision: string,
  make: () => Promise<object> | object,
): Promise<void> {
  const { f } = readParameters(DOCUMENT, ctx.querystring, READING);
  const { mediaType } = negotiate({ f, accept: ctx.req.headers.accept }, DOCUMENT_OFFERS);
  if (parts.caching.notModified(ctx, revision, 'edr-json')) return;
  send(ctx, mediaType, `${JSON.stringify(await make())}\n`);
}
