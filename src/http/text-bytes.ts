// Large answers that are made of many pieces, as bytes. Joining the pieces first would lay the whole text out once more only to encode it
// (measured on a page of 2 MB: 10 ms against 5 ms), and new memory for each answer would keep the garbage collector busy: it is used again.
// Each piece is made when it is its turn, so that none outlives the next.
import type { AppContext } from './protocol.ts';

/** Memory is taken in steps of this size, so that what one answer leaves fits the next. */
const STEP = 1_048_576;
/** Bytes of memory that are kept for later answers. */
const MOST_KEPT = 32 * STEP;

export interface TextBody {
  /** Sets the body of the answer to the pieces in UTF-8, one after the other. */
  readonly send: (ctx: AppContext, pieces: Iterable<string>) => void;
}

export function createTextBody(): TextBody {
  const free: Buffer[] = [];
  let kept = 0;
  /** Bytes of the answers of late. */
  let usual = 0;

  function take(size: number): Buffer {
    const at = free.findIndex((memory) => memory.length >= size);
    const [known] = at < 0 ? [] : free.splice(at, 1);
    kept -= known?.length ?? 0;
    return known ?? Buffer.allocUnsafeSlow(Math.max(1, Math.ceil(size / STEP)) * STEP);
  }
  function give(memory: Buffer): void {
    if (kept + memory.length > MOST_KEPT) return;
    free.push(memory);
    kept += memory.length;
  }

  /** Gives the memory and how many bytes of it are the text. */
  function write(pieces: Iterable<string>): { readonly memory: Buffer; readonly length: number } {
    let memory = take(usual);
    let at = 0;
    for (const piece of pieces) {
      // A unit of a text has at most three bytes. Only where that might not fit are they counted.
      if (memory.length - at < 3 * piece.length) {
        const needed = at + Buffer.byteLength(piece);
        if (needed > memory.length) {
          const larger = take(2 * needed);
          memory.copy(larger, 0, 0, at);
          give(memory);
          memory = larger;
        }
      }
      at += memory.write(piece, at);
    }
    // Large answers tend to be as large as the ones before; a small one in between does not count.
    usual = Math.max(at, usual - (usual >> 6));
    return { memory, length: at };
  }

  return {
    send(ctx, pieces) {
      const { memory, length } = write(pieces);
      // The last byte has left, or nobody waits for it any more.
      ctx.res.once('close', () => give(memory));
      ctx.body = memory.subarray(0, length);
    },
  };
}
