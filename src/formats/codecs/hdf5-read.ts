// The worker's side of reading NetCDF-4: HDF5 with dimension scales (netCDF-4 format specification), the root group.
import type { Dataset, File, Group } from 'h5wasm/node';
import type { Attribute, Storage } from '../../model/table.ts';
import type { NetCdfAttributes, NetCdfDimension, NetCdfType, NetCdfVariable, Slab } from './netcdf-dataset.ts';

export type Hdf5 = typeof import('h5wasm/node');

/** A fault of one part of the file. */
export class Hdf5Fault extends Error {
  readonly part: string;
  constructor(part: string, message: string) {
    super(message);
    this.part = part;
  }
}

/** How HDF5 keeps dimensions; no attribute of the variable. */
const OF_THE_FORMAT = [
  'CLASS',
  'NAME',
  'REFERENCE_LIST',
  'DIMENSION_LIST',
  '_Netcdf4Dimid',
  '_Netcdf4Coordinates',
  '_NCProperties',
  '_nc3_strict',
];
const NO_VARIABLE = 'This is a netCDF dimension but not a netCDF variable.';

const NUMBER_TYPES: Readonly<Record<string, Storage>> = {
  b: 'int8',
  B: 'uint8',
  h: 'int16',
  H: 'uint16',
  i: 'int32',
  I: 'uint32',
  q: 'int64',
  Q: 'uint64',
  f: 'float32',
  d: 'float64',
};

function typeOf(dataset: Dataset): NetCdfType | null {
  const { dtype, metadata } = dataset;
  if (metadata.type === 3) return metadata.vlen || metadata.size !== 1 ? 'string' : 'char';
  // An enumeration is read as its numbers.
  const code = typeof dtype === 'string' ? dtype.slice(-1) : '';
  return NUMBER_TYPES[code] ?? null;
}

function attributeValue(value: unknown): Attribute | null {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) {
    const list = Array.from(value as unknown as ArrayLike<unknown>);
    if (list.every((item) => typeof item === 'string')) return list.join('\n');
    const numbers = list.map(Number);
    if (numbers.some((number, n) => Number.isNaN(number) && typeof list[n] !== 'number')) return null;
    return numbers.length === 1 ? (numbers[0] as number) : numbers;
  }
  return null;
}

export function attributesOf(object: Dataset | Group): NetCdfAttributes {
  const attributes: Record<string, Attribute> = {};
  for (const [name, attribute] of Object.entries(object.attrs)) {
    if (OF_THE_FORMAT.includes(name)) continue;
    const value = attributeValue(attribute.value);
    if (value !== null) attributes[name] = value;
  }
  return attributes;
}

const textAttribute = (dataset: Dataset, name: string): string => {
  const attribute = dataset.attrs[name];
  return attribute === undefined ? '' : String(attribute.value);
};

const isScale = (dataset: Dataset): boolean => textAttribute(dataset, 'CLASS') === 'DIMENSION_SCALE';

export interface Described {
  readonly variable: NetCdfVariable;
  readonly dataset: Dataset;
}

/** Names of the dimensions of a dataset: of the attached scales, its own if it is a scale, else made up by length. */
function dimensionsOf(dataset: Dataset, name: string, phony: Map<number, string>): readonly string[] {
  const shape = dataset.shape ?? [];
  return shape.map((length, place) => {
    if (isScale(dataset) && shape.length === 1) return name;
    const [scale] = dataset.get_attached_scales(place);
    if (scale !== undefined) return scale.replace(/^.*\//, '');
    const known = phony.get(length) ?? `phony_dim_${phony.size}`;
    phony.set(length, known);
    return known;
  });
}

function datasetsOf(library: Hdf5, file: File): readonly (readonly [string, Dataset])[] {
  return file.keys().flatMap((name): [string, Dataset][] => {
    const entity = file.get(name);
    return entity instanceof library.Dataset ? [[name, entity]] : [];
  });
}

export function describe(
  library: Hdf5,
  file: File,
): { dimensions: NetCdfDimension[]; described: Map<string, Described> } {
  const phony = new Map<number, string>();
  const dimensions = new Map<string, NetCdfDimension>();
  const described = new Map<string, Described>();
  for (const [name, dataset] of datasetsOf(library, file)) {
    const shape = dataset.shape ?? [];
    const names = dimensionsOf(dataset, name, phony);
    names.forEach((dimension, place) => {
      const isUnlimited = (dataset.metadata.maxshape?.[place] ?? 0) !== shape[place];
      const known = dimensions.get(dimension);
      const size = Math.max(known?.size ?? 0, shape[place] ?? 0);
      dimensions.set(dimension, { name: dimension, size, unlimited: known?.unlimited === true || isUnlimited });
    });
    if (isScale(dataset) && textAttribute(dataset, 'NAME').startsWith(NO_VARIABLE)) continue;
    const type = typeOf(dataset);
    if (type === null) {
      throw new Hdf5Fault(`variable ${name}`, 'its type (compound, opaque or of variable length) is not read');
    }
    described.set(name, { dataset, variable: { name, type, dimensions: names, attributes: attributesOf(dataset) } });
  }
  return { dimensions: [...dimensions.values()], described };
}

/** Characters as bytes: the library would make a string of each. */
function readBytes(library: Hdf5, dataset: Dataset, count: readonly number[], offset: readonly number[]): Uint8Array {
  const size = count.reduce((product, length) => product * length, 1);
  const { Module } = library;
  const pointer = Module._malloc(Math.max(1, size));
  try {
    const big = (list: readonly number[]) => (count.length === 0 ? null : list.map(BigInt));
    Module.get_dataset_data(
      dataset.file_id,
      dataset.path,
      big(count),
      big(offset),
      big(count.map(() => 1)),
      BigInt(pointer),
    );
    return Module.HEAPU8.slice(pointer, pointer + size);
  } finally {
    Module._free(pointer);
  }
}

/** Values of a part of a variable. */
export function slabOf(library: Hdf5, { dataset, variable }: Described, first: number, count: number): Slab {
  const shape = dataset.shape ?? [];
  const isText = variable.type === 'string';
  if (shape.length === 0) {
    if (variable.type === 'char') return readBytes(library, dataset, [], []);
    const { value } = dataset;
    return isText
      ? [String(value ?? '')]
      : Float64Array.of(
          Number(Array.isArray(value) || ArrayBuffer.isView(value) ? (value as unknown as number[])[0] : value),
        );
  }
  const inner = shape.slice(1);
  if (count === 0 || shape.includes(0))
    return variable.type === 'char' ? new Uint8Array(0) : isText ? [] : new Float64Array(0);
  const last = Math.min(first + count, shape[0] ?? 0);
  if (variable.type === 'char')
    return readBytes(library, dataset, [last - first, ...inner], [first, ...inner.map(() => 0)]);
  const values = dataset.slice([[first, last], ...inner.map((): [] => [])]);
  if (isText) return Array.from(values as unknown as ArrayLike<unknown>, (text) => String(text ?? ''));
  return values instanceof Float64Array ? values : Float64Array.from(values as unknown as ArrayLike<number>, Number);
}
