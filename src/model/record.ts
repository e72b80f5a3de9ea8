// One record of the catalogue, complete: what the internal metadata table says, joined with what its service file says.
// Every writer is a function of this and of a view; no writer sees a database row.

import type { Asset } from './asset.ts';
import type { Contact, InstrumentUse, Licence, Link, PlatformUse, ThemeReference } from './description.ts';
import type { Box, Geometry, StoredPosition } from './geometry.ts';
import type { Language, Localised } from './text.ts';
import type { RecordTime } from './time.ts';

export const LEVELS = ['dataset', 'series', 'service'] as const;
export type Level = (typeof LEVELS)[number];
export const PRODUCT_LEVELS = ['raw', 'validated', 'product'] as const;
export type ProductLevel = (typeof PRODUCT_LEVELS)[number];
export type FieldValue = string | number | boolean | null | readonly (string | number)[];

export interface CatalogRecord {
  /** The customer's number, unique within the service; 0 for a service's own series record. */
  readonly id: number;
  readonly service: string;
  readonly level: Level;
  /** `opgc:{os}:{id}` for ours; a harvested record keeps its own. */
  readonly identifier: string;
  readonly parent: string | null;
  readonly origin: string | null;
  readonly version: string | null;
  /** Bare form `10.x/y`. */
  readonly doi: string | null;
  /** Language of `title` and `abstract`; `translations` has the other one. */
  readonly lang: Language;
  /** Never empty: `{service} {id}` when the name is. */
  readonly title: string;
  /** Never empty: the series' abstract when the description is. */
  readonly abstract: string;
  readonly translations: { readonly [L in Language]?: { readonly title?: string; readonly abstract?: string } };
  /** The table's own `name` and `description`, for the old addresses. */
  readonly name: string | null;
  readonly description: string | null;
  /** The table's own date_b, time_b, date_e, time_e: `YYYY-MM-DD` and `hh:mm:ss`, null as stored. */
  readonly stored: {
    readonly dateBegin: string | null;
    readonly timeBegin: string | null;
    readonly dateEnd: string | null;
    readonly timeEnd: string | null;
  };
  readonly time: RecordTime;
  readonly position: StoredPosition | null;
  /** WGS 84; null where the record has no position. */
  readonly geometry: Geometry | null;
  readonly bbox: Box | null;
  /** Metres above mean sea level. */
  readonly elevation: number | null;
  readonly elevationMax: number | null;
  /** Codes of `authorization_`, `acquisition` and `format`; their meaning is in `codes.json`. */
  readonly authorization: number;
  readonly embargoUntil: string | null;
  readonly accessGroups: readonly string[];
  /** Rows of observations belong to the record: its data are given in every encoding at `/data/{service}/{id}`. */
  readonly hasRows: boolean;
  /** Its files: data, then overviews, thumbnails, descriptions and what they were made from; by name. */
  readonly assets: readonly Asset[];
  readonly acquisition: number | null;
  readonly format: number | null;
  readonly productLevel: ProductLevel | null;
  readonly instruments: readonly string[];
  readonly platform: string | null;
  readonly instrumentUses: readonly InstrumentUse[];
  readonly platformUses: readonly PlatformUse[];
  readonly keywords: readonly string[];
  readonly places: readonly string[];
  readonly topics: readonly string[];
  readonly themes: readonly ThemeReference[];
  readonly contacts: readonly Contact[];
  readonly licence: Licence;
  readonly lineage: Localised | null;
  readonly resolutionMetres: number | null;
  /** Kind of MD_MaintenanceFrequencyCode and MD_ProgressCode. */
  readonly maintenance: string;
  readonly status: string;
  readonly created: string | null;
  readonly published: string | null;
  /** When the record came into the catalogue, and when it last changed: RFC 3339, UTC, whole seconds. `created` and `published` are the data's. */
  readonly entered: string;
  readonly updated: string;
  /** Links that are stored with the record (other hosts included); those of our own doors come from the view. */
  readonly storedLinks: readonly Link[];
  /** Service-specific values by field name of the service file. */
  readonly fields: { readonly [name: string]: FieldValue };
  readonly deletedAt: string | null;
  /** Decimal digits of the revision that last changed the record. */
  readonly change: string;
}
