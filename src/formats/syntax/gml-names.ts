// What is GML, and where an element of a filter stands.
import { atElement, type Place } from './filter-faults.ts';
import type { XmlElement } from './xml.ts';

const GML: ReadonlySet<string> = new Set([
  'http://www.opengis.net/gml',
  'http://www.opengis.net/gml/3.2',
  'http://www.opengis.net/gml/3.3/exr',
]);

export const isGml = (element: XmlElement): boolean => GML.has(element.namespace);
export const elementPlace = (element: XmlElement): Place => atElement(element.qname, element.offset);
