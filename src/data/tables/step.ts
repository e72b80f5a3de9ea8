// The usual step of a table's time: how many samples a window should have.
import { type Table, timeIndex } from '../../model/table.ts';

/** So many rows tell the step. */
const ROWS = 20_000;

/** Median of the steps of the first rows, milliseconds; NaN with fewer than two rows or without time. The table must be repeatable. */
export async function medianStep(table: Table): Promise<number> {
  const time = timeIndex(table);
  if (time < 0) return Number.NaN;
  const steps: number[] = [];
  let last = Number.NaN;
  for await (const chunk of table.chunks()) {
    for (const at of chunk.values[time] as Float64Array) {
      if (at > last) steps.push(at - last);
      last = at;
    }
    if (steps.length >= ROWS) break;
  }
  steps.sort((a, b) => a - b);
  const middle = steps.length >> 1;
  if (steps.length === 0) return Number.NaN;
  return steps.length % 2 === 1
    ? (steps[middle] as number)
    : ((steps[middle - 1] as number) + (steps[middle] as number)) / 2;
}
