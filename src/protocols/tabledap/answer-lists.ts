// Requests for lists: all data sets, a search among them, one in detail, the categories.
import type { DataAccess } from '../../data/data-access.ts';
import type { Caching } from '../../http/caching.ts';
import type { AppContext } from '../../http/protocol.ts';
import {
  CATEGORIES,
  categoryList,
  categoryName,
  categoryValueList,
  categoryValues,
  dataSetList,
  infoList,
  type Url,
} from './catalogue-lists.ts';
import type { DataSets } from './data-set.ts';
import { noDataSet, noRows } from './errors.ts';
import { checkListType, type List, sendList } from './lists.ts';
import type { Pages } from './pages.ts';
import type { Found } from './search.ts';

export interface ListParts {
  readonly data: DataAccess;
  readonly sets: DataSets;
  readonly url: Url;
  readonly caching: Caching;
  readonly pages: Pages;
}

/** A list without a row is answered as a query without one. */
async function send(ctx: AppContext, { pages }: ListParts, list: List, type: string): Promise<void> {
  if (list.rows.length === 0) throw noRows();
  if (type === 'html') pages.list(ctx, list, ctx.path);
  else await sendList(ctx, list, type);
}

/** The data sets that the query chooses; `read` throws where a parameter is wrong. */
export async function answerDataSetList(
  ctx: AppContext,
  parts: ListParts,
  read: (query: string) => Found,
): Promise<void> {
  const { type = '' } = ctx.params;
  const { viewer, language } = ctx.state;
  checkListType(type);
  const choose = read(ctx.querystring);
  const sets = await parts.sets.all(viewer, language);
  await send(ctx, parts, dataSetList(choose(sets), parts.url, language), type);
}

/** Variables and attributes of one. */
export async function answerInfo(ctx: AppContext, parts: ListParts): Promise<void> {
  const { dataset = '', type = '' } = ctx.params;
  checkListType(type);
  const set = await parts.sets.one(dataset, ctx.state.viewer, ctx.state.language);
  if (set === null) throw noDataSet(dataset, parts.data.services);
  if (parts.caching.notModified(ctx, set.revision, `tabledap info ${type}`)) return;
  await send(ctx, parts, infoList(set), type);
}

/** The attributes, the values of one of them, or the data sets that have a value. */
export async function answerCategories(ctx: AppContext, parts: ListParts): Promise<void> {
  const { type = '', category, value } = ctx.params;
  const { viewer, language } = ctx.state;
  checkListType(type);
  if (category === undefined) return send(ctx, parts, categoryList(parts.url), type);
  if (!CATEGORIES.includes(category)) throw noRows();
  const sets = await parts.sets.all(viewer, language);
  if (value === undefined) return send(ctx, parts, categoryValueList(sets, category, parts.url), type);
  const name = categoryName(value);
  const found = sets.filter((set) => categoryValues(set, category).includes(name));
  return send(ctx, parts, dataSetList(found, parts.url, language), type);
}
