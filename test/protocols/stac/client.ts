// A client of the STAC door that knows nothing of its insides: addresses as the documents give them, JSON as it comes.
import type { AddressInfo } from 'node:net';
import * as assert from 'uvu/assert';
import { DEMO_BASE, demoApp } from '../../fixtures/demo-app.ts';

// biome-ignore lint/suspicious/noExplicitAny: documents of a server are of any form
export type Json = any;
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: Headers;
  readonly json: Json;
  readonly text: string;
}
type Headers_ = { readonly [name: string]: string };

async function request(address: string, init: RequestInit): Promise<Answer> {
  const { server } = await demoApp();
  const { port } = server.address() as AddressInfo;
  const path = address.startsWith(DEMO_BASE) ? address.slice(DEMO_BASE.length) : address;
  const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
  const text = await response.text();
  const type = response.headers.get('content-type') ?? '';
  const json = type.includes('json') && text !== '' ? (JSON.parse(text) as Json) : null;
  return { status: response.status, type, headers: response.headers, json, text };
}

export const get = (address: string, headers: Headers_ = {}): Promise<Answer> => request(address, { headers });

export const post = (address: string, body: unknown, headers: Headers_ = {}): Promise<Answer> =>
  request(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** GET /search; values that are no text are written as JSON, lists with commas. */
export function searchPath(query: { readonly [name: string]: unknown }, path = '/stac/search'): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value)
      ? value.join(',')
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
    parameters.append(name, text);
  }
  return `${path}?${parameters}`;
}

/** The answer to GET /search, which must be one. */
export async function search(query: { readonly [name: string]: unknown }, headers: Headers_ = {}): Promise<Json> {
  const path = searchPath(query);
  const answer = await get(path, headers);
  assert.is(answer.status, 200, `${path}: ${answer.text.slice(0, 500)}`);
  return answer.json;
}

export const idsOf = (collection: Json): readonly string[] => collection.features.map((item: Json) => item.id);
export const linkOf = (document: Json, rel: string, method?: string): Json =>
  document.links.find((link: Json) => link.rel === rel && (method === undefined || link.method === method));

/** All items, by the next links of GET. */
export async function walk(path: string, headers: Headers_ = {}): Promise<readonly Json[]> {
  const items: Json[] = [];
  let address: string | undefined = path;
  while (address !== undefined) {
    const { status, json, text } = await get(address, headers);
    assert.is(status, 200, text);
    items.push(...json.features);
    assert.is(json.numberReturned, json.features.length);
    address = linkOf(json, 'next')?.href;
  }
  return items;
}

/** All items, by the next links of POST, merged as a client does. */
export async function walkByPost(body: { readonly [member: string]: unknown }): Promise<readonly Json[]> {
  const items: Json[] = [];
  let next: Json = { href: '/stac/search', body, merge: false };
  let sent: Json = {};
  while (next !== undefined) {
    sent = next.merge ? { ...sent, ...next.body } : next.body;
    const { status, json, text } = await post(next.href, sent);
    assert.is(status, 200, text);
    items.push(...json.features);
    next = linkOf(json, 'next');
    if (next !== undefined) assert.is(next.method, 'POST');
  }
  return items;
}
