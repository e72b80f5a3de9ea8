// Geometries for templates that write GML (ISO 19136): EPSG:4326 by its address means latitude before longitude, and every geometry
// has a gml:id that is unique in the document.
import type { Geometry, Position } from '../../model/geometry.ts';
import { decimal } from './text.ts';
import type { Names, ViewOf } from './xml-template.ts';

const POINT = { id: 'value', position: 'value' } as const satisfies Names;
const LINE = { id: 'value', positions: 'value' } as const satisfies Names;
const POLYGON = { id: 'value', exterior: 'value', holes: 'list' } as const satisfies Names;

/** One of these is given, the others are absent. */
export const GEOMETRY = {
  point: POINT,
  line: LINE,
  polygon: POLYGON,
  multiPoint: { id: 'value', members: POINT },
  multiLine: { id: 'value', members: LINE },
  multiPolygon: { id: 'value', members: POLYGON },
} as const satisfies Names;

type GeometryView = ViewOf<typeof GEOMETRY>;

const NONE: GeometryView = {
  point: undefined,
  line: undefined,
  polygon: undefined,
  multiPoint: undefined,
  multiLine: undefined,
  multiPolygon: undefined,
};

/** Fills the names of GEOMETRY; members of a multi-geometry have the ids `{id}-1`, `{id}-2` … */
export function gmlGeometry(geometry: Geometry, id: string): GeometryView {
  switch (geometry.type) {
    case 'Point':
      return { ...NONE, point: pointOf(geometry.coordinates, id) };
    case 'LineString':
      return { ...NONE, line: lineOf(geometry.coordinates, id) };
    case 'Polygon':
      return { ...NONE, polygon: polygonOf(geometry.coordinates, id) };
    case 'MultiPoint':
      return {
        ...NONE,
        multiPoint: { id, members: geometry.coordinates.map((each, i) => pointOf(each, `${id}-${i + 1}`)) },
      };
    case 'MultiLineString':
      return {
        ...NONE,
        multiLine: { id, members: geometry.coordinates.map((each, i) => lineOf(each, `${id}-${i + 1}`)) },
      };
    case 'MultiPolygon':
      return {
        ...NONE,
        multiPolygon: { id, members: geometry.coordinates.map((each, i) => polygonOf(each, `${id}-${i + 1}`)) },
      };
  }
}

/** `latitude longitude latitude longitude …`, as GML and GeoRSS want it. */
export function latitudeFirst(positions: readonly Position[]): string {
  return positions.map(([longitude, latitude]) => `${decimal(latitude)} ${decimal(longitude)}`).join(' ');
}

function pointOf(position: Position, id: string): ViewOf<typeof POINT> {
  return { id, position: latitudeFirst([position]) };
}

function lineOf(positions: readonly Position[], id: string): ViewOf<typeof LINE> {
  return { id, positions: latitudeFirst(positions) };
}

function polygonOf(rings: readonly (readonly Position[])[], id: string): ViewOf<typeof POLYGON> {
  return { id, exterior: latitudeFirst(rings[0] ?? []), holes: rings.slice(1).map(latitudeFirst) };
}
