// XML requests as a call: the elements of both versions by namespace, alone or in a SOAP envelope. Document types and entities are refused,
// size and depth are bounded; the encoding is that of the declaration.

import { unwrap } from '../../formats/syntax/soap.ts';
import { attributeOf, elementsOf, parseXml, textOf, type XmlElement } from '../../formats/syntax/xml.ts';
import type { Namespaces } from '../../model/queryable.ts';
import { type Call, type Constraint, owsError, PATHS, type Path, type SortPart } from './call.ts';
import { invalid } from './errors.ts';
import { negotiateCall } from './negotiation.ts';
import { CSW_202, CSW_300, type Version } from './vocabulary.ts';

/** A filter with all the positions that it may have fits in. */
const LIMITS = { size: 1_000_000, depth: 100 };
const VERSION_OF: { readonly [namespace: string]: Version } = { [CSW_202]: '2.0.2', [CSW_300]: '3.0.0' };

/** Elements whose texts are one list, by the parameter that means the same. */
const LISTS: { readonly [element: string]: string } = {
  Id: 'id',
  ElementName: 'elementname',
  TypeName: 'typename',
  PropertyName: 'propertyname',
  ValueReference: 'valuereference',
  ParameterName: 'parametername',
};

/** Declarations in force inside the last of the elements. */
function namespacesIn(elements: readonly XmlElement[]): Namespaces {
  return new Map(elements.flatMap((element) => [...element.declarations]));
}

function add(parameters: Map<string, string>, name: string, value: string): void {
  const before = parameters.get(name);
  parameters.set(name, before === undefined ? value : `${before},${value}`);
}

function sortParts(element: XmlElement): readonly SortPart[] {
  return elementsOf(element)
    .filter((child) => child.name === 'SortProperty')
    .map((property) => {
      const parts = elementsOf(property);
      const name = parts.find((part) => part.name === 'PropertyName' || part.name === 'ValueReference');
      const order = parts.find((part) => part.name === 'SortOrder');
      return {
        name: name === undefined ? '' : textOf(name).trim(),
        descending: order !== undefined && /^desc/i.test(textOf(order).trim()),
      };
    });
}

function constraintIn(element: XmlElement): Constraint | null {
  const [inner] = elementsOf(element);
  if (inner === undefined) return null;
  return inner.name === 'CqlText' ? { kind: 'cql', text: textOf(inner) } : { kind: 'element', element: inner };
}

interface Read {
  readonly parameters: Map<string, string>;
  readonly constraint: Constraint | null;
  readonly sort: readonly SortPart[] | null;
  readonly namespaces: Namespaces;
}

/** The children of a request and of its Query. */
function readRequest(request: XmlElement, around: readonly XmlElement[]): Read {
  const parameters = new Map<string, string>();
  const query = elementsOf(request).find((child) => child.name === 'Query');
  let constraint: Constraint | null = null;
  let sort: readonly SortPart[] | null = null;
  for (const { name, namespace, value } of [...request.attributes, ...(query?.attributes ?? [])]) {
    // Lists of names are separated by blanks in XML, by commas in pairs.
    if (namespace === '')
      add(parameters, name.toLowerCase(), name === 'typeNames' ? value.trim().replace(/\s+/g, ',') : value);
  }
  for (const child of [...elementsOf(request), ...elementsOf(query)]) {
    const list = LISTS[child.name];
    if (list !== undefined) add(parameters, list, textOf(child).trim());
    else if (child.name === 'ElementSetName') add(parameters, 'elementsetname', textOf(child).trim());
    else if (child.name === 'Constraint') constraint = constraintIn(child);
    else if (child.name === 'SortBy') sort = sortParts(child);
    else if (child.name === 'Filter') constraint = { kind: 'element', element: child };
    else if (['AcceptVersions', 'Sections', 'AcceptFormats', 'AcceptLanguages'].includes(child.name)) {
      parameters.set(
        child.name.toLowerCase(),
        elementsOf(child)
          .map((each) => textOf(each).trim())
          .join(','),
      );
    }
  }
  const inside = query === undefined ? [] : [query];
  return { parameters, constraint, sort, namespaces: namespacesIn([...around, request, ...inside]) };
}

/**
 * @throws SyntaxFault for text that is no XML, or that is beyond what is taken.
 * @throws OwsError that tells all that is wrong with the request.
 */
export function callOfXml(text: string, path: Path): Call {
  const { envelope, request, around } = unwrap(parseXml(text, LIMITS));
  const { parameters, ...read } = readRequest(request, around);
  const ofNamespace = Object.hasOwn(VERSION_OF, request.namespace) ? VERSION_OF[request.namespace] : undefined;
  if (ofNamespace === undefined) {
    const known = `${CSW_202}, ${CSW_300}`;
    throw owsError([invalid('request', `a request of ${known} is wanted`, `une requête de ${known} est attendue`)]);
  }
  const { version, operation, exceptions } = negotiateCall(
    {
      // Optional with a default in both schemas of GetCapabilities, and in all of 3.0.
      service: attributeOf(request, 'service')?.replace('http://www.opengis.net/cat/csw', 'CSW') ?? 'CSW',
      request: request.name,
      version: attributeOf(request, 'version') ?? ofNamespace,
      acceptVersions: parameters.get('acceptversions') || null,
    },
    PATHS[path],
  );
  if (exceptions.length > 0) throw owsError(exceptions);
  const start = envelope === null ? text.replace(/^\ufeff?\s*(?:<\?xml[^>]*\?>)?/, '') : null;
  return {
    path,
    version,
    operation,
    parameters,
    ...read,
    envelope,
    sent: start,
  };
}
