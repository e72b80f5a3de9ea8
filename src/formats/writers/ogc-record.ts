// A record as OGC API Records 1.0 (20-004r1, clause 8, recordGeoJSON) writes it. No invented midnight, no member without a value.
import type { Link, LinkRole } from '../../model/description.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { Box, Geometry } from '../../model/geometry.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Language } from '../../model/text.ts';
import type { RecordTime } from '../../model/time.ts';
import { splitGeometry } from './geojson.ts';
import { createPropertiesText, quoted } from './ogc-record-properties.ts';
import { linksOf } from './record-links.ts';
import { languagesOf, titleIn } from './text.ts';

export const OGC_RECORD = 'ogc-record';
export const RECORD_PROFILE = 'http://www.opengis.net/def/profile/OGC/0/ogc-record';
export const RECORD_CORE = 'http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core';
const TYPE = 'application/geo+json';

/** Link role → relation (IANA; `item`: the resource that the record describes). */
const RELATIONS: { readonly [R in LinkRole]: string } = {
  self: 'alternate',
  alternate: 'alternate',
  landing: 'alternate',
  data: 'item',
  quicklook: 'preview',
  thumbnail: 'icon',
  doi: 'cite-as',
  search: 'search',
  collection: 'collection',
  up: 'up',
  related: 'related',
  process: 'http://www.opengis.net/def/rel/ogc/1.0/processes',
  licence: 'license',
};

export interface RecordLink {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
  readonly hreflang?: string;
  readonly length?: number;
}

export interface OgcRecordOptions {
  /** Positions as small polygons, for clients that read nothing else (QGIS MetaSearch); otherwise as points. */
  readonly polygons?: boolean;
}

/** The format `ogc-record`: one Feature as JSON text. */
export function createOgcRecord(options: OgcRecordOptions = {}): RecordFormat {
  const propertiesText = createPropertiesText();
  return {
    id: OGC_RECORD,
    title: 'OGC API Records',
    mediaType: TYPE,
    extension: OGC_RECORD,
    write: (record, view) => recordText(record, view, propertiesText(record, view), options),
  };
}

/**
 * The Feature as text, texts in the view's language where it has them. Put together from pieces: links are most of it, and what all records
 * of a service share is written once (half of the time of one JSON.stringify).
 */
function recordText(record: CatalogRecord, view: RecordView, properties: string, options: OgcRecordOptions): string {
  const { bbox } = record;
  const geometry = options.polygons && bbox !== null ? areaOf(bbox) : splitGeometry(record);
  return (
    `{"id":${quoted(record.identifier)},"type":"Feature","conformsTo":["${RECORD_CORE}"],` +
    `${bbox === null ? '' : `"bbox":[${bbox.join()}],`}"geometry":${JSON.stringify(geometry)},"time":${JSON.stringify(timeOf(record.time))},` +
    `"properties":${properties},"links":[${recordLinks(record, view).map(linkText).join()}]}`
  );
}

function linkText({ rel, href, type, title, hreflang, length }: RecordLink): string {
  return (
    `{"rel":"${rel}","href":${quoted(href)}${type === undefined ? '' : `,"type":${quoted(type)}`}` +
    `${title === undefined ? '' : `,"title":${quoted(title)}`}${hreflang === undefined ? '' : `,"hreflang":"${hreflang}"`}` +
    `${length === undefined ? '' : `,"length":${length}`}}`
  );
}

/** About ten metres to each side. */
const MARGIN = 0.0001;

/** The box as a polygon; one without extent grows to a small one. Across the antimeridian: two. */
function areaOf([west, south, east, north]: Box): Geometry {
  const [x, y] = [west === east ? MARGIN : 0, south === north ? MARGIN : 0];
  const ring = (w: number, e: number) => {
    const [s, n] = [Math.max(-90, south - y), Math.min(90, north + y)];
    return [
      [
        [w, s],
        [e, s],
        [e, n],
        [w, n],
        [w, s],
      ],
    ] as const;
  };
  if (west > east) return { type: 'MultiPolygon', coordinates: [ring(west, 180), ring(-180, east)] };
  return { type: 'Polygon', coordinates: ring(Math.max(-180, west - x), Math.min(180, east + x)) };
}

/**
 * Clause 8.2.4: null, a date, a timestamp, or an interval whose ends are of one kind, `..` open or unknown. Beside a timestamp a day counts
 * from its first to its last second.
 */
export function timeOf(time: RecordTime): object | null {
  if (time.kind === 'none') return null;
  if (time.kind === 'instant') return time.at.length === 10 ? { date: time.at } : { timestamp: time.at };
  const { begin, end } = time;
  const exact = [begin, end].some((moment) => moment !== null && moment.length > 10);
  const written = (moment: string | null, clock: string): string =>
    moment === null ? '..' : exact && moment.length === 10 ? `${moment}T${clock}Z` : moment;
  return { interval: [written(begin, '00:00:00'), written(end, '23:59:59')] };
}

/** One self, one collection, the profile, and every other link; each address once for a relation and a language. */
export function recordLinks(record: CatalogRecord, view: RecordView): readonly RecordLink[] {
  const all = linksOf(record, view);
  const self = all.find((link) => link.format === OGC_RECORD && (link.role === 'self' || link.role === 'alternate'));
  const collection =
    all.find((link) => link.role === 'collection' && link.type === 'application/json') ??
    all.find((link) => link.role === 'collection');
  const links: RecordLink[] = [];
  if (self !== undefined) links.push(linkObject('self', { ...self, type: TYPE }));
  for (const link of all) {
    if (link === self || (link.role === 'collection' && link !== collection)) continue;
    links.push(linkObject(RELATIONS[link.role], link));
  }
  if (self !== undefined) links.push(...translations(record, view.language, self));
  links.push(
    { rel: 'profile', href: RECORD_PROFILE },
    { rel: 'license', href: record.licence.url, title: record.licence.title },
  );
  return links;
}

/** The same record in its other languages. */
function translations(record: CatalogRecord, language: Language, self: Link): readonly RecordLink[] {
  const [, ...others] = languagesOf(record, language);
  const glue = self.href.includes('?') ? '&' : '?';
  return others.map((other) => ({
    rel: 'alternate',
    href: `${self.href}${glue}lang=${other}`,
    type: TYPE,
    title: titleIn(record, other),
    hreflang: other,
  }));
}

function linkObject(rel: string, { href, type, title, language, length }: Link): RecordLink {
  return {
    rel,
    href,
    ...(type === undefined ? {} : { type }),
    ...(title === undefined ? {} : { title }),
    ...(language === undefined ? {} : { hreflang: language }),
    ...(length === undefined ? {} : { length }),
  };
}
