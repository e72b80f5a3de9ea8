// CQL2 text and JSON: each operator of the standard, what it becomes, and what is refused where.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { parseCql2Json } from '../../../src/formats/syntax/cql2-json.ts';
import { parseCql2Text } from '../../../src/formats/syntax/cql2-text.ts';
import { createQueryables } from '../../../src/mapping/queryables.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';
import { brief } from '../../fixtures/filter-brief.ts';
import { testMappings } from '../../fixtures/mappings.ts';

const test = suite('filter: CQL2');
const queryables = createQueryables(testMappings());
const read = (text: string): string => brief(parseCql2Text(text, queryables));

const TEXTS: readonly (readonly [text: string, tree: string])[] = [
  // Comparisons.
  ["title = 'a'", "(equal title 'a')"],
  ["title <> 'it''s'", "(differs title 'it's')"],
  ["title = 'it\\'s'", "(equal title 'it's')"],
  ["title='a\\b'", "(equal title 'a\\b')"],
  ["'a' < title", "(less 'a' title)"],
  ['elevation <= -5', '(lessOrEqual elevation -5)'],
  ['elevation > +5.5e1', '(greater elevation 55)'],
  ['elevation >= .5', '(greaterOrEqual elevation 0.5)'],
  ["elevation = '12'", '(equal elevation 12)'],
  ['title = 12', "(equal title '12')"],
  ["updated > DATE('2024-02-29')", '(greater updated 2024-02-29)'],
  ["updated > TIMESTAMP('2024-02-29T12:00:00.5Z')", '(greater updated 2024-02-29T12:00:00.500Z)'],
  ["updated > '2024-02-29'", '(greater updated 2024-02-29)'],
  ["datetime >= TIMESTAMP('2024-02-29T12:00:00Z')", '(greaterOrEqual time 2024-02-29T12:00:00Z)'],
  ['hasSecurityConstraints = TRUE', '(equal hasSecurityConstraints true)'],
  ['hasSecurityConstraints', '(equal hasSecurityConstraints true)'],
  ['voldorad:eruption = false', '(equal voldorad:eruption false)'],
  ['begin < end', '(less begin end)'],
  // Logic: AND before OR, NOT before both, brackets.
  ['TRUE', 'true'],
  ['true AND false or TRUE', '(or (and true false) true)'],
  ["NOT title = 'a' AND number=1", "(and (not (equal title 'a')) (equal number 1))"],
  ["NOT (title = 'a' OR number=1)", "(not (or (equal title 'a') (equal number 1)))"],
  ['not not true', '(not (not true))'],
  ["((title = 'a') AND (number=1 AND number=2))", "(and (equal title 'a') (equal number 1) (equal number 2))"],
  // LIKE, BETWEEN, IN, IS NULL.
  ["title LIKE 'a%_b'", '(like title "a|?|*|b")'],
  ["title not like '\\%\\_\\\\%'", '(not (like title "%_\\|*"))'],
  ["CASEI(title) LIKE casei('É%')", '(like-c c:title "É|*")'],
  ["CASEI(ACCENTI(title)) LIKE ACCENTI(CASEI('x'))", '(like-ca ca:title "x")'],
  ["CASEI(title) = CASEI('X')", "(equal c:title c:'X')"],
  ["ACCENTI(title) IN (ACCENTI('é'), 'e')", "(in a:title a:'é' 'e')"],
  ['elevation BETWEEN 10 AND 20 AND number = 1', '(and (between elevation 10 20) (equal number 1))'],
  ['elevation NOT BETWEEN number + 1 AND 20', '(not (between elevation (+ number 1) 20))'],
  ["type IN ('dataset', 'series')", "(in type 'dataset' 'series')"],
  ['number NOT IN (1,2)', '(not (in number 1 2))'],
  ["updated IN (DATE('2024-01-01'))", '(in updated 2024-01-01)'],
  ['title IS NULL', '(null title)'],
  ['geometry is not null', '(not (null geometry))'],
  ["(title = 'a' AND number = 1) IS NULL", "(unknown (and (equal title 'a') (equal number 1)))"],
  ['S_INTERSECTS(geometry, POINT(1 2)) IS NOT NULL', '(not (unknown (spatial-intersects geometry POINT (1 2))))'],
  // Arithmetic: powers before products before sums; brackets of values and of conditions look alike.
  ['elevation + 2 * 3 - 4 / number > 1', '(greater (- (+ elevation (* 2 3)) (/ 4 number)) 1)'],
  ['(elevation + 2) * 3 > 1', '(greater (* (+ elevation 2) 3) 1)'],
  ['((elevation)) > ((1))', '(greater elevation 1)'],
  ['elevation ^ 2 % 3 = elevation div 2', '(equal (% (^ elevation 2) 3) (div elevation 2))'],
  ['-elevation < - 3', '(less (* -1 elevation) -3)'],
  // Space.
  ['S_INTERSECTS(geometry, BBOX(2, 45, 4, 46))', '(spatial-intersects geometry box(2 45 4 46))'],
  ['S_INTERSECTS(geometry, BBOX(170, -5, -100, -170, 5, 100))', '(spatial-intersects geometry box(170 -5 -170 5))'],
  ['s_equals(geometry, POINT(1 2))', '(spatial-equals geometry POINT (1 2))'],
  ['S_DISJOINT(the_geom, LINESTRING(1 2, 3 4))', '(spatial-disjoint geometry LINESTRING (1 2, 3 4))'],
  ['S_TOUCHES(POLYGON((0 0, 1 0, 1 1, 0 0)), bbox)', '(spatial-touches POLYGON ((0 0, 1 0, 1 1, 0 0)) geometry)'],
  ['S_WITHIN(geometry, MULTIPOINT((1 2), (3 4)))', '(spatial-within geometry MULTIPOINT ((1 2), (3 4)))'],
  [
    'S_OVERLAPS(geometry, MULTILINESTRING((1 2, 3 4), (5 6, 7 8)))',
    '(spatial-overlaps geometry MULTILINESTRING ((1 2, 3 4), (5 6, 7 8)))',
  ],
  [
    'S_CROSSES(geometry, MULTIPOLYGON(((0 0, 1 0, 1 1, 0 0))))',
    '(spatial-crosses geometry MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0))))',
  ],
  ['S_CONTAINS(geometry, POINT Z (1 2 300))', '(spatial-contains geometry POINT (1 2))'],
  [
    'S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(1 2, 3 4)))',
    '(spatial-intersects geometry GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4)))',
  ],
  // Time.
  ...[
    'after',
    'before',
    'contains',
    'disjoint',
    'during',
    'equals',
    'finishedBy',
    'finishes',
    'intersects',
    'meets',
    'metBy',
    'overlappedBy',
    'overlaps',
    'startedBy',
    'starts',
  ].map(
    (name) =>
      [
        `T_${name.toUpperCase()}(time, INTERVAL('2001-01-01', '..'))`,
        `(temporal-${name} time [2001-01-01 ..])`,
      ] as const,
  ),
  ["T_DURING(DATE('2001-01-01'), INTERVAL(begin, end))", '(temporal-during 2001-01-01 [begin end])'],
  ["T_AFTER(updated, INTERVAL('..', '2001-01-01T00:00:00Z'))", '(temporal-after updated [.. 2001-01-01T00:00:00Z])'],
  // Lists.
  ["A_EQUALS(keywords, ('a', 'b'))", "(array-equals keywords {'a' 'b'})"],
  ["A_CONTAINS(keywords, ('a'))", "(array-contains keywords {'a'})"],
  ['A_CONTAINEDBY(keywords, ())', '(array-containedBy keywords {})'],
  ["A_OVERLAPS(('a', 1), keywords)", "(array-overlaps {'a' '1'} keywords)"],
  // Words.
  ["anytext = 'lava -ash'", '(words "lava -ash")'],
  ["AnyText <> 'lava'", '(not (words "lava"))'],
  ["anytext LIKE 'lava flow'", '(phrase "lava flow")'],
  ["CASEI(anytext) LIKE '%lava%'", '(like anytext "*|lava|*")'],
  ["anytext IN ('lava', 'ash')", '(or (words "lava") (words "ash"))'],
  // Names: quoted, qualified, of the dialects, in any case; keywords may be names where no bracket follows.
  ['"title" IS NULL', '(null title)'],
  ['"dc:title" IS NULL', '(null title)'],
  ['Collection IS NULL', '(null service)'],
  ['date IS NULL', '(null date)'],
  ['properties.datetime IS NULL', '(null time)'],
];

test('text: what each operator becomes', () => {
  for (const [text, tree] of TEXTS) assert.equal(read(text), tree, text);
});

const WRONG: readonly (readonly [text: string, character: number, says: RegExp])[] = [
  ['', 1, /the end does not belong/],
  ['title', 1, /a condition is wanted/],
  ["title = 'a", 9, /quotes do not close/],
  ["nothing = 'a'", 1, /unknown property "nothing"/],
  ["title = 'a' number = 1", 13, /does not belong here/],
  ["title = 'a' AND", 16, /the end/],
  ["(title = 'a'", 13, /"\)"/],
  ['elevation = BOX', 13, /unknown property/],
  ['elevation = north(1)', 13, /the function "north" is not offered/],
  ["elevation = 'high'", 1, /not a number/],
  ['elevation LIKE 1', 17, /pattern in quotes/],
  ["elevation LIKE '1%'", 1, /elevation is a number/],
  ['S_INTERSECTS(title, POINT(1 2))', 1, /title is a text, where a geometry is wanted/],
  ['S_INTERSECTS(geometry, POINT(200 2))', 24, /longitudes/],
  ['S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1)))', 24, /ring/],
  ['S_INTERSECTS(geometry, BBOX(1, 2, 3))', 24, /box/],
  ['S_INTERSECTS(geometry, BBOX(1, 5, 3, 4))', 24, /south/],
  ["updated > TIMESTAMP('2024-01-01T00:00:00')", 11, /UTC/],
  ["updated > DATE('2024-02-30')", 11, /does not exist/],
  ["T_DURING(time, INTERVAL('2002-01-01', '2001-01-01'))", 16, /start is after the end/],
  ["T_DURING(title, DATE('2001-01-01'))", 1, /title is a text/],
  ['begin = title', 1, /where a date/],
  ["anytext < 'a'", 1, /cannot be compared/],
  ["anytext = '--'", 1, /no letter or digit/],
  ['A_CONTAINS(title, (1))', 1, /where a list/],
  ['elevation = 1 ; DROP', 15, /does not belong/],
  ["title = 'a' AND {", 17, /"\{"/],
];

test('text: what is wrong is told with its place', () => {
  for (const [text, character, says] of WRONG)
    assert.throws(
      () => parseCql2Text(text, queryables),
      (error) => {
        assert.ok(error instanceof SyntaxFault, String(error));
        assert.match(error.message, says, text);
        assert.ok(error.message.startsWith(`filter, character ${character}: `), `${text}: ${error.message}`);
        assert.ok((error.detail.fr ?? '').startsWith(`filtre, caractère ${character} : `));
        return true;
      },
      text,
    );
});

test('limits: 20 levels, 500 nodes, 10 kB of text, 1000 values', () => {
  const refused = (text: string, says: RegExp): void =>
    assert.throws(
      () => parseCql2Text(text, queryables),
      (error) => error instanceof SyntaxFault && says.test(error.message),
    );
  const nested = (depth: number): string => `${'NOT ('.repeat(depth)}TRUE${')'.repeat(depth)}`;
  assert.equal(read(nested(19)).length, '(not )'.length * 19 + 4);
  refused(nested(20), /20 levels/);
  const many = (count: number): string => Array.from({ length: count }, () => 'number=1').join(' OR ');
  read(many(166));
  refused(many(167), /500 conditions/);
  read(`title = '${'a'.repeat(10_000)}'`);
  refused(`title = '${'a'.repeat(10_001)}'`, /10000 characters/);
  const values = (count: number): string => `number IN (${Array.from({ length: count }, () => 1).join(',')})`;
  refused(values(1001), /1000 values/);
});

const p = (property: string): object => ({ property });
const JSONS: readonly (readonly [value: unknown, tree: string])[] = [
  [{ op: '=', args: [p('title'), 'a'] }, "(equal title 'a')"],
  [{ op: '<>', args: [p('elevation'), 1] }, '(differs elevation 1)'],
  [{ op: 'and', args: [{ op: '<', args: [p('elevation'), 1] }, true] }, '(and (less elevation 1) true)'],
  [
    { op: 'or', args: [{ op: '>=', args: [p('elevation'), 1] }, p('hasSecurityConstraints')] },
    '(or (greaterOrEqual elevation 1) (equal hasSecurityConstraints true))',
  ],
  [{ op: 'not', args: [{ op: 'isNull', args: [p('title')] }] }, '(not (null title))'],
  [{ op: 'isNull', args: [{ op: '=', args: [p('title'), 'a'] }] }, "(unknown (equal title 'a'))"],
  [
    {
      op: 'like',
      args: [
        { op: 'casei', args: [p('title')] },
        { op: 'casei', args: ['%x'] },
      ],
    },
    '(like-c c:title "*|x")',
  ],
  [
    { op: 'between', args: [p('elevation'), 1, { op: '*', args: [2, p('number')] }] },
    '(between elevation 1 (* 2 number))',
  ],
  [{ op: 'in', args: [p('type'), ['dataset', 'series']] }, "(in type 'dataset' 'series')"],
  [{ op: 's_within', args: [p('geometry'), { bbox: [1, 2, 3, 4] }] }, '(spatial-within geometry box(1 2 3 4))'],
  [
    { op: 's_intersects', args: [{ type: 'Point', coordinates: [1, 2, 3] }, p('geometry')] },
    '(spatial-intersects POINT (1 2) geometry)',
  ],
  [
    { op: 't_finishedBy', args: [p('time'), { interval: ['2001-01-01', '..'] }] },
    '(temporal-finishedBy time [2001-01-01 ..])',
  ],
  [
    { op: 't_after', args: [p('time'), { interval: [p('begin'), { timestamp: '2001-01-01T00:00:00Z' }] }] },
    '(temporal-after time [begin 2001-01-01T00:00:00Z])',
  ],
  [{ op: 't_before', args: [{ date: '2001-01-01' }, p('updated')] }, '(temporal-before 2001-01-01 updated)'],
  [{ op: 'a_containedBy', args: [p('keywords'), ['a', 2]] }, "(array-containedBy keywords {'a' '2'})"],
  [
    { op: '>', args: [{ op: '^', args: [{ op: 'div', args: [p('elevation'), 2] }, 2] }, 1] },
    '(greater (^ (div elevation 2) 2) 1)',
  ],
  // Drafts.
  [{ op: 'eq', args: [p('title'), 'a'] }, "(equal title 'a')"],
  [{ op: 'lte', args: [p('elevation'), 3] }, '(lessOrEqual elevation 3)'],
  [{ op: 'isNull', args: p('title') }, '(null title)'],
  [
    { op: 'anyinteracts', args: [p('datetime'), { interval: ['2001-01-01', '..'] }] },
    '(temporal-intersects time [2001-01-01 ..])',
  ],
  [
    { op: 't_intersects', args: [p('datetime'), { datetime: '2001-01-01T00:00:00Z' }] },
    '(temporal-intersects time 2001-01-01T00:00:00Z)',
  ],
  [
    { op: 'intersects', args: [p('geometry'), { type: 'Point', coordinates: [1, 2] }] },
    '(spatial-intersects geometry POINT (1 2))',
  ],
  [{ op: 'between', args: [p('elevation'), [1, 2]] }, '(between elevation 1 2)'],
];

test('JSON: what each operator becomes', () => {
  for (const [value, tree] of JSONS) assert.equal(brief(parseCql2Json(value, queryables)), tree, JSON.stringify(value));
});

const WRONG_JSON: readonly (readonly [value: unknown, pointer: string, says: RegExp])[] = [
  [{}, '/', /value/],
  [[], '/', /a condition is wanted/],
  ['title', '/', /a condition is wanted/],
  [{ op: 'and', args: [{ op: '=', args: [p('title')] }] }, '/args/0', /2 operands/],
  [{ op: 'near', args: [] }, '/', /operator "near"/],
  [{ op: '=', args: [p('x'), 1] }, '/args/0', /unknown property/],
  [{ op: 'not', args: [true, true] }, '/', /1 operands/],
  [{ op: 't_after', args: [p('time'), { date: 'x' }] }, '/args/1', /YYYY-MM-DD/],
  [{ op: 's_within', args: [p('geometry'), { type: 'Circle' }] }, '/args/1', /type/],
  [
    {
      op: 's_within',
      args: [
        p('geometry'),
        {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        },
      ],
    },
    '/args/1',
    /4 to/,
  ],
];

test('JSON: what is wrong is told with its pointer', () => {
  for (const [value, pointer, says] of WRONG_JSON)
    assert.throws(
      () => parseCql2Json(value, queryables),
      (error) => {
        assert.ok(error instanceof SyntaxFault, String(error));
        assert.match(error.message, says);
        assert.ok(error.message.includes(`at "${pointer}"`), `${JSON.stringify(value)}: ${error.message}`);
        return true;
      },
    );
});

test.run();
