// Rows by a condition on themselves, and places of an inner dimension by a condition on its coordinate. Pure: Table → Table.
import type { Geometry, Position } from '../../model/geometry.ts';
import { type Chunk, type Column, cellSize, type Dimension, type Table, type Values } from '../../model/table.ts';
import { pickRows } from './subset.ts';

export type RowTest = (chunk: Chunk, row: number) => boolean;

async function* selected(table: Table, test: RowTest): AsyncGenerator<Chunk> {
  const sizes = table.columns.map((column) => cellSize(table.dimensions, column));
  for await (const chunk of table.chunks()) {
    const rows: number[] = [];
    for (let row = 0; row < chunk.rows; row++) if (test(chunk, row)) rows.push(row);
    if (rows.length === chunk.rows) yield chunk;
    else if (rows.length > 0) {
      yield { rows: rows.length, values: chunk.values.map((values, n) => pickRows(values, rows, sizes[n] ?? 1)) };
    }
  }
}

/** The rows that pass. */
export function selectRows(table: Table, test: RowTest): Table {
  return { ...table, rows: null, chunks: () => selected(table, test) };
}

/** Is the position inside the ring (even-odd rule)? Edges belong to one side only. */
function isInRing([x, y]: Position, ring: readonly Position[]): boolean {
  let inside = false;
  for (let n = 0, before = ring.length - 1; n < ring.length; before = n++) {
    const [[x1, y1], [x2, y2]] = [ring[n] as Position, ring[before] as Position];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  }
  return inside;
}

/** Is the position inside a polygon and in none of its holes? Longitude, latitude in degrees; other geometries hold nothing. */
export function isInside(geometry: Geometry, position: Position): boolean {
  const polygons =
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  return polygons.some((rings) => rings.every((ring, n) => isInRing(position, ring) === (n === 0)));
}

/** Keeps the places of one dimension, in their order; `outer` × `size` × `inner` values a row. */
function pickPlaces(values: Values, places: readonly number[], size: number, inner: number): Values {
  const blocks = values.length / (size * inner);
  const out: unknown[] = [];
  for (let block = 0; block < blocks; block++) {
    for (const place of places) {
      const from = (block * size + place) * inner;
      for (let n = from; n < from + inner; n++) out.push(values[n]);
    }
  }
  return (values instanceof Float64Array ? Float64Array.from(out as number[]) : out) as Values;
}

/** The table with these places of one of its inner dimensions alone. */
export function selectPlaces(table: Table, name: string, places: readonly number[]): Table {
  const size = table.dimensions.find((dimension) => dimension.name === name)?.size ?? 0;
  const cut = (column: Column, values: Values): Values => {
    const at = column.dimensions.indexOf(name);
    if (at < 0) return values;
    const inner = cellSize(table.dimensions, { ...column, dimensions: column.dimensions.slice(at + 1) });
    return pickPlaces(values, places, size, inner);
  };
  const dimension = (own: Dimension): Dimension => {
    if (own.name !== name) return own;
    const { coordinate } = own;
    const values = coordinate === null ? null : cut(coordinate.column, coordinate.values);
    return {
      name,
      size: places.length,
      coordinate: coordinate === null || values === null ? null : { ...coordinate, values },
    };
  };
  async function* chunks(): AsyncGenerator<Chunk> {
    for await (const { rows, values } of table.chunks()) {
      yield { rows, values: values.map((own, n) => cut(table.columns[n] as Column, own)) };
    }
  }
  return {
    ...table,
    dimensions: table.dimensions.map(dimension),
    fixed: table.fixed.map((own) => ({ ...own, values: cut(own.column, own.values) })),
    chunks,
  };
}

/**
 * The table with its first chunk read already, so that whoever asks again waits for nothing; null: it has no rows. The rows are asked for
 * anew when they are wanted a second time.
 */
export async function begun(table: Table): Promise<Table | null> {
  const iterator = table.chunks()[Symbol.asyncIterator]();
  let first = await iterator.next();
  while (!first.done && first.value.rows === 0) first = await iterator.next();
  if (first.done) return null;
  let isTaken = false;
  async function* chunks(): AsyncGenerator<Chunk> {
    if (isTaken) {
      yield* table.chunks();
      return;
    }
    isTaken = true;
    try {
      for (let chunk = first; !chunk.done; chunk = await iterator.next()) yield chunk.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { ...table, chunks };
}

/** The table with its rows in memory, where it has at most so many values; else as it is. For what reads rows several times. */
export async function held(table: Table, mostValues: number): Promise<Table> {
  const chunks: Chunk[] = [];
  let values = 0;
  for await (const chunk of table.chunks()) {
    values += chunk.values.reduce((sum, own) => sum + own.length, 0);
    if (values > mostValues) return table;
    chunks.push(chunk);
  }
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  async function* again(): AsyncGenerator<Chunk> {
    yield* chunks;
  }
  return { ...table, rows, chunks: again };
}
