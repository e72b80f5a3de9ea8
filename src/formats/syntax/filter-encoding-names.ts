// Names of the operators of Filter Encoding 1.1 (OGC 04-095) and 2.0 (OGC 09-026r2, ISO 19143).
import type { Comparison, SpatialOperator, TemporalOperator } from '../../model/filter.ts';

export const OGC = 'http://www.opengis.net/ogc';
export const FES = 'http://www.opengis.net/fes/2.0';

export const FES_COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['PropertyIsEqualTo', 'equal'],
  ['PropertyIsNotEqualTo', 'notEqual'],
  ['PropertyIsLessThan', 'less'],
  ['PropertyIsLessThanOrEqualTo', 'lessOrEqual'],
  ['PropertyIsGreaterThan', 'greater'],
  ['PropertyIsGreaterThanOrEqualTo', 'greaterOrEqual'],
]);

export const FES_SPATIAL: ReadonlyMap<string, SpatialOperator> = new Map([
  ['Intersects', 'intersects'],
  ['Disjoint', 'disjoint'],
  ['Equals', 'equals'],
  ['Touches', 'touches'],
  ['Within', 'within'],
  ['Contains', 'contains'],
  ['Overlaps', 'overlaps'],
  ['Crosses', 'crosses'],
]);

export const FES_TEMPORAL: ReadonlyMap<string, TemporalOperator> = new Map([
  ['After', 'after'],
  ['Before', 'before'],
  ['Begins', 'starts'],
  ['BegunBy', 'startedBy'],
  ['TContains', 'contains'],
  ['During', 'during'],
  ['TEquals', 'equals'],
  ['TOverlaps', 'overlaps'],
  ['Meets', 'meets'],
  ['OverlappedBy', 'overlappedBy'],
  ['MetBy', 'metBy'],
  ['Ends', 'finishes'],
  ['EndedBy', 'finishedBy'],
  ['AnyInteracts', 'intersects'],
]);
