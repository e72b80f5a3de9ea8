// The data stream (HAPI 3.3, 3.7.4): records as csv, binary or json, made from chunks while they are taken. Arrays are unrolled, the last
// index fastest; a missing value is the parameter's fill.
import { printHapiTime } from '../../formats/syntax/hapi-time.ts';
import { type Chunk, columnIndex, type FlagSet, type Table, type Values } from '../../model/table.ts';
import { DOUBLE_FILL, INTEGER_FILL, type Parameter, TEXT_FILL, TIME_FILL } from './parameters.ts';
import type { Format } from './vocabulary.ts';

/** Bytes of text that are joined before they are handed on. */
const PIECE = 65_536;

interface Taken {
  readonly parameter: Parameter;
  readonly index: number;
  /** Values in one record. */
  readonly count: number;
}

function takenFrom(table: Table, parameters: readonly Parameter[]): readonly Taken[] {
  return parameters.map((parameter) => ({
    parameter,
    index: columnIndex(table, parameter.column),
    count: parameter.size.reduce((a, b) => a * b, 1),
  }));
}

const textOf = (value: string | null | FlagSet | undefined): string =>
  value === null || value === undefined ? TEXT_FILL : typeof value === 'string' ? value : value.join(' ');

type ToText = (values: Values, at: number) => string;

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Text of one value in csv; the times of a record are printed without building a date for each column. */
const CSV: { readonly [T in Parameter['type']]: ToText } = {
  isotime: (values, at) => {
    const time = (values as Float64Array)[at] as number;
    return Number.isNaN(time) ? TIME_FILL : printHapiTime(time);
  },
  double: (values, at) => {
    const value = (values as Float64Array)[at] as number;
    return Number.isFinite(value) ? String(value) : DOUBLE_FILL;
  },
  integer: (values, at) => {
    const value = (values as Float64Array)[at] as number;
    return Number.isNaN(value) ? INTEGER_FILL : String(value);
  },
  string: (values, at) => quoted(textOf((values as readonly (string | null | FlagSet)[])[at])),
};

const JSON_TEXT: { readonly [T in Parameter['type']]: ToText } = {
  ...CSV,
  isotime: (values, at) => `"${CSV.isotime(values, at)}"`,
  string: (values, at) => JSON.stringify(textOf((values as readonly (string | null | FlagSet)[])[at])),
};

function csvChunk({ rows, values }: Chunk, taken: readonly Taken[]): string {
  let text = '';
  for (let row = 0; row < rows; row++) {
    for (let n = 0; n < taken.length; n++) {
      const { parameter, index, count } = taken[n] as Taken;
      const print = CSV[parameter.type];
      for (let k = row * count; k < (row + 1) * count; k++) {
        text += n === 0 ? print(values[index] as Values, k) : `,${print(values[index] as Values, k)}`;
      }
    }
    text += '\n';
  }
  return text;
}

/** Nested lists of one cell. */
function nestedText(print: ToText, values: Values, at: number, size: readonly number[]): string {
  const [length, ...inner] = size;
  if (length === undefined) return print(values, at);
  const width = inner.reduce((a, b) => a * b, 1);
  return `[${Array.from({ length }, (_, n) => nestedText(print, values, at + n * width, inner)).join(',')}]`;
}

function jsonChunk({ rows, values }: Chunk, taken: readonly Taken[]): string {
  return Array.from({ length: rows }, (_, row) => {
    const cells = taken.map(({ parameter: { type, size }, index, count }) =>
      nestedText(JSON_TEXT[type], values[index] as Values, row * count, size),
    );
    return `[${cells.join(',')}]`;
  }).join(',\n');
}

const DOUBLE = Number(DOUBLE_FILL);
const INTEGER = Number(INTEGER_FILL);

/** Little-endian doubles and four-byte integers, texts padded with NUL to their length. */
function binaryChunk({ rows, values }: Chunk, taken: readonly Taken[], width: number): Uint8Array {
  const bytes = Buffer.alloc(rows * width);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (const { parameter, index, count } of taken) {
      const own = values[index] as Values;
      for (let k = row * count; k < (row + 1) * count; k++) {
        if (parameter.type === 'double') {
          const value = (own as Float64Array)[k] as number;
          at = bytes.writeDoubleLE(Number.isFinite(value) ? value : DOUBLE, at);
        } else if (parameter.type === 'integer') {
          const value = (own as Float64Array)[k] as number;
          at = bytes.writeInt32LE(Number.isNaN(value) ? INTEGER : value, at);
        } else {
          const text =
            parameter.type === 'isotime' ? CSV.isotime(own, k) : textOf((own as readonly (string | null)[])[k]);
          bytes.write(text, at, parameter.length);
          at += parameter.length;
        }
      }
    }
  }
  return bytes;
}

/** Bytes of one binary record. */
export function binaryWidth(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { type, length, size }) => {
    const one = type === 'double' ? 8 : type === 'integer' ? 4 : length;
    return sum + one * size.reduce((a, b) => a * b, 1);
  }, 0);
}

/** `header` is the description as JSON text, asked with the knowledge whether there are records; null: none is wanted. */
export type Header = ((empty: boolean) => string) | null;

const hashed = (json: string): string => `${json.replace(/^/gm, '#')}\n`;

/** The body. The first piece comes with the first records, so that an empty answer can say that it is empty. */
export async function* recordStream(
  table: Table,
  parameters: readonly Parameter[],
  format: Format,
  header: Header,
  empty: () => void,
): AsyncGenerator<string | Uint8Array> {
  const taken = takenFrom(table, parameters);
  const width = binaryWidth(parameters);
  let begun = false;
  let text = '';
  for await (const chunk of table.chunks()) {
    if (chunk.rows === 0) continue;
    const head = begun ? '' : headText(format, header, false);
    if (format === 'binary') {
      if (head !== '') yield head;
      yield binaryChunk(chunk, taken, width);
    } else {
      const separator = format === 'json' && begun ? ',\n' : '';
      text += head + separator + (format === 'json' ? jsonChunk(chunk, taken) : csvChunk(chunk, taken));
      // The first records leave at once, however few they are.
      if (!begun || text.length >= PIECE) {
        yield text;
        text = '';
      }
    }
    begun = true;
  }
  if (!begun) {
    empty();
    text = headText(format, header, true);
  }
  const rest = format === 'json' ? `${text}\n]}\n` : text;
  if (rest !== '') yield rest;
}

function headText(format: Format, header: Header, empty: boolean): string {
  if (header === null) return '';
  const json = header(empty);
  return format === 'json' ? `${json.replace(/\}$/, '')},"data":[\n` : hashed(json);
}
