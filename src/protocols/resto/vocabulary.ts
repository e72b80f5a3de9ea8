// Names of resto 2.x: its root, media types, namespaces of its description document, limits.

export const ROOT = '/resto';
export const JSON_TYPE = 'application/json';
export const ATOM_TYPE = 'application/atom+xml';
export const OSDD_TYPE = 'application/opensearchdescription+xml';

export const NAMESPACES = {
  os: 'http://a9.com/-/spec/opensearch/1.1/',
  geo: 'http://a9.com/-/opensearch/extensions/geo/1.0/',
  time: 'http://a9.com/-/opensearch/extensions/time/1.0/',
  eo: 'http://a9.com/-/opensearch/extensions/eo/1.0/',
  parameters: 'http://a9.com/-/spec/opensearch/extensions/parameters/1.0/',
  dc: 'http://purl.org/dc/elements/1.1/',
  resto: 'http://mapshup.info/-/resto/2.0/',
} as const;

/** The answers of a search by the suffix of the address. */
export const ANSWERS = [
  { id: 'json', mediaType: JSON_TYPE, otherTypes: ['application/geo+json'] },
  { id: 'atom', mediaType: ATOM_TYPE },
] as const;
export type AnswerFormat = (typeof ANSWERS)[number]['id'];

export const DEFAULT_COUNT = 20;
export const MOST_COUNT = 500;
