// What is said of a table, and its values, as JSON: in our own JSON format, in the CSVW description of a CSV file, in CoverageJSON.
import { FormatFault } from '../../model/format-fault.ts';
import {
  type Attributes,
  COLUMN_TYPES,
  type Column,
  type Dimension,
  FEATURE_TYPES,
  type FixedColumn,
  type FlagSet,
  NO_METADATA,
  type Storage,
  type Table,
  type TableMetadata,
  type Values,
} from '../../model/table.ts';
import { parseTime, printTime } from './iso-time.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** Everything of a table but its rows. */
export type TableHead = Pick<Table, 'metadata' | 'columns' | 'dimensions' | 'fixed' | 'axis'>;

function fault(en: string, fr: string): FormatFault {
  return new FormatFault({ part: 'description' }, en, fr);
}

/** A value as JSON: a number, a text, an ISO 8601 time, a list of flags; null where it is missing. */
export function jsonValue(column: Column, value: number | string | null | FlagSet | undefined): Json {
  if (typeof value !== 'number') return value ?? null;
  if (!Number.isFinite(value)) return null;
  return column.type === 'time' ? printTime(value) : value;
}

/** The opposite of `jsonValue`; undefined when the JSON is no value of that type. */
export function valueOfJson(column: Column, json: Json | undefined): number | string | null | FlagSet | undefined {
  const { type } = column;
  if (type === 'text') return json === null || typeof json === 'string' ? json : undefined;
  if (type === 'flags') {
    if (json === null) return [];
    return Array.isArray(json) && json.every((flag) => typeof flag === 'number') ? (json as FlagSet) : undefined;
  }
  if (json === null) return Number.NaN;
  if (type !== 'time') return typeof json === 'number' ? json : undefined;
  const time = typeof json === 'string' ? parseTime(json) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** Values of a list of JSON values. Throws FormatFault naming the place in the list. */
export function valuesOfJson(column: Column, list: readonly Json[]): Values {
  const values = list.map((json, n) => {
    const value = valueOfJson(column, json);
    if (value !== undefined) return value;
    const text = JSON.stringify(json).slice(0, 40);
    throw new FormatFault(
      { part: `${column.name}, value ${n + 1}` },
      `${text} is not of the type ${column.type}`,
      `${text} n'est pas du type ${column.type}`,
    );
  });
  return column.type === 'text' || column.type === 'flags'
    ? (values as (string | null)[] | FlagSet[])
    : Float64Array.from(values as number[]);
}

function fixedJson({ column, values }: FixedColumn): Json {
  return {
    column: columnJson(column),
    values: Array.from(values as ArrayLike<number | string | null | FlagSet>, (value) => jsonValue(column, value)),
  };
}

export function columnJson(column: Column): JsonObject {
  const { storage, ancillary, label, attributes, dimensions, ...rest } = column;
  return {
    ...rest,
    label: { ...label },
    dimensions: [...dimensions],
    ...(storage === undefined ? {} : { storage }),
    ...(ancillary === undefined ? {} : { ancillary: [...ancillary] }),
    attributes: { ...attributes },
  };
}

/** The head as JSON, readable by `headOfJson`. */
export function headJson(table: TableHead): JsonObject {
  return {
    axis: table.axis === null ? null : { ...table.axis },
    metadata: JSON.parse(JSON.stringify(table.metadata)) as JsonObject,
    dimensions: table.dimensions.map(({ name, size, coordinate }) => ({
      name,
      size,
      coordinate: coordinate === null ? null : fixedJson(coordinate),
    })),
    columns: table.columns.map(columnJson),
    fixed: table.fixed.map(fixedJson),
  };
}

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
const textOrNull = (json: Json | undefined): string | null => (typeof json === 'string' ? json : null);
const numberOrNull = (json: Json | undefined): number | null => (typeof json === 'number' ? json : null);
const listOf = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? json : []);
const texts = (json: Json | undefined): readonly string[] => listOf(json).filter((item) => typeof item === 'string');

function attributesOf(json: Json | undefined): Attributes {
  const isAttribute = (value: Json | undefined) =>
    typeof value === 'string' ||
    typeof value === 'number' ||
    (Array.isArray(value) && value.every((n) => typeof n === 'number'));
  return Object.fromEntries(
    Object.entries(isObject(json) ? json : {}).filter(([, value]) => isAttribute(value)),
  ) as Attributes;
}

function columnOf(json: Json | undefined): Column {
  const type = COLUMN_TYPES.find((known) => isObject(json) && known === json.type);
  if (!isObject(json) || typeof json.name !== 'string' || type === undefined) {
    throw fault('a column has no name or no type', "une colonne n'a pas de nom ou pas de type");
  }
  const label = isObject(json.label) ? json.label : {};
  const storage = textOrNull(json.storage);
  return {
    name: json.name,
    type,
    unit: textOrNull(json.unit),
    standardName: textOrNull(json.standardName),
    label: {
      ...(typeof label.en === 'string' ? { en: label.en } : {}),
      ...(typeof label.fr === 'string' ? { fr: label.fr } : {}),
    },
    missing: numberOrNull(json.missing),
    dimensions: texts(json.dimensions),
    ...(storage === null ? {} : { storage: storage as Storage }),
    ...(json.ancillary === undefined ? {} : { ancillary: texts(json.ancillary) }),
    attributes: attributesOf(json.attributes),
  };
}

function fixedOf(json: Json | undefined): FixedColumn {
  const column = columnOf(isObject(json) ? json.column : undefined);
  return { column, values: valuesOfJson(column, listOf(isObject(json) ? json.values : undefined)) };
}

function dimensionOf(json: Json): Dimension {
  if (!isObject(json) || typeof json.name !== 'string' || !Number.isInteger(json.size) || (json.size as number) < 0) {
    throw fault('a dimension has no name or no size', "une dimension n'a pas de nom ou pas de taille");
  }
  const { coordinate } = json;
  return { name: json.name, size: json.size as number, coordinate: isObject(coordinate) ? fixedOf(coordinate) : null };
}

function metadataOf(json: Json | undefined): TableMetadata {
  if (!isObject(json)) return NO_METADATA;
  const { station } = json;
  return {
    identifier: textOrNull(json.identifier),
    title: textOrNull(json.title),
    summary: textOrNull(json.summary),
    featureType: FEATURE_TYPES.find((known) => known === json.featureType) ?? null,
    station: isObject(station)
      ? {
          name: textOrNull(station.name),
          latitude: numberOrNull(station.latitude),
          longitude: numberOrNull(station.longitude),
          elevation: numberOrNull(station.elevation),
        }
      : null,
    creators: listOf(json.creators)
      .filter(isObject)
      .map((party) => ({
        name: textOrNull(party.name) ?? '',
        organisation: textOrNull(party.organisation),
        email: textOrNull(party.email),
      })),
    institution: textOrNull(json.institution),
    source: textOrNull(json.source),
    project: textOrNull(json.project),
    licence: textOrNull(json.licence),
    doi: textOrNull(json.doi),
    keywords: texts(json.keywords),
    comment: textOrNull(json.comment),
    acknowledgement: textOrNull(json.acknowledgement),
    modified: textOrNull(json.modified),
    history: texts(json.history),
    attributes: attributesOf(json.attributes),
  };
}

/** The head that `headJson` wrote. Throws FormatFault when columns or dimensions are not described, or are named twice. */
export function headOfJson(json: Json | undefined): TableHead {
  if (!isObject(json)) throw fault('a JSON object is wanted', 'un objet JSON est attendu');
  const columns = listOf(json.columns).map(columnOf);
  const dimensions = listOf(json.dimensions).map(dimensionOf);
  const twice = columns.find((column, n) => columns.findIndex(({ name }) => name === column.name) !== n);
  const unknown = columns
    .flatMap((column) => column.dimensions)
    .find((name) => !dimensions.some((d) => d.name === name));
  if (twice !== undefined)
    throw fault(`two columns are named ${twice.name}`, `deux colonnes s'appellent ${twice.name}`);
  if (unknown !== undefined)
    throw fault(`the dimension ${unknown} is not described`, `la dimension ${unknown} n'est pas décrite`);
  const axis = isObject(json.axis) ? json.axis : null;
  return {
    metadata: metadataOf(json.metadata),
    columns,
    dimensions,
    fixed: listOf(json.fixed).map(fixedOf),
    axis: typeof axis?.column === 'string' ? { column: axis.column, end: textOrNull(axis.end) } : null,
  };
}

/** Nested lists of one cell: `shape` are the sizes of its inner dimensions. */
export function nested(items: readonly Json[], shape: readonly number[]): Json {
  const [, ...inner] = shape;
  if (shape.length === 0) return items[0] ?? null;
  if (inner.length === 0) return items;
  const size = inner.reduce((product, length) => product * length, 1);
  return Array.from({ length: shape[0] ?? 0 }, (_, n) => nested(items.slice(n * size, (n + 1) * size), inner));
}

/** The cell of a row as JSON. */
export function cellJson(column: Column, shape: readonly number[], values: Values, row: number): Json {
  if (shape.length === 0) return jsonValue(column, values[row]);
  const size = shape.reduce((product, length) => product * length, 1);
  const cell = (values as readonly (number | string | null | FlagSet)[]).slice(row * size, (row + 1) * size);
  return nested(
    Array.from(cell, (value) => jsonValue(column, value)),
    shape,
  );
}

/** Sizes of the inner dimensions of each column. */
export function shapesOf(table: Pick<Table, 'columns' | 'dimensions'>): readonly (readonly number[])[] {
  const sizes = new Map(table.dimensions.map(({ name, size }) => [name, size]));
  return table.columns.map((column) => column.dimensions.map((name) => sizes.get(name) ?? 0));
}
