// Decimal numbers straight from bytes, as exact as `Number(text)`: no string is made for the usual ones.

const POWERS = Array.from({ length: 23 }, (_, n) => 10 ** n);
const ZERO = 48;
const NINE = 57;
const decoder = new TextDecoder('latin1');
const WORDS = /^[+-]?(?:nan|inf(?:inity)?)$/i;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The slow way: long mantissas, large exponents, Fortran's D exponents, NaN, and what is no number (null). */
function parseText(bytes: Uint8Array, start: number, end: number): number | null {
  if (end - start > 400) return null;
  const text = decoder.decode(bytes.subarray(start, end)).replace(/[dD]/, 'e');
  if (NUMBER.test(text)) return Number(text);
  if (!WORDS.test(text)) return null;
  return /n$/i.test(text) ? Number.NaN : text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/**
 * The number that the bytes `start` to `end - 1` are, without blanks: `1.E+08`, `-9999.`, `.5`, `007`, `1.0D3`, `NaN`; null when they
 * are none. Correctly rounded: with at most 15 digits and a power of ten up to 22, one division or multiplication of exact doubles is.
 */
export function numberAt(bytes: Uint8Array, start: number, end: number): number | null {
  let at = start;
  const sign = bytes[at];
  if (sign === 45 || sign === 43) at++;
  let mantissa = 0;
  let digits = 0;
  let decimals = 0;
  const first = at;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < ZERO || byte > NINE) break;
    mantissa = mantissa * 10 + (byte - ZERO);
  }
  digits = at - first;
  if (at < end && bytes[at] === 46) {
    const point = ++at;
    for (; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte < ZERO || byte > NINE) break;
      mantissa = mantissa * 10 + (byte - ZERO);
    }
    decimals = at - point;
    digits += decimals;
  }
  if (digits === 0 || digits > 15) return parseText(bytes, start, end);
  if (at < end) return withExponent(bytes, start, end, at, sign === 45 ? -mantissa : mantissa, decimals);
  const value = decimals === 0 ? mantissa : mantissa / (POWERS[decimals] as number);
  return sign === 45 ? -value : value;
}

function withExponent(
  bytes: Uint8Array,
  start: number,
  end: number,
  from: number,
  mantissa: number,
  decimals: number,
): number | null {
  const letter = (bytes[from] as number) | 32;
  if (letter !== 101 && letter !== 100) return null;
  let at = from + 1;
  const sign = bytes[at];
  if (sign === 45 || sign === 43) at++;
  if (at >= end || end - at > 3) return parseText(bytes, start, end);
  let exponent = 0;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte < ZERO || byte > NINE) return null;
    exponent = exponent * 10 + (byte - ZERO);
  }
  const power = (sign === 45 ? -exponent : exponent) - decimals;
  if (power > 22 || power < -22) return parseText(bytes, start, end);
  return power < 0 ? mantissa / (POWERS[-power] as number) : mantissa * (POWERS[power] as number);
}
