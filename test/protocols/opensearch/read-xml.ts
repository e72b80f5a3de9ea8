// Reads our XML as a client that imports nothing from src: namespaces as the standards write them.
import { XmlDocument, type XmlElement } from 'libxml2-wasm';

export const PREFIXES = {
  os: 'http://a9.com/-/spec/opensearch/1.1/',
  geo: 'http://a9.com/-/opensearch/extensions/geo/1.0/',
  time: 'http://a9.com/-/opensearch/extensions/time/1.0/',
  eo: 'http://a9.com/-/opensearch/extensions/eo/1.0/',
  sru: 'http://a9.com/-/opensearch/extensions/sru/2.0/',
  param: 'http://a9.com/-/spec/opensearch/extensions/parameters/1.0/',
  atom: 'http://www.w3.org/2005/Atom',
  dc: 'http://purl.org/dc/elements/1.1/',
  georss: 'http://www.georss.org/georss',
  ows: 'http://www.opengis.net/ows/2.0',
} as const;

export interface Reader {
  /** Text of every node of an XPath. */
  readonly all: (path: string) => readonly string[];
  /** Text of the only node; throws when there is not exactly one. */
  readonly one: (path: string) => string;
  readonly count: (path: string) => number;
  readonly nodes: (path: string) => readonly XmlElement[];
}

export function readXml(text: string): Reader {
  const document = XmlDocument.fromString(text);
  const nodes = (path: string) => document.find(path, PREFIXES);
  const all = (path: string): readonly string[] => nodes(path).map((node) => node.content);
  return {
    all,
    one: (path) => {
      const found = all(path);
      if (found.length !== 1) throw new Error(`${path}: ${found.length} nodes in ${text.slice(0, 400)}`);
      return found[0] as string;
    },
    count: (path) => nodes(path).length,
    nodes: (path) => nodes(path) as XmlElement[],
  };
}
