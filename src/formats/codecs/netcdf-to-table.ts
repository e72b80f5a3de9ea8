// NetCDF → Table by CF-1.8 and ACDD-1.3: which dimension is the rows, which variables are columns, what is missing, what is time.
import { FormatFault } from '../../model/format-fault.ts';
import {
  CHUNK_ROWS,
  type Chunk,
  type Dimension,
  type FixedColumn,
  type Table,
  type Values,
} from '../../model/table.ts';
import { metadataOfAttributes, stationOf } from './acdd-read.ts';
import { type Axis, axisOf } from './netcdf-axis.ts';
import { type DecodedVariable, decodedVariable, isTextLength } from './netcdf-columns.ts';
import { MOST_WHOLE, type NetCdfDataset, type NetCdfVariable } from './netcdf-dataset.ts';

/** The dimension of the rows: the unlimited one, else that of a time coordinate, else the first one of most variables; null: there is none. */
function rowDimension(dataset: NetCdfDataset): string | null {
  const unlimited = dataset.dimensions.find((dimension) => dimension.unlimited);
  const users = (name: string) => dataset.variables.filter((variable) => variable.dimensions[0] === name).length;
  if (unlimited && users(unlimited.name) > 0) return unlimited.name;
  const isTime = (variable: NetCdfVariable) =>
    variable.dimensions.length === 1 &&
    variable.dimensions[0] === variable.name &&
    /\ssince\s/.test(String(variable.attributes.units ?? '')) &&
    !variable.name.startsWith('metadata_');
  const time = dataset.variables.find(isTime);
  if (time) return time.name;
  const counted = dataset.dimensions
    .filter((dimension) => dataset.variables.some((v) => v.dimensions[0] === dimension.name && !isTextLength(v, 0)))
    .map(({ name }) => ({ name, users: users(name) }));
  return counted.sort((a, b) => b.users - a.users)[0]?.name ?? null;
}

async function readWhole(dataset: NetCdfDataset, decoded: DecodedVariable): Promise<Values> {
  const { variable, size } = decoded;
  const [first] = variable.dimensions;
  const length = first === undefined ? 1 : (dataset.dimensions.find((d) => d.name === first)?.size ?? 0);
  if (size * length > MOST_WHOLE) {
    throw new FormatFault(
      { part: `variable ${variable.name}` },
      `it has more than ${MOST_WHOLE} values outside the rows`,
      `elle a plus de ${MOST_WHOLE} valeurs hors des lignes`,
    );
  }
  return decoded.decode(await dataset.read(variable, 0, length));
}

/** A variable whose dimension of rows is not the first one: read whole, turned so that it is. */
async function turned(dataset: NetCdfDataset, decoded: DecodedVariable, row: string): Promise<Values> {
  const values = await readWhole(dataset, decoded);
  const lengths = decoded.variable.dimensions.map((name) => dataset.dimensions.find((d) => d.name === name)?.size ?? 0);
  const place = decoded.variable.dimensions.indexOf(row);
  const rows = lengths[place] ?? 0;
  const before = lengths.slice(0, place).reduce((product, length) => product * length, 1);
  const after = lengths.slice(place + 1).reduce((product, length) => product * length, 1);
  const out: Values = values instanceof Float64Array ? new Float64Array(values.length) : new Array(values.length);
  const write = out as unknown[];
  for (let b = 0; b < before; b++) {
    for (let r = 0; r < rows; r++) {
      for (let a = 0; a < after; a++) write[(r * before + b) * after + a] = values[(b * rows + r) * after + a];
    }
  }
  return out;
}

interface ColumnReader {
  readonly decoded: DecodedVariable;
  /** Values of the rows `first` to `first + count - 1`. */
  readonly rows: (first: number, count: number) => Promise<Values>;
}

async function columnReader(dataset: NetCdfDataset, variable: NetCdfVariable, row: string): Promise<ColumnReader> {
  const decoded = decodedVariable(dataset, variable, row);
  if (variable.dimensions[0] === row) {
    return { decoded, rows: async (first, count) => decoded.decode(await dataset.read(variable, first, count)) };
  }
  const values = decoded.collect(await turned(dataset, decoded, row));
  return { decoded, rows: async (first, count) => values.slice(first * decoded.cell, (first + count) * decoded.cell) };
}

async function fixedColumns(
  dataset: NetCdfDataset,
  variables: readonly NetCdfVariable[],
): Promise<readonly FixedColumn[]> {
  const fixed: FixedColumn[] = [];
  for (const variable of variables) {
    const decoded = decodedVariable(dataset, variable, null);
    fixed.push({ column: decoded.column, values: await readWhole(dataset, decoded) });
  }
  return fixed;
}

/** Inner dimensions that a column still has (lengths of text and places of flags are none), with their coordinate variables. */
function innerDimensions(
  dataset: NetCdfDataset,
  used: ReadonlySet<string>,
  fixed: readonly FixedColumn[],
): readonly Dimension[] {
  return dataset.dimensions
    .filter(({ name }) => used.has(name))
    .map(({ name, size }) => {
      const own = fixed.find(({ column }) => column.name === name && column.dimensions.join() === name);
      return { name, size, coordinate: own ?? null };
    });
}

function chunksOf(readers: readonly ColumnReader[], axis: Axis | null, rows: number) {
  // Wide rows come in fewer at a time, so that a chunk stays at some megabytes.
  const width = readers.reduce((sum, { decoded }) => sum + decoded.size, 1);
  const most = Math.max(1, Math.min(CHUNK_ROWS, Math.floor(2_000_000 / width)));
  return async function* (): AsyncGenerator<Chunk> {
    for (let first = 0; first < rows; first += most) {
      const count = Math.min(most, rows - first);
      const own = axis === null ? [] : await axis.rows(first, count);
      const values = await Promise.all(readers.map((reader) => reader.rows(first, count)));
      yield { rows: count, values: [...own, ...values] };
    }
  };
}

/** The file as a table. Variables without the dimension of rows are its fixed columns; a file without rows has those only. */
async function tableOfNetCdf(dataset: NetCdfDataset): Promise<Table> {
  const row = rowDimension(dataset);
  const rows = row === null ? 0 : (dataset.dimensions.find(({ name }) => name === row)?.size ?? 0);
  const axis = row === null ? null : await axisOf(dataset, row, rows);
  const station = await stationOf(dataset);
  const taken = new Set([...(axis?.variables ?? []), ...station.variables]);
  const left = dataset.variables.filter(({ name }) => !taken.has(name));
  const inRows = left.filter(({ dimensions }) => row !== null && dimensions.includes(row));
  const readers: ColumnReader[] = [];
  for (const variable of inRows) readers.push(await columnReader(dataset, variable, row ?? ''));
  const outside = await fixedColumns(
    dataset,
    left.filter((variable) => !inRows.includes(variable)),
  );
  const columns = [...(axis?.columns ?? []), ...readers.map(({ decoded }) => decoded.column)];
  const used = new Set([...columns, ...outside.map(({ column }) => column)].flatMap(({ dimensions }) => dimensions));
  const dimensions = innerDimensions(dataset, used, outside);
  const coordinates = new Set(dimensions.map(({ coordinate }) => coordinate?.column));
  const ordering = readers.find(({ decoded }) => decoded.variable.name === row)?.decoded.column.name;
  return {
    metadata: metadataOfAttributes(dataset.attributes, station.station),
    columns,
    dimensions,
    fixed: outside.filter(({ column }) => !coordinates.has(column)),
    axis: axis?.axis ?? (ordering === undefined ? null : { column: ordering, end: null }),
    rows,
    repeatable: true,
    chunks: chunksOf(readers, axis, rows),
    close: dataset.close,
  };
}

/** Opens, and frees the file again when it is no table. */
export async function cfTable(opening: Promise<NetCdfDataset>): Promise<Table> {
  const dataset = await opening;
  try {
    return await tableOfNetCdf(dataset);
  } catch (error) {
    await dataset.close();
    throw error;
  }
}
