// SOAP envelopes around requests and answers, 1.1 and 1.2 (OGC 07-006r1 10.3; the ISO application profile names it): the same answer, wrapped.
import { elementsOf, type XmlElement } from '../../formats/syntax/xml.ts';
import { xmlText } from '../../formats/writers/text.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Language } from '../../model/text.ts';

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

/** The answer in an envelope, without XML declaration. */
export function wrap(content: string, envelope: Envelope): string {
  return `<soap:Envelope xmlns:soap="${NAMESPACES[envelope]}"><soap:Body>${content}</soap:Body></soap:Envelope>`;
}

/** An exception report as the detail of a fault of the sender's. */
export function wrapFault(report: string, reason: string, envelope: Envelope, language: Language): string {
  const fault =
    envelope === '1.1'
      ? `<soap:Fault><faultcode>soap:Client</faultcode><faultstring xml:lang="${language}">${xmlText(reason)}</faultstring><detail>${report}</detail></soap:Fault>`
      : `<soap:Fault><soap:Code><soap:Value>soap:Sender</soap:Value></soap:Code>` +
        `<soap:Reason><soap:Text xml:lang="${language}">${xmlText(reason)}</soap:Text></soap:Reason><soap:Detail>${report}</soap:Detail></soap:Fault>`;
  return wrap(fault, envelope);
}
