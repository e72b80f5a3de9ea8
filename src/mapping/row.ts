// A row of the table `metadata` as statements of `storage/` give it: the customer's columns by their own names, and ours beside them.
// jsonb columns arrive as text (reading them costs more than carrying them); dates, times and geometry as text too.

export interface MetadataRow {
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
  readonly deleted_at: string | null;
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
