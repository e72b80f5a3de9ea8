// SOAP envelopes around the requests and answers of OGC web services, 1.1 and 1.2 (OGC 07-006r1 10.3): the same answer, wrapped.
import { SyntaxFault } from '../../model/errors.ts';
import { xmlAttribute, xmlText } from '../writers/text.ts';
import { elementsOf, type XmlElement } from './xml.ts';

export type Envelope = '1.1' | '1.2';
const ENVELOPES: { readonly [namespace: string]: Envelope } = {
  'http://schemas.xmlsoap.org/soap/envelope/': '1.1',
  'http://www.w3.org/2003/05/soap-envelope': '1.2',
};
const NAMESPACES: { readonly [E in Envelope]: string } = {
  '1.1': 'http://schemas.xmlsoap.org/soap/envelope/',
  '1.2': 'http://www.w3.org/2003/05/soap-envelope',
};
export const SOAP_TYPES: { readonly [E in Envelope]: string } = { '1.1': 'text/xml', '1.2': 'application/soap+xml' };

export interface Unwrapped {
  readonly envelope: Envelope | null;
  readonly request: XmlElement;
  /** The elements around the request, outermost first: their declarations are in force for it. */
  readonly around: readonly XmlElement[];
}

/** The first element of an envelope's body; anything else as it is. Throws SyntaxFault for an envelope without a request. */
export function unwrap(root: XmlElement): Unwrapped {
  const envelope = root.name === 'Envelope' ? ENVELOPES[root.namespace] : undefined;
  if (envelope === undefined) return { envelope: null, request: root, around: [] };
  const body = elementsOf(root).find((child) => child.name === 'Body' && child.namespace === root.namespace);
  const [request] = elementsOf(body);
  if (body === undefined || request === undefined) {
    throw new SyntaxFault('the body of the SOAP envelope is empty', 'le corps de l’enveloppe SOAP est vide');
  }
  return { envelope, request, around: [root, body] };
}

/** In which envelope the text seems to be, for wording the faults of text that is no XML; null: in none. */
export function likelyEnvelope(text: string): Envelope | null {
  const start = text.slice(0, 2000);
  if (!/<(?:[\w.-]+:)?Envelope\b/.test(start)) return null;
  return Object.entries(ENVELOPES).find(([namespace]) => start.includes(namespace))?.[1] ?? null;
}

/** What stands before and after an answer in an envelope, without XML declaration. */
export function envelopeParts(envelope: Envelope): { readonly before: string; readonly after: string } {
  return {
    before: `<soap:Envelope xmlns:soap="${NAMESPACES[envelope]}"><soap:Body>`,
    after: '</soap:Body></soap:Envelope>',
  };
}

/** The answer in an envelope, without XML declaration. */
export function wrap(content: string, envelope: Envelope): string {
  const { before, after } = envelopeParts(envelope);
  return before + content + after;
}

/** An exception report as the detail of a fault of the sender's. `language`: of the reason. */
export function wrapFault(report: string, reason: string, envelope: Envelope, language: string): string {
  const fault =
    envelope === '1.1'
      ? `<soap:Fault><faultcode>soap:Client</faultcode><faultstring xml:lang="${xmlAttribute(language)}">${xmlText(reason)}</faultstring><detail>${report}</detail></soap:Fault>`
      : `<soap:Fault><soap:Code><soap:Value>soap:Sender</soap:Value></soap:Code>` +
        `<soap:Reason><soap:Text xml:lang="${xmlAttribute(language)}">${xmlText(reason)}</soap:Text></soap:Reason><soap:Detail>${report}</soap:Detail></soap:Fault>`;
  return wrap(fault, envelope);
}
