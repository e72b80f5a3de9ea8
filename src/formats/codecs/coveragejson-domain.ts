// Which domain of CoverageJSON a table has: a point with a series, a trajectory, or plain axes.
import { columnIndex, type Dimension, standardIndex, type Table, timeIndex } from '../../model/table.ts';
import { placeOf } from './acdd-write.ts';
import { type Json, type JsonObject, jsonValue } from './table-json.ts';
import type { TableProfile } from './table-profile.ts';
import { plainName, uniqueNames } from './variable-names.ts';

export interface CoverageDomain {
  readonly type: 'PointSeries' | 'Trajectory' | null;
  /** Name of the axis of the rows: `t`, `composite`, or another. */
  readonly rowAxis: string;
  /** Columns whose values are the axis of the rows, in the order of its tuples; empty: the rows are counted. */
  readonly columns: readonly number[];
  /** Components of the axis, where it is one of tuples. */
  readonly components: readonly string[];
  /** Axis names of the inner dimensions. */
  readonly inner: ReadonlyMap<string, string>;
}

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
/** Mean sea level, metres upwards. */
const MEAN_SEA_LEVEL = 'http://www.opengis.net/def/crs/EPSG/0/5714';

/** Axis values are each there and go one way, else the rows are only counted. */
function isOrdered(profile: TableProfile, index: number): boolean {
  const { step, rows } = profile;
  return index >= 0 && profile.columns[index]?.missing === 0 && (rows < 2 || step.min > 0 || step.max < 0);
}

export function domainOf(table: Table, profile: TableProfile): CoverageDomain {
  const axis = table.axis === null ? -1 : columnIndex(table, table.axis.column);
  const time = timeIndex(table);
  const unique = uniqueNames(['t', 'x', 'y', 'z', 'composite', 'row']);
  const inner = new Map(table.dimensions.map(({ name }) => [name, unique(plainName(name))]));
  const where = placeOf(table);
  const place = ['longitude', 'latitude', 'altitude']
    .map((name) => standardIndex(table, name))
    .filter((index) => index >= 0);
  const isThere = (index: number) => profile.columns[index]?.missing === 0;
  if (where === 'track' && table.dimensions.length === 0 && [time, ...place].every(isThere)) {
    const components = ['t', 'x', 'y', ...(place.length > 2 ? ['z'] : [])];
    return { type: 'Trajectory', rowAxis: 'composite', columns: [time, ...place], components, inner };
  }
  if (axis >= 0 && axis === time && isOrdered(profile, axis)) {
    const isSeries = where === 'station' && table.dimensions.length === 0;
    return { type: isSeries ? 'PointSeries' : null, rowAxis: 't', columns: [axis], components: [], inner };
  }
  if (axis >= 0 && isOrdered(profile, axis)) {
    return { type: null, rowAxis: unique(plainName(table.axis?.column ?? '')), columns: [axis], components: [], inner };
  }
  return { type: null, rowAxis: 'row', columns: [], components: [], inner };
}

function innerAxis({ size, coordinate }: Dimension): Json {
  const values = coordinate?.values;
  const isPlain = coordinate !== null && values !== undefined && coordinate.column.type !== 'flags';
  const list = isPlain
    ? Array.from(values as ArrayLike<number | string | null>, (value) => jsonValue(coordinate.column, value))
    : [];
  const counted = list.length !== size || list.includes(null) || new Set(list).size !== size;
  return { values: counted ? Array.from({ length: size }, (_, n) => n + 1) : list };
}

/** Axes other than that of the rows. */
export function otherAxes(table: Table, domain: CoverageDomain): JsonObject {
  const { station } = table.metadata;
  const axes: { [name: string]: Json } = {};
  if (placeOf(table) === 'station' && station !== null) {
    axes.x = { values: [station.longitude] };
    axes.y = { values: [station.latitude] };
    if (station.elevation !== null) axes.z = { values: [station.elevation] };
  }
  for (const dimension of table.dimensions)
    axes[domain.inner.get(dimension.name) ?? dimension.name] = innerAxis(dimension);
  return axes;
}

/** Systems of the axes that have one. */
export function referencing(table: Table, domain: CoverageDomain, axes: JsonObject): readonly Json[] {
  const has = (name: string) => name in axes || domain.components.includes(name) || domain.rowAxis === name;
  return [
    ...(has('x') ? [{ coordinates: ['x', 'y'], system: { type: 'GeographicCRS', id: CRS84 } }] : []),
    ...(has('z') ? [{ coordinates: ['z'], system: { type: 'VerticalCRS', id: MEAN_SEA_LEVEL } }] : []),
    ...(has('t') && timeIndex(table) >= 0
      ? [{ coordinates: ['t'], system: { type: 'TemporalRS', calendar: 'Gregorian' } }]
      : []),
  ];
}
