// One table, many encodings: named, typed, unit-bearing columns whose rows come in chunks. Every data answer, file and process result is one.
// Inside a table time is milliseconds since 1970 UTC, a position longitude and latitude in degrees, and a missing value NaN (text: null).
import type { Localised } from './text.ts';

export const COLUMN_TYPES = ['time', 'number', 'integer', 'text', 'flags'] as const;
/** flags: a set of whole numbers in each cell (EBAS data quality flags, CF status flags). */
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** A value of a table's or a column's attribute, as NetCDF has them. */
export type Attribute = string | number | readonly number[];
export type Attributes = { readonly [name: string]: Attribute };

/** How a number is stored where the encoding has a choice, so that a file that is written again keeps its types. */
export type Storage =
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float32'
  | 'float64';

export interface Column {
  /** Unique in the table, as the source has it. Encodings that allow fewer signs make their own name of it. */
  readonly name: string;
  readonly type: ColumnType;
  /** UDUNITS text; null: no unit (text, flags, time). */
  readonly unit: string | null;
  /** CF standard name. The columns of a track are found by it: longitude, latitude, altitude. */
  readonly standardName: string | null;
  readonly label: Localised;
  /** The number that stood for a missing value in the source; in chunks it is NaN all the same. */
  readonly missing: number | null;
  /** Names of the table's inner dimensions, the last one fastest; empty: one value a row. */
  readonly dimensions: readonly string[];
  /** Absent: float64 for numbers and times, int32 for integers. */
  readonly storage?: Storage;
  /** Names of the columns that qualify this one: its flags, its uncertainty. */
  readonly ancillary?: readonly string[];
  /** What else the source says of it, by the source's own names. */
  readonly attributes: Attributes;
}

/** The numbers of one cell of a flags column, in the order of the source, without 0. */
export type FlagSet = readonly number[];

/**
 * The values of one column for the rows of a chunk: `rows` × the sizes of the inner dimensions, row by row. time: milliseconds since 1970
 * UTC; time, number, integer: NaN is missing; text: null is missing; flags: an empty set is no flag.
 */
export type Values = Float64Array | readonly (string | null)[] | readonly FlagSet[];

/** A column of one value for the whole table (or one per place of its dimensions): a station's name, the lower edges of size classes. */
export interface FixedColumn {
  readonly column: Column;
  readonly values: Values;
}

/** A fixed inner dimension: range gates, size classes. */
export interface Dimension {
  readonly name: string;
  readonly size: number;
  /** What each place means, with its unit; null: counted only. */
  readonly coordinate: FixedColumn | null;
}

/** A few thousand rows; `values` in the order of the table's columns. A chunk is given away: nobody writes to it again. */
export interface Chunk {
  readonly rows: number;
  readonly values: readonly Values[];
}

/** Who is named in a file's header. */
export interface Party {
  readonly name: string;
  readonly organisation: string | null;
  readonly email: string | null;
}

export const FEATURE_TYPES = ['point', 'timeSeries', 'trajectory', 'profile'] as const;
/** CF-1.8 section 9. */
export type FeatureType = (typeof FEATURE_TYPES)[number];

/** What is known of the whole table. Null and empty: not said. */
export interface TableMetadata {
  readonly identifier: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly featureType: FeatureType | null;
  /** Where a fixed station stands: degrees WGS 84, metres above mean sea level. */
  readonly station: {
    readonly name: string | null;
    readonly longitude: number | null;
    readonly latitude: number | null;
    readonly elevation: number | null;
  } | null;
  readonly creators: readonly Party[];
  readonly institution: string | null;
  /** Instrument, platform or model that made the data. */
  readonly source: string | null;
  readonly project: string | null;
  /** Address or text. */
  readonly licence: string | null;
  /** Bare form `10.x/y`. */
  readonly doi: string | null;
  readonly keywords: readonly string[];
  readonly comment: string | null;
  readonly acknowledgement: string | null;
  /** RFC 3339 or a plain day: when the data were last revised. */
  readonly modified: string | null;
  /** One line per step, the oldest first. */
  readonly history: readonly string[];
  /** What else the source says, by the source's own names. */
  readonly attributes: Attributes;
}

/** Nothing known. */
export const NO_METADATA: TableMetadata = Object.freeze({
  identifier: null,
  title: null,
  summary: null,
  featureType: null,
  station: null,
  creators: [],
  institution: null,
  source: null,
  project: null,
  licence: null,
  doi: null,
  keywords: [],
  comment: null,
  acknowledgement: null,
  modified: null,
  history: [],
  attributes: {},
});

export interface Table {
  readonly metadata: TableMetadata;
  readonly columns: readonly Column[];
  readonly dimensions: readonly Dimension[];
  readonly fixed: readonly FixedColumn[];
  /** The column that orders the rows (nearly always time), and the column with the end of each row's sample where there is one. */
  readonly axis: { readonly column: string; readonly end: string | null } | null;
  /** Number of rows; null: not known before they are read. */
  readonly rows: number | null;
  /** true: `chunks()` may be called again and gives the same rows. false: once only. */
  readonly repeatable: boolean;
  /**
   * The rows in order. The next chunk is made when it is asked for, so a slow taker holds the source back; leaving the loop early frees
   * what the source holds. Throws FormatFault where the source cannot be understood.
   */
  readonly chunks: () => AsyncIterable<Chunk>;
  /** Frees what the source holds for the table (temporary files); absent: nothing. No chunk can be asked for afterwards. */
  readonly close?: () => Promise<void>;
}

/** Rows that a chunk usually has. */
export const CHUNK_ROWS = 4096;

/** Which of a service's rows are wanted; all conditions hold together, null asks nothing. */
export interface Selection {
  readonly service: string;
  /** Number of the record whose rows are wanted; null: all that the viewer may take. */
  readonly record: number | null;
  readonly cut: Cut;
  /** At most so many rows. */
  readonly limit: number | null;
}

/** A part of a table. */
export interface Cut {
  /** Names of columns in the wanted order. The axis always stays. */
  readonly variables: readonly string[] | null;
  /** Milliseconds since 1970; the start is included, the end is included unless `endExcluded`. */
  readonly time: { readonly start: number | null; readonly end: number | null; readonly endExcluded?: boolean } | null;
  /** west, south, east, north in degrees, edges included; west > east crosses the antimeridian. */
  readonly box: readonly [west: number, south: number, east: number, north: number] | null;
}

/** The whole table. */
export const WHOLE: Cut = Object.freeze({ variables: null, time: null, box: null });

/** Place of a column in the chunks; -1 when the table has none of that name. */
export function columnIndex(table: Pick<Table, 'columns'>, name: string): number {
  return table.columns.findIndex((column) => column.name === name);
}

/** Place of the column of time: the axis where it is one, else the first of that type; -1: none. */
export function timeIndex(table: Pick<Table, 'columns' | 'axis'>): number {
  const axis = table.axis === null ? -1 : columnIndex(table, table.axis.column);
  if (table.columns[axis]?.type === 'time') return axis;
  return table.columns.findIndex((column) => column.type === 'time' && column.dimensions.length === 0);
}

/** Place of the first one-valued column of that CF standard name; -1: none. */
export function standardIndex(table: Pick<Table, 'columns'>, standardName: string): number {
  return table.columns.findIndex((c) => c.standardName === standardName && c.dimensions.length === 0);
}

/** Values in one cell of the column: the product of its inner dimensions' sizes, 1 without any. */
export function cellSize(dimensions: readonly Dimension[], column: Column): number {
  return column.dimensions.reduce((size, name) => size * (dimensions.find((d) => d.name === name)?.size ?? 0), 1);
}
