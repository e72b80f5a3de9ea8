// The independent variable of plain NASA Ames files: which of them is time, in which unit, from which moment.

export interface TimeScale {
  /** Milliseconds since 1970 at which the variable is 0. */
  readonly origin: number;
  /** Milliseconds of one unit. */
  readonly unit: number;
  /** UDUNITS text: `seconds since 2000-09-20 00:00:00 UTC`. */
  readonly text: string;
}

const UNITS: readonly (readonly [pattern: RegExp, milliseconds: number, name: string])[] = [
  [/\bmilliseconds?\b/i, 1, 'milliseconds'],
  [/\b(?:seconds?|secs?)\b/i, 1000, 'seconds'],
  [/\b(?:minutes?|mins?)\b/i, 60_000, 'minutes'],
  [/\b(?:hours?|hrs?)\b/i, 3_600_000, 'hours'],
  [/\bdays?\b/i, 86_400_000, 'days'],
];
const SINCE = /(?:since|from)\s+(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?/i;
/** What counts in the same words but is no time: an angle, a rate. */
const OTHER =
  /\b(?:arc\s*(?:seconds?|minutes?)|degrees?|latitude|longitude|pressure|altitude|per\s+(?:second|hour|day))\b|\/\s*s/i;
const DAY_OF_YEAR = /\b(?:julian\s+days?|days?\s+of\s+(?:the\s+)?year|doy)\b/i;

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** `2000-09-20 00:00:00 UTC` */
export function referenceText(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/**
 * What the name of the independent variable says of time; null: it is not time. Counted from 00:00 UTC of `date` (`YYYY-MM-DD`) unless the
 * name says since when; a day of the year (1 = 1 January) counts in the year of `date`.
 */
export function timeScaleOf(name: string, date: string): TimeScale | null {
  if (OTHER.test(name)) return null;
  const start = Date.parse(`${date}T00:00:00Z`);
  if (DAY_OF_YEAR.test(name)) {
    const origin = Date.parse(`${date.slice(0, 4)}-01-01T00:00:00Z`) - 86_400_000;
    return { origin, unit: 86_400_000, text: `days since ${referenceText(origin)}` };
  }
  // The first word counts: `Time in UT seconds from 0000 hours on the data date` is in seconds.
  const found = UNITS.map(([pattern, unit, word]) => ({ at: name.search(pattern), unit, word })).filter(
    (u) => u.at >= 0,
  );
  const first = found.sort((a, b) => a.at - b.at)[0];
  if (first === undefined) return null;
  const since = SINCE.exec(name);
  const [, y, mo, d, h = '0', mi = '0', s = '0'] = since ?? [];
  const said =
    since === null
      ? start
      : Date.parse(
          `${y}-${twoDigits(Number(mo))}-${twoDigits(Number(d))}T${twoDigits(Number(h))}:${mi.padStart(2, '0')}:${s.padStart(2, '0')}Z`,
        );
  const origin = Number.isNaN(said) ? start : said;
  return { origin, unit: first.unit, text: `${first.word} since ${referenceText(origin)}` };
}
