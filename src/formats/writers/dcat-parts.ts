// Parts of a DCAT description: where, when, who, and how the data are had (DCAT 3, GeoDCAT-AP 3).
import { codeOf } from '../../model/codes.ts';
import type { Contact, Link, Role } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { LANGUAGES, type Language, type Localised } from '../../model/text.ts';
import type { Moment, RecordTime } from '../../model/time.ts';
import { boxGeometry } from './antimeridian.ts';
import { CREATOR_ROLES, distinct, publisherOf } from './parties.ts';
import { iri, type Name, type Node, node, type Term, text, typed } from './rdf.ts';
import { abstractIn, decimal, titleIn } from './text.ts';
import { wellKnownText } from './wkt-text.ts';

type Property = readonly [Name, readonly Term[]];

/** Codes of the Publications Office's language list. */
export const EU_LANGUAGES: { readonly [L in Language]: string } = {
  en: 'http://publications.europa.eu/resource/authority/language/ENG',
  fr: 'http://publications.europa.eu/resource/authority/language/FRA',
};

export function texts(label: Localised | null | undefined): readonly Term[] {
  return LANGUAGES.flatMap((language) => text(label?.[language], language));
}

/** Title and abstract in the languages that the record has them in, its own first. */
export function descriptionOf(record: CatalogRecord): readonly Property[] {
  const others = LANGUAGES.filter(
    (language) => language !== record.lang && record.translations[language] !== undefined,
  );
  const said = (of: typeof titleIn, name: 'title' | 'abstract') => [
    ...text(of(record, record.lang), record.lang),
    ...others.flatMap((language) => text(record.translations[language]?.[name], language)),
  ];
  return [
    ['dct:title', said(titleIn, 'title')],
    ['dct:description', said(abstractIn, 'abstract')],
  ];
}

/** A day as xsd:date, a moment as xsd:dateTime. */
export function momentTerm(moment: Moment | null): readonly Term[] {
  return typed(moment, moment?.includes('T') ? 'xsd:dateTime' : 'xsd:date');
}

/** An open end is left out (DCAT 3, 6.17). */
export function temporal(time: RecordTime): readonly Term[] {
  if (time.kind === 'none') return [];
  const [begin, end] = time.kind === 'instant' ? [time.at, time.at] : [time.begin, time.end];
  if (begin === null && end === null) return [];
  return [
    node(
      null,
      ['dct:PeriodOfTime'],
      [
        ['dcat:startDate', momentTerm(begin)],
        ['dcat:endDate', momentTerm(end)],
      ],
    ),
  ];
}

/** Box, centre and shape as WKT on CRS84: longitude first (GeoSPARQL 1.1, 8.4.1); a point has its height as third coordinate. */
export function spatial(record: CatalogRecord): readonly Term[] {
  const { bbox, geometry, places } = record;
  const labels: Property = ['skos:prefLabel', places.flatMap((place) => text(place, record.lang))];
  if (bbox === null) return places.length === 0 ? [] : [node(null, ['dct:Location'], [labels])];
  const [west, south, east, north] = bbox;
  const centre = `POINT(${middle(west, east < west ? east + 360 : east)} ${middle(south, north)})`;
  const isPoint = west === east && south === north;
  const shape = geometry ?? boxGeometry(bbox);
  return [
    node(
      null,
      ['dct:Location'],
      [
        labels,
        ['dcat:bbox', typed(boxText(west, south, east, north), 'geo:wktLiteral')],
        ['dcat:centroid', typed(centre, 'geo:wktLiteral')],
        ['locn:geometry', typed(wellKnownText(shape, isPoint ? record.elevation : null), 'geo:wktLiteral')],
      ],
    ),
  ];
}

function boxText(west: number, south: number, east: number, north: number): string {
  const [w, s, e, n] = [decimal(west), decimal(south), decimal(east), decimal(north)];
  return `POLYGON((${w} ${s},${e} ${s},${e} ${n},${w} ${n},${w} ${s}))`;
}

function middle(from: number, to: number): string {
  const value = (from + to) / 2;
  return decimal(Math.round((value > 180 ? value - 360 : value) * 1e6) / 1e6);
}

/** Roles that GeoDCAT-AP has a property for. */
const ROLE_PROPERTIES: { readonly [R in Role]?: Name } = {
  owner: 'dct:rightsHolder',
  custodian: 'geodcatap:custodian',
  distributor: 'geodcatap:distributor',
  originator: 'geodcatap:originator',
  principalInvestigator: 'geodcatap:principalInvestigator',
  processor: 'geodcatap:processor',
  resourceProvider: 'geodcatap:resourceProvider',
  user: 'geodcatap:user',
};

export interface Parties {
  readonly properties: readonly Property[];
  /** Organisations that have an address, as nodes of their own. */
  readonly agents: readonly Node[];
}

export function partiesOf(record: CatalogRecord, view: RecordView): Parties {
  const agents = new Map<string, Node>();
  const agent = (contact: Contact): Term => {
    const described = agentNode(contact);
    if (described.iri === null) return described;
    if (!agents.has(described.iri)) agents.set(described.iri, described);
    return { kind: 'iri', iri: described.iri };
  };
  const creators = distinct(record.contacts.filter((contact) => CREATOR_ROLES.includes(contact.role)));
  const byRole = Object.entries(ROLE_PROPERTIES).map(([role, name]): Property => {
    const holders = record.contacts.filter((contact) => contact.role === role);
    return [name, distinct(holders).map(agent)];
  });
  const points = record.contacts.filter((contact) => contact.role === 'pointOfContact');
  const contacts = distinct(points.length > 0 ? points : [view.site.organisation]);
  return {
    properties: [
      ['dct:publisher', [agent(publisherOf(record, view.site))]],
      ['dct:creator', creators.map(agent)],
      ...byRole,
      ['dcat:contactPoint', contacts.map(contactNode)],
    ],
    get agents() {
      return [...agents.values()];
    },
  };
}

export function agentNode(contact: Contact): Node {
  const address = [contact.identifier, contact.url].find((each) => each !== undefined && /^https?:/.test(each));
  return node(
    address ?? null,
    ['foaf:Agent'],
    [
      ['foaf:name', text(contact.organisation)],
      ['foaf:homepage', contact.url === address ? [] : iri(contact.url)],
    ],
  );
}

function contactNode(contact: Contact): Term {
  return node(
    null,
    ['vcard:Organization'],
    [
      ['vcard:fn', text(contact.organisation)],
      ['vcard:hasEmail', contact.email === undefined ? [] : iri(`mailto:${contact.email}`)],
      ['vcard:hasURL', iri(contact.url)],
    ],
  );
}

/** One for each link to data. */
export function distributionsOf(record: CatalogRecord, view: RecordView, links: readonly Link[]): readonly Term[] {
  return links
    .filter((link) => link.role === 'data')
    .map((link) => {
      const bare = link.type?.split(';')[0]?.trim();
      const known = view.codes.format.find((format) => format.mediaType.split(';')[0] === bare);
      const title = link.title ?? known?.isoName ?? bare;
      return node(
        null,
        ['dcat:Distribution'],
        [
          ['dct:title', text(title)],
          ['dcat:accessURL', iri(link.href)],
          ['dcat:downloadURL', iri(link.href)],
          ['dct:format', iri(known?.fileType)],
          ['dcat:mediaType', iri(registered(bare))],
          ['dcat:byteSize', typed(link.length, 'xsd:nonNegativeInteger')],
          ['dct:license', iri(record.licence.url)],
          ['dct:accessRights', iri(codeOf(view.codes.authorization, record.authorization)?.dcat)],
        ],
      );
    });
}

/** Types with `x-` are nobody's at IANA. */
function registered(type: string | undefined): string | undefined {
  return type === undefined || /\/x-/.test(type) ? undefined : `https://www.iana.org/assignments/media-types/${type}`;
}
