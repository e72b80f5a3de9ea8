// A small RDF graph as data, and its three notations: Turtle 1.1, JSON-LD 1.1 with a context of prefixes alone, RDF/XML. A node that has no
// address stands inside the one that names it. Notations write node after node, so that a catalogue of any size can flow.
import { cleanText, decimal, xmlAttribute, xmlText } from './text.ts';

export const PREFIXES = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  geo: 'http://www.opengis.net/ont/geosparql#',
  geodcatap: 'http://data.europa.eu/930/',
  locn: 'http://www.w3.org/ns/locn#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** Prefixes of EPOS-DCAT-AP besides; documents that declare the others alone do not use them. */
export const EPOS_PREFIXES = {
  epos: 'https://www.epos-eu.org/epos-dcat-ap#',
  http: 'http://www.w3.org/2006/http#',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  schema: 'http://schema.org/',
} as const;

/** `dct:title`: a prefix of the tables and a name. */
export type Name = `${keyof typeof PREFIXES | keyof typeof EPOS_PREFIXES}:${string}`;

export type Term =
  | { readonly kind: 'iri'; readonly iri: string }
  | { readonly kind: 'text'; readonly text: string; readonly language?: string; readonly type?: Name }
  | Node;

export interface Node {
  readonly kind: 'node';
  /** null: without address, stands inside another. */
  readonly iri: string | null;
  readonly types: readonly [Name, ...Name[]] | readonly [];
  readonly properties: readonly (readonly [Name, readonly Term[]])[];
}

/** An address, its characters that no notation allows escaped; none where the text is no absolute address. */
export function iri(address: string | null | undefined): readonly Term[] {
  if (address === null || address === undefined || !/^[A-Za-z][A-Za-z0-9+.-]*:/.test(address)) return [];
  // What somebody stored may become a link on somebody's page.
  if (/^(javascript|vbscript|data):/i.test(address)) return [];
  return [{ kind: 'iri', iri: escapeIri(address) }];
}

/** A text; none where there is nothing to write. */
export function text(value: string | null | undefined, language?: string): readonly Term[] {
  const clean = value === null || value === undefined ? '' : cleanText(value);
  if (clean.trim() === '') return [];
  return [{ kind: 'text', text: clean, ...(language === undefined ? {} : { language }) }];
}

export function typed(value: string | number | null | undefined, type: Name): readonly Term[] {
  if (value === null || value === undefined || value === '') return [];
  return [{ kind: 'text', text: typeof value === 'number' ? decimal(value) : value, type }];
}

/** A node; properties without a value are left out. */
export function node(address: string | null, types: Node['types'], properties: Node['properties']): Node {
  return {
    kind: 'node',
    iri: address === null ? null : escapeIri(address),
    types,
    properties: properties.filter(([, values]) => values.length > 0),
  };
}

function escapeIri(address: string): string {
  return cleanText(address).replace(/[\u0000-\u0020<>"{}|\\^`]/g, (c) => encodeURIComponent(c));
}

// --- Turtle

export function turtleHead(prefixes: { readonly [prefix: string]: string } = PREFIXES): string {
  return `${Object.entries(prefixes)
    .map(([prefix, address]) => `@prefix ${prefix}: <${address}> .`)
    .join('\n')}\n`;
}

/** One node as a statement of its own, with a line feed before it. */
export function turtle(subject: Node): string {
  return `\n${subject.iri === null ? '[]' : `<${subject.iri}>`} ${turtleBody(subject, '  ')} .\n`;
}

function turtleBody({ types, properties }: Node, indent: string): string {
  const lines = types.length > 0 ? [`a ${types.join(', ')}`] : [];
  for (const [name, values] of properties) {
    lines.push(`${name} ${values.map((value) => turtleTerm(value, indent)).join(', ')}`);
  }
  return lines.join(` ;\n${indent}`);
}

function turtleTerm(term: Term, indent: string): string {
  if (term.kind === 'iri') return `<${term.iri}>`;
  if (term.kind === 'node') return `[ ${turtleBody(term, `${indent}  `)} ]`;
  const quoted = `"${term.text.replace(/["\\\n\r\t]/g, (c) => TURTLE_ESCAPES[c] ?? c)}"`;
  if (term.language !== undefined) return `${quoted}@${term.language}`;
  return term.type === undefined ? quoted : `${quoted}^^${term.type}`;
}

const TURTLE_ESCAPES: { readonly [character: string]: string } = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

// --- JSON-LD

/** One node object, without context. */
export function jsonLd(subject: Node): object {
  const members: { [name: string]: unknown } = {};
  if (subject.iri !== null) members['@id'] = subject.iri;
  if (subject.types.length > 0) members['@type'] = subject.types.length === 1 ? subject.types[0] : subject.types;
  for (const [name, values] of subject.properties) {
    const written = values.map(jsonLdTerm);
    members[name] = written.length === 1 ? written[0] : written;
  }
  return members;
}

function jsonLdTerm(term: Term): unknown {
  if (term.kind === 'iri') return { '@id': term.iri };
  if (term.kind === 'node') return jsonLd(term);
  if (term.language !== undefined) return { '@value': term.text, '@language': term.language };
  return term.type === undefined ? term.text : { '@value': term.text, '@type': term.type };
}

// --- RDF/XML

export function rdfXml(nodes: readonly Node[]): string {
  const declared = Object.entries(PREFIXES)
    .map(([prefix, address]) => ` xmlns:${prefix}="${address}"`)
    .join('');
  return `<rdf:RDF${declared}>${nodes.map(rdfXmlNode).join('')}</rdf:RDF>`;
}

function rdfXmlNode({ iri: address, types, properties }: Node): string {
  const [first = 'rdf:Description', ...more] = types;
  const about = address === null ? '' : ` rdf:about="${xmlAttribute(address)}"`;
  const typesToo = more.map((type) => `<rdf:type rdf:resource="${xmlAttribute(expanded(type))}"/>`).join('');
  const body = properties.map(([name, values]) => values.map((value) => rdfXmlProperty(name, value)).join('')).join('');
  return `<${first}${about}>${typesToo}${body}</${first}>`;
}

function rdfXmlProperty(name: Name, term: Term): string {
  if (term.kind === 'iri') return `<${name} rdf:resource="${xmlAttribute(term.iri)}"/>`;
  if (term.kind === 'node') return `<${name}>${rdfXmlNode(term)}</${name}>`;
  const language = term.language === undefined ? '' : ` xml:lang="${term.language}"`;
  const type = term.type === undefined ? '' : ` rdf:datatype="${xmlAttribute(expanded(term.type))}"`;
  return `<${name}${language}${type}>${xmlText(term.text)}</${name}>`;
}

function expanded(name: Name): string {
  const [prefix = '', local = ''] = name.split(':');
  const known: { readonly [prefix: string]: string } = { ...PREFIXES, ...EPOS_PREFIXES };
  return (known[prefix] ?? '') + local;
}
