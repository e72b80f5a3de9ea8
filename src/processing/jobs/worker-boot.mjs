// Entry of a worker that runs processes: a worker cannot load TypeScript before tsx is registered in it.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
