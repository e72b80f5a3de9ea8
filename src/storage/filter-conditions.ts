// The one translation of the filter tree to SQL, every literal a parameter. Where unknown is as good as false (everything that is joined by
// AND and OR from the top), parts that name an area, words or a time ask the one index first, exactly as the fields of `SearchQuery` do;
// below a negation they must tell unknown from false, and stand alone.
import type { Filter, Term } from '../model/filter.ts';
import { foldedSql, patternOf, type WordsSql, wordsLike } from './filter-like.ts';
import { spatialRelation, withinDistance } from './filter-space.ts';
import { type Order, SIGNS, temporalRelation, timeComparison, touchedWindow } from './filter-time.ts';
import { type FilterWriting, queryableOf, tagsOfField, termValue, tested } from './filter-values.ts';
import { quotedPhrase } from './filter-words.ts';
import { queryMonths } from './search-cells.ts';
import { integerArray } from './search-statement.ts';

/** Conditions to be joined by AND; `indexed`: one of them asks an index that leaves little over. */
export interface FilterSql {
  readonly conditions: readonly string[];
  readonly indexed: boolean;
}

type Leaf<K extends Filter['kind']> = Extract<Filter, { readonly kind: K }>;
const sure = (exact: string, indexed = false): FilterSql => ({ conditions: [exact], indexed });

/** Over `metadata_search s` and, where `writing.uses.record` is set in the end, `metadata m`. */
export function filterConditions(filter: Filter, writing: FilterWriting): FilterSql {
  return conjunction(filter.kind === 'and' ? filter.of : [filter], writing);
}

/** Parts that must all hold; the windows of time that they ask are one. */
function conjunction(filters: readonly Filter[], writing: FilterWriting): FilterSql {
  const months = monthsOf(filters, writing);
  const parts = filters.map((filter) => written(filter, writing, true));
  return {
    conditions: [...months, ...parts.flatMap((part) => part.conditions)],
    indexed: months.length > 0 || parts.some((part) => part.indexed),
  };
}

function monthsOf(filters: readonly Filter[], writing: FilterWriting): readonly string[] {
  let [start, end] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const filter of filters) {
    const window = touchedWindow(filter, writing);
    start = Math.max(start, window?.start ?? start);
    end = Math.min(end, window?.end ?? end);
  }
  if (start > end) return [];
  const known = (ms: number): number | null => (Number.isFinite(ms) ? ms : null);
  const months = queryMonths(known(start), known(end));
  return months === null ? [] : [`s.months && ${writing.parameters.add(integerArray(months), 'int[]')}`];
}

const joined = (conditions: readonly string[], by: 'AND' | 'OR'): string =>
  conditions.length === 1 ? conditions[0]! : `(${conditions.join(` ${by} `)})`;

/** `positive`: unknown is as good as false here. */
function written(filter: Filter, writing: FilterWriting, positive: boolean): FilterSql {
  const exact = (inner: Filter): string => joined(written(inner, writing, false).conditions, 'AND');
  switch (filter.kind) {
    case 'and':
      return positive ? conjunction(filter.of, writing) : sure(joined(filter.of.map(exact), 'AND'));
    case 'or': {
      if (!positive) return sure(joined(filter.of.map(exact), 'OR'));
      const arms = filter.of.map((arm) => filterConditions(arm, writing));
      const sql = joined(
        arms.map(({ conditions }) => joined(conditions, 'AND')),
        'OR',
      );
      return sure(
        sql,
        arms.every((arm) => arm.indexed),
      );
    }
    case 'not':
      return sure(`(NOT ${exact(filter.of)})`);
    case 'notExact':
      return sure(`(NOT coalesce(${exact(filter.of)}, false))`);
    case 'unknown':
      return sure(`(${exact(filter.of)} IS NULL)`);
    case 'boolean':
      return sure(String(filter.value));
    case 'compare':
      return comparison(filter, writing, positive);
    case 'like':
      return like(filter, writing, positive);
    case 'between':
      return sure(between(filter, writing));
    case 'in':
      return among(filter, writing, positive);
    case 'null':
      return sure(isNull(filter.term, writing));
    case 'spatial': {
      const found = spatialRelation(filter.operator, filter.left, filter.right, writing, positive);
      return { conditions: [...found.preselect, found.exact], indexed: found.preselect.length > 0 };
    }
    case 'distance': {
      const near = filter.operator === 'within';
      const found = withinDistance(filter.left, filter.right, filter.metres, writing, positive && near);
      if (!near) return sure(`(NOT ${found.exact})`);
      return { conditions: [...found.preselect, found.exact], indexed: found.preselect.length > 0 };
    }
    case 'temporal':
      return sure(temporalRelation(filter.operator, filter.left, filter.right, writing));
    case 'array':
      return sure(arrayRelation(filter, writing));
    case 'words':
      return words(filter.text, writing);
    case 'phrase':
      return words(quotedPhrase(filter.text), writing);
  }
}

function words(text: string, { words, parameters }: FilterWriting): FilterSql {
  const query = words.get(text) ?? null;
  return query === null ? sure('false', true) : sure(`(s.words @@ ${parameters.add(query, 'tsquery')})`, true);
}

/** Is it a moment or a period? */
function ofTime(term: Term, writing: FilterWriting): boolean {
  if (term.kind === 'moment' || term.kind === 'interval') return true;
  if (term.kind !== 'property') return false;
  const { type } = queryableOf(term.name, writing);
  return type === 'instant' || type === 'period';
}

/** One of the orders or equality of two terms of any type. */
function ordered(operator: Order, left: Term, right: Term, writing: FilterWriting): string {
  if (ofTime(left, writing) || ofTime(right, writing)) return timeComparison(operator, left, right, writing);
  const [one, two] = [termValue(left, writing), termValue(right, writing)];
  // Texts have one order everywhere, that of their code points.
  const collated = operator !== 'equal' && one.kind === 'text' ? ' COLLATE "C"' : '';
  return tested([one, two], (a, b) => `${a}${collated} ${SIGNS[operator]} ${b}`);
}

function comparison({ operator, left, right }: Leaf<'compare'>, writing: FilterWriting, positive: boolean): FilterSql {
  if (operator === 'differs') return sure(`(NOT ${ordered('equal', left, right, writing)})`);
  if (operator === 'notEqual') return sure(`(NOT coalesce(${ordered('equal', left, right, writing)}, false))`);
  if (operator === 'equal') {
    const [property, literal] = left.kind === 'property' ? [left, right] : [right, left];
    const named = byName(property, [literal], writing, positive);
    if (named !== null) return named;
  }
  return owned([left, right], ordered(operator, left, right, writing), writing, positive);
}

/** Names that the index knows: the service's tag, the identifier. null: it is neither. */
function byName(property: Term, values: readonly Term[], writing: FilterWriting, positive: boolean): FilterSql | null {
  if (property.kind !== 'property' || !values.every((value) => value.kind === 'text')) return null;
  const texts = values.map((value) => (value.kind === 'text' ? value.value : ''));
  const { parameters, tags } = writing;
  if (property.name === 'service') {
    const own = texts.flatMap((name) => tags.get(name) ?? []);
    if (!positive) return sure(`(s.service = ANY (${parameters.add(integerArray(own), 'smallint[]')}))`);
    if (own.length === 0) return sure('false', true);
    return {
      conditions: [
        `s.cells && ${parameters.add(integerArray(own.map((tag) => -tag)), 'int[]')}`,
        `s.service = ANY (${parameters.add(integerArray(own), 'smallint[]')})`,
      ],
      indexed: true,
    };
  }
  if (property.name !== 'id' || !positive) return null;
  return sure(`s.n IN (SELECT n FROM metadata WHERE identifier = ANY (${parameters.add(texts, 'text[]')}))`, true);
}

/** Only records of the services that have a field can fulfil a condition on it: their tags preselect. */
function owned(terms: readonly Term[], exact: string, writing: FilterWriting, positive: boolean): FilterSql {
  const field = terms
    .flatMap((term) => (term.kind === 'property' ? [queryableOf(term.name, writing)] : []))
    .find((queryable) => queryable.field !== null)?.field;
  if (!positive || field === undefined || field === null) return sure(exact);
  const own = tagsOfField(field.services, writing).map((tag) => -tag);
  return {
    conditions: [`s.cells && ${writing.parameters.add(integerArray(own), 'int[]')}`, exact],
    indexed: true,
  };
}

const ofWords = ({ exact, indexed }: WordsSql): FilterSql => sure(exact, indexed);

function like({ term, pattern, fold }: Leaf<'like'>, writing: FilterWriting, positive: boolean): FilterSql {
  if (term.kind === 'property' && queryableOf(term.name, writing).type === 'words')
    return ofWords(wordsLike(pattern, writing, positive));
  const wanted = foldedSql(writing.parameters.add(patternOf(pattern), 'text'), fold);
  return owned(
    [term],
    tested([termValue(term, writing)], (sql) => `${sql} LIKE ${wanted}`),
    writing,
    positive,
  );
}

function between({ term, low, high }: Leaf<'between'>, writing: FilterWriting): string {
  if ([term, low, high].some((each) => ofTime(each, writing)))
    return `(${ordered('greaterOrEqual', term, low, writing)} AND ${ordered('lessOrEqual', term, high, writing)})`;
  const values = [term, low, high].map((each) => termValue(each, writing));
  const collated = values[0]?.kind === 'text' ? ' COLLATE "C"' : '';
  return tested(values, (a, b, c) => `${a}${collated} >= ${b} AND ${a}${collated} <= ${c}`);
}

function among({ term, values }: Leaf<'in'>, writing: FilterWriting, positive: boolean): FilterSql {
  const named = byName(term, values, writing, positive);
  if (named !== null) return named;
  const literals = values.flatMap((value) => (value.kind === 'text' || value.kind === 'number' ? [value.value] : []));
  if (literals.length < values.length) {
    const tests = values.map((value) => ordered('equal', term, value, writing));
    return owned([term], joined(tests, 'OR'), writing, positive);
  }
  const type = typeof literals[0] === 'number' ? 'float8[]' : 'text[]';
  const list = writing.parameters.add(literals.map(String), type);
  const exact = tested([termValue(term, writing)], (sql) => `${sql} = ANY (${list})`);
  return owned([term], exact, writing, positive);
}

function isNull(term: Term, writing: FilterWriting): string {
  switch (term.kind) {
    case 'property': {
      const { name, field } = queryableOf(term.name, writing);
      if (field === null && name === 'geometry') return '(s.west IS NULL)';
      if (field === null && name === 'time') return '(s.begins IS NULL)';
      const value = termValue(term, writing);
      if (value.kind === 'words') return 'false';
      // A list without values is none.
      return value.from.length === 0
        ? `(${value.sql} IS NULL)`
        : `(NOT EXISTS (SELECT FROM ${value.from.join(', ')} WHERE ${value.sql} IS NOT NULL))`;
    }
    case 'folded':
      return isNull(term.of, writing);
    case 'arithmetic':
      return `(${tested([termValue(term, writing)], (sql) => `${sql} IS NOT NULL`)} IS NOT TRUE)`;
    default:
      return 'false';
  }
}

/** Lists of texts; a record without values has none, and the relation is unknown. */
function arrayRelation({ operator, left, right }: Leaf<'array'>, writing: FilterWriting): string {
  const list = (term: Term): string => {
    if (term.kind === 'list')
      return writing.parameters.add(
        term.of.map((value) => (value.kind === 'text' ? value.value : '')),
        'text[]',
      );
    const value = termValue(term, writing);
    const text = value.kind === 'text' || value.kind === 'iso' ? value.sql : `(${value.sql})::text`;
    return value.from.length === 0
      ? `(ARRAY[${text}])`
      : `(nullif(ARRAY(SELECT ${text} FROM ${value.from.join(', ')} WHERE ${value.sql} IS NOT NULL), '{}'))`;
  };
  const [one, two] = [list(left), list(right)];
  switch (operator) {
    case 'contains':
      return `(${one} @> ${two})`;
    case 'containedBy':
      return `(${one} <@ ${two})`;
    case 'overlaps':
      return `(${one} && ${two})`;
    case 'equals':
      return `(${one} @> ${two} AND ${one} <@ ${two})`;
  }
}
