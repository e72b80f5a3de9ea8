// Reference systems as requests name them, and the order of their axes. Inside vobs: WGS 84, longitude first.
import type { Position } from '../../model/geometry.ts';
import { excerpt } from './excerpt.ts';
import { filterFault, type Place } from './filter-faults.ts';

/** Turns two numbers, in the order in which they were written, into longitude and latitude in degrees. */
export type ReadPosition = (first: number, second: number) => Position;

const lonLat: ReadPosition = (x, y) => [x, y];
const latLon: ReadPosition = (y, x) => [x, y];
const EARTH = 6_378_137;
const DEGREES = 180 / Math.PI;
/** Web Mercator: easting, northing in metres. */
const mercator: ReadPosition = (x, y) => [
  (x / EARTH) * DEGREES,
  (2 * Math.atan(Math.exp(y / EARTH)) - Math.PI / 2) * DEGREES,
];

/** Systems that lie within the accuracy of the catalogue's own: WGS 84 in two and three dimensions, ETRS89, RGF93. */
const GEOGRAPHIC = new Set(['4326', '4979', '4258', '4937', '4171', '4965']);
const MERCATOR = new Set(['3857', '900913']);
const CRS84 =
  /^(?:urn:(?:x-)?ogc:def:crs:ogc:[\d.]*:crs84h?|https?:\/\/www\.opengis\.net\/def\/crs\/ogc\/[\d.]+\/crs84h?|(?:ogc:)?crs:?84)$/i;
/** Written by the authority's rules: latitude first. */
const AUTHORITY =
  /^(?:urn:(?:x-)?ogc:def:crs:epsg:[\d.]*:(\d{1,6})|https?:\/\/www\.opengis\.net\/def\/crs\/epsg\/[\d.]+\/(\d{1,6})|epsg::(\d{1,6}))$/i;
/** Old short forms: longitude first. */
const SHORT = /^(?:epsg:(\d{1,6})|https?:\/\/www\.opengis\.net\/gml\/srs\/epsg\.xml#(\d{1,6})|(\d{4,6}))$/i;
const LONGEST = 200;

/** null or empty: longitude first. undefined: a system that is not known here. */
export function axisOrder(name: string | null | undefined): ReadPosition | undefined {
  if (name === null || name === undefined) return lonLat;
  if (name.length > LONGEST) return undefined;
  const trimmed = name.trim();
  if (trimmed === '' || CRS84.test(trimmed)) return lonLat;
  const authority = AUTHORITY.exec(trimmed);
  const code = authority?.slice(1).find(Boolean) ?? SHORT.exec(trimmed)?.slice(1).find(Boolean);
  if (code === undefined) return undefined;
  if (MERCATOR.has(code)) return mercator;
  if (!GEOGRAPHIC.has(code)) return undefined;
  return authority === null ? lonLat : latLon;
}

/** @throws SyntaxFault when the system is not known. */
export function readPositionsOf(name: string | null | undefined, place: Place): ReadPosition {
  const read = axisOrder(name);
  if (read !== undefined) return read;
  throw filterFault(
    place,
    `the reference system ${excerpt(name ?? '')} is not known: CRS84, EPSG 4326, 4258 and 3857 are`,
    `le système de référence ${excerpt(name ?? '')} est inconnu : CRS84, EPSG 4326, 4258 et 3857 sont connus`,
  );
}
