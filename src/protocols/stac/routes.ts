// The addresses of the door, each with its documentation.
import { OPENAPI_TYPE } from '../../http/openapi.ts';
import { describeParameters, type ParameterTable } from '../../http/parameters.ts';
import type { ParameterDoc, Route, RouteDoc } from '../../http/protocol.ts';
import { bodySchema } from './body.ts';
import { COMMON, type Parameters } from './parameters.ts';
import { GEOJSON_TYPE, JSON_TYPE, ROOT, SCHEMA_TYPE } from './vocabulary.ts';

export type Handlers = {
  readonly [Name in
    | 'landing'
    | 'conformance'
    | 'api'
    | 'apiPage'
    | 'queryables'
    | 'collections'
    | 'collection'
    | 'collectionQueryables'
    | 'items'
    | 'item'
    | 'search'
    | 'searchBody'
    | 'aggregations'
    | 'aggregate'
    | 'aggregateBody'
    | 'collectionAggregations'
    | 'collectionAggregate']: Route['handle'];
};

const COLLECTION: ParameterDoc = {
  name: 'collectionId',
  in: 'path',
  required: true,
  description: 'Id of a collection: the short name of an observation service',
};
const ITEM: ParameterDoc = { name: 'itemId', in: 'path', required: true, description: 'Id of an item' };

/** The routes, in the order in which they are documented. */
export function routesOf(tables: Parameters, handlers: Handlers): readonly Route[] {
  const get = (
    path: string,
    summary: string,
    type: string,
    handle: Route['handle'],
    table: ParameterTable = COMMON,
  ): Route => {
    const inPath = [COLLECTION, ITEM].filter(({ name }) => path.includes(`:${name}`));
    const doc: RouteDoc = { summary, parameters: [...inPath, ...describeParameters(table)], produces: [type] };
    return { method: 'GET', path: `${ROOT}${path}`, doc, handle };
  };
  const post = (path: string, summary: string, type: string, handle: Route['handle'], aggregate: boolean): Route => ({
    method: 'POST',
    path: `${ROOT}${path}`,
    doc: {
      summary,
      parameters: describeParameters(COMMON),
      produces: [type],
      body: { required: true, content: { [JSON_TYPE]: bodySchema(aggregate) } },
    },
    handle,
  });
  const one = '/collections/:collectionId';
  return [
    get('', 'STAC: root catalogue and landing page', JSON_TYPE, handlers.landing),
    get('/conformance', 'STAC: conformance classes', JSON_TYPE, handlers.conformance),
    get('/api', 'STAC: API description (OpenAPI 3.0)', OPENAPI_TYPE, handlers.api),
    get('/api.html', 'STAC: the API described for people', 'text/html', handlers.apiPage),
    get('/queryables', 'STAC: what items can be asked for', SCHEMA_TYPE, handlers.queryables),
    get('/search', 'STAC: search of items', GEOJSON_TYPE, handlers.search, tables.search),
    post('/search', 'STAC: search of items by a JSON body', GEOJSON_TYPE, handlers.searchBody, false),
    get('/aggregations', 'STAC: what can be counted', JSON_TYPE, handlers.aggregations),
    get('/aggregate', 'STAC: counts over what a search finds', JSON_TYPE, handlers.aggregate, tables.aggregate),
    post('/aggregate', 'STAC: counts by a JSON body', JSON_TYPE, handlers.aggregateBody, true),
    get('/collections', 'STAC: collections, searchable', JSON_TYPE, handlers.collections, tables.collections),
    get(one, 'STAC: one collection', JSON_TYPE, handlers.collection),
    get(`${one}/queryables`, 'STAC: what its items can be asked for', SCHEMA_TYPE, handlers.collectionQueryables),
    get(`${one}/items`, 'STAC: items of a collection', GEOJSON_TYPE, handlers.items, tables.items),
    get(`${one}/items/:itemId`, 'STAC: one item', GEOJSON_TYPE, handlers.item),
    get(`${one}/aggregations`, 'STAC: what can be counted in it', JSON_TYPE, handlers.collectionAggregations),
    get(
      `${one}/aggregate`,
      'STAC: counts in a collection',
      JSON_TYPE,
      handlers.collectionAggregate,
      tables.aggregateOne,
    ),
  ];
}
