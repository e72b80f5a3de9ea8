// The query of a tabledap request: which variables, which constraints, which functions, how it is drawn. Clients encode the whole of it, `&`,
// `=` and `,` too, so it is decoded once as one text and then cut at each `&` outside double quotes.
import { decodeText } from '../../http/query-string.ts';
import { AppError, type ParameterFault } from '../../model/errors.ts';
import type { Localised } from '../../model/text.ts';

export const OPERATORS = ['!=', '=~', '<=', '>=', '=', '<', '>'] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Constraint {
  /** As the caller wrote it, for messages. */
  readonly text: string;
  readonly variable: string;
  readonly operator: Operator;
  /** Without its quotes. */
  readonly value: string;
  readonly quoted: boolean;
}

export interface FunctionCall {
  readonly text: string;
  readonly name: string;
  /** Text between the quotes of the argument; empty: no argument. */
  readonly argument: string;
}

export interface TabledapQuery {
  /** Empty: all. */
  readonly variables: readonly string[];
  readonly constraints: readonly Constraint[];
  /** In the order written, which is the order in which they are applied. */
  readonly functions: readonly FunctionCall[];
  /** `.draw`, `.size` …: name without the dot → value. */
  readonly graphics: ReadonlyMap<string, string>;
}

/** Characters of a query. */
const LONGEST = 8192;

const CONSTRAINT = /^\s*(?:s\.)?([A-Za-z_]\w*)\s*(!=|=~|<=|>=|=|<|>)(.*)$/s;
const CALL = /^\s*([A-Za-z]\w*)\s*\((.*)\)\s*$/s;

/** Parts between `&` outside double quotes; a backslash takes the sign after it as it is. */
function cut(text: string): readonly string[] {
  const parts: string[] = [];
  let [from, inside] = [0, false];
  for (let n = 0; n < text.length; n++) {
    const sign = text[n];
    if (sign === '\\' && inside) n += 1;
    else if (sign === '"') inside = !inside;
    else if (sign === '&' && !inside) {
      parts.push(text.slice(from, n));
      from = n + 1;
    }
  }
  return [...parts, text.slice(from)];
}

/** The text in double quotes, with the escapes of JSON; null: it is not well formed. */
function unquoted(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

const BAD_QUOTES: Localised = {
  en: 'is not well quoted: text in double quotes, with a backslash before a double quote or a backslash',
  fr: 'est mal délimité : texte entre guillemets doubles, avec une barre oblique inverse devant un guillemet ou une barre oblique inverse',
};
const NOT_UNDERSTOOD: Localised = {
  en: 'is not understood; a constraint is variable, operator (= != =~ < <= > >=) and value, a function is name("…")',
  fr: 'n\'est pas compris ; une contrainte est variable, opérateur (= != =~ < <= > >=) et valeur, une fonction est nom("…")',
};

/** What a message repeats of the request. */
const shown = (text: string): string => text.slice(0, 100);

function constraintOf(text: string, match: RegExpExecArray, faults: ParameterFault[]): Constraint | null {
  const [, variable = '', operator = '=', raw = ''] = match;
  const trimmed = raw.trim();
  const quoted = trimmed.startsWith('"');
  const value = quoted ? unquoted(trimmed) : trimmed;
  if (value !== null) return { text, variable, operator: operator as Operator, value, quoted };
  faults.push({ parameter: shown(text), detail: BAD_QUOTES });
  return null;
}

function callOf(text: string, match: RegExpExecArray, faults: ParameterFault[]): FunctionCall | null {
  const [, name = '', inner = ''] = match;
  const trimmed = inner.trim();
  const argument = trimmed === '' ? '' : unquoted(trimmed);
  if (argument !== null) return { text, name, argument };
  faults.push({ parameter: shown(text), detail: BAD_QUOTES });
  return null;
}

/** The names of the first part; `s` alone is the sequence of all, `s.time` the same as `time`. */
function variablesOf(text: string): readonly string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 1 && names[0] === 's') return [];
  return [...new Set(names.map((name) => name.replace(/^s\./, '')))];
}

/**
 * Reads the part of an address after `?`. Throws AppError `uri-too-long`, or `invalid-parameter` with a fault for every part that cannot be
 * understood. Whether the variables exist is not looked at here.
 */
export function parseQuery(raw: string): TabledapQuery {
  if (raw.length > LONGEST) {
    throw new AppError('uri-too-long', {
      detail: { en: `a query has at most ${LONGEST} characters`, fr: `une requête a au plus ${LONGEST} caractères` },
    });
  }
  const text = decodeText(raw, true);
  if (typeof text !== 'string')
    throw new AppError('invalid-parameter', { faults: [{ parameter: 'query', detail: text }] });
  const faults: ParameterFault[] = [];
  const constraints: Constraint[] = [];
  const functions: FunctionCall[] = [];
  const graphics = new Map<string, string>();
  let variables: readonly string[] = [];
  cut(text).forEach((part, n) => {
    // The language of the answer stands beside the query, as at every address of ours.
    if (part.trim() === '' || /^\s*lang=(en|fr)\s*$/.test(part)) return;
    const graphic = /^\s*\.([A-Za-z]\w*)(?:=(.*))?$/s.exec(part);
    const call = CALL.exec(part);
    // `x=max(time)-1` begins with a name too, so a function is what has no operator before its bracket.
    const constraint = graphic === null ? CONSTRAINT.exec(part) : null;
    if (graphic !== null) graphics.set(graphic[1] as string, graphic[2] ?? '');
    else if (constraint !== null) {
      const own = constraintOf(part.trim(), constraint, faults);
      if (own !== null) constraints.push(own);
    } else if (call !== null) {
      const own = callOf(part.trim(), call, faults);
      if (own !== null) functions.push(own);
    } else if (n === 0) variables = variablesOf(part);
    else faults.push({ parameter: shown(part), detail: NOT_UNDERSTOOD });
  });
  if (faults.length > 0) throw new AppError('invalid-parameter', { faults });
  return { variables, constraints, functions, graphics };
}
