// XML answers, read by XPath 1.0 with the prefixes below. No entity and no file outside the document is ever read.
import { XmlDocument, type XmlElement, type XmlNode } from 'libxml2-wasm';

export const NAMESPACES = {
  csw: 'http://www.opengis.net/cat/csw/2.0.2',
  csw3: 'http://www.opengis.net/cat/csw/3.0',
  ows: 'http://www.opengis.net/ows',
  ows11: 'http://www.opengis.net/ows/1.1',
  ows2: 'http://www.opengis.net/ows/2.0',
  ogc: 'http://www.opengis.net/ogc',
  fes: 'http://www.opengis.net/fes/2.0',
  gml: 'http://www.opengis.net/gml/3.2',
  gml31: 'http://www.opengis.net/gml',
  gmd: 'http://www.isotc211.org/2005/gmd',
  gco: 'http://www.isotc211.org/2005/gco',
  gmx: 'http://www.isotc211.org/2005/gmx',
  srv: 'http://www.isotc211.org/2005/srv',
  gmi: 'http://standards.iso.org/iso/19115/-2/gmi/1.0',
  mdb: 'http://standards.iso.org/iso/19115/-3/mdb/2.0',
  mcc: 'http://standards.iso.org/iso/19115/-3/mcc/1.0',
  gco3: 'http://standards.iso.org/iso/19115/-3/gco/1.0',
  dc: 'http://purl.org/dc/elements/1.1/',
  dct: 'http://purl.org/dc/terms/',
  atom: 'http://www.w3.org/2005/Atom',
  os: 'http://a9.com/-/spec/opensearch/1.1/',
  geo: 'http://a9.com/-/opensearch/extensions/geo/1.0/',
  time: 'http://a9.com/-/opensearch/extensions/time/1.0/',
  param: 'http://a9.com/-/spec/opensearch/extensions/parameters/1.0/',
  georss: 'http://www.georss.org/georss',
  oai: 'http://www.openarchives.org/OAI/2.0/',
  oaidc: 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  datacite: 'http://datacite.org/schema/kernel-4',
  wps1: 'http://www.opengis.net/wps/1.0.0',
  wps: 'http://www.opengis.net/wps/2.0',
  soap: 'http://www.w3.org/2003/05/soap-envelope',
  inspireds: 'http://inspire.ec.europa.eu/schemas/inspire_ds/1.0',
  inspirecommon: 'http://inspire.ec.europa.eu/schemas/common/1.0',
  xs: 'http://www.w3.org/2001/XMLSchema',
  xlink: 'http://www.w3.org/1999/xlink',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
} as const;

/** A node of a document, or the document. */
export interface Doc {
  /** Texts of the nodes of a path, white space at their ends left out. */
  readonly all: (path: string) => readonly string[];
  /** Text of the first node; '' where there is none. */
  readonly text: (path: string) => string;
  readonly count: (path: string) => number;
  /** Does the path hold: is there a node, or is the expression true? */
  readonly holds: (path: string) => boolean;
  /** The nodes themselves, to ask further. */
  readonly nodes: (path: string) => readonly Doc[];
  /** Local name of the (root) element. */
  readonly name: string;
  readonly namespace: string;
  /** The element as a document of its own, with every namespace that it needs. */
  readonly source: () => string;
}

export function readXml(text: string): Doc {
  const document = XmlDocument.fromString(text);
  return docOf(document, document, document.root);
}

/** The library frees a document that nothing holds, its nodes with it: every Doc holds the whole document. */
function docOf(document: XmlDocument, context: XmlDocument | XmlNode, element: XmlElement): Doc {
  const find = (path: string): XmlNode[] => context.find(path, NAMESPACES);
  const all = (path: string): readonly string[] => find(path).map((node) => node.content.trim());
  return {
    all,
    text: (path) => all(path)[0] ?? '',
    count: (path) => find(path).length,
    holds: (path) => {
      const value = context.eval(path, NAMESPACES);
      return Array.isArray(value) ? value.length > 0 : Boolean(value);
    },
    nodes: (path) => find(path).map((node) => docOf(document, node, node as XmlElement)),
    name: element.name,
    namespace: element.namespaceUri,
    source: () => sourceOf(element),
  };
}

/** Namespaces in scope are written at the element, so that a record can be cut out of a list. */
function sourceOf(element: XmlElement): string {
  const text = element.toString();
  const head = /^<[^\s/>]+/.exec(text)?.[0] ?? '';
  const start = text.slice(0, text.indexOf('>'));
  const declarations = Object.entries(element.namespaces)
    .map(([prefix, uri]) => [prefix === '' ? 'xmlns' : `xmlns:${prefix}`, uri] as const)
    .filter(([name]) => !start.includes(` ${name}=`))
    .map(([name, uri]) => ` ${name}="${uri}"`);
  return `${head}${declarations.join('')}${text.slice(head.length)}`;
}
