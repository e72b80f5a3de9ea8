// Times of documents as moments of the model: a day stays a day, zones become UTC, a year or month is its first or last day.
import type { Moment, RecordTime } from '../../model/time.ts';

/** null for what is not a time. `last`: of a year or month the last day, for the end of a period. */
export function momentOf(text: string | undefined | null, last = false): Moment | null {
  const match =
    /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/.exec(
      text?.trim() ?? '',
    );
  if (match === null) return null;
  const [, year, month, day, hours, minutes, seconds = '00', zone = 'Z'] = match;
  if (month === undefined) return last ? `${year}-12-31` : `${year}-01-01`;
  if (day === undefined) return `${year}-${month}-${last ? lastDay(Number(year), Number(month)) : '01'}`;
  if (hours === undefined) return `${year}-${month}-${day}`;
  const instant = new Date(
    `${year}-${month}-${day}T${hours}:${minutes}:${seconds}${zone.replace(/^(...)(\d\d)$/, '$1:$2')}`,
  );
  return Number.isNaN(instant.getTime()) ? null : `${instant.toISOString().slice(0, 19)}Z`;
}

/** RFC 3339 in UTC; a day begins at midnight here, because a datestamp has whole seconds. */
export function datestampOf(text: string | undefined | null): string | null {
  const moment = momentOf(text);
  return moment === null || moment.includes('T') ? moment : `${moment}T00:00:00Z`;
}

/** Two ends as a time; both absent = none. */
export function periodOf(begin: Moment | null, end: Moment | null): RecordTime {
  return begin === null && end === null ? { kind: 'none' } : { kind: 'period', begin, end };
}

function lastDay(year: number, month: number): string {
  return String(new Date(Date.UTC(year, month, 0)).getUTCDate()).padStart(2, '0');
}
