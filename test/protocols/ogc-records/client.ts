// What the tests of OGC API Records share: the small demo catalogue over HTTP, read by a client that knows nothing of the product.
import supertest, { type Response } from 'supertest';
import { TEST_BASE, testApp } from '../../fixtures/app.ts';

export interface JsonLink {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
  readonly hreflang?: string;
}
export interface Feature {
  readonly id: string;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
  readonly time: { readonly interval?: readonly string[]; readonly date?: string; readonly timestamp?: string } | null;
  readonly properties: { readonly [name: string]: unknown };
  readonly links: readonly JsonLink[];
}
export interface FeatureCollection {
  readonly features: readonly Feature[];
  readonly links: readonly JsonLink[];
  readonly numberMatched: number;
  readonly numberReturned: number;
  readonly timeStamp: string;
}

export const BASE = TEST_BASE;
export const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** Asks one of our paths, or an absolute address of ours. */
export async function get(address: string, headers: { readonly [name: string]: string } = {}): Promise<Response> {
  const { server } = await testApp();
  return supertest(server)
    .get(address.startsWith(BASE) ? address.slice(BASE.length) : address)
    .set(headers);
}

/** The JSON of an answer whose media type supertest may not know. */
export function json<T>(answer: Response): T {
  return JSON.parse(answer.text ?? (answer.body as Buffer).toString()) as T;
}

/** 200, or the answer's text in the error. */
export async function document<T>(address: string, headers: { readonly [name: string]: string } = {}): Promise<T> {
  const answer = await get(address, headers);
  if (answer.status !== 200) throw new Error(`${answer.status} ${address}\n${answer.text}`);
  return json<T>(answer);
}

export const items = (query: string, collection = 'records'): Promise<FeatureCollection> =>
  document<FeatureCollection>(`/collections/${collection}/items${query === '' ? '' : `?${query}`}`);

export const ids = (page: FeatureCollection): readonly string[] => page.features.map(({ id }) => id);

export const rel = (document: { readonly links: readonly JsonLink[] }, wanted: string): JsonLink | undefined =>
  document.links.find((link) => link.rel === wanted);

/** Every page by its next links, from an address. */
export async function walk(query: string, collection = 'records'): Promise<readonly Feature[]> {
  const features: Feature[] = [];
  let page = await items(query, collection);
  for (;;) {
    features.push(...page.features);
    const next = rel(page, 'next');
    if (next === undefined) return features;
    page = await document<FeatureCollection>(next.href);
  }
}
