// Media types, relations, conformance classes and exception types of OGC API Processes, Part 1 (18-062r2).
import type { Offer } from '../../http/negotiate.ts';

export const JSON_TYPE = 'application/json';
export const HTML_TYPE = 'text/html';

export const OFFERS = [
  { id: 'json', mediaType: JSON_TYPE },
  { id: 'html', mediaType: HTML_TYPE, otherTypes: ['application/xhtml+xml'] },
] as const satisfies readonly Offer[];

const OGC_REL = 'http://www.opengis.net/def/rel/ogc/1.0';
export const REL = {
  processes: `${OGC_REL}/processes`,
  jobs: `${OGC_REL}/job-list`,
  execute: `${OGC_REL}/execute`,
  results: `${OGC_REL}/results`,
  provenance: 'http://www.w3.org/ns/prov#has_provenance',
} as const;

const CLASSES = 'http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/';
export const CONFORMANCE: readonly string[] = [
  'core',
  'ogc-process-description',
  'json',
  'html',
  'oas30',
  'job-list',
  'dismiss',
].map((name) => CLASSES + name);
/** Claimed only where a site allows other hosts to be told. */
export const CALLBACK_CLASS = `${CLASSES}callback`;

/** What follows in the address of an exception that the standard names (7.11.5, 7.13, 7.14; draft 2.0). */
export const EXCEPTIONS = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/';
export const JOB_CONTROL = ['sync-execute', 'async-execute', 'dismiss'] as const;
export const TRANSMISSION = ['value', 'reference'] as const;

/** limit of lists (7.10, 7.17): 1 to 10 000, 10 when it is not said. */
export const [DEFAULT_LIMIT, MOST] = [10, 10_000];
/** Seconds that `Prefer: wait` may ask for. */
export const LONGEST_WAIT = 30;
