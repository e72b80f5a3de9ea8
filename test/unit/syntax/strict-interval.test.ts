// datetime of STAC and boxes with heights: what is taken, and what is refused.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseStrictInterval } from '../../../src/formats/syntax/strict-interval.ts';
import { parseVolume } from '../../../src/formats/syntax/volume.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';

const test = suite('strict intervals and boxes with heights');
const refused = (read: () => unknown, message: string): void =>
  assert.throws(read, (error: unknown) => error instanceof SyntaxFault, message);

test('moments and intervals are windows, both ends included', () => {
  const at = Date.UTC(2020, 0, 2, 3, 4, 5);
  assert.equal(parseStrictInterval('2020-01-02T03:04:05Z'), { start: at, end: at });
  assert.equal(parseStrictInterval('2020-01-02t03:04:05z/..'), { start: at, end: null });
  assert.equal(parseStrictInterval('/2020-01-02T04:04:05+01:00'), { start: null, end: at });
  assert.equal(parseStrictInterval('2020-01-02T03:04:05.123456789012Z').start, at + 123);
  // A `+` that a client did not encode arrives as a blank.
  assert.equal(parseStrictInterval('2020-01-02T04:04:05 01:00').start, at);
});

test('what says less, or nothing, is refused', () => {
  for (const text of [
    '',
    '..',
    '/',
    '../..',
    '2020-01-02',
    '2020-01-02T03:04Z',
    '2020-01-02T03:04:05',
    '2020-01-02 03:04:05Z',
    '2020-01-02T03:04:05+0100',
    '2020-02-30T00:00:00Z',
    '2020-01-02T03:04:61Z',
    '2021-01-01T00:00:00Z/2020-01-01T00:00:00Z',
    'a/b/c',
    'x'.repeat(500),
  ])
    refused(() => parseStrictInterval(text), text);
});

test('boxes: four numbers, or six with heights that do not count', () => {
  assert.equal(parseVolume([1, 2, 3, 4]), [1, 2, 3, 4]);
  assert.equal(parseVolume(['170', '-10', '0', '-170', '10', '5000']), [170, -10, -170, 10]);
  for (const numbers of [
    [],
    [1, 2, 3],
    [1, 2, 3, 4, 5],
    [0, 5, 1, 4],
    [0, 0, Number.NaN, 1, 1, 1],
    ['', '', '', ''],
    [0, 0, 'x', 1, 1, 1],
    [0, 0, '', 1, 1, 1],
  ])
    refused(() => parseVolume(numbers), String(numbers));
});

test.run();
