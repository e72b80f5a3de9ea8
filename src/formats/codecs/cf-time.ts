// Time units of CF (CF-1.8, section 4.4): `seconds since 1904-01-01 00:00:00.000 00:00`.

export interface CfTime {
  /** Milliseconds since 1970 at which the variable is 0. */
  readonly origin: number;
  /** Milliseconds of one unit. */
  readonly unit: number;
}

const UNITS: Readonly<Record<string, number>> = {
  microsecond: 0.001,
  microsec: 0.001,
  millisecond: 1,
  millisec: 1,
  msec: 1,
  ms: 1,
  second: 1000,
  sec: 1000,
  s: 1000,
  minute: 60_000,
  min: 60_000,
  hour: 3_600_000,
  hr: 3_600_000,
  h: 3_600_000,
  day: 86_400_000,
  d: 86_400_000,
};
const PATTERN =
  /^\s*([a-z]+?)s?\s+since\s+(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(\.\d*)?)?)?)?\s*(?:Z|UTC|GMT|([+-]?)(\d{1,2}):?(\d{2})?)?\s*$/i;
/** Calendars in which a day count gives the days that everybody means (after 1582). */
const CALENDARS = ['standard', 'gregorian', 'proleptic_gregorian'];

/** The scale of the units; null: they are no time of the usual calendar (months, years, 360-day calendars). */
export function cfTime(units: string, calendar: string | undefined): CfTime | null {
  if (calendar !== undefined && calendar !== '' && !CALENDARS.includes(calendar.toLowerCase())) return null;
  const match = PATTERN.exec(units.slice(0, 100));
  if (!match) return null;
  const [, word = '', y, mo, d, h = '0', mi = '0', s = '0', fraction = '', sign, zh = '0', zm = '0'] = match;
  const unit = UNITS[word.toLowerCase()] ?? UNITS[`${word.toLowerCase()}s`];
  const [year, month, day] = [Number(y), Number(mo), Number(d)];
  const date = new Date(0).setUTCFullYear(year, month - 1, day);
  if (unit === undefined || new Date(date).getUTCMonth() !== month - 1) return null;
  const clock =
    Number(h) * 3_600_000 +
    Number(mi) * 60_000 +
    Number(s) * 1000 +
    (fraction.length > 1 ? Number(fraction) * 1000 : 0);
  const zone = (Number(zh) * 60 + Number(zm)) * 60_000 * (sign === '-' ? -1 : 1);
  return { origin: date + clock - zone, unit };
}
