// Patterns of LIKE, cut into literal text and wildcards. One normal form, whatever the signs of the dialect: a run of wildcards is its
// single characters first, then `any` once; nothing is left for a matcher to try twice.
import type { Piece } from '../../model/filter.ts';
import { filterFault, type Place } from './filter-faults.ts';

/** The signs of the dialect, each of one character or more; an empty one does not exist. */
export interface PatternSigns {
  readonly any: string;
  readonly one: string;
  readonly escape: string;
}

export const CQL_SIGNS: PatternSigns = { any: '%', one: '_', escape: '\\' };
const MOST_PIECES = 100;

/**
 * Cuts a pattern. The escape sign takes the next character as it is; at the end of the pattern it stands for itself.
 * @throws SyntaxFault when it has more than 100 pieces.
 */
export function parsePattern(text: string, signs: PatternSigns, place: Place): readonly Piece[] {
  const pieces: Piece[] = [];
  let [literal, ones, any] = ['', 0, false];
  const endLiteral = (): void => {
    if (literal !== '') pieces.push({ literal });
    literal = '';
  };
  const endWildcards = (): void => {
    for (; ones > 0; ones--) pieces.push('one');
    if (any) pieces.push('any');
    any = false;
  };
  for (let i = 0; i < text.length; ) {
    const sign = signAt(text, i, signs);
    if (sign === 'any' || sign === 'one') {
      endLiteral();
      if (sign === 'any') any = true;
      else ones++;
      i += signs[sign].length;
    } else {
      endWildcards();
      if (sign === 'escape' && i + signs.escape.length < text.length) i += signs.escape.length;
      const character = String.fromCodePoint(text.codePointAt(i) ?? 0);
      literal += character;
      i += character.length;
    }
    if (pieces.length + ones > MOST_PIECES) throw tooMany(place);
  }
  endLiteral();
  endWildcards();
  if (pieces.length > MOST_PIECES) throw tooMany(place);
  return pieces;
}

function signAt(text: string, at: number, signs: PatternSigns): keyof PatternSigns | undefined {
  return (['escape', 'any', 'one'] as const).find((name) => signs[name] !== '' && text.startsWith(signs[name], at));
}

function tooMany(place: Place): Error {
  return filterFault(
    place,
    `a pattern has at most ${MOST_PIECES} parts between wildcards`,
    `un motif a au plus ${MOST_PIECES} parties entre jokers`,
  );
}

/** The pattern in the signs of a dialect, each a single character; `parsePattern` gives the same pieces again. */
export function printPattern(pieces: readonly Piece[], signs: PatternSigns): string {
  const special = new Set(Object.values(signs));
  return pieces
    .map((piece) =>
      typeof piece === 'string'
        ? signs[piece]
        : Array.from(piece.literal, (character) => (special.has(character) ? signs.escape : '') + character).join(''),
    )
    .join('');
}

/** Has the pattern no wildcard? It is then equality with this text. */
export function plainPattern(pieces: readonly Piece[]): string | null {
  if (pieces.length === 0) return '';
  const [only] = pieces;
  return pieces.length === 1 && typeof only === 'object' ? only.literal : null;
}
