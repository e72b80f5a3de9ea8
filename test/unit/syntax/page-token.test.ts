// Tokens of next pages: read back what was written, and refuse everything else.
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parsePageToken, printPageToken } from '../../../src/formats/syntax/page-token.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';
import { NEWEST_FIRST } from '../../../src/model/query.ts';

const tokens = suite('page tokens');
const TITLE = [{ key: 'title', descending: false }] as const;
const isFault = (error: unknown) => error instanceof SyntaxFault;

tokens('a cursor comes back as it went', () => {
  const value = fc.option(fc.string({ unit: 'grapheme', maxLength: 150 }).map((text) => text.replaceAll('\0', '')));
  fc.assert(
    fc.property(value, fc.integer({ min: 1, max: 2_147_483_647 }), (text, n) => {
      const token = printPageToken({ values: [text], n }, TITLE);
      assert.match(token, /^[\w-]+$/);
      assert.equal(parsePageToken(token, TITLE), { values: [text], n });
    }),
  );
});

tokens('a token of another order is refused', () => {
  const token = printPageToken({ values: ['2024-01-01T00:00:00Z'], n: 4 }, NEWEST_FIRST);
  assert.throws(() => parsePageToken(token, TITLE), isFault);
  assert.throws(() => parsePageToken(token, [{ key: 'updated', descending: false }]), isFault);
});

tokens('what is no token is a fault of syntax and nothing else', () => {
  const write = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const [mark] = JSON.parse(Buffer.from(printPageToken({ values: ['a'], n: 1 }, TITLE), 'base64url').toString()) as [
    string,
  ];
  const wrong = [
    '',
    'x',
    'a b',
    '%00',
    write(1),
    write([]),
    write([mark]),
    write([mark, 1]),
    write([mark, '1', 'a']),
    write([mark, 1.5, 'a']),
    write([mark, 1e12, 'a']),
    write([mark, 1, 2]),
    write([mark, 1, 'a', 'b']),
    write([mark, 1, 'a\0']),
    write(['', 1, 'a']),
    'a'.repeat(5000),
  ];
  for (const text of wrong) assert.throws(() => parsePageToken(text, TITLE), isFault, text.slice(0, 40));
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.throws(() => parsePageToken(text, TITLE), isFault);
    }),
  );
});

tokens.run();
