// The collections: one for each observation service whose own record the caller may see. GET /collections is collection search.
import { termsCondition } from '../../catalogue/asked-terms.ts';
import { parsePageToken, printPageToken } from '../../formats/syntax/page-token.ts';
import { queryText } from '../../http/links.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { decodeQuery } from '../../http/query-string.ts';
import { AppError, SyntaxFault } from '../../model/errors.ts';
import { type Cursor, EVERYTHING, type SearchQuery, type Sort } from '../../model/query.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { inLanguage } from '../../model/text.ts';
import type { Viewer } from '../../model/viewer.ts';
import { collectionDocument } from './collection-document.ts';
import { answerDocument, find, ownLinks, type StacParts, send } from './parts.ts';
import { collectionPath, JSON_TYPE, ROOT, SCHEMA_TYPE } from './vocabulary.ts';

const BY_NAME: readonly Sort[] = [{ key: 'identifier', descending: false }];

/** The services' own records, in the order of their names. */
export function collectionsQuery(parts: StacParts): SearchQuery {
  const { services, site } = parts.mappings;
  return {
    ...EVERYTHING,
    ids: services.map(({ name }) => `${site.identifierPrefix}:${name}`),
    levels: ['series'],
    sort: BY_NAME,
    limit: Math.min(parts.request.mostItems, Math.max(1, services.length)),
  };
}

function readCursor(token: string | null): Cursor | null {
  if (token === null) return null;
  try {
    return parsePageToken(token, BY_NAME);
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    throw new AppError('invalid-parameter', { faults: [{ parameter: 'token', detail: error.detail }] });
  }
}

export async function answerCollections(ctx: AppContext, parts: StacParts): Promise<void> {
  const path = `${ROOT}/collections`;
  const asked = readParameters(parts.parameters.collections, ctx.querystring, {
    unknown: 'refuse',
    emptyIsAbsent: false,
  });
  const cursor = readCursor(asked.token);
  if (parts.caching.notModified(ctx, await parts.catalogue.revision(), 'collections')) return;
  const all = collectionsQuery(parts);
  const { words, filter } = termsCondition(asked.q);
  const page = await find(
    parts,
    {
      ...all,
      words,
      filter,
      areas: asked.bbox === null ? [] : [{ area: { kind: 'box', box: asked.bbox }, relation: 'intersects' }],
      time: asked.datetime === null ? null : { window: asked.datetime, relation: 'intersects' },
      limit: Math.min(asked.limit ?? all.limit, parts.request.mostItems),
      ...(cursor === null ? {} : { start: { kind: 'after', cursor } }),
    },
    ctx.state.viewer,
  );
  const links = ownLinks(ctx, path, JSON_TYPE, parts);
  links.push({ rel: 'parent', href: parts.links.url(ROOT), type: JSON_TYPE });
  if (page.next !== null) {
    const given = decodeQuery(ctx.querystring).pairs.filter(([name]) => name !== 'token');
    const query = Object.fromEntries([...given, ['token', printPageToken(page.next, BY_NAME)]]);
    links.push({ rel: 'next', href: parts.links.url(path) + queryText(query), type: JSON_TYPE, method: 'GET' });
  }
  const document = {
    collections: page.records.map((record) => collectionDocument(record, parts, ctx.state.language)),
    numberMatched: page.total ?? 0,
    numberReturned: page.records.length,
    links,
  };
  send(ctx, JSON_TYPE, `${JSON.stringify(document)}\n`);
}

/** The own record of the service of an address; a service whose records come from elsewhere has perhaps none. */
async function seriesOf(service: string, parts: StacParts, viewer: Viewer): Promise<CatalogRecord | null> {
  return parts.catalogue.get({ service, id: 0 }, viewer);
}

/** Id of the collection of an address. @throws AppError `not-found` for one that the caller may not see or that is none. */
export async function visibleCollection(ctx: AppContext, parts: StacParts): Promise<string> {
  const service = ctx.params.collectionId ?? '';
  if ((await seriesOf(service, parts, ctx.state.viewer)) === null) throw new AppError('not-found');
  return service;
}

export function answerCollection(ctx: AppContext, parts: StacParts): Promise<void> {
  return answerDocument(ctx, parts, JSON_TYPE, async () => {
    const record = await seriesOf(ctx.params.collectionId ?? '', parts, ctx.state.viewer);
    if (record === null) throw new AppError('not-found');
    return collectionDocument(record, parts, ctx.state.language);
  });
}

/** Of all collections (null), or of one. */
export function answerQueryables(ctx: AppContext, parts: StacParts, service: string | null): Promise<void> {
  const { language } = ctx.state;
  const path = service === null ? ROOT : collectionPath(service);
  const title = service === null ? parts.mappings.site.title : (parts.services.get(service)?.title ?? { en: service });
  return answerDocument(ctx, parts, SCHEMA_TYPE, () =>
    parts.queryables.document(parts.links.url(`${path}/queryables`), inLanguage(title, language), service, language),
  );
}
