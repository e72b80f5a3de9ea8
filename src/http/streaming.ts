// A body that flows: constant memory, and a failure before the first piece is still an ordinary error answer.
import { Readable, Transform } from 'node:stream';
import type { AppContext } from './protocol.ts';

/**
 * Sends pieces of text or bytes as they come. Waits for the first one, so that what fails before it is answered with its status;
 * what fails later breaks the connection off, so that a client cannot take a part for the whole.
 */
export async function streamBody(
  ctx: AppContext,
  contentType: string,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* all(): AsyncGenerator<string | Uint8Array> {
    try {
      for (let piece = first; !piece.done; piece = await iterator.next()) yield piece.value;
    } finally {
      await iterator.return?.();
    }
  }
  ctx.status = 200;
  ctx.set('Content-Type', contentType);
  if (ctx.method === 'HEAD') {
    await iterator.return?.();
    ctx.respond = false;
    ctx.res.statusCode = 200;
    ctx.res.end();
    return;
  }
  const body = Readable.from(all(), { objectMode: false, highWaterMark: 65_536 });
  // The compression takes the body by pipe(), which passes no fault on: its own stream would wait for ever.
  body.once('error', (fault) => {
    if (ctx.body !== body && ctx.body instanceof Transform) ctx.body.destroy(fault);
  });
  ctx.body = body;
}
