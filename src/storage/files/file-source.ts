// A file of the machine as a source of bytes for the codecs.
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { ByteSource } from '../../model/byte-source.ts';

const PIECE = 256 * 1024;

async function readAt(path: string, start: number, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array(Math.max(0, length));
    let read = 0;
    while (read < length) {
      const { bytesRead } = await file.read(bytes, read, length - read, start + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
    return bytes.subarray(0, read);
  } finally {
    await file.close();
  }
}

/** The file of that path. Throws the system's error when there is none. */
export async function fileSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path);
  return {
    name: basename(path),
    size,
    path: resolve(path),
    stream: (start = 0) => createReadStream(path, { start, highWaterMark: PIECE }),
    readAt: (start, length) => readAt(path, start, Math.min(length, Math.max(0, size - start))),
    beside: async (name) => {
      try {
        return await fileSource(join(dirname(path), name));
      } catch {
        return null;
      }
    },
  };
}
