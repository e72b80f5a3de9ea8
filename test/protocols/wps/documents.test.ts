// Capabilities and descriptions of both versions: valid, in each language, negotiated as suites and clients want.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ECHO_PROCESSES, PROCESSES } from '../../../src/processing/registry.ts';
import { validationReport } from '../../validity/xsd.ts';
import { assertRefused, assertValid, PREFIXES, ROOT_2, V1, V2 } from './client.ts';
import { scriptedApp } from './scripted-app.ts';

const test = suite('documents of WPS');
const { wps } = scriptedApp();
const IDS = [...PROCESSES, ...ECHO_PROCESSES].map(({ description }) => description.id);
const CAPABILITIES = { service: 'WPS', request: 'GetCapabilities' };

test('capabilities of 1.0.0 unless 2.0.0 is asked', async () => {
  for (const query of [
    CAPABILITIES,
    { ...CAPABILITIES, version: '1.0.0', identifier: '' },
    { service: 'wps', ReQuEsT: 'GetCapabilities', aCcepTVersioNS: '3.0.0,1.0.0,2.0.0' },
    { ...CAPABILITIES, AcceptFormats: 'application/x-bxml' },
    '',
  ]) {
    const answer = await wps.get(query);
    assert.is(answer.status, 200, answer.text);
    assert.match(answer.type, /^text\/xml; ?charset=utf-8$/i);
    assertValid(answer, '1');
    assert.is(answer.one('/wps:Capabilities/@version'), '1.0.0');
    // Nothing but the service and the processes: clients pair them by their order.
    assert.equal(answer.all('//ows:Identifier'), IDS);
    assert.is(answer.count('//ows:Title'), IDS.length + 1);
    assert.is(answer.count('//ows:Abstract'), IDS.length + 1);
    assert.equal(answer.all('//ows:ServiceTypeVersion'), ['1.0.0']);
    assert.equal(answer.all('//ows:Operation/@name'), ['GetCapabilities', 'DescribeProcess', 'Execute']);
    assert.equal(answer.all('//wps:Supported/ows:Language'), ['en-US', 'fr-FR']);
    assert.is(answer.all('//ows:Get/@xlink:href')[0], 'https://data.example.org/vobs/wps?');
  }
});

test('capabilities of 2.0 where they are asked, and alone at their own address', async () => {
  for (const answer of [
    await wps.get({ ...CAPABILITIES, version: '2.0.0' }),
    await wps.get({ ...CAPABILITIES, AcceptVersions: '2.0.0,1.0.0' }),
    await wps.get(CAPABILITIES, {}, '/wps/2.0'),
    await wps.get('', {}, '/wps/2.0'),
    await wps.post(`<wps:GetCapabilities xmlns:wps="${PREFIXES.wps2}" service="WPS"/>`),
    await wps.post(`<wps:GetCapabilities xmlns:wps="${PREFIXES.wps2}" service="WPS"/>`, {}, '/wps/2.0'),
  ]) {
    assert.is(answer.status, 200, answer.text);
    assertValid(answer, '2');
    assert.equal(answer.all('/wps2:Capabilities/wps2:Contents/wps2:ProcessSummary/ows2:Identifier'), IDS);
    assert.equal(answer.all('//ows2:Operation/@name').length, 6);
    assert.is(answer.count('//ows2:Operation[@name="Execute"]//ows2:Get'), 0);
    assert.match(
      answer.all('//wps2:ProcessSummary/@jobControlOptions')[0] ?? '',
      /^sync-execute async-execute dismiss$/,
    );
  }
});

test('sections, and the sequence number', async () => {
  const chosen = await wps.get({ ...CAPABILITIES, version: '2.0.0', sections: 'ServiceProvider,Contents' });
  assertValid(chosen, '2');
  assert.equal(
    [
      chosen.count('//ows2:ServiceProvider'),
      chosen.count('//ows2:ServiceIdentification'),
      chosen.count('//wps2:Contents'),
    ],
    [1, 0, 1],
  );
  const all = await wps.get({ ...CAPABILITIES, version: '2.0.0', sections: 'All' });
  assert.is(all.count('//ows2:OperationsMetadata'), 1);
  assertRefused(
    await wps.get({ ...CAPABILITIES, version: '2.0.0', sections: 'Nothing' }),
    '2',
    'InvalidParameterValue',
    'sections',
  );
  const current = chosen.one('/*/@updateSequence');
  assert.is((await wps.get({ ...CAPABILITIES, updateSequence: current })).status, 200);
  assertRefused(
    await wps.get({ ...CAPABILITIES, updateSequence: `${current}0` }),
    '1',
    'InvalidUpdateSequence',
    'updateSequence',
  );
});

test('versions that there are not', async () => {
  for (const versions of ['3.0.0', '0.0.1']) {
    assertRefused(
      await wps.get({ ...CAPABILITIES, AcceptVersions: versions }),
      '1',
      'VersionNegotiationFailed',
      'AcceptVersions',
    );
  }
  assertRefused(await wps.get({ ...CAPABILITIES, version: '3.0.0' }), '1', 'InvalidParameterValue', 'version');
  assertRefused(
    await wps.get({ ...CAPABILITIES, version: '1.0.0' }, {}, '/wps/2.0'),
    '2',
    'InvalidParameterValue',
    'version',
  );
  assertRefused(await wps.get({ service: 'WMS', request: 'GetCapabilities' }), '1', 'InvalidParameterValue', 'service');
});

test('languages are echoed; one that there is not is the default for capabilities alone', async () => {
  for (const tag of ['en-US', 'fr-FR']) {
    const capabilities = await wps.get({ ...CAPABILITIES, language: tag });
    assert.is(capabilities.one('/wps:Capabilities/@xml:lang'), tag);
    assertValid(capabilities, '1');
    const described = await wps.get({ ...V1, request: 'DescribeProcess', identifier: 'convert', language: tag });
    assert.is(described.one('/wps:ProcessDescriptions/@xml:lang'), tag);
    assert.is(described.headers['content-language'], tag);
    assert.is(described.all('//ows:Title')[0], tag === 'en-US' ? 'Format conversion' : 'Conversion de format');
    const second = await wps.get({ ...V2, request: 'DescribeProcess', identifier: 'convert', lang: tag });
    assert.is(second.one('//wps2:Process/@xml:lang'), tag);
    assert.is(second.all('//ows2:Title')[0], described.all('//ows:Title')[0]);
  }
  assert.is((await wps.get({ ...CAPABILITIES, language: 'de-DE' })).one('/*/@xml:lang'), 'en-US');
  const accepted = await wps.get(CAPABILITIES, { 'Accept-Language': 'fr' });
  assert.is(accepted.one('/*/@xml:lang'), 'fr-FR');
  const german = await wps.get({ ...V1, request: 'DescribeProcess', identifier: 'convert', language: 'de-DE' });
  assertRefused(german, '1', 'InvalidParameterValue', 'language');
});

test('descriptions of all processes are valid in both versions and languages', async () => {
  for (const language of ['en-US', 'fr-FR']) {
    for (const all of ['ALL', 'all', IDS.join(',')]) {
      const first = await wps.get({ ...V1, request: 'DescribeProcess', Identifier: all, language });
      assert.is(first.status, 200, first.text);
      assertValid(first, '1');
      assert.equal(first.all('/wps:ProcessDescriptions/ProcessDescription/ows:Identifier'), IDS);
      assert.ok(first.count('//ComplexData/Default/Format/MimeType') > 0);
      const second = await wps.get({ ...V2, REQUEST: 'DescribeProcess', identifier: all, lang: language });
      assertValid(second, '2');
      assert.equal(second.all('//wps2:ProcessOffering/wps2:Process/ows2:Identifier'), IDS);
      // Every name once, here and there.
      assert.is(second.count('//wps2:Input'), first.count('//DataInputs/Input'));
    }
  }
  // The default format is among those that are taken, and what is binary says so.
  const convert = await wps.get({ ...V1, request: 'DescribeProcess', identifier: 'convert' });
  assert.is(
    convert.all('//Input[ows:Identifier="input"]//Supported/Format/MimeType')[0],
    convert.one('//Input[ows:Identifier="input"]//Default//MimeType'),
  );
  assert.ok(
    convert.all('//Format[MimeType="application/x-netcdf"]/Encoding').every((encoding) => encoding === 'base64'),
  );
});

test('the echo process has what the suite of 2.0 looks for', async () => {
  const answer = await wps.get({ ...V2, request: 'DescribeProcess', identifier: 'org.n52.javaps.test.EchoProcess' });
  for (const kind of ['LiteralData', 'ComplexData', 'BoundingBoxData']) {
    assert.equal([answer.count(`//wps2:Input/wps2:${kind}`), answer.count(`//wps2:Output/wps2:${kind}`)], [1, 1]);
  }
  assert.is(answer.one('//wps2:Input//LiteralDataDomain/ows2:DataType'), 'string');
  assert.ok(answer.all('//wps2:Input/@minOccurs').every((least) => least === '0'));
});

test('descriptions by POST, alone and in an envelope', async () => {
  const body = (prefix: keyof typeof PREFIXES, ows: keyof typeof PREFIXES, version: string): string =>
    `<w:DescribeProcess xmlns:w="${PREFIXES[prefix]}" xmlns:o="${PREFIXES[ows]}" service="WPS" version="${version}">` +
    '<o:Identifier>statistics</o:Identifier><o:Identifier>convert</o:Identifier></w:DescribeProcess>';
  const first = await wps.post(`<?xml version="1.0"?>\n${body('wps', 'ows', '1.0.0')}`);
  assertValid(first, '1');
  assert.equal(first.all('//ProcessDescription/ows:Identifier'), ['statistics', 'convert']);
  const second = await wps.post(body('wps2', 'ows2', '2.0.0'));
  assertValid(second, '2');
  assert.equal(second.all('//wps2:Process/ows2:Identifier'), ['statistics', 'convert']);
  for (const soap of ['soap11', 'soap12'] as const) {
    const inside = await wps.post(
      `<s:Envelope xmlns:s="${PREFIXES[soap]}"><s:Body>${body('wps', 'ows', '1.0.0')}</s:Body></s:Envelope>`,
    );
    assert.is(inside.status, 200, inside.text);
    assert.equal(
      inside.all(`/${soap}:Envelope/${soap}:Body/wps:ProcessDescriptions/ProcessDescription/ows:Identifier`),
      ['statistics', 'convert'],
    );
    const broken = await wps.post(
      `<s:Envelope xmlns:s="${PREFIXES[soap]}"><s:Body>${body('wps', 'ows', '9')}</s:Body></s:Envelope>`,
    );
    assert.is(broken.status, soap === 'soap11' ? 500 : 400);
    assert.is(broken.one(`//${soap}:Fault//ows:Exception/@locator`), 'version');
  }
});

test('processes that there are not, and names that are missing', async () => {
  assertRefused(
    await wps.get({ ...V1, request: 'DescribeProcess', identifier: 'nobody' }),
    '1',
    'InvalidParameterValue',
    'Identifier',
  );
  assertRefused(
    await wps.get({ ...V2, request: 'DescribeProcess', identifier: 'nobody' }),
    '2',
    'NoSuchProcess',
    'Identifier',
  );
  assertRefused(await wps.get({ ...V1, request: 'DescribeProcess' }), '1', 'MissingParameterValue', 'Identifier');
  assertRefused(
    await wps.get({ service: 'WPS', request: 'DescribeProcess', identifier: 'convert' }),
    '1',
    'MissingParameterValue',
    'version',
  );
  assertRefused(await wps.get({ ...V1, request: 'GetStatus' }), '1', 'OperationNotSupported', 'request', 501);
  assertRefused(await wps.get({ ...V1, request: 'describeprocess' }), '1', 'OperationNotSupported', 'request', 501);
});

test('a POST without a body is refused, whatever its address says', async () => {
  for (const query of [
    'service=wps&request=GetCapabilities',
    'service=WPS&version=1.0.0&request=DescribeProcess&identifier=convert',
  ]) {
    assertRefused(await wps.post('', {}, `/wps?${query}`), '1', 'MissingParameterValue', 'request');
  }
  assertRefused(
    await wps.post(`<wps:getcapabilities xmlns:wps="${PREFIXES.wps}" service="WPS"/>`),
    '1',
    'MissingParameterValue',
    'version',
  );
  assertRefused(await wps.post(`<wps:getCapabilities ${ROOT_2}/>`), '2', 'OperationNotSupported', 'request', 501);
  assertRefused(await wps.post('<wps:GetCapabilities'), '1', 'NoApplicableCode', null);
});

test('documents are kept by validators', async () => {
  const first = await wps.get(CAPABILITIES);
  const etag = first.headers.etag ?? '';
  assert.ok(etag);
  assert.is((await wps.get(CAPABILITIES, { 'If-None-Match': etag })).status, 304);
  assert.is((await wps.get({ ...CAPABILITIES, language: 'fr-FR' }, { 'If-None-Match': etag })).status, 200);
});

test.after(() => console.log(validationReport()));
test.run();
