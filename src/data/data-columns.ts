// The columns of a service's rows as a table has them: from the data part of its file.
import type { FieldValue } from '../model/record.ts';
import type { DataColumn, DataDimension, Service } from '../model/service.ts';
import type { Attributes, Column, Dimension, FeatureType, FixedColumn, Storage, Table } from '../model/table.ts';

/** How the rows of one service look. */
export interface DataLayout {
  readonly columns: readonly Column[];
  readonly dimensions: readonly Dimension[];
  readonly fixed: readonly FixedColumn[];
  readonly axis: Table['axis'];
  /** Of the rows of one record. */
  readonly featureType: FeatureType | null;
}

const TYPES: { readonly [T in DataColumn['type']]: { readonly type: Column['type']; readonly storage?: Storage } } = {
  datetime: { type: 'time' },
  date: { type: 'time' },
  integer: { type: 'integer', storage: 'int32' },
  number: { type: 'number', storage: 'float64' },
  boolean: { type: 'integer', storage: 'int8' },
  text: { type: 'text' },
};

function attributesOf({ type, values }: DataColumn): Attributes {
  if (type === 'boolean') return { flag_values: [0, 1], flag_meanings: 'no yes' };
  return type === 'text' && values ? { allowed_values: values.join(', ') } : {};
}

function columnOf(column: DataColumn): Column {
  const { name, type, unit, standardName, label, dimension } = column;
  return {
    name,
    ...TYPES[type],
    unit,
    standardName: standardName ?? null,
    label,
    missing: null,
    dimensions: dimension ? [dimension.name] : [],
    attributes: attributesOf(column),
  };
}

function coordinateOf({ name, size, unit, label, standardName, coordinates }: DataDimension): Dimension['coordinate'] {
  if (coordinates === undefined) return null;
  const values =
    'first' in coordinates
      ? Float64Array.from({ length: size }, (_, n) => coordinates.first + n * coordinates.step)
      : Float64Array.from(coordinates);
  const column: Column = {
    name,
    type: 'number',
    unit,
    standardName: standardName ?? null,
    label: label ?? { en: name },
    missing: null,
    dimensions: [name],
    storage: 'float64',
    attributes: {},
  };
  return { column, values };
}

function dimensionsOf(columns: readonly DataColumn[]): readonly Dimension[] {
  const known = new Map<string, Dimension>();
  for (const { dimension } of columns) {
    if (dimension && !known.has(dimension.name)) {
      known.set(dimension.name, { name: dimension.name, size: dimension.size, coordinate: coordinateOf(dimension) });
    }
  }
  return [...known.values()];
}

const isTime = ({ type }: Column): boolean => type === 'time';

function axisOf(columns: readonly Column[]): Table['axis'] {
  const times = columns.filter(isTime);
  const start = times.find(({ standardName }) => standardName === 'time') ?? times[0];
  if (start === undefined) return null;
  // `time` and `time_end`, `time_begin` and `time_end`.
  const end = times.find(({ name }) => name === `${start.name.replace(/_(begin|start)$/, '')}_end`);
  return { column: start.name, end: end?.name ?? null };
}

function featureTypeOf(columns: readonly Column[], key: readonly string[], axis: Table['axis']): FeatureType | null {
  const has = (name: string) => columns.some(({ standardName }) => standardName === name);
  if (has('longitude') && has('latitude')) return axis !== null && key.includes(axis.column) ? 'trajectory' : 'point';
  const others = key.filter((name) => name !== 'record');
  return axis !== null && others.length === 1 && others[0] === axis.column ? 'timeSeries' : null;
}

/** null: the service has no rows. */
export function dataLayout({ data }: Pick<Service, 'data'>): DataLayout | null {
  if (data === null) return null;
  const columns = data.columns.map(columnOf);
  const axis = axisOf(columns);
  return {
    columns,
    dimensions: dimensionsOf(data.columns),
    fixed: [],
    axis,
    featureType: featureTypeOf(columns, data.key, axis),
  };
}

/** The columns of one record's rows: units that the record's own fields tell are filled in. */
export function withUnits(
  columns: readonly Column[],
  { data }: Pick<Service, 'data'>,
  fields: { readonly [name: string]: FieldValue },
): readonly Column[] {
  return columns.map((column) => {
    const field = data?.columns.find(({ name }) => name === column.name)?.unitField;
    const unit = field === undefined ? null : fields[field];
    return typeof unit === 'string' ? { ...column, unit } : column;
  });
}
