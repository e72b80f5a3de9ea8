// The HDF5 library (h5wasm), loaded when the first NetCDF-4 file is met, and the files that it works on: it opens files itself, so bytes
// that are elsewhere are copied to a temporary one.
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';

export type Hdf5 = typeof import('h5wasm/node');

let loading: Promise<Hdf5> | undefined;

async function load(): Promise<Hdf5> {
  try {
    const library = await import('h5wasm/node');
    await library.ready;
    return library;
  } catch (error) {
    loading = undefined;
    throw new FormatFault(
      null,
      `NetCDF-4 needs the package h5wasm, which cannot be loaded: ${(error as Error).message.split('\n')[0]}`,
      `NetCDF-4 a besoin du paquet h5wasm, qui ne peut être chargé : ${(error as Error).message.split('\n')[0]}`,
    );
  }
}

/** The library; 14 MB of code, loaded once. Throws FormatFault when it is not installed. */
export function hdf5(): Promise<Hdf5> {
  loading ??= load();
  return loading;
}

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
