// Geometry and box of a record: a point, its own shape by the right-hand rule, or its box, cut at the antimeridian.
import { suite } from 'uvu';
import { equal } from 'uvu/assert';
import { boxOf, geometryOf, geometryOfBox, rightHanded } from '../../../src/mapping/record-geometry.ts';
import type { Geometry, Position } from '../../../src/model/geometry.ts';
import { fixtureRecords } from '../../fixtures/records.ts';

const test = suite('record geometry');
const SQUARE: readonly Position[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [0, 0],
];
const HOLE: readonly Position[] = [
  [1, 1],
  [1, 2],
  [2, 2],
  [2, 1],
  [1, 1],
];
const turned = (ring: readonly Position[]) => [...ring].reverse();

test('a box without size is a point, one without width a line', () => {
  equal(geometryOfBox([3, 45, 3, 45]), { type: 'Point', coordinates: [3, 45] });
  equal(geometryOfBox([3, 45, 3, 46]).type, 'LineString');
});

test('a box is a counter-clockwise polygon', () => {
  equal(geometryOfBox([0, 0, 4, 4]), { type: 'Polygon', coordinates: [SQUARE] });
});

test('a box across the antimeridian is cut there', () => {
  const geometry = geometryOfBox([178, -20, -179, -15]);
  equal(geometry.type, 'MultiPolygon');
  const longitudes = (geometry.coordinates as readonly (readonly (readonly Position[])[])[]).map((polygon) => [
    Math.min(...polygon[0]!.map(([longitude]) => longitude)),
    Math.max(...polygon[0]!.map(([longitude]) => longitude)),
  ]);
  equal(longitudes, [
    [178, 180],
    [-180, -179],
  ]);
});

test('outer rings are turned counter-clockwise, holes clockwise, whatever the row has', () => {
  const wanted: Geometry = { type: 'Polygon', coordinates: [SQUARE, HOLE] };
  for (const outer of [SQUARE, turned(SQUARE)]) {
    for (const hole of [HOLE, turned(HOLE)]) {
      equal(rightHanded({ type: 'Polygon', coordinates: [outer, hole] }), wanted);
      equal(rightHanded({ type: 'MultiPolygon', coordinates: [[outer, hole]] }), {
        type: 'MultiPolygon',
        coordinates: [[SQUARE, HOLE]],
      });
    }
  }
});

test('the row’s shape wins over its box; without both there is no geometry', () => {
  const line = '{"type":"LineString","coordinates":[[0,0],[4,4]]}';
  equal(geometryOf([0, 0, 4, 4], line), JSON.parse(line));
  equal(geometryOf(null, null), null);
  equal(boxOf({ west: null, south: null, east: null, north: null }), null);
  equal(boxOf({ west: 178, south: -20, east: -179, north: -15 }), [178, -20, -179, -15]);
});

test('every fixture lies in its own box', () => {
  for (const { identifier, geometry, bbox } of fixtureRecords()) {
    if (geometry === null || bbox === null) {
      equal([geometry, bbox], [null, null], identifier);
      continue;
    }
    const [west, south, east, north] = bbox;
    for (const [longitude, latitude] of positionsOf(geometry.coordinates)) {
      const inside = west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
      equal(inside && latitude >= south && latitude <= north, true, `${identifier} ${longitude} ${latitude}`);
    }
  }
});

function positionsOf(coordinates: unknown): readonly Position[] {
  const parts = coordinates as readonly unknown[];
  return typeof parts[0] === 'number' ? [parts as unknown as Position] : parts.flatMap(positionsOf);
}

test.run();
