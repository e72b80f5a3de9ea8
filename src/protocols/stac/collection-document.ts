// A STAC 1.1 collection from a service's series record and its file: extents, providers, summaries, what assets its items have.
import { linksOf } from '../../formats/writers/record-links.ts';
import {
  type Asset,
  licenceLink,
  metadataFormats,
  type Properties,
  STAC_VERSION,
  stacAssets,
  stacExtensions,
  stacLicence,
  stacProviders,
} from '../../formats/writers/stac-parts.ts';
import { stacValues } from '../../formats/writers/stac-rules.ts';
import { stacMoment } from '../../formats/writers/stac-time.ts';
import { abstractIn, titleIn } from '../../formats/writers/text.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { DocumentLink, StacParts } from './parts.ts';
import { collectionPath, GEOJSON_TYPE, JSON_TYPE, QUERYABLES_REL, ROOT, SCHEMA_TYPE } from './vocabulary.ts';

const EARTH = [-180, -90, 180, 90] as const;

/** The first box is that of everything; without a known end the period goes on. */
function extentOf({ bbox, time }: CatalogRecord): object {
  const [begin, end] =
    time.kind === 'none' ? [null, null] : time.kind === 'instant' ? [time.at, time.at] : [time.begin, time.end];
  const last = end === null ? null : end.length === 10 ? `${end}T23:59:59Z` : end;
  return {
    spatial: { bbox: [bbox ?? EARTH] },
    temporal: { interval: [[begin === null ? null : stacMoment(begin), last]] },
  };
}

/** What the properties of the items can be, as far as the service's file says it. */
export function summariesOf(service: Service): Properties {
  const values = new Map<string, Set<string | number>>();
  const add = (name: string, list: readonly (string | number)[]): void => {
    const known = values.get(name) ?? new Set();
    for (const value of list) known.add(value);
    if (known.size > 0) values.set(name, known);
  };
  for (const rule of service.stac ?? [])
    for (const [name, property] of Object.entries(rule.properties)) {
      // A field that the rule itself is about has no other value in it.
      const fixed =
        'from' in property && typeof property.from === 'string' && rule.where[property.from.replace('field:', '')];
      add(name, typeof fixed === 'string' ? [fixed] : stacValues(property, service));
    }
  if (!values.has('platform')) {
    add(
      'platform',
      service.platforms.map(({ id }) => id),
    );
  }
  add(
    'instruments',
    service.instruments.map(({ id }) => id),
  );
  return Object.fromEntries([...values].map(([name, set]) => [name, [...set]]));
}

/** The assets that items of the service may have: its own by their names, and the documents that describe each. */
export function itemAssetsOf(service: Service, formats: readonly RecordFormat[], language: Language): object {
  const own = (service.stac ?? []).flatMap((rule) => rule.assets);
  return {
    ...Object.fromEntries(
      own.map(({ name, title, roles, type, unit }) => [
        name,
        {
          title: inLanguage(title, language),
          roles,
          ...(type === undefined ? {} : { type }),
          ...(unit === undefined ? {} : { unit }),
        },
      ]),
    ),
    ...Object.fromEntries(
      metadataFormats(formats).map(({ id, title, mediaType }) => [id, { title, type: mediaType, roles: ['metadata'] }]),
    ),
  };
}

function linksFor(record: CatalogRecord, view: RecordView, { links }: StacParts): readonly DocumentLink[] {
  const address = links.url(collectionPath(record.service));
  const landing = linksOf(record, view).find(({ role }) => role === 'landing');
  return [
    { rel: 'self', href: address, type: JSON_TYPE, title: titleIn(record, view.language) },
    { rel: 'root', href: links.url(ROOT), type: JSON_TYPE },
    { rel: 'parent', href: links.url(ROOT), type: JSON_TYPE },
    { rel: 'items', href: `${address}/items`, type: GEOJSON_TYPE },
    { rel: QUERYABLES_REL, href: `${address}/queryables`, type: SCHEMA_TYPE },
    { rel: 'aggregations', href: `${address}/aggregations`, type: JSON_TYPE },
    { rel: 'aggregate', href: `${address}/aggregate`, type: JSON_TYPE, method: 'GET' },
    licenceLink(record.licence),
    ...(record.doi === null ? [] : [{ rel: 'cite-as', href: `https://doi.org/${record.doi}` }]),
    ...(landing === undefined ? [] : [{ rel: 'alternate', href: landing.href, type: 'text/html' }]),
  ];
}

/** `record`: the service's own; the service's file may be missing where its records come from elsewhere. */
export function collectionDocument(record: CatalogRecord, parts: StacParts, language: Language): object {
  const view = parts.view(language);
  const service = parts.services.get(record.service);
  const assets: { readonly [name: string]: Asset } = stacAssets(linksOf(record, view), language, []);
  const own: Properties = record.doi === null ? {} : { 'sci:doi': record.doi };
  const providers = stacProviders(record.contacts);
  return {
    type: 'Collection',
    stac_version: STAC_VERSION,
    stac_extensions: stacExtensions(own, {}, assets),
    id: record.service,
    title: titleIn(record, language),
    description: abstractIn(record, language),
    keywords: service?.keywords.map((keyword) => inLanguage(keyword, language)) ?? record.keywords,
    license: stacLicence(record.licence),
    ...(providers.length === 0 ? {} : { providers }),
    updated: record.updated,
    extent: extentOf(record),
    ...own,
    ...(service === undefined
      ? {}
      : { summaries: summariesOf(service), item_assets: itemAssetsOf(service, parts.formats, language) }),
    assets,
    links: linksFor(record, view, parts),
  };
}
