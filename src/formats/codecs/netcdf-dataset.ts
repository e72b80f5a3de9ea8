// The common face of NetCDF classic and NetCDF-4 files: dimensions, variables, attributes, and slabs of values.
import type { Attribute, Storage } from '../../model/table.ts';

/** External types; `string`: text of any length (NetCDF-4 only). */
export type NetCdfType = Storage | 'char' | 'string';
export type NetCdfAttributes = { readonly [name: string]: Attribute };

export interface NetCdfVariable {
  readonly name: string;
  readonly type: NetCdfType;
  /** Names of the dimensions, the last one fastest. */
  readonly dimensions: readonly string[];
  readonly attributes: NetCdfAttributes;
}

export interface NetCdfDimension {
  readonly name: string;
  readonly size: number;
  readonly unlimited: boolean;
}

/** Numbers as they are stored (nothing is unpacked, fill values stand); `char`: bytes; `string`: texts. */
export type Slab = Float64Array | Uint8Array | readonly string[];

export interface NetCdfDataset {
  readonly title: string;
  readonly dimensions: readonly NetCdfDimension[];
  readonly attributes: NetCdfAttributes;
  readonly variables: readonly NetCdfVariable[];
  /** The places `first` to `first + count - 1` of the first dimension, whole in the others; all of a variable without dimensions. */
  readonly read: (variable: NetCdfVariable, first: number, count: number) => Promise<Slab>;
  /** Frees what the file holds. */
  readonly close: () => Promise<void>;
}

export const TYPE_SIZES: Readonly<Record<Storage, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float32: 4,
  float64: 8,
};

/** What an unwritten value is (netCDF's NC_FILL_*); bytes have none that is not a value too. */
export const DEFAULT_FILLS: Readonly<Partial<Record<NetCdfType, number>>> = {
  int16: -32767,
  uint16: 65535,
  int32: -2147483647,
  uint32: 4294967295,
  int64: -(2 ** 63),
  uint64: 2 ** 64,
  float32: 9.969209968386869e36,
  float64: 9.969209968386869e36,
};

/** Smallest and greatest value of the whole-number types. */
export const RANGES: Readonly<Partial<Record<NetCdfType, readonly [number, number]>>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int32: [-2147483648, 2147483647],
  uint32: [0, 4294967295],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
};

/** More values than this in one variable that must be held whole is refused. */
export const MOST_WHOLE = 64 * 1024 * 1024;
