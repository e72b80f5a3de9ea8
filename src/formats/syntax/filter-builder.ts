// Makes the nodes of the filter tree for every parser: names are resolved, literals brought to their type, operands checked. Thus the
// dialects cannot differ in what they accept, and nothing that the SQL could not take is ever in a tree.
import {
  type ArrayOperator,
  anyOf,
  type Comparison,
  FILTER_LIMITS,
  type Filter,
  type Fold,
  filterSize,
  type Piece,
  type SpatialOperator,
  type TemporalOperator,
  type Term,
} from '../../model/filter.ts';
import type { Namespaces, Queryable, Queryables } from '../../model/queryable.ts';
import { excerpt } from './excerpt.ts';
import { filterFault, type Place, placed } from './filter-faults.ts';
import { coerced, folded, type TermType, TYPE_NAMES, TYPE_OF_QUERYABLE } from './filter-terms.ts';
import { plainPattern } from './like-pattern.ts';
import { parseWords } from './words.ts';

export interface FilterBuilder {
  /** @throws SyntaxFault that names an unknown property. */
  readonly property: (name: string, place: Place, namespaces?: Namespaces) => Term & { readonly kind: 'property' };
  readonly typeOf: (term: Term) => TermType;
  /** Where a side is all words of the record: that the words of the other are found. */
  readonly compare: (operator: Comparison, left: Term, right: Term, place: Place) => Filter;
  readonly like: (term: Term, pattern: readonly Piece[], fold: Fold, place: Place) => Filter;
  readonly between: (term: Term, low: Term, high: Term, place: Place) => Filter;
  readonly among: (term: Term, values: readonly Term[], place: Place) => Filter;
  readonly isNull: (term: Term, place: Place) => Filter;
  readonly spatial: (operator: SpatialOperator, left: Term, right: Term, place: Place) => Filter;
  readonly distance: (operator: 'within' | 'beyond', left: Term, right: Term, metres: number, place: Place) => Filter;
  readonly temporal: (operator: TemporalOperator, left: Term, right: Term, place: Place) => Filter;
  readonly array: (operator: ArrayOperator, left: Term, right: Term, place: Place) => Filter;
  /** A term that stands for a condition: TRUE, FALSE, a boolean property. @throws SyntaxFault for any other. */
  readonly condition: (term: Term, place: Place) => Filter;
  /** @throws SyntaxFault when the term is of another type. */
  readonly wanted: (term: Term, type: TermType, place: Place) => Term;
  /** The text without case or accents; in all words of a record neither ever counts. @throws SyntaxFault for what is no text. */
  readonly folded: (term: Term, fold: Fold, place: Place) => Term;
  /** The whole tree, within the limits. @throws SyntaxFault */
  readonly finished: (filter: Filter) => Filter;
}

/** Half the way round the Earth, metres. */
const FARTHEST = 20_040_000;

export function createFilterBuilder(queryables: Queryables): FilterBuilder {
  const known = new Map<string, Queryable>();
  const queryableOf = (term: Term): Queryable | undefined =>
    term.kind === 'property' ? (known.get(term.name) ?? queryables.resolve(term.name)) : undefined;
  const typeOf = (term: Term): TermType => typeOfTerm(term, queryableOf(term));

  const wanted = (term: Term, type: TermType, place: Place): Term => {
    const brought = coerced(term, type, place);
    if (typeOf(brought) !== type) throw mismatch(term, typeOf(brought), type, place);
    return brought;
  };
  /** The type in which terms are compared: that of what is no literal, else of the literal that is no text. */
  const commonType = (terms: readonly Term[]): TermType => {
    const decisive = terms.find((term) => !isLiteral(term)) ?? terms.find((term) => term.kind !== 'text');
    return decisive === undefined ? 'text' : typeOf(decisive);
  };
  const ordered = (terms: readonly Term[], place: Place): readonly Term[] => {
    const type = commonType(terms);
    const brought = terms.map((term) => wanted(term, type, place));
    if (type === 'geometry' || type === 'list' || brought.some((term) => term.kind === 'interval'))
      throw notComparable(type, place);
    return brought;
  };
  const notOfWords = (terms: readonly Term[], place: Place): void => {
    if (terms.some((term) => typeOf(term) === 'words')) throw notComparable('words', place);
  };
  const listed = (term: Term, place: Place): Term => {
    if (term.kind === 'list') return coerced(term, 'text', place);
    const queryable = queryableOf(term);
    if (queryable?.type === 'texts' || (queryable?.field ?? null) !== null) return term;
    throw mismatch(term, typeOf(term), 'list', place);
  };

  return {
    typeOf,
    wanted,
    property(name, place, namespaces) {
      const queryable = queryables.resolve(name, namespaces);
      if (queryable === undefined)
        throw filterFault(place, `unknown property ${excerpt(name)}`, `propriété inconnue ${excerpt(name)}`);
      known.set(queryable.name, queryable);
      return { kind: 'property', name: queryable.name };
    },
    compare(operator, left, right, place) {
      const words = [left, right].find((term) => typeOf(term) === 'words');
      if (words !== undefined) return wordsCondition(operator, words === left ? right : left, place);
      const [first, second] = ordered([left, right], place);
      return { kind: 'compare', operator, left: first!, right: second! };
    },
    like(term, pattern, fold, place) {
      if (typeOf(term) !== 'words') {
        return { kind: 'like', term: wanted(term, 'text', place), pattern, fold };
      }
      const plain = plainPattern(pattern);
      // Neither case nor accents count in the words of a record.
      return plain === null
        ? { kind: 'like', term: unfolded(term), pattern, fold: { case: false, accents: false } }
        : phraseCondition(plain, place);
    },
    between(term, low, high, place) {
      notOfWords([term, low, high], place);
      const [first, second, third] = ordered([term, low, high], place);
      return { kind: 'between', term: first!, low: second!, high: third! };
    },
    among(term, values, place) {
      if (typeOf(term) === 'words') return anyOf(values.map((value) => wordsCondition('equal', value, place)));
      const [first, ...others] = ordered([term, ...values], place);
      if (others.length === 0) return { kind: 'boolean', value: false };
      return { kind: 'in', term: first!, values: others };
    },
    isNull: (term) => ({ kind: 'null', term }),
    spatial: (operator, left, right, place) => ({
      kind: 'spatial',
      operator,
      left: wanted(left, 'geometry', place),
      right: wanted(right, 'geometry', place),
    }),
    distance(operator, left, right, metres, place) {
      if (!(metres >= 0 && metres <= FARTHEST))
        throw filterFault(
          place,
          `a distance of 0 to ${FARTHEST} metres is wanted`,
          `une distance de 0 à ${FARTHEST} mètres est attendue`,
        );
      return {
        kind: 'distance',
        operator,
        left: wanted(left, 'geometry', place),
        right: wanted(right, 'geometry', place),
        metres,
      };
    },
    temporal: (operator, left, right, place) => ({
      kind: 'temporal',
      operator,
      left: wanted(left, 'time', place),
      right: wanted(right, 'time', place),
    }),
    array: (operator, left, right, place) => ({
      kind: 'array',
      operator,
      left: listed(left, place),
      right: listed(right, place),
    }),
    condition(term, place) {
      if (term.kind === 'truth') return { kind: 'boolean', value: term.value };
      if (term.kind === 'property' && typeOf(term) === 'boolean')
        return { kind: 'compare', operator: 'equal', left: term, right: { kind: 'truth', value: true } };
      throw filterFault(place, 'a condition is wanted here', 'une condition est attendue ici');
    },
    folded: (term, fold, place) => (typeOf(term) === 'words' ? term : folded(wanted(term, 'text', place), fold)),
    finished,
  };
}

function typeOfTerm(term: Term, queryable: Queryable | undefined): TermType {
  switch (term.kind) {
    case 'property':
      return queryable === undefined ? 'text' : TYPE_OF_QUERYABLE[queryable.type];
    case 'folded':
    case 'text':
      return 'text';
    case 'number':
    case 'arithmetic':
      return 'number';
    case 'truth':
      return 'boolean';
    case 'moment':
    case 'interval':
      return 'time';
    case 'geometry':
    case 'box':
      return 'geometry';
    case 'list':
      return 'list';
  }
}

function isLiteral(term: Term): boolean {
  if (term.kind === 'folded') return isLiteral(term.of);
  return term.kind !== 'property' && term.kind !== 'arithmetic';
}

const unfolded = (term: Term): Term => (term.kind === 'folded' ? term.of : term);

/** What a comparison with all words of a record asks: that the words are found. */
function wordsCondition(operator: Comparison, value: Term, place: Place): Filter {
  const literal = unfolded(value);
  if (literal.kind !== 'text' && literal.kind !== 'number') throw notComparable('words', place);
  const text = String(literal.value);
  placed(place, () => parseWords(text));
  const words: Filter = { kind: 'words', text };
  if (operator === 'equal') return words;
  if (operator === 'differs') return { kind: 'not', of: words };
  if (operator === 'notEqual') return { kind: 'notExact', of: words };
  throw notComparable('words', place);
}

function phraseCondition(text: string, place: Place): Filter {
  const words = text.replace(/["\s]+/g, ' ').trim();
  placed(place, () => parseWords(`"${words}"`));
  return { kind: 'phrase', text: words };
}

function mismatch(term: Term, found: TermType, type: TermType, place: Place): Error {
  const [is, want] = [TYPE_NAMES[found], TYPE_NAMES[type]];
  const what = term.kind === 'property' ? term.name : '';
  return filterFault(
    place,
    `${what === '' ? '' : `${what} is `}${is.en ?? ''}${what === '' ? ' stands' : ','} where ${want.en ?? ''} is wanted`,
    `${what === '' ? '' : `${what} est `}${is.fr ?? ''} là où ${want.fr ?? ''} est attendu`,
  );
}

function notComparable(type: TermType, place: Place): Error {
  return filterFault(
    place,
    `${TYPE_NAMES[type].en ?? ''} cannot be compared like this`,
    `${TYPE_NAMES[type].fr ?? ''} ne se compare pas ainsi`,
  );
}

function finished(filter: Filter): Filter {
  const size = filterSize(filter);
  for (const [name, most] of Object.entries(FILTER_LIMITS) as [keyof typeof FILTER_LIMITS, number][])
    if (size[name] > most) throw tooLarge(name, most);
  return filter;
}

function tooLarge(name: keyof typeof FILTER_LIMITS, most: number): Error {
  const whole: Place = { en: 'the whole', fr: 'l’ensemble' };
  const [en, fr] = {
    depth: [`at most ${most} levels of nesting are taken`, `au plus ${most} niveaux d’imbrication`],
    nodes: [`at most ${most} conditions and terms are taken`, `au plus ${most} conditions et termes`],
    vertices: [`at most ${most} positions are taken`, `au plus ${most} positions`],
    text: [`at most ${most} characters of one text are taken`, `au plus ${most} caractères pour un texte`],
    values: [`at most ${most} values of one list are taken`, `au plus ${most} valeurs pour une liste`],
  }[name] as [string, string];
  return filterFault(whole, en, fr);
}
