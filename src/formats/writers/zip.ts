// A ZIP archive as it flows (PKWARE APPNOTE 6.3.3): files compressed one after another, their sizes told after them, so that none is held.
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  /** Path with `/`; unique in the archive. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const VERSION = 20;
/** Bit 3: sizes follow the data; bit 11: names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATE = 8;

interface Written {
  readonly name: Buffer;
  readonly offset: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
}

function record(length: number, fields: readonly (readonly [at: number, bytes: 2 | 4, value: number])[]): Buffer {
  const buffer = Buffer.alloc(length);
  for (const [at, bytes, value] of fields) {
    if (bytes === 2) buffer.writeUInt16LE(value, at);
    else buffer.writeUInt32LE(value >>> 0, at);
  }
  return buffer;
}

/** Days and seconds as MS-DOS wrote them; UTC. */
function dosTime(now: number): readonly [time: number, date: number] {
  const d = new Date(now);
  return [
    (d.getUTCHours() << 11) | (d.getUTCMinutes() << 5) | (d.getUTCSeconds() >> 1),
    ((Math.max(1980, d.getUTCFullYear()) - 1980) << 9) | ((d.getUTCMonth() + 1) << 5) | d.getUTCDate(),
  ];
}

/** `now`: milliseconds since 1970, the time of all files. Files and archive stay below 4 GB; larger ones throw RangeError. */
export async function* zip(entries: AsyncIterable<ZipEntry>, now: number): AsyncGenerator<Uint8Array> {
  const [time, date] = dosTime(now);
  const written: Written[] = [];
  let offset = 0;
  for await (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8');
    const start = offset;
    const head = record(30, [
      [0, 4, 0x04034b50],
      [4, 2, VERSION],
      [6, 2, FLAGS],
      [8, 2, DEFLATE],
      [10, 2, time],
      [12, 2, date],
      [26, 2, name.length],
    ]);
    yield Buffer.concat([head, name]);
    let [crc, size, packed] = [0, 0, 0];
    async function* counted() {
      for await (const piece of entry.bytes) {
        crc = crc32(piece, crc);
        size += piece.length;
        yield piece;
      }
    }
    const source = Readable.from(counted());
    const deflate = createDeflateRaw({ level: 6 });
    source.once('error', (error) => deflate.destroy(error));
    for await (const piece of source.pipe(deflate) as AsyncIterable<Buffer>) {
      packed += piece.length;
      yield piece;
    }
    yield record(16, [
      [0, 4, 0x08074b50],
      [4, 4, crc],
      [8, 4, packed],
      [12, 4, size],
    ]);
    offset = start + 30 + name.length + packed + 16;
    if (offset > 0xffff_ffff || size > 0xffff_ffff) throw new RangeError('the archive is larger than 4 GB');
    written.push({ name, offset: start, crc, packed, size });
  }
  const from = offset;
  for (const { name, offset: at, crc, packed, size } of written) {
    const head = record(46, [
      [0, 4, 0x02014b50],
      [4, 2, VERSION],
      [6, 2, VERSION],
      [8, 2, FLAGS],
      [10, 2, DEFLATE],
      [12, 2, time],
      [14, 2, date],
      [16, 4, crc],
      [20, 4, packed],
      [24, 4, size],
      [28, 2, name.length],
      [42, 4, at],
    ]);
    yield Buffer.concat([head, name]);
    offset += 46 + name.length;
  }
  yield record(22, [
    [0, 4, 0x06054b50],
    [8, 2, written.length],
    [10, 2, written.length],
    [12, 4, offset - from],
    [16, 4, from],
  ]);
}
