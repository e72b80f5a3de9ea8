// Times in text encodings: RFC 3339 in UTC, with as many decimals of a second as the time has (six at most).

/** `2014-12-25T00:00:00Z`, `…T00:00:00.0144Z`. An instant beyond the years 0 to 9999 has a sign (ISO 8601). */
export function printTime(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  const text = new Date(whole).toISOString();
  const head = text.slice(0, -5);
  const micro = Math.round((milliseconds - whole) * 1000);
  if (micro === 0) return text.endsWith('.000Z') ? `${head}Z` : `${head}${text.slice(-5, -1).replace(/0+$/, '')}Z`;
  const fraction = text.slice(-4, -1) + String(micro).padStart(3, '0');
  return micro === 1000 ? printTime(whole + 1) : `${head}.${fraction.replace(/0+$/, '')}Z`;
}

const PATTERN =
  /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(?:Z|UTC|([+-])(\d{2}):?(\d{2}))?)?\s*$/i;
/** Day, month, year, as European spreadsheets write them. */
const EUROPEAN = /^\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s*$/;

function instant(day: readonly number[], clock: readonly (string | undefined)[]): number {
  const [year = 0, month = 0, date = 0] = day;
  const [h = 0, mi = 0, s = 0] = clock.slice(0, 3).map((part) => Number(part ?? 0));
  const start = new Date(0).setUTCFullYear(year, month - 1, date);
  const exists = new Date(start).getUTCMonth() === month - 1 && month > 0 && date > 0;
  if (!exists || h > 24 || mi > 59 || s > 60) return Number.NaN;
  const micro = Number((clock[3] ?? '').slice(0, 6).padEnd(6, '0'));
  return start + h * 3_600_000 + mi * 60_000 + s * 1000 + micro / 1000;
}

/** Milliseconds since 1970; NaN when the text is no date or date-time. Without a zone it is UTC. */
export function parseTime(text: string): number {
  const match = PATTERN.exec(text.length > 40 ? '' : text);
  if (!match) return Number.NaN;
  const at = instant([Number(match[1]), Number(match[2]), Number(match[3])], match.slice(4, 8));
  const zone = (Number(match[9] ?? 0) * 60 + Number(match[10] ?? 0)) * 60_000;
  return at - (match[8] === '-' ? -zone : zone);
}

/** `25/12/2014 00:30`, `25.12.2014`: milliseconds since 1970, UTC; NaN when it is none. */
export function parseEuropeanTime(text: string): number {
  const match = EUROPEAN.exec(text.length > 40 ? '' : text);
  if (!match) return Number.NaN;
  return instant([Number(match[3]), Number(match[2]), Number(match[1])], match.slice(4, 8));
}
