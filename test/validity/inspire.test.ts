// INSPIRE's and GeoNetwork's rules: every record of ours keeps them, and each rule sees a document that breaks it.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRecordFormats } from '../../src/formats/record-formats.ts';
import { ISO_RULES, judgeIsoRecords, PACKS, type Pack, USUAL_PACKS } from '../../src/formats/rules/iso-rules.ts';
import type { CatalogRecord } from '../../src/model/record.ts';
import { DOOR_RECORD } from '../fixtures/door-record.ts';
import { EDGE_RECORDS, FULL_RECORD } from '../fixtures/edge-records.ts';
import { viewForTests } from '../fixtures/format-view.ts';
import { testMappings } from '../fixtures/mappings.ts';
import { fixtureRecordsByCase } from '../fixtures/records.ts';
import { seedRecords } from '../fixtures/seed-records.ts';

const test = suite('INSPIRE and GeoNetwork rules');
const { templates } = testMappings();
const iso = createRecordFormats(templates).find((format) => format.id === 'iso19139');
const write = (record: CatalogRecord): string => iso?.write(record, viewForTests()) ?? '';
const faultsOf = (document: string, packs: readonly Pack[] = USUAL_PACKS) =>
  judgeIsoRecords(document, packs).flatMap(({ faults }) => faults.map((fault) => `${fault.rule}: ${fault.found}`));

test('every fixture record keeps them', () => {
  for (const [name, record] of fixtureRecordsByCase()) {
    // What others have given us says of itself what they have said.
    if (record.origin === null) assert.equal(faultsOf(write(record)), [], name);
  }
  const described = EDGE_RECORDS.filter((record) => record.contacts.length > 0 && record.topics.length > 0);
  assert.ok(described.length > 10);
  for (const record of described) assert.equal(faultsOf(write(record)), [], `edge ${record.id}`);
  assert.equal(faultsOf(write(DOOR_RECORD)), [], 'a web service');
});

/** With VOBS_TEST_COMPLETE all of them, otherwise every sixth. */
const STEP = (process.env.VOBS_TEST_COMPLETE ?? '') === '' ? 6 : 1;

test('a record that nobody has described is told what it lacks', () => {
  const bare = EDGE_RECORDS.find((record) => record.contacts.length === 0);
  if (bare === undefined) throw new Error('no bare record');
  const rules = faultsOf(write(bare)).map((fault) => fault.split(':')[0]);
  assert.equal(rules, ['C.10', '1.4', '1.7', '1.11', 'M22']);
});

test('every record of the demonstration catalogue keeps them', () => {
  let count = 0;
  for (const record of seedRecords(testMappings(), 'demo')) {
    if (count++ % STEP === 0) assert.equal(faultsOf(write(record)), [], record.identifier);
  }
  assert.ok(count > 3000);
});

test('records in a wrapper are judged one by one', () => {
  const wrapped = `<a><b>${write(FULL_RECORD)}</b><b>${write(DOOR_RECORD).replace(/<gmd:abstract[^>]*>.*?<\/gmd:abstract>/, '')}</b></a>`;
  const judged = judgeIsoRecords(wrapped);
  assert.equal(
    judged.map(({ identifier, level }) => [identifier, level]),
    [
      ['opgc:dynvolc:12', 'dataset'],
      ['opgc:service:csw', 'service'],
    ],
  );
  assert.equal(judged[0]?.faults, []);
  assert.equal(
    judged[1]?.faults.map((fault) => [fault.rule, fault.found]),
    [['C.9', 'no abstract']],
  );
});

type Change = (document: string) => string;
const drop = (name: string): Change => {
  return (d) => d.replace(new RegExp(`<gmd:${name}[ >].*?</gmd:${name}>`, 's'), '');
};
const swap =
  (from: string | RegExp, to: string): Change =>
  (d) =>
    d.replace(from, to);
const EMPTY_TEXT = '<gco:CharacterString> </gco:CharacterString>';

/** Rule → a change that breaks it. Services are changed from the record of a web service. */
const BROKEN: { readonly [rule: string]: Change } = {
  'C.2': swap(/gmd:MD_Metadata/g, 'gmd:MI_Metadata'),
  'C.3': swap('codeListValue="eng"', 'codeListValue=""'),
  'C.4': swap('locale="#fr"', 'locale="#de"'),
  'C.5': swap(
    '<gmd:characterSet>',
    '<gmd:language><gmd:LanguageCode codeList="x" codeListValue="fre"/></gmd:language><gmd:characterSet>',
  ),
  'C.6': swap('codeListValue="pointOfContact"', 'codeListValue="owner"'),
  'C.7': swap('>2024-05-02T08:00:00Z<', '>2 May 2024<'),
  'C.8': swap(/<gco:CharacterString>(PDF-2015[^<]*)<\/gco:CharacterString>/, '<gmx:Anchor>$1</gmx:Anchor>'),
  'C.9': drop('abstract'),
  'C.10': (d) => d.replace(/(<gmd:identificationInfo>.*)/s, (rest) => rest.replaceAll('data@example.org', 'nobody')),
  'C.11': (d) => d.replace(/<gmd:date><gmd:CI_Date>.*?<\/gmd:CI_Date><\/gmd:date>(?=<gmd:(date|edition)>)/gs, ''),
  'C.12': swap('codeListValue="publication"', 'codeListValue="creation"'),
  'C.13': swap(/codeListValue="(publication|creation)"/g, 'codeListValue="revision"'),
  'C.14': swap('<gml:beginPosition>2015-08-24T14:50:00Z<', '<gml:beginPosition>last summer<'),
  'C.15': swap(/(<gmd:thesaurusName>.*?)<gmd:date>.*?(<\/gmd:CI_Citation><\/gmd:thesaurusName>)/s, '$1$2'),
  'C.16': (d) => {
    const block = /<gmd:descriptiveKeywords>.*?<\/gmd:descriptiveKeywords>/s.exec(d)?.[0] ?? '';
    return d.replace(block, block + block);
  },
  'C.17': swap('LimitationsOnPublicAccess/', 'Limitations/'),
  'C.18': (d) => d.replace(/<gmd:useConstraints>.*?<\/gmd:useConstraints>/s, ''),
  'C.19': swap('>55.71</gco:Decimal>', '>55.7</gco:Decimal>'),
  'C.20': swap('<gmd:pass gco:nilReason="unknown"/>', '<gmd:pass/>'),
  '1.1': swap(/(<gmd:hierarchyLevel><[^>]*codeListValue=")dataset/, '$1tile'),
  '1.3': swap(
    /https:\/\/example\.org\/vobs\/id\/dynvolc\/12<\/gco:CharacterString><\/gmd:code>/,
    '12</gco:CharacterString></gmd:code>',
  ),
  '1.4': swap('<gco:Date>2008-06-01</gco:Date>', '<gco:Date>2018-06-01</gco:Date>'),
  '1.5': swap('uom="m"', 'uom=""'),
  '1.6': (d) => d.replace(/(<gmd:spatialResolution>.*?)<gmd:language>.*?<\/gmd:language>/s, '$1'),
  '1.7': drop('topicCategory'),
  '1.8': swap(/<gmd:URL>http/g, '<gmd:URL>see http'),
  '1.9': swap(/(<gmd:level><[^>]*codeListValue=")dataset/, '$1series'),
  '1.10': swap('eli/reg/2010/1089', 'eli/reg/2010/1'),
  '1.11': drop('lineage'),
  '2.1': swap('http://www.opengis.net/def/crs/EPSG/0/2975', 'EPSG:2975'),
  '2.4': swap(/(<gmd:MD_SpatialRepresentationTypeCode [^>]*codeListValue=")textTable/, '$1'),
  '2.6': swap('<gmd:version gco:nilReason="inapplicable"/>', ''),
  'C.19s': (d) =>
    d.replace(
      '<srv:couplingType>',
      '<srv:extent><gmd:westBoundLongitude><gco:Decimal>1</gco:Decimal></gmd:westBoundLongitude></srv:extent><srv:couplingType>',
    ),
  '3.1': drop('hierarchyLevelName'),
  '3.4': swap('SpatialDataServiceCategory/info', 'Category/info'),
  '3.5': swap('>discovery</gco:LocalName>', '>OGC:CSW</gco:LocalName>'),
  '3.6': swap(/(<srv:operatesOn[^>]*) xlink:href="[^"]*"/, '$1'),
  '3.7': swap(/<srv:connectPoint>.*?<\/srv:connectPoint>/s, ''),
  '3.8': drop('levelDescription'),
  M6: swap('>tephra<', '> <'),
  M7: swap('<gml:Point ', '<gml:Point axisLabels="Lat Lon" '),
  M8: swap(/<gmd:organisationName>.*?<\/gmd:organisationName>/s, ''),
  M9: swap(/<gco:CharacterString>(Creative Commons[^<]*)<\/gco:CharacterString>/, '<gmx:Anchor>$1</gmx:Anchor>'),
  M11: swap('</gmd:LI_Lineage>', '<gmd:source><gmd:LI_Source/></gmd:source></gmd:LI_Lineage>'),
  M13: swap(/<gmd:statement.*<\/gmd:statement>/s, ''),
  M14: swap(/<gmd:statement[^>]*>.*<\/gmd:statement>/s, `<gmd:statement>${EMPTY_TEXT}</gmd:statement>`),
  M16: (d) => drop('report')(drop('lineage')(d)),
  M17: drop('levelDescription'),
  M19: drop('distributionFormat'),
  M20: swap(/<gmd:EX_Extent>.*<\/gmd:EX_Extent>/s, '<gmd:EX_Extent/>'),
  M21: (d) => d.replace(/<gmd:geographicElement>.*<\/gmd:geographicElement>/s, ''),
  M22: drop('topicCategory'),
  M23: drop('aggregateDataSetIdentifier'),
  M61: drop('hierarchyLevelName'),
  M500: drop('language'),
  URL: swap(/<gmd:URL>https:\/\/example\.org\/vobs\/rest2[^<]*<\/gmd:URL>/, '<gmd:URL/>'),
  EU: swap(/codeListValue="eng"/g, 'codeListValue="zxx"'),
  identifier: drop('fileIdentifier'),
  creator: (d) =>
    d.replace(/(<gmd:identificationInfo>.*)/s, (rest) =>
      rest.replaceAll('codeListValue="pointOfContact"', 'codeListValue="user"'),
    ),
  publisher: drop('distributor'),
  year: (d) => d.replace(/(<gmd:citation>.*?)codeListValue="publication"/s, '$1codeListValue="revision"'),
};

for (const rule of ISO_RULES) {
  test(`${rule.pack} ${rule.id} is seen broken: ${rule.demands}`, () => {
    const isOfServices = rule.levels?.includes('service') === true || ['M17', 'M61'].includes(rule.id);
    const document = write(isOfServices ? DOOR_RECORD : FULL_RECORD);
    const wrong = BROKEN[rule.id]?.(document) ?? document;
    assert.is.not(wrong, document, 'the document is changed');
    const before = faultsOf(document, [...PACKS]).filter((fault) => fault.startsWith(`${rule.id}:`));
    assert.equal(before, []);
    const faults = faultsOf(wrong, [...PACKS]);
    assert.ok(
      faults.some((fault) => fault.startsWith(`${rule.id}:`)),
      faults.join('; '),
    );
  });
}

test.run();
