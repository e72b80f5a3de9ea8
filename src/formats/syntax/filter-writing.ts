// What the writers of filters share.
import { SyntaxFault } from '../../model/errors.ts';

/** A meaning that a syntax has no word for. */
export function cannotSay(syntax: string, what: string): SyntaxFault {
  return new SyntaxFault(`${syntax} cannot say "${what}"`, `${syntax} ne peut pas dire « ${what} »`);
}

/** The shortest digits that read back as the same number. */
export const printNumber = (value: number): string => String(value);
