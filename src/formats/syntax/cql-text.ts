// Classic CQL (CQL_TEXT of CSW, OGC 07-006r1 6.2; the dialect of GeoTools and pygeofilter) into the filter tree. Negation and unequal are
// exact: they find records without the property too. AND binds tighter than OR, whatever the reference grammar says.
import { allOf, anyOf, EXACT, type Filter, type Term } from '../../model/filter.ts';
import type { Namespaces, Queryables } from '../../model/queryable.ts';
import { type CqlCursor, createCqlCursor } from './cql-cursor.ts';
import { cqlSpatial } from './cql-spatial.ts';
import { cqlPeriod, cqlTerm } from './cql-terms.ts';
import { COMPARISON_NAMES } from './cql2-names.ts';
import { createFilterBuilder, type FilterBuilder } from './filter-builder.ts';
import type { Place } from './filter-faults.ts';
import { folded } from './filter-terms.ts';
import { CQL_SIGNS, parsePattern } from './like-pattern.ts';

export interface CqlReader {
  readonly cursor: CqlCursor;
  readonly builder: FilterBuilder;
  readonly namespaces: Namespaces | undefined;
}

const IGNORE_CASE = { case: true, accents: false };

/**
 * BBOX and WKT are longitude first unless a reference system says otherwise; dates may stand without quotes. DURING takes in both ends.
 * @throws SyntaxFault with the character, for the reasons of `parseCql2Text`.
 */
export function parseCqlText(text: string, queryables: Queryables, namespaces?: Namespaces): Filter {
  const cursor = createCqlCursor(text, { backslashQuote: false, bareDates: true });
  const reader: CqlReader = { cursor, builder: createFilterBuilder(queryables), namespaces };
  const filter = either(reader);
  if (cursor.peek().kind !== 'end') throw cursor.wrong('the end, AND or OR', 'la fin, AND ou OR');
  return reader.builder.finished(filter);
}

function either(reader: CqlReader): Filter {
  return reader.cursor.deeper(() => {
    const parts = [both(reader)];
    while (reader.cursor.skipWord('OR')) parts.push(both(reader));
    return anyOf(parts);
  });
}

function both(reader: CqlReader): Filter {
  const parts = [negated(reader)];
  while (reader.cursor.skipWord('AND')) parts.push(negated(reader));
  return allOf(parts);
}

function negated(reader: CqlReader): Filter {
  const { cursor } = reader;
  if (cursor.skipWord('NOT')) return { kind: 'notExact', of: cursor.deeper(() => negated(reader)) };
  if (cursor.isSign('(') && !startsTerm(cursor)) {
    cursor.next();
    const inner = either(reader);
    cursor.takeSign(')');
    return inner;
  }
  return predicate(reader);
}

/** Does the bracket hold a sum rather than a condition? Then what closes it is followed by an operator of terms. */
function startsTerm(cursor: CqlCursor): boolean {
  const closing = cursor.closing();
  const after = cursor.peek(closing + 1);
  if (after.kind === 'sign') return /^(?:[=<>+\-*/]|<>|<=|>=)$/.test(after.value);
  return (
    after.kind === 'name' &&
    /^(?:IS|LIKE|ILIKE|IN|BETWEEN|BEFORE|AFTER|DURING)$/i.test(after.value) &&
    !holdsCondition(cursor, closing)
  );
}

/** A comparison within the bracket makes it a condition. */
function holdsCondition(cursor: CqlCursor, closing: number): boolean {
  for (let i = 1; i < closing; i++) if (/^(?:[=<>]|<>|<=|>=)$/.test(cursor.peek(i).value)) return true;
  return false;
}

function predicate(reader: CqlReader): Filter {
  const { cursor, builder } = reader;
  const place = cursor.place();
  if (cursor.skipWord('INCLUDE')) return { kind: 'boolean', value: true };
  if (cursor.skipWord('EXCLUDE')) return { kind: 'boolean', value: false };
  if (cursor.isWord('IN') && cursor.isSign('(', 1)) {
    // Identifiers alone.
    cursor.next();
    return builder.among(builder.property('id', place), values(reader), place);
  }
  const spatial = cqlSpatial(reader);
  if (spatial !== null) return spatial;
  const left = cqlTerm(reader);
  const sign = cursor.peek();
  const operator = sign.kind === 'sign' ? COMPARISON_NAMES.get(sign.value) : undefined;
  if (operator !== undefined) {
    cursor.next();
    return builder.compare(operator === 'differs' ? 'notEqual' : operator, left, cqlTerm(reader), place);
  }
  const not = cursor.skipWord('NOT');
  const found =
    tested(left, reader, place) ?? (not ? null : (existing(left, reader, place) ?? timed(left, reader, place)));
  if (found === null) return bare(left, not, reader, place);
  return not ? { kind: 'notExact', of: found } : found;
}

/** A boolean property or TRUE stands alone. */
function bare(left: Term, not: boolean, { cursor, builder }: CqlReader, place: Place): Filter {
  const ends = cursor.peek().kind === 'end' || cursor.isSign(')') || cursor.isWord('AND') || cursor.isWord('OR');
  if (not || !ends) throw cursor.wrong('an operator', 'un opérateur');
  return builder.condition(left, place);
}

function values(reader: CqlReader): Term[] {
  const { cursor } = reader;
  cursor.takeSign('(');
  const found = [cqlTerm(reader)];
  while (cursor.skipSign(',')) found.push(cqlTerm(reader));
  cursor.takeSign(')');
  return found;
}

function tested(left: Term, reader: CqlReader, place: Place): Filter | null {
  const { cursor, builder } = reader;
  if (cursor.isWord('LIKE') || cursor.isWord('ILIKE')) {
    const fold = cursor.next().value.toUpperCase() === 'ILIKE' ? IGNORE_CASE : EXACT;
    const here = cursor.place();
    const pattern = cqlTerm(reader);
    if (pattern.kind !== 'text') throw cursor.wrong('a pattern in quotes', 'un motif entre guillemets');
    // Many servers' pages use * as the wildcard.
    const signs = pattern.value.includes('%') ? CQL_SIGNS : { ...CQL_SIGNS, any: '*' };
    const term = builder.typeOf(left) === 'text' ? folded(left, fold) : left;
    return builder.like(term, parsePattern(pattern.value, signs, here), fold, place);
  }
  if (cursor.skipWord('BETWEEN')) {
    const low = cqlTerm(reader);
    cursor.takeWord('AND');
    return builder.between(left, low, cqlTerm(reader), place);
  }
  return cursor.skipWord('IN') ? builder.among(left, values(reader), place) : null;
}

function existing(left: Term, { cursor, builder }: CqlReader, place: Place): Filter | null {
  const missing = (not: boolean): Filter => {
    const filter = builder.isNull(left, place);
    return not ? { kind: 'notExact', of: filter } : filter;
  };
  if (cursor.skipWord('IS')) {
    const not = cursor.skipWord('NOT');
    cursor.takeWord('NULL');
    return missing(not);
  }
  if (cursor.skipWord('EXISTS')) return missing(true);
  return cursor.skipWord('DOES-NOT-EXIST') ? missing(false) : null;
}

function timed(left: Term, reader: CqlReader, place: Place): Filter | null {
  const { cursor, builder } = reader;
  if (cursor.skipWord('BEFORE')) {
    if (!cursor.skipWord('OR')) return builder.temporal('before', left, cqlTerm(reader), place);
    cursor.takeWord('DURING');
    const period = cqlPeriod(reader);
    return anyOf([
      builder.temporal('before', left, period, place),
      builder.temporal('duringClosed', left, period, place),
    ]);
  }
  if (cursor.skipWord('AFTER')) return builder.temporal('after', left, cqlTerm(reader), place);
  if (!cursor.skipWord('DURING')) return null;
  const after = cursor.skipWord('OR');
  if (after) cursor.takeWord('AFTER');
  const period = cqlPeriod(reader);
  const during = builder.temporal('duringClosed', left, period, place);
  return after ? anyOf([during, builder.temporal('after', left, period, place)]) : during;
}
