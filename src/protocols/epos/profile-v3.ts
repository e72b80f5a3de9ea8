// EPOS-DCAT-AP version 3: data sets, their distribution, the data service and its operation.
import { iri, type Node, node, type Term, text, typed } from '../../formats/writers/rdf.ts';
import {
  addressOf,
  beginOf,
  contactAddress,
  type Described,
  extentOf,
  type Publisher,
  publisherAddress,
} from './described.ts';
import { operationNode } from './operation.ts';
import {
  boxText,
  centreText,
  ddssIdentifier,
  moment,
  type Property,
  publisherNodes,
  termAddress,
  themeNodes,
  uri,
  words,
} from './shared-nodes.ts';

/** All nodes of one DDSS. */
export function nodesV3(described: Described, publisher: Publisher): readonly Node[] {
  return [
    ...publisherNodes(publisher),
    ...themeNodes(described, 'v3'),
    ...described.epos.datasets.map((dataset) => datasetNode(described, dataset, publisher)),
    distributionNode(described, publisher),
    serviceNode(described, publisher),
    operationNode(described, publisher),
  ];
}

/** What data set and service say alike. */
function shared(described: Described, publisher: Publisher, begin: string | null): readonly Property[] {
  const { service, epos, modified } = described;
  return [
    ['dct:issued', moment(service.published)],
    ['dct:modified', moment(modified)],
    ['dcat:theme', iri(termAddress(epos.theme.id, 'v3'))],
    ['dct:publisher', iri(publisherAddress(publisher))],
    ['dcat:contactPoint', iri(contactAddress(publisher))],
    ['dct:spatial', spatial(described)],
    ['dct:temporal', temporal(begin)],
  ];
}

function datasetNode(described: Described, dataset: Described['epos']['datasets'][number], publisher: Publisher): Node {
  const { epos } = described;
  return node(
    addressOf(dataset.identifier),
    ['dcat:Dataset'],
    [
      ['dct:identifier', text(dataset.identifier)],
      ['adms:identifier', [ddssIdentifier(described)]],
      ['dct:title', words(dataset.title)],
      ['dct:description', words(dataset.description)],
      ['dct:type', uri(`http://purl.org/dc/dcmitype/${dataset.type}`)],
      ['dct:accrualPeriodicity', uri(`http://purl.org/cld/freq/${epos.frequency}`)],
      ['dcat:keyword', dataset.keywords.flatMap((keyword) => text(keyword))],
      ...shared(described, publisher, dataset.begin),
      ['dcat:distribution', iri(addressOf(epos.identifiers.distribution))],
    ],
  );
}

function distributionNode(described: Described, { url }: Publisher): Node {
  const { service, epos } = described;
  return node(
    addressOf(epos.identifiers.distribution),
    ['dcat:Distribution'],
    [
      ['dct:identifier', text(epos.identifiers.distribution)],
      ['dct:title', words(epos.title)],
      ['dct:description', words(epos.description)],
      ['dct:issued', moment(service.published)],
      ['dct:format', uri('http://publications.europa.eu/resource/authority/file-type/JSON')],
      ['dct:license', uri(service.licence.url)],
      ['dcat:accessURL', uri(url(epos.address.includes('{') ? epos.entrypoint : epos.address))],
      ['dcat:accessService', iri(addressOf(epos.identifiers.webService))],
    ],
  );
}

function serviceNode(described: Described, publisher: Publisher): Node {
  const { service, epos } = described;
  const { url } = publisher;
  return node(
    addressOf(epos.identifiers.webService),
    ['dcat:DataService'],
    [
      ['dct:identifier', text(epos.identifiers.webService)],
      ['dct:title', words(epos.title)],
      ['dct:description', words(epos.description)],
      ['dcat:endpointURL', uri(url(epos.entrypoint))],
      ['dcat:endpointDescription', iri(addressOf(epos.identifiers.operation))],
      ['dcat:servesDataset', epos.datasets.flatMap(({ identifier }) => iri(addressOf(identifier)))],
      [
        'dcat:keyword',
        [...new Set(epos.datasets.flatMap(({ keywords }) => keywords))].flatMap((keyword) => text(keyword)),
      ],
      ['dct:conformsTo', uri(url('/api'))],
      ['dct:license', uri(service.licence.url)],
      ...shared(described, publisher, beginOf(described)),
    ],
  );
}

function spatial(described: Described): readonly Term[] {
  const box = extentOf(described);
  if (box === null) return [];
  const [west, south, east, north] = box;
  return [
    node(
      null,
      ['dct:Location'],
      [
        ['dcat:bbox', west === east && south === north ? [] : typed(boxText(box), 'geo:wktLiteral')],
        ['dcat:centroid', typed(centreText(box), 'geo:wktLiteral')],
      ],
    ),
  ];
}

function temporal(begin: string | null): readonly Term[] {
  return begin === null ? [] : [node(null, ['dct:PeriodOfTime'], [['dcat:startDate', moment(begin)]])];
}
