// The workloads: what is asked of ours and of the floor, how a right answer looks, and the ratio that the budget wants.
import type { Chains } from './harvest-chains.ts';
import type { Parameters, Search } from './workloads.ts';

export interface Workload {
  readonly key: string;
  readonly title: string;
  /** Request paths of ours; `deepTokens` are own next links at 90 %. */
  readonly ours: (p: Parameters) => readonly string[];
  /** The counterpart: the floor's paths, ours (`self`), or a koa handler with the same SELECT (`koa`). */
  readonly against: { readonly kind: 'floor' | 'self' | 'koa'; readonly paths: (p: Parameters) => readonly string[] };
  /** Bare SQL of the floor, to see that the floor is a floor. */
  readonly sql?: { readonly name: string; readonly values: (p: Parameters) => readonly (readonly unknown[])[] };
  /** What an answer of ours must hold, and how often. */
  readonly holds: { readonly text: string; readonly times: number } | null;
  /** ours ÷ counterpart in requests a second, at 16 clients. */
  readonly budget: number;
}

const encode = encodeURIComponent;
const atom = (s: Search) =>
  `/opensearch/search.atom?count=10&q=${encode(s.q)}&box=${s.bbox.join(',')}&start=${s.start}&end=${s.end}&timerel=during`;
const atomWithoutPeriod = (s: Search) => `/opensearch/search.atom?count=10&q=${encode(s.q)}&box=${s.bbox.join(',')}`;
const entries = { text: '<entry', times: 10 };
const firstPage = '/opensearch/search.atom?count=10';

const summaries = { text: '<csw:SummaryRecord', times: 10 };
const getRecords = (version: string) =>
  `/csw?service=CSW&version=${version}&request=GetRecords&typeNames=csw:Record&ElementSetName=summary&maxRecords=10`;
/** A pattern without wildcards over all text asks for words. */
const filterOf = ({ q, bbox: [w, s, e, n] }: Search) =>
  '<ogc:Filter xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml"><ogc:And>' +
  '<ogc:PropertyIsLike wildCard="%" singleChar="_" escapeChar="\\"><ogc:PropertyName>csw:AnyText</ogc:PropertyName>' +
  `<ogc:Literal>${q}</ogc:Literal></ogc:PropertyIsLike>` +
  '<ogc:BBOX><ogc:PropertyName>ows:BoundingBox</ogc:PropertyName><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326">' +
  `<gml:lowerCorner>${s} ${w}</gml:lowerCorner><gml:upperCorner>${n} ${e}</gml:upperCorner></gml:Envelope></ogc:BBOX>` +
  '</ogc:And></ogc:Filter>';

const hundred = { text: '<record>', times: 100 };

/** `nextLinks`: links that our own feeds at 90 % of the catalogue gave as `next`; `chains`: pages of harvests by their tokens. */
export function workloads(nextLinks: readonly string[], chains: Chains): readonly Workload[] {
  return [
    {
      key: 'a',
      title: 'box + words, 10 Atom entries',
      ours: (p) => p.searches.map(atomWithoutPeriod),
      against: {
        kind: 'floor',
        paths: (p) => p.searches.map((s) => `/search?q=${encode(s.q)}&bbox=${s.bbox.join(',')}`),
      },
      sql: { name: 'search', values: (p) => p.searches.map((s) => [...s.bbox, s.q]) },
      holds: entries,
      budget: 1.2,
    },
    {
      key: 'c',
      title: 'box + words + period, 10 Atom entries',
      ours: (p) => p.searches.map(atom),
      against: {
        kind: 'floor',
        paths: (p) =>
          p.searches.map((s) => `/period?q=${encode(s.q)}&bbox=${s.bbox.join(',')}&start=${s.start}&end=${s.end}`),
      },
      sql: { name: 'period', values: (p) => p.searches.map((s) => [...s.bbox, s.q, s.start, s.end]) },
      holds: entries,
      budget: 1.2,
    },
    {
      key: 'b',
      title: 'ISO 19139 by identifier',
      ours: (p) => p.ids.map((id) => `/records/${id}?f=iso19139`),
      against: { kind: 'floor', paths: (p) => p.ids.map((id) => `/record?id=${id}`) },
      sql: { name: 'record', values: (p) => p.ids.map((id) => [id]) },
      holds: { text: '<gmd:MD_Metadata', times: 1 },
      budget: 0.7,
    },
    {
      key: 'd-jump',
      title: 'page at 90 % by one jump of startIndex',
      ours: (p) => p.deep.map((start) => `${firstPage}&startIndex=${start + 1}`),
      against: { kind: 'floor', paths: (p) => p.deep.map((start) => `/page?start=${start}`) },
      sql: { name: 'page', values: (p) => p.deep.map((start) => [start]) },
      holds: entries,
      budget: 1,
    },
    {
      key: 'd-next',
      title: 'page at 90 % by our own next link, against our first page',
      ours: () => nextLinks,
      against: { kind: 'self', paths: () => [firstPage] },
      holds: entries,
      budget: 1 / 1.5,
    },
    {
      key: 'e1',
      title: 'OAI-PMH ListRecords, oai_dc (the floor writes a third of the elements), pages of 100',
      ours: () => chains.ours.oai_dc,
      against: { kind: 'floor', paths: () => chains.floor.oai_dc },
      holds: hundred,
      // Reported alone: the budget is in records a second, ten times those of a peer.
      budget: 0,
    },
    {
      key: 'e2',
      title: 'OAI-PMH ListRecords, ISO 19139 (the floor moves stored text), pages of 100',
      ours: () => chains.ours.iso19139,
      against: { kind: 'floor', paths: () => chains.floor.iso19139 },
      holds: hundred,
      budget: 1.5,
    },
    {
      key: 'f',
      title: 'OGC API Records items, box + words, 10 GeoJSON features',
      ours: (p) =>
        p.searches.map((s) => `/collections/records/items?f=json&limit=10&q=${encode(s.q)}&bbox=${s.bbox.join(',')}`),
      against: {
        kind: 'floor',
        paths: (p) => p.searches.map((s) => `/search?q=${encode(s.q)}&bbox=${s.bbox.join(',')}`),
      },
      sql: { name: 'search', values: (p) => p.searches.map((s) => [...s.bbox, s.q]) },
      holds: { text: '"type":"Feature"', times: 10 },
      budget: 1.2,
    },
    {
      key: 'g',
      title: 'STAC search, box + datetime, 10 items',
      ours: (p) => p.searches.map((s) => `/stac/search?limit=10&bbox=${s.bbox.join(',')}&datetime=${s.start}/${s.end}`),
      against: {
        kind: 'floor',
        paths: (p) => p.searches.map((s) => `/overlap?bbox=${s.bbox.join(',')}&start=${s.start}&end=${s.end}`),
      },
      sql: { name: 'overlap', values: (p) => p.searches.map((s) => [...s.bbox, s.start, s.end]) },
      holds: { text: '"stac_version"', times: 10 },
      budget: 1.2,
    },
    {
      key: 'csw-a',
      title: 'CSW 3.0 GetRecords, box + words, 10 summaries',
      ours: (p) => p.searches.map((s) => `${getRecords('3.0.0')}&q=${encode(s.q)}&bbox=${s.bbox.join(',')}`),
      against: {
        kind: 'floor',
        paths: (p) => p.searches.map((s) => `/search?q=${encode(s.q)}&bbox=${s.bbox.join(',')}`),
      },
      sql: { name: 'search', values: (p) => p.searches.map((s) => [...s.bbox, s.q]) },
      holds: summaries,
      budget: 1,
    },
    {
      key: 'csw-a2',
      title: 'CSW 2.0.2 GetRecords, OGC filter of box + words, 10 summaries',
      ours: (p) =>
        p.searches.map(
          (s) =>
            `${getRecords('2.0.2')}&resultType=results&constraintLanguage=FILTER&constraint_language_version=1.1.0&constraint=${encode(filterOf(s))}`,
        ),
      against: {
        kind: 'floor',
        paths: (p) => p.searches.map((s) => `/search?q=${encode(s.q)}&bbox=${s.bbox.join(',')}`),
      },
      sql: { name: 'search', values: (p) => p.searches.map((s) => [...s.bbox, s.q]) },
      holds: summaries,
      budget: 1,
    },
    {
      key: 'csw-b',
      title: 'CSW 2.0.2 GetRecordById, ISO 19139',
      ours: (p) =>
        p.ids.map(
          (id) =>
            `/csw?service=CSW&version=2.0.2&request=GetRecordById&id=${id}&outputSchema=http://www.isotc211.org/2005/gmd&ElementSetName=full`,
        ),
      against: { kind: 'floor', paths: (p) => p.ids.map((id) => `/record?id=${id}`) },
      sql: { name: 'record', values: (p) => p.ids.map((id) => [id]) },
      holds: { text: '<gmd:MD_Metadata', times: 1 },
      budget: 0.7,
    },
    {
      key: 'csw-d',
      title: 'CSW 2.0.2 GetRecords, page at 90 % by startPosition',
      ours: (p) => p.deep.map((start) => `${getRecords('2.0.2')}&resultType=results&startPosition=${start + 1}`),
      against: { kind: 'floor', paths: (p) => p.deep.map((start) => `/page?start=${start}`) },
      sql: { name: 'page', values: (p) => p.deep.map((start) => [start]) },
      holds: summaries,
      budget: 1,
    },
    {
      key: '304',
      title: '304 by If-None-Match, against a koa handler with the same SELECT',
      ours: (p) => p.searches.slice(0, 1).map(atom),
      against: { kind: 'koa', paths: () => ['/'] },
      holds: null,
      budget: 0.7,
    },
  ];
}
