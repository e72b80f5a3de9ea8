// Regular expressions of callers: the same answers as JavaScript's on what both have, and no pattern that takes long.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { wholeMatch } from '../../../src/formats/syntax/pattern.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';

const pattern = suite('patterns');

pattern('whole values, classes, counts, alternatives', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['(Etna|Stromboli).*', 'Etna, crater', true],
    ['(Etna|Stromboli)', 'Etna, crater', false],
    ['.*une.*', 'éruption d’une nuit', true],
    ['[A-C]{2,3}\\d+', 'ABC12', true],
    ['[^A-C]+', 'xyz', true],
    ['[^A-C]+', 'xBz', false],
    ['a{0}b?', 'b', true],
    ['\\d{4}-05-.*', '2024-05-01T00:00:00Z', true],
    ['(?i)ETNA', 'etna', true],
    ['(?i)[a-f]+', 'ABCF', true],
    ['^x$', 'x', true],
    ['', '', true],
    ['()*a', 'a', true],
    ['\\u00e9t\\x61', 'éta', true],
    ['🌋+', '🌋🌋', true],
    ['a.c', 'a\nc', false],
  ];
  for (const [source, text, expected] of cases) assert.is(wholeMatch(source)(text), expected, `${source} on ${text}`);
});

pattern('what has no program of one pass, or is none, is refused with the sign', () => {
  for (const source of [
    '(a)\\1',
    '(?=a)',
    'a{2',
    'a{3,2}',
    '(a',
    'a)',
    '[a',
    '*a',
    'a{999}',
    '\\',
    '[[a]&&[b]]',
    '\\pL',
    '(a{200}){200}',
  ]) {
    assert.throws(
      () => wholeMatch(source),
      (error: unknown) => error instanceof SyntaxFault,
      source,
    );
  }
});

pattern('no pattern takes long', () => {
  const start = performance.now();
  assert.is(wholeMatch('(a+)+b')('a'.repeat(5000)), false);
  assert.is(wholeMatch('(a|aa)*(a|aa)*(a|aa)*c')('a'.repeat(5000)), false);
  assert.is(wholeMatch('(.*)*(.*)*x')('y'.repeat(5000)), false);
  assert.ok(performance.now() - start < 1500, `${performance.now() - start} ms`);
});

pattern('answers as JavaScript does', () => {
  const part = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '(a|b)', '(ab|a)', '\\d', '(?:b)');
  const count = fc.constantFrom('', '*', '+', '?', '{2}', '{0,2}', '{1,}', '*?');
  const source = fc.array(fc.tuple(part, count), { minLength: 1, maxLength: 6 }).map((parts) => parts.flat().join(''));
  const text = fc.array(fc.constantFrom('a', 'b', '1'), { maxLength: 8 }).map((signs) => signs.join(''));
  fc.assert(
    fc.property(source, text, (regular, subject) => {
      assert.is(wholeMatch(regular)(subject), new RegExp(`^(?:${regular})$`).test(subject), `${regular} on ${subject}`);
    }),
    { numRuns: 2000 },
  );
});

pattern.run();
