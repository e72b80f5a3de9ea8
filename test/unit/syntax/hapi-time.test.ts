// Times of HAPI: every truncation, both forms, and what is refused.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { notBefore, parseHapiTime, printHapiTime } from '../../../src/formats/syntax/hapi-time.ts';

const test = suite('HAPI times');
const at = (text: string): string => printHapiTime(Number(parseHapiTime(text) / 1_000_000n));

const GOOD: readonly (readonly [string, string])[] = [
  ['2017', '2017-01-01T00:00:00.000Z'],
  ['2017Z', '2017-01-01T00:00:00.000Z'],
  ['2017-03Z', '2017-03-01T00:00:00.000Z'],
  ['2017-03-15', '2017-03-15T00:00:00.000Z'],
  ['2017-03-15T23Z', '2017-03-15T23:00:00.000Z'],
  ['2017-03-15T23:59Z', '2017-03-15T23:59:00.000Z'],
  ['2017-03-15T23:59:58', '2017-03-15T23:59:58.000Z'],
  ['2017-03-15T23:59:58.1Z', '2017-03-15T23:59:58.100Z'],
  ['2017-03-15T23:59:58.123456789123Z', '2017-03-15T23:59:58.123Z'],
  ['2017-03-15T24:00Z', '2017-03-16T00:00:00.000Z'],
  ['2016-12-31T23:59:60.5Z', '2017-01-01T00:00:00.500Z'],
  ['2016-366Z', '2016-12-31T00:00:00.000Z'],
  ['2017-001T12', '2017-01-01T12:00:00.000Z'],
  ['2017-365T23:59:59.999Z', '2017-12-31T23:59:59.999Z'],
  ['0001-01-01Z', '0001-01-01T00:00:00.000Z'],
];
for (const [text, wanted] of GOOD) test(text, () => assert.is(at(text), wanted));

const BAD =
  '2017-366 2017-000 2017-13 2017-00 2017-02-29 2017-03-32 2017-03T00 2017T00 2017-03-15T24:01 2017-03-15T25 2017-03-15T00:60 2017-03-15T00:00:61 2017-3-15 20170315 2017-03-15T00:00:00+01:00 2017-03-15t00Z 2017-03-15z 17 now 2017-03-15T00.5';
for (const text of ['', ' 2017', '2017 ', ...BAD.split(' ')]) {
  test(`refused: "${text}"`, () => assert.throws(() => parseHapiTime(text), /is wanted/));
}

test('nanoseconds order, microseconds not before', () => {
  const [a, b] = [parseHapiTime('2017-03-15T00:00:00.000000001Z'), parseHapiTime('2017-03-15Z')];
  assert.is(a - b, 1n);
  assert.is(notBefore(b), Date.UTC(2017, 2, 15));
  assert.is(notBefore(a), Date.UTC(2017, 2, 15) + 0.001);
  assert.is(notBefore(parseHapiTime('1969-12-31T23:59:59.9999999Z')), 0);
});

test.run();
