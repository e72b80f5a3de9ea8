// NetCDF answers: a flat table (.nc), and discrete sampling geometries where the rows are those of one record (.ncCF; CF-1.8, section 9).
import { netcdf3 } from '../../formats/codecs/netcdf3.ts';
import {
  type Attributes,
  type Column,
  columnIndex,
  standardIndex,
  type Table,
  type TableMetadata,
  timeIndex,
} from '../../model/table.ts';
import { TIME_UNITS } from './attributes.ts';
import type { Plan } from './plan.ts';
import type { Pieces } from './text-files.ts';

export interface NetCdfRequest {
  readonly plan: Plan;
  /** Address of the request, for the history. */
  readonly address: string;
  readonly fileName: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What the file says of itself from its own rows, so the data set's extents do not belong there. */
const OF_THE_ROWS =
  /^(geospatial_|time_coverage_|Easternmost|Westernmost|Northernmost|Southernmost|featureType$|cdm_|subsetVariables$)/;
const OF_THE_VALUES = new Set([
  'actual_range',
  '_FillValue',
  'units',
  'standard_name',
  'calendar',
  'coverage_content_type',
]);

function without(attributes: Attributes, unwanted: (name: string) => boolean): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !unwanted(name)));
}

function described(column: Column, plan: Plan): Column {
  const own = plan.set.variables.find((variable) => variable.column.name === column.name)?.attributes ?? {};
  const attributes = without(own, (name) => OF_THE_VALUES.has(name));
  return { ...column, unit: column.type === 'time' ? TIME_UNITS : column.unit, attributes };
}

/** One record has its station or its track; the rows of several are points, where they have places and times at all. */
function featureOf(table: Table, plan: Plan): TableMetadata['featureType'] {
  const isPlaced =
    standardIndex(table, 'longitude') >= 0 && standardIndex(table, 'latitude') >= 0 && timeIndex(table) >= 0;
  if (plan.selection.record !== null) return table.metadata.featureType;
  return isPlaced ? 'point' : null;
}

/** The columns of place that were taken from the record: its station says the same. */
function withoutPlace(table: Table, { set }: Plan): Table {
  const added = table.columns.filter(
    ({ name }) => columnIndex(set.description, name) < 0 && ['latitude', 'longitude', 'altitude'].includes(name),
  );
  if (added.length === 0) return table;
  const kept = table.columns.flatMap((column, n) => (added.includes(column) ? [] : [n]));
  return {
    ...table,
    columns: kept.map((n) => table.columns[n] as Column),
    chunks: async function* () {
      for await (const { rows, values } of table.chunks()) yield { rows, values: kept.map((n) => values[n] ?? []) };
    },
  };
}

/**
 * The NetCDF library, given a file in memory as erddapy does, reads ahead of the header by up to its length, and refuses a file that ends there
 * (seen with its own small files, 4.9). Zeros after the last row are read by nobody.
 */
async function* withRoomAhead(pieces: AsyncIterable<Uint8Array>): Pieces {
  let [least, length] = [0, 0];
  for await (const piece of pieces) {
    if (length === 0) least = 2 * piece.length;
    length += piece.length;
    yield piece;
  }
  if (length < least) yield new Uint8Array(least - length);
}

/** The bytes of a NetCDF-3 file. `geometry`: rows of one record at one place have the time as their dimension, and a station. */
export function netCdf(table: Table, { plan, address, fileName, now }: NetCdfRequest, geometry: boolean): Pieces {
  const isStation =
    geometry && plan.selection.record !== null && table.axis !== null && table.metadata.station !== null;
  const own = isStation ? withoutPlace(table, plan) : table;
  const globals = without(plan.set.globals, (name) => OF_THE_ROWS.test(name));
  const history = [...table.metadata.history, `${new Date(now).toISOString().slice(0, 19)}Z ${address}`];
  const made: Table = {
    ...own,
    columns: own.columns.map((column) => described(column, plan)),
    axis: isStation ? own.axis : null,
    metadata: {
      ...own.metadata,
      featureType: featureOf(own, plan),
      station: isStation ? own.metadata.station : null,
      history,
      attributes: globals,
    },
  };
  const write = netcdf3.write as NonNullable<typeof netcdf3.write>;
  return withRoomAhead(write(made, { now, fileName, language: 'en' }));
}
