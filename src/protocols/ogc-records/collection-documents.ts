// Collection objects: members of Features (17-069r4, 7.14) and of a catalogue (20-004r1, clause 9), from the service files and from the
// series records, whose extents are those of their members.
import { recordContacts, recordThemes } from '../../formats/writers/ogc-record-parts.ts';
import type { Links } from '../../http/links.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { Box } from '../../model/geometry.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { inLanguage, LANGUAGES, type Language } from '../../model/text.ts';
import type { RecordTime } from '../../model/time.ts';
import type { DocumentLink } from './answer.ts';
import { type Collection, collectionPath } from './collection.ts';
import { wordsIn } from './html.ts';
import { CRS84, GEOJSON_TYPE, GREGORIAN, HTML_TYPE, REL, SCHEMA_TYPE } from './vocabulary.ts';

/** Series records by service. */
export type SeriesByService = ReadonlyMap<string, CatalogRecord>;

export interface CollectionParts {
  readonly mappings: Mappings;
  readonly links: Links;
}

/** Smallest box around boxes; one that crosses the antimeridian makes it the whole way round. */
function boxAround(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const [only] = boxes;
  if (boxes.length === 1 && only !== undefined) return only;
  const crosses = boxes.some(([west, , east]) => west > east);
  const of = (index: 0 | 1 | 2 | 3) => boxes.map((box) => box[index]);
  return [
    crosses ? -180 : Math.min(...of(0)),
    Math.min(...of(1)),
    crosses ? 180 : Math.max(...of(2)),
    Math.max(...of(3)),
  ];
}

/** Ends as RFC 3339 moments; null = open or unknown. */
function periodOf(time: RecordTime): readonly [begin: string | null, end: string | null] | null {
  if (time.kind === 'none') return null;
  const [begin, end] = time.kind === 'instant' ? [time.at, time.at] : [time.begin, time.end];
  const full = (moment: string | null, clock: string) => (moment?.length === 10 ? `${moment}T${clock}Z` : moment);
  return [full(begin, '00:00:00'), full(end, '23:59:59')];
}

function periodAround(times: readonly RecordTime[]): readonly [string | null, string | null] | null {
  const periods = times.map(periodOf).filter((period) => period !== null);
  if (periods.length === 0) return null;
  const begins = periods.map(([begin]) => begin);
  const ends = periods.map(([, end]) => end);
  const outermost = (values: readonly (string | null)[], pick: 'first' | 'last'): string | null => {
    const known = values.filter((value) => value !== null).sort();
    return known.length < values.length ? null : ((pick === 'first' ? known[0] : known.at(-1)) ?? null);
  };
  return [outermost(begins, 'first'), outermost(ends, 'last')];
}

function extentOf(members: readonly CatalogRecord[]): object | undefined {
  const box = boxAround(members.map(({ bbox }) => bbox).filter((bbox) => bbox !== null));
  const interval = periodAround(members.map(({ time }) => time));
  if (box === null && interval === null) return undefined;
  return {
    ...(box === null ? {} : { spatial: { bbox: [box], crs: CRS84 } }),
    ...(interval === null ? {} : { temporal: { interval: [interval], trs: GREGORIAN } }),
  };
}

const NATIVE: { readonly [L in Language]: string } = { en: 'English', fr: 'français' };
const languageObject = (code: Language) => ({ code, name: NATIVE[code], dir: 'ltr' });

/** What the documents of a collection say of it, in the language asked. */
export function collectionMembers(
  collection: Collection,
  series: SeriesByService,
  { mappings }: CollectionParts,
  language: Language,
): { readonly [member: string]: unknown } {
  const { site } = mappings;
  const { service } = collection;
  const members =
    service === null ? [...series.values()] : [series.get(service.name)].filter((each) => each !== undefined);
  const extent = extentOf(members);
  const updated = members
    .map((record) => record.updated)
    .sort()
    .at(-1);
  const themes = service === null ? [] : recordThemes(service, language);
  return {
    id: collection.id,
    type: 'Collection',
    itemType: 'record',
    title: inLanguage(service?.title ?? site.title, language),
    description: inLanguage(service?.abstract ?? site.description, language),
    ...(service === null ? {} : { keywords: service.keywords.map((keyword) => inLanguage(keyword, language)) }),
    ...(themes.length === 0 ? {} : { themes }),
    language: languageObject(language),
    languages: LANGUAGES.filter((each) => each !== language).map(languageObject),
    contacts: recordContacts(service?.contacts ?? site.contacts),
    license: (service?.licence ?? site.licence).id,
    rights: site.attribution,
    ...(updated === undefined ? {} : { updated }),
    ...(extent === undefined ? {} : { extent }),
    crs: [CRS84],
    defaultSortOrder: [{ field: 'updated', direction: 'desc' }],
    conformsTo: ['http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-collection'],
  };
}

/** What belongs to a collection, besides the document itself. */
export function collectionLinks(
  collection: Collection,
  series: SeriesByService,
  { mappings, links }: CollectionParts,
  language: Language,
): readonly DocumentLink[] {
  const path = collectionPath(collection.id);
  const words = wordsIn(language);
  const licence = (collection.service ?? mappings.site).licence;
  const record = collection.service === null ? undefined : series.get(collection.service.name);
  const described = record === undefined ? [] : links.recordLinks(record);
  return [
    { rel: 'items', href: links.url(`${path}/items`), type: GEOJSON_TYPE, title: words.records },
    { rel: 'items', href: links.url(`${path}/items`, { f: 'html' }), type: HTML_TYPE, title: words.records },
    { rel: REL.queryables, href: links.url(`${path}/queryables`), type: SCHEMA_TYPE, title: words.queryables },
    { rel: REL.sortables, href: links.url(`${path}/sortables`), type: SCHEMA_TYPE, title: words.sortables },
    { rel: 'license', href: licence.url, title: licence.title },
    ...described
      .filter(({ role }) => role === 'landing' || role === 'alternate' || role === 'search')
      .map(({ role, href, type, title }) => ({
        rel: role === 'search' ? 'search' : 'describedby',
        href,
        ...(type === undefined ? {} : { type }),
        ...(title === undefined ? {} : { title }),
      })),
  ];
}
