// The place of each record as columns of its rows, for tables whose rows have none of their own. Pure: Table → Table.
import { type Chunk, type Column, columnIndex, standardIndex, type Table } from '../../model/table.ts';

export interface PlacedRecord {
  readonly longitude: number;
  readonly latitude: number;
  /** Metres above mean sea level; NaN: not known. */
  readonly altitude: number;
}

function column(name: keyof PlacedRecord, unit: string, en: string, fr: string): Column {
  return {
    name,
    type: 'number',
    unit,
    standardName: name,
    label: { en, fr },
    missing: null,
    dimensions: [],
    attributes: name === 'altitude' ? { positive: 'up' } : {},
  };
}

const PLACE: readonly Column[] = [
  column('latitude', 'degrees_north', 'Latitude', 'Latitude'),
  column('longitude', 'degrees_east', 'Longitude', 'Longitude'),
  column('altitude', 'm', 'Altitude', 'Altitude'),
];

/** The columns that `withPositions` would add: none where the rows have positions of their own, or do not tell their record. */
export function positionColumns(table: Pick<Table, 'columns'>): readonly Column[] {
  if (
    columnIndex(table, 'record') < 0 ||
    standardIndex(table, 'latitude') >= 0 ||
    standardIndex(table, 'longitude') >= 0
  )
    return [];
  return PLACE.filter(({ name }) => columnIndex(table, name) < 0);
}

/** Adds the named columns of `positionColumns`; NaN where the record has no place. */
export function withPositions(
  table: Table,
  names: readonly string[],
  places: ReadonlyMap<number, PlacedRecord>,
): Table {
  const added = positionColumns(table).filter(({ name }) => names.includes(name));
  if (added.length === 0) return table;
  const record = columnIndex(table, 'record');
  const place = ({ rows, values }: Chunk): Chunk => {
    const records = values[record] as Float64Array;
    const own = added.map(({ name }) =>
      Float64Array.from(records, (number) => places.get(number)?.[name as keyof PlacedRecord] ?? Number.NaN),
    );
    return { rows, values: [...values, ...own] };
  };
  return {
    ...table,
    columns: [...table.columns, ...added],
    chunks: async function* () {
      for await (const chunk of table.chunks()) yield place(chunk);
    },
  };
}
