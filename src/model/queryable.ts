// What can be asked of a record by name: the one table behind every filter, /queryables, /sortables, GetDomain and STAC. The table
// itself is made in `mapping/queryables.ts`, its SQL in `storage/filter-columns.ts`.
import type { SortKey } from './query.ts';
import type { Localised } from './text.ts';

/**
 * text, number, integer, boolean: one value; texts: several; instant: a moment or a day; period: begin and end (the time of the record);
 * geometry; words: all the text of the record.
 */
export const QUERYABLE_TYPES = [
  'text',
  'texts',
  'number',
  'integer',
  'boolean',
  'instant',
  'period',
  'geometry',
  'words',
] as const;
export type QueryableType = (typeof QUERYABLE_TYPES)[number];

export interface Queryable {
  /** Canonical: as it stands in the tree of a filter. A service's own field: its name, or `{service}:{name}` for that service alone. */
  readonly name: string;
  readonly type: QueryableType;
  readonly title: Localised;
  /** Member of `properties` in a /queryables document (JSON Schema 2019-09), without title. */
  readonly schema: { readonly [member: string]: unknown };
  /** The sort key of the same meaning; null: not sortable. */
  readonly sort: SortKey | null;
  /** UDUNITS text. */
  readonly unit?: string;
  /** The values that it may take, where they are a closed list. */
  readonly values?: readonly string[];
  /** Where it is a service's own field: its name there, and the services that have it; null: every record can have it. */
  readonly field: { readonly name: string; readonly services: readonly string[] } | null;
  /** Qualified names by which the dialects know it: `dc:title`, `apiso:Title`. Names are compared without case. */
  readonly aliases: readonly string[];
}

/** Prefixes in scope: prefix (empty: default) → namespace. */
export type Namespaces = ReadonlyMap<string, string>;

export interface Queryables {
  /** The common ones, then the own fields of all services by their bare names. */
  readonly all: readonly Queryable[];
  /** The common ones, then the service's own fields. */
  readonly of: (service: string) => readonly Queryable[];
  /**
   * By canonical name, alias, bare local name or XPath (catalogue-wide rule: the last named step counts, predicates do not); case does
   * not count. Prefixes are those in scope, else the well-known ones (csw, dc, dct, ows, gmd, gml, ogc, apiso). undefined: no such property.
   */
  readonly resolve: (name: string, namespaces?: Namespaces) => Queryable | undefined;
}
