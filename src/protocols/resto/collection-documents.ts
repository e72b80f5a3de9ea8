// The list of collections and one collection (resto 2.x): what each is, and the numbers of the records in it that the viewer sees.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { EVERYTHING } from '../../model/query.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Collection, Collections } from './collections.ts';

export interface CollectionParts {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly collections: Collections;
}

interface Statistics {
  readonly count: number;
  readonly facets: { readonly [name: string]: { readonly [value: string]: number } };
}

/** Facets by the names that clients of resto look for. */
const FACETS = { processingLevel: 'productLevel', year: 'year', instrument: 'instrument' } as const;

async function statisticsOf(of: readonly Collection[], parts: CollectionParts, viewer: Viewer): Promise<Statistics> {
  const { catalogue } = parts;
  const services = of.map(({ service }) => service.name);
  const query = { ...EVERYTHING, services, levels: ['dataset'] as const };
  const [{ total }, facets] = await Promise.all([
    catalogue.search({ ...query, limit: 0 }, viewer),
    catalogue.facets(query, Object.values(FACETS), viewer),
  ]);
  return {
    count: total ?? 0,
    facets: Object.fromEntries(
      Object.entries(FACETS).map(([name, facet]) => [
        name,
        Object.fromEntries((facets[facet] ?? []).map(({ value, count }) => [value, count])),
      ]),
    ),
  };
}

function description(collection: Collection | null, { mappings }: CollectionParts, language: Language): object {
  const { site } = mappings;
  const service = collection?.service;
  const keywords = service?.keywords ?? [];
  return {
    ShortName: collection?.name ?? site.shortName,
    LongName: inLanguage(service?.title ?? site.title, language),
    Description: inLanguage(service?.abstract ?? site.description, language),
    Tags: keywords.map((keyword) => inLanguage(keyword, language)).join(' '),
    Developer: site.organisation.organisation,
    Contact: site.organisation.email ?? '',
    Query: '',
    Attribution: site.attribution,
  };
}

function collectionObject(
  collection: Collection,
  statistics: Statistics,
  parts: CollectionParts,
  language: Language,
): object {
  const { licence } = collection.service;
  return {
    name: collection.name,
    status: 'public',
    owner: parts.mappings.site.shortName,
    model: 'RestoModel_default',
    license: { licenseId: licence.id, description: { shortName: licence.title, url: licence.url } },
    osDescription: description(collection, parts, language),
    statistics,
  };
}

/** One collection. */
export async function collectionDocument(
  collection: Collection,
  parts: CollectionParts,
  viewer: Viewer,
  language: Language,
): Promise<object> {
  const statistics = await statisticsOf([collection], parts, viewer);
  return collectionObject(collection, withNames(statistics, { [collection.name]: statistics.count }), parts, language);
}

/** All collections, with the numbers of all together. */
export async function listDocument(parts: CollectionParts, viewer: Viewer, language: Language): Promise<object> {
  const { all } = parts.collections;
  const together = await statisticsOf(all, parts, viewer);
  const counts: { [name: string]: number } = {};
  const each: object[] = [];
  for (const collection of all) {
    const statistics = await statisticsOf([collection], parts, viewer);
    counts[collection.name] = statistics.count;
    const own = withNames(statistics, { [collection.name]: statistics.count });
    each.push(collectionObject(collection, own, parts, language));
  }
  return {
    synthesis: {
      name: '*',
      osDescription: description(null, parts, language),
      statistics: withNames(together, counts),
    },
    collections: each,
  };
}

function withNames(statistics: Statistics, collection: { readonly [name: string]: number }): Statistics {
  return { ...statistics, facets: { collection, ...statistics.facets } };
}
