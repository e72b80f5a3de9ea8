// Terms of a filter as SQL values. A property with several values is a row source; a test over it holds when it does for one value, and is
// unknown where there is no value at all, so that the three-valued logic of CQL2 is that of SQL.

import type { RecordConstants } from '../mapping/record-constants.ts';
import type { Arithmetic, Term } from '../model/filter.ts';
import type { Queryable, Queryables } from '../model/queryable.ts';
import { type ColumnKind, columnOf } from './filter-columns.ts';
import type { PartQuery } from './filter-words.ts';
import { integerArray, type Parameters } from './search-statement.ts';

/** What the translation of one filter shares. */
export interface FilterWriting {
  readonly parameters: Parameters;
  readonly queryables: Queryables;
  readonly constants: RecordConstants;
  /** Service name → its tag in the index. */
  readonly tags: ReadonlyMap<string, number>;
  /** Words and phrases as the texts of tsqueries; null: nothing to look for. */
  readonly words: ReadonlyMap<string, string | null>;
  /** Runs of letters of its patterns, with the words that hold them; null: too many. */
  readonly parts: ReadonlyMap<string, PartQuery | null>;
  /** Set when the record's own row is needed. */
  readonly uses: { record: boolean; names: number };
}

export interface Value {
  readonly sql: string;
  /** Row sources that the expression reads; none: one value. */
  readonly from: readonly string[];
  /** `iso`: a date or date-time as text of a service's own field. */
  readonly kind: ColumnKind | 'iso';
}

/** The test of one or several values; `build` gets their expressions. */
export function tested(values: readonly Value[], build: (...sql: string[]) => string): string {
  const test = build(...values.map((value) => value.sql));
  const from = [...new Set(values.flatMap((value) => value.from))];
  return from.length === 0 ? `(${test})` : `(SELECT bool_or(${test}) FROM ${from.join(', ')})`;
}

export function queryableOf(name: string, { queryables }: FilterWriting): Queryable {
  const queryable = queryables.resolve(name);
  if (queryable === undefined) throw new Error(`the filter names ${name}, which is no property`);
  return queryable;
}

/** A property, a literal text, number or truth, or what is made of them. Times and geometries have their own files. */
export function termValue(term: Term, writing: FilterWriting): Value {
  const { parameters } = writing;
  switch (term.kind) {
    case 'property':
      return propertyValue(queryableOf(term.name, writing), writing);
    case 'text':
      return { sql: parameters.add(term.value, 'text'), from: [], kind: 'text' };
    case 'number':
      return { sql: parameters.add(term.value, 'float8'), from: [], kind: 'number' };
    case 'truth':
      return { sql: parameters.add(term.value, 'boolean'), from: [], kind: 'boolean' };
    case 'folded': {
      const inner = termValue(term.of, writing);
      const plain = term.fold.accents ? `public.unaccent(${inner.sql})` : inner.sql;
      return { ...inner, sql: term.fold.case ? `lower(${plain})` : plain };
    }
    case 'arithmetic': {
      const [left, right] = [termValue(term.left, writing), termValue(term.right, writing)];
      const sql = ARITHMETIC[term.operator](`(${left.sql})::float8`, `(${right.sql})::float8`);
      return { sql: `(${sql})`, from: [...left.from, ...right.from], kind: 'number' };
    }
    default:
      throw new Error(`a ${term.kind} is no plain value`);
  }
}

/** Division by nothing gives no value. */
const ARITHMETIC: { readonly [A in Arithmetic]: (left: string, right: string) => string } = {
  '+': (left, right) => `${left} + ${right}`,
  '-': (left, right) => `${left} - ${right}`,
  '*': (left, right) => `${left} * ${right}`,
  '/': (left, right) => `${left} / nullif(${right}, 0)`,
  '%': (left, right) => `mod((${left})::numeric, nullif(${right}, 0)::numeric)::float8`,
  div: (left, right) => `trunc(${left} / nullif(${right}, 0))`,
  // A root of a negative number has no value, nor has 0 to a negative power.
  '^': (left, right) =>
    `SELECT CASE WHEN a > 0 OR (a < 0 AND b = trunc(b)) OR (a = 0 AND b >= 0) THEN power(a, b) END FROM (SELECT ${left} AS a, ${right} AS b) p`,
};

function propertyValue(queryable: Queryable, writing: FilterWriting): Value {
  if (queryable.field !== null) return fieldValue(queryable, writing);
  const { kind, sql, ofRecord } = columnOf(queryable, writing.constants, writing.parameters);
  if (ofRecord) writing.uses.record = true;
  if (kind !== 'texts') return { sql: kind === 'text' ? `nullif(${sql}, '')` : sql, from: [], kind };
  const name = nextName(writing);
  return { sql: `${name}.v`, from: [`unnest(${sql}) ${name}(v)`], kind: 'text' };
}

const nextName = ({ uses }: FilterWriting): string => `e${++uses.names}`;

const ISO = `'^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\dZ)?$'`;

/** A field of `metadata.fields`, one or several values; each conversion stands behind a test of the stored value's own kind. */
function fieldValue({ name, type, field }: Queryable, writing: FilterWriting): Value {
  writing.uses.record = true;
  const e = nextName(writing);
  const plain = `(${e}.v #>> '{}')`;
  const of = (kind: string, sql: string): string => `CASE WHEN jsonb_typeof(${e}.v) = '${kind}' THEN ${sql} END`;
  const { parameters } = writing;
  const stored = `m.fields -> ${parameters.add(field?.name ?? name, 'text')}`;
  const tags = parameters.add(integerArray(tagsOfField(field?.services ?? [], writing)), 'smallint[]');
  // Another service's field of the same name is another one.
  const own = `CASE WHEN s.service = ANY (${tags}) THEN ${stored} END`;
  const from = [`jsonb_path_query(${own}, '$[*]') ${e}(v)`];
  switch (type) {
    case 'number':
    case 'integer':
      return { sql: of('number', `${plain}::float8`), from, kind: 'number' };
    case 'boolean':
      return { sql: of('boolean', `${plain}::boolean`), from, kind: 'boolean' };
    case 'instant':
      return { sql: `CASE WHEN ${plain} ~ ${ISO} THEN ${plain} END`, from, kind: 'iso' };
    default:
      return {
        sql: `CASE WHEN jsonb_typeof(${e}.v) IN ('string', 'number') THEN nullif(${plain}, '') END`,
        from,
        kind: 'text',
      };
  }
}

/** Tags of the services that have a field. */
export const tagsOfField = (services: readonly string[], { tags }: FilterWriting): readonly number[] =>
  services.flatMap((service) => tags.get(service) ?? []);
