// A box in characters (OGC 06-121r3, 10.2.3): lower corner, upper corner, then the reference system and the number of dimensions, both optional:
// `46,102,47,103,urn:ogc:def:crs:EPSG::4326,2`. Axes are in the order of the system.
import { excerpt } from '../../formats/syntax/excerpt.ts';
import type { InputValue } from '../../model/process.ts';
import { type Exception, invalid } from './errors.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const LONGEST = 400;

export function boxOfPairs(id: string, text: string, faults: Exception[]): InputValue {
  const parts = text
    .slice(0, LONGEST)
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  const first = parts.findIndex((part) => !NUMBER.test(part));
  const numbers = parts.slice(0, first < 0 ? parts.length : first).map(Number);
  const [crs = null, dimensions = null] = first < 0 ? [] : parts.slice(first);
  const half = numbers.length / 2;
  const isBox = numbers.length >= 4 && Number.isInteger(half) && (dimensions === null || Number(dimensions) === half);
  if (!isBox || text.length > LONGEST || parts.length > numbers.length + 2) {
    const shown = excerpt(text);
    faults.push(
      invalid(
        id,
        `${shown} is no box: lower corner, upper corner, reference system`,
        `${shown} n’est pas un rectangle : coin inférieur, coin supérieur, système de référence`,
      ),
    );
  }
  return { kind: 'box', lower: numbers.slice(0, half), upper: numbers.slice(half), crs };
}
