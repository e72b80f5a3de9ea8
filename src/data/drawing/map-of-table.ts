// Table → map of its positions. Positions that would cover each other are joined in one, which keeps the greatest value.
import { AppError } from '../../model/errors.ts';
import { columnIndex, standardIndex, type Table } from '../../model/table.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { MapPoint, PositionMap } from './position-map.ts';

export interface MapOfTable {
  /** Column whose values colour the points; null: none. */
  readonly value: string | null;
  readonly language: Language;
  /** At most so many points are kept; absent: 20 000. */
  readonly most?: number;
}

interface Kept {
  readonly point: MapPoint;
  readonly order: number;
}

/** Keeps points on a grid that gets twice as coarse whenever there are too many: constant memory, and no value above the others is lost. */
function gridOfPoints(most: number) {
  let cells = new Map<string, Kept>();
  let size = 1e-6;
  let joined = false;
  const keyOf = ({ longitude, latitude }: MapPoint) => `${Math.floor(longitude / size)} ${Math.floor(latitude / size)}`;
  const put = (kept: Kept) => {
    const key = keyOf(kept.point);
    const before = cells.get(key);
    if (before !== undefined) joined = true;
    if (before === undefined || !(before.point.value >= kept.point.value))
      cells.set(key, { ...kept, order: before?.order ?? kept.order });
  };
  return {
    add(kept: Kept) {
      put(kept);
      while (cells.size > most) {
        const all = [...cells.values()];
        cells = new Map();
        size *= 2;
        for (const each of all) put(each);
      }
    },
    points: () => [...cells.values()].sort((a, b) => a.order - b.order).map(({ point }) => point),
    joined: () => joined,
  };
}

/**
 * Reads the rows once. Throws AppError `invalid-parameter` where the table has no columns of longitude and latitude, or no such column of values.
 */
export async function mapOfTable(table: Table, options: MapOfTable): Promise<PositionMap> {
  const [x, y] = [standardIndex(table, 'longitude'), standardIndex(table, 'latitude')];
  const value = options.value === null ? -1 : columnIndex(table, options.value);
  const column = table.columns[value];
  const unfit = column !== undefined && column.type !== 'number' && column.type !== 'integer' && column.type !== 'time';
  if (x < 0 || y < 0 || (options.value !== null && column === undefined) || unfit) {
    const [en, fr] =
      x < 0 || y < 0
        ? [
            'a map needs columns of longitude and latitude',
            'une carte demande des colonnes de longitude et de latitude',
          ]
        : ['is not a column of numbers', "n'est pas une colonne de nombres"];
    throw new AppError('invalid-parameter', {
      faults: [{ parameter: options.value ?? 'variables', detail: { en, fr } }],
    });
  }
  const grid = gridOfPoints(options.most ?? 20_000);
  let order = 0;
  for await (const { rows, values } of table.chunks()) {
    for (let row = 0; row < rows; row++) {
      const [longitude, latitude] = [
        (values[x] as Float64Array)[row] as number,
        (values[y] as Float64Array)[row] as number,
      ];
      if (!Number.isFinite(longitude) || !(Math.abs(latitude) <= 90)) continue;
      const own = value < 0 ? Number.NaN : ((values[value] as Float64Array)[row] as number);
      grid.add({ point: { longitude, latitude, value: own }, order });
      order += 1;
    }
  }
  const points = grid.points();
  const { language } = options;
  const note = {
    en: `${order} rows; rows at one place are one point with the greatest value`,
    fr: `${order} lignes ; les lignes d'un même lieu sont un point, avec la plus grande valeur`,
  };
  return {
    title: table.metadata.title ?? '',
    points,
    value:
      column === undefined ? null : { label: inLanguage(column.label, language) || column.name, unit: column.unit },
    track: table.metadata.featureType === 'trajectory',
    note: grid.joined() ? note[language] : '',
  };
}
