// Turns a template's tree into the text of a JavaScript function that joins strings. What lives and what vanishes is decided here:
// an element lives when all of its own required slots have a value and, if it has anything variable in it, something of that lives.

import { createEmitter, type Emitter } from './template-emitter.ts';
import {
  attributeLiteral,
  constantAttribute,
  constantAttributes,
  constantNode,
  hasLiteral,
  hasOwnSlots,
  hasSlot,
  isVariable,
  usesOuter,
} from './template-shape.ts';
import type { Piece, Reference } from './template-text.ts';
import type { Condition, TemplateElement, TemplateNode } from './template-tree.ts';
import { xmlText } from './text.ts';

interface Context {
  readonly emit: Emitter;
  /** Variables of the items in force, innermost last. */
  readonly scopes: readonly string[];
}
/** Constant text around the element that appears and vanishes with it. */
interface Wrapping {
  readonly before: string;
  readonly after: string;
}
interface Own {
  readonly attributes: readonly (string | { readonly name: string })[];
  readonly texts: ReadonlyMap<TemplateNode, string>;
  /** Conditions that must all hold. */
  readonly required: readonly string[];
  /** Conditions of which one shows that something variable was written. */
  readonly optional: readonly string[];
}

const NO_WRAPPING: Wrapping = { before: '', after: '' };

export interface TemplateCode {
  /** Body of a function of the parameters named in TEMPLATE_PARAMETERS that gives the document's text. */
  readonly body: string;
  /** How many texts it may remember for a shared group. */
  readonly memories: number;
}

/** View; text, attribute; has it a value; items of a value; symbol of a group's memory; keys of memories; how to remember. */
export const TEMPLATE_PARAMETERS = ['v0', 't', 'a', 'h', 'n', 'y', 'x', 'r'] as const;

/** Writes the code of a whole document. */
export function codeOfTemplate(root: TemplateElement): TemplateCode {
  const emit = createEmitter();
  const context: Context = { emit, scopes: ['v0'] };
  const own = ownParts(root, context);
  for (const condition of own.required) {
    emit.statement(`if (!(${condition})) throw new Error('a required slot of the root element has no value');`);
  }
  writeBody(root, own, context, null, NO_WRAPPING);
  emit.statement('');
  return { body: `let o = '';\n${emit.source()}\nreturn o;`, memories: emit.memories() };
}

/** Writes one element with its condition and repetition. `lives` names the variable that is set when it lived. */
function writeElement(element: TemplateElement, outer: Context, lives: string | null, wrapping: Wrapping): void {
  const { emit } = outer;
  if (element.condition !== null) emit.statement(`if (${conditionCode(element.condition, outer)}) {`);
  if (element.each === null) writeOnce(element, outer, lives, wrapping);
  else if (usesOuter(element, 0)) writeItems(element, element.each, outer, lives);
  else writeRemembered(element, element.each, outer, lives);
  if (element.condition !== null) emit.statement('}');
}

function writeItems(element: TemplateElement, each: Reference, outer: Context, lives: string | null): void {
  const { emit } = outer;
  const [list, index, item] = [emit.fresh('l'), emit.fresh('i'), emit.fresh('v')];
  emit.statement(`const ${list} = n(${referenceCode(each, outer)});`);
  emit.statement(`for (let ${index} = 0; ${index} < ${list}.length; ${index}++) { const ${item} = ${list}[${index}];`);
  writeOnce(element, { emit, scopes: [...outer.scopes, item] }, lives, NO_WRAPPING);
  emit.statement('}');
}

/** A repetition that names nothing further out is the same text each time for the same group: a shared group remembers it. */
function writeRemembered(element: TemplateElement, each: Reference, outer: Context, lives: string | null): void {
  const { emit } = outer;
  const [group, known, text, mark] = [emit.fresh('g'), emit.fresh('k'), emit.fresh('w'), emit.fresh('m')];
  const place = `x[${emit.memory()}]`;
  emit.statement(`const ${group} = ${referenceCode(each, outer)};`);
  emit.statement(`if (${group} !== undefined && ${group} !== null) {`);
  emit.statement(
    `const ${known} = ${group}[y]; let ${text} = ${known} === undefined ? undefined : ${known}.get(${place});`,
  );
  emit.statement(`if (${text} === undefined) { const ${mark} = o; o = '';`);
  writeItems(element, each, outer, null);
  emit.statement(`${text} = o; o = ${mark}; if (${known} !== undefined) r(${known}, ${place}, ${text}); }`);
  emit.statement(`o += ${text};${lives === null ? '' : ` if (${text} !== '') ${lives} = true;`} }`);
}

function writeOnce(element: TemplateElement, context: Context, lives: string | null, wrapping: Wrapping): void {
  const { emit } = context;
  const variable = element.children.filter((child) => child.kind === 'element' && isVariable(child));
  if (variable.length === 1 && !hasOwnSlots(element) && variable[0]?.kind === 'element' && variable[0].each === null) {
    writeChain(element, variable[0], context, lives, wrapping);
    return;
  }
  const own = ownParts(element, context);
  if (own.required.length > 0) {
    emit.statement(`if (${own.required.join(' && ')}) {`);
    writeBody(element, own, context, null, wrapping);
    if (lives !== null) emit.statement(`${lives} = true;`);
    emit.statement('}');
  } else if (variable.length > 0) {
    const [mark, some] = [emit.fresh('m'), emit.fresh('b')];
    emit.statement(`const ${mark} = o; let ${some} = ${own.optional.join(' || ') || 'false'};`);
    writeBody(element, own, context, some, wrapping);
    emit.statement(lives === null ? `if (!${some}) o = ${mark};` : `if (${some}) ${lives} = true; else o = ${mark};`);
  } else {
    if (own.optional.length > 0) emit.statement(`if (${own.optional.join(' || ')}) {`);
    writeBody(element, own, context, null, wrapping);
    if (lives !== null) emit.statement(`${lives} = true;`);
    if (own.optional.length > 0) emit.statement('}');
  }
}

/** An element that has nothing variable but one child lives exactly when that child lives: their tags are written together. */
function writeChain(
  element: TemplateElement,
  child: TemplateElement,
  context: Context,
  lives: string | null,
  wrapping: Wrapping,
): void {
  const at = element.children.indexOf(child);
  const open = element.qname === null ? '' : `<${element.qname}${constantAttributes(element)}>`;
  const close = element.qname === null ? '' : `</${element.qname}>`;
  writeElement(child, context, lives, {
    before: wrapping.before + open + element.children.slice(0, at).map(constantNode).join(''),
    after:
      element.children
        .slice(at + 1)
        .map(constantNode)
        .join('') +
      close +
      wrapping.after,
  });
}

function writeBody(
  element: TemplateElement,
  own: Own,
  context: Context,
  lives: string | null,
  wrapping: Wrapping,
): void {
  const { emit } = context;
  emit.literal(wrapping.before);
  if (element.qname !== null) emit.literal(`<${element.qname}`);
  for (const attribute of own.attributes) {
    if (typeof attribute === 'string') emit.literal(attribute);
    else emit.expression(attribute.name);
  }
  if (element.qname !== null) emit.literal(element.children.length === 0 ? '/>' : '>');
  for (const child of element.children) {
    const text = own.texts.get(child);
    if (text !== undefined) emit.expression(text);
    else if (child.kind === 'text' || !isVariable(child)) emit.literal(constantNode(child));
    else writeElement(child, context, lives, NO_WRAPPING);
  }
  if (element.qname !== null && element.children.length > 0) emit.literal(`</${element.qname}>`);
  emit.literal(wrapping.after);
}

function ownParts(element: TemplateElement, context: Context): Own {
  const required: string[] = [];
  const optional: string[] = [];
  const texts = new Map<TemplateNode, string>();
  const attributes = element.attributes.map(({ qname, pieces }) => {
    if (!hasSlot(pieces)) return constantAttribute(qname, pieces);
    const value = context.emit.fresh('s');
    const before = required.length;
    context.emit.statement(`const ${value} = ${joined(pieces, 'a', context, required, optional)};`);
    const written = `' ${qname}="' + ${value} + '"'`;
    return { name: required.length > before || hasLiteral(pieces) ? written : `(${value} === '' ? '' : ${written})` };
  });
  for (const child of element.children) {
    if (child.kind !== 'text' || !hasSlot(child.pieces)) continue;
    texts.set(child, joined(child.pieces, 't', context, required, optional));
  }
  return { attributes, texts, required, optional };
}

/** Declares a constant for each slot and gives the expression that joins the pieces. */
function joined(
  pieces: readonly Piece[],
  escaping: 't' | 'a',
  context: Context,
  required: string[],
  optional: string[],
): string {
  const terms = pieces.map((piece) => {
    if (piece.kind === 'literal')
      return JSON.stringify(escaping === 't' ? xmlText(piece.text) || piece.text : attributeLiteral(piece.text));
    if (piece.kind === 'condition') {
      required.push(`h(${referenceCode(piece.reference, context)})`);
      return "''";
    }
    if (piece.kind === 'slot') {
      const value = context.emit.fresh('s');
      context.emit.statement(`const ${value} = ${escaping}(${referenceCode(piece.reference, context)});`);
      required.push(`${value} !== ''`);
      return value;
    }
    const inner: string[] = [];
    const text = joined(piece.pieces, escaping, context, inner, optional);
    const holds = context.emit.fresh('h');
    context.emit.statement(`const ${holds} = ${inner.join(' && ') || 'true'};`);
    if (inner.length > 0) optional.push(holds);
    return `(${holds} ? ${text} : '')`;
  });
  return terms.length === 0 ? "''" : terms.join(' + ');
}

function conditionCode(condition: Condition, context: Context): string {
  const value = referenceCode(condition.reference, context);
  const holds = condition.equals === null ? `h(${value})` : `String(${value}) === ${JSON.stringify(condition.equals)}`;
  return condition.negated ? `!(${holds})` : holds;
}

function referenceCode(reference: Reference, context: Context): string {
  const scope = context.scopes[context.scopes.length - 1 - reference.up] ?? 'v0';
  return reference.name === '.' ? scope : `${scope}[${JSON.stringify(reference.name)}]`;
}
