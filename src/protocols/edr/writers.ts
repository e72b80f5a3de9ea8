// The representations of data: CoverageJSON (a coverage of one location, else a collection of them), GeoJSON as EDR has it, the payloads of
// EPOS. Each series is written when it is its turn.
import { COVERAGE_CONTEXT, writeCoverageJson } from '../../formats/codecs/coveragejson-write.ts';
import { type EposSeries, type EposSeriesId, writeEposSeries } from '../../formats/codecs/epos-series.ts';
import { propertyNames, rowFeatures } from '../../formats/codecs/row-features.ts';
import { titleIn } from '../../formats/writers/text.ts';
import type { Links } from '../../http/links.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { Collection } from './collection.ts';
import type { FoundSeries } from './tables.ts';
import { type DataOffer, locationPath } from './vocabulary.ts';

export interface Writing {
  readonly collection: Collection;
  readonly links: Links;
  readonly language: Language;
  /** The answer is that of one location: a coverage and no collection of coverages. */
  readonly single: boolean;
}

function ownMembers({ rows: { record }, table }: FoundSeries, { links, language }: Writing) {
  const { history } = table.metadata;
  return {
    id: links.uri(record),
    'vobs:title': titleIn(record, language),
    'vobs:licence': record.licence.url,
    ...(history.length === 0 ? {} : { 'vobs:history': [...history] }),
  };
}

const decoder = new TextDecoder();

async function* coverage(found: FoundSeries, members: Parameters<typeof writeCoverageJson>[1]): AsyncGenerator<string> {
  for await (const bytes of writeCoverageJson(found.table, members)) yield decoder.decode(bytes, { stream: true });
}

async function* coverages(all: AsyncIterable<FoundSeries>, writing: Writing): AsyncGenerator<string> {
  if (writing.single) {
    for await (const found of all)
      yield* coverage(found, { '@context': COVERAGE_CONTEXT, ...ownMembers(found, writing) });
    return;
  }
  const head = JSON.stringify({ '@context': COVERAGE_CONTEXT, type: 'CoverageCollection' });
  let separator = `${head.slice(0, -1)},"coverages":[\n`;
  for await (const found of all) {
    let before = separator;
    for await (const text of coverage(found, ownMembers(found, writing))) {
      yield before + text;
      before = '';
    }
    separator = ',';
  }
  yield ']}\n';
}

const periodOf = (from: unknown, to: unknown): string => (from === to ? String(from) : `${from}/${to}`);

/** One feature a row, with the members that EDR wants in each (19-086r6, annex on EDR GeoJSON). */
async function* features(all: AsyncIterable<FoundSeries>, writing: Writing): AsyncGenerator<string> {
  const { collection, links, language } = writing;
  let separator = '{"type":"FeatureCollection","features":[\n';
  const histories: string[] = [];
  for await (const {
    rows: { record },
    table,
  } of all) {
    histories.push(...table.metadata.history);
    const names = propertyNames(table).filter((name) => collection.parameters.some((column) => column.name === name));
    const common = {
      label: titleIn(record, language),
      'parameter-name': names,
      edrqueryendpoint: links.url(locationPath(collection.id, record.id)),
    };
    const { axis } = table;
    let row = 0;
    for await (const rows of rowFeatures(table)) {
      const texts = rows.map(({ geometry, properties }) => {
        row += 1;
        const datetime = periodOf(
          properties.time,
          axis?.end === null ? properties.time : (properties[axis?.end ?? ''] ?? properties.time),
        );
        const id = `${record.identifier}:${row}`;
        return JSON.stringify({ type: 'Feature', id, geometry, properties: { datetime, ...common, ...properties } });
      });
      if (texts.length > 0) yield separator + texts.join(',\n');
      separator = ',\n';
    }
  }
  const history = histories.length === 0 ? '' : `,"history":${JSON.stringify([...new Set(histories)])}`;
  yield `\n]${history}}\n`;
}

async function* eposSeries(all: AsyncIterable<FoundSeries>, { links, language }: Writing): AsyncGenerator<EposSeries> {
  for await (const {
    rows: { record },
    table,
  } of all) {
    const data = links.recordLinks(record).filter(({ role }) => role === 'data');
    yield {
      table,
      identifier: record.identifier,
      name: titleIn(record, language),
      links: [
        ...data.map(({ href, title, type }) => ({
          href,
          label: title ?? 'Data',
          type: type ?? 'application/octet-stream',
        })),
        { href: links.uri(record), label: language === 'fr' ? 'Notice' : 'Record', type: 'text/html' },
      ],
    };
  }
}

/** The whole body of an answer that has at least one series. */
export function writeData(offer: DataOffer, all: AsyncIterable<FoundSeries>, writing: Writing): AsyncGenerator<string> {
  if (offer.id === 'GeoJSON') return features(all, writing);
  if (offer.id === 'CoverageJSON' || offer.id === 'epos-coverage' || offer.id === 'epos-graph') {
    return coverages(all, writing);
  }
  const { service } = writing.collection;
  const kind = { id: service.name, label: inLanguage(service.title, writing.language) };
  return writeEposSeries(eposSeries(all, writing), kind, offer.id satisfies EposSeriesId);
}
