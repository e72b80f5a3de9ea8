// Records of other catalogues are read with their main facts. The files lie beside the checkout where they lie at all; without them the
// tests on the same traits, written here, remain.
import { existsSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readCswRecord } from '../../../src/formats/readers/csw-record.ts';
import { readIso19139 } from '../../../src/formats/readers/iso19139.ts';
import { momentOf } from '../../../src/formats/readers/moment.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';

const test = suite('records of others');
const samples = new URL('../../../../shared/samples/', import.meta.url);

function sample(name: string, check: (text: string) => void): void {
  const file = new URL(name, samples);
  if (existsSync(file)) test(name, () => check(readFileSync(file, 'utf8')));
  else test.skip(name);
}

sample('iso19139/md-SMJP01RJTD-gmd.xml', (text) => {
  const record = readIso19139(text);
  assert.is(record.identifier, 'urn:x-wmo:md:int.wmo.wis::SMJP01RJTD');
  assert.is(record.level, 'dataset');
  assert.ok((record.abstract?.length ?? 0) > 50);
  assert.ok(record.bbox !== null && record.bbox[0] >= -180 && record.bbox[3] <= 90);
  assert.ok(record.contacts.length > 0);
  assert.ok(record.keywords.length > 5);
  assert.match(record.updated ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
});

sample('iso19139/iso_mi.xml', (text) => {
  const record = readIso19139(text);
  assert.is(record.identifier, '3f342f64-9348-11df-ba6a-0014c2c00eab');
  assert.is(record.parent, 'someparentid');
  assert.is(record.lang, 'en');
  assert.is(record.translations.fr?.title !== undefined, true);
  assert.ok(record.title !== null && record.title !== record.translations.fr?.title);
  assert.is.not(record.time.kind, 'none');
  assert.ok(record.bbox !== null);
  assert.equal(record.contacts, [], 'its only contact answers for the metadata');
  assert.equal(record.keywords.slice(0, 2), ['kw1 in English', 'kw2 in English']);
});

sample('iso19139/iso19139_srv.xml', (text) => {
  const record = readIso19139(text);
  assert.is(record.level, 'service');
  assert.ok(record.title !== null && record.abstract !== null);
  assert.ok(record.links.length > 0);
});

sample('iso19139/network-service.input.xml', (text) => {
  const record = readIso19139(text);
  assert.is(record.level, 'service');
  assert.ok(record.title !== null);
  assert.is(record.authorization, 1);
});

sample('iso19139/basic_dataset.input.xml', (text) => {
  const record = readIso19139(text);
  assert.is(record.level, 'dataset');
  assert.ok(record.title !== null && record.uri !== null);
  assert.ok(record.themes.length > 0 || record.keywords.length > 0);
  assert.ok(record.bbox !== null && record.bbox[1] < record.bbox[3]);
  assert.is(record.epsg === null || record.epsg > 1000, true);
  assert.ok(record.licence !== null && record.lineage !== null);
  assert.ok(record.topics.length > 0 && record.links.length > 0);
});

sample('csw-record/Record_9a669547-b69b-469f-a11f-2d875366bbdc.xml', (text) => {
  const record = readCswRecord(text);
  assert.is(record.identifier, 'urn:uuid:9a669547-b69b-469f-a11f-2d875366bbdc');
  assert.is(record.title, 'Ñunç elementum');
  assert.equal(record.bbox, [-6.171, 44.792, -2.228, 51.126]);
  assert.equal(record.keywords, ['Hydrography-Oceanographic']);
  assert.is(record.published, '2005-10-24');
});

sample('csw-record/Record_ab42a8c4-95e8-4630-bf79-33e59241605a.xml', (text) => {
  const record = readCswRecord(text);
  assert.is(record.level, 'service');
  assert.is(record.parent, 'urn:uuid:88247b56-4cbc-4df9-9860-db3f8042e357');
  assert.match(record.abstract ?? '', /^Suspendisse/);
  assert.is(record.title, null);
});

const OLD_STYLE = `<soap:Envelope xmlns:soap="urn:soap"><z:MI_Metadata xmlns:z="http://www.isotc211.org/2005/gmi" xmlns:m="http://www.isotc211.org/2005/gmd"
  xmlns:c="http://www.isotc211.org/2005/gco" xmlns:x="http://www.isotc211.org/2005/gmx" xmlns:g="http://www.opengis.net/gml" xmlns:l="http://www.w3.org/1999/xlink">
  <m:fileIdentifier><c:CharacterString> id-1 </c:CharacterString></m:fileIdentifier>
  <m:language><c:CharacterString>fra</c:CharacterString></m:language>
  <m:hierarchyLevel><m:MD_ScopeCode codeList="./resources/codeList.xml#MD_ScopeCode">series</m:MD_ScopeCode></m:hierarchyLevel>
  <m:dateStamp><c:Date>2014-11-11</c:Date></m:dateStamp>
  <m:locale><m:PT_Locale id="locale-en"><m:languageCode><m:LanguageCode codeListValue="eng"/></m:languageCode></m:PT_Locale></m:locale>
  <m:referenceSystemInfo><m:MD_ReferenceSystem><m:referenceSystemIdentifier><m:RS_Identifier>
    <m:code><c:CharacterString>urn:ogc:def:crs:EPSG:6.6:2154</c:CharacterString></m:code></m:RS_Identifier></m:referenceSystemIdentifier></m:MD_ReferenceSystem></m:referenceSystemInfo>
  <m:identificationInfo><m:MD_DataIdentification>
    <m:citation><m:CI_Citation>
      <m:title><x:Anchor l:href="https://example.org/t">Titre</x:Anchor><m:PT_FreeText><m:textGroup><m:LocalisedCharacterString locale="#locale-en">Title</m:LocalisedCharacterString></m:textGroup></m:PT_FreeText></m:title>
      <m:date><m:CI_Date><m:date><c:DateTime>2015-06-01T10:00:00+02:00</c:DateTime></m:date><m:dateType><m:CI_DateTypeCode codeListValue="publication"/></m:dateType></m:CI_Date></m:date>
      <m:identifier><m:MD_Identifier><m:code><c:CharacterString>doi:10.5072/abc</c:CharacterString></m:code></m:MD_Identifier></m:identifier>
    </m:CI_Citation></m:citation>
    <m:abstract><c:CharacterString>Texte</c:CharacterString></m:abstract>
    <m:pointOfContact><m:CI_ResponsibleParty><m:individualName><c:CharacterString>Somebody</c:CharacterString></m:individualName>
      <m:role><m:CI_RoleCode codeListValue="owner"/></m:role></m:CI_ResponsibleParty></m:pointOfContact>
    <m:spatialResolution><m:MD_Resolution><m:distance><c:Distance uom="urn:ogc:def:uom:EPSG::km">1.5</c:Distance></m:distance></m:MD_Resolution></m:spatialResolution>
    <m:extent><m:EX_Extent>
      <m:geographicElement><m:EX_BoundingPolygon><m:polygon><g:Polygon srsName="urn:ogc:def:crs:EPSG::4326"><g:exterior><g:LinearRing>
        <g:pos>45 2</g:pos><g:pos>45 3</g:pos><g:pos>46 3</g:pos><g:pos>45 2</g:pos></g:LinearRing></g:exterior></g:Polygon></m:polygon></m:EX_BoundingPolygon></m:geographicElement>
      <m:temporalElement><m:EX_TemporalExtent><m:extent><g:TimePeriod><g:begin><g:TimeInstant><g:timePosition>2010</g:timePosition></g:TimeInstant></g:begin>
        <g:endPosition>2012-02</g:endPosition></g:TimePeriod></m:extent></m:EX_TemporalExtent></m:temporalElement>
    </m:EX_Extent></m:extent>
  </m:MD_DataIdentification></m:identificationInfo></z:MI_Metadata></soap:Envelope>`;

test('old namespaces, other prefixes, Anchor for text, text for code, zones, years, kilometres', () => {
  const record = readIso19139(OLD_STYLE);
  assert.is(record.identifier, 'id-1');
  assert.is(record.lang, 'fr');
  assert.is(record.level, 'series');
  assert.is(record.title, 'Titre');
  assert.is(record.translations.en?.title, 'Title');
  assert.is(record.published, '2015-06-01T08:00:00Z');
  assert.is(record.updated, '2014-11-11T00:00:00Z');
  assert.is(record.doi, '10.5072/abc');
  assert.is(record.epsg, 2154);
  assert.is(record.resolutionMetres, 1500);
  assert.equal(record.contacts, []);
  assert.equal(record.geometry, {
    type: 'Polygon',
    coordinates: [
      [
        [2, 45],
        [3, 45],
        [3, 46],
        [2, 45],
      ],
    ],
  });
  assert.equal(record.time, { kind: 'period', begin: '2010-01-01', end: '2012-02-29' });
});

test('longitude comes first where the reference system says so', () => {
  const short = OLD_STYLE.replace('urn:ogc:def:crs:EPSG::4326', 'EPSG:4326');
  assert.equal(readIso19139(short).geometry, {
    type: 'Polygon',
    coordinates: [
      [
        [45, 2],
        [45, 3],
        [46, 3],
        [45, 2],
      ],
    ],
  });
});

test('csw:Record of 3.0, EPSG:4326 without URN, DCMI period, unknown scheme', () => {
  const record =
    readCswRecord(`<c:Record xmlns:c="http://www.opengis.net/cat/csw/3.0" xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/" xmlns:o="http://www.opengis.net/ows/2.0">
    <d:identifier>a</d:identifier><d:title>T</d:title><t:temporal>start=2010-01-01; end=; scheme=W3C-DTF</t:temporal>
    <t:references scheme="OGC:WMS">https://example.org/wms</t:references>
    <o:BoundingBox crs="EPSG:4326"><o:LowerCorner>2 45</o:LowerCorner><o:UpperCorner>3 46</o:UpperCorner></o:BoundingBox></c:Record>`);
  assert.equal(record.bbox, [2, 45, 3, 46]);
  assert.equal(record.time, { kind: 'period', begin: '2010-01-01', end: null });
  assert.equal(record.links, [{ role: 'related', href: 'https://example.org/wms', protocol: 'OGC:WMS' }]);
});

test('moments', () => {
  for (const [text, first, last] of [
    ['2018', '2018-01-01', '2018-12-31'],
    ['2018-04', '2018-04-01', '2018-04-30'],
    ['2018-04-05', '2018-04-05', '2018-04-05'],
    ['2018-04-05T10:20Z', '2018-04-05T10:20:00Z', '2018-04-05T10:20:00Z'],
    ['2018-04-05T23:20:30.5-0200', '2018-04-06T01:20:30Z', '2018-04-06T01:20:30Z'],
    ['5 April', null, null],
    ['2018-04-05T25:00:00Z', null, null],
  ] as const) {
    assert.is(momentOf(text), first, text);
    assert.is(momentOf(text, true), last, text);
  }
});

test('what is no such document is refused', () => {
  assert.throws(
    () => readIso19139('<a/>'),
    (error: unknown) => error instanceof SyntaxFault,
  );
  assert.throws(
    () => readCswRecord('<a/>'),
    (error: unknown) => error instanceof SyntaxFault,
  );
  assert.throws(
    () => readIso19139('not XML'),
    (error: unknown) => error instanceof SyntaxFault,
  );
});

test.run();
