// A filter that names box, words or period reaches the one index, from every syntax; one that cannot still ends; what it asks to compute
// cannot fail the server.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { parseCqlText } from '../../src/formats/syntax/cql-text.ts';
import { parseCql2Json } from '../../src/formats/syntax/cql2-json.ts';
import { parseCql2Text } from '../../src/formats/syntax/cql2-text.ts';
import { parseFilterXml } from '../../src/formats/syntax/filter-encoding.ts';
import { createQueryables } from '../../src/mapping/queryables.ts';
import { NO_CONSTANTS } from '../../src/mapping/record-constants.ts';
import { AppError } from '../../src/model/errors.ts';
import type { Filter } from '../../src/model/filter.ts';
import { EVERYTHING, type SearchQuery } from '../../src/model/query.ts';
import type { Service } from '../../src/model/service.ts';
import type { Database } from '../../src/storage/database.ts';
import { createPartQueries } from '../../src/storage/filter-words.ts';
import { searchConditions } from '../../src/storage/search-conditions.ts';
import { orderOf } from '../../src/storage/search-order.ts';
import { fencedStatement } from '../../src/storage/search-page.ts';
import { contextOf } from '../../src/storage/search-records.ts';
import { createServiceTags } from '../../src/storage/search-services.ts';
import { createNamer, createParameters } from '../../src/storage/search-statement.ts';
import { createWordQueries } from '../../src/storage/search-words.ts';
import { filterDatabase, STEMMED } from '../fixtures/filter-database.ts';
import { SEARCH_SERVICES, searchCatalogue, VIEWERS } from '../fixtures/search-records.ts';

const test = suite('filter: plans');
const queryables = createQueryables({ services: SEARCH_SERVICES as unknown as readonly Service[] });
let database: Database;
let catalogue: Catalogue;

test.before(async () => {
  database = await filterDatabase();
  catalogue = searchCatalogue(database);
});

type Plan = { readonly 'Index Name'?: string; readonly 'Index Cond'?: string; readonly Plans?: Plan[] };
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Conditions under which the one index is read, of each of its scans. */
async function indexConditions(filter: Filter): Promise<readonly string[]> {
  const query: SearchQuery = { ...EVERYTHING, filter };
  const parts = {
    queries: database,
    tags: createServiceTags(database),
    fieldTypes: new Map(),
    wordQuery: createWordQueries(database),
    filters: { queryables, constants: NO_CONSTANTS, partQuery: createPartQueries(database) },
  };
  const parameters = createParameters();
  const found = searchConditions(query, VIEWERS.anonymous, await contextOf(query, parts), parameters);
  const order = orderOf(query.sort);
  const { text, values } = fencedStatement({ query, order, found, parameters, named: createNamer(), rows: 10 });
  return database.transaction(async (queries) => {
    // The table of the test is so small that reading all of it would be cheaper.
    await queries.query(null, 'SET LOCAL enable_seqscan = off');
    const [row] = await queries.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      null,
      `EXPLAIN (FORMAT JSON) ${text}`,
      values,
    );
    return nodesOf(row!['QUERY PLAN'][0].Plan)
      .filter((node) => node['Index Name'] === 'metadata_search_find')
      .map((node) => node['Index Cond'] ?? '');
  });
}

const OGC = 'xmlns="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml"';
const FES = 'xmlns="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"';
const envelope =
  '<gml:Envelope><gml:lowerCorner>1 42</gml:lowerCorner><gml:upperCorner>4 44</gml:upperCorner></gml:Envelope>';
const property = (name: string): string => `<PropertyName>${name}</PropertyName>`;
const like = (value: string): string =>
  `<PropertyIsLike wildCard="*" singleChar="." escapeChar="!">${property('csw:AnyText')}<Literal>${value}</Literal></PropertyIsLike>`;
const bound = (name: string, of: string, value: string): string =>
  `<PropertyIs${name}>${property(of)}<Literal>${value}</Literal></PropertyIs${name}>`;

/** The same three conditions, as each syntax says them. */
const ASKED: readonly {
  readonly syntax: string;
  readonly box: Filter;
  readonly words: Filter;
  readonly period: Filter;
  readonly all: Filter;
}[] = [
  {
    syntax: 'CQL2 text',
    box: parseCql2Text('S_INTERSECTS(geometry, BBOX(1, 42, 4, 44))', queryables),
    words: parseCql2Text("anytext = 'obsidian'", queryables),
    period: parseCql2Text("T_INTERSECTS(datetime, INTERVAL('2003-01-01', '2003-02-01'))", queryables),
    all: parseCql2Text(
      "anytext LIKE '%obsid%' AND T_DURING(time, INTERVAL('2003-01-01', '2003-02-01')) AND S_WITHIN(geometry, POLYGON((1 42, 4 42, 4 44, 1 42)))",
      queryables,
    ),
  },
  {
    syntax: 'CQL2 JSON',
    box: parseCql2Json({ op: 's_intersects', args: [{ property: 'geometry' }, { bbox: [1, 42, 4, 44] }] }, queryables),
    words: parseCql2Json({ op: '=', args: [{ property: 'anytext' }, 'obsidian'] }, queryables),
    period: parseCql2Json({ op: 't_equals', args: [{ property: 'time' }, { date: '2003-01-01' }] }, queryables),
    all: parseCql2Json(
      {
        op: 'and',
        args: [
          { op: '=', args: [{ property: 'anytext' }, 'obsidian'] },
          { op: 't_intersects', args: [{ property: 'time' }, { interval: ['2003-01-01', '2003-02-01'] }] },
          { op: 's_intersects', args: [{ property: 'geometry' }, { type: 'Point', coordinates: [2, 43] }] },
        ],
      },
      queryables,
    ),
  },
  {
    syntax: 'classic CQL',
    box: parseCqlText('BBOX(the_geom, 1, 42, 4, 44)', queryables),
    words: parseCqlText("AnyText LIKE '%obsid%'", queryables),
    period: parseCqlText('time DURING 2003-01-01/P1M', queryables),
    all: parseCqlText(
      "csw:AnyText = 'obsidian' AND TempExtent_begin >= 2003-01-01 AND TempExtent_end <= 2003-02-01 AND DWITHIN(ows:BoundingBox, POINT(2 43), 10, kilometers)",
      queryables,
    ),
  },
  {
    syntax: 'Filter Encoding 1.1',
    box: parseFilterXml(`<Filter ${OGC}><BBOX>${property('ows:BoundingBox')}${envelope}</BBOX></Filter>`, queryables),
    words: parseFilterXml(`<Filter ${OGC}>${like('*obsid*')}</Filter>`, queryables),
    period: parseFilterXml(
      `<Filter ${OGC}><And>${bound('LessThan', 'apiso:TempExtent_begin', '2003-02-01')}${bound('GreaterThanOrEqualTo', 'apiso:TempExtent_end', '2003-01-01')}</And></Filter>`,
      queryables,
    ),
    all: parseFilterXml(
      `<Filter ${OGC}><And>${like('obsidian')}<BBOX>${envelope}</BBOX>${bound('GreaterThan', 'apiso:TempExtent_begin', '2003-02-01')}${bound('LessThan', 'apiso:TempExtent_begin', '2003-03-01')}</And></Filter>`,
      queryables,
    ),
  },
  {
    syntax: 'Filter Encoding 2.0',
    box: parseFilterXml(
      `<Filter ${FES}><Intersects><ValueReference>geometry</ValueReference>${envelope}</Intersects></Filter>`,
      queryables,
    ),
    words: parseFilterXml(
      `<Filter ${FES}>${like('obsidian').replaceAll('PropertyName', 'ValueReference')}</Filter>`,
      queryables,
    ),
    period: parseFilterXml(
      `<Filter ${FES}><AnyInteracts><ValueReference>time</ValueReference><gml:TimePeriod><gml:beginPosition>2003-01</gml:beginPosition><gml:endPosition>2003-02</gml:endPosition></gml:TimePeriod></AnyInteracts></Filter>`,
      queryables,
    ),
    all: parseFilterXml(
      `<Filter ${FES}><And>${like('obsid*')}<During><ValueReference>time</ValueReference><gml:TimePeriod><gml:beginPosition>2003-01-01</gml:beginPosition><gml:endPosition>2003-02-01</gml:endPosition></gml:TimePeriod></During><BBOX>${envelope}</BBOX></And></Filter>`,
      queryables,
    ),
  },
];

for (const { syntax, box, words, period, all } of ASKED) {
  test(`${syntax}: box, words and period are preselected by the one index`, async () => {
    assert.match((await indexConditions(box)).join(' '), /cells &&/);
    assert.match((await indexConditions(words)).join(' '), /words @@/);
    assert.match((await indexConditions(period)).join(' '), /months &&/);
    const conditions = await indexConditions(all);
    assert.equal(conditions.length, 1, 'one scan for all three');
    for (const part of [/words @@/, /cells &&/, /months &&/]) assert.match(conditions[0]!, part);
  });
}

test('arms of OR that each reach the index are read there; a negation is not', async () => {
  const either = await indexConditions(
    parseCql2Text("anytext = 'obsidian' OR S_INTERSECTS(geometry, BBOX(1, 42, 4, 44))", queryables),
  );
  assert.equal(either.length, 2);
  assert.deepEqual(await indexConditions(parseCql2Text("NOT (anytext = 'obsidian')", queryables)), []);
  assert.match(
    (await indexConditions(parseCql2Text("service = 'flow' AND wet", queryables))).join(' '),
    /cells &&.*cells &&/,
  );
});

test('patterns over words find what the text says, whatever the stems', async () => {
  const parts = new Set<string>();
  for (const word of STEMMED.join(' ').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(' '))
    for (let from = 0; from + 3 <= word.length; from += 3)
      for (const end of [from + 4, word.length]) parts.add(word.slice(from, end));
  // The embedded database plans slowly, and each pattern is a statement of its own.
  const every = process.env.VOBS_TEST_EMBEDDED === '1' ? 4 : 1;
  let [hits, asked] = [0, 0];
  for (const part of [...parts].filter((each, i) => each.length > 2 && i % every === 0)) {
    asked++;
    const found = await answer(`anytext LIKE '%${part}%'`);
    assert.equal(found, await answer(`NOT (NOT (anytext LIKE '%${part}%'))`), part);
    hits += Number(found);
  }
  assert.ok(hits >= asked && asked > 10, `${hits} hits of ${asked} parts`);
});

async function answer(text: string): Promise<number | string> {
  try {
    const filter = parseCql2Text(text, queryables);
    return (await catalogue.search({ ...EVERYTHING, filter, limit: 5 }, VIEWERS.internal)).total ?? -1;
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

test('what cannot be computed is the fault of the filter, not of the server', async () => {
  assert.equal(await answer('elevation / 0 > 1'), 0);
  assert.equal(await answer('elevation % 0 = 1 OR elevation DIV 0 = 1'), 0);
  assert.equal(await answer('(0 - elevation) ^ 0.5 > 1'), 0);
  assert.equal(await answer('elevation ^ 400 > 1'), 'invalid-parameter');
  assert.equal(await answer('(elevation * 1e300) * 1e300 > 1'), 'invalid-parameter');
  assert.equal(await answer('S_TOUCHES(geometry, GEOMETRYCOLLECTION(POINT(1 1)))'), 'invalid-parameter');
  assert.equal(await answer("anytext LIKE '%unheardof%'"), 0);
  assert.equal(await answer("anytext = 'unheardof' OR anytext = 'the' OR service = 'unheard' OR id = 'unheard'"), 0);
  assert.equal(typeof (await answer('S_WITHIN(geometry, POLYGON((0 0, 9 50, 0 50, 9 0, 0 0)))')), 'number');
  assert.equal(typeof (await answer('S_OVERLAPS(geometry, BBOX(2, 44, 2, 44))')), 'number');
  assert.equal(typeof (await answer('S_CROSSES(BBOX(170, -10, -170, 10), geometry)')), 'number');
  assert.equal(typeof (await answer("title LIKE '\\\\%\\_' OR title = '\\\\\\''")), 'number');
});

test('a filter that no index serves ends in time', async () => {
  const pattern = `%${Array.from({ length: 40 }, () => 'a').join('%')}%`;
  const started = Date.now();
  const result = await answer(`NOT (anytext LIKE '${pattern}' OR CASEI(title) LIKE CASEI('${pattern}'))`);
  assert.ok(typeof result === 'number' || result === 'query-too-long');
  assert.ok(Date.now() - started < 10_000);
});

test('a tree beyond the limits is refused before it becomes SQL', async () => {
  let deep: Filter = { kind: 'boolean', value: true };
  for (let i = 0; i < 5000; i++) deep = { kind: 'not', of: deep };
  await assert.rejects(
    () => catalogue.search({ ...EVERYTHING, filter: deep }, VIEWERS.internal),
    (error) => error instanceof AppError && error.faults.some(({ parameter }) => parameter === 'filter'),
  );
});

test.run();
