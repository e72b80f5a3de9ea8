// The time of a record as a STAC item has it: RFC 3339 moments in UTC, `datetime` null beside both ends. What STAC cannot say (no time, no
// end, no begin) is said by a property of our own beside a value that is true as far as it goes.
import type { CatalogRecord } from '../../model/record.ts';
import type { Moment } from '../../model/time.ts';

export interface StacTime {
  readonly datetime: string | null;
  readonly start_datetime?: string;
  readonly end_datetime?: string;
  /** ongoing: `end_datetime` is the day of the answer. begin unknown: `datetime` is the end. unknown: `datetime` is that of the publication. */
  readonly 'vobs:period'?: 'ongoing' | 'begin unknown' | 'unknown';
}

const first = (moment: Moment): string => (moment.length === 10 ? `${moment}T00:00:00Z` : moment);
const last = (moment: Moment): string => (moment.length === 10 ? `${moment}T23:59:59Z` : moment);

/** `now`: milliseconds since 1970; its day alone counts, so that the answers of one day are equal. */
export function stacTime(
  record: Pick<CatalogRecord, 'time' | 'published' | 'created' | 'updated'>,
  now: number,
): StacTime {
  const { time } = record;
  if (time.kind === 'none') {
    return { datetime: first(record.published ?? record.created ?? record.updated), 'vobs:period': 'unknown' };
  }
  if (time.kind === 'instant') {
    if (time.at.length > 10) return { datetime: time.at };
    return { datetime: null, start_datetime: first(time.at), end_datetime: last(time.at) };
  }
  const { begin, end } = time;
  if (begin === null) return { datetime: last(end ?? record.updated), 'vobs:period': 'begin unknown' };
  if (end !== null) return { datetime: null, start_datetime: first(begin), end_datetime: last(end) };
  const today = `${new Date(now).toISOString().slice(0, 10)}T00:00:00Z`;
  const start = first(begin);
  return {
    datetime: null,
    start_datetime: start,
    end_datetime: start > today ? last(begin) : today,
    'vobs:period': 'ongoing',
  };
}

/** A day or moment as RFC 3339 wants it. */
export const stacMoment = first;
