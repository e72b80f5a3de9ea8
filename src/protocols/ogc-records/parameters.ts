// The parameters of /items, declared once: they read a request and stand in the API description. What a collection can be asked by
// name (/queryables) is a parameter too (19-079r2, clause 7.3). What depends on another parameter is read in request.ts.
import { parseTerms } from '../../catalogue/asked-terms.ts';
import { parseInterval } from '../../formats/syntax/datetime.ts';
import { integer, text } from '../../http/parameter-kinds.ts';
import { parameterTable } from '../../http/parameters.ts';
import type { Schema } from '../../http/protocol.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Queryables } from '../../model/queryable.ts';
import { LEVELS } from '../../model/record.ts';
import type { Localised } from '../../model/text.ts';
import type { TimeWindow } from '../../model/time.ts';
import { sortOrder } from './sort.ts';
import { CRS84, DEFAULT_LIMIT } from './vocabulary.ts';

const doc = (en: string, fr: string): Localised => ({ en, fr });
const STRING: Schema = { type: 'string' };
const STRINGS: Schema = { type: 'array', items: STRING };
/** Further than this only a next link leads. */
export const MOST_OFFSET = 10_000_000;
const MOST_VALUES = 1000;
const LONGEST_FILTER = 20_000;

/** A list separated by commas, with something in it. */
function list(text: string): readonly string[] {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) throw new SyntaxFault('must not be empty', 'ne doit pas être vide');
  if (items.length > MOST_VALUES) {
    throw new SyntaxFault(`must have at most ${MOST_VALUES} items`, `doit avoir au plus ${MOST_VALUES} éléments`);
  }
  return items;
}

/** An interval that says something; open at both ends it may be. */
function interval(text: string): TimeWindow {
  if (text.trim() === '') throw new SyntaxFault('must not be empty', 'ne doit pas être vide');
  return parseInterval(text);
}

/** Which representation, and the language of its texts: every address has these. */
export function commonParameters(formats: readonly string[]) {
  return parameterTable({
    f: {
      name: 'f',
      parse: text(40),
      options: formats,
      doc: doc(
        'Representation; without it the Accept header decides',
        "Représentation ; à défaut l'en-tête Accept décide",
      ),
    },
    lang: {
      name: 'lang',
      parse: text(2),
      options: ['en', 'fr'],
      doc: doc(
        'Language of titles and texts; without it the Accept-Language header decides',
        "Langue des titres et des textes ; à défaut l'en-tête Accept-Language décide",
      ),
    },
  });
}

/** Words, place and time. */
const WHERE_AND_WHEN = parameterTable({
  q: {
    name: 'q',
    parse: (value: string) => parseTerms(value.split(',')),
    schema: STRINGS,
    doc: doc(
      'Words: a comma separates alternatives, blanks inside one make a phrase; accents and case do not count',
      'Mots : la virgule sépare des alternatives, les blancs dans une alternative forment une expression ; accents et casse ne comptent pas',
    ),
  },
  bbox: {
    name: 'bbox',
    parse: text(400),
    schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
    doc: doc(
      'west,south,east,north in degrees (or with heights, which do not count); west greater than east crosses the antimeridian',
      "ouest,sud,est,nord en degrés (ou avec des hauteurs, qui ne comptent pas) ; un ouest supérieur à l'est franchit l'antiméridien",
    ),
  },
  bboxCrs: {
    name: 'bbox-crs',
    parse: text(200),
    schema: { type: 'string', format: 'uri', default: CRS84 },
    doc: doc(
      'Reference system of bbox: CRS84 (longitude first), EPSG 4326 and 4258 (latitude first), EPSG 3857 (metres)',
      'Système de référence de bbox : CRS84 (longitude en premier), EPSG 4326 et 4258 (latitude en premier), EPSG 3857 (mètres)',
    ),
  },
  datetime: {
    name: 'datetime',
    parse: interval,
    schema: STRING,
    doc: doc(
      'RFC 3339 date or date-time, or interval a/b, a/.., ../b: the record overlaps it; records without time are not found',
      "Date ou date-heure RFC 3339, ou intervalle a/b, a/.., ../b : l'enregistrement le chevauche ; ceux sans date ne sont pas trouvés",
    ),
  },
});

/** Where a page starts. */
const PLACE_OF_PAGE = parameterTable({
  offset: {
    name: 'offset',
    parse: integer(0, MOST_OFFSET),
    schema: { type: 'integer', minimum: 0, maximum: MOST_OFFSET, default: 0 },
    doc: doc('Records passed over', 'Enregistrements sautés'),
  },
  cursor: {
    name: 'cursor',
    parse: text(4000),
    schema: STRING,
    doc: doc(
      'Place where a page starts, from a next link; prevails over offset',
      'Position où commence une page, tirée d’un lien next ; prime sur offset',
    ),
  },
});

/** Which records. */
const WHICH = parameterTable({
  type: {
    name: 'type',
    parse: list,
    schema: STRINGS,
    doc: doc(
      `Kind of record, any of a list: ${LEVELS.join(', ')}, or a DCMI type`,
      `Type d’enregistrement, l’un d’une liste : ${LEVELS.join(', ')}, ou un type DCMI`,
    ),
  },
  ids: {
    name: 'ids',
    parse: list,
    schema: STRINGS,
    doc: doc('Identifiers, any of a list', "Identifiants, l'un d'une liste"),
  },
  externalIds: {
    name: 'externalIds',
    parse: list,
    schema: STRINGS,
    doc: doc(
      'Identifiers given by others, any of a list: value, scheme:value, or scheme: (such as https://doi.org:10.5072/x)',
      "Identifiants donnés par d'autres, l'un d'une liste : valeur, schéma:valeur, ou schéma: (par exemple https://doi.org:10.5072/x)",
    ),
  },
});

/** A condition in CQL2. */
const FILTER = parameterTable({
  filter: {
    name: 'filter',
    parse: text(LONGEST_FILTER),
    schema: STRING,
    doc: doc('CQL2 filter on the names of /queryables', 'Filtre CQL2 sur les noms de /queryables'),
  },
  filterLang: {
    name: 'filter-lang',
    parse: text(20),
    options: ['cql2-text', 'cql2-json'],
    schema: { type: 'string', enum: ['cql2-text', 'cql2-json'], default: 'cql2-text' },
    doc: doc('Notation of filter', 'Notation du filtre'),
  },
  filterCrs: {
    name: 'filter-crs',
    parse: text(200),
    options: [CRS84],
    schema: { type: 'string', format: 'uri', enum: [CRS84], default: CRS84 },
    doc: doc('Reference system of the geometries in filter', 'Système de référence des géométries du filtre'),
  },
});

/** `mostRecords`: a larger limit is taken as this one (17-069r4, /rec/core/rc-limit). */
export function itemParameters(queryables: Queryables, mostRecords: number) {
  return parameterTable({
    ...WHERE_AND_WHEN,
    limit: {
      name: 'limit',
      parse: integer(1),
      schema: { type: 'integer', minimum: 1, maximum: mostRecords, default: Math.min(DEFAULT_LIMIT, mostRecords) },
      doc: doc(
        `Records of a page; more than ${mostRecords} counts as ${mostRecords}`,
        `Enregistrements par page ; au-delà de ${mostRecords}, ${mostRecords} est retenu`,
      ),
    },
    ...PLACE_OF_PAGE,
    ...WHICH,
    sortby: {
      name: 'sortby',
      parse: sortOrder(queryables),
      schema: { type: 'array', items: { type: 'string', pattern: '^[+ -]?[A-Za-z_][A-Za-z0-9_:.]*$' } },
      doc: doc(
        'Order by the names of /sortables, descending with a minus; newest change first by default',
        'Ordre selon les noms de /sortables, décroissant avec un moins ; dernière modification en tête par défaut',
      ),
    },
    ...FILTER,
  });
}
export type ItemParameters = ReturnType<typeof itemParameters>;
