// `q` of OGC API Records (20-004r1, clause 7.6.4) and of STAC's free-text search: alternatives, and blanks inside one make a phrase.
import { printWords } from '../formats/syntax/words.ts';
import { SyntaxFault } from '../model/errors.ts';
import { anyOf, type Filter } from '../model/filter.ts';

export interface SearchTerm {
  readonly text: string;
  readonly phrase: boolean;
}

const LONGEST = 1000;
const MOST = 50;

/**
 * The alternatives, each with a letter or digit in it; empty ones are dropped.
 * @throws SyntaxFault when they are too long, too many, or none is left.
 */
export function parseTerms(alternatives: readonly string[]): readonly SearchTerm[] {
  if (alternatives.reduce((sum, text) => sum + text.length, 0) > LONGEST) {
    throw new SyntaxFault(`must have at most ${LONGEST} characters`, `doit avoir au plus ${LONGEST} caractères`);
  }
  if (alternatives.some((text) => /[\u0000-\u0008\u000e-\u001f\u007f]/.test(text))) {
    throw new SyntaxFault('control characters are not words', 'les caractères de contrôle ne sont pas des mots');
  }
  const terms = alternatives
    // Quotes and a leading minus mean something elsewhere (OpenSearch), here they are signs like others.
    .map((text) =>
      text
        .replace(/["\u201c\u201d\u201e\u00ab\u00bb]/g, ' ')
        .replace(/^[\s-]+/, '')
        .trim()
        .replace(/\s+/g, ' '),
    )
    .filter((text) => /[\p{L}\p{N}]/u.test(text));
  if (terms.length === 0) {
    throw new SyntaxFault('no letter or digit to search for', 'aucune lettre ni chiffre à chercher');
  }
  if (terms.length > MOST)
    throw new SyntaxFault(`at most ${MOST} terms are taken`, `au plus ${MOST} termes sont acceptés`);
  return terms.map((text) => ({ text, phrase: text.includes(' ') }));
}

/** One term as words of the search itself, which is the common case; alternatives as a filter. null: nothing asked. */
export function termsCondition(terms: readonly SearchTerm[] | null): {
  readonly words: string | null;
  readonly filter: Filter | null;
} {
  const [only] = terms ?? [];
  if (terms === null || only === undefined) return { words: null, filter: null };
  if (terms.length === 1) return { words: printWords([{ ...only, without: false }]), filter: null };
  return { words: null, filter: anyOf(terms.map(({ text, phrase }) => ({ kind: phrase ? 'phrase' : 'words', text }))) };
}
