// Conditions on service-specific fields (`metadata.fields`, jsonb), typed by the service files. Every conversion stands behind a test of
// the stored value's own kind, so that no stored value can fail a statement.
import type { FieldCondition } from '../model/query.ts';
import type { FieldType } from '../model/service.ts';
import type { Parameters } from './search-statement.ts';

/** Types of the fields of each service: service → field → type. */
export type FieldTypes = ReadonlyMap<string, ReadonlyMap<string, FieldType>>;

/** Services that have the field, with its type. */
export function servicesOfField(types: FieldTypes, field: string): ReadonlyMap<string, FieldType> {
  const found = new Map<string, FieldType>();
  for (const [service, fields] of types) {
    const type = fields.get(field);
    if (type !== undefined) found.set(service, type);
  }
  return found;
}

const isNumeric = (type: FieldType): boolean => type === 'integer' || type === 'number';

/**
 * The condition over `metadata m`; null: nothing can match (a value that the type does not have).
 * A list value matches when one of its elements does.
 */
export function fieldCondition(
  condition: FieldCondition,
  types: ReadonlySet<FieldType>,
  parameters: Parameters,
): string | null {
  const { operator } = condition;
  const values = Array.isArray(condition.value) ? condition.value : [condition.value as string | number | boolean];
  const tests: string[] = [];
  if ([...types].some(isNumeric) && operator !== 'contains') {
    const numbers = values.map(Number).filter((number, i) => Number.isFinite(number) && values[i] !== '');
    if (numbers.length > 0) tests.push(numericTest(operator, numbers, parameters));
  }
  if (types.has('boolean') && (operator === 'equals' || operator === 'in')) {
    const wanted = values.map(String).filter((value) => value === 'true' || value === 'false');
    if (wanted.length > 0)
      tests.push(
        `jsonb_typeof(e.value) = 'boolean' AND (e.value #>> '{}') = ANY (${parameters.add(wanted, 'text[]')})`,
      );
  }
  if ([...types].some((type) => !isNumeric(type) && type !== 'boolean'))
    tests.push(textTest(operator, values.map(String), types, parameters));
  if (tests.length === 0) return null;
  const stored = `(m.fields -> ${parameters.add(condition.field, 'text')})`;
  return `EXISTS (SELECT FROM jsonb_path_query(${stored}, '$[*]') e(value) WHERE ${tests.map((test) => `(${test})`).join(' OR ')})`;
}

function numericTest(operator: FieldCondition['operator'], numbers: readonly number[], parameters: Parameters): string {
  const stored = `CASE WHEN jsonb_typeof(e.value) = 'number' THEN (e.value #>> '{}')::numeric END`;
  if (operator === 'min') return `${stored} >= ${parameters.add(String(numbers[0]), 'numeric')}`;
  if (operator === 'max') return `${stored} <= ${parameters.add(String(numbers[0]), 'numeric')}`;
  return `${stored} = ANY (${parameters.add(numbers.map(String), 'numeric[]')})`;
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);

function textTest(
  operator: FieldCondition['operator'],
  values: readonly string[],
  types: ReadonlySet<FieldType>,
  parameters: Parameters,
): string {
  const stored = `CASE WHEN jsonb_typeof(e.value) = 'string' THEN lower(e.value #>> '{}') END`;
  const value = values[0] ?? '';
  switch (operator) {
    case 'equals':
    case 'in':
      return `${stored} IN (SELECT lower(v) FROM unnest(${parameters.add(values, 'text[]')}) v)`;
    case 'contains':
      return `position(lower(${parameters.add(value, 'text')}) IN ${stored}) > 0`;
    case 'min':
      return `${stored} COLLATE "C" >= lower(${parameters.add(value, 'text')}) COLLATE "C"`;
    case 'max': {
      // A day as the latest moment means its end.
      const latest = types.has('datetime') && isDay(value) ? `${value}T23:59:59.999999Z` : value;
      return `${stored} COLLATE "C" <= lower(${parameters.add(latest, 'text')}) COLLATE "C"`;
    }
  }
}
