// Slows down guessing: after so many failures of a key (an address, an account) it must wait, each time twice as long.

export interface Throttle {
  /** Seconds that the key must still wait; 0: it may try. */
  readonly wait: (key: string) => number;
  /** Counts a failure. Callers count before they check, so that many tries at once cannot slip through. */
  readonly failed: (key: string) => void;
  /** Takes the last failure back: the try was right. */
  readonly forgive: (key: string) => void;
}

export interface ThrottleOptions {
  /** Failures that are free. */
  readonly free: number;
  /** Longest wait, seconds. */
  readonly longest: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Keys remembered at most; beyond it the oldest are forgotten. */
const MOST_KEYS = 10_000;

export function createThrottle({ free, longest, clock }: ThrottleOptions): Throttle {
  const failures = new Map<string, { count: number; until: number }>();
  return {
    wait(key) {
      const entry = failures.get(key);
      return entry ? Math.max(0, Math.ceil((entry.until - clock()) / 1000)) : 0;
    },
    failed(key) {
      const now = clock();
      const known = failures.get(key);
      // A key that has been quiet for the longest wait starts anew.
      const count = known && now - known.until < longest * 1000 ? known.count + 1 : 1;
      const seconds = count <= free ? 0 : Math.min(longest, 2 ** Math.min(30, count - free));
      failures.delete(key);
      failures.set(key, { count, until: now + seconds * 1000 });
      const oldest = failures.size > MOST_KEYS ? failures.keys().next() : null;
      if (oldest && !oldest.done) failures.delete(oldest.value);
    },
    forgive(key) {
      const known = failures.get(key);
      if (known && known.count > 1) failures.set(key, { count: known.count - 1, until: clock() });
      else failures.delete(key);
    },
  };
}
