// Rows of values, as text encodings have them, to chunks of columns.
import { CHUNK_ROWS, type Chunk, type Column, type FlagSet, type Values } from '../../model/table.ts';

export type Cell = number | string | null | FlagSet;

/** Collects rows into chunks. `add` takes the cells of a row, `sizes[n]` of them for the column n, column after column. */
export function chunkBuilder(columns: readonly Column[], sizes: readonly number[]) {
  let lists: Cell[][] = columns.map(() => []);
  let rows = 0;
  const most = Math.max(
    1,
    Math.min(
      CHUNK_ROWS,
      Math.floor(
        500_000 /
          Math.max(
            1,
            sizes.reduce((a, b) => a + b, 0),
          ),
      ),
    ),
  );
  const finish = (): Chunk => {
    const values = columns.map(({ type }, n): Values => {
      const list = lists[n] ?? [];
      return type === 'text' || type === 'flags'
        ? (list as (string | null)[] | FlagSet[])
        : Float64Array.from(list as number[]);
    });
    const chunk = { rows, values };
    lists = columns.map(() => []);
    rows = 0;
    return chunk;
  };
  return {
    /** The cells of one row. Gives a chunk when it is full. */
    add(cells: readonly Cell[]): Chunk | null {
      let at = 0;
      for (let n = 0; n < columns.length; n++) {
        const list = lists[n] as Cell[];
        for (let k = sizes[n] ?? 1; k > 0; k--) list.push(cells[at++] ?? null);
      }
      rows++;
      return rows >= most ? finish() : null;
    },
    /** What is left; null: nothing. */
    rest: (): Chunk | null => (rows > 0 ? finish() : null),
  };
}
