// What is wrong with a data file, and where in it.
import { SyntaxFault } from './errors.ts';

/** Line of a text file from 1, byte of a binary one from 0, or a named part; null: the file as a whole. */
export type Place = { readonly line: number } | { readonly byte: number } | { readonly part: string } | null;

function placeText(place: Place, language: 'en' | 'fr'): string {
  if (place === null) return '';
  if ('line' in place) return language === 'en' ? `line ${place.line}: ` : `ligne ${place.line} : `;
  if ('byte' in place) return language === 'en' ? `byte ${place.byte}: ` : `octet ${place.byte} : `;
  return language === 'en' ? `${place.part}: ` : `${place.part} : `;
}

/** Thrown by codecs. The message begins with the place: `line 12: …`. */
export class FormatFault extends SyntaxFault {
  readonly place: Place;
  constructor(place: Place, en: string, fr: string) {
    super(placeText(place, 'en') + en, placeText(place, 'fr') + fr);
    this.name = 'FormatFault';
    this.place = place;
  }
}
