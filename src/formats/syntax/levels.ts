// `z` of OGC API EDR (19-086r6, 8.2.5): one level, a list, a range from/to, or a count of steps R{count}/{first}/{step}.
import { SyntaxFault } from '../../model/errors.ts';
import { excerpt } from './excerpt.ts';
import { parseDecimal } from './number.ts';

export type Levels =
  | { readonly kind: 'values'; readonly values: readonly number[] }
  | { readonly kind: 'range'; readonly min: number; readonly max: number };

const MOST = 1000;

function fault(text: string): SyntaxFault {
  return new SyntaxFault(
    `${excerpt(text)} is no level: 850, 10,80,200, 100/550 or R20/100/50 is wanted`,
    `${excerpt(text)} n'est pas un niveau : 850, 10,80,200, 100/550 ou R20/100/50 est attendu`,
  );
}

/** @throws SyntaxFault for another form, a range whose ends are in the wrong order, or more than a thousand levels. */
export function parseLevels(text: string): Levels {
  if (text.length > 2000) throw fault(text);
  const steps = /^R(\d{1,4})\/([^/]+)\/([^/]+)$/.exec(text.trim());
  if (steps !== null) {
    const [count, first, step] = [Number(steps[1]), parseDecimal(steps[2] ?? ''), parseDecimal(steps[3] ?? '')];
    if (count < 1 || count > MOST) throw fault(text);
    return { kind: 'values', values: Array.from({ length: count }, (_, n) => first + n * step) };
  }
  const ends = text.split('/');
  if (ends.length === 2) {
    const [min, max] = ends.map((end) => parseDecimal(end.trim())) as [number, number];
    if (min > max) throw fault(text);
    return { kind: 'range', min, max };
  }
  const values = text.split(',');
  if (ends.length > 2 || values.length > MOST) throw fault(text);
  return { kind: 'values', values: values.map((value) => parseDecimal(value.trim())) };
}

/** Does a height belong to the levels? Values are equal to a millimetre. */
export function isAtLevel(levels: Levels, height: number): boolean {
  if (levels.kind === 'range') return height >= levels.min && height <= levels.max;
  return levels.values.some((value) => Math.abs(value - height) < 1e-3);
}
