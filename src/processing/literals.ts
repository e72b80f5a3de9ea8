// Values of literal inputs: checked against what the process declares, and turned into what it computes with.

import { parseInterval } from '../formats/syntax/datetime.ts';
import { type Duration, parseDuration } from '../formats/syntax/duration.ts';
import { SyntaxFault } from '../model/errors.ts';
import type { JsonValue } from '../model/json.ts';
import type { LiteralKind } from '../model/process.ts';
import type { TimeWindow } from '../model/time.ts';

/** What a process is given for a literal of each type. dateTime: milliseconds since 1970, both ends included. */
export interface LiteralValues {
  readonly string: string;
  readonly integer: number;
  readonly double: number;
  readonly boolean: boolean;
  readonly duration: Duration;
  readonly dateTime: TimeWindow;
}

const LONGEST = 10_000;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

function fault(en: string, fr: string): SyntaxFault {
  return new SyntaxFault(en, fr);
}

/** Characters of a literal as a value of its type; other characters stay what they are, and the check refuses them. */
export function valueOfText(kind: LiteralKind, text: string): JsonValue {
  if (kind.isList) {
    try {
      const list = JSON.parse(text) as JsonValue;
      if (Array.isArray(list)) return list;
    } catch {
      // Not JSON: a list separated by commas.
    }
    return text.split(',').map((part) => valueOfText({ kind: 'literal', type: kind.type }, part));
  }
  const plain = text.trim();
  if ((kind.type === 'integer' || kind.type === 'double') && NUMBER.test(plain)) return Number(plain);
  if (kind.type === 'boolean' && /^(?:true|false|1|0)$/i.test(plain)) return /^(?:true|1)$/i.test(plain);
  return text;
}

function checkNumber(kind: LiteralKind, value: JsonValue): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw fault('must be a number', 'doit être un nombre');
  if (kind.type === 'integer' && !Number.isSafeInteger(value))
    throw fault('must be a whole number', 'doit être un nombre entier');
  const { minimum, maximum } = kind;
  if ((minimum !== undefined && value < minimum) || (maximum !== undefined && value > maximum)) {
    const [low, high] = [minimum ?? '-∞', maximum ?? '∞'];
    throw fault(`must lie between ${low} and ${high}`, `doit être compris entre ${low} et ${high}`);
  }
  return value;
}

function checkText(kind: LiteralKind, value: JsonValue): string {
  if (typeof value !== 'string') throw fault('must be a text', 'doit être un texte');
  const longest = kind.longest ?? LONGEST;
  if (value.length > longest)
    throw fault(`must have at most ${longest} characters`, `doit avoir au plus ${longest} caractères`);
  return value;
}

function checkAllowed(kind: LiteralKind, value: string | number): void {
  if (kind.allowed === undefined || kind.allowed.includes(value)) return;
  const list = kind.allowed.join(', ');
  throw fault(`must be one of: ${list}`, `doit être l’une des valeurs : ${list}`);
}

/**
 * The value of one literal as its type: number, text, Duration, TimeWindow, or a list of them. Throws SyntaxFault that says what is
 * wanted.
 */
export function readLiteral(kind: LiteralKind, value: JsonValue): unknown {
  if (kind.isList) {
    if (!Array.isArray(value)) throw fault('must be a list', 'doit être une liste');
    const { isList: _isList, ...one } = kind;
    return value.map((each: JsonValue) => readLiteral(one, each));
  }
  switch (kind.type) {
    case 'boolean':
      if (typeof value !== 'boolean') throw fault('must be true or false', 'doit être true ou false');
      return value;
    case 'integer':
    case 'double': {
      const number = checkNumber(kind, value);
      checkAllowed(kind, number);
      return number;
    }
    default: {
      const text = checkText(kind, value);
      checkAllowed(kind, text);
      if (kind.type === 'duration') return parseDuration(text);
      return kind.type === 'dateTime' ? parseInterval(text) : text;
    }
  }
}
