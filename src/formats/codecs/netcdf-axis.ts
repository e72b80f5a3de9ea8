// The axis of a NetCDF file with bounds (CF-1.8, section 7.1): a time in the middle or at the start of each sample becomes start and end.
import type { Column, Table, Values } from '../../model/table.ts';
import { CHUNK_ROWS } from '../../model/table.ts';
import { decodedVariable, textOf } from './netcdf-columns.ts';
import type { NetCdfDataset } from './netcdf-dataset.ts';

export interface Axis {
  /** Names of the variables that the axis takes. */
  readonly variables: readonly string[];
  readonly columns: readonly Column[];
  readonly axis: Table['axis'];
  readonly rows: (first: number, count: number) => Promise<readonly Values[]>;
}

/** A thousandth of a millisecond, twice: middle and ends are each rounded to the microsecond. */
const CLOSE = 0.002;

/**
 * Start and end of each sample, where the coordinate has bounds and lies in the middle or at the start of them everywhere; null: there are
 * no bounds, or the coordinate says something of its own, and all of them stay columns.
 */
export async function axisOf(dataset: NetCdfDataset, row: string, rows: number): Promise<Axis | null> {
  const coordinate = dataset.variables.find(({ name, dimensions }) => name === row && dimensions.join() === row);
  const boundsName = coordinate === undefined ? null : textOf(coordinate.attributes, 'bounds');
  const bounds = dataset.variables.find(({ name }) => name === boundsName);
  const two = dataset.dimensions.find(({ name }) => name === bounds?.dimensions[1]);
  if (!coordinate || !bounds || bounds.dimensions.length !== 2 || bounds.dimensions[0] !== row || two?.size !== 2)
    return null;
  const centre = decodedVariable(dataset, coordinate, row);
  // Bounds have the units of their coordinate, and need not say so.
  const like = { ...bounds, attributes: { ...coordinate.attributes, ...bounds.attributes } };
  const ends = decodedVariable(dataset, like, row);
  if (centre.column.type !== 'time') return null;
  const read = async (first: number, count: number): Promise<readonly [Float64Array, Float64Array, Float64Array]> => {
    const middle = centre.decode(await dataset.read(coordinate, first, count)) as Float64Array;
    const both = ends.decode(await dataset.read(bounds, first, count)) as Float64Array;
    const start = new Float64Array(count);
    const end = new Float64Array(count);
    for (let n = 0; n < count; n++) {
      start[n] = both[2 * n] as number;
      end[n] = both[2 * n + 1] as number;
    }
    return [start, end, middle];
  };
  for (let first = 0; first < rows; first += 16 * CHUNK_ROWS) {
    const [start, end, middle] = await read(first, Math.min(16 * CHUNK_ROWS, rows - first));
    const odd = start.findIndex((from, n) => {
      const at = middle[n] as number;
      return Math.abs((from + (end[n] as number)) / 2 - at) > CLOSE && Math.abs(from - at) > CLOSE;
    });
    if (odd >= 0) return null;
  }
  const name = textOf(coordinate.attributes, 'original_name') ?? 'start_time';
  const endName = textOf(bounds.attributes, 'original_name') ?? 'end_time';
  const { cell_methods: _ignored, ...attributes } = centre.column.attributes;
  const start: Column = { ...centre.column, name, attributes };
  const { standardName: _none, ...rest } = start;
  const own = Object.fromEntries(
    Object.entries(bounds.attributes).filter(
      ([key]) => !['original_name', 'long_name', 'units', 'calendar'].includes(key),
    ),
  );
  const end: Column = { ...rest, name: endName, standardName: null, label: {}, attributes: own };
  return {
    variables: [coordinate.name, bounds.name],
    columns: [start, end],
    axis: { column: name, end: endName },
    rows: async (first, count) => (await read(first, count)).slice(0, 2),
  };
}
