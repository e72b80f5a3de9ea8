// Statistics of a handful of numbers, by their names in `windows` and in processes. Missing values are left out before.
import { vectorMean } from './vectors.ts';

export const STATISTICS = [
  'mean',
  'min',
  'max',
  'sum',
  'count',
  'stddev',
  'median',
  'first',
  'last',
  'direction',
  'resultant',
] as const;
/** `percentile:84.13` besides. `direction`: mean of angles in degrees, by their vectors; `resultant`: length of it, 0 to 1. */
export type Statistic = (typeof STATISTICS)[number] | `percentile:${number}`;

/** The name as a statistic; null when there is none of that name. */
export function parseStatistic(text: string): Statistic | null {
  const known = STATISTICS.find((name) => name === text);
  if (known !== undefined) return known;
  const match = /^percentile:(\d{1,3}(?:\.\d+)?)$/.exec(text);
  return match && Number(match[1]) <= 100 ? `percentile:${Number(match[1])}` : null;
}

/** Linear between the order statistics: h = (n − 1)·p/100. `sorted` in ascending order, not empty. */
export function percentile(sorted: readonly number[], p: number): number {
  const h = ((sorted.length - 1) * p) / 100;
  const low = Math.floor(h);
  const [a, b] = [sorted[low] as number, sorted[Math.min(low + 1, sorted.length - 1)] as number];
  return a + (h - low) * (b - a);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function stddev(values: readonly number[]): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** The statistic of the values in their order; NaN when there are too few. */
export function statisticOf(statistic: Statistic, values: readonly number[]): number {
  if (statistic === 'count') return values.length;
  if (values.length === 0) return Number.NaN;
  switch (statistic) {
    case 'mean':
      return mean(values);
    case 'sum':
      return values.reduce((sum, value) => sum + value, 0);
    case 'min':
      return values.reduce((least, value) => Math.min(least, value));
    case 'max':
      return values.reduce((most, value) => Math.max(most, value));
    case 'first':
      return values[0] as number;
    case 'last':
      return values.at(-1) as number;
    case 'stddev':
      return stddev(values);
    case 'resultant':
      return vectorMean(values, null).length;
    case 'direction':
      return vectorMean(values, null).direction;
    default: {
      const sorted = values.toSorted((a, b) => a - b);
      return percentile(sorted, statistic === 'median' ? 50 : Number(statistic.slice('percentile:'.length)));
    }
  }
}
