// A row of the table `metadata` as statements of `storage/` give it: the customer's columns by their own names, and ours beside them.
// jsonb columns arrive as text (reading them costs more than carrying them); dates, times and geometry as text too.
import type { Contact, Link } from '../model/description.ts';
import type { Geometry } from '../model/geometry.ts';
import type { FieldValue, Level, ProductLevel } from '../model/record.ts';
import type { Language, Localised } from '../model/text.ts';

export interface MetadataRow {
  /** Our own number, unique in the catalogue; the last key of every order. */
  readonly n: number;
  /** The customer's number, unique within its service; 0 for the service's own series record. */
  readonly id: number;
  readonly service: string;
  readonly level: string;
  readonly identifier: string;
  readonly parent: string | null;
  readonly origin: string | null;
  readonly version: string | null;
  readonly doi: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly authorization_: number;
  /** `YYYY-MM-DD` */
  readonly date_b: string | null;
  /** `hh:mm:ss` */
  readonly time_b: string | null;
  readonly date_e: string | null;
  readonly time_e: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly elevation: number | null;
  readonly epsg: number | null;
  readonly acquisition: number | null;
  readonly format: number | null;
  readonly lang: string;
  /** JSON text or null, as every jsonb column below. */
  readonly translations: string | null;
  readonly keywords: readonly string[];
  readonly product_level: string | null;
  readonly instrument: readonly string[];
  readonly platform: string | null;
  readonly licence: string | null;
  readonly contacts: string | null;
  readonly lineage: string | null;
  readonly resolution_m: number | null;
  readonly elevation_max: number | null;
  readonly data_created: string | null;
  readonly data_published: string | null;
  readonly links: string | null;
  readonly fields: string | null;
  readonly embargo_until: string | null;
  readonly access_groups: readonly string[];
  /** Rows of observations belong to the record. */
  readonly has_rows: boolean;
  /** List of files, JSON text; null: none. */
  readonly assets: string | null;
  readonly deleted_at: string | null;
  /** When the record came into the catalogue: RFC 3339 UTC, whole seconds. */
  readonly created_at: string;
  /** RFC 3339 UTC, whole seconds. */
  readonly datestamp: string;
  readonly change: string;
  /** Of the search table, WGS 84 degrees; null without position. */
  readonly west: number | null;
  readonly south: number | null;
  readonly east: number | null;
  readonly north: number | null;
  /** GeoJSON text where the record's shape is not its point or box; else null. */
  readonly shape: string | null;
}

/**
 * What a writer of rows gives: the customer's columns as they are, and of ours what is known. Absent = null or the column's default.
 * (service, id) is the natural key: the same key again is a correction, the same content again changes nothing.
 */
export interface MetadataInput {
  readonly service: string;
  /** Absent: the next number of the service. */
  readonly id?: number;
  readonly level?: Level;
  /** Absent: `{prefix}:{service}:{id}`. */
  readonly identifier?: string;
  readonly parent?: string | null;
  readonly origin?: string | null;
  readonly version?: string | null;
  readonly doi?: string | null;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly authorization_?: number;
  readonly date_b?: string | null;
  readonly time_b?: string | null;
  readonly date_e?: string | null;
  readonly time_e?: string | null;
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly elevation?: number | null;
  readonly epsg?: number | null;
  readonly acquisition?: number | null;
  readonly format?: number | null;
  readonly lang?: Language;
  readonly translations?: { readonly [L in Language]?: { readonly title?: string; readonly abstract?: string } } | null;
  readonly keywords?: readonly string[];
  readonly product_level?: ProductLevel | null;
  readonly instrument?: readonly string[];
  readonly platform?: string | null;
  readonly licence?: string | null;
  readonly contacts?: readonly Contact[] | null;
  readonly lineage?: Localised | null;
  readonly resolution_m?: number | null;
  readonly elevation_max?: number | null;
  readonly data_created?: string | null;
  readonly data_published?: string | null;
  readonly links?: readonly Link[] | null;
  readonly fields?: { readonly [name: string]: FieldValue } | null;
  readonly embargo_until?: string | null;
  readonly access_groups?: readonly string[];
  /** WGS 84; null: the position is latitude, longitude, epsg. */
  readonly footprint?: Geometry | null;
  /** RFC 3339; absent: now. */
  readonly updated_at?: string;
}
