// Answers of the OGC APIs as they are read, and what a server says of itself.
import { type Answer, type Http, type Pairs, withQuery } from '../kit/http.ts';
import { type JsonLink, linkOf, PROBLEM, schemaFaults } from '../kit/json-schema.ts';
import { must, none, same } from '../kit/requirement.ts';

export interface Collection {
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly itemType?: string;
  readonly type?: string;
  readonly extent?: {
    readonly spatial?: { readonly bbox?: readonly (readonly number[])[] };
    readonly temporal?: { readonly interval?: readonly (readonly (string | null)[])[] };
  };
  readonly defaultSortOrder?: unknown;
  readonly links?: readonly JsonLink[];
}

export interface Feature {
  readonly id?: string;
  readonly type?: string;
  readonly bbox?: readonly number[];
  readonly geometry?: { readonly type: string; readonly coordinates?: unknown } | null;
  readonly time?: { readonly interval?: readonly string[]; readonly date?: string; readonly timestamp?: string } | null;
  readonly properties?: { readonly [name: string]: unknown };
  readonly links?: readonly JsonLink[];
}

export interface Page {
  readonly type?: string;
  readonly features?: readonly Feature[];
  readonly links?: readonly JsonLink[];
  readonly numberMatched?: number;
  readonly numberReturned?: number;
  readonly timeStamp?: string;
}

export interface OpenApi {
  readonly openapi?: string;
  readonly paths?: { readonly [path: string]: { readonly [method: string]: unknown } };
}

export interface Facts {
  readonly landing: Answer;
  readonly conformance: Answer;
  readonly conformsTo: readonly string[];
  readonly collections: readonly Collection[];
  readonly collectionsAnswer: Answer;
  /** The collection that is asked: of records, the one with most of them. */
  readonly collection: Collection;
  /** Address of its items. */
  readonly items: string;
  /** Fifty of its records. */
  readonly page: Answer;
}

export const HTML = 'text/html';
export const GEOJSON = 'application/geo+json';
export const OPENAPI = 'application/vnd.oai.openapi+json;version=3.0';
export const QUERYABLES = 'http://www.opengis.net/def/rel/ogc/1.0/queryables';
export const SORTABLES = 'http://www.opengis.net/def/rel/ogc/1.0/sortables';

export const compact = (type: string): string => type.replaceAll(' ', '');
export const featuresOf = (answer: Answer): readonly Feature[] => answer.json<Page>().features ?? [];
export const idsOf = (answer: Answer): readonly string[] => featuresOf(answer).map(({ id }) => String(id));
export const matched = (answer: Answer): number => answer.json<Page>().numberMatched ?? Number.NaN;

/** A page of items: 200, GeoJSON. */
export async function itemsOf(http: Http, facts: Facts, pairs: Pairs): Promise<Answer> {
  const answer = await http.get(withQuery(facts.items, pairs), { Accept: GEOJSON });
  same([answer.status, answer.media], [200, GEOJSON], `status and type for ${JSON.stringify(pairs)}`, answer);
  return answer;
}

/** 400 with a body that says what was wrong. */
export async function refused(http: Http, address: string, pairs: Pairs): Promise<void> {
  const answer = await http.get(withQuery(address, pairs), { Accept: 'application/json' });
  same(answer.status, 400, `status for ${JSON.stringify(pairs)}`, answer);
  must(/json/.test(answer.media), `a JSON exception expected, "${answer.type}" found`, answer);
  none(schemaFaults(PROBLEM, answer.json()), 'exception', answer);
}

/** The address of a link; a Fault where there is none. */
export function hrefOf(document: { readonly links?: readonly JsonLink[] }, rel: string, answer: Answer): string {
  const link = linkOf(document, rel);
  must(link?.href, `no link of relation ${rel}`, answer);
  return link.href;
}

/** Every page by its next links, at most so many. null: there were more. */
export async function walk(http: Http, first: Answer, most = 80): Promise<readonly Feature[] | null> {
  const found: Feature[] = [];
  let answer = first;
  for (let pages = 0; pages < most; pages++) {
    found.push(...featuresOf(answer));
    const next = linkOf(answer.json<Page>(), 'next')?.href;
    if (next === undefined) return found;
    answer = await http.get(next, { Accept: GEOJSON });
    same(answer.status, 200, 'status of the next page', answer);
  }
  return null;
}

/** Longitude and latitude of every position. */
export function* positions(value: unknown): Generator<readonly [number, number]> {
  if (!Array.isArray(value)) return;
  if (typeof value[0] === 'number') yield [value[0], Number(value[1])];
  else for (const each of value) yield* positions(each);
}

/** west south east north; null: no geometry. */
export function boxOf({ geometry }: Feature): readonly [number, number, number, number] | null {
  const all = [...positions(geometry?.coordinates)];
  if (all.length === 0) return null;
  const [x, y] = [all.map(([longitude]) => longitude), all.map(([, latitude]) => latitude)];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}
