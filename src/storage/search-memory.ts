// Small memory of answers that would be the same again: the least recently used entry goes when it is full.
import { createHash } from 'node:crypto';
import type { Queries } from './database.ts';
import { readRevision } from './revision.ts';

export interface Memory<V> {
  readonly get: (key: string) => V | undefined;
  readonly set: (key: string, value: V) => void;
  readonly delete: (key: string) => void;
}

export function createMemory<V>(most: number): Memory<V> {
  const entries = new Map<string, V>();
  return {
    get(key) {
      const value = entries.get(key);
      if (value !== undefined) {
        entries.delete(key);
        entries.set(key, value);
      }
      return value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > most) entries.delete(entries.keys().next().value!);
    },
    delete(key) {
      entries.delete(key);
    },
  };
}

/**
 * Answers that hold until the catalogue changes. The revision is read before the answer is made, so an answer is at worst newer than the
 * revision under which it is kept.
 */
export function createAnswerMemory<V>(
  queries: Queries,
  most: number,
): (key: readonly unknown[], make: () => Promise<V>) => Promise<V> {
  const known = createMemory<V>(most);
  return async (key, make) => {
    // Hashed, because a key may hold a geometry of thousands of points.
    const text = `${await readRevision(queries)}|${JSON.stringify(key)}`;
    const full = createHash('sha256').update(text).digest('base64');
    const before = known.get(full);
    if (before !== undefined) return before;
    const made = await make();
    known.set(full, made);
    return made;
  };
}
