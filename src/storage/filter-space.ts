// Spatial conditions of filters by PostGIS (OGC 06-103r4), longitude first in degrees; distances in true metres. Where one side is the
// record's geometry and the other a literal, its bounds are compared first, and cells of the index preselect where they may.
import { geometryOfBox } from '../mapping/record-geometry.ts';
import { AppError } from '../model/errors.ts';
import type { FilterGeometry, SpatialOperator, Term } from '../model/filter.ts';
import type { Box, Geometry, Position } from '../model/geometry.ts';
import type { Area } from '../model/query.ts';
import { columnOf } from './filter-columns.ts';
import { type FilterWriting, queryableOf } from './filter-values.ts';
import { boundsOf, queryCells, splitBox } from './search-cells.ts';
import { boundsTest, partsOf, spaceConditions, wellKnownText } from './search-space.ts';
import { integerArray } from './search-statement.ts';

/** Conditions to be joined by AND; those before the last only preselect, and stand where unknown is as good as false. */
export interface Preselected {
  readonly preselect: readonly string[];
  readonly exact: string;
}

type Literal = Term & { readonly kind: 'geometry' | 'box' };

const isLiteral = (term: Term): term is Literal => term.kind === 'geometry' || term.kind === 'box';

/** The operator with its sides exchanged. */
const MIRRORED: { readonly [S in SpatialOperator]: SpatialOperator } = {
  intersects: 'intersects',
  disjoint: 'disjoint',
  equals: 'equals',
  touches: 'touches',
  within: 'contains',
  contains: 'within',
  overlaps: 'overlaps',
  crosses: 'crosses',
};

const FUNCTIONS: { readonly [S in SpatialOperator]: string } = {
  intersects: 'ST_Intersects',
  disjoint: 'ST_Disjoint',
  equals: 'ST_Equals',
  touches: 'ST_Touches',
  within: 'ST_Within',
  contains: 'ST_Contains',
  overlaps: 'ST_Overlaps',
  crosses: 'ST_Crosses',
};

export function spatialRelation(
  operator: SpatialOperator,
  left: Term,
  right: Term,
  writing: FilterWriting,
  positive: boolean,
): Preselected {
  if (isLiteral(left) && !isLiteral(right)) return spatialRelation(MIRRORED[operator], right, left, writing, positive);
  if (!isLiteral(left) && isLiteral(right)) return toLiteral(operator, left, right, writing, positive);
  const sides = [left, right].map((term) =>
    isLiteral(term) ? literalSql(term, operator, writing) : ofRecord(term, writing),
  );
  return { preselect: [], exact: `(${FUNCTIONS[operator]}(${sides.join(', ')}))` };
}

function ofRecord(term: Term, writing: FilterWriting): string {
  if (term.kind !== 'property') throw new Error(`a ${term.kind} is no geometry`);
  return columnOf(queryableOf(term.name, writing), writing.constants, writing.parameters).sql;
}

function toLiteral(
  operator: SpatialOperator,
  property: Term,
  literal: Literal,
  writing: FilterWriting,
  positive: boolean,
): Preselected {
  const { parameters } = writing;
  const area = areaOf(literal);
  if ((operator === 'intersects' || operator === 'disjoint') && area !== null) {
    const found = spaceConditions({ area, relation: 'intersects' }, parameters, positive && operator === 'intersects');
    const exact = found.conditions.at(-1) ?? 'true';
    return operator === 'disjoint'
      ? { preselect: [], exact: `(NOT ${exact})` }
      : { preselect: found.conditions.slice(0, -1), exact };
  }
  const relation = `${FUNCTIONS[operator]}(${ofRecord(property, writing)}, ${literalSql(literal, operator, writing)})`;
  if (operator === 'disjoint') return { preselect: [], exact: `(${relation})` };
  const boxes = boxesOf(literal);
  const bounds = boundsTest(wholeOf(boxes), parameters).touched;
  return { preselect: cellsOf(boxes, writing, positive), exact: `(${bounds} AND ${relation})` };
}

function cellsOf(boxes: readonly Box[], { parameters }: FilterWriting, positive: boolean): readonly string[] {
  if (!positive) return [];
  const cells = queryCells(boxes) ?? queryCells([wholeOf(boxes)]);
  return cells === null ? [] : [`s.cells && ${parameters.add(integerArray(cells), 'int[]')}`];
}

const wholeOf = (boxes: readonly Box[]): Box =>
  boundsOf(
    boxes.flatMap(([w, s, e, n]): Position[] => [
      [w, s],
      [e, n],
    ]),
  );

/** The literal as an area of a search; null: a collection is none. */
function areaOf(literal: Literal): Area | null {
  if (literal.kind === 'box') return { kind: 'box', box: literal.box };
  const { geometry } = literal;
  return geometry.type === 'GeometryCollection' ? null : { kind: 'geometry', geometry };
}

/** Boxes that hold the literal; none crosses the antimeridian. */
function boxesOf(literal: Literal): readonly Box[] {
  if (literal.kind === 'box') return splitBox(literal.box);
  return membersOf(literal.geometry).flatMap((member) => partsOf(member).map(boundsOf));
}

const membersOf = (geometry: FilterGeometry): readonly Geometry[] =>
  geometry.type === 'GeometryCollection' ? geometry.geometries : [geometry];

/** Made valid, once for all rows; where that leaves lines or points beside the area, these are dropped. */
function literalSql(literal: Literal, operator: SpatialOperator, { parameters }: FilterWriting): string {
  if (literal.kind === 'box') return parameters.add(wellKnownText(geometryOfBox(literal.box)), 'geometry');
  const { geometry } = literal;
  if (geometry.type !== 'GeometryCollection') {
    const asked = parameters.add(wellKnownText(geometry), 'geometry');
    const areas = geometry.type === 'Polygon' || geometry.type === 'MultiPolygon';
    return areas ? `(SELECT ST_CollectionExtract(ST_MakeValid(${asked}), 3))` : asked;
  }
  if (operator !== 'intersects' && operator !== 'disjoint')
    throw new AppError('invalid-parameter', {
      faults: [
        {
          parameter: 'filter',
          detail: {
            en: `a geometry collection can only be asked for intersects and disjoint, not for ${operator}`,
            fr: `une collection de géométries ne se compare que par intersects et disjoint, pas par ${operator}`,
          },
        },
      ],
    });
  const members = geometry.geometries.map(
    (member) => `ST_MakeValid(${parameters.add(wellKnownText(member), 'geometry')})`,
  );
  return `(SELECT ST_Collect(ARRAY[${members.join(', ')}]))`;
}

/** Within so many metres of each other; a circle about a point is that of `SearchQuery.areas`. */
/** `positive`: unknown is as good as false here, so that the index may preselect. */
export function withinDistance(
  left: Term,
  right: Term,
  metres: number,
  writing: FilterWriting,
  positive: boolean,
): Preselected {
  if (isLiteral(left) && !isLiteral(right)) return withinDistance(right, left, metres, writing, positive);
  const { parameters } = writing;
  if (!isLiteral(left) && isLiteral(right)) {
    const centre = pointOf(right);
    if (centre !== null) {
      const found = spaceConditions(
        { area: { kind: 'circle', centre, metres }, relation: 'intersects' },
        parameters,
        positive,
      );
      return { preselect: found.conditions.slice(0, -1), exact: found.conditions.at(-1) ?? 'true' };
    }
  }
  const sides = [left, right].map((term) =>
    isLiteral(term) ? literalSql(term, 'intersects', writing) : ofRecord(term, writing),
  );
  const [one, two] = sides.map((side) => `(${side})::geography`);
  const exact = `(ST_DWithin(${one}, ${two}, ${parameters.add(metres, 'float8')}, true))`;
  if (isLiteral(left) || !isLiteral(right)) return { preselect: [], exact };
  return { preselect: cellsOf([wider(wholeOf(boxesOf(right)), metres)], writing, positive), exact };
}

function pointOf(literal: Literal): Position | null {
  if (literal.kind === 'geometry') return literal.geometry.type === 'Point' ? literal.geometry.coordinates : null;
  const [west, south, east, north] = literal.box;
  return west === east && south === north ? [west, south] : null;
}

/** Smallest radius of curvature of the ellipsoid (metres): angles from it are never too small. */
const SMALLEST_RADIUS = 6_335_439;

/** A box that holds every point within so many metres of the box; all longitudes where it comes near a pole or the antimeridian. */
function wider([west, south, east, north]: Box, metres: number): Box {
  const degrees = ((metres / SMALLEST_RADIUS) * 1.01 * 180) / Math.PI + 1e-5;
  const [low, high] = [Math.max(-90, south - degrees), Math.min(90, north + degrees)];
  const farthest = Math.max(Math.abs(low), Math.abs(high));
  const half = farthest >= 89.9 ? 360 : degrees / Math.cos((farthest * Math.PI) / 180);
  return west - half < -180 || east + half > 180 ? [-180, low, 180, high] : [west - half, low, east + half, high];
}
