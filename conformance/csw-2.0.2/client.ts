// Requests of CSW 2.0.2 in pairs and in XML, and what a server says of itself.
import { type Answer, type Headers, type Http, type Pairs, withQuery } from '../kit/http.ts';
import { must, none, type Target } from '../kit/requirement.ts';
import type { Doc } from '../kit/xml.ts';
import type { SchemaSet } from '../kit/xsd.ts';

export const CSW = 'http://www.opengis.net/cat/csw/2.0.2';
export const GMD = 'http://www.isotc211.org/2005/gmd';

export interface Facts {
  readonly address: string;
  readonly capabilities: Answer;
  /** Twenty csw:Record in full, as they come. */
  readonly records: Answer;
}

/** A request in pairs: service and version are there unless the pairs say otherwise. */
export const kvp = (http: Http, address: string, pairs: Pairs, headers: Headers = {}): Promise<Answer> =>
  http.get(withQuery(address, { service: 'CSW', version: '2.0.2', ...pairs }), headers);

export interface Query {
  /** Attributes of GetRecords besides service and version. */
  readonly attributes?: string;
  readonly typeNames?: string;
  readonly set?: string;
  readonly elements?: readonly string[];
  /** Content of ogc:Filter. */
  readonly filter?: string;
  /** `dc:identifier ASC` */
  readonly sort?: string;
}

const ROOT =
  'xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml" ' +
  'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/" xmlns:ows="http://www.opengis.net/ows" ' +
  'xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:apiso="http://www.opengis.net/cat/csw/apiso/1.0" service="CSW" version="2.0.2"';

/** Text for XML. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

export function getRecords({
  attributes = 'resultType="results"',
  typeNames = 'csw:Record',
  set,
  elements,
  filter,
  sort,
}: Query): string {
  const what =
    elements === undefined
      ? `<csw:ElementSetName>${set ?? 'summary'}</csw:ElementSetName>`
      : elements.map((name) => `<csw:ElementName>${name}</csw:ElementName>`).join('');
  const constraint =
    filter === undefined ? '' : `<csw:Constraint version="1.1.0"><ogc:Filter>${filter}</ogc:Filter></csw:Constraint>`;
  const [name, order] = (sort ?? '').split(' ');
  const sorted =
    sort === undefined
      ? ''
      : `<ogc:SortBy><ogc:SortProperty><ogc:PropertyName>${name}</ogc:PropertyName><ogc:SortOrder>${order}</ogc:SortOrder></ogc:SortProperty></ogc:SortBy>`;
  return `<csw:GetRecords ${ROOT} ${attributes}><csw:Query typeNames="${typeNames}">${what}${constraint}${sorted}</csw:Query></csw:GetRecords>`;
}

export const describeRecord = (content: string, attributes = ''): string =>
  `<csw:DescribeRecord ${ROOT} ${attributes}>${content}</csw:DescribeRecord>`;

/** A GetRecords request in XML whose answer is a GetRecordsResponse; with a folder of schemas, a valid one. */
export async function search(target: Target, facts: Facts, query: Query): Promise<Answer> {
  const answer = await target.http.post(facts.address, 'application/xml', getRecords(query));
  must(answer.status === 200, `status 200 expected, ${answer.status} found`, answer);
  must(
    answer.xml().name === 'GetRecordsResponse' && answer.xml().namespace === CSW,
    'no csw:GetRecordsResponse',
    answer,
  );
  return answer;
}

export const matched = (answer: Answer): number =>
  Number(answer.xml().text('//csw:SearchResults/@numberOfRecordsMatched') || Number.NaN);
export const returned = (answer: Answer): number =>
  Number(answer.xml().text('//csw:SearchResults/@numberOfRecordsReturned') || Number.NaN);
export const results = (answer: Answer): readonly Doc[] => answer.xml().nodes('//csw:SearchResults/*');
export const ids = (answer: Answer): readonly string[] => answer.xml().all('//csw:SearchResults/*/dc:identifier[1]');

/** Valid by the schemas, where a folder was given. */
export function valid(target: Target, answer: Answer, set: SchemaSet): void {
  if (target.xsd !== null) none(target.xsd.faults(answer.text, set), 'not valid', answer);
}

/** An OWS 1.0 exception report with the code and, if given, the locator (in any case). */
export function refused(answer: Answer, code: string, locator?: string): void {
  must(/\/xml$|\+xml$/.test(answer.media), `an exception report in XML expected, "${answer.type}" found`, answer);
  const report = answer.xml();
  must(
    report.name === 'ExceptionReport' && report.namespace === 'http://www.opengis.net/ows',
    'no ows:ExceptionReport',
    answer,
  );
  must(report.text('/*/@version') === '1.2.0', 'the report is not of version 1.2.0', answer);
  const codes = report.all('//ows:Exception/@exceptionCode');
  must(codes.includes(code), `exceptionCode ${code} expected, ${codes.join(', ')} found`, answer);
  must(
    report.all('//ows:ExceptionText').every((text) => text !== ''),
    'an empty ExceptionText',
    answer,
  );
  if (locator === undefined) return;
  const locators = report.all('//ows:Exception/@locator').map((text) => text.toLowerCase());
  must(locators.includes(locator.toLowerCase()), `locator ${locator} expected, ${locators.join(', ')} found`, answer);
}

export const compare = (operator: string, name: string, value: string, attributes = ''): string =>
  `<ogc:PropertyIs${operator}${attributes}><ogc:PropertyName>${name}</ogc:PropertyName><ogc:Literal>${escaped(value)}</ogc:Literal></ogc:PropertyIs${operator}>`;

export const like = (name: string, value: string): string =>
  `<ogc:PropertyIsLike wildCard="*" singleChar="#" escapeChar="!"><ogc:PropertyName>${name}</ogc:PropertyName><ogc:Literal>${escaped(value)}</ogc:Literal></ogc:PropertyIsLike>`;

/** A box, its corners in the order of the reference system. */
export const bbox = (lower: string, upper: string, srs: string, name = 'ows:BoundingBox'): string =>
  `<ogc:BBOX><ogc:PropertyName>${name}</ogc:PropertyName><gml:Envelope srsName="${srs}"><gml:lowerCorner>${lower}</gml:lowerCorner><gml:upperCorner>${upper}</gml:upperCorner></gml:Envelope></ogc:BBOX>`;

export const not = (filter: string): string => `<ogc:Not>${filter}</ogc:Not>`;
