// OGC API Environmental Data Retrieval 1.1 (19-086r6) over the series of records, below `/edr`, which is a root of its own.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import { dataLayout } from '../../data/data-columns.ts';
import { createRecordsWithRows } from '../../data/records-with-rows.ts';
import { createSeriesTables, seriesShape } from '../../data/series.ts';
import type { Caching } from '../../http/caching.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import type { Links } from '../../http/links.ts';
import { OPENAPI_TYPE } from '../../http/openapi.ts';
import { describeParameters, type ParameterTable } from '../../http/parameters.ts';
import type { ParameterDoc, Protocol, Route, RouteDoc } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { Link } from '../../model/description.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import {
  answerApi,
  answerApiPage,
  answerCollection,
  answerCollections,
  answerConformance,
  answerLanding,
} from './documents.ts';
import { answerLocations } from './locations.ts';
import { API, AREA, DOCUMENT, LOCATION, LOCATIONS, POSITION } from './parameters.ts';
import type { EdrParts } from './parts.ts';
import { answerArea, answerLocation, answerPosition } from './queries.ts';
import { CONFORMANCE, COVERAGE_TYPE, DATA_OFFERS, GEOJSON_TYPE, JSON_TYPE, locationPath, ROOT } from './vocabulary.ts';

export interface EdrDependencies {
  readonly data: DataAccess;
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly caching: Caching;
  readonly frame: HtmlFrame;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly version: string;
}

const COLLECTION: ParameterDoc = {
  name: 'collectionId',
  in: 'path',
  required: true,
  description: 'Id of a collection: the short name of an observation service',
};
const PLACE: ParameterDoc = { name: 'locationId', in: 'path', required: true, description: 'Number of a record' };

const DATA_TYPES = [...new Set(DATA_OFFERS.map(({ mediaType }) => mediaType))];
const NO_DATA: RouteDoc['responses'] = { 200: 'The data', 204: 'No data are there' };

function routesOf(parts: EdrParts): readonly Route[] {
  const get = (
    path: string,
    summary: string,
    produces: readonly string[],
    table: ParameterTable,
    handle: Route['handle'],
    responses?: RouteDoc['responses'],
  ): Route => {
    const inPath = [COLLECTION, PLACE].filter(({ name }) => path.includes(`:${name}`));
    const doc = { summary, parameters: [...inPath, ...describeParameters(table)], produces };
    return { method: 'GET', path: ROOT + path, doc: responses === undefined ? doc : { ...doc, responses }, handle };
  };
  const one = '/collections/:collectionId';
  const routes: readonly Route[] = [
    get('', 'EDR: landing page', [JSON_TYPE], DOCUMENT, (ctx) => answerLanding(ctx, parts)),
    get('/conformance', 'EDR: conformance classes', [JSON_TYPE], DOCUMENT, (ctx) => answerConformance(ctx, parts)),
    get('/api', 'EDR: API description (OpenAPI 3.0)', [OPENAPI_TYPE], API, (ctx) => answerApi(ctx, parts, routes)),
    get('/api.html', 'EDR: the API described for people', ['text/html'], API, (ctx) =>
      answerApiPage(ctx, parts, routes),
    ),
    get('/collections', 'EDR: collections of series', [JSON_TYPE], DOCUMENT, (ctx) => answerCollections(ctx, parts)),
    get(one, 'EDR: one collection', [JSON_TYPE], DOCUMENT, (ctx) => answerCollection(ctx, parts)),
    get(
      `${one}/position`,
      'EDR: series at the nearest station',
      DATA_TYPES,
      POSITION,
      (ctx) => answerPosition(ctx, parts),
      NO_DATA,
    ),
    get(`${one}/area`, 'EDR: series and tracks in an area', DATA_TYPES, AREA, (ctx) => answerArea(ctx, parts), NO_DATA),
    get(`${one}/locations`, 'EDR: places of a collection', [GEOJSON_TYPE], LOCATIONS, (ctx) =>
      answerLocations(ctx, parts),
    ),
    get(
      `${one}/locations/:locationId`,
      'EDR: the series of one place',
      DATA_TYPES,
      LOCATION,
      (ctx) => answerLocation(ctx, parts),
      NO_DATA,
    ),
  ];
  return routes;
}

/** Each record that has rows with a time as a place of its collection. */
function recordLinks(services: readonly Service[]): (record: CatalogRecord) => readonly Link[] {
  const served = new Set(
    services.flatMap((service) => {
      const axis = dataLayout(service)?.axis;
      return axis && seriesShape(service, axis.column).kind !== 'none' ? [service.name] : [];
    }),
  );
  return ({ level, service, id, hasRows }) =>
    level === 'dataset' && hasRows && served.has(service)
      ? [
          {
            role: 'data',
            href: locationPath(service, id),
            type: COVERAGE_TYPE,
            title: 'OGC API EDR (CoverageJSON)',
            protocol: 'OGC API - EDR',
          },
        ]
      : [];
}

export function createEdr(deps: EdrDependencies): Protocol {
  const parts: EdrParts = { ...deps, records: createRecordsWithRows(deps), series: createSeriesTables(deps) };
  return {
    name: 'edr',
    routes: routesOf(parts),
    conformance: CONFORMANCE,
    apiRoot: ROOT,
    recordLinks: recordLinks(deps.mappings.services),
    landingLinks: [{ rel: 'related', href: ROOT, type: JSON_TYPE, title: 'OGC API Environmental Data Retrieval' }],
  };
}
