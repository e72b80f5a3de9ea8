// The format of a value as both versions write it: mimeType, encoding, schema.
import { excerpt } from '../../formats/syntax/excerpt.ts';
import type { GivenFormat } from '../../model/process.ts';
import { type Exception, invalid } from './errors.ts';

/** Names of no encoding at all: characters as they are. */
const PLAIN = new Set(['', 'utf-8', 'utf8', 'raw']);

/**
 * null: the request says nothing. `id`: of the input or output, for the fault of an encoding that is not known. `attribute` gives the text of
 * `mimeType`, `encoding`, `schema`, or undefined.
 */
export function formatOf(
  id: string,
  attribute: (name: string) => string | undefined,
  faults: Exception[],
): GivenFormat | null {
  const mediaType = attribute('mimeType')?.trim() ?? '';
  const schema = attribute('schema')?.trim() ?? '';
  const asked = attribute('encoding')?.trim().toLowerCase() ?? '';
  const isBase64 = asked === 'base64';
  if (!isBase64 && !PLAIN.has(asked)) {
    const shown = excerpt(asked);
    faults.push(invalid(id, `the encoding ${shown}: there is base64`, `l’encodage ${shown} : il y a base64`));
  }
  const format = {
    ...(mediaType === '' ? {} : { mediaType }),
    ...(isBase64 ? { encoding: 'base64' } : {}),
    ...(schema === '' ? {} : { schema }),
  };
  return Object.keys(format).length === 0 ? null : format;
}
