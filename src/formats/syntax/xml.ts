// Reads XML 1.0 with namespaces (W3C xml-names) into a small tree. Input of strangers: no DOCTYPE, no entities but the five of
// XML and character references, size and depth bounded. fast-xml-parser cuts the text; names are resolved by address here.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { SyntaxFault } from '../../model/errors.ts';
import { MARK, markLongTexts } from './xml-long-texts.ts';

export interface XmlAttribute {
  /** As written: `xlink:href`. */
  readonly qname: string;
  /** Empty for an attribute without prefix. */
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
}
export interface XmlElement {
  readonly qname: string;
  /** Empty when no default namespace is in force. */
  readonly namespace: string;
  readonly name: string;
  /** Without the declarations of namespaces. */
  readonly attributes: readonly XmlAttribute[];
  /** Namespaces declared on this element: prefix (empty = default) → address. */
  readonly declarations: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | string)[];
  /** Where the element starts in the text. */
  readonly offset: number;
}
export interface XmlLimits {
  /** Characters of the whole text. */
  readonly size: number;
  /** Elements within elements, at most 200. */
  readonly depth: number;
  /** Elements in all; absent: as many as fit in. */
  readonly elements?: number;
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const SHORT = 50_000;
const DEFAULT_LIMITS: XmlLimits = { size: 4_000_000, depth: 100 };
const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const METADATA = XMLParser.getMetaDataSymbol() as symbol;
const ATTRIBUTES = ':@';
const TEXT = '#text';
const CDATA = '#cdata';

type RawNode = { readonly [key: string | symbol]: unknown };
type Scope = { readonly [prefix: string]: string };

/**
 * Parses a document. Throws SyntaxFault for text that is not well formed, declares a document type, uses an undeclared prefix or
 * entity, or is beyond the limits.
 */
export function parseXml(text: string, limits: XmlLimits = DEFAULT_LIMITS): XmlElement {
  if (text.length > limits.size) {
    throw new SyntaxFault(
      `The XML document is longer than ${limits.size} characters.`,
      `Le document XML dépasse ${limits.size} caractères.`,
    );
  }
  if (FORBIDDEN.test(text) || /\p{Surrogate}/u.test(text))
    throw notWellFormed('control character or half a surrogate pair');
  if (/<!DOCTYPE/i.test(text)) {
    throw new SyntaxFault(
      'A document type declaration is not accepted.',
      'Une déclaration DOCTYPE n’est pas acceptée.',
    );
  }
  const { marked, offsetOf, elements, fault } = markLongTexts(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  // The parser says more about what is wrong with a short text, and takes long to find it in a long one.
  if (fault !== null && text.length > SHORT) throw notWellFormed(fault);
  if (limits.elements !== undefined && elements > limits.elements) {
    throw new SyntaxFault(
      `The XML document has more than ${limits.elements} elements.`,
      `Le document XML a plus de ${limits.elements} éléments.`,
    );
  }
  const nodes = cut(marked, limits.depth);
  const roots = nodes.filter((node) => elementName(node) !== undefined);
  if (roots.length !== 1) throw notWellFormed('exactly one root element is wanted');
  return build(roots[0] as RawNode, { xml: XML_NAMESPACE, '': '' }, offsetOf);
}

function cut(text: string, depth: number): readonly RawNode[] {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw notWellFormed(`line ${valid.err.line}: ${valid.err.msg}`);
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    processEntities: false,
    cdataPropName: CDATA,
    captureMetaData: true,
    maxNestedTags: Math.min(depth, 200),
    ignoreDeclaration: true,
    ignorePiTags: true,
  });
  try {
    return parser.parse(text) as readonly RawNode[];
  } catch (error) {
    throw notWellFormed(error instanceof Error ? error.message : String(error));
  }
}

function build(node: RawNode, outer: Scope, offsetOf: (place: number) => number): XmlElement {
  const qname = elementName(node) ?? '';
  const raw = Object.entries((node[ATTRIBUTES] ?? {}) as Record<string, string>).map(
    ([name, value]) => [name.slice(1), attributeText(value)] as const,
  );
  const declarations = new Map<string, string>();
  for (const [name, value] of raw) {
    if (name === 'xmlns') declarations.set('', value);
    else if (name.startsWith('xmlns:')) declarations.set(name.slice(6), value);
  }
  const scope = declarations.size === 0 ? outer : { ...outer, ...Object.fromEntries(declarations) };
  const attributes: XmlAttribute[] = [];
  for (const [name, value] of raw) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue;
    const own = split(name);
    attributes.push({
      qname: name,
      namespace: own.prefix === '' ? '' : lookUp(scope, own.prefix),
      name: own.local,
      value,
    });
  }
  const own = split(qname);
  const start = (node[METADATA] as { startIndex?: number } | undefined)?.startIndex ?? 0;
  return {
    qname,
    namespace: lookUp(scope, own.prefix),
    name: own.local,
    attributes,
    declarations,
    children: childrenOf(node[qname] as readonly RawNode[], scope, offsetOf),
    offset: offsetOf(start),
  };
}

function childrenOf(
  nodes: readonly RawNode[],
  scope: Scope,
  offsetOf: (place: number) => number,
): readonly (XmlElement | string)[] {
  const children: (XmlElement | string)[] = [];
  const addText = (text: string): void => {
    const last = children.length - 1;
    if (typeof children[last] === 'string') children[last] = `${children[last]}${text}`;
    else children.push(text);
  };
  for (const node of nodes) {
    if (TEXT in node) addText(decode(String(node[TEXT]), true));
    else if (CDATA in node)
      addText((node[CDATA] as readonly RawNode[]).map((part) => sectionText(String(part[TEXT]))).join(''));
    else if (elementName(node) !== undefined) children.push(build(node, scope, offsetOf));
  }
  return children;
}

/** A long text was no section in the document: its references mean something. */
const sectionText = (raw: string): string => (raw.startsWith(MARK) ? decode(raw.slice(1), true) : raw);

function elementName(node: RawNode): string | undefined {
  return Object.keys(node).find((key) => key !== ATTRIBUTES && key !== TEXT && key !== CDATA);
}

function split(qname: string): { readonly prefix: string; readonly local: string } {
  const parts = qname.split(':');
  if (parts.length > 2 || parts.some((part) => part === '')) throw notWellFormed(`the name ${qname}`);
  return parts.length === 2 ? { prefix: parts[0] as string, local: parts[1] as string } : { prefix: '', local: qname };
}

function lookUp(scope: Scope, prefix: string): string {
  const address = Object.hasOwn(scope, prefix) ? scope[prefix] : undefined;
  if (address === undefined) throw notWellFormed(`the prefix ${prefix} is not declared`);
  return address;
}

function attributeText(raw: string): string {
  if (raw.includes('<')) throw notWellFormed('"<" in an attribute');
  return decode(raw.replace(/[\t\n\r]/g, ' '), false);
}

function decode(raw: string, text: boolean): string {
  if (text && raw.includes(']]>')) throw notWellFormed('"]]>" in text');
  if (!raw.includes('&')) return raw;
  return raw.replace(/&([^;&<\s]*)(;?)/g, (whole, name: string, end: string) => {
    if (end === '') throw notWellFormed('"&" without a reference');
    const entity = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : characterReference(name);
    if (entity === undefined) throw notWellFormed(`the reference ${whole}`);
    return entity;
  });
}

function characterReference(name: string): string | undefined {
  const match = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
  if (match === null) return undefined;
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  const character = String.fromCodePoint(code);
  return FORBIDDEN.test(character) ? undefined : character;
}

/** The parser's own reasons may repeat the text. */
const LONGEST_REASON = 200;

function notWellFormed(whole: string): SyntaxFault {
  const reason = whole.length > LONGEST_REASON ? `${whole.slice(0, LONGEST_REASON)}…` : whole;
  return new SyntaxFault(`The XML is not well formed: ${reason}.`, `Le XML n’est pas bien formé : ${reason}.`);
}

/** Value of an attribute; undefined when it is absent. */
export function attributeOf(element: XmlElement | undefined, name: string, namespace = ''): string | undefined {
  return element?.attributes.find((each) => each.name === name && each.namespace === namespace)?.value;
}

/** Child elements, in order. */
export function elementsOf(element: XmlElement | undefined): readonly XmlElement[] {
  return element === undefined ? [] : element.children.filter((child) => typeof child !== 'string');
}

/** The element's text with all that is below it, as written. */
export function textOf(element: XmlElement): string {
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}
