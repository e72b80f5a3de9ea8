// A record under the old keys, as clients of the running API read it: the table's own numbers and texts, then the service's fields.
import type { CatalogRecord, FieldValue } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';

export type OldRow = { readonly [key: string]: FieldValue };

/** Adds the fields in the order of the service's file, null where the record has none, so that all rows have the same columns. */
function addFields(
  row: { [key: string]: FieldValue },
  names: readonly string[],
  fields: CatalogRecord['fields'],
): OldRow {
  for (const name of names) if (!Object.hasOwn(row, name)) row[name] = fields[name] ?? null;
  // What the file does not declare stands behind.
  for (const name in fields) if (!Object.hasOwn(row, name)) row[name] = fields[name] ?? null;
  return row;
}

/**
 * Gives the function to an entry of a list, which runs for every record that flows. `lat` and `lng` are the stored numbers in the system
 * `epsg`; `uri` is what `/data/id/{uri}` takes.
 */
export function createOldRecord(service: Service): (record: CatalogRecord) => OldRow {
  const names = service.fields.map(({ name }) => name);
  const { localization } = service.old;
  return (record) => {
    const { position, stored, fields } = record;
    const named = localization === null ? null : fields[localization];
    const row: { [key: string]: FieldValue } = {
      id: record.id,
      name: record.name,
      descr: record.description,
      authorization_: record.authorization,
      date_b: stored.dateBegin,
      time_b: stored.timeBegin,
      date_e: stored.dateEnd,
      time_e: stored.timeEnd,
      localization: named ?? record.places[0] ?? null,
      lat: position?.y ?? null,
      lng: position?.x ?? null,
      elevation: record.elevation,
      epsg: position?.epsg ?? null,
      uri: record.id,
    };
    return addFields(row, names, fields);
  };
}

/** The data of one record: its number and its service's fields. */
export function dataRow(service: Service, record: CatalogRecord): OldRow {
  return addFields(
    { id: record.id },
    service.fields.map(({ name }) => name),
    record.fields,
  );
}

/** Header and rows as CSV (RFC 4180): comma, CRLF, quotes where needed; a list's values are joined by `;`. */
export function csv(rows: readonly OldRow[]): string {
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
