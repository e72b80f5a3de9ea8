// q of OGC API Records and of STAC: alternatives, phrases, and the search that they ask.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseTerms, termsCondition } from '../../../src/catalogue/asked-terms.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';

const test = suite('terms');

test('alternatives, and blanks inside one make a phrase', () => {
  assert.equal(parseTerms(['lava', ' radar   "inter" ', '', '–']), [
    { text: 'lava', phrase: false },
    { text: 'radar inter', phrase: true },
  ]);
  for (const wrong of [[], [''], ['–'], ['a\u0000'], ['x'.repeat(1001)], Array.from({ length: 51 }, () => 'x')])
    assert.throws(
      () => parseTerms(wrong),
      (error: unknown) => error instanceof SyntaxFault,
    );
});

test('one term is words of the search, several are a filter', () => {
  assert.equal(termsCondition(null), { words: null, filter: null });
  assert.equal(termsCondition(parseTerms(['lava'])), { words: 'lava', filter: null });
  assert.equal(termsCondition(parseTerms(['lava flow'])), { words: '"lava flow"', filter: null });
  assert.equal(termsCondition(parseTerms(['lava', 'radar map'])).filter, {
    kind: 'or',
    of: [
      { kind: 'words', text: 'lava' },
      { kind: 'phrase', text: 'radar map' },
    ],
  });
});

test.run();
