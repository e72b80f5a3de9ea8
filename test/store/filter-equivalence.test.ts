// Drawn filters against a plain evaluation in TypeScript: same records, same totals, as every viewer; and what follows from the rules of
// logic, for what the plain evaluation does not know: preselection loses nothing, the contrary completes the whole.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { MetadataRow } from '../../src/mapping/row.ts';
import { type Filter, SPATIAL_OPERATORS, TEMPORAL_OPERATORS, type Term } from '../../src/model/filter.ts';
import { EVERYTHING } from '../../src/model/query.ts';
import type { Viewer } from '../../src/model/viewer.ts';
import { FILTERED_ROWS, filterDatabase } from '../fixtures/filter-database.ts';
import { drawFilter } from '../fixtures/filter-draw.ts';
import { evaluate } from '../fixtures/filter-oracle.ts';
import { type Known, matches } from '../fixtures/search-oracle.ts';
import { createDraw, drawGeometry, randomNumbers, searchCatalogue, VIEWERS } from '../fixtures/search-records.ts';

const test = suite('filter: equivalence');
// The embedded database plans slowly, and each filter is a statement of its own.
const SHARE = process.env.VOBS_TEST_EMBEDDED === '1' ? 0.25 : 1;
const FILTERS = 240 * SHARE;
const viewers = Object.values(VIEWERS);
let catalogue: Catalogue;
let known: readonly Known[];

test.before(async () => {
  catalogue = searchCatalogue(await filterDatabase());
  known = FILTERED_ROWS.map((row, n) => ({ ...row, n }));
});

async function found(filter: Filter, viewer: Viewer): Promise<string[]> {
  const page = await catalogue.search({ ...EVERYTHING, filter, limit: 1000 }, viewer);
  const identifiers = page.records.map((record) => (record as object as MetadataRow).identifier).sort();
  assert.equal(page.total, identifiers.length);
  return identifiers;
}

const seen = (viewer: Viewer): readonly Known[] => known.filter((row) => matches(row, EVERYTHING, viewer) === 'yes');

const NONE = { toomuch: [], missing: [] };
const differences = (list: readonly string[], wanted: readonly string[]) => ({
  toomuch: list.filter((identifier) => !wanted.includes(identifier)),
  missing: wanted.filter((identifier) => !list.includes(identifier)),
});

test(`${FILTERS} drawn filters find what a plain evaluation finds`, async () => {
  const draw = createDraw(randomNumbers(31));
  let [hits, empty, all] = [0, 0, 0];
  for (let i = 0; i < FILTERS; i++) {
    const filter = drawFilter(draw, i % 4);
    const viewer = viewers[i % viewers.length]!;
    const visible = seen(viewer);
    const wanted = visible.filter((row) => evaluate(row, filter) === true).map((row) => row.identifier!);
    assert.deepEqual(differences(await found(filter, viewer), wanted), NONE, JSON.stringify(filter));
    hits += wanted.length;
    empty += wanted.length === 0 ? 1 : 0;
    all += wanted.length === visible.length ? 1 : 0;
  }
  assert.ok(
    hits > 9000 * SHARE && empty < FILTERS / 2 && all < FILTERS / 5,
    `the filters tell too little: ${hits} hits, ${empty} find nothing, ${all} everything`,
  );
});

test('a condition, its contrary and what is unknown are the whole', async () => {
  const draw = createDraw(randomNumbers(5));
  for (let i = 0; i < 40 * SHARE; i++) {
    const filter = drawFilter(draw, 2);
    const viewer = viewers[i % viewers.length]!;
    const [yes, no, unknown, other] = await Promise.all(
      [filter, { kind: 'not', of: filter }, { kind: 'unknown', of: filter }, { kind: 'notExact', of: filter }].map(
        (each) => found(each as Filter, viewer),
      ),
    );
    const words = JSON.stringify(filter);
    assert.equal(yes!.length + no!.length + unknown!.length, seen(viewer).length, words);
    assert.deepEqual([...no!, ...unknown!].sort(), other, words);
  }
});

/** Below two negations nothing is preselected. */
const unindexed = (of: Filter): Filter => ({ kind: 'not', of: { kind: 'not', of } });

test('preselection by the index loses nothing, whatever the operator', async () => {
  const draw = createDraw(randomNumbers(8));
  const geometry: Term = { kind: 'property', name: 'geometry' };
  const time: Term = { kind: 'property', name: 'time' };
  let hits = 0;
  for (let i = 0; i < 48 * SHARE; i++) {
    const [x, y] = draw.position();
    const other: Term =
      i % 2 === 0
        ? { kind: 'geometry', geometry: drawGeometry(draw, ['Point', 'LineString', 'Polygon', 'MultiPolygon']) }
        : { kind: 'box', box: [x, y, x + draw.integer(0, 8) / 2, y + draw.integer(0, 8) / 2] };
    const literal: Term =
      i % 3 === 0
        ? { kind: 'moment', value: draw.day() }
        : { kind: 'interval', start: { kind: 'moment', value: draw.day() }, end: null };
    const spatial = { kind: 'spatial', operator: SPATIAL_OPERATORS[i % SPATIAL_OPERATORS.length]! } as const;
    const temporal = { kind: 'temporal', operator: TEMPORAL_OPERATORS[i % TEMPORAL_OPERATORS.length]! } as const;
    const pairs: Filter[] = [
      { ...spatial, left: geometry, right: other },
      { ...spatial, left: other, right: geometry },
      { ...temporal, left: time, right: literal },
      { ...temporal, left: literal, right: time },
    ];
    if (other.kind === 'geometry')
      for (const operator of ['within', 'beyond'] as const)
        pairs.push({ kind: 'distance', operator, left: geometry, right: other, metres: draw.integer(0, 40) * 10_000 });
    for (const filter of pairs) {
      const list = await found(filter, VIEWERS.internal);
      const whole = await found(unindexed(filter), VIEWERS.internal);
      assert.deepEqual(differences(list, whole), NONE, JSON.stringify(filter));
      hits += list.length;
    }
  }
  assert.ok(hits > 1500 * SHARE, `only ${hits} hits`);
});

test('sides exchanged mean the same by the other name', async () => {
  const draw = createDraw(randomNumbers(3));
  const geometry: Term = { kind: 'property', name: 'geometry' };
  const mirrored = { within: 'contains', contains: 'within' } as const;
  for (let i = 0; i < 8 * SHARE; i++) {
    const other: Term = { kind: 'geometry', geometry: drawGeometry(draw, ['Polygon', 'MultiPolygon', 'Point']) };
    for (const operator of SPATIAL_OPERATORS) {
      const name = operator === 'within' || operator === 'contains' ? mirrored[operator] : operator;
      assert.deepEqual(
        await found({ kind: 'spatial', operator, left: geometry, right: other }, VIEWERS.internal),
        await found({ kind: 'spatial', operator: name, left: other, right: geometry }, VIEWERS.internal),
      );
    }
  }
});

test('facets count under a filter', async () => {
  const filter: Filter = { kind: 'words', text: 'lava' };
  const facets = await catalogue.facets({ ...EVERYTHING, filter }, ['service'], VIEWERS.internal);
  const wanted = seen(VIEWERS.internal).filter((row) => evaluate(row, filter) === true);
  assert.equal(
    facets.service?.reduce((sum, { count }) => sum + count, 0),
    wanted.length,
  );
});

test.run();
