// The tree of a regular expression as a program that is run in one pass over the text (Thompson 1968). Its time grows with the length of text and
// pattern only, so that no pattern of a caller can hold the server.
import { SyntaxFault } from '../../model/errors.ts';
import { type PatternNode, readPattern, type SignTest } from './pattern-reader.ts';

export type Instruction =
  | { readonly kind: 'sign'; readonly test: SignTest }
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'start' | 'end' | 'match' };

const MOST_INSTRUCTIONS = 2000;

function add(program: Instruction[], instruction: Instruction): number {
  if (program.length >= MOST_INSTRUCTIONS) {
    throw new SyntaxFault('the regular expression is too large', "l'expression régulière est trop grande");
  }
  return program.push(instruction) - 1;
}

/** A split whose first way goes on with the next instruction; the second one is set later. */
function addSplit(program: Instruction[]): { readonly at: number; readonly split: { second: number } } {
  const split = { kind: 'split' as const, first: 0, second: 0 };
  const at = add(program, split);
  split.first = at + 1;
  return { at, split };
}

function emitChoice(program: Instruction[], of: readonly PatternNode[]): void {
  const jumps: { to: number }[] = [];
  for (const node of of.slice(0, -1)) {
    const { split } = addSplit(program);
    emit(program, node);
    const jump = { kind: 'jump' as const, to: 0 };
    add(program, jump);
    jumps.push(jump);
    split.second = program.length;
  }
  emit(program, of.at(-1) as PatternNode);
  for (const jump of jumps) jump.to = program.length;
}

function emitRepeat(program: Instruction[], node: PatternNode, least: number, most: number): void {
  for (let n = 0; n < least; n++) emit(program, node);
  if (most === Number.POSITIVE_INFINITY) {
    const { at, split } = addSplit(program);
    emit(program, node);
    add(program, { kind: 'jump', to: at });
    split.second = program.length;
    return;
  }
  const splits: { second: number }[] = [];
  for (let n = least; n < most; n++) {
    splits.push(addSplit(program).split);
    emit(program, node);
  }
  for (const split of splits) split.second = program.length;
}

function emit(program: Instruction[], node: PatternNode): void {
  switch (node.kind) {
    case 'sequence':
      for (const each of node.of) emit(program, each);
      return;
    case 'choice':
      emitChoice(program, node.of);
      return;
    case 'repeat':
      emitRepeat(program, node.node, node.least, node.most);
      return;
    default:
      add(program, node);
  }
}

/** The program of the pattern. Throws SyntaxFault where it cannot be read, or is too large. */
export function compilePattern(pattern: string): readonly Instruction[] {
  const program: Instruction[] = [];
  emit(program, readPattern(pattern));
  program.push({ kind: 'match' });
  return program;
}
