// GetRecords as an Atom feed with the OpenSearch elements (OGC 12-176r7 7.3.6; OGC 10-032r8 tables 6 and 7). Entries are those of the
// registered Atom format, their place the box, as CSW has it.
import { hoistDeclarations } from '../../formats/writers/bare-element.ts';
import { decimal, xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { Links } from '../../http/links.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { RecordView } from '../../model/format.ts';
import type { ResultPage } from '../../model/query.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { Call } from './call.ts';
import type { GetRecordsRequest } from './get-records-request.ts';
import { OSDD_PARAMETERS } from './osdd-parameters.ts';
import { writeRecords } from './record-writer.ts';
import { ATOM_TYPE, OSDD_TYPE } from './vocabulary.ts';

export interface FeedParts {
  readonly links: Links;
  readonly mappings: Mappings;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const ATOM = 'http://www.w3.org/2005/Atom';
const OS = 'http://a9.com/-/spec/opensearch/1.1/';
const GEO = 'http://a9.com/-/opensearch/extensions/geo/1.0/';
const TIME = 'http://a9.com/-/opensearch/extensions/time/1.0/';
const PLACE = /<georss:(point|line|polygon|where)>.*?<\/georss:\1>/s;

/** The entry with its box instead of its geometry. */
export function entryWithBox(entry: string, { bbox }: CatalogRecord): string {
  if (bbox === null) return entry;
  const [west, south, east, north] = bbox;
  const corners = [south, west, north, east].map((degrees) => decimal(degrees)).join(' ');
  return entry.replace(PLACE, `<georss:box>${corners}</georss:box>`);
}

/** The search again, from another record on. */
function pageAddress(call: Call, links: Links, startPosition: number): string {
  const query = new URLSearchParams(
    [...call.parameters].filter(([name, value]) => name !== 'startposition' && value !== ''),
  );
  query.set('startposition', String(startPosition));
  return `${links.url(call.path)}?${query}`;
}

function pageLinks(call: Call, request: GetRecordsRequest, total: number, links: Links): string {
  const { startPosition, query } = request;
  const { limit } = query;
  const link = (rel: string, start: number): string =>
    `<link rel="${rel}" type="${ATOM_TYPE}" href="${xmlAttribute(pageAddress(call, links, start))}"/>`;
  let text = link('self', startPosition);
  // An XML request has no address to go on at.
  if (call.sent !== null || limit === 0) return text;
  text += link('first', 1);
  if (startPosition > 1) text += link('previous', Math.max(1, startPosition - limit));
  if (startPosition + limit <= total) text += link('next', startPosition + limit);
  return text;
}

/** `os:Query role="request"` with the used parameters by their names in the template. */
function queryElement(call: Call): string {
  let attributes = '';
  for (const { name, template } of OSDD_PARAMETERS) {
    const value = call.parameters.get(name.toLowerCase());
    if (value !== undefined && value.trim() !== '') attributes += ` ${template}="${xmlAttribute(value)}"`;
  }
  return `<os:Query role="request"${attributes}/>`;
}

export function writeFeed(
  call: Call,
  request: GetRecordsRequest,
  page: ResultPage,
  view: (sequence: number) => RecordView,
  language: Language,
  { links, mappings, clock }: FeedParts,
): string {
  const { site } = mappings;
  const { organisation, email } = site.organisation;
  const total = page.total ?? 0;
  const written = writeRecords(page.records, request, view).map((entry, i) =>
    entryWithBox(entry, page.records[i] as CatalogRecord),
  );
  const { declarations, elements } = hoistDeclarations(written, new Map([['', ATOM]]));
  const updated =
    page.records
      .map((record) => record.updated)
      .sort()
      .at(-1) ?? `${new Date(clock()).toISOString().slice(0, 19)}Z`;
  return (
    `<feed xmlns="${ATOM}" xmlns:os="${OS}" xmlns:geo="${GEO}" xmlns:time="${TIME}"${declarations} xml:lang="${language}">` +
    `<id>${xmlText(pageAddress(call, links, 1))}</id><title>${xmlText(inLanguage(site.title, language))}</title>` +
    `<updated>${updated}</updated>` +
    `<author><name>${xmlText(organisation)}</name>${email === undefined ? '' : `<email>${xmlText(email)}</email>`}</author>` +
    `<generator>vobs</generator>${pageLinks(call, request, total, links)}` +
    `<link rel="search" type="${OSDD_TYPE}" href="${xmlAttribute(links.url('/csw/osdd.xml'))}"/>` +
    `<os:totalResults>${total}</os:totalResults><os:startIndex>${request.startPosition}</os:startIndex>` +
    `<os:itemsPerPage>${request.query.limit}</os:itemsPerPage>${queryElement(call)}\n${elements.join('\n')}</feed>`
  );
}
