// What each document format carries of a record, in the form that its reader gives: the expected result of reading back.

import { NOTHING_READ, type ReadRecord } from '../../../src/formats/readers/read-record.ts';
import { linksOf } from '../../../src/formats/writers/record-links.ts';
import type { Link, LinkRole } from '../../../src/model/description.ts';
import type { RecordView } from '../../../src/model/format.ts';
import type { CatalogRecord, FieldValue } from '../../../src/model/record.ts';
import type { Localised } from '../../../src/model/text.ts';

const ISO_ORDER: readonly LinkRole[] = ['data', 'landing', 'doi', 'search', 'related', 'quicklook', 'thumbnail'];

/** Everything of ReadRecord: ISO 19139 carries it all. */
export function carriedByIso(record: CatalogRecord, view: RecordView): ReadRecord {
  const other = record.translations[record.lang === 'en' ? 'fr' : 'en'];
  return {
    level: record.level,
    identifier: record.identifier,
    parent: record.parent,
    version: record.version,
    doi: record.doi,
    uri: view.uri(record),
    lang: record.lang,
    title: record.title,
    abstract: record.abstract,
    translations:
      other === undefined || Object.keys(other).length === 0 ? {} : { [record.lang === 'en' ? 'fr' : 'en']: other },
    time: record.time,
    epsg: record.position?.epsg ?? null,
    geometry: record.geometry,
    bbox: record.bbox,
    elevation: record.elevation,
    elevationMax: record.elevationMax === record.elevation ? null : record.elevationMax,
    authorization: record.authorization,
    embargoUntil: record.embargoUntil,
    acquisition: record.acquisition,
    format: record.format,
    productLevel: record.productLevel,
    instruments: record.instruments,
    platform: record.platform,
    keywords: record.keywords,
    places: record.places,
    topics: record.topics,
    themes: inspireFirst(record),
    contacts: record.contacts,
    licence: record.licence,
    lineage: record.lineage === null || Object.keys(record.lineage).length === 0 ? null : record.lineage,
    resolutionMetres: record.resolutionMetres,
    maintenance: record.maintenance,
    status: record.status,
    created: record.created,
    published: record.published,
    updated: record.updated,
    links: carriedLinks(record, view, ['type', 'title', 'protocol']),
    fields: withValues(record.fields),
  };
}

/** csw:Record has one language, no own terms for themes, and no roles beyond creator, publisher and contributor. */
export function carriedByCsw(record: CatalogRecord, view: RecordView): Partial<ReadRecord> {
  const iso = carriedByIso(record, view);
  const { level, identifier, doi, uri, parent, lang, title, abstract, time, bbox, authorization } = iso;
  return {
    ...{ level, identifier, doi, uri, parent, lang, title, abstract, time, bbox, authorization },
    topics: iso.topics,
    places: iso.places,
    licence: { id: null, title: record.licence.title, url: record.licence.url },
    lineage: inOwnLanguage(record.lineage, record.lang),
    created: iso.created,
    published: iso.published,
    updated: iso.updated,
    links: carriedLinks(record, view, []),
  };
}

/** What differs between what was read and what was to be carried: one line for each field. XML cannot carry control characters. */
export function differences(read: ReadRecord, wanted: Partial<ReadRecord>): readonly string[] {
  return (Object.keys(wanted) as (keyof ReadRecord)[]).flatMap((key) => {
    const [found, asked] = [sorted(read[key]), sorted(withoutControls(wanted[key]))];
    return found === asked ? [] : [`${key}: read ${found}, written ${asked}`];
  });
}

function withoutControls(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
  if (Array.isArray(value)) return value.map(withoutControls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutControls(inner)]));
}

/** JSON whatever the order of keys. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export const FIELDS_OF_READ_RECORD = Object.keys(NOTHING_READ).sort();

function inspireFirst(record: CatalogRecord): CatalogRecord['themes'] {
  const inspire = (uri: string): boolean => uri.startsWith('http://inspire.ec.europa.eu/theme/');
  return [...record.themes.filter(({ uri }) => inspire(uri)), ...record.themes.filter(({ uri }) => !inspire(uri))];
}

function carriedLinks(record: CatalogRecord, view: RecordView, parts: readonly (keyof Link)[]): readonly Link[] {
  return linksOf(record, view)
    .filter((link) => ISO_ORDER.includes(link.role) && !(link.role === 'doi' && link.href.endsWith(`/${record.doi}`)))
    .map((link, place) => ({ link, place }))
    .sort((a, b) => rank(a.link) - rank(b.link) || a.place - b.place)
    .map(({ link }) => {
      const isImage = link.role === 'quicklook' || link.role === 'thumbnail';
      const kept = parts.filter((part) => link[part] !== undefined && (!isImage || part === 'type'));
      return { role: link.role, href: link.href, ...Object.fromEntries(kept.map((part) => [part, link[part]])) };
    });
}

function rank(link: Link): number {
  return Math.min(ISO_ORDER.indexOf(link.role), ISO_ORDER.indexOf('quicklook'));
}

function withValues(fields: CatalogRecord['fields']): { readonly [name: string]: FieldValue } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== ''));
}

function inOwnLanguage(text: Localised | null, lang: 'en' | 'fr'): Localised | null {
  const own = text?.[lang];
  return own === undefined ? null : { [lang]: own };
}
