// The statement that writes rows: new ones are added, those of a known natural key are replaced where something differs, and what they were
// is kept in `rows_history`, in the same statement.
import type { CheckedColumn } from './data-rows-check.ts';
import { columnOf, type DataShape, quoted, type ShapeColumn } from './data-shape.ts';
import { textLiteral } from './sql-literals.ts';

const DAY = 86_400_000;

/** How a column comes: as the text of an array, quickest for the driver. */
function incoming({ kind }: ShapeColumn, place: number): string {
  if (kind === 'text' || kind === 'numbers') return `$${place}::text[]`;
  return kind === 'integer' || kind === 'boolean' || kind === 'day' ? `$${place}::int[]` : `$${place}::float8[]`;
}

function converted({ kind }: ShapeColumn, name: string): string {
  switch (kind) {
    case 'instant':
      return `to_timestamp(${name} / 1000)`;
    case 'day':
      return `'1970-01-01'::date + ${name}`;
    case 'boolean':
      return `${name} <> 0`;
    case 'numbers':
      return `${name}::float8[]`;
    default:
      return name;
  }
}

const number = (value: number): string => (Number.isFinite(value) ? String(value) : 'NULL');

/** The parameter for a column: the values of these rows. */
export function parameterOf({ column, values }: CheckedColumn, rows: readonly number[]): string | (string | null)[] {
  const { kind, size } = column;
  if (kind === 'text') return rows.map((row) => (values as readonly (string | null)[])[row] ?? null);
  const numbers = values as Float64Array;
  if (kind === 'day') return `{${rows.map((row) => number(Math.floor((numbers[row] as number) / DAY))).join(',')}}`;
  if (kind !== 'numbers') return `{${rows.map((row) => number(numbers[row] as number)).join(',')}}`;
  const cell = (row: number): string => {
    const own = numbers.subarray(row * size, (row + 1) * size);
    return own.every(Number.isNaN) ? 'NULL' : `"{${Array.from(own, number).join(',')}}"`;
  };
  return `{${rows.map(cell).join(',')}}`;
}

export interface Upserted {
  readonly record: number;
  readonly written: number;
  readonly replaced: number;
  /** ISO text; null: no row has a time. */
  readonly begins: string | null;
  readonly ends: string | null;
}

/**
 * `columns` are those that are given, natural key included; others keep what they have. $1 is the revision that the rows get, the columns
 * follow. Gives what was written, record by record. `empty`: there is nothing to be replaced, a repeated key is an error.
 */
export function upsertStatement(shape: DataShape, columns: readonly ShapeColumn[], empty: boolean): string {
  const { table, key, time, service } = shape;
  const names = columns.map(({ name }) => quoted(name));
  const others = columns.filter(({ inKey }) => !inKey).map(({ name }) => quoted(name));
  const same = key.map((name) => `d.${quoted(name)} = i.${quoted(name)}`).join(' AND ');
  const row = (of: string) => `(${others.map((name) => `${of}.${name}`).join(', ')})`;
  const differs = (a: string, b: string) => `${row(a)} IS DISTINCT FROM ${row(b)}`;
  const at = time === null ? 'NULL::timestamptz' : `${quoted(time.name)}::timestamptz`;
  const given = columns.map((column, n) => `${converted(column, `u.c${n}`)} AS ${names[n]}`).join(', ');
  const update = `DO UPDATE SET ${[...others.map((name) => `${name} = excluded.${name}`), 'vobs_since = excluded.vobs_since'].join(', ')} WHERE ${differs('d', 'excluded')}`;
  const conflict = `
  ON CONFLICT (${key.map(quoted).join(', ')}) ${others.length === 0 ? 'DO NOTHING' : update}`;
  const replaced =
    empty || others.length === 0
      ? 'SELECT NULL::int AS record WHERE false'
      : `INSERT INTO rows_history (service, record, since, until, content)
  SELECT ${textLiteral(service)}, d.record, d.vobs_since, $1::bigint, to_jsonb(d) FROM ${table} d JOIN incoming i ON ${same}
  WHERE ${differs('d', 'i')} RETURNING record`;
  return `WITH incoming AS MATERIALIZED (SELECT ${given} FROM unnest(${columns.map((column, n) => incoming(column, n + 2)).join(', ')}) AS u (${columns.map((_, n) => `c${n}`).join(', ')})),
replaced AS (${replaced}),
written AS (INSERT INTO ${table} AS d (${names.join(', ')}, vobs_since) SELECT ${names.join(', ')}, $1::bigint FROM incoming${empty ? '' : conflict} RETURNING record, ${at} AS at)
SELECT w.record, count(*)::int AS written, coalesce(r.replaced, 0)::int AS replaced, min(w.at) AS begins, max(w.at) AS ends
FROM written w LEFT JOIN (SELECT record, count(*) AS replaced FROM replaced GROUP BY record) r ON r.record = w.record
GROUP BY w.record, r.replaced`;
}

/** Counts a record's rows anew, where a replaced row may have changed its time. $1 the service, $2 the record. */
export function recountStatement(shape: DataShape): string {
  const at =
    shape.time === null ? 'NULL::timestamptz' : `${quoted(columnOf(shape, shape.time.name).name)}::timestamptz`;
  return `UPDATE rows_record r SET row_count = c.row_count, begins = c.begins, ends = c.ends
FROM (SELECT count(*) AS row_count, min(${at}) AS begins, max(${at}) AS ends FROM ${shape.table} WHERE record = $2::int) c
WHERE r.service = $1::text AND r.record = $2::int`;
}
