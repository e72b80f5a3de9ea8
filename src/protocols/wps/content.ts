// Results as the content of an element: text escaped, XML as XML where it is well formed, bytes in base64; in pieces, so that a result of any
// size takes no memory.

import { parseXml } from '../../formats/syntax/xml.ts';
import { xmlContent } from '../../formats/writers/text.ts';
import type { ByteSource } from '../../model/byte-source.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { GivenFormat, MediaFormat } from '../../model/process.ts';

/** Longest XML that is read to see whether it may stand inside another document; a longer one stands there as characters. */
const LONGEST_XML = 4_000_000;
const PROLOG = /^\ufeff?\s*(?:<\?xml[^>]*\?>)?\s*/;

const isXml = (mediaType: string): boolean =>
  /(?:\/|\+)xml$/.test((mediaType.split(';')[0] ?? '').trim().toLowerCase());

/** base64, where the request asks for it or the format cannot stand in a document without; null: characters. */
export function encodingOf(format: MediaFormat, asked: GivenFormat | undefined): 'base64' | null {
  return asked?.encoding === 'base64' || format.encoding === 'base64' ? 'base64' : null;
}

/** The bytes in base64, in pieces that follow each other. */
export async function* base64Pieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = Buffer.alloc(0);
  for await (const piece of bytes) {
    const whole = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    // Three bytes are four characters; what is over waits for the next piece.
    const end = whole.length - (whole.length % 3);
    if (end > 0) yield whole.toString('base64', 0, end);
    rest = whole.subarray(end);
  }
  if (rest.length > 0) yield rest.toString('base64');
}

async function* textPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  for await (const piece of bytes) yield xmlContent(decoder.decode(piece, { stream: true }));
  yield xmlContent(decoder.decode());
}

async function wholeText(source: ByteSource): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source.stream()) pieces.push(piece);
  return new TextDecoder().decode(Buffer.concat(pieces));
}

/** Comments before the root are left out with the declaration: clients take the first node for the root. */
function rootOf(text: string): string | null {
  try {
    return text.slice(parseXml(text, { size: LONGEST_XML, depth: 200 }).offset).trimEnd();
  } catch (error) {
    // A process may hand on what a caller called XML.
    if (error instanceof SyntaxFault) return null;
    throw error;
  }
}

/** What stands between the tags. */
export async function* contentPieces(
  source: ByteSource,
  format: MediaFormat,
  encoding: 'base64' | null,
): AsyncGenerator<string> {
  if (encoding === 'base64') yield* base64Pieces(source.stream());
  else if (isXml(format.mediaType) && source.size <= LONGEST_XML) {
    const text = (await wholeText(source)).replace(/\r\n?/g, '\n');
    yield rootOf(text.replace(PROLOG, '')) ?? xmlContent(text);
  } else yield* textPieces(source.stream());
}
