// Media types, relations and conformance classes of STAC API 1.0, its extensions, and the OGC classes that it builds on.
import { CQL2_CLASSES } from '../../formats/syntax/cql2-classes.ts';

export const ROOT = '/stac';
export const JSON_TYPE = 'application/json';
export const GEOJSON_TYPE = 'application/geo+json';
export const SCHEMA_TYPE = 'application/schema+json';
export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
/** 2019-09, because the validator of STAC APIs knows it and not yet 2020-12. */
export const SCHEMA_DIALECT = 'https://json-schema.org/draft/2019-09/schema';
export const QUERYABLES_REL = 'http://www.opengis.net/def/rel/ogc/1.0/queryables';

export const DEFAULT_LIMIT = 10;
/** Longest body of a search in bytes. */
export const MOST_BODY = 1_000_000;

export const collectionPath = (id: string): string => `${ROOT}/collections/${encodeURIComponent(id)}`;
export const itemPath = (collection: string, id: string): string =>
  `${collectionPath(collection)}/items/${encodeURIComponent(id)}`;

const under = (base: string, names: string): readonly string[] => names.split(' ').map((name) => base + name);
const STAC = 'https://api.stacspec.org/';
const OGC = 'http://www.opengis.net/spec/';

export const CONFORMANCE: readonly string[] = [
  ...under(`${STAC}v1.0.0/`, 'core collections ogcapi-features item-search'),
  // Clients look for the extensions under either version.
  ...under(`${STAC}v1.0.0/item-search`, '#fields #sort #filter #query'),
  ...under(`${STAC}v1.0.0/ogcapi-features`, '#fields #sort #filter #query'),
  ...under(`${STAC}v1.0.0-rc.1/item-search`, '#sort #query #free-text'),
  ...under(`${STAC}v1.0.0-rc.1/ogcapi-features`, '#sort #query #free-text'),
  ...under(`${STAC}v1.0.0-rc.1/collection-search`, '/ #free-text').map((uri) => uri.replace(/\/$/, '')),
  ...under(`${STAC}v0.3.0/aggregation`, '/ #query #filter').map((uri) => uri.replace(/\/$/, '')),
  ...under(`${OGC}ogcapi-features-1/1.0/conf/`, 'core geojson oas30'),
  ...under(`${OGC}ogcapi-features-3/1.0/conf/`, 'queryables filter features-filter'),
  `${OGC}ogcapi-common-2/1.0/conf/simple-query`,
  ...CQL2_CLASSES,
];
