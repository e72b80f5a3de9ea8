// The parameters of a search by GET, declared once: they read a request and stand in the API description. What depends on another parameter
// or on the collection is read in request.ts.
import { parseTerms } from '../../catalogue/asked-terms.ts';
import { parseStrictInterval } from '../../formats/syntax/strict-interval.ts';
import { parseVolume } from '../../formats/syntax/volume.ts';
import { integer, oneOf, text } from '../../http/parameter-kinds.ts';
import { parameterTable } from '../../http/parameters.ts';
import type { Schema } from '../../http/protocol.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Localised } from '../../model/text.ts';
import { parseFields } from './fields.ts';
import { CRS84, DEFAULT_LIMIT } from './vocabulary.ts';

const doc = (en: string, fr: string): Localised => ({ en, fr });
const STRING: Schema = { type: 'string' };
const STRINGS: Schema = { type: 'array', items: STRING };
const MOST_NAMES = 500;
const LONGEST_JSON = 200_000;

/** @throws SyntaxFault when there are too many. */
export function checkedNames(names: readonly string[]): readonly string[] {
  if (names.length > MOST_NAMES || names.some((name) => name.length > 1000)) {
    throw new SyntaxFault(`at most ${MOST_NAMES} items are taken`, `au plus ${MOST_NAMES} éléments sont acceptés`);
  }
  return names;
}

function names(value: string): readonly string[] {
  return checkedNames(
    value
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );
}

/** @throws SyntaxFault when it is no JSON. */
export function parseJson(value: string): unknown {
  if (value.length > LONGEST_JSON) {
    throw new SyntaxFault(`at most ${LONGEST_JSON} characters are taken`, `au plus ${LONGEST_JSON} caractères`);
  }
  try {
    return JSON.parse(value);
  } catch {
    throw new SyntaxFault('must be JSON', 'doit être du JSON');
  }
}

/** Every address has these. */
export const COMMON = parameterTable({
  f: {
    name: 'f',
    parse: oneOf(['json', 'geojson']),
    options: ['json', 'geojson'],
    doc: doc('Representation; JSON is the only one', 'Représentation ; le JSON est la seule'),
  },
  lang: {
    name: 'lang',
    parse: oneOf(['en', 'fr']),
    options: ['en', 'fr'],
    doc: doc(
      'Language of titles and texts; without it the Accept-Language header decides',
      "Langue des titres et des textes ; à défaut l'en-tête Accept-Language décide",
    ),
  },
});

const PLACE_AND_TIME = parameterTable({
  bbox: {
    name: 'bbox',
    parse: (value: string) => parseVolume(value.split(',')),
    schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
    doc: doc(
      'west,south,east,north in degrees (or with heights, which do not count); west greater than east crosses the antimeridian',
      "ouest,sud,est,nord en degrés (ou avec des hauteurs, qui ne comptent pas) ; un ouest supérieur à l'est franchit l'antiméridien",
    ),
  },
  datetime: {
    name: 'datetime',
    parse: parseStrictInterval,
    schema: STRING,
    doc: doc(
      'RFC 3339 date-time, or interval a/b, a/.., ../b: the item overlaps it; items without a known time are not found',
      "Date-heure RFC 3339, ou intervalle a/b, a/.., ../b : l'élément le chevauche ; ceux sans date connue ne sont pas trouvés",
    ),
  },
  q: {
    name: 'q',
    parse: (value: string) => parseTerms(value.split(',')),
    schema: STRINGS,
    doc: doc(
      'Words: a comma separates alternatives, blanks inside one make a phrase; accents and case do not count',
      'Mots : la virgule sépare des alternatives, les blancs dans une alternative forment une expression ; accents et casse ne comptent pas',
    ),
  },
});

const paging = (most: number) =>
  parameterTable({
    limit: {
      name: 'limit',
      parse: integer(1),
      schema: { type: 'integer', minimum: 1, default: Math.min(DEFAULT_LIMIT, most) },
      doc: doc(
        `Items of a page; more than ${most} counts as ${most}`,
        `Éléments par page ; au-delà de ${most}, ${most} est retenu`,
      ),
    },
    token: {
      name: 'token',
      parse: text(4000),
      schema: STRING,
      doc: doc('Place where a page starts, from a next link', 'Position où commence une page, tirée d’un lien next'),
    },
  });

const CONDITIONS = parameterTable({
  intersects: {
    name: 'intersects',
    parse: parseJson,
    schema: STRING,
    doc: doc(
      'GeoJSON geometry that the item intersects; not together with bbox',
      "Géométrie GeoJSON que l'élément croise ; pas avec bbox",
    ),
  },
  ids: {
    name: 'ids',
    parse: names,
    schema: STRINGS,
    doc: doc('Ids of items, any of a list', "Identifiants d'éléments, l'un d'une liste"),
  },
  query: {
    name: 'query',
    parse: parseJson,
    schema: STRING,
    doc: doc(
      'JSON {"property": {"operator": value}} with eq, neq, lt, lte, gt, gte, startsWith, endsWith, contains, in',
      'JSON {"propriété": {"opérateur": valeur}} avec eq, neq, lt, lte, gt, gte, startsWith, endsWith, contains, in',
    ),
  },
  filter: {
    name: 'filter',
    parse: text(20_000),
    schema: STRING,
    doc: doc('CQL2 filter on the names of /queryables', 'Filtre CQL2 sur les noms de /queryables'),
  },
  filterLang: {
    name: 'filter-lang',
    parse: oneOf(['cql2-text', 'cql2-json']),
    options: ['cql2-text', 'cql2-json'],
    doc: doc('Notation of filter; cql2-text by default', 'Notation du filtre ; cql2-text par défaut'),
  },
  filterCrs: {
    name: 'filter-crs',
    parse: oneOf([CRS84]),
    options: [CRS84],
    doc: doc('Reference system of the geometries in filter', 'Système de référence des géométries du filtre'),
  },
});

const COLLECTIONS = parameterTable({
  collections: {
    name: 'collections',
    parse: names,
    schema: STRINGS,
    doc: doc('Collections, any of a list', "Collections, l'une d'une liste"),
  },
});

const FORM = parameterTable({
  sortby: {
    name: 'sortby',
    parse: text(500),
    schema: { type: 'array', items: { type: 'string' } },
    doc: doc(
      'Order by names with + or - in front; newest change first by default',
      'Ordre selon des noms précédés de + ou - ; dernière modification en tête par défaut',
    ),
  },
  fields: {
    name: 'fields',
    parse: parseFields,
    schema: STRINGS,
    doc: doc('Members of the items, excluded with a minus', 'Membres des éléments, exclus avec un moins'),
  },
});

const AGGREGATIONS = parameterTable({
  aggregations: {
    name: 'aggregations',
    parse: names,
    schema: STRINGS,
    doc: doc('Names of /aggregations', 'Noms de /aggregations'),
  },
});

/** `most`: a larger limit is taken as this one. */
export function createParameters(most: number) {
  const items = { ...PLACE_AND_TIME, ...CONDITIONS, ...FORM, ...paging(most), ...COMMON };
  return {
    search: { ...COLLECTIONS, ...items },
    items,
    collections: { ...PLACE_AND_TIME, ...paging(most), ...COMMON },
    aggregate: { ...AGGREGATIONS, ...COLLECTIONS, ...PLACE_AND_TIME, ...CONDITIONS, ...COMMON },
    aggregateOne: { ...AGGREGATIONS, ...PLACE_AND_TIME, ...CONDITIONS, ...COMMON },
  };
}
export type Parameters = ReturnType<typeof createParameters>;
