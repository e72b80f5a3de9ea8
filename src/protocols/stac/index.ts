// STAC API 1.0 with STAC 1.1 items and collections, below `/stac`, which is a root of its own: landing page, conformance, API description.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Config } from '../../config.ts';
import { stacItemId } from '../../formats/writers/stac-id.ts';
import { STAC_ITEM } from '../../formats/writers/stac-parts.ts';
import type { Caching } from '../../http/caching.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import type { Links } from '../../http/links.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext, Protocol, Route } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { createQueryables } from '../../mapping/queryables.ts';
import type { Link } from '../../model/description.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Language } from '../../model/text.ts';
import { answerAggregate, answerAggregateBody, answerAggregations } from './aggregations.ts';
import { type ApiParts, answerApi, answerApiPage } from './api.ts';
import { answerCollection, answerCollections, answerQueryables, visibleCollection } from './collections.ts';
import { writeStacError } from './errors.ts';
import { answerItem, answerItems, answerSearch, answerSearchBody } from './items.ts';
import { answerConformance, answerLanding } from './landing.ts';
import { COMMON, createParameters } from './parameters.ts';
import { createStacQueryables } from './queryables.ts';
import { type Handlers, routesOf } from './routes.ts';
import { CONFORMANCE, GEOJSON_TYPE, itemPath, JSON_TYPE, ROOT } from './vocabulary.ts';

export interface StacDependencies {
  readonly config: Pick<Config, 'maxPageSize'>;
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  /** Every registered record format; `stac-item` is used. */
  readonly formats: readonly RecordFormat[];
  readonly links: Links;
  readonly caching: Caching;
  readonly frame: HtmlFrame;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly version: string;
}

function partsOf(deps: StacDependencies): ApiParts {
  const { mappings, config, links } = deps;
  const { site, codes, services } = mappings;
  const queryables = createStacQueryables(createQueryables(mappings), services);
  const view = (language: Language): RecordView => {
    return { language, links: links.recordLinks, uri: links.uri, site, codes, sequence: 0 };
  };
  const views = { en: view('en'), fr: view('fr') };
  const format = deps.formats.find(({ id }) => id === STAC_ITEM);
  if (format === undefined) throw new Error(`STAC needs the record format ${STAC_ITEM}`);
  return {
    ...deps,
    services: new Map(services.map((service) => [service.name, service])),
    parameters: createParameters(config.maxPageSize),
    queryables,
    request: {
      resolver: queryables.resolver,
      stored: { bindings: queryables.bindings, prefix: site.identifierPrefix },
      mostItems: config.maxPageSize,
    },
    view: (language) => views[language],
    item: format.write,
  };
}

/** Each record as an item of its service's collection. */
function itemLinks(prefix: string): (record: CatalogRecord) => readonly Link[] {
  return ({ level, service, identifier }) =>
    level === 'dataset'
      ? [
          {
            role: 'alternate',
            href: itemPath(service, stacItemId(identifier, prefix)),
            type: GEOJSON_TYPE,
            title: 'STAC item',
            format: STAC_ITEM,
          },
        ]
      : [];
}

export function createStac(deps: StacDependencies): Protocol {
  const parts = partsOf(deps);
  /** Answers for the collection of the address, which the caller may see. */
  const inCollection =
    (answer: (ctx: AppContext, parts: ApiParts, collection: string) => Promise<void>): Route['handle'] =>
    async (ctx) =>
      answer(ctx, parts, await visibleCollection(ctx, parts));
  /** Answers from the routes themselves. */
  const described =
    (answer: (ctx: AppContext, parts: ApiParts, routes: readonly Route[]) => void): Route['handle'] =>
    (ctx) => {
      readParameters(COMMON, ctx.querystring, { unknown: 'refuse', emptyIsAbsent: false });
      answer(ctx, parts, routes);
    };
  const handlers: Handlers = {
    landing: (ctx) => answerLanding(ctx, parts),
    conformance: (ctx) => answerConformance(ctx, parts),
    api: described(answerApi),
    apiPage: described(answerApiPage),
    queryables: (ctx) => answerQueryables(ctx, parts, null),
    collections: (ctx) => answerCollections(ctx, parts),
    collection: (ctx) => answerCollection(ctx, parts),
    collectionQueryables: inCollection(answerQueryables),
    items: inCollection(answerItems),
    item: (ctx) => answerItem(ctx, parts, ctx.params.collectionId ?? ''),
    search: (ctx) => answerSearch(ctx, parts),
    searchBody: (ctx) => answerSearchBody(ctx, parts),
    aggregations: (ctx) => answerAggregations(ctx, parts, null),
    aggregate: (ctx) => answerAggregate(ctx, parts, null),
    aggregateBody: (ctx) => answerAggregateBody(ctx, parts),
    collectionAggregations: inCollection(answerAggregations),
    collectionAggregate: inCollection(answerAggregate),
  };
  const routes = routesOf(parts.parameters, handlers);
  return {
    name: 'stac',
    routes,
    conformance: CONFORMANCE,
    apiRoot: ROOT,
    landingLinks: [{ rel: 'related', href: ROOT, type: JSON_TYPE, title: 'STAC API' }],
    recordLinks: itemLinks(deps.mappings.site.identifierPrefix),
    fail: (ctx, error) => writeStacError(ctx, error, deps.links.url('/errors')),
  };
}
