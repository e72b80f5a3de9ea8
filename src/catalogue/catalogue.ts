// The use cases of the catalogue. Every protocol calls these and nothing below.

import type { FacetName, Facets, ResultPage, SearchQuery } from '../model/query.ts';
import type { CatalogRecord } from '../model/record.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Harvest } from './harvest.ts';

/** Which record: by our identifier (`opgc:dynvolc:12`), by the UUID of version 5 that follows from it (`uuidOf`), or by service and number. */
export type RecordKey =
  | { readonly identifier: string }
  | { readonly uuid: string }
  | { readonly service: string; readonly id: number };

export interface Suggestion {
  readonly text: string;
  readonly count: number;
}

export interface Catalogue {
  /** One page. Limits are applied here; a query outside them throws AppError. */
  search(query: SearchQuery, viewer: Viewer): Promise<ResultPage>;
  /** null: absent, withdrawn, or not to be seen by the viewer (nobody can tell which). */
  get(key: RecordKey, viewer: Viewer): Promise<CatalogRecord | null>;
  /**
   * A record that has been withdrawn but whose DOI still leads here: as it was, for its tombstone. Only what everybody could see; null for
   * every other record.
   */
  withdrawn(
    key: { readonly identifier: string } | { readonly service: string; readonly id: number },
  ): Promise<CatalogRecord | null>;
  /** All records that match, in chunks, in the query's order, with constant memory; `start` and `limit` are ignored. */
  stream(query: SearchQuery, viewer: Viewer): AsyncIterable<readonly CatalogRecord[]>;
  facets(query: SearchQuery, names: readonly FacetName[], viewer: Viewer): Promise<Facets>;
  /** Values that a service-specific field takes among the records that the viewer sees, most frequent first. */
  fieldValues(service: string, field: string, viewer: Viewer, limit: number): Promise<readonly Suggestion[]>;
  /** Completions of the last word of what was typed. */
  suggest(prefix: string, viewer: Viewer, service: string | null): Promise<readonly Suggestion[]>;
  /** The catalogue in the order of its changes, deletions included. */
  readonly harvest: Harvest;
  /** Revision of the whole catalogue, decimal digits; one prepared one-row SELECT. */
  revision(): Promise<string>;
}
