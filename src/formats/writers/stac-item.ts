// A record as a STAC 1.1 item: a GeoJSON Feature whose times are RFC 3339 moments, with assets; extensions as the service's file and the
// record have what they need. Texts in the view's language; the other language is a link.
import { codeOf } from '../../model/codes.ts';
import type { Link, LinkRole } from '../../model/description.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { CatalogRecord, ProductLevel } from '../../model/record.ts';
import type { Service, StacRule } from '../../model/service.ts';
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
    write: (record, view) => JSON.stringify(stacItem(record, view, rules.get(record.service) ?? [], clock())),
  };
}

function stacItem(record: CatalogRecord, view: RecordView, rules: readonly StacRule[], now: number): object {
  const fitting = rules.length === 0 ? rules : rulesFor(rules, record);
  const assets = stacAssets(
    record,
    view,
    fitting.flatMap((rule) => rule.assets),
  );
  const properties = propertiesOf(record, view, fitting, now);
  const links = linksOf(record, view);
  const place = placeOf(links);
  return {
    type: 'Feature',
    stac_version: STAC_VERSION,
    stac_extensions: stacExtensions(properties, assets),
    id: stacItemId(record.identifier, view.site.identifierPrefix),
    ...(place.collection === null ? {} : { collection: record.service }),
    ...(record.bbox === null ? {} : { bbox: record.bbox }),
    geometry: splitGeometry(record),
    properties,
    links: itemLinks(record, view, links, place),
    assets,
  };
}

function propertiesOf(record: CatalogRecord, view: RecordView, rules: readonly StacRule[], now: number): Properties {
  const { language, codes } = view;
  const properties: Properties = {
    ...stacTime(record, now),
    title: titleIn(record, language),
    description: abstractIn(record, language),
    keywords: record.keywords,
    license: stacLicence(record.licence),
    created: record.entered,
    updated: record.updated,
    identifier: record.identifier,
    access: codeOf(codes.authorization, record.authorization)?.name,
    ...languageProperties(record, language),
  };
  const providers = stacProviders(record.contacts);
  if (providers.length > 0) properties.providers = providers;
  if (record.published !== null) properties.published = stacMoment(record.published);
  if (record.platform !== null) properties.platform = record.platform;
  if (record.instruments.length > 0) properties.instruments = record.instruments;
  if (record.resolutionMetres !== null && record.resolutionMetres > 0) properties.gsd = record.resolutionMetres;
  if (record.elevation !== null) properties.elevation = record.elevation;
  if (record.version !== null) properties.version = record.version;
  if (record.doi !== null) properties['sci:doi'] = record.doi;
  // In degrees the code says nothing that the geometry does not.
  if (record.position !== null && record.bbox !== null && record.position.epsg !== 4326)
    properties['proj:code'] = `EPSG:${record.position.epsg}`;
  if (record.productLevel !== null) properties['processing:level'] = PROCESSING_LEVELS[record.productLevel];
  if (record.lineage !== null) properties['processing:lineage'] = inLanguage(record.lineage, language);
  for (const [name, value] of Object.entries(record.fields))
    if (value !== null) properties[`${record.service}:${name}`] = value;
  for (const rule of rules) {
    for (const [name, property] of Object.entries(rule.properties)) {
      const value = stacProperty(property, record);
      if (value === null) continue;
      properties[name] = name.endsWith('_datetime') ? stacMoment(String(value)) : value;
    }
  }
  return properties;
}

const languageObject = (code: Language) => ({ code, name: NATIVE_NAMES[code] });

function languageProperties(record: CatalogRecord, language: Language): Properties {
  const [written, ...others] = languagesOf(record, language);
  return {
    language: languageObject(written),
    ...(others.length === 0 ? {} : { languages: others.map(languageObject) }),
  };
}

interface ItemPlace {
  readonly self: Link | null;
  /** Of the STAC door, where it is mounted and the item is in a collection there. */
  readonly collection: string | null;
  readonly root: string | null;
}

/** The addresses of the STAC door follow from that of the item. */
function placeOf(links: readonly Link[]): ItemPlace {
  const own = links.filter((link) => link.format === STAC_ITEM);
  const self = own.find((link) => !link.href.includes('?')) ?? own[0] ?? null;
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
