// Media types, relations, conformance classes and limits of OGC API Records 1.0 (20-004r1), Features 1 and 3 (17-069r4, 19-079r2), Common.
import { CQL2_CLASSES } from '../../formats/syntax/cql2-classes.ts';
import type { Offer } from '../../http/negotiate.ts';

export const JSON_TYPE = 'application/json';
export const GEOJSON_TYPE = 'application/geo+json';
export const CATALOG_TYPE = 'application/ogc-catalog+json';
export const SCHEMA_TYPE = 'application/schema+json';
export const HTML_TYPE = 'text/html';

const HTML: Offer = { id: 'html', mediaType: HTML_TYPE, otherTypes: ['application/xhtml+xml'] };
/** The representations of each kind of address, ours of choice first. */
export const OFFERS = {
  plain: [{ id: 'json', mediaType: JSON_TYPE }, HTML],
  catalog: [{ id: 'json', mediaType: JSON_TYPE }, { id: 'catalog', mediaType: CATALOG_TYPE }, HTML],
  records: [{ id: 'json', mediaType: GEOJSON_TYPE, otherTypes: [JSON_TYPE], extension: 'geojson' }, HTML],
  schema: [{ id: 'json', mediaType: SCHEMA_TYPE, otherTypes: [JSON_TYPE] }, HTML],
} as const satisfies { readonly [kind: string]: readonly Offer[] };
export type OfferKind = keyof typeof OFFERS;

const OGC_REL = 'http://www.opengis.net/def/rel/ogc/1.0';
export const REL = {
  catalog: `${OGC_REL}/ogc-catalog`,
  data: `${OGC_REL}/data`,
  conformance: `${OGC_REL}/conformance`,
  queryables: `${OGC_REL}/queryables`,
  sortables: `${OGC_REL}/sortables`,
} as const;

export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
export const GREGORIAN = 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian';
/** 2019-09, because validators of clients know it and not yet 2020-12. */
export const SCHEMA_DIALECT = 'https://json-schema.org/draft/2019-09/schema';

/** The catalogue of all records; a reserved name among services. */
export const ALL_RECORDS = 'records';
export const DEFAULT_LIMIT = 10;

const classes = (base: string, names: string): readonly string[] => names.split(' ').map((name) => base + name);
const RECORDS = 'http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/';
const SPEC = 'http://www.opengis.net/spec/';

export const CONFORMANCE: readonly string[] = [
  ...classes(`${SPEC}ogcapi-common-1/1.0/conf/`, 'core landing-page json html oas30'),
  ...classes(`${SPEC}ogcapi-common-2/1.0/conf/`, 'collections json html'),
  ...classes(`${SPEC}ogcapi-features-1/1.0/conf/`, 'core geojson html oas30'),
  ...classes(`${SPEC}ogcapi-features-3/1.0/conf/`, 'queryables queryables-query-parameters filter features-filter'),
  ...classes(
    RECORDS,
    'record-core record-collection record-api record-core-query-parameters searchable-catalog searchable-catalog-sorting searchable-catalog-filtering sorting filtering json html oas30 autodiscovery',
  ),
  ...CQL2_CLASSES,
];
