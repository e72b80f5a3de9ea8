// Positions on WGS 84. Everywhere inside vobs the order is longitude, latitude, in degrees; each format turns it where its standard wants it.

export type Position = readonly [longitude: number, latitude: number];
/** west, south, east, north in degrees. west > east: the box crosses the antimeridian. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** GeoJSON geometries (RFC 7946), two dimensions. */
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'MultiPoint'; readonly coordinates: readonly Position[] }
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };

/** The position as it stands in the internal table: in a projected system `x` is the easting, `y` the northing (metres). */
export interface StoredPosition {
  readonly x: number;
  readonly y: number;
  readonly epsg: number;
}
