// The pages that ask the catalogue for lists: home, services, one service, search.
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Caching } from '../http/caching.ts';
import type { Links } from '../http/links.ts';
import { acceptable } from '../http/negotiate.ts';
import { describeParameters } from '../http/parameters.ts';
import type { AppContext, Protocol, Route } from '../http/protocol.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { AppError } from '../model/errors.ts';
import { EVERYTHING, type SearchQuery } from '../model/query.ts';
import type { Service } from '../model/service.ts';
import type { Viewer } from '../model/viewer.ts';
import { type PageMaker, parameterOf, sendPage } from './answer.ts';
import { FACETS_OF_SEARCH } from './pages/facet-list.tsx';
import { homePage } from './pages/home.tsx';
import { searchPage } from './pages/search.tsx';
import { servicePage } from './pages/service.tsx';
import { servicesPage } from './pages/services.tsx';
import { createReadSearch, SEARCH_PARAMETERS } from './search-request.ts';

export interface CataloguePagesDependencies {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly pages: PageMaker;
  readonly protocols: readonly Protocol[];
}

/** Programs that say nothing of what they take read JSON; browsers always name HTML. */
const FOR_PROGRAMS = { id: 'json', mediaType: 'application/json' };
const FOR_PEOPLE = { id: 'html', mediaType: 'text/html', otherTypes: ['application/xhtml+xml'] };

const LATEST = 6;
const DATASETS: SearchQuery = { ...EVERYTHING, levels: ['dataset'], limit: LATEST };

export function createCataloguePages(deps: CataloguePagesDependencies): readonly Route[] {
  const { catalogue, caching, mappings, links, pages, protocols } = deps;
  const readSearch = createReadSearch(mappings);

  /** The revision is read before the records, so that an answer is never newer than its ETag says. */
  const unchanged = async (ctx: AppContext) => caching.notModified(ctx, await catalogue.revision(), 'html');

  async function counts(viewer: Viewer): Promise<ReadonlyMap<string, number>> {
    const facets = await catalogue.facets({ ...DATASETS, limit: 0 }, ['service'], viewer);
    return new Map((facets.service ?? []).map(({ value, count }) => [value, count]));
  }

  /** The landing page of the APIs for a program, where one is mounted; the first page of the portal for people. */
  async function home(ctx: AppContext): Promise<void> {
    const landing = protocols.find((protocol) => protocol.landing !== undefined)?.landing;
    const f = parameterOf(ctx, 'f');
    const forPeople =
      f === null ? acceptable(ctx.req.headers.accept, [FOR_PROGRAMS, FOR_PEOPLE]) === FOR_PEOPLE : f === 'html';
    if (landing !== undefined && !forPeople) return landing(ctx);
    if (await unchanged(ctx)) return;
    const { viewer } = ctx.state;
    const [latest, byService] = await Promise.all([catalogue.search(DATASETS, viewer), counts(viewer)]);
    const data = { total: latest.total ?? 0, counts: byService, latest: latest.records };
    sendPage(ctx, homePage(pages.page(ctx), data));
  }

  async function services(ctx: AppContext): Promise<void> {
    if (await unchanged(ctx)) return;
    sendPage(ctx, servicesPage(pages.page(ctx), await counts(ctx.state.viewer)));
  }

  function serviceOf(ctx: AppContext): Service {
    const found = mappings.services.find((service) => service.name === ctx.params.os);
    if (!found) throw new AppError('not-found');
    return found;
  }

  async function service(ctx: AppContext): Promise<void> {
    const asked = serviceOf(ctx);
    if (await unchanged(ctx)) return;
    const { viewer } = ctx.state;
    const query = { ...DATASETS, services: [asked.name] };
    const [latest, facets, series] = await Promise.all([
      catalogue.search(query, viewer),
      catalogue.facets(query, ['year', 'productLevel', 'format', 'acquisition', 'authorization'], viewer),
      catalogue.get({ service: asked.name, id: 0 }, viewer),
    ]);
    const data = {
      service: asked,
      series,
      links: series === null ? [] : links.recordLinks(series),
      total: latest.total ?? 0,
      facets,
      latest: latest.records,
    };
    sendPage(ctx, servicePage(pages.page(ctx), data));
  }

  async function search(ctx: AppContext): Promise<void> {
    const request = readSearch(ctx.querystring);
    const page = pages.page(ctx);
    if (request.query === null) {
      ctx.status = 400;
      ctx.set('Cache-Control', 'no-store');
      sendPage(ctx, searchPage(page, { request, result: null }));
      return;
    }
    if (await unchanged(ctx)) return;
    const { viewer } = ctx.state;
    const [found, facets] = await Promise.all([
      catalogue.search(request.query, viewer),
      catalogue.facets(request.query, FACETS_OF_SEARCH, viewer),
    ]);
    sendPage(ctx, searchPage(page, { request, result: { page: found, total: found.total ?? 0, facets } }));
  }

  const produces = ['text/html'];
  return [
    {
      method: 'GET',
      path: '/',
      doc: {
        summary: 'First page of the portal; landing page of the OGC APIs by Accept or f=json',
        parameters: [
          {
            name: 'f',
            in: 'query',
            required: false,
            description: 'json or html',
            schema: { type: 'string', enum: ['json', 'html'] },
          },
          {
            name: 'lang',
            in: 'query',
            required: false,
            description: 'Language of titles and texts',
            schema: { type: 'string', enum: ['en', 'fr'] },
          },
        ],
        produces: ['application/json', ...produces],
      },
      handle: home,
    },
    { method: 'GET', path: '/services', doc: { summary: 'List of observation services', produces }, handle: services },
    { method: 'GET', path: '/services/:os', doc: { summary: 'One observation service', produces }, handle: service },
    {
      method: 'GET',
      path: '/search',
      doc: { summary: 'Search across all services', parameters: describeParameters(SEARCH_PARAMETERS), produces },
      handle: search,
    },
  ];
}
