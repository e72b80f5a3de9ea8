// How an answer leaves: media type, language, and the envelope that the request came in.

import type { Envelope } from '../../formats/syntax/soap.ts';
import { SOAP_TYPES, wrap } from '../../formats/syntax/soap.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import { XML_DECLARATION } from './vocabulary.ts';

/** The element as a whole document. */
export const asDocument = (element: string): string => `${XML_DECLARATION}${element}\n`;

/** A whole document, outside any envelope. */
export function sendBytes(ctx: AppContext, document: Buffer, mediaType: string): void {
  ctx.set('Content-Type', mediaType);
  ctx.set('Content-Language', ctx.state.language);
  ctx.body = document;
}

/** `document`: one element without XML declaration. The type stands alone: the declaration says the encoding, and suites compare it whole. */
export function sendXml(ctx: AppContext, document: string, mediaType: string, envelope: Envelope | null): void {
  ctx.set('Content-Type', envelope === null ? mediaType : SOAP_TYPES[envelope]);
  ctx.set('Content-Language', ctx.state.language);
  sendText(ctx, asDocument(envelope === null ? document : wrap(document, envelope)));
}
