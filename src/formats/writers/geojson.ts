// A record as a GeoJSON Feature (RFC 7946; names of properties: docs of the API). Longitude first; the third coordinate of a point is
// metres above mean sea level; no invented midnight: a day stays a day.
import { codeOf } from '../../model/codes.ts';
import type { Link, LinkRole } from '../../model/description.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { Geometry } from '../../model/geometry.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { inLanguage, type Language, type Localised } from '../../model/text.ts';
import type { RecordTime } from '../../model/time.ts';
import { boxGeometry, rightHanded } from './antimeridian.ts';
import { linksOf } from './record-links.ts';
import { abstractIn, titleIn } from './text.ts';

export interface GeoJsonFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly bbox?: readonly number[];
  readonly geometry: object | null;
  readonly properties: { readonly [name: string]: unknown };
  readonly links: readonly object[];
}

/** Link role → relation (IANA); `icon` for images as OGC 13-026 has it. */
export const RELATIONS: { readonly [R in LinkRole]: string } = {
  self: 'self',
  alternate: 'alternate',
  landing: 'alternate',
  data: 'enclosure',
  quicklook: 'icon',
  thumbnail: 'icon',
  doi: 'cite-as',
  search: 'search',
  collection: 'collection',
  up: 'up',
  related: 'related',
  process: 'service',
  licence: 'license',
};

/** The format `geojson`: one Feature as JSON text. */
export function createGeoJson(): RecordFormat {
  return {
    id: 'geojson',
    title: 'GeoJSON',
    mediaType: 'application/geo+json',
    extension: 'geojson',
    write: (record, view) => JSON.stringify(geojsonFeature(record, view)),
  };
}

/** The Feature as an object, texts in the view's language. */
export function geojsonFeature(record: CatalogRecord, view: RecordView): GeoJsonFeature {
  return {
    type: 'Feature',
    id: record.identifier,
    ...(record.bbox === null ? {} : { bbox: record.bbox }),
    geometry: geometryOf(record),
    properties: propertiesOf(record, view),
    links: linksOf(record, view).map(linkObject),
  };
}

/** Cut at the antimeridian, right-handed; the box where the record has no shape of its own; null without position. */
export function splitGeometry(record: CatalogRecord): Geometry | null {
  if (record.geometry !== null) return rightHanded(record.geometry, record.bbox);
  return record.bbox === null ? null : boxGeometry(record.bbox);
}

function geometryOf(record: CatalogRecord): object | null {
  const geometry = splitGeometry(record);
  if (geometry?.type !== 'Point' || record.elevation === null) return geometry;
  return { type: 'Point', coordinates: [...geometry.coordinates, record.elevation] };
}

function propertiesOf(record: CatalogRecord, view: RecordView): { readonly [name: string]: unknown } {
  const { language, codes } = view;
  const links = linksOf(record, view);
  const { instrumentUses, platformUses } = record;
  const properties: { [name: string]: unknown } = {
    title: titleIn(record, language),
    description: abstractIn(record, language),
    type: record.level,
    collection: record.service,
    parent: record.parent,
    ...timeProperties(record.time),
    created: record.created,
    published: record.published,
    updated: record.updated,
    epsg: record.position?.epsg ?? null,
    elevation: record.elevation,
    elevation_max: record.elevationMax,
    access: codeOf(codes.authorization, record.authorization)?.name ?? null,
    embargo_until: record.embargoUntil,
    acquisition: codeOf(codes.acquisition, record.acquisition)?.name ?? null,
    format: codeOf(codes.format, record.format)?.isoName ?? null,
    product_level: record.productLevel,
    license: record.licence.id,
    doi: record.doi,
    version: record.version,
    lang: record.lang,
    keywords: record.keywords,
    places: record.places,
    topics: record.topics,
    themes: record.themes.map((theme) => ({ label: inLanguage(theme.label, language), uri: theme.uri })),
    instrument: record.instruments,
    platform: record.platform,
    instruments: instrumentUses.map((use) => instrumentObject(use, language)),
    platforms: platformUses.map((use) => ({
      id: use.id,
      title: inLanguage(use.title, language),
      ...description(use, language),
    })),
    lineage: record.lineage === null ? null : inLanguage(record.lineage, language),
    resolution: record.resolutionMetres,
    status: record.status,
    maintenance: record.maintenance,
    quicklook: links.find((link) => link.role === 'quicklook')?.href ?? null,
  };
  for (const [name, value] of Object.entries(record.fields)) properties[`${record.service}:${name}`] = value;
  return properties;
}

/** As STAC has it: `datetime` for an instant, else null and the two ends, an open or unknown one null. */
function timeProperties(time: RecordTime): { readonly [name: string]: string | null } {
  if (time.kind === 'instant') return { datetime: time.at };
  if (time.kind === 'none') return { datetime: null };
  return { datetime: null, start_datetime: time.begin, end_datetime: time.end };
}

function instrumentObject(use: CatalogRecord['instrumentUses'][number], language: Language): object {
  return {
    id: use.id,
    title: inLanguage(use.title, language),
    type: inLanguage(use.type, language),
    ...description(use, language),
    ...(use.platform === undefined ? {} : { platform: use.platform }),
    configurations: use.configurations.map((configuration) => ({
      from: configuration.from,
      to: configuration.to,
      description: inLanguage(configuration.description, language),
      settings: configuration.settings,
    })),
  };
}

function description(use: { readonly description?: Localised }, language: Language): { readonly description?: string } {
  return use.description === undefined ? {} : { description: inLanguage(use.description, language) };
}

function linkObject(link: Link): object {
  return {
    rel: relationOf(link),
    href: link.href,
    ...(link.type === undefined ? {} : { type: link.type }),
    ...(link.title === undefined ? {} : { title: link.title }),
    ...(link.language === undefined ? {} : { hreflang: link.language }),
    ...(link.length === undefined ? {} : { length: link.length }),
  };
}

/** The link to this very document is `self`, whichever door is the record's main one. */
function relationOf(link: Link): string {
  if (link.role !== 'self' && link.role !== 'alternate') return RELATIONS[link.role];
  const own = link.format === undefined ? link.type === 'application/geo+json' : link.format === 'geojson';
  return own ? 'self' : 'alternate';
}
