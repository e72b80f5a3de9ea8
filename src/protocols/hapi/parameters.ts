// From the columns of a table to the parameters of HAPI (3.6.7 to 3.6.13): type, units, fill, length, size, bins, place.
import { type Column, type Dimension, standardIndex, type Table } from '../../model/table.ts';
import { inLanguage, type Language } from '../../model/text.ts';

/** Characters of a time: `2020-01-31T00:00:00.000Z`. */
export const TIME_LENGTH = 24;
/** Of times that are missing: as long as a time, and none that was measured. */
export const TIME_FILL = '0001-01-01T00:00:00.000Z';
/** Of doubles. Not NaN, which JSON does not have. */
export const DOUBLE_FILL = '-1e31';
export const INTEGER_FILL = '-2147483648';
export const TEXT_FILL = 'n/a';

export type HapiType = 'isotime' | 'double' | 'integer' | 'string';

/** A parameter: where its values stand in the table, and what the description says of it. */
export interface Parameter {
  readonly name: string;
  readonly column: string;
  readonly type: HapiType;
  /** Bytes of a time or text; 0 for numbers. */
  readonly length: number;
  /** Sizes of its inner dimensions; empty: one value. */
  readonly size: readonly number[];
  readonly object: { readonly [member: string]: unknown };
}

/** Integers of four bytes; wider ones are doubles, which hold them exactly up to 2^53. */
const WIDE = new Set<string>(['uint32', 'int64', 'uint64']);

function typeOf({ type, storage }: Column): HapiType {
  if (type === 'time') return 'isotime';
  if (type === 'text' || type === 'flags') return 'string';
  return type === 'integer' && (storage === undefined || !WIDE.has(storage)) ? 'integer' : 'double';
}

const FILLS = { isotime: TIME_FILL, double: DOUBLE_FILL, integer: INTEGER_FILL, string: TEXT_FILL } as const;

/** `null` for what has no unit: an empty text is not allowed. */
function unitsOf({ type, unit }: Column): string | null {
  return type === 'time' ? 'UTC' : unit === '' || unit === '1' ? null : unit;
}

function binsOf({ name, size, coordinate }: Dimension, language: Language): object {
  const values = coordinate?.values;
  const numbers = values instanceof Float64Array && values.length === size ? [...values] : [];
  const label = coordinate === null ? '' : inLanguage(coordinate.column.label, language);
  return {
    name,
    units: coordinate === null ? null : unitsOf(coordinate.column),
    centers: numbers.length === size && numbers.every(Number.isFinite) ? numbers : null,
    ...(label === '' ? {} : { label }),
  };
}

/** CF standard name → kind of component of a position (3.6.11). */
const COMPONENTS: { readonly [standardName: string]: string } = {
  longitude: 'longitude',
  latitude: 'latitude',
  altitude: 'altitude',
};
const COORDINATES = 'wgs84';

function placeOf(table: Table, column: Column): object {
  const component = COMPONENTS[column.standardName ?? ''];
  const isTrack = standardIndex(table, 'longitude') >= 0 && standardIndex(table, 'latitude') >= 0;
  if (component === undefined || !isTrack || column.dimensions.length > 0) return {};
  return { coordinateSystemName: COORDINATES, vectorComponents: component };
}

/** The parameters that hold the positions of a track; none: null. */
export function trackOf(table: Table, parameters: readonly Parameter[]): readonly string[] | null {
  const names = ['longitude', 'latitude', 'altitude'].flatMap((standardName) => {
    const column = table.columns[standardIndex(table, standardName)]?.name;
    return parameters.filter((parameter) => parameter.column === column).map(({ name }) => name);
  });
  return names.length >= 2 ? names : null;
}

export interface ParameterOptions {
  /** Bytes of the longest text of each column of text. */
  readonly lengths: ReadonlyMap<string, number>;
  readonly language: Language;
  /** The column `record` says nothing in the series of one record. */
  readonly withRecord: boolean;
}

/**
 * The parameters in the order of the columns, the axis first under the name `Time` that clients expect (unless another column has it).
 */
export function parametersOf(table: Table, { lengths, language, withRecord }: ParameterOptions): readonly Parameter[] {
  const axis = table.axis?.column ?? '';
  const rest = table.columns.filter(({ name }) => name !== axis && (withRecord || name !== 'record'));
  const first = rest.some(({ name }) => name.toLowerCase() === 'time') ? axis : 'Time';
  const time = table.columns.find(({ name }) => name === axis) as Column;
  return [time, ...rest].map((column, n): Parameter => {
    const type = typeOf(column);
    const own = column.dimensions.map((name) => table.dimensions.find((dimension) => dimension.name === name));
    const dimensions = own.filter((dimension): dimension is Dimension => dimension !== undefined);
    const size = dimensions.map((dimension) => dimension.size);
    const length =
      type === 'isotime' ? TIME_LENGTH : type === 'string' ? Math.max(3, lengths.get(column.name) ?? 0) : 0;
    const label = inLanguage(column.label, language);
    const description = [label, column.standardName === null ? '' : `CF: ${column.standardName}`]
      .filter(Boolean)
      .join('; ');
    const name = n === 0 ? first : column.name;
    const object = {
      name,
      type,
      ...(length > 0 ? { length } : {}),
      ...(size.length > 0 ? { size } : {}),
      units: unitsOf(column),
      fill: n === 0 ? null : FILLS[type],
      ...(description === '' ? {} : { description }),
      ...(label === '' ? {} : { label }),
      ...(size.length > 0 ? { bins: dimensions.map((dimension) => binsOf(dimension, language)) } : {}),
      ...placeOf(table, column),
    };
    return { name, column: column.name, type, length, size, object };
  });
}
