// Geometries as well-known text (OGC 06-103r4), longitude first.
import type { Geometry, Position } from '../../model/geometry.ts';
import { decimal } from './text.ts';

/** `height`: third coordinate of a point, metres; null: two dimensions. */
export function wellKnownText(geometry: Geometry, height: number | null = null): string {
  switch (geometry.type) {
    case 'Point':
      return height === null
        ? `POINT(${position(geometry.coordinates)})`
        : `POINT Z(${position(geometry.coordinates)} ${decimal(height)})`;
    case 'MultiPoint':
      return `MULTIPOINT(${geometry.coordinates.map((each) => `(${position(each)})`).join(',')})`;
    case 'LineString':
      return `LINESTRING${line(geometry.coordinates)}`;
    case 'MultiLineString':
      return `MULTILINESTRING(${geometry.coordinates.map(line).join(',')})`;
    case 'Polygon':
      return `POLYGON${rings(geometry.coordinates)}`;
    case 'MultiPolygon':
      return `MULTIPOLYGON(${geometry.coordinates.map(rings).join(',')})`;
  }
}

function position([longitude, latitude]: Position): string {
  return `${decimal(longitude)} ${decimal(latitude)}`;
}

function line(positions: readonly Position[]): string {
  return `(${positions.map(position).join(',')})`;
}

function rings(lines: readonly (readonly Position[])[]): string {
  return `(${lines.map(line).join(',')})`;
}
