import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { abstractIn, decimal, escapeHtml, titleIn } from '../../../src/formats/writers/text.ts';
import { FULL_RECORD } from '../../fixtures/edge-records.ts';

const test = suite('text of documents');

test('decimals read back as the same number and have no exponent', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(4), (value, minimum) => {
      const text = decimal(value, minimum);
      assert.match(text, /^-?\d+(\.\d+)?$/);
      assert.is(Number(text) + 0, value + 0);
      assert.ok((text.split('.')[1] ?? '').length >= minimum);
    }),
  );
  assert.is(decimal(55.7, 2), '55.70');
  assert.is(decimal(-21, 2), '-21.00');
  assert.is(decimal(55.123456, 2), '55.123456');
  assert.is(decimal(1.5e-7), '0.00000015');
  assert.is(decimal(-1.5e22), '-15000000000000000000000');
});

test('HTML', () => {
  assert.is(escapeHtml(`<a b="c">&'\u0001</a>`), '&lt;a b=&quot;c&quot;&gt;&amp;&#39;&lt;/a&gt;');
});

test('texts in the wanted language, else the record’s own', () => {
  assert.is(titleIn(FULL_RECORD, 'en'), 'PDF-2015-08-24 lapilli sample');
  assert.is(titleIn(FULL_RECORD, 'fr'), 'Échantillon de lapilli PDF-2015-08-24');
  assert.is(abstractIn({ ...FULL_RECORD, translations: {} }, 'fr'), FULL_RECORD.abstract);
});

test.run();
