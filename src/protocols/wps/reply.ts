// How an answer leaves: media type, language, and the envelope that the request came in. Nothing that a job says is kept by anybody on the way.
import { type Envelope, envelopeParts, SOAP_TYPES, wrapFault } from '../../formats/syntax/soap.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import { streamBody } from '../../http/streaming.ts';
import type { Language } from '../../model/text.ts';
import { LANGUAGE_TAGS, XML_DECLARATION, XML_TYPE } from './vocabulary.ts';

export const typeOf = (envelope: Envelope | null): string =>
  envelope === null ? XML_TYPE : `${SOAP_TYPES[envelope]}; charset=utf-8`;

function wrapping(envelope: Envelope | null): { readonly before: string; readonly after: string } {
  const { before, after } = envelope === null ? { before: '', after: '' } : envelopeParts(envelope);
  return { before: XML_DECLARATION + before, after: `${after}\n` };
}

/** `element`: without XML declaration. */
export function sendXml(ctx: AppContext, element: string, envelope: Envelope | null, language: Language): void {
  const { before, after } = wrapping(envelope);
  ctx.set('Content-Type', typeOf(envelope));
  ctx.set('Content-Language', LANGUAGE_TAGS[language]);
  sendText(ctx, before + element + after);
}

export function neverKept(ctx: AppContext): void {
  ctx.set('Cache-Control', 'private, no-store');
}

/** The pieces of one element, as they come. */
export async function streamXml(
  ctx: AppContext,
  pieces: AsyncIterable<string>,
  envelope: Envelope | null,
  language: Language,
): Promise<void> {
  const { before, after } = wrapping(envelope);
  async function* whole(): AsyncGenerator<string> {
    yield before;
    yield* pieces;
    yield after;
  }
  ctx.set('Content-Language', LANGUAGE_TAGS[language]);
  await streamBody(ctx, typeOf(envelope), whole());
}

/** An exception report; in the envelope of the request it is the detail of a fault. */
export function sendReport(
  ctx: AppContext,
  report: string,
  {
    envelope,
    reason,
    language,
  }: { readonly envelope: Envelope | null; readonly reason: string; readonly language: Language },
): void {
  const element = envelope === null ? report : wrapFault(report, reason, envelope, LANGUAGE_TAGS[language]);
  ctx.set('Content-Type', typeOf(envelope));
  ctx.set('Content-Language', LANGUAGE_TAGS[language]);
  sendText(ctx, `${XML_DECLARATION}${element}\n`);
}
