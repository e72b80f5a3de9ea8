// Execute, GetStatus, GetResult and Dismiss of WPS 2.0: modes, responses, transmissions, and every state of a job.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codecFormat, JSON_FORMAT } from '../../../src/processing/formats.ts';
import { TEST_BASE, TEST_NOW } from '../../fixtures/app.ts';
import { boxResult, fileResult, literalResult } from '../../fixtures/scripted-processing.ts';
import { validationReport } from '../../validity/xsd.ts';
import { assertRefused, assertValid, execute2, ofJob, PREFIXES, V2 } from './client.ts';
import { scriptedApp } from './scripted-app.ts';

const test = suite('Execute of WPS 2.0');
const { wps, processing } = scriptedApp();
const ECHO = 'org.n52.javaps.test.EchoProcess';
const hello =
  '<wps:Input id="literalInput"><wps:Data><wps:LiteralValue>hello_literal</wps:LiteralValue></wps:Data></wps:Input><wps:Output id="literalOutput"/>';
const mode = (mode: string, response = 'document') => `mode="${mode}" response="${response}"`;
const lastRequest = () => processing.submitted.at(-1)?.request;

test.before.each(() => processing.script(() => ({ results: [literalResult('literalOutput', 'hello_literal')] })));

test('inputs of every form', async () => {
  const corners = '<ows:LowerCorner>46 102</ows:LowerCorner><ows:UpperCorner>47 103</ows:UpperCorner>';
  const box = { kind: 'box', lower: [46, 102], upper: [47, 103], crs: 'EPSG:4326' };
  const cases: readonly (readonly [string, string, unknown])[] = [
    ['literalInput', '<wps:Data>hello</wps:Data>', { kind: 'text', text: 'hello' }],
    [
      'literalInput',
      '<wps:Data mimeType="text/xml"><wps:LiteralValue dataType="x:string" uom="m"> a </wps:LiteralValue></wps:Data>',
      { kind: 'text', text: 'a', unit: 'm' },
    ],
    [
      'complexInput',
      '<wps:Data mimeType="text/xml"><testElement>hello_complex</testElement></wps:Data>',
      { kind: 'text', text: '<testElement>hello_complex</testElement>', format: { mediaType: 'text/xml' } },
    ],
    [
      'complexInput',
      '<wps:Reference xlink:href="https://a.example/x.xml" mimeType="text/xml"/>',
      { kind: 'reference', href: 'https://a.example/x.xml', format: { mediaType: 'text/xml' } },
    ],
    ['boundingboxInput', `<wps:Data><ows:BoundingBox crs="EPSG:4326">${corners}</ows:BoundingBox></wps:Data>`, box],
    [
      'boundingboxInput',
      `<wps:Data><wps:BoundingBoxData crs="EPSG:4326">${corners}</wps:BoundingBoxData></wps:Data>`,
      box,
    ],
    ['boundingboxInput', '<wps:Data>46 102 47 103 EPSG:4326 2</wps:Data>', box],
  ];
  for (const [id, data, value] of cases) {
    const answer = await wps.post(
      execute2(ECHO, `<wps:Input id="${id}">${data}</wps:Input><wps:Output id="literalOutput"/>`),
    );
    // A unit is only taken where the process has it.
    if (data.includes('uom')) assertRefused(answer, '2', 'WrongInputData', id);
    else assert.equal(lastRequest()?.inputs, { [id]: [value] }, data);
  }
});

test('sync and document: the result', async () => {
  processing.script(() => ({
    results: [
      literalResult('literalOutput', 'a < b'),
      fileResult('complexOutput', { id: 'xml', mediaType: 'text/xml' }, 'a.xml', '<testElement>x</testElement>'),
      boxResult('boundingboxOutput', [1, 2], [3, 4], 'EPSG:4326'),
    ],
  }));
  const outputs = ['literalOutput', 'complexOutput', 'boundingboxOutput']
    .map((id) => `<wps:Output id="${id}"/>`)
    .join('');
  for (const path of ['/wps', '/wps/2.0']) {
    const answer = await wps.post(execute2(ECHO, outputs), {}, path);
    assert.is(answer.status, 200, answer.text);
    assertValid(answer, '2');
    assert.equal(answer.all('/wps2:Result/wps2:Output/@id'), ['literalOutput', 'complexOutput', 'boundingboxOutput']);
    assert.is(answer.one('//wps2:LiteralValue'), 'a < b');
    assert.is(answer.one('//wps2:Data/testElement'), 'x');
    assert.is(answer.one('//ows2:BoundingBox/ows2:UpperCorner'), '3 4');
    assert.match(answer.one('//wps2:JobID'), /^[0-9a-f-]{36}$/);
    assert.is(answer.one('//wps2:ExpirationDate'), new Date(TEST_NOW + 7 * 86_400_000).toISOString());
  }
});

test('outputs by reference, plain, and encoded', async () => {
  processing.script(() => ({
    results: [
      fileResult('result', codecFormat('csv'), 'a.csv', 'a\n1\n'),
      fileResult('report', JSON_FORMAT, 'r.json', '{}'),
    ],
  }));
  const input =
    '<wps:Input id="input"><wps:Data>a</wps:Data></wps:Input><wps:Input id="target"><wps:Data>csv</wps:Data></wps:Input>';
  const answer = await wps.post(
    execute2(
      'convert',
      `${input}<wps:Output id="result" transmission="reference"/><wps:Output id="report" encoding="base64"/>`,
    ),
  );
  assertValid(answer, '2');
  assert.match(
    answer.one('//wps2:Output[@id="result"]/wps2:Reference/@xlink:href'),
    new RegExp(`^${TEST_BASE}/jobs/[0-9a-f-]{36}/results/result/a\\.csv$`),
  );
  assert.is(answer.one('//wps2:Output[@id="report"]/wps2:Data/@encoding'), 'base64');
  assert.is(Buffer.from(answer.one('//wps2:Output[@id="report"]/wps2:Data'), 'base64').toString(), '{}');
  processing.script(() => ({ results: [literalResult('literalOutput', 'x')] }));
  const plain = await wps.post(execute2(ECHO, '<wps:Output id="literalOutput" mimeType="text/plain"/>'));
  assertValid(plain, '2');
  assert.is(plain.one('//wps2:Data[@mimeType="text/plain"]'), 'x');
  const linked = await wps.post(execute2(ECHO, '<wps:Output id="literalOutput" transmission="reference"/>'));
  assertValid(linked, '2');
  assert.match(linked.one('//wps2:Reference/@xlink:href'), /\/results\/literalOutput$/);
});

test('sync and raw: the output alone', async () => {
  const literal = await wps.post(execute2(ECHO, hello, mode('sync', 'raw')));
  assertValid(literal, '2');
  assert.is(literal.one('/wps2:LiteralValue'), 'hello_literal');
  const plain = await wps.post(
    execute2(ECHO, hello.replace('"literalOutput"', '"literalOutput" mimeType="text/plain"'), mode('sync', 'raw')),
  );
  assert.is(plain.text, 'hello_literal');
  processing.script(() => ({
    results: [
      fileResult(
        'complexOutput',
        { id: 'xml', mediaType: 'text/xml' },
        'a.xml',
        '<testElement>hello_complex</testElement>',
      ),
    ],
  }));
  const complex = await wps.post(execute2(ECHO, '<wps:Output id="complexOutput"/>', mode('sync', 'raw')));
  assert.is(complex.one('/testElement'), 'hello_complex');
  assertRefused(
    await wps.post(execute2(ECHO, `${hello}<wps:Output id="complexOutput"/>`, mode('sync', 'raw'))),
    '2',
    'InvalidParameterValue',
    'response',
  );
});

test('async: status, result, and the result of a raw one', async () => {
  processing.script(() => ({ state: 'accepted', results: [literalResult('literalOutput', 'hello_literal')] }));
  const accepted = await wps.post(execute2(ECHO, hello, mode('async', 'raw')));
  assertValid(accepted, '2');
  assert.is(accepted.one('/wps2:StatusInfo/wps2:Status'), 'Accepted');
  assert.is(processing.submitted.at(-1)?.isSynchronous, false);
  const id = accepted.one('//wps2:JobID');
  assertRefused(await wps.post(ofJob('GetResult', id)), '2', 'ResultNotReady', id);
  const minute = new Date(TEST_NOW - 60_000).toISOString();
  processing.change(id, { state: 'running', progress: 40, created: minute, started: minute });
  for (const running of [
    await wps.post(ofJob('GetStatus', id)),
    await wps.get({ ...V2, request: 'GetStatus', jobID: id }),
    await wps.get({ SERVICE: 'WPS', VERSION: '2.0.0', REQUEST: 'GetStatus', JOBID: id }),
    await wps.get({ service: 'WPS', request: 'GetStatus', jobid: id }, {}, '/wps/2.0'),
  ]) {
    assertValid(running, '2');
    assert.is(running.one('//wps2:Status'), 'Running');
    assert.is(running.one('//wps2:PercentCompleted'), '40');
    assert.is(running.one('//wps2:EstimatedCompletion'), new Date(TEST_NOW + 90_000).toISOString());
    assert.is(running.one('//wps2:NextPoll'), new Date(TEST_NOW + 12_000).toISOString());
  }
  processing.change(id, { state: 'successful', progress: 100, expires: new Date(TEST_NOW).toISOString() });
  const done = await wps.post(ofJob('GetStatus', id));
  assertValid(done, '2');
  assert.equal([done.one('//wps2:Status'), done.one('//wps2:PercentCompleted')], ['Succeeded', '100']);
  assert.is(done.count('//wps2:NextPoll'), 0);
  for (const result of [
    await wps.post(ofJob('GetResult', id)),
    await wps.get({ ...V2, request: 'GetResult', jobID: id }),
  ]) {
    assert.is(result.one('/wps2:LiteralValue'), 'hello_literal');
  }
  processing.change(id, {
    state: 'failed',
    fault: { reason: 'out-of-memory', detail: { en: 'out of memory' }, input: null },
  });
  assert.is((await wps.post(ofJob('GetStatus', id))).one('//wps2:Status'), 'Failed');
  assertRefused(await wps.post(ofJob('GetResult', id)), '2', 'InternalServerError', null, 500);
});

test('dismiss once; then nobody knows the job', async () => {
  const answer = await wps.post(execute2(ECHO, hello, mode('async')));
  const id = answer.one('//wps2:JobID');
  assert.is((await wps.get({ ...V2, request: 'GetResult', jobID: id })).one('//wps2:LiteralValue'), 'hello_literal');
  const dismissed = await wps.post(ofJob('Dismiss', id));
  assertValid(dismissed, '2');
  assert.is(dismissed.one('//wps2:Status'), 'Dismissed');
  for (const operation of ['GetStatus', 'GetResult', 'Dismiss']) {
    assertRefused(await wps.post(ofJob(operation, id)), '2', 'NoSuchJob', id);
  }
  for (const none of ['5b0e1f0c-6d0e-4a57-9a3a-0a6a9f0a7f11', 'x', "'; drop table job; --"]) {
    for (const request of ['GetStatus', 'GetResult', 'Dismiss']) {
      assertRefused(await wps.get({ ...V2, request, jobID: none }), '2', 'NoSuchJob', none);
    }
  }
  assertRefused(await wps.get({ ...V2, request: 'GetStatus' }), '2', 'MissingParameterValue', 'jobID');
});

test('auto gives the result where there is one soon, else the status', async () => {
  assert.is(
    (await wps.post(execute2(ECHO, hello, mode('auto')))).one('/wps2:Result//wps2:LiteralValue'),
    'hello_literal',
  );
  processing.script(() => ({ state: 'running' }));
  assert.is((await wps.post(execute2(ECHO, hello, mode('auto')))).one('/wps2:StatusInfo/wps2:Status'), 'Running');
});

test('SOAP around Execute and around what is wrong with it', async () => {
  const inside = (body: string, soap: string) => `<s:Envelope xmlns:s="${soap}"><s:Body>${body}</s:Body></s:Envelope>`;
  const answer = await wps.post(inside(execute2(ECHO, hello), PREFIXES.soap12), {
    'Content-Type': 'application/soap+xml',
  });
  assert.match(answer.type, /^application\/soap\+xml/);
  assert.is(answer.one('/soap12:Envelope/soap12:Body/wps2:Result//wps2:LiteralValue'), 'hello_literal');
  const wrong = await wps.post(inside(execute2('nobody', hello), PREFIXES.soap11));
  assert.is(wrong.status, 500);
  assert.is(wrong.one('//soap11:Fault/detail/ows2:ExceptionReport/ows2:Exception/@exceptionCode'), 'NoSuchProcess');
});

test('requests that cannot be carried out, each with its own code', async () => {
  const cases: readonly (readonly [string, string, string, string, string?])[] = [
    ['nobody', hello, 'NoSuchProcess', 'Identifier'],
    [ECHO, hello, 'NoSuchMode', 'mode', 'mode="later" response="document"'],
    [ECHO, hello, 'MissingParameterValue', 'mode', 'response="document"'],
    [ECHO, hello, 'InvalidParameterValue', 'response', 'mode="sync" response="nothing"'],
    [
      ECHO,
      `<wps:Input id="nobody"><wps:Data>x</wps:Data></wps:Input>${hello.slice(hello.indexOf('<wps:Output'))}`,
      'NoSuchInput',
      'nobody',
    ],
    [ECHO, '<wps:Output id="nobody"/>', 'NoSuchOutput', 'nobody'],
    [ECHO, '', 'MissingParameterValue', 'Output'],
    [ECHO, `${hello.slice(0, hello.indexOf('<wps:Output'))}${hello}`, 'TooManyInputs', 'literalInput'],
    [ECHO, '<wps:Output id="complexOutput" mimeType="image/png"/>', 'NoSuchFormat', 'complexOutput'],
    [ECHO, '<wps:Output id="literalOutput" transmission="post"/>', 'InvalidParameterValue', 'transmission'],
    [
      ECHO,
      '<wps:Input id="literalInput"><wps:Input id="a"><wps:Data>x</wps:Data></wps:Input></wps:Input><wps:Output id="literalOutput"/>',
      'InvalidParameterValue',
      'literalInput',
    ],
    [
      ECHO,
      '<wps:Output id="literalOutput"><wps:Output id="a"/></wps:Output>',
      'InvalidParameterValue',
      'literalOutput',
    ],
    ['convert', '<wps:Output id="result"/>', 'MissingParameterValue', 'input'],
    [
      'convert',
      '<wps:Input id="target"><wps:Data>nothing</wps:Data></wps:Input><wps:Output id="result"/>',
      'WrongInputData',
      'target',
    ],
  ];
  for (const [process, content, code, locator, attributes] of cases) {
    assertRefused(await wps.post(execute2(process, content, attributes)), '2', code, locator);
  }
  assertRefused(
    await wps.get({ ...V2, request: 'Execute', identifier: ECHO }),
    '2',
    'OperationNotSupported',
    'request',
    501,
  );
  assertRefused(
    await wps.post(execute2(ECHO, hello).replace('"2.0.0"', '"3.0.0"')),
    '2',
    'InvalidParameterValue',
    'version',
  );
  assertRefused(
    await wps.post(execute2(ECHO, hello).replace('"WPS"', '"WMS"')),
    '2',
    'InvalidParameterValue',
    'service',
  );
});

test.after(() => console.log(validationReport()));
test.run();
