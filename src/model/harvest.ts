// A harvest: the catalogue in the order of its changes, deletions included, page by page (OAI-PMH 2.0, section 4 of the protocol).
import type { CatalogRecord, Level, ProductLevel } from './record.ts';

/** The members of a set. A deleted record stays in the sets that it was last in. */
export type HarvestSet =
  | { readonly kind: 'services'; readonly services: readonly string[] }
  | { readonly kind: 'levels'; readonly levels: readonly Level[] }
  | { readonly kind: 'acquisitions'; readonly codes: readonly number[] }
  | { readonly kind: 'formats'; readonly codes: readonly number[] }
  | { readonly kind: 'productLevels'; readonly productLevels: readonly ProductLevel[] }
  /** Data that everybody may take: authorization_ 0 and no embargo that still runs; and every deleted record, so that none is missed. */
  | { readonly kind: 'open' };

/** Place of a record in the order of harvests. */
export interface HarvestPlace {
  /** RFC 3339, UTC, whole seconds. */
  readonly datestamp: string;
  readonly n: number;
}

export interface HarvestQuery {
  readonly set: HarvestSet | null;
  /** Datestamps, RFC 3339, UTC, whole seconds, ends included; null = open. */
  readonly from: string | null;
  readonly until: string | null;
  /** `YYYY-MM-DD`: an embargo until this day is over. */
  readonly today: string;
  /** null: the first page. */
  readonly after: HarvestPlace | null;
  /** Revision of the catalogue at the first page: what changed later is left to the next harvest, so the list is closed. null: the first page. */
  readonly upto: string | null;
  /** How many records followed the page before, and at which revision; spares a count as long as nothing has changed. */
  readonly following: { readonly count: number; readonly revision: string } | null;
  readonly limit: number;
}

/** What is known of every item, deleted or not. */
export interface HarvestHeader {
  readonly n: number;
  readonly identifier: string;
  readonly datestamp: string;
  /** Withdrawn, or no longer to be seen by the viewer. */
  readonly deleted: boolean;
  readonly service: string;
  readonly level: Level;
  readonly acquisition: number | null;
  readonly format: number | null;
  readonly productLevel: ProductLevel | null;
  readonly authorization: number;
  readonly embargoUntil: string | null;
}

export interface HarvestItem {
  readonly header: HarvestHeader;
  /** null: deleted. */
  readonly record: CatalogRecord | null;
}

export interface HarvestPage<Item> {
  readonly items: readonly Item[];
  /** Of the catalogue as the page saw it. */
  readonly revision: string;
  /** How many records of the list come after this page, and the revision at which that is so; exact. */
  readonly following: { readonly count: number; readonly revision: string };
}
