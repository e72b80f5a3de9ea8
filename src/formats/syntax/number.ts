// Numbers as text: integers and decimals with bounds (values of OpenSearch parameters, ISO 19103 decimals).
import { SyntaxFault } from '../../model/errors.ts';
import { excerpt } from './excerpt.ts';

/** Bounds of a value; all of them optional. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** The value must be greater, not equal. */
  readonly above?: number;
  /** The value must be less, not equal. */
  readonly below?: number;
}

/** A number with an optional exponent: programs print 0.0000001 as 1e-7. */
export const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;
const INTEGER = /^[+-]?\d+$/;
const LONGEST = 40;

function boundsText(bounds: Bounds, language: 'en' | 'fr'): string {
  const parts = [
    bounds.min === undefined ? '' : `≥ ${bounds.min}`,
    bounds.above === undefined ? '' : `> ${bounds.above}`,
    bounds.max === undefined ? '' : `≤ ${bounds.max}`,
    bounds.below === undefined ? '' : `< ${bounds.below}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` ${parts.join(language === 'en' ? ' and ' : ' et ')}`;
}

function within(value: number, bounds: Bounds): boolean {
  return (
    (bounds.min === undefined || value >= bounds.min) &&
    (bounds.max === undefined || value <= bounds.max) &&
    (bounds.above === undefined || value > bounds.above) &&
    (bounds.below === undefined || value < bounds.below)
  );
}

/**
 * A whole number in base ten. Blanks around it are dropped.
 * @throws SyntaxFault when it is not one, is outside the bounds, or is too large to be exact.
 */
export function parseInteger(text: string, bounds: Bounds = {}): number {
  const trimmed = text.length > 2 * LONGEST ? text : text.trim();
  const value = trimmed.length <= LONGEST && INTEGER.test(trimmed) ? Number(trimmed) + 0 : Number.NaN;
  if (!Number.isSafeInteger(value) || !within(value, bounds)) {
    throw new SyntaxFault(
      `${excerpt(text)} is not a whole number${boundsText(bounds, 'en')}`,
      `${excerpt(text)} n'est pas un nombre entier${boundsText(bounds, 'fr')}`,
    );
  }
  return value;
}

/**
 * A finite decimal number with a point; an exponent is accepted. Blanks around it are dropped.
 * @throws SyntaxFault when it is not one or is outside the bounds.
 */
export function parseDecimal(text: string, bounds: Bounds = {}): number {
  const trimmed = text.length > 2 * LONGEST ? text : text.trim();
  const value = trimmed.length <= LONGEST && DECIMAL.test(trimmed) ? Number(trimmed) + 0 : Number.NaN;
  if (!Number.isFinite(value) || !within(value, bounds)) {
    throw new SyntaxFault(
      `${excerpt(text)} is not a number${boundsText(bounds, 'en')} (decimal point)`,
      `${excerpt(text)} n'est pas un nombre${boundsText(bounds, 'fr')} (point décimal)`,
    );
  }
  return value;
}
