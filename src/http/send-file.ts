// A file as an answer: whole, or the ranges that are asked (RFC 9110, 14), with its checksum (RFC 9530), kept from running anything in a browser.
// What is sent whole is checked on its way: bytes that are not those of the checksum break the answer off before it is complete.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type ByteSource, bytesInMemory } from '../model/byte-source.ts';
import { AppError } from '../model/errors.ts';
import { type ByteRange, byteRanges } from './byte-ranges.ts';
import { conditionOf, rangeCounts, type Validators } from './conditions.ts';
import { contentDisposition } from './content-disposition.ts';
import type { AppContext } from './protocol.ts';

export interface FileToSend {
  readonly bytes: ByteSource;
  readonly mediaType: string;
  /** That a client saves it by. */
  readonly name: string;
  /** 64 hexadecimal digits; also the entity tag. */
  readonly sha256: string;
  /** RFC 3339; null: not known. */
  readonly modified: string | null;
  /** Shown in the browser; absent: saved, unless it is a picture that cannot run anything. */
  readonly inline?: boolean;
}

/** What a browser may show: it can neither run scripts nor be taken for a page. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/tiff', 'text/plain', 'text/csv']);
/** Even where the file is shown, nothing in it runs, and nothing is fetched. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/**
 * Answers with the file or the asked parts: 200, 206, 304; throws AppError `precondition-failed` (412) or `range-not-satisfiable` (416).
 * Never compressed, so that lengths and ranges are those of the file. Cache-Control and Vary are the caller's.
 */
export function sendFile(ctx: AppContext, file: FileToSend): void {
  const { bytes, mediaType, name, sha256 } = file;
  const modified = file.modified === null ? null : Math.floor(Date.parse(file.modified) / 1000) * 1000;
  const validators: Validators = { etag: `"${sha256}"`, modified };
  ctx.compress = false;
  const found = conditionOf(ctx.req.headers, validators);
  if (found === 'failed') throw new AppError('precondition-failed');
  ctx.set('ETag', validators.etag);
  if (modified !== null) ctx.set('Last-Modified', new Date(modified).toUTCString());
  if (found === 'not modified') {
    ctx.status = 304;
    return;
  }
  const { range, 'if-range': condition } = ctx.req.headers;
  const asked = ctx.method === 'GET' && rangeCounts(condition, validators) ? byteRanges(range, bytes.size) : 'whole';
  ctx.set('Accept-Ranges', 'bytes');
  if (asked === 'none') {
    ctx.set('Content-Range', `bytes */${bytes.size}`);
    throw new AppError('range-not-satisfiable', {
      detail: { en: `the file has ${bytes.size} bytes`, fr: `le fichier a ${bytes.size} octets` },
    });
  }
  const digest = Buffer.from(sha256, 'hex').toString('base64');
  const shown = file.inline ?? SHOWN.has(mediaType.split(';')[0]?.trim().toLowerCase() ?? '');
  ctx.set('Content-Disposition', contentDisposition(shown ? 'inline' : 'attachment', name));
  ctx.set('Content-Security-Policy', POLICY);
  ctx.set('Repr-Digest', `sha-256=:${digest}:`);
  // The older form (RFC 3230), which clients still read.
  ctx.set('Digest', `SHA-256=${digest}`);
  if (asked !== 'whole') sendRanges(ctx, file, asked);
  else {
    ctx.set('Content-Digest', `sha-256=:${digest}:`);
    answer(ctx, 200, mediaType, bytes.size, checked(bytes, sha256));
  }
}

/** Bytes that are made for the answer, sent as a file is. */
export function sendBytes(ctx: AppContext, bytes: Uint8Array, { type, name }: { type: string; name: string }): void {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  sendFile(ctx, { bytes: bytesInMemory(bytes, name), mediaType: type, name, sha256, modified: null, inline: false });
}

function answer(
  ctx: AppContext,
  status: number,
  type: string,
  length: number,
  pieces: AsyncIterable<Uint8Array>,
): void {
  ctx.status = status;
  if (ctx.method !== 'HEAD') ctx.body = Readable.from(pieces, { objectMode: false, highWaterMark: 262_144 });
  ctx.set('Content-Type', type);
  ctx.set('Content-Length', String(length));
}

function sendRanges(ctx: AppContext, { bytes, mediaType, sha256 }: FileToSend, ranges: readonly ByteRange[]): void {
  const [only] = ranges;
  if (ranges.length === 1 && only !== undefined) {
    ctx.set('Content-Range', `bytes ${only.first}-${only.last}/${bytes.size}`);
    answer(ctx, 206, mediaType, only.last - only.first + 1, part(bytes, only));
    return;
  }
  // Follows from the bytes, so it cannot stand in them but by a search for a fixed point of SHA-256.
  const boundary = createHash('sha256')
    .update(`${sha256} ${JSON.stringify(ranges)}`)
    .digest('hex')
    .slice(0, 40);
  const heads = ranges.map(({ first, last }) =>
    Buffer.from(
      `\r\n--${boundary}\r\nContent-Type: ${mediaType}\r\nContent-Range: bytes ${first}-${last}/${bytes.size}\r\n\r\n`,
    ),
  );
  const end = Buffer.from(`\r\n--${boundary}--\r\n`);
  const length = ranges.reduce(
    (sum, { first, last }, n) => sum + (heads[n] as Buffer).length + last - first + 1,
    end.length,
  );
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (const [n, range] of ranges.entries()) {
      yield heads[n] as Buffer;
      yield* part(bytes, range);
    }
    yield end;
  }
  answer(ctx, 206, `multipart/byteranges; boundary=${boundary}`, length, pieces());
}

async function* part(bytes: ByteSource, { first, last }: ByteRange): AsyncGenerator<Uint8Array> {
  let left = last - first + 1;
  for await (const piece of bytes.stream(first)) {
    yield piece.length > left ? piece.subarray(0, left) : piece;
    left -= piece.length;
    if (left <= 0) return;
  }
  throw new Error(`the file ended ${left} bytes too early`);
}

/** The whole; the last piece waits until the checksum of all is known to be right. */
async function* checked(bytes: ByteSource, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let waiting: Uint8Array | null = null;
  for await (const piece of bytes.stream()) {
    if (waiting !== null) yield waiting;
    hash.update(piece);
    waiting = piece;
  }
  if (hash.digest('hex') !== sha256) throw new Error(`the stored bytes are not those of ${sha256}`);
  if (waiting !== null) yield waiting;
}
