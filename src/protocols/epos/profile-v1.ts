// EPOS-DCAT-AP version 1, as the files of 2019 had it: the distribution names the web service and its operation.
import { iri, type Node, node, type Term, text, typed } from '../../formats/writers/rdf.ts';
import { inLanguage } from '../../model/text.ts';
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
  ddssIdentifier,
  moment,
  publisherNodes,
  termAddress,
  themeNodes,
  uri,
  words,
} from './shared-nodes.ts';

/** All nodes of one DDSS. */
export function nodesV1(described: Described, publisher: Publisher): readonly Node[] {
  return [
    ...publisherNodes(publisher),
    ...themeNodes(described, 'v1'),
    ...described.epos.datasets.map((dataset) => datasetNode(described, dataset, publisher)),
    distributionNode(described),
    serviceNode(described, publisher),
    documentationNode(publisher),
    operationNode(described, publisher),
  ];
}

function datasetNode(described: Described, dataset: Described['epos']['datasets'][number], publisher: Publisher): Node {
  const { epos, service, modified } = described;
  return node(
    addressOf(dataset.identifier),
    ['dcat:Dataset'],
    [
      ['dct:identifier', text(dataset.identifier)],
      ['adms:identifier', [ddssIdentifier(described)]],
      ['dct:title', words(dataset.title)],
      ['dct:description', words(dataset.description)],
      ['dct:issued', moment(service.published)],
      ['dct:modified', moment(modified)],
      ['dct:type', uri(`http://purl.org/dc/dcmitype/${dataset.type}`)],
      ['dct:accrualPeriodicity', uri(`http://purl.org/cld/freq/${epos.frequency}`)],
      ['dct:temporal', temporal(dataset.begin)],
      ['dct:spatial', spatial(described)],
      ['dcat:theme', iri(termAddress(epos.theme.id, 'v1'))],
      ['dcat:keyword', dataset.keywords.flatMap((keyword) => text(keyword))],
      ['dcat:contactPoint', iri(contactAddress(publisher))],
      ['dct:publisher', iri(publisherAddress(publisher))],
      ['dcat:distribution', iri(addressOf(epos.identifiers.distribution))],
    ],
  );
}

function distributionNode({ service, epos }: Described): Node {
  return node(
    addressOf(epos.identifiers.distribution),
    ['dcat:Distribution'],
    [
      ['dct:identifier', text(epos.identifiers.distribution)],
      ['dct:title', words(epos.title)],
      ['dct:description', words(epos.description)],
      ['dct:issued', moment(service.published)],
      ['dct:type', uri('http://publications.europa.eu/resource/authority/distribution-type/WEB_SERVICE')],
      ['dct:format', uri('http://publications.europa.eu/resource/authority/file-type/JSON')],
      ['dct:license', uri(service.licence.url)],
      ['dcat:accessURL', iri(addressOf(epos.identifiers.operation))],
      ['dct:conformsTo', iri(addressOf(epos.identifiers.webService))],
    ],
  );
}

function serviceNode(described: Described, publisher: Publisher): Node {
  const { service, epos, modified } = described;
  const { url } = publisher;
  return node(
    addressOf(epos.identifiers.webService),
    ['epos:WebService'],
    [
      ['schema:identifier', text(epos.identifiers.webService)],
      ['schema:name', words(epos.title)],
      ['schema:description', words(epos.description)],
      ['schema:datePublished', moment(service.published)],
      ['schema:dateModified', moment(modified)],
      ['schema:provider', iri(publisherAddress(publisher))],
      [
        'schema:keywords',
        [...new Set(epos.datasets.flatMap(({ keywords }) => keywords))].flatMap((keyword) => text(keyword)),
      ],
      ['hydra:entrypoint', uri(url(epos.entrypoint))],
      ['hydra:supportedOperation', iri(addressOf(epos.identifiers.operation))],
      ['dct:temporal', temporal(beginOf(described))],
      ['dct:spatial', spatial(described)],
      ['dcat:theme', iri(termAddress(epos.theme.id, 'v1'))],
      ['dct:license', uri(service.licence.url)],
      ['dct:conformsTo', iri(url('/api'))],
      ['dcat:contactPoint', iri(contactAddress(publisher))],
    ],
  );
}

function documentationNode({ site, url }: Publisher): Node {
  return node(
    url('/api'),
    ['hydra:ApiDocumentation'],
    [
      ['hydra:title', text(`${inLanguage(site.title, 'en')}: description of the interfaces`)],
      ['hydra:description', text('Addresses and parameters of the observatory’s interfaces, as OpenAPI')],
      ['hydra:entrypoint', uri(url('/api.html'))],
    ],
  );
}

function spatial(described: Described): readonly Term[] {
  const box = extentOf(described);
  return box === null ? [] : [node(null, ['dct:Location'], [['locn:geometry', typed(boxText(box), 'geo:wktLiteral')]])];
}

function temporal(begin: string | null): readonly Term[] {
  return begin === null ? [] : [node(null, ['dct:PeriodOfTime'], [['schema:startDate', moment(begin)]])];
}
