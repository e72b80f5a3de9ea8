// What a search address covers: the whole catalogue, the records of all services, or one service (two-step search, OGC 13-026r9 section 3.2).
import type { Level } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';

export type Scope =
  /** `/opensearch/`: everything, and the first step: the collections. */
  | { readonly kind: 'site' }
  /** `/opensearch/records/`: the records of all services. */
  | { readonly kind: 'records' }
  /** `/opensearch/{os}/`: the second step. */
  | { readonly kind: 'service'; readonly service: Service };

/** Reserved in the place of a service's name. */
export const RECORDS = 'records';

/** Path of the scope, without a slash at its end. */
export function scopePath(scope: Scope): string {
  if (scope.kind === 'site') return '/opensearch';
  return `/opensearch/${scope.kind === 'records' ? RECORDS : encodeURIComponent(scope.service.name)}`;
}

/** Levels that are searched when the caller names none: a search below a collection gives what is in it, not the collection itself. */
export function defaultLevels(scope: Scope): readonly Level[] | null {
  return scope.kind === 'site' ? null : ['dataset'];
}
