// The search page's own parameters: read all at once into a SearchQuery, with what was typed kept for the form and a fault for each wrong one.
import { fieldConditions } from '../catalogue/asked-field.ts';
import { periodCondition } from '../catalogue/asked-period.ts';
import { createPlaceArea } from '../catalogue/asked-place.ts';
import { parseDateTime } from '../formats/syntax/datetime.ts';
import { parseDecimal } from '../formats/syntax/number.ts';
import { parsePageToken } from '../formats/syntax/page-token.ts';
import { parseWords, printWords } from '../formats/syntax/words.ts';
import { integer, oneOf, text } from '../http/parameter-kinds.ts';
import { type Parameter, type ParameterTable, parameterTable, readParameters } from '../http/parameters.ts';
import { decodeQuery } from '../http/query-string.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { AppError, type ParameterFault, SyntaxFault } from '../model/errors.ts';
import {
  type Area,
  EVERYTHING,
  type FieldCondition,
  type FieldOperator,
  type SearchQuery,
  type Sort,
  type SpatialCondition,
  TIME_RELATIONS,
} from '../model/query.ts';
import { LEVELS, PRODUCT_LEVELS } from '../model/record.ts';
import type { FieldDefinition, Service } from '../model/service.ts';
import type { Localised } from '../model/text.ts';

export const PAGE_SIZES = [10, 20, 50, 100] as const;
export const ORDERS = {
  newest: [{ key: 'updated', descending: true }],
  latest: [{ key: 'begin', descending: true }],
  earliest: [{ key: 'begin', descending: false }],
  title: [{ key: 'title', descending: false }],
  highest: [{ key: 'elevation', descending: true }],
} as const satisfies { readonly [name: string]: readonly Sort[] };
export type OrderName = keyof typeof ORDERS;
const ORDER_NAMES = Object.keys(ORDERS) as OrderName[];

/** Parameters that say where one is in the result and not what is asked. */
export const PAGING = ['page', 'after'] as const;

const doc = (en: string, fr: string): Localised => ({ en, fr });
const degrees = (limit: number) => (value: string) =>
  parseDecimal(value.replace(',', '.'), { min: -limit, max: limit });

/** The parameters that every search has; those of a chosen service's fields come on top. */
export const SEARCH_PARAMETERS = parameterTable({
  words: {
    name: 'q',
    parse: (value) => printWords(parseWords(value)),
    doc: doc('words, "a phrase", -without', 'mots, "une expression", -sans'),
  },
  services: {
    name: 'service',
    parse: text(60),
    repeatable: true,
    doc: doc('observation service', 'service d’observation'),
  },
  start: { name: 'start', parse: parseDateTime, doc: doc('not before (UTC)', 'pas avant (UTC)') },
  end: { name: 'end', parse: parseDateTime, doc: doc('not after (UTC)', 'pas après (UTC)') },
  relation: {
    name: 'timerel',
    parse: oneOf(TIME_RELATIONS),
    doc: doc(
      'relation of the record’s time to the asked one',
      'relation du temps de l’enregistrement au temps demandé',
    ),
  },
  west: { name: 'west', parse: degrees(180), doc: doc('western longitude, degrees', 'longitude ouest, degrés') },
  south: { name: 'south', parse: degrees(90), doc: doc('southern latitude, degrees', 'latitude sud, degrés') },
  east: { name: 'east', parse: degrees(180), doc: doc('eastern longitude, degrees', 'longitude est, degrés') },
  north: { name: 'north', parse: degrees(90), doc: doc('northern latitude, degrees', 'latitude nord, degrés') },
  place: { name: 'place', parse: text(100), doc: doc('place of the gazetteer', 'lieu du répertoire') },
  levels: {
    name: 'level',
    parse: oneOf(LEVELS),
    repeatable: true,
    doc: doc('kind of record', 'type d’enregistrement'),
  },
  products: {
    name: 'product',
    parse: oneOf(PRODUCT_LEVELS),
    repeatable: true,
    doc: doc('product level', 'niveau de produit'),
  },
  formats: {
    name: 'format',
    parse: integer(0, 32_767),
    repeatable: true,
    doc: doc('code of the format', 'code du format'),
  },
  acquisitions: {
    name: 'acquisition',
    parse: integer(0, 32_767),
    repeatable: true,
    doc: doc('code of the acquisition', 'code de l’acquisition'),
  },
  access: { name: 'access', parse: integer(0, 3), repeatable: true, doc: doc('access level', 'niveau d’accès') },
  instruments: { name: 'instrument', parse: text(100), repeatable: true, doc: doc('instrument', 'instrument') },
  order: { name: 'sort', parse: oneOf(ORDER_NAMES), default: 'newest', doc: doc('order', 'ordre') },
  size: { name: 'count', parse: integer(1, 100), default: 20, doc: doc('records a page', 'enregistrements par page') },
  page: { name: 'page', parse: integer(1, 1_000_000), default: 1, doc: doc('page, from 1', 'page, à partir de 1') },
  after: { name: 'after', parse: text(4000), doc: doc('token of a next page', 'jeton de page suivante') },
});

/** Parameter names of a field: its own for equality, or two bounds for numbers and dates. */
export function fieldParameters(
  field: FieldDefinition,
): readonly { readonly name: string; readonly operator: FieldOperator }[] {
  const name = `f.${field.name}`;
  if (field.type === 'text' && !field.values) return [{ name, operator: 'contains' }];
  if (field.type === 'text' || field.type === 'boolean') return [{ name, operator: 'equals' }];
  return [
    { name: `${name}.min`, operator: 'min' },
    { name: `${name}.max`, operator: 'max' },
  ];
}

/** Conditions that the text of a field's parameter asks; bounds are those of a range with one open end. */
function conditionsOf(field: FieldDefinition, operator: FieldOperator, given: string): readonly FieldCondition[] {
  const written = field.type === 'number' || field.type === 'integer' ? given.trim().replace(',', '.') : given.trim();
  switch (operator) {
    case 'min':
      return fieldConditions(field, `[${written}`);
    case 'max':
      return fieldConditions(field, `${written}]`);
    case 'contains':
      return [{ field: field.name, operator: 'contains', value: text(200)(written) }];
    default:
      return field.values
        ? [{ field: field.name, operator: 'equals', value: oneOf(field.values)(written) }]
        : fieldConditions(field, written);
  }
}

/** The parameters of a service's own fields. */
function fieldTable(service: Service | null) {
  const table: { [property: string]: Parameter<readonly FieldCondition[]> } = {};
  for (const field of service?.fields.filter((entry) => entry.queryable) ?? []) {
    for (const { name, operator } of fieldParameters(field)) {
      table[name] = { name, parse: (given) => conditionsOf(field, operator, given), doc: field.label };
    }
  }
  return table;
}

export interface SearchRequest {
  /** Null when a parameter is wrong. */
  readonly query: SearchQuery | null;
  readonly faults: ReadonlyMap<string, Localised>;
  /** What was typed, by parameter; empty values and unknown names left out. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  /** The one chosen service, whose own fields can be asked. */
  readonly service: Service | null;
  readonly order: OrderName;
  readonly size: number;
  readonly page: number;
}

type Values = ReturnType<typeof readParameters<typeof SEARCH_PARAMETERS>>;

/** Checks that look at several parameters together. */
function together(values: Values, mappings: Mappings, placeArea: ReturnType<typeof createPlaceArea>): ParameterFault[] {
  const faults: ParameterFault[] = [];
  const add = (parameter: string, en: string, fr: string) => faults.push({ parameter, detail: { en, fr } });
  const collect = (parameter: string, read: () => unknown) => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      faults.push({ parameter, detail: error.detail });
    }
  };
  const sides = [
    ['west', values.west],
    ['south', values.south],
    ['east', values.east],
    ['north', values.north],
  ] as const;
  if (sides.some(([, value]) => value !== null)) {
    for (const [name, value] of sides)
      if (value === null) add(name, 'missing: a box has four sides', 'manque : un rectangle a quatre côtés');
  }
  if (values.south !== null && values.north !== null && values.south > values.north)
    add('south', 'is north of the northern side', 'est au nord du côté nord');
  collect('end', () => periodCondition(values.start, values.end));
  if (values.place !== null && placeArea(values.place, null) === null)
    add('place', 'is not in the list of places', 'n’est pas dans la liste des lieux');
  for (const name of values.services) {
    if (!mappings.services.some((service) => service.name === name))
      add('service', 'there is no such observation service', 'ce service d’observation n’existe pas');
  }
  const { after } = values;
  if (after !== null) collect('after', () => parsePageToken(after, ORDERS[values.order]));
  return faults;
}

function areas(values: Values, placeArea: ReturnType<typeof createPlaceArea>): readonly SpatialCondition[] {
  const asked: Area[] = [];
  const { west, south, east, north } = values;
  if (west !== null && south !== null && east !== null && north !== null) {
    asked.push({ kind: 'box', box: [west, south, east, north] });
  }
  const place = values.place === null ? null : placeArea(values.place, null);
  if (place) asked.push(place);
  return asked.map((area) => ({ area, relation: 'intersects' }));
}

const some = <T>(list: readonly T[]): readonly T[] | null => (list.length === 0 ? null : list);

function toQuery(
  values: Values,
  fields: readonly FieldCondition[],
  placeArea: ReturnType<typeof createPlaceArea>,
): SearchQuery {
  const sort = ORDERS[values.order];
  return {
    ...EVERYTHING,
    words: values.words,
    services: some(values.services),
    areas: areas(values, placeArea),
    time: periodCondition(values.start, values.end, values.relation ?? 'intersects'),
    levels: some(values.levels),
    productLevels: some(values.products),
    formats: some(values.formats),
    acquisitions: some(values.acquisitions),
    authorizations: some(values.access),
    instruments: some(values.instruments),
    fields,
    sort,
    limit: values.size,
    start:
      values.after === null
        ? { kind: 'offset', offset: (values.page - 1) * values.size }
        : { kind: 'after', cursor: parsePageToken(values.after, sort) },
  };
}

function without(given: ReadonlyMap<string, readonly string[]>, faults: readonly ParameterFault[]): URLSearchParams {
  const wrong = new Set(faults.map((fault) => fault.parameter));
  const kept = [...given].filter(([name]) => !wrong.has(name));
  return new URLSearchParams(kept.flatMap(([name, values]) => values.map((value) => [name, value])));
}

/** Gives the reader of the search page's raw query string. It never throws for a wrong parameter. */
export function createReadSearch(mappings: Mappings): (raw: string) => SearchRequest {
  const placeArea = createPlaceArea(mappings.places);
  return (raw) => {
    const pairs = decodeQuery(raw).pairs.filter(([, value]) => value.trim() !== '');
    const names = pairs.filter(([name]) => name === 'service').map(([, value]) => value);
    const service = (names.length === 1 && mappings.services.find((entry) => entry.name === names[0])) || null;
    const ownTable = fieldTable(service);
    const known = new Set([...Object.values(SEARCH_PARAMETERS), ...Object.values(ownTable)].map(({ name }) => name));
    const given = new Map<string, string[]>();
    for (const [name, value] of pairs) if (known.has(name)) given.set(name, [...(given.get(name) ?? []), value]);
    const faults: ParameterFault[] = [];
    const attempt = <Table extends ParameterTable>(table: Table, query: string | URLSearchParams) => {
      try {
        return readParameters(table, query, { unknown: 'ignore', emptyIsAbsent: true });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        faults.push(...error.faults);
        return null;
      }
    };
    const values = attempt(SEARCH_PARAMETERS, raw);
    const own = attempt(ownTable, raw);
    // What is right is still checked together, so that every fault is told at once.
    const right = values ?? attempt(SEARCH_PARAMETERS, without(given, faults));
    if (right) faults.push(...together(right, mappings, placeArea));
    const told = new Map(faults.map((fault) => [fault.parameter, fault.detail]));
    return {
      query:
        values && own && told.size === 0
          ? toQuery(
              values,
              Object.values(own).flatMap((conditions) => conditions ?? []),
              placeArea,
            )
          : null,
      faults: told,
      given,
      service,
      order: right?.order ?? 'newest',
      size: right?.size ?? 20,
      page: right?.page ?? 1,
    };
  };
}
