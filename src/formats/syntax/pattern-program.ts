// Regular expressions of the common kind (Java's and JavaScript's: classes, groups, alternatives, repetitions) as a program that is run in one
// pass over the text. Its time grows with the length of text and pattern only, so that no pattern of a caller can hold the server.
// Back-references and look-around have no such program and are refused.
import { SyntaxFault } from '../../model/errors.ts';

/** Does the code point belong? */
export type SignTest = (code: number) => boolean;

export type Instruction =
  | { readonly kind: 'sign'; readonly test: SignTest }
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'match' };

const MOST_INSTRUCTIONS = 2000;
const MOST_REPETITIONS = 200;

const code = (sign: string): number => sign.codePointAt(0) ?? 0;
const digit: SignTest = (c) => c >= 48 && c <= 57;
const word: SignTest = (c) => digit(c) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
const space: SignTest = (c) => c === 32 || (c >= 9 && c <= 13);
const not =
  (test: SignTest): SignTest =>
  (c) =>
    !test(c);
const SHORTHANDS: Readonly<Record<string, SignTest>> = {
  d: digit,
  w: word,
  s: space,
  D: not(digit),
  W: not(word),
  S: not(space),
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };

type Node =
  | { readonly kind: 'sign'; readonly test: SignTest }
  | { readonly kind: 'sequence' | 'choice'; readonly of: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly least: number; readonly most: number }
  | { readonly kind: 'start' | 'end' };

function fault(at: number, en: string, fr: string): SyntaxFault {
  return new SyntaxFault(`regular expression, sign ${at + 1}: ${en}`, `expression régulière, signe ${at + 1} : ${fr}`);
}

/** Reads the pattern from left to right; one object for the place that it has reached. */
function reader(pattern: string, anyCase: boolean) {
  const signs = [...pattern];
  let at = 0;
  let depth = 0;
  const peek = (): string => signs[at] ?? '';
  const refuse = (en: string, fr: string): never => {
    throw fault(at, en, fr);
  };
  const only = (sign: string): SignTest => {
    const [a, b] = anyCase ? [code(sign.toLowerCase()), code(sign.toUpperCase())] : [code(sign), code(sign)];
    return (c) => c === a || c === b;
  };

  /** After the backslash: a shorthand, or one sign. */
  function afterBackslash(): SignTest | string {
    const sign = peek();
    at += 1;
    if (sign === '') return refuse('ends in a backslash', 'se termine par une barre oblique inverse');
    const shorthand = SHORTHANDS[sign];
    if (shorthand !== undefined) return shorthand;
    if (sign === 'x' || sign === 'u') {
      const length = sign === 'x' ? 2 : 4;
      const digits = signs.slice(at, at + length).join('');
      if (!new RegExp(`^[0-9a-fA-F]{${length}}$`).test(digits))
        refuse(`\\${sign} wants ${length} hexadecimal digits`, `\\${sign} demande ${length} chiffres hexadécimaux`);
      at += length;
      return String.fromCodePoint(Number.parseInt(digits, 16));
    }
    if (/[1-9a-zA-Z]/.test(sign) && ESCAPES[sign] === undefined) {
      at -= 1;
      return refuse(`\\${sign} is not supported`, `\\${sign} n'est pas pris en charge`);
    }
    return ESCAPES[sign] ?? sign;
  }

  function classTest(): SignTest {
    const negated = peek() === '^';
    if (negated) at += 1;
    const tests: SignTest[] = [];
    for (let first = true; first || peek() !== ']'; first = false) {
      if (peek() === '') return refuse('a class is not closed', "une classe n'est pas fermée");
      if (peek() === '[' || (peek() === '&' && signs[at + 1] === '&'))
        return refuse('classes in classes are not supported', 'les classes imbriquées ne sont pas prises en charge');
      let from: SignTest | string = peek();
      at += 1;
      if (from === '\\') from = afterBackslash();
      if (typeof from !== 'string') {
        tests.push(from);
        continue;
      }
      if (peek() === '-' && signs[at + 1] !== ']' && signs[at + 1] !== undefined) {
        at += 1;
        let to: SignTest | string = peek();
        at += 1;
        if (to === '\\') to = afterBackslash();
        if (typeof to !== 'string' || code(to) < code(from))
          return refuse('a range of signs is not in order', "un intervalle de signes n'est pas dans l'ordre");
        const [low, high] = [code(from), code(to)];
        const within: SignTest = (c) => c >= low && c <= high;
        tests.push(
          anyCase
            ? (c) =>
                within(c) ||
                within(code(String.fromCodePoint(c).toLowerCase())) ||
                within(code(String.fromCodePoint(c).toUpperCase()))
            : within,
        );
      } else tests.push(only(from));
    }
    at += 1;
    const any: SignTest = (c) => tests.some((test) => test(c));
    return negated ? not(any) : any;
  }

  function group(): Node {
    depth += 1;
    if (depth > 50) refuse('groups are too deep', 'les groupes sont trop imbriqués');
    if (peek() === '?') {
      if (signs[at + 1] !== ':')
        refuse(
          'look-around, flags and names of groups are not supported',
          'les assertions, options et noms de groupes ne sont pas pris en charge',
        );
      at += 2;
    }
    const node = choice();
    if (peek() !== ')') refuse('a group is not closed', "un groupe n'est pas fermé");
    at += 1;
    depth -= 1;
    return node;
  }

  function atom(): Node {
    const sign = peek();
    at += 1;
    switch (sign) {
      case '(':
        return group();
      case '[':
        return { kind: 'sign', test: classTest() };
      case '.':
        return { kind: 'sign', test: (c) => c !== 10 && c !== 13 };
      case '^':
        return { kind: 'start' };
      case '$':
        return { kind: 'end' };
      case '\\': {
        const escaped = afterBackslash();
        return { kind: 'sign', test: typeof escaped === 'string' ? only(escaped) : escaped };
      }
      case '*':
      case '+':
      case '?':
        at -= 1;
        return refuse('there is nothing to repeat', "il n'y a rien à répéter");
      default:
        return { kind: 'sign', test: only(sign) };
    }
  }

  function repetition(): readonly [least: number, most: number] | null {
    const sign = peek();
    if (sign === '*' || sign === '+' || sign === '?') {
      at += 1;
      return [sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY];
    }
    const counted = sign === '{' ? /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(signs.slice(at, at + 12).join('')) : null;
    if (counted === null)
      return sign === '{'
        ? refuse('a count is wanted: {n}, {n,} or {n,m}', 'un nombre est attendu : {n}, {n,} ou {n,m}')
        : null;
    const [all, from, comma, to = ''] = counted;
    const least = Number(from);
    const most = comma === undefined ? least : to === '' ? Number.POSITIVE_INFINITY : Number(to);
    if (least > MOST_REPETITIONS || (most !== Number.POSITIVE_INFINITY && (most > MOST_REPETITIONS || most < least))) {
      return refuse(`counts go up to ${MOST_REPETITIONS}`, `les nombres vont jusqu'à ${MOST_REPETITIONS}`);
    }
    at += all.length;
    return [least, most];
  }

  function sequence(): Node {
    const of: Node[] = [];
    while (peek() !== '' && peek() !== '|' && peek() !== ')') {
      let node = atom();
      for (let times = repetition(); times !== null; times = null) {
        node = { kind: 'repeat', node, least: times[0], most: times[1] };
        // Whether as little or as much as possible is taken does not matter for a match of the whole.
        if (peek() === '?' || peek() === '+') at += 1;
      }
      of.push(node);
    }
    return { kind: 'sequence', of };
  }

  function choice(): Node {
    const of = [sequence()];
    while (peek() === '|') {
      at += 1;
      of.push(sequence());
    }
    return of.length === 1 ? (of[0] as Node) : { kind: 'choice', of };
  }

  return {
    whole(): Node {
      const node = choice();
      if (peek() !== '') refuse('a group is closed that was not opened', "un groupe est fermé qui n'était pas ouvert");
      return node;
    },
  };
}

function emit(program: Instruction[], node: Node): void {
  const add = (instruction: Instruction): number => {
    if (program.length >= MOST_INSTRUCTIONS)
      throw new SyntaxFault('the regular expression is too large', "l'expression régulière est trop grande");
    return program.push(instruction) - 1;
  };
  switch (node.kind) {
    case 'sequence':
      for (const each of node.of) emit(program, each);
      return;
    case 'choice': {
      const jumps: { to: number }[] = [];
      node.of.forEach((each, n) => {
        const split = { kind: 'split' as const, first: 0, second: 0 };
        const last = n === node.of.length - 1;
        if (!last) split.first = add(split) + 1;
        emit(program, each);
        if (last) return;
        const jump = { kind: 'jump' as const, to: 0 };
        add(jump);
        jumps.push(jump);
        split.second = program.length;
      });
      for (const jump of jumps) jump.to = program.length;
      return;
    }
    case 'repeat': {
      for (let n = 0; n < node.least; n++) emit(program, node.node);
      if (node.most === Number.POSITIVE_INFINITY) {
        const split = { kind: 'split' as const, first: 0, second: 0 };
        const at = add(split);
        split.first = at + 1;
        emit(program, node.node);
        add({ kind: 'jump', to: at });
        split.second = program.length;
        return;
      }
      const splits: { second: number }[] = [];
      for (let n = node.least; n < node.most; n++) {
        const split = { kind: 'split' as const, first: 0, second: 0 };
        split.first = add(split) + 1;
        splits.push(split);
        emit(program, node.node);
      }
      for (const split of splits) split.second = program.length;
      return;
    }
    default:
      add(node);
  }
}

/** The program of the pattern; `(?i)` at its beginning lets capitals and small letters be equal. Throws SyntaxFault naming the sign. */
export function compilePattern(pattern: string): readonly Instruction[] {
  const anyCase = pattern.startsWith('(?i)');
  const program: Instruction[] = [];
  emit(program, reader(anyCase ? pattern.slice(4) : pattern, anyCase).whole());
  program.push({ kind: 'match' });
  return program;
}
