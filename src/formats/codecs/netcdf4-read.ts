// Opens NetCDF-4 files through the HDF5 worker.
import type { ByteSource } from '../../model/byte-source.ts';
import { hdf5Handle } from './hdf5-client.ts';
import { localFile } from './hdf5-files.ts';
import type { OpenedFile } from './hdf5-messages.ts';
import type { NetCdfDataset, Slab } from './netcdf-dataset.ts';

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
