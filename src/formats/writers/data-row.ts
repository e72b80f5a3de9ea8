// The row that a record is in its service's own table: flat values by column, as JSON and as CSV (RFC 4180).
import type { CatalogRecord, FieldValue } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';

export type DataRow = { readonly [key: string]: FieldValue };

/** Adds the fields in the order of the service's file, null where the record has none, so that all rows have the same columns. */
export function addFields(
  row: { [key: string]: FieldValue },
  names: readonly string[],
  fields: CatalogRecord['fields'],
): DataRow {
  for (const name of names) if (!Object.hasOwn(row, name)) row[name] = fields[name] ?? null;
  // What the file does not declare stands behind.
  for (const name in fields) if (!Object.hasOwn(row, name)) row[name] = fields[name] ?? null;
  return row;
}

/** The data of one record: its number and its service's fields. */
export function dataRow(service: Service, record: CatalogRecord): DataRow {
  return addFields(
    { id: record.id },
    service.fields.map(({ name }) => name),
    record.fields,
  );
}

/** A list of one row, as the old addresses give it. */
export function dataJson(service: Service, record: CatalogRecord): string {
  return `${JSON.stringify([dataRow(service, record)])}\n`;
}

/** Header and rows as CSV (RFC 4180): comma, CRLF, quotes where needed; a list's values are joined by `;`. */
export function csv(rows: readonly DataRow[]): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => cell(row[name] ?? null)))];
  return lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function cell(value: FieldValue): string {
  if (value === null) return '';
  return Array.isArray(value) ? value.join(';') : String(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
