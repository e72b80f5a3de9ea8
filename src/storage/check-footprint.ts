// Is a footprint a GeoJSON geometry (RFC 7946, 3.1) on the globe? Longitudes may pass 180 degrees: the index cuts them there.

type Report = (en: string, fr: string) => void;

/** Depth of nesting of `coordinates` for each kind, and the least number of positions of its innermost list. */
const KINDS: { readonly [type: string]: readonly [depth: number, least: number] } = {
  Point: [0, 1],
  MultiPoint: [1, 1],
  LineString: [1, 2],
  MultiLineString: [2, 2],
  Polygon: [2, 4],
  MultiPolygon: [3, 4],
};

/** Reports the first fault, if there is one. */
export function checkFootprint(footprint: unknown, report: Report): void {
  const { type, coordinates } = footprint as { type?: unknown; coordinates?: unknown };
  const kind = typeof type === 'string' && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (!kind) {
    report(
      `must be a geometry: ${Object.keys(KINDS).join(', ')}`,
      `doit être une géométrie : ${Object.keys(KINDS).join(', ')}`,
    );
    return;
  }
  const [depth, least] = kind;
  if (!areCoordinates(coordinates, depth, least, least === 4))
    report(
      'must have positions [longitude, latitude] in degrees, and closed rings of four or more',
      'doit avoir des positions [longitude, latitude] en degrés, et des anneaux fermés de quatre ou plus',
    );
}

function areCoordinates(value: unknown, depth: number, least: number, rings: boolean): boolean {
  if (depth === 0) return isPosition(value);
  if (!Array.isArray(value) || value.length === 0) return false;
  if (!value.every((part) => areCoordinates(part, depth - 1, least, rings))) return false;
  if (depth > 1) return true;
  const [first, last] = [value[0], value.at(-1)] as [number[], number[]];
  return value.length >= least && (!rings || (first[0] === last[0] && first[1] === last[1]));
}

function isPosition(value: unknown): boolean {
  if (!Array.isArray(value) || value.length < 2 || value.length > 3) return false;
  const [x, y] = value as number[];
  return value.every(Number.isFinite) && Math.abs(x!) <= 360 && Math.abs(y!) <= 90;
}
