// An ISO 19139 record as the rules look at it: elements by name wherever they stand, codes, texts, links. Element names are compared
// without their namespace: the rules are asked of documents that the schema has judged already.
import { attributeOf, elementsOf, parseXml, textOf, type XmlElement } from '../syntax/xml.ts';

export const GMD = 'http://www.isotc211.org/2005/gmd';
const GCO = 'http://www.isotc211.org/2005/gco';
const XLINK = 'http://www.w3.org/1999/xlink';

export interface IsoDocument {
  readonly root: XmlElement;
  /** `dataset`, `series`, `service` or what else stands there; the empty text for none. */
  readonly level: string;
  /** MD_DataIdentification or SV_ServiceIdentification; the root where there is none. */
  readonly identification: XmlElement;
  /** All elements of that name below an element (the root), itself included. */
  readonly all: (name: string, within?: XmlElement) => readonly XmlElement[];
  /** Children of that name. */
  readonly children: (of: XmlElement | undefined, name: string) => readonly XmlElement[];
}

/** Throws SyntaxFault where the text is no XML. */
export function readIsoDocument(root: XmlElement): IsoDocument {
  const index = byName(root);
  const all = (name: string, within = root): readonly XmlElement[] => {
    return within === root ? (index.get(name) ?? []) : collect(within, name, []);
  };
  const children = (of: XmlElement | undefined, name: string) => elementsOf(of).filter((child) => child.name === name);
  const identification = all('MD_DataIdentification')[0] ?? all('SV_ServiceIdentification')[0] ?? root;
  return { root, level: codeOf(children(root, 'hierarchyLevel')[0]), identification, all, children };
}

/** Every metadata record of a text, be it one record, an answer of CSW or OAI-PMH, or another wrapper. */
export function isoRecordsOf(xml: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const look = (element: XmlElement): void => {
    if (element.name === 'MD_Metadata' || element.name === 'MI_Metadata') found.push(element);
    else elementsOf(element).forEach(look);
  };
  look(parseXml(xml));
  return found;
}

function collect(element: XmlElement, name: string, found: XmlElement[]): readonly XmlElement[] {
  if (element.name === name) found.push(element);
  for (const child of element.children) if (typeof child !== 'string') collect(child, name, found);
  return found;
}

function byName(element: XmlElement): ReadonlyMap<string, readonly XmlElement[]> {
  const names = new Map<string, XmlElement[]>();
  const visit = (each: XmlElement): void => {
    const same = names.get(each.name);
    if (same === undefined) names.set(each.name, [each]);
    else same.push(each);
    for (const child of each.children) if (typeof child !== 'string') visit(child);
  };
  visit(element);
  return names;
}

/** codeListValue of the code in a property, else its text (2.: readers take either); the empty text for none. */
export function codeOf(property: XmlElement | undefined): string {
  const [code] = elementsOf(property);
  return attributeOf(code, 'codeListValue') ?? (code === undefined ? '' : textOf(code).trim());
}

/** Text of a property in the main language: its CharacterString, Anchor, URL, Date …; translations do not count. */
export function textIn(property: XmlElement | undefined): string {
  return elementsOf(property)
    .filter((child) => child.name !== 'PT_FreeText')
    .map(textOf)
    .join('')
    .trim();
}

/** As textIn, of gco:CharacterString alone: a rule that asks for it does not see an Anchor. */
export function characterStringIn(property: XmlElement | undefined): string {
  return elementsOf(property)
    .filter((child) => child.name === 'CharacterString')
    .map(textOf)
    .join('')
    .trim();
}

/** Address of an Anchor in a property. */
export function hrefIn(property: XmlElement | undefined): string | undefined {
  return attributeOf(
    elementsOf(property).find((child) => child.name === 'Anchor'),
    'href',
    XLINK,
  );
}

export function xlinkOf(element: XmlElement | undefined): string | undefined {
  return attributeOf(element, 'href', XLINK);
}

export function nilReasonOf(element: XmlElement | undefined): string | undefined {
  return attributeOf(element, 'nilReason', GCO);
}
