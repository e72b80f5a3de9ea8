// Looks for embargoes that have ended, while the server runs: each process looks every ten minutes, and the first one after midnight acts.
import { describeError } from '../http/faults.ts';
import type { Log } from '../http/log.ts';
import type { Database } from '../storage/database.ts';
import { endEmbargoes } from '../storage/end-embargoes.ts';

const INTERVAL = 600_000;

/** Starts looking, at once and then regularly; gives the function that ends it and waits for a look that is under way. */
export function watchEmbargoes(database: Database, { logger }: Pick<Log, 'logger'>): () => Promise<void> {
  const look = async (): Promise<void> => {
    try {
      const records = await endEmbargoes(database, Date.now);
      if (records > 0) logger.info({ records }, 'embargoes ended');
    } catch (error) {
      logger.warn({ error: describeError(error) }, 'embargoes could not be looked for');
    }
  };
  let looking = look();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, INTERVAL);
  timer.unref();
  return () => {
    clearInterval(timer);
    return looking;
  };
}
