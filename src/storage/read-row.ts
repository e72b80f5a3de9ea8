// Columns of a MetadataRow from `metadata m` and its search row `s` (which a withdrawn record lacks). jsonb, dates and times as text.
import type { MetadataRow } from '../mapping/row.ts';

const COLUMNS: { readonly [C in keyof MetadataRow]: string } = {
  n: 'm.n',
  id: 'm.id',
  service: 'm.service',
  level: 'm.level',
  identifier: 'm.identifier',
  parent: 'm.parent',
  origin: 'm.origin',
  version: 'm.version',
  doi: 'm.doi',
  name: 'm.name',
  description: 'm.description',
  authorization_: 'm.authorization_',
  date_b: 'm.date_b::text',
  time_b: "to_char(m.time_b, 'HH24:MI:SS')",
  date_e: 'm.date_e::text',
  time_e: "to_char(m.time_e, 'HH24:MI:SS')",
  latitude: 'm.latitude',
  longitude: 'm.longitude',
  elevation: 'm.elevation',
  epsg: 'm.epsg',
  acquisition: 'm.acquisition',
  format: 'm.format',
  lang: 'm.lang',
  translations: 'm.translations::text',
  keywords: 'm.keywords',
  product_level: 'm.product_level',
  instrument: 'm.instrument',
  platform: 'm.platform',
  licence: 'm.licence',
  contacts: 'm.contacts::text',
  lineage: 'm.lineage::text',
  resolution_m: 'm.resolution_m',
  elevation_max: 'm.elevation_max',
  data_created: 'm.data_created::text',
  data_published: 'm.data_published::text',
  links: 'm.links::text',
  fields: 'm.fields::text',
  embargo_until: 'm.embargo_until::text',
  access_groups: 'm.access_groups',
  has_rows: 'm.has_rows',
  assets: 'm.assets::text',
  deleted_at: 'm.deleted_at::text',
  created_at: `to_char(m.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  datestamp: `to_char(m.datestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  change: 'm.change::text',
  west: 'coalesce(s.west_of_180, s.west)',
  south: 's.south',
  east: 'coalesce(s.east_of_180, s.east)',
  north: 's.north',
  shape: 'CASE WHEN s.shape IS NOT NULL THEN ST_AsGeoJSON(s.shape, 15, 0) END',
};

/** The select list of pages; where `m` has no row every column is NULL. */
export const ROW_COLUMNS = Object.entries(COLUMNS)
  .map(([name, expression]) => `${expression} AS ${name}`)
  .join(', ');

/**
 * The same as one JSON value, for a single record. Measured: one row 0.16 ms against 0.18 as columns, but ten rows 0.47 against 0.37.
 */
export const ROW_AS_JSON = `(SELECT row_to_json(r) FROM (SELECT ${ROW_COLUMNS}) r) AS row`;
