// In which forms records are given: output schemas by their addresses, each with the registered format that writes it, and the type names
// under which they are asked for. Whatever XML format is registered under an address of this list is offered.
import type { RecordFormat } from '../../model/format.ts';
import { CSW_202, CSW_300, type ElementSet, type Version } from './vocabulary.ts';

export interface OutputSchema {
  readonly uri: string;
  readonly write: { readonly [S in ElementSet]: RecordFormat['write'] };
  /** Elements can be chosen one by one (ElementName). */
  readonly flat: boolean;
}

export interface TypeName {
  readonly prefix: string;
  readonly namespace: string;
  readonly local: string;
  /** Where its schema is. */
  readonly schema: string;
  /** null: of both versions. */
  readonly version: Version | null;
}

const CSW_FORMATS: { readonly [uri: string]: { readonly [S in ElementSet]: string } } = {
  [CSW_202]: { brief: 'csw-brief', summary: 'csw-summary', full: 'csw' },
  [CSW_300]: { brief: 'csw30-brief', summary: 'csw30-summary', full: 'csw30' },
};

/** In the order in which they are announced. */
const OTHERS = [
  'http://www.isotc211.org/2005/gmd',
  'http://www.isotc211.org/2005/gmi',
  'http://standards.iso.org/iso/19115/-2/gmi/1.0',
  'http://standards.iso.org/iso/19115/-3/mdb/2.0',
  'http://www.w3.org/ns/dcat#',
  'http://datacite.org/schema/kernel-4',
  'http://www.openarchives.org/OAI/2.0/oai_dc/',
  'http://www.w3.org/2005/Atom',
];

const RECORDS: readonly TypeName[] = [
  {
    prefix: 'csw',
    namespace: CSW_202,
    local: 'Record',
    schema: 'http://schemas.opengis.net/csw/2.0.2/record.xsd',
    version: '2.0.2',
  },
  {
    prefix: 'csw',
    namespace: CSW_300,
    local: 'Record',
    schema: 'http://schemas.opengis.net/cat/csw/3.0/record.xsd',
    version: '3.0.0',
  },
];
const ISO_TYPES: readonly TypeName[] = [
  {
    prefix: 'gmd',
    namespace: 'http://www.isotc211.org/2005/gmd',
    local: 'MD_Metadata',
    schema: 'http://www.isotc211.org/2005/gmd/gmd.xsd',
    version: null,
  },
  {
    prefix: 'gmi',
    namespace: 'http://www.isotc211.org/2005/gmi',
    local: 'MI_Metadata',
    schema: 'http://www.isotc211.org/2005/gmi/gmi.xsd',
    version: null,
  },
  {
    prefix: 'mdb',
    namespace: 'http://standards.iso.org/iso/19115/-3/mdb/2.0',
    local: 'MD_Metadata',
    schema: 'http://standards.iso.org/iso/19115/-3/mdb/2.0/mdb.xsd',
    version: null,
  },
];

const isXml = (format: RecordFormat): boolean => /[/+]xml\b/.test(format.mediaType);

export interface OutputSchemas {
  readonly all: readonly OutputSchema[];
  readonly of: (uri: string) => OutputSchema | undefined;
  /** The type names of a version: csw:Record first. */
  readonly typeNames: (version: Version) => readonly TypeName[];
}

/** Throws Error when the formats of csw:Record are not registered. */
export function createOutputSchemas(formats: readonly RecordFormat[]): OutputSchemas {
  const writer = (id: string): RecordFormat['write'] => {
    const format = formats.find((known) => known.id === id);
    if (format === undefined) throw new Error(`CSW needs the record format ${id}`);
    return format.write;
  };
  const records = Object.entries(CSW_FORMATS).map(([uri, { brief, summary, full }]): OutputSchema => {
    return { uri, flat: true, write: { brief: writer(brief), summary: writer(summary), full: writer(full) } };
  });
  const others = OTHERS.flatMap((uri): OutputSchema[] => {
    const format = formats.find((known) => known.namespace === uri && isXml(known));
    if (format === undefined) return [];
    return [{ uri, flat: false, write: { brief: format.write, summary: format.write, full: format.write } }];
  });
  const all = [...records, ...others];
  const byUri = new Map(all.map((schema) => [schema.uri, schema]));
  const types = [...RECORDS, ...ISO_TYPES.filter(({ namespace }) => byUri.has(namespace))];
  return {
    all,
    of: (uri) => byUri.get(uri),
    typeNames: (version) => types.filter((type) => type.version === null || type.version === version),
  };
}
