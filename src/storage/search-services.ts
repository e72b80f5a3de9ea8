// Tags of the services in the search index, kept at hand: the table `service` only changes when a service file is added at start.
import type { Queries } from './database.ts';
import { readTags } from './service-rows.ts';

export interface ServiceTags {
  /** Service name → tag. */
  readonly get: () => Promise<ReadonlyMap<string, number>>;
  /** To be called when services were added. */
  readonly forget: () => void;
}

export function createServiceTags(queries: Queries): ServiceTags {
  let known: Promise<ReadonlyMap<string, number>> | null = null;
  return {
    get() {
      if (known === null) {
        known = readTags(queries);
        known.catch(() => {
          known = null;
        });
      }
      return known;
    },
    forget() {
      known = null;
    },
  };
}
