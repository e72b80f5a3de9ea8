// The blessed documents of the record formats: one for each format and level, a line for each tag so that a change is seen in a review.
import { createRecordFormats } from '../../../src/formats/record-formats.ts';
import type { RecordFormat } from '../../../src/model/format.ts';
import type { CatalogRecord } from '../../../src/model/record.ts';
import { DOOR_RECORD } from '../../fixtures/door-record.ts';
import { EDGE_RECORDS, FULL_RECORD } from '../../fixtures/edge-records.ts';
import { viewForTests } from '../../fixtures/format-view.ts';
import { testMappings } from '../../fixtures/mappings.ts';

const series = EDGE_RECORDS.find((record) => record.level === 'series');

/** File name beside this file → text. */
export function goldenDocuments(): ReadonlyMap<string, string> {
  const documents = new Map<string, string>();
  const records = { dataset: FULL_RECORD, ...(series === undefined ? {} : { series }), service: DOOR_RECORD };
  const { templates, services } = testMappings();
  for (const format of createRecordFormats(templates, { services, clock: () => Date.UTC(2025, 5, 1) })) {
    const ending = endingOf(format);
    for (const [level, record] of Object.entries(records) as readonly (readonly [string, CatalogRecord])[]) {
      documents.set(`${format.id}.${level}.${ending}`, legible(format.write(record, viewForTests()), ending));
    }
  }
  return documents;
}

function endingOf({ mediaType, extension }: RecordFormat): string {
  if (/\bgeo\+json\b/.test(mediaType)) return 'geojson';
  if (/[/+]json\b/.test(mediaType)) return 'json';
  return /[/+]xml\b/.test(mediaType) ? 'xml' : extension;
}

function legible(text: string, ending: string): string {
  if (ending === 'xml') return `${text.replaceAll('><', '>\n<')}\n`;
  return /json$/.test(ending) ? `${JSON.stringify(JSON.parse(text), null, 1)}\n` : text;
}
