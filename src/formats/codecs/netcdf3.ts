// Codec of NetCDF classic (versions 1 and 2).
import type { Codec } from './codec.ts';
import { cfTable } from './netcdf-to-table.ts';
import { openNetCdf3 } from './netcdf3-read.ts';
import { writeNetCdf3 } from './netcdf3-write.ts';

/** NetCDF has no text that is absent: it becomes an empty one. */
export const netcdf3: Codec = {
  id: 'netcdf3',
  title: { en: 'NetCDF classic (CF-1.8)', fr: 'NetCDF classique (CF-1.8)' },
  mediaType: 'application/x-netcdf',
  extension: 'nc',
  otherExtensions: ['cdf'],
  sniff: (head, name) => {
    if (head[0] === 67 && head[1] === 68 && head[2] === 70 && (head[3] ?? 9) < 8) return 3;
    return name !== null && /\.(nc|cdf)$/i.test(name) ? 1 : 0;
  },
  read: async (source) => cfTable(openNetCdf3(source)),
  write: writeNetCdf3,
  loses: () => [],
};
