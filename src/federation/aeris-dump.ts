// The JSON dump of one observation service for AERIS: the service itself, then its records, each as the format `aeris` writes it. Made as it
// is taken, by identifier, so that two dumps of the same catalogue are the same text but for their date.
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { RecordFormat, RecordView } from '../model/format.ts';
import { EVERYTHING, type SearchQuery } from '../model/query.ts';
import type { Viewer } from '../model/viewer.ts';

export const AERIS_DUMP = 'vobs-aeris-1';

export interface DumpParts {
  readonly catalogue: Catalogue;
  /** The format `aeris`. */
  readonly format: RecordFormat;
  readonly view: RecordView;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Pieces of the JSON text of a service that exists. */
export async function* aerisDump(service: string, viewer: Viewer, parts: DumpParts): AsyncGenerator<string> {
  const { catalogue, format, view, now } = parts;
  const series = await catalogue.get({ service, id: 0 }, viewer);
  const head = {
    format: AERIS_DUMP,
    generated: `${new Date(now).toISOString().slice(0, 19)}Z`,
  };
  yield `${JSON.stringify(head).slice(0, -1)},"collection":${series === null ? 'null' : format.write(series, view)},"records":[`;
  const query: SearchQuery = {
    ...EVERYTHING,
    services: [service],
    levels: ['dataset'],
    sort: [{ key: 'identifier', descending: false }],
    count: false,
  };
  let count = 0;
  for await (const records of catalogue.stream(query, viewer)) {
    let text = '';
    for (const record of records) {
      text += `${count === 0 ? '\n' : ',\n'}${format.write(record, view)}`;
      count += 1;
    }
    yield text;
  }
  yield `\n],"count":${count}}\n`;
}
