// From a row of the table `metadata` and its service's file to the record that every writer takes. Runs for each record of each answer:
// what is the same for all records of a service is made once and shared, and no JSON text is parsed twice in a row.
import type { Asset } from '../model/asset.ts';
import type { AcquisitionCode } from '../model/codes.ts';
import type { Contact, Licence, Link } from '../model/description.ts';
import type { StoredPosition } from '../model/geometry.ts';
import type { CatalogRecord, FieldValue, Level, ProductLevel } from '../model/record.ts';
import { inLanguage, type Language, type Localised } from '../model/text.ts';
import type { Mappings } from './mappings.ts';
import { createPlaceNames } from './place-names.ts';
import { boxOf, geometryOf } from './record-geometry.ts';
import { recordTime } from './record-time.ts';
import type { MetadataRow } from './row.ts';
import { createServiceView, type ServiceView, strangerOf, translationsOf } from './service-view.ts';

type Fields = CatalogRecord['fields'];

const NO_FIELDS: Fields = Object.freeze({});
const NOTHING: readonly never[] = Object.freeze([]);

/** What all rows share. */
interface Shared {
  readonly viewOf: (service: string) => ServiceView;
  readonly placeNames: ReturnType<typeof createPlaceNames>;
  readonly licence: (id: string) => Licence;
  readonly acquisition: (code: number | null) => AcquisitionCode | undefined;
  readonly contacts: (json: string) => readonly Contact[];
  readonly links: (json: string) => readonly Link[];
  readonly lineage: (json: string) => Localised;
}

/** A row to its record; throws only when a jsonb column holds no JSON. Rows of a service without file are described by the site alone. */
export function createRowToRecord(mappings: Mappings): (row: MetadataRow) => CatalogRecord {
  const services = new Map(mappings.services.map((service) => [service.name, createServiceView(service)]));
  const stranger = createServiceView(strangerOf(mappings));
  const acquisitions = new Map(mappings.codes.acquisition.map((entry) => [entry.code, entry]));
  const shared: Shared = {
    viewOf: (service) => services.get(service) ?? stranger,
    placeNames: createPlaceNames(mappings.places),
    licence: createLicences(mappings),
    acquisition: (code) => (code === null ? undefined : acquisitions.get(code)),
    contacts: remembering(),
    links: remembering(),
    lineage: remembering(),
  };
  return (row) => recordOf(row, shared);
}

function recordOf(row: MetadataRow, shared: Shared): CatalogRecord {
  const view = shared.viewOf(row.service);
  const { service } = view;
  const lang: Language = row.lang === 'fr' ? 'fr' : 'en';
  const series = row.level !== 'dataset';
  const time = recordTime(row, view.occasional);
  const bbox = boxOf(row);
  const fields = row.fields === null ? NO_FIELDS : (JSON.parse(row.fields) as Fields);
  const uses = series ? view.all : view.uses(row.instrument, row.platform, time);
  const acquisition = shared.acquisition(row.acquisition ?? service.defaults.acquisition);
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
    title: filled(row.name) ?? (series ? inLanguage(service.title, lang) : `${row.service} ${row.id}`),
    abstract: description ?? inLanguage(service.abstract, lang),
    translations: translationsOf(row.translations, lang, view, series, description === null),
    name: row.name,
    description: row.description,
    stored: { dateBegin: row.date_b, timeBegin: row.time_b, dateEnd: row.date_e, timeEnd: row.time_e },
    time,
    position: positionOf(row),
    geometry: geometryOf(bbox, row.shape),
    bbox,
    elevation: row.elevation,
    elevationMax: row.elevation_max,
    authorization: row.authorization_,
    embargoUntil: row.embargo_until,
    accessGroups: row.access_groups,
    hasRows: row.has_rows,
    assets: row.assets === null ? NOTHING : assetsOf(row.assets, row),
    acquisition: row.acquisition,
    format: row.format,
    productLevel: row.product_level as ProductLevel | null,
    instruments: row.instrument,
    platform: row.platform,
    instrumentUses: uses.instruments,
    platformUses: uses.platforms,
    keywords: row.keywords.length === 0 ? view.keywords[lang] : joined(row.keywords, view.keywords[lang]),
    places: shared.placeNames(placeOf(fields, service.old.localization), bbox, lang),
    topics: service.topics,
    themes: service.themes,
    contacts: row.contacts === null ? service.contacts : shared.contacts(row.contacts),
    licence: row.licence === null ? service.licence : shared.licence(row.licence),
    lineage: row.lineage === null ? view.lineage : shared.lineage(row.lineage),
    resolutionMetres: row.resolution_m,
    maintenance: series ? service.maintenance : (acquisition?.maintenance ?? service.maintenance),
    status: series ? view.status : (acquisition?.progress ?? view.status),
    created: row.data_created,
    published: row.data_published ?? (series && service.published !== '' ? service.published : null),
    entered: row.created_at,
    updated: row.datestamp,
    storedLinks: view.linksWith(row.links === null ? NOTHING : shared.links(row.links), series ? null : fields, lang),
    fields,
    deletedAt: row.deleted_at,
    change: row.change,
  };
}

type StoredAsset = Omit<Asset, 'service' | 'record'>;

function assetsOf(json: string, { service, id }: MetadataRow): readonly Asset[] {
  return (JSON.parse(json) as StoredAsset[]).map((asset) => ({ ...asset, service, record: id }));
}

/** As stored; epsg null or 0 means 4326. */
function positionOf({ longitude: x, latitude: y, epsg }: MetadataRow): StoredPosition | null {
  return x === null || y === null ? null : { x, y, epsg: epsg === null || epsg === 0 ? 4326 : epsg };
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
