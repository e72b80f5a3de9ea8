// Conditions, orders and groups of rows against a plain computation over all rows at once.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Comparison, filterRows, selectColumns } from '../../../src/data/tables/conditions.ts';
import {
  extremesOfGroups,
  firstOfGroups,
  nearestOfGroups,
  summariseGroups,
} from '../../../src/data/tables/group-rows.ts';
import { distinctRows, orderRows } from '../../../src/data/tables/order-rows.ts';
import { MOST_VALUES } from '../../../src/data/tables/row-store.ts';
import { AppError } from '../../../src/model/errors.ts';
import { type Chunk, type Column, NO_METADATA, type Table } from '../../../src/model/table.ts';

type Cells = readonly (number | string | null)[];
const rows = suite('conditions, orders, groups');

function tableOf(columns: readonly (readonly [string, Column['type']])[], cells: readonly Cells[], size = 3): Table {
  return {
    metadata: NO_METADATA,
    columns: columns.map(([name, type]) => ({
      name,
      type,
      unit: name.startsWith('direction') ? 'degree' : null,
      standardName: null,
      label: {},
      missing: null,
      dimensions: [],
      attributes: {},
    })),
    dimensions: [],
    fixed: [],
    axis: null,
    rows: cells.length,
    repeatable: true,
    chunks: async function* (): AsyncGenerator<Chunk> {
      for (let from = 0; from < cells.length; from += size) {
        const part = cells.slice(from, from + size);
        yield {
          rows: part.length,
          values: columns.map(([, type], n) =>
            type === 'text'
              ? part.map((row) => row[n] as string | null)
              : Float64Array.from(part, (row) => (row[n] as number | null) ?? Number.NaN),
          ),
        };
      }
    },
  };
}

async function read(table: Table): Promise<Cells[]> {
  const all: Cells[] = [];
  for await (const chunk of table.chunks())
    for (let row = 0; row < chunk.rows; row++)
      all.push(chunk.values.map((values) => values[row] as number | string | null));
  return all;
}

const COLUMNS = [
  ['station', 'text'],
  ['time', 'time'],
  ['value', 'number'],
] as const;
const HOUR = 3_600_000;
const day = (n: number, hour = 0) => Date.UTC(2024, 4, n, hour);
const SERIES: readonly Cells[] = [
  ['a', day(1, 1), 5],
  ['b', day(1, 2), 1],
  ['a', day(1, 23), 9],
  ['a', day(2, 1), null],
  ['b', day(2, 5), 4],
  ['a', day(2, 13), 3],
  [null, day(2, 14), 7],
];
const series = () => tableOf(COLUMNS, SERIES);
const DAILY = { column: 'time', interval: { step: 24 * HOUR, offset: 0 } };
const STATION = { column: 'station', interval: null };

rows('missing values: below nothing, above nothing, equal to NaN alone', async () => {
  const kept = async (comparison: Comparison, value: number) =>
    (await read(filterRows(series(), [{ column: 'value', comparison, value }]))).map((row) => row[2]);
  assert.equal(await kept('<', 4), [1, 3]);
  assert.equal(await kept('>=', 4), [5, 9, 4, 7]);
  assert.equal(await kept('!=', 5), [1, 9, Number.NaN, 4, 3, 7]);
  assert.equal(await kept('=', Number.NaN), [Number.NaN]);
  assert.equal((await kept('!=', Number.NaN)).length, 6);
  assert.equal(
    (await read(filterRows(series(), [{ column: 'station', comparison: '=', value: '' }]))).map((row) => row[2]),
    [7],
  );
  assert.equal(
    (await read(filterRows(series(), [{ column: 'station', test: (text) => text === 'b', print: String }]))).length,
    2,
  );
});

rows('conditions agree with a plain filter, whatever the chunks', async () => {
  const cell = fc.option(fc.integer({ min: -3, max: 3 }), { nil: null });
  const comparison = fc.constantFrom<Comparison>('=', '!=', '<', '<=', '>', '>=');
  const OPERATORS: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
    '=': (a, b) => a === b,
    '!=': (a, b) => a !== b,
    '<': (a, b) => a < b,
    '<=': (a, b) => a <= b,
    '>': (a, b) => a > b,
    '>=': (a, b) => a >= b,
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(cell, { maxLength: 20 }),
      comparison,
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: 1, max: 7 }),
      async (cells, operator, wanted, size) => {
        const table = tableOf(
          [['x', 'number']],
          cells.map((value) => [value]),
          size,
        );
        const expected = cells
          .map((value) => value ?? Number.NaN)
          .filter((value) => OPERATORS[operator](value, wanted));
        assert.equal(
          (await read(filterRows(table, [{ column: 'x', comparison: operator, value: wanted }]))).flat(),
          expected,
        );
      },
    ),
  );
});

rows('order: missing texts first, missing numbers last, equal rows as they were', async () => {
  assert.equal(
    (await read(orderRows(series(), ['station', 'value'], false))).map((row) => row[2]),
    [7, 3, 5, 9, Number.NaN, 1, 4],
  );
  assert.equal(
    (await read(orderRows(series(), ['value'], true))).map((row) => row[2]),
    [Number.NaN, 9, 7, 5, 4, 3, 1],
  );
  const stable = await read(
    orderRows(
      tableOf(
        [
          ['k', 'number'],
          ['n', 'integer'],
        ],
        [
          [1, 1],
          [0, 2],
          [1, 3],
          [0, 4],
        ],
      ),
      ['k'],
      false,
    ),
  );
  assert.equal(stable, [
    [0, 2],
    [0, 4],
    [1, 1],
    [1, 3],
  ]);
});

rows('distinct rows, ordered; texts that look alike stay apart', async () => {
  const table = tableOf(
    [
      ['a', 'text'],
      ['b', 'text'],
    ],
    [
      ['x\n"1:y', 'z'],
      ['x', '"1:y\nz'],
      ['x', null],
      ['x', null],
    ],
  );
  assert.is((await read(distinctRows(table))).length, 3);
  assert.equal(await read(distinctRows(selectColumns(series(), ['station']))), [[null], ['a'], ['b']]);
});

rows('the first, greatest, smallest and nearest row of each group', async () => {
  assert.equal(
    (await read(firstOfGroups(series(), [STATION], 2))).map((row) => row[2]),
    [7, 5, 9, 1, 4],
  );
  const value = { column: 'value', interval: null };
  assert.equal(
    (await read(extremesOfGroups(series(), [STATION, value], 'max'))).map((row) => row[2]),
    [7, 9, 4],
  );
  assert.equal(
    (await read(extremesOfGroups(series(), [DAILY, value], 'min'))).map((row) => row[2]),
    [1, 3],
  );
  assert.equal(
    (await read(extremesOfGroups(series(), [DAILY, value], 'minMax'))).map((row) => row[2]),
    [1, 9, 3, 7],
  );
  // The nearest to midnight of the second day is the row at 23 h of the first one; that at 1 h is as near, but comes later.
  const nearest = await read(nearestOfGroups(series(), [STATION, DAILY]));
  assert.equal(
    nearest.map(([station, at]) => [station, at]),
    [
      [null, day(2, 14)],
      ['a', day(1, 1)],
      ['a', day(1, 23)],
      ['a', day(2, 13)],
      ['b', day(1, 2)],
      ['b', day(2, 5)],
    ],
  );
});

rows(
  'means, sums and counts: intervals by their start, missing values left out, directions by their vectors',
  async () => {
    assert.equal(await read(summariseGroups(series(), [DAILY], 'mean')), [
      [null, day(1), 5],
      [null, day(2), 14 / 3],
    ]);
    assert.equal(await read(summariseGroups(series(), [STATION, DAILY], 'sum')), [
      [null, day(2), 7],
      ['a', day(1), 14],
      ['a', day(2), 3],
      ['b', day(1), 1],
      ['b', day(2), 4],
    ]);
    assert.equal(
      (await read(summariseGroups(series(), [STATION], 'count'))).map((row) => [row[0], row[2]]),
      [
        [null, 1],
        ['a', 3],
        ['b', 2],
      ],
    );
    const wind = tableOf(
      [
        ['k', 'integer'],
        ['direction', 'number'],
      ],
      [
        [1, 350],
        [1, 30],
        [2, null],
      ],
    );
    const [first, second] = await read(summariseGroups(wind, [{ column: 'k', interval: null }], 'mean'));
    assert.ok(Math.abs((first?.[1] as number) - 10) < 1e-9, String(first?.[1]));
    assert.ok(Number.isNaN(second?.[1]));
  },
);

rows('months are those of the calendar', async () => {
  const table = tableOf(
    [
      ['time', 'time'],
      ['x', 'number'],
    ],
    [
      [Date.UTC(2024, 0, 31), 1],
      [Date.UTC(2024, 1, 29, 23), 2],
      [Date.UTC(2024, 2, 1), 4],
    ],
  );
  const monthly = await read(summariseGroups(table, [{ column: 'time', interval: { months: 1 } }], 'mean'));
  assert.equal(
    monthly.map(([at]) => new Date(at as number).toISOString().slice(0, 10)),
    ['2024-01-01', '2024-02-01', '2024-03-01'],
  );
});

rows('more rows than may be held are refused, with what would fit', async () => {
  const SIZE = 4096;
  const chunk: Chunk = { rows: SIZE, values: [Float64Array.from({ length: SIZE }, (_, n) => n)] };
  const endless: Table = {
    ...tableOf([['x', 'number']], []),
    chunks: async function* () {
      for (;;) yield chunk;
    },
  };
  try {
    await read(orderRows(endless, ['x'], false));
    assert.unreachable();
  } catch (error) {
    assert.instance(error, AppError);
    assert.is((error as AppError).status, 413);
    assert.match((error as AppError).detail?.en ?? '', String(MOST_VALUES));
  }
  // Groups hold only themselves: a table of any length has its few.
  const long: Table = {
    ...endless,
    chunks: async function* () {
      for (let n = 0; n < 600; n++) yield chunk;
    },
  };
  assert.is(
    (await read(summariseGroups(long, [{ column: 'x', interval: { step: 1024, offset: 0 } }], 'count'))).length,
    4,
  );
});

rows.run();
