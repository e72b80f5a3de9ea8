// Types of values as ERDDAP, DAP2 and XDR name and write them.
import type { Column, Storage } from '../../model/table.ts';

export const TYPES = ['byte', 'short', 'int', 'float', 'double', 'String'] as const;
/** As ERDDAP names them in its tables of information. */
export type DataType = (typeof TYPES)[number];

export const DATA_TYPES: {
  readonly [T in DataType]: {
    /** In DDS and DAS (DAP2 section 5). */
    readonly dap: string;
    /** Bytes of XDR; 0: a text. */
    readonly width: 0 | 4 | 8;
    /** Stands where a number is missing; null: NaN, or an empty text. */
    readonly missing: number | null;
  };
} = {
  // DAP2's Byte has no sign, so small whole numbers are sent as Int16; in XDR both take four bytes.
  byte: { dap: 'Int16', width: 4, missing: 127 },
  short: { dap: 'Int16', width: 4, missing: 32_767 },
  int: { dap: 'Int32', width: 4, missing: 2_147_483_647 },
  float: { dap: 'Float32', width: 4, missing: null },
  double: { dap: 'Float64', width: 8, missing: null },
  String: { dap: 'String', width: 0, missing: null },
};

const OF_STORAGE: Readonly<Partial<Record<Storage, DataType>>> = {
  int8: 'byte',
  uint8: 'short',
  int16: 'short',
  uint16: 'int',
  int32: 'int',
};

/** Whole numbers beyond 32 bits are given as double. */
export function dataTypeOf({ type, storage }: Column): DataType {
  if (type === 'text' || type === 'flags') return 'String';
  if (type === 'integer') return OF_STORAGE[storage ?? 'int32'] ?? 'double';
  return type === 'number' && storage === 'float32' ? 'float' : 'double';
}
