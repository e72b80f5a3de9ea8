// Time of a record, with the precision that was stored: a day stays a day, no midnight is invented (metadata-mapping rule of ISO, DCAT, schema.org).

/** `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ssZ` (UTC). */
export type Moment = string;

/**
 * none: no usable time (both ends absent, or the end before the begin). instant: one moment. period: `begin` null = unknown,
 * `end` null = still open.
 */
export type RecordTime =
  | { readonly kind: 'none' }
  | { readonly kind: 'instant'; readonly at: Moment }
  | { readonly kind: 'period'; readonly begin: Moment | null; readonly end: Moment | null };

/** Instants in milliseconds since 1970, both ends included; null = unbounded. */
export interface TimeWindow {
  readonly start: number | null;
  readonly end: number | null;
}
