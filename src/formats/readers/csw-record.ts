// Reads csw:Record, BriefRecord and SummaryRecord of CSW 2.0.2 and 3.0 (OGC 07-006 10.2.5, OGC 12-176r7 7.3), and oai_dc:dc as far as the
// elements are the same. Corners of a box are latitude first where its reference system is EPSG:4326 by URN or address, or none.
import type { Link, LinkRole } from '../../model/description.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Box } from '../../model/geometry.ts';
import type { Level } from '../../model/record.ts';
import type { RecordTime } from '../../model/time.ts';
import { attributeOf, elementsOf, parseXml, textOf, type XmlElement, type XmlLimits } from '../syntax/xml.ts';
import { datestampOf, momentOf, periodOf } from './moment.ts';
import { doiOf, languageOf, NOTHING_READ, type ReadRecord } from './read-record.ts';
import { createPaths } from './xml-path.ts';

const paths = createPaths({
  csw: ['http://www.opengis.net/cat/csw/2.0.2', 'http://www.opengis.net/cat/csw/3.0'],
  dc: ['http://purl.org/dc/elements/1.1/'],
  dct: ['http://purl.org/dc/terms/'],
  ows: ['http://www.opengis.net/ows', 'http://www.opengis.net/ows/1.1', 'http://www.opengis.net/ows/2.0'],
  oai_dc: ['http://www.openarchives.org/OAI/2.0/oai_dc/'],
});
const ROOTS = ['csw:Record', 'csw:SummaryRecord', 'csw:BriefRecord', 'oai_dc:dc'];
const TOPIC_LIST = /MD_TopicCategoryCode$/;
const ACCESS: { readonly [name: string]: number } = { open: 0, public: 0, registered: 1, partner: 2, internal: 3 };
const REFERENCES: { readonly [scheme: string]: LinkRole } = {
  'WWW:DOWNLOAD-1.0-http--download': 'data',
  'WWW:LINK-1.0-http--link': 'landing',
  'WWW:LINK-1.0-http--related': 'related',
  'WWW:LINK-1.0-http--image-quicklook': 'quicklook',
  'WWW:LINK-1.0-http--image-thumbnail': 'thumbnail',
  OpenSearch: 'search',
  DOI: 'doi',
};

/** Gives what the first record in the text says. Throws SyntaxFault when there is none or the XML is bad. */
export function readCswRecord(text: string, limits?: XmlLimits): ReadRecord {
  const record = findRecord(parseXml(text, limits));
  if (record === undefined)
    throw new SyntaxFault('No csw:Record in the document.', 'Pas de csw:Record dans le document.');
  return readRecordElement(record);
}

/** As readCswRecord, for an element that is parsed already. */
export function readRecordElement(record: XmlElement): ReadRecord {
  const all = (path: string): readonly string[] =>
    paths
      .all(record, path)
      .map((element) => textOf(element).trim())
      .filter((text) => text !== '');
  const first = (path: string): string | null => all(path)[0] ?? null;
  const identifiers = all('dc:identifier');
  const subjects = paths.all(record, 'dc:subject');
  const doi = identifiers.map(doiOf).find((each) => each !== null) ?? null;
  const lang = languageOf(first('dc:language')) ?? 'en';
  const provenance = first('dct:provenance');
  const access = first('dct:accessRights');
  const licence = { id: null, title: first('dc:rights'), url: first('dct:license') };
  return {
    ...NOTHING_READ,
    level: levelOf(first('dc:type')),
    identifier: identifiers.find((each) => !/^https?:/.test(each)) ?? identifiers[0] ?? null,
    uri: identifiers.find((each) => /^https?:/.test(each) && doiOf(each) === null) ?? null,
    doi,
    parent: first('dc:relation') ?? first('dct:isPartOf'),
    lang,
    title: first('dc:title'),
    abstract: first('dct:abstract') ?? first('dc:description'),
    time: timeOf(first('dct:temporal')),
    bbox: boxOf(paths.first(record, 'ows:BoundingBox') ?? paths.first(record, 'ows:WGS84BoundingBox')),
    keywords: subjects.filter((each) => !isTopic(each) && !isTheme(each)).map((each) => textOf(each).trim()),
    themes: subjects
      .filter(isTheme)
      .map((each) => ({ label: { [lang]: textOf(each).trim() }, uri: attributeOf(each, 'scheme') ?? '' })),
    topics: subjects.filter(isTopic).map((each) => textOf(each).trim()),
    places: all('dct:spatial'),
    contacts: [
      ...all('dc:creator').map((organisation) => ({ organisation, role: 'originator' as const })),
      ...all('dc:publisher').map((organisation) => ({ organisation, role: 'publisher' as const })),
      ...all('dc:contributor').map((organisation) => ({ organisation, role: 'pointOfContact' as const })),
    ],
    authorization: access !== null && Object.hasOwn(ACCESS, access) ? (ACCESS[access] ?? null) : null,
    licence: licence.title === null && licence.url === null ? null : licence,
    lineage: provenance === null ? null : { [lang]: provenance },
    created: momentOf(first('dct:created')),
    published: momentOf(
      first('dct:issued') ?? publicationOf(first('dc:date'), first('dct:created'), first('dct:modified')),
    ),
    updated: datestampOf(first('dct:modified')),
    links: paths
      .all(record, 'dct:references')
      .flatMap(linkOf)
      .filter((link) => link.role !== 'doi' || doiOf(link.href) !== doi),
  };
}

function findRecord(element: XmlElement): XmlElement | undefined {
  if (ROOTS.some((name) => paths.is(element, name))) return element;
  return elementsOf(element)
    .map(findRecord)
    .find((found) => found !== undefined);
}

function isTopic(subject: XmlElement): boolean {
  return TOPIC_LIST.test(attributeOf(subject, 'scheme') ?? '');
}

/** Subjects of our own vocabularies; a scheme of others only says where a plain keyword comes from. */
function isTheme(subject: XmlElement): boolean {
  return attributeOf(subject, 'scheme')?.startsWith('http://inspire.ec.europa.eu/theme') ?? false;
}

function levelOf(type: string | null): Level {
  const term = type?.replace(/^.*[/#]/, '').toLowerCase();
  if (term === 'service') return 'service';
  return term === 'collection' || term === 'series' ? 'series' : 'dataset';
}

/** A plain date is that of publication, unless it only repeats the creation or the day of the last change. */
function publicationOf(date: string | null, created: string | null, modified: string | null): string | null {
  return date !== null && (date === created || modified?.startsWith(date)) ? null : date;
}

/** DCMI Period (`start=…; end=…`), `start/end`, or one instant. */
function timeOf(text: string | null): RecordTime {
  if (text === null) return { kind: 'none' };
  if (/\b(start|end)=/.test(text)) {
    const at = (name: string): string | undefined => new RegExp(`\\b${name}=([^;]*)`).exec(text)?.[1];
    return periodOf(momentOf(at('start')), momentOf(at('end'), true));
  }
  const [begin, end] = text.split('/');
  if (end !== undefined) return periodOf(momentOf(begin), momentOf(end, true));
  const at = momentOf(text);
  return at === null ? { kind: 'none' } : { kind: 'instant', at };
}

function boxOf(box: XmlElement | undefined): Box | null {
  const corner = (name: string): readonly number[] =>
    (textOf(paths.first(box, `ows:${name}`) ?? EMPTY) || '').trim().split(/\s+/).map(Number);
  if (box === undefined) return null;
  const [a = Number.NaN, b = Number.NaN] = corner('LowerCorner');
  const [c = Number.NaN, d = Number.NaN] = corner('UpperCorner');
  if (![a, b, c, d].every(Number.isFinite)) return null;
  const crs = attributeOf(box, 'crs') ?? '';
  const longitudeFirst = box.name === 'WGS84BoundingBox' || /CRS:?84/.test(crs) || /^EPSG:/i.test(crs);
  return longitudeFirst ? [a, b, c, d] : [b, a, d, c];
}

const EMPTY: XmlElement = {
  qname: '',
  namespace: '',
  name: '',
  attributes: [],
  declarations: new Map(),
  children: [],
  offset: 0,
};

function linkOf(reference: XmlElement): readonly Link[] {
  const href = textOf(reference).trim();
  const scheme = attributeOf(reference, 'scheme') ?? '';
  if (href === '') return [];
  const role = Object.hasOwn(REFERENCES, scheme) ? REFERENCES[scheme] : undefined;
  if (role !== undefined) return [{ role, href }];
  return [scheme === '' ? { role: 'related', href } : { role: 'related', href, protocol: scheme }];
}
