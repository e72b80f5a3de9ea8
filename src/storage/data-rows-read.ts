// Rows of a service in pages, each by one short statement that holds no connection while the taker is slow: on PostgreSQL as binary COPY, on the
// embedded database as rows of the driver. The next page is read while one is being taken.
import type { Values } from '../model/table.ts';
import { binaryRows } from './copy-binary.ts';
import {
  type PlaceValue,
  type RowPlace,
  type RowsStatement,
  type RowsWanted,
  rowsStatement,
} from './data-rows-select.ts';
import type { DataShape, ShapeColumn } from './data-shape.ts';
import type { Database } from './database.ts';

/** The first page is small, so that an answer begins at once. */
const FIRST_PAGE = 1024;
const PAGE = { postgresql: 32_768, embedded: 4096 } as const;

export interface RowPage {
  readonly rows: number;
  /** Of the wanted columns, in their order. */
  readonly values: readonly Values[];
}

type ReadPage = (
  after: RowPlace | null,
  limit: number,
) => Promise<{ readonly rows: number; readonly values: readonly Values[] }>;

function asBinary(database: Database, statement: RowsStatement): ReadPage {
  return async (after, limit) => {
    const rows = binaryRows(statement.columns, limit);
    await database.copyOut(`COPY (${statement.text(after, limit)}) TO STDOUT (FORMAT binary)`, rows.take);
    return { rows: rows.rows(), values: rows.values() };
  };
}

/** Times as milliseconds since 1970; days too. */
function readAsText({ kind }: ShapeColumn, name: string): string {
  if (kind === 'instant') return `(extract(epoch FROM ${name}) * 1000)::float8`;
  if (kind === 'day') return `((${name} - '1970-01-01'::date) * 86400000::float8)`;
  return kind === 'boolean' ? `${name}::int` : name;
}

function cellsOf({ kind, size }: ShapeColumn, cells: readonly unknown[]): Values {
  if (kind === 'text') return cells as readonly (string | null)[];
  const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN);
  if (kind !== 'numbers') return Float64Array.from(cells, number);
  const out = new Float64Array(cells.length * size).fill(Number.NaN);
  cells.forEach((cell, row) => {
    if (Array.isArray(cell))
      for (let n = 0; n < Math.min(size, cell.length); n++) out[row * size + n] = number(cell[n]);
  });
  return out;
}

function asRows(database: Database, statement: RowsStatement): ReadPage {
  return async (after, limit) => {
    const found = await database.query<{ readonly [name: string]: unknown }>(null, statement.text(after, limit));
    const values = statement.columns.map((column, n) =>
      cellsOf(
        column,
        found.map((row) => row[`c${n}`]),
      ),
    );
    return { rows: found.length, values };
  };
}

/** The order's values of the last row of a page. */
function placeOf({ columns, order }: RowsStatement, values: readonly Values[], rows: number): RowPlace {
  return order.map((n): PlaceValue => {
    const value = (values[n] as Values)[rows - 1] as number | string;
    if (typeof value === 'string') return value;
    const kind = (columns[n] as ShapeColumn).kind;
    if (Number.isNaN(value)) return Number.POSITIVE_INFINITY;
    return kind === 'instant' ? Math.round(value * 1000) : kind === 'day' ? Math.round(value / 86_400_000) : value;
  });
}

/** The wanted rows in order, at most `limit` of them (null: all). */
export async function* readRows(
  database: Database,
  shape: DataShape,
  wanted: RowsWanted,
  limit: number | null,
): AsyncGenerator<RowPage> {
  const embedded = database.kind === 'embedded';
  let place = 0;
  const statement = rowsStatement(shape, wanted, (column, name) =>
    embedded ? `${readAsText(column, name)} AS c${place++}` : name,
  );
  const read = embedded ? asRows(database, statement) : asBinary(database, statement);
  let left = limit ?? Number.POSITIVE_INFINITY;
  let size = Math.min(left, FIRST_PAGE);
  let next = size > 0 ? read(null, size) : null;
  while (next !== null) {
    const { rows, values } = await next;
    left -= rows;
    next = null;
    if (rows === size && left > 0) {
      size = Math.min(left, PAGE[database.kind]);
      next = read(placeOf(statement, values, rows), size);
      // Whoever stops taking does not wait for it.
      next.catch(() => {});
    }
    if (rows > 0) yield { rows, values: values.slice(0, wanted.columns.length) };
  }
}
