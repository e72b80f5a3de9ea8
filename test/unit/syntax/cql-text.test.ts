// Classic CQL: each predicate of the reference grammar, what clients send, and what is refused where.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { parseCqlText } from '../../../src/formats/syntax/cql-text.ts';
import { createQueryables } from '../../../src/mapping/queryables.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';
import { brief } from '../../fixtures/filter-brief.ts';
import { testMappings } from '../../fixtures/mappings.ts';

const test = suite('filter: classic CQL');
const queryables = createQueryables(testMappings());

const TEXTS: readonly (readonly [text: string, tree: string])[] = [
  ['INCLUDE', 'true'],
  ['exclude', 'false'],
  ["title = 'it''s'", "(equal title 'it's')"],
  ["title <> 'a'", "(notEqual title 'a')"],
  ['elevation >= -5', '(greaterOrEqual elevation -5)'],
  ['dc:date >= 2024-01-01', '(greaterOrEqual date 2024-01-01)'],
  ["dct:modified > '2024-01-01T10:00:00+02:00'", '(greater updated 2024-01-01T08:00:00Z)'],
  ['elevation * 2 + 1 < number / 2', '(less (+ (* elevation 2) 1) (/ number 2))'],
  ['(elevation + 2) * 3 > 1', '(greater (* (+ elevation 2) 3) 1)'],
  ['(elevation) IS NULL', '(null elevation)'],
  [
    "(title = 'a' OR number = 1) AND NOT (number = 2)",
    "(and (or (equal title 'a') (equal number 1)) (notExact (equal number 2)))",
  ],
  ["title = 'a' OR number = 1 AND number = 2", "(or (equal title 'a') (and (equal number 1) (equal number 2)))"],
  ["((title = 'a'))", "(equal title 'a')"],
  ['hasSecurityConstraints', '(equal hasSecurityConstraints true)'],
  ['voldorad:eruption = TRUE', '(equal voldorad:eruption true)'],
  ["title LIKE 'a%_b'", '(like title "a|?|*|b")'],
  ["title LIKE 'a*'", '(like title "a|*")'],
  ["title LIKE 'a*%'", '(like title "a*|*")'],
  ["title NOT LIKE 'a%'", '(notExact (like title "a|*"))'],
  ["title ILIKE 'A%'", '(like-c c:title "A|*")'],
  ["strToLowerCase(title) = 'a'", "(equal c:title 'a')"],
  ['elevation BETWEEN 1 AND 2 AND number = 3', '(and (between elevation 1 2) (equal number 3))'],
  ['elevation NOT BETWEEN 1 AND 2', '(notExact (between elevation 1 2))'],
  ["type IN ('dataset', 'series')", "(in type 'dataset' 'series')"],
  ["type NOT IN ('dataset')", "(notExact (in type 'dataset'))"],
  ["IN ('a', 'b')", "(in id 'a' 'b')"],
  ['title IS NULL', '(null title)'],
  ['title IS NOT NULL', '(notExact (null title))'],
  ['title EXISTS', '(notExact (null title))'],
  ['title DOES-NOT-EXIST', '(null title)'],
  // Time.
  ['time BEFORE 2006-11-30T01:30:00Z', '(temporal-before time 2006-11-30T01:30:00Z)'],
  ["time AFTER '2006-11-30'", '(temporal-after time 2006-11-30)'],
  ['time DURING 2006-01-01/2007-01-01', '(temporal-duringClosed time [2006-01-01 2007-01-01])'],
  ['begin DURING 2006-01-31/P1M', '(temporal-duringClosed begin [2006-01-31 2006-03-03])'],
  [
    'begin DURING P1DT2H/2006-01-02T00:00:00Z',
    '(temporal-duringClosed begin [2005-12-31T22:00:00Z 2006-01-02T00:00:00Z])',
  ],
  ["begin DURING '2006-01-01/P2W'", '(temporal-duringClosed begin [2006-01-01 2006-01-15])'],
  [
    'time BEFORE OR DURING 2006-01-01/2007-01-01',
    '(or (temporal-before time [2006-01-01 2007-01-01]) (temporal-duringClosed time [2006-01-01 2007-01-01]))',
  ],
  [
    'time DURING OR AFTER 2006-01-01/2007-01-01',
    '(or (temporal-duringClosed time [2006-01-01 2007-01-01]) (temporal-after time [2006-01-01 2007-01-01]))',
  ],
  // Space; longitude first unless a system of the authority is named.
  ['BBOX(the_geom, 2, 45, 4, 46)', '(spatial-intersects geometry box(2 45 4 46))'],
  ["BBOX(the_geom, 2, 45, 4, 46, 'EPSG:4326')", '(spatial-intersects geometry box(2 45 4 46))'],
  ["BBOX(the_geom, 45, 2, 46, 4, 'urn:ogc:def:crs:EPSG::4326')", '(spatial-intersects geometry box(2 45 4 46))'],
  [
    "BBOX(the_geom, 222638.98, 0, 222638.98, 0, 'EPSG:3857')",
    `(spatial-intersects geometry box(${(222638.98 / 6378137) * (180 / Math.PI)} 0 ${(222638.98 / 6378137) * (180 / Math.PI)} 0))`,
  ],
  ['INTERSECTS(geom, POINT(1 2))', '(spatial-intersects geometry POINT (1 2))'],
  ['DISJOINT(geom, SRID=4326;POINT(1 2))', '(spatial-disjoint geometry POINT (1 2))'],
  ['CONTAINS(geom, POINT(1 2))', '(spatial-contains geometry POINT (1 2))'],
  ['WITHIN(geom, POLYGON((0 0, 1 0, 1 1, 0 0)))', '(spatial-within geometry POLYGON ((0 0, 1 0, 1 1, 0 0)))'],
  ['TOUCHES(geom, POINT(1 2))', '(spatial-touches geometry POINT (1 2))'],
  ['CROSSES(geom, LINESTRING(1 2, 3 4))', '(spatial-crosses geometry LINESTRING (1 2, 3 4))'],
  ['OVERLAPS(geom, MULTIPOINT((1 2)))', '(spatial-overlaps geometry MULTIPOINT ((1 2)))'],
  ['EQUALS(POINT(1 2), geom)', '(spatial-equals POINT (1 2) geometry)'],
  ['DWITHIN(geom, POINT(1 2), 10, kilometers)', '(distance-within geometry POINT (1 2) 10000)'],
  ['BEYOND(geom, POINT(1 2), 1, statute miles)', '(distance-beyond geometry POINT (1 2) 1609.344)'],
  ['DWITHIN(geom, POINT(1 2), 2, nautical miles)', '(distance-within geometry POINT (1 2) 3704)'],
  ['DWITHIN(geom, POINT(1 2), 10, feet)', '(distance-within geometry POINT (1 2) 3.048)'],
  // Words.
  ["csw:AnyText LIKE '%volcan%'", '(like anytext "*|volcan|*")'],
  ["AnyText = 'lava'", '(words "lava")'],
  ["AnyText LIKE 'lava flow'", '(phrase "lava flow")'],
  ["NOT AnyText LIKE '*lava*'", '(notExact (like anytext "*|lava|*"))'],
  // Names.
  ["csw:Subject = 'a'", "(equal subject 'a')"],
  ['"apiso:Title" IS NULL', '(null title)'],
  ['"/gmd:MD_Metadata/gmd:identificationInfo/gmd:title/gco:CharacterString" IS NULL', '(null title)'],
];

test('what each predicate becomes', () => {
  for (const [text, tree] of TEXTS) assert.equal(brief(parseCqlText(text, queryables)), tree, text);
});

const WRONG: readonly (readonly [text: string, character: number, says: RegExp])[] = [
  ['', 1, /the end/],
  ['title', 1, /a condition is wanted/],
  ["title = 'a' title", 13, /does not belong/],
  ["title == 'a'", 8, /does not belong/],
  ['dwithin(geom, POINT(1 2), 1, furlongs)', 1, /unit "furlongs"/],
  ["BBOX(geom, 1, 2, 3, 4, 'EPSG:2154')", 1, /EPSG:2154/],
  ['BBOX(dct:spatial, 1, 2, 3, 4)', 1, /place is a text/],
  ['INTERSECTS(geom, SRID=2154;POINT(1 2))', 18, /SRID/],
  ['time DURING 2007-01-01/2006-01-01', 13, /start is after/],
  ['time DURING P1D/P2D', 13, /period/],
  ['time DURING 2006-01-01', 23, /"\/"/],
  ["foo:bar = 'a'", 1, /unknown property/],
  ['title BETWEEN 1', 16, /AND/],
  ['bufer(geom, 1) = 2', 1, /function "bufer"/],
  ['NOT', 4, /the end/],
];

test('what is wrong is told with its place', () => {
  for (const [text, character, says] of WRONG)
    assert.throws(
      () => parseCqlText(text, queryables),
      (error) => {
        assert.ok(error instanceof SyntaxFault, `${text}: ${error}`);
        assert.match(error.message, says, text);
        assert.ok(error.message.startsWith(`filter, character ${character}: `), `${text}: ${error.message}`);
        return true;
      },
      text,
    );
});

test('prefixes in scope decide', () => {
  const bound = new Map([['t', 'http://purl.org/dc/elements/1.1/']]);
  assert.equal(brief(parseCqlText("t:title = 'a'", queryables, bound)), "(equal title 'a')");
  assert.throws(() => parseCqlText("t:title = 'a'", queryables), /unknown property/);
});

test.run();
