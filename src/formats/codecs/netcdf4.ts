// Codec of NetCDF-4 (HDF5), with the library h5wasm.

import type { Codec } from './codec.ts';
import { cfTable } from './netcdf-to-table.ts';
import { openNetCdf4 } from './netcdf4-read.ts';
import { writeNetCdf4 } from './netcdf4-write.ts';

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export const netcdf4: Codec = {
  id: 'netcdf4',
  title: { en: 'NetCDF-4 (CF-1.8)', fr: 'NetCDF-4 (CF-1.8)' },
  mediaType: 'application/x-netcdf4',
  extension: 'nc4',
  otherExtensions: ['h5', 'hdf5'],
  sniff: (head, name) => {
    if (SIGNATURE.every((byte, n) => head[n] === byte)) return 3;
    return name !== null && /\.(nc4|h5|hdf5)$/i.test(name) ? 1 : 0;
  },
  read: async (source) => cfTable(openNetCdf4(source)),
  write: writeNetCdf4,
  loses: () => [],
};
