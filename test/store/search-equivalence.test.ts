// Drawn queries against a plain evaluation in TypeScript: same records, same totals, same order, as every viewer; pages by offset, by
// cursor and by stream are the same list; facets are what counting gives.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { MetadataRow } from '../../src/mapping/row.ts';
import {
  type Cursor,
  EVERYTHING,
  FACETS,
  type SearchQuery,
  SORT_KEYS,
  SPATIAL_RELATIONS,
  TIME_RELATIONS,
} from '../../src/model/query.ts';
import type { Viewer } from '../../src/model/viewer.ts';
import type { Database } from '../../src/storage/database.ts';
import { openTestDatabase } from '../fixtures/database.ts';
import { countFacet, inOrder, type Known, matches } from '../fixtures/search-oracle.ts';
import {
  createDraw,
  type Draw,
  drawGeometry,
  drawnRecords,
  fillSearchDatabase,
  GRAINS,
  INSTRUMENTS,
  PLATFORMS,
  randomNumbers,
  searchCatalogue,
  VIEWERS,
  WORDS,
} from '../fixtures/search-records.ts';

const test = suite('search: equivalence');
const QUERIES = 400;
const KINDS = ['Point', 'MultiPoint', 'LineString', 'MultiLineString', 'Polygon', 'MultiPolygon'] as const;
const viewers = Object.values(VIEWERS);
let database: Database;
let catalogue: Catalogue;
let known: readonly Known[];

test.before(async () => {
  const rows = drawnRecords(7, 600);
  database = await fillSearchDatabase(await openTestDatabase(), rows);
  catalogue = searchCatalogue(database);
  const numbers = await database.query<{ n: number; identifier: string }>(null, 'SELECT n, identifier FROM metadata');
  const byIdentifier = new Map(numbers.map(({ n, identifier }) => [identifier, n]));
  known = rows.map((row) => ({ ...row, n: byIdentifier.get(row.identifier!)! }));
});
test.after(() => database.close());

function drawArea(draw: Draw): SearchQuery['areas'][number] {
  const { integer, one, position } = draw;
  const relation = one(SPATIAL_RELATIONS);
  const kind = one(['box', 'box', 'geometry', 'geometry', 'circle'] as const);
  if (kind === 'geometry') return { area: { kind, geometry: drawGeometry(draw, KINDS) }, relation };
  const [x, y] = position();
  if (kind === 'circle') return { area: { kind, centre: [x, y], metres: integer(0, 60) * 10_000 }, relation };
  if (draw.chance(0.15)) return { area: { kind, box: [x, y, x - integer(1, 20), y + integer(0, 10)] }, relation };
  return { area: { kind, box: [x, y, x + integer(0, 16) / 2, y + integer(0, 16) / 2] }, relation };
}

function drawWords({ one, chance, integer }: Draw): string {
  return Array.from({ length: integer(1, 2) }, () => {
    const word = chance(0.2) ? `"${one(WORDS)} ${one(WORDS)}"` : one(WORDS);
    return chance(0.2) ? `-${word}` : word;
  }).join(' ');
}

function drawField({ one, integer, chance }: Draw): SearchQuery['fields'][number] {
  return one([
    () => ({ field: 'depth', operator: one(['min', 'max', 'equals'] as const), value: integer(0, 40) / 10 }),
    () => ({ field: 'depth', operator: 'in' as const, value: ['deep', 1.5, 2] }),
    () => ({ field: 'grain', operator: 'equals' as const, value: one(GRAINS).toUpperCase().replace('È', 'è') }),
    () => ({ field: 'grain', operator: 'contains' as const, value: one(['FIN', 'arse', '%', '_']) }),
    () => ({ field: 'tags', operator: 'in' as const, value: [one(WORDS), one(WORDS)] }),
    () => ({ field: 'wet', operator: 'equals' as const, value: chance(0.5) }),
    () => ({ field: 'seen', operator: one(['min', 'max'] as const), value: '2005-06-01T12:00:00Z' }),
    () => ({ field: 'unheard', operator: 'equals' as const, value: 'x' }),
  ])();
}

function drawWindow({ day, chance, integer }: Draw): { start: number | null; end: number | null } {
  const start = Date.parse(day());
  const end = start + integer(0, 1500) * 86_400_000 + 86_399_999;
  const open = integer(0, 5);
  return { start: open === 0 ? null : start, end: open === 1 ? null : chance(0.1) ? start : end };
}

function drawQuery(draw: Draw): SearchQuery {
  const { one, chance, integer } = draw;
  const maybe = <T>(probability: number, make: () => T): T | null => (chance(probability) ? make() : null);
  const sort = Array.from({ length: integer(1, 2) }, () => ({ key: one(SORT_KEYS), descending: chance(0.5) }));
  const unique = sort.filter((part, i) => sort.findIndex((other) => other.key === part.key) === i);
  return {
    ...EVERYTHING,
    words: maybe(0.2, () => drawWords(draw)),
    ids: maybe(0.05, () => known.slice(integer(0, 300), 500).map((row) => row.identifier!)),
    areas: Array.from({ length: one([0, 0, 1, 1, 1, 2]) }, () => drawArea(draw)),
    time: maybe(0.3, () => ({ window: drawWindow(draw), relation: one(TIME_RELATIONS) })),
    services: maybe(0.2, () => one([['flow'], ['drift'], ['flow', 'drift'], ['unheard'], []])),
    levels: maybe(0.06, () => [one(['dataset', 'service'] as const)]),
    formats: maybe(0.08, () => [integer(1, 5), integer(1, 5), 99_999]),
    acquisitions: maybe(0.06, () => [integer(1, 4)]),
    authorizations: maybe(0.08, () => [integer(0, 3), integer(0, 3)]),
    productLevels: maybe(0.06, () => [one(['raw', 'validated', 'product'] as const)]),
    instruments: maybe(0.06, () => [one(INSTRUMENTS)]),
    platforms: maybe(0.06, () => [one(PLATFORMS), 'unheard']),
    fields: Array.from({ length: one([0, 0, 0, 0, 0, 0, 0, 1, 2]) }, () => drawField(draw)),
    elevation: maybe(0.06, () => ({
      min: maybe(0.7, () => integer(0, 15) * 100),
      max: maybe(0.7, () => integer(10, 30) * 100),
    })),
    updated: maybe(0.08, () => ({
      start: Date.UTC(2020, 0, integer(1, 10)),
      end: maybe(0.7, () => Date.UTC(2020, 0, integer(10, 20))),
    })),
    sort: unique,
    limit: 1000,
  };
}

const identifiers = (records: readonly object[]): string[] =>
  records.map((record) => (record as MetadataRow).identifier);
const words = (query: SearchQuery): string => JSON.stringify(query);

/** What the plain evaluation finds, in order; records too near a circle's edge are taken as the database sees them. */
function expected(query: SearchQuery, viewer: Viewer, found: ReadonlySet<string>): Known[] {
  const rows = known.filter((row) => {
    const verdict = matches(row, query, viewer);
    return verdict === 'yes' || (verdict === 'perhaps' && found.has(row.identifier!));
  });
  return inOrder(rows, query.sort);
}

test(`${QUERIES} drawn queries find what a plain evaluation finds`, async () => {
  const draw = createDraw(randomNumbers(2026));
  let [hits, undecided, empty] = [0, 0, 0];
  for (let i = 0; i < QUERIES; i++) {
    const query = drawQuery(draw);
    const viewer = viewers[i % viewers.length]!;
    const page = await catalogue.search(query, viewer);
    const found = identifiers(page.records);
    assert.deepEqual(found, identifiers(expected(query, viewer, new Set(found)) as never), words(query));
    assert.equal(page.total, found.length, words(query));
    assert.equal(page.next, null);
    hits += found.length;
    empty += found.length === 0 ? 1 : 0;
    undecided += known.filter((row) => matches(row, query, viewer) === 'perhaps').length;
  }
  assert.ok(
    hits > 5000 && empty < QUERIES / 2,
    `the queries find too little to tell anything: ${hits} hits, ${empty} empty`,
  );
  assert.ok(undecided < hits / 20, `${undecided} of ${hits} undecided`);
});

async function walkByCursor(query: SearchQuery, viewer: Viewer): Promise<string[]> {
  const found: string[] = [];
  let cursor: Cursor | null = null;
  do {
    const start: SearchQuery['start'] = cursor === null ? { kind: 'offset', offset: 0 } : { kind: 'after', cursor };
    const page = await catalogue.search({ ...query, limit: 37, start, count: found.length < 100 }, viewer);
    found.push(...identifiers(page.records));
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

async function walkByOffset(query: SearchQuery, viewer: Viewer): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const page = await catalogue.search(
      { ...query, limit: 41, start: { kind: 'offset', offset: found.length } },
      viewer,
    );
    if (page.records.length === 0) {
      assert.equal(page.total, found.length, 'an offset past the end still has the exact total');
      return found;
    }
    found.push(...identifiers(page.records));
  }
}

async function walkByStream(query: SearchQuery, viewer: Viewer): Promise<string[]> {
  const found: string[] = [];
  for await (const chunk of catalogue.stream(query, viewer)) found.push(...identifiers(chunk));
  return found;
}

test('pages by cursor, pages by offset and the stream are the same list', async () => {
  const draw = createDraw(randomNumbers(11));
  const queries: SearchQuery[] = [EVERYTHING, { ...EVERYTHING, services: ['flow'] }];
  for (const key of SORT_KEYS)
    for (const descending of [true, false]) queries.push({ ...EVERYTHING, sort: [{ key, descending }] });
  for (let i = 0; i < 20; i++) queries.push({ ...drawQuery(draw), areas: [], limit: 20 });
  for (const [i, query] of queries.entries()) {
    const viewer = viewers[i % viewers.length]!;
    const list = identifiers(expected(query, viewer, new Set()) as never);
    assert.deepEqual(await walkByCursor(query, viewer), list, `cursor ${words(query)}`);
    assert.deepEqual(await walkByOffset(query, viewer), list, `offset ${words(query)}`);
    assert.deepEqual(await walkByStream(query, viewer), list, `stream ${words(query)}`);
  }
});

test('limit 0 counts, and no count gives no total', async () => {
  for (const viewer of viewers) {
    const total = expected(EVERYTHING, viewer, new Set()).length;
    assert.deepEqual(await catalogue.search({ ...EVERYTHING, limit: 0 }, viewer), { records: [], total, next: null });
    assert.equal((await catalogue.search({ ...EVERYTHING, count: false }, viewer)).total, null);
    assert.equal(
      (await catalogue.search({ ...EVERYTHING, words: 'lava', start: { kind: 'offset', offset: 5000 } }, viewer)).total,
      expected({ ...EVERYTHING, words: 'lava' }, viewer, new Set()).length,
    );
  }
});

test('facets are what counting gives; the own condition of a property does not narrow its facet', async () => {
  const own = {
    service: 'services',
    level: 'levels',
    format: 'formats',
    acquisition: 'acquisitions',
    authorization: 'authorizations',
    productLevel: 'productLevels',
    instrument: 'instruments',
  } as const;
  const draw = createDraw(randomNumbers(5));
  for (let i = 0; i < 60; i++) {
    const query: SearchQuery = { ...drawQuery(draw), areas: [] };
    const viewer = viewers[i % viewers.length]!;
    const facets = await catalogue.facets(query, FACETS, viewer);
    for (const name of FACETS) {
      const others = name === 'year' ? query : { ...query, [own[name]]: null };
      assert.deepEqual(facets[name], countFacet(expected(others, viewer, new Set()), name), `${name} ${words(query)}`);
    }
  }
});

test('values of a field are counted among what the viewer sees', async () => {
  for (const viewer of viewers) {
    const counts = new Map<string, number>();
    for (const row of known.filter((row) => row.service === 'flow' && matches(row, EVERYTHING, viewer) === 'yes'))
      for (const value of new Set([row.fields?.tags ?? []].flat()))
        counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
    const wanted = [...counts]
      .map(([text, count]) => ({ text, count }))
      .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1));
    assert.deepEqual(await catalogue.fieldValues('flow', 'tags', viewer, 100), wanted);
    assert.deepEqual(await catalogue.fieldValues('flow', 'tags', viewer, 2), wanted.slice(0, 2));
  }
  assert.deepEqual(await catalogue.fieldValues('flow', 'unheard', viewers[0]!, 9), []);
  assert.deepEqual(await catalogue.fieldValues('unheard', 'tags', viewers[0]!, 9), []);
});

test.run();
