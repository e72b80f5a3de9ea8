// Names of the operators in CQL2 and in Filter Encoding, as one table each: parsers and writers read the same lines.
import type { ArrayOperator, Comparison, SpatialOperator, TemporalOperator } from '../../model/filter.ts';

/** CQL2 name → operator (OGC 21-065r2, 7.7 and 7.9). In lower case; `duringClosed` has no name there. */
export const SPATIAL_NAMES: ReadonlyMap<string, SpatialOperator> = new Map<string, SpatialOperator>(
  Object.entries({
    s_intersects: 'intersects',
    s_disjoint: 'disjoint',
    s_equals: 'equals',
    s_touches: 'touches',
    s_within: 'within',
    s_contains: 'contains',
    s_overlaps: 'overlaps',
    s_crosses: 'crosses',
  } as const),
);

export const TEMPORAL_NAMES: ReadonlyMap<string, TemporalOperator> = new Map<string, TemporalOperator>(
  Object.entries({
    t_after: 'after',
    t_before: 'before',
    t_contains: 'contains',
    t_disjoint: 'disjoint',
    t_during: 'during',
    t_equals: 'equals',
    t_finishedby: 'finishedBy',
    t_finishes: 'finishes',
    t_intersects: 'intersects',
    t_meets: 'meets',
    t_metby: 'metBy',
    t_overlappedby: 'overlappedBy',
    t_overlaps: 'overlaps',
    t_startedby: 'startedBy',
    t_starts: 'starts',
  } as const),
);

export const ARRAY_NAMES: ReadonlyMap<string, ArrayOperator> = new Map<string, ArrayOperator>(
  Object.entries({
    a_equals: 'equals',
    a_contains: 'contains',
    a_containedby: 'containedBy',
    a_overlaps: 'overlaps',
  } as const),
);

/** Signs of CQL2, and the names that its drafts had for them. */
export const COMPARISON_NAMES: ReadonlyMap<string, Comparison> = new Map<string, Comparison>(
  Object.entries({
    '=': 'equal',
    '<>': 'differs',
    '<': 'less',
    '<=': 'lessOrEqual',
    '>': 'greater',
    '>=': 'greaterOrEqual',
    eq: 'equal',
    '!=': 'differs',
    neq: 'differs',
    ne: 'differs',
    lt: 'less',
    lte: 'lessOrEqual',
    gt: 'greater',
    gte: 'greaterOrEqual',
  } as const),
);

const reversed = <T>(names: ReadonlyMap<string, T>): ReadonlyMap<T, string> => {
  const found = new Map<T, string>();
  for (const [name, operator] of names) if (!found.has(operator)) found.set(operator, name);
  return found;
};

/** Operator → its sign; `notEqual` has none. */
export const COMPARISON_SIGNS: ReadonlyMap<Comparison, string> = reversed(COMPARISON_NAMES);

const CALLS = {
  spatial: reversed(SPATIAL_NAMES) as ReadonlyMap<string, string>,
  temporal: reversed(TEMPORAL_NAMES) as ReadonlyMap<string, string>,
  array: reversed(ARRAY_NAMES) as ReadonlyMap<string, string>,
};

/** Name of the function of CQL2, in lower case; undefined: it has none. */
export const callName = (kind: keyof typeof CALLS, operator: string): string | undefined => CALLS[kind].get(operator);
