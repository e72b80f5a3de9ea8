// The worker's side of writing NetCDF-4: HDF5 with dimension scales, chunks along the rows, deflated.
import type { Dataset, File } from 'h5wasm/node';
import type { Attribute, Storage } from '../../model/table.ts';
import type { NewFile, NewVariable } from './hdf5-messages.ts';
import type { Hdf5 } from './hdf5-read.ts';
import { attributeNumbers, attributeType } from './netcdf-attributes.ts';
import { type NetCdfType, TYPE_SIZES } from './netcdf-dataset.ts';

type Values = Float64Array | Uint8Array;

const CODES: Readonly<Record<Storage, string>> = {
  int8: '<b',
  uint8: '<B',
  int16: '<h',
  uint16: '<H',
  int32: '<i',
  uint32: '<I',
  int64: '<q',
  uint64: '<Q',
  float32: '<f',
  float64: '<d',
};
const NO_VARIABLE = 'This is a netCDF dimension but not a netCDF variable.';
/** Bytes of a chunk: what the library's cache holds. */
const CHUNK_BYTES = 512 * 1024;
const DEFLATE = 3;
/** Attributes in the object header have 64 KiB at most; longer texts are stored on the heap, as texts of variable length. */
const LONGEST_INLINE = 16 * 1024;

type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

function stored(type: Storage, values: Float64Array, fill: number): Numbers {
  const filled = values.some(Number.isNaN) ? values.map((value) => (Number.isNaN(value) ? fill : value)) : values;
  switch (type) {
    case 'int8':
      return Int8Array.from(filled);
    case 'uint8':
      return Uint8Array.from(filled);
    case 'int16':
      return Int16Array.from(filled);
    case 'uint16':
      return Uint16Array.from(filled);
    case 'int32':
      return Int32Array.from(filled);
    case 'uint32':
      return Uint32Array.from(filled);
    case 'int64':
      return BigInt64Array.from(Array.from(filled, BigInt));
    case 'uint64':
      return BigUint64Array.from(Array.from(filled, BigInt));
    case 'float32':
      return Float32Array.from(filled);
    default:
      return filled;
  }
}

function addAttribute(object: Dataset | File, name: string, value: Attribute, type: NetCdfType | null): void {
  const numbers = attributeNumbers(value);
  if (numbers === null) {
    const text = value as string;
    const bytes = Buffer.byteLength(text);
    object.create_attribute(name, text, null, bytes > LONGEST_INLINE ? 'S' : `S${Math.max(1, bytes)}`);
    return;
  }
  const own = attributeType(name, numbers, type) as Storage;
  object.create_attribute(name, stored(own, Float64Array.from(numbers), 0), [numbers.length], CODES[own]);
}

/** Bytes as they are: the library would encode characters anew. */
function writeBytes(
  library: Hdf5,
  dataset: Dataset,
  count: readonly number[],
  offset: readonly number[],
  bytes: Uint8Array,
): void {
  const { Module } = library;
  const pointer = Module._malloc(Math.max(1, bytes.length));
  const big = (list: readonly number[]) => list.map(BigInt);
  try {
    Module.HEAPU8.set(bytes, pointer);
    Module.set_dataset_data(
      dataset.file_id,
      dataset.path,
      big(count),
      big(offset),
      big(count.map(() => 1)),
      BigInt(pointer),
    );
  } finally {
    Module._free(pointer);
  }
}

interface Target {
  readonly library: Hdf5;
  readonly file: File;
  readonly plan: NewFile;
  readonly sizes: ReadonlyMap<string, number>;
}

const rawBytes = (numbers: Numbers): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

function put(
  target: Target,
  dataset: Dataset,
  variable: NewVariable,
  values: Values,
  count: readonly number[],
  offset: readonly number[],
): void {
  const bytes =
    values instanceof Uint8Array ? values : rawBytes(stored(variable.type as Storage, values, variable.fill));
  if (bytes.length > 0) writeBytes(target.library, dataset, count, offset, bytes);
}

function create(target: Target, variable: NewVariable): Dataset {
  const { file, plan, sizes } = target;
  const inner = (variable.record ? variable.dimensions.slice(1) : variable.dimensions).map(
    (name) => sizes.get(name) ?? 0,
  );
  const width = inner.reduce((product, size) => product * size, 1);
  const isChar = variable.type === 'char';
  const bytes = Math.max(1, width * (isChar ? 1 : TYPE_SIZES[variable.type as Storage]));
  const rows = Math.max(1, Math.min(65_536, Math.floor(CHUNK_BYTES / bytes)));
  const deflated = !isChar || width > 1 ? { compression: 'gzip' as const, compression_opts: DEFLATE } : {};
  const layout = variable.record
    ? {
        shape: [0, ...inner],
        maxshape: [null, ...inner],
        chunks: [Math.min(rows, Math.max(1, plan.rows)), ...inner.map((size) => Math.max(1, size))],
        ...deflated,
      }
    : { shape: inner };
  const dtype = isChar ? 'S1' : CODES[variable.type as Storage];
  const given = variable.fixed instanceof Float64Array ? variable.fixed : new Float64Array(variable.record ? 0 : width);
  const data = isChar
    ? new Array<string>(variable.record ? 0 : width).fill('')
    : stored(variable.type as Storage, given, variable.fill);
  const dataset = file.create_dataset({ name: variable.name, data, dtype, track_order: true, ...layout });
  if (variable.record && plan.rows > 0) dataset.resize([plan.rows, ...inner]);
  for (const [name, value] of Object.entries(variable.attributes)) addAttribute(dataset, name, value, variable.type);
  if (variable.fixed instanceof Uint8Array)
    put(
      target,
      dataset,
      variable,
      variable.fixed,
      inner,
      inner.map(() => 0),
    );
  return dataset;
}

/** Every dimension is a scale: its coordinate variable, or one that says that it is none. */
function addScales(target: Target, datasets: ReadonlyMap<string, Dataset>): void {
  const { file, plan } = target;
  const isCoordinate = (name: string) =>
    plan.variables.some((variable) => variable.name === name && variable.dimensions.join() === name);
  const hasRows = plan.variables.some(({ record }) => record);
  const dimensions = [...(hasRows ? [{ name: plan.row, size: plan.rows }] : []), ...plan.dimensions];
  for (const { name, size } of dimensions) {
    if (isCoordinate(name)) datasets.get(name)?.make_scale(name);
    else {
      const label = `${NO_VARIABLE}${String(size).padStart(10)}`;
      const scale = file.create_dataset({ name, data: new Float32Array(size), shape: [size], dtype: '<f' });
      scale.make_scale(label);
    }
  }
  for (const variable of plan.variables) {
    if (isCoordinate(variable.name)) continue;
    variable.dimensions.forEach((name, place) => {
      datasets.get(variable.name)?.attach_scale(place, `/${name}`);
    });
  }
}

/** A file that is being written. */
export interface WrittenFile {
  readonly write: (name: string, values: Values, first: number, count: number) => void;
}

/** Makes dimensions, attributes and variables; the rows follow by `write`. */
export function createFile(library: Hdf5, file: File, plan: NewFile): WrittenFile {
  const sizes = new Map([
    ...plan.dimensions.map(({ name, size }) => [name, size] as const),
    [plan.row, plan.rows] as const,
  ]);
  const target: Target = { library, file, plan, sizes };
  for (const [name, value] of Object.entries(plan.attributes)) addAttribute(file, name, value, null);
  const datasets = new Map(plan.variables.map((variable) => [variable.name, create(target, variable)]));
  addScales(target, datasets);
  return {
    write: (name, values, first, count) => {
      const variable = plan.variables.find((known) => known.name === name);
      const dataset = datasets.get(name);
      if (variable === undefined || dataset === undefined) return;
      const inner = variable.dimensions.slice(1).map((dimension) => sizes.get(dimension) ?? 0);
      put(target, dataset, variable, values, [count, ...inner], [first, ...inner.map(() => 0)]);
    },
  };
}
