// In which form an answer is wanted: outputSchema, outputFormat (before Accept, OGC 12-176r7 7.3.4.4) and ElementSetName, as GetRecords and
// GetRecordById have them.
import { excerpt } from '../../formats/syntax/excerpt.ts';
import { SyntaxFault } from '../../model/errors.ts';
import { type Call, dialectOf, type ParameterReader } from './call.ts';
import type { OutputSchema, OutputSchemas } from './output-schemas.ts';
import { ATOM_TYPE, ELEMENT_SETS, type ElementSet, XML_TYPES } from './vocabulary.ts';

export interface OutputForm {
  readonly schema: OutputSchema;
  readonly set: ElementSet;
  readonly mediaType: string;
}

export const OUTPUT_FORMATS = [...XML_TYPES, ATOM_TYPE] as const;

/** A list separated by commas; empty items are skipped. */
export const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

export function oneOfNames<const T extends string>(names: readonly T[]): (text: string) => T {
  return (text) => {
    const found = names.find((name) => name === text.trim());
    if (found !== undefined) return found;
    const have = names.join(', ');
    throw new SyntaxFault(`${excerpt(text)} is not one of ${have}`, `${excerpt(text)} n’est pas parmi ${have}`);
  };
}

/** A whole number from `least` on. */
export function countOf(least: number): (text: string) => number {
  return (text) => {
    const value = /^\+?\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least) return value;
    throw new SyntaxFault(
      `a whole number from ${least} on is wanted`,
      `un nombre entier à partir de ${least} est attendu`,
    );
  };
}

/** A media type without what its parameters add (`; subtype=…`), a blank for the `+` that was not encoded. */
const plainType = (text: string): string => (text.split(';')[0] ?? '').trim().replace(/ xml$/, '+xml');

/** What is wrong stays with the reader; the form is then a guess. */
export function readOutput(reader: ParameterReader, call: Call, schemas: OutputSchemas): OutputForm {
  const atom = schemas.of('http://www.w3.org/2005/Atom');
  const formats = atom === undefined || call.version === '2.0.2' ? XML_TYPES : OUTPUT_FORMATS;
  const mediaType = reader.optional('outputFormat', (text) => oneOfNames(formats)(plainType(text))) ?? XML_TYPES[0];
  const own = schemas.of(dialectOf(call).csw) as OutputSchema;
  const named = reader.optional('outputSchema', (text) => {
    const found = schemas.of(text.trim());
    if (found !== undefined) return found;
    const have = schemas.all.map(({ uri }) => uri).join(', ');
    throw new SyntaxFault(
      `${excerpt(text)} is not offered; there are: ${have}`,
      `${excerpt(text)} n’est pas offert ; il y a : ${have}`,
    );
  });
  const set = reader.optional('ElementSetName', oneOfNames(ELEMENT_SETS)) ?? 'summary';
  return { schema: mediaType === ATOM_TYPE && atom !== undefined ? atom : (named ?? own), set, mediaType };
}
