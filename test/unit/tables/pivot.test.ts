// Rows told apart by a key become one row with an inner dimension.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pivot, pivotKeys } from '../../../src/data/tables/pivot.ts';
import { type Chunk, type Column, NO_METADATA, type Table } from '../../../src/model/table.ts';
import { gathered } from '../../fixtures/table-differences.ts';

const test = suite('pivot');
const column = (name: string, type: Column['type'], unit: string | null = null): Column => ({
  name,
  type,
  unit,
  standardName: null,
  label: {},
  missing: null,
  dimensions: [],
  attributes: {},
});

/** Rows [time, key, range, text] in chunks of `size`. */
function table(rows: readonly (readonly [number, number, number, string | null])[], size: number): Table {
  async function* chunks(): AsyncGenerator<Chunk> {
    for (let from = 0; from < rows.length; from += size) {
      const part = rows.slice(from, from + size);
      const numbers = (n: 0 | 1 | 2) => Float64Array.from(part, (row) => row[n]);
      yield { rows: part.length, values: [numbers(0), numbers(1), numbers(2), part.map(([, , , text]) => text)] };
    }
  }
  return {
    metadata: NO_METADATA,
    columns: [
      column('time', 'time'),
      column('gate', 'integer'),
      column('range', 'number', 'm'),
      column('mode', 'text'),
    ],
    dimensions: [],
    fixed: [],
    axis: { column: 'time', end: null },
    rows: rows.length,
    repeatable: true,
    chunks,
  };
}
const list = (values: unknown) =>
  Array.from(values as ArrayLike<unknown>, (value) => (Number.isNaN(value) ? null : value));

test('whatever the chunks, one row a time, cells by key, gaps empty', async () => {
  const rows = [
    [1, 3, 450, 'c'],
    [1, 1, 150, 'a'],
    [2, 2, 300, null],
    [3, 1, 150, 'd'],
    [3, 2, 300, 'e'],
    [3, 3, 450, 'f'],
  ] as const;
  for (const size of [1, 2, 3, 4, 6]) {
    const source = table(rows, size);
    const keys = await pivotKeys(source, 'gate', ['range']);
    assert.equal(keys.keys, [1, 2, 3]);
    const made = pivot(source, 'gate', keys);
    assert.equal(
      made.columns.map(({ name, dimensions }) => [name, ...dimensions]),
      [['time'], ['mode', 'gate']],
    );
    assert.equal(list(made.dimensions[0]?.coordinate?.values), [150, 300, 450]);
    const { rows: count, values } = await gathered(made);
    assert.is(count, 3);
    assert.equal(list(values[0]), [1, 2, 3]);
    assert.equal(list(values[1]), ['a', null, 'c', null, null, null, 'd', 'e', 'f']);
  }
});

test('a length that changes for one key stays a variable', async () => {
  const source = table(
    [
      [1, 1, 150, null],
      [1, 2, 300, null],
      [2, 1, 160, null],
    ],
    2,
  );
  const keys = await pivotKeys(source, 'gate', ['range']);
  const made = pivot(source, 'gate', keys);
  assert.equal(
    made.columns.map(({ name }) => name),
    ['time', 'range', 'mode'],
  );
  assert.equal(list(made.dimensions[0]?.coordinate?.values), [1, 2]);
  assert.equal(list((await gathered(made)).values[1]), [150, 300, 160, null]);
});

test('a key that was not there breaks off instead of being left out', async () => {
  const made = pivot(table([[1, 9, 0, null]], 1), 'gate', { keys: [1], along: new Map() });
  let message = '';
  try {
    await gathered(made);
  } catch (error) {
    message = (error as Error).message;
  }
  assert.match(message, '9 is a new key');
});

test.run();
