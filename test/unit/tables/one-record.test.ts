// Of several records one has each time: whatever the chunks, the same as sorting and choosing.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { oneRecordPerTime } from '../../../src/data/tables/one-record.ts';
import { type Chunk, type Column, NO_METADATA, type Table } from '../../../src/model/table.ts';

const test = suite('one record per time');
const column = (name: string, type: Column['type']): Column => ({
  name,
  type,
  unit: null,
  standardName: null,
  label: {},
  missing: null,
  dimensions: [],
  attributes: {},
});

type Row = readonly [time: number, record: number, value: number];

function tableOf(rows: readonly Row[], size: number): Table {
  async function* chunks(): AsyncGenerator<Chunk> {
    for (let from = 0; from < rows.length; from += size) {
      const part = rows.slice(from, from + size);
      yield { rows: part.length, values: [0, 1, 2].map((n) => Float64Array.from(part, (row) => row[n] as number)) };
    }
  }
  return {
    metadata: NO_METADATA,
    columns: [column('time', 'time'), column('record', 'integer'), column('value', 'number')],
    dimensions: [],
    fixed: [],
    axis: { column: 'time', end: null },
    rows: rows.length,
    repeatable: true,
    chunks,
  };
}

async function rowsOf(table: Table): Promise<readonly (readonly number[])[]> {
  const out: number[][] = [];
  for await (const { rows, values } of table.chunks()) {
    for (let row = 0; row < rows; row++) out.push(values.map((own) => (own as Float64Array)[row] as number));
  }
  return out;
}

test('the record that stands first in the order has the time, with all its rows of it', async () => {
  const row = fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 4 }), fc.nat(1000));
  const orders = fc.shuffledSubarray([1, 2, 3, 4], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 30 }),
      orders,
      fc.integer({ min: 1, max: 9 }),
      async (drawn, order, size) => {
        const rows = drawn.toSorted(([a], [b]) => a - b);
        const wanted = rows.filter(([time, record]) => {
          const there = order.filter((own) => rows.some(([t, r]) => t === time && r === own));
          return there[0] === record;
        });
        assert.equal(await rowsOf(oneRecordPerTime(tableOf(rows, size), order)), wanted);
      },
    ),
    { numRuns: 300 },
  );
});

test.run();
