// What the Atom template may name, and how one record fills it, in the view's language.
import { codeOf } from '../../model/codes.ts';
import type { Link } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { Position } from '../../model/geometry.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { inLanguage } from '../../model/text.ts';
import { atomContent } from './atom-content.ts';
import { RELATIONS, splitGeometry } from './geojson.ts';
import { GEOMETRY, gmlGeometry, latitudeFirst } from './gml-geometry.ts';
import { listLinksOf } from './record-links.ts';
import { abstractIn, titleIn } from './text.ts';
import type { Names, ViewOf } from './xml-template.ts';

export const ATOM_NAMES = {
  language: 'value',
  uri: 'value',
  title: 'value',
  updated: 'value',
  author: { name: 'value', url: 'value', email: 'value' },
  identifier: 'value',
  date: 'value',
  point: { position: 'value' },
  line: { positions: 'value' },
  ring: { positions: 'value' },
  box: { corners: 'value' },
  where: GEOMETRY,
  categories: { scheme: 'value', term: 'value', label: 'value' },
  links: { rel: 'value', type: 'value', hreflang: 'value', title: 'value', length: 'value', href: 'value' },
  rights: 'value',
  summary: 'value',
  content: 'value',
} as const satisfies Names;

const ATOM_TYPE = 'application/atom+xml';

type AtomView = ViewOf<typeof ATOM_NAMES>;
type Place = Pick<AtomView, 'point' | 'line' | 'ring' | 'box' | 'where'>;

export function atomView(record: CatalogRecord, view: RecordView): AtomView {
  const { language, site } = view;
  const links = listLinksOf(record, view);
  const abstract = abstractIn(record, language);
  return {
    language,
    uri: view.uri(record),
    title: titleIn(record, language),
    updated: record.updated,
    author: { name: site.organisation.organisation, url: site.organisation.url, email: site.organisation.email },
    identifier: record.identifier,
    date: dateOf(record),
    ...placeOf(record),
    categories: categoriesOf(record, view),
    links: atomLinks(links),
    rights: record.licence.title,
    summary: abstract,
    content: atomContent(record, view, links),
  };
}

/** An instant, or `start/end` with an open or unknown end left empty (OGC 10-032r8, dc:date). */
function dateOf({ time }: CatalogRecord): string | undefined {
  if (time.kind === 'instant') return time.at;
  return time.kind === 'period' ? `${time.begin ?? ''}/${time.end ?? ''}` : undefined;
}

/** Exactly one georss element, none without position: point, line, polygon, box, or georss:where for what these cannot say. */
function placeOf(record: CatalogRecord): Place {
  const none: Place = { point: undefined, line: undefined, ring: undefined, box: undefined, where: undefined };
  const geometry = splitGeometry(record);
  if (geometry === null) return none;
  if (geometry.type === 'Point') return { ...none, point: { position: latitudeFirst([geometry.coordinates]) } };
  if (record.geometry === null && record.bbox !== null && record.bbox[0] <= record.bbox[2]) {
    const [west, south, east, north] = record.bbox;
    return { ...none, box: { corners: latitudeFirst([[west, south] as Position, [east, north] as Position]) } };
  }
  if (geometry.type === 'LineString') return { ...none, line: { positions: latitudeFirst(geometry.coordinates) } };
  if (geometry.type === 'Polygon' && geometry.coordinates.length === 1) {
    return { ...none, ring: { positions: latitudeFirst(geometry.coordinates[0] ?? []) } };
  }
  return { ...none, where: gmlGeometry(geometry, '') };
}

function categoriesOf(record: CatalogRecord, view: RecordView): AtomView['categories'] {
  const acquisition = codeOf(view.codes.acquisition, record.acquisition);
  return [
    { scheme: undefined, term: record.service, label: undefined },
    { scheme: undefined, term: acquisition?.name, label: acquisition && inLanguage(acquisition.label, view.language) },
    ...record.themes.map((theme) => ({
      scheme: theme.uri.replace(/[/#][^/#]*$/, ''),
      term: theme.uri,
      label: inLanguage(theme.label, view.language),
    })),
    ...record.keywords.map((keyword) => ({ scheme: undefined, term: keyword, label: undefined })),
  ];
}

/** The record in ISO 19139 is what the entry was made from: `via`. RFC 4287 4.1.2: one alternate for each type and language. */
function atomLinks(links: readonly Link[]): AtomView['links'] {
  const alternates = new Set<string>();
  return links
    .map((link) => ({
      rel: relationOf(link),
      type: link.type,
      hreflang: link.language,
      title: link.title,
      length: link.length,
      href: link.href,
    }))
    .filter((link) => {
      if (link.rel !== 'alternate') return true;
      const key = `${link.type ?? ''} ${link.hreflang ?? ''}`;
      return !alternates.has(key) && alternates.add(key) !== undefined;
    });
}

function relationOf(link: Link): string {
  const own = link.format === 'atom' || link.type === ATOM_TYPE;
  if (link.role === 'self') return own ? 'self' : 'alternate';
  if (link.role !== 'alternate') return RELATIONS[link.role];
  return own ? 'self' : link.format === 'iso19139' ? 'via' : 'alternate';
}
