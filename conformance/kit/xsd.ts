// Validates XML documents against the public schemas, offline: a folder laid out like the public hosts (`{host}/{path of the URL}`).
// Nothing is ever fetched. A set names the start files by namespace; `atom` is the RELAX NG of RFC 4287.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { RelaxNGValidator, XmlDocument, XsdValidator, xmlRegisterInputProvider } from 'libxml2-wasm';

interface Validator {
  validate(document: XmlDocument): void;
}

type Rule = readonly [RegExp, (match: RegExpExecArray) => string];

const ISO = 'schemas.opengis.net/iso/19139/20070417/';
const RULES: readonly Rule[] = [
  [/^https?:\/\/www\.w3\.org\/(?:2001\/03|2005\/08|2009\/01)\/xml\.xsd$/, () => 'www.w3.org/2001/xml.xsd'],
  [/^https?:\/\/www\.w3\.org\/XML\/2008\/06\/xlink\.xsd$/, () => 'www.w3.org/1999/xlink.xsd'],
  [
    /^https?:\/\/standards\.iso\.org\/ittf\/PubliclyAvailableStandards\/ISO_19139_Schemas\/(g(?:co|md|mx|sr|ss|ts))\/(\w+\.xsd)$/,
    (m) => `${ISO}${m[1]}/${m[2]}`,
  ],
  [
    /^https?:\/\/standards\.iso\.org\/ittf\/PubliclyAvailableStandards\/ISO_19136_Schemas\/(?:.*\/)?(\w+\.xsd)$/,
    (m) => `schemas.opengis.net/gml/3.2.1/${m[1]}`,
  ],
  [/^https?:\/\/www\.isotc211\.org\/2005\/(g(?:co|md|mx|sr|ss|ts))\/(\w+\.xsd)$/, (m) => `${ISO}${m[1]}/${m[2]}`],
  [/^https?:\/\/www\.opengis\.net\/gml\/3\.2$/, () => 'schemas.opengis.net/gml/3.2.1/gml.xsd'],
  [/^https?:\/\/(?:www\.)?dublincore\.org\/(schemas\/xmls\/.*\.xsd)$/, (m) => `dublincore.org/${m[1]}`],
  [
    /^https?:\/\/((?:schemas\.opengis\.net|standards\.iso\.org|www\.isotc211\.org|www\.w3\.org|www\.openarchives\.org|schema\.datacite\.org)\/.*)$/,
    (m) => m[1] ?? '',
  ],
];

const GMD_2007 = [
  ['http://www.isotc211.org/2005/gmd', `${ISO}gmd/gmd.xsd`],
  ['http://www.isotc211.org/2005/gmx', `${ISO}gmx/gmx.xsd`],
  ['http://www.isotc211.org/2005/srv', `${ISO}srv/1.0/srv.xsd`],
] as const;
const CSW_202 = [['http://www.opengis.net/cat/csw/2.0.2', 'schemas.opengis.net/csw/2.0.2/csw.xsd']] as const;
const OAI = [
  ['http://www.openarchives.org/OAI/2.0/', 'www.openarchives.org/OAI/2.0/OAI-PMH.xsd'],
  ['http://www.openarchives.org/OAI/2.0/oai_dc/', 'www.openarchives.org/OAI/2.0/oai_dc.xsd'],
  ['http://www.openarchives.org/OAI/2.0/oai-identifier', 'www.openarchives.org/OAI/2.0/oai-identifier.xsd'],
] as const;

const MDB = [
  ['http://standards.iso.org/iso/19115/-3/mdt/2.0', 'standards.iso.org/iso/19115/-3/mdt/2.0/mdt.xsd'],
  ['http://standards.iso.org/iso/19115/-3/mds/2.0', 'standards.iso.org/iso/19115/-3/mds/2.0/mds.xsd'],
] as const;
const DATACITE = [['http://datacite.org/schema/kernel-4', 'schema.datacite.org/meta/kernel-4/metadata.xsd']] as const;

/** Which start files a document is checked with. Sets of XSD by namespace; `atom` is the RELAX NG of RFC 4287. */
const SETS = {
  iso19139: GMD_2007,
  csw: [...CSW_202, ...GMD_2007],
  csw3: [['http://www.opengis.net/cat/csw/3.0', 'schemas.opengis.net/cat/csw/3.0/cswAll.xsd'], ...GMD_2007],
  ows1: [['http://www.opengis.net/ows', 'schemas.opengis.net/ows/1.0.0/owsAll.xsd']],
  ows2: [['http://www.opengis.net/ows/2.0', 'schemas.opengis.net/ows/2.0/owsAll.xsd']],
  oai: [...OAI, ...GMD_2007],
  'oai-mdb': [...OAI, ...MDB],
  'oai-datacite': [...OAI, ...DATACITE],
  gmi: [
    ['http://standards.iso.org/iso/19115/-2/gmi/1.0', 'standards.iso.org/iso/19115/-2/gmi/1.0/gmi.xsd'],
    ...GMD_2007,
  ],
  'gmi-2005': [['http://www.isotc211.org/2005/gmi', 'www.isotc211.org/2005/gmi/gmi.xsd'], ...GMD_2007],
  mdb: MDB,
  wps1: [['http://www.opengis.net/wps/1.0.0', 'schemas.opengis.net/wps/1.0.0/wpsAll.xsd']],
  wps2: [['http://www.opengis.net/wps/2.0', 'schemas.opengis.net/wps/2.0/wps.xsd']],
  datacite: DATACITE,
  atom: 'relaxng/atom.rng',
} as const satisfies { readonly [name: string]: string | readonly (readonly [string, string])[] };
export type SchemaSet = keyof typeof SETS;

/** What one schema folder says about documents. */
export interface Xsd {
  /** What the schema set says against the document; empty = valid. */
  readonly faults: (xml: string, set: SchemaSet) => readonly string[];
  /** Documents validated so far. */
  readonly validated: () => number;
}

let registered: string | null = null;

/** Does the folder hold the schemas? */
export function isSchemaFolder(folder: string): boolean {
  return existsSync(path.join(folder, 'schemas.opengis.net'));
}

/** A validator over a schema folder (absolute path). libxml2 has one place for its input, so that a process uses one folder; throws at a second. */
export function createXsd(folder: string): Xsd {
  if (registered !== null && registered !== folder) throw new Error(`the schemas of ${registered} are in use already`);
  if (registered === null) readOnlyFrom(folder);
  registered = folder;
  const validators = new Map<SchemaSet, Validator>();
  let validated = 0;
  return {
    faults: (xml, set) => {
      validated++;
      const validator = validators.get(set) ?? compile(SETS[set], folder);
      validators.set(set, validator);
      return faultsOf(xml, validator);
    },
    validated: () => validated,
  };
}

function faultsOf(xml: string, validator: Validator): readonly string[] {
  let document: XmlDocument | undefined;
  try {
    document = XmlDocument.fromString(xml);
    validator.validate(document);
    return [];
  } catch (error) {
    const details = (error as { details?: readonly { message: string; line?: number }[] }).details ?? [];
    return details.length > 0
      ? details.map((detail) => `line ${detail.line}: ${detail.message.trim()}`)
      : [String(error)];
  } finally {
    document?.dispose();
  }
}

function compile(start: string | readonly (readonly [string, string])[], folder: string): Validator {
  if (typeof start === 'string') {
    const file = path.join(folder, start);
    return RelaxNGValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(file), { url: `file://${file}` }));
  }
  const imports = start.map(
    ([namespace, file]) => `<xs:import namespace="${namespace}" schemaLocation="${path.join(folder, file)}"/>`,
  );
  const driver = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports.join('')}</xs:schema>`;
  return XsdValidator.fromDoc(XmlDocument.fromString(driver, { url: `file://${folder}/driver.xsd` }));
}

/** Every file that libxml2 asks for is looked up below the folder; nothing is ever fetched. */
function readOnlyFrom(folder: string): void {
  const open = new Map<number, { readonly bytes: Buffer; offset: number }>();
  let next = 1;
  xmlRegisterInputProvider({
    match: () => true,
    open: (address) => {
      const file = localFile(address, folder);
      if (file === undefined || !existsSync(file)) return undefined;
      open.set(next, { bytes: readFileSync(file), offset: 0 });
      return next++;
    },
    read: (descriptor, buffer) => {
      const file = open.get(descriptor);
      if (file === undefined) return -1;
      const length = Math.min(buffer.length, file.bytes.length - file.offset);
      buffer.set(file.bytes.subarray(file.offset, file.offset + length));
      file.offset += length;
      return length;
    },
    close: (descriptor) => open.delete(descriptor),
  });
}

function localFile(address: string, folder: string): string | undefined {
  for (const [pattern, toPath] of RULES) {
    const match = pattern.exec(address);
    if (match !== null) return path.join(folder, toPath(match));
  }
  const file = path.resolve(address.replace(/^file:\/\//, ''));
  return file.startsWith(folder + path.sep) ? file : undefined;
}
