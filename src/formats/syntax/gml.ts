// Geometries and times of GML 2, 3.1.1 and 3.2 as they stand in filters: names count, namespaces only as "one of GML's". The reference
// system of an outer element holds for what is inside; the third dimension is dropped.
import type { FilterGeometry, Term } from '../../model/filter.ts';
import type { Geometry, Position } from '../../model/geometry.ts';
import { boxTerm } from './cql2-literals.ts';
import { type ReadPosition, readPositionsOf } from './crs.ts';
import { filterFault, type Place } from './filter-faults.ts';
import { checkedPosition, checkedRing } from './geojson.ts';
import { elementPlace } from './gml-names.ts';
import { MOST_POSITIONS } from './wkt.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from './xml.ts';

interface Frame {
  readonly read: ReadPosition;
  readonly dimension: number;
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/**
 * A geometry element, or an Envelope or Box as a box. srsName: none is longitude first; an EPSG URN or address is latitude first.
 * @throws SyntaxFault for an unknown kind or reference system, and for positions that are none.
 */
export function gmlGeometry(element: XmlElement): Term {
  const frame = frameOf(element, { read: readPositionsOf(null, elementPlace(element)), dimension: 2 });
  if (element.name === 'Envelope' || element.name === 'Box') return envelope(element, frame);
  return { kind: 'geometry', geometry: geometryOf(element, frame) };
}

function frameOf(element: XmlElement, outer: Frame): Frame {
  const name = attributeOf(element, 'srsName');
  const dimension = attributeOf(element, 'srsDimension') ?? attributeOf(element, 'dimension');
  return {
    read: name === undefined ? outer.read : readPositionsOf(name, elementPlace(element)),
    dimension: dimension === '3' ? 3 : dimension === undefined ? outer.dimension : 2,
  };
}

function envelope(element: XmlElement, outer: Frame): Term {
  const place = elementPlace(element);
  const children = elementsOf(element);
  const named = (name: string): XmlElement | undefined => children.find((child) => child.name === name);
  const [lower, upper] = [named('lowerCorner'), named('upperCorner')];
  const positions =
    lower !== undefined && upper !== undefined
      ? [...positionsOf(lower, outer, false), ...positionsOf(upper, outer, false)]
      : children.flatMap((child) => positionsOf(child, outer, false));
  const [first, second] = positions;
  if (first === undefined || second === undefined || positions.length !== 2) throw notUnderstood(element);
  return boxTerm([first[0], first[1], second[0], second[1]], place);
}

function geometryOf(element: XmlElement, outer: Frame): FilterGeometry {
  const frame = frameOf(element, outer);
  switch (element.name) {
    case 'MultiGeometry':
      return { type: 'GeometryCollection', geometries: members(element).map((member) => simple(member, frame)) };
    default:
      return simple(element, frame);
  }
}

function simple(element: XmlElement, outer: Frame): Geometry {
  const frame = frameOf(element, outer);
  const parts = <T>(read: (member: XmlElement, inner: Frame) => T): T[] => {
    const found = members(element).map((member) => read(member, frameOf(member, frame)));
    if (found.length === 0) throw notUnderstood(element);
    return found;
  };
  switch (element.name) {
    case 'Point':
      return { type: 'Point', coordinates: only(positionsOf(element, frame), element) };
    case 'LineString':
    case 'Curve':
    case 'LineStringSegment':
      return { type: 'LineString', coordinates: line(element, frame) };
    case 'Polygon':
      return { type: 'Polygon', coordinates: rings(element, frame) };
    case 'Surface':
      return { type: 'MultiPolygon', coordinates: patches(element, frame) };
    case 'MultiPoint':
      return { type: 'MultiPoint', coordinates: parts((member, inner) => only(positionsOf(member, inner), member)) };
    case 'MultiLineString':
    case 'MultiCurve':
      return { type: 'MultiLineString', coordinates: parts(line) };
    case 'MultiPolygon':
    case 'MultiSurface':
      return { type: 'MultiPolygon', coordinates: parts(rings) };
    case 'Envelope':
    case 'Box':
      throw notUnderstood(element);
    default:
      throw notUnderstood(element);
  }
}

/** Elements within `…Member` and `…Members`. */
function members(element: XmlElement): readonly XmlElement[] {
  return elementsOf(element).flatMap((child) => (/Members?$/.test(child.name) ? elementsOf(child) : []));
}

function line(element: XmlElement, frame: Frame): Position[] {
  const positions = positionsOf(element, frame);
  if (positions.length < 2) throw notUnderstood(element);
  return positions;
}

function rings(element: XmlElement, frame: Frame): Position[][] {
  const boundary = (names: readonly string[]): readonly XmlElement[] =>
    elementsOf(element).filter((child) => names.includes(child.name));
  const found = [...boundary(['exterior', 'outerBoundaryIs']), ...boundary(['interior', 'innerBoundaryIs'])];
  if (found.length === 0) throw notUnderstood(element);
  return found.map((child) => checkedRing(positionsOf(child, frame), elementPlace(child)));
}

function patches(element: XmlElement, frame: Frame): Position[][][] {
  const found = elementsOf(element)
    .filter((child) => child.name === 'patches')
    .flatMap(elementsOf)
    .map((patch) => rings(patch, frame));
  if (found.length === 0) throw notUnderstood(element);
  return found;
}

function only(positions: readonly Position[], element: XmlElement): Position {
  const [position] = positions;
  if (position === undefined || positions.length !== 1) throw notUnderstood(element);
  return position;
}

/** All positions below the element, in order: pos, posList, coordinates, coord, corners. */
function positionsOf(element: XmlElement, outer: Frame, checked = true): Position[] {
  const frame = frameOf(element, outer);
  const place = elementPlace(element);
  const read = (): Position[] => {
    switch (element.name) {
      case 'pos':
      case 'lowerCorner':
      case 'upperCorner':
        return [positionOf(numbersOf(textOf(element), place), frame, place)];
      case 'posList':
        return listOf(numbersOf(textOf(element), place), frame, place);
      case 'coordinates':
        return coordinatesOf(element, frame, place);
      case 'coord':
        return [
          positionOf(
            elementsOf(element).flatMap((child) => numbersOf(textOf(child), place)),
            frame,
            place,
          ),
        ];
      default:
        return elementsOf(element).flatMap((child) => positionsOf(child, frame, checked));
    }
  };
  const positions = read();
  if (positions.length > MOST_POSITIONS)
    throw filterFault(place, `at most ${MOST_POSITIONS} positions are taken`, `au plus ${MOST_POSITIONS} positions`);
  return checked ? positions.map((position) => checkedPosition(position, place)) : positions;
}

function numbersOf(text: string, place: Place): readonly number[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => number(part, place));
}

function number(text: string, place: Place): number {
  const value = text.length <= 40 && NUMBER.test(text) ? Number(text) + 0 : Number.NaN;
  if (!Number.isFinite(value)) throw filterFault(place, 'a number is wanted', 'un nombre est attendu');
  return value;
}

function positionOf([first, second, ...others]: readonly number[], { read }: Frame, place: Place): Position {
  if (first === undefined || second === undefined || others.length > 1)
    throw filterFault(place, 'a position is two or three numbers', 'une position est deux ou trois nombres');
  const [x, y] = read(first, second);
  return [x + 0, y + 0];
}

function listOf(numbers: readonly number[], frame: Frame, place: Place): Position[] {
  const size = frame.dimension;
  if (numbers.length === 0 || numbers.length % size !== 0 || numbers.length / size > MOST_POSITIONS)
    throw filterFault(place, `${size} numbers for each position are wanted`, `${size} nombres par position attendus`);
  return Array.from({ length: numbers.length / size }, (_, i) =>
    positionOf(numbers.slice(i * size, i * size + size), frame, place),
  );
}

/** `gml:coordinates` of GML 2, with its own signs. */
function coordinatesOf(element: XmlElement, frame: Frame, place: Place): Position[] {
  const sign = (name: string, usual: string): string => attributeOf(element, name) || usual;
  const [decimal, between, tuples] = [sign('decimal', '.'), sign('cs', ','), sign('ts', ' ')];
  const text = textOf(element).trim();
  const list = tuples.trim() === '' ? text.split(/\s+/) : text.split(tuples);
  return list
    .filter((tuple) => tuple.trim() !== '')
    .map((tuple) =>
      positionOf(
        tuple.split(between).map((part) => number(part.trim().replace(decimal, '.'), place)),
        frame,
        place,
      ),
    );
}

function notUnderstood(element: XmlElement): Error {
  return filterFault(
    elementPlace(element),
    'a geometry of GML is wanted: Envelope, Point, LineString, Curve, Polygon, Surface or a Multi of them, with its positions',
    'une géométrie GML est attendue : Envelope, Point, LineString, Curve, Polygon, Surface ou un Multi de ceux-ci, avec ses positions',
  );
}
