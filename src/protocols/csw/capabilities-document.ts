// The capabilities documents, section by section: OWS 1.0 with Filter 1.1 for 2.0.2, OWS 2.0 with FES 2.0 for 3.0. What is constant is
// written once.
import { owsServiceProvider } from '../../formats/writers/ows-provider.ts';
import { xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { type AnnouncedParts, addressOf, queryableConstraints, serviceConstraints, sortables } from './announced.ts';
import type { Path } from './call.ts';
import { filterCapabilities11, filterCapabilities20 } from './filter-capabilities.ts';
import { inspireCapabilities } from './inspire.ts';
import { type Domain, operationTable } from './operation-table.ts';
import { DIALECTS, type Section, VERSIONS, type Version } from './vocabulary.ts';

export interface CapabilitiesParts extends AnnouncedParts {
  readonly mappings: Mappings;
}

/** Conformance classes of CSW 3.0 whose constraint must stand there with TRUE or FALSE (OGC 12-176r7 table 17). */
const CLASSES: readonly (readonly [name: string, holds: boolean])[] = [
  ['OpenSearch', true],
  ['GetCapabilities-XML', true],
  ['GetRecordById-XML', true],
  ['GetRecords-Basic-XML', true],
  ['GetRecords-Distributed-XML', false],
  ['GetRecords-Distributed-KVP', false],
  ['GetRecords-Async-XML', false],
  ['GetRecords-Async-KVP', false],
  ['GetDomain-XML', true],
  ['GetDomain-KVP', true],
  ['Transaction', false],
  ['Harvest-Basic-XML', false],
  ['Harvest-Basic-KVP', false],
  ['Harvest-Async-XML', false],
  ['Harvest-Async-KVP', false],
  ['Harvest-Periodic-XML', false],
  ['Harvest-Periodic-KVP', false],
  ['Filter-CQL', true],
  ['Filter-FES-XML', true],
  ['Filter-FES-KVP-Advanced', true],
];

type WriteDomain = (element: 'Parameter' | 'Constraint', domain: Domain) => string;

const value = (text: string): string => `<ows:Value>${xmlText(text)}</ows:Value>`;
/** OWS 1.0 lists values and cannot say that any value is allowed. */
const domain10: WriteDomain = (element, { name, values }) =>
  values === null || values.length === 0
    ? ''
    : `<ows:${element} name="${name}">${values.map(value).join('')}</ows:${element}>`;
const domain20: WriteDomain = (element, { name, values }) => {
  const allowed =
    values === null || values.length === 0
      ? '<ows:AnyValue/>'
      : `<ows:AllowedValues>${values.map(value).join('')}</ows:AllowedValues>`;
  return `<ows:${element} name="${name}">${allowed}</ows:${element}>`;
};

function identification(version: Version, { mappings }: CapabilitiesParts, language: Language): string {
  const { site, services } = mappings;
  const keywords = new Set(
    services.flatMap((service) => service.keywords.map((keyword) => inLanguage(keyword, language))),
  );
  keywords.add('infoCatalogueService');
  const versions = [version, ...VERSIONS.filter((other) => other !== version)];
  return (
    `<ows:ServiceIdentification><ows:Title>${xmlText(inLanguage(site.title, language))}</ows:Title>` +
    `<ows:Abstract>${xmlText(inLanguage(site.description, language))}</ows:Abstract>` +
    `<ows:Keywords>${[...keywords].map((keyword) => `<ows:Keyword>${xmlText(keyword)}</ows:Keyword>`).join('')}</ows:Keywords>` +
    '<ows:ServiceType>CSW</ows:ServiceType>' +
    `${versions.map((each) => `<ows:ServiceTypeVersion>${each}</ows:ServiceTypeVersion>`).join('')}` +
    '<ows:Fees>none</ows:Fees><ows:AccessConstraints>none</ows:AccessConstraints></ows:ServiceIdentification>'
  );
}

function operations(version: Version, path: Path, parts: CapabilitiesParts, language: Language): string {
  const write = version === '3.0.0' ? domain20 : domain10;
  const address = addressOf(parts.links, path);
  const href = xmlAttribute(address);
  const post = (encoding: string): string =>
    `<ows:Post xlink:type="simple" xlink:href="${href}">${write('Constraint', { name: 'PostEncoding', values: [encoding] })}</ows:Post>`;
  const dcp = `<ows:DCP><ows:HTTP><ows:Get xlink:type="simple" xlink:href="${href}"/>${post('XML')}${post('SOAP')}</ows:HTTP></ows:DCP>`;
  const rows = operationTable(version, parts.schemas).map(({ name, parameters }) => {
    const constraints = name === 'GetRecords' ? queryableConstraints(parts.queryables) : [];
    return (
      `<ows:Operation name="${name}">${dcp}${parameters.map((each) => write('Parameter', each)).join('')}` +
      `${constraints.map((each) => write('Constraint', each)).join('')}</ows:Operation>`
    );
  });
  const versions = path === '/csw' ? VERSIONS : [version];
  const general: readonly Domain[] = [
    { name: 'service', values: ['CSW'] },
    { name: 'version', values: versions },
  ];
  let constraints = serviceConstraints(parts)
    .map((each) => write('Constraint', each))
    .join('');
  if (version === '3.0.0') {
    constraints += write('Constraint', { name: 'CoreSortables', values: sortables(parts.queryables) });
    for (const [name, holds] of CLASSES) {
      constraints += `<ows:Constraint name="http://www.opengis.net/spec/csw/3.0/conf/${name}"><ows:NoValues/><ows:DefaultValue>${holds ? 'TRUE' : 'FALSE'}</ows:DefaultValue></ows:Constraint>`;
    }
  }
  return (
    `<ows:OperationsMetadata>${rows.join('')}${general.map((each) => write('Parameter', each)).join('')}${constraints}` +
    `${inspireCapabilities(address, parts.mappings, language)}</ows:OperationsMetadata>`
  );
}

/** The sections of a version at an address in a language. */
export function capabilitiesSections(
  version: Version,
  path: Path,
  language: Language,
  parts: CapabilitiesParts,
): ReadonlyMap<Section, string> {
  const isThird = version === '3.0.0';
  return new Map<Section, string>([
    ['ServiceIdentification', identification(version, parts, language)],
    ['ServiceProvider', owsServiceProvider(parts.mappings.site.organisation, parts.links.url('/'))],
    ['OperationsMetadata', operations(version, path, parts, language)],
    ...(isThird
      ? ([
          [
            'Languages',
            '<ows:Languages><ows:Language>eng</ows:Language><ows:Language>fre</ows:Language></ows:Languages>',
          ],
        ] as const)
      : []),
    ['Filter_Capabilities', isThird ? filterCapabilities20() : filterCapabilities11()],
  ]);
}

/** The document around sections, in their order. */
export function capabilitiesDocument(version: Version, sections: string, updateSequence: string): string {
  const { csw, ows } = DIALECTS[version];
  return (
    `<csw:Capabilities xmlns:csw="${csw}" xmlns:ows="${ows}" xmlns:xlink="http://www.w3.org/1999/xlink" version="${version}" ` +
    `updateSequence="${updateSequence}">${sections}</csw:Capabilities>`
  );
}
