// Where windows of time begin: every so many milliseconds from an origin, every so many months of the calendar (UTC), or one for all.

/** Milliseconds; months of the calendar; or the whole of the table. */
export type WindowWidth = number | { readonly months: number } | 'all';

export interface WindowEdges {
  /** Start of the window that the moment lies in; windows hold their start and not their end. */
  readonly startOf: (at: number) => number;
  /** Start of the window after the one that starts there; NaN: there is none. */
  readonly after: (start: number) => number;
}

function monthsLater(origin: number, months: number): number {
  const date = new Date(origin);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.getTime();
}

function calendar(months: number, origin: number): WindowEdges {
  const from = new Date(origin);
  const countOf = (at: number): number => {
    const date = new Date(at);
    const between = (date.getUTCFullYear() - from.getUTCFullYear()) * 12 + date.getUTCMonth() - from.getUTCMonth();
    const count = Math.floor(between / months);
    return monthsLater(origin, count * months) > at ? count - 1 : count;
  };
  return {
    startOf: (at) => monthsLater(origin, countOf(at) * months),
    after: (start) => monthsLater(origin, (countOf(start) + 1) * months),
  };
}

/** `origin`: a moment at which a window starts, milliseconds since 1970. */
export function windowEdges(width: WindowWidth, origin: number): WindowEdges {
  if (width === 'all') return { startOf: () => origin, after: () => Number.NaN };
  if (typeof width !== 'number') return calendar(width.months, origin);
  const startOf = (at: number): number => origin + Math.floor((at - origin) / width) * width;
  return { startOf, after: (start) => start + width };
}
