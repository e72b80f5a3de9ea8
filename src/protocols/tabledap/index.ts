// The tabular part of the interface of ERDDAP (tabledap): the rows of each observation service as a data set that erddapy, rerddap, pandas and
// NetCDF clients read unmodified, with constraints and functions of the server, and the lists by which they find it.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import { createRecordsWithRows } from '../../data/records-with-rows.ts';
import type { Caching } from '../../http/caching.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import type { Links } from '../../http/links.ts';
import type { Protocol } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { type AnswerParts, answerDataSet } from './answer.ts';
import { answerCategories, answerDataSetList, answerInfo, type ListParts } from './answer-lists.ts';
import { createDataSets } from './data-set.ts';
import { failWith, noDataSet, TEXT_TYPE } from './errors.ts';
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
  const lists: ListParts = { data, sets, url: links.url, caching: deps.caching, pages };

  return {
    name: 'tabledap',
    routes: routesOf({
      start: async (ctx) => pages.start(ctx, await sets.all(ctx.state.viewer, ctx.state.language)),
      version: (ctx) => {
        ctx.set('Content-Type', TEXT_TYPE);
        sendText(ctx, VERSION);
      },
      index: (ctx) => answerDataSetList(ctx, lists, readPage),
      search: (ctx) => answerDataSetList(ctx, lists, readSearch),
      advanced: (ctx) => answerDataSetList(ctx, lists, (query) => readAdvanced(query, clock())),
      info: (ctx) => answerInfo(ctx, lists),
      categories: (ctx) => answerCategories(ctx, lists),
      dataSet: (ctx) => answerDataSet(ctx, parts, ctx.params.dataset ?? '', ctx.params.type ?? ''),
      form: (ctx) => {
        const { dataset = '' } = ctx.params;
        if (!data.services.includes(dataset)) throw noDataSet(dataset, data.services);
        ctx.redirect(links.url(`/erddap/tabledap/${dataset}.html`));
      },
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
