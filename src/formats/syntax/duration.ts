// Durations as ISO 8601 writes them (4.4.2.4): PT1H, P1D, P2W, P1M. Months and years have no fixed length: they are counted on the calendar.
import { SyntaxFault } from '../../model/errors.ts';
import { excerpt } from './excerpt.ts';

export interface Duration {
  readonly months: number;
  readonly milliseconds: number;
  readonly text: string;
}

const PATTERN =
  /^P(?!$)(?:(\d{1,5})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?!$)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9}(?:[.,]\d{1,3})?)S)?)?$/;
const SECOND = 1000;
const DAY = 86_400 * SECOND;

/** @throws SyntaxFault for another form, and for a duration of nothing. */
export function parseDuration(text: string): Duration {
  const match = PATTERN.exec(text.trim());
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = (match ?? [])
    .slice(1)
    .map((part) => Number((part ?? '0').replace(',', '.')));
  const duration = {
    months: years * 12 + months,
    milliseconds:
      (weeks * 7 + days) * DAY + hours * 3600 * SECOND + minutes * 60 * SECOND + Math.round(seconds * SECOND),
    text: text.trim(),
  };
  if (match === null || (duration.months === 0 && duration.milliseconds === 0)) {
    throw new SyntaxFault(
      `${excerpt(text)} is no duration: PT1H, P1D or P1M are (ISO 8601)`,
      `${excerpt(text)} n'est pas une durée : PT1H, P1D ou P1M en sont (ISO 8601)`,
    );
  }
  return duration;
}

/** The moment `count` durations later, milliseconds since 1970; months on the calendar of UTC. */
export function moved(at: number, duration: Pick<Duration, 'months' | 'milliseconds'>, count: number): number {
  const date = new Date(at);
  if (duration.months > 0) date.setUTCMonth(date.getUTCMonth() + duration.months * count);
  return date.getTime() + duration.milliseconds * count;
}
