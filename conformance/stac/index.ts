// STAC API 1.0 with STAC 1.1 objects. What is claimed is what the landing page declares.
import { linkOf } from '../kit/json-schema.ts';
import type { Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import { catalogue } from './catalogue.ts';
import { type Collection, type Facts, GEOJSON } from './client.ts';
import { search } from './search.ts';

/** Key of a class → the end of its address, whichever version. */
const DECLARED: { readonly [key: string]: RegExp } = {
  core: /^https:\/\/api\.stacspec\.org\/v1\.0\.[^/]+\/core$/,
  collections: /^https:\/\/api\.stacspec\.org\/v1\.0\.[^/]+\/collections$/,
  features: /^https:\/\/api\.stacspec\.org\/v1\.0\.[^/]+\/ogcapi-features$/,
  'item-search': /^https:\/\/api\.stacspec\.org\/v1\.0\.[^/]+\/item-search$/,
  fields: /\/item-search#fields$/,
  sort: /\/item-search#sort$/,
  filter: /\/item-search#filter$/,
};

async function discover({ http, door }: Target) {
  const address = door('stac', '/stac');
  const landing = await http.get(address, { Accept: 'application/json' });
  if (landing.status === 404) return { absent: `nothing answers at ${address}` };
  const { conformsTo = [], links = [] } = landing.json<{
    conformsTo?: readonly string[];
    links?: Facts['collections'][number]['links'];
  }>();
  const claims = new Set(Object.keys(DECLARED).filter((key) => conformsTo.some((uri) => DECLARED[key]?.test(uri))));
  const collectionsAnswer = await http.get(linkOf({ links }, 'data')?.href ?? `${address}/collections`);
  const { collections = [] } = collectionsAnswer.json<{ collections?: readonly Collection[] }>();
  const search =
    links.find(({ rel, type }) => rel === 'search' && (type ?? GEOJSON) === GEOJSON)?.href ?? `${address}/search`;
  const page = await http.get(`${search}?limit=50`);
  return { claims, facts: { landing, conformsTo, search, collectionsAnswer, collections, page } satisfies Facts };
}

export const stac = runnable<Facts>({
  name: 'stac',
  title: 'SpatioTemporal Asset Catalogs: STAC API 1.0, STAC 1.1',
  classes: {
    core: 'STAC API Core',
    collections: 'Collections',
    features: 'Features',
    'item-search': 'Item Search',
    fields: 'Fields',
    sort: 'Sort',
    filter: 'Filter',
  },
  discover,
  requirements: [...catalogue, ...search],
});
