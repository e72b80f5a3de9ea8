// What is wrong with a document of a record format: the public schema where there is one, our own tables and shapes where there is none.
// A format without a row here has no check, and the test of the writers says so.
import { valid as geojsonFaults } from 'geojson-validation';
import { dcatFaults, turtleQuads } from '../../conformance/dcat/dcat-shapes.ts';
import { featureFaults } from '../../conformance/kit/rfc7946.ts';
import { dataCiteJsonFaults } from '../../conformance/metadata-formats/datacite-json.ts';
import { partnerDocumentFaults } from '../../conformance/metadata-formats/partner-documents.ts';
import { schemaOrgFaults } from '../../conformance/metadata-formats/schema-org.ts';
import { recordFaults } from '../../conformance/ogc-records/record-schema.ts';
import { stacItemFaults } from '../../conformance/stac/object-rules.ts';
import { bibtexFaults, cslFaults, risFaults } from './citation-faults.ts';
import { orderFaults } from './iso-order.ts';
import { jsonLdQuads, rdfXmlQuads } from './rdf-readers.ts';
import { type SchemaSet, validateXml } from './xsd.ts';

type Check = (document: string) => readonly string[];

export const XML_SETS: { readonly [format: string]: SchemaSet } = {
  iso19139: 'iso19139',
  oai_dc: 'oai',
  csw: 'csw',
  'csw-brief': 'csw',
  'csw-summary': 'csw',
  csw30: 'csw3',
  'csw30-brief': 'csw3',
  'csw30-summary': 'csw3',
  atom: 'atom',
  gmi: 'gmi',
  'gmi-2005': 'gmi-2005',
  'iso19115-3': 'mdb',
  datacite: 'datacite',
};

const json = (check: (value: { readonly [name: string]: unknown }) => readonly string[]): Check => {
  return (document) => check(JSON.parse(document) as { readonly [name: string]: unknown });
};

/** Formats that no public schema covers, and what a schema does not see. */
const CHECKS: { readonly [format: string]: Check } = {
  iso19139: orderFaults,
  geojson: json((feature) => [...geojsonFaults(feature, true), ...featureFaults(feature)]),
  'stac-item': json((item) => [...geojsonFaults(item, true), ...featureFaults(item), ...stacItemFaults(item)]),
  'ogc-record': json(recordFaults),
  oai_datacite: wrapperFaults,
  'datacite-json': dataCiteJsonFaults,
  'schema-org': schemaOrgFaults,
  'dcat-ttl': (document) => dcatFaults(turtleQuads(document)),
  'dcat-jsonld': (document) => dcatFaults(jsonLdQuads(document)),
  'dcat-rdf': (document) => dcatFaults(rdfXmlQuads(document)),
  bibtex: bibtexFaults,
  ris: risFaults,
  csl: cslFaults,
  actris: json((document) => partnerDocumentFaults('actris-dataset', document)),
  aeris: json((document) => partnerDocumentFaults('aeris-record', document)),
};

/** Everything that is wrong. A document that its own parser refuses is one fault. */
export function faultsOf(format: string, document: string): readonly string[] {
  const set = XML_SETS[format];
  const check = CHECKS[format];
  if (set === undefined && check === undefined) return [`no check for ${format}`];
  try {
    return [...(set === undefined ? [] : validateXml(document, set)), ...(check?.(document) ?? [])];
  } catch (error) {
    return [String(error)];
  }
}

/** Can a fault of this format be seen without a folder of schemas? */
export function isSeenWithoutSchemas(format: string): boolean {
  return XML_SETS[format] === undefined;
}

/** The wrapper of oai 1.1: version, symbol, and one kernel-4 resource, which its own schema then judges. */
function wrapperFaults(document: string): readonly string[] {
  const form =
    /^<oai_datacite xmlns="http:\/\/schema\.datacite\.org\/oai\/oai-1\.1\/"[^>]*><schemaVersion>4(?:\.\d)?<\/schemaVersion><datacentreSymbol>[^<]+<\/datacentreSymbol><payload>(<resource .*<\/resource>)<\/payload><\/oai_datacite>$/s;
  const [, resource] = form.exec(document) ?? [];
  if (resource === undefined) return ['no oai_datacite with schemaVersion, datacentreSymbol and payload'];
  const declared = resource.replace('<resource ', '<resource xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ');
  return validateXml(declared, 'datacite');
}
