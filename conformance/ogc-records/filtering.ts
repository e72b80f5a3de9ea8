// OGC API Features Part 3 and CQL2 (21-065r2), with values of records that the server gives.
import { linkOf } from '../kit/json-schema.ts';
import { given, must, none, type Requirement, same } from '../kit/requirement.ts';
import { boxOf, type Facts, type Feature, featuresOf, idsOf, itemsOf, matched, QUERYABLES, refused } from './client.ts';
import { schemaDocument } from './records.ts';

const part3 = (name: string): string => `http://www.opengis.net/spec/ogcapi-features-3/1.0/req/${name}`;
const cql2 = (name: string): string => `http://www.opengis.net/spec/cql2/1.0/req/${name}`;
const CLAUSE = 'OGC 21-065r2';
type HttpOf = Parameters<typeof itemsOf>[0];

const sample = (facts: Facts): Feature & { readonly id: string; readonly title: string } => {
  const record = given(
    featuresOf(facts.page).find(
      ({ properties }) => typeof properties?.title === 'string' && /\p{L}{4,}/u.test(properties.title),
    ),
    'no title',
  );
  return { ...record, id: String(record.id), title: String(record.properties?.title) };
};
const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const count = async (http: HttpOf, facts: Facts, filter: string): Promise<number> =>
  matched(await itemsOf(http, facts, { filter, 'filter-lang': 'cql2-text', limit: 1 }));
const countJson = async (http: HttpOf, facts: Facts, filter: unknown): Promise<number> =>
  matched(await itemsOf(http, facts, { filter: JSON.stringify(filter), 'filter-lang': 'cql2-json', limit: 1 }));

/** Filters of one meaning in text and JSON; each record of the list must hold for a record and give at least one hit with its id. */
interface Pair {
  readonly text: string;
  readonly json: unknown;
}

async function agree(http: HttpOf, facts: Facts, pairs: readonly Pair[], json: boolean): Promise<void> {
  for (const { text, json: tree } of pairs) {
    const answer = await itemsOf(http, facts, { filter: text, 'filter-lang': 'cql2-text', limit: 1 });
    must(matched(answer) > 0, `nothing is found by ${text}`, answer);
    if (json) same(await countJson(http, facts, tree), matched(answer), `total in JSON of ${text}`);
  }
}

const both = ({ conformsTo }: Facts): boolean =>
  conformsTo.includes('http://www.opengis.net/spec/cql2/1.0/conf/cql2-json');
const property = (name: string) => ({ property: name });

export const filtering: readonly Requirement<Facts>[] = [
  {
    id: part3('queryables/get-queryables-response'),
    title: 'The queryables are a JSON Schema with their own address, linked from every collection',
    clause: 'OGC 19-079r2, queryables',
    needs: 'queryables',
    check: async (facts, { http }) => {
      await schemaDocument(facts, QUERYABLES, http);
      none(
        facts.collections
          .filter((collection) => linkOf(collection, QUERYABLES) === undefined)
          .map(({ id }) => String(id)),
        'without a link to queryables',
        facts.collectionsAnswer,
      );
    },
  },
  {
    id: part3('queryables-query-parameters/parameters'),
    title: 'A queryable is a parameter that tests for equality',
    clause: 'OGC 19-079r2, queryables as query parameters',
    needs: 'queryables-query-parameters',
    check: async (facts, { http }) => {
      const { title, id } = sample(facts);
      const answer = await itemsOf(http, facts, { title, limit: 100 });
      must(
        idsOf(answer).includes(id) && featuresOf(answer).every(({ properties }) => properties?.title === title),
        'title=… finds others or not its own',
        answer,
      );
    },
  },
  {
    id: part3('filter/filter-param'),
    title:
      'filter selects in the language named, cql2-text by default; broken filters and unknown properties are refused',
    clause: 'OGC 19-079r2, filter',
    needs: 'filter',
    check: async (facts, { http }) => {
      const { title } = sample(facts);
      const plain = await itemsOf(http, facts, { filter: `title = ${quoted(title)}`, limit: 1 });
      same(matched(plain), await count(http, facts, `title = ${quoted(title)}`), 'total without filter-lang', plain);
      for (const filter of ['title =', '(title = 1', 'no_such_property = 1', "title = 'x' AND", 'DROP TABLE x'])
        await refused(http, facts.items, { filter });
      await refused(http, facts.items, { filter: "title = 'x'", 'filter-lang': 'cql3-none' });
    },
  },
  {
    id: part3('filter/filter-crs-param'),
    title: 'filter-crs: CRS84 is understood, an unknown system is refused',
    clause: 'OGC 19-079r2, filter-crs',
    needs: 'filter',
    check: async (facts, { http }) => {
      const filter = 'S_INTERSECTS(geometry,BBOX(-180,-90,180,90))';
      await itemsOf(http, facts, { filter, 'filter-crs': 'http://www.opengis.net/def/crs/OGC/1.3/CRS84', limit: 1 });
      await refused(http, facts.items, { filter, 'filter-crs': 'http://www.opengis.net/def/crs/EPSG/0/0000' });
    },
  },
  {
    id: part3('filter/mixing-expressions'),
    title: 'filter and the other parameters hold together',
    clause: 'OGC 19-079r2, filter',
    needs: 'features-filter',
    check: async (facts, { http }) => {
      const { id, title } = sample(facts);
      same(idsOf(await itemsOf(http, facts, { filter: `title = ${quoted(title)}`, ids: id })), [id], 'ids of both');
      same(
        matched(await itemsOf(http, facts, { filter: `title <> ${quoted(title)}`, ids: id })),
        0,
        'total of a contradiction',
      );
    },
  },
  {
    id: cql2('basic-cql2/binary-comparison-predicate'),
    title: 'Comparisons with and, or, not: each and its negation are everything that has a value; text and JSON agree',
    clause: `${CLAUSE}, basic CQL2`,
    needs: 'cql2-basic',
    check: async (facts, { http }) => {
      const { title, id } = sample(facts);
      const equal = `title = ${quoted(title)}`;
      const [has, not, valued] = [
        await count(http, facts, equal),
        await count(http, facts, `NOT (${equal})`),
        await count(http, facts, 'title IS NOT NULL'),
      ];
      same(has + not, valued, 'equal and its negation');
      same(await count(http, facts, `title <> ${quoted(title)}`), not, 'total of not equal');
      same(
        (await count(http, facts, `title < ${quoted(title)}`)) +
          (await count(http, facts, `title >= ${quoted(title)}`)),
        valued,
        'less and not less',
      );
      await agree(
        http,
        facts,
        [
          { text: `id = ${quoted(id)}`, json: { op: '=', args: [property('id'), id] } },
          {
            text: `${equal} OR id = ${quoted(id)}`,
            json: {
              op: 'or',
              args: [
                { op: '=', args: [property('title'), title] },
                { op: '=', args: [property('id'), id] },
              ],
            },
          },
          {
            text: `${equal} AND NOT (id = 'x')`,
            json: {
              op: 'and',
              args: [
                { op: '=', args: [property('title'), title] },
                { op: 'not', args: [{ op: '=', args: [property('id'), 'x'] }] },
              ],
            },
          },
        ],
        both(facts),
      );
      same(await count(http, facts, `${equal} AND id = 'no-such-record'`), 0, 'total of a contradiction');
    },
  },
  {
    id: cql2('basic-cql2/null-predicate'),
    title: 'IS NULL and IS NOT NULL are everything',
    clause: `${CLAUSE}, basic CQL2`,
    needs: 'cql2-basic',
    check: async (facts, { http }) => {
      for (const name of ['geometry', 'doi', 'title']) {
        const { properties } = await schemaDocument(facts, QUERYABLES, http);
        if (properties[name] === undefined) continue;
        same(
          (await count(http, facts, `${name} IS NULL`)) + (await count(http, facts, `${name} IS NOT NULL`)),
          matched(facts.page),
          `${name} null and not null`,
        );
      }
    },
  },
  {
    id: cql2('advanced-comparison-operators/like-predicate'),
    title: 'LIKE, IN and BETWEEN find what they say; text and JSON agree',
    clause: `${CLAUSE}, advanced comparison operators`,
    needs: 'cql2-advanced',
    check: async (facts, { http }) => {
      const { title, id } = sample(facts);
      const start = title.slice(0, 4).replaceAll(/[%_\\]/g, '_');
      const found = await itemsOf(http, facts, { filter: `title LIKE ${quoted(`${start}%`)}`, limit: 50 });
      must(
        featuresOf(found).every(({ properties }) => String(properties?.title).length >= start.length),
        'another title is found',
        found,
      );
      if (!start.includes('_'))
        none(
          featuresOf(found)
            .filter(({ properties }) => !String(properties?.title).startsWith(start))
            .map((each) => String(each.id)),
          `title not beginning with ${start}`,
          found,
        );
      await agree(
        http,
        facts,
        [
          { text: `title LIKE ${quoted(`${start}%`)}`, json: { op: 'like', args: [property('title'), `${start}%`] } },
          { text: `id IN (${quoted(id)},'x')`, json: { op: 'in', args: [property('id'), [id, 'x']] } },
        ],
        both(facts),
      );
      same(await count(http, facts, `id IN (${quoted(id)})`), 1, 'total of IN');
    },
  },
  {
    id: cql2('case-insensitive-comparison/casei-function'),
    title: 'CASEI on both sides ignores case',
    clause: `${CLAUSE}, case-insensitive comparison`,
    needs: 'cql2-casei',
    check: async (facts, { http }) => {
      const { title, id } = sample(facts);
      same(
        await count(http, facts, `CASEI(title) = CASEI(${quoted(title.toUpperCase())}) AND id = ${quoted(id)}`),
        1,
        'total in capitals',
      );
      await agree(
        http,
        facts,
        [
          {
            text: `CASEI(title) = CASEI(${quoted(title.toUpperCase())})`,
            json: {
              op: '=',
              args: [
                { op: 'casei', args: [property('title')] },
                { op: 'casei', args: [title.toUpperCase()] },
              ],
            },
          },
        ],
        both(facts),
      );
    },
  },
  {
    id: cql2('basic-spatial-functions/spatial-predicate'),
    title: 'S_INTERSECTS with a box is bbox: longitude first, same total; text and JSON agree',
    clause: `${CLAUSE}, basic spatial functions`,
    needs: 'cql2-spatial-basic',
    check: async (facts, { http }) => {
      const [west, south, east, north] = given(
        featuresOf(facts.page)
          .map(boxOf)
          .find((box) => box !== null && Math.abs(box[0] - box[1]) > 5),
        'no geometry whose axes differ',
      );
      const box = [west - 0.01, south - 0.01, east + 0.01, north + 0.01].map((number) => Number(number.toFixed(5)));
      const byBox = matched(await itemsOf(http, facts, { bbox: box.join(','), limit: 1 }));
      same(await count(http, facts, `S_INTERSECTS(geometry,BBOX(${box.join(',')}))`), byBox, `total in ${box}`);
      await agree(
        http,
        facts,
        [
          {
            text: `S_INTERSECTS(geometry,BBOX(${box.join(',')}))`,
            json: { op: 's_intersects', args: [property('geometry'), { bbox: box }] },
          },
        ],
        both(facts),
      );
    },
  },
  {
    id: cql2('spatial-functions/spatial-data-types'),
    title: 'S_WITHIN and S_DISJOINT: inside finds no more than meets, apart and meeting are everything with a place',
    clause: `${CLAUSE}, spatial functions`,
    needs: 'cql2-spatial',
    check: async (facts, { http }) => {
      const area = 'POLYGON((0 -30,60 -30,60 50,0 50,0 -30))';
      const [within, meets, apart, placed] = [
        await count(http, facts, `S_WITHIN(geometry,${area})`),
        await count(http, facts, `S_INTERSECTS(geometry,${area})`),
        await count(http, facts, `S_DISJOINT(geometry,${area})`),
        await count(http, facts, 'geometry IS NOT NULL'),
      ];
      must(within <= meets, `within ${within}, meets ${meets}`);
      same(meets + apart, placed, 'meeting and apart');
    },
  },
  {
    id: cql2('temporal-functions/temporal-predicates'),
    title: 'T_INTERSECTS is datetime; before, after and intersecting are everything with a time; text and JSON agree',
    clause: `${CLAUSE}, temporal functions`,
    needs: 'cql2-temporal',
    check: async (facts, { http }) => {
      const [begin, end] = ['2015-01-01T00:00:00Z', '2015-12-31T23:59:59Z'];
      const interval = `INTERVAL('${begin}','${end}')`;
      const byParameter = matched(await itemsOf(http, facts, { datetime: `${begin}/${end}`, limit: 1 }));
      const [meets, apart, timed] = [
        await count(http, facts, `T_INTERSECTS(time,${interval})`),
        await count(http, facts, `T_DISJOINT(time,${interval})`),
        await count(http, facts, 'time IS NOT NULL'),
      ];
      same(meets, byParameter, 'total of T_INTERSECTS against datetime');
      same(meets + apart, timed, 'meeting and apart');
      if (both(facts) && meets > 0)
        same(
          await countJson(http, facts, { op: 't_intersects', args: [property('time'), { interval: [begin, end] }] }),
          meets,
          'total in JSON',
        );
    },
  },
  {
    id: cql2('array-functions/array-predicates'),
    title: 'A_CONTAINS, A_OVERLAPS and A_EQUALS over the keywords of a record find it; text and JSON agree',
    clause: `${CLAUSE}, array functions`,
    needs: 'cql2-arrays',
    check: async (facts, { http }) => {
      const record = given(
        featuresOf(facts.page).find(
          ({ properties }) => Array.isArray(properties?.keywords) && properties.keywords.length > 1,
        ),
        'no record with two keywords',
      );
      const words = record.properties?.keywords as readonly string[];
      const list = (texts: readonly string[]): string => `(${texts.map(quoted).join(',')})`;
      for (const filter of [
        `A_CONTAINS(keywords,${list(words.slice(0, 2))})`,
        `A_OVERLAPS(keywords,${list([words[0] ?? '', 'qzx'])})`,
      ])
        same(
          await count(http, facts, `${filter} AND id = ${quoted(String(record.id))}`),
          1,
          `total of ${filter} with the id of its record`,
        );
      await agree(
        http,
        facts,
        [
          {
            text: `A_CONTAINS(keywords,${list(words.slice(0, 2))})`,
            json: { op: 'a_contains', args: [property('keywords'), words.slice(0, 2)] },
          },
        ],
        both(facts),
      );
    },
  },
];
