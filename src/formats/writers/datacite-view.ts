// What the DataCite templates may name, and how one record fills it.
import { codeOf } from '../../model/codes.ts';
import type { RecordView } from '../../model/format.ts';
import type { Box, Geometry, Position } from '../../model/geometry.ts';
import type { CatalogRecord } from '../../model/record.ts';
import {
  type Contributor,
  contributorsOf,
  creatorsOf,
  datesOf,
  identifierOf,
  type Party,
  publicationDay,
  publisherParty,
  relatedOf,
  resourceTypeOf,
  textsOf,
} from './datacite-parts.ts';
import { decimal } from './text.ts';
import { vocabularyOf } from './vocabulary.ts';
import type { Names, ViewOf } from './xml-template.ts';

const PARTY = { name: 'value', identifier: 'value', scheme: 'value', schemeUri: 'value' } as const satisfies Names;
const TEXT = { text: 'value', language: 'value', translated: 'value' } as const satisfies Names;
const POINT = { longitude: 'value', latitude: 'value' } as const satisfies Names;

export const DATACITE_NAMES = {
  identifier: 'value',
  identifierType: 'value',
  localIdentifier: 'value',
  uri: 'value',
  creators: PARTY,
  titles: TEXT,
  publisher: PARTY,
  year: 'value',
  resourceTypeGeneral: 'value',
  resourceType: 'value',
  keywords: 'list',
  themes: { label: 'value', language: 'value', scheme: 'value', schemeUri: 'value', uri: 'value' },
  topics: 'list',
  contributors: { type: 'value', ...PARTY },
  dates: { date: 'value', dateType: 'value' },
  language: 'value',
  related: { value: 'value', type: 'value', relation: 'value', scheme: 'value', schemeUri: 'value' },
  sizes: 'list',
  formats: 'list',
  version: 'value',
  licence: { title: 'value', url: 'value', id: 'value' },
  openAccess: 'value',
  abstracts: TEXT,
  lineages: TEXT,
  places: 'list',
  point: POINT,
  box: { west: 'value', east: 'value', south: 'value', north: 'value' },
  polygons: { points: POINT },
  /** Of the repository, in the wrapper of OAI-PMH. */
  symbol: 'value',
} as const satisfies Names;

type DataCiteView = ViewOf<typeof DATACITE_NAMES>;

export function dataCiteView(record: CatalogRecord, view: RecordView): DataCiteView {
  const identifier = identifierOf(record, view);
  const type = resourceTypeOf(record, view);
  return {
    identifier: identifier.value,
    identifierType: identifier.type,
    localIdentifier: record.identifier,
    uri: identifier.type === 'URL' ? undefined : view.uri(record),
    creators: creatorsOf(record, view).map(partyView),
    titles: bothLanguages(record, 'title'),
    publisher: partyView(publisherParty(record, view)),
    year: publicationDay(record).slice(0, 4),
    resourceTypeGeneral: type.general,
    resourceType: type.text,
    keywords: record.keywords,
    themes: themesOf(record),
    topics: record.topics,
    contributors: contributorsOf(record).map((each: Contributor) => ({ type: each.type, ...partyView(each) })),
    dates: datesOf(record),
    language: record.lang,
    related: relatedOf(record, view).map((each) => ({ scheme: undefined, schemeUri: undefined, ...each })),
    sizes: sizesOf(record, view),
    formats: formatsOf(record, view),
    version: record.version,
    licence: record.licence,
    openAccess: codeOf(view.codes.authorization, record.authorization)?.openAccess,
    abstracts: bothLanguages(record, 'abstract'),
    lineages: lineagesOf(record),
    places: record.places,
    ...areaOf(record),
    symbol: view.site.shortName,
  };
}

function partyView(party: Party): ViewOf<typeof PARTY> {
  return {
    name: party.name,
    identifier: party.identifier?.value,
    scheme: party.identifier?.scheme,
    schemeUri: party.identifier?.schemeUri,
  };
}

function bothLanguages(record: CatalogRecord, name: 'title' | 'abstract'): DataCiteView['titles'] {
  return textsOf(record, name).map((each, index) => ({ ...each, translated: index === 0 ? undefined : 'yes' }));
}

function lineagesOf({ lineage }: CatalogRecord): DataCiteView['lineages'] {
  return Object.entries(lineage ?? {}).map(([language, text]) => ({ text, language, translated: undefined }));
}

function themesOf(record: CatalogRecord): DataCiteView['themes'] {
  return record.themes.map((theme) => {
    const language = theme.label[record.lang] === undefined ? (record.lang === 'en' ? 'fr' : 'en') : record.lang;
    const schemeUri = vocabularyOf(theme.uri);
    return {
      label: theme.label[language],
      language,
      scheme: schemeUri === 'http://inspire.ec.europa.eu/theme' ? 'GEMET - INSPIRE themes, version 1.0' : undefined,
      schemeUri,
      uri: theme.uri,
    };
  });
}

/** The media types of the data links, and that of the stored format; each once. */
export function formatsOf(record: CatalogRecord, view: RecordView): readonly string[] {
  const links = [...view.links(record), ...record.storedLinks].filter((link) => link.role === 'data');
  const stored = codeOf(view.codes.format, record.format)?.mediaType;
  const all = [stored, ...links.map((link) => link.type)];
  return [...new Set(all.filter((type) => type !== undefined))];
}

/** Bytes of the data links whose length is known. */
export function sizesOf(record: CatalogRecord, view: RecordView): readonly string[] {
  const links = [...view.links(record), ...record.storedLinks].filter((link) => link.role === 'data');
  return links.flatMap((link) => (link.length === undefined ? [] : [`${link.length} bytes`]));
}

type Area = Pick<DataCiteView, 'point' | 'box' | 'polygons'>;

/** A point, else the box with the outer rings of the shape. A box across the antimeridian has its west greater than its east. */
function areaOf(record: CatalogRecord): Area {
  if (record.bbox === null) return { point: undefined, box: undefined, polygons: undefined };
  const [west, south, east, north] = record.bbox;
  if (west === east && south === north) return { point: pointOf([west, south]), box: undefined, polygons: undefined };
  const box = { west: decimal(west), east: decimal(east), south: decimal(south), north: decimal(north) };
  const crosses = west > east;
  return { point: undefined, box, polygons: crosses ? undefined : outerRings(record.geometry).map(polygonOf) };
}

/** Outer rings of areas; a ring of four corners that only repeats the box adds nothing, but harms nobody. */
export function outerRings(geometry: Geometry | null): readonly (readonly Position[])[] {
  if (geometry?.type === 'Polygon') return geometry.coordinates.slice(0, 1);
  return geometry?.type === 'MultiPolygon' ? geometry.coordinates.map((polygon) => polygon[0] ?? []) : [];
}

function polygonOf(ring: readonly Position[]): { readonly points: readonly ViewOf<typeof POINT>[] } {
  return { points: ring.map(pointOf) };
}

function pointOf([longitude, latitude]: Position): ViewOf<typeof POINT> {
  return { longitude: decimal(longitude), latitude: decimal(latitude) };
}

/** The box of a record for JSON; null where it is a point or absent. */
export function wideBox({ bbox }: CatalogRecord): Box | null {
  return bbox === null || (bbox[0] === bbox[2] && bbox[1] === bbox[3]) ? null : bbox;
}
