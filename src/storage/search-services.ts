// Tags of the services in the search index, kept at hand. The table `service` only grows, at a start with a new service file; another
// process may do that, so a name or tag that is not known is asked for once more.
import type { Queries } from './database.ts';
import { readTags } from './service-rows.ts';

export interface ServiceTags {
  /** Service name → tag; read anew when one of the names is not among them. */
  readonly get: (names?: readonly string[] | null) => Promise<ReadonlyMap<string, number>>;
  /** Tag → service name; read anew when one of the tags is not among them. */
  readonly names: (tags: readonly number[]) => Promise<ReadonlyMap<number, string>>;
}

export function createServiceTags(queries: Queries): ServiceTags {
  let known: Promise<ReadonlyMap<string, number>> | null = null;
  const read = (): Promise<ReadonlyMap<string, number>> => {
    const reading = readTags(queries);
    known = reading;
    reading.catch(() => {
      known = null;
    });
    return reading;
  };
  const get: ServiceTags['get'] = async (names) => {
    const tags = await (known ?? read());
    return names?.some((name) => !tags.has(name)) ? read() : tags;
  };
  const inverted = (tags: ReadonlyMap<string, number>) => new Map([...tags].map(([name, tag]) => [tag, name]));
  return {
    get,
    async names(tags) {
      const names = inverted(await get());
      return tags.some((tag) => !names.has(tag)) ? inverted(await read()) : names;
    },
  };
}
