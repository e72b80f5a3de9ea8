// Dates and times as text: RFC 3339 with the tolerances that clients need, and ISO 8601 intervals `a/b` with open ends.
import { SyntaxFault } from '../../model/errors.ts';
import type { TimeWindow } from '../../model/time.ts';
import { excerpt } from './excerpt.ts';

/** What a text of a given precision covers: `start` and `end` in milliseconds since 1970, both included. */
export interface DateTime {
  readonly start: number;
  readonly end: number;
  /** The same moment in strict form: `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm:ss[.f]` with `Z` or `±hh:mm`. */
  readonly text: string;
}

const DAY = 86_400_000;
const LONGEST = 64;
// A `+` of a zone arrives as a blank when a client did not percent-encode it.
const PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:[Zz]|([+\- ])(\d{2})(?::?(\d{2}))?)?)?$/;
const EARLIEST = startOfDay(1, 1, 1);
const LATEST = startOfDay(9999, 12, 31) + DAY - 1;

function startOfDay(year: number, month: number, day: number): number {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function fault(text: string): SyntaxFault {
  return new SyntaxFault(
    `${excerpt(text)} is not a date: YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ is wanted (RFC 3339)`,
    `${excerpt(text)} n'est pas une date : AAAA-MM-JJ ou AAAA-MM-JJThh:mm:ssZ est attendu (RFC 3339)`,
  );
}

function calendarFault(text: string): SyntaxFault {
  return new SyntaxFault(
    `${excerpt(text)} names a day or a time that does not exist`,
    `${excerpt(text)} désigne un jour ou une heure qui n'existe pas`,
  );
}

interface ClockTime {
  /** Milliseconds to add to the start of the day, zone applied. */
  readonly offset: number;
  /** Milliseconds that the written precision covers, less one. */
  readonly span: number;
  readonly text: string;
}

function clockTime(match: RegExpExecArray, text: string): ClockTime {
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  const zoneHour = Number(match[9] ?? 0);
  const zoneMinute = Number(match[10] ?? 0);
  const leap = second === 60;
  if (hour > 23 || minute > 59 || second > 60 || zoneHour > 23 || zoneMinute > 59) throw calendarFault(text);
  // A leap second ends its minute: here the last millisecond of it.
  const seconds = leap ? 59.999 : second + Number(`0.${match[7] ?? 0}`);
  const sign = match[8] === '-' ? -1 : 1;
  const zone = sign * (zoneHour * 60 + zoneMinute);
  const zoneText =
    zone === 0 ? 'Z' : `${sign < 0 ? '-' : '+'}${match[9]}:${match[10] === undefined ? '00' : match[10]}`;
  const fraction = match[7] === undefined ? '' : `.${match[7]}`;
  return {
    offset: Math.floor(hour * 3_600_000 + minute * 60_000 + Math.round(seconds * 1e6) / 1000 - zone * 60_000),
    span: match[6] === undefined ? 59_999 : 0,
    text: `T${match[4]}:${match[5]}:${match[6] ?? '00'}${fraction}${zoneText}`,
  };
}

/**
 * A date (the whole day, UTC) or a date-time. Tolerated beyond RFC 3339: no zone (UTC), no seconds (the whole minute), a comma in the
 * fraction, `T`, `Z` in lower case, a blank for `T` or for the `+` of the zone, a zone without colon.
 * @throws SyntaxFault when it has another form, names a day that the calendar lacks, or lies outside the years 1 to 9999.
 */
export function parseDateTime(text: string): DateTime {
  const match = text.length > LONGEST ? null : PATTERN.exec(text.trim());
  if (match === null) throw fault(text);
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const midnight = startOfDay(year, month, day);
  const date = new Date(midnight);
  if (year === 0 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) throw calendarFault(text);
  const written = `${match[1]}-${match[2]}-${match[3]}`;
  if (match[4] === undefined) return { start: midnight, end: midnight + DAY - 1, text: written };
  const clock = clockTime(match, text);
  const start = midnight + clock.offset;
  if (start < EARLIEST || start + clock.span > LATEST) throw calendarFault(text);
  return { start, end: start + clock.span, text: written + clock.text };
}

/** `YYYY-MM-DDThh:mm:ssZ`, or with milliseconds where there are any. */
export function printDateTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

/**
 * An interval: `a/b`, `a/..`, `../b`, `a/`, `/b` (open ends), `..` or `/` (no bound at all), or one moment alone (its own precision).
 * Milliseconds since 1970, both ends included.
 * @throws SyntaxFault when an end is not a date or the start is after the end.
 */
export function parseInterval(text: string): TimeWindow {
  if (text.length > 2 * LONGEST) throw fault(text);
  const sides = text.split('/').map((side) => side.trim());
  if (sides.length > 2) {
    throw new SyntaxFault(
      `${excerpt(text)} is not an interval: start/end is wanted, .. for an open end`,
      `${excerpt(text)} n'est pas un intervalle : début/fin est attendu, .. pour une borne ouverte`,
    );
  }
  const open = (side: string | undefined): boolean => side === '' || side === '..' || side === undefined;
  const [first, second] = sides;
  if (sides.length === 1 && first !== undefined && !open(first)) {
    const moment = parseDateTime(first);
    return { start: moment.start, end: moment.end };
  }
  const start = first === undefined || open(first) ? null : parseDateTime(first).start;
  const end = second === undefined || open(second) ? null : parseDateTime(second).end;
  if (start !== null && end !== null && start > end) {
    throw new SyntaxFault(
      `${excerpt(text)}: the start is after the end`,
      `${excerpt(text)} : le début est après la fin`,
    );
  }
  return { start, end };
}
