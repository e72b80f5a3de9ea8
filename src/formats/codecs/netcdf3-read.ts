// Reads NetCDF classic and 64-bit offset files: the header by netcdfjs, the values in slabs straight from the file, so that a long file
// is never held. (netcdfjs reads texts as Latin-1, bytes as unsigned and whole files only; all three are mended here.)
import { NetCDFReader } from 'netcdfjs';
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import type { Attribute, Storage } from '../../model/table.ts';
import { decodeText } from './byte-lines.ts';
import {
  type NetCdfAttributes,
  type NetCdfDataset,
  type NetCdfType,
  type NetCdfVariable,
  type Slab,
  TYPE_SIZES,
} from './netcdf-dataset.ts';

const FIRST_PIECE = 64 * 1024;
const LONGEST_HEADER = 256 * 1024 * 1024;
const TYPES: Readonly<Record<string, NetCdfType>> = {
  byte: 'int8',
  char: 'char',
  short: 'int16',
  int: 'int32',
  float: 'float32',
  double: 'float64',
};

interface Stored extends NetCdfVariable {
  readonly begin: number;
  readonly record: boolean;
  /** Lengths of the dimensions behind the first one. */
  readonly inner: number;
}

function broken(byte: number, en: string, fr: string): FormatFault {
  return new FormatFault({ byte }, en, fr);
}

/** netcdfjs gives one sign per byte; some writers count the zero that ends a C string. */
const utf8 = (latin1: string): string =>
  decodeText(Uint8Array.from(latin1, (sign) => sign.charCodeAt(0))).replace(/\0+$/, '');

function attributeOf(type: string, value: unknown): Attribute {
  if (typeof value === 'string') return utf8(value);
  const list = (Array.isArray(value) ? value : [value]) as number[];
  const numbers = type === 'byte' ? list.map((byte) => (byte << 24) >> 24) : list;
  return numbers.length === 1 ? (numbers[0] as number) : numbers;
}

function attributesOf(list: readonly { name: string; type: string; value: unknown }[]): NetCdfAttributes {
  return Object.fromEntries(list.map(({ name, type, value }) => [utf8(name), attributeOf(type, value)]));
}

/** The header, from as many bytes as it takes. */
async function readHeader(source: ByteSource): Promise<NetCDFReader['header']> {
  for (let length = FIRST_PIECE; ; length *= 8) {
    const bytes = await source.readAt(0, Math.min(length, source.size));
    try {
      return new NetCDFReader(new Uint8Array(bytes)).header;
    } catch (error) {
      const cut = error instanceof RangeError;
      if (cut && length < source.size && length < LONGEST_HEADER) continue;
      if (cut) throw broken(bytes.length, 'the file ends within its header', 'le fichier se termine dans son en-tête');
      const reason = (error as Error).message.replace(/^Not a valid NetCDF v3.x file: /, '');
      throw new FormatFault(
        { part: 'header' },
        `not a NetCDF classic file: ${reason}`,
        `pas un fichier NetCDF classique : ${reason}`,
      );
    }
  }
}

const sizeOf = (type: NetCdfType): number => (type === 'char' ? 1 : TYPE_SIZES[type as Storage]);

/** Whole numbers of four bytes up to which a variable's bytes are padded. */
const padded = (bytes: number): number => Math.ceil(bytes / 4) * 4;

function numbersOf(bytes: Uint8Array, type: NetCdfType, out: Float64Array, at: number, count: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = sizeOf(type);
  for (let n = 0; n < count; n++) {
    const from = n * size;
    if (type === 'float64') out[at + n] = view.getFloat64(from);
    else if (type === 'float32') out[at + n] = view.getFloat32(from);
    else if (type === 'int32') out[at + n] = view.getInt32(from);
    else if (type === 'int16') out[at + n] = view.getInt16(from);
    else out[at + n] = view.getInt8(from);
  }
}

interface Shape {
  readonly variables: readonly Stored[];
  readonly records: number;
  /** Bytes of one record. */
  readonly stride: number;
}

function shapeOf(header: NetCDFReader['header'], size: number): Shape {
  const dimensions = header.dimensions ?? [];
  const variables = (header.variables ?? []).map((variable): Stored => {
    const type = TYPES[variable.type];
    const wrong = variable.dimensions.find((id) => dimensions[id] === undefined);
    if (type === undefined || wrong !== undefined) {
      throw new FormatFault(
        { part: `variable ${utf8(variable.name).slice(0, 60)}` },
        type === undefined ? 'its type is unknown' : `it has the dimension ${wrong}, which the file lacks`,
        type === undefined ? 'son type est inconnu' : `elle a la dimension ${wrong}, que le fichier n'a pas`,
      );
    }
    const lengths = variable.dimensions.map((id) => dimensions[id]?.size ?? 0);
    return {
      name: utf8(variable.name),
      type,
      dimensions: variable.dimensions.map((id) => utf8(dimensions[id]?.name ?? '')),
      attributes: attributesOf(variable.attributes),
      begin: variable.offset,
      record: variable.record,
      inner: lengths.slice(1).reduce((product, length) => product * length, 1),
    };
  });
  const recorded = variables.filter((variable) => variable.record);
  const bytesOf = (variable: Stored) => variable.inner * sizeOf(variable.type);
  // A single record variable of small type is not padded (NetCDF classic format, note on padding).
  const [only] = recorded;
  const stride =
    recorded.length === 1 && only
      ? bytesOf(only)
      : recorded.reduce((sum, variable) => sum + padded(bytesOf(variable)), 0);
  const declared = header.recordDimension.length;
  const first = Math.min(...recorded.map((variable) => variable.begin), size);
  // 2^32 - 1: written as a stream, the records go on to the end of the file.
  const records = declared === 0xffffffff ? (stride === 0 ? 0 : Math.floor((size - first) / stride)) : declared;
  return { variables, records: recorded.length === 0 ? 0 : records, stride };
}

function checkLength(shape: Shape, variable: Stored, rows: number, size: number): void {
  const bytes = variable.inner * sizeOf(variable.type);
  const end = variable.record
    ? variable.begin + Math.max(0, rows - 1) * shape.stride + bytes
    : variable.begin + rows * bytes;
  if (rows > 0 && end > size) {
    throw broken(
      size,
      `the file ends before the values of ${variable.name}, which go to byte ${end}`,
      `le fichier se termine avant les valeurs de ${variable.name}, qui vont jusqu'à l'octet ${end}`,
    );
  }
}

async function readSlab(
  source: ByteSource,
  shape: Shape,
  variable: Stored,
  first: number,
  count: number,
): Promise<Slab> {
  const bytes = variable.inner * sizeOf(variable.type);
  const total = count * variable.inner;
  const chars = variable.type === 'char' ? new Uint8Array(total) : null;
  const numbers = chars === null ? new Float64Array(total) : new Float64Array(0);
  const step = variable.record ? shape.stride : bytes;
  const start = variable.begin + first * step;
  const length = count === 0 ? 0 : (count - 1) * step + bytes;
  const read = await source.readAt(start, length);
  if (read.length < length) throw broken(start + read.length, 'the file ends here', 'le fichier se termine ici');
  for (let n = 0; n < count; n++) {
    const part = read.subarray(n * step, n * step + bytes);
    if (chars !== null) chars.set(part, n * variable.inner);
    else numbersOf(part, variable.type, numbers, n * variable.inner, variable.inner);
    if (step === bytes && chars === null) {
      // Without gaps the rest is one piece.
      numbersOf(read, variable.type, numbers, 0, total);
      break;
    }
  }
  return chars ?? numbers;
}

/** Opens the file. Throws FormatFault where it is cut, has wrong tags, or names what it lacks. */
export async function openNetCdf3(source: ByteSource): Promise<NetCdfDataset> {
  const magic = await source.readAt(0, 4);
  if (magic[3] !== 1 && magic[3] !== 2) {
    throw broken(
      3,
      `NetCDF classic version ${magic[3] ?? 'none'} is not read, only 1 and 2`,
      `la version ${magic[3] ?? '?'} de NetCDF classique n'est pas lue, seulement 1 et 2`,
    );
  }
  const header = await readHeader(source);
  const shape = shapeOf(header, source.size);
  const record = header.recordDimension.id;
  const dimensions = (header.dimensions ?? []).map(({ name, size }, id) => ({
    name: utf8(name),
    size: id === record ? shape.records : size,
    unlimited: id === record,
  }));
  for (const variable of shape.variables) {
    const length = variable.record
      ? shape.records
      : (dimensions.find((d) => d.name === variable.dimensions[0])?.size ?? 1);
    checkLength(shape, variable, length, source.size);
  }
  return {
    title: magic[3] === 1 ? 'NetCDF classic' : 'NetCDF 64-bit offset',
    dimensions,
    attributes: attributesOf(header.globalAttributes ?? []),
    variables: shape.variables,
    read: (variable, first, count) => readSlab(source, shape, variable as Stored, first, count),
    close: async () => {},
  };
}
