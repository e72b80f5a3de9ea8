// Codec (writing) of Parquet, and of GeoParquet 1.1 where the rows have positions: row groups as they come, the description in the footer.

import type { ColumnSource, SchemaElement } from 'hyparquet-writer';
import { FormatFault } from '../../model/format-fault.ts';
import {
  type Chunk,
  type Column,
  cellSize,
  type FlagSet,
  standardIndex,
  type Table,
  type Values,
} from '../../model/table.ts';
import type { Codec, WriteOptions } from './codec.ts';
import { headJson } from './table-json.ts';
import { uniqueNames } from './variable-names.ts';

/** Rows of one row group, unless they are wide. */
const GROUP_ROWS = 65_536;
const GROUP_VALUES = 2_000_000;

/** Cells of these columns are lists: inner dimensions (the last one fastest) and flags. */
const isList = (column: Column): boolean => column.type === 'flags' || column.dimensions.length > 0;

function leafOf({ type, storage }: Column): Omit<SchemaElement, 'name'> {
  if (type === 'time') {
    const logical_type = { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } as const;
    return { type: 'INT64', converted_type: 'TIMESTAMP_MICROS', logical_type };
  }
  if (type === 'text') return { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
  if (type === 'flags') return { type: 'INT32' };
  if (type === 'integer' && !['int64', 'uint32', 'uint64'].includes(storage ?? 'int32')) return { type: 'INT32' };
  return { type: storage === 'float32' ? 'FLOAT' : 'DOUBLE' };
}

function schemaOf(columns: readonly Column[], geometry: string | null): SchemaElement[] {
  const elements = columns.flatMap((column): SchemaElement[] => {
    const leaf = leafOf(column);
    if (!isList(column)) return [{ name: column.name, repetition_type: 'OPTIONAL', ...leaf }];
    return [
      { name: column.name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', repetition_type: 'OPTIONAL', ...leaf },
    ];
  });
  const point: SchemaElement[] =
    geometry === null ? [] : [{ name: geometry, repetition_type: 'OPTIONAL', type: 'BYTE_ARRAY' }];
  return [{ name: 'root', num_children: columns.length + point.length }, ...elements, ...point];
}

/** Numbers beyond INT32 would be cut: they are refused. */
function whole(value: number, column: Column): number {
  if (Math.abs(value) < 2 ** 31) return value;
  throw new FormatFault({ part: column.name }, `${value} does not fit in 32 bits`, `${value} ne tient pas sur 32 bits`);
}

type Cell = number | bigint | string | null;

function cellOf(column: Column, value: number | string | null | FlagSet | undefined): Cell {
  if (typeof value !== 'number') return typeof value === 'string' ? value : null;
  if (Number.isNaN(value)) return null;
  if (column.type === 'time') return BigInt(Math.round(value * 1000));
  return column.type === 'integer' && leafOf(column).type === 'INT32' ? whole(value, column) : value;
}

function cellsOf(column: Column, size: number, values: Values, rows: number): unknown[] {
  const list = values as readonly (number | string | null | FlagSet)[];
  if (column.type === 'flags') return Array.from(values as readonly FlagSet[], (set) => [...set]);
  if (column.dimensions.length === 0) return Array.from(list, (value) => cellOf(column, value));
  return Array.from({ length: rows }, (_, row) =>
    Array.from(list.slice(row * size, (row + 1) * size), (value) => cellOf(column, value)),
  );
}

/** Well-known binary of a point, little-endian (OGC 06-103r4, section 8). */
export function pointBytes(longitude: number, latitude: number): Uint8Array {
  const bytes = new Uint8Array(21);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 1);
  view.setUint32(1, 1, true);
  view.setFloat64(5, longitude, true);
  view.setFloat64(13, latitude, true);
  return bytes;
}

interface Positions {
  readonly name: string;
  readonly longitude: number;
  readonly latitude: number;
}

function positionsOf(table: Table): Positions | null {
  const [longitude, latitude] = [standardIndex(table, 'longitude'), standardIndex(table, 'latitude')];
  if (longitude < 0 || latitude < 0) return null;
  return { name: uniqueNames(table.columns.map(({ name }) => name))('geometry'), longitude, latitude };
}

function pointsOf(chunk: Chunk, { longitude, latitude }: Positions): (Uint8Array | null)[] {
  const [x, y] = [chunk.values[longitude] as Float64Array, chunk.values[latitude] as Float64Array];
  return Array.from(x, (at, row) => {
    const north = y[row] as number;
    const east = at > 180 ? at - 360 : at;
    return Math.abs(east) <= 180 && Math.abs(north) <= 90 ? pointBytes(east, north) : null;
  });
}

/** GeoParquet 1.1: no `crs` is OGC:CRS84, longitude first. */
function geoMetadata(name: string): string {
  return JSON.stringify({
    version: '1.1.0',
    primary_column: name,
    columns: { [name]: { encoding: 'WKB', geometry_types: ['Point'] } },
  });
}

async function library() {
  try {
    return await import('hyparquet-writer');
  } catch {
    throw new FormatFault(
      null,
      'Parquet needs the package hyparquet-writer',
      'Parquet a besoin du paquet hyparquet-writer',
    );
  }
}

/** The bytes of each row group as it is full, then the footer. */
async function* write(table: Table, _options: WriteOptions): AsyncGenerator<Uint8Array> {
  const { ByteWriter, ParquetWriter } = await library();
  const bytes = new ByteWriter();
  const positions = positionsOf(table);
  const kvMetadata = [
    { key: 'vobs', value: JSON.stringify(headJson(table)) },
    ...(positions === null ? [] : [{ key: 'geo', value: geoMetadata(positions.name) }]),
  ];
  const writer = new ParquetWriter({
    writer: bytes,
    schema: schemaOf(table.columns, positions?.name ?? null),
    kvMetadata,
    createdBy: 'vobs',
  });
  const taken = (): Uint8Array => {
    const part = new Uint8Array(bytes.buffer.slice(0, bytes.index));
    // `offset` counts on: what has gone out is written over.
    bytes.index = 0;
    return part;
  };
  const sizes = table.columns.map((column) => cellSize(table.dimensions, column));
  const most = Math.max(1, Math.min(GROUP_ROWS, Math.floor(GROUP_VALUES / sizes.reduce((sum, size) => sum + size, 1))));
  let lists: unknown[][] = table.columns.map(() => []);
  let points: (Uint8Array | null)[] = [];
  const group = (rows: number) => {
    const columnData: ColumnSource[] = table.columns.map(({ name }, n) => ({ name, data: lists[n] ?? [] }));
    if (positions !== null) columnData.push({ name: positions.name, data: points });
    writer.write({ columnData, rowGroupSize: Math.max(1, rows) });
    lists = table.columns.map(() => []);
    points = [];
  };
  let rows = 0;
  for await (const chunk of table.chunks()) {
    table.columns.forEach((column, n) => {
      for (const cell of cellsOf(column, sizes[n] ?? 1, chunk.values[n] ?? [], chunk.rows)) lists[n]?.push(cell);
    });
    if (positions !== null) points.push(...pointsOf(chunk, positions));
    rows += chunk.rows;
    if (rows < most) continue;
    group(rows);
    rows = 0;
    yield taken();
  }
  if (rows > 0) group(rows);
  writer.finish();
  yield taken();
}

export const parquet: Codec = {
  id: 'parquet',
  title: { en: 'Parquet, GeoParquet', fr: 'Parquet, GeoParquet' },
  mediaType: 'application/vnd.apache.parquet',
  extension: 'parquet',
  otherExtensions: ['geoparquet'],
  sniff: () => 0,
  write,
  loses: () => [],
};
