// What the Dublin Core templates (oai_dc, csw:Record and its short forms) may name, and how one record fills it.
import { codeOf } from '../../model/codes.ts';
import type { Contact, Role } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { LANGUAGES, type Language, type Localised } from '../../model/text.ts';
import type { RecordTime } from '../../model/time.ts';
import { isoLinks } from './iso19139-links.ts';
import { decimal, ISO_639_2B } from './text.ts';
import type { Names, ViewOf } from './xml-template.ts';

const TEXT = { text: 'value', language: 'value' } as const satisfies Names;

export const DUBLIN_CORE_NAMES = {
  identifier: 'value',
  uri: 'value',
  doi: 'value',
  title: 'value',
  otherTitle: 'value',
  titles: TEXT,
  abstract: 'value',
  abstracts: TEXT,
  type: 'value',
  creators: 'list',
  publishers: 'list',
  contributors: 'list',
  keywords: 'list',
  themes: { label: 'value', language: 'value', scheme: 'value' },
  topics: 'list',
  mediaType: 'value',
  parent: 'value',
  updated: 'value',
  created: 'value',
  published: 'value',
  date: 'value',
  places: 'list',
  point: { east: 'value', north: 'value', elevation: 'value' },
  box: { north: 'value', south: 'value', east: 'value', west: 'value' },
  lowerCorner: 'value',
  upperCorner: 'value',
  period: { begin: 'value', end: 'value' },
  instant: 'value',
  /** As moments, a day from its first to its last second. */
  extent: { begin: 'value', end: 'value' },
  lineage: 'value',
  lineages: TEXT,
  links: { href: 'value', protocol: 'value', title: 'value', type: 'value', function: 'value' },
  images: { href: 'value', role: 'value', type: 'value' },
  access: 'value',
  openAccess: 'value',
  embargo: 'value',
  licence: 'value',
  licenceTitle: 'value',
  language: 'value',
} as const satisfies Names;

type DublinCoreView = ViewOf<typeof DUBLIN_CORE_NAMES>;

const CREATOR_ROLES: readonly Role[] = ['owner', 'originator', 'author', 'principalInvestigator'];

/** Fills the names for one record. Single texts are in the record's own language, as `language` says; lists have both. */
export function dublinCoreView(record: CatalogRecord, view: RecordView): DublinCoreView {
  const access = codeOf(view.codes.authorization, record.authorization);
  const { lang, time } = record;
  const other = record.translations[lang === 'en' ? 'fr' : 'en'];
  const { links, images } = isoLinks(record, view);
  return {
    identifier: record.identifier,
    uri: view.uri(record),
    doi: record.doi,
    title: record.title,
    otherTitle: other?.title,
    titles: textsOf({
      ...(other?.title === undefined ? {} : { [otherThan(lang)]: other.title }),
      [lang]: record.title,
    }),
    abstract: record.abstract,
    abstracts: textsOf({
      ...(other?.abstract === undefined ? {} : { [otherThan(lang)]: other.abstract }),
      [lang]: record.abstract,
    }),
    type: typeOf(record, view),
    ...partiesOf(record, view),
    keywords: record.keywords,
    themes: record.themes.flatMap((theme) =>
      textsOf(theme.label).map(({ text, language }) => ({ label: text, language, scheme: vocabularyOf(theme.uri) })),
    ),
    topics: record.topics,
    mediaType: codeOf(view.codes.format, record.format)?.mediaType,
    parent: record.parent,
    updated: record.updated,
    created: record.created,
    published: record.published,
    date: record.published ?? record.created ?? record.updated.slice(0, 10),
    places: record.places,
    ...spatial(record),
    period: time.kind === 'period' ? { begin: time.begin, end: time.end } : undefined,
    instant: time.kind === 'instant' ? time.at : undefined,
    extent: extentOf(time),
    lineage: record.lineage?.[lang],
    lineages: textsOf(record.lineage ?? {}),
    links,
    images,
    access: access?.name,
    openAccess: access?.openAccess,
    embargo: record.embargoUntil,
    licence: record.licence.url,
    licenceTitle: record.licence.title,
    language: ISO_639_2B[lang],
  };
}

/** csw:TemporalExtent takes moments alone; an end that is not there is open (OGC 12-176r7, record.xsd). */
function extentOf(time: RecordTime): DublinCoreView['extent'] {
  if (time.kind === 'none') return undefined;
  const [begin, end] = time.kind === 'instant' ? [time.at, time.at] : [time.begin, time.end];
  const at = (moment: string | null, clock: string): string | undefined =>
    moment === null ? undefined : moment.includes('T') ? moment : `${moment}T${clock}Z`;
  return { begin: at(begin, '00:00:00'), end: at(end, '23:59:59') };
}

function otherThan(language: Language): Language {
  return language === 'en' ? 'fr' : 'en';
}

function textsOf(text: Localised): readonly { readonly text: string; readonly language: Language }[] {
  return LANGUAGES.flatMap((language) => {
    const own = text[language];
    return own === undefined ? [] : [{ text: own, language }];
  });
}

/** A term of the DCMI type vocabulary. */
function typeOf(record: CatalogRecord, view: RecordView): string {
  if (record.level === 'service') return 'Service';
  if (record.level === 'series') return 'Collection';
  return codeOf(view.codes.acquisition, record.acquisition)?.dcmitype ?? 'Dataset';
}

/** Every organisation once in each place; the site's own where nobody has the role. */
function partiesOf(
  record: CatalogRecord,
  view: RecordView,
): Pick<DublinCoreView, 'creators' | 'publishers' | 'contributors'> {
  const names = (wanted: (contact: Contact) => boolean): readonly string[] => [
    ...new Set(record.contacts.filter(wanted).map((contact) => contact.organisation)),
  ];
  const own = [view.site.organisation.organisation];
  const creators = names((contact) => CREATOR_ROLES.includes(contact.role));
  const publishers = names((contact) => contact.role === 'publisher');
  return {
    creators: creators.length > 0 ? creators : own,
    publishers: publishers.length > 0 ? publishers : own,
    contributors: names((contact) => contact.role !== 'publisher' && !CREATOR_ROLES.includes(contact.role)),
  };
}

/** `http://inspire.ec.europa.eu/theme/nz` → `http://inspire.ec.europa.eu/theme`. */
function vocabularyOf(uri: string): string {
  return uri.replace(/[/#][^/#]*$/, '');
}

function spatial(record: CatalogRecord): Pick<DublinCoreView, 'point' | 'box' | 'lowerCorner' | 'upperCorner'> {
  if (record.bbox === null) return { point: undefined, box: undefined, lowerCorner: undefined, upperCorner: undefined };
  const [west, south, east, north] = record.bbox;
  const isPoint = west === east && south === north;
  return {
    point: isPoint ? { east, north, elevation: record.elevation } : undefined,
    box: isPoint ? undefined : { north, south, east, west },
    lowerCorner: `${decimal(south)} ${decimal(west)}`,
    upperCorner: `${decimal(north)} ${decimal(east)}`,
  };
}
