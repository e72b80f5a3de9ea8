// What clients of PEPS (EODAG, peps_download) rely on: the source of resto 2.5.2 and recorded answers.
import { linkOf, schemaFaults } from '../kit/json-schema.ts';
import { given, must, none, type Requirement, same } from '../kit/requirement.ts';
import { findTemplate, templatesOf } from '../opensearch/description.ts';
import { type Collections, type Facts, idsOf, type Page, search, total } from './client.ts';

const rule = (name: string): string => `resto/2.x/${name}`;
const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
const FEATURE = {
  type: 'object',
  required: ['type', 'id', 'geometry', 'properties'],
  properties: {
    type: { const: 'Feature' },
    id: { type: 'string', pattern: UUID },
    properties: {
      type: 'object',
      required: [
        'collection',
        'productIdentifier',
        'title',
        'startDate',
        'completionDate',
        'productType',
        'quicklook',
        'thumbnail',
        'updated',
        'published',
        'keywords',
        'services',
        'links',
      ],
      properties: {
        collection: { type: 'string' },
        productIdentifier: { type: 'string' },
        links: { type: 'array' },
        services: { type: 'object' },
      },
    },
  },
};
const PAGE = {
  type: 'object',
  required: ['type', 'properties', 'features'],
  properties: {
    type: { const: 'FeatureCollection' },
    features: { type: 'array', items: FEATURE },
    properties: {
      type: 'object',
      required: ['id', 'totalResults', 'exactCount', 'startIndex', 'itemsPerPage', 'query', 'links'],
      properties: {
        id: { type: 'string', pattern: UUID },
        totalResults: { type: 'integer', minimum: 0 },
        exactCount: { type: 'boolean' },
        query: { type: 'object', required: ['originalFilters', 'appliedFilters', 'processingTime'] },
      },
    },
  },
};
const ERROR = {
  type: 'object',
  required: ['ErrorMessage', 'ErrorCode'],
  properties: { ErrorMessage: { type: 'string', minLength: 1 }, ErrorCode: { type: 'integer' } },
};

export const requirements: readonly Requirement<Facts>[] = [
  {
    id: rule('describe'),
    title: 'The description document has its type, results in JSON and Atom, and every parameter optional',
    clause: 'resto 2.x, describe.xml',
    needs: 'search',
    check: ({ description: answer }) => {
      same(
        [answer.status, answer.media, answer.xml().name],
        [200, 'application/opensearchdescription+xml', 'OpenSearchDescription'],
        'status, type, root',
        answer,
      );
      const templates = templatesOf(answer.xml());
      for (const type of ['application/json', 'application/atom+xml']) {
        const template = findTemplate(templates, type);
        must(template, `no Url of type ${type}`, answer);
        for (const name of ['searchTerms', 'count', 'startIndex', 'geo:box', 'geo:uid', 'time:start', 'time:end'])
          must(template.parameters.has(name), `no parameter ${name}`, answer);
      }
      must(!/\{[\w:]+\}/.test(answer.xml().text('//os:Url/@template')), 'a parameter is not optional', answer);
    },
  },
  {
    id: rule('search/shape'),
    title: 'A search answers with the members that clients read',
    clause: 'resto 2.x, search answer',
    needs: 'search',
    check: ({ page: answer }) => {
      same([answer.status, answer.media], [200, 'application/json'], 'status and type', answer);
      none(schemaFaults(PAGE, answer.json()), 'answer', answer);
      const { properties, features } = answer.json<Page>();
      same(
        [properties?.itemsPerPage, properties?.startIndex],
        [features?.length, 1],
        'itemsPerPage and startIndex',
        answer,
      );
      for (const rel of ['self', 'search']) must(linkOf(properties ?? {}, rel)?.href, `no link ${rel}`, answer);
    },
  },
  {
    id: rule('search/paging'),
    title: 'totalResults is the number of records of all pages; page wins over index; next leads on',
    clause: 'resto 2.x, maxRecords, index, page',
    needs: 'search',
    check: async (facts, { http }) => {
      const whole = idsOf(await search(http, facts, { maxRecords: 6 }));
      given(whole.length === 6, 'fewer than six records');
      same(idsOf(await search(http, facts, { maxRecords: 2, page: 2 })), whole.slice(2, 4), 'second page of two');
      same(idsOf(await search(http, facts, { maxRecords: 2, index: 3 })), whole.slice(2, 4), 'two from the third on');
      same(
        idsOf(await search(http, facts, { maxRecords: 2, index: 1, page: 3 })),
        whole.slice(4, 6),
        'third page, whatever the index',
      );
      const collection = await smallCollection(facts);
      let answer = await search(http, facts, { maxRecords: 100 }, collection);
      const found = [...idsOf(answer)];
      for (let pages = 0; pages < 40; pages++) {
        const next = linkOf(answer.json<Page>().properties ?? {}, 'next')?.href;
        if (next === undefined) break;
        answer = await http.get(next);
        same(answer.status, 200, 'status of the next page', answer);
        found.push(...idsOf(answer));
      }
      same(
        [found.length, new Set(found).size],
        [total(answer), total(answer)],
        `records of all pages of ${collection}`,
        answer,
      );
    },
  },
  {
    id: rule('search/echo'),
    title: 'originalFilters and appliedFilters echo the keys of the request and the collection',
    clause: 'resto 2.x, query',
    needs: 'search',
    check: async (facts, { http }) => {
      const answer = await search(http, facts, { maxRecords: 1, box: '-180,-90,180,90' });
      const { originalFilters } = answer.json<Page>().properties?.query ?? {};
      same(
        [originalFilters?.box, originalFilters?.maxRecords, originalFilters?.collection],
        ['-180,-90,180,90', '1', '*'],
        'originalFilters',
        answer,
      );
      const one = await search(http, facts, { maxRecords: 1 }, facts.collections[0]);
      same(one.json<Page>().properties?.query?.appliedFilters?.collection, facts.collections[0], 'collection', one);
    },
  },
  {
    id: rule('search/box'),
    title: 'box is west,south,east,north: the place of a record finds it',
    clause: 'resto 2.x, box (geo:box)',
    needs: 'search',
    check: async (facts, { http }) => {
      const feature = given(
        facts.page.json<Page>().features?.find(({ geometry }) => geometry?.type === 'Point'),
        'no record with a point',
      );
      const [x = 0, y = 0] = (feature.geometry?.coordinates ?? []) as readonly number[];
      const pairs = { identifier: String(feature.id), box: [x - 0.01, y - 0.01, x + 0.01, y + 0.01].join(',') };
      same(total(await search(http, facts, pairs)), 1, 'total around the place of a record with its identifier');
      const away = { ...pairs, box: [x > 0 ? x - 90 : x + 80, -1, x > 0 ? x - 89 : x + 81, 1].join(',') };
      same(total(await search(http, facts, away)), 0, 'total elsewhere');
    },
  },
  {
    id: rule('search/identifier'),
    title: 'identifier finds a record by its UUID and by its product identifier',
    clause: 'resto 2.x, identifier (geo:uid)',
    needs: 'search',
    check: async (facts, { http }) => {
      const feature = given(facts.page.json<Page>().features?.[0], 'no record');
      for (const identifier of [String(feature.id), String(feature.properties?.productIdentifier)]) {
        const answer = await search(http, facts, { identifier });
        same([total(answer), idsOf(answer)], [1, [feature.id]], `records of ${identifier}`, answer);
      }
    },
  },
  {
    id: rule('search/period'),
    title: 'startDate and completionDate select by the period of the records',
    clause: 'resto 2.x, time:start, time:end',
    needs: 'search',
    check: async (facts, { http }) => {
      const feature = given(
        facts.page.json<Page>().features?.find(({ properties }) => typeof properties?.startDate === 'string'),
        'no record with a date',
      );
      const identifier = String(feature.id);
      const start = String(feature.properties?.startDate);
      same(
        total(await search(http, facts, { identifier, startDate: start, completionDate: start })),
        1,
        `total at ${start}`,
      );
      same(
        total(await search(http, facts, { identifier, startDate: '1700-01-01', completionDate: '1700-12-31' })),
        0,
        'total in 1700',
      );
    },
  },
  {
    id: rule('errors'),
    title: 'Wrong values give 400 with ErrorMessage and ErrorCode; unknown collections and records 404',
    clause: 'resto 2.x, errors',
    needs: 'search',
    check: async (facts, { http }) => {
      for (const query of [
        'maxRecords=x',
        'maxRecords=0',
        'index=-1',
        'box=1,2,3',
        'startDate=2023-11-31',
        'lat=95&lon=0',
      ]) {
        const answer = await http.get(`${facts.base}/api/collections/search.json?${query}`);
        same(answer.status, 400, `status of ${query}`, answer);
        none(schemaFaults(ERROR, answer.json()), 'error', answer);
        same(answer.json<{ ErrorCode?: number }>().ErrorCode, 400, 'ErrorCode', answer);
      }
      for (const path of [
        'api/collections/no-such-collection/search.json',
        'collections/no-such-collection.json',
        `collections/${facts.collections[0]}/00000000-0000-5000-8000-000000000000.json`,
      ]) {
        const answer = await http.get(`${facts.base}/${path}`);
        same(answer.status, 404, `status of ${path}`, answer);
        none(schemaFaults(ERROR, answer.json()), 'error', answer);
      }
    },
  },
  {
    id: rule('collections'),
    title:
      'The list of collections has a synthesis; the counts are those of the searches; every collection has a description document',
    clause: 'resto 2.x, collections',
    needs: 'records',
    check: async (facts, { http }) => {
      const { collections = [], synthesis } = facts.list.json<Collections>();
      same([facts.list.status, facts.list.media], [200, 'application/json'], 'status and type', facts.list);
      same(synthesis?.statistics?.count, total(facts.page), 'count of the synthesis', facts.list);
      for (const { name = '', statistics } of collections) {
        same(total(await search(http, facts, { maxRecords: 1 }, name)), statistics?.count, `count of ${name}`);
        const description = await http.get(`${facts.base}/api/collections/${name}/describe.xml`);
        same(
          [description.status, description.media],
          [200, 'application/opensearchdescription+xml'],
          'status and type',
          description,
        );
      }
    },
  },
  {
    id: rule('records'),
    title: 'A record asked alone is the one of the list, in JSON and in Atom, with links that answer',
    clause: 'resto 2.x, collections/{c}/{id}',
    needs: 'records',
    check: async (facts, { http }) => {
      const listed = given(facts.page.json<Page>().features?.[0], 'no record');
      const address = `${facts.base}/collections/${listed.properties?.collection}/${listed.id}`;
      const alone = await http.get(`${address}.json`);
      same([alone.status, alone.media], [200, 'application/json'], 'status and type', alone);
      same(
        alone.json<typeof listed>().properties?.productIdentifier,
        listed.properties?.productIdentifier,
        'productIdentifier',
        alone,
      );
      const atom = await http.get(`${address}.atom`);
      same([atom.status, atom.media], [200, 'application/atom+xml'], 'status and type', atom);
      for (const { href } of (listed.properties?.links ?? []) as readonly { href?: string }[]) {
        const answer = await http.get(href ?? '');
        must(answer.status < 400, `status ${answer.status}`, answer);
      }
      const download = (listed.properties?.services as { download?: { url?: string } } | undefined)?.download?.url;
      if (download !== undefined)
        must(
          [200, 206, 302, 303, 307, 401, 403].includes((await http.get(download)).status),
          'the download does not answer',
        );
    },
  },
];

async function smallCollection(facts: Facts): Promise<string> {
  const sizes = (facts.list.json<Collections>().collections ?? []).map(({ name = '', statistics }) => ({
    name,
    count: statistics?.count ?? 0,
  }));
  return given(
    sizes.filter(({ count }) => count > 100 && count <= 2000).sort((a, b) => a.count - b.count)[0] ?? sizes[0],
    'no collection',
  ).name;
}
