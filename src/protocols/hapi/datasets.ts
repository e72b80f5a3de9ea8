// The data sets. HAPI wants one row for each time, in strictly ascending order (3.7.2): so there is one for each record whose rows are a time
// series, and one for the records that the service's file counts as one series (the months of an instrument, the samples of a spring).
import type { DataAccess } from '../../data/data-access.ts';
import type { RecordRows, RecordsWithRows } from '../../data/records-with-rows.ts';
import { type Series, seriesShape } from '../../data/series.ts';
import { titleIn } from '../../formats/writers/text.ts';
import type { CatalogRecord, ProductLevel } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { columnIndex } from '../../model/table.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { scopeOf, type Viewer } from '../../model/viewer.ts';
import { hapiFault } from './errors.ts';

export interface Dataset {
  readonly id: string;
  readonly service: Service;
  readonly title: (language: Language) => string;
  readonly series: Series;
  /** Those that the series is made of, in its order. */
  readonly records: readonly [CatalogRecord, ...CatalogRecord[]];
  readonly rows: number;
  readonly time: { readonly start: number; readonly end: number };
  /** Of the service's records and rows. */
  readonly revision: string;
}

export interface Datasets {
  /** All that the viewer may take, by service: series of several records first, then records by number. */
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

type Timed = RecordRows & { readonly time: NonNullable<RecordRows['time']> };
type Several = readonly [Timed, ...Timed[]];

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

/** `Pic de l’Étoile` as a part of an identifier: `pic_de_l_etoile`. */
const slug = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

/** What tells a record's series from the others of its service; null: it belongs to none. */
function marksOf({ fields, instruments, platform }: CatalogRecord, names: readonly string[]): readonly string[] | null {
  const marks = names.map((name) => {
    const value = name === 'instrument' ? instruments.join(' ') : name === 'platform' ? platform : fields[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
  return marks.every((mark) => slug(mark) !== '') ? marks : null;
}

const LEVELS: readonly (ProductLevel | null)[] = ['product', 'validated', 'raw', null];

/** Where records overlap the better product has the time, then the later record. */
const byWorth = (a: Timed, b: Timed): number =>
  LEVELS.indexOf(a.record.productLevel) - LEVELS.indexOf(b.record.productLevel) || b.record.id - a.record.id;

function datasetOf(
  service: Service,
  key: string | null,
  revision: string,
  members: Several,
  name: { readonly id: string; readonly title: Dataset['title'] },
): Dataset {
  const [first, ...others] = members;
  const starts = members.map(({ time }) => time.start);
  const ends = members.map(({ time }) => time.end);
  return {
    id: `${service.name}_${name.id}`,
    service,
    title: name.title,
    series: { service: service.name, records: [first.record.id, ...others.map(({ record }) => record.id)], key },
    records: [first.record, ...others.map(({ record }) => record)],
    rows: members.reduce((sum, { rows }) => sum + rows, 0),
    time: {
      start: starts.reduce((a, b) => Math.min(a, b)),
      end: ends.reduce((a, b) => Math.max(a, b)),
    },
    revision,
  };
}

/** The records that are one series together, by what tells the series apart; one record alone is none. */
function together(service: Service, key: string | null, all: readonly Timed[], revision: string): readonly Dataset[] {
  const names = service.data?.series;
  if (names === undefined) return [];
  const groups = new Map<string, { readonly marks: readonly string[]; readonly members: Timed[] }>();
  for (const own of all) {
    const marks = marksOf(own.record, names);
    if (marks === null) continue;
    const id = marks.length === 0 ? 'all' : marks.map(slug).join('_');
    const group = groups.get(id) ?? { marks, members: [] };
    group.members.push(own);
    groups.set(id, group);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, { marks, members }]) => {
      const [first, ...others] = members.sort(byWorth);
      if (first === undefined || others.length === 0) return [];
      const title = (language: Language) =>
        [marks.join(', '), inLanguage(service.title, language)].filter(Boolean).join(' – ');
      // A name of digits alone is that of a record.
      return [
        datasetOf(service, key, revision, [first, ...others], { id: /^\d+$/.test(id) ? `${id}_all` : id, title }),
      ];
    });
}

export function createDatasets({ data, records, services }: DatasetsDependencies): Datasets {
  const kept = new Map<string, { readonly revision: string; readonly list: Promise<readonly Dataset[]> }>();

  async function make(service: Service, viewer: Viewer, revision: string): Promise<readonly Dataset[]> {
    const description = await data.describe(service.name, viewer);
    const axis = description?.axis ?? null;
    if (axis === null || description?.time === null) return [];
    const { kind, key } = seriesShape(service, axis.column);
    if (kind === 'none') return [];
    const all = await records.all(service.name, viewer);
    const ascending = kind === 'samples' && all.length > 0 ? await ascendingRecords(data, service.name, viewer) : null;
    const series = all.flatMap((own): readonly Timed[] => {
      return own.time === null || ascending?.has(own.record.id) === false ? [] : [{ ...own, time: own.time }];
    });
    const single = series
      // One moment is no series.
      .filter(({ time }) => time.end > time.start)
      .map((own) => {
        const title = (language: Language) => titleIn(own.record, language);
        return datasetOf(service, key, revision, [own], { id: String(own.record.id), title });
      });
    return [...together(service, key, series, revision), ...single];
  }

  async function ofService(service: Service, viewer: Viewer, revision: string): Promise<readonly Dataset[]> {
    const key = `${service.name}\n${scopeOf(viewer)}`;
    const known = kept.get(key);
    if (known?.revision === revision) return known.list;
    if (kept.size >= 100) kept.clear();
    const list = make(service, viewer, revision);
    kept.set(key, { revision, list });
    list.catch(() => kept.delete(key));
    return list;
  }

  const withRows = services.filter(({ name }) => data.services.includes(name));
  return {
    async list(viewer) {
      const lists = withRows.map(async (service) => {
        return ofService(service, viewer, await records.revision(service.name));
      });
      return (await Promise.all(lists)).flat();
    },
    async find(id, viewer) {
      for (const service of withRows.filter(({ name }) => id.startsWith(`${name}_`))) {
        const list = await ofService(service, viewer, await records.revision(service.name));
        const dataset = list.find((own) => own.id === id);
        if (dataset !== undefined) return dataset;
      }
      throw hapiFault(1406, { en: '/hapi/catalog lists them', fr: '/hapi/catalog les donne' });
    },
    async revision() {
      return (await Promise.all(withRows.map(({ name }) => records.revision(name)))).join('-');
    },
  };
}
