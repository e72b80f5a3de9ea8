// The one filter tree. Every filter syntax (CQL2 text and JSON, Filter Encoding 1.1 and 2.0, classic CQL) becomes these nodes, and each node
// says by its kind what it means, so that nothing has to be known of the dialect afterwards: equal trees give equal rows.
import type { Box, Geometry } from './geometry.ts';
import type { Moment } from './time.ts';

/** A geometry literal: WGS 84, longitude first, whatever order the dialect wrote. */
export type FilterGeometry =
  | Geometry
  | { readonly type: 'GeometryCollection'; readonly geometries: readonly Geometry[] };

/** What does not count in a comparison of texts. */
export interface Fold {
  readonly case: boolean;
  readonly accents: boolean;
}

export const ARITHMETIC = ['+', '-', '*', '/', '%', 'div', '^'] as const;
export type Arithmetic = (typeof ARITHMETIC)[number];

/** A property by its canonical name of the queryables table (aliases are resolved by the parser). */
export interface PropertyTerm {
  readonly kind: 'property';
  readonly name: string;
}
/** A day (`YYYY-MM-DD`: from its first to its last second) or a moment in UTC (`YYYY-MM-DDThh:mm:ss[.fff]Z`). */
export interface MomentTerm {
  readonly kind: 'moment';
  readonly value: Moment;
}
export type Term =
  | PropertyTerm
  | MomentTerm
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'truth'; readonly value: boolean }
  /** null: open. Both ends included. */
  | {
      readonly kind: 'interval';
      readonly start: MomentTerm | PropertyTerm | null;
      readonly end: MomentTerm | PropertyTerm | null;
    }
  | { readonly kind: 'geometry'; readonly geometry: FilterGeometry }
  /** west > east: crosses the antimeridian. */
  | { readonly kind: 'box'; readonly box: Box }
  | { readonly kind: 'list'; readonly of: readonly Term[] }
  | { readonly kind: 'arithmetic'; readonly operator: Arithmetic; readonly left: Term; readonly right: Term }
  /** The text without its case or accents (CASEI, ACCENTI; matchCase="false"). */
  | { readonly kind: 'folded'; readonly fold: Fold; readonly of: Term };

/** Part of a like pattern: literal text, any number of characters, or exactly one. No two literals and no two `any` stand side by side. */
export type Piece = { readonly literal: string } | 'any' | 'one';

/**
 * `differs` is unknown where a side has no value (CQL2); `notEqual` is the exact contrary of `equal` (Filter Encoding, classic CQL): it
 * holds for records without the property too. Of a property with several values `equal`, the orders, like, between and in hold when one
 * value does; `differs` and `notEqual` when no value is equal.
 */
export const COMPARISONS = [
  'equal',
  'differs',
  'notEqual',
  'less',
  'lessOrEqual',
  'greater',
  'greaterOrEqual',
] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Left to right, as OGC 06-103r4 defines them. */
export const SPATIAL_OPERATORS = [
  'intersects',
  'disjoint',
  'equals',
  'touches',
  'within',
  'contains',
  'overlaps',
  'crosses',
] as const;
export type SpatialOperator = (typeof SPATIAL_OPERATORS)[number];

/**
 * Left to right, between first and last seconds (OGC 21-065r2, 7.9; ISO 19108). `during` leaves out both ends, `duringClosed` (classic CQL,
 * OpenSearch) takes them in.
 */
export const TEMPORAL_OPERATORS = [
  'after',
  'before',
  'contains',
  'disjoint',
  'during',
  'duringClosed',
  'equals',
  'finishedBy',
  'finishes',
  'intersects',
  'meets',
  'metBy',
  'overlappedBy',
  'overlaps',
  'startedBy',
  'starts',
] as const;
export type TemporalOperator = (typeof TEMPORAL_OPERATORS)[number];

export const ARRAY_OPERATORS = ['equals', 'contains', 'containedBy', 'overlaps'] as const;
export type ArrayOperator = (typeof ARRAY_OPERATORS)[number];

export type Filter =
  /** At least two, none of them of the same kind. */
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] }
  /** Unknown stays unknown (CQL2): a record without the property is found neither way. */
  | { readonly kind: 'not'; readonly of: Filter }
  /** Everything else (Filter Encoding, classic CQL): what is not found without it is found with it. */
  | { readonly kind: 'notExact'; readonly of: Filter }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'compare'; readonly operator: Comparison; readonly left: Term; readonly right: Term }
  /** `fold` is of the pattern; the term has its own. On `anytext` neither case nor accents ever count. */
  | { readonly kind: 'like'; readonly term: Term; readonly pattern: readonly Piece[]; readonly fold: Fold }
  /** Both ends included. */
  | { readonly kind: 'between'; readonly term: Term; readonly low: Term; readonly high: Term }
  | { readonly kind: 'in'; readonly term: Term; readonly values: readonly Term[] }
  /** No value; an empty list and an empty text are none. */
  | { readonly kind: 'null'; readonly term: Term }
  /** Is it unknown whether the filter holds? (CQL2: IS NULL after a boolean expression) */
  | { readonly kind: 'unknown'; readonly of: Filter }
  | { readonly kind: 'spatial'; readonly operator: SpatialOperator; readonly left: Term; readonly right: Term }
  /** True metres on the ellipsoid; `beyond` is farther away than that. */
  | {
      readonly kind: 'distance';
      readonly operator: 'within' | 'beyond';
      readonly left: Term;
      readonly right: Term;
      readonly metres: number;
    }
  | { readonly kind: 'temporal'; readonly operator: TemporalOperator; readonly left: Term; readonly right: Term }
  | { readonly kind: 'array'; readonly operator: ArrayOperator; readonly left: Term; readonly right: Term }
  /** Words that must all be found anywhere in the record, as `SearchQuery.words`; stems, case and accents as there. */
  | { readonly kind: 'words'; readonly text: string }
  /** The words side by side. */
  | { readonly kind: 'phrase'; readonly text: string };

export const EXACT: Fold = Object.freeze({ case: false, accents: false });

/** All of them hold: flattens, and leaves one alone as it is. None at all: everything. */
export const allOf = (filters: readonly Filter[]): Filter => joined('and', filters);
/** One of them holds. None at all: nothing. */
export const anyOf = (filters: readonly Filter[]): Filter => joined('or', filters);

function joined(kind: 'and' | 'or', filters: readonly Filter[]): Filter {
  const of = filters.flatMap((filter) => (filter.kind === kind ? filter.of : [filter]));
  return of.length === 0 ? { kind: 'boolean', value: kind === 'and' } : of.length === 1 ? of[0]! : { kind, of };
}

/** What a filter may hold at most before it becomes SQL. */
export const FILTER_LIMITS = { depth: 20, nodes: 500, vertices: 10_000, text: 10_000, values: 1000 } as const;

export interface FilterSize {
  /** Conditions and terms within each other. */
  readonly depth: number;
  /** Conditions and terms; the plain values of a list count as one. */
  readonly nodes: number;
  readonly vertices: number;
  /** Characters of the longest text or pattern. */
  readonly text: number;
  /** Values of the longest list. */
  readonly values: number;
}

/** Measures without recursion, so that the depth of a tree cannot exhaust the stack. */
export function filterSize(filter: Filter): FilterSize {
  const size = { depth: 0, nodes: 0, vertices: 0, text: 0, values: 0 };
  const waiting: { readonly node: Filter | Term; readonly depth: number }[] = [{ node: filter, depth: 1 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    size.nodes++;
    size.depth = Math.max(size.depth, depth);
    if (node.kind === 'geometry') size.vertices += verticesOf(node.geometry);
    size.text = Math.max(size.text, textLength(node));
    const values = node.kind === 'in' ? node.values : node.kind === 'list' ? node.of : [];
    size.values = Math.max(size.values, values.length);
    for (const value of values) {
      if (value.kind === 'text') size.text = Math.max(size.text, value.value.length);
      if (!isPlain(value)) waiting.push({ node: value, depth: depth + 1 });
    }
    for (const child of childrenOf(node)) waiting.push({ node: child, depth: depth + 1 });
  }
  return size;
}

const isPlain = ({ kind }: Term): boolean =>
  kind === 'text' || kind === 'number' || kind === 'truth' || kind === 'moment';

function textLength(node: Filter | Term): number {
  if (node.kind === 'text') return node.value.length;
  if (node.kind === 'words' || node.kind === 'phrase') return node.text.length;
  if (node.kind !== 'like') return 0;
  return node.pattern.reduce((sum, piece) => sum + (typeof piece === 'string' ? 1 : piece.literal.length), 0);
}

/** Conditions and terms directly below; not the values of a list. */
export function childrenOf(node: Filter | Term): readonly (Filter | Term)[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.of;
    case 'not':
    case 'notExact':
    case 'unknown':
    case 'folded':
      return [node.of];
    case 'compare':
    case 'spatial':
    case 'distance':
    case 'temporal':
    case 'array':
    case 'arithmetic':
      return [node.left, node.right];
    case 'like':
    case 'in':
    case 'null':
      return [node.term];
    case 'between':
      return [node.term, node.low, node.high];
    case 'interval':
      return [node.start, node.end].filter((end) => end !== null);
    default:
      return [];
  }
}

function verticesOf(geometry: FilterGeometry): number {
  if (geometry.type === 'GeometryCollection')
    return geometry.geometries.reduce((sum, part) => sum + verticesOf(part), 0);
  switch (geometry.type) {
    case 'Point':
      return 1;
    case 'MultiPoint':
    case 'LineString':
      return geometry.coordinates.length;
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.reduce((sum, line) => sum + line.length, 0);
    case 'MultiPolygon':
      return geometry.coordinates.reduce(
        (sum, rings) => sum + rings.reduce((inner, ring) => inner + ring.length, 0),
        0,
      );
  }
}
