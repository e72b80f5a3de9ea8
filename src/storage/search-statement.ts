// Statements as data: texts with numbered parameters, and names under which PostgreSQL keeps them prepared.
import { createHash } from 'node:crypto';
import type { Queries, Statement } from './database.ts';

export type ParameterValue = string | number | boolean | null | readonly string[];

/** The parameters of one statement, in the order in which its text asks for them. */
export interface Parameters {
  /** Adds a value and gives what to write in the text: `$3::float8`. */
  readonly add: (value: ParameterValue, type: string) => string;
  readonly values: readonly ParameterValue[];
}

// PostgreSQL holds no NUL in a text; a value that has one must find nothing instead of failing the statement.
const withoutNul = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text);

export function createParameters(): Parameters {
  const values: ParameterValue[] = [];
  const add = (value: ParameterValue, type: string): string => {
    const clean =
      typeof value === 'string' ? withoutNul(value) : Array.isArray(value) ? value.map(withoutNul) : (value ?? null);
    return `$${values.push(clean)}::${type}`;
  };
  return { add, values };
}

/** Whole numbers as the text of a PostgreSQL array; cheaper for the driver than a JavaScript array. */
export const integerArray = (numbers: Iterable<number>): string => `{${[...numbers].join(',')}}`;

/** Each connection keeps every named statement with its plan, so there is an end to what gets a name. */
const MOST_NAMES = 400;

/**
 * Names statements by their text. Equal sets of conditions have equal texts, so each set is planned once per connection. After 400
 * different texts new ones stay without a name (and are planned each time).
 */
export function createNamer(): (text: string, values: readonly ParameterValue[]) => Statement {
  const names = new Map<string, string>();
  return (text, values) => {
    const known = names.get(text);
    if (known !== undefined) return { name: known, text, values };
    if (names.size >= MOST_NAMES) return { name: null, text, values };
    const name = `vobs_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
    names.set(text, name);
    return { name, text, values };
  };
}

/** Runs a statement. */
export function ask<Row extends object>(queries: Queries, { name, text, values }: Statement): Promise<Row[]> {
  return queries.query<Row>(name, text, values);
}
