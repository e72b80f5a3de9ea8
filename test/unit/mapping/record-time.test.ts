// The time table: four columns and the kind of service → what is shown, and what a search compares.

import { suite } from 'uvu';
import { equal } from 'uvu/assert';
import { endsBeforeBegin, recordTime, windowOf } from '../../../src/mapping/record-time.ts';

const test = suite('record time');

type Columns = readonly [string | null, string | null, string | null, string | null];
const D = '2015-08-24';

/** Columns, real time, occasional: `begin/end` of a period (`..` open, `?` unknown), one moment, or none. */
const TABLE: readonly (readonly [Columns, string, string])[] = [
  [[null, null, null, null], 'none', 'none'],
  [[null, '12:00:00', null, null], 'none', 'none'],
  [[null, null, null, '12:00:00'], 'none', 'none'],
  [[D, '14:50:00', D, '15:10:00'], `${D}T14:50:00Z/${D}T15:10:00Z`, `${D}T14:50:00Z/${D}T15:10:00Z`],
  [[D, null, '2015-10-31', null], `${D}/2015-10-31`, `${D}/2015-10-31`],
  [[D, '14:50:00', '2015-10-31', null], `${D}T14:50:00Z/2015-10-31`, `${D}T14:50:00Z/2015-10-31`],
  [[D, '14:50:00', null, null], `${D}T14:50:00Z/..`, `${D}T14:50:00Z`],
  [[D, null, null, null], `${D}/..`, D],
  [[D, null, null, '10:00:00'], `${D}/..`, D],
  [[null, null, D, '15:10:00'], `?/${D}T15:10:00Z`, `?/${D}T15:10:00Z`],
  [[D, '14:50:00', D, '14:50:00'], `${D}T14:50:00Z`, `${D}T14:50:00Z`],
  [[D, null, D, null], D, D],
  [[D, null, D, '10:00:00'], `${D}/${D}T10:00:00Z`, `${D}/${D}T10:00:00Z`],
  [[D, '23:59:59', D, null], `${D}T23:59:59Z/${D}`, `${D}T23:59:59Z/${D}`],
  [[D, '14:50:00', D, '14:49:59'], 'none', 'none'],
  [[D, null, '2015-08-23', null], 'none', 'none'],
  [[D, '00:00:00', '2015-08-23', null], 'none', 'none'],
];

for (const [columns, realtime, occasional] of TABLE) {
  test(columns.map((value) => value ?? 'null').join(' '), () => {
    equal(shown(columns, false), realtime);
    equal(shown(columns, true), occasional);
  });
}

test('an end before its begin is told, a missing end is not', () => {
  equal(endsBeforeBegin(stored([D, '14:50:00', D, '14:49:59'])), true);
  equal(endsBeforeBegin(stored([D, '14:50:00', D, null])), false);
  equal(endsBeforeBegin(stored([D, '14:50:00', null, null])), false);
});

test('a search takes a day from its first to its last moment', () => {
  equal(windowOf(recordTime(stored([D, null, null, null]), true)), {
    start: Date.UTC(2015, 7, 24),
    end: Date.UTC(2015, 7, 25) - 1,
  });
  equal(windowOf(recordTime(stored([D, '14:50:00', null, null]), false)), {
    start: Date.UTC(2015, 7, 24, 14, 50),
    end: null,
  });
  equal(windowOf(recordTime(stored([null, null, D, '15:10:00']), false)), {
    start: null,
    end: Date.UTC(2015, 7, 24, 15, 10),
  });
  equal(windowOf({ kind: 'none' }), null);
});

function stored([date_b, time_b, date_e, time_e]: Columns) {
  return { date_b, time_b, date_e, time_e };
}

function shown(columns: Columns, occasional: boolean): string {
  const time = recordTime(stored(columns), occasional);
  if (time.kind === 'none') return 'none';
  return time.kind === 'instant' ? time.at : `${time.begin ?? '?'}/${time.end ?? '..'}`;
}

test.run();
