// Walks over the tokens of a CQL text; keywords are names without regard to case.
import { cqlTokens, shown, type Token, type TokenRules, unexpected } from './cql-tokens.ts';
import { atCharacter, filterFault, type Place } from './filter-faults.ts';

/** Brackets, NOT and operators within each other; further on a text is hostile. */
const DEEPEST = 100;

export interface CqlCursor {
  readonly text: string;
  readonly peek: (ahead?: number) => Token;
  readonly next: () => Token;
  /** Goes on behind a character of the text: after a geometry that was read as a whole. */
  readonly skipTo: (end: number) => void;
  readonly isWord: (word: string, ahead?: number) => boolean;
  readonly isSign: (sign: string, ahead?: number) => boolean;
  /** Takes the token if it is that keyword or sign. */
  readonly skipWord: (word: string) => boolean;
  readonly skipSign: (sign: string) => boolean;
  /** @throws SyntaxFault unless it is there. */
  readonly takeWord: (word: string) => void;
  readonly takeSign: (sign: string) => void;
  /** One level deeper for the time of the work. @throws SyntaxFault beyond 100 levels. */
  readonly deeper: <T>(work: () => T) => T;
  /** How far ahead the bracket is closed that opens here; the end where it is not. */
  readonly closing: () => number;
  readonly place: () => Place;
  /** What is there does not belong there. */
  readonly wrong: (en: string, fr: string) => Error;
}

export function createCqlCursor(text: string, rules: TokenRules): CqlCursor {
  const tokens = cqlTokens(text, rules);
  const last = tokens.length - 1;
  const closings = closingBrackets(tokens);
  let [i, depth] = [0, 0];
  const peek = (ahead = 0): Token => tokens[Math.min(i + ahead, last)]!;
  const next = (): Token => tokens[Math.min(i++, last)]!;
  const isWord = (word: string, ahead = 0): boolean => {
    const token = peek(ahead);
    return token.kind === 'name' && token.value.toUpperCase() === word;
  };
  const isSign = (sign: string, ahead = 0): boolean => peek(ahead).kind === 'sign' && peek(ahead).value === sign;
  const skip = (found: boolean): boolean => {
    if (found) i++;
    return found;
  };
  const wrong = (en: string, fr: string): Error => unexpected(shown(peek()), atCharacter(peek().at), { en, fr });
  return {
    text,
    peek,
    next,
    skipTo(end) {
      while (i < last && tokens[i]!.at < end) i++;
    },
    isWord,
    isSign,
    skipWord: (word) => skip(isWord(word)),
    skipSign: (sign) => skip(isSign(sign)),
    takeWord(word) {
      if (!skip(isWord(word))) throw wrong(word, word);
    },
    takeSign(sign) {
      if (!skip(isSign(sign))) throw wrong(`"${sign}"`, `« ${sign} »`);
    },
    deeper(work) {
      if (++depth > DEEPEST)
        throw filterFault(
          atCharacter(peek().at),
          `at most ${DEEPEST} levels of nesting are taken`,
          `au plus ${DEEPEST} niveaux d’imbrication`,
        );
      const result = work();
      depth--;
      return result;
    },
    closing: () => (closings[Math.min(i, last)] ?? last) - i,
    place: () => atCharacter(peek().at),
    wrong,
  };
}

/** For each token that is an opening bracket the number of the one that closes it; in one pass over all of them. */
function closingBrackets(tokens: readonly Token[]): readonly (number | undefined)[] {
  const closings: (number | undefined)[] = new Array<number | undefined>(tokens.length);
  const open: number[] = [];
  for (const [i, { kind, value }] of tokens.entries()) {
    if (kind !== 'sign') continue;
    if (value === '(') open.push(i);
    else if (value === ')') {
      const from = open.pop();
      if (from !== undefined) closings[from] = i;
    }
  }
  return closings;
}
