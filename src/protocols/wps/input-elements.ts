// Values of inputs in XML requests: literals, boxes, content of any kind, references. What both versions have in common
// (OGC 05-007r7, 10.2; OGC 14-065r2, Execute).
import { attributeOf, elementsOf, textOf, type XmlElement } from '../../formats/syntax/xml.ts';
import { printXml } from '../../formats/syntax/xml-print.ts';
import type { InputValue } from '../../model/process.ts';
import { type Exception, invalid, missing, onlyGet } from './errors.ts';
import { formatOf } from './given-format.ts';
import { XLINK } from './vocabulary.ts';

/** Blanks around a literal come from indenting; a literal of blanks alone is meant (a delimiter). */
export const literalText = (element: XmlElement): string => textOf(element).trim() || textOf(element);

/** An element of that name whatever its version's namespace; clients of version 1.0.0 mix wps and ows. */
export const childNamed = (element: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined =>
  elementsOf(element).find((child) => names.includes(child.name));

function numbers(element: XmlElement | undefined): readonly number[] {
  const text = element === undefined ? '' : textOf(element).trim();
  return text === '' ? [] : text.split(/[\s,]+/).map(Number);
}

/** ows:BoundingBox or a wps:BoundingBoxData: corners in the axis order of its crs. */
export function readBox(id: string, element: XmlElement, faults: Exception[]): InputValue {
  const lower = numbers(childNamed(element, 'LowerCorner'));
  const upper = numbers(childNamed(element, 'UpperCorner'));
  const isWhole = lower.length >= 2 && lower.length === upper.length;
  if (!isWhole || ![...lower, ...upper].every(Number.isFinite)) {
    faults.push(
      invalid(
        id,
        'a box has LowerCorner and UpperCorner, of as many numbers each',
        'un rectangle a LowerCorner et UpperCorner, d’autant de nombres',
      ),
    );
  }
  return { kind: 'box', lower, upper, crs: attributeOf(element, 'crs')?.trim() || null };
}

/** XML as it stands, or characters; blank lines before them come from indenting, and no format begins with one. */
function contentOf(element: XmlElement): string {
  const inner = elementsOf(element);
  if (inner.length > 0) return inner.map(printXml).join('');
  return textOf(element).replace(/^(?:[^\S\n]*\n)+/, '');
}

/** Content of an element with mimeType, encoding and schema. */
export function readContent(id: string, element: XmlElement, faults: Exception[]): InputValue {
  const format = formatOf(id, (name) => attributeOf(element, name), faults);
  return { kind: 'text', text: contentOf(element), ...(format === null ? {} : { format }) };
}

export function readLiteralElement(element: XmlElement): InputValue {
  const unit = attributeOf(element, 'uom')?.trim();
  return { kind: 'text', text: literalText(element), ...(unit ? { unit } : {}) };
}

/** A wps:Reference; one that wants a body or headers sent is refused: nothing is posted in a caller's name. */
export function readReference(id: string, element: XmlElement, faults: Exception[]): InputValue {
  const href = (attributeOf(element, 'href', XLINK) ?? attributeOf(element, 'href') ?? '').trim();
  if (href === '') faults.push(missing(`${id}/@xlink:href`));
  const method = attributeOf(element, 'method') ?? 'GET';
  const hasMore = childNamed(element, 'Body', 'BodyReference', 'Header') !== undefined;
  if (method.toUpperCase() !== 'GET' || hasMore) faults.push(onlyGet(id));
  const format = formatOf(id, (name) => attributeOf(element, name), faults);
  return { kind: 'reference', href, ...(format === null ? {} : { format }) };
}
