import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseDecimal, parseInteger } from '../../../src/formats/syntax/number.ts';
import { neverFailsOtherwise, refuses } from './faults.ts';

const test = suite('numbers');

test('integers are read whole and kept within their bounds', () => {
  assert.is(parseInteger(' 42 '), 42);
  assert.is(parseInteger('-7'), -7);
  assert.is(Object.is(parseInteger('-0'), 0), true);
  for (const text of ['', '1.0', '1e3', '0x10', '9007199254740993', 'NaN', '١', '1 2', '1'.repeat(100_000)]) {
    refuses(parseInteger, text, /whole number/);
  }
  refuses((text) => parseInteger(text, { min: 0, max: 500 }), '501', /≥ 0 and ≤ 500/);
});

test('decimals take a point and an exponent, never words or hexadecimals', () => {
  assert.is(parseDecimal('1.5'), 1.5);
  assert.is(parseDecimal('.5'), 0.5);
  assert.is(parseDecimal('1e-7'), 1e-7);
  for (const text of ['', '.', '1,5', 'Infinity', '-NaN', '0x1', '1e999', '1_000', 'e5'])
    refuses(parseDecimal, text, /number/);
  refuses((text) => parseDecimal(text, { above: 0 }), '0', /> 0/);
  refuses((text) => parseDecimal(text, { below: 1 }), '1', /< 1/);
});

test('what is printed is read back equal', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (n) => parseInteger(String(n)) === n));
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => parseDecimal(String(x)) === x));
});

test('any text gives a value or a fault', () => {
  neverFailsOtherwise(parseInteger, ['1', '-', '+', '.', 'e', ' ', '\0']);
  neverFailsOtherwise(parseDecimal, ['1', '-', '+', '.', 'e', ' ', '\0']);
});

test.run();
