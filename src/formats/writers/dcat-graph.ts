// A record as DCAT 3 with the terms of DCAT-AP 3 and GeoDCAT-AP 3: the thing described, the description, and the organisations behind it.
import { codeOf } from '../../model/codes.ts';
import type { Relation } from '../../model/description.ts';
import { type DoorFields, doorOf } from '../../model/door.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord, Level } from '../../model/record.ts';
import type { Site } from '../../model/site.ts';
import { LANGUAGES } from '../../model/text.ts';
import {
  agentNode,
  descriptionOf,
  distributionsOf,
  EU_LANGUAGES,
  momentTerm,
  partiesOf,
  spatial,
  temporal,
  texts,
} from './dcat-parts.ts';
import { baseOf, catalogueAddress, recordAddress } from './own-addresses.ts';
import { iri, type Name, type Node, node, type Term, text, typed } from './rdf.ts';
import { doiAddress, linksOf } from './record-links.ts';

type Property = readonly [Name, readonly Term[]];

const INSPIRE = 'http://inspire.ec.europa.eu/metadata-codelist';
const GEODCAT_AP = 'http://data.europa.eu/930/';
/** Everything that an observatory of Earth and atmosphere measures. */
const DATA_THEME = 'http://publications.europa.eu/resource/authority/data-theme/ENVI';

const CLASSES: { readonly [L in Level]: Name } = {
  dataset: 'dcat:Dataset',
  series: 'dcat:DatasetSeries',
  service: 'dcat:DataService',
};
/** What the catalogue says of its members. */
const MEMBERSHIP: { readonly [L in Level]: Name } = {
  dataset: 'dcat:dataset',
  series: 'dcat:dataset',
  service: 'dcat:service',
};

/** MD_MaintenanceFrequencyCode → frequency of the Publications Office. */
const FREQUENCIES: { readonly [code: string]: string } = {
  continual: 'CONT',
  daily: 'DAILY',
  weekly: 'WEEKLY',
  fortnightly: 'BIWEEKLY',
  monthly: 'MONTHLY',
  quarterly: 'QUARTERLY',
  biannually: 'ANNUAL_2',
  annually: 'ANNUAL',
  asNeeded: 'IRREG',
  irregular: 'IRREG',
  notPlanned: 'NEVER',
};

/** The nodes of one record: the resource, its CatalogRecord, its organisations. Each has an address of its own. */
export function dcatNodes(record: CatalogRecord, view: RecordView): readonly Node[] {
  const parties = partiesOf(record, view);
  const door = doorOf(record);
  const own = record.level === 'service' ? serviceProperties(record, view, door) : dataProperties(record, view);
  const address = view.uri(record);
  const resource = node(
    address,
    [CLASSES[record.level]],
    [
      ['dct:identifier', text(record.identifier)],
      ...descriptionOf(record),
      ...own,
      ['dct:accessRights', iri(codeOf(view.codes.authorization, record.authorization)?.dcat)],
      ...parties.properties,
    ],
  );
  return [resource, recordNode(record, view), ...parties.agents];
}

function recordNode(record: CatalogRecord, view: RecordView): Node {
  return node(
    recordAddress(record, view),
    ['dcat:CatalogRecord'],
    [
      ['foaf:primaryTopic', iri(view.uri(record))],
      ['dct:identifier', text(record.identifier)],
      ['dct:issued', momentTerm(record.entered)],
      ['dct:modified', momentTerm(record.updated)],
      ['dct:language', iri(EU_LANGUAGES[record.lang])],
      ['dct:conformsTo', iri(GEODCAT_AP)],
      ['dct:source', iri(record.origin)],
    ],
  );
}

/** The catalogue itself, without its members. */
export function catalogueNodes(site: Site, base: string): readonly Node[] {
  const publisher = agentNode(site.organisation);
  const catalogue = node(
    catalogueAddress(base),
    ['dcat:Catalog'],
    [
      ['dct:title', texts(site.title)],
      ['dct:description', texts(site.description)],
      ['dct:publisher', publisher.iri === null ? [publisher] : iri(publisher.iri)],
      ['dct:language', LANGUAGES.flatMap((language) => iri(EU_LANGUAGES[language]))],
      ['dct:license', iri(site.licence.url)],
      ['foaf:homepage', iri(`${base}/`)],
      ['dcat:themeTaxonomy', iri('http://publications.europa.eu/resource/authority/data-theme')],
    ],
  );
  return publisher.iri === null ? [catalogue] : [catalogue, publisher];
}

/** That the record is in the catalogue. */
export function membershipNode(record: CatalogRecord, view: RecordView): Node {
  return node(
    catalogueAddress(baseOf(record, view)),
    [],
    [
      [MEMBERSHIP[record.level], iri(view.uri(record))],
      ['dcat:record', iri(recordAddress(record, view))],
    ],
  );
}

function dataProperties(record: CatalogRecord, view: RecordView): readonly Property[] {
  const links = linksOf(record, view);
  const pages = (role: string) => links.filter((link) => link.role === role).flatMap((link) => iri(link.href));
  const related = (fits: (relation: Relation | undefined) => boolean) =>
    links.filter((link) => link.role === 'related' && fits(link.relation)).flatMap((link) => iri(link.href));
  const series = record.level === 'dataset' && record.parent !== null;
  return [
    ['geodcatap:resourceType', iri(`${INSPIRE}/ResourceType/${record.level}`)],
    ['dct:created', momentTerm(record.created)],
    ['dct:issued', momentTerm(record.published)],
    ['dct:language', iri(EU_LANGUAGES[record.lang])],
    ['dcat:keyword', record.keywords.flatMap((keyword) => text(keyword, record.lang))],
    ['dcat:theme', [...record.themes.flatMap((theme) => iri(theme.uri)), ...iri(DATA_THEME)]],
    ['geodcatap:topicCategory', record.topics.flatMap((topic) => iri(`${INSPIRE}/TopicCategory/${topic}`))],
    ['dcat:inSeries', series ? iri(view.uri({ ...record, id: 0, level: 'series' })) : []],
    ['dcat:version', text(record.version)],
    ['adms:identifier', record.doi === null ? [] : [doiNode(record.doi)]],
    ['dct:spatial', spatial(record)],
    ['dct:temporal', temporal(record.time)],
    ['dct:accrualPeriodicity', iri(frequencyOf(record, view))],
    ['dcat:spatialResolutionInMeters', typed(record.resolutionMetres, 'xsd:decimal')],
    ['geodcatap:referenceSystem', systemOf(record)],
    ['dct:provenance', provenanceOf(record)],
    ['dcat:landingPage', pages('landing')],
    ['foaf:page', related((relation) => relation === undefined)],
    ['dct:relation', related((relation) => relation !== undefined)],
    ['foaf:depiction', [...pages('quicklook'), ...pages('thumbnail')]],
    ['dcat:distribution', record.level === 'dataset' ? distributionsOf(record, view, links) : []],
  ];
}

function serviceProperties(record: CatalogRecord, view: RecordView, door: DoorFields | undefined): readonly Property[] {
  const base = baseOf(record, view);
  const serves = door?.operatesOn.flatMap((identifier) => {
    return iri(`${base}/id/${encodeURIComponent(identifier.slice(identifier.lastIndexOf(':') + 1))}`);
  });
  const links = linksOf(record, view).filter((link) => link.role === 'landing');
  return [
    ['geodcatap:resourceType', iri(`${INSPIRE}/ResourceType/service`)],
    ['dct:issued', momentTerm(record.published)],
    ['dcat:keyword', record.keywords.flatMap((keyword) => text(keyword, record.lang))],
    // A service of others that says no more of itself: its address here is where it is described.
    ['dcat:endpointURL', iri(door?.endpoint ?? record.storedLinks[0]?.href ?? view.uri(record))],
    ['dcat:endpointDescription', iri(door?.description)],
    ['geodcatap:serviceType', iri(door === undefined ? undefined : `${INSPIRE}/SpatialDataServiceType/${door.type}`)],
    [
      'geodcatap:serviceCategory',
      iri(
        door === undefined || door.category === ''
          ? undefined
          : `${INSPIRE}/SpatialDataServiceCategory/${door.category}`,
      ),
    ],
    ['dcat:servesDataset', serves ?? []],
    ['dct:license', iri(record.licence.url)],
    ['dcat:landingPage', links.flatMap((link) => iri(link.href))],
  ];
}

function frequencyOf(record: CatalogRecord, view: RecordView): string {
  const acquisition = record.level === 'dataset' ? codeOf(view.codes.acquisition, record.acquisition) : undefined;
  if (acquisition !== undefined) return acquisition.frequency;
  return `http://publications.europa.eu/resource/authority/frequency/${FREQUENCIES[record.maintenance] ?? 'UNKNOWN'}`;
}

function systemOf({ position }: CatalogRecord): readonly Term[] {
  return position === null ? [] : iri(`http://www.opengis.net/def/crs/EPSG/0/${position.epsg}`);
}

function provenanceOf({ lineage }: CatalogRecord): readonly Term[] {
  const labels = texts(lineage);
  return labels.length === 0 ? [] : [node(null, ['dct:ProvenanceStatement'], [['rdfs:label', labels]])];
}

function doiNode(doi: string): Node {
  return node(
    null,
    ['adms:Identifier'],
    [
      ['skos:notation', typed(doiAddress(doi), 'xsd:anyURI')],
      ['adms:schemaAgency', text('DataCite')],
    ],
  );
}
