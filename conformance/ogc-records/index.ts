// OGC API Records 1.0 on Common and Features, with Features Part 3 and CQL2. What is claimed is what the conformance declaration lists.
import { linkOf } from '../kit/json-schema.ts';
import type { Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import { type Collection, type Facts, GEOJSON, matched } from './client.ts';
import { features } from './features.ts';
import { filtering } from './filtering.ts';
import { records } from './records.ts';

const FEATURES = 'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf';
const PART_3 = 'http://www.opengis.net/spec/ogcapi-features-3/1.0/conf';
const RECORDS = 'http://www.opengis.net/spec/ogcapi-records-1/1.0/conf';
const CQL2 = 'http://www.opengis.net/spec/cql2/1.0/conf';

/** Key of a class → its address in the declaration. */
export const CLASSES = {
  'features-core': `${FEATURES}/core`,
  'features-oas30': `${FEATURES}/oas30`,
  'features-html': `${FEATURES}/html`,
  'record-core': `${RECORDS}/record-core`,
  'record-collection': `${RECORDS}/record-collection`,
  json: `${RECORDS}/json`,
  autodiscovery: `${RECORDS}/autodiscovery`,
  'query-parameters': `${RECORDS}/record-core-query-parameters`,
  sorting: `${RECORDS}/sorting`,
  queryables: `${PART_3}/queryables`,
  'queryables-query-parameters': `${PART_3}/queryables-query-parameters`,
  filter: `${PART_3}/filter`,
  'features-filter': `${PART_3}/features-filter`,
  'cql2-basic': `${CQL2}/basic-cql2`,
  'cql2-advanced': `${CQL2}/advanced-comparison-operators`,
  'cql2-casei': `${CQL2}/case-insensitive-comparison`,
  'cql2-spatial-basic': `${CQL2}/basic-spatial-functions`,
  'cql2-spatial': `${CQL2}/spatial-functions`,
  'cql2-temporal': `${CQL2}/temporal-functions`,
  'cql2-arrays': `${CQL2}/array-functions`,
} as const;

async function discover({ http, door }: Target) {
  const address = door('ogc-records', '/');
  const landing = await http.get(address, { Accept: 'application/json' });
  if (landing.status === 404 || landing.media !== 'application/json')
    return { absent: `no landing page in JSON at ${address}` };
  const links = landing.json<{ links?: readonly { rel?: string; href?: string }[] }>();
  const conformance = await http.get(linkOf(links, 'conformance')?.href ?? `${address}conformance`, {
    Accept: 'application/json',
  });
  const { conformsTo = [] } = conformance.json<{ conformsTo?: readonly string[] }>();
  if (!conformsTo.some((uri) => uri.startsWith(RECORDS)))
    return { absent: 'the conformance declaration names no class of OGC API Records' };
  const collectionsAnswer = await http.get(linkOf(links, 'data')?.href ?? `${address}collections`, {
    Accept: 'application/json',
  });
  const { collections = [] } = collectionsAnswer.json<{ collections?: readonly Collection[] }>();
  let best: Pick<Facts, 'collection' | 'items' | 'page'> | undefined;
  for (const collection of collections.filter(({ itemType }) => itemType === 'record')) {
    const items = collection.links?.find((link) => link.rel === 'items' && (link.type ?? GEOJSON) === GEOJSON)?.href;
    if (items === undefined) continue;
    const page = await http.get(`${items}?limit=50`, { Accept: GEOJSON });
    if (best === undefined || matched(page) > matched(best.page)) best = { collection, items, page };
  }
  if (best === undefined) throw new Error('no collection of records has a link to its items');
  const keys = (Object.keys(CLASSES) as (keyof typeof CLASSES)[]).filter((key) => conformsTo.includes(CLASSES[key]));
  const facts: Facts = { landing, conformance, conformsTo, collections, collectionsAnswer, ...best };
  return { claims: new Set<string>(keys), facts };
}

export const ogcRecords = runnable<Facts>({
  name: 'ogc-records',
  title: 'OGC API Records 1.0 (20-004r1), Common, Features Parts 1 and 3 (17-069r4, 19-079r2), CQL2 (21-065r2)',
  classes: {
    'features-core': 'Features, Core',
    'features-oas30': 'Features, OpenAPI 3.0',
    'features-html': 'Features, HTML',
    'record-core': 'Record Core',
    'record-collection': 'Record Collection',
    json: 'Records, JSON',
    autodiscovery: 'Autodiscovery',
    'query-parameters': 'Record Core Query Parameters',
    sorting: 'Sorting',
    queryables: 'Queryables',
    'queryables-query-parameters': 'Queryables as Query Parameters',
    filter: 'Filter',
    'features-filter': 'Features Filter',
    'cql2-basic': 'Basic CQL2',
    'cql2-advanced': 'CQL2, Advanced Comparison Operators',
    'cql2-casei': 'CQL2, Case-insensitive Comparison',
    'cql2-spatial-basic': 'CQL2, Basic Spatial Functions',
    'cql2-spatial': 'CQL2, Spatial Functions',
    'cql2-temporal': 'CQL2, Temporal Functions',
    'cql2-arrays': 'CQL2, Array Functions',
  },
  discover,
  requirements: [...features, ...records, ...filtering],
});
