// Deterministic numbers of the demo catalogue: those of row i of a service depend on the seed, the service and i alone,
// so a small catalogue is the beginning of a large one. mulberry32 over an FNV-1a hash; for invented data, never for secrets.

export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** Whole number, both ends included. */
  int(min: number, max: number): number;
  /** Between the two, rounded to so many decimals. */
  number(min: number, max: number, decimals: number): number;
  pick<T>(list: readonly T[]): T;
  chance(probability: number): boolean;
}

/** The one seed of the demo catalogue. */
export const SEED = 20160629;

/** Numbers of row `index` of a service; the same call gives the same numbers for ever. */
export function rowRandom(seed: number, service: string, index: number): Random {
  let state = hash(`${seed}:${service}:${index}`);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    int: (min, max) => min + Math.floor(next() * (max - min + 1)),
    number: (min, max, decimals) => round(min + next() * (max - min), decimals),
    pick: (list) => {
      const value = list[Math.floor(next() * list.length)];
      if (value === undefined) throw new RangeError('nothing to pick from');
      return value;
    },
    chance: (probability) => next() < probability,
  };
}

/**
 * Place of row `index` in 0…1: multiples of the golden ratio, so that any beginning of the sequence covers the whole range evenly.
 */
export function spread(index: number): number {
  return (index * 0.6180339887498949) % 1;
}

export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value | 0;
}
