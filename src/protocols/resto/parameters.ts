// The parameters of a search, declared once for each collection and for all together: they read the request and describe themselves in the
// OSDD. Names are those of resto 2.x, with the spellings of PEPS and SARA as further keys.
import { fieldConditions } from '../../catalogue/asked-field.ts';
import { parseBox } from '../../formats/syntax/box.ts';
import { type DateTime, parseDateTime } from '../../formats/syntax/datetime.ts';
import { parseDecimal, parseInteger } from '../../formats/syntax/number.ts';
import { parseWkt } from '../../formats/syntax/wkt.ts';
import { parseWords, printWords } from '../../formats/syntax/words.ts';
import { oneOf, text } from '../../http/parameter-kinds.ts';
import type { Parameter } from '../../http/parameters.ts';
import { SyntaxFault } from '../../model/errors.ts';
import { allOf, type Filter } from '../../model/filter.ts';
import type { Box, Geometry } from '../../model/geometry.ts';
import type { FieldCondition, SortKey } from '../../model/query.ts';
import type { FieldDefinition } from '../../model/service.ts';
import type { Localised } from '../../model/text.ts';
import type { Collection } from './collections.ts';
import { alternatives, fieldFilter, propertyFilter } from './conditions.ts';
import { EO_PROPERTIES } from './properties.ts';
import { DEFAULT_COUNT, MOST_COUNT } from './vocabulary.ts';

/** What one given parameter asks. */
export type Part =
  | { readonly kind: 'words' | 'place' | 'after'; readonly text: string }
  | { readonly kind: 'count' | 'index' | 'page' | 'lat' | 'lon' | 'radius'; readonly value: number }
  | { readonly kind: 'box'; readonly box: Box }
  | { readonly kind: 'geometry'; readonly geometry: Geometry }
  | { readonly kind: 'start' | 'end' | 'updated' | 'publishedAfter' | 'publishedBefore'; readonly moment: DateTime }
  | { readonly kind: 'products' | 'parents'; readonly wanted: ReturnType<typeof alternatives> }
  | { readonly kind: 'filter'; readonly filter: Filter }
  | { readonly kind: 'fields'; readonly conditions: readonly FieldCondition[] }
  | { readonly kind: 'sortKey'; readonly key: SortKey }
  | { readonly kind: 'descending'; readonly value: boolean }
  | { readonly kind: 'nothing' };

export interface RestoParameter extends Parameter<Part> {
  /** Name in the templates of the OSDD; null: not announced. */
  readonly template: string | null;
  /** The property or field whose values become Options. */
  readonly optionsOf?: { readonly property: string } | { readonly field: string };
}

/** By first key of the request. */
export type ParameterSet = { readonly [key: string]: RestoParameter };

const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(|Z|[\\+\\-][0-9]{2}:[0-9]{2}))?$';
const SORT_NAMES: { readonly [name: string]: SortKey } = {
  startDate: 'begin',
  completionDate: 'end',
  updated: 'updated',
  published: 'date',
  title: 'title',
};

const of = (
  name: string,
  template: string | null,
  parse: (text: string) => Part,
  doc: Localised,
  more: Partial<RestoParameter> = {},
): RestoParameter => ({ name, template, parse, doc, ...more });

const number =
  (kind: Part['kind'] & ('lat' | 'lon' | 'radius'), bounds: { min?: number; max?: number; above?: number }) =>
  (value: string): Part => ({ kind, value: parseDecimal(value, bounds) });
const whole =
  (kind: Part['kind'] & ('count' | 'index' | 'page'), max: number) =>
  (value: string): Part => ({ kind, value: parseInteger(value, { min: 1, max }) });
const moment =
  (kind: Part['kind'] & ('start' | 'end' | 'updated' | 'publishedAfter' | 'publishedBefore')) =>
  (value: string): Part => ({ kind, moment: parseDateTime(value) });
/** @throws SyntaxFault for a beginning of fewer than three characters. */
const products = (value: string): Part => {
  const wanted = alternatives(value);
  if (wanted.some((one) => one.prefix && one.text.length < 3)) {
    throw new SyntaxFault(
      'at least three characters before % are wanted',
      'au moins trois caractères avant % sont attendus',
    );
  }
  return { kind: 'products', wanted };
};

const COMMON: readonly RestoParameter[] = [
  of('q', 'searchTerms', (value) => ({ kind: 'words', text: printWords(parseWords(value)) }), {
    en: 'Words; all must match, "quotes" make a phrase, a minus excludes',
    fr: 'Mots ; tous doivent correspondre, les "guillemets" forment une expression, un moins exclut',
  }),
  of(
    'maxRecords',
    'count',
    whole('count', MOST_COUNT),
    {
      en: `Records a page, ${DEFAULT_COUNT} by default`,
      fr: `Enregistrements par page, ${DEFAULT_COUNT} par défaut`,
    },
    { minimum: 1, maximum: MOST_COUNT },
  ),
  of(
    'index',
    'startIndex',
    whole('index', 1_000_000_000),
    {
      en: 'Number of the first record, from 1',
      fr: 'Numéro du premier enregistrement, à partir de 1',
    },
    { minimum: 1 },
  ),
  of(
    'page',
    'startPage',
    whole('page', 1_000_000),
    {
      en: 'Number of the page, from 1; wins over index',
      fr: 'Numéro de la page, à partir de 1 ; prime sur index',
    },
    { minimum: 1 },
  ),
  of('after', null, (value) => ({ kind: 'after', text: value }), {
    en: 'Token of a next page, from a next link',
    fr: 'Jeton de page suivante, tiré d’un lien next',
  }),
  of(
    'lang',
    'language',
    (value) => {
      if (!/^[a-z]{2}$/.test(value))
        throw new SyntaxFault('two small letters are wanted', 'deux minuscules sont attendues');
      return { kind: 'nothing' };
    },
    { en: 'Language of titles and texts', fr: 'Langue des titres et des textes' },
    { pattern: '^[a-z]{2}$' },
  ),
  of('identifier', 'geo:uid', products, {
    en: 'UUID or product identifier of a record; abc% = beginning with',
    fr: 'UUID ou identifiant de produit ; abc% = commençant par',
  }),
  of('productIdentifier', 'eo:productIdentifier', products, {
    en: 'Identifier of the product; abc% = beginning with',
    fr: 'Identifiant du produit ; abc% = commençant par',
  }),
  of('parentIdentifier', 'eo:parentIdentifier', (value) => ({ kind: 'parents', wanted: alternatives(value) }), {
    en: 'Identifier of the service, or name of the collection',
    fr: 'Identifiant du service, ou nom de la collection',
  }),
  of('geometry', 'geo:geometry', (value) => ({ kind: 'geometry', geometry: parseWkt(value) }), {
    en: 'Well-known text, longitude latitude in degrees (WGS 84)',
    fr: 'Well-known text, longitude latitude en degrés (WGS 84)',
  }),
  of('box', 'geo:box', (value) => ({ kind: 'box', box: parseBox(value) }), {
    en: 'west,south,east,north in degrees (WGS 84)',
    fr: 'ouest,sud,est,nord en degrés (WGS 84)',
  }),
  of('name', 'geo:name', (value) => ({ kind: 'place', text: text(200)(value) }), {
    en: 'Name of a place of the gazetteer',
    fr: 'Nom d’un lieu du répertoire',
  }),
  of(
    'lon',
    'geo:lon',
    number('lon', { min: -180, max: 180 }),
    {
      en: 'Longitude in degrees, together with lat',
      fr: 'Longitude en degrés, avec lat',
    },
    { minimum: -180, maximum: 180 },
  ),
  of(
    'lat',
    'geo:lat',
    number('lat', { min: -90, max: 90 }),
    {
      en: 'Latitude in degrees, together with lon',
      fr: 'Latitude en degrés, avec lon',
    },
    { minimum: -90, maximum: 90 },
  ),
  of('radius', 'geo:radius', number('radius', { above: 0, max: 20_037_509 }), {
    en: 'Distance in metres, 10000 by default',
    fr: 'Distance en mètres, 10000 par défaut',
  }),
  of(
    'startDate',
    'time:start',
    moment('start'),
    {
      en: 'Begin of the period; a record is found when its own period and the asked one overlap',
      fr: 'Début de la période ; un enregistrement est trouvé quand sa période et celle demandée se chevauchent',
    },
    { pattern: DATE },
  ),
  of(
    'completionDate',
    'time:end',
    moment('end'),
    {
      en: 'End of the period; a record is found when its own period and the asked one overlap',
      fr: 'Fin de la période ; un enregistrement est trouvé quand sa période et celle demandée se chevauchent',
    },
    { pattern: DATE },
  ),
  of(
    'updated',
    'dc:date',
    moment('updated'),
    {
      en: 'Records changed at this date or later',
      fr: 'Enregistrements modifiés à cette date ou après',
    },
    { pattern: DATE },
  ),
  of(
    'publishedAfter',
    'resto:publishedAfter',
    moment('publishedAfter'),
    {
      en: 'Data published at this date or later',
      fr: 'Données publiées à cette date ou après',
    },
    { pattern: DATE },
  ),
  of(
    'publishedBefore',
    'resto:publishedBefore',
    moment('publishedBefore'),
    {
      en: 'Data published at this date or before',
      fr: 'Données publiées à cette date ou avant',
    },
    { pattern: DATE },
  ),
  of(
    'sortParam',
    'resto:sortParam',
    (value) => {
      const key = Object.hasOwn(SORT_NAMES, value) ? SORT_NAMES[value] : undefined;
      if (key === undefined) {
        const list = Object.keys(SORT_NAMES).join(', ');
        throw new SyntaxFault(`must be one of: ${list}`, `doit être l’une des valeurs : ${list}`);
      }
      return { kind: 'sortKey', key };
    },
    { en: 'What to sort by; startDate by default', fr: 'Critère de tri ; startDate par défaut' },
  ),
  of(
    'sortOrder',
    'resto:sortOrder',
    (value) => {
      const order = oneOf(['asc', 'desc', 'ascending', 'descending'])(value.toLowerCase());
      return { kind: 'descending', value: order.startsWith('desc') };
    },
    { en: 'ascending or descending; descending by default', fr: 'ascending ou descending ; descending par défaut' },
  ),
];

function ownParameter(collection: Collection, field: FieldDefinition): RestoParameter {
  const unit = field.unit === undefined ? '' : ` (${field.unit})`;
  const doc = {
    en: `${field.label.en ?? field.name}${unit}`,
    fr: `${field.label.fr ?? field.label.en ?? field.name}${unit}`,
  };
  const template = `resto:${field.name}`;
  if (field.type === 'text' || field.type === 'number' || field.type === 'integer') {
    const kind = field.type === 'text' ? 'text' : 'number';
    return of(
      field.name,
      template,
      (value) => ({ kind: 'filter', filter: fieldFilter(collection, field.name, kind, value) }),
      doc,
      {
        ...(kind === 'text' ? { optionsOf: { field: field.name } } : {}),
      },
    );
  }
  return of(field.name, template, (value) => ({ kind: 'fields', conditions: fieldConditions(field, value) }), doc);
}

/** The parameters of a search in these collections; one collection has its own fields besides. */
export function createParameters(collections: readonly Collection[]): ParameterSet {
  const eo = EO_PROPERTIES.map((property) =>
    of(
      property.name,
      property.template,
      (value) => ({ kind: 'filter', filter: propertyFilter(collections, property, value) }),
      property.doc,
      {
        ...(property.aliases === undefined ? {} : { aliases: property.aliases }),
        ...(property.kind === 'text' ? { optionsOf: { property: property.name } } : {}),
      },
    ),
  );
  const table: { [key: string]: RestoParameter } = {};
  const taken = new Set<string>(['collection']);
  const add = (parameter: RestoParameter): void => {
    table[parameter.name] = parameter;
    for (const key of [parameter.name, ...(parameter.aliases ?? [])]) taken.add(key);
  };
  for (const parameter of [...COMMON, ...eo]) add(parameter);
  const [only] = collections;
  if (collections.length !== 1 || only === undefined) return table;
  for (const [name, source] of only.sources) {
    // Further properties of the file's `resto` part: slaveOrbitNumber, ambiguityHeight.
    if (taken.has(name) || !('from' in source)) continue;
    if (['startDate', 'completionDate', 'license', 'title'].includes(name)) continue;
    const field = only.service.fields.find((known) => `field:${known.name}` === source.from);
    const numeric = field?.type === 'integer' || field?.type === 'number';
    const property = {
      name,
      template: `resto:${name}`,
      kind: numeric ? 'number' : 'text',
      doc: field?.label ?? {},
    } as const;
    add(
      of(
        name,
        property.template,
        (value) => ({ kind: 'filter', filter: propertyFilter(collections, property, value) }),
        property.doc,
      ),
    );
  }
  for (const field of only.service.fields)
    if (field.queryable && !taken.has(field.name)) add(ownParameter(only, field));
  return table;
}

/** Everything that the parts of a kind ask, in the order of the table. */
export function filtersOf(parts: readonly Part[]): Filter | null {
  const filters = parts.flatMap((part) => (part.kind === 'filter' ? [part.filter] : []));
  return filters.length === 0 ? null : allOf(filters);
}
