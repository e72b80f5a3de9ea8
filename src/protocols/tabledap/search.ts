// Search among the data sets: words, and the fields of the advanced search. `(ANY)` and an empty text ask nothing.
import { parameterTable, readParameters } from '../../http/parameters.ts';
import { AppError, SyntaxFault } from '../../model/errors.ts';
import { CATEGORIES, categoryName, categoryValues } from './catalogue-lists.ts';
import type { DataSet } from './data-set.ts';
import { parseInstant } from './times.ts';

const MOST_PAGE = 1_000_000;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return Math.min(value, MOST_PAGE);
  throw new SyntaxFault('a whole number from 1', 'un nombre entier à partir de 1');
}

/** A text; null for `(ANY)`. */
const wanted = (text: string): string | null => (text.trim() === '' || text.trim() === '(ANY)' ? null : text.trim());

function degrees(text: string): number | null {
  if (wanted(text) === null) return null;
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new SyntaxFault('a number of degrees', 'un nombre de degrés');
}

const doc = (en: string, fr: string) => ({ en, fr });
const place = (name: string) => ({
  name,
  parse: degrees,
  doc: doc(`Edge of the box, degrees: ${name}`, `Bord de la boîte, degrés : ${name}`),
});
const category = (name: string) => ({ name, parse: wanted, doc: doc(`Value of ${name}`, `Valeur de ${name}`) });
const instant = (name: string) => ({
  name,
  parse: wanted,
  doc: doc(
    `Time: ISO 8601, seconds since 1970, or now-7days: ${name}`,
    `Temps : ISO 8601, secondes depuis 1970, ou now-7days : ${name}`,
  ),
});

export const PAGING = parameterTable({
  page: { name: 'page', parse: wholeNumber, default: 1, doc: doc('Page, from 1', 'Page, à partir de 1') },
  itemsPerPage: {
    name: 'itemsPerPage',
    parse: wholeNumber,
    default: 1000,
    doc: doc('Data sets on a page', 'Jeux de données par page'),
  },
});
export const SEARCH = parameterTable({
  ...PAGING,
  searchFor: {
    name: 'searchFor',
    parse: wanted,
    doc: doc('Words, "phrases"; -word is not to be found', 'Mots, « phrases » ; -mot ne doit pas y être'),
  },
  protocol: {
    name: 'protocol',
    parse: wanted,
    doc: doc('tabledap; others have no data set here', 'tabledap ; les autres n’ont pas de jeu de données ici'),
  },
});
export const ADVANCED = parameterTable({
  ...SEARCH,
  cdm_data_type: category('cdm_data_type'),
  institution: category('institution'),
  ioos_category: category('ioos_category'),
  keywords: category('keywords'),
  long_name: category('long_name'),
  standard_name: category('standard_name'),
  variableName: category('variableName'),
  minLon: place('minLon'),
  maxLon: place('maxLon'),
  minLat: place('minLat'),
  maxLat: place('maxLat'),
  minTime: instant('minTime'),
  maxTime: instant('maxTime'),
});

const OPTIONS = { unknown: 'ignore', emptyIsAbsent: true } as const;
const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Words and phrases that must be there, and those that must not. */
function termsOf(text: string): { readonly with: readonly string[]; readonly without: readonly string[] } {
  const terms = [...fold(text).matchAll(/(-?)(?:"([^"]*)"|(\S+))/g)].map(([, minus, phrase, word]) => ({
    minus: minus === '-',
    text: (phrase ?? word ?? '').replaceAll('"', ''),
  }));
  const used = terms.filter((term) => term.text !== '');
  return {
    with: used.filter(({ minus }) => !minus).map((term) => term.text),
    without: used.filter(({ minus }) => minus).map((term) => term.text),
  };
}

/** Everything that is said of the data set, `name=value` line by line. */
function wordsOf({ id, globals, variables }: DataSet): string {
  const own = variables.flatMap(({ column, attributes }) => [
    `variableName=${column.name}`,
    ...Object.entries(attributes).map(([name, value]) => `${name}=${value}`),
  ]);
  return fold(
    [`datasetID=${id}`, ...Object.entries(globals).map(([name, value]) => `${name}=${value}`), ...own].join('\n'),
  );
}

function hasWords(set: DataSet, text: string | null): boolean {
  if (text === null) return true;
  const words = wordsOf(set);
  const terms = termsOf(text);
  return terms.with.every((term) => words.includes(term)) && !terms.without.some((term) => words.includes(term));
}

/** Data sets that are known to lie elsewhere are left out; one whose places are not known is left out where a place is asked. */
function isWithin({ box }: DataSet, edges: readonly (number | null)[]): boolean {
  if (edges.every((edge) => edge === null)) return true;
  if (box === null) return false;
  const [west, east, south, north] = [edges[0] ?? -180, edges[1] ?? 360, edges[2] ?? -90, edges[3] ?? 90];
  return box[0] <= east && box[2] >= west && box[1] <= north && box[3] >= south;
}

function isDuring({ description: { time } }: DataSet, from: number | null, to: number | null): boolean {
  if (from === null && to === null) return true;
  return (
    time !== null && time.start <= (to ?? Number.POSITIVE_INFINITY) && time.end >= (from ?? Number.NEGATIVE_INFINITY)
  );
}

function instantOf(name: string, text: string | null, now: number): number | null {
  if (text === null) return null;
  try {
    return parseInstant(text, now);
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    throw new AppError('invalid-parameter', { faults: [{ parameter: name, detail: error.detail }] });
  }
}

export type Found = (sets: readonly DataSet[]) => readonly DataSet[];

function pageOf(sets: readonly DataSet[], page: number, size: number): readonly DataSet[] {
  return sets.slice((page - 1) * size, page * size);
}

/** The page of a list of all. */
export function readPage(query: string): Found {
  const { page, itemsPerPage } = readParameters(PAGING, query, OPTIONS);
  return (sets) => pageOf(sets, page, itemsPerPage);
}

const offers = (protocol: string | null): boolean => protocol === null || protocol.toLowerCase() === 'tabledap';

export function readSearch(query: string): Found {
  const { page, itemsPerPage, searchFor, protocol } = readParameters(SEARCH, query, OPTIONS);
  return (sets) => pageOf(offers(protocol) ? sets.filter((set) => hasWords(set, searchFor)) : [], page, itemsPerPage);
}

/** Throws AppError `invalid-parameter` with a fault for every wrong parameter. */
export function readAdvanced(query: string, now: number): Found {
  const asked = readParameters(ADVANCED, query, OPTIONS);
  const edges = [asked.minLon, asked.maxLon, asked.minLat, asked.maxLat];
  const [from, to] = [instantOf('minTime', asked.minTime, now), instantOf('maxTime', asked.maxTime, now)];
  const categories = CATEGORIES.flatMap((name) => {
    const value = asked[name as keyof typeof asked];
    return typeof value === 'string' ? [[name, categoryName(value)] as const] : [];
  });
  const matches = (set: DataSet) =>
    hasWords(set, asked.searchFor) &&
    categories.every(([name, value]) => categoryValues(set, name).includes(value)) &&
    isWithin(set, edges) &&
    isDuring(set, from, to);
  return (sets) => pageOf(offers(asked.protocol) ? sets.filter(matches) : [], asked.page, asked.itemsPerPage);
}
