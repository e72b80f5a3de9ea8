// The collections: one for each service whose rows have a time. What its rows have decides what can be asked of it: rows with positions of
// their own (flights, earthquakes) have no station to be near to.
import type { DataAccess } from '../../data/data-access.ts';
import { seriesShape } from '../../data/series.ts';
import type { Service } from '../../model/service.ts';
import { type Column, type Dimension, standardIndex } from '../../model/table.ts';
import type { Viewer } from '../../model/viewer.ts';

export type QueryName = 'position' | 'area' | 'locations';

export interface Collection {
  readonly id: string;
  readonly service: Service;
  /** Column that tells rows of one time apart. */
  readonly key: string | null;
  /** What can be asked as `parameter-name`. */
  readonly parameters: readonly Column[];
  /** The rows stand where they say, not at a station. */
  readonly moves: boolean;
  /** What `z` is compared with: an inner dimension of heights, or the rows' own altitude; null: nothing. */
  readonly vertical: { readonly dimension: Dimension } | { readonly column: string } | null;
  readonly queries: readonly QueryName[];
  /** Milliseconds since 1970. */
  readonly time: { readonly start: number; readonly end: number } | null;
}

const HEIGHTS = new Set(['height', 'altitude', 'height_above_mean_sea_level', 'height_above_reference_ellipsoid']);

function isVertical({ name, coordinate }: Dimension): boolean {
  if (coordinate === null || coordinate.column.unit !== 'm') return false;
  return HEIGHTS.has(coordinate.column.standardName ?? '') || HEIGHTS.has(name);
}

function verticalOf(columns: readonly Column[], dimensions: readonly Dimension[]): Collection['vertical'] {
  const dimension = dimensions.find(isVertical);
  if (dimension !== undefined) return { dimension };
  const altitude = columns[standardIndex({ columns }, 'altitude')];
  return altitude?.unit === 'm' ? { column: altitude.name } : null;
}

/** Null: its rows have no time, or several of one time that no single number tells apart. */
export async function collectionOf(service: Service, data: DataAccess, viewer: Viewer): Promise<Collection | null> {
  const description = await data.describe(service.name, viewer);
  if (description === null || description.axis === null) return null;
  const { columns, dimensions, axis, time } = description;
  const { kind, key } = seriesShape(service, axis.column);
  if (kind === 'none') return null;
  const place = ['longitude', 'latitude', 'altitude'].map((name) => columns[standardIndex({ columns }, name)]?.name);
  const moves = place[0] !== undefined && place[1] !== undefined;
  const taken = new Set(['record', key, ...place]);
  const parameters = columns.filter(({ name, type, unit, dimensions: inner }) => {
    // The lengths beside a key are the coordinates of its bins.
    const isCoordinate = key !== null && unit === 'm' && inner.length === 0;
    return type !== 'time' && !taken.has(name) && !isCoordinate;
  });
  if (parameters.length === 0) return null;
  return {
    id: service.name,
    service,
    key,
    parameters,
    moves,
    vertical: verticalOf(columns, dimensions),
    queries: moves ? ['area', 'locations'] : ['position', 'area', 'locations'],
    time,
  };
}
