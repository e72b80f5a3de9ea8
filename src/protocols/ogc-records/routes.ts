// The addresses as data. /items is described once for each collection, because each has parameters of its own.

import { OPENAPI_TYPE } from '../../http/openapi.ts';
import { describeParameters } from '../../http/parameters.ts';
import type { ParameterDoc, Route, RouteDoc, Schema } from '../../http/protocol.ts';
import { tableOf } from './answer.ts';
import type { ItemTable } from './request.ts';
import { CATALOG_TYPE, GEOJSON_TYPE, HTML_TYPE, JSON_TYPE, type OfferKind, SCHEMA_TYPE } from './vocabulary.ts';

type Handle = Route['handle'];
export interface Handlers {
  readonly conformance: Handle;
  readonly api: Handle;
  readonly apiPage: Handle;
  readonly collections: Handle;
  readonly collection: Handle;
  readonly queryables: Handle;
  readonly sortables: Handle;
  readonly items: Handle;
  readonly item: Handle;
}

const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

function documentDoc(
  summary: string,
  kind: OfferKind,
  content: NonNullable<RouteDoc['content']>,
  inPath: readonly ParameterDoc[] = [],
): RouteDoc {
  return {
    summary,
    parameters: [...inPath, ...describeParameters(tableOf(kind))],
    produces: [...Object.keys(content), HTML_TYPE],
    content,
  };
}

const get = (path: string, doc: RouteDoc, handle: Handle): Route => ({ method: 'GET', path, doc, handle });
const SCHEMA = { [SCHEMA_TYPE]: { type: 'object' } };

/** Of the API as a whole. */
function apiRoutes(handle: Handlers): readonly Route[] {
  const page: RouteDoc = {
    summary: 'The same description as a page',
    parameters: describeParameters(tableOf('plain')),
    produces: [HTML_TYPE],
  };
  return [
    get(
      '/conformance',
      documentDoc('Conformance classes of everything at the root', 'plain', { [JSON_TYPE]: named('conformance') }),
      handle.conformance,
    ),
    get(
      '/api',
      documentDoc('This description of all addresses (OpenAPI 3.0)', 'plain', { [OPENAPI_TYPE]: { type: 'object' } }),
      handle.api,
    ),
    get('/api.html', page, handle.apiPage),
    get(
      '/collections',
      documentDoc('Collections of records', 'plain', { [JSON_TYPE]: named('collections') }),
      handle.collections,
    ),
  ];
}

/** Of one collection; /items is described once for each, with its own parameters. */
function itemsDoc(tables: ReadonlyMap<string, ItemTable>): RouteDoc {
  return {
    summary: 'Records of a collection, by conditions that all hold together',
    produces: [GEOJSON_TYPE, HTML_TYPE],
    content: { [GEOJSON_TYPE]: named('records') },
    variants: [...tables].map(([id, table]) => ({
      fixed: { collectionId: id },
      summary: `Records of the collection ${id}`,
      parameters: describeParameters(table),
    })),
  };
}

/** `tables`: the parameters of each collection's /items, by its identifier. */
export function routesOf(handle: Handlers, tables: ReadonlyMap<string, ItemTable>): readonly Route[] {
  const collectionId: ParameterDoc = {
    name: 'collectionId',
    in: 'path',
    required: true,
    description: 'records: the catalogue of all; else an observation service',
    schema: { type: 'string', enum: [...tables.keys()] },
  };
  const recordId: ParameterDoc = {
    name: 'recordId',
    in: 'path',
    required: true,
    description: 'Identifier of a record',
  };
  const collection = { [JSON_TYPE]: named('collection'), [CATALOG_TYPE]: named('collection') };
  const below = '/collections/:collectionId';
  return [
    ...apiRoutes(handle),
    get(below, documentDoc('One collection', 'catalog', collection, [collectionId]), handle.collection),
    get(
      `${below}/queryables`,
      documentDoc('What the records of a collection can be asked for', 'schema', SCHEMA, [collectionId]),
      handle.queryables,
    ),
    get(
      `${below}/sortables`,
      documentDoc('What the records of a collection can be ordered by', 'schema', SCHEMA, [collectionId]),
      handle.sortables,
    ),
    get(`${below}/items`, itemsDoc(tables), handle.items),
    get(
      `${below}/items/:recordId`,
      documentDoc('One record', 'records', { [GEOJSON_TYPE]: named('record') }, [collectionId, recordId]),
      handle.item,
    ),
  ];
}
