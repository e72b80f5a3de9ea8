// The data of DAP2: the DDS, then each row as a start of instance and its values in XDR (RFC 4506), then the end of the sequence.
import type { Chunk, Column, Table } from '../../model/table.ts';
import { ddsText } from './dap-text.ts';
import { DATA_TYPES, dataTypeOf } from './data-types.ts';
import type { Pieces } from './text-files.ts';

const START_OF_INSTANCE = Buffer.of(0x5a, 0, 0, 0);
const END_OF_SEQUENCE = Buffer.of(0xa5, 0, 0, 0);

type Write = (row: number) => Buffer;

function numberWriter(column: Column, values: Float64Array): Write {
  const type = dataTypeOf(column);
  const { width, missing } = DATA_TYPES[type];
  const factor = column.type === 'time' ? 1 / 1000 : 1;
  return (row) => {
    const value = (values[row] as number) * factor;
    const buffer = Buffer.alloc(width);
    if (width === 8) buffer.writeDoubleBE(value);
    else if (type === 'float') buffer.writeFloatBE(value);
    else buffer.writeInt32BE(Number.isNaN(value) ? (missing ?? 0) : value);
    return buffer;
  };
}

/** Length, the bytes in UTF-8, zeros up to four. */
function textWriter(values: readonly (string | null)[]): Write {
  return (row) => {
    const bytes = Buffer.from(values[row] ?? '');
    const buffer = Buffer.alloc(4 + Math.ceil(bytes.length / 4) * 4);
    buffer.writeUInt32BE(bytes.length);
    bytes.copy(buffer, 4);
    return buffer;
  };
}

function rowsOf(table: Table, chunk: Chunk): Buffer {
  const writers = table.columns.map((column, n): Write => {
    const values = chunk.values[n];
    return values instanceof Float64Array
      ? numberWriter(column, values)
      : textWriter(values as readonly (string | null)[]);
  });
  const parts: Buffer[] = [];
  for (let row = 0; row < chunk.rows; row++) parts.push(START_OF_INSTANCE, ...writers.map((write) => write(row)));
  return Buffer.concat(parts);
}

export async function* dapData(table: Table, chunks: AsyncIterable<Chunk>): Pieces {
  const head = Buffer.from(`${ddsText(table.columns)}Data:\n`);
  let before: Buffer = head;
  for await (const chunk of chunks) {
    yield Buffer.concat([before, rowsOf(table, chunk)]);
    before = Buffer.alloc(0);
  }
  yield before === head ? Buffer.concat([head, END_OF_SEQUENCE]) : END_OF_SEQUENCE;
}
