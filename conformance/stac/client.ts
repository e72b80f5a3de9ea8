// Answers of a STAC API as they are read, and what a server says of itself.
import { type Answer, type Http, type Pairs, withQuery } from '../kit/http.ts';
import type { JsonLink } from '../kit/json-schema.ts';
import { must, same } from '../kit/requirement.ts';

export interface Item {
  readonly id?: string;
  readonly collection?: string;
  readonly bbox?: readonly number[];
  readonly geometry?: { readonly type: string; readonly coordinates?: unknown } | null;
  readonly properties?: { readonly [name: string]: unknown };
  readonly assets?: { readonly [key: string]: { readonly href?: string; readonly type?: string } };
  readonly links?: readonly JsonLink[];
}
export interface Page {
  readonly type?: string;
  readonly features?: readonly Item[];
  readonly links?: readonly JsonLink[];
  readonly numberMatched?: number;
  readonly numberReturned?: number;
}
export interface Collection {
  readonly id?: string;
  readonly links?: readonly JsonLink[];
  readonly extent?: { readonly spatial?: { readonly bbox?: readonly (readonly number[])[] } };
}
export interface Facts {
  readonly landing: Answer;
  readonly conformsTo: readonly string[];
  readonly search: string;
  readonly collectionsAnswer: Answer;
  readonly collections: readonly Collection[];
  /** Fifty items of everything. */
  readonly page: Answer;
}

export const GEOJSON = 'application/geo+json';
export const itemsOf = (answer: Answer): readonly Item[] => answer.json<Page>().features ?? [];
export const idsOf = (answer: Answer): readonly string[] =>
  itemsOf(answer).map(({ collection, id }) => `${collection}/${id}`);
export const matched = (answer: Answer): number => answer.json<Page>().numberMatched ?? Number.NaN;

function isPage(answer: Answer, what: unknown): Answer {
  same([answer.status, answer.media], [200, GEOJSON], `status and type for ${JSON.stringify(what)}`, answer);
  must(answer.json<Page>().type === 'FeatureCollection', 'no FeatureCollection', answer);
  return answer;
}

export const byGet = async (http: Http, facts: Facts, pairs: Pairs): Promise<Answer> =>
  isPage(await http.get(withQuery(facts.search, pairs)), pairs);

export const byPost = async (http: Http, facts: Facts, body: object): Promise<Answer> =>
  isPage(await http.post(facts.search, 'application/json', JSON.stringify(body)), body);

/** 400 by GET, and by POST where a body is given. */
export async function refused(http: Http, facts: Facts, pairs: Pairs, body?: object): Promise<void> {
  const answer = await http.get(withQuery(facts.search, pairs));
  same(answer.status, 400, `status for ${JSON.stringify(pairs)}`, answer);
  if (body === undefined) return;
  const posted = await http.post(facts.search, 'application/json', JSON.stringify(body));
  same(posted.status, 400, `status for ${JSON.stringify(body)}`, posted);
}
