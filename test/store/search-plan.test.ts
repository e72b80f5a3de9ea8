// How searches are answered: one index for words, box and period; jumps far into the list by marks, also after the catalogue has changed;
// nothing that a caller writes makes a statement fail.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { MetadataRow } from '../../src/mapping/row.ts';
import { AppError } from '../../src/model/errors.ts';
import type { Box } from '../../src/model/geometry.ts';
import { EVERYTHING, type SearchQuery, SPATIAL_RELATIONS, type SpatialRelation } from '../../src/model/query.ts';
import type { Viewer } from '../../src/model/viewer.ts';
import type { Database } from '../../src/storage/database.ts';
import { queryCells, queryMonths } from '../../src/storage/search-cells.ts';
import { searchConditions } from '../../src/storage/search-conditions.ts';
import { orderOf } from '../../src/storage/search-order.ts';
import { fencedStatement } from '../../src/storage/search-page.ts';
import { createNamer, createParameters } from '../../src/storage/search-statement.ts';
import { syncServices } from '../../src/storage/service-rows.ts';
import { createRecordWriter } from '../../src/storage/write-records.ts';
import { openTestDatabase } from '../fixtures/database.ts';
import {
  createDraw,
  drawnRecords,
  fillSearchDatabase,
  INTERNAL,
  randomNumbers,
  SEARCH_SERVICES,
  searchCatalogue,
  VIEWERS,
} from '../fixtures/search-records.ts';

const test = suite('search: plans and jumps');
let database: Database;
let catalogue: Catalogue;

test.before(async () => {
  database = await fillSearchDatabase(await openTestDatabase(), drawnRecords(9, 2500));
  catalogue = searchCatalogue(database);
});
test.after(() => database.close());

type Plan = {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: Plan[];
};
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

async function indexConditions(query: Partial<SearchQuery>, words: string | null): Promise<string> {
  const asked: SearchQuery = { ...EVERYTHING, words, ...query };
  const parameters = createParameters();
  const context = { tags: new Map([['flow', 5]]), fieldTypes: new Map(), words: words && `'${words}'`, filter: null };
  const found = searchConditions(asked, VIEWERS.anonymous, context, parameters);
  const named = createNamer();
  const { text, values } = fencedStatement({
    query: asked,
    order: orderOf(asked.sort),
    found,
    parameters,
    named,
    rows: 10,
  });
  return database.transaction(async (queries) => {
    // The table of the test is so small that reading all of it would be cheaper.
    await queries.query(null, 'SET LOCAL enable_seqscan = off');
    const [row] = await queries.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
      null,
      `EXPLAIN (FORMAT JSON) ${text}`,
      values,
    );
    const nodes = nodesOf(row!['QUERY PLAN'][0].Plan);
    return nodes.find((node) => node['Index Name'] === 'metadata_search_find')?.['Index Cond'] ?? '';
  });
}

test('words, box, period and service are preselected by the one index', async () => {
  const box: Partial<SearchQuery> = { areas: [{ area: { kind: 'box', box: [1, 42, 4, 44] }, relation: 'intersects' }] };
  const circle: Partial<SearchQuery> = {
    areas: [{ area: { kind: 'circle', centre: [2, 43], metres: 5000 }, relation: 'contains' }],
  };
  const window = { start: Date.UTC(2003, 0, 1), end: Date.UTC(2003, 1, 1) };
  const time: Partial<SearchQuery> = { time: { window, relation: 'during' } };
  const since: Partial<SearchQuery> = { time: { window: { ...window, end: null }, relation: 'intersects' } };
  assert.match(await indexConditions({}, 'lava'), /words @@/);
  assert.match(await indexConditions(box, null), /cells &&/);
  assert.match(await indexConditions(circle, null), /cells &&/);
  assert.match(await indexConditions(time, null), /months &&/);
  assert.match(await indexConditions(since, null), /months &&/);
  const all = await indexConditions({ ...box, ...time, services: ['flow'] }, 'lava');
  for (const part of [/words @@/, /cells &&.*cells &&/, /months &&/]) assert.match(all, part);
  const world: Partial<SearchQuery> = {
    areas: [{ area: { kind: 'box', box: [-180, -90, 180, 90] }, relation: 'intersects' }],
  };
  assert.equal(await indexConditions(world, null), '', 'a box of the whole world asks no cells');
});

const world = (relation: SpatialRelation): SearchQuery['areas'][number] => ({
  area: { kind: 'box', box: [-180, -90, 180, 90] },
  relation,
});

test('the cells and months of a search miss no record that touches it', async () => {
  const draw = createDraw(randomNumbers(21));
  const edge = (most: number): number => draw.one([0, most, -most, draw.integer(-most * 4, most * 4) / 4]);
  const boxes = Array.from({ length: 300 }, (): Box => {
    const [w, s] = [edge(180), edge(90)];
    const size = draw.one([0, 0.1, 1, 7, 40, 360]);
    return [w, s, Math.min(180, w + size), Math.min(90, s + size / 2)];
  });
  const written = await database.query<{ cells: number[] }>(
    null,
    'SELECT search_cells(w, s, e, n) AS cells FROM unnest($1::float8[], $2::float8[], $3::float8[], $4::float8[]) WITH ORDINALITY AS b (w, s, e, n, i) ORDER BY i',
    [0, 1, 2, 3].map((i) => boxes.map((box) => box[i])),
  );
  let touching = 0;
  for (const asked of boxes) {
    const cells = queryCells([asked]);
    if (cells === null) continue;
    for (const [i, box] of boxes.entries()) {
      if (box[0] > asked[2] || box[2] < asked[0] || box[1] > asked[3] || box[3] < asked[1]) continue;
      touching++;
      assert.ok(
        written[i]!.cells.some((cell) => cells.includes(cell)),
        `${box} is missed by ${asked}`,
      );
    }
  }
  assert.ok(touching > 1000);

  const day = 86_400_000;
  const periods = Array.from({ length: 300 }, () => {
    const begin = draw.chance(0.1)
      ? null
      : Date.UTC(draw.integer(1890, 2060), draw.integer(0, 11), draw.integer(1, 28));
    return { begin, end: draw.chance(0.15) ? null : (begin ?? 0) + draw.one([0, 1, 40, 900, 20_000]) * day };
  });
  const text = (ms: number | null, open: string): string => (ms === null ? open : new Date(ms).toISOString());
  const units = await database.query<{ months: number[] }>(
    null,
    'SELECT search_months(b, f) AS months FROM unnest($1::timestamptz[], $2::timestamptz[]) WITH ORDINALITY AS p (b, f, i) ORDER BY i',
    [periods.map(({ begin }) => text(begin, '-infinity')), periods.map(({ end }) => text(end, 'infinity'))],
  );
  for (const asked of periods) {
    const months = queryMonths(asked.begin, asked.end);
    if (months === null) continue;
    for (const [i, { begin, end }] of periods.entries()) {
      if ((begin ?? -Infinity) > (asked.end ?? Infinity) || (end ?? Infinity) < (asked.begin ?? -Infinity)) continue;
      assert.ok(
        units[i]!.months.some((unit) => months.includes(unit)),
        JSON.stringify([asked, periods[i]]),
      );
    }
  }
});

const identifiers = (records: readonly object[]): string[] =>
  records.map((record) => (record as MetadataRow).identifier);

async function sameAsOffset(viewer: Viewer): Promise<void> {
  const rows = await database.query<{ identifier: string }>(
    null,
    'SELECT m.identifier FROM metadata m WHERE m.deleted_at IS NULL AND m.authorization_ <= $1 ORDER BY m.datestamp DESC, m.n',
    [viewer.metadataLevel],
  );
  for (const offset of [
    0,
    999,
    1000,
    1001,
    1199,
    1200,
    1201,
    1800,
    Math.floor(rows.length * 0.9),
    rows.length - 3,
    rows.length,
    rows.length + 5000,
  ]) {
    const page = await catalogue.search({ ...EVERYTHING, limit: 10, start: { kind: 'offset', offset } }, viewer);
    assert.deepEqual(
      identifiers(page.records),
      rows.slice(offset, offset + 10).map((row) => row.identifier),
      `offset ${offset}`,
    );
    assert.equal(page.total, rows.length);
    assert.equal(page.next === null, offset + 10 >= rows.length);
  }
}

test('a jump by mark gives the page of OFFSET, before and after a change', async () => {
  const writer = createRecordWriter(database, { prefix: 'test', clock: Date.now });
  for (const viewer of [VIEWERS.anonymous, INTERNAL]) await sameAsOffset(viewer);
  await writer.write([{ service: 'drift', name: 'new', date_b: '2020-01-01' }]);
  for (const viewer of [VIEWERS.anonymous, INTERNAL]) await sameAsOffset(viewer);
  await writer.withdraw([
    { service: 'flow', id: 1 },
    { service: 'drift', id: 2 },
    { service: 'flow', id: 3 },
  ]);
  for (const viewer of [VIEWERS.anonymous, INTERNAL]) await sameAsOffset(viewer);
});

test('a service that another process added is found, also as a facet', async () => {
  const later: SearchQuery = { ...EVERYTHING, services: ['later'] };
  assert.equal((await catalogue.search(later, INTERNAL)).total, 0);
  await syncServices(database, [...SEARCH_SERVICES, { name: 'later', mode: 'realtime' }]);
  const writer = createRecordWriter(database, { prefix: 'test', clock: Date.now });
  await writer.write([{ service: 'later', name: 'one' }]);
  assert.equal((await catalogue.search(later, INTERNAL)).total, 1);
  const { service } = await searchCatalogue(database).facets(EVERYTHING, ['service'], INTERNAL);
  assert.deepEqual(service?.at(-1), { value: 'later', count: 1 });
});

test('cursors that no answer gave are refused with the parameter’s name', async () => {
  const refused = (error: unknown): boolean =>
    error instanceof AppError && error.code === 'invalid-parameter' && error.faults[0]?.parameter === 'cursor';
  for (const [key, value] of [
    ['updated', 'soon'],
    ['updated', '2020-02-30 00:00:00+00'],
    ['updated', null],
    ['begin', '2020-13-01 00:00:00+00'],
    ['elevation', '99999999999'],
    ['elevation', '1; DROP TABLE metadata'],
    ['title', 'a\0b'],
  ] as const) {
    const start = { kind: 'after', cursor: { values: [value], n: 1 } } as const;
    await assert.rejects(
      catalogue.search({ ...EVERYTHING, sort: [{ key, descending: true }], start }, INTERNAL),
      refused,
      `${key} ${value}`,
    );
  }
  const start = { kind: 'after', cursor: { values: [], n: 2 ** 40 } } as const;
  await assert.rejects(catalogue.search({ ...EVERYTHING, start }, INTERNAL), refused);
});

test('what is outside the limits is refused, all of it at once', async () => {
  const wrong: SearchQuery = {
    ...EVERYTHING,
    words: 'x'.repeat(5000),
    areas: [{ area: { kind: 'box', box: [0, 10, 5, Number.NaN] }, relation: 'intersects' }],
    time: { window: { start: 5, end: 1 }, relation: 'intersects' },
    elevation: { min: Number.NaN, max: null },
    limit: 1e6,
    start: { kind: 'offset', offset: -1 },
  };
  await assert.rejects(catalogue.search(wrong, INTERNAL), (error: AppError) => {
    assert.deepEqual(error.faults.map((fault) => fault.parameter).sort(), [
      'areas',
      'elevation',
      'limit',
      'offset',
      'time',
      'words',
    ]);
    return true;
  });
});

test('strange values find nothing and make no statement fail', async () => {
  const strange = ["'", '\\', '\0', '%', '\ud800', "x' OR 1=1 --", '{a,b}', '"', '🌋', 'a'.repeat(900)];
  for (const text of strange) {
    for (const query of [
      { words: text },
      { ids: [text] },
      { platforms: [text] },
      { instruments: [text, text] },
      { services: [text] },
      ...(['equals', 'in', 'contains'] as const).map((operator) => ({
        fields: [{ field: 'grain', operator, value: text }],
      })),
      ...(['equals', 'min', 'max'] as const).map((operator) => ({
        fields: [{ field: 'depth', operator, value: text }],
      })),
      { fields: [{ field: text, operator: 'equals' as const, value: 1 }] },
    ])
      await catalogue.search({ ...EVERYTHING, ...query }, INTERNAL);
    await catalogue.suggest(text, INTERNAL, null);
    await catalogue.fieldValues('flow', text, INTERNAL, 5);
  }
  for (const codes of [[1e10], [0.5], [Number.NaN], [-40_000]])
    assert.equal((await catalogue.search({ ...EVERYTHING, formats: codes }, INTERNAL)).total, 0);
});

test('rings of any form make no statement fail, and what is disjoint is what does not intersect', async () => {
  const draw = createDraw(randomNumbers(3));
  const { total: placed } = await catalogue.search({ ...EVERYTHING, areas: [world('intersects')], limit: 0 }, INTERNAL);
  for (let i = 0; i < 100; i++) {
    const corners = Array.from({ length: draw.integer(3, 7) }, () => draw.position());
    const ring = [...corners, corners[0]!];
    const hole = draw.chance(0.3) ? [[...ring].reverse()] : [];
    const area = { kind: 'geometry', geometry: { type: 'Polygon', coordinates: [ring, ...hole] } } as const;
    const totals: number[] = [];
    for (const relation of SPATIAL_RELATIONS)
      totals.push((await catalogue.search({ ...EVERYTHING, areas: [{ area, relation }], limit: 0 }, INTERNAL)).total!);
    const [intersects, contains, disjoint] = totals as [number, number, number];
    assert.equal(intersects + disjoint, placed, JSON.stringify(ring));
    assert.ok(contains <= intersects, JSON.stringify(ring));
  }
});

test.run();
