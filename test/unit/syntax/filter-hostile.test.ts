// Filters that mean harm: each is answered by a SyntaxFault (or understood) in well under a second, whatever its size and depth.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { parseCqlText } from '../../../src/formats/syntax/cql-text.ts';
import { parseCql2Json } from '../../../src/formats/syntax/cql2-json.ts';
import { parseCql2Text } from '../../../src/formats/syntax/cql2-text.ts';
import { parseFilterXml } from '../../../src/formats/syntax/filter-encoding.ts';
import { createQueryables } from '../../../src/mapping/queryables.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';
import { testMappings } from '../../fixtures/mappings.ts';
import { randomNumbers } from '../../fixtures/search-records.ts';

const test = suite('filter: hostile input');
const queryables = createQueryables(testMappings());
const LONGEST = 1000;

const big = (text: string, times: number): string => text.repeat(times);
const DEEP = 10_000;
const MEGABYTES = 5_000_000;

const TEXTS: { readonly [name: string]: string } = {
  'brackets around a condition': `${big('(', DEEP)}title = 'a'${big(')', DEEP)}`,
  'brackets alone': big('(', MEGABYTES),
  'closing brackets': big(')', 400_000),
  'brackets around a sum': `${big('(', DEEP)}1${big(')', DEEP)} > 1`,
  'brackets that never meet': `${big('((title)', 40_000)}`,
  'NOT of NOT': `${big('NOT ', DEEP)}title = 'a'`,
  'minus of minus': `elevation > ${big('-', DEEP)}1`,
  'minus and plus': `elevation > ${big('- + ', 100_000)}1`,
  'ten thousand ANDs': `title = 'a'${big(" AND title = 'a'", DEEP)}`,
  'AND and OR by turns': `title = 'a'${big(" OR title = 'a' AND title = 'b'", DEEP)}`,
  'a sum of ten thousand': `elevation > 1${big(' + 1', DEEP)}`,
  'powers of powers': `elevation > 2${big(' ^ 2', DEEP)}`,
  'functions in functions': `${big('CASEI(', DEEP)}title${big(')', DEEP)} = 'a'`,
  'lists of lists': `A_CONTAINS(keywords, ${big('(', DEEP)}'a'${big(')', DEEP)})`,
  'an endless text': `title = '${big('a', MEGABYTES)}'`,
  'a text of five megabytes that never ends': `title = '${big('a', MEGABYTES)}`,
  'quotes without end': `title = ${big("''", 200_000)}'`,
  'backslashes and quotes': `title = '${big("\\'", 200_000)}`,
  'an endless name': big('a', MEGABYTES),
  'an endless quoted name': `"${big('a', 400_000)}" = 1`,
  'an XPath without end': `"${big('/a[b=', 80_000)}" = 1`,
  'an XPath of predicates': `"${big("*[local-name()='a", 20_000)}" = 1`,
  'an endless number': `elevation > ${big('9', 400_000)}`,
  'a number of dots': `elevation > ${big('1.', 200_000)}`,
  'an endless exponent': `elevation > 1e${big('9', 400_000)}`,
  'wildcards that backtrack': `title LIKE '${big('%a', 150_000)}'`,
  'wildcards by turns': `title LIKE '${big('%_', 200_000)}'`,
  'wildcards alone': `title LIKE '${big('%', 400_000)}'`,
  'escapes alone': `title LIKE '${big('\\', 400_000)}'`,
  'a hundred thousand values': `number IN (1${big(',1', 100_000)})`,
  'a line of many points': `S_INTERSECTS(geometry, LINESTRING(0 0${big(',1 1', 100_000)}))`,
  'a collection of many points': `S_INTERSECTS(geometry, GEOMETRYCOLLECTION(POINT(0 0)${big(',POINT(0 0)', 30_000)}))`,
  'collections in collections': `S_INTERSECTS(geometry, ${big('GEOMETRYCOLLECTION(', DEEP)}POINT(0 0)${big(')', DEEP)})`,
  'a geometry that never ends': `S_INTERSECTS(geometry, POLYGON${big('(', 400_000)}`,
  'polygons that never end': big('INTERSECTS(geometry, POLYGON(', 15_000),
  'blanks without end': `title${big(' ', 450_000)}= 'a'`,
  'blanks in a geometry': `S_INTERSECTS(geometry, POINT Z (0${big(' ', 400_000)}0 0))`,
  'digits in a geometry': `S_INTERSECTS(geometry, POINT Z (${big('1', 400_000)} 0 0))`,
  'a duration without end': `time DURING 2000-01-01/P${big('1Y', 100_000)}`,
  'dates in a row': `time DURING ${big('2000-01-01/', 40_000)}2000-01-01`,
  'control characters': big('\u0000\u0001', 100_000),
  'half surrogates': `title = '${big('\ud800', 5000)}'`,
  'right-to-left marks': big('\u202e', 100_000),
};

function timed(name: string, parse: () => unknown): void {
  // Time of this process alone: other tests may run beside it.
  const started = process.cpuUsage();
  try {
    parse();
  } catch (error) {
    assert.ok(error instanceof SyntaxFault, `${name}: ${error instanceof Error ? error.stack : String(error)}`);
    assert.ok(error.message.length < 500, `${name}: a message of ${error.message.length} characters`);
  }
  const { user, system } = process.cpuUsage(started);
  const elapsed = (user + system) / 1000;
  assert.ok(elapsed < LONGEST, `${name} took ${Math.round(elapsed)} ms`);
}

for (const [name, text] of Object.entries(TEXTS)) {
  test(`CQL2 text and classic CQL: ${name}`, () => {
    timed(name, () => parseCql2Text(text, queryables));
    timed(name, () => parseCqlText(text, queryables));
  });
}

const nested = (open: string, middle: string, close: string, depth = DEEP): unknown =>
  JSON.parse(`${big(open, depth)}${middle}${big(close, depth)}`);
const title = { property: 'title' };

const VALUES: { readonly [name: string]: unknown } = {
  'NOT of NOT': nested('{"op":"not","args":[', 'true', ']}'),
  'AND of AND': nested('{"op":"and","args":[true,', 'true', ']}'),
  'lists of lists': { op: 'in', args: [title, nested('[', '1', ']')] },
  'functions in functions': { op: '=', args: [nested('{"op":"casei","args":[', '"a"', ']}'), 'a'] },
  'a sum of sums': { op: '>', args: [nested('{"op":"+","args":[1,', '1', ']}'), 1] },
  'an endless text': { op: '=', args: [title, big('a', MEGABYTES)] },
  'an endless name': { op: '=', args: [{ property: big('a/', MEGABYTES / 2) }, 'a'] },
  'an endless operator': { op: big('a', MEGABYTES), args: [] },
  'a hundred thousand values': { op: 'in', args: [title, Array.from({ length: 100_000 }, () => 'a')] },
  'a hundred thousand conditions': {
    op: 'or',
    args: Array.from({ length: 100_000 }, () => ({ op: 'isNull', args: [title] })),
  },
  'many points': {
    op: 's_intersects',
    args: [
      { property: 'geometry' },
      { type: 'LineString', coordinates: Array.from({ length: 200_000 }, () => [1, 1]) },
    ],
  },
  'geometries in geometries': {
    op: 's_intersects',
    args: [{ property: 'geometry' }, nested('{"type":"GeometryCollection","geometries":[', '1', ']}')],
  },
  'coordinates in coordinates': {
    op: 's_intersects',
    args: [{ property: 'geometry' }, { type: 'MultiPolygon', coordinates: nested('[', '1', ']') }],
  },
  'wildcards that backtrack': { op: 'like', args: [title, big('%a', 1_000_000)] },
  'names of Object': { op: '__proto__', args: [{ property: 'constructor' }, { property: '__proto__' }] },
  'a property of Object': { op: '=', args: [{ property: 'toString' }, 1] },
  'no object': null,
  'a number': 1e308,
  'args that are no list': { op: 'and', args: { length: 1e9 } },
  'an interval of intervals': { op: 't_after', args: [{ property: 'time' }, { interval: [{ interval: [] }, '..'] }] },
};

for (const [name, value] of Object.entries(VALUES)) {
  test(`CQL2 JSON: ${name}`, () => timed(name, () => parseCql2Json(value, queryables)));
}

const filter = (inner: string): string =>
  `<f:Filter xmlns:f="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2">${inner}</f:Filter>`;
const equal = (name: string, value: string): string =>
  `<f:PropertyIsEqualTo><f:ValueReference>${name}</f:ValueReference><f:Literal>${value}</f:Literal></f:PropertyIsEqualTo>`;
const point = '<gml:Point><gml:pos>1 1</gml:pos></gml:Point>';

const DOCUMENTS: { readonly [name: string]: string } = {
  'And of And': filter(`${big('<f:And>', DEEP)}${equal('title', 'a')}${big('</f:And>', DEEP)}`),
  'Not of Not': filter(`${big('<f:Not>', DEEP)}${equal('title', 'a')}${big('</f:Not>', DEEP)}`),
  'elements that never close': filter(big('<f:And>', 200_000)),
  'ten thousand conditions': filter(`<f:Or>${big(equal('title', 'a'), 5000)}</f:Or>`),
  'an endless literal': filter(equal('title', big('a', MEGABYTES))),
  'a literal of 900 000 characters': filter(equal('title', big('a', 900_000))),
  'an endless name': filter(equal(big('a', 900_000), 'a')),
  'an XPath of brackets': filter(equal(big('a[', 400_000), 'a')),
  'an XPath of quotes': filter(equal(big("'/", 400_000), 'a')),
  'an entity bomb': `<!DOCTYPE f [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${filter(equal('title', '&b;'))}`,
  'an external entity': `<!DOCTYPE f [<!ENTITY x SYSTEM "file:///etc/hostname">]>${filter(equal('title', '&x;'))}`,
  'a parameter entity': `<!DOCTYPE f SYSTEM "http://127.0.0.1:1/x.dtd">${filter(equal('title', 'a'))}`,
  'an undeclared entity': filter(equal('title', '&x;')),
  'an include': filter('<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="file:///etc/hostname"/>'),
  'a million attributes': filter(`<f:And ${Array.from({ length: 40_000 }, (_, i) => `a${i}="1"`).join(' ')}/>`),
  'many namespaces': filter(`<f:And ${Array.from({ length: 20_000 }, (_, i) => `xmlns:a${i}="u${i}"`).join(' ')}/>`),
  'another namespace': '<Filter xmlns="http://www.opengis.net/foo"/>',
  'an undeclared prefix': '<f:Filter/>',
  'a mixture of versions': filter('<o:And xmlns:o="http://www.opengis.net/ogc"/>'),
  'no XML': big('a', 900_000),
  'half a document': filter('').slice(0, 40),
  'another encoding': `<?xml version="1.0" encoding="UTF-16"?>${filter(equal('title', 'a'))}`,
  'a byte order mark': `\ufeff${filter(equal('title', 'a'))}`,
  'a null character': filter(equal('title', '\u0000')),
  'comments without end': filter(big('<!-- a -->', 80_000)),
  'CDATA in a row': filter(equal('title', big('<![CDATA[a]]>', 50_000))),
  'many positions': filter(
    `<f:Intersects><f:ValueReference>geometry</f:ValueReference><gml:LineString><gml:posList>${big('1 1 ', 200_000)}</gml:posList></gml:LineString></f:Intersects>`,
  ),
  'many points': filter(
    `<f:Intersects><f:ValueReference>geometry</f:ValueReference><gml:MultiPoint><gml:pointMembers>${big(point, 15_000)}</gml:pointMembers></gml:MultiPoint></f:Intersects>`,
  ),
  'geometries in geometries': filter(
    `<f:Intersects><f:ValueReference>geometry</f:ValueReference>${big('<gml:MultiGeometry><gml:geometryMember>', 2000)}${point}${big('</gml:geometryMember></gml:MultiGeometry>', 2000)}</f:Intersects>`,
  ),
  'wildcards that backtrack': filter(
    `<f:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!"><f:ValueReference>title</f:ValueReference><f:Literal>${big('*a', 400_000)}</f:Literal></f:PropertyIsLike>`,
  ),
  'wildcards of many characters': filter(
    `<f:PropertyIsLike wildCard="${big('a', 100_000)}" singleChar="" escapeChar=""><f:ValueReference>title</f:ValueReference><f:Literal>${big('a', 300_000)}</f:Literal></f:PropertyIsLike>`,
  ),
  'a srsName without end': filter(
    `<f:BBOX><gml:Envelope srsName="${big('urn:', 100_000)}"><gml:lowerCorner>1 1</gml:lowerCorner><gml:upperCorner>2 2</gml:upperCorner></gml:Envelope></f:BBOX>`,
  ),
  'a hundred thousand identifiers': filter(big('<f:ResourceId rid="a"/>', 30_000)),
};

for (const [name, text] of Object.entries(DOCUMENTS)) {
  test(`Filter Encoding: ${name}`, () => timed(name, () => parseFilterXml(text, queryables)));
}

test('pieces of filters in any order', () => {
  const random = randomNumbers(77);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const words =
    "title = <> < <= LIKE 'a%' NOT AND OR ( ) , IN BETWEEN IS NULL 1 -2 .5 e3 \"elevation\" time DURING 2001-01-01 / P1Y INTERVAL ( '..' S_INTERSECTS ( geometry , POINT ( 1 2 ) ) BBOX CASEI ACCENTI A_CONTAINS anytext ; % ^ div 'é' \\ ' T_AFTER DATE ( '2001-02-30' ) SRID".split(
      ' ',
    );
  const elements = [
    '<f:And>',
    '</f:And>',
    '<f:Not>',
    '</f:Not>',
    equal('title', 'a'),
    '<f:Literal>1</f:Literal>',
    point,
    '<f:BBOX>',
    '</f:BBOX>',
    'text',
    '&amp;',
    '<!-- -->',
  ];
  for (let i = 0; i < 2000; i++) {
    const text = Array.from({ length: 1 + Math.floor(random() * 14) }, () => pick(words)).join(' ');
    timed(text, () => parseCql2Text(text, queryables));
    timed(text, () => parseCqlText(text, queryables));
    const document = filter(Array.from({ length: 1 + Math.floor(random() * 6) }, () => pick(elements)).join(''));
    timed(document, () => parseFilterXml(document, queryables));
    const call = (depth: number): unknown => ({
      op: pick([
        'and',
        'or',
        'not',
        '=',
        'like',
        'in',
        'between',
        'isNull',
        's_within',
        't_after',
        'a_equals',
        '+',
        'casei',
        'x',
      ]),
      args: Array.from({ length: Math.floor(random() * 4) }, () =>
        depth === 0 || random() < 0.5
          ? pick<unknown>([title, 1, 'a', true, null, [], { bbox: [1, 2, 3] }, { date: 'x' }, { type: 'Point' }])
          : call(depth - 1),
      ),
    });
    const value = call(3);
    timed(JSON.stringify(value), () => parseCql2Json(value, queryables));
  }
});

test.run();
