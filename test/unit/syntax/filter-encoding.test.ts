// Filter Encoding 1.1 and 2.0: each element, the forms of GML, axis order, and what is refused where.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { parseFilterXml } from '../../../src/formats/syntax/filter-encoding.ts';
import { parseXml } from '../../../src/formats/syntax/xml.ts';
import { createQueryables } from '../../../src/mapping/queryables.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';
import { brief } from '../../fixtures/filter-brief.ts';
import { testMappings } from '../../fixtures/mappings.ts';

const test = suite('filter: Filter Encoding');
const queryables = createQueryables(testMappings());

const wrap1 = (inner: string): string =>
  `<ogc:Filter xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml" xmlns:dc="http://purl.org/dc/elements/1.1/">${inner}</ogc:Filter>`;
const wrap2 = (inner: string): string =>
  `<Filter xmlns="http://www.opengis.net/fes/2.0" xmlns:gml="http://www.opengis.net/gml/3.2">${inner}</Filter>`;
const read = (text: string): string => brief(parseFilterXml(text, queryables));
const v1 = (inner: string): string => read(wrap1(inner));
const v2 = (inner: string): string => read(wrap2(inner));

const property1 = (name: string): string => `<ogc:PropertyName>${name}</ogc:PropertyName>`;
const property2 = (name: string): string => `<ValueReference>${name}</ValueReference>`;
const literal1 = (value: string): string => `<ogc:Literal>${value}</ogc:Literal>`;
const literal2 = (value: string): string => `<Literal>${value}</Literal>`;

test('comparisons of both versions', () => {
  const names = [
    ['EqualTo', 'equal'],
    ['NotEqualTo', 'notEqual'],
    ['LessThan', 'less'],
    ['GreaterThan', 'greater'],
    ['LessThanOrEqualTo', 'lessOrEqual'],
    ['GreaterThanOrEqualTo', 'greaterOrEqual'],
  ] as const;
  for (const [element, operator] of names) {
    const name = `PropertyIs${element}`;
    assert.equal(
      v1(`<ogc:${name}>${property1('dc:title')}${literal1(' a ')}</ogc:${name}>`),
      `(${operator} title ' a ')`,
    );
    assert.equal(v2(`<${name}>${literal2('5')}${property2('elevation')}</${name}>`), `(${operator} 5 elevation)`);
  }
  const cased = (value: string, inner: string): string =>
    `<PropertyIsEqualTo matchCase="${value}">${inner}</PropertyIsEqualTo>`;
  assert.equal(v2(cased('false', property2('dc:type') + literal2('IMAGE'))), "(equal c:type c:'IMAGE')");
  assert.equal(v2(cased('true', property2('dc:type') + literal2('IMAGE'))), "(equal type 'IMAGE')");
  assert.equal(v2(cased('false', property2('elevation') + literal2('5'))), '(equal elevation 5)');
  assert.equal(v2(cased('false', property2('AnyText') + literal2('lava'))), '(words "lava")');
  assert.equal(v2(`<PropertyIsEqualTo>${property2('title')}<Literal/></PropertyIsEqualTo>`), "(equal title '')");
  assert.equal(
    v2(`<PropertyIsGreaterThan>${property2('dct:modified')}${literal2('2024-01-01')}</PropertyIsGreaterThan>`),
    '(greater updated 2024-01-01)',
  );
  assert.equal(
    v2(`<PropertyIsEqualTo>${property2('hasSecurityConstraints')}${literal2('1')}</PropertyIsEqualTo>`),
    '(equal hasSecurityConstraints true)',
  );
  assert.equal(
    v1(
      `<ogc:PropertyIsLessThan><ogc:Add>${property1('elevation')}<ogc:Mul>${literal1('2')}${literal1('3')}</ogc:Mul></ogc:Add>${literal1('9')}</ogc:PropertyIsLessThan>`,
    ),
    '(less (+ elevation (* 2 3)) 9)',
  );
});

test('like with the signs of the request, null, between, identifiers', () => {
  const like = (attributes: string, value: string, name = 'title'): string =>
    v2(`<PropertyIsLike ${attributes}>${property2(name)}${literal2(value)}</PropertyIsLike>`);
  assert.equal(like('wildCard="*" singleChar="?" escapeChar="!"', 'a*b?c!*d%'), '(like title "a|*|b|?|c*d%")');
  assert.equal(like('wildCard="%" singleChar="_" escape="\\" matchCase="false"', 'A%\\_'), '(like-c c:title "A|*|_")');
  assert.equal(like('', '%a_'), '(like title "*|a|?")');
  assert.equal(
    like('wildCard="*" singleChar="." escapeChar="!" matchCase="false"', '*lorem*', 'AnyText'),
    '(like anytext "*|lorem|*")',
  );
  assert.equal(like('wildCard="*" singleChar="." escapeChar="!"', 'lava flow', 'csw:AnyText'), '(phrase "lava flow")');
  assert.equal(v1(`<ogc:PropertyIsNull>${property1('title')}</ogc:PropertyIsNull>`), '(null title)');
  assert.equal(v2(`<PropertyIsNil>${property2('title')}</PropertyIsNil>`), '(null title)');
  assert.equal(
    v1(
      `<ogc:PropertyIsBetween>${property1('elevation')}<ogc:LowerBoundary>${literal1('1')}</ogc:LowerBoundary><ogc:UpperBoundary>${literal1('2')}</ogc:UpperBoundary></ogc:PropertyIsBetween>`,
    ),
    '(between elevation 1 2)',
  );
  assert.equal(v1('<ogc:FeatureId fid="a"/><ogc:FeatureId fid="b"/>'), "(in id 'a' 'b')");
  assert.equal(v1('<ogc:GmlObjectId gml:id="a"/>'), "(in id 'a')");
  assert.equal(v2('<ResourceId rid="a"/>'), "(in id 'a')");
});

test('logic; an empty filter is everything', () => {
  const equal = `<PropertyIsEqualTo>${property2('number')}${literal2('1')}</PropertyIsEqualTo>`;
  assert.equal(
    v2(`<And>${equal}<Or>${equal}${equal}</Or><Not>${equal}</Not></And>`),
    '(and (equal number 1) (or (equal number 1) (equal number 1)) (notExact (equal number 1)))',
  );
  assert.equal(
    v2(`<And>${equal}<And>${equal}${equal}</And></And>`),
    '(and (equal number 1) (equal number 1) (equal number 1))',
  );
  assert.equal(v1(''), 'true');
  assert.equal(v2('\n  <!-- nothing -->\n'), 'true');
});

const envelope = (srs: string, lower: string, upper: string): string =>
  `<gml:Envelope${srs === '' ? '' : ` srsName="${srs}"`}><gml:lowerCorner>${lower}</gml:lowerCorner><gml:upperCorner>${upper}</gml:upperCorner></gml:Envelope>`;

test('axis order by the name of the system', () => {
  const bbox = (srs: string, lower: string, upper: string): string =>
    v1(`<ogc:BBOX>${property1('ows:BoundingBox')}${envelope(srs, lower, upper)}</ogc:BBOX>`);
  const box = '(spatial-intersects geometry box(2 45 4 46))';
  for (const srs of [
    '',
    'EPSG:4326',
    'http://www.opengis.net/gml/srs/epsg.xml#4326',
    'urn:ogc:def:crs:OGC:1.3:CRS84',
    'urn:ogc:def:crs:OGC::CRS84',
    'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
    'CRS:84',
  ])
    assert.equal(bbox(srs, '2 45', '4 46'), box, srs);
  for (const srs of [
    'urn:ogc:def:crs:EPSG::4326',
    'urn:ogc:def:crs:EPSG:6.6:4326',
    'urn:x-ogc:def:crs:EPSG:6.11:4326',
    'http://www.opengis.net/def/crs/EPSG/0/4326',
    'EPSG::4326',
    'urn:ogc:def:crs:EPSG::4258',
  ])
    assert.equal(bbox(srs, '45 2', '46 4'), box, srs);
  for (const srs of ['urn:ogc:def:crs:EPSG::0000', 'urn:ogc:def:crs:EPSG::2154', 'EPSG:27700', 'anything'])
    assert.throws(() => bbox(srs, '2 45', '4 46'), /reference system/);
});

test('boxes in every form of GML; without a property the geometry is meant', () => {
  const box = '(spatial-intersects geometry box(2 45 4 46))';
  const bbox = (inner: string): string => v1(`<ogc:BBOX>${inner}</ogc:BBOX>`);
  assert.equal(bbox(envelope('', '2 45', '4 46')), box);
  assert.equal(
    bbox(
      '<gml:Envelope srsDimension="3"><gml:lowerCorner>2 45 0</gml:lowerCorner><gml:upperCorner>4 46 9</gml:upperCorner></gml:Envelope>',
    ),
    box,
  );
  assert.equal(bbox('<gml:Envelope><gml:pos>2 45</gml:pos><gml:pos>4 46</gml:pos></gml:Envelope>'), box);
  assert.equal(bbox('<gml:Box><gml:coordinates>2,45 4,46</gml:coordinates></gml:Box>'), box);
  assert.equal(
    bbox('<gml:Box><gml:coordinates decimal="," cs=" " ts=";">2,0 45;4 46,0</gml:coordinates></gml:Box>'),
    box,
  );
  assert.equal(
    bbox(
      '<gml:Box><gml:coord><gml:X>2</gml:X><gml:Y>45</gml:Y></gml:coord><gml:coord><gml:X>4</gml:X><gml:Y>46</gml:Y></gml:coord></gml:Box>',
    ),
    box,
  );
  assert.equal(
    bbox(property1('apiso:BoundingBox') + envelope('', '170 -5', '-170 5')),
    '(spatial-intersects geometry box(170 -5 -170 5))',
  );
});

test('geometries of GML 3.1.1 and 3.2, the system inherited', () => {
  const shape = (inner: string): string =>
    v2(`<Intersects>${property2('geometry')}${inner}</Intersects>`).slice('(spatial-intersects geometry '.length, -1);
  const srs = 'srsName="urn:ogc:def:crs:EPSG::4326"';
  const ring = (list: string): string => `<gml:LinearRing><gml:posList>${list}</gml:posList></gml:LinearRing>`;
  assert.equal(shape('<gml:Point><gml:pos>1 2</gml:pos></gml:Point>'), 'POINT (1 2)');
  assert.equal(shape(`<gml:Point ${srs}><gml:pos>2 1</gml:pos></gml:Point>`), 'POINT (1 2)');
  assert.equal(
    shape(`<gml:LineString ${srs}><gml:posList>2 1 4 3</gml:posList></gml:LineString>`),
    'LINESTRING (1 2, 3 4)',
  );
  assert.equal(
    shape('<gml:LineString srsDimension="3"><gml:posList>1 2 9 3 4 9</gml:posList></gml:LineString>'),
    'LINESTRING (1 2, 3 4)',
  );
  assert.equal(
    shape(
      '<gml:Curve><gml:segments><gml:LineStringSegment><gml:posList>1 2 3 4</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve>',
    ),
    'LINESTRING (1 2, 3 4)',
  );
  assert.equal(
    shape(
      `<gml:Polygon ${srs}><gml:exterior>${ring('0 0 0 9 9 9 0 0')}</gml:exterior><gml:interior>${ring('1 2 1 3 2 3 1 2')}</gml:interior></gml:Polygon>`,
    ),
    'POLYGON ((0 0, 9 0, 9 9, 0 0), (2 1, 3 1, 3 2, 2 1))',
  );
  assert.equal(
    shape(
      '<gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0,0 9,0 9,9 0,0</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon>',
    ),
    'POLYGON ((0 0, 9 0, 9 9, 0 0))',
  );
  assert.equal(
    shape(
      `<gml:MultiSurface ${srs}><gml:surfaceMember><gml:Polygon><gml:exterior>${ring('0 0 0 9 9 9 0 0')}</gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface>`,
    ),
    'MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)))',
  );
  assert.equal(
    shape(
      '<gml:MultiPoint><gml:pointMember><gml:Point><gml:pos>1 2</gml:pos></gml:Point></gml:pointMember></gml:MultiPoint>',
    ),
    'MULTIPOINT ((1 2))',
  );
  assert.equal(
    shape(
      '<gml:MultiCurve><gml:curveMembers><gml:LineString><gml:posList>1 2 3 4</gml:posList></gml:LineString></gml:curveMembers></gml:MultiCurve>',
    ),
    'MULTILINESTRING ((1 2, 3 4))',
  );
  assert.equal(shape(envelope('', '2 45', '4 46')), 'box(2 45 4 46)');
});

test('spatial operators and distances', () => {
  const point = '<gml:Point><gml:pos>1 2</gml:pos></gml:Point>';
  for (const name of ['Intersects', 'Disjoint', 'Equals', 'Touches', 'Within', 'Contains', 'Overlaps', 'Crosses']) {
    assert.equal(
      v1(`<ogc:${name}>${property1('geom')}${point}</ogc:${name}>`),
      `(spatial-${name.toLowerCase()} geometry POINT (1 2))`,
    );
    assert.equal(
      v2(`<${name}>${point}${property2('geom')}</${name}>`),
      `(spatial-${name.toLowerCase()} POINT (1 2) geometry)`,
    );
  }
  assert.equal(
    v1(`<ogc:DWithin>${property1('geom')}${point}<ogc:Distance units="km">2</ogc:Distance></ogc:DWithin>`),
    '(distance-within geometry POINT (1 2) 2000)',
  );
  assert.equal(
    v2(`<Beyond>${property2('geom')}${point}<Distance uom="urn:ogc:def:uom:EPSG::9001">2</Distance></Beyond>`),
    '(distance-beyond geometry POINT (1 2) 2)',
  );
});

test('temporal operators of 2.0', () => {
  const period =
    '<gml:TimePeriod gml:id="p"><gml:beginPosition>2001-01-01</gml:beginPosition><gml:endPosition indeterminatePosition="now"/></gml:TimePeriod>';
  const names = {
    After: 'after',
    Before: 'before',
    Begins: 'starts',
    BegunBy: 'startedBy',
    TContains: 'contains',
    During: 'during',
    TEquals: 'equals',
    TOverlaps: 'overlaps',
    Meets: 'meets',
    OverlappedBy: 'overlappedBy',
    MetBy: 'metBy',
    Ends: 'finishes',
    EndedBy: 'finishedBy',
    AnyInteracts: 'intersects',
  };
  for (const [name, operator] of Object.entries(names))
    assert.equal(
      v2(`<${name}>${property2('apiso:TempExtent')}${period}</${name}>`),
      `(temporal-${operator} time [2001-01-01 ..])`,
    );
  const during = (inner: string): string => v2(`<During>${property2('time')}${inner}</During>`);
  assert.equal(
    during('<gml:TimeInstant><gml:timePosition>2001-02-03</gml:timePosition></gml:TimeInstant>'),
    '(temporal-during time 2001-02-03)',
  );
  assert.equal(
    during('<gml:TimeInstant><gml:timePosition>2004-02</gml:timePosition></gml:TimeInstant>'),
    '(temporal-during time [2004-02-01 2004-02-29])',
  );
  assert.equal(during(literal2('2001-01-01/2002-01-01')), '(temporal-during time [2001-01-01 2002-01-01])');
  assert.equal(during(`<Literal>${period}</Literal>`), '(temporal-during time [2001-01-01 ..])');
  assert.equal(
    during(
      '<gml:TimePeriod><gml:begin><gml:TimeInstant><gml:timePosition>2001</gml:timePosition></gml:TimeInstant></gml:begin><gml:end><gml:TimeInstant><gml:timePosition>2002</gml:timePosition></gml:TimeInstant></gml:end></gml:TimePeriod>',
    ),
    '(temporal-during time [2001-01-01 2002-12-31])',
  );
});

test('names: prefixes of the document, XPath, braces', () => {
  const named = (name: string, declared = ''): string =>
    v2(`<PropertyIsNull><ValueReference${declared}>${name}</ValueReference></PropertyIsNull>`);
  for (const name of [
    'dc:title',
    ' Title ',
    'TITLE',
    'apiso:title',
    'csw:title',
    '//dc:title',
    "csw:Record/dc:title[@lang='fr']",
    "*[local-name()='title']",
    '/gmd:MD_Metadata/gmd:identificationInfo/gmd:MD_DataIdentification/gmd:citation/gmd:CI_Citation/gmd:title/gco:CharacterString/text()',
    "/a[b='x/y']/dc:title",
    '{http://purl.org/dc/elements/1.1/}title',
  ])
    assert.equal(named(name), '(null title)', name);
  assert.equal(named('x:title', ' xmlns:x="http://purl.org/dc/elements/1.1/"'), '(null title)');
  assert.throws(() => named('x:title', ' xmlns:x="http://example.org/"'), /unknown property/);
  assert.throws(() => named('x:title'), /unknown property/);
  const root = parseXml(
    `<r xmlns:x="http://purl.org/dc/terms/">${wrap2(`<PropertyIsNull>${property2('x:abstract')}</PropertyIsNull>`)}</r>`,
  );
  const filter = root.children.find((child) => typeof child !== 'string')!;
  assert.equal(
    typeof filter === 'string' ? '' : brief(parseFilterXml(filter, queryables, root.declarations)),
    '(null description)',
  );
});

const WRONG: readonly (readonly [text: string, says: RegExp])[] = [
  ['<Filter xmlns="http://www.opengis.net/foo"/>', /a Filter of/],
  ['<And xmlns="http://www.opengis.net/ogc"/>', /a Filter of/],
  [wrap2('text'), /"Filter" is not understood/],
  [wrap2('<Near/>'), /element Near, character 91: "Near" is not understood/],
  [wrap2('<And/>'), /"And"/],
  [wrap2('<Not/>'), /"Not"/],
  [wrap2('<x:And xmlns:x="http://www.opengis.net/ogc"/>'), /"And" is not understood/],
  [wrap2('<PropertyIsNull><ValueReference>x</ValueReference></PropertyIsNull><And/>'), /one condition/],
  [wrap2(`<PropertyIsEqualTo>${property2('title')}</PropertyIsEqualTo>`), /2 operand/],
  [
    wrap2(`<PropertyIsEqualTo>${property2('title')}<Function name="sin"/></PropertyIsEqualTo>`),
    /functions are not offered/,
  ],
  [
    wrap2(`<PropertyIsEqualTo matchAction="All">${property2('title')}${literal2('a')}</PropertyIsEqualTo>`),
    /matchAction/,
  ],
  [wrap2(`<PropertyIsEqualTo>${property2('elevation')}${literal2('high')}</PropertyIsEqualTo>`), /not a number/],
  [
    wrap1(`<ogc:BBOX>${property1('dct:spatial')}${envelope('', '1 2', '3 4')}</ogc:BBOX>`),
    /place is a text, where a geometry/,
  ],
  [wrap1(`<ogc:BBOX>${property1('geom')}${envelope('', '1 2', '3')}</ogc:BBOX>`), /two or three numbers/],
  [
    wrap2(
      `<DWithin>${property2('geom')}<gml:Point><gml:pos>1 2</gml:pos></gml:Point><Distance uom="deg">1</Distance></DWithin>`,
    ),
    /unit "deg"/,
  ],
  [wrap2('<ResourceId/>'), /"ResourceId"/],
];

test('what is wrong is told with its element', () => {
  for (const [text, says] of WRONG)
    assert.throws(
      () => parseFilterXml(text, queryables),
      (error) => {
        assert.ok(error instanceof SyntaxFault, `${text}: ${error}`);
        assert.match(error.message, says, text);
        return true;
      },
      text,
    );
});

test.run();
