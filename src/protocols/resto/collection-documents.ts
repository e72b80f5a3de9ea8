// The list of collections and one collection (resto 2.x): what each is, and the numbers of the records in it that the viewer sees.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { EVERYTHING, type FacetName } from '../../model/query.ts';
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

const FACETS: readonly FacetName[] = ['service', 'productLevel', 'year', 'instrument'];
/** Facets by the names that clients of resto look for. */
const NAMES: { readonly [name: string]: string } = {
  service: 'collection',
  productLevel: 'processingLevel',
  year: 'year',
  instrument: 'instrument',
};

async function statisticsOf(of: readonly Collection[], parts: CollectionParts, viewer: Viewer): Promise<Statistics> {
  const { catalogue, collections } = parts;
  const services = of.map(({ service }) => service.name);
  const facets = await catalogue.facets({ ...EVERYTHING, services, levels: ['dataset'] }, FACETS, viewer);
  const counts = (name: FacetName) =>
    Object.fromEntries(
      (facets[name] ?? []).map(({ value, count }) => [
        name === 'service' ? (collections.ofService(value)?.name ?? value) : value,
        count,
      ]),
    );
  return {
    count: (facets.service ?? []).reduce((sum, { count }) => sum + count, 0),
    facets: Object.fromEntries(FACETS.map((name) => [NAMES[name], counts(name)])),
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
  return collectionObject(collection, await statisticsOf([collection], parts, viewer), parts, language);
}

/** All collections, with the numbers of all together. */
export async function listDocument(parts: CollectionParts, viewer: Viewer, language: Language): Promise<object> {
  const { all } = parts.collections;
  const together = await statisticsOf(all, parts, viewer);
  const each = await Promise.all(all.map((collection) => collectionDocument(collection, parts, viewer, language)));
  return {
    synthesis: { name: '*', osDescription: description(null, parts, language), statistics: together },
    collections: each,
  };
}
