// Bytes of a stranger on their way into the store: written to a file of their own, counted and hashed, synced before anybody relies on them.
// What is left of a process that died is swept away when it has not grown for a while.
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../model/errors.ts';
import type { StoredFile } from '../../model/file-store.ts';

export interface Spooled extends StoredFile {
  readonly path: string;
}

/** A file that nobody has written to for so long belongs to no upload any more. */
export const STALE_MS = 3_600_000;
const NAME = /^[0-9a-f-]{36}\.part$/;
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** A full disk and a refused place as the caller is told of them; every other fault as it is. */
export function diskFault(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (FULL.has(code)) return new AppError('storage-full', { cause: error });
  if (code === 'EACCES' || code === 'EROFS' || code === 'EIO')
    return new AppError('storage-unavailable', { cause: error });
  return error;
}

function tooLarge(most: number): AppError {
  return new AppError('body-too-large', { detail: { en: `at most ${most} bytes`, fr: `au plus ${most} octets` } });
}

/** Makes a folder entry durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Writes the bytes to a new file in `folder` and syncs it. Throws AppError `body-too-large` beyond `most` bytes, `storage-full` when the
 * disk is; nothing is left then, nor when the source fails.
 */
export async function spool(
  folder: string,
  bytes: AsyncIterable<Uint8Array>,
  most = Number.POSITIVE_INFINITY,
): Promise<Spooled> {
  const path = join(folder, `${randomUUID()}.part`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(path, 'wx', 0o640);
    const hash = createHash('sha256');
    let size = 0;
    try {
      for await (const piece of bytes) {
        size += piece.length;
        if (size > most) throw tooLarge(most);
        hash.update(piece);
        for (let at = 0; at < piece.length; ) at += (await file.write(piece, at)).bytesWritten;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { path, size, sha256: hash.digest('hex') };
  } catch (error) {
    await unlink(path).catch(() => {});
    throw diskFault(error);
  }
}

/** Removes what dead processes left in `folder`; gives how many files there were. */
export async function sweep(folder: string, now: number, staleMs = STALE_MS): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  let removed = 0;
  for (const name of names) {
    if (!NAME.test(name)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found === null || now - found.mtimeMs < staleMs) continue;
    await unlink(path).catch(() => {});
    removed += 1;
  }
  return removed;
}
