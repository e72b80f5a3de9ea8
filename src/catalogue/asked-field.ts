// What a caller writes for a service-specific field, as conditions: one value, {a,b} or a range [a,b] (value syntax of OGC 13-026r9).
import { parseDateTime, printDateTime } from '../formats/syntax/datetime.ts';
import { closedRange, parseNumberCondition, parseValueCondition } from '../formats/syntax/intervals.ts';
import { SyntaxFault } from '../model/errors.ts';
import type { FieldCondition } from '../model/query.ts';
import type { FieldDefinition } from '../model/service.ts';

const LONGEST = 200;

function range(field: string, min: string | number | null, max: string | number | null): readonly FieldCondition[] {
  const conditions: FieldCondition[] = [];
  if (min !== null) conditions.push({ field, operator: 'min', value: min });
  if (max !== null) conditions.push({ field, operator: 'max', value: max });
  return conditions;
}

function numbers(field: string, text: string): readonly FieldCondition[] {
  const condition = parseNumberCondition(text);
  if (condition.kind === 'range') {
    const { min, max } = closedRange(condition);
    return range(field, min, max);
  }
  const [only] = condition.values;
  return condition.values.length === 1 && only !== undefined
    ? [{ field, operator: 'equals', value: only }]
    : [{ field, operator: 'in', value: condition.values }];
}

/** Dates are stored as ISO 8601 text, whose order is that of time: a whole day is the range of what it holds. */
function dates(field: string, kind: 'date' | 'datetime', text: string): readonly FieldCondition[] {
  const print = (ms: number): string => (kind === 'date' ? printDateTime(ms).slice(0, 10) : printDateTime(ms));
  const condition = parseValueCondition(text, parseDateTime);
  if (condition.kind === 'range') {
    const { min, max } = condition;
    if (min && max && min.value.start > max.value.end) {
      throw new SyntaxFault(
        'the lower bound is above the upper one',
        'la borne inférieure dépasse la borne supérieure',
      );
    }
    return range(
      field,
      min && print(min.open ? min.value.end + 1 : min.value.start),
      max && print(max.open ? max.value.start - 1 : max.value.end),
    );
  }
  const [only] = condition.values;
  if (only === undefined || condition.values.length > 1) {
    throw new SyntaxFault('one date or a range [a,b] is wanted', 'une date ou un intervalle [a,b] est attendu');
  }
  return range(field, print(only.start), print(only.end));
}

function flag(field: string, text: string): readonly FieldCondition[] {
  const folded = text.trim().toLowerCase();
  if (folded === 'true' || folded === '1') return [{ field, operator: 'equals', value: true }];
  if (folded === 'false' || folded === '0') return [{ field, operator: 'equals', value: false }];
  throw new SyntaxFault('true or false is wanted', 'true ou false est attendu');
}

function texts(field: string, text: string): readonly FieldCondition[] {
  if (text.length > LONGEST) {
    throw new SyntaxFault(`at most ${LONGEST} characters are taken`, `au plus ${LONGEST} caractères sont acceptés`);
  }
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return [{ field, operator: 'equals', value: trimmed }];
  const condition = parseValueCondition(trimmed, (part) => part);
  if (condition.kind === 'range') throw new SyntaxFault('one text or {a,b} is wanted', 'un texte ou {a,b} est attendu');
  return [{ field, operator: 'in', value: condition.values }];
}

/**
 * The conditions that a text asks of a field, by the field's type.
 * @throws SyntaxFault when the text is not of the type, or its lower bound is above the upper one.
 */
export function fieldConditions(
  definition: Pick<FieldDefinition, 'name' | 'type'>,
  text: string,
): readonly FieldCondition[] {
  switch (definition.type) {
    case 'integer':
    case 'number':
      return numbers(definition.name, text);
    case 'date':
    case 'datetime':
      return dates(definition.name, definition.type, text);
    case 'boolean':
      return flag(definition.name, text);
    case 'text':
      return texts(definition.name, text);
  }
}
