// Answers of the resto API as clients read them.
import { type Answer, type Http, type Pairs, withQuery } from '../kit/http.ts';
import type { JsonLink } from '../kit/json-schema.ts';
import { same } from '../kit/requirement.ts';

export interface Feature {
  readonly id?: string;
  readonly geometry?: { readonly type: string; readonly coordinates?: unknown } | null;
  readonly properties?: { readonly [name: string]: unknown };
}
export interface Page {
  readonly type?: string;
  readonly properties?: {
    readonly id?: string;
    readonly totalResults?: number;
    readonly exactCount?: boolean;
    readonly startIndex?: number;
    readonly itemsPerPage?: number;
    readonly query?: {
      readonly originalFilters?: { readonly [key: string]: string };
      readonly appliedFilters?: { readonly [key: string]: string };
    };
    readonly links?: readonly JsonLink[];
  };
  readonly features?: readonly Feature[];
}
export interface Collections {
  readonly collections?: readonly { readonly name?: string; readonly statistics?: { readonly count?: number } }[];
  readonly synthesis?: { readonly statistics?: { readonly count?: number } };
}
export interface Facts {
  readonly base: string;
  readonly description: Answer;
  readonly page: Answer;
  readonly list: Answer;
  readonly collections: readonly string[];
}

export const idsOf = (answer: Answer): readonly string[] =>
  (answer.json<Page>().features ?? []).map(({ id }) => String(id));
export const total = (answer: Answer): number => answer.json<Page>().properties?.totalResults ?? Number.NaN;

export async function search(http: Http, facts: Facts, pairs: Pairs, collection?: string): Promise<Answer> {
  const path = collection === undefined ? 'api/collections/search.json' : `api/collections/${collection}/search.json`;
  const answer = await http.get(withQuery(`${facts.base}/${path}`, pairs));
  same(
    [answer.status, answer.media],
    [200, 'application/json'],
    `status and type for ${JSON.stringify(pairs)}`,
    answer,
  );
  return answer;
}
