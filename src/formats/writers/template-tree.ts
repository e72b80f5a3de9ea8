// Reads a template document and its fragments into a tree that the compiler turns into code, and checks every name that it uses.
import { SyntaxFault } from '../../model/errors.ts';
import { parseXml, type XmlElement } from '../syntax/xml.ts';
import { type Piece, parsePieces, parseReference, type Reference } from './template-text.ts';

export const TEMPLATE_NAMESPACE = 'urn:vobs:template';

/** What a template may name: a value, a list of plain values ({.}), or a group or list of groups with names of its own. */
export type Names = { readonly [name: string]: 'value' | 'list' | Names };

export interface Condition {
  readonly reference: Reference;
  readonly negated: boolean;
  readonly equals: string | null;
}
export interface TemplateElement {
  readonly kind: 'element';
  /** null: an element of ours, which vanishes and leaves its content. */
  readonly qname: string | null;
  /** Attributes with constant text, declarations of namespaces included, and those with slots. */
  readonly attributes: readonly { readonly qname: string; readonly pieces: readonly Piece[] }[];
  readonly each: Reference | null;
  readonly condition: Condition | null;
  readonly children: readonly TemplateNode[];
}
export type TemplateNode = TemplateElement | { readonly kind: 'text'; readonly pieces: readonly Piece[] };

/** A fault of a template: which file, which line, and the slot where one is concerned. */
export class TemplateFault extends Error {
  readonly file: string;
  readonly line: number;
  readonly slot: string | undefined;
  constructor(file: string, line: number, reason: string, slot?: string) {
    super(`${file}:${line}: ${slot === undefined ? '' : `{${slot}}: `}${reason}`);
    this.name = 'TemplateFault';
    this.file = file;
    this.line = line;
    this.slot = slot;
  }
}

interface Place {
  readonly templates: ReadonlyMap<string, string>;
  readonly file: string;
  readonly source: string;
  /** Files that include each other, outermost first. */
  readonly files: readonly string[];
  /** Names in force, innermost last; 'value' is the item of a list of plain values. */
  readonly scopes: readonly (Names | 'value')[];
  readonly declared: ReadonlyMap<string, string>;
}

/** Reads the template at `file`; throws TemplateFault for anything that is not as mappings/README.md says. */
export function readTemplate(templates: ReadonlyMap<string, string>, file: string, names: Names): TemplateElement {
  const place: Place = { templates, file, source: '', files: [], scopes: [names], declared: new Map() };
  const root = readFile(place, file, 1);
  if (root.qname === null || root.each !== null || root.condition !== null) {
    throw new TemplateFault(
      file,
      1,
      'the root of a document is always written: no vobs:each, vobs:if or vobs:group there',
    );
  }
  return root;
}

function readFile(from: Place, file: string, line: number): TemplateElement {
  const source = from.templates.get(file);
  if (source === undefined) throw new TemplateFault(from.file, line, `no template ${file}`);
  if (from.files.includes(file)) throw new TemplateFault(from.file, line, `${file} includes itself`);
  const place = { ...from, file, source, files: [...from.files, file] };
  let root: XmlElement;
  try {
    root = parseXml(source);
  } catch (error) {
    if (error instanceof SyntaxFault) throw new TemplateFault(file, 1, error.detail.en ?? error.message);
    throw error;
  }
  return readElement(root, place);
}

function readElement(element: XmlElement, outer: Place): TemplateElement {
  const fail = failing(outer, element);
  const own = ownAttributes(element, fail);
  const condition = conditionOf(own, outer, fail);
  const each = own.each === undefined ? null : parseReference(own.each, fail);
  const place: Place = {
    ...outer,
    scopes: each === null ? outer.scopes : [...outer.scopes, itemsOf(each, outer, fail)],
    declared: new Map([...outer.declared, ...element.declarations]),
  };
  const group = element.namespace === TEMPLATE_NAMESPACE;
  if (group && element.name !== 'group') fail(`there is no <vobs:${element.name}>; only <vobs:group>`);
  if (group && element.attributes.some((each) => each.namespace !== TEMPLATE_NAMESPACE)) {
    fail('<vobs:group> vanishes: it has no attributes of its own');
  }
  if (group && declarationsOf(element, outer).length > 0) {
    fail(`<vobs:group> vanishes: declare ${declarationsOf(element, outer)[0]?.qname} on the root of the document`);
  }
  if (own.include !== undefined && element.children.some((child) => typeof child !== 'string' || child.trim() !== '')) {
    fail('an element with vobs:include has no content of its own');
  }
  return {
    kind: 'element',
    qname: group ? null : element.qname,
    attributes: [...declarationsOf(element, outer), ...attributesOf(element, place, fail)],
    each,
    condition,
    children: (own.include === undefined
      ? readChildren(element, place, fail)
      : [readFile(place, beside(place.file, own.include), lineOf(place.source, element.offset))]
    ).flatMap(dissolved),
  };
}

function readChildren(element: XmlElement, place: Place, fail: Fail): readonly TemplateNode[] {
  const nodes: TemplateNode[] = [];
  for (const child of element.children) {
    if (typeof child !== 'string') {
      nodes.push(readElement(child, place));
      continue;
    }
    const text = child.trim();
    if (text === '') continue;
    if (element.namespace === TEMPLATE_NAMESPACE) fail('<vobs:group> holds elements only');
    nodes.push({ kind: 'text', pieces: checked(parsePieces(text, fail), place, fail) });
  }
  return nodes;
}

/** A plain group is only a bracket: what it holds belongs to the element around it. */
function dissolved(node: TemplateNode): readonly TemplateNode[] {
  const plain = node.kind === 'element' && node.qname === null && node.each === null && node.condition === null;
  return plain ? node.children : [node];
}

type Fail = (reason: string, slot?: string) => never;
type Own = { readonly [name in 'each' | 'if' | 'unless' | 'include']?: string };

function ownAttributes(element: XmlElement, fail: Fail): Own {
  const own: { [name: string]: string } = {};
  for (const attribute of element.attributes) {
    if (attribute.namespace !== TEMPLATE_NAMESPACE) continue;
    if (!['each', 'if', 'unless', 'include'].includes(attribute.name)) fail(`there is no vobs:${attribute.name}`);
    own[attribute.name] = attribute.value;
  }
  return own;
}

function conditionOf(own: Own, place: Place, fail: Fail): Condition | null {
  if (own.if !== undefined && own.unless !== undefined)
    fail('vobs:if and vobs:unless together; use an outer <vobs:group>');
  const written = own.if ?? own.unless;
  if (written === undefined) return null;
  const [name = '', ...rest] = written.split('=');
  const reference = parseReference(name, fail);
  const kind = kindOf(reference, place, fail);
  if (rest.length > 0 && kind !== 'value') fail('only a value can be compared', reference.written);
  return { reference, negated: own.unless !== undefined, equals: rest.length > 0 ? rest.join('=').trim() : null };
}

function itemsOf(reference: Reference, place: Place, fail: Fail): Names | 'value' {
  const kind = kindOf(reference, place, fail);
  if (kind === 'value') return fail('vobs:each wants a list or a group', reference.written);
  return kind === 'list' ? 'value' : kind;
}

function checked(pieces: readonly Piece[], place: Place, fail: Fail): readonly Piece[] {
  for (const piece of pieces) {
    if (piece.kind === 'optional') checked(piece.pieces, place, fail);
    else if (piece.kind !== 'literal') {
      const kind = kindOf(piece.reference, place, fail);
      if (piece.kind === 'slot' && kind !== 'value') fail('is a list; use vobs:each', piece.reference.written);
    }
  }
  return pieces;
}

function kindOf(reference: Reference, place: Place, fail: Fail): 'value' | 'list' | Names {
  const scope = place.scopes[place.scopes.length - 1 - reference.up];
  if (scope === undefined) return fail('there is nothing further out', reference.written);
  if (reference.name === '.')
    return scope === 'value' ? 'value' : fail('here is no list of plain values', reference.written);
  const kind = scope === 'value' || !Object.hasOwn(scope, reference.name) ? undefined : scope[reference.name];
  if (kind !== undefined) return kind;
  const known = scope === 'value' ? '.' : Object.keys(scope).join(', ');
  return fail(`there is no such name here; there are: ${known}`, reference.written);
}

function declarationsOf(element: XmlElement, outer: Place): TemplateElement['attributes'] {
  return [...element.declarations]
    .filter(([prefix, address]) => address !== TEMPLATE_NAMESPACE && outer.declared.get(prefix) !== address)
    .map(([prefix, address]) => ({
      qname: prefix === '' ? 'xmlns' : `xmlns:${prefix}`,
      pieces: [{ kind: 'literal', text: address }],
    }));
}

function attributesOf(element: XmlElement, place: Place, fail: Fail): TemplateElement['attributes'] {
  return element.attributes
    .filter((attribute) => attribute.namespace !== TEMPLATE_NAMESPACE)
    .map((attribute) => ({
      qname: attribute.qname,
      pieces: checked(parsePieces(attribute.value, fail), place, fail),
    }));
}

function failing(place: Place, element: XmlElement): Fail {
  return (reason, slot) => {
    const at = slot === undefined ? -1 : place.source.indexOf(slot, element.offset);
    throw new TemplateFault(place.file, lineOf(place.source, Math.max(at, element.offset)), reason, slot);
  };
}

function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}

function beside(file: string, name: string): string {
  return name.includes('/') ? name : `${file.slice(0, file.lastIndexOf('/') + 1)}${name}`;
}
