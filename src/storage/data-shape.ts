// The table of a service's rows as its file describes it: names and SQL types of the columns, the natural key, the order of the rows.
import type { DataColumn, Service } from '../model/service.ts';

/** How the cells of a column are stored and read. */
export type CellKind = 'instant' | 'day' | 'integer' | 'number' | 'boolean' | 'text' | 'numbers';

export interface ShapeColumn {
  readonly name: string;
  readonly kind: CellKind;
  readonly sqlType: string;
  /** Values in a cell. */
  readonly size: number;
  readonly inKey: boolean;
}

export interface DataShape {
  readonly service: string;
  /** Name of the table, safe to write as it is. */
  readonly table: string;
  readonly columns: readonly ShapeColumn[];
  readonly key: readonly string[];
  /** The column that orders the rows, where there is one. */
  readonly time: ShapeColumn | null;
  /** The table has a partition for each year: where the column of time is part of the natural key. */
  readonly partitioned: boolean;
  /** Columns with CF standard names longitude and latitude. */
  readonly position: { readonly longitude: string; readonly latitude: string } | null;
}

const SCALAR: { readonly [T in DataColumn['type']]: { readonly kind: CellKind; readonly sqlType: string } } = {
  datetime: { kind: 'instant', sqlType: 'timestamp with time zone' },
  date: { kind: 'day', sqlType: 'date' },
  integer: { kind: 'integer', sqlType: 'integer' },
  number: { kind: 'number', sqlType: 'double precision' },
  boolean: { kind: 'boolean', sqlType: 'boolean' },
  text: { kind: 'text', sqlType: 'text' },
};

/** `"name"`; names of services and columns are lower case letters, digits and underscores by their schema. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function shapeColumn({ name, type, dimension }: DataColumn, key: readonly string[]): ShapeColumn {
  const inKey = key.includes(name);
  if (dimension) return { name, kind: 'numbers', sqlType: 'double precision[]', size: dimension.size, inKey };
  return { name, ...SCALAR[type], size: 1, inKey };
}

/** null: the service has no rows. */
export function dataShape({ name, data }: Pick<Service, 'name' | 'data'>): DataShape | null {
  if (data === null) return null;
  const columns = data.columns.map((column) => shapeColumn(column, data.key));
  const isTime = ({ kind }: ShapeColumn) => kind === 'instant' || kind === 'day';
  const standard = (wanted: string) =>
    data.columns.find(({ standardName, dimension }) => standardName === wanted && !dimension)?.name;
  const named = columns.find((column) => isTime(column) && column.name === standard('time'));
  const time = named ?? columns.find(isTime) ?? null;
  const [longitude, latitude] = [standard('longitude'), standard('latitude')];
  return {
    service: name,
    table: quoted(`data_${name}`),
    columns,
    key: data.key,
    time,
    partitioned: time?.inKey === true,
    position: longitude !== undefined && latitude !== undefined ? { longitude, latitude } : null,
  };
}

/** Shapes of the services that have rows, by name. */
export function dataShapes(services: readonly Pick<Service, 'name' | 'data'>[]): ReadonlyMap<string, DataShape> {
  const shapes = services.map(dataShape).filter((shape): shape is DataShape => shape !== null);
  return new Map(shapes.map((shape) => [shape.service, shape]));
}

/** What the rows are ordered by: time (rows without one last), then the natural key. Expressions over `d`, and the columns that they need. */
export function orderOf(shape: DataShape): readonly { readonly column: ShapeColumn; readonly expression: string }[] {
  const { time, key } = shape;
  const rest = key.filter((name) => name !== time?.name).map((name) => columnOf(shape, name));
  const plain = rest.map((column) => ({ column, expression: `d.${quoted(column.name)}` }));
  if (time === null) return plain;
  const expression = time.inKey ? `d.${quoted(time.name)}` : lastWithout(`d.${quoted(time.name)}`, time);
  return [{ column: time, expression }, ...plain];
}

/** As the index has it. */
export function lastWithout(expression: string, { sqlType }: ShapeColumn): string {
  return `coalesce(${expression}, 'infinity'::${sqlType})`;
}

export function columnOf(shape: DataShape, name: string): ShapeColumn {
  const column = shape.columns.find((known) => known.name === name);
  if (column === undefined) throw new Error(`data of ${shape.service} have no column ${name}`);
  return column;
}
