// Opens NetCDF-4 files through the HDF5 worker.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import { hdf5Handle } from './hdf5-client.ts';
import { localFile } from './hdf5-files.ts';
import type { OpenedFile } from './hdf5-messages.ts';
import { type NetCdfDataset, type Slab, TYPE_SIZES } from './netcdf-dataset.ts';

/** HDF5's compression makes nothing smaller than a thousandth; so much is taken on trust, because places that were never written take none. */
const SMALLEST_SHARE = 1200;
const ON_TRUST = 256 * 1024 * 1024;

/** A file of a few bytes that promises a thousand million values would keep its reader busy for ever. */
function checkPromise({ dimensions, variables }: OpenedFile, size: number): void {
  const sizes = new Map(dimensions.map((dimension) => [dimension.name, dimension.size]));
  for (const { name, type, dimensions: own } of variables) {
    const width = type === 'char' || type === 'string' ? 1 : TYPE_SIZES[type];
    const bytes = own.reduce((product, dimension) => product * (sizes.get(dimension) ?? 1), width);
    if (bytes <= Math.max(ON_TRUST, size * SMALLEST_SHARE)) continue;
    throw new FormatFault(
      { part: `variable ${name}` },
      `it promises ${bytes} bytes, which a file of ${size} bytes cannot hold`,
      `elle promet ${bytes} octets, qu'un fichier de ${size} octets ne peut contenir`,
    );
  }
}

/** Opens the file. Throws FormatFault when the HDF5 library cannot read it, or a variable is of a type that tables do not have. */
export async function openNetCdf4(source: ByteSource): Promise<NetCdfDataset> {
  const local = await localFile(source);
  const { handle, ask, close: closeHandle } = hdf5Handle();
  const close = async () => {
    try {
      await closeHandle();
    } finally {
      await local.remove();
    }
  };
  try {
    const opened = (await ask({ kind: 'open', handle, path: local.path })) as OpenedFile;
    checkPromise(opened, source.size);
    return {
      ...opened,
      title: 'NetCDF-4',
      read: async (variable, first, count) =>
        (await ask({ kind: 'read', handle, variable: variable.name, first, count })) as Slab,
      close,
    };
  } catch (error) {
    await close().catch(() => {});
    throw error;
  }
}
