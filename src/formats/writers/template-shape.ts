// Questions about parts of a template, and the text of those that are always the same.
import type { Piece } from './template-text.ts';
import type { TemplateElement, TemplateNode } from './template-tree.ts';
import { xmlAttribute, xmlText } from './text.ts';

export function hasSlot(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => piece.kind !== 'literal');
}

export function hasLiteral(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) => piece.kind === 'literal');
}

export function hasOwnSlots(element: TemplateElement): boolean {
  return (
    element.attributes.some(({ pieces }) => hasSlot(pieces)) ||
    element.children.some((child) => child.kind === 'text' && hasSlot(child.pieces))
  );
}

/** Is there anything in the element that depends on the record? */
export function isVariable(element: TemplateElement): boolean {
  return (
    element.each !== null ||
    element.condition !== null ||
    hasOwnSlots(element) ||
    element.children.some((child) => child.kind === 'element' && isVariable(child))
  );
}

export function constantNode(node: TemplateNode): string {
  if (node.kind === 'text') return xmlText(literalText(node.pieces));
  const content = node.children.map(constantNode).join('');
  if (node.qname === null) return content;
  const open = `<${node.qname}${constantAttributes(node)}`;
  return node.children.length === 0 ? `${open}/>` : `${open}>${content}</${node.qname}>`;
}

export function constantAttributes(element: TemplateElement): string {
  return element.attributes.map(({ qname, pieces }) => constantAttribute(qname, pieces)).join('');
}

export function constantAttribute(qname: string, pieces: readonly Piece[]): string {
  return ` ${qname}="${attributeLiteral(literalText(pieces))}"`;
}

export function attributeLiteral(text: string): string {
  return xmlAttribute(text) || text;
}

export function literalText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === 'literal' ? piece.text : '')).join('');
}

/** Is anything named that stands further out than the element's own repetition? `depth` repetitions stand between. */
export function usesOuter(node: TemplateNode, depth: number): boolean {
  const pieces = (list: readonly Piece[]): boolean =>
    list.some((piece) =>
      piece.kind === 'optional' ? pieces(piece.pieces) : piece.kind !== 'literal' && piece.reference.up > depth,
    );
  if (node.kind === 'text') return pieces(node.pieces);
  return (
    node.attributes.some((attribute) => pieces(attribute.pieces)) ||
    node.children.some((child) => {
      if (child.kind === 'text') return usesOuter(child, depth);
      const named = [child.condition?.reference, child.each].some((reference) => (reference?.up ?? -1) > depth);
      return named || usesOuter(child, child.each === null ? depth : depth + 1);
    })
  );
}
