// Types of terms, and literals brought to the type that stands on the other side: dialects write `'2024-01-01'` for a day, or every number
// as text (Filter Encoding has no other literals).
import { EXACT, type Fold, type MomentTerm, type PropertyTerm, type Term } from '../../model/filter.ts';
import type { QueryableType } from '../../model/queryable.ts';
import type { Localised } from '../../model/text.ts';
import { parseDateTime, printDateTime } from './datetime.ts';
import { excerpt } from './excerpt.ts';
import { filterFault, type Place, placed } from './filter-faults.ts';
import { DECIMAL } from './number.ts';

/** What a term can be compared with. */
export type TermType = 'text' | 'number' | 'boolean' | 'time' | 'geometry' | 'list' | 'words';

export const TYPE_NAMES: { readonly [T in TermType]: Localised } = {
  text: { en: 'a text', fr: 'un texte' },
  number: { en: 'a number', fr: 'un nombre' },
  boolean: { en: 'true or false', fr: 'vrai ou faux' },
  time: { en: 'a date or a period', fr: 'une date ou une période' },
  geometry: { en: 'a geometry', fr: 'une géométrie' },
  list: { en: 'a list', fr: 'une liste' },
  words: { en: 'all words of the record', fr: 'tous les mots de la notice' },
};

export const TYPE_OF_QUERYABLE: { readonly [Q in QueryableType]: TermType } = {
  text: 'text',
  texts: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  instant: 'time',
  period: 'time',
  geometry: 'geometry',
  words: 'words',
};

/** A date or date-time of any of the accepted forms as a moment. @throws SyntaxFault when it is none. */
export function momentOf(text: string, place: Place): MomentTerm {
  return placed(place, () => {
    const { start, text: written } = parseDateTime(text);
    return { kind: 'moment', value: written.length === 10 ? written : printDateTime(start) };
  });
}

const isBlank = (text: string): boolean => text === '' || text === '..';

/** The ends of an interval as the dialects write them; `..` and an empty text are open. @throws SyntaxFault */
export function intervalOf(
  start: string | PropertyTerm,
  end: string | PropertyTerm,
  place: Place,
): Term & { readonly kind: 'interval' } {
  const side = (written: string | PropertyTerm): MomentTerm | PropertyTerm | null =>
    typeof written !== 'string' ? written : isBlank(written.trim()) ? null : momentOf(written, place);
  return checkedInterval(side(start), side(end), place);
}

/** @throws SyntaxFault when both ends are moments and the start is after the end. */
export function checkedInterval(
  start: MomentTerm | PropertyTerm | null,
  end: MomentTerm | PropertyTerm | null,
  place: Place,
): Term & { readonly kind: 'interval' } {
  if (start?.kind === 'moment' && end?.kind === 'moment') {
    if (parseDateTime(start.value).start > parseDateTime(end.value).end)
      throw filterFault(place, 'the start is after the end', 'le début est après la fin');
  }
  return { kind: 'interval', start, end };
}

/** The literal as one of the wanted type; other terms, and literals that have the type, as they are. @throws SyntaxFault */
export function coerced(term: Term, wanted: TermType, place: Place): Term {
  if (wanted === 'text') return asText(term);
  if (term.kind !== 'text') return term;
  const text = term.value.trim();
  if (wanted === 'time') return text.includes('/') ? asInterval(text, place) : momentOf(text, place);
  if (wanted === 'number') {
    const value = DECIMAL.test(text) && text.length <= 40 ? Number(text) + 0 : Number.NaN;
    if (!Number.isFinite(value)) throw notA('number', term.value, place);
    return { kind: 'number', value };
  }
  if (wanted === 'boolean') {
    const folded = text.toLowerCase();
    if (folded === 'true' || folded === '1') return { kind: 'truth', value: true };
    if (folded === 'false' || folded === '0') return { kind: 'truth', value: false };
    throw notA('boolean', term.value, place);
  }
  return term;
}

function asText(term: Term): Term {
  switch (term.kind) {
    case 'number':
    case 'truth':
    case 'moment':
      return { kind: 'text', value: String(term.value) };
    case 'list':
      return { kind: 'list', of: term.of.map(asText) };
    default:
      return term;
  }
}

function asInterval(text: string, place: Place): Term {
  const [start = '', end = '', ...more] = text.split('/');
  if (more.length > 0) throw notA('time', text, place);
  return intervalOf(start, end, place);
}

function notA(type: TermType, text: string, place: Place): Error {
  const wanted = TYPE_NAMES[type];
  return filterFault(
    place,
    `${excerpt(text)} is not ${wanted.en ?? ''}, which is wanted here`,
    `${excerpt(text)} n'est pas ${wanted.fr ?? ''}, attendu ici`,
  );
}

/** The term without case or accents; folds within each other are one. */
export function folded(term: Term, fold: Fold): Term {
  const inner = term.kind === 'folded' ? term.fold : EXACT;
  const both = { case: fold.case || inner.case, accents: fold.accents || inner.accents };
  if (!both.case && !both.accents) return term;
  return { kind: 'folded', fold: both, of: term.kind === 'folded' ? term.of : term };
}
