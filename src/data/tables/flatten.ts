// A table with inner dimensions as a plain one: each place of a dimension becomes a row of its own, and what the place means a column.
// Pure: Table → Table. Clients of tabular protocols know nothing of range gates and size classes.
import {
  CHUNK_ROWS,
  type Chunk,
  type Column,
  cellSize,
  type Dimension,
  type FlagSet,
  type Table,
  type Values,
} from '../../model/table.ts';

type Shape = Pick<Table, 'columns' | 'dimensions' | 'fixed' | 'axis'>;

/** Where the values of a plain column come from. */
type Origin =
  | { readonly kind: 'row'; readonly index: number }
  | { readonly kind: 'fixed'; readonly index: number }
  | { readonly kind: 'coordinate'; readonly dimension: string };

export interface PlainColumn {
  /** As it is in the plain table: one value a row; flags have become text. */
  readonly column: Column;
  /** Names of the dimensions that it unrolls. */
  readonly unrolls: readonly string[];
  readonly origin: Origin;
}

const NO_ATTRIBUTES = {};

function plain(column: Column): Column {
  const { ancillary: _ancillary, ...rest } = column;
  return column.type === 'flags' ? { ...rest, type: 'text', unit: null, dimensions: [] } : { ...rest, dimensions: [] };
}

/** The column of a dimension's places; counted from 1 where nothing is known of them. */
function coordinateColumn({ name, coordinate }: Dimension): Column {
  if (coordinate !== null) return { ...plain(coordinate.column), name: coordinate.column.name };
  return {
    name,
    type: 'integer',
    unit: null,
    standardName: null,
    label: { en: `place in ${name}`, fr: `rang dans ${name}` },
    missing: null,
    dimensions: [],
    attributes: NO_ATTRIBUTES,
  };
}

/** The columns that the plain table can have: those of the rows, after the axis the places of the dimensions, at the end the fixed ones. */
export function plainColumns({ columns, dimensions, fixed, axis }: Shape): readonly PlainColumn[] {
  const used = dimensions.filter(({ name }) => columns.some((column) => column.dimensions.includes(name)));
  const rows = columns.map(
    (column, index): PlainColumn => ({
      column: plain(column),
      unrolls: column.dimensions,
      origin: { kind: 'row', index },
    }),
  );
  const places = used.map(
    (dimension): PlainColumn => ({
      column: coordinateColumn(dimension),
      unrolls: [dimension.name],
      origin: { kind: 'coordinate', dimension: dimension.name },
    }),
  );
  const constants = fixed.map(
    ({ column }, index): PlainColumn => ({
      column: plain(column),
      unrolls: column.dimensions,
      origin: { kind: 'fixed', index },
    }),
  );
  const after =
    1 + Math.max(-1, ...[axis?.column, axis?.end].map((name) => columns.findIndex((column) => column.name === name)));
  const all = [...rows.slice(0, after), ...places, ...rows.slice(after), ...constants];
  const names = new Set<string>();
  return all.filter(({ column }) => !names.has(column.name) && names.add(column.name));
}

/** Names of the table's own columns that must be read so that these plain ones can be made. */
export function columnsToRead(shape: Shape, names: readonly string[]): readonly string[] {
  const wanted = plainColumns(shape).filter(({ column }) => names.includes(column.name));
  const own = wanted.flatMap(({ origin }) => (origin.kind === 'row' ? [shape.columns[origin.index] as Column] : []));
  const there = new Set(own.flatMap(({ dimensions }) => dimensions));
  const missing = wanted.flatMap(({ unrolls }) => unrolls).filter((name) => !there.has(name));
  const carriers = missing.flatMap((name) => shape.columns.find(({ dimensions }) => dimensions.includes(name)) ?? []);
  const read = [...new Set([...own, ...carriers].map(({ name }) => name))];
  // A table of nothing but fixed columns has as many rows as the first of its own columns.
  return read.length > 0 ? read : shape.columns.slice(0, 1).map(({ name }) => name);
}

const textOfFlags = (flags: FlagSet): string | null => (flags.length === 0 ? null : flags.join(' '));

function output(column: Column, rows: number): Float64Array | (string | null)[] {
  return column.type === 'text' ? new Array<string | null>(rows).fill(null) : new Float64Array(rows);
}

/** Value of a column's cell at the places of all dimensions: how far one step along each unrolled dimension goes in its values. */
function strides(
  dimensions: readonly Dimension[],
  own: readonly string[],
  unrolled: readonly Dimension[],
): readonly number[] {
  return unrolled.map(({ name }) => {
    const at = own.indexOf(name);
    if (at < 0) return 0;
    return own.slice(at + 1).reduce((size, other) => size * (dimensions.find((d) => d.name === other)?.size ?? 1), 1);
  });
}

interface Source {
  readonly column: PlainColumn;
  readonly strides: readonly number[];
  /** Values in a cell of a row; 0: the same for each row. */
  readonly cell: number;
  readonly values: (chunk: Chunk) => Values | null;
}

function sourcesOf(table: Table, wanted: readonly PlainColumn[], unrolled: readonly Dimension[]): readonly Source[] {
  return wanted.map((column): Source => {
    const { origin, unrolls } = column;
    const steps = strides(table.dimensions, unrolls, unrolled);
    if (origin.kind === 'row') {
      const own = table.columns[origin.index] as Column;
      return {
        column,
        strides: steps,
        cell: cellSize(table.dimensions, own),
        values: (chunk) => chunk.values[origin.index] ?? null,
      };
    }
    if (origin.kind === 'fixed')
      return { column, strides: steps, cell: 0, values: () => table.fixed[origin.index]?.values ?? null };
    const values = table.dimensions.find(({ name }) => name === origin.dimension)?.coordinate?.values ?? null;
    return { column, strides: steps, cell: 0, values: () => values };
  });
}

/** For each combination of places, how far it is in the values of a column. */
function offsets(unrolled: readonly Dimension[], steps: readonly number[]): Int32Array {
  let all = [0];
  unrolled.forEach(({ size }, n) => {
    all = all.flatMap((before) => Array.from({ length: size }, (_, place) => before + place * (steps[n] as number)));
  });
  return Int32Array.from(all);
}

/** The rows `from` to `to` of the chunk, unrolled. */
function unrolledValues(source: Source, chunk: Chunk, from: number, to: number, places: Int32Array): Values {
  const { column, cell, strides: steps } = source;
  const width = places.length;
  const rows = (to - from) * width;
  const values = source.values(chunk);
  // A dimension that is counted only: its places are numbered as its strides go.
  if (values === null) {
    const step = Math.max(1, ...steps);
    return Float64Array.from({ length: rows }, (_, n) => (places[n % width] as number) / step + 1);
  }
  const made = output(column.column, rows) as unknown[] | Float64Array;
  let n = 0;
  for (let row = from; row < to; row++) {
    for (let place = 0; place < width; place++) {
      const value = values[row * cell + (places[place] as number)];
      made[n] = (Array.isArray(value) ? textOfFlags(value as FlagSet) : value) as number;
      n += 1;
    }
  }
  return made as Values;
}

async function* unrolledChunks(
  table: Table,
  sources: readonly Source[],
  unrolled: readonly Dimension[],
): AsyncGenerator<Chunk> {
  const places = sources.map(({ strides: steps }) => offsets(unrolled, steps));
  const width = unrolled.reduce((size, dimension) => size * dimension.size, 1);
  const rowsAtOnce = Math.max(1, Math.floor(CHUNK_ROWS / Math.max(1, width)));
  for await (const chunk of table.chunks()) {
    const untouched =
      width === 1 &&
      sources.every(
        ({ column, cell }) => cell === 1 && table.columns[(column.origin as { index: number }).index]?.type !== 'flags',
      );
    if (untouched) {
      yield { rows: chunk.rows, values: sources.map((source) => source.values(chunk) as Values) };
      continue;
    }
    for (let from = 0; from < chunk.rows; from += rowsAtOnce) {
      const to = Math.min(chunk.rows, from + rowsAtOnce);
      const values = sources.map((source, n) => unrolledValues(source, chunk, from, to, places[n] as Int32Array));
      yield { rows: (to - from) * width, values };
    }
  }
}

/**
 * The named columns (of `plainColumns`) in this order, one value a row. Dimensions that no named column has are not unrolled; columns of
 * several dimensions give each combination of their places a row. Names that the table lacks are left out.
 */
export function flatten(table: Table, names: readonly string[]): Table {
  const all = plainColumns(table);
  const wanted = names.flatMap((name) => all.find(({ column }) => column.name === name) ?? []);
  const unrolled = table.dimensions.filter(({ name }) => wanted.some(({ unrolls }) => unrolls.includes(name)));
  const sources = sourcesOf(table, wanted, unrolled);
  const columns = wanted.map(({ column }) => column);
  const isThere = (name: string | null | undefined) => columns.some((column) => column.name === name);
  const axis =
    table.axis !== null && isThere(table.axis.column)
      ? { column: table.axis.column, end: isThere(table.axis.end) ? table.axis.end : null }
      : null;
  const width = unrolled.reduce((size, dimension) => size * dimension.size, 1);
  return {
    ...table,
    columns,
    dimensions: [],
    fixed: [],
    axis,
    rows: table.rows === null ? null : table.rows * width,
    chunks: () => unrolledChunks(table, sources, unrolled),
  };
}
