// What the two versions call things: namespaces, operations, element sets, media types (OGC 07-006r1; OGC 12-176r7).

export const VERSIONS = ['3.0.0', '2.0.2'] as const;
export type Version = (typeof VERSIONS)[number];

export const CSW_202 = 'http://www.opengis.net/cat/csw/2.0.2';
export const CSW_300 = 'http://www.opengis.net/cat/csw/3.0';
export const DC = 'http://purl.org/dc/elements/1.1/';
export const DCT = 'http://purl.org/dc/terms/';
export const OGC = 'http://www.opengis.net/ogc';
export const FES = 'http://www.opengis.net/fes/2.0';

/** The namespaces of a version. */
export interface Dialect {
  readonly version: Version;
  readonly csw: string;
  readonly ows: string;
  /** Version of its exception reports. */
  readonly report: string;
  readonly filter: string;
  readonly gml: string;
}
export const DIALECTS: { readonly [V in Version]: Dialect } = {
  '2.0.2': {
    version: '2.0.2',
    csw: CSW_202,
    ows: 'http://www.opengis.net/ows',
    report: '1.2.0',
    filter: OGC,
    gml: 'http://www.opengis.net/gml',
  },
  '3.0.0': {
    version: '3.0.0',
    csw: CSW_300,
    ows: 'http://www.opengis.net/ows/2.0',
    report: '3.0.0',
    filter: FES,
    gml: 'http://www.opengis.net/gml/3.2',
  },
};

/** Version → the operations that it has here. */
export const OPERATIONS = {
  '2.0.2': ['GetCapabilities', 'DescribeRecord', 'GetDomain', 'GetRecords', 'GetRecordById', 'GetRepositoryItem'],
  '3.0.0': ['GetCapabilities', 'GetDomain', 'GetRecords', 'GetRecordById'],
} as const satisfies { readonly [V in Version]: readonly string[] };
export type Operation = (typeof OPERATIONS)[Version][number];

/** Operations of the standards that this catalogue does not have: its records come in by imports alone. */
export const UNSUPPORTED_OPERATIONS = ['Transaction', 'Harvest', 'UnHarvest', 'DescribeRecord', 'GetRepositoryItem'];

export const ELEMENT_SETS = ['brief', 'summary', 'full'] as const;
export type ElementSet = (typeof ELEMENT_SETS)[number];

export const ATOM_TYPE = 'application/atom+xml';
export const OSDD_TYPE = 'application/opensearchdescription+xml';
export const XML_TYPES = ['application/xml', 'text/xml'] as const;
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

export const SECTIONS = [
  'ServiceIdentification',
  'ServiceProvider',
  'OperationsMetadata',
  'Filter_Capabilities',
] as const;
export type Section = (typeof SECTIONS)[number] | 'Languages';

/** Records of a page when none are asked (default of both versions), and at most. */
export const DEFAULT_RECORDS = 10;
export const MOST_RECORDS = 500;
