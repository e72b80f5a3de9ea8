// Writes NetCDF-4 through the HDF5 worker: the file grows in a temporary place with the rows, then goes out.
import { createReadStream } from 'node:fs';
import type { Storage, Table } from '../../model/table.ts';
import type { WriteOptions } from './codec.ts';
import { hdf5Handle } from './hdf5-client.ts';
import { temporaryFile } from './hdf5-files.ts';
import { type NetCdfType, TYPE_SIZES } from './netcdf-dataset.ts';
import { netCdfPlan } from './netcdf-plan.ts';
import { profileTable } from './table-profile.ts';

const ALL_TYPES: ReadonlySet<NetCdfType> = new Set([...(Object.keys(TYPE_SIZES) as Storage[]), 'char']);

/** The file's bytes. The rows are read twice; the temporary file is removed when its bytes are taken. */
export async function* writeNetCdf4(once: Table, options: WriteOptions): AsyncGenerator<Uint8Array> {
  const profiled = await profileTable(once, { decimals: false });
  const plan = netCdfPlan(profiled, ALL_TYPES, options);
  const temporary = await temporaryFile();
  const { handle, ask, close } = hdf5Handle();
  try {
    const variables = plan.variables.map(({ rows: _rows, ...variable }) => variable);
    await ask({ kind: 'create', handle, path: temporary.path, file: { ...plan, variables } });
    let first = 0;
    for await (const chunk of profiled.table.chunks()) {
      const values = plan.variables.flatMap(({ name, rows }) => (rows === null ? [] : [[name, rows(chunk)] as const]));
      await ask({ kind: 'write', handle, first, count: chunk.rows, values });
      first += chunk.rows;
    }
    await close();
    for await (const piece of createReadStream(temporary.path)) yield piece as Uint8Array;
  } finally {
    await close().catch(() => {});
    await temporary.remove();
  }
}
