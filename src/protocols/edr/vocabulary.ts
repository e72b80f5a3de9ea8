// Media types, representations and conformance classes of OGC API EDR 1.1 (19-086r6).
import { EPOS_SERIES } from '../../formats/codecs/epos-series.ts';
import type { Offer } from '../../http/negotiate.ts';

export const ROOT = '/edr';
export const JSON_TYPE = 'application/json';
export const GEOJSON_TYPE = 'application/geo+json';
export const COVERAGE_TYPE = 'application/prs.coverage+json';
export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
export const GREGORIAN = 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian';
/** Mean sea level, metres upwards. */
export const VERTICAL = 'http://www.opengis.net/def/crs/EPSG/0/5714';
export const CRS84_WKT =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AXIS["Longitude",EAST],AXIS["Latitude",NORTH]]';
/** Where standard names of CF are described. */
export const STANDARD_NAMES = 'http://vocab.nerc.ac.uk/standard_name/';

const COVERAGE = {
  id: 'CoverageJSON',
  mediaType: COVERAGE_TYPE,
  otherTypes: ['application/vnd.cov+json'],
  extension: 'covjson',
} as const;
const FEATURES = { id: 'GeoJSON', mediaType: GEOJSON_TYPE, extension: 'geojson' } as const;

/** Representations of data, ours of choice first. Those of EPOS are the ones that its portal shows natively. */
export const DATA_OFFERS = [
  COVERAGE,
  FEATURES,
  ...EPOS_SERIES,
  { id: 'epos-coverage', mediaType: 'application/epos.covjson' },
  { id: 'epos-graph', mediaType: 'application/epos.graph.covjson' },
] as const satisfies readonly Offer[];
export type DataOffer = (typeof DATA_OFFERS)[number];

export const PLACES_OFFERS = [{ ...FEATURES, otherTypes: [JSON_TYPE] }] as const satisfies readonly Offer[];
export const DOCUMENT_OFFERS = [{ id: 'json', mediaType: JSON_TYPE }] as const satisfies readonly Offer[];

export const collectionPath = (id: string): string => `${ROOT}/collections/${encodeURIComponent(id)}`;
export const locationPath = (id: string, record: number): string => `${collectionPath(id)}/locations/${record}`;

const under = (base: string, names: string): readonly string[] => names.split(' ').map((name) => base + name);
const SPEC = 'http://www.opengis.net/spec/';

export const CONFORMANCE: readonly string[] = [
  ...under(`${SPEC}ogcapi-common-1/1.0/conf/`, 'core landing-page json oas30'),
  ...under(`${SPEC}ogcapi-common-2/1.0/conf/`, 'collections json'),
  ...under(`${SPEC}ogcapi-edr-1/1.0/conf/`, 'core'),
  ...under(`${SPEC}ogcapi-edr-1/1.1/conf/`, 'core collections queries json geojson edr-geojson covjson oas30'),
];
