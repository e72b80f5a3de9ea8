// What the ISO templates (19139, 19115-2, 19115-3) may name, and how one record fills it. Conventions of the standard stand in the templates; here is only
// what a template cannot say: which language is the main one, the forms of numbers and times, and what the codes mean.
import { type AccessCode, codeOf, type FormatCode } from '../../model/codes.ts';
import type { Contact, Licence, Role, ThemeReference } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Site } from '../../model/site.ts';
import type { Language, Localised } from '../../model/text.ts';
import { GEOMETRY, gmlGeometry } from './gml-geometry.ts';
import { ACQUISITION, createAcquisitionView } from './iso-acquisition.ts';
import { SERVICE, serviceView } from './iso-service.ts';
import { isoLinks } from './iso19139-links.ts';
import { supplementOf } from './iso19139-supplement.ts';
import { decimal, ISO_639_2B, LANGUAGE_NAMES } from './text.ts';
import { memoised, type Names, shared, type ViewOf } from './xml-template.ts';

/** Text in the main language; `other` in the language `locale`. `missing`: there is none in the main language, `text` repeats the other. */
const BILINGUAL = { text: 'value', other: 'value', locale: 'value', missing: 'value' } as const satisfies Names;
const TERM = { uri: 'value', ...BILINGUAL } as const satisfies Names;
const PARTY = {
  organisation: 'value',
  role: 'value',
  email: 'value',
  url: 'value',
  identifier: 'value',
  street: 'value',
  city: 'value',
  postalCode: 'value',
  country: 'value',
} as const satisfies Names;

export const ISO19139_NAMES = {
  identifier: 'value',
  parent: 'value',
  level: 'value',
  levelName: 'value',
  language: 'value',
  languageName: 'value',
  otherLocale: { id: 'value', language: 'value', languageName: 'value' },
  updated: 'value',
  uri: 'value',
  doi: 'value',
  version: 'value',
  epsg: 'value',
  title: BILINGUAL,
  abstract: BILINGUAL,
  lineage: BILINGUAL,
  created: 'value',
  published: 'value',
  revised: 'value',
  status: 'value',
  maintenance: 'value',
  metadataContacts: PARTY,
  contacts: PARTY,
  distributors: PARTY,
  images: { href: 'value', role: 'value', type: 'value' },
  inspireThemes: TERM,
  otherThemes: TERM,
  keywords: 'list',
  places: 'list',
  access: { uri: 'value', label: 'value', text: BILINGUAL, classification: 'value' },
  licence: { id: 'value', title: 'value', url: 'value' },
  spatialRepresentation: 'value',
  resolution: 'value',
  topics: 'list',
  box: { west: 'value', east: 'value', south: 'value', north: 'value' },
  geometry: GEOMETRY,
  period: { id: 'value', begin: 'value', end: 'value' },
  instant: { id: 'value', at: 'value' },
  vertical: { minimum: 'value', maximum: 'value' },
  supplement: 'value',
  format: { name: 'value', fileType: 'value' },
  transferSize: 'value',
  links: { href: 'value', protocol: 'value', title: 'value', type: 'value', function: 'value' },
  service: SERVICE,
  acquisition: ACQUISITION,
} as const satisfies Names;

type IsoView = ViewOf<typeof ISO19139_NAMES>;
type Bilingual = ViewOf<typeof BILINGUAL>;
type Party = ViewOf<typeof PARTY>;

type Term = ViewOf<typeof TERM>;
type Access = NonNullable<IsoView['access']>;
type Text = { readonly [L in Language]?: string | undefined };

const INSPIRE_THEMES = 'http://inspire.ec.europa.eu/theme/';

/**
 * Gives the function that fills the names for one record. The main language is the record's own, whatever language was asked for:
 * both are in the document. What many records share (contacts, themes, the site) is turned once.
 */
export function createIso19139View(): (record: CatalogRecord, view: RecordView) => IsoView {
  const parties = memoised((contacts: readonly Contact[]) => shared(contacts.map(party)));
  const licences = memoised((licence: Licence) => shared({ ...licence }));
  const site = memoised((owner: Site) => ({
    metadataContacts: siteContacts(owner, 'pointOfContact'),
    distributors: siteContacts(owner, 'distributor'),
  }));
  const formats = memoised((format: FormatCode) => shared({ name: format.isoName, fileType: format.fileType }));
  const termsOf = createTerms();
  return (record, view) => {
    const main = record.lang;
    const other = otherThan(main);
    const terms = termsOf(main, view.sequence);
    const translation = record.translations[other];
    const format = codeOf(view.codes.format, record.format);
    const { links, images, transferSize } = isoLinks(record, view);
    const { inspireThemes, otherThemes } = terms.themes(record.themes);
    const { metadataContacts, distributors } = site(view.site);
    const { period, instant } = timeOf(record, `t${view.sequence}`);
    return {
      identifier: record.identifier,
      parent: record.parent,
      level: record.level,
      levelName: record.level === 'series' ? 'observation service' : record.level,
      language: ISO_639_2B[main],
      languageName: LANGUAGE_NAMES[main],
      otherLocale: terms.otherLocale,
      updated: record.updated,
      uri: view.uri(record),
      doi: record.doi,
      version: record.version,
      epsg: record.position === null ? undefined : record.position.epsg,
      title: { text: record.title, other: translation?.title, locale: terms.locale, missing: undefined },
      abstract: { text: record.abstract, other: translation?.abstract, locale: terms.locale, missing: undefined },
      lineage: record.lineage === null ? undefined : terms.lineage(record.lineage),
      created: record.created,
      published: record.published,
      revised: record.created === null && record.published === null ? record.updated : undefined,
      status: record.status,
      maintenance: record.maintenance,
      metadataContacts,
      contacts: parties(record.contacts),
      distributors,
      images,
      inspireThemes,
      otherThemes,
      keywords: record.keywords,
      places: record.places,
      access: accessOf(record, view, terms),
      licence: licences(record.licence),
      spatialRepresentation: format?.spatialRepresentation,
      resolution: record.resolutionMetres,
      topics: record.topics,
      box: boxOf(record),
      geometry: record.geometry === null ? undefined : gmlGeometry(record.geometry, `g${view.sequence}`),
      period,
      instant,
      vertical: verticalOf(record),
      supplement: supplementOf(record),
      format: format === undefined ? undefined : formats(format),
      transferSize,
      links,
      service: record.level === 'service' ? serviceView(record, view) : undefined,
      get acquisition() {
        return terms.acquisition(record);
      },
    };
  };
}

/** Places in a document for which shared texts are kept; longer documents make them anew. */
const PLACES = 100;

/**
 * What does not change from record to record, by main language and by place in the document: the id of the other language, to which every
 * text in that language points, is an xs:ID, so it must differ between the records of one document.
 */
function createTerms(): (main: Language, sequence: number) => Terms {
  const acquisition = { en: createAcquisitionView('en'), fr: createAcquisitionView('fr') };
  const kept: { readonly [L in Language]: Terms[] } = { en: [], fr: [] };
  const make = (main: Language, sequence: number): Terms => {
    const other = otherThan(main);
    const locale = sequence === 0 ? other : `${other}${sequence}`;
    return {
      locale,
      otherLocale: shared({ id: locale, language: ISO_639_2B[other], languageName: LANGUAGE_NAMES[other] }),
      themes: memoised((themes: readonly ThemeReference[]) => themesOf(themes, main, locale)),
      acquisition: acquisition[main],
      lineage: memoised((lineage: Localised) => shared(bilingual(lineage, main, locale))),
      access: memoised((code: AccessCode) =>
        shared(accessText(code, namesDate(code) ? code.label : code.text, main, locale)),
      ),
    };
  };
  return (main, sequence) => {
    if (sequence >= PLACES) return make(main, sequence);
    kept[main][sequence] ??= make(main, sequence);
    return kept[main][sequence] as Terms;
  };
}

interface Terms {
  /** Id of the other language in this place. */
  readonly locale: string;
  readonly otherLocale: IsoView['otherLocale'];
  readonly themes: (themes: readonly ThemeReference[]) => ReturnType<typeof themesOf>;
  readonly acquisition: ReturnType<typeof createAcquisitionView>;
  readonly lineage: (lineage: Localised) => Bilingual;
  readonly access: (code: AccessCode) => Access;
}

function otherThan(main: Language): Language {
  return main === 'en' ? 'fr' : 'en';
}

function bilingual(text: Text, main: Language, locale: string): Bilingual {
  const own = text[main];
  const other = text[otherThan(main)];
  if (own === undefined) return { text: other, other, locale, missing: 'missing' };
  return { text: own, other, locale, missing: undefined };
}

function themesOf(
  themes: readonly ThemeReference[],
  main: Language,
  locale: string,
): { readonly inspireThemes: readonly Term[]; readonly otherThemes: readonly Term[] } {
  const terms = themes.map((theme) => ({ uri: theme.uri, ...bilingual(theme.label, main, locale) }));
  return {
    inspireThemes: shared(terms.filter((term) => term.uri.startsWith(INSPIRE_THEMES))),
    otherThemes: shared(terms.filter((term) => !term.uri.startsWith(INSPIRE_THEMES))),
  };
}

function party(contact: Contact): Party {
  return {
    organisation: contact.organisation,
    role: contact.role,
    email: contact.email,
    url: contact.url,
    identifier: contact.identifier,
    street: contact.address?.street,
    city: contact.address?.city,
    postalCode: contact.address?.postalCode,
    country: contact.address?.country,
  };
}

/** The site's contacts in a role; without one, its organisation takes the role. */
function siteContacts(site: Site, role: Role): readonly Party[] {
  const found = site.contacts.filter((contact) => contact.role === role);
  return shared((found.length > 0 ? found : [{ ...site.organisation, role }]).map(party));
}

/** A text that names a date stands only where there is one; else the code's label. */
function accessOf(record: CatalogRecord, view: RecordView, terms: Terms): IsoView['access'] {
  const code = codeOf(view.codes.authorization, record.authorization);
  if (code === undefined) return undefined;
  const date = record.embargoUntil;
  if (date === null || !namesDate(code)) return terms.access(code);
  const dated = (text: string | undefined): string | undefined => text?.replace('{date}', date);
  return accessText(code, { en: dated(code.text.en), fr: dated(code.text.fr) }, record.lang, terms.locale);
}

function accessText(code: AccessCode, text: Text, main: Language, locale: string): Access {
  return {
    uri: code.inspire.uri,
    label: code.inspire.label,
    text: bilingual(text, main, locale),
    classification: code.classification,
  };
}

function namesDate({ text }: AccessCode): boolean {
  return [text.en, text.fr].some((each) => each?.includes('{date}') === true);
}

/** INSPIRE C.19: two decimals at least. */
function boxOf(record: CatalogRecord): IsoView['box'] {
  if (record.bbox === null) return undefined;
  const [west, south, east, north] = record.bbox;
  return { west: decimal(west, 2), east: decimal(east, 2), south: decimal(south, 2), north: decimal(north, 2) };
}

function timeOf(record: CatalogRecord, id: string): Pick<IsoView, 'period' | 'instant'> {
  const { time } = record;
  if (time.kind === 'period') return { period: { id, begin: time.begin, end: time.end }, instant: undefined };
  return { period: undefined, instant: time.kind === 'instant' ? { id, at: time.at } : undefined };
}

function verticalOf(record: CatalogRecord): IsoView['vertical'] {
  const maximum = record.elevationMax ?? record.elevation;
  return maximum === null ? undefined : { minimum: record.elevation, maximum };
}
