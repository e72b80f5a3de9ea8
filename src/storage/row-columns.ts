// The columns of `metadata` that a writer of rows fills, with the type that each has in the JSON document of a batch.
import type { MetadataInput } from '../mapping/row.ts';

type Written = Exclude<keyof MetadataInput, 'service' | 'id' | 'updated_at'>;

/** What a record says; two rows that are equal in these are the same version. */
export const CONTENT_COLUMNS: { readonly [C in Written]: string } = {
  level: 'text',
  identifier: 'text',
  parent: 'text',
  origin: 'text',
  version: 'text',
  doi: 'text',
  name: 'text',
  description: 'text',
  authorization_: 'smallint',
  date_b: 'date',
  time_b: 'time',
  date_e: 'date',
  time_e: 'time',
  latitude: 'float8',
  longitude: 'float8',
  elevation: 'int',
  epsg: 'int',
  acquisition: 'smallint',
  format: 'smallint',
  lang: 'text',
  translations: 'jsonb',
  keywords: 'text[]',
  product_level: 'text',
  instrument: 'text[]',
  platform: 'text',
  licence: 'text',
  contacts: 'jsonb',
  lineage: 'jsonb',
  resolution_m: 'float8',
  elevation_max: 'int',
  data_created: 'date',
  data_published: 'date',
  links: 'jsonb',
  fields: 'jsonb',
  embargo_until: 'date',
  access_groups: 'text[]',
  footprint: 'jsonb',
};

/** Of a series record these follow its members, and no writer of rows sets them. */
export const EXTENT_COLUMNS: ReadonlySet<string> = new Set([
  'date_b',
  'time_b',
  'date_e',
  'time_e',
  'elevation',
  'elevation_max',
  'footprint',
]);

/** A row with its key and every column filled, ready to be written. */
export type CompleteRow = { readonly service: string; readonly id: number; readonly updated_at: string | null } & {
  readonly [C in Written]: MetadataInput[C] | null;
};

/** Fills what a row leaves out: defaults of the columns, our identifier, our parent; times lose their fractions of a second. */
export function completeRow(row: MetadataInput, id: number, prefix: string): CompleteRow {
  const level = row.level ?? 'dataset';
  const complete: Record<string, unknown> = { service: row.service, id, updated_at: row.updated_at ?? null };
  for (const column of Object.keys(CONTENT_COLUMNS)) complete[column] = row[column as Written] ?? null;
  return {
    ...(complete as CompleteRow),
    level,
    identifier: row.identifier ?? defaultIdentifier(row.service, id, prefix),
    parent: row.parent === undefined && level === 'dataset' ? `${prefix}:${row.service}` : (row.parent ?? null),
    authorization_: row.authorization_ ?? 0,
    lang: row.lang ?? 'en',
    keywords: row.keywords ?? [],
    instrument: row.instrument ?? [],
    access_groups: row.access_groups ?? [],
    time_b: wholeSeconds(row.time_b),
    time_e: wholeSeconds(row.time_e),
    epsg: row.epsg ?? null,
  };
}

function defaultIdentifier(service: string, id: number, prefix: string): string {
  return id === 0 ? `${prefix}:${service}` : `${prefix}:${service}:${id}`;
}

function wholeSeconds(time: string | null | undefined): string | null {
  return time?.replace(/\.\d+$/, '') ?? null;
}
