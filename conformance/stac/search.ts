// Item search of a STAC API 1.0 with its extensions: after stac-api-validator 0.6.
import { type JsonLink, linkOf, schemaFaults } from '../kit/json-schema.ts';
import { given, must, none, type Requirement, same } from '../kit/requirement.ts';
import { byGet, byPost, type Facts, type Item, idsOf, itemsOf, matched, type Page, refused } from './client.ts';

const rule = (name: string): string => `stac-api/1.0.0/item-search/${name}`;
const CLAUSE = 'STAC API 1.0.0, Item Search';
const BOX = [-180, -90, 180, 90] as const;
const POLYGON = {
  type: 'Polygon',
  coordinates: [
    [
      [-170, -80],
      [170, -80],
      [170, 80],
      [-170, 80],
      [-170, -80],
    ],
  ],
};

const GOOD = ['1985-04-12T23:20:50.52Z', '1996-12-19T16:39:57-08:00', '../1985-04-12T23:20:50.52Z', '1985-04-12T23:20:50.52Z/..', '/1985-04-12T23:20:50.52Z', '1985-04-12T23:20:50.52Z/', '1985-04-12t23:20:50.000z', '1985-04-12T23:20:50.52+01:00/1986-04-12T23:20:50.52+01:00']; // biome-ignore format: one list
const BAD = ['/', '../..', '1985-04-12', '1985-12-12T23:20:50.52', '1985-13-12T23:20:50.52Z', '1985-12-01T00:06:61.52Z', '1985-04-12T23:20:50,52Z', '1986-04-12T23:20:50.52Z/1985-04-12T23:20:50.52Z']; // biome-ignore format: one list

export const search: readonly Requirement<Facts>[] = [
  {
    id: rule('links'),
    title: 'The landing page has a search link for GET and one for POST',
    clause: CLAUSE,
    needs: 'item-search',
    check: ({ landing }) => {
      const links = landing.json<{ links?: readonly JsonLink[] }>().links?.filter(({ rel }) => rel === 'search') ?? [];
      const methods = links.map(({ method }) => method ?? 'GET');
      for (const method of ['GET', 'POST']) must(methods.includes(method), `no search link for ${method}`, landing);
    },
  },
  {
    id: rule('numbers'),
    title: 'numberReturned is the number of items; GET and POST agree',
    clause: CLAUSE,
    needs: 'item-search',
    check: async (facts, { http }) => {
      const [get, post] = [await byGet(http, facts, { limit: 5 }), await byPost(http, facts, { limit: 5 })];
      same([get.json<Page>().numberReturned, matched(get)], [itemsOf(get).length, matched(facts.page)], 'numbers', get);
      same([idsOf(post), matched(post)], [idsOf(get), matched(get)], 'ids and total of POST', post);
    },
  },
  {
    id: rule('limit'),
    title: 'limit: great ones are cut silently, none and negative ones are refused',
    clause: CLAUSE,
    needs: 'item-search',
    check: async (facts, { http }) => {
      for (const limit of [1, 2, 10])
        same(
          itemsOf(await byGet(http, facts, { limit })).length,
          Math.min(limit, matched(facts.page)),
          `items of limit=${limit}`,
        );
      for (const limit of [10_000, 1_000_000]) await byGet(http, facts, { limit, bbox: '179,89,180,90' });
      for (const limit of [-1, 0]) await refused(http, facts, { limit }, { limit });
    },
  },
  {
    id: rule('bbox'),
    title: 'bbox: four or six numbers without brackets, south below north; what it finds meets it, longitude first',
    clause: CLAUSE,
    needs: 'item-search',
    check: async (facts, { http }) => {
      const item = given(
        itemsOf(facts.page).find(({ bbox }) => bbox?.length === 4 && Math.abs((bbox[0] ?? 0) - (bbox[1] ?? 0)) > 5),
        'no item with a box whose axes differ',
      );
      const box = item.bbox ?? [];
      const found = await byGet(http, facts, { bbox: box.join(','), ids: item.id, collections: item.collection });
      same(matched(found), 1, 'total of the box of an item with its id', found);
      const list = await byPost(http, facts, { bbox: box, limit: 50 });
      none(
        itemsOf(list)
          .filter((each) => each.bbox === undefined || !meets(each.bbox, box))
          .map(({ id }) => String(id)),
        `outside of ${box}`,
        list,
      );
      same(
        matched(await byGet(http, facts, { bbox: '-180,-90,-100,180,90,9000', limit: 1 })),
        matched(await byGet(http, facts, { bbox: BOX.join(','), limit: 1 })),
        'total with heights',
      );
      for (const bad of ['[0,0,1,1]', '0,0,1', '100,1,105,0', '0,0,0,1,1,1,1'])
        await refused(http, facts, { bbox: bad }, { bbox: bad });
    },
  },
  {
    id: rule('bbox-intersects'),
    title: 'bbox and intersects together are refused',
    clause: CLAUSE,
    needs: 'item-search',
    check: (facts, { http }) =>
      refused(
        http,
        facts,
        { bbox: '0,0,1,1', intersects: JSON.stringify(POLYGON) },
        { bbox: [0, 0, 1, 1], intersects: POLYGON },
      ),
  },
  {
    id: rule('intersects'),
    title: 'intersects takes every kind of geometry, by GET and POST alike',
    clause: CLAUSE,
    needs: 'item-search',
    check: async (facts, { http }) => {
      const line = [
        [-10, -10],
        [10, 10],
      ];
      for (const geometry of [
        { type: 'Point', coordinates: [3, 45] },
        { type: 'LineString', coordinates: line },
        POLYGON,
        { type: 'MultiPoint', coordinates: line },
        { type: 'MultiLineString', coordinates: [line] },
        { type: 'MultiPolygon', coordinates: [POLYGON.coordinates] },
        { type: 'GeometryCollection', geometries: [POLYGON] },
      ]) {
        const [get, post] = [
          await byGet(http, facts, { intersects: JSON.stringify(geometry), limit: 1 }),
          await byPost(http, facts, { intersects: geometry, limit: 1 }),
        ];
        same(matched(post), matched(get), `total of ${geometry.type} by POST`, post);
      }
      await refused(http, facts, { intersects: '{"type":"Polygon"}' }, { intersects: { type: 'Polygon' } });
    },
  },
  {
    id: rule('datetime'),
    title: 'datetime: RFC 3339 instants and intervals with open ends; days, zoneless and reversed ones are refused',
    clause: `${CLAUSE}; RFC 3339 5.6`,
    needs: 'item-search',
    check: async (facts, { http }) => {
      for (const datetime of GOOD) await byGet(http, facts, { datetime, limit: 1 });
      for (const datetime of BAD) await refused(http, facts, { datetime }, { datetime });
      const item = given(
        itemsOf(facts.page).find(({ properties }) => momentOf(properties) !== null),
        'no item with a time',
      );
      const moment = momentOf(item.properties) ?? '';
      same(
        matched(await byGet(http, facts, { datetime: moment, ids: item.id, collections: item.collection })),
        1,
        `total at ${moment}`,
      );
      same(
        matched(
          await byGet(http, facts, { datetime: '../1800-01-01T00:00:00Z', ids: item.id, collections: item.collection }),
        ),
        0,
        'total before 1800',
      );
    },
  },
  {
    id: rule('ids-collections'),
    title: 'ids and collections hold together with each other',
    clause: CLAUSE,
    needs: 'item-search',
    check: async (facts, { http }) => {
      const [a, b] = itemsOf(facts.page);
      const ids = [a?.id, b?.id].filter((id) => id !== undefined);
      const get = await byGet(http, facts, { ids: ids.join(','), collections: a?.collection });
      const post = await byPost(http, facts, { ids, collections: [a?.collection] });
      const expected = [a, b]
        .filter((item): item is Item => item?.collection === a?.collection)
        .map(({ collection, id }) => `${collection}/${id}`);
      same([...idsOf(get)].sort(), [...expected].sort(), 'items by GET', get);
      same(idsOf(post), idsOf(get), 'items by POST', post);
      const sums = await Promise.all(
        facts.collections.map(async ({ id }) => matched(await byGet(http, facts, { collections: id, limit: 1 }))),
      );
      same(
        sums.reduce((sum, each) => sum + each, 0),
        matched(facts.page),
        'sum over all collections',
      );
    },
  },
  {
    id: rule('paging'),
    title:
      'next leads through everything, each item once: by GET a full address, by POST a body; the last page has none',
    clause: `${CLAUSE}, paging`,
    needs: 'item-search',
    check: async (facts, { http }) => {
      const smallest = await smallCollection(facts, http);
      for (const method of ['GET', 'POST'] as const) {
        let answer =
          method === 'GET'
            ? await byGet(http, facts, { collections: smallest, limit: 40 })
            : await byPost(http, facts, { collections: [smallest], limit: 40 });
        const total = matched(answer);
        const found: string[] = [];
        for (let pages = 0; pages < 100; pages++) {
          found.push(...idsOf(answer));
          const next = linkOf(answer.json<Page>(), 'next');
          if (next === undefined) break;
          same(next.method ?? 'GET', method, 'method of next', answer);
          const body = {
            ...((next as { merge?: boolean }).merge === true ? { collections: [smallest], limit: 40 } : {}),
            ...(next.body as object | undefined),
          };
          answer =
            method === 'GET'
              ? await http.get(next.href ?? '')
              : await http.post(next.href ?? '', 'application/json', JSON.stringify(body));
          same(answer.status, 200, 'status of the next page', answer);
        }
        same(
          [found.length, new Set(found).size],
          [total, total],
          `items, different items of ${smallest} by ${method}`,
          answer,
        );
      }
    },
  },
  {
    id: rule('fields'),
    title: 'fields leaves out what is excluded and keeps what makes an item',
    clause: 'STAC API fields extension',
    needs: 'fields',
    check: async (facts, { http }) => {
      const get = await byGet(http, facts, { fields: 'id,collection,-geometry,-assets', limit: 2 });
      none(
        itemsOf(get)
          .filter((item) => item.id === undefined || item.geometry !== undefined || item.assets !== undefined)
          .map(({ id }) => String(id)),
        'fields not as asked',
        get,
      );
      const post = await byPost(http, facts, {
        fields: { include: ['properties.title'], exclude: ['assets'] },
        limit: 2,
      });
      none(
        itemsOf(post)
          .filter((item) => item.assets !== undefined || item.properties === undefined)
          .map(({ id }) => String(id)),
        'fields not as asked',
        post,
      );
    },
  },
  {
    id: rule('sort'),
    title: 'sortby orders both ways, by GET and POST alike',
    clause: 'STAC API sort extension',
    needs: 'sort',
    check: async (facts, { http }) => {
      for (const [sign, direction] of [
        ['+', 'asc'],
        ['-', 'desc'],
      ] as const) {
        for (const field of ['properties.datetime', 'properties.updated', 'id']) {
          const get = await byGet(http, facts, { sortby: `${sign}${field}`, limit: 20 });
          const post = await byPost(http, facts, { sortby: [{ field, direction }], limit: 20 });
          same(idsOf(post), idsOf(get), `order of ${field} ${direction} by POST`, post);
          // Not of datetime: an item whose begin nobody knows shows its end there, and has its place by its begin.
          if (field !== 'properties.updated') continue;
          const times = itemsOf(get).map(({ properties }) => String(properties?.updated ?? ''));
          const sorted = [...times].sort();
          same(times, direction === 'asc' ? sorted : sorted.reverse(), `updated ${direction}`, get);
        }
      }
      await refused(http, facts, { sortby: 'no_such_property_7f3a' });
    },
  },
  {
    id: rule('filter'),
    title: 'filter in CQL2 text by GET and in JSON by POST give the same; broken ones are refused',
    clause: 'STAC API filter extension; OGC 21-065r2',
    needs: 'filter',
    check: async (facts, { http }) => {
      const { id } = given(itemsOf(facts.page)[0], 'no item');
      const get = await byGet(http, facts, { filter: `id = '${id}'`, 'filter-lang': 'cql2-text' });
      must(itemsOf(get).length > 0 && itemsOf(get).every((item) => item.id === id), 'not the item of that id', get);
      const post = await byPost(http, facts, {
        filter: { op: '=', args: [{ property: 'id' }, id] },
        'filter-lang': 'cql2-json',
      });
      same(idsOf(post), idsOf(get), 'items by POST', post);
      await refused(
        http,
        facts,
        { filter: 'id =' },
        { filter: { op: 'no-such-op', args: [] }, 'filter-lang': 'cql2-json' },
      );
    },
  },
  {
    id: rule('queryables'),
    title: 'Queryables are a JSON Schema with their own address',
    clause: 'STAC API filter extension; OGC 19-079r2',
    needs: 'filter',
    check: async ({ landing }, { http }) => {
      const address = linkOf(landing.json(), 'http://www.opengis.net/def/rel/ogc/1.0/queryables')?.href ?? '';
      const answer = await http.get(address);
      same([answer.status, answer.media], [200, 'application/schema+json'], 'status and type', answer);
      const schema = {
        type: 'object',
        required: ['$schema', '$id', 'properties'],
        properties: { $schema: { pattern: '^http' }, $id: { const: address }, type: { const: 'object' } },
      };
      none(schemaFaults(schema, answer.json()), 'queryables', answer);
    },
  },
];

function meets(a: readonly number[], b: readonly number[]): boolean {
  const flat = (box: readonly number[]) => (box.length === 6 ? [box[0], box[1], box[3], box[4]] : box).map(Number);
  const [aw = 0, as = 0, ae = 0, an = 0] = flat(a);
  const [bw = 0, bs = 0, be = 0, bn = 0] = flat(b);
  const overlap = aw > ae || bw > be || (aw <= be && ae >= bw);
  return overlap && as <= bn && an >= bs;
}

function momentOf(properties: Item['properties']): string | null {
  const { datetime, start_datetime: start } = properties ?? {};
  return typeof datetime === 'string' ? datetime : typeof start === 'string' ? start : null;
}

/** A collection of some pages, not of many. */
async function smallCollection(facts: Facts, http: Parameters<typeof byGet>[0]): Promise<string> {
  const sizes = await Promise.all(
    facts.collections.map(async ({ id = '' }) => ({
      id,
      size: matched(await byGet(http, facts, { collections: id, limit: 1 })),
    })),
  );
  const fitting = sizes.filter(({ size }) => size > 0 && size <= 800).sort((a, b) => b.size - a.size);
  return given(fitting[0], 'no collection of at most 800 items').id;
}
