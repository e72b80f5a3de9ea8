// Name of a field ↔ type ↔ where it is stored ↔ how it is shown: one table for every search and every display.
import type { CatalogRecord, FieldValue } from '../model/record.ts';
import type { FieldType, Service } from '../model/service.ts';
import type { Localised } from '../model/text.ts';
import type { RecordTime } from '../model/time.ts';

/** Where a field stands in the table `metadata`: a column, or a key of the jsonb column `fields`. */
export type FieldSource = { readonly column: string } | { readonly json: string };

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly label: Localised;
  /** UDUNITS text. */
  readonly unit?: string;
  readonly queryable: boolean;
  /** The values that the field may take, where they are a closed list. */
  readonly values?: readonly string[];
  readonly source: FieldSource;
  /** The field's value of a record; null where it has none. */
  readonly read: (record: CatalogRecord) => FieldValue;
}

/** Fields that every record has. Their names cannot be used for a service's own fields. */
export const COMMON_FIELDS: readonly Field[] = [
  common('id', 'integer', { en: 'Number', fr: 'Numéro' }, 'id', (r) => r.id),
  common('identifier', 'text', { en: 'Identifier', fr: 'Identifiant' }, 'identifier', (r) => r.identifier),
  common('service', 'text', { en: 'Observation service', fr: 'Service d’observation' }, 'service', (r) => r.service),
  common('level', 'text', { en: 'Level', fr: 'Niveau' }, 'level', (r) => r.level),
  common('name', 'text', { en: 'Name', fr: 'Nom' }, 'name', (r) => r.name),
  common('description', 'text', { en: 'Description', fr: 'Description' }, 'description', (r) => r.description),
  common('begin', 'datetime', { en: 'Begin', fr: 'Début' }, 'date_b', (r) => beginOf(r.time)),
  common('end', 'datetime', { en: 'End', fr: 'Fin' }, 'date_e', (r) => endOf(r.time)),
  common(
    'longitude',
    'number',
    { en: 'Longitude', fr: 'Longitude' },
    'longitude',
    (r) => r.bbox?.[0] ?? null,
    'degree',
  ),
  common('latitude', 'number', { en: 'Latitude', fr: 'Latitude' }, 'latitude', (r) => r.bbox?.[1] ?? null, 'degree'),
  common('elevation', 'integer', { en: 'Elevation', fr: 'Altitude' }, 'elevation', (r) => r.elevation, 'm'),
  common('authorization', 'integer', { en: 'Access', fr: 'Accès' }, 'authorization_', (r) => r.authorization),
  common('acquisition', 'integer', { en: 'Acquisition', fr: 'Acquisition' }, 'acquisition', (r) => r.acquisition),
  common('format', 'integer', { en: 'Format', fr: 'Format' }, 'format', (r) => r.format),
  common(
    'productLevel',
    'text',
    { en: 'Product level', fr: 'Niveau de produit' },
    'product_level',
    (r) => r.productLevel,
  ),
  common('instrument', 'text', { en: 'Instrument', fr: 'Instrument' }, 'instrument', (r) => r.instruments),
  common('platform', 'text', { en: 'Platform', fr: 'Plate-forme' }, 'platform', (r) => r.platform),
  common('updated', 'datetime', { en: 'Updated', fr: 'Mis à jour' }, 'datestamp', (r) => r.updated),
];

const COMMON = new Map(COMMON_FIELDS.map((field) => [field.name, field]));
const SPECIFIC = new WeakMap<Pick<Service, 'fields'>, ReadonlyMap<string, Field>>();

/** A field of the service by its name, its own or a common one; undefined where there is none. */
export function fieldOf(service: Pick<Service, 'fields'>, name: string): Field | undefined {
  return specificFields(service).get(name) ?? COMMON.get(name);
}

/** The service's own fields, in the order of its file. */
export function ownFields(service: Pick<Service, 'fields'>): readonly Field[] {
  return [...specificFields(service).values()];
}

/** Is the value one of the field's type? null always is. Lists are taken value by value. */
export function isOfType(value: FieldValue, type: FieldType): boolean {
  if (value === null) return true;
  if (typeof value === 'object') return value.every((part) => isOfType(part, type));
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isInCalendar(value);
    case 'datetime':
      return (
        typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/.test(value) && isInCalendar(value)
      );
  }
}

/** Date.parse takes the 30th of February for the 2nd of March. */
function isInCalendar(moment: string): boolean {
  const ms = Date.parse(moment);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(moment.slice(0, 19).replace('Z', ''));
}

function specificFields(service: Pick<Service, 'fields'>): ReadonlyMap<string, Field> {
  let fields = SPECIFIC.get(service);
  if (fields === undefined) {
    fields = new Map(
      service.fields.map((field) => [
        field.name,
        { ...field, source: { json: field.name }, read: (record) => record.fields[field.name] ?? null },
      ]),
    );
    SPECIFIC.set(service, fields);
  }
  return fields;
}

function common(
  name: string,
  type: FieldType,
  label: Localised,
  column: string,
  read: (record: CatalogRecord) => FieldValue,
  unit?: string,
): Field {
  return { name, type, label, queryable: true, source: { column }, read, ...(unit === undefined ? {} : { unit }) };
}

function beginOf(time: RecordTime): string | null {
  return time.kind === 'none' ? null : time.kind === 'instant' ? time.at : time.begin;
}

function endOf(time: RecordTime): string | null {
  return time.kind === 'none' ? null : time.kind === 'instant' ? time.at : time.end;
}
