// A record under the old keys, as clients of the running API read it: the table's own numbers and texts, then the service's fields.
import type { CatalogRecord, FieldValue } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';

export type OldRow = { readonly [key: string]: FieldValue };

/** Fields in the order of the service's file, null where the record has none, so that all rows have the same columns. */
function fieldsOf(service: Service, record: CatalogRecord): OldRow {
  const declared = service.fields.map(({ name }) => [name, record.fields[name] ?? null] as const);
  return { ...Object.fromEntries(declared), ...record.fields };
}

function localizationOf(service: Service, record: CatalogRecord): FieldValue {
  const named = service.old.localization === null ? null : record.fields[service.old.localization];
  return named ?? record.places[0] ?? null;
}

/** An entry of a list. `lat` and `lng` are the stored numbers in the system `epsg`; `uri` is what `/data/id/{uri}` takes. */
export function oldRecord(service: Service, record: CatalogRecord): OldRow {
  const { position, stored } = record;
  const own: OldRow = {
    id: record.id,
    name: record.name,
    descr: record.description,
    authorization_: record.authorization,
    date_b: stored.dateBegin,
    time_b: stored.timeBegin,
    date_e: stored.dateEnd,
    time_e: stored.timeEnd,
    localization: localizationOf(service, record),
    lat: position?.y ?? null,
    lng: position?.x ?? null,
    elevation: record.elevation,
    epsg: position?.epsg ?? null,
    uri: record.id,
  };
  return { ...own, ...fieldsOf(service, record), ...own };
}

/** The data of one record: its number and its service's fields. */
export function dataRow(service: Service, record: CatalogRecord): OldRow {
  const own: OldRow = { id: record.id };
  return { ...own, ...fieldsOf(service, record), ...own };
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
