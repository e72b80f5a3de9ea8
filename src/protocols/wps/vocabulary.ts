// What the two versions call things: namespaces, operations, languages, media types (WPS 1.0.0, OGC 05-007r7; WPS 2.0, OGC 14-065r2).
import type { Language } from '../../model/text.ts';

export const VERSIONS = ['1.0.0', '2.0.0'] as const;
export type Version = (typeof VERSIONS)[number];

export const XLINK = 'http://www.w3.org/1999/xlink';

/** The namespaces of a version. */
export interface Dialect {
  readonly wps: string;
  readonly ows: string;
  /** Version of its exception reports. */
  readonly report: string;
}
export const DIALECTS: { readonly [V in Version]: Dialect } = {
  '1.0.0': { wps: 'http://www.opengis.net/wps/1.0.0', ows: 'http://www.opengis.net/ows/1.1', report: '1.0.0' },
  '2.0.0': { wps: 'http://www.opengis.net/wps/2.0', ows: 'http://www.opengis.net/ows/2.0', report: '2.0.0' },
};

/** Version → its operations. */
export const OPERATIONS = {
  '1.0.0': ['GetCapabilities', 'DescribeProcess', 'Execute'],
  '2.0.0': ['GetCapabilities', 'DescribeProcess', 'Execute', 'GetStatus', 'GetResult', 'Dismiss'],
} as const satisfies { readonly [V in Version]: readonly string[] };
export type Operation = (typeof OPERATIONS)[Version][number];

/** `/wps` has both versions and answers 1.0.0 unless 2.0.0 is asked; `/wps/2.0` has that one alone. */
export const PATHS = { '/wps': null, '/wps/2.0': '2.0.0' } as const satisfies {
  readonly [path: string]: Version | null;
};
export type Path = keyof typeof PATHS;

/** As `xml:lang` has them; the first is the default. */
export const LANGUAGE_TAGS: { readonly [L in Language]: string } = { en: 'en-US', fr: 'fr-FR' };

export const XML_TYPE = 'text/xml; charset=utf-8';
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** What every process can do here; `dismiss` is an extension of WPS 2.0. */
export const JOB_CONTROL = 'sync-execute async-execute dismiss';
export const TRANSMISSION = 'value reference';

/** Data types of literals by their XML Schema names; an instant or an interval is a text. */
export const DATA_TYPES = {
  string: 'string',
  integer: 'integer',
  double: 'double',
  boolean: 'boolean',
  duration: 'string',
  dateTime: 'string',
} as const;
export const TYPE_REFERENCE: { readonly [V in Version]: string } = {
  '1.0.0': 'http://www.w3.org/TR/xmlschema-2/#',
  '2.0.0': 'http://www.w3.org/2001/XMLSchema#',
};
