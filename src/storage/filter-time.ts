// Moments and periods of filters: comparisons of instants, and the relations of two periods (OGC 21-065r2, 7.9). Everything is compared in
// whole seconds; a day goes from its first second to its last. No time at all: unknown.
import type { Comparison, Filter, TemporalOperator, Term } from '../model/filter.ts';
import type { TimeWindow } from '../model/time.ts';
import { type FilterWriting, queryableOf, termValue, tested, type Value } from './filter-values.ts';

const SECOND = 1000;
const DAY = 86_400_000;
const FIRST = -62_135_596_800_000; // 0001-01-01
const LAST = 253_402_300_799_000; // 9999-12-31T23:59:59

const write = (ms: number): string => new Date(Math.max(FIRST, Math.min(LAST, ms))).toISOString().replace('.000Z', 'Z');

/** First instant of a literal, and the first one after it. Between two whole seconds lies no record: both are then the later one. */
function edges(moment: string): { readonly from: number; readonly next: number } {
  const ms = Date.parse(moment.length === 10 ? `${moment}T00:00:00Z` : moment);
  if (moment.length === 10) return { from: ms, next: ms + DAY };
  const from = Math.ceil(ms / SECOND) * SECOND;
  return { from, next: from === ms ? ms + SECOND : from };
}

/** A point in time as SQL: timestamptz, or ISO text of a service's field. */
interface Point {
  readonly sql: string;
  readonly iso: boolean;
}

/** The point as ISO text, for comparisons with such: before and after all of them where it is infinite. */
const asText = ({ sql, iso }: Point): string =>
  iso
    ? `(CASE length(${sql}) WHEN 10 THEN ${sql} || 'T00:00:00Z' ELSE ${sql} END COLLATE "C")`
    : `(CASE ${sql} WHEN '-infinity' THEN '' WHEN 'infinity' THEN '~' ELSE to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END COLLATE "C")`;

const literal = (ms: number, iso: boolean, { parameters }: FilterWriting): string =>
  iso ? `(${parameters.add(write(ms), 'text')} COLLATE "C")` : parameters.add(write(ms), 'timestamptz');

/** What is left when unequal has become the negation of equal. */
export type Order = Exclude<Comparison, 'differs' | 'notEqual'>;

export const SIGNS: { readonly [C in Order]: string } = {
  equal: '=',
  less: '<',
  lessOrEqual: '<=',
  greater: '>',
  greaterOrEqual: '>=',
};
const MIRRORED: { readonly [C in Order]: Order } = {
  equal: 'equal',
  less: 'greater',
  lessOrEqual: 'greaterOrEqual',
  greater: 'less',
  greaterOrEqual: 'lessOrEqual',
};

/** `equal`, or one of the orders, of two terms of time; a period stands for its begin. */
export function timeComparison(operator: Order, left: Term, right: Term, writing: FilterWriting): string {
  if (left.kind === 'moment' && right.kind !== 'moment')
    return timeComparison(MIRRORED[operator], right, left, writing);
  if (left.kind === 'moment' && right.kind === 'moment') {
    const holds = compared(operator, edges(left.value).from, edges(right.value));
    return holds ? 'true' : 'false';
  }
  const value = pointValue(left, writing);
  if (right.kind !== 'moment') {
    const other = pointValue(right, writing);
    const iso = value.kind === 'iso' || other.kind === 'iso';
    const point = (each: Value, sql: string): string =>
      iso ? asText({ sql, iso: each.kind === 'iso' }) : `date_trunc('second', ${sql})`;
    return tested([value, other], (a = '', b = '') => `${point(value, a)} ${SIGNS[operator]} ${point(other, b)}`);
  }
  const iso = value.kind === 'iso';
  const { from, next } = edges(right.value);
  const [first, after] = [() => literal(from, iso, writing), () => literal(next, iso, writing)];
  return tested([value], (sql = '') => {
    const point = iso ? asText({ sql, iso }) : sql;
    switch (operator) {
      case 'less':
        return `${point} < ${first()}`;
      case 'lessOrEqual':
        return `${point} < ${after()}`;
      case 'greater':
        return `${point} >= ${after()}`;
      case 'greaterOrEqual':
        return `${point} >= ${first()}`;
      default:
        return `${point} >= ${first()} AND ${point} < ${after()}`;
    }
  });
}

function compared(operator: Order, point: number, { from, next }: { from: number; next: number }): boolean {
  switch (operator) {
    case 'less':
      return point < from;
    case 'lessOrEqual':
      return point < next;
    case 'greater':
      return point >= next;
    case 'greaterOrEqual':
      return point >= from;
    default:
      return point >= from && point < next;
  }
}

/** A property of time as one point: a period as its begin, where that is known. */
function pointValue(term: Term, writing: FilterWriting): Value {
  const value = termValue(term, writing);
  return value.kind === 'period' ? { ...value, sql: `nullif(${value.sql}, '-infinity')`, kind: 'moment' } : value;
}

/** Both ends of a period in whole seconds, over the expressions of its values; `iso`: all as text. */
interface Period {
  readonly values: readonly Value[];
  readonly begin: (sql: readonly string[], iso: boolean) => string;
  readonly end: (sql: readonly string[], iso: boolean) => string;
}

const stamp = (sql: string, iso: boolean): string => (iso ? asText({ sql, iso: false }) : sql);

function periodOf(term: Term, writing: FilterWriting): Period {
  if (term.kind === 'moment' || term.kind === 'interval') return literalPeriod(term, writing);
  if (term.kind === 'property' && queryableOf(term.name, writing).type === 'period') {
    return {
      values: [],
      begin: (_, iso) => stamp('s.begins', iso),
      end: (_, iso) => stamp(`date_trunc('second', s.ends)`, iso),
    };
  }
  const value = termValue(term, writing);
  if (value.kind === 'iso') {
    const last = (sql: string): string =>
      `(CASE length(${sql}) WHEN 10 THEN ${sql} || 'T23:59:59Z' ELSE ${sql} END COLLATE "C")`;
    return { values: [value], begin: ([sql = '']) => asText({ sql, iso: true }), end: ([sql = '']) => last(sql) };
  }
  const whole = (sql: string): string => `date_trunc('second', ${sql})`;
  const last = (sql: string): string => (value.kind === 'day' ? `(${sql} + interval '86399 seconds')` : whole(sql));
  return {
    values: [value],
    begin: ([sql = ''], iso) => stamp(whole(sql), iso),
    end: ([sql = ''], iso) => stamp(last(sql), iso),
  };
}

type Side = (sql: readonly string[], iso: boolean) => string;

function literalPeriod(term: Term & { readonly kind: 'moment' | 'interval' }, writing: FilterWriting): Period {
  const values: Value[] = [];
  const window = windowOf(term);
  const side = (end: 'start' | 'end', open: Side): Side => {
    const ms = window[end];
    if (ms !== null) {
      // Added to the statement where it is first named; a relation need not name both ends.
      let known: string | undefined;
      return (_, iso) => {
        known ??= literal(ms, iso, writing);
        return known;
      };
    }
    const property = term.kind === 'interval' ? term[end] : null;
    if (property === null) return open;
    const value = pointValue(property, writing);
    const i = values.push(value) - 1;
    return (sql, iso) =>
      value.kind === 'iso'
        ? asText({ sql: sql[i] ?? '', iso: true })
        : stamp(`date_trunc('second', ${sql[i] ?? ''})`, iso);
  };
  return {
    values,
    begin: side('start', (_, iso) => (iso ? `''` : `'-infinity'::timestamptz`)),
    end: side('end', (_, iso) => (iso ? `'~'` : `'infinity'::timestamptz`)),
  };
}

/** First and last seconds of literals, milliseconds since 1970; fractions of a second do not count. Ends that are properties are open. */
export function windowOf(term: Term & { readonly kind: 'moment' | 'interval' }): TimeWindow {
  const [start, end] = term.kind === 'moment' ? [term, term] : [term.start, term.end];
  const first = (moment: string): number => Math.floor(Date.parse(moment) / SECOND) * SECOND;
  return {
    start: start?.kind === 'moment' ? first(start.value) : null,
    end: end?.kind !== 'moment' ? null : end.value.length === 10 ? first(end.value) + DAY - SECOND : first(end.value),
  };
}

/** How the ends a, b of the left period and c, d of the right one lie. */
type End = () => string;
type Relation = (a: End, b: End, c: End, d: End) => string;
const RELATIONS: { readonly [T in TemporalOperator]: Relation } = {
  after: (a, _b, _c, d) => `${a()} > ${d()}`,
  before: (_a, b, c) => `${b()} < ${c()}`,
  contains: (a, b, c, d) => `${a()} < ${c()} AND ${b()} > ${d()}`,
  disjoint: (a, b, c, d) => `(${b()} < ${c()} OR ${a()} > ${d()})`,
  during: (a, b, c, d) => `${a()} > ${c()} AND ${b()} < ${d()}`,
  duringClosed: (a, b, c, d) => `${a()} >= ${c()} AND ${b()} <= ${d()}`,
  equals: (a, b, c, d) => `${a()} = ${c()} AND ${b()} = ${d()}`,
  finishedBy: (a, b, c, d) => `${a()} < ${c()} AND ${b()} = ${d()}`,
  finishes: (a, b, c, d) => `${a()} > ${c()} AND ${b()} = ${d()}`,
  intersects: (a, b, c, d) => `${a()} <= ${d()} AND ${b()} >= ${c()}`,
  meets: (_a, b, c) => `${b()} = ${c()}`,
  metBy: (a, _b, _c, d) => `${a()} = ${d()}`,
  overlappedBy: (a, b, c, d) => `${a()} > ${c()} AND ${a()} < ${d()} AND ${b()} > ${d()}`,
  overlaps: (a, b, c, d) => `${a()} < ${c()} AND ${b()} > ${c()} AND ${b()} < ${d()}`,
  startedBy: (a, b, c, d) => `${a()} = ${c()} AND ${b()} > ${d()}`,
  starts: (a, b, c, d) => `${a()} = ${c()} AND ${b()} < ${d()}`,
};

export function temporalRelation(operator: TemporalOperator, left: Term, right: Term, writing: FilterWriting): string {
  const [one, two] = [periodOf(left, writing), periodOf(right, writing)];
  const many = one.values.length;
  const iso = [...one.values, ...two.values].some((value) => value.kind === 'iso');
  return tested([...one.values, ...two.values], (...sql) => {
    const [own, other] = [sql.slice(0, many), sql.slice(many)];
    return RELATIONS[operator](
      () => one.begin(own, iso),
      () => one.end(own, iso),
      () => two.begin(other, iso),
      () => two.end(other, iso),
    );
  });
}

/**
 * The window that the time of every record touches for which the condition holds; null: it says nothing of that. A record's begin or end
 * in a window makes its period touch it.
 */
export function touchedWindow(filter: Filter, writing: FilterWriting): TimeWindow | null {
  const ofTime = (term: Term): boolean =>
    term.kind === 'property' && ['time', 'begin', 'end'].includes(queryableOf(term.name, writing).name);
  if (filter.kind === 'between' && ofTime(filter.term) && isMoment(filter.low) && isMoment(filter.high))
    return { start: windowOf(filter.low).start, end: windowOf(filter.high).end };
  if (filter.kind !== 'compare' && filter.kind !== 'temporal') return null;
  const { left, right, operator } = filter;
  const mirrored = ofTime(right);
  const [property, literal] = mirrored ? [right, left] : [left, right];
  if (!ofTime(property) || (literal.kind !== 'moment' && literal.kind !== 'interval')) return null;
  const window = windowOf(literal);
  const before = mirrored ? ['greater', 'greaterOrEqual', 'after'] : ['less', 'lessOrEqual', 'before'];
  const after = mirrored ? ['less', 'lessOrEqual', 'before'] : ['greater', 'greaterOrEqual', 'after'];
  if (['differs', 'notEqual', 'disjoint'].includes(operator)) return null;
  if (before.includes(operator))
    return { start: null, end: operator === 'before' || operator === 'after' ? window.start : window.end };
  if (after.includes(operator))
    return { start: operator === 'before' || operator === 'after' ? window.end : window.start, end: null };
  return window;
}

const isMoment = (term: Term): term is Term & { readonly kind: 'moment' } => term.kind === 'moment';
