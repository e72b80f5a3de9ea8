// Any number of points, told one by one, as the line that a drawing of so many columns of pixels shows of them: of each column the first,
// the smallest, the greatest and the last point (M4, Jugel and others 2014), so that a spike of one point stays. Constant memory.

/** Points `x y x y …` of one unbroken line. */
export type Segment = readonly number[];

export interface PixelColumns {
  /** NaN in x: no place, left out. NaN in y: missing, and the line is broken here. */
  readonly add: (x: number, y: number) => void;
  /** The lines between gaps; a gap is a missing value, or far more than the usual distance without a point. */
  readonly segments: () => readonly Segment[];
  /** Points with a value that were added. */
  readonly count: () => number;
  /** Are there fewer points in the segments than were added? */
  readonly reduced: () => boolean;
}

/** A distance so many times the usual one is a gap. */
const GAP = 8;
/** x and y of the first, the smallest, the greatest and the last point. */
const FIELDS = 8;

interface Store {
  /** x of the left edge, and width of a column. */
  origin: number;
  width: number;
  readonly values: Float64Array;
  /** 0: no point. 1: points. 2: points, with a missing value before the first. */
  readonly state: Uint8Array;
}

function take(store: Store, n: number, x: number, y: number, broken: boolean): void {
  const { values, state } = store;
  const at = n * FIELDS;
  if (state[n] === 0) {
    for (let k = 0; k < FIELDS; k += 2) {
      values[at + k] = x;
      values[at + k + 1] = y;
    }
    state[n] = broken ? 2 : 1;
    return;
  }
  const put = (k: number) => {
    values[at + k] = x;
    values[at + k + 1] = y;
  };
  if (x < (values[at] as number)) put(0);
  if (y < (values[at + 3] as number)) put(2);
  if (y > (values[at + 5] as number)) put(4);
  if (x >= (values[at + 6] as number)) put(6);
}

/** Joins the columns two by two; they then fill one half: the lower one, or the upper one when there is need for room on the left. */
function widen(store: Store, size: number, left: boolean): void {
  const joined: Store = { ...store, values: new Float64Array(size * FIELDS), state: new Uint8Array(size) };
  const shift = left ? size / 2 : 0;
  for (let n = 0; n < size; n++) {
    if (store.state[n] === 0) continue;
    const to = shift + (n >> 1);
    const broken = store.state[n] === 2;
    for (let k = 0; k < FIELDS; k += 2) {
      const [x, y] = [store.values[n * FIELDS + k] as number, store.values[n * FIELDS + k + 1] as number];
      take(joined, to, x, y, broken && joined.state[to] === 0);
    }
  }
  store.values.set(joined.values);
  store.state.set(joined.state);
  if (left) store.origin -= size * store.width;
  store.width *= 2;
}

/** The median distance of points that follow each other, from a count by powers of two. */
function usualDistance(counts: readonly number[], offset: number): number {
  const total = counts.reduce((sum, count) => sum + (count ?? 0), 0);
  let seen = 0;
  for (let n = 0; n < counts.length; n++) {
    seen += counts[n] ?? 0;
    if (seen * 2 >= total && total > 0) return 2 ** (n - offset + 1);
  }
  return Number.POSITIVE_INFINITY;
}

function segmentsOf(store: Store, size: number, usual: number): readonly Segment[] {
  const { values, state } = store;
  const segments: number[][] = [];
  let current: number[] | null = null;
  for (let n = 0; n < size; n++) {
    if (state[n] === 0) continue;
    const points = [0, 2, 4, 6]
      .map((k): [number, number] => [values[n * FIELDS + k] as number, values[n * FIELDS + k + 1] as number])
      .sort((a, b) => a[0] - b[0]);
    const end = current?.at(-2);
    const far = end !== undefined && (points[0]?.[0] ?? end) - end > usual * GAP;
    if (current === null || state[n] === 2 || far) {
      current = [];
      segments.push(current);
    }
    for (const [x, y] of points) {
      if (current.at(-2) === x && current.at(-1) === y) continue;
      current.push(x, y);
    }
  }
  return segments;
}

/** `columns`: pixels that the drawing is wide. Points may come in any order; gaps are told where they come in the order of x. */
export function pixelColumns(columns: number): PixelColumns {
  const size = 2 * 2 ** Math.ceil(Math.log2(Math.max(2, columns)));
  const store: Store = {
    origin: Number.NaN,
    width: 0,
    values: new Float64Array(size * FIELDS),
    state: new Uint8Array(size),
  };
  const OFFSET = 64;
  const distances: number[] = [];
  let [count, before, broken] = [0, Number.NaN, false];
  return {
    add(x, y) {
      if (!Number.isFinite(x)) return;
      if (!Number.isFinite(y)) {
        broken = true;
        return;
      }
      if (count === 0) {
        store.width = Math.max(Math.abs(x), 1) * 1e-12;
        store.origin = x;
      }
      let n = Math.floor((x - store.origin) / store.width);
      while (n < 0 || n >= size) {
        widen(store, size, n < 0);
        n = Math.floor((x - store.origin) / store.width);
      }
      take(store, n, x, y, broken);
      const distance = Math.abs(x - before);
      if (distance > 0) {
        const power = Math.max(0, Math.min(127, Math.floor(Math.log2(distance)) + OFFSET));
        distances[power] = (distances[power] ?? 0) + 1;
      }
      [before, broken] = [x, false];
      count += 1;
    },
    segments: () => (count === 0 ? [] : segmentsOf(store, size, usualDistance(distances, OFFSET))),
    count: () => count,
    reduced: () => segmentsOf(store, size, Number.POSITIVE_INFINITY).reduce((sum, s) => sum + s.length / 2, 0) < count,
  };
}
