// The record of one of our web services (level `service`), from what mappings/doors.json says of it.
import { DOOR_SERVICE, fieldsOfDoor, type ServiceDoor } from '../model/door.ts';
import type { Service } from '../model/service.ts';
import type { Site } from '../model/site.ts';
import type { MetadataInput } from './row.ts';
import { seriesIdentifier } from './series-input.ts';

/** Identifier of a web service's record: `{prefix}:service:{name}`. */
export function doorIdentifier(name: string, site: Pick<Site, 'identifierPrefix'>): string {
  return `${site.identifierPrefix}:${DOOR_SERVICE}:${name}`;
}

/** `absolute` makes our paths absolute. A service works on the series of every observation service. */
export function doorInput(
  door: ServiceDoor,
  { site, services }: { readonly site: Site; readonly services: readonly Service[] },
  absolute: (path: string) => string,
): MetadataInput {
  const { en, fr } = door.title;
  const series = services.map((service) => seriesIdentifier(service.name, site));
  return {
    service: DOOR_SERVICE,
    id: door.number,
    level: 'service',
    identifier: doorIdentifier(door.name, site),
    parent: null,
    name: en ?? fr ?? door.name,
    description: door.abstract.en ?? door.abstract.fr ?? null,
    authorization_: 0,
    lang: 'en',
    translations:
      fr === undefined
        ? null
        : { fr: { title: fr, ...(door.abstract.fr === undefined ? {} : { abstract: door.abstract.fr }) } },
    keywords: [door.protocol],
    fields: fieldsOfDoor(door, absolute, series),
  };
}
