// Spatial conditions (OGC 10-032r8 as clients use it): box, geometry, circle; intersects, contains, disjoint.
// A record's geometry is its box (float8 bounds, a point where they are equal) or its `shape`. A common boundary point is common;
// what touches the inside of the boundary is inside. Records without geometry match nothing, disjoint included.
import type { Box, Geometry, Position } from '../model/geometry.ts';
import type { SpatialCondition } from '../model/query.ts';
import { boundsOf, queryCells, splitBox } from './search-cells.ts';
import { integerArray, type Parameters } from './search-statement.ts';

/** Conditions over `metadata_search s`, to be joined by AND. */
export interface SpaceConditions {
  readonly conditions: readonly string[];
  /** One of them asks the index. */
  readonly indexed: boolean;
}

/** The record's geometry where it has no shape of its own: its point, line or box. */
const PLAIN_GEOMETRY = 'box_geometry(s.west, s.south, s.east, s.north)';

const any = (conditions: readonly string[]): string =>
  conditions.length === 1 ? conditions[0]! : `(${conditions.join(' OR ')})`;

/**
 * Gives the conditions of one area, the exact one last. `not` of an exact test never meets a null: the bounds are asked to be there first.
 * `preselect` false: where a record without geometry must be told from one elsewhere, the index is not asked.
 */
export function spaceConditions(
  { area, relation }: SpatialCondition,
  parameters: Parameters,
  preselect = true,
): SpaceConditions {
  const { boxes, exact } =
    area.kind === 'box'
      ? boxTest(area.box, relation === 'contains', parameters)
      : area.kind === 'geometry'
        ? geometryTest(area.geometry, relation === 'contains', parameters)
        : circleTest(area.centre, area.metres, relation === 'contains', parameters);
  if (relation === 'disjoint') return { conditions: ['s.west IS NOT NULL', `NOT (${exact})`], indexed: false };
  const cells = preselect ? queryCells(boxes) : null;
  return {
    conditions: [...(cells === null ? [] : [`s.cells && ${parameters.add(integerArray(cells), 'int[]')}`]), exact],
    indexed: cells !== null,
  };
}

interface AreaTest {
  /** Boxes that hold the area; none crosses the antimeridian. */
  readonly boxes: readonly Box[];
  readonly exact: string;
}

type Bounds = { readonly touched: string; readonly inside: string; readonly placeholders: readonly string[] };

export function boundsTest(box: Box, parameters: Parameters): Bounds {
  const placeholders = box.map((value) => parameters.add(value, 'float8'));
  const [w, s, e, n] = placeholders;
  return {
    touched: `s.west <= ${e} AND s.east >= ${w} AND s.south <= ${n} AND s.north >= ${s}`,
    inside: `s.west >= ${w} AND s.east <= ${e} AND s.south >= ${s} AND s.north <= ${n}`,
    placeholders,
  };
}

function boxTest(box: Box, contains: boolean, parameters: Parameters): AreaTest {
  const boxes = splitBox(box);
  const tests = boxes.map((part) => {
    const bounds = boundsTest(part, parameters);
    if (contains) return bounds.inside;
    const [w, s, e, n] = bounds.placeholders;
    const shape =
      part[0] < part[2] && part[1] < part[3]
        ? `ST_MakeEnvelope(${w}, ${s}, ${e}, ${n}, 4326)`
        : part[0] === part[2] && part[1] === part[3]
          ? `ST_SetSRID(ST_MakePoint(${w}, ${s}), 4326)`
          : `ST_SetSRID(ST_MakeLine(ST_MakePoint(${w}, ${s}), ST_MakePoint(${e}, ${n})), 4326)`;
    return `(${bounds.touched} AND (s.shape IS NULL OR ST_Intersects(s.shape, ${shape})))`;
  });
  if (contains && boxes.length > 1) {
    // A shape that crosses the antimeridian has parts in both boxes.
    const whole = parameters.add(wellKnownText({ type: 'MultiPolygon', coordinates: boxes.map(ringOf) }), 'geometry');
    tests.push(`(s.shape IS NOT NULL AND ST_CoveredBy(s.shape, ${whole}))`);
  }
  return { boxes, exact: any(tests) };
}

const ringOf = ([west, south, east, north]: Box): readonly (readonly Position[])[] => [
  [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ],
];

function geometryTest(geometry: Geometry, contains: boolean, parameters: Parameters): AreaTest {
  const boxes = partsOf(geometry).map(boundsOf);
  const whole = boundsOf(
    boxes.flatMap(([w, s, e, n]): Position[] => [
      [w, s],
      [e, n],
    ]),
  );
  const bounds = boundsTest(whole, parameters);
  // Made valid (a ring that crosses itself would fail the statement), once for all rows.
  const asked = `(SELECT ST_MakeValid(${parameters.add(wellKnownText(geometry), 'geometry')}))`;
  const relate = contains ? 'ST_CoveredBy' : 'ST_Intersects';
  return {
    boxes: queryCells(boxes) === null ? [whole] : boxes,
    exact: `(${contains ? bounds.inside : bounds.touched} AND ${relate}(coalesce(s.shape, ${PLAIN_GEOMETRY}), ${asked}))`,
  };
}

/** The separate parts of a geometry as lists of positions. */
export function partsOf(geometry: Geometry): readonly (readonly Position[])[] {
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]];
    case 'MultiPoint':
      return geometry.coordinates.map((position) => [position]);
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiLineString':
      return geometry.coordinates;
    case 'Polygon':
      return [geometry.coordinates.flat()];
    case 'MultiPolygon':
      return geometry.coordinates.map((polygon) => polygon.flat());
  }
}

/** EWKT, longitude first; JavaScript prints the shortest digits that read back as the same number. */
export function wellKnownText(geometry: Geometry): string {
  const write = (value: unknown): string =>
    Array.isArray(value)
      ? typeof value[0] === 'number'
        ? value.slice(0, 2).join(' ')
        : value.map((part) => (typeof part?.[0]?.[0] === 'undefined' ? write(part) : `(${write(part)})`)).join(',')
      : '';
  return `SRID=4326;${geometry.type.toUpperCase()}(${write(geometry.coordinates)})`;
}

/** Smallest radius of curvature of the ellipsoid (metres): angles from it are never too small. */
const SMALLEST_RADIUS = 6_335_439;
const DEGREE = Math.PI / 180;

/** Boxes that hold every point within `metres` of the centre, with a margin. */
function boxesOfCircle([longitude, latitude]: Position, metres: number): readonly Box[] {
  const angle = (metres / SMALLEST_RADIUS) * 1.01 + 1e-7;
  const south = latitude - angle / DEGREE;
  const north = latitude + angle / DEGREE;
  if (angle > 1.5 || south <= -90 || north >= 90) return [[-180, Math.max(-90, south), 180, Math.min(90, north)]];
  const half = (Math.asin(Math.min(1, Math.sin(angle) / Math.cos(latitude * DEGREE))) / DEGREE) * 1.01 + 1e-5;
  if (half >= 180) return [[-180, south, 180, north]];
  const [west, east] = [longitude - half, longitude + half];
  if (west < -180) return splitBox([west + 360, south, east, north]);
  if (east > 180) return splitBox([west, south, east - 360, north]);
  return [[west, south, east, north]];
}

/**
 * What of a shape can be nearest to a point outside it. Polygons become their rings: PostGIS 3.3 may take a geography that crosses the
 * antimeridian for one that holds the point.
 */
const EDGE = 'CASE ST_Dimension(s.shape) WHEN 2 THEN ST_Boundary(s.shape) ELSE s.shape END';

/**
 * True metres on the ellipsoid. The nearest point of a box lies on the centre's own meridian, or on the box's western or eastern edge,
 * and these are geodesics; its northern and southern edges are not, so the box as a geography would be another area.
 * Inside the circle is what has every corner in it.
 */
function circleTest(centre: Position, metres: number, contains: boolean, parameters: Parameters): AreaTest {
  const boxes = boxesOfCircle(centre, metres);
  const bounds = boxes.map((box) => boundsTest(box, parameters));
  const [x, y] = [parameters.add(centre[0], 'float8'), parameters.add(centre[1], 'float8')];
  const point = `ST_SetSRID(ST_MakePoint(${x}, ${y}), 4326)`;
  const within = (geometry: string): string =>
    `ST_DWithin((${geometry})::geography, ${point}::geography, ${radius}, true)`;
  const radius = parameters.add(metres, 'float8');
  const meridian = (edge: string): string =>
    within(
      `ST_SetSRID(ST_MakeLine(ARRAY[ST_MakePoint(${edge}, s.south), ST_MakePoint(${edge}, (s.south + s.north) / 2), ST_MakePoint(${edge}, s.north)]), 4326)`,
    );
  const nearest = `ST_SetSRID(ST_MakePoint(least(greatest(${x}, s.west), s.east), least(greatest(${y}, s.south), s.north)), 4326)`;
  const touched = any(bounds.map((part) => `(${part.touched})`));
  const exact = contains
    ? `NOT EXISTS (SELECT FROM ST_DumpPoints(coalesce(s.shape, ${PLAIN_GEOMETRY})) corner WHERE NOT ${within('corner.geom')})`
    : `CASE WHEN s.shape IS NOT NULL THEN ST_Intersects(s.shape, ${point}) OR ${within(EDGE)}
  ELSE ${within(nearest)} OR (s.south < s.north AND (${meridian('s.west')} OR (s.west < s.east AND ${meridian('s.east')}))) END`;
  return { boxes, exact: `(${touched} AND ${exact})` };
}
