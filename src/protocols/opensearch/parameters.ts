// The parameters of a search, declared once: they read a request, describe themselves in the OSDD (Parameter extension 1.0) and are echoed
// in os:Query by the literal name of the template (OpenSearch 1.1 section 4.4).
import { parseInteger } from '../../formats/syntax/number.ts';
import { parseWords, printWords } from '../../formats/syntax/words.ts';
import { text } from '../../http/parameter-kinds.ts';
import type { Codes } from '../../model/codes.ts';
import { GEO_TIME } from './geo-time-parameters.ts';
import { OBSERVATORY } from './observatory-parameters.ts';
import { doc, type ParameterSet } from './search-parameter.ts';
import { codeList } from './values.ts';

export const DEFAULT_COUNT = 20;
export const MOST_COUNT = 500;

/** The parameters of OpenSearch itself. */
const OPENSEARCH = {
  words: {
    name: 'q',
    template: 'searchTerms',
    parse: (value: string) => printWords(parseWords(value)),
    doc: doc(
      'Words; all must match; "quotes" make a phrase, a minus excludes; accents and case do not count',
      'Mots ; tous doivent correspondre ; les "guillemets" forment une expression, un moins exclut ; accents et casse ne comptent pas',
    ),
  },
  count: {
    name: 'count',
    template: 'count',
    parse: (value: string) => parseInteger(value, { min: 0 }),
    minimum: 0,
    maximum: MOST_COUNT,
    paging: true,
    doc: doc(
      `Records a page, ${DEFAULT_COUNT} by default, at most ${MOST_COUNT}; 0 gives the total alone`,
      `Enregistrements par page, ${DEFAULT_COUNT} par défaut, au plus ${MOST_COUNT} ; 0 donne le total seul`,
    ),
  },
  startIndex: {
    name: 'startIndex',
    template: 'startIndex',
    parse: (value: string) => parseInteger(value, { min: 1, max: 1_000_000_000 }),
    minimum: 1,
    paging: true,
    doc: doc('Number of the first record, from 1', 'Numéro du premier enregistrement, à partir de 1'),
  },
  startPage: {
    name: 'startPage',
    template: 'startPage',
    parse: (value: string) => parseInteger(value, { min: 1, max: 1_000_000 }),
    minimum: 1,
    paging: true,
    doc: doc('Number of the page, from 1; startIndex wins', 'Numéro de la page, à partir de 1 ; startIndex prime'),
  },
  language: {
    name: 'lang',
    template: 'language',
    parse: text(35),
    choices: { list: 'languages' },
    doc: doc('Language of titles and texts', 'Langue des titres et des textes'),
  },
} as const satisfies ParameterSet;

/** The parameters of every search, in the order in which the templates list them. */
export function createParameters(codes: Codes) {
  return {
    ...OPENSEARCH,
    ...GEO_TIME,
    ...OBSERVATORY,
    formats: { ...OBSERVATORY.formats, parse: codeList(codes.format) },
    acquisitions: { ...OBSERVATORY.acquisitions, parse: codeList(codes.acquisition) },
    access: { ...OBSERVATORY.access, parse: codeList(codes.authorization) },
  };
}
export type Parameters = ReturnType<typeof createParameters>;
