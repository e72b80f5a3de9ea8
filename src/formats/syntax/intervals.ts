// Value syntax of number and date parameters of OGC 13-026r9 (EO extension): n, {a,b,c}, [a,b], ]a,b[, [a, b].
import { SyntaxFault } from '../../model/errors.ts';
import type { TimeWindow } from '../../model/time.ts';
import { parseDateTime } from './datetime.ts';
import { excerpt } from './excerpt.ts';
import { type Bounds, parseDecimal } from './number.ts';

export interface End<T> {
  readonly value: T;
  /** The bound itself does not belong to the range. */
  readonly open: boolean;
}
/** One of a list of values, or a range of which one end may be missing. */
export type ValueCondition<T> =
  | { readonly kind: 'values'; readonly values: readonly T[] }
  | { readonly kind: 'range'; readonly min: End<T> | null; readonly max: End<T> | null };

const LONGEST = 2000;
const MOST_VALUES = 100;

function fault(text: string): SyntaxFault {
  return new SyntaxFault(
    `${excerpt(text)} is not a value condition: n, {a,b}, [a,b], ]a,b[, [a or b] is wanted`,
    `${excerpt(text)} n'est pas une condition de valeur : n, {a,b}, [a,b], ]a,b[, [a ou b] est attendu`,
  );
}

function range<T>(text: string, left: string, right: string, values: readonly T[]): ValueCondition<T> {
  const [first, second] = values;
  if (first === undefined || values.length > 2) throw fault(text);
  if (second !== undefined) {
    if (left === '' || right === '') throw fault(text);
    return {
      kind: 'range',
      min: { value: first, open: left === ']' },
      max: { value: second, open: right === '[' },
    };
  }
  if (left !== '' && right !== '') throw fault(text);
  return left === ''
    ? { kind: 'range', min: null, max: { value: first, open: right === '[' } }
    : { kind: 'range', min: { value: first, open: left === ']' }, max: null };
}

/**
 * Reads a value condition whose literals `literal` reads.
 * @throws SyntaxFault for another form, or from `literal`; that the lower end is below the upper one is the caller's to check.
 */
export function parseValueCondition<T>(text: string, literal: (text: string) => T): ValueCondition<T> {
  const match = text.length > LONGEST ? null : /^\s*([[\]{]?)([^[\]{}]+)([[\]}]?)\s*$/.exec(text);
  if (match === null) throw fault(text);
  const [left, body, right] = [match[1] ?? '', match[2] ?? '', match[3] ?? ''];
  const parts = body.split(',').map((part) => part.trim());
  if (parts.length > MOST_VALUES || parts.includes('')) throw fault(text);
  const values = parts.map(literal);
  const set = left === '{' && right === '}';
  if (set || (left === '' && right === '' && values.length === 1)) return { kind: 'values', values };
  if (left === '{' || right === '}' || (left === '' && right === '')) throw fault(text);
  return range(text, left, right, values);
}

function orderFault(text: string): SyntaxFault {
  return new SyntaxFault(
    `${excerpt(text)}: the lower bound is above the upper one`,
    `${excerpt(text)} : la borne inférieure dépasse la borne supérieure`,
  );
}

/**
 * A value condition on numbers.
 * @throws SyntaxFault for another form, a number outside the bounds, or a lower end above the upper one.
 */
export function parseNumberCondition(text: string, bounds: Bounds = {}): ValueCondition<number> {
  const condition = parseValueCondition(text, (part) => parseDecimal(part, bounds));
  if (condition.kind === 'range' && condition.min && condition.max && condition.min.value > condition.max.value) {
    throw orderFault(text);
  }
  return condition;
}

/**
 * A value condition on dates, as one closed window in milliseconds: `n` is the whole day (or moment), an excluded bound is moved past
 * its day or moment.
 * @throws SyntaxFault for another form, a list of more than one date, or a lower end above the upper one.
 */
export function parseDateCondition(text: string): TimeWindow {
  const condition = parseValueCondition(text, parseDateTime);
  if (condition.kind === 'values') {
    const [only] = condition.values;
    if (only === undefined || condition.values.length > 1) throw fault(text);
    return { start: only.start, end: only.end };
  }
  const { min, max } = condition;
  const start = min === null ? null : min.open ? min.value.end + 1 : min.value.start;
  const end = max === null ? null : max.open ? max.value.start - 1 : max.value.end;
  if (min && max && min.value.start > max.value.end) throw orderFault(text);
  return { start, end };
}

const eight = new DataView(new ArrayBuffer(8));

/** The double that follows `value` in the direction of +∞ (1) or -∞ (-1). */
function neighbour(value: number, direction: 1 | -1): number {
  if (value === 0) return direction * Number.MIN_VALUE;
  eight.setFloat64(0, value);
  eight.setBigInt64(0, eight.getBigInt64(0) + BigInt(value > 0 === direction > 0 ? 1 : -1));
  return eight.getFloat64(0);
}

/** A range with its ends included: an excluded end becomes the next double inside. null = unbounded. */
export function closedRange(condition: { readonly min: End<number> | null; readonly max: End<number> | null }): {
  readonly min: number | null;
  readonly max: number | null;
} {
  const { min, max } = condition;
  return {
    min: min && (min.open ? neighbour(min.value, 1) : min.value),
    max: max && (max.open ? neighbour(max.value, -1) : max.value),
  };
}
