// What a service's file says about each of its records, made once: keywords, texts in the other language, instruments in force.
import { codeOf } from '../model/codes.ts';
import type { Link } from '../model/description.ts';
import type { CatalogRecord } from '../model/record.ts';
import type { Service } from '../model/service.ts';
import { inLanguage, type Language, type Localised } from '../model/text.ts';
import { allUses, createUses } from './instrument-uses.ts';
import type { Mappings } from './mappings.ts';

type Translations = CatalogRecord['translations'];

const NO_TRANSLATIONS: Translations = Object.freeze({});

export interface ServiceView {
  readonly service: Service;
  readonly occasional: boolean;
  readonly status: string;
  readonly lineage: Localised | null;
  readonly keywords: { readonly [L in Language]: readonly string[] };
  readonly uses: ReturnType<typeof createUses>;
  readonly all: ReturnType<typeof allUses>;
  /** By the record's own language: what the service file says in the other one. */
  readonly seriesInOther: { readonly [L in Language]: Translations };
  readonly abstractInOther: { readonly [L in Language]: Translations };
  /** Links to partners that hold the record, added to those of its own; `fields` null: of the series, which is held wherever a record is. */
  readonly linksWith: (own: readonly Link[], fields: CatalogRecord['fields'] | null, lang: Language) => readonly Link[];
}

export function createServiceView(service: Service): ServiceView {
  const words = (language: Language) => service.keywords.map((keyword) => inLanguage(keyword, language));
  const series = { title: service.title, abstract: service.abstract };
  const abstractOnly = { title: undefined, abstract: service.abstract };
  return {
    service,
    occasional: service.mode === 'occasional',
    status: service.mode === 'realtime' || service.extent.end === null ? 'onGoing' : 'completed',
    lineage: Object.keys(service.lineage).length === 0 ? null : service.lineage,
    keywords: { en: words('en'), fr: words('fr') },
    uses: createUses(service),
    all: allUses(service),
    seriesInOther: { en: inOther(series, 'fr'), fr: inOther(series, 'en') },
    abstractInOther: { en: inOther(abstractOnly, 'fr'), fr: inOther(abstractOnly, 'en') },
    linksWith: createHeldLinks(service),
  };
}

function createHeldLinks({ elsewhere = [] }: Service): ServiceView['linksWith'] {
  if (elsewhere.length === 0) return (own) => own;
  const linksIn = (language: Language) =>
    elsewhere.map(({ url, title, relation }): Link => {
      return { role: 'related', href: url, title: inLanguage(title, language), relation };
    });
  const links = { en: linksIn('en'), fr: linksIn('fr') };
  const holds = elsewhere.map(({ where }) => Object.entries(where));
  return (own, fields, lang) => {
    const held = links[lang].filter(
      (_, n) => fields === null || holds[n]?.every(([name, value]) => fields[name] === value),
    );
    if (held.length === 0) return own;
    const known = new Set(own.map(({ href }) => href));
    // Several conditions may lead to the same place.
    return [...own, ...held.filter(({ href }) => !known.has(href) && known.add(href))];
  };
}

function inOther(
  text: { readonly title: Localised | undefined; readonly abstract: Localised },
  other: Language,
): Translations {
  const title = text.title?.[other];
  const abstract = text.abstract[other];
  if (title === undefined && abstract === undefined) return NO_TRANSLATIONS;
  return { [other]: { ...(title === undefined ? {} : { title }), ...(abstract === undefined ? {} : { abstract }) } };
}

/** The other language only: from the row, else, for what the row leaves to the series, from the service file. */
export function translationsOf(
  text: string | null,
  lang: Language,
  view: ServiceView,
  series: boolean,
  seriesAbstract: boolean,
): Translations {
  const other: Language = lang === 'en' ? 'fr' : 'en';
  const base = series ? view.seriesInOther[lang] : seriesAbstract ? view.abstractInOther[lang] : NO_TRANSLATIONS;
  if (text === null) return base;
  const own = (JSON.parse(text) as Translations)[other];
  return own === undefined ? base : { [other]: { ...base[other], ...own } };
}

/** Stands in for the file of a service that has none: rows harvested from elsewhere. */
export function strangerOf({ site, codes }: Mappings): Service {
  return {
    name: '',
    title: site.title,
    abstract: site.description,
    lineage: {},
    mode: 'realtime',
    granularity: {},
    licence: site.licence,
    doi: null,
    published: '',
    topics: ['geoscientificInformation'],
    themes: [],
    keywords: [],
    maintenance: 'unknown',
    cadence: null,
    defaults: {
      authorization: codeOf(codes.authorization, 0)?.code ?? 0,
      acquisition: null,
      format: null,
      lang: 'en',
      embargoDays: null,
    },
    contacts: site.contacts,
    instruments: [],
    platforms: [],
    fields: [],
    extent: { bbox: null, begin: null, end: null },
    partners: [],
    software: [],
    old: { localization: null, parameters: [], templates: [] },
    epos: [],
    resto: null,
    actris: null,
    ozcar: null,
    data: null,
    import: { delimiter: ';', decimal: ',', date: 'dmy', encoding: 'utf-8', columns: {} },
    toConfirm: [],
  };
}
