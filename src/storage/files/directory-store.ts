// Files in a directory: `{root}/{first two digits}/{sha256}`. Written beside, synced, renamed, the folder synced: a file is there whole or not
// at all. Only regular files whose name is a checksum are ever opened; a link that leads elsewhere is no file of the store.
import { lstat, mkdir, readdir, realpath, rename, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { ByteSource } from '../../model/byte-source.ts';
import type { FileStore, StoredFile } from '../../model/file-store.ts';
import { fileSource } from './file-source.ts';
import { diskFault, spool, sweep, syncFolder } from './spool.ts';

const CHECKSUM = /^[0-9a-f]{64}$/;
const SHELF = /^[0-9a-f]{2}$/;
const INCOMING = 'incoming';

export interface DirectoryStoreOptions {
  readonly root: string;
  /** Milliseconds since 1970, as the file system counts them; absent: the machine's. */
  readonly clock?: () => number;
}

/** The store in that directory, which is made where it is absent. What dead processes left behind is removed first. */
export async function openDirectoryStore({ root, clock = Date.now }: DirectoryStoreOptions): Promise<FileStore> {
  const given = resolve(root);
  await mkdir(join(given, INCOMING), { recursive: true, mode: 0o750 });
  const base = await realpath(given);
  const incoming = join(base, INCOMING);
  await sweep(incoming, clock());
  const placeOf = (sha256: string): string => join(base, sha256.slice(0, 2), sha256);

  /** null: the store has no such file. */
  async function find(sha256: string): Promise<StoredFile | null> {
    if (!CHECKSUM.test(sha256)) return null;
    const place = placeOf(sha256);
    const found = await lstat(place).catch(() => null);
    if (found === null || !found.isFile()) return null;
    return (await realpath(place)) === place ? { sha256, size: found.size } : null;
  }

  return {
    async put(bytes, limits = {}) {
      const { path, sha256, size } = await spool(incoming, bytes, limits.most);
      const place = placeOf(sha256);
      try {
        const known = await find(sha256);
        if (known?.size === size) await unlink(path);
        else await shelve(path, place);
        return { sha256, size };
      } catch (error) {
        await unlink(path).catch(() => {});
        throw diskFault(error);
      }
    },
    async open(sha256, name = null) {
      return (await find(sha256)) === null ? null : asStored(await fileSource(placeOf(sha256)), name);
    },
    async remove(sha256) {
      if ((await find(sha256)) === null) return;
      const place = placeOf(sha256);
      await unlink(place).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw diskFault(error);
      });
      await syncFolder(dirname(place));
    },
    async *list() {
      for (const shelf of await readdir(base)) {
        if (!SHELF.test(shelf)) continue;
        for (const name of await readdir(join(base, shelf))) {
          const found = name.startsWith(shelf) ? await find(name) : null;
          if (found !== null) yield found;
        }
      }
    },
  };
}

/** Moves a spooled file to its place for good. */
async function shelve(path: string, place: string): Promise<void> {
  const shelf = dirname(place);
  if ((await mkdir(shelf, { recursive: true, mode: 0o750 })) !== undefined) await syncFolder(dirname(shelf));
  await rename(path, place);
  await syncFolder(shelf);
}

/** The source under the name that the asset has; files of the store have no companions beside them. */
function asStored({ beside: _, ...source }: ByteSource, name: string | null): ByteSource {
  return { ...source, name };
}
