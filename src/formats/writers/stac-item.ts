// A record as a STAC 1.1 item: a GeoJSON Feature whose times are RFC 3339 moments, with assets; extensions as the service's file and the
// record have what they need. Texts in the view's language; the other language is a link.
import { codeOf } from '../../model/codes.ts';
import type { Link, LinkRole } from '../../model/description.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { CatalogRecord, ProductLevel } from '../../model/record.ts';
import type { Service, StacAsset, StacRule } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { splitGeometry } from './geojson.ts';
import { linksOf } from './record-links.ts';
import { stacItemId } from './stac-id.ts';
import {
  licenceLink,
  type Properties,
  STAC_ITEM,
  STAC_VERSION,
  type StacLink,
  stacAssets,
  stacExtensions,
  stacLicence,
  stacProviders,
} from './stac-parts.ts';
import { rulesFor, stacProperty } from './stac-rules.ts';
import { stacMoment, stacTime } from './stac-time.ts';
import { abstractIn, languagesOf, NATIVE_NAMES, titleIn } from './text.ts';

const TYPE = 'application/geo+json';
const NO_ASSETS: readonly StacAsset[] = [];

/** What the processing extension calls our product levels. */
export const PROCESSING_LEVELS: { readonly [L in ProductLevel]: string } = {
  raw: 'RAW',
  validated: 'L1',
  product: 'L2',
};

export interface StacParts {
  readonly services?: readonly Pick<Service, 'name' | 'stac'>[];
  /** Milliseconds since 1970: until when a period that goes on has lasted. */
  readonly clock?: () => number;
}

/** The format `stac-item`: one item as JSON text. */
export function createStacItem({ services = [], clock = Date.now }: StacParts = {}): RecordFormat {
  const rules = new Map(services.map((service) => [service.name, service.stac ?? []]));
  return {
    id: STAC_ITEM,
    title: 'STAC item',
    mediaType: TYPE,
    extension: STAC_ITEM,
    write: (record, view) => stacItem(record, view, rules.get(record.service) ?? [], clock()),
  };
}

/**
 * Every answer of a search is made of these: what all records have is one object of a fixed shape (JSON leaves out what is undefined), what
 * only some have is added as text, since objects whose members come and go cost three times as much.
 */
function stacItem(record: CatalogRecord, view: RecordView, rules: readonly StacRule[], now: number): string {
  const fitting = rules.length === 0 ? rules : rulesFor(rules, record);
  const links = linksOf(record, view);
  const named = fitting.length === 0 ? NO_ASSETS : fitting.flatMap((rule) => rule.assets);
  const assets = stacAssets(links, view.language, named);
  const common = commonProperties(record, view, now);
  const special = specialProperties(record, fitting, common);
  const place = placeOf(links);
  const head = {
    type: 'Feature',
    stac_version: STAC_VERSION,
    stac_extensions: stacExtensions(common, special, assets),
    id: stacItemId(record.identifier, view.site.identifierPrefix),
    collection: place.collection === null ? undefined : record.service,
    bbox: record.bbox ?? undefined,
    geometry: splitGeometry(record),
  };
  const tail = { links: itemLinks(record, view, links, place), assets };
  const properties = `${JSON.stringify(common).slice(0, -1)}${membersText(special)}${fieldsText(record)}}`;
  return `${JSON.stringify(head).slice(0, -1)},"properties":${properties},${JSON.stringify(tail).slice(1)}`;
}

function membersText(members: Properties): string {
  const text = JSON.stringify(members);
  return text === '{}' ? '' : `,${text.slice(1, -1)}`;
}

/** The service's own fields as `{service}:{field}`. */
function fieldsText({ service, fields }: CatalogRecord): string {
  let text = '';
  for (const name in fields) {
    const value = fields[name];
    if (value !== null) text += `,${JSON.stringify(`${service}:${name}`)}:${JSON.stringify(value)}`;
  }
  return text;
}

const filled = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

/** What every record may have. */
function commonProperties(record: CatalogRecord, view: RecordView, now: number): Properties {
  const { language, codes } = view;
  const time = stacTime(record, now);
  const [written, ...others] = languagesOf(record, language);
  const gsd = record.resolutionMetres;
  return {
    datetime: time.datetime,
    start_datetime: time.start_datetime,
    end_datetime: time.end_datetime,
    'vobs:period': time['vobs:period'],
    title: titleIn(record, language),
    description: abstractIn(record, language),
    keywords: record.keywords,
    license: stacLicence(record.licence),
    created: record.entered,
    updated: record.updated,
    identifier: record.identifier,
    access: codeOf(codes.authorization, record.authorization)?.name,
    language: LANGUAGE_OBJECTS[written],
    languages: others.length === 0 ? undefined : others.map((other) => LANGUAGE_OBJECTS[other]),
    providers: filled(stacProviders(record.contacts)),
    published: record.published === null ? undefined : stacMoment(record.published),
    platform: record.platform ?? undefined,
    instruments: filled(record.instruments),
    gsd: gsd !== null && gsd > 0 ? gsd : undefined,
    elevation: record.elevation ?? undefined,
    version: record.version ?? undefined,
    'sci:doi': record.doi ?? undefined,
    // In degrees the code says nothing that the geometry does not.
    'proj:code':
      record.position !== null && record.bbox !== null && record.position.epsg !== 4326
        ? `EPSG:${record.position.epsg}`
        : undefined,
    'processing:level': record.productLevel === null ? undefined : PROCESSING_LEVELS[record.productLevel],
    'processing:lineage': record.lineage === null ? undefined : inLanguage(record.lineage, language),
  };
}

/** What the rules of the service give. One that every record may have is put among those. */
function specialProperties(record: CatalogRecord, rules: readonly StacRule[], common: Properties): Properties {
  const special: Properties = {};
  for (const rule of rules) {
    for (const [name, property] of Object.entries(rule.properties)) {
      const value = stacProperty(property, record);
      if (value === null) continue;
      const written = name.endsWith('_datetime') ? stacMoment(String(value)) : value;
      if (name in common) common[name] = written;
      else special[name] = written;
    }
  }
  return special;
}

const LANGUAGE_OBJECTS: { readonly [L in Language]: object } = {
  en: { code: 'en', name: NATIVE_NAMES.en },
  fr: { code: 'fr', name: NATIVE_NAMES.fr },
};

interface ItemPlace {
  readonly self: Link | null;
  /** Of the STAC door, where it is mounted and the item is in a collection there. */
  readonly collection: string | null;
  readonly root: string | null;
}

/** The addresses of the STAC door follow from that of the item. */
function placeOf(links: readonly Link[]): ItemPlace {
  let self: Link | null = null;
  for (const link of links) {
    if (link.format !== STAC_ITEM) continue;
    self ??= link;
    if (!link.href.includes('?')) self = link;
  }
  const parts = self === null ? null : /^(.*)(\/collections\/[^/?]+)\/items\/[^/?]+$/.exec(self.href);
  if (parts === null) return { self, collection: null, root: null };
  return { self, collection: `${parts[1]}${parts[2]}`, root: parts[1] ?? '' };
}

/** Relations of the links that go with the item besides its assets; the others lead to assets or to other doors. */
const RELATIONS: { readonly [R in LinkRole]?: string } = {
  landing: 'alternate',
  doi: 'cite-as',
  related: 'related',
};

function itemLinks(
  record: CatalogRecord,
  view: RecordView,
  all: readonly Link[],
  { self, collection, root }: ItemPlace,
): readonly StacLink[] {
  const links: StacLink[] = [];
  const json = 'application/json';
  if (self !== null) links.push({ rel: 'self', href: self.href, type: TYPE });
  if (root !== null) links.push({ rel: 'root', href: root, type: json });
  if (collection !== null) {
    links.push({ rel: 'parent', href: collection, type: json }, { rel: 'collection', href: collection, type: json });
  }
  for (const { role, href, type, title } of all) {
    const rel = RELATIONS[role];
    if (rel === undefined) continue;
    links.push({ rel, href, ...(type === undefined ? {} : { type }), ...(title === undefined ? {} : { title }) });
  }
  if (self !== null) {
    for (const other of languagesOf(record, view.language).slice(1)) {
      const href = `${self.href}${self.href.includes('?') ? '&' : '?'}lang=${other}`;
      links.push({ rel: 'alternate', href, type: TYPE, hreflang: other, title: titleIn(record, other) });
    }
  }
  links.push(licenceLink(record.licence));
  return links;
}
