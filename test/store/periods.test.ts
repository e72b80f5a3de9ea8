// The rule of time, once for search and display: the index and `recordTime` of the mapping agree on every combination of the columns.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { recordTime, windowOf } from '../../src/mapping/record-time.ts';
import { syncServices } from '../../src/storage/service-rows.ts';
import { emptyStore, radarRow, type Store } from '../fixtures/store.ts';

const periods = suite<Store>('periods');
periods.before.each(async (context) => {
  Object.assign(context, await emptyStore());
});

const DAYS = [null, '2015-12-03', '2015-12-04'] as const;
const TIMES = [null, '00:00:00', '14:30:00'] as const;
const ASK = `SELECT begins::text AS begins, ends::text AS ends FROM record_period($1::date, $2::time, $3::date, $4::time, $5)`;

/** What the index holds, in the words of `windowOf`: milliseconds, null = unbounded. */
function bound(text: string | null): number | null {
  return text === null || text.endsWith('infinity') ? null : Date.parse(text.replace(' ', 'T').replace(/\+00$/, 'Z'));
}

periods('index and display agree on all combinations', async ({ database }) => {
  let cases = 0;
  for (const date_b of DAYS)
    for (const time_b of TIMES)
      for (const date_e of DAYS)
        for (const time_e of TIMES)
          for (const occasional of [true, false]) {
            const [row] = await database.query<{ begins: string | null; ends: string | null }>('test_period', ASK, [
              date_b,
              time_b,
              date_e,
              time_e,
              occasional,
            ]);
            const shown = windowOf(recordTime({ date_b, time_b, date_e, time_e }, occasional));
            const indexed = row!.begins === null ? null : { start: bound(row!.begins), end: bound(row!.ends) };
            assert.equal(indexed, shown, `${date_b} ${time_b} ${date_e} ${time_e} ${occasional}`);
            cases++;
          }
  assert.is(cases, 162);
});

type Line = readonly [readonly (string | null)[], occasional: boolean, begins: string | null, ends: string | null];
const TABLE: readonly Line[] = [
  [[null, null, null, null], false, null, null],
  [[null, '10:00', null, '11:00'], false, null, null],
  [['2015-12-03', null, null, null], false, '2015-12-03 00:00:00+00', 'infinity'],
  [['2015-12-03', null, null, null], true, '2015-12-03 00:00:00+00', '2015-12-03 23:59:59.999999+00'],
  [['2015-12-03', '02:30', null, null], true, '2015-12-03 02:30:00+00', '2015-12-03 02:30:00+00'],
  [['2015-12-03', '02:30', null, '05:00'], false, '2015-12-03 02:30:00+00', 'infinity'],
  [[null, null, '2015-12-04', null], true, '-infinity', '2015-12-04 23:59:59.999999+00'],
  [[null, '01:00', '2015-12-04', '12:00'], false, '-infinity', '2015-12-04 12:00:00+00'],
  [['2015-12-04', '02:30', '2015-12-04', null], false, '2015-12-04 02:30:00+00', '2015-12-04 23:59:59.999999+00'],
  [['2015-12-04', '02:30', '2015-12-04', '02:29'], false, null, null],
  [['2015-12-04', null, '2015-12-03', null], true, null, null],
];

periods('the table of the rule', async ({ database }) => {
  for (const [columns, occasional, begins, ends] of TABLE) {
    const [row] = await database.query('test_period', ASK, [...columns, occasional]);
    assert.equal(row, { begins, ends }, columns.join(' '));
  }
});

periods('a record whose end lies before its begin is kept, without time', async ({ database, writer }) => {
  const report = await writer.write([radarRow(1, { date_e: '2015-12-02' })]);
  assert.is(report.inserted, 1);
  assert.equal(await database.query(null, 'SELECT begins, ends, months FROM metadata_search'), [
    { begins: null, ends: null, months: null },
  ]);
});

periods('a changed mode of the service changes its open records', async ({ database, writer }) => {
  await writer.write([radarRow(1, { service: 'rocks', date_e: null, time_e: null })]);
  const ends = async () => (await database.query<{ ends: string }>(null, 'SELECT ends FROM metadata_search'))[0]?.ends;
  assert.is(await ends(), '2015-12-03 02:30:00+00');
  const tags = await syncServices(database, [{ name: 'rocks', mode: 'realtime' }]);
  assert.is(await ends(), 'infinity');
  assert.equal(await syncServices(database, [{ name: 'rocks', mode: 'occasional' }]), tags);
  assert.is(await ends(), '2015-12-03 02:30:00+00');
});

periods.run();
