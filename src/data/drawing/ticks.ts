// Where the marks of an axis stand and what they are called: round numbers, and round instants of UTC in digits that every language reads.

export interface Tick {
  readonly at: number;
  readonly label: string;
  /** Second line of a time axis: the day or the year that begins here, or that the axis begins in. */
  readonly context?: string;
}

/** 1, 2 or 5 times a power of ten, at least `least`. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((n) => n * power).find((step) => step >= least * (1 - 1e-9)) ?? 10 * power;
}

/** A number in few signs: `0.05`, `1200`, `1.2e+6`. */
export function shortNumber(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-4 ? value.toExponential(6) : value.toPrecision(7);
  const [mantissa = '', exponent] = text.split('e');
  const digits = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
  return exponent === undefined ? digits : `${digits}e${exponent.replace('+', '')}`;
}

/** At most about `count` round numbers from `start` to `end`. */
export function numberTicks(start: number, end: number, count: number): readonly Tick[] {
  if (!(end > start)) return [{ at: start, label: shortNumber(start) }];
  const step = roundStep((end - start) / Math.max(1, count));
  const first = Math.ceil(start / step - 1e-9);
  const ticks: Tick[] = [];
  for (let n = first; n * step <= end + step * 1e-9; n++) {
    const at = Number((n * step).toPrecision(12));
    ticks.push({ at, label: shortNumber(at) });
  }
  return ticks;
}

/** Marks of a logarithmic axis: powers of ten, with 2 and 5 where there are few. Both ends are above 0. */
export function logarithmicTicks(start: number, end: number, count: number): readonly Tick[] {
  const [low, high] = [Math.floor(Math.log10(start)), Math.ceil(Math.log10(end))];
  const every = Math.max(1, Math.ceil((high - low) / Math.max(1, count)));
  const parts = high - low <= 2 ? [1, 2, 5] : [1];
  const ticks: Tick[] = [];
  for (let power = low; power <= high; power += every) {
    for (const part of parts) {
      const at = Number((part * 10 ** power).toPrecision(12));
      if (at >= start * (1 - 1e-9) && at <= end * (1 + 1e-9)) ticks.push({ at, label: shortNumber(at) });
    }
  }
  return ticks;
}

const [SECOND, MINUTE, HOUR, DAY] = [1000, 60_000, 3_600_000, 86_400_000];
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10].map((n) => n * DAY),
];
const MONTH_STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12_000];

const iso = (at: number): string => {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
};

/** Months counted from the year 0. */
function monthTicks(start: number, end: number, step: number): readonly Tick[] {
  const ticks: Tick[] = [];
  const from = new Date(start);
  const firstMonth = from.getUTCFullYear() * 12 + from.getUTCMonth();
  for (let n = Math.floor(firstMonth / step) * step; ; n += step) {
    const at = new Date(0).setUTCFullYear(Math.floor(n / 12), ((n % 12) + 12) % 12, 1);
    if (at > end || Number.isNaN(at)) return ticks;
    if (at < start) continue;
    const text = iso(at);
    ticks.push({ at, label: step < 12 ? text.slice(0, 7) : text.slice(0, -20) });
  }
}

/** Days of months, so that each month begins anew: 1, 6, 11 … */
function dayTicks(start: number, end: number, step: number): readonly Tick[] {
  const ticks: Tick[] = [];
  for (let at = Math.ceil(start / DAY) * DAY; at <= end; at += DAY) {
    const day = new Date(at).getUTCDate();
    // The last days of a month are too close to the next one's first.
    if ((day - 1) % step !== 0 || (step > 2 && day > 31 - step + 1) || (step === 2 && day === 31)) continue;
    ticks.push({ at, label: iso(at).slice(5, 10) });
  }
  return ticks.map((tick, n) => {
    const year = iso(tick.at).slice(0, 4);
    const before = n === 0 ? '' : iso((ticks[n - 1] as Tick).at).slice(0, 4);
    return year === before ? tick : { ...tick, context: year };
  });
}

function clockTicks(start: number, end: number, step: number): readonly Tick[] {
  const ticks: Tick[] = [];
  let before = '';
  for (let n = Math.ceil(start / step); n * step <= end; n++) {
    const text = iso(n * step);
    const day = text.slice(0, 10);
    const label = step >= MINUTE ? text.slice(11, 16) : step >= SECOND ? text.slice(11, 19) : text.slice(17, 23);
    ticks.push({ at: n * step, label, ...(day === before ? {} : { context: day }) });
    before = day;
  }
  return ticks;
}

/** At most about `count` round instants; milliseconds since 1970, labels in UTC. */
export function timeTicks(start: number, end: number, count: number): readonly Tick[] {
  if (!(end > start)) return [{ at: start, label: iso(start).slice(11, 19), context: iso(start).slice(0, 10) }];
  const least = (end - start) / Math.max(1, count);
  const step = STEPS.find((each) => each >= least);
  if (step !== undefined && step < DAY) return clockTicks(start, end, step);
  if (step !== undefined) return dayTicks(start, end, step / DAY);
  const months = least / (30.44 * DAY);
  return monthTicks(start, end, MONTH_STEPS.find((each) => each >= months) ?? 12_000);
}
