// A web service of ours as the catalogue describes it: a record of level `service`, one for each mounted door (ISO 19119).
import type { CatalogRecord } from './record.ts';
import type { Localised } from './text.ts';

/** Spatial data service types of INSPIRE (Regulation 1205/2008, part D.3). */
export const DOOR_TYPES = ['discovery', 'view', 'download', 'transformation', 'invoke', 'other'] as const;
export type DoorType = (typeof DOOR_TYPES)[number];

/** The reserved service name that these records have. */
export const DOOR_SERVICE = 'service';

/** What a protocol says of itself. Paths start with `/` and are made absolute where the record is written. */
export interface ServiceDoor {
  /** Last part of the identifier `{prefix}:service:{name}` and of the address `/id/service/{name}`. */
  readonly name: string;
  /** Number of the record in the service `service`; never given to another door. */
  readonly number: number;
  /** Name of the protocol that must be mounted. */
  readonly mount: string;
  readonly title: Localised;
  readonly abstract: Localised;
  readonly type: DoorType;
  /** Term of Regulation 1205/2008, part D.4, such as `infoCatalogueService`. */
  readonly category: string;
  /** Free text that catalogues recognise: `OGC:CSW`, `OpenSearch`, `OAI-PMH`. */
  readonly protocol: string;
  readonly versions: readonly string[];
  /** Where requests go. */
  readonly endpoint: string;
  /** The document that describes the service; absent: the endpoint itself answers. */
  readonly description?: string;
  readonly operations: readonly string[];
}

/** The service description that stands in the fields of a record of level `service`. */
export interface DoorFields {
  readonly name: string;
  readonly type: string;
  readonly category: string;
  readonly protocol: string;
  readonly versions: readonly string[];
  /** Absolute. */
  readonly endpoint: string;
  readonly description: string;
  readonly operations: readonly string[];
  /** Identifiers of the series that the service serves. */
  readonly operatesOn: readonly string[];
}

/** Reads the fields of a record of level `service`; undefined for other records and for harvested ones without them. */
export function doorOf({ level, fields }: Pick<CatalogRecord, 'level' | 'fields'>): DoorFields | undefined {
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  const list = (name: string): readonly string[] => {
    const value = fields[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  if (level !== 'service' || text('door') === '' || text('endpoint') === '') return undefined;
  return {
    name: text('door'),
    type: text('service_type') || 'other',
    category: text('category'),
    protocol: text('protocol'),
    versions: list('versions'),
    endpoint: text('endpoint'),
    description: text('endpoint_description') || text('endpoint'),
    operations: list('operations'),
    operatesOn: list('operates_on'),
  };
}

/** The other way round, for the table. */
export function fieldsOfDoor(
  door: ServiceDoor,
  absolute: (path: string) => string,
  operatesOn: readonly string[],
): CatalogRecord['fields'] {
  return {
    door: door.name,
    service_type: door.type,
    category: door.category,
    protocol: door.protocol,
    versions: door.versions,
    endpoint: absolute(door.endpoint),
    endpoint_description: absolute(door.description ?? door.endpoint),
    operations: door.operations,
    operates_on: operatesOn,
  };
}
