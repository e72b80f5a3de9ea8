// What a parameter of a search is, and what one given parameter asks: the words between the tables of parameters and the request.
import type { DateTime } from '../../formats/syntax/datetime.ts';
import type { Parameter } from '../../http/parameters.ts';
import type { Filter } from '../../model/filter.ts';
import { allOf } from '../../model/filter.ts';
import type { Box, Geometry } from '../../model/geometry.ts';
import type { FieldCondition, SortKey } from '../../model/query.ts';
import type { Localised } from '../../model/text.ts';
import type { alternatives } from './conditions.ts';

/** What one given parameter asks. */
export type Part =
  | { readonly kind: 'words' | 'place' | 'after'; readonly text: string }
  | { readonly kind: 'count' | 'index' | 'page' | 'lat' | 'lon' | 'radius'; readonly value: number }
  | { readonly kind: 'box'; readonly box: Box }
  | { readonly kind: 'geometry'; readonly geometry: Geometry }
  | { readonly kind: 'start' | 'end' | 'updated' | 'publishedAfter' | 'publishedBefore'; readonly moment: DateTime }
  | { readonly kind: 'products' | 'parents'; readonly wanted: ReturnType<typeof alternatives> }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'fields'; readonly conditions: readonly FieldCondition[] }
  | { readonly kind: 'sortKey'; readonly key: SortKey }
  | { readonly kind: 'descending'; readonly value: boolean }
  | { readonly kind: 'nothing' };

export interface RestoParameter extends Parameter<Part> {
  /** Name in the templates of the OSDD; null: not announced. */
  readonly template: string | null;
  /** The property or field whose values become Options. */
  readonly optionsOf?: { readonly property: string } | { readonly field: string };
}

/** By first key of the request. */
export type ParameterSet = { readonly [key: string]: RestoParameter };

/** A parameter from its name, its name in the OSDD, how it is read and what it means. */
export const of = (
  name: string,
  template: string | null,
  parse: (text: string) => Part,
  doc: Localised,
  more: Partial<RestoParameter> = {},
): RestoParameter => ({ name, template, parse, doc, ...more });

/** Everything that the parts of a kind ask, in the order of the table. */
export function filtersOf(parts: readonly Part[]): Filter | null {
  const filters = parts.flatMap((part) => (part.kind === 'filter' ? [part.filter] : []));
  return filters.length === 0 ? null : allOf(filters);
}
