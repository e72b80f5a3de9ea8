// Requests as programs that are in use send them, and what they look for in the answers: QGIS's plugin for WPS, OpenLayers 2, browsers.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codecFormat } from '../../../src/processing/formats.ts';
import { fileResult, literalResult } from '../../fixtures/scripted-processing.ts';
import { assertRefused, assertValid, execute1, execute2, PREFIXES } from './client.ts';
import { scriptedApp } from './scripted-app.ts';

const test = suite('programs that speak WPS');
const { wps, processing } = scriptedApp();

test('QGIS: an empty identifier, and the n-th identifier goes with the title after it', async () => {
  const capabilities = await wps.get('Request=GetCapabilities&identifier=&Service=WPS&Version=1.0.0');
  assert.is(capabilities.one('/*/@version'), '1.0.0');
  const [identifiers, titles, abstracts] = ['Identifier', 'Title', 'Abstract'].map((name) =>
    capabilities.all(`//ows:${name}`),
  );
  assert.is(titles?.length, (identifiers?.length ?? 0) + 1);
  assert.is(abstracts?.length, titles?.length);
  identifiers?.forEach((id, n) => {
    assert.is(titles?.[n + 1], capabilities.one(`//wps:Process[ows:Identifier="${id}"]/ows:Title`));
  });
  const described = await wps.get('Request=DescribeProcess&identifier=convert&Service=WPS&Version=1.0.0');
  assert.match(described.text, /<ProcessDescription |<Input |<Format>/);
  processing.script(() => ({ results: [fileResult('result', codecFormat('csv'), 'a.csv', 'a\n')] }));
  const body =
    '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' +
    `<wps:Execute service="WPS" version="1.0.0" xmlns:wps="${PREFIXES.wps}" xmlns:ows="${PREFIXES.ows}" xmlns:xlink="${PREFIXES.xlink}" ` +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.opengis.net/wps/1.0.0 http://schemas.opengis.net/wps/1.0.0/wpsExecute_request.xsd">' +
    '<ows:Identifier>convert</ows:Identifier>\n<wps:DataInputs>' +
    '<wps:Input>\n<ows:Identifier>input</ows:Identifier>\n<ows:Title>input</ows:Title>\n<wps:Data>\n<wps:ComplexData mimeType="text/csv" schema="" encoding="">time,a</wps:ComplexData>\n</wps:Data>\n</wps:Input>\n' +
    '<wps:Input>\n<ows:Identifier>target</ows:Identifier>\n<ows:Title>target</ows:Title>\n<wps:Data>\n<wps:LiteralData>csv</wps:LiteralData>\n</wps:Data>\n</wps:Input>\n' +
    '</wps:DataInputs>\n<wps:ResponseForm>\n<wps:ResponseDocument lineage="false" storeExecuteResponse="false" status="false">\n' +
    '<wps:Output asReference="true" mimeType="text/csv" schema=""><ows:Identifier>result</ows:Identifier></wps:Output></wps:ResponseDocument>\n</wps:ResponseForm>\n</wps:Execute>';
  const answer = await wps.post(body);
  assertValid(answer, '1');
  assert.match(answer.one('//wps:Reference/@href'), /\/results\/result\/a\.csv$/);
  assert.equal(processing.submitted.at(-1)?.request.inputs, {
    input: [{ kind: 'text', text: 'time,a', format: { mediaType: 'text/csv' } }],
    target: [{ kind: 'text', text: 'csv' }],
  });
});

test('OpenLayers 2: its own prefixes, text as CDATA, a box of ows', async () => {
  processing.script(() => ({ results: [fileResult('result', codecFormat('csv'), 'a.csv', 'a\n')] }));
  const body =
    `<wps:Execute xmlns:wps="${PREFIXES.wps}" version="1.0.0" service="WPS" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x y">` +
    `<ows:Identifier xmlns:ows="${PREFIXES.ows}">subset</ows:Identifier><wps:DataInputs>` +
    `<wps:Input><ows:Identifier xmlns:ows="${PREFIXES.ows}">input</ows:Identifier><wps:Data><wps:ComplexData mimeType="text/csv"><![CDATA[time,a]]></wps:ComplexData></wps:Data></wps:Input>` +
    `<wps:Input><ows:Identifier xmlns:ows="${PREFIXES.ows}">bbox</ows:Identifier><wps:Data><ows:BoundingBox xmlns:ows="${PREFIXES.ows}" crs="EPSG:4326"><ows:LowerCorner>2 45</ows:LowerCorner><ows:UpperCorner>3 46</ows:UpperCorner></ows:BoundingBox></wps:Data></wps:Input>` +
    `</wps:DataInputs><wps:ResponseForm><wps:RawDataOutput mimeType="text/csv"><ows:Identifier xmlns:ows="${PREFIXES.ows}">result</ows:Identifier></wps:RawDataOutput></wps:ResponseForm></wps:Execute>`;
  const answer = await wps.post(body, { 'Content-Type': 'application/xml; charset=UTF-8' });
  assert.is(answer.text, 'a\n');
  assert.equal(processing.submitted.at(-1)?.request.inputs.bbox, [
    { kind: 'box', lower: [2, 45], upper: [3, 46], crs: 'EPSG:4326' },
  ]);
});

test('a request of another encoding, with a byte order mark, or without a Content-Type', async () => {
  processing.script(() => ({ results: [literalResult('literalOutput', 'x')] }));
  const echo = 'org.n52.javaps.test.EchoProcess';
  const body = execute1(echo, [
    `<wps:Input><ows:Identifier>literalInput</ows:Identifier><wps:Data><wps:LiteralData>é</wps:LiteralData></wps:Data></wps:Input>`,
  ]);
  for (const [text, headers] of [
    [`\ufeff${body}`, {}],
    [body, { 'Content-Type': 'application/octet-stream' }],
    [`<?xml version='1.0' encoding='utf-8'?>${body}`, { 'Content-Type': '' }],
    [body, { 'Content-Type': 'application/x-www-form-urlencoded' }],
  ] as const) {
    const answer = await wps.post(text, headers);
    assert.is(answer.status, 200, answer.text);
    assert.equal(processing.submitted.at(-1)?.request.inputs.literalInput, [{ kind: 'text', text: 'é' }]);
  }
});

test('an answer that would hold nothing says so', async () => {
  processing.script(() => ({ results: [] }));
  const echo = 'org.n52.javaps.test.EchoProcess';
  assertRefused(await wps.post(execute2(echo, '<wps:Output id="literalOutput"/>')), '2', 'NoSuchOutput', null);
  const raw = '<wps:RawDataOutput><ows:Identifier>literalOutput</ows:Identifier></wps:RawDataOutput>';
  assertRefused(await wps.post(execute1(echo, [], raw)), '1', 'InvalidParameterValue', null);
  assertValid(await wps.post(execute1(echo, [])), '1');
});

test.run();
