// Rows as time series: one row for each time. Rows that share a time because a key of theirs tells them apart (range gates) become one row
// with an inner dimension; of several records that are one series (the months of an instrument, the samples of a spring) one has each time.
import type { Service } from '../model/service.ts';
import { type Chunk, type Cut, type Table, type Values, WHOLE } from '../model/table.ts';
import { scopeOf, type Viewer } from '../model/viewer.ts';
import type { DataAccess } from './data-access.ts';
import { oneRecordPerTime } from './tables/one-record.ts';
import { type PivotKeys, pivot, pivotKeys } from './tables/pivot.ts';

/**
 * series: there is one row for each time, or one for each time and `key`. samples: nothing but the rows tells whether times repeat.
 * none: more than one key, or one that is a text.
 */
export type SeriesShape =
  | { readonly kind: 'series'; readonly key: string | null }
  | { readonly kind: 'samples'; readonly key: null }
  | { readonly kind: 'none'; readonly key: null };

/** What the natural key of a service makes of the rows of one record; `axis` is the column of time. */
export function seriesShape({ data }: Pick<Service, 'data'>, axis: string): SeriesShape {
  if (data === null) return { kind: 'none', key: null };
  if (!data.key.includes(axis)) return { kind: 'samples', key: null };
  const [key = null, further] = data.key.filter((name) => name !== 'record' && name !== axis);
  const column = data.columns.find(({ name }) => name === key);
  const isNumber = column === undefined || column.type === 'integer' || column.type === 'number';
  return further === undefined && isNumber ? { kind: 'series', key } : { kind: 'none', key: null };
}

export interface Series {
  readonly service: string;
  /** Numbers of its records; where several have a time, the one that stands first has it. */
  readonly records: readonly [number, ...number[]];
  /** Of its shape. */
  readonly key: string | null;
}

export interface SeriesTables {
  /**
   * The rows of a series; `cut` and `limit` as for any rows. With several records the column `record` says which one a row is of, and the
   * metadata are those of the first.
   */
  readonly rows: (series: Series, cut: Cut, viewer: Viewer, limit?: number | null) => Promise<Table>;
  /** The keys of a series are read again next time. */
  readonly forget: (series: Series) => void;
}

const MOST_KEPT = 1000;

async function* firstChunks(table: Table, most: number): AsyncGenerator<Chunk> {
  let left = most;
  for await (const { rows, values } of table.chunks()) {
    const taken = Math.min(rows, left);
    left -= taken;
    yield { rows: taken, values: values.map((own) => own.slice(0, (own.length / rows) * taken) as Values) };
    if (left === 0) return;
  }
}

/** Rows of one record as they are, of several as one series. */
async function plainRows(
  data: DataAccess,
  series: Series,
  cut: Cut,
  viewer: Viewer,
  limit: number | null,
): Promise<Table> {
  const { service, records } = series;
  const [first] = records;
  if (records.length === 1) return data.rows({ service, record: first, cut, limit }, viewer);
  const wanted = cut.variables === null ? null : [...new Set(['record', ...cut.variables])];
  const [head, all] = await Promise.all([
    data.rows({ service, record: first, cut, limit: 0 }, viewer),
    data.rows({ service, record: null, cut: { ...cut, variables: wanted }, limit: null }, viewer),
  ]);
  const table = oneRecordPerTime(
    {
      ...all,
      metadata: head.metadata,
      // Units that the records themselves tell.
      columns: all.columns.map((column) => head.columns.find(({ name }) => name === column.name) ?? column),
    },
    records,
  );
  return limit === null ? table : { ...table, chunks: () => firstChunks(table, limit) };
}

export function createSeriesTables({ data }: { readonly data: DataAccess }): SeriesTables {
  const kept = new Map<string, { readonly revision: string; readonly keys: Promise<PivotKeys> }>();
  const nameOf = ({ service, records }: Series): string => `${service}:${records.join()}`;

  async function keysOf(series: Series, key: string, viewer: Viewer): Promise<PivotKeys> {
    const revision = await data.revision(series.service);
    // The rows of a record are the same for all who may take them; several records are not the same for all.
    const name = series.records.length === 1 ? nameOf(series) : `${nameOf(series)} ${scopeOf(viewer)}`;
    const known = kept.get(name);
    if (known?.revision === revision) return known.keys;
    if (kept.size >= MOST_KEPT) kept.clear();
    const whole = await data.rows({ service: series.service, record: series.records[0], cut: WHOLE, limit: 0 }, viewer);
    const along = whole.columns
      .filter(({ name: column, type, unit, dimensions }) => {
        return type === 'number' && unit === 'm' && dimensions.length === 0 && column !== key;
      })
      .map(({ name: column }) => column);
    const keys = plainRows(data, series, { ...WHOLE, variables: [key, ...along] }, viewer, null).then((table) =>
      pivotKeys(table, key, along),
    );
    kept.set(name, { revision, keys });
    keys.catch(() => kept.delete(name));
    return keys;
  }

  return {
    forget: (series) => {
      for (const name of kept.keys()) if (name.startsWith(nameOf(series))) kept.delete(name);
    },
    async rows(series, cut, viewer, limit = null) {
      const { key } = series;
      if (key === null) return plainRows(data, series, cut, viewer, limit);
      const keys = await keysOf(series, key, viewer);
      // The column that becomes the coordinate of the bins comes along; it is no variable of its own any more.
      const coordinate = [...keys.along.keys()][0];
      const needed = [...(cut.variables ?? []), key, ...(coordinate === undefined ? [] : [coordinate])];
      const variables = cut.variables === null ? null : [...new Set(needed)];
      return pivot(await plainRows(data, series, { ...cut, variables }, viewer, limit), key, keys, ['record']);
    },
  };
}
