// Text that goes into documents: what counts as no value, numbers without exponent, escaping for XML and HTML.
import type { CatalogRecord } from '../../model/record.ts';
import { LANGUAGES, type Language } from '../../model/text.ts';

/** A value that a slot of a template may take. */
export type Value = string | number | boolean | null | undefined;

// Text may hold quotes, tabs and line feeds as they are; an attribute may not. Surrogates are only looked at when there are any.
const SPECIAL_IN_TEXT = /[&<>\u0000-\u0008\u000b-\u001f\ufffe\uffff\ud800-\udfff]/;
const SPECIAL_IN_ATTRIBUTE = /[&<>"\u0000-\u001f\ufffe\uffff\ud800-\udfff]/;
const DOUBTFUL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/;
const SPECIALS = /[&<>"\t\r\n]/g;
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const HALF_PAIRS = /\p{Surrogate}/gu;
const TEXT_ESCAPES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#13;',
};
const ATTRIBUTE_ESCAPES: { readonly [character: string]: string } = {
  ...TEXT_ESCAPES,
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
};

/**
 * Gives the escaped text of a value, for use between tags. Empty = no value: null, undefined, NaN, blank text. Characters that
 * XML 1.0 (section 2.2) forbids are left out, half surrogate pairs become U+FFFD.
 */
export function xmlText(value: Value): string {
  if (typeof value !== 'string') return plain(value);
  if (!SPECIAL_IN_TEXT.test(value)) return value.charCodeAt(0) > 32 ? value : blankless(value);
  return blankless(cleanText(value)).replace(SPECIALS, textEscape);
}

/** As xmlText, for a part of a longer text: blanks alone are a value. */
export function xmlContent(text: string): string {
  return SPECIAL_IN_TEXT.test(text) ? cleanText(text).replace(SPECIALS, textEscape) : text;
}

/** As xmlText, for use between double quotes. */
export function xmlAttribute(value: Value): string {
  if (typeof value !== 'string') return plain(value);
  if (!SPECIAL_IN_ATTRIBUTE.test(value)) return value.charCodeAt(0) > 32 ? value : blankless(value);
  return blankless(cleanText(value)).replace(SPECIALS, attributeEscape);
}

/** Leaves out the characters that XML 1.0 forbids; half surrogate pairs become U+FFFD. */
export function cleanText(text: string): string {
  return DOUBTFUL.test(text) ? text.replace(HALF_PAIRS, '\ufffd').replace(FORBIDDEN, '') : text;
}

/** Has the value anything to write? */
export function isPresent(value: unknown): boolean {
  if (typeof value === 'string') return value.charCodeAt(0) > 32 || blankless(cleanText(value)) !== '';
  if (typeof value === 'number') return Number.isFinite(value);
  return Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== false;
}

/** Decimal form that reads back as the same number and never has an exponent (xs:decimal; INSPIRE asks `minimum` = 2 for boxes). */
export function decimal(value: number, minimum = 0): string {
  const text = String(value);
  const plainForm = text.includes('e') ? withoutExponent(text) : text;
  if (minimum === 0) return plainForm;
  const point = plainForm.indexOf('.');
  const decimals = point < 0 ? 0 : plainForm.length - point - 1;
  if (decimals >= minimum) return plainForm;
  return `${plainForm}${point < 0 ? '.' : ''}${'0'.repeat(minimum - decimals)}`;
}

/** Escapes text for HTML, between tags or quotes. */
export function escapeHtml(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (c) => (c === "'" ? '&#39;' : (ATTRIBUTE_ESCAPES[c] ?? c)));
}

/** ISO 639-2/B codes, as ISO 19139 and csw:Record want them (`fre`, not `fra`). */
export const ISO_639_2B: { readonly [L in Language]: string } = { en: 'eng', fr: 'fre' };
export const LANGUAGE_NAMES: { readonly [L in Language]: string } = { en: 'English', fr: 'French' };
/** Each language as its speakers call it. */
export const NATIVE_NAMES: { readonly [L in Language]: string } = { en: 'English', fr: 'français' };

/** Title in the wanted language, else in the record's own. */
export function titleIn(record: CatalogRecord, language: Language): string {
  return language === record.lang ? record.title : (record.translations[language]?.title ?? record.title);
}

/** Abstract in the wanted language, else in the record's own. */
export function abstractIn(record: CatalogRecord, language: Language): string {
  return language === record.lang ? record.abstract : (record.translations[language]?.abstract ?? record.abstract);
}

/** The languages that the record's title and abstract exist in, the wanted one first where it is among them. Never empty. */
export function languagesOf(record: CatalogRecord, language: Language): readonly [Language, ...Language[]] {
  const has = (each: Language) => each === record.lang || record.translations[each] !== undefined;
  const first = has(language) ? language : record.lang;
  return [first, ...LANGUAGES.filter((each) => each !== first && has(each))];
}

function textEscape(character: string): string {
  return TEXT_ESCAPES[character] ?? character;
}

function attributeEscape(character: string): string {
  return ATTRIBUTE_ESCAPES[character] ?? character;
}

function plain(value: Exclude<Value, string>): string {
  if (typeof value === 'number') return Number.isFinite(value) ? decimal(value) : '';
  return value === null || value === undefined ? '' : String(value);
}

function blankless(text: string): string {
  return text.trim() === '' ? '' : text;
}

function withoutExponent(text: string): string {
  const [mantissa = '', exponent = '0'] = text.split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${'0'.repeat(-shift - 1)}${whole}${fraction}`;
  return `${sign}${whole}${fraction.padEnd(shift, '0')}`;
}
