// A client of WPS that imports nothing from src: pairs, XML and SOAP over HTTP, answers read by XPath and checked against the schemas.
import type { Server } from 'node:http';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import supertest from 'supertest';
import * as assert from 'uvu/assert';
import { validateXml } from '../../validity/xsd.ts';

export const PREFIXES = {
  wps: 'http://www.opengis.net/wps/1.0.0',
  ows: 'http://www.opengis.net/ows/1.1',
  wps2: 'http://www.opengis.net/wps/2.0',
  ows2: 'http://www.opengis.net/ows/2.0',
  xlink: 'http://www.w3.org/1999/xlink',
  soap11: 'http://schemas.xmlsoap.org/soap/envelope/',
  soap12: 'http://www.w3.org/2003/05/soap-envelope',
} as const;

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
  readonly bytes: Buffer;
  /** Text of every node of an XPath. */
  readonly all: (path: string) => readonly string[];
  /** Text of the only node; throws when there is not exactly one. */
  readonly one: (path: string) => string;
  readonly count: (path: string) => number;
}

function answerOf(response: supertest.Response, bytes: Buffer): Answer {
  const text = bytes.toString();
  let document: XmlDocument | undefined;
  const all = (path: string): readonly string[] => {
    document ??= XmlDocument.fromString(text);
    return (document.find(path, PREFIXES) as XmlElement[]).map((node) => node.content);
  };
  return {
    status: response.status,
    type: response.headers['content-type'] ?? '',
    headers: response.headers,
    text,
    bytes,
    all,
    count: (path) => all(path).length,
    one: (path) => {
      const found = all(path);
      if (found.length !== 1) throw new Error(`${path}: ${found.length} nodes in ${text.slice(0, 1200)}`);
      return found[0] as string;
    },
  };
}

const asBytes = (response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
};

export type Pairs = { readonly [name: string]: string | number };
export type Headers = { readonly [name: string]: string };

export interface Client {
  /** Pairs are encoded; a text is the query as it stands. */
  readonly get: (pairs: Pairs | string, headers?: Headers, path?: string) => Promise<Answer>;
  readonly post: (body: string, headers?: Headers, path?: string) => Promise<Answer>;
}

export function clientOf(server: Server): Client {
  return {
    get: async (pairs, headers = {}, path = '/wps') => {
      const query =
        typeof pairs === 'string' ? pairs : new URLSearchParams(Object.entries(pairs).map(([n, v]) => [n, String(v)]));
      const response = await supertest(server)
        .get(`${path}?${query}`.replace(/\?$/, ''))
        .set(headers)
        .buffer(true)
        .parse(asBytes as never);
      return answerOf(response, response.body as Buffer);
    },
    post: async (body, headers = {}, path = '/wps') => {
      const response = await supertest(server)
        .post(path)
        .set({ 'Content-Type': 'text/xml', ...headers })
        .serialize((each: unknown) => each as string)
        .buffer(true)
        .parse(asBytes as never)
        .send(body);
      return answerOf(response, response.body as Buffer);
    },
  };
}

export const V1 = { service: 'WPS', version: '1.0.0' } as const;
export const V2 = { service: 'WPS', version: '2.0.0' } as const;

const ROOT_1 = `xmlns:wps="${PREFIXES.wps}" xmlns:ows="${PREFIXES.ows}" xmlns:xlink="${PREFIXES.xlink}" service="WPS" version="1.0.0"`;
export const ROOT_2 = `xmlns:wps="${PREFIXES.wps2}" xmlns:ows="${PREFIXES.ows2}" xmlns:xlink="${PREFIXES.xlink}" service="WPS" version="2.0.0"`;

/** Execute of 1.0.0: `inputs` are whole wps:Input elements, `form` the content of ResponseForm. */
export function execute1(process: string, inputs: readonly string[], form = '', attributes = ''): string {
  return (
    `<wps:Execute ${ROOT_1} ${attributes}><ows:Identifier>${process}</ows:Identifier>` +
    `${inputs.length === 0 ? '' : `<wps:DataInputs>${inputs.join('')}</wps:DataInputs>`}` +
    `${form === '' ? '' : `<wps:ResponseForm>${form}</wps:ResponseForm>`}</wps:Execute>`
  );
}
export const input1 = (id: string, content: string): string =>
  `<wps:Input><ows:Identifier>${id}</ows:Identifier>${content}</wps:Input>`;
export const literal1 = (id: string, value: string): string =>
  input1(id, `<wps:Data><wps:LiteralData>${value}</wps:LiteralData></wps:Data>`);
export const complex1 = (id: string, content: string, attributes = ''): string =>
  input1(id, `<wps:Data><wps:ComplexData ${attributes}>${content}</wps:ComplexData></wps:Data>`);
export const document1 = (outputs: string, attributes = ''): string =>
  `<wps:ResponseDocument ${attributes}>${outputs}</wps:ResponseDocument>`;
export const output1 = (id: string, attributes = ''): string =>
  `<wps:Output ${attributes}><ows:Identifier>${id}</ows:Identifier></wps:Output>`;

/** Execute of 2.0. */
export function execute2(process: string, content: string, attributes = 'mode="sync" response="document"'): string {
  return `<wps:Execute ${ROOT_2} ${attributes}><ows:Identifier>${process}</ows:Identifier>${content}</wps:Execute>`;
}
export const ofJob = (operation: string, id: string): string =>
  `<wps:${operation} ${ROOT_2}><wps:JobID>${id}</wps:JobID></wps:${operation}>`;

/** Fails when the document is not valid against its own version's schemas (skipped where there are none). */
export function assertValid(answer: Answer, version: '1' | '2'): void {
  assert.equal(validateXml(answer.text, version === '1' ? 'wps1' : 'wps2'), [], answer.text.slice(0, 3000));
}

/** An exception report of the version, valid, with this code and locator. */
export function assertRefused(
  answer: Answer,
  version: '1' | '2',
  code: string,
  locator: string | null,
  status = 400,
): void {
  const ows = version === '1' ? 'ows' : 'ows2';
  const shown = `${answer.status} ${answer.text.slice(0, 800)}`;
  assert.is(answer.status, status, shown);
  assert.match(answer.type, /^text\/xml/);
  assertValid(answer, version);
  assert.ok(answer.all(`/${ows}:ExceptionReport/${ows}:Exception/@exceptionCode`).includes(code), shown);
  if (locator !== null)
    assert.ok(answer.all(`//${ows}:Exception[@exceptionCode="${code}"]/@locator`).includes(locator), shown);
  assert.ok(answer.all(`//${ows}:ExceptionText`).every((text) => text.length > 0 && text.length < 2000));
  assert.not.match(answer.text, /node_modules|\.ts\b|SELECT|at [A-Z]\w+ \(/);
}
