// Does a text as a whole match a regular expression? All ways of matching are followed at once, sign by sign (Thompson 1968).
import { SyntaxFault } from '../../model/errors.ts';
import { compilePattern, type Instruction } from './pattern-program.ts';

const LONGEST_PATTERN = 1000;
/** Signs of a text that are looked at; a longer text does not match. */
const LONGEST_TEXT = 10_000;
/** Texts repeat themselves in columns; so many answers are remembered. */
const REMEMBERED = 10_000;

/** The places of the program that can be reached without a sign, from `from` on. */
function follow(
  program: readonly Instruction[],
  from: number,
  reached: Uint8Array,
  list: number[],
  atStart: boolean,
  atEnd: boolean,
): void {
  const open = [from];
  while (open.length > 0) {
    const place = open.pop() as number;
    if (reached[place] === 1) continue;
    reached[place] = 1;
    const instruction = program[place] as Instruction;
    if (instruction.kind === 'jump') open.push(instruction.to);
    else if (instruction.kind === 'split') open.push(instruction.second, instruction.first);
    else if (instruction.kind === 'start') atStart && open.push(place + 1);
    else if (instruction.kind === 'end') atEnd && open.push(place + 1);
    else list.push(place);
  }
}

function run(program: readonly Instruction[], text: string): boolean {
  const signs = [...text];
  const reached = new Uint8Array(program.length);
  let list: number[] = [];
  follow(program, 0, reached, list, true, signs.length === 0);
  for (let n = 0; n < signs.length && list.length > 0; n++) {
    const sign = (signs[n] as string).codePointAt(0) as number;
    const next: number[] = [];
    reached.fill(0);
    for (const place of list) {
      const instruction = program[place] as Instruction;
      if (instruction.kind === 'sign' && instruction.test(sign))
        follow(program, place + 1, reached, next, false, n === signs.length - 1);
    }
    list = next;
  }
  return list.some((place) => (program[place] as Instruction).kind === 'match');
}

/** Tells whether a text as a whole matches. Throws SyntaxFault where the pattern cannot be understood, or needs more than one pass. */
export function wholeMatch(pattern: string): (text: string) => boolean {
  if (pattern.length > LONGEST_PATTERN) {
    throw new SyntaxFault(
      `a regular expression has at most ${LONGEST_PATTERN} signs`,
      `une expression régulière a au plus ${LONGEST_PATTERN} signes`,
    );
  }
  const program = compilePattern(pattern);
  const known = new Map<string, boolean>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const matches = text.length <= LONGEST_TEXT && run(program, text);
    if (known.size < REMEMBERED) known.set(text, matches);
    return matches;
  };
}
