// A body that flows: constant memory, and a failure before the first piece is still an ordinary error answer.
import { Readable } from 'node:stream';
import type { AppContext } from './protocol.ts';

/**
 * Sends pieces of text as they come. Waits for the first one, so that what fails before it is answered with its status;
 * what fails later breaks the connection off, so that a client cannot take a part for the whole.
 */
export async function streamBody(ctx: AppContext, contentType: string, pieces: AsyncIterable<string>): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* all(): AsyncGenerator<string> {
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
  ctx.body = Readable.from(all(), { objectMode: false, highWaterMark: 65_536 });
}
