// Values of two series that belong together by time, and how they go together: Pearson's r, the line of least squares, lags.

/** One variable over time, without missing values, in the order of time. Times in milliseconds since 1970. */
export interface Series {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Places of the values that belong together. */
export interface Pairs {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

/** Of each value of the first, in the order of time, the nearest one of the second that is not taken yet, at most `tolerance` away; of two equally near ones the earlier. */
export function pair(first: Series, second: Series, tolerance: number): Pairs {
  const taken = new Uint8Array(second.times.length);
  const pairs: { first: number[]; second: number[] } = { first: [], second: [] };
  let after = 0;
  first.times.forEach((at, n) => {
    while (after < second.times.length && (second.times[after] as number) < at) after++;
    let right = after;
    while (right < taken.length && taken[right] === 1) right++;
    let left = after - 1;
    while (left >= 0 && taken[left] === 1 && at - (second.times[left] as number) <= tolerance) left--;
    const [toLeft, toRight] = [
      left >= 0 && taken[left] === 0 ? at - (second.times[left] as number) : Number.POSITIVE_INFINITY,
      right < taken.length ? (second.times[right] as number) - at : Number.POSITIVE_INFINITY,
    ];
    if (Math.min(toLeft, toRight) > tolerance) return;
    const chosen = toLeft <= toRight ? left : right;
    taken[chosen] = 1;
    pairs.first.push(n);
    pairs.second.push(chosen);
  });
  return pairs;
}

export interface Correlation {
  readonly n: number;
  /** null: fewer than two pairs, or one side does not vary. */
  readonly r: number | null;
  /** Of the second on the first. */
  readonly slope: number | null;
  readonly intercept: number | null;
}

/** In two passes, so that large means lose no digits. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): Correlation {
  const n = Math.min(x.length, y.length);
  if (n < 2) return { n, r: null, slope: null, intercept: null };
  let [meanX, meanY] = [0, 0];
  for (let k = 0; k < n; k++) {
    meanX += x[k] as number;
    meanY += y[k] as number;
  }
  meanX /= n;
  meanY /= n;
  let [xx, yy, xy] = [0, 0, 0];
  for (let k = 0; k < n; k++) {
    const [dx, dy] = [(x[k] as number) - meanX, (y[k] as number) - meanY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  if (xx === 0) return { n, r: null, slope: null, intercept: null };
  const slope = xy / xx;
  const r = yy === 0 ? null : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  return { n, r, slope, intercept: meanY - slope * meanX };
}

export interface Lag {
  readonly lag: number;
  readonly n: number;
  readonly r: number | null;
}

/** Lag k ≥ 0 pairs x[i] with y[i + k]: the best lag is positive where y comes after x. NaN is missing. From −most to +most. */
export function lags(x: ArrayLike<number>, y: ArrayLike<number>, most: number): readonly Lag[] {
  return Array.from({ length: 2 * most + 1 }, (_, n) => {
    const lag = n - most;
    const [a, b]: [number[], number[]] = [[], []];
    for (let i = Math.max(0, -lag); i < x.length && i + lag < y.length; i++) {
      const [p, q] = [x[i] as number, y[i + lag] as number];
      if (Number.isNaN(p) || Number.isNaN(q)) continue;
      a.push(p);
      b.push(q);
    }
    const { n: count, r } = correlation(a, b);
    return { lag, n: count, r };
  });
}

/** The lag of the greatest |r|; of equal ones the smallest |lag|. null: none has an r. */
export function bestLag(all: readonly Lag[]): Lag | null {
  return all.reduce<Lag | null>((best, lag) => {
    if (lag.r === null) return best;
    if (best?.r == null) return lag;
    const more = Math.abs(lag.r) - Math.abs(best.r);
    return more > 0 || (more === 0 && Math.abs(lag.lag) < Math.abs(best.lag)) ? lag : best;
  }, null);
}
