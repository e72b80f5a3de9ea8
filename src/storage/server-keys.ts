// Keys that all server processes of a catalogue share and that outlive them. They are made with the tables and never shown.
import { AppError } from '../model/errors.ts';
import type { Queries } from './database.ts';

/** Gives the function that reads a key; each is read once. */
export function createServerKeys(queries: Queries): (purpose: 'resumption-token') => Promise<string> {
  const known = new Map<string, string>();
  return async (purpose) => {
    const before = known.get(purpose);
    if (before !== undefined) return before;
    const rows = await queries.query<{ key: string }>(null, 'SELECT key FROM server_key WHERE purpose = $1', [purpose]);
    const key = rows[0]?.key;
    if (key === undefined)
      throw new AppError('internal', { cause: new Error(`the table server_key lacks ${purpose}`) });
    known.set(purpose, key);
    return key;
  };
}
