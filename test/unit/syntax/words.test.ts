import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseWords, printWords, type WordTerm } from '../../../src/formats/syntax/words.ts';
import { neverFailsOtherwise, refuses } from './faults.ts';

const test = suite('search words');
const word = (text: string, without = false): WordTerm => ({ text, phrase: false, without });
const phrase = (text: string, without = false): WordTerm => ({ text, phrase: true, without });

test('words, phrases and exclusions', () => {
  assert.equal(parseWords('lava  Etna'), [word('lava'), word('Etna')]);
  assert.equal(parseWords('"puy de dôme" -"ash cloud" -so2'), [
    phrase('puy de dôme'),
    phrase('ash cloud', true),
    word('so2', true),
  ]);
  assert.equal(parseWords('« coulée de lave »'), [phrase('coulée de lave')]);
  assert.equal(parseWords('"coulée de'), [phrase('coulée de')]);
  assert.equal(parseWords('"lava"'), [word('lava')]);
  assert.equal(parseWords('melt-inclusion & lava'), [word('melt-inclusion'), word('lava')]);
});

test('what cannot be searched is refused', () => {
  for (const text of ['', ' ', '-', '""', '&|!', '-"  "']) refuses(parseWords, text, /no letter or digit/);
  refuses(parseWords, 'a\0b', /control characters/);
  refuses(parseWords, 'a'.repeat(1001), /1000 characters/);
  refuses(parseWords, 'a '.repeat(51), /50 words/);
});

test('what is printed is read back equal', () => {
  const token = fc.stringMatching(/^[a-z0-9éà][a-z0-9éà.-]{0,8}$/);
  const term = fc
    .tuple(fc.array(token, { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([tokens, without]): WordTerm => ({ text: tokens.join(' '), phrase: tokens.length > 1, without }));
  fc.assert(
    fc.property(fc.array(term, { minLength: 1, maxLength: 8 }), (terms) =>
      assert.equal(parseWords(printWords(terms)), terms),
    ),
  );
});

test('any text gives a value or a fault', () => {
  neverFailsOtherwise(parseWords, ['a', '"', '-', ' ', '«', '»', '\0', '\t', '|', '-"']);
});

test.run();
