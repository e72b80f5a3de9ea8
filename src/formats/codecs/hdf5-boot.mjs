// Entry of the HDF5 worker. The library comes before tsx, which would take its 4 MB for TypeScript and spend seconds on them; and it binds
// the console when it loads: it tells there at length what it throws as well.
import { register } from 'tsx/esm/api';

console.error = () => {};
console.warn = () => {};
await import('h5wasm/node');
register();
await import('./hdf5-worker.ts');
