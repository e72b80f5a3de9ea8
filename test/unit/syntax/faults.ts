// What the parser tests share: a parser gives a value or throws SyntaxFault with a text in both languages, whatever it is given.
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { SyntaxFault } from '../../../src/model/errors.ts';

/** Asserts that the parser refuses the text with a fault in English and French whose English text matches. */
export function refuses(parse: (text: string) => unknown, text: string, expected: RegExp = /./): void {
  try {
    parse(text);
  } catch (error) {
    assert.instance(error, SyntaxFault, `${text}: ${error}`);
    const fault = error as SyntaxFault;
    assert.match(fault.detail.en ?? '', expected);
    assert.ok((fault.detail.fr ?? '') !== '' && fault.detail.fr !== fault.detail.en, `${text}: French text`);
    assert.ok(fault.message.length < 400, `${text}: short message`);
    return;
  }
  assert.unreachable(`${JSON.stringify(text)} was accepted`);
}

/** Any text, and texts made of the pieces of the grammar, give a value or a SyntaxFault, each within a second. */
export function neverFailsOtherwise(parse: (text: string) => unknown, pieces: readonly string[]): void {
  const noise = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
    fc.tuple(fc.constantFrom(...pieces), fc.integer({ min: 1, max: 20_000 })).map(([piece, n]) => piece.repeat(n)),
  );
  fc.assert(
    fc.property(noise, (text) => {
      const begun = performance.now();
      try {
        parse(text);
      } catch (error) {
        if (!(error instanceof SyntaxFault)) throw error;
      }
      return performance.now() - begun < 1000;
    }),
    { numRuns: 500 },
  );
}
