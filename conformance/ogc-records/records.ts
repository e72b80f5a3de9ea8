// OGC API Records Part 1 (20-004r1): records, catalogues, query parameters, sorting.
import { schemaFaults } from '../kit/json-schema.ts';
import { given, must, none, type Requirement, same } from '../kit/requirement.ts';
import {
  type Collection,
  type Facts,
  type Feature,
  featuresOf,
  GEOJSON,
  hrefOf,
  idsOf,
  itemsOf,
  matched,
  type Page,
  refused,
  SORTABLES,
} from './client.ts';
import { collectionFaults, recordFaults, recordsFaults } from './record-schema.ts';

const req = (name: string): string => `http://www.opengis.net/spec/ogcapi-records-1/1.0/req/${name}`;
const CLAUSE = 'OGC 20-004r1';
const text = (feature: Feature | undefined, name: string): string => String(feature?.properties?.[name] ?? '');
const SCHEMA = {
  type: 'object',
  required: ['$schema', '$id', 'type', 'properties'],
  properties: {
    $schema: { enum: ['https://json-schema.org/draft/2019-09/schema', 'https://json-schema.org/draft/2020-12/schema'] },
    $id: { type: 'string', format: 'uri' },
    type: { const: 'object' },
    properties: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: 'object',
        anyOf: [{ required: ['type'] }, { required: ['format'] }, { required: ['$ref'] }],
      },
    },
  },
};

/** A JSON Schema document at a link of the collection, valid and with its own address as $id. */
export async function schemaDocument(facts: Facts, rel: string, http: Parameters<typeof itemsOf>[0]) {
  const address = hrefOf(facts.collection, rel, facts.collectionsAnswer);
  const answer = await http.get(address, { Accept: 'application/schema+json' });
  same([answer.status, answer.media], [200, 'application/schema+json'], 'status and type', answer);
  none(schemaFaults(SCHEMA, answer.json()), 'schema', answer);
  const document = answer.json<{
    $id: string;
    properties: { readonly [name: string]: { readonly type?: string; readonly format?: string } };
  }>();
  same(document.$id, address.replace(/\?.*/, ''), '$id', answer);
  return { answer, properties: document.properties };
}

export const records: readonly Requirement<Facts>[] = [
  {
    id: req('record-core/mandatory-properties-record'),
    title: 'Every record has what a record must have, in the form of the standard’s tables',
    clause: `${CLAUSE}, record core; recordGeoJSON schema`,
    needs: 'record-core',
    check: ({ page }) => {
      none(recordsFaults(page.json()), 'records', page);
    },
  },
  {
    id: req('record-core/time-interval'),
    title: 'Intervals have two ends of one kind in order, open ones are "..", moments are in UTC',
    clause: `${CLAUSE}, record core, time`,
    needs: 'record-core',
    check: ({ page }) => {
      for (const { id, time } of featuresOf(page)) {
        const [begin, end] = time?.interval ?? [];
        if (begin === undefined || end === undefined || begin === '..' || end === '..') continue;
        must(begin.length === end.length && begin <= end, `${id}: ${begin} ${end}`, page);
      }
    },
  },
  {
    id: req('record-core/record-links'),
    title: 'Every link of a record answers with its type; there is one collection link',
    clause: `${CLAUSE}, record core, links`,
    needs: 'record-core',
    check: async ({ page }, { http }) => {
      const record = given(featuresOf(page)[0], 'no record');
      none(recordFaults(record), 'record', page);
      const own = new URL(page.sent.url).host;
      for (const link of record.links ?? []) {
        if (link.rel === 'profile' || new URL(link.href ?? '', page.sent.url).host !== own) continue;
        const answer = await http.get(link.href ?? '', { Accept: link.type ?? '*/*' });
        const locked = link.rel === 'item' && [401, 403].includes(answer.status);
        must(locked || answer.status < 400, `rel ${link.rel}: status ${answer.status}`, answer);
        if (answer.status === 200 && link.type !== undefined)
          same(answer.media, link.type.split(';')[0], `type of rel ${link.rel}`, answer);
      }
    },
  },
  {
    id: req('json/record-response'),
    title: 'Records are GeoJSON that names record-core and the profile',
    clause: `${CLAUSE}, JSON`,
    needs: 'json',
    check: ({ page }) => {
      for (const feature of featuresOf(page)) {
        const { conformsTo } = feature as { readonly conformsTo?: readonly string[] };
        must(
          conformsTo?.includes('http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core'),
          `${feature.id} does not name record-core`,
          page,
        );
      }
    },
  },
  {
    id: req('record-collection/mandatory-properties'),
    title: 'Catalogues have id, type, links and itemType record, in the form of the standard’s tables',
    clause: `${CLAUSE}, record collection`,
    needs: 'record-collection',
    check: ({ collections, collectionsAnswer }) => {
      for (const collection of collections.filter(({ itemType }) => itemType === 'record')) {
        none(collectionFaults(collection), String(collection.id), collectionsAnswer);
        same(collection.type, 'Collection', 'type', collectionsAnswer);
      }
      must(
        collections.some(({ itemType }) => itemType === 'record'),
        'no collection has itemType record',
        collectionsAnswer,
      );
    },
  },
  {
    id: req('autodiscovery/links'),
    title: 'The landing page leads to the catalogue by its own relation',
    clause: `${CLAUSE}, autodiscovery`,
    needs: 'autodiscovery',
    check: async ({ landing }, { http }) => {
      const answer = await http.get(
        hrefOf(landing.json(), 'http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog', landing),
        { Accept: 'application/ogc-catalog+json' },
      );
      same([answer.status, answer.media], [200, 'application/ogc-catalog+json'], 'status and type', answer);
      same(answer.json<Collection>().itemType, 'record', 'itemType', answer);
    },
  },
  {
    id: req('record-core-query-parameters/q-response'),
    title: 'q: a comma is an or, white space a phrase in order; words of nobody find nothing',
    clause: `${CLAUSE}, query parameters, q`,
    needs: 'query-parameters',
    check: async (facts, { http }) => {
      const record = given(
        featuresOf(facts.page).find((each) => /^[\p{L}]{4,} [\p{L}]{4,}/u.test(text(each, 'description'))),
        'no description that begins with two words',
      );
      const [first = '', second = ''] = text(record, 'description').split(' ');
      const own = { ids: record.id };
      const count = async (q: string) => matched(await itemsOf(http, facts, { ...own, q, limit: 1 }));
      same(await count(first), 1, `total of ${first}`);
      same(await count(`${first} ${second}`), 1, `total of the phrase "${first} ${second}"`);
      same(await count(`${second} ${first} qzx`), 0, 'total of a phrase of nobody');
      same(await count(`qzxwvkjhgf,${first}`), 1, 'total of one or the other');
      same(await count('qzxwvkjhgf'), 0, 'total of a word of nobody');
    },
  },
  {
    id: req('record-core-query-parameters/type-response'),
    title: 'type gives records of that type; its values together are everything',
    clause: `${CLAUSE}, query parameters, type`,
    needs: 'query-parameters',
    check: async (facts, { http }) => {
      const types = [...new Set(featuresOf(facts.page).map((each) => text(each, 'type')))].filter(
        (type) => type !== '',
      );
      for (const type of types) {
        const answer = await itemsOf(http, facts, { type, limit: 50 });
        must(matched(answer) > 0, `type=${type} finds nothing`, answer);
        none(
          featuresOf(answer)
            .filter((each) => text(each, 'type') !== type)
            .map(({ id }) => String(id)),
          'of another type',
          answer,
        );
      }
      same(matched(await itemsOf(http, facts, { type: 'qzxwvkjhgf', limit: 1 })), 0, 'total of a type of nobody');
    },
  },
  {
    id: req('record-core-query-parameters/ids-response'),
    title: 'ids gives exactly the records named, together with every other parameter',
    clause: `${CLAUSE}, query parameters, ids`,
    needs: 'query-parameters',
    check: async (facts, { http }) => {
      const two = idsOf(facts.page).slice(0, 2);
      const answer = await itemsOf(http, facts, { ids: [...two, 'no-such-record-7f3a'].join(',') });
      same([matched(answer), [...idsOf(answer)].sort()], [two.length, [...two].sort()], 'total and ids', answer);
      same(matched(await itemsOf(http, facts, { ids: two[0], q: 'qzxwvkjhgf' })), 0, 'total with a word of nobody');
    },
  },
  {
    id: req('record-core-query-parameters/externalIds-response'),
    title: 'externalIds finds a record by an identifier of others, with its scheme and without',
    clause: `${CLAUSE}, query parameters, externalIds`,
    needs: 'query-parameters',
    check: async (facts, { http }) => {
      const candidates = featuresOf(await itemsOf(http, facts, { limit: 1000 }));
      const record = given(
        candidates.find((each) => Array.isArray(each.properties?.externalIds)),
        'no record with an external identifier',
      );
      const [found] = (record.properties?.externalIds ?? []) as readonly { scheme?: string; value?: string }[];
      const { scheme, value } = given(found, 'an empty list of external identifiers');
      for (const externalIds of [value, ...(scheme === undefined ? [] : [`${scheme}:${value}`])]) {
        const answer = await itemsOf(http, facts, { externalIds });
        must(idsOf(answer).includes(String(record.id)), `${record.id} is not found`, answer);
      }
      same(
        matched(await itemsOf(http, facts, { externalIds: 'no-such-identifier-7f3a' })),
        0,
        'total of an identifier of nobody',
      );
    },
  },
  {
    id: req('sorting/get-sortables-success'),
    title: 'The sortables are a JSON Schema with their own address',
    clause: `${CLAUSE}, sorting`,
    needs: 'sorting',
    check: async (facts, { http }) => {
      await schemaDocument(facts, SORTABLES, http);
    },
  },
  {
    id: req('sorting/sortby-response'),
    title: 'sortby orders by each sortable, both ways; pages keep the order; an unknown property is refused',
    clause: `${CLAUSE}, sorting`,
    needs: 'sorting',
    check: async (facts, { http }) => {
      const { properties } = await schemaDocument(facts, SORTABLES, http);
      for (const name of Object.keys(properties)) {
        for (const sign of ['+', '-']) {
          const whole = await itemsOf(http, facts, { sortby: `${sign}${name}`, limit: 8 });
          const first = await itemsOf(http, facts, { sortby: `${sign}${name}`, limit: 4 });
          const next = await http.get(hrefOf(first.json<Page>(), 'next', first), { Accept: GEOJSON });
          same([...idsOf(first), ...idsOf(next)], idsOf(whole), `order of ${sign}${name} over two pages`, next);
        }
      }
      if (properties.updated !== undefined) {
        const answer = await itemsOf(http, facts, { sortby: '-updated', limit: 50 });
        const found = featuresOf(answer).map((each) => text(each, 'updated'));
        same(found, [...found].sort().reverse(), 'updated descending', answer);
      }
      await refused(http, facts.items, { sortby: 'no_such_property' });
    },
  },
];
