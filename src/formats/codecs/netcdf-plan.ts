// Table → plan of a NetCDF file by CF-1.8: dimensions, variables with their types and attributes, and where their values come from.
// Both writers, classic and NetCDF-4, carry it out.
import {
  type Attribute,
  type Chunk,
  columnIndex,
  type FixedColumn,
  standardIndex,
  type Table,
  timeIndex,
} from '../../model/table.ts';
import { featureTypeOf, globalAttributes, placeOf } from './acdd-write.ts';
import type { WriteOptions } from './codec.ts';
import { cannotHold } from './nasa-ames-table.ts';
import { type ColumnShape, columnShape, type Encoded } from './netcdf-column-shape.ts';
import type { NetCdfType } from './netcdf-dataset.ts';
import { type ProfiledTable, profileValues } from './table-profile.ts';
import { plainName, uniqueNames } from './variable-names.ts';

export interface PlannedDimension {
  readonly name: string;
  readonly size: number;
}

export interface PlannedVariable {
  readonly name: string;
  readonly type: NetCdfType;
  /** The dimension of the rows is the first one of a record variable. */
  readonly dimensions: readonly string[];
  readonly record: boolean;
  readonly attributes: { readonly [name: string]: Attribute };
  /** Stands where a number is missing. */
  readonly fill: number;
  /** Values of a variable without rows. */
  readonly fixed: Encoded | null;
  /** Values of a chunk's rows. */
  readonly rows: ((chunk: Chunk) => Encoded) | null;
}

export interface NetCdfPlan {
  /** Name of the dimension of the rows. */
  readonly row: string;
  readonly rows: number;
  /** Without the dimension of the rows. */
  readonly dimensions: readonly PlannedDimension[];
  readonly variables: readonly PlannedVariable[];
  readonly attributes: { readonly [name: string]: Attribute };
}

/** What the target can store: types of whole numbers that the classic format lacks become larger ones. */
export type TypesOf = ReadonlySet<NetCdfType>;

interface Names {
  readonly variable: (name: string) => string;
  readonly dimension: (name: string) => string;
  /** Plain names of the table's inner dimensions. */
  readonly inner: ReadonlyMap<string, string>;
  readonly row: string;
}

function namesOf(table: Table): Names {
  const variable = uniqueNames();
  const dimension = uniqueNames();
  const isTime =
    timeIndex(table) >= 0 && table.axis !== null && columnIndex(table, table.axis.column) === timeIndex(table);
  const row = dimension(isTime ? 'time' : table.axis === null ? 'obs' : plainName(table.axis.column));
  const inner = new Map(table.dimensions.map(({ name }) => [name, dimension(plainName(name))]));
  return { variable, dimension, inner, row };
}

interface Building {
  readonly table: Table;
  readonly names: Names;
  readonly dimensions: PlannedDimension[];
  readonly variables: PlannedVariable[];
}

/** Adds the variable of a column, with the dimensions that only it has (length of its text, places of its flags). */
function addColumn(
  building: Building,
  shape: ColumnShape,
  wanted: string,
  values: Pick<PlannedVariable, 'fixed' | 'rows'>,
  extra: { readonly [name: string]: Attribute } = {},
): void {
  const { names, dimensions, variables } = building;
  const name = names.variable(wanted);
  const inner = shape.column.dimensions.map((dimension) => names.inner.get(dimension) ?? plainName(dimension));
  const own: string[] = [];
  if (shape.ownSize !== null) {
    const dimension = names.dimension(shape.column.type === 'flags' ? `${name}_flags` : `${name}_strlen`);
    dimensions.push({ name: dimension, size: shape.ownSize });
    own.push(dimension);
  }
  const record = values.rows !== null;
  variables.push({
    name,
    type: shape.type,
    dimensions: [...(record ? [names.row] : []), ...inner, ...own],
    record,
    attributes: {
      ...shape.attributes,
      ...(name === shape.column.name ? {} : { original_name: shape.column.name }),
      ...extra,
    },
    fill: shape.fill,
    ...values,
  });
}

/** Time in the middle of each sample with its bounds (CF-1.8, section 7.1), where the table says when samples end. */
function addBoundedTime(building: Building, shape: ColumnShape, start: number, end: number): void {
  const { table, names, dimensions, variables } = building;
  const row = names.row;
  const bounds = names.variable('time_bnds');
  dimensions.push({ name: names.dimension('tbnds'), size: 2 });
  const at = (chunk: Chunk, n: number) => chunk.values[n] as Float64Array;
  variables.push({
    name: names.variable('time'),
    type: 'float64',
    dimensions: [row],
    record: true,
    attributes: { ...shape.attributes, axis: 'T', bounds, original_name: table.columns[start]?.name ?? 'start_time' },
    fill: shape.fill,
    fixed: null,
    rows: (chunk) => {
      const to = at(chunk, end);
      return shape.encode(at(chunk, start).map((from, n) => (from + (to[n] as number)) / 2));
    },
  });
  variables.push({
    name: bounds,
    type: 'float64',
    dimensions: [row, 'tbnds'],
    record: true,
    attributes: {
      ...table.columns[end]?.attributes,
      long_name: 'start and end of each sample',
      original_name: table.columns[end]?.name ?? 'end_time',
    },
    fill: shape.fill,
    fixed: null,
    rows: (chunk) => {
      const [from, to] = [at(chunk, start), at(chunk, end)];
      const both = new Float64Array(2 * from.length);
      for (let n = 0; n < from.length; n++) {
        both[2 * n] = from[n] as number;
        both[2 * n + 1] = to[n] as number;
      }
      return shape.encode(both);
    },
  });
}

function addFixed(building: Building, { column, values }: FixedColumn, wanted: string, types: TypesOf): void {
  const shape = columnShape(column, profileValues(column, values), types);
  addColumn(building, shape, wanted, { fixed: shape.encode(values), rows: null });
}

/** Station or trajectory, as CF-1.8 sections H.2.1 and H.4.2 have a single feature. Gives the names that data variables refer to. */
function addFeature(building: Building, types: TypesOf): string | null {
  const { table } = building;
  const place = placeOf(table);
  const featureType = featureTypeOf(table);
  if (place === null) return null;
  const column = (
    name: string,
    type: 'number' | 'text',
    unit: string | null,
    standardName: string | null,
    attributes = {},
  ) => ({
    name,
    type,
    unit,
    standardName,
    label: {},
    missing: null,
    dimensions: [],
    attributes,
  });
  const add = (fixed: FixedColumn) => addFixed(building, fixed, fixed.column.name, types);
  if (place === 'track') {
    const label = table.metadata.identifier ?? table.metadata.title ?? 'trajectory';
    const id = column('trajectory', 'text', null, null, {
      cf_role: 'trajectory_id',
      long_name: 'identifier of the trajectory',
    });
    if (
      featureType === 'trajectory' &&
      !table.fixed.some((fixed) => fixed.column.attributes.cf_role === 'trajectory_id')
    )
      add({ column: id, values: [label] });
    return ['time', 'latitude', 'longitude', 'altitude']
      .map((name) => (name === 'time' ? timeIndex(table) : standardIndex(table, name)))
      .flatMap((index) => table.columns[index]?.name ?? [])
      .join(' ');
  }
  const { station } = table.metadata;
  const already = table.fixed.some(
    (fixed) => fixed.column.standardName === 'latitude' || /^degrees?_north$/.test(fixed.column.unit ?? ''),
  );
  if (already || station === null) return null;
  const id = { ...(featureType === null ? {} : { cf_role: 'timeseries_id' }), long_name: 'name of the station' };
  add({ column: column('station_name', 'text', null, null, id), values: [station.name ?? 'station'] });
  add({
    column: column('lat', 'number', 'degrees_north', 'latitude', { axis: 'Y' }),
    values: Float64Array.of(station.latitude ?? Number.NaN),
  });
  add({
    column: column('lon', 'number', 'degrees_east', 'longitude', { axis: 'X' }),
    values: Float64Array.of(station.longitude ?? Number.NaN),
  });
  if (station.elevation === null) return 'lat lon station_name';
  const upward = { positive: 'up', axis: 'Z' };
  add({ column: column('alt', 'number', 'm', 'altitude', upward), values: Float64Array.of(station.elevation) });
  return 'lat lon alt station_name';
}

/** Attributes that name other variables by their names in the file. */
function withReferences(building: Building, coordinates: string | null): readonly PlannedVariable[] {
  const fileNames = new Map(
    building.variables.map(({ name, attributes }) => [
      typeof attributes.original_name === 'string' ? attributes.original_name : name,
      name,
    ]),
  );
  const translated = (names: string) => names.split(' ').map((name) => fileNames.get(name) ?? name);
  return building.variables.map((variable) => {
    const { ancillary_variables: ancillary, ...rest } = variable.attributes;
    const attributes: { [name: string]: Attribute } = { ...rest };
    if (typeof ancillary === 'string') attributes.ancillary_variables = translated(ancillary).join(' ');
    const isData = variable.record && !['time', 'time_bnds', building.names.row].includes(variable.name);
    const listed = coordinates === null ? [] : translated(coordinates);
    // A coordinate is not named in its own list; time is the dimension itself.
    const others = listed.filter((name) => name !== building.names.row);
    if (isData && others.length > 0 && !listed.includes(variable.name)) attributes.coordinates = others.join(' ');
    return { ...variable, attributes };
  });
}

/** Plans the file. Throws FormatFault when the table has neither rows nor fixed columns. */
export function netCdfPlan({ table, profile }: ProfiledTable, types: TypesOf, options: WriteOptions): NetCdfPlan {
  if (table.columns.length === 0 && table.fixed.length === 0) {
    throw cannotHold('NetCDF', 'it has no column', "elle n'a pas de colonne");
  }
  const names = namesOf(table);
  const building: Building = { table, names, dimensions: [], variables: [] };
  for (const { name, size } of table.dimensions)
    building.dimensions.push({ name: names.inner.get(name) ?? name, size });
  const start = table.axis === null ? -1 : columnIndex(table, table.axis.column);
  const end = table.axis?.end == null ? -1 : columnIndex(table, table.axis.end);
  const shapes = table.columns.map((column, n) =>
    columnShape(column, profile.columns[n] ?? profileValues(column, []), types),
  );
  const axisShape = shapes[start];
  const bounded = end >= 0 && axisShape?.column.type === 'time';
  if (bounded && axisShape !== undefined) addBoundedTime(building, axisShape, start, end);
  else if (axisShape !== undefined) {
    const axis: { [name: string]: Attribute } = axisShape.column.type === 'time' ? { axis: 'T' } : {};
    addColumn(
      building,
      axisShape,
      names.row,
      { fixed: null, rows: (chunk) => axisShape.encode(chunk.values[start] ?? []) },
      axis,
    );
  }
  for (const { name, coordinate } of table.dimensions) {
    if (coordinate !== null) addFixed(building, coordinate, names.inner.get(name) ?? name, types);
  }
  const coordinates = addFeature(building, types);
  for (const fixed of table.fixed) addFixed(building, fixed, plainName(fixed.column.name), types);
  shapes.forEach((shape, n) => {
    if (n === start || (bounded && n === end)) return;
    addColumn(building, shape, plainName(shape.column.name), {
      fixed: null,
      rows: (chunk) => shape.encode(chunk.values[n] ?? []),
    });
  });
  return {
    row: names.row,
    rows: profile.rows,
    dimensions: building.dimensions,
    variables: withReferences(building, coordinates),
    attributes: globalAttributes(table, profile, options),
  };
}
