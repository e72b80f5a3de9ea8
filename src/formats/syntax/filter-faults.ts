// Where in a filter something is wrong, as the caller wrote it: a character of a text, a pointer into JSON, an element of XML.
import { SyntaxFault } from '../../model/errors.ts';

export interface Place {
  readonly en: string;
  readonly fr: string;
}

/** The place of a character (counted from 0) of a text. */
export const atCharacter = (index: number): Place => ({ en: `character ${index + 1}`, fr: `caractère ${index + 1}` });
/** The place in a JSON value, as a JSON pointer. */
export const atPointer = (pointer: string): Place => ({ en: `at "${pointer}"`, fr: `à « ${pointer} »` });
/** The place of an XML element. */
export const atElement = (name: string, offset: number): Place => ({
  en: `element ${name}, character ${offset + 1}`,
  fr: `élément ${name}, caractère ${offset + 1}`,
});

export function filterFault(place: Place, en: string, fr: string): SyntaxFault {
  return new SyntaxFault(`filter, ${place.en}: ${en}`, `filtre, ${place.fr} : ${fr}`);
}

/** Does the work; what a parser of a part says is wrong with it is told with the part's place. */
export function placed<T>(place: Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    throw filterFault(place, error.detail.en ?? error.message, error.detail.fr ?? error.message);
  }
}
