// HTTP as the self-check needs it: every request can be shown as a curl line, answers are read as JSON or by XPath, redirects are not followed.
import { type Doc, readXml } from './xml.ts';

export type Headers = { readonly [name: string]: string };

export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: string | null;
}

export interface Answer {
  readonly sent: Sent;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Headers;
  /** Content-Type as sent; '' where there is none. */
  readonly type: string;
  /** Content-Type without parameters, in lower case. */
  readonly media: string;
  readonly text: string;
  readonly bytes: Buffer;
  /** Throws where the text is no JSON. */
  readonly json: <T>() => T;
  /** The XML document; throws where the text is none. */
  readonly xml: () => Doc;
}

export type Pairs = { readonly [name: string]: string | number | undefined };

export interface Http {
  readonly get: (address: string, headers?: Headers) => Promise<Answer>;
  /** The same answer for the same address in one run; for documents that many requirements read. */
  readonly once: (address: string, headers?: Headers) => Promise<Answer>;
  readonly post: (address: string, type: string, body: string, headers?: Headers) => Promise<Answer>;
  readonly send: (method: string, address: string, headers?: Headers, body?: string) => Promise<Answer>;
  /** The last answer. */
  readonly last: () => Answer | undefined;
  readonly requests: () => number;
}

const PATIENCE_MS = 30_000;

/** Adds pairs to an address, percent-encoded; undefined ones are left out. */
export function withQuery(address: string, pairs: Pairs): string {
  const query = Object.entries(pairs)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&');
  if (query === '') return address;
  return `${address}${address.includes('?') ? (/[?&]$/.test(address) ? '' : '&') : '?'}${query}`;
}

export function createHttp(): Http {
  let last: Answer | undefined;
  let requests = 0;
  const kept = new Map<string, Promise<Answer>>();
  const send: Http['send'] = async (method, address, headers = {}, body) => {
    const sent: Sent = { method, url: address, headers, body: body ?? null };
    requests++;
    const response = await fetch(address, {
      method,
      headers: { ...headers },
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { body }),
    });
    last = answerOf(sent, response, Buffer.from(await response.arrayBuffer()));
    return last;
  };
  const get: Http['get'] = (address, headers) => send('GET', address, headers);
  return {
    get,
    send,
    once: (address, headers = {}) => {
      const key = `${address} ${JSON.stringify(headers)}`;
      const answer = kept.get(key) ?? get(address, headers);
      kept.set(key, answer);
      return answer;
    },
    post: (address, type, body, headers = {}) => send('POST', address, { 'Content-Type': type, ...headers }, body),
    last: () => last,
    requests: () => requests,
  };
}

function answerOf(sent: Sent, response: Response, bytes: Buffer): Answer {
  const text = bytes.toString();
  const type = response.headers.get('content-type') ?? '';
  let document: Doc | undefined;
  return {
    sent,
    status: response.status,
    headers: Object.fromEntries(response.headers),
    type,
    media: (type.split(';')[0] ?? '').trim().toLowerCase(),
    text,
    bytes,
    json: <T>() => JSON.parse(text) as T,
    xml: () => {
      document ??= readXml(text);
      return document;
    },
  };
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The request as a line for a shell. */
export function curlLine({ method, url, headers, body }: Sent): string {
  const method_ = method === 'GET' ? '' : method === 'HEAD' ? ' --head' : ` -X ${method}`;
  const headers_ = Object.entries(headers).map(([name, value]) => ` -H ${quoted(`${name}: ${value}`)}`);
  return `curl -i${method_} ${quoted(url)}${headers_.join('')}${body === null ? '' : ` --data-binary ${quoted(body)}`}`;
}
