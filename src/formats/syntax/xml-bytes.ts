// The bytes of an XML document as text: byte order mark, then the transport's charset, then the declaration, then UTF-8 (XML 1.0, appendix F;
// RFC 7303, 3). Bytes that are not of the encoding are a fault; nothing is guessed.
import { SyntaxFault } from '../../model/errors.ts';
import { excerpt } from './excerpt.ts';

const MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
/** Without a mark, `<?` in two bytes each. */
const WIDE: typeof MARKS = [
  ['utf-16le', [0x3c, 0x00, 0x3f, 0x00]],
  ['utf-16be', [0x00, 0x3c, 0x00, 0x3f]],
];
const DECLARATION = /^<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]{0,39})["']/;
/** Only what documents really come in: decoders of other names are a gift to whoever hides things. */
const KNOWN = /^(?:utf-?8|us-ascii|ascii|utf-?16(?:le|be)?|iso-8859-(?:1|15)|latin1|windows-1252)$/;

function encodingOf(bytes: Uint8Array, charset: string | null): string {
  const found = [...MARKS, ...WIDE].find(([, mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (found !== undefined) return found[0];
  if (charset !== null) return charset.toLowerCase();
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = DECLARATION.exec(start)?.[1]?.toLowerCase() ?? 'utf-8';
  // A declaration that could be read byte by byte is not in UTF-16, whatever it says.
  return declared.startsWith('utf-16') ? 'utf-8' : declared;
}

/**
 * `charset`: of the Content-Type header, or null.
 * @throws SyntaxFault for an encoding that is not known and for bytes that are not of it.
 */
export function xmlTextOf(bytes: Uint8Array, charset: string | null): string {
  const encoding = encodingOf(bytes, charset);
  if (!KNOWN.test(encoding)) {
    throw new SyntaxFault(
      `the encoding ${excerpt(encoding)} is not known: UTF-8, UTF-16, ISO 8859-1 and -15, Windows-1252 are`,
      `l’encodage ${excerpt(encoding)} est inconnu : UTF-8, UTF-16, ISO 8859-1 et -15, Windows-1252 sont connus`,
    );
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new SyntaxFault(`the bytes are not ${encoding}`, `les octets ne sont pas de l’${encoding}`);
  }
}
