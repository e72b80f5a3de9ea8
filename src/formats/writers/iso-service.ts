// A web service of ours for the ISO service templates (SV_ServiceIdentification): its type, its operations, and the series that it serves.
import { doorOf } from '../../model/door.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { baseOf } from './own-addresses.ts';
import type { Names, ViewOf } from './xml-template.ts';

export const SERVICE = {
  type: 'value',
  category: 'value',
  protocol: 'value',
  versions: 'list',
  operations: { name: 'value', href: 'value', protocol: 'value' },
  /** Operation, address and identifier of each series; `href` is its own ISO 19139 record. */
  coupled: { operation: 'value', uri: 'value', identifier: 'value', href: 'value' },
  coupling: 'value',
} as const satisfies Names;

/** undefined for records that are no service of ours. A harvested service without description has neither operation nor endpoint. */
export function serviceView(record: CatalogRecord, view: RecordView): ViewOf<typeof SERVICE> | undefined {
  const door = doorOf(record);
  if (door === undefined) return undefined;
  const base = baseOf(record, view);
  const [first = door.name] = door.operations;
  return {
    type: door.type,
    category: door.category,
    protocol: door.protocol,
    versions: door.versions,
    operations: (door.operations.length > 0 ? door.operations : [first]).map((name, index) => ({
      name,
      // The first operation is the one that describes the service.
      href: index === 0 ? door.description : door.endpoint,
      protocol: door.protocol,
    })),
    coupled: door.operatesOn.map((identifier) => ({
      operation: door.operations[1] ?? first,
      uri: `${base}/id/${encodeURIComponent(identifier.slice(identifier.lastIndexOf(':') + 1))}`,
      identifier,
      href: `${base}/records/${identifier}?f=iso19139`,
    })),
    coupling: door.operatesOn.length > 0 ? 'tight' : 'loose',
  };
}
