// The tabular part of the interface of ERDDAP (tabledap): the rows of each observation service as a data set that erddapy, rerddap, pandas and
// NetCDF clients read unmodified, with constraints and functions of the server, and the lists by which they find it.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import { createRecordsWithRows } from '../../data/records-with-rows.ts';
import type { Caching } from '../../http/caching.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext, Protocol } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { type AnswerParts, answerDataSet } from './answer.ts';
import {
  CATEGORIES,
  categoryList,
  categoryName,
  categoryValueList,
  categoryValues,
  dataSetList,
  infoList,
} from './catalogue-lists.ts';
import { createDataSets, type DataSet } from './data-set.ts';
import { failWith, noDataSet, noRows, TEXT_TYPE } from './errors.ts';
import { checkListType, type List, sendList } from './lists.ts';
import { createPages } from './pages.ts';
import { routesOf } from './routes.ts';
import { readAdvanced, readPage, readSearch } from './search.ts';

export interface TabledapDependencies {
  readonly data: DataAccess;
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly caching: Caching;
  readonly frame: HtmlFrame;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** rerddap reads one number; from 2.25 on it would ask for Parquet with metadata, which is not among our answers. */
const VERSION = 'ERDDAP_version=2.24\n';

export function createTabledap(deps: TabledapDependencies): Protocol {
  const { data, links, clock } = deps;
  const pages = createPages(deps.frame, links.url);
  const sets = createDataSets({
    data,
    records: createRecordsWithRows(deps),
    services: new Map(deps.mappings.services.map((service) => [service.name, service])),
    url: links.url,
  });
  const parts: AnswerParts = { data, sets, url: links.url, caching: deps.caching, pages, clock };
  const setsFor = (ctx: AppContext): Promise<readonly DataSet[]> => sets.all(ctx.state.viewer, ctx.state.language);

  async function send(ctx: AppContext, list: List, type: string): Promise<void> {
    if (list.rows.length === 0) throw noRows();
    if (type === 'html') pages.list(ctx, list, ctx.path);
    else await sendList(ctx, list, type);
  }

  /** A list of data sets, chosen by the query. */
  const listing =
    (read: (query: string) => (sets: readonly DataSet[]) => readonly DataSet[]) => async (ctx: AppContext) => {
      const type = ctx.params.type ?? '';
      checkListType(type);
      const choose = read(ctx.querystring);
      await send(ctx, dataSetList(choose(await setsFor(ctx)), links.url, ctx.state.language), type);
    };

  async function info(ctx: AppContext): Promise<void> {
    const { dataset = '', type = '' } = ctx.params;
    checkListType(type);
    const set = await sets.one(dataset, ctx.state.viewer, ctx.state.language);
    if (set === null) throw noDataSet(dataset, data.services);
    if (deps.caching.notModified(ctx, set.revision, `tabledap info ${type}`)) return;
    await send(ctx, infoList(set), type);
  }

  async function categories(ctx: AppContext): Promise<void> {
    const { type = '', category, value } = ctx.params;
    checkListType(type);
    if (category === undefined) return send(ctx, categoryList(links.url), type);
    if (!CATEGORIES.includes(category)) throw noRows();
    const all = await setsFor(ctx);
    if (value === undefined) return send(ctx, categoryValueList(all, category, links.url), type);
    const name = categoryName(value);
    const found = all.filter((set) => categoryValues(set, category).includes(name));
    return send(ctx, dataSetList(found, links.url, ctx.state.language), type);
  }

  return {
    name: 'tabledap',
    routes: routesOf({
      start: async (ctx) => pages.start(ctx, await setsFor(ctx)),
      version: (ctx) => {
        ctx.set('Content-Type', TEXT_TYPE);
        sendText(ctx, VERSION);
      },
      index: listing(readPage),
      search: listing(readSearch),
      advanced: listing((query) => readAdvanced(query, clock())),
      info,
      categories,
      dataSet: (ctx) => answerDataSet(ctx, parts, ctx.params.dataset ?? '', ctx.params.type ?? ''),
      form: (ctx) => ctx.redirect(links.url(`/erddap/tabledap/${encodeURIComponent(ctx.params.dataset ?? '')}.html`)),
    }),
    recordLinks: (record) => {
      if (!data.services.includes(record.service) || (record.level !== 'series' && !record.hasRows)) return [];
      const only = record.level === 'series' ? '' : `?&record=${record.id}`;
      return [
        {
          role: 'data',
          href: `/erddap/tabledap/${record.service}.csv${only}`,
          type: 'text/csv',
          title: 'CSV (tabledap)',
        },
      ];
    },
    fail: failWith,
  };
}
