// The records of a service that have rows, with what the catalogue says of them: what lists of data sets and of places are made from.
import type { Catalogue } from '../catalogue/catalogue.ts';
import { EVERYTHING, type SearchQuery } from '../model/query.ts';
import type { CatalogRecord } from '../model/record.ts';
import { scopeOf, type Viewer } from '../model/viewer.ts';
import type { DataAccess, RecordWithRows } from './data-access.ts';

export interface RecordRows extends Pick<RecordWithRows, 'time' | 'rows'> {
  readonly record: CatalogRecord;
}

export interface RecordsWithRows {
  /** All of them, by number. Kept until the catalogue or the rows change. */
  readonly all: (service: string, viewer: Viewer) => Promise<readonly RecordRows[]>;
  /** Those that the conditions match, by number. */
  readonly matching: (
    service: string,
    viewer: Viewer,
    conditions: Partial<SearchQuery>,
  ) => Promise<readonly RecordRows[]>;
  /** Changes with every record and every row of the service. */
  readonly revision: (service: string) => Promise<string>;
}

/** Identifiers in one search. */
const BATCH = 500;
/** Lists that are kept: services × scopes. */
const MOST_KEPT = 100;

export function createRecordsWithRows({
  data,
  catalogue,
}: {
  data: DataAccess;
  catalogue: Catalogue;
}): RecordsWithRows {
  const kept = new Map<string, { readonly revision: string; readonly list: Promise<readonly RecordRows[]> }>();

  async function matching(
    service: string,
    viewer: Viewer,
    conditions: Partial<SearchQuery>,
  ): Promise<readonly RecordRows[]> {
    const rows = new Map((await data.records(service, viewer)).map((own) => [own.record, own]));
    if (rows.size === 0) return [];
    const found: RecordRows[] = [];
    const query: SearchQuery = { ...EVERYTHING, services: [service], levels: ['dataset'], ...conditions, limit: BATCH };
    for await (const records of catalogue.stream(query, viewer)) {
      for (const record of records) {
        const own = rows.get(record.id);
        if (own !== undefined) found.push({ record, time: own.time, rows: own.rows });
      }
    }
    return found.sort((a, b) => a.record.id - b.record.id);
  }

  async function revision(service: string): Promise<string> {
    const [records, rows] = await Promise.all([catalogue.revision(), data.revision(service)]);
    return `${records}.${rows}`;
  }

  return {
    matching,
    revision,
    async all(service, viewer) {
      const key = `${service}\n${scopeOf(viewer)}`;
      const now = await revision(service);
      const known = kept.get(key);
      if (known?.revision === now) return known.list;
      if (kept.size >= MOST_KEPT) kept.clear();
      const list = matching(service, viewer, {});
      kept.set(key, { revision: now, list });
      // What failed is asked again.
      list.catch(() => kept.delete(key));
      return list;
    },
  };
}
