// The Turtle documents: one for each DDSS, and the catalogue of them all. Strict Turtle 1.1, absolute addresses alone.
import { EPOS_PREFIXES, iri, type Node, node, PREFIXES, text, turtle, turtleHead } from '../../formats/writers/rdf.ts';
import { inLanguage } from '../../model/text.ts';
import { addressOf, type Described, type Profile, type Publisher, publisherAddress } from './described.ts';
import { nodesV1 } from './profile-v1.ts';
import { nodesV3 } from './profile-v3.ts';
import { moment, type Property, termAddress, uri } from './shared-nodes.ts';

const { adms, dcat, dct, foaf, geo, locn, rdfs, skos, xsd } = PREFIXES;
const HEAD = turtleHead({ adms, dcat, dct, ...EPOS_PREFIXES, foaf, geo, locn, rdfs, skos, xsd });
const ENGLISH = 'http://publications.europa.eu/resource/authority/language/ENG';

function nodesOf(described: Described, publisher: Publisher, profile: Profile): readonly Node[] {
  return profile === 'v3' ? nodesV3(described, publisher) : nodesV1(described, publisher);
}

/** Nodes that several DDSS share are written once. */
function document(nodes: readonly Node[]): string {
  const written = new Map<string, string>();
  for (const subject of nodes) written.set(subject.iri ?? `${written.size}`, turtle(subject));
  return HEAD + [...written.values()].join('');
}

/** The description of one DDSS. */
export function ddssDocument(described: Described, publisher: Publisher, profile: Profile): string {
  return document(nodesOf(described, publisher, profile));
}

/** The catalogue with everything that it lists. */
export function catalogueDocument(all: readonly Described[], publisher: Publisher, profile: Profile): string {
  return document([
    ...catalogueNodes(all, publisher, profile),
    ...all.flatMap((described) => nodesOf(described, publisher, profile)),
  ]);
}

function catalogueNodes(all: readonly Described[], publisher: Publisher, profile: Profile): readonly Node[] {
  const { site, url } = publisher;
  const schemes = [...new Set(all.map(({ epos }) => termAddress(epos.theme.scheme, profile)))];
  const dates = all.map(({ service }) => service.published).sort();
  const changes = all.map(({ modified }) => modified).sort();
  const service: readonly Property[] =
    profile === 'v3' ? [['dcat:service', all.flatMap(({ epos }) => iri(addressOf(epos.identifiers.webService)))]] : [];
  return [
    node(
      url('/epos/catalog.ttl'),
      ['dcat:Catalog'],
      [
        ['dct:title', text(inLanguage(site.title, 'en'))],
        ['dct:description', text(inLanguage(site.description, 'en'))],
        ['dct:publisher', iri(publisherAddress(publisher))],
        ['dct:issued', moment(dates[0] ?? null)],
        ['dct:modified', moment(changes.at(-1) ?? null)],
        ['dct:language', iri(ENGLISH)],
        ['foaf:homepage', iri(url('/'))],
        ['dcat:themeTaxonomy', schemes.flatMap((scheme) => (profile === 'v3' ? iri(scheme) : uri(scheme)))],
        [
          'dcat:dataset',
          all.flatMap(({ epos }) => epos.datasets.flatMap(({ identifier }) => iri(addressOf(identifier)))),
        ],
        ...service,
      ],
    ),
    node(ENGLISH, ['dct:LinguisticSystem'], []),
    node(url('/'), ['foaf:Document'], []),
  ];
}
