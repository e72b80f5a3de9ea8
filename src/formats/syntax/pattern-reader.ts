// Text of a regular expression → tree: classes, groups, alternatives, repetitions, as Java and JavaScript have them in common. Back-references and
// look-around, which cannot be matched in one pass, are refused.
import { SyntaxFault } from '../../model/errors.ts';

/** Does the code point belong? */
export type SignTest = (code: number) => boolean;

export type PatternNode =
  | { readonly kind: 'sign'; readonly test: SignTest }
  | { readonly kind: 'sequence' | 'choice'; readonly of: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly least: number; readonly most: number }
  | { readonly kind: 'start' | 'end' };

const MOST_REPETITIONS = 200;
const DEEPEST = 50;

interface Cursor {
  readonly signs: readonly string[];
  readonly anyCase: boolean;
  at: number;
  depth: number;
}

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

const peek = ({ signs, at }: Cursor): string => signs[at] ?? '';

function refuse(cursor: Cursor, en: string, fr: string): never {
  const place = cursor.at + 1;
  throw new SyntaxFault(`regular expression, sign ${place}: ${en}`, `expression régulière, signe ${place} : ${fr}`);
}

/** The sign alone; its capital and small form where case does not count. */
function only({ anyCase }: Cursor, sign: string): SignTest {
  const [a, b] = anyCase ? [code(sign.toLowerCase()), code(sign.toUpperCase())] : [code(sign), code(sign)];
  return (c) => c === a || c === b;
}

function hexadecimal(cursor: Cursor, sign: 'x' | 'u'): string {
  const length = sign === 'x' ? 2 : 4;
  const digits = cursor.signs.slice(cursor.at, cursor.at + length).join('');
  if (digits.length !== length || !/^[0-9a-fA-F]+$/.test(digits)) {
    refuse(cursor, `\\${sign} wants ${length} hexadecimal digits`, `\\${sign} demande ${length} chiffres hexadécimaux`);
  }
  cursor.at += length;
  return String.fromCodePoint(Number.parseInt(digits, 16));
}

/** After the backslash: a shorthand, or one sign. */
function afterBackslash(cursor: Cursor): SignTest | string {
  const sign = peek(cursor);
  if (sign === '') return refuse(cursor, 'ends in a backslash', 'se termine par une barre oblique inverse');
  cursor.at += 1;
  const shorthand = SHORTHANDS[sign];
  if (shorthand !== undefined) return shorthand;
  if (sign === 'x' || sign === 'u') return hexadecimal(cursor, sign);
  if (/[1-9a-zA-Z]/.test(sign) && ESCAPES[sign] === undefined) {
    cursor.at -= 1;
    return refuse(cursor, `\\${sign} is not supported`, `\\${sign} n'est pas pris en charge`);
  }
  return ESCAPES[sign] ?? sign;
}

function oneOfClass(cursor: Cursor): SignTest | string {
  const sign = peek(cursor);
  if (sign === '') return refuse(cursor, 'a class is not closed', "une classe n'est pas fermée");
  if (sign === '[' || (sign === '&' && cursor.signs[cursor.at + 1] === '&')) {
    refuse(cursor, 'classes in classes are not supported', 'les classes imbriquées ne sont pas prises en charge');
  }
  cursor.at += 1;
  return sign === '\\' ? afterBackslash(cursor) : sign;
}

/** Signs from one to another, both included. */
function range(cursor: Cursor, from: string): SignTest {
  cursor.at += 1;
  const to = oneOfClass(cursor);
  if (typeof to !== 'string' || code(to) < code(from)) {
    return refuse(cursor, 'a range of signs is not in order', "un intervalle de signes n'est pas dans l'ordre");
  }
  const [low, high] = [code(from), code(to)];
  const within: SignTest = (c) => c >= low && c <= high;
  if (!cursor.anyCase) return within;
  const folded = (c: number, fold: (text: string) => string) => within(code(fold(String.fromCodePoint(c))));
  return (c) => within(c) || folded(c, (text) => text.toLowerCase()) || folded(c, (text) => text.toUpperCase());
}

/** After the opening bracket. */
function signClass(cursor: Cursor): SignTest {
  const negated = peek(cursor) === '^';
  if (negated) cursor.at += 1;
  const tests: SignTest[] = [];
  // A closing bracket right at the beginning is a sign like others.
  for (let first = true; first || peek(cursor) !== ']'; first = false) {
    const from = oneOfClass(cursor);
    const next = cursor.signs[cursor.at + 1];
    if (typeof from !== 'string') tests.push(from);
    else if (peek(cursor) === '-' && next !== ']' && next !== undefined) tests.push(range(cursor, from));
    else tests.push(only(cursor, from));
  }
  cursor.at += 1;
  const any: SignTest = (c) => tests.some((test) => test(c));
  return negated ? not(any) : any;
}

function group(cursor: Cursor): PatternNode {
  cursor.depth += 1;
  if (cursor.depth > DEEPEST) refuse(cursor, 'groups are too deep', 'les groupes sont trop imbriqués');
  if (peek(cursor) === '?') {
    if (cursor.signs[cursor.at + 1] !== ':') {
      refuse(
        cursor,
        'look-around, flags and names of groups are not supported',
        'les assertions, options et noms de groupes ne sont pas pris en charge',
      );
    }
    cursor.at += 2;
  }
  const node = choice(cursor);
  if (peek(cursor) !== ')') refuse(cursor, 'a group is not closed', "un groupe n'est pas fermé");
  cursor.at += 1;
  cursor.depth -= 1;
  return node;
}

function atom(cursor: Cursor): PatternNode {
  const sign = peek(cursor);
  if (sign === '*' || sign === '+' || sign === '?') {
    refuse(cursor, 'there is nothing to repeat', "il n'y a rien à répéter");
  }
  cursor.at += 1;
  switch (sign) {
    case '(':
      return group(cursor);
    case '[':
      return { kind: 'sign', test: signClass(cursor) };
    case '.':
      return { kind: 'sign', test: (c) => c !== 10 && c !== 13 };
    case '^':
      return { kind: 'start' };
    case '$':
      return { kind: 'end' };
    case '\\': {
      const escaped = afterBackslash(cursor);
      return { kind: 'sign', test: typeof escaped === 'string' ? only(cursor, escaped) : escaped };
    }
    default:
      return { kind: 'sign', test: only(cursor, sign) };
  }
}

/** `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}`; null: none of them stands here. */
function repetition(cursor: Cursor): readonly [least: number, most: number] | null {
  const sign = peek(cursor);
  if (sign === '*' || sign === '+' || sign === '?') {
    cursor.at += 1;
    return [sign === '+' ? 1 : 0, sign === '?' ? 1 : Number.POSITIVE_INFINITY];
  }
  if (sign !== '{') return null;
  const counted = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(cursor.signs.slice(cursor.at, cursor.at + 12).join(''));
  if (counted === null) {
    return refuse(cursor, 'a count is wanted: {n}, {n,} or {n,m}', 'un nombre est attendu : {n}, {n,} ou {n,m}');
  }
  const [all, from, comma, to = ''] = counted;
  const least = Number(from);
  const most = comma === undefined ? least : to === '' ? Number.POSITIVE_INFINITY : Number(to);
  const tooMany = Math.max(least, most === Number.POSITIVE_INFINITY ? 0 : most) > MOST_REPETITIONS;
  if (tooMany || most < least) {
    refuse(cursor, `counts go up to ${MOST_REPETITIONS}`, `les nombres vont jusqu'à ${MOST_REPETITIONS}`);
  }
  cursor.at += all.length;
  return [least, most];
}

function sequence(cursor: Cursor): PatternNode {
  const of: PatternNode[] = [];
  while (!['', '|', ')'].includes(peek(cursor))) {
    const node = atom(cursor);
    const times = repetition(cursor);
    if (times === null) of.push(node);
    else {
      of.push({ kind: 'repeat', node, least: times[0], most: times[1] });
      // Whether as little or as much as possible is taken does not matter for a match of the whole.
      if (peek(cursor) === '?' || peek(cursor) === '+') cursor.at += 1;
    }
  }
  return { kind: 'sequence', of };
}

function choice(cursor: Cursor): PatternNode {
  const of = [sequence(cursor)];
  while (peek(cursor) === '|') {
    cursor.at += 1;
    of.push(sequence(cursor));
  }
  return of.length === 1 ? (of[0] as PatternNode) : { kind: 'choice', of };
}

/** The whole pattern; `(?i)` at its beginning lets capitals and small letters be equal. Throws SyntaxFault naming the sign. */
export function readPattern(pattern: string): PatternNode {
  const anyCase = pattern.startsWith('(?i)');
  const cursor: Cursor = { signs: [...(anyCase ? pattern.slice(4) : pattern)], anyCase, at: 0, depth: 0 };
  const node = choice(cursor);
  if (peek(cursor) !== '') {
    refuse(cursor, 'a group is closed that was not opened', "un groupe est fermé qui n'était pas ouvert");
  }
  return node;
}
