import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MOST_POSITIONS, parseWkt, printWkt } from '../../../src/formats/syntax/wkt.ts';
import type { Geometry, Position } from '../../../src/model/geometry.ts';
import { neverFailsOtherwise, refuses } from './faults.ts';

const test = suite('well-known text');

test('the forms of the OGC suite are read', () => {
  assert.equal(parseWkt('POINT(2.9 45.7)'), { type: 'Point', coordinates: [2.9, 45.7] });
  assert.equal(parseWkt('LINESTRING (-180 -90, 180 90)').type, 'LineString');
  assert.equal(parseWkt('polygon((-180 -90,-180 90,180 90,180 -90,-180 -90))').type, 'Polygon');
  assert.equal(parseWkt('MULTIPOINT ((-180 -90), (0 0), (180 90))'), {
    type: 'MultiPoint',
    coordinates: [
      [-180, -90],
      [0, 0],
      [180, 90],
    ],
  });
  assert.equal(parseWkt('MULTIPOINT(1 2,3 4)'), parseWkt(' MULTIPOINT ( (1 2) , (3 4) ) '));
  assert.equal(parseWkt('MULTILINESTRING( (0 0,1 1), (2 2,3 3))').type, 'MultiLineString');
  assert.equal(parseWkt('MULTIPOLYGON ( ((0 0,0 1,1 1,0 0)), ((5 5,5 6,6 6,5 5)) )').type, 'MultiPolygon');
  assert.equal(parseWkt('POLYGON((0 0,0 9,9 9,0 0),(1 2,2 3,1 3,1 2))').coordinates.length, 2);
});

test('faults name their place', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['', /character 1: one of POINT/],
    ['CIRCLE(1 2)', /character 1: one of/],
    ['GEOMETRYCOLLECTION(POINT(1 2))', /one of/],
    ['SRID=4326;POINT(1 2)', /character 1/],
    ['POINT EMPTY', /character 7: an empty geometry/],
    ['MULTIPOINT(1 2, EMPTY)', /a number is wanted/],
    ['POINT Z (1 2 3)', /two dimensions/],
    ['POINT(1 2 3)', /character 11: only two dimensions/],
    ['POINT(1)', /character 8: a number/],
    ['POINT(1 NaN)', /character 9: a number is wanted, found "NaN"/],
    ['POINT(1 Infinity)', /a number/],
    ['POINT(1-2)', /ends a number/],
    ['POINT(1.2.3 4)', /ends a number/],
    ['POINT(1 2) x', /the end is wanted/],
    ['POINT(1 2', /character 10: "\)" is wanted, found the end/],
    ['POINT(1 2;3)', /character 10/],
    ['POINT(181 0)', /longitudes/],
    ['POINT(0 90.1)', /latitudes/],
    ['LINESTRING(1 2)', /two positions/],
    ['POLYGON((0 0,0 1,1 1))', /four positions/],
    ['POLYGON((0 0,0 1,1 1,1 0))', /not closed/],
    ['POLYGON(0 0,0 1,1 1,0 0)', /"\(" is wanted/],
    ['POINT((1 2))', /a number/],
    ['POINT(1\u00002)', /character 8/],
  ];
  for (const [text, reason] of cases) refuses(parseWkt, text, reason);
  refuses(parseWkt, `LINESTRING(${'1 2,'.repeat(MOST_POSITIONS)}1 2)`, /at most 10000 positions/);
  refuses(parseWkt, `MULTIPOLYGON${'('.repeat(100_000)}`, /a number/);
  refuses(parseWkt, ' '.repeat(600_000), /at most/);
});

const position = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }).map((x) => x + 0),
  fc.double({ min: -90, max: 90, noNaN: true }).map((x) => x + 0),
) as fc.Arbitrary<Position>;
const positions = (minLength: number) => fc.array(position, { minLength, maxLength: 8 });
const ring = positions(3).map((list) => [...list, list[0] as Position]);
const polygon = fc.array(ring, { minLength: 1, maxLength: 3 });
const geometry: fc.Arbitrary<Geometry> = fc.oneof(
  position.map((coordinates): Geometry => ({ type: 'Point', coordinates })),
  positions(1).map((coordinates): Geometry => ({ type: 'MultiPoint', coordinates })),
  positions(2).map((coordinates): Geometry => ({ type: 'LineString', coordinates })),
  fc
    .array(positions(2), { minLength: 1, maxLength: 3 })
    .map((coordinates): Geometry => ({ type: 'MultiLineString', coordinates })),
  polygon.map((coordinates): Geometry => ({ type: 'Polygon', coordinates })),
  fc
    .array(polygon, { minLength: 1, maxLength: 3 })
    .map((coordinates): Geometry => ({ type: 'MultiPolygon', coordinates })),
);

test('what is printed is read back equal', () => {
  fc.assert(fc.property(geometry, (g) => assert.equal(parseWkt(printWkt(g)), g)));
});

test('any text gives a value or a fault', () => {
  const pieces = [
    'POINT',
    'POLYGON',
    'MULTIPOINT',
    'MULTIPOLYGON',
    '(',
    ')',
    ',',
    ' ',
    '1',
    '-2.5',
    'e1',
    'EMPTY',
    'Z',
    '\0',
  ];
  neverFailsOtherwise(parseWkt, pieces);
});

test.run();
