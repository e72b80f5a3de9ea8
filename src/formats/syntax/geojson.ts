// GeoJSON geometries of requests (RFC 7946 3.1): checked in full, since they come from strangers; the third dimension is dropped.
import type { FilterGeometry } from '../../model/filter.ts';
import type { Geometry, Position } from '../../model/geometry.ts';
import { filterFault, type Place } from './filter-faults.ts';
import { MOST_POSITIONS } from './wkt.ts';

interface Reader {
  readonly place: Place;
  positions: number;
}

const fault = (reader: Reader, en: string, fr: string): Error => filterFault(reader.place, en, fr);

/**
 * Checks a value and gives it as a geometry, longitude first in degrees.
 * @throws SyntaxFault for another kind of value, a position out of range, an open ring, an empty or too large geometry.
 */
export function parseGeoJsonGeometry(value: unknown, place: Place): FilterGeometry {
  const reader: Reader = { place, positions: 0 };
  const { type, geometries } = membersOf(value, reader);
  if (type !== 'GeometryCollection') return geometryOf(value, reader);
  return {
    type,
    geometries: listOf(geometries, reader, 1).map((part) => geometryOf(part, reader)),
  };
}

interface Members {
  readonly type?: unknown;
  readonly coordinates?: unknown;
  readonly geometries?: unknown;
}

function membersOf(value: unknown, reader: Reader): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw fault(reader, 'a GeoJSON geometry is wanted', 'une géométrie GeoJSON est attendue');
}

function geometryOf(value: unknown, reader: Reader): Geometry {
  const { type, coordinates } = membersOf(value, reader);
  const line = (part: unknown): Position[] => positionsOf(part, reader, 2);
  const rings = (part: unknown): Position[][] => listOf(part, reader, 1).map((ring) => ringOf(ring, reader));
  switch (type) {
    case 'Point':
      return { type, coordinates: positionOf(coordinates, reader) };
    case 'MultiPoint':
      return { type, coordinates: positionsOf(coordinates, reader, 1) };
    case 'LineString':
      return { type, coordinates: line(coordinates) };
    case 'MultiLineString':
      return { type, coordinates: listOf(coordinates, reader, 1).map(line) };
    case 'Polygon':
      return { type, coordinates: rings(coordinates) };
    case 'MultiPolygon':
      return { type, coordinates: listOf(coordinates, reader, 1).map(rings) };
    default:
      throw fault(reader, 'the geometry has no known type', 'le type de la géométrie est inconnu');
  }
}

function listOf(value: unknown, reader: Reader, least: number): readonly unknown[] {
  if (Array.isArray(value) && value.length >= least && value.length <= MOST_POSITIONS) return value;
  throw fault(
    reader,
    `a list of ${least} to ${MOST_POSITIONS} parts is wanted`,
    `une liste de ${least} à ${MOST_POSITIONS} parties est attendue`,
  );
}

function positionsOf(value: unknown, reader: Reader, least: number): Position[] {
  return listOf(value, reader, least).map((position) => positionOf(position, reader));
}

function positionOf(value: unknown, reader: Reader): Position {
  const [longitude, latitude, ...others]: readonly unknown[] = Array.isArray(value) ? value : [];
  const numbers = [longitude, latitude, ...others].every((part) => typeof part === 'number' && Number.isFinite(part));
  if (!numbers || others.length > 2)
    throw fault(reader, 'a position is two or three numbers', 'une position est deux ou trois nombres');
  if (++reader.positions > MOST_POSITIONS)
    throw fault(reader, `at most ${MOST_POSITIONS} positions are taken`, `au plus ${MOST_POSITIONS} positions`);
  return checkedPosition([Number(longitude) + 0, Number(latitude) + 0], reader.place);
}

function ringOf(value: unknown, reader: Reader): Position[] {
  return checkedRing(positionsOf(value, reader, 4), reader.place);
}

/** @throws SyntaxFault when it lies beyond ±180 or ±90 degrees. */
export function checkedPosition(position: Position, place: Place): Position {
  if (Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90) return position;
  throw filterFault(
    place,
    'longitudes go from -180 to 180 and latitudes from -90 to 90 degrees',
    'les longitudes vont de -180 à 180 et les latitudes de -90 à 90 degrés',
  );
}

/** @throws SyntaxFault when it has less than four positions or the last one is not the first. */
export function checkedRing(ring: Position[], place: Place): Position[] {
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length >= 4 && first?.[0] === last?.[0] && first?.[1] === last?.[1]) return ring;
  throw filterFault(
    place,
    'a ring has at least four positions, and the last one repeats the first',
    'un anneau a au moins quatre positions, et la dernière répète la première',
  );
}
