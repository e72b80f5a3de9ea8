// The order of an answer, and places in it (keyset): sort keys with their nulls last, then the record's own number.
import type { Cursor, Sort, SortKey } from '../model/query.ts';
import type { Parameters } from './search-statement.ts';

interface Key {
  /** Over `metadata_search s` and, where `ofRecord`, `metadata m`. */
  readonly expression: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly ofRecord: boolean;
  /** May the text stand in a cursor? What is not of this form never reaches SQL. */
  readonly accepts: (text: string) => boolean;
}

const TIME = /^(\d{4,5})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.\d{1,6})?\+00$/;

function isTime(text: string): boolean {
  if (text === 'infinity' || text === '-infinity') return true;
  const match = TIME.exec(text);
  if (match === null) return false;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return (
    year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60
  );
}

const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && isTime(`${text} 00:00:00+00`);
const isInteger = (text: string): boolean => /^-?\d{1,9}$/.test(text);
const isSmall = (text: string): boolean => isInteger(text) && Math.abs(Number(text)) <= 32_767;
const isText = (text: string): boolean => !text.includes('\0');

const KEYS: { readonly [K in SortKey]: Key } = {
  updated: { expression: 's.updated', type: 'timestamptz', nullable: false, ofRecord: false, accepts: isTime },
  begin: { expression: 's.begins', type: 'timestamptz', nullable: true, ofRecord: false, accepts: isTime },
  end: { expression: 's.ends', type: 'timestamptz', nullable: true, ofRecord: false, accepts: isTime },
  elevation: { expression: 's.elevation', type: 'int', nullable: true, ofRecord: false, accepts: isInteger },
  date: {
    expression: `coalesce(m.data_published, m.data_created, (s.updated AT TIME ZONE 'UTC')::date)`,
    type: 'date',
    nullable: false,
    ofRecord: true,
    accepts: isDate,
  },
  format: { expression: 's.format', type: 'smallint', nullable: true, ofRecord: false, accepts: isSmall },
  title: {
    expression: `lower(coalesce(nullif(btrim(m.name), ''), m.service || ' ' || m.id)) COLLATE "C"`,
    type: 'text',
    nullable: false,
    ofRecord: true,
    accepts: isText,
  },
  identifier: {
    expression: 'm.identifier COLLATE "C"',
    type: 'text',
    nullable: false,
    ofRecord: true,
    accepts: isText,
  },
};

export interface Order {
  readonly keys: readonly { readonly key: Key; readonly descending: boolean }[];
  /** The record's number runs against `updated`, so that one index serves both directions; else upwards. */
  readonly numberDescending: boolean;
  readonly needsRecord: boolean;
  /** The key is `updated` alone: the index has this order. */
  readonly byUpdated: 'ascending' | 'descending' | null;
}

export function orderOf(sort: readonly Sort[]): Order {
  const keys = sort
    .filter((part, i) => sort.findIndex((other) => other.key === part.key) === i)
    .map(({ key, descending }) => ({ key: KEYS[key], descending }));
  const alone =
    keys.length === 1 && sort[0]?.key === 'updated' ? (keys[0]!.descending ? 'descending' : 'ascending') : null;
  return {
    keys,
    numberDescending: sort[0]?.key === 'updated' && !sort[0].descending,
    needsRecord: keys.some(({ key }) => key.ofRecord),
    byUpdated: alone,
  };
}

/** Is the cursor one that an answer in this order gave? */
export function fitsOrder(cursor: Cursor, order: Order): boolean {
  return (
    Number.isInteger(cursor.n) &&
    Math.abs(cursor.n) <= 2_147_483_647 &&
    cursor.values.length === order.keys.length &&
    order.keys.every(({ key }, i) => {
      const value = cursor.values[i] ?? null;
      return value === null ? key.nullable : key.accepts(value);
    })
  );
}

/** Columns `k1`, `k2`… of the keys, to be selected beside `n`. */
export const keyColumns = (order: Order): string =>
  order.keys.map(({ key }, i) => `, ${key.expression} AS k${i + 1}`).join('');

/** ORDER BY over those columns of the named relation. */
export function orderBy(order: Order, relation: string): string {
  const parts = order.keys.map(
    ({ key, descending }, i) =>
      `${relation}.k${i + 1}${descending ? ' DESC' : ''}${key.nullable && descending ? ' NULLS LAST' : ''}`,
  );
  return [...parts, `${relation}.n${order.numberDescending ? ' DESC' : ''}`].join(', ');
}

/** The condition that a row of `hits h` stands after the cursor. */
export function afterCursor(order: Order, cursor: Cursor, parameters: Parameters): string {
  const n = `h.n ${order.numberDescending ? '<' : '>'} ${parameters.add(cursor.n, 'int')}`;
  return order.keys.reduceRight((later, { key, descending }, i) => {
    const column = `h.k${i + 1}`;
    const value = cursor.values[i] ?? null;
    if (value === null) return `(${column} IS NULL AND ${later})`;
    const place = parameters.add(value, key.type);
    const past = `${column} ${descending ? '<' : '>'} ${place}`;
    return `(${past}${key.nullable ? ` OR ${column} IS NULL` : ''} OR (${column} = ${place} AND ${later}))`;
  }, n);
}
