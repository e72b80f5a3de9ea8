// Geometries and times of GML 3.1 and 3.2. Latitude comes first where the reference system is named by a URN or by its address at
// opengis.net (but not for CRS84), and where none is named; short and old names (`EPSG:4326`) mean longitude first.
import type { Geometry, Position } from '../../model/geometry.ts';
import type { RecordTime } from '../../model/time.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from '../syntax/xml.ts';
import { iso } from './iso-text.ts';
import { momentOf, periodOf } from './moment.ts';

interface Axes {
  readonly latitudeFirst: boolean;
  readonly dimension: number;
}

/** null for a geometry that we do not know or that is not complete. Longitude, latitude. */
export function readGeometry(
  element: XmlElement | undefined,
  outer: Axes = { latitudeFirst: true, dimension: 2 },
): Geometry | null {
  if (element === undefined || !iso.is(element, `gml:${element.name}`)) return null;
  const axes = axesOf(element, outer);
  const members = (path: string): readonly Geometry[] =>
    iso.all(element, path).flatMap((member) => {
      const geometry = readGeometry(member, axes);
      return geometry === null ? [] : [geometry];
    });
  switch (element.name) {
    case 'Point': {
      const position = positionsOf(element, axes)[0];
      return position === undefined ? null : { type: 'Point', coordinates: position };
    }
    case 'LineString': {
      const positions = positionsOf(element, axes);
      return positions.length < 2 ? null : { type: 'LineString', coordinates: positions };
    }
    case 'Polygon':
      return polygon(element, axes);
    case 'MultiPoint':
      return multi('MultiPoint', 'Point', [...members('gml:pointMember/*'), ...members('gml:pointMembers/*')]);
    case 'MultiCurve':
    case 'MultiLineString':
      return multi('MultiLineString', 'LineString', [
        ...members('gml:curveMember/*'),
        ...members('gml:lineStringMember/*'),
        ...members('gml:curveMembers/*'),
      ]);
    case 'MultiSurface':
    case 'MultiPolygon':
      return multi('MultiPolygon', 'Polygon', [
        ...members('gml:surfaceMember/*'),
        ...members('gml:polygonMember/*'),
        ...members('gml:surfaceMembers/*'),
      ]);
    default:
      return null;
  }
}

/** TimeInstant or TimePeriod; `now` is an open end, `unknown` an unknown begin. */
export function readTime(element: XmlElement | undefined): RecordTime {
  if (element === undefined) return { kind: 'none' };
  if (element.name === 'TimeInstant') {
    const at = momentOf(textAt(element, 'gml:timePosition'));
    return at === null ? { kind: 'none' } : { kind: 'instant', at };
  }
  if (element.name !== 'TimePeriod') return { kind: 'none' };
  const begin = textAt(element, 'gml:beginPosition') ?? textAt(element, 'gml:begin/gml:TimeInstant/gml:timePosition');
  const end = textAt(element, 'gml:endPosition') ?? textAt(element, 'gml:end/gml:TimeInstant/gml:timePosition');
  return periodOf(momentOf(begin), momentOf(end, true));
}

function textAt(element: XmlElement, path: string): string | undefined {
  const found = iso.first(element, path);
  return found === undefined ? undefined : textOf(found);
}

function axesOf(element: XmlElement, outer: Axes): Axes {
  const name = attributeOf(element, 'srsName');
  const dimension = Number(attributeOf(element, 'srsDimension') ?? outer.dimension);
  if (name === undefined) return { ...outer, dimension };
  const byAddress = /^urn:(x-)?ogc:def:crs|opengis\.net\/def\/crs/.test(name);
  return { latitudeFirst: byAddress && !/CRS:?84/.test(name), dimension };
}

function polygon(element: XmlElement, axes: Axes): Geometry | null {
  const rings = [
    ...iso.all(element, 'gml:exterior/gml:LinearRing'),
    ...iso.all(element, 'gml:outerBoundaryIs/gml:LinearRing'),
    ...iso.all(element, 'gml:interior/gml:LinearRing'),
    ...iso.all(element, 'gml:innerBoundaryIs/gml:LinearRing'),
  ].map((ring) => positionsOf(ring, axes));
  return rings.length === 0 || rings.some((ring) => ring.length < 4) ? null : { type: 'Polygon', coordinates: rings };
}

function multi(
  type: 'MultiPoint' | 'MultiLineString' | 'MultiPolygon',
  member: Geometry['type'],
  members: readonly Geometry[],
): Geometry | null {
  const coordinates = members.filter((each) => each.type === member).map((each) => each.coordinates);
  return coordinates.length === 0 ? null : ({ type, coordinates } as Geometry);
}

function positionsOf(element: XmlElement, axes: Axes): readonly Position[] {
  const positions: Position[] = [];
  for (const child of elementsOf(element)) {
    const numbers = textOf(child)
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (!['pos', 'posList', 'coordinates'].includes(child.name) || numbers.some((number) => !Number.isFinite(number)))
      continue;
    const own = Number(attributeOf(child, 'srsDimension') ?? axes.dimension);
    const step = child.name === 'pos' ? numbers.length : Number.isFinite(own) ? Math.max(own, 2) : 2;
    const latitudeFirst = axes.latitudeFirst && child.name !== 'coordinates';
    for (let i = 0; i + 1 < numbers.length; i += step) {
      const [first = 0, second = 0] = [numbers[i], numbers[i + 1]];
      positions.push(latitudeFirst ? [second, first] : [first, second]);
    }
  }
  return positions;
}
