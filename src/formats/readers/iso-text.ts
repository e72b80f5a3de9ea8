// Properties of ISO 19139 as others write them: CharacterString or Anchor, code by codeListValue or by text, texts in several languages.
import type { Language, Localised } from '../../model/text.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../syntax/xml.ts';
import { languageOf } from './read-record.ts';
import { createPaths } from './xml-path.ts';

const XLINK = 'http://www.w3.org/1999/xlink';
const GCO = 'http://www.isotc211.org/2005/gco';

/** Both namespaces of GML, and both of ISO 19115-2, stand for one prefix each. */
export const iso = createPaths({
  gmd: ['http://www.isotc211.org/2005/gmd'],
  gco: [GCO],
  gmx: ['http://www.isotc211.org/2005/gmx'],
  srv: ['http://www.isotc211.org/2005/srv'],
  gmi: ['http://standards.iso.org/iso/19115/-2/gmi/1.0', 'http://www.isotc211.org/2005/gmi'],
  gml: ['http://www.opengis.net/gml/3.2', 'http://www.opengis.net/gml'],
});

/** Languages by the `id` of their PT_Locale. */
export type Locales = ReadonlyMap<string, Language>;

/** Text of a property's value, whatever element holds it; null when there is none. */
export function propertyText(property: XmlElement | undefined): string | null {
  const value = elementsOf(property).find((child) => !iso.is(child, 'gmd:PT_FreeText'));
  const text = value === undefined ? '' : textOf(value).trim();
  return text === '' ? null : text;
}

/** `xlink:href` of a property's Anchor, or of the property itself. */
export function propertyLink(property: XmlElement | undefined): string | null {
  const anchor = iso.first(property, 'gmx:Anchor');
  return attributeOf(anchor ?? property, 'href', XLINK) ?? null;
}

/** Code of a property: `codeListValue`, else the text. */
export function propertyCode(property: XmlElement | undefined): string | null {
  const code = attributeOf(elementsOf(property)[0], 'codeListValue')?.trim();
  return code === undefined || code === '' ? propertyText(property) : code;
}

/** A property in the languages that it has. A main text with a nilReason only repeats the other language. */
export function propertyTexts(property: XmlElement | undefined, main: Language, locales: Locales): Localised {
  const texts: { [L in Language]?: string } = {};
  const own = propertyText(property);
  for (const each of iso.all(property, 'gmd:PT_FreeText/gmd:textGroup/gmd:LocalisedCharacterString')) {
    const locale = attributeOf(each, 'locale')?.replace(/^#/, '') ?? '';
    const language = locales.get(locale) ?? languageOf(locale);
    const text = textOf(each).trim();
    if (language !== null && text !== '') texts[language] = text;
  }
  if (own !== null && attributeOf(property, 'nilReason', GCO) === undefined) texts[main] = own;
  return texts;
}

/** Finite number of a property; null when there is none. */
export function propertyNumber(property: XmlElement | undefined): number | null {
  const text = propertyText(property);
  const value = text === null ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
