import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseDateTime, parseInterval, printDateTime } from '../../../src/formats/syntax/datetime.ts';
import { neverFailsOtherwise, refuses } from './faults.ts';

const test = suite('dates and times');
const window = (text: string): [string, string, string] => {
  const { start, end, text: echo } = parseDateTime(text);
  return [printDateTime(start), printDateTime(end), echo];
};

test('RFC 3339 and what clients write instead', () => {
  const noon = '2024-05-01T12:00:00Z';
  assert.equal(window(noon), [noon, noon, noon]);
  assert.equal(window('2024-05-01T12:00:00'), [noon, noon, noon]);
  assert.equal(window('2024-05-01t12:00:00z'), [noon, noon, noon]);
  assert.equal(window('2024-05-01 12:00:00'), [noon, noon, noon]);
  assert.equal(window('2024-05-01T14:00:00+02:00'), [noon, noon, '2024-05-01T14:00:00+02:00']);
  assert.equal(window('2024-05-01T14:00:00 02:00'), [noon, noon, '2024-05-01T14:00:00+02:00']);
  assert.equal(window('2024-05-01T10:00:00-0200'), [noon, noon, '2024-05-01T10:00:00-02:00']);
  assert.equal(window('2024-05-01T12:00'), [noon, '2024-05-01T12:00:59.999Z', noon]);
  assert.equal(window('2024-05-01T12:00:00.5Z'), [
    '2024-05-01T12:00:00.500Z',
    '2024-05-01T12:00:00.500Z',
    '2024-05-01T12:00:00.5Z',
  ]);
  assert.equal(window('2024-05-01'), ['2024-05-01T00:00:00Z', '2024-05-01T23:59:59.999Z', '2024-05-01']);
  assert.equal(window('0050-01-01')[0], '0050-01-01T00:00:00Z');
  assert.equal(window('2016-12-31T23:59:60Z')[0], '2016-12-31T23:59:59.999Z');
});

test('days and hours that do not exist are refused', () => {
  for (const text of [
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '0000-01-01',
    '2024-05-01T24:00:00Z',
    '2024-05-01T10:60:00Z',
    '2024-05-01T10:00:61Z',
    '2024-05-01T10:00:00+24:00',
    '0001-01-01T00:00:00+01:00',
    '9999-12-31T23:59:59-01:00',
  ]) {
    refuses(parseDateTime, text, /does not exist/);
  }
  for (const text of [
    '',
    '190sds0-01-01',
    '2024',
    '2024-5-1',
    '01/05/2024',
    '2024-05-01T',
    '2024-05-01Z',
    '20240501',
  ]) {
    refuses(parseDateTime, text, /not a date/);
  }
});

test('intervals with both, one or no end', () => {
  const at = (text: string): number => Date.parse(text);
  assert.equal(parseInterval('2024-05-01/2024-05-02'), { start: at('2024-05-01'), end: at('2024-05-03') - 1 });
  assert.equal(parseInterval('2024-05-01/..'), { start: at('2024-05-01'), end: null });
  assert.equal(parseInterval('2024-05-01/'), { start: at('2024-05-01'), end: null });
  assert.equal(parseInterval('../2024-05-01T10:00:00Z'), { start: null, end: at('2024-05-01T10:00:00Z') });
  assert.equal(parseInterval('/2024-05-01T10:00:00Z'), { start: null, end: at('2024-05-01T10:00:00Z') });
  for (const text of ['/', '../..', '..', '']) assert.equal(parseInterval(text), { start: null, end: null });
  assert.equal(parseInterval('2024-05-01'), { start: at('2024-05-01'), end: at('2024-05-02') - 1 });
  refuses(parseInterval, '2024-05-02/2024-05-01', /after the end/);
  refuses(parseInterval, 'a/b/c', /interval/);
  refuses(parseInterval, '2024-05-01/tomorrow', /not a date/);
});

test('what is printed is read back equal, and the strict form says the same', () => {
  const moment = fc.integer({ min: Date.parse('0001-01-02T00:00:00Z'), max: Date.parse('9999-12-31T00:00:00Z') });
  fc.assert(
    fc.property(moment, (ms) => {
      const read = parseDateTime(printDateTime(ms));
      assert.is(read.start, ms);
      assert.is(read.end, ms);
      assert.equal(parseDateTime(read.text), read);
    }),
  );
});

test('any text gives a value or a fault', () => {
  const pieces = ['2024', '-', '05', '01', 'T', ':', '10', 'Z', '+', ' ', '.', '/', '..', '\0', '99'];
  neverFailsOtherwise(parseDateTime, pieces);
  neverFailsOtherwise(parseInterval, pieces);
});

test.run();
