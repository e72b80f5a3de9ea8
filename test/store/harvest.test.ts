// Pages of harvests: one walk along one index, whatever is asked; places and counts are exact.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { HarvestQuery, HarvestSet } from '../../src/model/harvest.ts';
import { ANONYMOUS, type Viewer } from '../../src/model/viewer.ts';
import type { Queries } from '../../src/storage/database.ts';
import { createHarvestReader } from '../../src/storage/harvest-pages.ts';
import { emptyStore, radarRow, type Store } from '../fixtures/store.ts';

const harvests = suite<Store>('harvest pages');
const FIRST: HarvestQuery = {
  set: null,
  from: null,
  until: null,
  today: '2026-01-01',
  after: null,
  upto: null,
  following: null,
  limit: 100,
};
const INTERNAL: Viewer = { ...ANONYMOUS, account: 'internal', metadataLevel: 3, dataLevel: 3, services: null };

harvests.before(async (context) => {
  Object.assign(context, await emptyStore());
  const { writer, clock, database } = context;
  for (let batch = 0; batch < 5; batch++) {
    clock.now = Date.UTC(2026, 0, 1 + batch);
    // Several records share each datestamp, and every fifth is internal.
    const rows = Array.from({ length: 120 }, (_, i) => {
      const id = batch * 120 + i + 1;
      return i % 2 === 0
        ? radarRow(id, { authorization_: id % 5 === 0 ? 3 : 0 })
        : { ...radarRow(id), service: 'rocks', format: 2, acquisition: 4, product_level: 'raw' as const };
    });
    await writer.write(rows);
  }
  if (database.kind === 'postgresql') await database.query(null, 'VACUUM ANALYZE metadata');
});

/** All pages, each asked from what the one before said. */
async function walk({ database }: Store, query: Partial<HarvestQuery> = {}, viewer = ANONYMOUS) {
  const reader = createHarvestReader(database);
  const seen: { n: number; datestamp: string }[] = [];
  let asked: HarvestQuery = { ...FIRST, ...query };
  for (;;) {
    const page = await reader.headers(asked, viewer);
    seen.push(...page.rows.map(({ n, datestamp }) => ({ n, datestamp })));
    const last = page.rows.at(-1);
    if (page.following.count === 0 || last === undefined) return seen;
    const after = { datestamp: last.datestamp, n: last.n };
    asked = { ...asked, after, upto: asked.upto ?? page.revision, following: page.following };
  }
}

const SETS: readonly (HarvestSet | null)[] = [
  null,
  { kind: 'services', services: ['rocks'] },
  { kind: 'services', services: ['images'] },
  { kind: 'levels', levels: ['dataset'] },
  { kind: 'levels', levels: ['series', 'service'] },
  { kind: 'acquisitions', codes: [4] },
  { kind: 'formats', codes: [2, 9] },
  { kind: 'productLevels', productLevels: ['raw', 'product'] },
  { kind: 'open' },
];

harvests('give each record of a set once, in order, and count what follows', async (store) => {
  for (const viewer of [ANONYMOUS, INTERNAL]) {
    for (const set of SETS) {
      const seen = await walk(store, { set, limit: 37 }, viewer);
      const all = await walk(store, { set, limit: 10_000 }, viewer);
      assert.equal(seen, all, JSON.stringify(set));
      assert.is(new Set(seen.map(({ n }) => n)).size, seen.length);
      const keys = seen.map(({ datestamp, n }) => `${datestamp} ${String(n).padStart(9, '0')}`);
      assert.equal(keys, [...keys].sort());
      const first = await createHarvestReader(store.database).rows({ ...FIRST, set, limit: 37 }, viewer);
      assert.is(first.following.count, Math.max(0, all.length - 37), JSON.stringify(set));
    }
  }
  assert.is((await walk(store)).length, 540);
  assert.is((await walk(store, {}, INTERNAL)).length, 600);
  assert.is((await walk(store, { set: SETS[1] ?? null })).length, 300);
  assert.is((await walk(store, { from: '2026-01-02T00:00:00Z', until: '2026-01-03T00:00:00Z' })).length, 216);
});

harvests('walk the index alone to the end of the page', async (store) => {
  if (store.database.kind !== 'postgresql') return;
  const texts: { text: string; values: readonly unknown[] }[] = [];
  const queries: Queries = {
    query: (name, text, values = []) => {
      // A count of so few records may read them all.
      if (text.startsWith('WITH page')) texts.push({ text, values });
      return store.database.query(name, text, values);
    },
  };
  const after = { datestamp: '2026-01-02T00:00:00Z', n: 5 };
  // The planner may take any way to a set that it knows to be empty.
  const filled = SETS.filter((set) => !/images|series/.test(JSON.stringify(set)));
  for (const set of filled)
    await createHarvestReader(queries).rows({ ...FIRST, set, after, upto: '1000000' }, ANONYMOUS);
  assert.is(texts.length, filled.length);
  for (const { text, values } of texts) {
    const plan = (await store.database.query<{ 'QUERY PLAN': string }>(null, `EXPLAIN ${text}`, values))
      .map((line) => line['QUERY PLAN'])
      .join('\n');
    assert.match(plan, /Index Only Scan using metadata_harvest/, plan);
  }
});

harvests('have a lower bound of all datestamps', async (store) => {
  const reader = createHarvestReader(store.database);
  assert.is(await reader.earliest(), '2026-01-01T00:00:00Z');
});

harvests.run();
