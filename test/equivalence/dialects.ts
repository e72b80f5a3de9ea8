// One question in the words of six dialects, asked over HTTP and read by a client that imports nothing from src. What it knows of each dialect
// is what its standard says: how a search is asked, where the total and the identifiers stand, how one comes to the next page.
import { XmlDocument, type XmlElement } from 'libxml2-wasm';

/** A search of data sets that every dialect can ask. */
export interface Question {
  readonly words: readonly string[];
  /** west, south, east, north in degrees; west > east crosses the antimeridian. */
  readonly box: readonly [number, number, number, number] | null;
  /** Closed interval, RFC 3339 instants. */
  readonly time: readonly [begin: string, end: string] | null;
  /** Name of an observation service. */
  readonly service: string | null;
  readonly order: 'newest' | 'title' | 'title descending';
  readonly pageSize: number;
}

export interface Reading {
  readonly total: number;
  /** Identifiers of the first pages, in order. */
  readonly ids: readonly string[];
}

export interface Sent {
  readonly path: string;
  readonly body?: string;
  readonly type?: string;
}
/** Gives the text of an answer of 200; throws on every other one. */
export type Ask = (sent: Sent) => Promise<string>;

export interface Dialect {
  readonly name: string;
  readonly read: (question: Question, pages: number, ask: Ask) => Promise<Reading>;
}

const NAMES = {
  atom: 'http://www.w3.org/2005/Atom',
  os: 'http://a9.com/-/spec/opensearch/1.1/',
  dc: 'http://purl.org/dc/elements/1.1/',
  csw2: 'http://www.opengis.net/cat/csw/2.0.2',
  csw3: 'http://www.opengis.net/cat/csw/3.0',
};
/** A page as it was read, and how to ask for the next one; null: the last. */
interface Page {
  readonly total: number;
  readonly ids: readonly string[];
  readonly next: Sent | null;
}

async function walk(
  first: Sent,
  pages: number,
  ask: Ask,
  readPage: (text: string, sent: Sent) => Page,
): Promise<Reading> {
  const ids: string[] = [];
  let total = -1;
  let sent: Sent | null = first;
  for (let page = 0; page < pages && sent !== null; page++) {
    const read: Page = readPage(await ask(sent), sent);
    if (page > 0 && read.total !== total) throw new Error(`the total changes from ${total} to ${read.total}`);
    total = read.total;
    ids.push(...read.ids);
    sent = read.next;
  }
  return { total, ids };
}

function parametersOf(pairs: { readonly [name: string]: string | number | null | undefined }): string {
  const given = Object.entries(pairs).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(given).toString();
}

const texts = (document: XmlDocument, path: string): string[] =>
  (document.find(path, NAMES) as XmlElement[]).map((node) => node.content);
const pathOf = (href: string): string => {
  const { pathname, search } = new URL(href);
  return `${pathname}${search}`;
};
const quoted = (words: readonly string[]): string | null => (words.length === 0 ? null : words.join(' '));

function openSearchPath(format: string, { words, box, time, service, order, pageSize }: Question): string {
  const query = parametersOf({
    q: quoted(words),
    box: box?.join(','),
    start: time?.[0],
    end: time?.[1],
    level: 'dataset',
    sortKeys: order === 'newest' ? null : `title,,${order === 'title' ? 1 : 0}`,
    count: pageSize,
  });
  return `/vobs/opensearch/${service ?? 'records'}/search.${format}?${query}`;
}

const openSearchAtom: Dialect = {
  name: 'OpenSearch, Atom',
  read: (question, pages, ask) =>
    walk({ path: openSearchPath('atom', question) }, pages, ask, (text) => {
      const document = XmlDocument.fromString(text);
      const [next] = texts(document, "/atom:feed/atom:link[@rel='next']/@href");
      return {
        total: Number(texts(document, '/atom:feed/os:totalResults')[0]),
        ids: texts(document, '/atom:feed/atom:entry/dc:identifier'),
        next: next === undefined ? null : { path: pathOf(next) },
      };
    }),
};

const openSearchGeoJson: Dialect = {
  name: 'OpenSearch, GeoJSON by startIndex',
  read: (question, pages, ask) => {
    const path = openSearchPath('geojson', question);
    let seen = 0;
    return walk({ path }, pages, ask, (text) => {
      const { totalResults, features } = JSON.parse(text) as { totalResults: number; features: { id: string }[] };
      seen += features.length;
      return {
        total: totalResults,
        ids: features.map(({ id }) => id),
        next: seen < totalResults ? { path: `${path}&startIndex=${seen + 1}` } : null,
      };
    });
  },
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function conditions2({ words, box, time, service }: Question): string {
  const compare = (name: string, property: string, value: string): string =>
    `<ogc:${name}><ogc:PropertyName>${property}</ogc:PropertyName><ogc:Literal>${escaped(value)}</ogc:Literal></ogc:${name}>`;
  const missing = (property: string): string =>
    `<ogc:PropertyIsNull><ogc:PropertyName>${property}</ogc:PropertyName></ogc:PropertyIsNull>`;
  const parts = [compare('PropertyIsEqualTo', 'dc:type', 'dataset')];
  for (const word of words) parts.push(compare('PropertyIsEqualTo', 'csw:AnyText', word));
  if (service !== null) parts.push(compare('PropertyIsEqualTo', 'apiso:ParentIdentifier', `opgc:${service}`));
  if (box !== null) {
    const [west, south, east, north] = box;
    parts.push(
      `<ogc:BBOX><ogc:PropertyName>ows:BoundingBox</ogc:PropertyName><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326"><gml:lowerCorner>${south} ${west}</gml:lowerCorner><gml:upperCorner>${north} ${east}</gml:upperCorner></gml:Envelope></ogc:BBOX>`,
    );
  }
  if (time !== null) {
    // The filter of 2.0.2 has no relations of time: begun before the end, and not ended before the beginning.
    const [begin, end] = time;
    const some = `<ogc:Not><ogc:And>${missing('apiso:TempExtent_begin')}${missing('apiso:TempExtent_end')}</ogc:And></ogc:Not>`;
    const begun = `<ogc:Or>${compare('PropertyIsLessThanOrEqualTo', 'apiso:TempExtent_begin', end)}${missing('apiso:TempExtent_begin')}</ogc:Or>`;
    const open = `<ogc:Or>${compare('PropertyIsGreaterThanOrEqualTo', 'apiso:TempExtent_end', begin)}${missing('apiso:TempExtent_end')}</ogc:Or>`;
    parts.push(some, begun, open);
  }
  return parts.length === 1 ? parts.join('') : `<ogc:And>${parts.join('')}</ogc:And>`;
}

const csw2: Dialect = {
  name: 'CSW 2.0.2, XML',
  read: (question, pages, ask) => {
    const { order, pageSize } = question;
    const sort =
      order === 'newest'
        ? ''
        : `<ogc:SortBy><ogc:SortProperty><ogc:PropertyName>dc:title</ogc:PropertyName><ogc:SortOrder>${order === 'title' ? 'ASC' : 'DESC'}</ogc:SortOrder></ogc:SortProperty></ogc:SortBy>`;
    const sentAt = (startPosition: number): Sent => ({
      path: '/csw',
      type: 'application/xml',
      body:
        `<csw:GetRecords xmlns:csw="${NAMES.csw2}" xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml" xmlns:dc="${NAMES.dc}" ` +
        'xmlns:ows="http://www.opengis.net/ows" xmlns:apiso="http://www.opengis.net/cat/csw/apiso/1.0" service="CSW" version="2.0.2" resultType="results" ' +
        `startPosition="${startPosition}" maxRecords="${pageSize}"><csw:Query typeNames="csw:Record"><csw:ElementSetName>brief</csw:ElementSetName>` +
        `<csw:Constraint version="1.1.0"><ogc:Filter>${conditions2(question)}</ogc:Filter></csw:Constraint>${sort}</csw:Query></csw:GetRecords>`,
    });
    return walk(sentAt(1), pages, ask, (text) => {
      const document = XmlDocument.fromString(text);
      const next = Number(texts(document, '//csw2:SearchResults/@nextRecord')[0]);
      return {
        total: Number(texts(document, '//csw2:SearchResults/@numberOfRecordsMatched')[0]),
        ids: texts(document, '//csw2:SearchResults/csw2:BriefRecord/dc:identifier[1]'),
        next: next === 0 ? null : sentAt(next),
      };
    });
  },
};

const csw3: Dialect = {
  name: 'CSW 3.0, pairs',
  read: (question, pages, ask) => {
    const { words, box, time, service, order, pageSize } = question;
    const constraint = [
      `dc:type = 'dataset'`,
      ...(service === null ? [] : [`apiso:ParentIdentifier = 'opgc:${service}'`]),
    ].join(' AND ');
    const sentAt = (startPosition: number): Sent => ({
      path: `/csw?${parametersOf({
        service: 'CSW',
        version: '3.0.0',
        request: 'GetRecords',
        typeNames: 'csw:Record',
        ElementSetName: 'brief',
        q: quoted(words),
        bbox: box?.join(','),
        time: time?.join('/'),
        constraintLanguage: 'CQL_TEXT',
        constraint,
        sortBy: order === 'newest' ? null : `dc:title:${order === 'title' ? 'A' : 'D'}`,
        startPosition,
        maxRecords: pageSize,
      })}`,
    });
    return walk(sentAt(1), pages, ask, (text) => {
      const document = XmlDocument.fromString(text);
      const next = Number(texts(document, '//csw3:SearchResults/@nextRecord')[0]);
      return {
        total: Number(texts(document, '//csw3:SearchResults/@numberOfRecordsMatched')[0]),
        ids: texts(document, '//csw3:SearchResults/csw3:BriefRecord/dc:identifier[1]'),
        next: next === 0 ? null : sentAt(next),
      };
    });
  },
};

interface JsonPage {
  readonly numberMatched: number;
  readonly features: readonly { readonly id: string; readonly properties: { readonly identifier?: string } }[];
  readonly links: readonly {
    readonly rel: string;
    readonly href: string;
    readonly merge?: boolean;
    readonly body?: object;
  }[];
}

const records: Dialect = {
  name: 'OGC API Records',
  read: (question, pages, ask) => {
    const { words, box, time, service, order, pageSize } = question;
    const path = `/collections/${service ?? 'records'}/items?${parametersOf({
      type: 'dataset',
      // Commas mean any of; words of one item stand side by side, so each word is a condition of the filter.
      filter: words.length < 2 ? null : words.map((word) => `anytext = '${word}'`).join(' AND '),
      q: words.length === 1 ? (words[0] ?? null) : null,
      bbox: box?.join(','),
      datetime: time?.join('/'),
      sortby: order === 'newest' ? null : `${order === 'title' ? '' : '-'}title`,
      limit: pageSize,
    })}`;
    return walk({ path }, pages, ask, (text) => {
      const page = JSON.parse(text) as JsonPage;
      const next = page.links.find(({ rel }) => rel === 'next');
      return {
        total: page.numberMatched,
        ids: page.features.map(({ id }) => id),
        next: next === undefined ? null : { path: pathOf(next.href) },
      };
    });
  },
};

const stac: Dialect = {
  name: 'STAC API',
  read: (question, pages, ask) => {
    const { words, box, time, service, order, pageSize } = question;
    const body = {
      limit: pageSize,
      ...(words.length === 1 ? { q: words } : {}),
      ...(words.length > 1
        ? { filter: { op: 'and', args: words.map((word) => ({ op: '=', args: [{ property: 'anytext' }, word] })) } }
        : {}),
      ...(box === null ? {} : { bbox: box }),
      ...(time === null ? {} : { datetime: time.join('/') }),
      ...(service === null ? {} : { collections: [service] }),
      ...(order === 'newest' ? {} : { sortby: [{ field: 'title', direction: order === 'title' ? 'asc' : 'desc' }] }),
    };
    const sentWith = (content: unknown): Sent => ({
      path: '/stac/search',
      type: 'application/json',
      body: JSON.stringify(content),
    });
    return walk(sentWith(body), pages, ask, (text) => {
      const page = JSON.parse(text) as JsonPage;
      const next = page.links.find(({ rel }) => rel === 'next');
      return {
        total: page.numberMatched,
        ids: page.features.map(({ properties }) => properties.identifier ?? ''),
        // A next link that merges adds to the body that was sent (STAC API 1.0, item search).
        next: next === undefined ? null : sentWith(next.merge ? { ...body, ...next.body } : next.body),
      };
    });
  },
};

export const DIALECTS: readonly Dialect[] = [openSearchAtom, openSearchGeoJson, csw2, csw3, records, stac];
