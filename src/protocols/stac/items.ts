// Item search (GET and POST /search), the items of a collection, and one item.
import { printPageToken } from '../../formats/syntax/page-token.ts';
import { identifierOfStacId } from '../../formats/writers/stac-id.ts';
import { queryText } from '../../http/links.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { decodeQuery } from '../../http/query-string.ts';
import { AppError } from '../../model/errors.ts';
import type { ResultPage } from '../../model/query.ts';
import { readSearchBody } from './body.ts';
import { type FieldSelection, selectFields } from './fields.ts';
import { COMMON } from './parameters.ts';
import { type DocumentLink, find, ownLinks, type StacParts, send } from './parts.ts';
import { type Asked, askedOf, NOTHING_WRITTEN, readQueryString } from './request.ts';
import { collectionPath, GEOJSON_TYPE, JSON_TYPE, ROOT } from './vocabulary.ts';

type Json = { [member: string]: unknown };

/** The items of a page as one text. */
function features(page: ResultPage, fields: FieldSelection | null, ctx: AppContext, parts: StacParts): string {
  const view = parts.view(ctx.state.language);
  return page.records
    .map((record) => {
      const item = parts.item(record, view);
      return fields === null ? item : JSON.stringify(selectFields(JSON.parse(item) as Json, fields));
    })
    .join(',\n');
}

function sendItems(
  ctx: AppContext,
  page: ResultPage,
  asked: Asked,
  links: readonly DocumentLink[],
  parts: StacParts,
): void {
  const head = {
    type: 'FeatureCollection',
    numberMatched: page.total ?? 0,
    numberReturned: page.records.length,
    links,
  };
  const items = features(page, asked.fields, ctx, parts);
  const text = `${JSON.stringify(head).slice(0, -1)},"features":[${items === '' ? '' : `\n${items}\n`}]}\n`;
  send(ctx, GEOJSON_TYPE, text);
}

/** Answers GET of a search; `path` is ours. The link to the next page repeats what was asked. */
async function answerGet(
  ctx: AppContext,
  parts: StacParts,
  path: string,
  service: string | null,
  further: readonly DocumentLink[],
): Promise<void> {
  const table = service === null ? parts.parameters.search : parts.parameters.items;
  const asked = askedOf(readQueryString(ctx.querystring, table), service, parts.request);
  if (parts.caching.notModified(ctx, await parts.catalogue.revision(), 'items')) return;
  const page = await find(parts, asked.query, ctx.state.viewer);
  const links = [...ownLinks(ctx, path, GEOJSON_TYPE, parts), ...further];
  if (page.next !== null) {
    const given = decodeQuery(ctx.querystring).pairs.filter(([name]) => name !== 'token');
    const token = printPageToken(page.next, asked.sort);
    const href = parts.links.url(path) + queryText(Object.fromEntries([...given, ['token', token]]));
    links.push({ rel: 'next', href, type: GEOJSON_TYPE, method: 'GET' });
  }
  sendItems(ctx, page, asked, links, parts);
}

export function answerSearch(ctx: AppContext, parts: StacParts): Promise<void> {
  return answerGet(ctx, parts, `${ROOT}/search`, null, []);
}

/** POST: the next page is the same body with a token in it. */
export async function answerSearchBody(ctx: AppContext, parts: StacParts): Promise<void> {
  readParameters(COMMON, ctx.querystring, { unknown: 'refuse', emptyIsAbsent: false });
  const asked = askedOf(await readSearchBody(ctx, NOTHING_WRITTEN, false), null, parts.request);
  const page = await find(parts, asked.query, ctx.state.viewer);
  const path = `${ROOT}/search`;
  const links = ownLinks(ctx, path, GEOJSON_TYPE, parts);
  if (page.next !== null) {
    const body = { token: printPageToken(page.next, asked.sort) };
    const href = parts.links.url(path);
    links.push({ rel: 'next', href, type: GEOJSON_TYPE, method: 'POST', merge: true, body });
  }
  ctx.set('Cache-Control', 'no-store');
  sendItems(ctx, page, asked, links, parts);
}

/** The collection of an address, by its id; 404 for one that nobody may see. */
export function answerItems(ctx: AppContext, parts: StacParts, collection: string): Promise<void> {
  const href = parts.links.url(collectionPath(collection));
  return answerGet(ctx, parts, `${collectionPath(collection)}/items`, collection, [
    { rel: 'parent', href, type: JSON_TYPE },
    { rel: 'collection', href, type: JSON_TYPE },
  ]);
}

export async function answerItem(ctx: AppContext, parts: StacParts, collection: string): Promise<void> {
  readParameters(COMMON, ctx.querystring, { unknown: 'refuse', emptyIsAbsent: false });
  const identifier = identifierOfStacId(ctx.params.itemId ?? '', parts.mappings.site.identifierPrefix);
  const record = identifier === null ? null : await parts.catalogue.get({ identifier }, ctx.state.viewer);
  if (record === null || record.service !== collection || record.level !== 'dataset') throw new AppError('not-found');
  if (parts.caching.notModified(ctx, record.change, 'item')) return;
  send(ctx, GEOJSON_TYPE, `${parts.item(record, parts.view(ctx.state.language))}\n`);
}
