// XML requests as a call: the elements of both versions by namespace, alone or in a SOAP envelope. Document types and entities are refused,
// size and depth are bounded.
import { unwrap } from '../../formats/syntax/soap.ts';
import { attributeOf, elementsOf, parseXml, textOf, type XmlElement } from '../../formats/syntax/xml.ts';
import type { Call } from './call.ts';
import { invalid, WpsError } from './errors.ts';
import { readExecute1 } from './execute-xml-1.ts';
import { readExecute2 } from './execute-xml-2.ts';
import { childNamed } from './input-elements.ts';
import { callOf } from './negotiation.ts';
import { DIALECTS, type Path, VERSIONS, type Version } from './vocabulary.ts';

/** A request has a few; content of a value that is XML itself may have many. More would only fill the memory. */
const MOST_ELEMENTS = 20_000;
const XML = 'http://www.w3.org/XML/1998/namespace';

/** Texts of a list element's children, with commas; null: it is not there. */
function listIn(request: XmlElement, name: string): string | null {
  const list = childNamed(request, name);
  return list === undefined
    ? null
    : elementsOf(list)
        .map((child) => textOf(child).trim())
        .join(',');
}

const textIn = (request: XmlElement, name: string): string | null => {
  const found = childNamed(request, name);
  return found === undefined ? null : textOf(found).trim();
};

/** The version whose namespace the request is of; undefined: it is none of ours. */
export function versionOfNamespace(namespace: string): Version | undefined {
  return VERSIONS.find((version) => DIALECTS[version].wps === namespace);
}

/** The version whose namespace the text speaks of, for wording errors of text that is no XML. */
export function versionOfText(text: string): Version | undefined {
  return VERSIONS.find(
    (version) => text.includes(`"${DIALECTS[version].wps}"`) || text.includes(`'${DIALECTS[version].wps}'`),
  );
}

/** `size`: characters of the longest request. Throws SyntaxFault for text that is no XML, WpsError with all that is wrong with the request. */
export function callOfXml(text: string, path: Path, size: number): Call {
  const { envelope, request } = unwrap(parseXml(text, { size, depth: 100, elements: MOST_ELEMENTS }));
  const ofNamespace = versionOfNamespace(request.namespace);
  if (ofNamespace === undefined) {
    const known = VERSIONS.map((version) => DIALECTS[version].wps).join(', ');
    throw new WpsError([invalid('request', `a request of ${known} is wanted`, `une requête de ${known} est attendue`)]);
  }
  const isCapabilities = request.name === 'GetCapabilities';
  const stated = attributeOf(request, 'version')?.trim() || null;
  const call = callOf(
    {
      path,
      envelope,
      service: attributeOf(request, 'service')?.trim() || null,
      request: request.name,
      version: stated ?? (isCapabilities ? ofNamespace : null),
      acceptVersions: listIn(request, 'AcceptVersions'),
      languages:
        attributeOf(request, 'language') ??
        attributeOf(request, 'lang', XML) ??
        attributeOf(request, 'lang') ??
        listIn(request, 'AcceptLanguages'),
      updateSequence: attributeOf(request, 'updateSequence')?.trim() || null,
      sections: listIn(request, 'Sections'),
      identifiers: elementsOf(request)
        .filter(({ name }) => name === 'Identifier')
        .map(textOf),
      job: textIn(request, 'JobID'),
    },
    (version, faults) => (version === '1.0.0' ? readExecute1(request, faults) : readExecute2(request, faults)),
  );
  if (!isCapabilities && call.version !== ofNamespace) {
    const { wps } = DIALECTS[ofNamespace];
    throw new WpsError([invalid('version', `${wps} is ${ofNamespace}`, `${wps} est ${ofNamespace}`)]);
  }
  return call;
}
