// A PNG of true colours (ISO/IEC 15948), made without any library, so that the demo's pictures need none.
import { crc32, deflateSync } from 'node:zlib';

/** Red, green and blue, 0 to 255, of a pixel; x from the left, y from the top. */
export type Colour = (x: number, y: number) => readonly [number, number, number];

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

function piece(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(content.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
}

export function pngBytes(width: number, height: number, colour: Colour): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colour(x, y), y * (1 + width * 3) + 1 + x * 3);
  }
  return Buffer.concat([
    SIGNATURE,
    piece('IHDR', header),
    piece('IDAT', deflateSync(rows, { level: 6 })),
    piece('IEND', new Uint8Array(0)),
  ]);
}
