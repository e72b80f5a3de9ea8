// A parameter of a search: what reads it, how it is announced in the OSDD, and what os:Query repeats.
import type { Parameter } from '../../http/parameters.ts';
import type { FacetName } from '../../model/query.ts';
import type { Localised } from '../../model/text.ts';

export interface SearchParameter<T> extends Parameter<T> {
  /** Name in templates and in os:Query, with its literal prefix; null: not announced. */
  readonly template: string | null;
  /** What os:Query repeats, where it is not the text as sent. */
  readonly echo?: (text: string) => string;
  /** Bound that the value must exceed, for descriptions. */
  readonly above?: number;
  /** Where the Options of the OSDD come from: values that occur, or a fixed list. */
  readonly choices?:
    | { readonly facet: FacetName }
    | { readonly field: string }
    | { readonly list: 'platforms' | 'services' | 'languages' }
    | { readonly fixed: readonly string[] };
  /** Says where we are in the answer and not what is asked. */
  readonly paging?: true;
}

export type ParameterSet = { readonly [property: string]: SearchParameter<unknown> };

export const doc = (en: string, fr: string): Localised => ({ en, fr });
