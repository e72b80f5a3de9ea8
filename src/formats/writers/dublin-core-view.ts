// What the Dublin Core templates (oai_dc, csw:Record and its short forms) may name, and how one record fills it.
import { codeOf } from '../../model/codes.ts';
import type { Contact, Role, ThemeReference } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Site } from '../../model/site.ts';
import { LANGUAGES, type Language, type Localised } from '../../model/text.ts';
import type { RecordTime } from '../../model/time.ts';
import { type IsoLinks, isoLinks } from './iso19139-links.ts';
import { decimal, ISO_639_2B } from './text.ts';
import { memoised, type Names, shared, type ViewOf } from './xml-template.ts';

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

/**
 * Gives the function that fills the names for one record. Single texts are in the record's own language, as `language` says; lists have
 * both. What many records share is turned once, and links are sought only where a template names them.
 */
export function createDublinCoreView(): (record: CatalogRecord, view: RecordView) => DublinCoreView {
  const themes = memoised((all: readonly ThemeReference[]) => shared(themesOf(all)));
  const topics = memoised((all: readonly string[]) => shared([...all]));
  const lineages = memoised((lineage: Localised) => shared([...textsOf(lineage)]));
  const parties = memoised((site: Site) => memoised((contacts: readonly Contact[]) => partiesOf(contacts, site)));
  return (record, view) => dublinCoreView(record, view, { themes, topics, lineages, parties });
}

interface SharedParts {
  readonly themes: (themes: readonly ThemeReference[]) => DublinCoreView['themes'];
  readonly topics: (topics: readonly string[]) => readonly string[];
  readonly lineages: (lineage: Localised) => DublinCoreView['lineages'];
  readonly parties: (site: Site) => (contacts: readonly Contact[]) => Parties;
}

function dublinCoreView(record: CatalogRecord, view: RecordView, parts: SharedParts): DublinCoreView {
  const access = codeOf(view.codes.authorization, record.authorization);
  const { lang, time } = record;
  const other = record.translations[lang === 'en' ? 'fr' : 'en'];
  const { creators, publishers, contributors } = parts.parties(view.site)(record.contacts);
  let online: IsoLinks | undefined;
  const onlineLinks = (): IsoLinks => {
    online ??= isoLinks(record, view);
    return online;
  };
  return {
    identifier: record.identifier,
    uri: view.uri(record),
    doi: record.doi,
    title: record.title,
    otherTitle: other?.title,
    titles: inBoth(lang, record.title, other?.title),
    abstract: record.abstract,
    abstracts: inBoth(lang, record.abstract, other?.abstract),
    type: typeOf(record, view),
    creators,
    publishers,
    contributors,
    keywords: record.keywords,
    themes: parts.themes(record.themes),
    topics: parts.topics(record.topics),
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
    lineages: record.lineage === null ? undefined : parts.lineages(record.lineage),
    get links() {
      return onlineLinks().links;
    },
    get images() {
      return onlineLinks().images;
    },
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

/** The text in the record's language and, where there is one, in the other; English first. */
function inBoth(lang: Language, own: string, other: string | undefined): DublinCoreView['titles'] {
  const main = { text: own, language: lang };
  if (other === undefined) return main;
  return lang === 'en' ? [main, { text: other, language: 'fr' }] : [{ text: other, language: 'en' }, main];
}

function themesOf(themes: readonly ThemeReference[]) {
  return themes.flatMap((theme) =>
    textsOf(theme.label).map(({ text, language }) => ({ label: text, language, scheme: vocabularyOf(theme.uri) })),
  );
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

type Parties = Pick<DublinCoreView, 'creators' | 'publishers' | 'contributors'>;

/** Every organisation once in each place; the site's own where nobody has the role. */
function partiesOf(contacts: readonly Contact[], site: Site): Parties {
  const names = (wanted: (contact: Contact) => boolean): readonly string[] =>
    shared([...new Set(contacts.filter(wanted).map((contact) => contact.organisation))]);
  const own = shared([site.organisation.organisation]);
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
