// `z` of EDR: one level, lists, ranges, steps, and what is refused.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isAtLevel, parseLevels } from '../../../src/formats/syntax/levels.ts';

const test = suite('levels');

test('every form', () => {
  assert.equal(parseLevels('850'), { kind: 'values', values: [850] });
  assert.equal(parseLevels('10, 80,100'), { kind: 'values', values: [10, 80, 100] });
  assert.equal(parseLevels('100/550'), { kind: 'range', min: 100, max: 550 });
  assert.equal(parseLevels('R4/100/50'), { kind: 'values', values: [100, 150, 200, 250] });
  assert.equal(parseLevels('-5/5'), { kind: 'range', min: -5, max: 5 });
});

for (const text of ['', 'up', '1/2/3', '550/100', 'R0/1/1', 'R2000/1/1', 'R2/1', '1,,2', '1/', 'NaN', '1e999']) {
  test(`refused: "${text}"`, () => assert.throws(() => parseLevels(text)));
}

test('heights belong to the millimetre, ends of a range included', () => {
  const list = parseLevels('R3/0/0.1');
  assert.ok(isAtLevel(list, 0.2) && !isAtLevel(list, 0.25));
  const range = parseLevels('100/200');
  assert.ok(isAtLevel(range, 100) && isAtLevel(range, 200) && !isAtLevel(range, 200.01));
});

test.run();
