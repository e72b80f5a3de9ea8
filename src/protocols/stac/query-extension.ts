// The query extension: `{"property": {"operator": value}}`, all of them together, as a filter.
import { createFilterBuilder, type FilterBuilder } from '../../formats/syntax/filter-builder.ts';
import { atPointer, filterFault, type Place } from '../../formats/syntax/filter-faults.ts';
import { allOf, type Comparison, EXACT, type Filter, type Piece, type Term } from '../../model/filter.ts';
import type { Queryables } from '../../model/queryable.ts';

const COMPARISONS: { readonly [operator: string]: Comparison } = {
  eq: 'equal',
  neq: 'differs',
  lt: 'less',
  lte: 'lessOrEqual',
  gt: 'greater',
  gte: 'greaterOrEqual',
};
const PATTERNS: { readonly [operator: string]: (text: string) => readonly Piece[] } = {
  startsWith: (literal) => [{ literal }, 'any'],
  endsWith: (literal) => ['any', { literal }],
  contains: (literal) => ['any', { literal }, 'any'],
};
const MOST = 100;

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function literal(value: unknown, place: Place): Term {
  if (typeof value === 'string') return { kind: 'text', value };
  if (typeof value === 'number') return { kind: 'number', value };
  if (typeof value === 'boolean') return { kind: 'truth', value };
  throw filterFault(
    place,
    'a text, a number, true or false is wanted',
    'un texte, un nombre, true ou false est attendu',
  );
}

function condition(builder: FilterBuilder, property: Term, operator: string, value: unknown, place: Place): Filter {
  const comparison = Object.hasOwn(COMPARISONS, operator) ? COMPARISONS[operator] : undefined;
  if (comparison !== undefined) return builder.compare(comparison, property, literal(value, place), place);
  const pattern = Object.hasOwn(PATTERNS, operator) ? PATTERNS[operator] : undefined;
  if (pattern !== undefined) {
    if (typeof value !== 'string' || value === '') throw filterFault(place, 'a text is wanted', 'un texte est attendu');
    return builder.like(property, pattern(value), EXACT, place);
  }
  if (operator !== 'in') {
    const known = [...Object.keys(COMPARISONS), ...Object.keys(PATTERNS), 'in'].join(', ');
    throw filterFault(place, `operators are ${known}`, `les opérateurs sont ${known}`);
  }
  if (!Array.isArray(value)) throw filterFault(place, 'a list is wanted', 'une liste est attendue');
  const values = (value as readonly unknown[]).map((each) => literal(each, place));
  return builder.among(property, values, place);
}

/** @throws SyntaxFault with a JSON pointer: another form, an unknown property or operator, a value of the wrong type. */
export function readQuery(value: unknown, queryables: Queryables): Filter {
  if (!isObject(value)) {
    throw filterFault(
      atPointer('/'),
      'an object {"property": {"operator": value}} is wanted',
      'un objet {"propriété": {"opérateur": valeur}} est attendu',
    );
  }
  const builder = createFilterBuilder(queryables);
  const filters: Filter[] = [];
  for (const [name, operators] of Object.entries(value)) {
    const place = atPointer(`/${name}`);
    const property = builder.property(name, place);
    if (!isObject(operators)) throw filterFault(place, 'an object is wanted', 'un objet est attendu');
    for (const [operator, wanted] of Object.entries(operators)) {
      filters.push(condition(builder, property, operator, wanted, atPointer(`/${name}/${operator}`)));
    }
    if (filters.length > MOST) {
      throw filterFault(place, `at most ${MOST} conditions are taken`, `au plus ${MOST} conditions sont acceptées`);
    }
  }
  return builder.finished(allOf(filters));
}
