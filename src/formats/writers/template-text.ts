// The small language inside text and attributes of a template: {slot}, {?condition}, [optional piece]. Rules: mappings/README.md.

/** `../name` has up = 1; name `.` is the item itself. */
export interface Reference {
  readonly up: number;
  readonly name: string;
  readonly written: string;
}
export type Piece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'slot'; readonly reference: Reference }
  /** Writes nothing, but must have a value. */
  | { readonly kind: 'condition'; readonly reference: Reference }
  /** Left out as a whole when something in it has no value. */
  | { readonly kind: 'optional'; readonly pieces: readonly Piece[] };

/** Cuts text into pieces. `fail` is called with what is wrong and the slot that it concerns. */
export function parsePieces(text: string, fail: (reason: string, slot?: string) => never): readonly Piece[] {
  const stack: Piece[][] = [[]];
  const top = (): Piece[] => stack[stack.length - 1] as Piece[];
  const token = /\{\{|\}\}|\[\[|\]\]|\{([^{}]*)\}|[[\]{}]|[^[\]{}]+/g;
  for (const match of text.matchAll(token)) {
    const found = match[0];
    if (match[1] !== undefined) top().push(slotOf(match[1], fail));
    else if (found === '[') stack.length > 1 ? fail('an optional piece within another') : stack.push([]);
    else if (found === ']') {
      const pieces =
        stack.length > 1 ? (stack.pop() as Piece[]) : fail('"]" without "["; write "]]" for the character');
      if (!pieces.some((piece) => piece.kind !== 'literal'))
        fail(`no slot in the optional piece [${literalOf(pieces)}]`);
      top().push({ kind: 'optional', pieces });
    } else if (found === '{' || found === '}') fail(`single "${found}"; write "${found}${found}" for the character`);
    else addLiteral(top(), /^(\{\{|\}\}|\[\[|\]\])$/.test(found) ? (found[0] as string) : found);
  }
  if (stack.length > 1) fail('"[" without "]"; write "[[" for the character');
  return top();
}

/** Reads `name`, `../name`, `.`; fails on everything else. */
export function parseReference(written: string, fail: (reason: string, slot?: string) => never): Reference {
  const match = /^((?:\.\.\/)*)([A-Za-z_][\w-]*|\.)$/.exec(written.trim());
  if (match === null) return fail('a slot is a name such as {title}, {../title} or {.}', written);
  return { up: (match[1] as string).length / 3, name: match[2] as string, written: written.trim() };
}

function slotOf(written: string, fail: (reason: string, slot?: string) => never): Piece {
  return written.startsWith('?')
    ? { kind: 'condition', reference: parseReference(written.slice(1), fail) }
    : { kind: 'slot', reference: parseReference(written, fail) };
}

function addLiteral(pieces: Piece[], text: string): void {
  const last = pieces[pieces.length - 1];
  if (last?.kind === 'literal') pieces[pieces.length - 1] = { kind: 'literal', text: last.text + text };
  else pieces.push({ kind: 'literal', text });
}

function literalOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === 'literal' ? piece.text : '')).join('');
}
