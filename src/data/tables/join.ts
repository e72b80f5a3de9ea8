// Two tables side by side by time: each row of the first with the row of the second that is nearest to it.
import { AppError } from '../../model/errors.ts';
import { type Chunk, type Column, type FlagSet, type Table, timeIndex, type Values } from '../../model/table.ts';
import { withHistory } from './provenance.ts';

export interface Join {
  /** Rows further apart than so many milliseconds are not joined: the columns of the second table are then missing. */
  readonly tolerance: number;
  /** Milliseconds since 1970, for the history. */
  readonly now: number;
}

interface Row {
  readonly at: number;
  readonly chunk: Chunk;
  readonly row: number;
}

async function* rowsOf(table: Table, time: number): AsyncGenerator<Row> {
  for await (const chunk of table.chunks()) {
    const times = chunk.values[time] as Float64Array;
    for (let row = 0; row < chunk.rows; row++) {
      const at = times[row] as number;
      if (!Number.isNaN(at)) yield { at, chunk, row };
    }
  }
}

/** Goes through the rows of the second table in step with the first one. */
async function* nearestRows(
  table: Table,
  time: number,
  times: AsyncIterable<Float64Array>,
  tolerance: number,
): AsyncGenerator<readonly (Row | null)[]> {
  const rows = rowsOf(table, time);
  let before: Row | null = null;
  let after: Row | null = (await rows.next()).value ?? null;
  try {
    for await (const wanted of times) {
      const found: (Row | null)[] = [];
      for (const at of wanted) {
        while (after !== null && after.at < at) {
          before = after;
          const next: IteratorResult<Row> = await rows.next();
          after = next.done ? null : next.value;
        }
        const near = [before, after].filter((row): row is Row => row !== null && Math.abs(row.at - at) <= tolerance);
        found.push(
          near.reduce<Row | null>(
            (best, row) => (best === null || Math.abs(row.at - at) < Math.abs(best.at - at) ? row : best),
            null,
          ),
        );
      }
      yield found;
    }
  } finally {
    await rows.return(undefined);
  }
}

function gathered(column: Column, index: number, size: number, rows: readonly (Row | null)[]): Values {
  const cell = (row: Row | null, n: number) => row?.chunk.values[index]?.[row.row * size + n];
  const places = rows.flatMap((row) => Array.from({ length: size }, (_, n) => cell(row, n)));
  if (column.type === 'text') return places.map((value) => (value as string | null | undefined) ?? null);
  if (column.type === 'flags') return places.map((value) => (value as FlagSet | undefined) ?? []);
  return Float64Array.from(places, (value) => (value as number | undefined) ?? Number.NaN);
}

/** A second `temperature` becomes `temperature_2`, in the names that refer to it too. */
function renamed(columns: readonly Column[], taken: ReadonlySet<string>): readonly Column[] {
  const names = new Map<string, string>();
  const used = new Set(taken);
  for (const { name } of columns) {
    let free = name;
    for (let n = 2; used.has(free); n++) free = `${name}_${n}`;
    used.add(free);
    names.set(name, free);
  }
  return columns.map((column) => ({
    ...column,
    name: names.get(column.name) ?? column.name,
    ...(column.ancillary === undefined ? {} : { ancillary: column.ancillary.map((name) => names.get(name) ?? name) }),
  }));
}

/**
 * The first table with the columns of the second one, whose time is left out. Both are in the order of time. Names that both have get a
 * number; the metadata are those of the first. Throws AppError `invalid-parameter` when one has no time, or both have an inner dimension
 * of the same name.
 */
export function join(first: Table, second: Table, { tolerance, now }: Join): Table {
  const [a, b] = [timeIndex(first), timeIndex(second)];
  const shared = first.dimensions.find(({ name }) => second.dimensions.some((other) => other.name === name));
  if (a < 0 || b < 0 || shared !== undefined) {
    const detail =
      shared === undefined
        ? { en: 'both tables need a column of time', fr: 'les deux tables ont besoin d’une colonne de temps' }
        : { en: `both tables have a dimension ${shared.name}`, fr: `les deux tables ont une dimension ${shared.name}` };
    throw new AppError('invalid-parameter', { faults: [{ parameter: 'join', detail }] });
  }
  const places = second.columns.flatMap((_, n) => (n === b ? [] : [n]));
  const own = places.map((n) => second.columns[n] as Column);
  const sizes = own.map(({ dimensions }) =>
    dimensions.reduce((size, name) => size * (second.dimensions.find((d) => d.name === name)?.size ?? 0), 1),
  );
  const added = renamed(own, new Set(first.columns.map(({ name }) => name)));
  const chunks = async function* (): AsyncGenerator<Chunk> {
    const waiting: Chunk[] = [];
    const times = async function* () {
      for await (const chunk of first.chunks()) {
        waiting.push(chunk);
        yield chunk.values[a] as Float64Array;
      }
    };
    for await (const rows of nearestRows(second, b, times(), tolerance)) {
      const chunk = waiting.shift() as Chunk;
      const values = own.map((column, n) => gathered(column, places[n] as number, sizes[n] ?? 1, rows));
      yield { rows: chunk.rows, values: [...chunk.values, ...values] };
    }
  };
  const title = second.metadata.title ?? 'a second table';
  const joined: Table = {
    ...first,
    columns: [...first.columns, ...added],
    dimensions: [...first.dimensions, ...second.dimensions],
    repeatable: first.repeatable && second.repeatable,
    chunks,
  };
  return withHistory(joined, now, `joined with ${title}: nearest row within ${tolerance / 1000} s`);
}
