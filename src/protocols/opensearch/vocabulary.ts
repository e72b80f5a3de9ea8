// Namespaces, media types and the formats of the answers (OpenSearch 1.1 draft 6; OGC 10-032r8; OGC 13-026r9; SRU extension).
// The prefixes are fixed: suites and clients look for them literally.

export const NAMESPACES = {
  os: 'http://a9.com/-/spec/opensearch/1.1/',
  geo: 'http://a9.com/-/opensearch/extensions/geo/1.0/',
  time: 'http://a9.com/-/opensearch/extensions/time/1.0/',
  eo: 'http://a9.com/-/opensearch/extensions/eo/1.0/',
  sru: 'http://a9.com/-/opensearch/extensions/sru/2.0/',
  param: 'http://a9.com/-/spec/opensearch/extensions/parameters/1.0/',
  suggestions: 'http://www.opensearch.org/specifications/opensearch/extensions/suggestions/1.1',
  atom: 'http://www.w3.org/2005/Atom',
  dc: 'http://purl.org/dc/elements/1.1/',
  georss: 'http://www.georss.org/georss',
  /** GML 3.1.1, as GeoRSS has it. */
  gml: 'http://www.opengis.net/gml',
} as const;

export const OSDD_TYPE = 'application/opensearchdescription+xml';
export const SUGGESTIONS_TYPE = 'application/x-suggestions+json';

/** The answers of a search: file name ending and media type. Atom first: every client reads it. */
export const ANSWERS = [
  { id: 'atom', mediaType: 'application/atom+xml' },
  { id: 'geojson', mediaType: 'application/geo+json' },
  { id: 'json', mediaType: 'application/json' },
  { id: 'rss', mediaType: 'application/rss+xml' },
  { id: 'html', mediaType: 'text/html' },
] as const;
export type AnswerFormat = (typeof ANSWERS)[number]['id'];

/** Namespace of our own parameters: the catalogue's address. */
export function ownNamespace(base: string): string {
  return `${base}/id/catalog#`;
}
