// The collections of the facade: one for each observation service, its name in any case, by the service's short name too.
import type { Mappings } from '../../mapping/mappings.ts';
import type { Service } from '../../model/service.ts';
import { type Source, sourcesOf } from './properties.ts';

export interface Collection {
  /** As it stands in answers: of the service file's `resto` part, else the short name. */
  readonly name: string;
  readonly service: Service;
  readonly sources: ReadonlyMap<string, NonNullable<Source>>;
}

export interface Collections {
  readonly all: readonly Collection[];
  readonly ofService: (service: string) => Collection | undefined;
  /** By name, case does not count. */
  readonly find: (name: string) => Collection | undefined;
}

export function createCollections({ services, site }: Pick<Mappings, 'services' | 'site'>): Collections {
  const all = services.map((service) => ({
    name: service.resto?.collection ?? service.name,
    service,
    sources: sourcesOf(service, site.shortName),
  }));
  const byName = new Map<string, Collection>();
  for (const collection of all) byName.set(collection.service.name.toLowerCase(), collection);
  for (const collection of all) byName.set(collection.name.toLowerCase(), collection);
  const byService = new Map(all.map((collection) => [collection.service.name, collection]));
  return {
    all,
    ofService: (service) => byService.get(service),
    find: (name) => byName.get(name.toLowerCase()),
  };
}
