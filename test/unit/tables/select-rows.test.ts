// Rows and places that are chosen, a table that is begun, a table that is held.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { begun, held, isInside, selectPlaces, selectRows } from '../../../src/data/tables/select-rows.ts';
import type { Chunk, Table } from '../../../src/model/table.ts';
import { gathered } from '../../fixtures/table-differences.ts';
import { radarTable } from '../../fixtures/test-table.ts';

const test = suite('selected rows');
const numbers = (values: unknown) =>
  Array.from(values as Float64Array, (value) => (Number.isNaN(value) ? null : value));

test('places of an inner dimension in every column, in fixed ones and in the coordinate', async () => {
  const cut = selectPlaces(radarTable(5, 2), 'gate', [0, 2]);
  assert.equal(
    cut.dimensions.map(({ name, size, coordinate }) => [name, size, numbers(coordinate?.values)]),
    [['gate', 2, [150, 450]]],
  );
  const whole = await gathered(radarTable(5, 2));
  const { rows, values } = await gathered(cut);
  assert.is(rows, 5);
  assert.equal(
    numbers(values[1]),
    numbers(whole.values[1]).filter((_, n) => n % 3 !== 1),
  );
  assert.equal(numbers(values[2]), numbers(whole.values[2]), 'columns without the dimension stay');
  assert.equal(numbers(cut.fixed.find(({ column }) => column.name === 'beam')?.values), [1, 3]);
});

test('rows by a condition, texts and flags along', async () => {
  const cut = selectRows(
    radarTable(9, 4),
    (chunk: Chunk, row: number) => (chunk.values[1] as Float64Array)[row * 3] === 7,
  );
  const { rows, values } = await gathered(cut);
  assert.is(rows, 1);
  assert.equal(numbers(values[1]), [7, 7.5, -7]);
});

test('begun: null without rows; the first rows are read once, further readings begin anew', async () => {
  let readings = 0;
  const counted = (table: Table): Table => ({
    ...table,
    chunks: () => {
      readings += 1;
      return table.chunks();
    },
  });
  assert.is(await begun(selectRows(radarTable(5, 2), () => false)), null);
  const table = await begun(counted(radarTable(5, 2)));
  assert.ok(table !== null);
  const [first, second] = [await gathered(table), await gathered(table)];
  assert.equal([first.rows, second.rows, readings], [5, 5, 2]);
});

test('held: in memory as long as it is small', async () => {
  const table = radarTable(20, 6);
  const small = await held(table, 1000);
  assert.is(small.rows, 20);
  assert.equal(numbers((await gathered(small)).values[1]), numbers((await gathered(table)).values[1]));
  assert.is(await held(table, 10), table);
});

test('inside a polygon, not in its hole, not beside it', () => {
  const outer = [
    [0, 0],
    [10, 0],
    [10, 10],
    [0, 10],
    [0, 0],
  ] as const;
  const hole = [
    [4, 4],
    [6, 4],
    [6, 6],
    [4, 6],
    [4, 4],
  ] as const;
  const polygon = { type: 'Polygon', coordinates: [outer, hole] } as const;
  assert.equal(
    [
      [1, 1],
      [5, 5],
      [11, 5],
      [9, 9],
    ].map(([x = 0, y = 0]) => isInside(polygon, [x, y])),
    [true, false, false, true],
  );
  const two = {
    type: 'MultiPolygon',
    coordinates: [
      [hole],
      [
        [
          [20, 20],
          [21, 20],
          [21, 21],
          [20, 20],
        ],
      ],
    ],
  } as const;
  assert.ok(isInside(two, [5, 5]) && isInside(two, [20.8, 20.5]) && !isInside(two, [1, 1]));
  assert.not(isInside({ type: 'Point', coordinates: [5, 5] }, [5, 5]));
});

test.run();
