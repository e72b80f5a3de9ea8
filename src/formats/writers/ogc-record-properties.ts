// The `properties` of a record of OGC API Records 1.0 (20-004r1, clause 8.2) as JSON text. After the standard's own come those by whose
// names the record can be asked (/queryables), then the service's own fields. What has no value is left out.
import { codeOf } from '../../model/codes.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { recordContacts, recordThemes } from './ogc-record-parts.ts';
import { abstractIn, languagesOf, NATIVE_NAMES, titleIn } from './text.ts';

const SPECIAL = /["\\\u0000-\u001f\ud800-\udfff]/;
/** A text as JSON; most need no escape. */
export const quoted = (text: string): string => (SPECIAL.test(text) ? JSON.stringify(text) : `"${text}"`);

/** An SPDX identifier or expression. */
const SPDX = /^[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*$/;

/** Names that a service's own field cannot have here; such a field is called `{service}:{name}`. */
const TAKEN = new Set(
  (
    'id type title description created updated language languages resourceLanguages keywords themes externalIds formats contacts license ' +
    'rights service number parent doi version elevation elevationMax crs spatialResolution published acquisition productLevel instrument ' +
    'platform place places access authorization embargoUntil lineage status maintenance format begin end time geometry topic subject'
  ).split(' '),
);

type Written = string | number | boolean | null | undefined | readonly unknown[];

/** `,"name":value`, or nothing where there is no value. */
function member(name: string, value: Written): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return `,"${name}":${quoted(value)}`;
  if (typeof value !== 'object') return `,"${name}":${String(value)}`;
  return value.length === 0 ? '' : `,"${name}":${JSON.stringify(value)}`;
}

const languageObject = (code: Language) => ({ code, name: NATIVE_NAMES[code], dir: 'ltr' });
const LANGUAGE_TEXTS: { readonly [L in Language]: string } = {
  en: JSON.stringify(languageObject('en')),
  fr: JSON.stringify(languageObject('fr')),
};

function languageMembers(record: CatalogRecord, language: Language): string {
  const [first, ...others] = languagesOf(record, language);
  const list = others.map((other) => LANGUAGE_TEXTS[other]);
  return (
    `,"language":${LANGUAGE_TEXTS[first]}${list.length === 0 ? '' : `,"languages":[${list.join()}]`}` +
    `,"resourceLanguages":[${LANGUAGE_TEXTS[record.lang]}]`
  );
}

function ownFields({ service, fields }: CatalogRecord): string {
  let text = '';
  for (const name in fields) {
    const value = fields[name];
    if (value !== null && value !== undefined) text += member(TAKEN.has(name) ? `${service}:${name}` : name, value);
  }
  return text;
}

interface KnownParts {
  readonly topics: CatalogRecord['topics'];
  readonly contacts: CatalogRecord['contacts'];
  readonly text: string;
}

/** Themes and contacts. Records of a service share their lists, so the text is made once for each. */
function createSharedMembers(): (record: CatalogRecord, language: Language) => string {
  const known = { en: new WeakMap<object, KnownParts>(), fr: new WeakMap<object, KnownParts>() };
  return (record, language) => {
    const { themes, topics, contacts } = record;
    const before = known[language].get(themes);
    if (before !== undefined && before.topics === topics && before.contacts === contacts) return before.text;
    const text = member('themes', recordThemes(record, language)) + member('contacts', recordContacts(contacts));
    known[language].set(themes, { topics, contacts, text });
    return text;
  };
}

/** Gives the function from a record to the text of its `properties`, texts in the view's language where it has them. */
export function createPropertiesText(): (record: CatalogRecord, view: RecordView) => string {
  const sharedMembers = createSharedMembers();
  return (record, view) => {
    const { language, codes } = view;
    const format = codeOf(codes.format, record.format);
    const { doi, position, licence } = record;
    return (
      `{"type":"${record.level}"${member('title', titleIn(record, language))}${member('description', abstractIn(record, language))}` +
      member('created', record.entered) +
      member('updated', record.updated) +
      languageMembers(record, language) +
      member('keywords', record.keywords) +
      sharedMembers(record, language) +
      (doi === null ? '' : `,"externalIds":[{"scheme":"https://doi.org","value":${quoted(doi)}}]`) +
      (format === undefined
        ? ''
        : `,"formats":[{"name":${quoted(format.isoName)},"mediaType":${quoted(format.mediaType)}}]`) +
      member('license', SPDX.test(licence.id) ? licence.id : 'other') +
      member('rights', view.site.attribution) +
      member('service', record.service) +
      member('number', record.id) +
      member('parent', record.parent) +
      member('doi', doi) +
      member('version', record.version) +
      member('elevation', record.elevation) +
      member('elevationMax', record.elevationMax) +
      (position === null ? '' : `,"crs":["EPSG:${position.epsg}"]`) +
      member('spatialResolution', record.resolutionMetres) +
      member('published', record.published) +
      member('acquisition', record.acquisition) +
      member('productLevel', record.productLevel) +
      member('instrument', record.instruments) +
      member('platform', record.platform) +
      member('places', record.places) +
      member('access', codeOf(codes.authorization, record.authorization)?.name) +
      member('authorization', record.authorization) +
      member('embargoUntil', record.embargoUntil) +
      member('lineage', record.lineage === null ? null : inLanguage(record.lineage, language)) +
      member('status', record.status) +
      member('maintenance', record.maintenance) +
      `${ownFields(record)}}`
    );
  };
}
