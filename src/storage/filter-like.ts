// Patterns of filters as LIKE. Those over all words of a record ask the word index first, by what the vocabulary knows of their letters.
import type { Fold, Piece } from '../model/filter.ts';
import { WORDS_OF_RECORD } from './filter-columns.ts';
import type { FilterWriting } from './filter-values.ts';
import { foldedLetters, longestPart } from './filter-words.ts';

/** The pattern for LIKE with the usual escape sign. */
export function patternOf(pattern: readonly Piece[]): string {
  return pattern
    .map((piece) => (piece === 'any' ? '%' : piece === 'one' ? '_' : piece.literal.replace(/[\\%_]/g, '\\$&')))
    .join('');
}

export function foldedSql(sql: string, fold: Fold): string {
  const plain = fold.accents ? `public.unaccent(${sql})` : sql;
  return fold.case ? `lower(${plain})` : plain;
}

/** A condition, and whether the word index is asked by it. */
export interface WordsSql {
  readonly exact: string;
  readonly indexed: boolean;
}

/** A pattern over all words of a record, without regard to case and accents: the words that hold its longest run preselect. */
export function wordsLike(pattern: readonly Piece[], writing: FilterWriting, positive: boolean): WordsSql {
  const { parameters, parts } = writing;
  const part = positive ? longestPart(pattern) : null;
  const query = part === null ? null : (parts.get(part) ?? null);
  if (query === null) return { exact: wordsText(pattern, writing), indexed: false };
  const matches = (words: string): string => `s.words @@ ${parameters.add(words, 'tsquery')}`;
  // Where the pattern is that run and nothing else, a record that has the word has it.
  const own = part !== null && isOnly(pattern, part) ? query.sure : null;
  const others = own === null ? [query.sure, query.perhaps].filter((words) => words !== null) : [];
  const perhaps = own === null ? (others.length === 0 ? null : others.join(' | ')) : query.perhaps;
  if (perhaps === null) return { exact: own === null ? 'false' : matches(own), indexed: true };
  const rest = `(${matches(perhaps)} AND ${wordsText(pattern, writing)})`;
  return { exact: own === null ? rest : `(${matches(own)} OR ${rest})`, indexed: true };
}

function isOnly(pattern: readonly Piece[], part: string): boolean {
  const [first, middle, last] = pattern;
  return (
    pattern.length === 3 &&
    first === 'any' &&
    last === 'any' &&
    typeof middle === 'object' &&
    foldedLetters(middle.literal) === part
  );
}

/** By the text itself. */
function wordsText(pattern: readonly Piece[], writing: FilterWriting): string {
  const { parameters, uses } = writing;
  uses.record = true;
  const folds = { case: true, accents: true };
  const wanted = foldedSql(parameters.add(patternOf(pattern), 'text'), folds);
  const whole = `${foldedSql(WORDS_OF_RECORD, folds)} LIKE ${wanted}`;
  // The text begins with name and description; to gather all of it costs ten times as much.
  const begins = `${foldedSql(`concat_ws(' ', m.name, m.description)`, folds)} LIKE ${wanted}`;
  return pattern.at(-1) === 'any' ? `(${begins} OR ${whole})` : `(${whole})`;
}
