// The worker that the embedded database lives in: a long statement or an opening never holds up the thread that answers requests.
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { postgis } from '@electric-sql/pglite-postgis';
import type { FromWorker, ToWorker } from './engine.ts';
import { startSession } from './session.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread only');
const { directory } = workerData as { directory: string };

const tell = (message: FromWorker) => port.postMessage(message);

const session = await startSession(
  () => PGlite.create({ dataDir: directory, extensions: { postgis, pg_trgm, unaccent, uuid_ossp } }),
  () => tell({ kind: 'reopening' }),
);

port.on('message', async (message: ToWorker) => {
  try {
    if (message.kind === 'close') {
      await session.close();
      process.exit(0);
    }
    tell({ kind: 'answer', data: await session.exchange(message.out, message.kind) });
  } catch (error) {
    // Only the message: the stack of a WebAssembly fault is its whole glue code. What is left of the instance cannot be trusted.
    tell({ kind: 'broken', reason: error instanceof Error ? error.message.slice(0, 500) : String(error) });
    process.exit(1);
  }
});
tell({ kind: 'ready' });
