// The blessed documents of the record formats: one for each format and level, a line for each tag so that a change is seen in a review.
import { createRecordFormats } from '../../../src/formats/record-formats.ts';
import type { CatalogRecord } from '../../../src/model/record.ts';
import { EDGE_RECORDS, FULL_RECORD } from '../../fixtures/edge-records.ts';
import { viewForTests } from '../../fixtures/format-view.ts';
import { testMappings } from '../../fixtures/mappings.ts';

const series = EDGE_RECORDS.find((record) => record.level === 'series');

/** File name beside this file → text. */
export function goldenDocuments(): ReadonlyMap<string, string> {
  const documents = new Map<string, string>();
  const records = { dataset: FULL_RECORD, ...(series === undefined ? {} : { series }) };
  const { templates, services } = testMappings();
  for (const format of createRecordFormats(templates, { services, clock: () => Date.UTC(2025, 5, 1) })) {
    const ending = /\bgeo\+json\b/.test(format.mediaType) ? 'geojson' : 'xml';
    for (const [level, record] of Object.entries(records) as readonly (readonly [string, CatalogRecord])[]) {
      const text = format.write(record, viewForTests());
      documents.set(
        `${format.id}.${level}.${ending}`,
        ending === 'xml' ? `${text.replaceAll('><', '>\n<')}\n` : `${JSON.stringify(JSON.parse(text), null, 1)}\n`,
      );
    }
  }
  return documents;
}
