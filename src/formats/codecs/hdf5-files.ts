// The files that the HDF5 library works on: it opens files itself, so bytes that are elsewhere are copied to a temporary one.
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ByteSource } from '../../model/byte-source.ts';

export interface LocalFile {
  readonly path: string;
  /** Removes it, if it is a copy. */
  readonly remove: () => Promise<void>;
}

/** A temporary file that does not exist yet. */
export async function temporaryFile(): Promise<LocalFile> {
  const directory = await mkdtemp(join(tmpdir(), 'vobs-hdf5-'));
  return { path: join(directory, 'table.nc'), remove: () => rm(directory, { recursive: true, force: true }) };
}

/** The source as a file of this machine. */
export async function localFile(source: ByteSource): Promise<LocalFile> {
  if (source.path !== undefined) return { path: source.path, remove: async () => {} };
  const file = await temporaryFile();
  try {
    await pipeline(Readable.from(source.stream()), createWriteStream(file.path));
    return file;
  } catch (error) {
    await file.remove();
    throw error;
  }
}
