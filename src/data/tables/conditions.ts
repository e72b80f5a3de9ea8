// Rows of a plain table whose values meet conditions. Pure: Table → Table, chunk by chunk.
import { type Chunk, type Column, columnIndex, type Table, type Values } from '../../model/table.ts';
import { pickRows } from './subset.ts';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly column: string; readonly comparison: Comparison; readonly value: number | string }
  /** The value as text, by the given rule. */
  | { readonly column: string; readonly test: (text: string) => boolean; readonly print: (value: number) => string };

type RowTest = (row: number) => boolean;

/** NaN is equal to NaN alone: `x=NaN` asks for what is missing, `x!=NaN` for what is there; it is not below and not above anything. */
function numberTest(values: Float64Array, comparison: Comparison, wanted: number): RowTest {
  const at = (row: number) => values[row] as number;
  const equal: RowTest = Number.isNaN(wanted) ? (row) => Number.isNaN(at(row)) : (row) => at(row) === wanted;
  switch (comparison) {
    case '=':
      return equal;
    case '!=':
      return (row) => !equal(row);
    case '<':
      return (row) => at(row) < wanted;
    case '<=':
      return (row) => at(row) <= wanted;
    case '>':
      return (row) => at(row) > wanted;
    case '>=':
      return (row) => at(row) >= wanted;
  }
}

/** A missing text is an empty one. Texts are compared by their code units, capitals before small letters. */
function textTest(values: readonly (string | null)[], comparison: Comparison, wanted: string): RowTest {
  const at = (row: number) => values[row] ?? '';
  switch (comparison) {
    case '=':
      return (row) => at(row) === wanted;
    case '!=':
      return (row) => at(row) !== wanted;
    case '<':
      return (row) => at(row) < wanted;
    case '<=':
      return (row) => at(row) <= wanted;
    case '>':
      return (row) => at(row) > wanted;
    case '>=':
      return (row) => at(row) >= wanted;
  }
}

function testOf(chunk: Chunk, index: number, condition: Condition): RowTest {
  const values = chunk.values[index] as Values;
  if ('test' in condition) {
    const { test, print } = condition;
    if (values instanceof Float64Array)
      return (row) => test(Number.isNaN(values[row]) ? '' : print(values[row] as number));
    return (row) => test((values as readonly (string | null)[])[row] ?? '');
  }
  const { comparison, value } = condition;
  if (values instanceof Float64Array) return numberTest(values, comparison, Number(value));
  return textTest(values as readonly (string | null)[], comparison, String(value));
}

async function* kept(table: Table, conditions: readonly Condition[]): AsyncGenerator<Chunk> {
  const indices = conditions.map(({ column }) => columnIndex(table, column));
  for await (const chunk of table.chunks()) {
    const tests = conditions.map((condition, n) => testOf(chunk, indices[n] as number, condition));
    const rows: number[] = [];
    for (let row = 0; row < chunk.rows; row++) if (tests.every((test) => test(row))) rows.push(row);
    if (rows.length === 0) continue;
    if (rows.length === chunk.rows) yield chunk;
    else yield { rows: rows.length, values: chunk.values.map((values) => pickRows(values, rows, 1)) };
  }
}

/** The rows that meet all conditions. Each names a column of the table; the table has no inner dimensions (`flatten`). */
export function filterRows(table: Table, conditions: readonly Condition[]): Table {
  if (conditions.length === 0) return table;
  return { ...table, rows: null, chunks: () => kept(table, conditions) };
}

/** The named columns in this order. */
export function selectColumns(table: Table, names: readonly string[]): Table {
  const same = names.length === table.columns.length && names.every((name, n) => table.columns[n]?.name === name);
  if (same) return table;
  const indices = names.map((name) => columnIndex(table, name)).filter((index) => index >= 0);
  const columns = indices.map((index) => table.columns[index] as Column);
  const isThere = (name: string | null | undefined) => columns.some((column) => column.name === name);
  return {
    ...table,
    columns,
    axis:
      table.axis !== null && isThere(table.axis.column)
        ? { column: table.axis.column, end: isThere(table.axis.end) ? table.axis.end : null }
        : null,
    chunks: async function* () {
      for await (const { rows, values } of table.chunks())
        yield { rows, values: indices.map((index) => values[index] as Values) };
    },
  };
}
