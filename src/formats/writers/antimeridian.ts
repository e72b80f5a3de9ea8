// Cuts geometries at the antimeridian and turns rings counter-clockwise outside, clockwise inside: RFC 7946 sections 3.1.6 and 3.1.9.
import type { Box, Geometry, Position } from '../../model/geometry.ts';

type Line = readonly Position[];
type Rings = readonly Line[];

/**
 * Gives the geometry with right-hand rings and, when its box says that it crosses the antimeridian (west > east), in parts on both
 * sides. Longitude, latitude.
 */
export function rightHanded(geometry: Geometry, box: Box | null): Geometry {
  const crosses = box !== null && box[0] > box[2];
  switch (geometry.type) {
    case 'Point':
    case 'MultiPoint':
      return geometry;
    case 'LineString':
      return crosses ? linesOf(cutLine(geometry.coordinates)) : geometry;
    case 'MultiLineString':
      return crosses ? linesOf(geometry.coordinates.flatMap(cutLine)) : geometry;
    case 'Polygon':
      return crosses
        ? polygonsOf(cutPolygon(geometry.coordinates))
        : { type: 'Polygon', coordinates: orientRings(geometry.coordinates) };
    case 'MultiPolygon':
      return crosses
        ? polygonsOf(geometry.coordinates.flatMap(cutPolygon))
        : { type: 'MultiPolygon', coordinates: geometry.coordinates.map(orientRings) };
  }
}

/** The box as a geometry: a point where it is one, a line where it is flat, else a polygon or, across the antimeridian, two. */
export function boxGeometry([west, south, east, north]: Box): Geometry {
  if (west === east && south === north) return { type: 'Point', coordinates: [west, south] };
  const corners: Line = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  if (west === east || south === north) {
    return rightHanded({ type: 'LineString', coordinates: [corners[0] as Position, corners[2] as Position] }, [
      west,
      south,
      east,
      north,
    ]);
  }
  return rightHanded({ type: 'Polygon', coordinates: [corners] }, [west, south, east, north]);
}

function orientRings(rings: Rings): Rings {
  return rings.map((ring, index) => (areaOf(ring) >= 0 === (index === 0) ? ring : [...ring].reverse()));
}

/** Twice the signed area: positive = counter-clockwise. */
function areaOf(ring: Line): number {
  let area = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[x1, y1], [x2, y2]] = [ring[i] as Position, ring[i + 1] as Position];
    area += x1 * y2 - x2 * y1;
  }
  return area;
}

/** Longitudes that run on: no step is longer than 180 degrees, so 179, -179 becomes 179, 181. */
function unwrap(line: Line, from = line[0]?.[0] ?? 0): Position[] {
  let last = from;
  return line.map(([longitude, latitude]) => {
    last = longitude + 360 * Math.round((last - longitude) / 360);
    return [last, latitude];
  });
}

/** Where a line between two positions meets the meridian. */
function meet([x1, y1]: Position, [x2, y2]: Position, meridian: number): Position {
  return [meridian, y1 + ((y2 - y1) * (meridian - x1)) / (x2 - x1)];
}

function cutLine(line: Line): readonly Line[] {
  const parts: Position[][] = [[]];
  let previous: Position | undefined;
  for (const position of unwrap(line)) {
    if (previous !== undefined && Math.floor((previous[0] + 180) / 360) !== Math.floor((position[0] + 180) / 360)) {
      const meridian = 360 * Math.floor((Math.max(previous[0], position[0]) + 180) / 360) - 180;
      const east = previous[0] < position[0];
      const { 1: latitude } = meet(previous, position, meridian);
      parts[parts.length - 1]?.push([east ? 180 : -180, latitude]);
      parts.push([[east ? -180 : 180, latitude]]);
    }
    parts[parts.length - 1]?.push([wrap(position[0]), position[1]]);
    previous = position;
  }
  return parts.filter((part) => part.length > 1 && part.some(([x, y]) => x !== part[0]?.[0] || y !== part[0]?.[1]));
}

function wrap(longitude: number): number {
  return longitude - 360 * Math.floor((longitude + 180) / 360);
}

/** A polygon on both sides of the meridian 180, the eastern parts moved back by 360 degrees. Around a pole it cannot be cut: as it is. */
function cutPolygon(rings: Rings): readonly Rings[] {
  const oriented = orientRings(rings.map((ring) => unwrap(ring)));
  const outer = oriented[0] ?? [];
  if (outer.length < 4 || outer[0]?.[0] !== outer[outer.length - 1]?.[0]) return [rings];
  const west = Math.min(...outer.map(([longitude]) => longitude));
  const shift = west - wrap(west);
  const moved = oriented.map((ring) => ring.map(([x, y]): Position => [x - shift, y]));
  const holes = moved.slice(1).map((ring) => {
    const apart = Math.min(...ring.map(([x]) => x)) < west - shift ? 360 : 0;
    return ring.map(([x, y]): Position => [x + apart, y]);
  });
  const all = [moved[0] as Line, ...holes];
  const left = side(all, true);
  const right = side(all, false).map((polygon) => polygon.map((ring) => ring.map(([x, y]): Position => [x - 360, y])));
  return [...left, ...right];
}

/** Parts of a polygon on one side of the meridian 180. Chains that end on it are joined in the order of latitude, pair by pair. */
function side(rings: Rings, west: boolean): readonly Rings[] {
  const whole: Line[] = [];
  const chains: Position[][] = [];
  for (const ring of rings) {
    const cut = chainsOf(ring, west);
    if (cut === 'inside') whole.push(ring);
    else if (cut !== 'outside') chains.push(...cut);
  }
  const outers = joinChains(chains);
  const holes = whole.filter((ring) => areaOf(ring) < 0);
  outers.push(...whole.filter((ring) => areaOf(ring) >= 0));
  return outers.map((outer) => [outer, ...holes.filter((hole) => isInside(hole[0] as Position, outer))]);
}

function chainsOf(ring: Line, west: boolean): 'inside' | 'outside' | Position[][] {
  const within = ([x]: Position): boolean => (west ? x <= 180 : x > 180);
  const open = ring.slice(0, -1);
  const start = open.findIndex(
    (position, i) => within(position) && !within(open[(i + open.length - 1) % open.length] as Position),
  );
  if (start < 0) return open.every(within) ? 'inside' : 'outside';
  const chains: Position[][] = [];
  let previous = open[(start + open.length - 1) % open.length] as Position;
  for (let i = 0; i <= open.length; i++) {
    const position = open[(start + i) % open.length] as Position;
    if (within(position) !== within(previous)) {
      const crossing = meet(previous, position, 180);
      if (within(position)) {
        if (i === open.length) break;
        chains.push([crossing]);
      } else chains[chains.length - 1]?.push(crossing);
    }
    if (within(position)) chains[chains.length - 1]?.push(position);
    previous = position;
  }
  return chains;
}

function joinChains(chains: readonly Position[][]): Line[] {
  const ends = chains
    .flatMap((chain, index) => [
      { index, start: true, latitude: chain[0]?.[1] ?? 0 },
      { index, start: false, latitude: chain[chain.length - 1]?.[1] ?? 0 },
    ])
    .sort((a, b) => a.latitude - b.latitude);
  const next = new Map<number, number>();
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [a, b] = [ends[i], ends[i + 1]] as const;
    if (a === undefined || b === undefined || a.start === b.start) continue;
    next.set(a.start ? b.index : a.index, a.start ? a.index : b.index);
  }
  const left = new Set(chains.keys());
  const rings: Line[] = [];
  for (const first of chains.keys()) {
    const ring: Position[] = [];
    for (let at: number | undefined = first; at !== undefined && left.delete(at); at = next.get(at))
      ring.push(...(chains[at] ?? []));
    if (ring.length > 2) rings.push(withoutRepeats([...ring, ring[0] as Position]));
  }
  return rings;
}

function withoutRepeats(line: Line): Line {
  return line.filter(([x, y], i) => i === 0 || x !== line[i - 1]?.[0] || y !== line[i - 1]?.[1]);
}

function isInside([x, y]: Position, ring: Line): boolean {
  let inside = false;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[x1, y1], [x2, y2]] = [ring[i] as Position, ring[i + 1] as Position];
    if (y1 > y !== y2 > y && x < x1 + ((x2 - x1) * (y - y1)) / (y2 - y1)) inside = !inside;
  }
  return inside;
}

function linesOf(lines: readonly Line[]): Geometry {
  return lines.length === 1
    ? { type: 'LineString', coordinates: lines[0] as Line }
    : { type: 'MultiLineString', coordinates: lines };
}

function polygonsOf(polygons: readonly Rings[]): Geometry {
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0] as Rings }
    : { type: 'MultiPolygon', coordinates: polygons };
}
