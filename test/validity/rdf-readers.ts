// JSON-LD (with a context of prefixes alone) and RDF/XML (striped, as our writer makes it) read into triples, by code that shares nothing with
// the writers. For JSON-LD the public library is asked too, over fewer documents.
import jsonld from 'jsonld';
import { DataFactory, type Quad, type Term, Writer } from 'n3';
import { attributeOf, elementsOf, parseXml, textOf, type XmlElement } from '../../src/formats/syntax/xml.ts';

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const XML = 'http://www.w3.org/XML/1998/namespace';
const { namedNode, literal, blankNode, quad } = DataFactory;

/** Throws where the document asks for anything outside itself. */
const nothingFromOutside = async (address: string): Promise<never> => {
  throw new Error(`asked for ${address}`);
};

/** Canonical N-Quads (RDFC-1.0) of triples: equal for equal graphs. */
export async function canonical(quads: readonly Quad[]): Promise<string> {
  const writer = new Writer({ format: 'N-Quads' });
  writer.addQuads([...quads]);
  const text = await new Promise<string>((resolve, reject) => {
    writer.end((error, result) => (error ? reject(error) : resolve(result)));
  });
  return canonicalText(text, 'application/n-quads');
}

/** The same of a JSON-LD document, by the library. */
export async function canonicalJsonLd(document: string): Promise<string> {
  return canonicalText(JSON.parse(document) as object);
}

async function canonicalText(input: object | string, inputFormat?: string): Promise<string> {
  const options = { algorithm: 'RDFC-1.0', format: 'application/n-quads', documentLoader: nothingFromOutside };
  const given = inputFormat === undefined ? options : { ...options, inputFormat };
  return (await jsonld.canonize(input as never, given as never)) as unknown as string;
}

/** Triples of an RDF/XML document of typed nodes. Throws where it is none. */
export function rdfXmlQuads(document: string): readonly Quad[] {
  const root = parseXml(document);
  if (root.namespace !== RDF || root.name !== 'RDF') throw new Error('no rdf:RDF');
  const quads: Quad[] = [];
  for (const element of elementsOf(root)) readNode(element, quads);
  return quads;
}

function readNode(element: XmlElement, quads: Quad[]): Term {
  const about = attributeOf(element, 'about', RDF);
  const subject = about === undefined ? blankNode() : namedNode(about);
  if (!(element.namespace === RDF && element.name === 'Description')) {
    quads.push(quad(subject, namedNode(`${RDF}type`), namedNode(element.namespace + element.name)));
  }
  for (const property of elementsOf(element)) {
    const predicate = namedNode(property.namespace + property.name);
    quads.push(quad(subject, predicate, readValue(property, quads) as never));
  }
  return subject;
}

function readValue(property: XmlElement, quads: Quad[]): Term {
  const resource = attributeOf(property, 'resource', RDF);
  if (resource !== undefined) return namedNode(resource);
  const [inner, ...more] = elementsOf(property);
  if (more.length > 0) throw new Error(`${property.name} holds several nodes`);
  if (inner !== undefined) return readNode(inner, quads);
  const language = attributeOf(property, 'lang', XML);
  const type = attributeOf(property, 'datatype', RDF);
  return literal(textOf(property), language ?? (type === undefined ? undefined : namedNode(type)));
}

/** Triples of a JSON-LD document that uses compact names of its own context and nothing else. Throws at anything else. */
export function jsonLdQuads(document: string): readonly Quad[] {
  const { '@context': context, '@graph': graph, ...rest } = JSON.parse(document) as { [name: string]: unknown };
  if (Object.keys(rest).length > 0) throw new Error(`unknown members ${Object.keys(rest)}`);
  const quads: Quad[] = [];
  const names = context as { readonly [prefix: string]: string };
  for (const node of graph as readonly object[]) readObject(node as Members, names, quads);
  return quads;
}

type Members = { readonly [name: string]: unknown };

function readObject(node: Members, names: { readonly [prefix: string]: string }, quads: Quad[]): Term {
  const full = (name: string): string => {
    const [prefix = '', local] = name.split(':');
    const start = names[prefix];
    if (start === undefined || local === undefined) throw new Error(`unknown name ${name}`);
    return start + local;
  };
  const subject = typeof node['@id'] === 'string' ? namedNode(node['@id']) : blankNode();
  for (const type of [node['@type'] ?? []].flat() as string[]) {
    quads.push(quad(subject, namedNode(`${RDF}type`), namedNode(full(type))));
  }
  for (const [name, values] of Object.entries(node)) {
    if (name.startsWith('@')) continue;
    for (const value of [values].flat()) {
      quads.push(quad(subject, namedNode(full(name)), readTerm(value, full, names, quads) as never));
    }
  }
  return subject;
}

function readTerm(
  value: unknown,
  full: (name: string) => string,
  names: { readonly [prefix: string]: string },
  quads: Quad[],
): Term {
  if (typeof value === 'string') return literal(value);
  const members = value as Members;
  if (typeof members['@value'] === 'string') {
    const language = members['@language'];
    const type = members['@type'];
    if (typeof language === 'string') return literal(members['@value'], language);
    return literal(members['@value'], typeof type === 'string' ? namedNode(full(type)) : undefined);
  }
  const names2 = Object.keys(members);
  if (names2.length === 1 && names2[0] === '@id') return namedNode(String(members['@id']));
  return readObject(members, names, quads);
}
