// What flags say of values: those that a flag calls invalid, missing or hidden count as missing.
import { validityOf } from '../../formats/codecs/ebas-flags.ts';
import { type Chunk, columnIndex, type FlagSet, type Table, type Values } from '../../model/table.ts';

/** Place of the flags column that serves the variable; -1: none. */
export function flagsOf(table: Table, variable: number): number {
  const names = table.columns[variable]?.ancillary ?? [];
  const name = names.find((other) => table.columns[columnIndex(table, other)]?.type === 'flags');
  return name === undefined ? -1 : columnIndex(table, name);
}

/** What is right of each row of a flags column; rows without flags are right. */
export function areValid(flags: readonly FlagSet[]): readonly boolean[] {
  return flags.map((set) => set.length === 0 || validityOf(set) === 'valid');
}

async function* masked(table: Table, served: readonly number[]): AsyncGenerator<Chunk> {
  for await (const chunk of table.chunks()) {
    const valid = new Map<number, readonly boolean[]>();
    for (const flags of new Set(served))
      if (flags >= 0) valid.set(flags, areValid(chunk.values[flags] as readonly FlagSet[]));
    const values = chunk.values.map((own, n): Values => {
      const good = valid.get(served[n] ?? -1);
      if (good === undefined || !(own instanceof Float64Array) || good.every(Boolean)) return own;
      return own.map((value, row) => (good[row] ? value : Number.NaN));
    });
    yield { rows: chunk.rows, values };
  }
}

/** The table whose invalid values are missing; as it is when no variable of numbers has flags. Variables with inner dimensions stay. */
export function validValues(table: Table): Table {
  const served = table.columns.map((column, n) =>
    (column.type === 'number' || column.type === 'integer') && column.dimensions.length === 0 ? flagsOf(table, n) : -1,
  );
  return served.every((flags) => flags < 0) ? table : { ...table, chunks: () => masked(table, served) };
}

/** The table without its flags columns. */
export function withoutFlags(table: Table): Table {
  const kept = table.columns.flatMap(({ type }, n) => (type === 'flags' ? [] : [n]));
  if (kept.length === table.columns.length) return table;
  const columns = kept.map((n) => {
    const { ancillary: _flags, ...column } = table.columns[n] as Table['columns'][number];
    return column;
  });
  return {
    ...table,
    columns,
    chunks: async function* () {
      for await (const chunk of table.chunks())
        yield { rows: chunk.rows, values: kept.map((n) => chunk.values[n] as Values) };
    },
  };
}
