// Search words as a person types them (OpenSearch searchTerms; CEOS-BP-006): all must be found, "a phrase", -without.
import { SyntaxFault } from '../../model/errors.ts';

/** One condition: the words of `text` next to each other (`phrase`) or one word; `without`: must not be found. */
export interface WordTerm {
  readonly text: string;
  readonly phrase: boolean;
  readonly without: boolean;
}

const LONGEST = 1000;
const MOST_TERMS = 50;
const TERM = /(-?)"([^"]*)(?:"|$)|(\S+)/g;
const MEANINGFUL = /[\p{L}\p{N}]/u;
const TYPOGRAPHIC_QUOTES = /[\u201c\u201d\u201e\u00ab\u00bb]/g;

/**
 * Splits what was typed into terms. Blanks separate, straight or typographic quotes make a phrase (an unclosed one runs to the end), a
 * leading minus excludes; terms without a letter or digit are dropped.
 * @throws SyntaxFault when it is longer than 1000 characters or 50 terms, holds control characters, or nothing that can be searched.
 */
export function parseWords(text: string): readonly WordTerm[] {
  if (text.length > LONGEST) {
    throw new SyntaxFault(`at most ${LONGEST} characters are taken`, `au plus ${LONGEST} caractères sont acceptés`);
  }
  if (/[\u0000-\u0008\u000e-\u001f\u007f]/.test(text)) {
    throw new SyntaxFault('control characters are not words', 'les caractères de contrôle ne sont pas des mots');
  }
  const terms: WordTerm[] = [];
  for (const match of text.replace(TYPOGRAPHIC_QUOTES, '"').matchAll(TERM)) {
    const quoted = match[2];
    const bare = match[3] ?? '';
    const without = quoted === undefined ? bare.startsWith('-') : match[1] === '-';
    const term = (quoted ?? (without ? bare.slice(1) : bare)).replace(/"/g, ' ').trim().replace(/\s+/g, ' ');
    if (MEANINGFUL.test(term)) terms.push({ text: term, phrase: term.includes(' '), without });
  }
  if (terms.length > MOST_TERMS) {
    throw new SyntaxFault(`at most ${MOST_TERMS} words are taken`, `au plus ${MOST_TERMS} mots sont acceptés`);
  }
  if (terms.length === 0) {
    throw new SyntaxFault('no letter or digit to search for', 'aucune lettre ni chiffre à chercher');
  }
  return terms;
}

/** The terms as one text in the form that `SearchQuery.words` has, readable by `parseWords`. */
export function printWords(terms: readonly WordTerm[]): string {
  return terms.map((term) => `${term.without ? '-' : ''}${term.phrase ? `"${term.text}"` : term.text}`).join(' ');
}
