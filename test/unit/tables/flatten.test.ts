// Tables with inner dimensions as plain ones: nothing is lost, and nothing is unrolled that nobody asked for.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { columnsToRead, flatten, plainColumns } from '../../../src/data/tables/flatten.ts';
import type { Table } from '../../../src/model/table.ts';
import { radarTable, START } from '../../fixtures/test-table.ts';

const flat = suite('flatten');

async function rowsOf(table: Table): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const chunk of table.chunks()) {
    for (let row = 0; row < chunk.rows; row++) rows.push(chunk.values.map((values) => values[row]));
  }
  return rows;
}

flat('places of a dimension become rows, with what they mean', async () => {
  const table = flatten(radarTable(3, 2), ['time', 'gate', 'power']);
  assert.equal(
    table.columns.map(({ name, dimensions }) => [name, dimensions.length]),
    [
      ['time', 0],
      ['gate', 0],
      ['power', 0],
    ],
  );
  assert.equal(await rowsOf(table), [
    [START, 150, 0],
    [START, 300, Number.NaN],
    [START, 450, 0],
    [START + 10_000, 150, 1],
    [START + 10_000, 300, 1.5],
    [START + 10_000, 450, -1],
    [START + 20_000, 150, 2],
    [START + 20_000, 300, 2.5],
    [START + 20_000, 450, -2],
  ]);
});

flat('what has no dimension stays one row; flags become text', async () => {
  const rows = await rowsOf(flatten(radarTable(3), ['quality', 'mode', 'time']));
  assert.equal(rows, [
    ['459 110', 'éruption, "A"', START],
    ['640', 'calm', START + 10_000],
    [null, 'éruption, "A"', START + 20_000],
  ]);
});

flat('a place without a meaning is counted, two dimensions make each combination', async () => {
  const column = (name: string, dimensions: readonly string[]) => ({
    name,
    type: 'number' as const,
    unit: null,
    standardName: null,
    label: {},
    missing: null,
    dimensions,
    attributes: {},
  });
  const table: Table = {
    ...radarTable(1),
    columns: [column('x', []), column('m', ['a', 'b'])],
    dimensions: [
      { name: 'a', size: 2, coordinate: null },
      {
        name: 'b',
        size: 3,
        coordinate: { column: { ...column('height', ['b']), unit: 'm' }, values: Float64Array.of(10, 20, 30) },
      },
    ],
    fixed: [{ column: column('lower', ['b']), values: Float64Array.of(5, 15, 25) }],
    axis: null,
    chunks: async function* () {
      yield { rows: 1, values: [Float64Array.of(7), Float64Array.of(11, 12, 13, 21, 22, 23)] };
    },
  };
  assert.equal(
    plainColumns(table).map(({ column: { name } }) => name),
    ['a', 'height', 'x', 'm', 'lower'],
  );
  assert.equal(await rowsOf(flatten(table, ['x', 'a', 'height', 'lower', 'm'])), [
    [7, 1, 10, 5, 11],
    [7, 1, 20, 15, 12],
    [7, 1, 30, 25, 13],
    [7, 2, 10, 5, 21],
    [7, 2, 20, 15, 22],
    [7, 2, 30, 25, 23],
  ]);
  assert.equal(columnsToRead(table, ['height']), ['m']);
  assert.equal(columnsToRead(table, ['x', 'lower']), ['x', 'm']);
});

flat.run();
