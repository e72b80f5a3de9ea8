// Times as HAPI has them (HAPI 3.3, 3.7.6): a subset of ISO 8601, by month and day or by day of the year, cut off anywhere, always UTC.
import { SyntaxFault } from '../../model/errors.ts';

const PATTERN =
  /^(\d{4})(?:-(\d{3})|-(\d{2})(?:-(\d{2}))?)?(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{0,20}))?)?)?)?Z?$/;
const DAY = 86_400_000;

function fault(): SyntaxFault {
  return new SyntaxFault(
    'a time such as 2020-01-31T00:00:00.000Z or 2020-031T00:00:00.000Z is wanted; what is left out at its end counts as its least value',
    'un temps tel que 2020-01-31T00:00:00.000Z ou 2020-031T00:00:00.000Z est attendu ; ce qui manque à sa fin vaut son minimum',
  );
}

/** Midnight of the day, milliseconds since 1970; undefined for a day that the calendar lacks. */
function midnight(
  year: number,
  dayOfYear: string | undefined,
  month: string | undefined,
  day: string | undefined,
): number | undefined {
  if (dayOfYear !== undefined) {
    const at = new Date(0).setUTCFullYear(year, 0, 1) + (Number(dayOfYear) - 1) * DAY;
    return new Date(at).getUTCFullYear() === year ? at : undefined;
  }
  const [m, d] = [Number(month ?? 1), Number(day ?? 1)];
  const at = new Date(0).setUTCFullYear(year, m - 1, d);
  const date = new Date(at);
  return date.getUTCFullYear() === year && date.getUTCMonth() === m - 1 && date.getUTCDate() === d ? at : undefined;
}

/**
 * Nanoseconds since 1970 (finer digits are dropped). A leap second and hour 24 count on into the next minute and day.
 * @throws SyntaxFault for another form, a zone, or a day or time that does not exist.
 */
export function parseHapiTime(text: string): bigint {
  const match = text.length > 60 ? null : PATTERN.exec(text);
  if (match === null) throw fault();
  const [, year, dayOfYear, month, day, hour, minute = '0', second = '0', fraction = ''] = match;
  // Without a day there is no time of day.
  if (hour !== undefined && dayOfYear === undefined && day === undefined) throw fault();
  const start = midnight(Number(year), dayOfYear, month, day);
  const [h, mi, s] = [Number(hour ?? 0), Number(minute), Number(second)];
  const nanoseconds = BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  const isEnd = h === 24 && mi === 0 && s === 0 && nanoseconds === 0n;
  if (start === undefined || (h > 23 && !isEnd) || mi > 59 || s > 60) throw fault();
  return BigInt(start + h * 3_600_000 + mi * 60_000 + s * 1000) * 1_000_000n + nanoseconds;
}

/** The first moment of the table's own precision (microseconds) that is not before: milliseconds since 1970. */
export function notBefore(nanoseconds: bigint): number {
  const micro = nanoseconds / 1000n + (nanoseconds % 1000n > 0n ? 1n : 0n);
  return Number(micro) / 1000;
}

/** `2020-01-31T00:00:00.000Z`, always 24 characters for the years 0 to 9999. */
export function printHapiTime(milliseconds: number): string {
  return new Date(Math.floor(milliseconds)).toISOString();
}
