// OGC API Common and Features, Part 1 (17-069r4): landing page, conformance, OpenAPI, collections, items. After ets-ogcapi-features10.

import { type JsonLink, linkOf } from '../kit/json-schema.ts';
import { given, must, none, type Requirement, same } from '../kit/requirement.ts';
import {
  type Collection,
  compact,
  type Facts,
  type Feature,
  featuresOf,
  GEOJSON,
  HTML,
  hrefOf,
  itemsOf,
  matched,
  OPENAPI,
  type OpenApi,
  type Page,
  positions,
  refused,
  walk,
} from './client.ts';
import { validate } from './openapi-schema.ts';

const core = (name: string): string => `http://www.opengis.net/spec/ogcapi-features-1/1.0/req/core/${name}`;
const oas = (name: string): string => `http://www.opengis.net/spec/ogcapi-features-1/1.0/req/oas30/${name}`;
const CLAUSE = 'OGC 17-069r4';

interface Parameter {
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly style?: string;
  readonly explode?: boolean;
  readonly $ref?: string;
  readonly schema?: {
    readonly type?: string;
    readonly minimum?: number;
    readonly default?: number;
    readonly minItems?: number;
    readonly maxItems?: number;
  };
}

async function apiOf(facts: Facts, http: Parameters<typeof itemsOf>[0]) {
  const landing = facts.landing.json<{ links?: readonly JsonLink[] }>();
  const link = given(linkOf(landing, 'service-desc'), 'no service-desc');
  const answer = await http.once(link.href ?? '', { Accept: link.type ?? '*/*' });
  return { link, answer };
}

/** Parameters of GET at the address of the items, as the API document declares them. */
function itemParameters(api: OpenApi, id: string): readonly Parameter[] {
  const path =
    Object.keys(api.paths ?? {}).find((each) => each.endsWith(`/collections/${id}/items`)) ??
    Object.keys(api.paths ?? {}).find((each) => /\/collections\/\{[^}]+\}\/items$/.test(each));
  const item = path === undefined ? undefined : api.paths?.[path];
  const operation = item?.get as { readonly parameters?: readonly Parameter[] } | undefined;
  const all = [...((item?.parameters as readonly Parameter[] | undefined) ?? []), ...(operation?.parameters ?? [])];
  return all.map((parameter) => (parameter.$ref === undefined ? parameter : resolve(api, parameter.$ref)));
}

function resolve(api: OpenApi, reference: string): Parameter {
  let at: unknown = api;
  for (const step of reference.replace(/^#\//, '').split('/'))
    at = (at as { readonly [name: string]: unknown } | undefined)?.[step];
  return (at ?? {}) as Parameter;
}

export const features: readonly Requirement<Facts>[] = [
  {
    id: core('root-success'),
    title:
      'The landing page links to the API definition, the conformance declaration and the collections, each with its type',
    clause: `${CLAUSE}, 7.2`,
    needs: 'features-core',
    check: async ({ landing: answer }, { http }) => {
      const landing = answer.json<{ links?: readonly JsonLink[] }>();
      must(
        linkOf(landing, 'service-desc') ?? linkOf(landing, 'service-doc'),
        'neither service-desc nor service-doc',
        answer,
      );
      for (const rel of ['self', 'conformance', 'data']) hrefOf(landing, rel, answer);
      for (const link of landing.links ?? []) {
        if (!['self', 'alternate', 'service-desc', 'service-doc', 'conformance', 'data'].includes(link.rel ?? ''))
          continue;
        const reply = await http.get(link.href ?? '', { Accept: link.type ?? '*/*' });
        same(reply.status, 200, `status of rel ${link.rel}`, reply);
        if (link.type !== undefined)
          same(
            compact(reply.type.replace(/;\s*charset=[^;]+/i, '')),
            compact(link.type),
            `type of rel ${link.rel}`,
            reply,
          );
      }
    },
  },
  {
    id: core('conformance-success'),
    title: 'The conformance declaration lists the core, each class once',
    clause: `${CLAUSE}, 7.4`,
    needs: 'features-core',
    check: ({ conformance: answer, conformsTo }) => {
      same([answer.status, answer.media], [200, 'application/json'], 'status and type', answer);
      must(
        conformsTo.includes('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core'),
        'the core is not declared',
        answer,
      );
      same(new Set(conformsTo).size, conformsTo.length, 'different classes', answer);
      none(
        conformsTo.filter((uri) => !/^https?:\/\/\S+\/(conf|v\d)/.test(uri) && !/\/req\//.test(uri)),
        'no conformance class',
        answer,
      );
    },
  },
  {
    id: oas('oas-definition-2'),
    title: 'The API definition has the media type of OpenAPI 3.0 and is valid',
    clause: `${CLAUSE}, 9`,
    needs: 'features-oas30',
    check: async (facts, { http }) => {
      const { link, answer } = await apiOf(facts, http);
      same(compact(link.type ?? ''), OPENAPI, 'type of the link', facts.landing);
      same([answer.status, compact(answer.type)], [200, OPENAPI], 'status and type', answer);
      must(/^3\.0\.\d+$/.test(answer.json<OpenApi>().openapi ?? ''), 'no OpenAPI 3.0 document', answer);
      must(!/"\$ref"\s*:\s*"(?!#)/.test(answer.text), 'a reference out of the document', answer);
      none(await validate(answer.json()), 'not valid', answer);
    },
  },
  {
    id: core('fc-limit-definition'),
    title: 'limit, bbox and datetime are declared for the items of the collection as the standard defines them',
    clause: `${CLAUSE}, 7.15; ets-ogcapi-features10`,
    needs: 'features-oas30',
    check: async (facts, { http }) => {
      const { answer } = await apiOf(facts, http);
      const parameters = itemParameters(answer.json<OpenApi>(), facts.collection.id ?? '');
      const of = (name: string): Parameter => {
        const found = parameters.find((parameter) => parameter.name === name && parameter.in === 'query');
        must(found, `no parameter ${name}`, answer);
        must(found.required !== true, `${name} is required`, answer);
        return found;
      };
      const limit = of('limit');
      must(
        limit.schema?.type === 'integer' &&
          (limit.schema.minimum ?? 0) >= 1 &&
          limit.schema.default !== undefined &&
          limit.explode === false,
        'limit',
        answer,
      );
      const bbox = of('bbox');
      same(
        [bbox.schema?.type, bbox.schema?.minItems, bbox.schema?.maxItems, bbox.explode],
        ['array', 4, 6, false],
        'bbox',
        answer,
      );
      same(of('datetime').schema?.type, 'string', 'type of datetime', answer);
    },
  },
  {
    id: core('fc-md-success'),
    title:
      'The collections link to themselves and to other types; each has id, links to items and, asked alone, the same content',
    clause: `${CLAUSE}, 7.13, 7.14`,
    needs: 'features-core',
    check: async ({ collectionsAnswer, collections }, { http }) => {
      hrefOf(collectionsAnswer.json(), 'self', collectionsAnswer);
      must(collections.length > 0, 'no collections', collectionsAnswer);
      for (const listed of collections) {
        const alone = await http.get(hrefOf(listed, 'self', collectionsAnswer), { Accept: 'application/json' });
        same(alone.status, 200, `status of ${listed.id}`, alone);
        const { id, title, description, extent } = alone.json<Collection>();
        same(
          [id, title, description, extent],
          [listed.id, listed.title, listed.description, listed.extent],
          `content of ${listed.id}`,
          alone,
        );
        const items = listed.links?.filter(({ rel }) => rel === 'items') ?? [];
        must(
          items.length > 0 && items.every(({ type }) => type !== undefined),
          `${listed.id}: no items link with a type`,
          alone,
        );
      }
    },
  },
  {
    id: core('fc-md-extent'),
    title: 'Extents are boxes within the world and intervals in order',
    clause: `${CLAUSE}, 7.13`,
    needs: 'features-core',
    check: ({ collections, collectionsAnswer }) => {
      for (const { id, extent } of collections) {
        for (const box of extent?.spatial?.bbox ?? []) {
          const [west = 0, south = 0, east = 0, north = 0] = box.length === 6 ? [box[0], box[1], box[3], box[4]] : box;
          must(
            Math.abs(west) <= 180 && Math.abs(east) <= 180 && south >= -90 && north <= 90 && south <= north,
            `${id}: ${box}`,
            collectionsAnswer,
          );
        }
        for (const [begin, end] of extent?.temporal?.interval ?? [])
          must(
            begin === null || end === null || begin === undefined || end === undefined || begin <= end,
            `${id}: ${begin} ${end}`,
            collectionsAnswer,
          );
      }
    },
  },
  {
    id: core('fc-response'),
    title:
      'Items are a FeatureCollection in GeoJSON with self and alternate links, timeStamp, numberMatched, numberReturned',
    clause: `${CLAUSE}, 7.15.7, 7.15.8`,
    needs: 'features-core',
    check: ({ page: answer }) => {
      const page = answer.json<Page>();
      same([answer.status, answer.media, page.type], [200, GEOJSON, 'FeatureCollection'], 'status, type, type', answer);
      same(page.numberReturned, page.features?.length, 'numberReturned', answer);
      must(!Number.isNaN(Date.parse(page.timeStamp ?? '')), 'timeStamp is no date-time', answer);
      for (const rel of ['self', 'alternate']) must(linkOf(page, rel)?.type, `no ${rel} link with a type`, answer);
    },
  },
  {
    id: core('fc-numberMatched'),
    title: 'numberMatched is the number of features of all pages by their next links, each once',
    clause: `${CLAUSE}, 7.15.8; ets-ogcapi-features10`,
    needs: 'features-core',
    check: async (facts, { http }) => {
      for (const collection of facts.collections) {
        const address = linkOf(collection, 'items')?.href;
        if (address === undefined) continue;
        const first = await http.get(`${address}${address.includes('?') ? '&' : '?'}limit=100`, { Accept: GEOJSON });
        const all = await walk(http, first);
        if (all === null) continue;
        same(
          [all.length, new Set(all.map(({ id }) => id)).size],
          [matched(first), matched(first)],
          `${collection.id}: features, different features`,
          first,
        );
      }
    },
  },
  {
    id: core('fc-limit-response-1'),
    title: 'limit gives at most so many; what is no whole number above 0 is refused',
    clause: `${CLAUSE}, 7.15.2`,
    needs: 'features-core',
    check: async (facts, { http }) => {
      for (const limit of [1, 5, 37]) {
        const answer = await itemsOf(http, facts, { limit });
        same(featuresOf(answer).length, Math.min(limit, matched(answer)), `features of limit=${limit}`, answer);
      }
      for (const limit of ['', '0', '-1', 'x', '1.5']) await refused(http, facts.items, { limit });
    },
  },
  {
    id: core('fc-bbox-response'),
    title: 'bbox gives only features that meet it, in the order longitude latitude; what is no box is refused',
    clause: `${CLAUSE}, 7.15.3`,
    needs: 'features-core',
    check: async (facts, { http }) => {
      const point = given(
        featuresOf(facts.page).find(({ geometry }) => geometry?.type === 'Point'),
        'no feature with a point',
      );
      const [[x, y] = [0, 0]] = [...positions(point.geometry?.coordinates)];
      const box = [x - 0.01, y - 0.01, x + 0.01, y + 0.01] as const;
      const answer = await itemsOf(http, facts, { bbox: box.join(','), limit: 100 });
      must(
        featuresOf(answer).some(({ id }) => id === point.id) || matched(answer) > 100,
        `${point.id} is not found by its own place`,
        answer,
      );
      for (const feature of featuresOf(answer)) {
        must(feature.geometry, `${feature.id} has no geometry`, answer);
        const all = [...positions(feature.geometry.coordinates)];
        const outside =
          all.every(([a]) => a < box[0]) ||
          all.every(([a]) => a > box[2]) ||
          all.every(([, b]) => b < box[1]) ||
          all.every(([, b]) => b > box[3]);
        must(!outside, `${feature.id} lies outside of ${box}`, answer);
      }
      for (const bbox of ['', '1,2,3', '1,2,3,4,5', 'a,b,c,d', '0,50,1,40']) await refused(http, facts.items, { bbox });
    },
  },
  {
    id: core('fc-time-response'),
    title:
      'datetime takes instants and intervals with open ends, and gives only what meets them; anything else is refused',
    clause: `${CLAUSE}, 7.15.4`,
    needs: 'features-core',
    check: async (facts, { http }) => {
      const year = await itemsOf(http, facts, { datetime: '2015-01-01T00:00:00Z/2015-12-31T23:59:59Z', limit: 100 });
      for (const { id, time } of featuresOf(year)) {
        const [begin = '..', end = begin] = time?.interval ?? [time?.timestamp ?? time?.date ?? '..'];
        must(
          (begin === '..' || begin <= '2015-12-31T23:59:59Z') && (end === '..' || end >= '2015-01-01'),
          `${id}: ${begin}/${end}`,
          year,
        );
      }
      const before = matched(await itemsOf(http, facts, { datetime: '../2014-12-31T23:59:59Z', limit: 1 }));
      const from = matched(await itemsOf(http, facts, { datetime: '2015-01-01T00:00:00Z/..', limit: 1 }));
      must(before + from >= matched(year), `before ${before}, from then on ${from}, in the year ${matched(year)}`);
      for (const datetime of ['2015-08-24', '2015-08-24T14:50:00Z', '/2015-01-01', '2015-01-01/'])
        await itemsOf(http, facts, { datetime, limit: 1 });
      for (const datetime of ['', 'x', '2015-13-01', '2016-01-01/2015-01-01', '1/2/3'])
        await refused(http, facts.items, { datetime });
    },
  },
  {
    id: core('query-param-unknown'),
    title: 'A parameter that is not declared is refused at every address',
    clause: `${CLAUSE}, 7.6`,
    needs: 'features-core',
    check: async (facts, { http }) => {
      const landing = facts.landing.json<{ links?: readonly JsonLink[] }>();
      const addresses = [
        hrefOf(landing, 'conformance', facts.landing),
        hrefOf(landing, 'data', facts.landing),
        hrefOf(facts.collection, 'self', facts.collectionsAnswer),
        facts.items,
      ];
      for (const address of addresses) await refused(http, address, { unknownQueryParameter: '1' });
    },
  },
  {
    id: core('crs84'),
    title: 'Coordinates lie within longitude ±180 and latitude ±90, and agree with the bbox of their feature',
    clause: `${CLAUSE}, 7.10; RFC 7946 5`,
    needs: 'features-core',
    check: ({ page: answer }) => {
      for (const { id, geometry, bbox } of featuresOf(answer)) {
        for (const [longitude, latitude] of positions(geometry?.coordinates)) {
          must(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90, `${id}: ${longitude} ${latitude}`, answer);
          if (bbox === undefined) continue;
          const [west = 0, south = 0, east = 0, north = 0] =
            bbox.length === 6 ? [bbox[0], bbox[1], bbox[3], bbox[4]] : bbox;
          const inside =
            (west > east || (longitude >= west - 1e-9 && longitude <= east + 1e-9)) &&
            latitude >= south - 1e-9 &&
            latitude <= north + 1e-9;
          must(inside, `${id}: ${longitude} ${latitude} lies outside of its bbox ${bbox}`, answer);
        }
      }
    },
  },
  {
    id: core('f-success'),
    title:
      'A feature asked alone is the one of the list, with self, alternate and collection links; an unknown one is 404',
    clause: `${CLAUSE}, 7.16`,
    needs: 'features-core',
    check: async (facts, { http }) => {
      for (const listed of featuresOf(facts.page).slice(0, 3)) {
        const alone = await http.get(hrefOf(listed, 'self', facts.page), { Accept: GEOJSON });
        same([alone.status, alone.media], [200, GEOJSON], 'status and type', alone);
        const { links, ...rest } = alone.json<Feature>();
        same(rest, (({ links: _, ...others }) => others)(listed), 'content', alone);
        for (const rel of ['self', 'alternate', 'collection'])
          must(linkOf({ links: links ?? [] }, rel)?.type, `no ${rel} link with a type`, alone);
        same(links?.filter(({ rel }) => rel === 'collection').length, 1, 'collection links', alone);
      }
      same((await http.get(`${facts.items}/no-such-record-7f3a`)).status, 404, 'status of an unknown feature');
      same(
        (await http.get(facts.items.replace(/[^/]+\/items$/, 'dUmmYColLection/items'))).status,
        404,
        'status of an unknown collection',
      );
    },
  },
  {
    id: core('http'),
    title: 'Methods and types that are not offered are refused with 405 and 406; scripts of every origin may read',
    clause: `${CLAUSE}, 7.5; RFC 9110; CORS`,
    needs: 'features-core',
    check: async (facts, { http }) => {
      const put = await http.send('PUT', facts.items, { 'Content-Type': 'application/json' }, '{}');
      must([405, 501].includes(put.status), `status 405 expected, ${put.status} found`, put);
      const other = await http.get(facts.items, { Accept: 'application/x-nothing-of-the-kind' });
      same(other.status, 406, 'status for a type that is not offered', other);
      must(
        ['*', 'https://client.invalid'].includes(
          (await http.get(facts.items, { Origin: 'https://client.invalid' })).headers['access-control-allow-origin'] ??
            '',
        ),
        'no Access-Control-Allow-Origin',
      );
    },
  },
  {
    id: core('rec-etag'),
    title: 'An answer with an ETag is 304 when nothing changed',
    clause: `${CLAUSE}, 7.5 recommendation etag; RFC 9110 13.1.2`,
    needs: 'features-core',
    check: async (facts, { http }) => {
      const first = await http.get(facts.items, { Accept: GEOJSON });
      const etag = given(first.headers.etag, 'no ETag');
      const again = await http.get(facts.items, { Accept: GEOJSON, 'If-None-Match': etag });
      same([again.status, again.text], [304, ''], 'status and body', again);
    },
  },
  {
    id: 'http://www.opengis.net/spec/ogcapi-features-1/1.0/req/html/content',
    title: 'Landing page, collections, a collection, items and an item are also pages in HTML',
    clause: `${CLAUSE}, 8.2`,
    needs: 'features-html',
    check: async (facts, { http }) => {
      const item = hrefOf(featuresOf(facts.page)[0] ?? {}, 'self', facts.page);
      for (const address of [
        facts.landing.sent.url,
        facts.collectionsAnswer.sent.url,
        hrefOf(facts.collection, 'self', facts.collectionsAnswer),
        facts.items,
        item,
      ]) {
        const answer = await http.get(address.replace(/[?&]f=json/, ''), { Accept: HTML });
        same([answer.status, answer.media], [200, HTML], 'status and type', answer);
        must(/<html[^>]*>[\s\S]*<a [^>]*href=/i.test(answer.text), 'no page with links', answer);
        must(/accept/i.test(answer.headers.vary ?? ''), 'Vary does not name Accept', answer);
      }
    },
  },
];
