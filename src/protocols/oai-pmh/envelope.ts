// The frame of every answer (OAI-PMH 2.0, 3.2): date, the request as it was understood, and the verb's element or the errors.
import { xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { Arguments } from './arguments.ts';
import { errorElements, hidesArguments, type OaiError } from './errors.ts';

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">`;

/** Of a verb: its element, in pieces that are made when they are sent; else what is wrong. */
export type Answer = { readonly element: Iterable<string> } | { readonly errors: readonly OaiError[] };

export interface Envelope {
  readonly baseUrl: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** null: the arguments could not be read. */
  readonly asked: Arguments | null;
}

/** `YYYY-MM-DDThh:mm:ssZ` */
export function wholeSecond(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** The document in pieces, to be sent one after the other. */
export function* enveloped({ baseUrl, now, asked }: Envelope, answer: Answer): Iterable<string> {
  const wrong = 'errors' in answer ? answer.errors : null;
  const shown = asked === null || (wrong !== null && hidesArguments(wrong)) ? null : asked;
  const attributes = shown === null ? [] : Object.entries({ verb: shown.verb, ...shown.values });
  const request = attributes.map(([name, value]) => ` ${name}="${xmlAttribute(value)}"`).join('');
  yield `${HEAD}<responseDate>${wholeSecond(now)}</responseDate><request${request}>${xmlText(baseUrl)}</request>`;
  if ('errors' in answer) yield errorElements(answer.errors);
  else yield* answer.element;
  yield '</OAI-PMH>\n';
}
