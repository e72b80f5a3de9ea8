// Values of CQL2 text: literals, properties, arithmetic, and the functions that the standard names (OGC 21-065r2, clauses 7.3 to 7.12).
import type { Arithmetic, MomentTerm, PropertyTerm, Term } from '../../model/filter.ts';
import { boxTerm, dayTerm, momentTerm, timestampTerm } from './cql2-literals.ts';
import { ARRAY_NAMES, SPATIAL_NAMES, TEMPORAL_NAMES } from './cql2-names.ts';
import type { Cql2Node, Cql2Reader } from './cql2-text.ts';
import { excerpt } from './excerpt.ts';
import { atCharacter, filterFault, type Place } from './filter-faults.ts';
import { checkedInterval } from './filter-terms.ts';
import { endOfGeometry, GEOMETRY_NAMES, parseFilterWkt, unclosedGeometry } from './filter-wkt.ts';

/** Sums of products of powers of operands. */
export function cql2Arithmetic(reader: Cql2Reader): Cql2Node {
  return binary(reader, ['+', '-'], (inner) => binary(inner, ['*', '/', '%', 'DIV'], power));
}

function binary(reader: Cql2Reader, operators: readonly string[], part: (reader: Cql2Reader) => Cql2Node): Cql2Node {
  const { cursor, builder } = reader;
  const place = cursor.place();
  let left = part(reader);
  for (;;) {
    const operator = operators.find((each) => (each === 'DIV' ? cursor.isWord(each) : cursor.isSign(each)));
    if (operator === undefined) return left;
    cursor.next();
    const here = cursor.place();
    const right = part(reader);
    left = {
      term: {
        kind: 'arithmetic',
        operator: operator.toLowerCase() as Arithmetic,
        left: builder.wanted(reader.asTerm(left, place), 'number', place),
        right: builder.wanted(reader.asTerm(right, here), 'number', here),
      },
    };
  }
}

function power(reader: Cql2Reader): Cql2Node {
  return binary(reader, ['^'], signed);
}

function signed(reader: Cql2Reader): Cql2Node {
  const { cursor, builder } = reader;
  const minus = cursor.isSign('-');
  if (!minus && !cursor.isSign('+')) return operand(reader);
  cursor.next();
  const place = cursor.place();
  const term = builder.wanted(
    reader.asTerm(
      cursor.deeper(() => signed(reader)),
      place,
    ),
    'number',
    place,
  );
  if (!minus) return { term };
  // The negation of a literal is a literal; 0 has no sign.
  if (term.kind === 'number') return { term: { kind: 'number', value: -term.value + 0 } };
  return { term: { kind: 'arithmetic', operator: '*', left: { kind: 'number', value: -1 }, right: term } };
}

function operand(reader: Cql2Reader): Cql2Node {
  const { cursor, builder } = reader;
  const token = cursor.peek();
  const place = cursor.place();
  switch (token.kind) {
    case 'text':
      cursor.next();
      return { term: { kind: 'text', value: token.value } };
    case 'number':
      cursor.next();
      return { term: numberTerm(token.value, place) };
    case 'quoted':
      cursor.next();
      return { term: builder.property(token.value, place) };
    case 'name':
      if (cursor.isSign('(', 1) || isCollectionWithHeight(reader)) return called(reader, token.value);
      cursor.next();
      if (/^(true|false)$/i.test(token.value)) return { term: { kind: 'truth', value: /^t/i.test(token.value) } };
      return { term: builder.property(token.value, place) };
    default:
      return bracketed(reader);
  }
}

function numberTerm(text: string, place: Place): Term {
  const value = Number(text);
  if (Number.isFinite(value)) return { kind: 'number', value };
  throw filterFault(place, 'the number is too large', 'le nombre est trop grand');
}

function bracketed(reader: Cql2Reader): Cql2Node {
  const { cursor } = reader;
  if (!cursor.skipSign('(')) throw cursor.wrong('a value or a condition', 'une valeur ou une condition');
  const inner = reader.expression();
  cursor.takeSign(')');
  return inner;
}

const isCollectionWithHeight = ({ cursor }: Cql2Reader): boolean =>
  GEOMETRY_NAMES.has(cursor.peek().value.toUpperCase()) && cursor.isWord('Z', 1) && cursor.isSign('(', 2);

/** A name before a bracket. */
function called(reader: Cql2Reader, name: string): Cql2Node {
  const { cursor, builder } = reader;
  const { at } = cursor.peek();
  const place = atCharacter(at);
  const key = name.toLowerCase();
  if (
    GEOMETRY_NAMES.has(name.toUpperCase()) ||
    /^(point|linestring|polygon|multi\w+|geometrycollection)z$/i.test(name)
  ) {
    const end = endOfGeometry(cursor.text, at);
    if (end === -1) throw unclosedGeometry(place);
    cursor.skipTo(end);
    return { term: { kind: 'geometry', geometry: parseFilterWkt(cursor.text.slice(at, end), place) } };
  }
  cursor.next();
  cursor.takeSign('(');
  const node = cursor.deeper(() => functionNode(reader, key, place));
  if (node === null)
    throw filterFault(
      place,
      `the function ${excerpt(name)} is not offered`,
      `la fonction ${excerpt(name)} n'est pas proposée`,
    );
  cursor.takeSign(')');
  return node;

  function functionNode(inner: Cql2Reader, key: string, place: Place): Cql2Node | null {
    if (key === 'casei' || key === 'accenti') {
      const fold = { case: key === 'casei', accents: key === 'accenti' };
      return { term: builder.folded(argument(inner), fold, place) };
    }
    if (key === 'date') return { term: dayTerm(quotedText(inner), place) };
    if (key === 'timestamp') return { term: timestampTerm(quotedText(inner), place) };
    if (key === 'interval') return { term: interval(inner, place) };
    if (key === 'bbox') return { term: boxTerm(numbers(inner), place) };
    const spatial = SPATIAL_NAMES.get(key);
    if (spatial !== undefined) return { filter: builder.spatial(spatial, ...pair(inner, argument), place) };
    const temporal = TEMPORAL_NAMES.get(key);
    if (temporal !== undefined) return { filter: builder.temporal(temporal, ...pair(inner, argument), place) };
    const array = ARRAY_NAMES.get(key);
    if (array !== undefined) return { filter: builder.array(array, ...pair(inner, list), place) };
    return null;
  }
}

function pair(reader: Cql2Reader, part: (reader: Cql2Reader) => Term): [Term, Term] {
  const left = part(reader);
  reader.cursor.takeSign(',');
  return [left, part(reader)];
}

function argument(reader: Cql2Reader): Term {
  const place = reader.cursor.place();
  return reader.asTerm(cql2Arithmetic(reader), place);
}

/** A property, or a list of values in brackets, which may be empty. */
function list(reader: Cql2Reader): Term {
  const { cursor } = reader;
  if (!cursor.skipSign('(')) return argument(reader);
  const of: Term[] = [];
  if (!cursor.isSign(')')) {
    do of.push(argument(reader));
    while (cursor.skipSign(','));
  }
  cursor.takeSign(')');
  return { kind: 'list', of };
}

function quotedText({ cursor }: Cql2Reader): string {
  const token = cursor.peek();
  if (token.kind !== 'text') throw cursor.wrong('a text in quotes', 'un texte entre guillemets');
  return cursor.next().value;
}

function numbers(reader: Cql2Reader): readonly number[] {
  const found: number[] = [];
  do {
    const term = argument(reader);
    if (term.kind !== 'number') throw reader.cursor.wrong('a number', 'un nombre');
    found.push(term.value);
  } while (reader.cursor.skipSign(','));
  return found;
}

function interval(reader: Cql2Reader, place: Place): Term {
  const start = instant(reader);
  reader.cursor.takeSign(',');
  return checkedInterval(start, instant(reader), place);
}

/** `'2024-01-01'`, `'..'`, a property, or a call of DATE or TIMESTAMP. */
function instant(reader: Cql2Reader): MomentTerm | PropertyTerm | null {
  const { cursor, builder } = reader;
  const place = cursor.place();
  const term = argument(reader);
  if (term.kind === 'text') return momentTerm(term.value, place);
  if (term.kind === 'moment') return term;
  if (term.kind === 'property' && builder.wanted(term, 'time', place) === term) return term;
  throw cursor.wrong('a date', 'une date');
}
