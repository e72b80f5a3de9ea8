// The checks of the OGC suite for CSW 3.0 (ets-cat30), one test for each of its tests: capabilities, records, searches, OpenSearch binding.
// Like the suite, it takes twenty full records and asks for what it finds in them.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testApp } from '../../fixtures/app.ts';
import { haveSchemas, validateXml } from '../../validity/xsd.ts';
import { type Answer, type Client, clientOf, PREFIXES, V3 } from './client.ts';

const test = suite('CSW 3.0 suite');
let csw: Client;
let sample: Answer;
const GET_RECORDS = { ...V3, request: 'GetRecords', typeNames: 'Record' } as const;
const BY_ID = { ...V3, request: 'GetRecordById' } as const;
const ATOM = 'application/atom+xml';
const OSDD = 'application/opensearchdescription+xml';
const BASE = 'https://data.example.org/vobs';

test.before(async () => {
  csw = clientOf((await testApp()).server);
  sample = await csw.get({ ...GET_RECORDS, elementSetName: 'full', maxRecords: 20 });
});

const valid = (answer: Answer, set: 'csw3' | 'atom' | 'ows2' = 'csw3'): void =>
  assert.equal(haveSchemas() ? validateXml(answer.text, set) : [], [], answer.text.slice(0, 400));
function refused(answer: Answer, code: string, locator: string | null, status = 400): void {
  assert.is(answer.status, status, answer.text);
  assert.match(answer.type, /\/xml/);
  assert.is(answer.one('/ows2:ExceptionReport/@version'), '3.0.0');
  assert.ok(answer.all('//ows2:Exception/@exceptionCode').includes(code), answer.text);
  if (locator !== null) assert.match(answer.all('//ows2:Exception/@locator').join(), new RegExp(locator, 'i'));
  valid(answer, 'ows2');
}
const word = (text: string): string =>
  text
    .replace(/[()]/g, '')
    .match(/[\p{L}]{4,}/gu)
    ?.at(-1) ?? '';
const capabilities = (more: object = {}, headers = {}): Promise<Answer> =>
  csw.get({ service: 'CSW', request: 'GetCapabilities', acceptVersions: '3.0.0', ...more }, headers);
const boxes = (answer: Answer): readonly (readonly number[])[] =>
  answer.nodes('//ows2:BoundingBox').map((box) => {
    const corner = (name: string): number[] =>
      (box.get(`ows:${name}`, { ows: PREFIXES.ows2 })?.content ?? '').split(' ').map(Number);
    return [...corner('LowerCorner'), ...corner('UpperCorner')];
  });

test('capabilities: complete and valid, with all that the Schematron wants', async () => {
  const doc = await capabilities({}, { Accept: 'application/xml' });
  assert.is(doc.status, 200);
  valid(doc);
  assert.is(doc.one('/csw3:Capabilities/@version'), '3.0.0');
  assert.is(doc.one('//ows2:ServiceType'), 'CSW');
  assert.ok(doc.all('//ows2:ServiceTypeVersion').includes('3.0.0'));
  for (const section of [
    'ows2:ServiceIdentification',
    'ows2:ServiceProvider',
    'ows2:OperationsMetadata',
    'ows2:Languages',
    'fes:Filter_Capabilities',
  ])
    assert.is(doc.count(`/csw3:Capabilities/${section}`), 1, section);
  const values = (name: string): readonly string[] =>
    doc.all(`//ows2:Operation[@name='GetCapabilities']/ows2:Parameter[@name='${name}']//ows2:Value`);
  assert.ok(values('AcceptVersions').includes('3.0.0'));
  assert.ok(values('AcceptFormats').includes('text/xml'));
  for (const section of ['Filter_Capabilities', 'All']) assert.ok(values('Sections').includes(section));
  for (const name of ['GetCapabilities', 'GetRecordById', 'GetRecords'])
    assert.ok(doc.count(`//ows2:Operation[@name='${name}']//ows2:Get`) > 0, name);
  for (const name of ['ImplementsMinSpatialFilter', 'ImplementsMinimumXPath'])
    assert.is(doc.one(`//fes:Constraint[@name='${name}']/ows11:DefaultValue`), 'TRUE');
  const classes =
    'OpenSearch GetCapabilities-XML GetRecordById-XML GetRecords-Basic-XML GetRecords-Distributed-XML GetRecords-Distributed-KVP ' +
    'GetRecords-Async-XML GetRecords-Async-KVP GetDomain-XML GetDomain-KVP Transaction Harvest-Basic-XML Harvest-Basic-KVP Harvest-Async-XML ' +
    'Harvest-Async-KVP Harvest-Periodic-XML Harvest-Periodic-KVP Filter-CQL Filter-FES-XML Filter-FES-KVP-Advanced';
  for (const name of classes.split(' '))
    assert.match(
      doc.one(`//ows2:Constraint[@name='http://www.opengis.net/spec/csw/3.0/conf/${name}']/ows2:DefaultValue`),
      /^(TRUE|FALSE)$/,
    );
});

test('capabilities: the base address alone, by any Accept that does not want something else', async () => {
  for (const headers of [
    {},
    { Accept: '*/*' },
    { Accept: 'application/xml' },
    { Accept: 'text/html;q=0.5, application/xml' },
  ]) {
    const doc = await csw.get('', headers);
    assert.is(doc.count('/csw3:Capabilities'), 1, JSON.stringify(headers));
    assert.is(doc.type, 'application/xml');
  }
});

test('capabilities: names in any case, values exact, service required', async () => {
  assert.is((await csw.get('Request=GetCapabilities&SERVICE=CSW&acceptversions=3.0.0')).count('/csw3:Capabilities'), 1);
  refused(
    await csw.get({ service: 'CSW', request: 'getCapabilities', acceptVersions: '3.0.0' }),
    'InvalidParameterValue',
    'request',
  );
  refused(await csw.get({ request: 'GetCapabilities', acceptVersions: '3.0.0' }), 'MissingParameterValue', 'service');
});

test('capabilities: an unknown version, an unknown format, each format that there is', async () => {
  refused(await capabilities({ acceptVersions: '9999.12.31' }), 'VersionNegotiationFailed', null);
  refused(await capabilities({ acceptFormats: 'text/example' }), 'InvalidParameterValue', 'AcceptFormats');
  for (const type of ['text/xml', 'application/xml'])
    assert.is((await capabilities({ acceptFormats: type })).type, type);
});

test('capabilities: each section alone, All is everything', async () => {
  const elements = {
    ServiceIdentification: 'ows2',
    ServiceProvider: 'ows2',
    OperationsMetadata: 'ows2',
    Languages: 'ows2',
    Filter_Capabilities: 'fes',
  };
  for (const [section, prefix] of Object.entries(elements)) {
    const doc = await capabilities({ sections: section });
    assert.is(doc.count('/csw3:Capabilities/*'), 1, section);
    assert.is(doc.count(`/csw3:Capabilities/${prefix}:${section}`), 1, section);
    valid(doc);
  }
  assert.is((await capabilities({ sections: 'All' })).count('/csw3:Capabilities/*'), 5);
});

test('GetRecordById: unknown is 404, summary by default, brief and full are valid', async () => {
  refused(await csw.get({ ...BY_ID, id: 'urn:example:1234' }), 'InvalidParameterValue', 'id', 404);
  for (const id of sample.all('//csw3:Record/dc:identifier').slice(0, 5)) {
    assert.is((await csw.get({ ...BY_ID, id })).one('/csw3:SummaryRecord/dc:identifier'), id);
    for (const [set, element] of [
      ['brief', 'BriefRecord'],
      ['full', 'Record'],
    ] as const) {
      const answer = await csw.get({ ...BY_ID, id, elementSetName: set });
      assert.is(answer.one(`/csw3:${element}/dc:identifier`), id);
      valid(answer);
    }
  }
});

test('GetRecordById: an Atom entry by Accept, by outputFormat over Accept', async () => {
  const [id = ''] = sample.all('//csw3:Record/dc:identifier');
  const byAccept = await csw.get({ ...BY_ID, id }, { Accept: ATOM });
  assert.is(byAccept.type, ATOM);
  assert.is(byAccept.one('/atom:entry/dc:identifier'), id);
  valid(byAccept, 'atom');
  const byFormat = await csw.get({ ...BY_ID, id, outputFormat: ATOM }, { Accept: 'application/xml' });
  assert.is(byFormat.one('/atom:entry/dc:identifier'), id);
  const other = await csw.get({ ...BY_ID, id, outputFormat: 'application/xml' }, { Accept: ATOM });
  assert.is(other.count('/csw3:SummaryRecord'), 1);
});

test('GetRecordById: wrong format, wrong schema, no identifier', async () => {
  const [id = ''] = sample.all('//csw3:Record/dc:identifier');
  refused(await csw.get({ ...BY_ID, id, outputFormat: 'text/example' }), 'InvalidParameterValue', 'outputFormat');
  refused(await csw.get({ ...BY_ID, id, outputSchema: 'urn:example' }), 'InvalidParameterValue', 'outputSchema');
  refused(await csw.get(BY_ID), 'MissingParameterValue', 'id');
});

test('GetRecords: a bound prefix, the default set, results without being asked for', async () => {
  const bound = await csw.get({
    ...GET_RECORDS,
    namespace: `xmlns(tns=${PREFIXES.csw3})`,
    typeNames: 'tns:Record',
    elementSetName: 'brief',
  });
  assert.is(bound.count('//csw3:SearchResults/csw3:BriefRecord'), 10);
  const plain = await csw.get(GET_RECORDS);
  assert.is(plain.count('//csw3:SearchResults/csw3:SummaryRecord'), 10);
  valid(bound);
  valid(plain);
  refused(await csw.get({ ...GET_RECORDS, namespace: 'xmlns(tns' }), 'InvalidParameterValue', 'NAMESPACE');
});

test('GetRecords: a valid Atom feed', async () => {
  const feed = await csw.get({ ...GET_RECORDS, elementSetName: 'summary', outputFormat: ATOM }, { Accept: ATOM });
  assert.is(feed.type, ATOM);
  assert.is(feed.count('/atom:feed/atom:entry'), 10);
  assert.is(feed.count('/atom:feed/atom:author'), 1);
  assert.is(feed.one("/atom:feed/atom:link[@rel='search']/@href"), `${BASE}/csw/osdd.xml`);
  assert.is(feed.one('/atom:feed/os:totalResults'), sample.one('//@numberOfRecordsMatched'));
  assert.is(feed.one("/atom:feed/os:Query[@role='request']/@role"), 'request');
  valid(feed, 'atom');
});

test('GetRecords: wrong format, type, set and schema', async () => {
  refused(await csw.get({ ...GET_RECORDS, outputFormat: 'text/example' }), 'InvalidParameterValue', 'outputFormat');
  refused(await csw.get({ ...GET_RECORDS, typeNames: 'UnknownType' }), 'InvalidParameterValue', 'typeNames');
  refused(
    await csw.get({ ...GET_RECORDS, elementSetName: 'undefined-view' }),
    'InvalidParameterValue',
    'elementSetName',
  );
  refused(
    await csw.get({ ...GET_RECORDS, outputSchema: 'urn:uuid:6a29d2a8-9651-47a6-9b14-f05d2b5644f0' }),
    'InvalidParameterValue',
    'outputSchema',
  );
});

test('GetRecords: one element, an unknown one, an element beside a set', async () => {
  const namespace = `xmlns(tns=${PREFIXES.dc})`;
  const titles = await csw.get({ ...GET_RECORDS, namespace, elementName: 'tns:title' });
  valid(titles);
  assert.is(titles.count('//csw3:SearchResults/csw3:Record[dc:title]'), 10);
  assert.is(titles.count('//csw3:SearchResults/*/*[not(self::dc:title)]'), 0);
  refused(await csw.get({ ...GET_RECORDS, elementName: 'undefined' }), 'InvalidParameterValue', 'ElementName');
  refused(
    await csw.get({ ...GET_RECORDS, namespace, elementName: 'tns:subject', elementSetName: 'brief' }),
    'NoApplicableCode',
    null,
  );
});

test('GetRecords: two records from the third on, as records and as a feed', async () => {
  const slice = { ...GET_RECORDS, elementSetName: 'summary', startPosition: 3, maxRecords: 2 };
  const records = await csw.get(slice);
  assert.is(records.count('//csw3:SummaryRecord'), 2);
  assert.is(records.one('//csw3:SearchResults/@numberOfRecordsReturned'), '2');
  assert.is(records.one('//csw3:SearchResults/@nextRecord'), '5');
  assert.equal(
    records.all('//csw3:SummaryRecord/dc:identifier'),
    sample.all('//csw3:Record/dc:identifier').slice(2, 4),
  );
  const feed = await csw.get({ ...slice, outputFormat: ATOM });
  assert.is(feed.count('/atom:feed/atom:entry'), 2);
  assert.is(feed.one('//os:startIndex'), '3');
  assert.is(feed.one('//os:itemsPerPage'), '2');
  assert.equal(feed.all('//atom:entry/dc:identifier'), records.all('//dc:identifier'));
});

test('search: a box in an unknown system, in the system of the data, in WGS 84', async () => {
  refused(
    await csw.get({
      ...GET_RECORDS,
      elementSetName: 'brief',
      bbox: '472944,5363287,492722,5455253,urn:ogc:def:crs:EPSG::0000',
    }),
    'InvalidParameterValue',
    'bbox',
  );
  const latitudeFirst = await csw.get({
    ...GET_RECORDS,
    elementSetName: 'brief',
    bbox: '44,2,47,4,urn:ogc:def:crs:EPSG::4326',
    maxRecords: 50,
  });
  const longitudeFirst = await csw.get({
    ...GET_RECORDS,
    elementSetName: 'summary',
    bbox: '2,44,4,47',
    maxRecords: 50,
  });
  for (const answer of [latitudeFirst, longitudeFirst]) {
    const found = boxes(answer);
    assert.is(found.length, Number(answer.one('//@numberOfRecordsReturned')));
    assert.ok(found.length > 10);
    for (const [south = 0, west = 0, north = 0, east = 0] of found)
      assert.ok(south <= 47 && north >= 44 && west <= 4 && east >= 2);
  }
  assert.equal(latitudeFirst.all('//dc:identifier'), longitudeFirst.all('//dc:identifier'));
});

test('search: two identifiers', async () => {
  const all = sample.all('//csw3:Record/dc:identifier');
  const two = [all[0] ?? '', all.at(-1) ?? ''];
  const answer = await csw.get({ ...GET_RECORDS, elementSetName: 'summary', recordIds: two.join(',') });
  assert.equal([...answer.all('//csw3:SummaryRecord/dc:identifier')].sort(), [...two].sort());
});

test('search: a word, a word without results, a random word, words of title and subject', async () => {
  const titles = sample.all('//csw3:Record/dc:title');
  for (const title of titles.slice(0, 5)) {
    assert.ok((await csw.get({ ...GET_RECORDS, q: word(title) })).count('//csw3:SummaryRecord') > 0, title);
  }
  const [subject = ''] = sample.all('//csw3:Record/dc:subject');
  const counted = await csw.get({ ...GET_RECORDS, q: word(subject), maxRecords: 0 });
  assert.is(counted.count('//csw3:SearchResults/*'), 0);
  assert.ok(Number(counted.one('//@numberOfRecordsMatched')) > 0);
  const nothing = await csw.get({ ...GET_RECORDS, q: 'xqzwvkjp' });
  assert.is(nothing.one('//@numberOfRecordsMatched'), '0');
  assert.is(nothing.one('//csw3:SearchResults/@nextRecord'), '0');
  const [record] = sample.nodes('//csw3:Record[dc:subject]');
  const of = (name: string): string => record?.get(`dc:${name}`, PREFIXES)?.content ?? '';
  for (const q of [`${word(of('title'))} ${word(of('subject'))}`, `${word(of('title'))},${word(of('subject'))}`]) {
    assert.ok(Number((await csw.get({ ...GET_RECORDS, q })).one('//@numberOfRecordsMatched')) > 0, q);
  }
});

test('search: a box and a word hold together', async () => {
  const q = 'volcano';
  const both = await csw.get({ ...GET_RECORDS, bbox: '-180,-90,180,90', q, maxRecords: 15 });
  const one = await csw.get({ ...GET_RECORDS, q, maxRecords: 15 });
  assert.ok(both.count('//csw3:SummaryRecord') > 0);
  assert.ok(Number(both.one('//@numberOfRecordsMatched')) <= Number(one.one('//@numberOfRecordsMatched')));
});

test('OpenSearch: the description by Accept on the base address, and at the address in the capabilities', async () => {
  const preferred = await csw.get('', { Accept: `application/xml; q=0.5, ${OSDD}` });
  assert.match(preferred.type, /xml/);
  assert.is(preferred.count('/os:OpenSearchDescription'), 1);
  assert.is(
    (await csw.get('', { Accept: 'application/vnd.a9.opensearchdescription+xml' })).count('/os:OpenSearchDescription'),
    1,
  );
  const address = (await csw.get('')).one("//ows2:Constraint[@name='OpenSearchDescriptionDocument']//ows2:Value");
  assert.is(address, `${BASE}/csw/osdd.xml`);
  const doc = await csw.get('', {}, '/csw/osdd.xml');
  assert.is(doc.type, OSDD);
  assert.is(doc.text, preferred.text);
  for (const offset of doc.all('//os:Url/@indexOffset | //os:Url/@pageOffset')) assert.ok(Number(offset) > 0);
  assert.match(doc.one('//os:Tags'), /^[A-Za-z_][\w.-]*(?: [A-Za-z_][\w.-]*)*$/);
  assert.is(doc.count(`//os:Url[@type='${ATOM}']`), 1);
  assert.match(
    doc.one("//os:Url[@type='application/xml']/@template").toLowerCase(),
    /outputschema=http:\/\/www\.opengis\.net\/cat\/csw\/3\.0/,
  );
});

/** An address of a template; what is not given stays empty, as many clients leave it. */
async function search(type: string, values: { readonly [parameter: string]: string }): Promise<Answer> {
  const doc = await csw.get('', {}, '/csw/osdd.xml');
  const template = doc.one(`//os:Url[@type='${type}']/@template`);
  const filled = template.replace(/\{([\w:]+)\??\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  return csw.get(filled.slice(filled.indexOf('?') + 1), { Accept: type });
}
const TYPES = [ATOM, 'application/xml'] as const;
const entries = (answer: Answer): number => answer.count('//atom:entry | //csw3:SummaryRecord');

test('OpenSearch: a random word, one word, the example, a slice', async () => {
  const doc = await csw.get('', {}, '/csw/osdd.xml');
  const example = doc.one("//os:Query[@role='example']/@searchTerms");
  for (const type of TYPES) {
    const nothing = await search(type, { searchTerms: 'xqzwvkjp' });
    assert.is(nothing.status, 200);
    assert.is(nothing.one('//os:totalResults | //@numberOfRecordsMatched'), '0');
    assert.ok(entries(await search(type, { searchTerms: example })) > 0);
    const slice = await search(type, { count: '4', startIndex: '3' });
    assert.is(entries(slice), 4);
    if (type === ATOM) {
      assert.is(slice.one('//os:itemsPerPage'), '4');
      assert.is(slice.one('//os:startIndex'), '3');
      assert.is(slice.one('//os:Query/@count'), '4');
      valid(slice, 'atom');
    } else assert.is(slice.one('//@nextRecord'), '7');
  }
});

test('OpenSearch: a known identifier, an unknown one, projected numbers, a box', async () => {
  for (const type of TYPES) {
    for (const id of sample.all('//csw3:Record/dc:identifier').slice(0, 3)) {
      const answer = await search(type, { 'geo:uid': id });
      assert.is(answer.one('//atom:entry/dc:identifier | //csw3:SummaryRecord/dc:identifier'), id);
    }
    assert.is((await search(type, { 'geo:uid': 'uid-0b5dd6b4' })).status, 404);
    refused(await search(type, { 'geo:box': '514432,5429689,529130,5451619' }), 'InvalidParameterValue', 'bbox');
    const found = await search(type, { 'geo:box': '2,44,4,47' });
    assert.ok(entries(found) > 0);
    for (const corners of found.all('//georss:box')) {
      const [south = 0, west = 0, north = 0, east = 0] = corners.split(' ').map(Number);
      assert.ok(south <= 47 && north >= 44 && west <= 4 && east >= 2);
    }
    if (type === ATOM) assert.is(found.count('//atom:entry[not(georss:box)]'), 0);
  }
});

test.run();
