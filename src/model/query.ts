// One search, whatever dialect asked it. All conditions hold together (AND); a null condition is not asked.
import type { Filter } from './filter.ts';
import type { Box, Geometry, Position } from './geometry.ts';
import type { CatalogRecord, Level, ProductLevel } from './record.ts';
import type { TimeWindow } from './time.ts';

export const SPATIAL_RELATIONS = ['intersects', 'contains', 'disjoint'] as const;
/** intersects: common point; contains: the record lies inside the asked area; disjoint: no common point (OGC 10-032 as clients use it). */
export type SpatialRelation = (typeof SPATIAL_RELATIONS)[number];
export const TIME_RELATIONS = ['intersects', 'during', 'contains', 'disjoint', 'equals'] as const;
export type TimeRelation = (typeof TIME_RELATIONS)[number];

export type Area =
  | { readonly kind: 'box'; readonly box: Box }
  | { readonly kind: 'geometry'; readonly geometry: Geometry }
  /** True metres on the ellipsoid. */
  | { readonly kind: 'circle'; readonly centre: Position; readonly metres: number };

export interface SpatialCondition {
  readonly area: Area;
  readonly relation: SpatialRelation;
}

export interface TimeCondition {
  readonly window: TimeWindow;
  readonly relation: TimeRelation;
}

export type FieldOperator = 'equals' | 'in' | 'min' | 'max' | 'contains';
/** A condition on a service-specific field; a record without the field never matches. Text is compared without case. */
export interface FieldCondition {
  readonly field: string;
  readonly operator: FieldOperator;
  readonly value: string | number | boolean | readonly (string | number)[];
}

/**
 * Sort keys that have an order on every record; records without a value come last in both directions. `date`: of publication, else of
 * creation, else of the last change; `format`: by its number in codes.json.
 */
export const SORT_KEYS = ['updated', 'begin', 'end', 'title', 'identifier', 'elevation', 'date', 'format'] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}
/** The order of every answer that asks for none. The record's own number always follows as the last key. */
export const NEWEST_FIRST: readonly Sort[] = Object.freeze([{ key: 'updated', descending: true }]);

/** Where a page starts: after so many records, or after a record's place in the order. */
export type PageStart =
  | { readonly kind: 'offset'; readonly offset: number }
  | { readonly kind: 'after'; readonly cursor: Cursor };

/** Place of a record in an order: the values of the sort keys as text (null = no value), and the record's own number. */
export interface Cursor {
  readonly values: readonly (string | null)[];
  readonly n: number;
}

export interface SearchQuery {
  /** Words that must all be found, `"a phrase"`, `-without`; accents and case do not count, French and English stems do. */
  readonly words: string | null;
  /** Identifiers, any of them. */
  readonly ids: readonly string[] | null;
  readonly areas: readonly SpatialCondition[];
  readonly time: TimeCondition | null;
  readonly services: readonly string[] | null;
  readonly levels: readonly Level[] | null;
  readonly formats: readonly number[] | null;
  readonly acquisitions: readonly number[] | null;
  readonly authorizations: readonly number[] | null;
  readonly productLevels: readonly ProductLevel[] | null;
  readonly instruments: readonly string[] | null;
  readonly platforms: readonly string[] | null;
  readonly fields: readonly FieldCondition[];
  /** A tree of conditions from any of the filter syntaxes. */
  readonly filter: Filter | null;
  /** Metres, ends included. */
  readonly elevation: { readonly min: number | null; readonly max: number | null } | null;
  /** On the record's datestamp, whole seconds, ends included. */
  readonly updated: TimeWindow | null;
  readonly sort: readonly Sort[];
  readonly start: PageStart;
  /** 0 = count only. */
  readonly limit: number;
  /** false: the total is not asked (a harvest's later pages); `total` is then null. */
  readonly count: boolean;
}

/** The query that asks nothing: everything that the viewer sees, newest first. */
export const EVERYTHING: SearchQuery = {
  words: null,
  ids: null,
  areas: [],
  time: null,
  services: null,
  levels: null,
  formats: null,
  acquisitions: null,
  authorizations: null,
  productLevels: null,
  instruments: null,
  platforms: null,
  fields: [],
  filter: null,
  elevation: null,
  updated: null,
  sort: NEWEST_FIRST,
  start: { kind: 'offset', offset: 0 },
  limit: 20,
  count: true,
};

export interface ResultPage {
  readonly records: readonly CatalogRecord[];
  /** Exact; null when not asked. */
  readonly total: number | null;
  /** Where the next page starts; null on the last page. */
  readonly next: Cursor | null;
}

export const FACETS = [
  'service',
  'level',
  'format',
  'acquisition',
  'authorization',
  'productLevel',
  'year',
  'instrument',
] as const;
export type FacetName = (typeof FACETS)[number];
export interface FacetValue {
  readonly value: string;
  readonly count: number;
}
export type Facets = { readonly [F in FacetName]?: readonly FacetValue[] };
