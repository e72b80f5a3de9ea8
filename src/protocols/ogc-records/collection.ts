// Which collections there are: the catalogue of all records, and one for each observation service with its data sets.
import type { Level } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { ALL_RECORDS } from './vocabulary.ts';

export interface Collection {
  readonly id: string;
  /** null: the catalogue of all. */
  readonly service: Service | null;
  /** What a search in it is limited to. */
  readonly services: readonly string[] | null;
  readonly levels: readonly Level[] | null;
}

/** The catalogue of all first, then the services in their order. */
export function collectionsOf(services: readonly Service[]): readonly Collection[] {
  return [
    { id: ALL_RECORDS, service: null, services: null, levels: null },
    ...services.map((service): Collection => {
      return { id: service.name, service, services: [service.name], levels: ['dataset'] };
    }),
  ];
}

export const collectionPath = (id: string): string => `/collections/${encodeURIComponent(id)}`;

/** The identifier stays readable: `:` is allowed in a path (RFC 3986, 3.3). */
export const itemPath = (collection: string, identifier: string): string =>
  `${collectionPath(collection)}/items/${encodeURIComponent(identifier).replaceAll('%3A', ':')}`;
