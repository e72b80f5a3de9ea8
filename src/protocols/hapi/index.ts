// HAPI 3.3 (Heliophysics Application Programmer's Interface) over the series of records: catalogue, description and data for programs such as
// hapiclient, SPEDAS and Autoplot. The names of the request parameters of version 2 are understood too.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import { createRecordsWithRows } from '../../data/records-with-rows.ts';
import { createSeriesTables } from '../../data/series.ts';
import type { Caching } from '../../http/caching.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext, Protocol, Route, RouteDoc } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { inLanguage } from '../../model/text.ts';
import { answerData, type DataParts } from './data.ts';
import { createDatasets, type Dataset } from './datasets.ts';
import { hapiFault, writeHapiError } from './errors.ts';
import { chosenParameters, createInfo, type Description } from './info.ts';
import { sendLanding } from './landing.ts';
import {
  CATALOG_PARAMETERS,
  DATA_PARAMETERS,
  documented,
  INFO_PARAMETERS,
  readCatalogRequest,
  readInfoRequest,
  readNothing,
} from './request.ts';
import { DEPTHS, FORMATS, JSON_TYPE, ROOT, statusOf } from './vocabulary.ts';

export interface HapiDependencies {
  readonly data: DataAccess;
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly caching: Caching;
  readonly frame: HtmlFrame;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Values of one answer; absent: a thousand million. */
  readonly mostValues?: number;
}

interface Parts extends DataParts, Pick<HapiDependencies, 'links' | 'frame' | 'mappings'> {}

function sendJson(ctx: AppContext, document: object): void {
  ctx.set('Content-Type', JSON_TYPE);
  ctx.set('Content-Language', ctx.state.language);
  sendText(ctx, `${JSON.stringify({ ...statusOf(1200), ...document })}\n`);
}

const describe = (parts: Parts, dataset: Dataset, ctx: AppContext): Promise<Description> =>
  parts.info.of(dataset, ctx.state.viewer, ctx.state.language);

async function answerCatalog(ctx: AppContext, parts: Parts): Promise<void> {
  const { depth } = readCatalogRequest(ctx.querystring);
  const revision = await parts.datasets.revision();
  if (parts.caching.notModified(ctx, revision, `hapi-catalog-${depth}`)) return;
  const catalog: object[] = [];
  for (const dataset of await parts.datasets.list(ctx.state.viewer)) {
    const head = { id: dataset.id, title: dataset.title(ctx.state.language) };
    if (depth === 'dataset') catalog.push(head);
    else {
      const { members, parameters } = await describe(parts, dataset, ctx);
      catalog.push({ ...head, info: { ...members, parameters: parameters.map(({ object }) => object) } });
    }
  }
  sendJson(ctx, { catalog });
}

/** When one of its records changed last. */
const modifiedOf = ({ records }: Dataset): string =>
  new Date(Math.max(...records.map(({ updated }) => Date.parse(updated)))).toUTCString();

async function answerInfo(ctx: AppContext, parts: Parts): Promise<void> {
  const asked = readInfoRequest(ctx.querystring);
  const dataset = await parts.datasets.find(asked.dataset, ctx.state.viewer);
  const { members, parameters: all } = await describe(parts, dataset, ctx);
  const parameters = chosenParameters(all, asked.parameters);
  ctx.set('Last-Modified', modifiedOf(dataset));
  if (parts.caching.notModified(ctx, dataset.revision, 'hapi-info')) return;
  sendJson(ctx, { ...members, parameters: parameters.map(({ object }) => object) });
}

/** The first data set serves as a test that the server answers. */
async function answerAbout(ctx: AppContext, parts: Parts): Promise<void> {
  readNothing(ctx.querystring);
  const revision = await parts.datasets.revision();
  if (parts.caching.notModified(ctx, revision, 'hapi-about')) return;
  const { site } = parts.mappings;
  const { language } = ctx.state;
  const [first] = await parts.datasets.list(ctx.state.viewer);
  const sample = first && (await describe(parts, first, ctx)).members;
  sendJson(ctx, {
    id: site.identifierPrefix.toUpperCase(),
    title: inLanguage(site.title, language),
    contact: [site.organisation.organisation, site.organisation.email].filter(Boolean).join(', '),
    description: inLanguage(site.description, language),
    ...(first === undefined || sample === undefined
      ? {}
      : { dataTest: { query: { dataset: first.id, start: sample.sampleStartDate, stop: sample.sampleStopDate } } }),
  });
}

function answerCapabilities(ctx: AppContext, { caching }: Parts): void {
  readNothing(ctx.querystring);
  if (caching.notModified(ctx, '0', 'hapi-capabilities')) return;
  sendJson(ctx, { outputFormats: FORMATS, catalogDepthOptions: DEPTHS });
}

async function answerLanding(ctx: AppContext, parts: Parts): Promise<void> {
  if (parts.caching.notModified(ctx, await parts.datasets.revision(), 'hapi-html')) return;
  const sets = await parts.datasets.list(ctx.state.viewer);
  const { language } = ctx.state;
  sendLanding(
    ctx,
    parts.links,
    parts.frame,
    sets.map((dataset) => ({ dataset, title: dataset.title(language) })),
  );
}

function routesOf(parts: Parts): readonly Route[] {
  const get = (path: string, handle: Route['handle'], doc: RouteDoc): Route => ({
    method: 'GET',
    path: ROOT + path,
    doc,
    handle,
  });
  const json = ['application/json'];
  const data = ['text/csv', 'application/octet-stream', 'application/json'];
  return [
    get('', (ctx) => answerLanding(ctx, parts), { summary: 'HAPI: what it is, for people', produces: ['text/html'] }),
    get('/about', (ctx) => answerAbout(ctx, parts), { summary: 'HAPI: the server', produces: json }),
    get('/capabilities', (ctx) => answerCapabilities(ctx, parts), { summary: 'HAPI: output formats', produces: json }),
    get('/catalog', (ctx) => answerCatalog(ctx, parts), {
      summary: 'HAPI: the data sets, one for each series of a record or of records together',
      parameters: documented(CATALOG_PARAMETERS),
      produces: json,
    }),
    get('/info', (ctx) => answerInfo(ctx, parts), {
      summary: 'HAPI: one data set and its parameters',
      parameters: documented(INFO_PARAMETERS),
      produces: json,
    }),
    get('/data', (ctx) => answerData(ctx, parts), {
      summary: 'HAPI: records of a data set in a window of time',
      parameters: documented(DATA_PARAMETERS),
      produces: data,
    }),
    get('/*rest', () => Promise.reject(hapiFault(1400, NO_SUCH)), {
      summary: 'HAPI: addresses that do not exist',
      responses: { 400: 'Status 1400 with the addresses that there are' },
    }),
  ];
}

const NO_SUCH = {
  en: 'the endpoints are about, capabilities, catalog, info and data',
  fr: 'les points d’accès sont about, capabilities, catalog, info et data',
};

export function createHapi(deps: HapiDependencies): Protocol {
  const records = createRecordsWithRows(deps);
  const datasets = createDatasets({ data: deps.data, records, services: deps.mappings.services });
  const series = createSeriesTables(deps);
  const info = createInfo({ ...deps, series });
  const parts: Parts = { ...deps, series, datasets, info, mostValues: deps.mostValues ?? 1e9 };
  return {
    name: 'hapi',
    routes: routesOf(parts),
    landingLinks: [{ rel: 'related', href: ROOT, type: 'text/html', title: 'HAPI' }],
    fail: writeHapiError,
  };
}
