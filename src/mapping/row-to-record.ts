// From a row of the table `metadata` and its service's file to the record that every writer takes. Runs for each record of each answer:
// what is the same for all records of a service is made once and shared, and no JSON text is parsed twice in a row.
import { codeOf } from '../model/codes.ts';
import type { Contact, Licence, Link } from '../model/description.ts';
import type { CatalogRecord, FieldValue, Level, ProductLevel } from '../model/record.ts';
import type { Service } from '../model/service.ts';
import { inLanguage, type Language, type Localised } from '../model/text.ts';
import { allUses, createUses } from './instrument-uses.ts';
import type { Mappings } from './mappings.ts';
import { createPlaceNames } from './place-names.ts';
import { boxOf, geometryOf } from './record-geometry.ts';
import { recordTime } from './record-time.ts';
import type { MetadataRow } from './row.ts';

type Translations = CatalogRecord['translations'];
type Fields = CatalogRecord['fields'];

const NO_FIELDS: Fields = Object.freeze({});
const NO_TRANSLATIONS: Translations = Object.freeze({});
const NOTHING: readonly never[] = Object.freeze([]);

/** A row to its record; throws only when a jsonb column holds no JSON. Rows of a service without file are described by the site alone. */
export function createRowToRecord(mappings: Mappings): (row: MetadataRow) => CatalogRecord {
  const placeNames = createPlaceNames(mappings.places);
  const licence = createLicences(mappings);
  const services = new Map(mappings.services.map((service) => [service.name, createServiceView(service)]));
  const stranger = createServiceView(strangerOf(mappings));
  const acquisitions = new Map(mappings.codes.acquisition.map((entry) => [entry.code, entry]));
  const parseContacts = remembering<readonly Contact[]>();
  const parseLinks = remembering<readonly Link[]>();
  const parseLineage = remembering<Localised>();

  return (row) => {
    const view = services.get(row.service) ?? stranger;
    const { service } = view;
    const lang: Language = row.lang === 'fr' ? 'fr' : 'en';
    const series = row.level !== 'dataset';
    const time = recordTime(row, view.occasional);
    const bbox = boxOf(row);
    const fields = row.fields === null ? NO_FIELDS : (JSON.parse(row.fields) as Fields);
    const uses = series ? view.all : view.uses(row.instrument, row.platform, time);
    const acquisition = acquisitions.get(row.acquisition ?? service.defaults.acquisition ?? Number.NaN);
    const name = filled(row.name);
    const description = filled(row.description);
    return {
      id: row.id,
      service: row.service,
      level: row.level as Level,
      identifier: row.identifier,
      parent: row.parent,
      origin: row.origin,
      version: row.version,
      doi: row.doi ?? (series ? service.doi : null),
      lang,
      title: name ?? (series ? inLanguage(service.title, lang) : `${row.service} ${row.id}`),
      abstract: description ?? inLanguage(service.abstract, lang),
      translations: translationsOf(row.translations, lang, view, series, description === null),
      name: row.name,
      description: row.description,
      stored: { dateBegin: row.date_b, timeBegin: row.time_b, dateEnd: row.date_e, timeEnd: row.time_e },
      time,
      position:
        row.longitude === null || row.latitude === null
          ? null
          : { x: row.longitude, y: row.latitude, epsg: row.epsg === null || row.epsg === 0 ? 4326 : row.epsg },
      geometry: geometryOf(bbox, row.shape),
      bbox,
      elevation: row.elevation,
      elevationMax: row.elevation_max,
      authorization: row.authorization_,
      embargoUntil: row.embargo_until,
      accessGroups: row.access_groups,
      acquisition: row.acquisition,
      format: row.format,
      productLevel: row.product_level as ProductLevel | null,
      instruments: row.instrument,
      platform: row.platform,
      instrumentUses: uses.instruments,
      platformUses: uses.platforms,
      keywords: row.keywords.length === 0 ? view.keywords[lang] : joined(row.keywords, view.keywords[lang]),
      places: placeNames(placeOf(fields, service.old.localization), bbox, lang),
      topics: service.topics,
      themes: service.themes,
      contacts: row.contacts === null ? service.contacts : parseContacts(row.contacts),
      licence: row.licence === null ? service.licence : licence(row.licence),
      lineage: row.lineage === null ? view.lineage : parseLineage(row.lineage),
      resolutionMetres: row.resolution_m,
      maintenance: series ? service.maintenance : (acquisition?.maintenance ?? service.maintenance),
      status: series ? view.status : (acquisition?.progress ?? view.status),
      created: row.data_created,
      published: row.data_published ?? (series && service.published !== '' ? service.published : null),
      updated: row.datestamp,
      storedLinks: row.links === null ? NOTHING : parseLinks(row.links),
      fields,
      deletedAt: row.deleted_at,
      change: row.change,
    };
  };
}

interface ServiceView {
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
}

function createServiceView(service: Service): ServiceView {
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
function translationsOf(
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

function filled(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text;
}

function placeOf(fields: Fields, localization: string | null): string | null {
  const value: FieldValue | undefined = fields[localization ?? 'localization'];
  return typeof value === 'string' ? value : null;
}

function joined(own: readonly string[], service: readonly string[]): readonly string[] {
  return [...new Set([...own, ...service])];
}

/** Parses a JSON text once as long as the same text keeps coming: rows of one service mostly share it. */
function remembering<T>(): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = JSON.parse(text) as T;
    if (known.size >= 1_000) known.clear();
    known.set(text, value);
    return value;
  };
}

function createLicences(mappings: Mappings): (id: string) => Licence {
  const all = [mappings.site.licence, ...mappings.services.map((service) => service.licence)];
  const known = new Map(all.map((licence) => [licence.id, licence]));
  return (id) =>
    known.get(id) ?? { id, title: id, url: /^https?:/.test(id) ? id : `https://spdx.org/licenses/${id}.html` };
}

/** Stands in for the file of a service that has none: rows harvested from elsewhere. */
function strangerOf({ site, codes }: Mappings): Service {
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
