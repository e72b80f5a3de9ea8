// Values written into the text of a statement, for COPY, which takes no parameters. Each is built from a checked value, never from a text as it is.

export function integerLiteral(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number`);
  return String(value);
}

export function numberLiteral(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is no number`);
  return `'${value}'::float8`;
}

/** Needs standard_conforming_strings, which is on unless somebody turns it off. PostgreSQL holds no NUL. */
export function textLiteral(value: string): string {
  return `'${value.replaceAll('\0', '\uFFFD').replaceAll("'", "''")}'`;
}

export function textArrayLiteral(values: readonly string[]): string {
  return `ARRAY[${values.map(textLiteral).join(', ')}]::text[]`;
}

/** Microseconds since 1970 as PostgreSQL's timestamptz has them; the ends of time where it has no such year. */
export function instantLiteral(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000);
  if (!(milliseconds > -62_135_596_800_000)) return "'-infinity'::timestamptz";
  if (milliseconds >= 253_402_300_800_000) return "'infinity'::timestamptz";
  const rest = String(Math.round(microseconds - milliseconds * 1000)).padStart(3, '0');
  return `'${new Date(milliseconds).toISOString().replace('Z', `${rest}+00`)}'::timestamptz`;
}

/** Days since 1970. */
export function dayLiteral(days: number): string {
  if (!(days > -719_162)) return "'-infinity'::date";
  if (days >= 2_932_897) return "'infinity'::date";
  return `'${new Date(days * 86_400_000).toISOString().slice(0, 10)}'::date`;
}
