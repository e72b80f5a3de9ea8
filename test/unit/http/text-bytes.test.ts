import { EventEmitter } from 'node:events';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { AppContext } from '../../../src/http/protocol.ts';
import { createTextBody } from '../../../src/http/text-bytes.ts';

const test = suite('bodies of many pieces');

interface Sent {
  readonly body: Buffer;
  readonly close: () => void;
}
function sender() {
  const body = createTextBody();
  return (pieces: readonly string[]): Sent => {
    const res = new EventEmitter();
    const ctx = { res, body: undefined as unknown } as unknown as AppContext;
    body.send(ctx, pieces);
    return { body: ctx.body as Buffer, close: () => res.emit('close') };
  };
}

test('are the text in UTF-8, whatever it is made of', () => {
  const send = sender();
  const texts = [
    '',
    'plain',
    'é à ’',
    '火山噴火',
    '🌋🌋',
    '\ud83c',
    'x'.repeat(100_000),
    '火'.repeat(100_000),
    'é'.repeat(3),
  ];
  const mixes = [
    texts,
    [...texts].reverse(),
    texts.flatMap((text) => [text, text, 'a']),
    Array(500).fill('火山 ’é') as string[],
  ];
  for (const pieces of [...texts.map((text) => [text]), ...mixes, []]) {
    const { body, close } = send(pieces);
    assert.ok(body.equals(Buffer.concat(pieces.map((piece) => Buffer.from(piece)))), pieces.join('').slice(0, 20));
    close();
  }
});

test('lie in memory of their own until their answer is over, and in the same again afterwards', () => {
  const send = sender();
  const first = send(['first']);
  const second = send(['second']);
  assert.is(first.body.toString(), 'first');
  first.close();
  const third = send(['third']);
  assert.is(third.body.buffer, first.body.buffer, 'used again');
  assert.is(second.body.toString(), 'second');
  assert.is(third.body.toString(), 'third');
});

test.run();
