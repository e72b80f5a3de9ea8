// The data sets: one for each record whose rows are a time series. HAPI wants one row for each time, in strictly ascending order (3.7.2),
// so rows that share a time because a key tells them apart (range gates) become one row with bins; samples that share a time are no series.
import type { DataAccess } from '../../data/data-access.ts';
import type { RecordRows, RecordsWithRows } from '../../data/records-with-rows.ts';
import { seriesShape } from '../../data/series.ts';
import type { Service } from '../../model/service.ts';
import { columnIndex } from '../../model/table.ts';
import { scopeOf, type Viewer } from '../../model/viewer.ts';
import { hapiFault } from './errors.ts';

/** `key`: the column that tells rows of one time apart; null: there is one row for each time. */
export interface Dataset extends RecordRows {
  readonly id: string;
  readonly service: Service;
  readonly time: { readonly start: number; readonly end: number };
  readonly key: string | null;
}

export interface Datasets {
  /** All that the viewer may take, by service and number. */
  readonly list: (viewer: Viewer) => Promise<readonly Dataset[]>;
  /** Throws 1406 for one that is none, or not for this viewer. */
  readonly find: (id: string, viewer: Viewer) => Promise<Dataset>;
  /** Changes with every record and every row. */
  readonly revision: () => Promise<string>;
}

export interface DatasetsDependencies {
  readonly data: DataAccess;
  readonly records: RecordsWithRows;
  readonly services: readonly Service[];
}

/** The name of the record in programs: `voldorad_12`. */
const idOf = (service: string, record: number): string => `${service}_${record}`;

/** The records whose times ascend strictly. */
async function ascendingRecords(data: DataAccess, service: string, viewer: Viewer): Promise<ReadonlySet<number>> {
  const cut = { variables: ['record'], time: null, box: null };
  const table = await data.rows({ service, record: null, cut, limit: null }, viewer);
  const [number, time] = [columnIndex(table, 'record'), columnIndex(table, table.axis?.column ?? '')];
  const last = new Map<number, number>();
  const refused = new Set<number>();
  for await (const { rows, values } of table.chunks()) {
    for (let row = 0; row < rows; row++) {
      const record = (values[number] as Float64Array)[row] as number;
      const at = (values[time] as Float64Array)[row] as number;
      // Written so that a row without time is refused too.
      if (!(at > (last.get(record) ?? Number.NEGATIVE_INFINITY))) refused.add(record);
      last.set(record, at);
    }
  }
  return new Set([...last.keys()].filter((record) => !refused.has(record)));
}

export function createDatasets({ data, records, services }: DatasetsDependencies): Datasets {
  const kept = new Map<string, { readonly revision: string; readonly list: Promise<readonly Dataset[]> }>();

  async function make(service: Service, viewer: Viewer): Promise<readonly Dataset[]> {
    const description = await data.describe(service.name, viewer);
    const axis = description?.axis ?? null;
    if (axis === null || description?.time === null) return [];
    const { kind, key } = seriesShape(service, axis.column);
    if (kind === 'none') return [];
    const all = await records.all(service.name, viewer);
    const ascending = kind === 'samples' && all.length > 0 ? await ascendingRecords(data, service.name, viewer) : null;
    return all.flatMap((own): readonly Dataset[] => {
      const { record, time } = own;
      if (time === null || ascending?.has(record.id) === false) return [];
      return [{ ...own, time, id: idOf(service.name, record.id), service, key }];
    });
  }

  async function ofService(service: Service, viewer: Viewer): Promise<readonly Dataset[]> {
    const key = `${service.name}\n${scopeOf(viewer)}`;
    const revision = await records.revision(service.name);
    const known = kept.get(key);
    if (known?.revision === revision) return known.list;
    if (kept.size >= 100) kept.clear();
    const list = make(service, viewer);
    kept.set(key, { revision, list });
    list.catch(() => kept.delete(key));
    return list;
  }

  const withRows = services.filter(({ name }) => data.services.includes(name));
  return {
    async list(viewer) {
      return (await Promise.all(withRows.map((service) => ofService(service, viewer)))).flat();
    },
    async find(id, viewer) {
      const service = withRows.find(({ name }) => id.startsWith(`${name}_`) && /^\d+$/.test(id.slice(name.length + 1)));
      const found = service && (await ofService(service, viewer)).find((dataset) => dataset.id === id);
      if (found === undefined) throw hapiFault(1406, { en: '/hapi/catalog lists them', fr: '/hapi/catalog les donne' });
      return found;
    },
    async revision() {
      return (await Promise.all(withRows.map(({ name }) => records.revision(name)))).join('-');
    },
  };
}
