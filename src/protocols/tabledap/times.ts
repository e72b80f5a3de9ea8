// Times of tabledap: ISO 8601, as short as the year; seconds since 1970; now-7days; and what may follow max(time).
import { SyntaxFault } from '../../model/errors.ts';

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = {
  millisecond: 1,
  milli: 1,
  ms: 1,
  second: 1000,
  sec: 1000,
  s: 1000,
  minute: MINUTE,
  min: MINUTE,
  hour: 60 * MINUTE,
  hr: 60 * MINUTE,
  h: 60 * MINUTE,
  day: 1440 * MINUTE,
  d: 1440 * MINUTE,
  week: 7 * 1440 * MINUTE,
  w: 7 * 1440 * MINUTE,
};
const MONTHS: Readonly<Record<string, number>> = { month: 1, mon: 1, year: 12, yr: 12 };

/** A length of time: milliseconds, or months of the calendar. */
export type Span = { readonly step: number } | { readonly months: number };

/** The unit in singular, plural or short form; null: there is no such unit. */
export function spanOf(amount: number, unit: string): Span | null {
  const name = unit.toLowerCase();
  const [one, several] = [name, name.replace(/s$/, '')];
  const months = MONTHS[one] ?? MONTHS[several];
  if (months !== undefined)
    return Number.isInteger(amount) ? { months: amount * months } : { step: amount * months * 30.44 * 1440 * MINUTE };
  const step = UNITS[one] ?? UNITS[several];
  return step === undefined ? null : { step: amount * step };
}

/** The instant so much later (or earlier); a month later is the same day, or the last one of a shorter month. */
export function shifted(at: number, span: Span, sign: 1 | -1): number {
  if ('step' in span) return at + sign * span.step;
  const date = new Date(at);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + sign * span.months;
  const [year, of] = [Math.floor(month / 12), ((month % 12) + 12) % 12];
  const last = new Date(Date.UTC(2000, 0, 1));
  last.setUTCFullYear(year, of + 1, 0);
  const midnight = new Date(0).setUTCFullYear(year, of, Math.min(date.getUTCDate(), last.getUTCDate()));
  return midnight + (((at % 86_400_000) + 86_400_000) % 86_400_000);
}

const OFFSET = /^\s*([+\- ])\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*$/;

/** `-7days` after `now` or `max(time)`, as a change of the instant; a `+` that became a blank is understood. Seconds where no unit stands. */
export function offsetInstant(at: number, text: string): number {
  if (text.trim() === '') return at;
  const match = OFFSET.exec(text);
  const span = match === null ? null : spanOf(Number(match[2]), match[3] || 'seconds');
  if (match === null || span === null) {
    throw new SyntaxFault(
      'after now, min(time) or max(time) stands nothing, or + or -, a number and a unit: seconds, minutes, hours, days, weeks, months, years',
      'après now, min(time) ou max(time), rien, ou + ou -, un nombre et une unité : seconds, minutes, hours, days, weeks, months, years',
    );
  }
  return shifted(at, span, match[1] === '-' ? -1 : 1);
}

const ISO =
  /^(-?\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+\- ]\d{2}:?(?:\d{2})?)?)?)?)?Z?$/i;

function zoneOf(text: string | undefined): number {
  const match = /^([+\- ])(\d{2}):?(\d{2})?$/.exec(text ?? '');
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * MINUTE;
}

/**
 * Milliseconds since 1970. `now` is the present, for `now-1day`. Throws SyntaxFault for what is neither an ISO time nor a number of seconds.
 */
export function parseInstant(text: string, now: number): number {
  const trimmed = text.trim();
  const relative = /^now(.*)$/is.exec(trimmed);
  if (relative !== null) return offsetInstant(now, relative[1] as string);
  if (/^nan$/i.test(trimmed)) return Number.NaN;
  const isYear = /^\d{4}$/.test(trimmed);
  if (!isYear && /^[+-]?\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i.test(trimmed)) return Number(trimmed) * 1000;
  const match = ISO.exec(trimmed);
  if (match !== null) {
    const [, year, month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
    const start = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(day));
    const isDay = new Date(start).getUTCMonth() === Number(month) - 1 && Number(month) >= 1 && Number(day) >= 1;
    const clock =
      (Number(hour) * 60 + Number(minute)) * MINUTE + Number(second) * 1000 + Number(`0.${fraction || 0}`) * 1000;
    if (isDay && Number(hour) <= 24 && Number(minute) < 60 && Number(second) <= 60) return start + clock - zoneOf(zone);
  }
  throw new SyntaxFault(
    'is no time: an ISO 8601 time (2024-05-01T00:00:00Z), seconds since 1970-01-01, or now-7days',
    "n'est pas une date : une date ISO 8601 (2024-05-01T00:00:00Z), des secondes depuis 1970-01-01, ou now-7days",
  );
}
