// A client of CSW that imports nothing from src: pairs, XML and SOAP over HTTP, answers read by XPath.
import type { Server } from 'node:http';
import { XmlDocument, type XmlElement } from 'libxml2-wasm';
import supertest from 'supertest';

export const PREFIXES = {
  csw: 'http://www.opengis.net/cat/csw/2.0.2',
  csw3: 'http://www.opengis.net/cat/csw/3.0',
  ows: 'http://www.opengis.net/ows',
  ows2: 'http://www.opengis.net/ows/2.0',
  ows11: 'http://www.opengis.net/ows/1.1',
  ogc: 'http://www.opengis.net/ogc',
  fes: 'http://www.opengis.net/fes/2.0',
  gmd: 'http://www.isotc211.org/2005/gmd',
  gco: 'http://www.isotc211.org/2005/gco',
  dc: 'http://purl.org/dc/elements/1.1/',
  dct: 'http://purl.org/dc/terms/',
  atom: 'http://www.w3.org/2005/Atom',
  os: 'http://a9.com/-/spec/opensearch/1.1/',
  georss: 'http://www.georss.org/georss',
  soap11: 'http://schemas.xmlsoap.org/soap/envelope/',
  soap12: 'http://www.w3.org/2003/05/soap-envelope',
  xs: 'http://www.w3.org/2001/XMLSchema',
  xlink: 'http://www.w3.org/1999/xlink',
} as const;

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
  /** Text of every node of an XPath. */
  readonly all: (path: string) => readonly string[];
  /** Text of the only node; throws when there is not exactly one. */
  readonly one: (path: string) => string;
  readonly count: (path: string) => number;
  readonly nodes: (path: string) => readonly XmlElement[];
}

function answerOf(response: supertest.Response): Answer {
  const text = response.text ?? String(response.body);
  let document: XmlDocument | undefined;
  const nodes = (path: string): XmlElement[] => {
    document ??= XmlDocument.fromString(text);
    return document.find(path, PREFIXES) as XmlElement[];
  };
  const all = (path: string): readonly string[] => nodes(path).map((node) => node.content);
  return {
    status: response.status,
    type: response.headers['content-type'] ?? '',
    headers: response.headers,
    text,
    all,
    nodes,
    count: (path) => nodes(path).length,
    one: (path) => {
      const found = all(path);
      if (found.length !== 1) throw new Error(`${path}: ${found.length} nodes in ${text.slice(0, 600)}`);
      return found[0] as string;
    },
  };
}

/** Every type as text. */
const asText = (response: NodeJS.ReadableStream, done: (error: Error | null, body: string) => void): void => {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks).toString()));
};

export type Pairs = { readonly [name: string]: string | number };
export type Headers = { readonly [name: string]: string };

export interface Client {
  readonly get: (pairs: Pairs | string, headers?: Headers, path?: string) => Promise<Answer>;
  readonly post: (body: string | Buffer, headers?: Headers, path?: string) => Promise<Answer>;
}

export function clientOf(server: Server): Client {
  return {
    get: async (pairs, headers = {}, path = '/csw') => {
      const query =
        typeof pairs === 'string' ? pairs : new URLSearchParams(Object.entries(pairs).map(([n, v]) => [n, String(v)]));
      const response = await supertest(server)
        .get(`${path}?${query}`.replace(/\?$/, ''))
        .set(headers)
        .buffer(true)
        .parse(asText as never);
      return answerOf({ ...response, text: response.body as string } as supertest.Response);
    },
    post: async (body, headers = {}, path = '/csw') => {
      const response = await supertest(server)
        .post(path)
        .set({ 'Content-Type': 'application/xml', ...headers })
        .serialize((each: unknown) => each as string)
        .buffer(true)
        .parse(asText as never)
        .send(body);
      return answerOf({ ...response, text: response.body as string } as supertest.Response);
    },
  };
}

export const V2 = { service: 'CSW', version: '2.0.2' } as const;
export const V3 = { service: 'CSW', version: '3.0.0' } as const;

/** Attributes of the root of a 2.0.2 request. */
export const ROOT_2 =
  `xmlns:csw="${PREFIXES.csw}" xmlns:ogc="${PREFIXES.ogc}" xmlns:gml="http://www.opengis.net/gml" xmlns:dc="${PREFIXES.dc}" ` +
  `xmlns:dct="${PREFIXES.dct}" xmlns:ows="${PREFIXES.ows}" xmlns:gmd="${PREFIXES.gmd}" service="CSW" version="2.0.2"`;
export const ROOT_3 =
  `xmlns:csw="${PREFIXES.csw3}" xmlns:fes="${PREFIXES.fes}" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:dc="${PREFIXES.dc}" ` +
  `xmlns:dct="${PREFIXES.dct}" xmlns:ows="${PREFIXES.ows2}" service="CSW" version="3.0.0"`;

export interface Query2 {
  /** Attributes of GetRecords besides the usual ones. */
  readonly attributes?: string;
  readonly typeNames?: string;
  readonly set?: string;
  readonly elements?: readonly string[];
  /** Content of ogc:Filter. */
  readonly filter?: string;
  readonly sort?: string;
}

/** A GetRecords request of 2.0.2 in XML that asks for results. */
export function getRecords2({
  attributes = 'resultType="results"',
  typeNames = 'csw:Record',
  set,
  elements,
  filter,
  sort,
}: Query2): string {
  const form =
    elements === undefined
      ? `<csw:ElementSetName>${set ?? 'summary'}</csw:ElementSetName>`
      : elements.map((name) => `<csw:ElementName>${name}</csw:ElementName>`).join('');
  const constraint =
    filter === undefined ? '' : `<csw:Constraint version="1.1.0"><ogc:Filter>${filter}</ogc:Filter></csw:Constraint>`;
  const order =
    sort === undefined
      ? ''
      : `<ogc:SortBy><ogc:SortProperty><ogc:PropertyName>${sort.split(' ')[0]}</ogc:PropertyName><ogc:SortOrder>${sort.split(' ')[1]}</ogc:SortOrder></ogc:SortProperty></ogc:SortBy>`;
  return `<csw:GetRecords ${ROOT_2} ${attributes}><csw:Query typeNames="${typeNames}">${form}${constraint}${order}</csw:Query></csw:GetRecords>`;
}
