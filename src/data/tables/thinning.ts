// Which rows of a variable are kept for drawing: the corners of the greatest triangles (LTTB, Steinarsson 2013), or the extremes of intervals.

/** Values that follow each other without a gap. x: milliseconds; rows: their numbers in the table. */
export interface Run {
  readonly x: number[];
  readonly y: number[];
  readonly rows: number[];
  /** Row of the first value that is missing before the run; null: none. */
  readonly gap: number | null;
}

export const emptyRun = (gap: number | null = null): Run => ({ x: [], y: [], rows: [], gap });

/** A run keeps at least so many rows, so that it stays a line. */
const LEAST = 3;

/**
 * First and last row, and of each of n − 2 intervals the corner of the greatest triangle with the corner before and the mean of the next
 * interval; of equal ones the first.
 */
function triangles({ x, y, rows }: Run, points: number): readonly number[] {
  const count = rows.length;
  if (count <= points || points < LEAST) return rows;
  const chosen = [rows[0] as number];
  const bucket = (count - 2) / (points - 2);
  let corner = 0;
  const mean = (list: readonly number[], from: number, to: number): number => {
    let sum = 0;
    for (let n = from; n < to; n++) sum += list[n] as number;
    return sum / Math.max(1, to - from);
  };
  for (let n = 0; n < points - 2; n++) {
    const from = Math.floor(n * bucket) + 1;
    const to = Math.floor((n + 1) * bucket) + 1;
    const end = Math.min(Math.floor((n + 2) * bucket) + 1, count);
    const [nextX, nextY] = [mean(x, to, end), mean(y, to, end)];
    const [cornerX, cornerY] = [x[corner] as number, y[corner] as number];
    let [best, largest] = [from, -1];
    for (let k = from; k < to; k++) {
      const area = Math.abs(
        (cornerX - nextX) * ((y[k] as number) - cornerY) - (cornerX - (x[k] as number)) * (nextY - cornerY),
      );
      if (area > largest) [best, largest] = [k, area];
    }
    chosen.push(rows[best] as number);
    corner = best;
  }
  chosen.push(rows[count - 1] as number);
  return chosen;
}

/** Joins the runs into one where there are too many of them to keep their ends. */
function whole(runs: readonly Run[], points: number): readonly Run[] {
  if (runs.length * (LEAST + 1) <= points) return runs;
  const all = emptyRun();
  for (const { x, y, rows } of runs) {
    for (let n = 0; n < rows.length; n++) {
      all.x.push(x[n] as number);
      all.y.push(y[n] as number);
      all.rows.push(rows[n] as number);
    }
  }
  return [all];
}

/** The rows that keep the shape, each run with its share of the points and a row of each gap. In ascending order. */
export function shape(runs: readonly Run[], points: number): readonly number[] {
  const own = whole(runs, points);
  const gaps = own.filter(({ gap }) => gap !== null).length;
  const total = own.reduce((sum, { rows }) => sum + rows.length, 0);
  return own.flatMap((run) => {
    const share = own.length === 1 ? points : Math.floor(((points - gaps) * run.rows.length) / total);
    const rows = triangles(run, Math.max(LEAST, share));
    return run.gap === null ? rows : [run.gap, ...rows];
  });
}

/** First smallest and first greatest value of each of points/2 intervals of equal numbers of rows, once where they are equal; and the gaps. */
export function extremes(runs: readonly Run[], points: number): readonly number[] {
  const [all = emptyRun()] = whole(runs, 0);
  const count = all.rows.length;
  const bins = Math.max(1, points >> 1);
  if (count <= points) return all.rows;
  const kept = new Set(runs.length * 2 <= points ? runs.flatMap(({ gap }) => (gap === null ? [] : [gap])) : []);
  for (let bin = 0; bin < bins; bin++) {
    const from = Math.floor((bin * count) / bins);
    const to = Math.floor(((bin + 1) * count) / bins);
    let [least, most] = [from, from];
    for (let n = from + 1; n < to; n++) {
      if ((all.y[n] as number) < (all.y[least] as number)) least = n;
      if ((all.y[n] as number) > (all.y[most] as number)) most = n;
    }
    kept.add(all.rows[least] as number);
    kept.add(all.rows[most] as number);
  }
  return [...kept].sort((a, b) => a - b);
}
