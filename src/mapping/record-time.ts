// Time of a record from its four columns (UTC), with the precision that was stored: a day stays a day, no midnight is invented.
// The storage's trigger follows the same table; test/unit/mapping/record-time.test.ts prints it.
import type { Moment, RecordTime, TimeWindow } from '../model/time.ts';

const NONE: RecordTime = Object.freeze({ kind: 'none' });

/** The four columns, `YYYY-MM-DD` and `hh:mm:ss`. */
export interface StoredTime {
  readonly date_b: string | null;
  readonly time_b: string | null;
  readonly date_e: string | null;
  readonly time_e: string | null;
}

/**
 * Both dates null, or the end before the begin: none. End null: open period, or an instant when the service is occasional.
 * Begin null: period with unknown begin. Equal ends: one instant. A time without a date says nothing.
 */
export function recordTime(row: StoredTime, occasional: boolean): RecordTime {
  const begin = momentOf(row.date_b, row.time_b);
  const end = momentOf(row.date_e, row.time_e);
  if (begin === null) return end === null ? NONE : { kind: 'period', begin: null, end };
  if (end === null) return occasional ? { kind: 'instant', at: begin } : { kind: 'period', begin, end: null };
  if (begin === end) return { kind: 'instant', at: begin };
  if (endsBeforeBegin(row)) return NONE;
  return { kind: 'period', begin, end };
}

/** Does the row hold an end that lies before its begin? Such a row is kept without time, and reported. */
export function endsBeforeBegin({ date_b, time_b, date_e, time_e }: StoredTime): boolean {
  if (date_b === null || date_e === null) return false;
  if (date_b !== date_e) return date_e < date_b;
  // A day without time of day begins with its first moment and ends with its last.
  return time_b !== null && time_e !== null && time_e < time_b;
}

/** The instants that a search compares: a day begins at 00:00:00 and ends with its last millisecond. null = no time. */
export function windowOf(time: RecordTime): TimeWindow | null {
  if (time.kind === 'none') return null;
  const begin = time.kind === 'instant' ? time.at : time.begin;
  const end = time.kind === 'instant' ? time.at : time.end;
  return {
    start: begin === null ? null : Date.parse(firstMoment(begin)),
    end: end === null ? null : Date.parse(lastMoment(end)),
  };
}

function momentOf(date: string | null, time: string | null): Moment | null {
  if (date === null) return null;
  return time === null ? date : `${date}T${time}Z`;
}

function firstMoment(moment: Moment): string {
  return moment.length === 10 ? `${moment}T00:00:00Z` : moment;
}

function lastMoment(moment: Moment): string {
  return moment.length === 10 ? `${moment}T23:59:59.999Z` : moment;
}
