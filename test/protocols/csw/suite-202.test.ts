// The checks of the OGC suite for CSW 2.0.2 (ets-csw202), one test for each of its tests, over records like its own.
import type { XmlElement } from 'libxml2-wasm';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { haveSchemas, validateXml } from '../../validity/xsd.ts';
import { type Answer, type Client, clientOf, getRecords2, type Query2, ROOT_2, V2 } from './client.ts';
import { CHANGED, IDS, SIZE, SUITE_BASE, suiteServer } from './suite-set.ts';

const test = suite('CSW 2.0.2 suite');
let csw: Client;
test.before(async () => {
  csw = clientOf(await suiteServer());
});

const SECTIONS = ['ServiceIdentification', 'ServiceProvider', 'OperationsMetadata'];
const capabilities = (more: object = {}) => csw.get({ ...V2, request: 'GetCapabilities', ...more });
const records = async (query: Query2): Promise<Answer> => {
  const answer = await csw.post(getRecords2(query));
  assert.is(answer.status, 200, answer.text);
  assert.equal(haveSchemas() ? validateXml(answer.text, 'csw') : [], [], answer.text.slice(0, 500));
  return answer;
};
const ids = (answer: Answer): readonly string[] =>
  answer.all('//csw:SearchResults/*/dc:identifier[1]').map((id) => id.trim());
const sorted = (list: readonly string[]): readonly string[] => [...list].sort();
const property = (name: string): string => `<ogc:PropertyName>${name}</ogc:PropertyName>`;
const literal = (value: string): string => `<ogc:Literal>${value}</ogc:Literal>`;
const compare = (operator: string, name: string, value: string, attributes = ''): string =>
  `<ogc:PropertyIs${operator}${attributes}>${property(name)}${literal(value)}</ogc:PropertyIs${operator}>`;
const like = (name: string, value: string, attributes = 'wildCard="*" singleChar="#" escapeChar="!"'): string =>
  `<ogc:PropertyIsLike ${attributes}>${property(name)}${literal(value)}</ogc:PropertyIsLike>`;
const SRS = 'urn:x-ogc:def:crs:EPSG:6.11:4326';
const bbox = (lower: string, upper: string, name = 'ows:BoundingBox'): string =>
  `<ogc:BBOX>${property(name)}<gml:Envelope srsName="${SRS}"><gml:lowerCorner>${lower}</gml:lowerCorner>` +
  `<gml:upperCorner>${upper}</gml:upperCorner></gml:Envelope></ogc:BBOX>`;
const not = (filter: string): string => `<ogc:Not>${filter}</ogc:Not>`;
const and = (...filters: readonly string[]): string => `<ogc:And>${filters.join('')}</ogc:And>`;
const or = (...filters: readonly string[]): string => `<ogc:Or>${filters.join('')}</ogc:Or>`;

function refused(answer: Answer, code: string, locator?: string): void {
  assert.is(answer.type, 'application/xml');
  assert.is(answer.one('/ows:ExceptionReport/@version'), '1.2.0');
  assert.ok(answer.all('//ows:Exception/@exceptionCode').includes(code), answer.text);
  assert.ok(answer.all('//ows:ExceptionText').every((text) => text.trim() !== ''));
  if (locator !== undefined) assert.is(answer.all('//ows:Exception/@locator')[0]?.toLowerCase(), locator.toLowerCase());
  if (haveSchemas()) assert.equal(validateXml(answer.text, 'ows1'), []);
}

test('preconditions: the capabilities hold what the Schematron wants; the probe record is there', async () => {
  const doc = await capabilities();
  assert.is(doc.one('/csw:Capabilities/@version'), '2.0.2');
  assert.is(doc.one('//ows:ServiceType'), 'CSW');
  assert.ok(doc.all('//ows:ServiceTypeVersion').includes('2.0.2'));
  for (const name of ['GetCapabilities', 'DescribeRecord', 'GetRecords', 'GetRecordById']) {
    const at = `//ows:Operation[@name='${name}']`;
    assert.ok(doc.all(`${at}//ows:Get/@xlink:href`).every((href) => href.startsWith('http')));
    assert.ok(doc.count(`${at}//ows:Post[ows:Constraint[@name='PostEncoding']/ows:Value='XML']`) > 0, name);
  }
  const values = (operation: string, parameter: string): readonly string[] =>
    doc.all(`//ows:Operation[@name='${operation}']/ows:Parameter[@name='${parameter}']/ows:Value`);
  assert.equal(values('GetRecords', 'resultType'), ['hits', 'results', 'validate']);
  assert.equal(values('GetRecords', 'ElementSetName'), ['brief', 'summary', 'full']);
  assert.equal(values('GetRecords', 'CONSTRAINTLANGUAGE'), ['FILTER', 'CQL_TEXT']);
  assert.ok(values('GetRecords', 'outputSchema').includes('http://www.opengis.net/cat/csw/2.0.2'));
  assert.ok(values('GetRecords', 'typeNames').includes('csw:Record'));
  assert.ok(values('DescribeRecord', 'schemaLanguage').includes('http://www.w3.org/XML/Schema'));
  assert.ok(doc.all("//ows:OperationsMetadata/ows:Parameter[@name='version']/ows:Value").includes('2.0.2'));
  assert.ok(doc.all('//ogc:SpatialOperator/@name').includes('BBOX'));
  const probe = await csw.get({ ...V2, request: 'GetRecordById', id: IDS.mauris });
  assert.is(probe.count('/csw:GetRecordByIdResponse/*'), 1);
});

test('GetCapabilities 1.1: the whole document is valid', async () => {
  const doc = await capabilities();
  assert.is(doc.status, 200);
  for (const section of SECTIONS) assert.is(doc.count(`/csw:Capabilities/ows:${section}`), 1);
  assert.is(doc.count('/csw:Capabilities/ogc:Filter_Capabilities'), 1);
  if (haveSchemas()) assert.equal(validateXml(doc.text, 'csw'), []);
});

test('GetCapabilities: empty sections give the root alone, a list those of it', async () => {
  const none = await capabilities({ sections: '' });
  for (const section of SECTIONS) assert.is(none.count(`//ows:${section}`), 0);
  const some = await capabilities({ SECTIONS: 'ServiceProvider,OperationsMetadata' });
  assert.is(some.count('//ows:ServiceIdentification'), 0);
  assert.is(some.count('/csw:Capabilities/ows:ServiceProvider'), 1);
  assert.is(some.count('/csw:Capabilities/ows:OperationsMetadata'), 1);
  if (haveSchemas()) for (const { text } of [none, some]) assert.equal(validateXml(text, 'csw'), []);
});

test('GetCapabilities: unknown parameters are ignored, unknown formats too, known ones are given exactly', async () => {
  assert.is((await capabilities({ nonsense: 'x', foo: '' })).status, 200);
  const other = await capabilities({ acceptformats: 'text/example' });
  assert.is(other.status, 200);
  assert.match(other.type, /^[a-z]+\/xml$/);
  const doc = await capabilities();
  for (const type of doc.all(
    "//ows:Operation[@name='GetCapabilities']/ows:Parameter[@name='AcceptFormats']/ows:Value",
  )) {
    assert.is((await capabilities({ AcceptFormats: type })).type, type);
  }
});

test('GetCapabilities: versions are negotiated', async () => {
  const request = { service: 'CSW', request: 'GetCapabilities' };
  assert.is((await csw.get({ ...request, AcceptVersions: '2.0.2,2.0.0' })).one('/*/@version'), '2.0.2');
  refused(
    await csw.get({ ...request, version: '2.0.2', AcceptVersions: '9.9.9' }),
    'VersionNegotiationFailed',
    'AcceptVersions',
  );
});

test('GetCapabilities: a missing or wrong service is told', async () => {
  refused(await csw.get({ version: '2.0.2', request: 'GetCapabilities' }), 'MissingParameterValue', 'service');
  refused(
    await csw.get({ version: '2.0.2', request: 'GetCapabilities', service: 'FOO' }),
    'InvalidParameterValue',
    'service',
  );
});

test('GetCapabilities: an updateSequence that is current or later', async () => {
  const current = (await capabilities()).one('/*/@updateSequence');
  refused(await capabilities({ updateSequence: current }), 'CurrentUpdateSequence', 'updateSequence');
  refused(await capabilities({ updateSequence: `${current}0` }), 'InvalidUpdateSequence', 'updateSequence');
  assert.is((await capabilities({ updateSequence: '0' })).status, 200);
});

test('DescribeRecord: all types, one, an unknown one, unresolvable names, other formats and languages', async () => {
  const request = { ...V2, request: 'DescribeRecord', schemaLanguage: 'http://www.w3.org/XML/Schema' };
  const all = await csw.get(request);
  assert.ok(all.all('//csw:SchemaComponent/@targetNamespace').includes('http://www.opengis.net/cat/csw/2.0.2'));
  assert.ok(all.count('//csw:SchemaComponent/xs:schema/xs:include') > 1);
  if (haveSchemas()) assert.equal(validateXml(all.text, 'csw'), []);
  const one = await csw.post(
    `<csw:DescribeRecord ${ROOT_2} outputFormat="application/xml" schemaLanguage="http://www.w3.org/XML/Schema"><csw:TypeName>csw:Record</csw:TypeName></csw:DescribeRecord>`,
  );
  assert.equal(one.all('//csw:SchemaComponent/@targetNamespace'), ['http://www.opengis.net/cat/csw/2.0.2']);
  const unknown = await csw.post(
    `<csw:DescribeRecord ${ROOT_2}><csw:TypeName>csw:Unknown</csw:TypeName></csw:DescribeRecord>`,
  );
  assert.is(unknown.status, 200);
  assert.is(unknown.count('/csw:DescribeRecordResponse/*'), 0);
  refused(await csw.get({ ...request, TypeName: 'Record' }), 'InvalidParameterValue', 'TypeName');
  refused(await csw.get({ ...request, TypeName: 'nobody:Record' }), 'InvalidParameterValue', 'TypeName');
  refused(await csw.get({ ...request, outputFormat: 'text/sgml' }), 'InvalidParameterValue', 'outputFormat');
  refused(
    await csw.get({ ...request, schemaLanguage: 'http://purl.oclc.org/dsdl/schematron' }),
    'InvalidParameterValue',
    'schemaLanguage',
  );
});

test('GetRecordById 1: the default set is summary, however the colons are encoded', async () => {
  for (const id of [IDS.lorem, IDS.nunc]) {
    const query = `service=CSW&version=2.0.2&request=GetRecordById&`;
    const plain = await csw.get(`${query}id=${id}`);
    const encoded = await csw.get(`${query}ID=${encodeURIComponent(id)}`);
    assert.is(plain.text, encoded.text);
    assert.is(plain.one('/csw:GetRecordByIdResponse/csw:SummaryRecord/dc:identifier[1]'), id);
    if (haveSchemas()) assert.equal(validateXml(plain.text, 'csw'), []);
  }
});

test('GetRecordById 2: brief and full', async () => {
  for (const [set, element] of [
    ['brief', 'BriefRecord'],
    ['full', 'Record'],
  ] as const) {
    const answer = await csw.get({ ...V2, request: 'GetRecordById', id: IDS.mauris, ElementSetName: set });
    assert.is(answer.count('/csw:GetRecordByIdResponse/*'), 1);
    assert.is(answer.one(`//csw:${element}/dc:identifier[1]`), IDS.mauris);
    if (haveSchemas()) assert.equal(validateXml(answer.text, 'csw'), []);
  }
});

test('GetRecordById 3 to 6: unknown, missing, wrong format, wrong schema', async () => {
  const request = { ...V2, request: 'GetRecordById' };
  const unknown = await csw.get({ ...request, id: 'urn:x-nobody:1' });
  assert.is(unknown.status, 200);
  assert.is(unknown.count('/csw:GetRecordByIdResponse/*'), 0);
  refused(await csw.get(request), 'MissingParameterValue', 'id');
  refused(
    await csw.get({ ...request, id: IDS.lorem, outputFormat: 'text/example' }),
    'InvalidParameterValue',
    'outputFormat',
  );
  refused(
    await csw.get({ ...request, id: IDS.lorem, outputSchema: 'urn:example' }),
    'InvalidParameterValue',
    'outputSchema',
  );
});

test('GetRecords 1.1: without a result type only hits', async () => {
  const answer = await records({ attributes: '' });
  assert.is(answer.one('//csw:SearchResults/@numberOfRecordsMatched'), String(SIZE));
  assert.is(answer.one('//csw:SearchResults/@numberOfRecordsReturned'), '0');
  assert.is(answer.count('//csw:SearchResults/*'), 0);
});

test('GetRecords 2.1 and 2.2: exactly ten summary, ten brief records', async () => {
  assert.is((await records({ set: 'summary' })).count('//csw:SearchResults/csw:SummaryRecord'), 10);
  assert.is((await records({ set: 'brief' })).count('//csw:SearchResults/csw:BriefRecord'), 10);
});

test('GetRecords 3.1: the named elements and no others', async () => {
  const answer = await records({ elements: ['dc:identifier', 'dc:type', 'dc:date'] });
  assert.is(answer.count('//csw:Record'), 10);
  assert.is(answer.count('//csw:Record/*[not(self::dc:identifier or self::dc:type or self::dc:date)]'), 0);
  assert.is(answer.count('//csw:Record[dc:date][dc:type]'), 10);
});

test('GetRecords 4.1 and 4.2: in the order of the identifier, of the date', async () => {
  const byId = ids(await records({ attributes: 'resultType="results" maxRecords="20"', sort: 'dc:identifier ASC' }));
  assert.equal(byId, sorted(Object.values(IDS)));
  const dates = (
    await records({ attributes: 'resultType="results" maxRecords="20"', set: 'full', sort: 'dc:date DESC' })
  ).all('//csw:Record/dc:date');
  assert.equal(dates, [...dates].sort().reverse());
  assert.equal(dates.slice(-4), ['2006-05-12', '2006-03-26', '2005-10-24', '2003-05-09']);
});

test('GetRecords 5.1 and 5.2: a box, named as the request names its system; a box on a text', async () => {
  const answer = await records({ filter: bbox('47 -4.5', '52 1') });
  assert.equal(sorted(ids(answer)), sorted([IDS.mauris, IDS.nunc]));
  assert.equal([...new Set(answer.all('//ows:BoundingBox/@crs'))], [SRS]);
  refused(await csw.post(getRecords2({ filter: bbox('47 -4.5', '52 1', 'dct:spatial') })), 'InvalidParameterValue');
});

test('GetRecords 6.1, 6.2 and 7.1: equal, equal without case, an unknown function', async () => {
  const exact = await records({ filter: compare('EqualTo', 'dc:title', 'Fuscé vitae ligulä') });
  assert.equal(ids(exact), [IDS.fusce]);
  assert.is(exact.one('//csw:SearchResults/@nextRecord'), '0');
  assert.equal(ids(await records({ filter: compare('EqualTo', 'dc:subject', 'pHYSIOGRAPHy', ' matchCase="false"') })), [
    IDS.physiography,
  ]);
  assert.equal(ids(await records({ filter: compare('EqualTo', 'dc:subject', 'pHYSIOGRAPHy') })), []);
  const call = `<ogc:PropertyIsEqualTo><ogc:Function name="foo">${property('dc:title')}</ogc:Function>${literal('x')}</ogc:PropertyIsEqualTo>`;
  refused(await csw.post(getRecords2({ filter: call })), 'InvalidParameterValue');
});

test('GetRecords 8.1 and 8.2: not equal; sorted by format', async () => {
  const title = 'Fuscé vitae ligulä';
  const answer = await records({
    attributes: 'resultType="results" maxRecords="100"',
    filter: compare('NotEqualTo', 'dc:title', title),
  });
  assert.is(ids(answer).length, SIZE - 1);
  assert.not(ids(answer).includes(IDS.fusce));
  const byFormat = await records({
    attributes: 'resultType="results" maxRecords="100"',
    set: 'full',
    sort: 'dc:format ASC',
  });
  assert.is(byFormat.count('//csw:Record'), SIZE);
  const formats = byFormat.nodes('//csw:Record').length;
  assert.is(formats, SIZE);
  // Records without a format come last.
  assert.is(byFormat.count('//csw:Record[not(dc:format)]/following-sibling::csw:Record[dc:format]'), 0);
});

test('GetRecords 9.1 and 10.1: after and before a day, three elements each', async () => {
  const elements = ['dc:identifier', 'dc:type', 'dc:date'];
  const filter = and(compare('GreaterThan', 'dc:date', '2004-01-01'), compare('LessThan', 'dc:date', '2006-05-01'));
  const answer = await records({ elements, filter });
  assert.equal(answer.all('//csw:Record/dc:date').slice().sort(), ['2005-10-24', '2006-03-26']);
  for (const record of answer.nodes('//csw:Record')) {
    const names = [...new Set((record.find('*') as XmlElement[]).map(({ name }) => name))];
    assert.equal(names.sort(), ['date', 'identifier', 'type']);
  }
  const before = await records({ elements, filter: compare('LessThan', 'dc:date', '2006-05-01') });
  assert.is(before.count('//csw:Record'), 3);
});

test('GetRecords 11.1: like at the beginning', async () => {
  const answer = await records({ filter: like('dc:title', 'Lorem ipsum*') });
  assert.equal(sorted(ids(answer)), sorted([IDS.lorem, IDS.dolor]));
});

test('GetRecords 12.1 and 13.1: a day counts as a whole', async () => {
  const upTo = await records({ filter: compare('LessThanOrEqualTo', 'dc:date', '2005-10-24') });
  assert.equal(sorted(ids(upTo)), sorted([IDS.nunc, IDS.fusce]));
  const from = await records({
    attributes: 'resultType="results" maxRecords="20"',
    filter: and(compare('GreaterThanOrEqualTo', 'dc:date', '2006-03-26'), compare('LessThan', 'dc:date', CHANGED)),
  });
  assert.equal(sorted(ids(from)), sorted([IDS.mauris, IDS.aliquam]));
});

test('GetRecords 14.1 and 14.2: a negation finds what has no title like it, no box at all', async () => {
  const attributes = 'resultType="results" maxRecords="20"';
  const untitled = ids(await records({ attributes, filter: not(like('dc:title', 'Lorem ipsum*')) }));
  assert.is(untitled.length, SIZE - 2);
  for (const id of [IDS.sweden, IDS.landforms, IDS.physiography]) assert.ok(untitled.includes(id), id);
  const boxless = ids(await records({ attributes, filter: not(bbox('60 12', '70 20')) }));
  assert.is(boxless.length, SIZE - 1);
  assert.not(boxless.includes(IDS.sweden));
});

test('GetRecords 15.1: a filter of another namespace', async () => {
  const request = getRecords2({ filter: compare('EqualTo', 'dc:title', 'x') }).replace(
    /xmlns:ogc="[^"]*"/,
    'xmlns:ogc="http://www.opengis.net/foo"',
  );
  refused(await csw.post(request), 'InvalidParameterValue');
});

test('GetRecords 16.1 and 16.2: one or the other', async () => {
  const xml = await records({
    filter: or(
      like('dc:format', 'application/*xml'),
      compare('EqualTo', 'dc:type', 'http://purl.org/dc/dcmitype/Image'),
    ),
  });
  assert.equal(sorted(ids(xml)), sorted([IDS.maecenas, IDS.lorem, IDS.vestibulum, IDS.dolor]));
  const place = await records({
    filter: or(
      bbox('60 12', '70 20'),
      and(compare('GreaterThan', 'dc:date', '2006-01-01'), compare('LessThan', 'dc:date', '2007-01-01')),
    ),
  });
  assert.equal(sorted(ids(place)), sorted([IDS.sweden, IDS.mauris, IDS.aliquam]));
});

test('GetRecords 17.1 and 17.2: both', async () => {
  const image = await records({
    filter: and(like('dc:format', 'image/*'), compare('EqualTo', 'dc:relation', IDS.nunc)),
  });
  assert.equal(ids(image), [IDS.vestibulum]);
  const place = await records({ filter: and(bbox('45 -5', '52 1'), compare('GreaterThan', 'dc:date', '2006-01-01')) });
  assert.equal(ids(place), [IDS.mauris]);
});

test('GetRecords 18.1: outside a box and of a type, whatever its case; a record without a box counts', async () => {
  const type = compare('EqualTo', 'dc:type', 'HTTP://purl.org/dc/dcmitype/dataset', ' matchCase="false"');
  const answer = await records({ filter: and(not(bbox('40 -9', '50 -5')), type) });
  assert.equal(sorted(ids(answer)), sorted([IDS.mauris, IDS.landforms]));
});

test('GetRecords 19.1: any text, without case', async () => {
  const answer = await records({
    attributes: 'resultType="results" maxRecords="20"',
    filter: like('csw:AnyText', '*lorem*', 'wildCard="*" singleChar="." escapeChar="\\" matchCase="false"'),
  });
  assert.equal(
    sorted(ids(answer)),
    sorted([IDS.lorem, IDS.facilisis, IDS.vestibulum, IDS.landforms, IDS.nunc, IDS.dolor, IDS.physiography]),
  );
});

test('GetRecords 20.1 and 21.1: the short forms are no types', async () => {
  for (const typeNames of ['csw:SummaryRecord', 'csw:BriefRecord'])
    refused(await csw.post(getRecords2({ typeNames })), 'InvalidParameterValue', 'typeNames');
});

test('GetRecords 22.1: five from the third on', async () => {
  const answer = await records({ attributes: 'resultType="results" startPosition="3" maxRecords="5"' });
  assert.is(answer.one('//csw:SearchResults/@numberOfRecordsReturned'), '5');
  assert.is(answer.one('//csw:SearchResults/@nextRecord'), '8');
});

test('GetRecords 23.1: no records asked', async () => {
  const answer = await records({
    attributes: 'resultType="results" maxRecords="0"',
    filter: not(bbox('60 12', '70 20')),
  });
  assert.is(answer.count('//csw:SearchResults/*'), 0);
  assert.is(answer.one('//csw:SearchResults/@numberOfRecordsMatched'), String(SIZE - 1));
  assert.is(answer.one('//csw:SearchResults/@nextRecord'), '1');
});

test('GetRecords 24.1: a valid request is acknowledged with its echo', async () => {
  const answer = await csw.post(getRecords2({ attributes: 'resultType="validate" requestId="urn:example:7"' }));
  assert.is(answer.count('/csw:Acknowledgement/csw:EchoedRequest/csw:GetRecords'), 1);
  assert.is(answer.one('/csw:Acknowledgement/csw:RequestId'), 'urn:example:7');
  if (haveSchemas()) assert.equal(validateXml(answer.text, 'csw'), []);
  refused(
    await csw.post(getRecords2({ attributes: 'resultType="validate" outputFormat="x"' })),
    'InvalidParameterValue',
  );
});

test('GetRecords 25.1 and 26.1: wrong format, wrong schema', async () => {
  refused(
    await csw.post(getRecords2({ attributes: 'outputFormat="text/example"' })),
    'InvalidParameterValue',
    'outputFormat',
  );
  refused(
    await csw.post(getRecords2({ attributes: 'outputSchema="urn:example"' })),
    'InvalidParameterValue',
    'outputSchema',
  );
});

test('the alias answers in 2.0.2 whoever does not say a version, and refuses another', async () => {
  const doc = await csw.get('', {}, '/csw/2.0.2');
  assert.is(doc.one('/csw:Capabilities/@version'), '2.0.2');
  assert.ok(doc.all('//@xlink:href').includes(`${SUITE_BASE}/csw/2.0.2`));
  assert.is(
    (await csw.get('service=CSW&request=GetCapabilities', {}, '/csw/2.0.2')).one('/csw:Capabilities/@version'),
    '2.0.2',
  );
  const found = await csw.get({ service: 'CSW', request: 'GetRecordById', id: IDS.lorem }, {}, '/csw/2.0.2');
  assert.is(found.count('//csw:SummaryRecord'), 1);
  refused(
    await csw.get({ service: 'CSW', request: 'GetCapabilities', AcceptVersions: '3.0.0' }, {}, '/csw/2.0.2'),
    'VersionNegotiationFailed',
  );
});

test.run();
