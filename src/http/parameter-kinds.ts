// Parsers of the plain kinds of parameter values; those of standards (bbox, dates, WKT) are in formats/syntax.
import { SyntaxFault } from '../model/errors.ts';

/** An integer in decimal digits, ends included. */
export function integer(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d{1,16}$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (!(value >= minimum && value <= maximum)) {
      const bounds = maximum === Number.MAX_SAFE_INTEGER ? `≥ ${minimum}` : `${minimum}–${maximum}`;
      throw new SyntaxFault(`must be an integer ${bounds}`, `doit être un entier ${bounds}`);
    }
    return value === 0 ? 0 : value;
  };
}

/** A text of at most so many characters. */
export function text(maximum = 1000): (value: string) => string {
  return (value) => {
    if (value.length > maximum) {
      throw new SyntaxFault(`must have at most ${maximum} characters`, `doit avoir au plus ${maximum} caractères`);
    }
    return value;
  };
}

/** One text of a closed list. */
export function oneOf<const Value extends string>(values: readonly Value[]): (text: string) => Value {
  return (text) => {
    const found = values.find((value) => value === text);
    if (found === undefined) {
      const list = values.join(', ');
      throw new SyntaxFault(`must be one of: ${list}`, `doit être l’une des valeurs : ${list}`);
    }
    return found;
  };
}

/** A list separated by commas; empty items are skipped, at most `maximum` items. */
export function commaList<T>(parse: (item: string) => T, maximum = 100): (text: string) => readonly T[] {
  return (text) => {
    const items = text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
    if (items.length > maximum) {
      throw new SyntaxFault(`must have at most ${maximum} items`, `doit avoir au plus ${maximum} éléments`);
    }
    return items.map(parse);
  };
}
