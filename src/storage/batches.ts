// Rows in batches for one statement each; a key comes at most once in a batch, so that a second row of it is a correction.
import type { MetadataInput } from '../mapping/row.ts';

export interface NumberedRow {
  readonly row: MetadataInput;
  /** Place in what the caller gave, from 0. */
  readonly index: number;
}

export type Rows = Iterable<MetadataInput> | AsyncIterable<MetadataInput>;

/** Cuts rows into batches of at most `size`. */
export async function* inBatches(rows: Rows, size: number): AsyncIterable<readonly NumberedRow[]> {
  let batch: NumberedRow[] = [];
  let keys = new Set<string>();
  let index = 0;
  for await (const row of rows) {
    const own = [
      row.id === undefined ? null : `${row.service}\n${row.id}`,
      row.identifier === undefined ? null : `\n${row.identifier}`,
    ].filter((key) => key !== null);
    if (batch.length >= size || own.some((key) => keys.has(key))) {
      yield batch;
      batch = [];
      keys = new Set();
    }
    batch.push({ row, index: index++ });
    for (const key of own) keys.add(key);
  }
  if (batch.length > 0) yield batch;
}
