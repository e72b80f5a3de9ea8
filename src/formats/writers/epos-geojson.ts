// The payloads that the EPOS portal shows natively, beside the JSON of the old addresses: GeoJSON, and the EPOS extension of GeoJSON for its
// map, its table or both. Longitude first as in every GeoJSON, but latitude first in the box of an image overlay.
import type { Link } from '../../model/description.ts';
import type { Box } from '../../model/geometry.ts';
import type { CatalogRecord, FieldValue } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { DataRow } from './data-row.ts';
import { splitGeometry } from './geojson.ts';

/** `json` is the list of the old addresses. The first one is given to who asks for nothing. */
export const EPOS_PAYLOADS = [
  { id: 'json', mediaType: 'application/json' },
  { id: 'epos', mediaType: 'application/epos.geo+json' },
  { id: 'epos-table', mediaType: 'application/epos.table.geo+json' },
  { id: 'epos-map', mediaType: 'application/epos.map.geo+json' },
  { id: 'geojson', mediaType: 'application/geo+json', otherTypes: ['application/vnd.geo+json'] },
] as const;
export type EposPayload = (typeof EPOS_PAYLOADS)[number];

export interface EposView {
  readonly language: Language;
  /** Links of our mounted doors for a record. */
  readonly links: (record: CatalogRecord) => readonly Link[];
  /** Absolute stable address of a record. */
  readonly uri: (record: CatalogRecord) => string;
  /** Must who is not known log in for the data? */
  readonly restricted: (record: CatalogRecord) => boolean;
}

/** Writes the features of one collection, and at its end the styles of the kinds that were among them. */
export interface EposCollection {
  readonly feature: (record: CatalogRecord, row: DataRow) => object;
  /** Members of the collection besides type and features. */
  readonly members: () => { readonly [member: string]: unknown };
}

/** Shown beside the name where a feature is clicked on. */
const POP_UP = ['name', 'localization', 'date_b', 'time_b', 'date_e', 'time_e', 'elevation'];
const FIELDS_IN_POP_UP = 6;
/** Addresses and stored coordinates, which the table shows in other ways or not at all. */
const NOT_IN_TABLE = new Set(['uri', 'epsg']);

export function createEposCollection(service: Service, payload: EposPayload['id'], view: EposView): EposCollection {
  const styles = new Map<string, object>();
  const fields = service.fields.map(({ name }) => name);
  const mapKeys = [...POP_UP, ...fields.slice(0, FIELDS_IN_POP_UP)];
  const styled = payload === 'epos' || payload === 'epos-map';

  const style = (record: CatalogRecord, overlay: boolean): string => {
    const kind = `${kindOf(service, record)}${overlay ? '_overlay' : ''}`;
    if (!styles.has(kind)) styles.set(kind, styleOf(service, record, overlay, view.language));
    return kind;
  };

  return {
    feature(record, row) {
      const plain = { ...row, name: record.title };
      if (payload === 'geojson') return geoJson(record, plain);
      const overlay = styled ? overlayOf(record, view) : null;
      const properties = {
        ...(styled ? { '@epos_type': style(record, overlay !== null) } : {}),
        '@epos_label_key': 'name',
        ...(payload === 'epos-table' ? {} : { '@epos_map_keys': mapKeys.filter((key) => key in plain) }),
        ...(payload === 'epos-map'
          ? {}
          : { '@epos_data_keys': Object.keys(plain).filter((key) => !NOT_IN_TABLE.has(key)) }),
        '@epos_links': linksOf(record, view),
        ...(payload === 'epos-map' ? onlyKeys(plain, mapKeys) : plain),
      };
      if (overlay === null) return { ...geoJson(record, {}), properties };
      return {
        type: 'Feature',
        id: record.identifier,
        geometry: null,
        '@epos_image_overlay': overlay,
        properties,
      };
    },
    members: () => (styled ? { '@epos_style': Object.fromEntries(styles) } : {}),
  };
}

function geoJson(record: CatalogRecord, properties: DataRow): object {
  const geometry = splitGeometry(record);
  const withHeight =
    geometry?.type === 'Point' && record.elevation !== null
      ? { ...geometry, coordinates: [...geometry.coordinates, record.elevation] }
      : geometry;
  return { type: 'Feature', id: record.identifier, geometry: withHeight, properties };
}

function onlyKeys(row: DataRow, keys: readonly string[]): DataRow {
  const kept: { [key: string]: FieldValue } = {};
  for (const key of keys) if (key in row) kept[key] = row[key] ?? null;
  return kept;
}

/** What the records of a service are told apart by: the field that the service's file names as type of product; else the service. */
function kindOf(service: Service, record: CatalogRecord): string {
  const source = service.resto?.properties.productType;
  const field = source && 'from' in source && source.from.startsWith('field:') ? source.from.slice(6) : null;
  const value = field === null ? null : record.fields[field];
  return typeof value === 'string' && value !== '' ? value : service.name;
}

function styleOf(service: Service, record: CatalogRecord, overlay: boolean, language: Language): object {
  const kind = kindOf(service, record);
  const label = kind === service.name ? inLanguage(service.title, language) : kind;
  if (overlay) return { label };
  return { label, marker: { character: kind.charAt(0).toUpperCase(), pin: true, clustering: true } };
}

/** A picture of the area: where a quick look exists and the record covers one. */
function overlayOf(record: CatalogRecord, view: EposView): object | null {
  const { bbox } = record;
  if (bbox === null || !isArea(bbox)) return null;
  const picture = [...view.links(record), ...record.storedLinks].find((link) => link.role === 'quicklook');
  if (picture === undefined) return null;
  const [west, south, east, north] = bbox;
  return { href: picture.href, bbox: [south, west, north, east] };
}

const isArea = ([west, south, east, north]: Box): boolean => west !== east && south !== north;

function linksOf(record: CatalogRecord, view: EposView): readonly object[] {
  const data = [...view.links(record), ...record.storedLinks].filter((link) => link.role === 'data');
  const restricted = view.restricted(record);
  return [
    ...data.map((link) => ({
      href: link.href,
      label: link.title ?? link.type ?? 'Data',
      ...(link.type === undefined ? {} : { type: link.type }),
      authenticatedDownload: restricted,
    })),
    {
      href: view.uri(record),
      label: view.language === 'fr' ? 'Notice' : 'Record',
      type: 'text/html',
      authenticatedDownload: false,
    },
  ];
}
