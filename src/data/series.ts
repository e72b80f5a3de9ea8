// The rows of one record as a time series: one row for each time. Rows that share a time because a key of theirs tells them apart (range
// gates) become one row with an inner dimension.
import type { Service } from '../model/service.ts';
import { type Cut, type Table, WHOLE } from '../model/table.ts';
import type { Viewer } from '../model/viewer.ts';
import type { DataAccess } from './data-access.ts';
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
  readonly record: number;
  /** Of its shape. */
  readonly key: string | null;
}

export interface SeriesTables {
  /** The rows of a series; `cut` as for any rows. */
  readonly rows: (series: Series, cut: Cut, viewer: Viewer, limit?: number | null) => Promise<Table>;
  /** The keys of a series are read again next time. */
  readonly forget: (series: Series) => void;
}

const MOST_KEPT = 1000;

export function createSeriesTables({ data }: { readonly data: DataAccess }): SeriesTables {
  const kept = new Map<string, { readonly revision: string; readonly keys: Promise<PivotKeys> }>();
  const nameOf = ({ service, record }: Series): string => `${service}:${record}`;

  /** The rows of a record are the same for all who may take them. */
  async function keysOf(series: Series, key: string, viewer: Viewer): Promise<PivotKeys> {
    const { service, record } = series;
    const revision = await data.revision(service);
    const name = nameOf(series);
    const known = kept.get(name);
    if (known?.revision === revision) return known.keys;
    if (kept.size >= MOST_KEPT) kept.clear();
    const whole = await data.rows({ service, record, cut: WHOLE, limit: null }, viewer);
    const along = whole.columns
      .filter(({ name: column, type, unit, dimensions }) => {
        return type === 'number' && unit === 'm' && dimensions.length === 0 && column !== key;
      })
      .map(({ name: column }) => column);
    const cut = { ...WHOLE, variables: [key, ...along] };
    const keys = data.rows({ service, record, cut, limit: null }, viewer).then((table) => pivotKeys(table, key, along));
    kept.set(name, { revision, keys });
    keys.catch(() => kept.delete(name));
    return keys;
  }

  return {
    forget: (series) => kept.delete(nameOf(series)),
    async rows(series, cut, viewer, limit = null) {
      const { service, record, key } = series;
      if (key === null) return data.rows({ service, record, cut, limit }, viewer);
      const keys = await keysOf(series, key, viewer);
      // The column that becomes the coordinate of the bins comes along; it is no variable of its own any more.
      const coordinate = [...keys.along.keys()][0];
      const needed = [...(cut.variables ?? []), key, ...(coordinate === undefined ? [] : [coordinate])];
      const variables = cut.variables === null ? null : [...new Set(needed)];
      const table = await data.rows({ service, record, cut: { ...cut, variables }, limit }, viewer);
      return pivot(table, key, keys);
    },
  };
}
