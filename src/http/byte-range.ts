// A body whose bytes are known, whole or in part: one range of bytes (RFC 9110, 14), with its length and the name to save it by.
import { createHash } from 'node:crypto';
import type { AppContext } from './protocol.ts';

/** First and last byte, ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The first range of a Range header over so many bytes. `whole`: no range was asked, or one in another unit or form, which is then not
 * counted (RFC 9110, 14.2); `none`: no byte of it is there (416).
 */
export function byteRange(header: string | undefined, length: number): ByteRange | 'whole' | 'none' {
  const found = /^bytes=\s*(\d*)-(\d*)\s*(?:,|$)/i.exec(header?.trim() ?? '');
  if (found === null) return 'whole';
  const [from, to] = [found[1] ?? '', found[2] ?? ''];
  if (from === '' && to === '') return 'whole';
  if (from === '') {
    const count = Math.min(Number(to), length);
    return count === 0 ? 'none' : { first: length - count, last: length - 1 };
  }
  const first = Number(from);
  const last = to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (to !== '' && Number(to) < first) return 'whole';
  return first >= length ? 'none' : { first, last };
}

/**
 * Answers with the bytes, or the part of them that was asked: 200, 206, or 416. `name`: of the file that a client saves. The body is never
 * compressed, so that Content-Length is the length of the file. 304 is the caller's to find out first.
 */
export function sendBytes(ctx: AppContext, bytes: Buffer, { type, name }: { type: string; name: string }): void {
  ctx.compress = false;
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const { range, 'if-range': condition } = ctx.req.headers;
  const asked = condition === undefined || condition === etag ? byteRange(range, bytes.length) : 'whole';
  ctx.set('ETag', etag);
  ctx.set('Accept-Ranges', 'bytes');
  if (asked === 'none') {
    ctx.status = 416;
    ctx.set('Content-Range', `bytes */${bytes.length}`);
    ctx.body = '';
    return;
  }
  const part = asked === 'whole' ? bytes : bytes.subarray(asked.first, asked.last + 1);
  ctx.status = asked === 'whole' ? 200 : 206;
  if (asked !== 'whole') ctx.set('Content-Range', `bytes ${asked.first}-${asked.last}/${bytes.length}`);
  ctx.set('Content-Type', type);
  ctx.set('Content-Disposition', `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, '_')}"`);
  ctx.body = part;
  ctx.length = part.length;
}
