// What most processes do with a source first: its table, cut to what was asked; and the words of their faults.
import { subset } from '../data/tables/subset.ts';
import { AppError } from '../model/errors.ts';
import { type Column, columnIndex, type Table, timeIndex } from '../model/table.ts';
import type { TimeWindow } from '../model/time.ts';
import type { GivenBox, Source } from './process.ts';

export interface Asked {
  readonly variables: readonly string[];
  readonly datetime: TimeWindow | null;
  readonly bbox?: GivenBox | null;
}

/** The table of the source, cut to the variables, the period (ends included) and the box. Throws AppError `invalid-parameter`. */
export async function cutTable(source: Source, { variables, datetime, bbox = null }: Asked): Promise<Table> {
  return subset(await source.table(), {
    variables: variables.length === 0 ? null : variables,
    time: datetime,
    box: bbox?.bounds ?? null,
  });
}

export function refuse(parameter: string, en: string, fr: string): AppError {
  return new AppError('invalid-parameter', { faults: [{ parameter, detail: { en, fr } }] });
}

const isPlain = ({ type, dimensions }: Column): boolean =>
  (type === 'number' || type === 'integer') && dimensions.length === 0;

/** Place of a variable of numbers. Throws AppError that names the variables that there are. */
export function numberIndex(table: Table, parameter: string, name: string): number {
  const index = columnIndex(table, name);
  if (index >= 0 && isPlain(table.columns[index] as Column)) return index;
  const list = table.columns
    .filter(isPlain)
    .map((column) => column.name)
    .slice(0, 50)
    .join(', ');
  throw refuse(
    parameter,
    `${name} is no variable of numbers; there are: ${list}`,
    `${name} n'est pas une variable de nombres ; il y a : ${list}`,
  );
}

/** Place of the time. Throws AppError where the table has none. */
export function demandTime(table: Table, parameter: string): number {
  const time = timeIndex(table);
  if (time >= 0) return time;
  throw refuse(parameter, 'the table has no column of time', "la table n'a pas de colonne de temps");
}

/** Counts the rows that go through, and the missing numbers of each column; the last complete reading counts. */
export function counted(table: Table): {
  readonly table: Table;
  readonly rows: () => Promise<number>;
  readonly missing: () => readonly number[];
} {
  let done: { rows: number; missing: readonly number[] } | null = null;
  const chunks = async function* () {
    let rows = 0;
    const missing = table.columns.map(() => 0);
    for await (const chunk of table.chunks()) {
      rows += chunk.rows;
      chunk.values.forEach((values, n) => {
        if (!(values instanceof Float64Array)) return;
        for (const value of values) if (Number.isNaN(value)) missing[n] = (missing[n] ?? 0) + 1;
      });
      yield chunk;
    }
    done = { rows, missing };
  };
  const counting: Table = { ...table, chunks };
  const demand = async () => {
    // Nobody has read it to its end yet: it is read now.
    if (done === null) for await (const _chunk of counting.chunks());
    return done as { rows: number; missing: readonly number[] } | null;
  };
  return { table: counting, rows: async () => (await demand())?.rows ?? 0, missing: () => done?.missing ?? [] };
}
