// Cuts the text of CQL2 and of classic CQL into tokens, once, from left to right.
import { excerpt } from './excerpt.ts';
import { atCharacter, filterFault, type Place } from './filter-faults.ts';

export type TokenKind = 'name' | 'quoted' | 'text' | 'number' | 'date' | 'sign' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** The content: a name, the text without its quotes, the sign. */
  readonly value: string;
  readonly at: number;
  readonly end: number;
}

export interface TokenRules {
  /** `\'` is a quote within a text, beside `''` (CQL2). */
  readonly backslashQuote: boolean;
  /** Dates, durations and periods without quotes (classic CQL). */
  readonly bareDates: boolean;
}

/** Characters of a whole filter: 10 000 positions take about half of it. */
export const LONGEST_FILTER = 500_000;
/** Tokens of a whole filter: 10 000 positions are 30 000 of them. */
const MOST_TOKENS = 60_000;

const BLANK = /[ \t\r\n]+/y;
const NAME = /[\p{L}_:][\p{L}\p{N}_:.]*/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?/y;
const DATE = /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?/y;
const DURATION = /P(?:\d{1,6}[YMDW]){0,4}(?:T(?:\d{1,6}[HMS]){1,3})?(?![\p{L}\p{N}_:.])/uy;
const NOT_EXISTING = /DOES-NOT-EXIST(?![\p{L}\p{N}_:.])/iuy;
const SIGN = /<>|<=|>=|[()<>=,+\-*/%^;[\]]/y;

/** @throws SyntaxFault for a text that does not end, a sign that has no meaning, or a filter of more than 500 000 characters. */
export function cqlTokens(text: string, rules: TokenRules): readonly Token[] {
  if (text.length > LONGEST_FILTER)
    throw filterFault(
      atCharacter(LONGEST_FILTER),
      `at most ${LONGEST_FILTER} characters are taken`,
      `au plus ${LONGEST_FILTER} caractères sont acceptés`,
    );
  const tokens: Token[] = [];
  for (let at = skipBlanks(text, 0); at < text.length; ) {
    const token = tokenAt(text, at, rules);
    if (tokens.push(token) > MOST_TOKENS)
      throw filterFault(
        atCharacter(at),
        `at most ${MOST_TOKENS} words and signs are taken`,
        `au plus ${MOST_TOKENS} mots et signes sont acceptés`,
      );
    at = skipBlanks(text, token.end);
  }
  tokens.push({ kind: 'end', value: '', at: text.length, end: text.length });
  return tokens;
}

function skipBlanks(text: string, at: number): number {
  BLANK.lastIndex = at;
  return BLANK.test(text) ? BLANK.lastIndex : at;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function tokenAt(text: string, at: number, rules: TokenRules): Token {
  const first = text[at]!;
  if (first === "'") return quoted(text, at, 'text', rules.backslashQuote);
  if (first === '"') return quoted(text, at, 'quoted', false);
  const token = (kind: TokenKind, value: string | undefined): Token | undefined =>
    value === undefined || value === '' ? undefined : { kind, value, at, end: at + value.length };
  const bare = rules.bareDates
    ? (token('date', matchAt(DATE, text, at)) ??
      (first === 'P' && /[\dT]/.test(text[at + 1] ?? '') ? token('date', matchAt(DURATION, text, at)) : undefined) ??
      token('name', matchAt(NOT_EXISTING, text, at)))
    : undefined;
  const found =
    bare ??
    token('number', matchAt(NUMBER, text, at)) ??
    token('name', matchAt(NAME, text, at)) ??
    token('sign', matchAt(SIGN, text, at));
  if (found !== undefined) return found;
  throw unexpected(excerpt(String.fromCodePoint(text.codePointAt(at) ?? 0)), atCharacter(at));
}

function quoted(text: string, at: number, kind: 'text' | 'quoted', backslash: boolean): Token {
  const quote = text[at]!;
  const parts: string[] = [];
  for (let from = at + 1; ; ) {
    const end = text.indexOf(quote, from);
    if (end === -1) throw filterFault(atCharacter(at), 'the quotes do not close', 'les guillemets ne se ferment pas');
    if (backslash && end > from && text[end - 1] === '\\') {
      parts.push(text.slice(from, end - 1), quote);
      from = end + 1;
    } else if (text[end + 1] === quote) {
      parts.push(text.slice(from, end), quote);
      from = end + 2;
    } else {
      parts.push(text.slice(from, end));
      return { kind, value: parts.join(''), at, end: end + 1 };
    }
  }
}

/** What stands where something else is wanted. */
export function unexpected(found: string, place: Place, wanted?: { readonly en: string; readonly fr: string }): Error {
  return filterFault(
    place,
    `${found} does not belong here${wanted === undefined ? '' : `, ${wanted.en} is wanted`}`,
    `${found} n'a pas sa place ici${wanted === undefined ? '' : `, ${wanted.fr} attendu`}`,
  );
}

/** How a message shows a token. */
export const shown = (token: Token): string => (token.kind === 'end' ? 'the end' : excerpt(token.value));
