// One record as a Feature of resto 2.x; what PEPS, SARA and their clients (EODAG, peps_download) read of it.
import { uuidOf } from '../../formats/syntax/uuid.ts';
import { splitGeometry } from '../../formats/writers/geojson.ts';
import { linksOf } from '../../formats/writers/record-links.ts';
import { abstractIn, titleIn } from '../../formats/writers/text.ts';
import type { Link } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { Box, Geometry } from '../../model/geometry.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Collection } from './collections.ts';
import { dataOf, sizeOf } from './data.ts';
import { EO_PROPERTIES, shownValue } from './properties.ts';
import { JSON_TYPE, ROOT } from './vocabulary.ts';

export interface FeatureView extends RecordView {
  /** Absolute address of one of our paths. */
  readonly url: (path: string) => string;
}

/** Address of a collection below the root, without suffix. */
export function collectionPath(collection: Collection): string {
  return `${ROOT}/collections/${encodeURIComponent(collection.name)}`;
}

/** Address of a record below its collection, without suffix. */
export function featurePath(collection: Collection, record: CatalogRecord): string {
  return `${collectionPath(collection)}/${uuidOf(record.identifier)}`;
}

/** The Feature as an object. */
export function featureOf(record: CatalogRecord, collection: Collection, view: FeatureView): object {
  const geometry = geometryOf(record, collection);
  return {
    type: 'Feature',
    id: uuidOf(record.identifier),
    geometry,
    properties: propertiesOf(record, collection, view, linksOf(record, view)),
  };
}

/** A row that has a position alone, or none, has the footprint of its collection where that has one. */
function geometryOf(record: CatalogRecord, { service }: Collection): Geometry | null {
  const own = splitGeometry(record);
  return (own === null || own.type === 'Point' ? service.resto?.footprint : null) ?? own;
}

function propertiesOf(
  record: CatalogRecord,
  collection: Collection,
  view: FeatureView,
  links: readonly Link[],
): { readonly [name: string]: unknown } {
  const { language, codes } = view;
  const { sources, service } = collection;
  const value = (name: string) => shownValue(sources.get(name), record, codes);
  const path = featurePath(collection, record);
  const data = dataOf(record, service, view.links(record));
  const { size, checksum } = sizeOf(data);
  const image = (role: Link['role']) => links.find((link) => link.role === role)?.href ?? null;
  const download = { url: view.url(`${path}/download`), mimeType: data.mediaType, size, checksum };
  const properties: { [name: string]: unknown } = {
    collection: collection.name,
    productIdentifier: value('productIdentifier'),
    parentIdentifier: record.parent,
    title: value('title') ?? titleIn(record, language),
    description: abstractIn(record, language),
    ...timesOf(record, value),
    ...Object.fromEntries(EO_PROPERTIES.map(({ name }) => [name, value(name)])),
    // SARA's name for it.
    absoluteOrbitNumber: value('orbitNumber'),
    quicklook: image('quicklook') ?? image('thumbnail'),
    thumbnail: image('thumbnail') ?? image('quicklook'),
    updated: record.updated,
    published: record.published ?? record.entered,
    license: {
      licenseId: record.licence.id,
      description: { shortName: record.licence.title, url: record.licence.url },
    },
    centroid: centroidOf(record.bbox),
    keywords: keywordsOf(record, collection, view),
    storage: { mode: 'disk' },
    resourceSize: size,
    resourceChecksum: checksum,
    services: { download },
    links: linkObjects(view.url(path), links, record),
  };
  for (const name of sources.keys()) if (!(name in properties)) properties[name] = value(name);
  for (const [name, own] of Object.entries(record.fields)) if (!(name in properties)) properties[name] = own;
  return properties;
}

/** Begin and end as the file's mapping has them, else of the record; an instant has both, an open end none. */
function timesOf(record: CatalogRecord, value: (name: string) => unknown): object {
  const { time } = record;
  const begin = time.kind === 'instant' ? time.at : time.kind === 'period' ? time.begin : null;
  const end = time.kind === 'instant' ? time.at : time.kind === 'period' ? time.end : null;
  return { startDate: value('startDate') ?? begin, completionDate: value('completionDate') ?? end };
}

function centroidOf(bbox: Box | null): Geometry | null {
  if (bbox === null) return null;
  const [west, south, east, north] = bbox;
  const middle = (west + (west > east ? east + 360 : east)) / 2;
  const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;
  return { type: 'Point', coordinates: [rounded(middle > 180 ? middle - 360 : middle), rounded((south + north) / 2)] };
}

function keywordsOf(record: CatalogRecord, collection: Collection, view: FeatureView): readonly object[] {
  const search = view.url(`${ROOT}/api/collections/${encodeURIComponent(collection.name)}/search.json`);
  return record.keywords.map((keyword) => ({
    id: uuidOf(keyword).slice(0, 8),
    name: keyword,
    type: 'keyword',
    href: `${search}?q=${encodeURIComponent(`"${keyword.replaceAll('"', ' ')}"`)}`,
  }));
}

function linkObjects(self: string, links: readonly Link[], record: CatalogRecord): readonly object[] {
  const metadata = links.find((link) => link.format === 'iso19139');
  const page = links.find((link) => link.role === 'self' || link.role === 'landing');
  return [
    { rel: 'self', type: JSON_TYPE, title: 'GeoJSON', href: `${self}.json` },
    { rel: 'alternate', type: 'application/atom+xml', title: 'Atom', href: `${self}.atom` },
    ...(metadata === undefined ? [] : [{ rel: 'via', type: metadata.type, title: 'ISO 19139', href: metadata.href }]),
    ...(page === undefined ? [] : [{ rel: 'alternate', type: page.type, title: record.title, href: page.href }]),
  ];
}
