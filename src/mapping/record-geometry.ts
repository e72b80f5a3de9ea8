// Geometry and box of a record from the search table's bounds and shape: WGS 84, longitude first, rings by the right-hand rule (RFC 7946, 3.1.6).
import type { Box, Geometry, Position } from '../model/geometry.ts';

/** West > east: the box crosses the antimeridian. All four null: no position. */
export interface Bounds {
  readonly west: number | null;
  readonly south: number | null;
  readonly east: number | null;
  readonly north: number | null;
}

export function boxOf(row: Bounds): Box | null {
  if (row.west === null || row.south === null || row.east === null || row.north === null) return null;
  return [row.west, row.south, row.east, row.north];
}

/** `shape` is GeoJSON text or null; without it the box itself is the geometry, a point where it has no size. */
export function geometryOf(box: Box | null, shape: string | null): Geometry | null {
  if (shape !== null) return rightHanded(JSON.parse(shape) as Geometry);
  return box === null ? null : geometryOfBox(box);
}

/** A point, a line or a polygon; two polygons, cut at 180°, where the box crosses the antimeridian (RFC 7946, 3.1.9). */
export function geometryOfBox([west, south, east, north]: Box): Geometry {
  if (west === east && south === north) return { type: 'Point', coordinates: [west, south] };
  if (west > east) {
    return { type: 'MultiPolygon', coordinates: [[ring(west, south, 180, north)], [ring(-180, south, east, north)]] };
  }
  if (west === east || south === north) {
    return {
      type: 'LineString',
      coordinates: [
        [west, south],
        [east, north],
      ],
    };
  }
  return { type: 'Polygon', coordinates: [ring(west, south, east, north)] };
}

/** The same geometry with outer rings counter-clockwise and holes clockwise. */
export function rightHanded(geometry: Geometry): Geometry {
  if (geometry.type === 'Polygon') return { type: 'Polygon', coordinates: turned(geometry.coordinates) };
  if (geometry.type === 'MultiPolygon') return { type: 'MultiPolygon', coordinates: geometry.coordinates.map(turned) };
  return geometry;
}

function turned(rings: readonly (readonly Position[])[]): readonly (readonly Position[])[] {
  return rings.map((positions, index) => {
    const counterClockwise = signedArea(positions) > 0;
    return counterClockwise === (index === 0) ? positions : [...positions].reverse();
  });
}

/** Twice the area of the ring on the plane; positive when it runs counter-clockwise. */
function signedArea(positions: readonly Position[]): number {
  let sum = 0;
  for (let i = 1; i < positions.length; i++) {
    const [x1, y1] = positions[i - 1]!;
    const [x2, y2] = positions[i]!;
    sum += x1 * y2 - x2 * y1;
  }
  return sum;
}

function ring(west: number, south: number, east: number, north: number): readonly Position[] {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}
