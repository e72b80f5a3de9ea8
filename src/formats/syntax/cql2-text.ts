// CQL2 text (OGC 21-065r2, clause 9 and its BNF) into the filter tree: boolean expressions, comparisons, IS NULL.
// One pass, no backtracking: what stands in brackets says itself whether it is a condition, a value or a list.
import { allOf, anyOf, EXACT, type Filter, type Term } from '../../model/filter.ts';
import type { Queryables } from '../../model/queryable.ts';
import { type CqlCursor, createCqlCursor } from './cql-cursor.ts';
import { COMPARISON_NAMES } from './cql2-names.ts';
import { cql2Arithmetic } from './cql2-terms.ts';
import { createFilterBuilder, type FilterBuilder } from './filter-builder.ts';
import { filterFault, type Place } from './filter-faults.ts';
import { CQL_SIGNS, parsePattern } from './like-pattern.ts';

/** A condition or a value: which one shows only at its end. */
export type Cql2Node = { readonly filter: Filter } | { readonly term: Term };

export interface Cql2Reader {
  readonly cursor: CqlCursor;
  readonly builder: FilterBuilder;
  /** A whole expression. */
  readonly expression: () => Cql2Node;
  readonly asTerm: (node: Cql2Node, place: Place) => Term;
}

/**
 * @throws SyntaxFault with the character: what is no CQL2, an unknown property or function, operands of the wrong type, a filter beyond
 * the limits (20 levels, 500 conditions and terms, 10 000 positions, 10 000 characters of one text).
 */
export function parseCql2Text(text: string, queryables: Queryables): Filter {
  const cursor = createCqlCursor(text, { backslashQuote: true, bareDates: false });
  const builder = createFilterBuilder(queryables);
  const reader: Cql2Reader = {
    cursor,
    builder,
    expression: () => either(reader),
    asTerm(node, place) {
      if ('term' in node) return node.term;
      if (node.filter.kind === 'boolean') return { kind: 'truth', value: node.filter.value };
      throw filterFault(place, 'a value is wanted here', 'une valeur est attendue ici');
    },
  };
  const place = cursor.place();
  const filter = asFilter(either(reader), reader, place);
  if (cursor.peek().kind !== 'end') throw cursor.wrong('the end, AND or OR', 'la fin, AND ou OR');
  return builder.finished(filter);
}

function asFilter(node: Cql2Node, { builder }: Cql2Reader, place: Place): Filter {
  return 'filter' in node ? node.filter : builder.condition(node.term, place);
}

/** What one of several operators joins; alone it stays what it is. */
function chain(
  reader: Cql2Reader,
  word: 'AND' | 'OR',
  part: (reader: Cql2Reader) => Cql2Node,
  join: (filters: readonly Filter[]) => Filter,
): Cql2Node {
  const place = reader.cursor.place();
  const first = part(reader);
  if (!reader.cursor.isWord(word)) return first;
  const parts = [asFilter(first, reader, place)];
  while (reader.cursor.skipWord(word)) {
    const here = reader.cursor.place();
    parts.push(asFilter(part(reader), reader, here));
  }
  return { filter: join(parts) };
}

function either(reader: Cql2Reader): Cql2Node {
  return reader.cursor.deeper(() => chain(reader, 'OR', both, anyOf));
}

function both(reader: Cql2Reader): Cql2Node {
  return chain(reader, 'AND', negated, allOf);
}

function negated(reader: Cql2Reader): Cql2Node {
  const { cursor } = reader;
  // A property may be called "not"; the keyword is never followed by an operator.
  if (!cursor.skipWord('NOT')) return predicate(reader);
  const place = cursor.place();
  const of = asFilter(
    cursor.deeper(() => negated(reader)),
    reader,
    place,
  );
  return { filter: { kind: 'not', of } };
}

function predicate(reader: Cql2Reader): Cql2Node {
  const { cursor, builder } = reader;
  const place = cursor.place();
  const left = cql2Arithmetic(reader);
  const sign = cursor.peek();
  const operator = sign.kind === 'sign' ? COMPARISON_NAMES.get(sign.value) : undefined;
  if (operator !== undefined) {
    cursor.next();
    const right = value(reader);
    return { filter: builder.compare(operator, reader.asTerm(left, place), right, place) };
  }
  if (cursor.skipWord('IS')) return isNull(left, reader, place);
  const not = (cursor.isWord('NOT') && ['LIKE', 'BETWEEN', 'IN'].some((word) => cursor.isWord(word, 1))) === true;
  if (not) cursor.next();
  const found = tested(left, reader, place);
  if (found === null) return left;
  return { filter: not ? { kind: 'not', of: found } : found };
}

function value(reader: Cql2Reader): Term {
  const place = reader.cursor.place();
  return reader.asTerm(cql2Arithmetic(reader), place);
}

function isNull(left: Cql2Node, { cursor, builder }: Cql2Reader, place: Place): Cql2Node {
  const not = cursor.skipWord('NOT');
  cursor.takeWord('NULL');
  const filter: Filter = 'filter' in left ? { kind: 'unknown', of: left.filter } : builder.isNull(left.term, place);
  return { filter: not ? { kind: 'not', of: filter } : filter };
}

function tested(left: Cql2Node, reader: Cql2Reader, place: Place): Filter | null {
  const { cursor, builder } = reader;
  if (cursor.skipWord('LIKE')) {
    const here = cursor.place();
    const pattern = value(reader);
    const [text, fold] = pattern.kind === 'folded' ? [pattern.of, pattern.fold] : [pattern, EXACT];
    if (text.kind !== 'text') throw cursor.wrong('a pattern in quotes', 'un motif entre guillemets');
    return builder.like(reader.asTerm(left, place), parsePattern(text.value, CQL_SIGNS, here), fold, place);
  }
  if (cursor.skipWord('BETWEEN')) {
    const low = value(reader);
    cursor.takeWord('AND');
    return builder.between(reader.asTerm(left, place), low, value(reader), place);
  }
  if (cursor.skipWord('IN')) {
    cursor.takeSign('(');
    const values = [value(reader)];
    while (cursor.skipSign(',')) values.push(value(reader));
    cursor.takeSign(')');
    return builder.among(reader.asTerm(left, place), values, place);
  }
  return null;
}
