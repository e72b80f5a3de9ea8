// Words of `q` (20-004r1, clause 7.6.4): a comma separates alternatives, blanks inside one make a phrase.
import { SyntaxFault } from '../../model/errors.ts';

export interface Term {
  readonly text: string;
  readonly phrase: boolean;
}

const LONGEST = 1000;
const MOST = 50;

/** @throws SyntaxFault when it is too long, or an alternative holds neither letter nor digit. */
export function parseTerms(text: string): readonly Term[] {
  if (text.length > LONGEST) {
    throw new SyntaxFault(`must have at most ${LONGEST} characters`, `doit avoir au plus ${LONGEST} caractères`);
  }
  if (/[\u0000-\u0008\u000e-\u001f\u007f]/.test(text)) {
    throw new SyntaxFault('control characters are not words', 'les caractères de contrôle ne sont pas des mots');
  }
  const terms = text
    .split(',')
    // Quotes and a leading minus mean something elsewhere (OpenSearch), here they are signs like others.
    .map((term) =>
      term
        .replace(/["\u201c\u201d\u201e\u00ab\u00bb]/g, ' ')
        .replace(/^[\s-]+/, '')
        .trim()
        .replace(/\s+/g, ' '),
    )
    .filter((term) => /[\p{L}\p{N}]/u.test(term));
  if (terms.length === 0) {
    throw new SyntaxFault('no letter or digit to search for', 'aucune lettre ni chiffre à chercher');
  }
  if (terms.length > MOST)
    throw new SyntaxFault(`at most ${MOST} terms are taken`, `au plus ${MOST} termes sont acceptés`);
  return terms.map((term) => ({ text: term, phrase: term.includes(' ') }));
}
