// What goes between the main thread and the worker that holds the HDF5 library.
import type { Attribute } from '../../model/table.ts';
import type { NetCdfAttributes, NetCdfDimension, NetCdfType, NetCdfVariable, Slab } from './netcdf-dataset.ts';

/** A file that was opened: what it holds but the values. */
export interface OpenedFile {
  readonly dimensions: readonly NetCdfDimension[];
  readonly attributes: NetCdfAttributes;
  readonly variables: readonly NetCdfVariable[];
}

/** A variable that is to be made. */
export interface NewVariable {
  readonly name: string;
  readonly type: NetCdfType;
  readonly dimensions: readonly string[];
  /** Its first dimension is that of the rows. */
  readonly record: boolean;
  readonly attributes: { readonly [name: string]: Attribute };
  /** Stands where a number is missing. */
  readonly fill: number;
  /** Values of a variable without rows. */
  readonly fixed: Float64Array | Uint8Array | null;
}

export interface NewFile {
  /** The dimension of the rows. */
  readonly row: string;
  readonly rows: number;
  readonly dimensions: readonly { readonly name: string; readonly size: number }[];
  readonly attributes: { readonly [name: string]: Attribute };
  readonly variables: readonly NewVariable[];
}

export type Hdf5Order =
  | { readonly kind: 'open'; readonly path: string; readonly handle: number }
  | {
      readonly kind: 'read';
      readonly handle: number;
      readonly variable: string;
      readonly first: number;
      readonly count: number;
    }
  | { readonly kind: 'create'; readonly path: string; readonly handle: number; readonly file: NewFile }
  /** Rows `first` to `first + count - 1` of several variables. */
  | {
      readonly kind: 'write';
      readonly handle: number;
      readonly first: number;
      readonly count: number;
      readonly values: readonly (readonly [variable: string, values: Float64Array | Uint8Array])[];
    }
  | { readonly kind: 'close'; readonly handle: number };

export type Hdf5Answer = OpenedFile | Slab | null;

export interface Hdf5Request {
  readonly id: number;
  readonly order: Hdf5Order;
}

/** `part` names the variable that the fault is about. */
export type Hdf5Reply =
  | { readonly id: number; readonly answer: Hdf5Answer }
  | { readonly id: number; readonly fault: string; readonly part: string };
