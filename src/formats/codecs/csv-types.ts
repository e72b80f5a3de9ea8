// What the columns of a CSV file hold, when nothing describes them: found by looking at every cell once.
import type { Column } from '../../model/table.ts';
import { parseEuropeanTime, parseTime } from './iso-time.ts';

const NUMBER = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;
const NUMBER_WITH_COMMA = /^\s*[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?\s*$/;
const MISSING = /^\s*(?:|nan|na|n\/a|null|none|-)\s*$/i;

export interface Dialect {
  readonly delimiter: string;
  /** Decimal sign: a comma only where the delimiter is another. */
  readonly decimal: '.' | ',';
}

export const isMissing = (text: string): boolean => MISSING.test(text);

/** Digits with at most one point among them and a sign before them: most cells of most files, told without a pattern. */
function isPlainNumber(text: string): boolean {
  const { length } = text;
  if (length > 20) return false;
  let [digits, points] = [0, 0];
  for (let at = text.charCodeAt(0) === 45 ? 1 : 0; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
    else if (code === 46) points++;
    else return false;
  }
  return digits > 0 && points <= 1;
}

/** The number; NaN when it is none. */
export function parseNumber(text: string, decimal: Dialect['decimal']): number {
  if (isPlainNumber(text)) return Number(text);
  if (decimal === ',' && NUMBER_WITH_COMMA.test(text)) return Number(text.replace(',', '.'));
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** What has been found of one column. */
export interface CellKinds {
  numbers: number;
  whole: boolean;
  times: number;
  european: number;
  texts: number;
}

export const noKinds = (): CellKinds => ({ numbers: 0, whole: true, times: 0, european: 0, texts: 0 });

export function lookAt(kinds: CellKinds, text: string, quoted: boolean, decimal: Dialect['decimal']): void {
  if (!isPlainNumber(text) && isMissing(text)) {
    // An empty text in quotes is a text that is there.
    if (quoted) kinds.texts++;
    return;
  }
  const number = parseNumber(text, decimal);
  if (!Number.isNaN(number)) {
    kinds.numbers++;
    if (kinds.whole && (!Number.isInteger(number) || /[.,eE]/.test(text) || Math.abs(number) > 2 ** 31))
      kinds.whole = false;
  } else if (!Number.isNaN(parseTime(text))) kinds.times++;
  else if (!Number.isNaN(parseEuropeanTime(text))) kinds.european++;
  else kinds.texts++;
}

/** The type that all cells of the column have. A column without any value is one of numbers. */
export function typeOfKinds({ numbers, whole, times, european, texts }: CellKinds): Column['type'] {
  if (texts > 0 || [numbers, times, european].filter((count) => count > 0).length > 1) return 'text';
  if (times > 0 || european > 0) return 'time';
  return numbers > 0 && whole ? 'integer' : 'number';
}
