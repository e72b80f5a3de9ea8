import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  parseDateCondition,
  parseNumberCondition,
  type ValueCondition,
} from '../../../src/formats/syntax/intervals.ts';
import { neverFailsOtherwise, refuses } from './faults.ts';

const test = suite('value conditions');
const range = (
  min: readonly [number, boolean] | null,
  max: readonly [number, boolean] | null,
): ValueCondition<number> => ({
  kind: 'range',
  min: min && { value: min[0], open: min[1] },
  max: max && { value: max[0], open: max[1] },
});

test('every form of OGC 13-026r9', () => {
  assert.equal(parseNumberCondition('12'), { kind: 'values', values: [12] });
  assert.equal(parseNumberCondition('{1,2.5,3}'), { kind: 'values', values: [1, 2.5, 3] });
  assert.equal(parseNumberCondition('[1,2]'), range([1, false], [2, false]));
  assert.equal(parseNumberCondition(']1,2['), range([1, true], [2, true]));
  assert.equal(parseNumberCondition('[1,2['), range([1, false], [2, true]));
  assert.equal(parseNumberCondition(']1,2]'), range([1, true], [2, false]));
  assert.equal(parseNumberCondition('[1'), range([1, false], null));
  assert.equal(parseNumberCondition(']1'), range([1, true], null));
  assert.equal(parseNumberCondition('2]'), range(null, [2, false]));
  assert.equal(parseNumberCondition('2['), range(null, [2, true]));
});

test('others are refused', () => {
  for (const text of [
    '',
    '[',
    '[]',
    '1,2',
    '[1,2',
    '1,2]',
    '[1,2,3]',
    '[1]',
    '{1,2]',
    '[1,2}',
    '{1',
    '[1,,2]',
    '[[1,2]]',
  ]) {
    refuses(parseNumberCondition, text, /value condition/);
  }
  refuses(parseNumberCondition, '[2,1]', /lower bound/);
  refuses(parseNumberCondition, '[a,b]', /not a number/);
  refuses((text) => parseNumberCondition(text, { max: 90 }), '91', /≤ 90/);
});

test('dates are closed windows', () => {
  const day = (text: string): number => Date.parse(text);
  assert.equal(parseDateCondition('2024-05-01'), { start: day('2024-05-01'), end: day('2024-05-02') - 1 });
  assert.equal(parseDateCondition('[2024-05-01,2024-05-02]'), { start: day('2024-05-01'), end: day('2024-05-03') - 1 });
  assert.equal(parseDateCondition(']2024-05-01'), { start: day('2024-05-02'), end: null });
  assert.equal(parseDateCondition('2024-05-01['), { start: null, end: day('2024-05-01') - 1 });
  refuses(parseDateCondition, '[2024-05-02,2024-05-01]', /lower bound/);
  refuses(parseDateCondition, '{2024-05-02,2024-05-01}', /value condition/);
});

test('what is printed is read back equal', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0);
  fc.assert(
    fc.property(number, number, fc.boolean(), fc.boolean(), (a, b, openLow, openHigh) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const text = `${openLow ? ']' : '['}${low},${high}${openHigh ? '[' : ']'}`;
      assert.equal(parseNumberCondition(text), range([low, openLow], [high, openHigh]));
    }),
  );
});

test('any text gives a value or a fault', () => {
  const pieces = ['[', ']', '{', '}', ',', '1', '-', '.', '2024-05-01', ' ', '\0'];
  neverFailsOtherwise(parseNumberCondition, pieces);
  neverFailsOtherwise(parseDateCondition, pieces);
});

test.run();
