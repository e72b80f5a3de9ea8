// RSS 2.0 answer of a search, with OpenSearch, Atom link, Dublin Core and GeoRSS-Simple elements (OpenSearch 1.1 section 4.5.5).
import { abstractIn, decimal, titleIn, xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { Geometry, Position } from '../../model/geometry.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { RecordTime } from '../../model/time.ts';
import type { Answer } from './answer.ts';
import { declarations, pageElements, XML_DECLARATION } from './atom.ts';
import { NAMESPACES, OSDD_TYPE } from './vocabulary.ts';

/** RFC 822 date, as RSS wants it. */
function rssDate(moment: string): string {
  return new Date(moment).toUTCString();
}

function period(time: RecordTime): string {
  if (time.kind === 'none') return '';
  return time.kind === 'instant' ? time.at : `${time.begin ?? ''}/${time.end ?? ''}`;
}

/** GeoRSS-Simple, latitude first. Only what it can say; a box for everything else. */
function geoRss(geometry: Geometry | null, bbox: CatalogRecord['bbox']): string {
  const pair = ([longitude, latitude]: Position): string => `${decimal(latitude)} ${decimal(longitude)}`;
  const path = (positions: readonly Position[]): string => positions.map(pair).join(' ');
  if (geometry?.type === 'Point') return `<georss:point>${pair(geometry.coordinates)}</georss:point>`;
  if (geometry?.type === 'LineString') return `<georss:line>${path(geometry.coordinates)}</georss:line>`;
  if (geometry?.type === 'Polygon') return `<georss:polygon>${path(geometry.coordinates[0] ?? [])}</georss:polygon>`;
  if (bbox === null) return '';
  return `<georss:box>${pair([bbox[0], bbox[1]])} ${pair([bbox[2], bbox[3]])}</georss:box>`;
}

function item(record: CatalogRecord, { view, language }: Answer): string {
  const date = period(record.time);
  const address = view.uri(record);
  return (
    `<item><title>${xmlText(titleIn(record, language))}</title><link>${xmlText(address)}</link>` +
    `<guid isPermaLink="false">${xmlText(record.identifier)}</guid>` +
    `<description>${xmlText(abstractIn(record, language))}</description><pubDate>${rssDate(record.updated)}</pubDate>` +
    `<category>${xmlText(record.service)}</category><dc:identifier>${xmlText(record.identifier)}</dc:identifier>` +
    `${date === '' ? '' : `<dc:date>${date}</dc:date>`}${geoRss(record.geometry, record.bbox)}</item>\n`
  );
}

/** The channel. `base`: the base URL. */
export function writeRss(answer: Answer, base: string): string {
  let text =
    `${XML_DECLARATION}<rss version="2.0" xmlns:atom="${NAMESPACES.atom}" xmlns:dc="${NAMESPACES.dc}" xmlns:georss="${NAMESPACES.georss}"` +
    `${declarations(base, answer.echo)}><channel><title>${xmlText(answer.title)}</title>` +
    `<link>${xmlText(answer.inFormat('html'))}</link><description>${xmlText(answer.subtitle)}</description>` +
    `<language>${answer.language}</language><copyright>${xmlText(answer.rights)}</copyright>` +
    `<lastBuildDate>${rssDate(answer.updated)}</lastBuildDate><generator>vobs</generator>`;
  for (const page of answer.pages) {
    text += `<atom:link rel="${page.rel}" type="application/rss+xml" href="${xmlAttribute(page.href)}"/>`;
  }
  text += `<atom:link rel="search" type="${OSDD_TYPE}" href="${xmlAttribute(answer.description)}" title="${xmlAttribute(answer.shortName)}"/>`;
  text += `${pageElements(answer)}\n`;
  for (const record of answer.records) text += item(record, answer);
  return `${text}</channel></rss>\n`;
}
