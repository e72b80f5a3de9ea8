import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { boxGeometry, rightHanded } from '../../../src/formats/writers/antimeridian.ts';

const test = suite('the antimeridian');

test('rings are turned counter-clockwise outside and clockwise inside', () => {
  const clockwise = [
    [0, 0],
    [0, 4],
    [4, 4],
    [4, 0],
    [0, 0],
  ] as const;
  const hole = [
    [1, 1],
    [2, 1],
    [2, 2],
    [1, 2],
    [1, 1],
  ] as const;
  assert.equal(rightHanded({ type: 'Polygon', coordinates: [clockwise, hole] }, [0, 0, 4, 4]), {
    type: 'Polygon',
    coordinates: [[...clockwise].reverse(), [...hole].reverse()],
  });
});

test('a polygon is cut in two', () => {
  const coordinates = [
    [
      [177, -20],
      [-178, -20],
      [-178, -17],
      [177, -17],
      [177, -20],
    ],
  ] as const;
  const cut = rightHanded({ type: 'Polygon', coordinates }, [177, -20, -178, -17]);
  assert.is(
    JSON.stringify(cut),
    '{"type":"MultiPolygon","coordinates":[[[[180,-17],[177,-17],[177,-20],[180,-20],[180,-17]]],[[[-180,-20],[-178,-20],[-178,-17],[-180,-17],[-180,-20]]]]}',
  );
  assert.equal(cut, boxGeometry([177, -20, -178, -17]));
});

test('a hollow shape is cut into as many parts as it has on each side', () => {
  const arms = [
    [
      [170, 0],
      [-170, 0],
      [-170, 2],
      [175, 2],
      [175, 4],
      [-170, 4],
      [-170, 6],
      [170, 6],
      [170, 0],
    ],
  ] as const;
  const cut = rightHanded({ type: 'Polygon', coordinates: arms }, [170, 0, -170, 6]);
  assert.is(cut.type, 'MultiPolygon');
  assert.is(cut.coordinates.length, 3);
});

test('holes follow the part that they lie in, and are cut with it', () => {
  const rings = [
    [
      [170, 0],
      [170, 10],
      [-170, 10],
      [-170, 0],
      [170, 0],
    ],
    [
      [178, 3],
      [-178, 3],
      [-178, 5],
      [178, 5],
      [178, 3],
    ],
    [
      [-175, 7],
      [-174, 7],
      [-174, 8],
      [-175, 7],
    ],
    [
      [172, 1],
      [172, 2],
      [173, 2],
      [172, 1],
    ],
  ] as unknown as readonly (readonly (readonly [number, number])[])[];
  const cut = rightHanded({ type: 'Polygon', coordinates: rings }, [170, 0, -170, 10]);
  assert.is(cut.type, 'MultiPolygon');
  if (cut.type !== 'MultiPolygon') return;
  assert.equal(
    cut.coordinates.map((polygon) => polygon.length),
    [2, 2],
  );
  const area = cut.coordinates
    .flat()
    .reduce(
      (sum, ring) => sum + ring.slice(1).reduce((part, [x, y], i) => part + (ring[i]![0] * y - x * ring[i]![1]) / 2, 0),
      0,
    );
  assert.is(Math.round(area * 1e9) / 1e9, 200 - 8 - 0.5 - 0.5);
});

test('a line is cut at every crossing, points are left alone', () => {
  const line = rightHanded(
    {
      type: 'LineString',
      coordinates: [
        [178, -20],
        [-178, -16],
        [178, -12],
      ],
    },
    [178, -20, -178, -12],
  );
  assert.is(
    JSON.stringify(line),
    '{"type":"MultiLineString","coordinates":[[[178,-20],[180,-18]],[[-180,-18],[-178,-16],[-180,-14]],[[180,-14],[178,-12]]]}',
  );
  const point = { type: 'Point', coordinates: [180, 0] } as const;
  assert.is(rightHanded(point, [180, 0, 180, 0]), point);
});

test('a wide geometry that does not cross is left alone', () => {
  const wide = {
    type: 'LineString',
    coordinates: [
      [-170, 0],
      [170, 0],
    ],
  } as const;
  assert.is(rightHanded(wide, [-170, 0, 170, 0]), wide);
});

test('boxes as geometries', () => {
  assert.equal(boxGeometry([2, 45, 2, 45]), { type: 'Point', coordinates: [2, 45] });
  assert.equal(boxGeometry([2, 45, 3, 45]), {
    type: 'LineString',
    coordinates: [
      [2, 45],
      [3, 45],
    ],
  });
  assert.is(boxGeometry([2, 45, 3, 46]).type, 'Polygon');
});

test.run();
