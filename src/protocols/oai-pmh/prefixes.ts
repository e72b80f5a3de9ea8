// Which metadataPrefix gives which record format. A prefix is offered when its format stands in the registry of record formats.
import type { RecordFormat } from '../../model/format.ts';

/** Prefixes that harvesters ask for, and the names of the format that answers them. */
const PREFIXES: readonly (readonly [prefix: string, format: string])[] = [
  ['oai_dc', 'oai_dc'],
  ['iso19139', 'iso19139'],
  ['gmd', 'iso19139'],
  ['iso19115-3.2018', 'iso19115-3'],
  ['datacite', 'datacite'],
  ['oai_datacite', 'oai_datacite'],
  ['dcat', 'dcat-rdf'],
];

export interface OfferedPrefix {
  readonly prefix: string;
  readonly format: RecordFormat;
  readonly namespace: string;
  readonly schema: string;
}

/** `url` makes a schema of our own absolute. Throws where the registry lacks oai_dc, which every repository must give. */
export function offeredPrefixes(
  formats: readonly RecordFormat[],
  url: (path: string) => string,
): ReadonlyMap<string, OfferedPrefix> {
  const offered = new Map<string, OfferedPrefix>();
  for (const [prefix, id] of PREFIXES) {
    const format = formats.find((known) => known.id === id);
    if (format?.namespace === undefined || format.schemaLocation === undefined) continue;
    const { namespace, schemaLocation } = format;
    const schema = schemaLocation.startsWith('/') ? url(schemaLocation) : schemaLocation;
    offered.set(prefix, { prefix, format, namespace, schema });
  }
  if (!offered.has('oai_dc')) throw new Error('OAI-PMH needs the record format oai_dc');
  return offered;
}
