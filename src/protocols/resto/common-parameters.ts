// The parameters that a search in any collection takes: words, paging, identifiers, place, time, order (resto 2.x).
import { parseBox } from '../../formats/syntax/box.ts';
import { parseDateTime } from '../../formats/syntax/datetime.ts';
import { parseDecimal, parseInteger } from '../../formats/syntax/number.ts';
import { parseWkt } from '../../formats/syntax/wkt.ts';
import { parseWords, printWords } from '../../formats/syntax/words.ts';
import { oneOf, text } from '../../http/parameter-kinds.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { SortKey } from '../../model/query.ts';
import { alternatives } from './conditions.ts';
import { of, type Part, type RestoParameter } from './parameter.ts';
import { DEFAULT_COUNT, MOST_COUNT } from './vocabulary.ts';

const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(|Z|[\\+\\-][0-9]{2}:[0-9]{2}))?$';
const SORT_NAMES: { readonly [name: string]: SortKey } = {
  startDate: 'begin',
  completionDate: 'end',
  updated: 'updated',
  published: 'date',
  title: 'title',
};

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

export const COMMON_PARAMETERS: readonly RestoParameter[] = [
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
