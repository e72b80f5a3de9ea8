// OGC API Records 1.0 with Features 1 and 3 and Common: collections of records as GeoJSON and as pages, at the root of the site.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Config } from '../../config.ts';
import { parseCql2Json } from '../../formats/syntax/cql2-json.ts';
import { parseCql2Text } from '../../formats/syntax/cql2-text.ts';
import { createOgcRecord, OGC_RECORD } from '../../formats/writers/ogc-record.ts';
import type { Caching } from '../../http/caching.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext, Protocol } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { createQueryables } from '../../mapping/queryables.ts';
import type { Link } from '../../model/description.ts';
import { AppError, SyntaxFault } from '../../model/errors.ts';
import type { RecordView } from '../../model/format.ts';
import type { Queryables } from '../../model/queryable.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { tableOf } from './answer.ts';
import { createApi } from './api.ts';
import { type Collection, collectionPath, collectionsOf, itemPath } from './collection.ts';
import { answerCollection, answerCollections, answerSchema, type CollectionsParts } from './collections.ts';
import { answerItem, answerItems, type ItemsParts } from './items.ts';
import { answerConformance, answerLanding, LANDING_LINKS, type LandingParts } from './landing.ts';
import { itemParameters } from './parameters.ts';
import { queryableParameters } from './queryable-parameters.ts';
import { type ItemTable, type ReadFilter, readItemsRequest } from './request.ts';
import { routesOf } from './routes.ts';
import { queryablesOf } from './schema-documents.ts';
import { SCHEMAS } from './schemas.ts';
import { ALL_RECORDS, CONFORMANCE, GEOJSON_TYPE, HTML_TYPE, JSON_TYPE } from './vocabulary.ts';

export interface OgcRecordsDependencies {
  readonly config: Pick<Config, 'maxPageSize' | 'recordGeometries'>;
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly caching: Caching;
  readonly frame: HtmlFrame;
  /** All that are mounted; read when a request comes. */
  readonly protocols: readonly Protocol[];
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly version: string;
}

function readFilterWith(queryables: Queryables): ReadFilter {
  return (text, language) => {
    if (language === 'cql2-text') return parseCql2Text(text, queryables);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new SyntaxFault('is no JSON', "n'est pas du JSON");
    }
    return parseCql2Json(value, queryables);
  };
}

/** The parameters of each collection's /items. */
function tablesOf(collections: readonly Collection[], queryables: Queryables, most: number): Map<string, ItemTable> {
  const own = { ...tableOf('records'), ...itemParameters(queryables, most) };
  const taken = new Set(['id', ...Object.values(own).map(({ name }) => name)]);
  return new Map(
    collections.map((collection) => {
      return [collection.id, { ...own, ...queryableParameters(queryablesOf(queryables, collection), taken) }];
    }),
  );
}

/** The record as others write it that a list names: what harvesters of catalogues look for. All are two thirds of an entry. */
const IN_LISTS = 'iso19139';

/** Views of records as members of a collection: its own address and the collection come first. */
function viewsOf({ links, mappings }: OgcRecordsDependencies): ItemsParts['view'] {
  const views = new Map<string, RecordView>();
  const ours = links.url('/collections/');
  const { site, codes } = mappings;
  return (collection, language, place) => {
    const key = `${place} ${language} ${collection.id}`;
    const known = views.get(key);
    if (known !== undefined) return known;
    const href = links.url(collectionPath(collection.id));
    const title = inLanguage(collection.service?.title ?? site.title, language);
    const linksHere = (record: CatalogRecord): readonly Link[] => {
      const self = links.url(itemPath(collection.id, record.identifier));
      return [
        { role: 'self', href: self, type: GEOJSON_TYPE, format: OGC_RECORD },
        { role: 'alternate', href: `${self}?f=html`, type: HTML_TYPE },
        { role: 'collection', href, type: JSON_TYPE, title },
        ...links.recordLinks(record).filter(({ href: other, role, format }) => {
          if (place === 'list' && (role === 'process' || (role === 'alternate' && format !== IN_LISTS))) return false;
          return !other.startsWith(ours);
        }),
      ];
    };
    const view = { language, links: linksHere, uri: links.uri, site, codes, sequence: 0 };
    views.set(key, view);
    return view;
  };
}

/** A record as a member of its service's collection; a service's own record as one of the catalogue of all. */
function recordLinks(record: CatalogRecord): readonly Link[] {
  const collection = record.level === 'dataset' ? record.service : ALL_RECORDS;
  return [
    {
      role: 'alternate',
      href: itemPath(collection, record.identifier),
      type: GEOJSON_TYPE,
      title: 'OGC API Records',
      format: OGC_RECORD,
    },
    { role: 'collection', href: collectionPath(collection), type: JSON_TYPE, title: collection },
  ];
}

export function createOgcRecords(deps: OgcRecordsDependencies): Protocol {
  const { mappings, config } = deps;
  const queryables = createQueryables(mappings);
  const collections = collectionsOf(mappings.services);
  const byId = new Map(collections.map((collection) => [collection.id, collection]));
  const tables = tablesOf(collections, queryables, config.maxPageSize);
  const options = { readFilter: readFilterWith(queryables), mostRecords: config.maxPageSize };
  const listing: CollectionsParts = { ...deps, collections, queryables };
  const landing: LandingParts = deps;
  const api = createApi(deps);
  const items: ItemsParts = {
    ...deps,
    read: (raw, collection) => readItemsRequest(raw, tables.get(collection.id) as ItemTable, collection, options),
    write: createOgcRecord({ polygons: config.recordGeometries === 'polygons' }).write,
    variant: config.recordGeometries,
    view: viewsOf(deps),
    title: ({ service }, language: Language) => inLanguage(service?.title ?? mappings.site.title, language),
  };

  /** Answers for the collection of the address. */
  const inCollection =
    (answer: (ctx: AppContext, collection: Collection) => Promise<void>) =>
    (ctx: AppContext): Promise<void> => {
      const collection = byId.get(ctx.params.collectionId ?? '');
      if (collection === undefined) throw new AppError('not-found');
      return answer(ctx, collection);
    };

  return {
    name: 'ogc-records',
    routes: routesOf(
      {
        conformance: (ctx) => answerConformance(ctx, landing),
        api: api.document,
        apiPage: api.page,
        collections: (ctx) => answerCollections(ctx, listing),
        collection: inCollection((ctx, collection) => answerCollection(ctx, listing, collection)),
        queryables: inCollection((ctx, collection) => answerSchema(ctx, listing, collection, 'queryables')),
        sortables: inCollection((ctx, collection) => answerSchema(ctx, listing, collection, 'sortables')),
        items: inCollection((ctx, collection) => answerItems(ctx, items, collection)),
        item: inCollection((ctx, collection) => answerItem(ctx, items, collection)),
      },
      tables,
    ),
    conformance: CONFORMANCE,
    schemas: SCHEMAS,
    recordLinks,
    landing: (ctx) => answerLanding(ctx, landing),
    landingLinks: LANDING_LINKS,
    fail: deps.frame.fail,
  };
}
