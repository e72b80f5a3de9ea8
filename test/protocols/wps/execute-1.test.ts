// Execute of WPS 1.0.0: what a request becomes, and what every state of a job is told as.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codecFormat, JSON_FORMAT, SVG_FORMAT } from '../../../src/processing/formats.ts';
import { TEST_BASE } from '../../fixtures/app.ts';
import { boxResult, fileResult, literalResult } from '../../fixtures/scripted-processing.ts';
import { validationReport } from '../../validity/xsd.ts';
import {
  assertRefused,
  assertValid,
  complex1,
  document1,
  execute1,
  input1,
  literal1,
  output1,
  PREFIXES,
  V1,
} from './client.ts';
import { scriptedApp } from './scripted-app.ts';

const test = suite('Execute of WPS 1.0.0');
const { wps, processing } = scriptedApp();
const EXECUTE = { ...V1, request: 'Execute' };
const ECHO = 'org.n52.javaps.test.EchoProcess';
const lastRequest = () => processing.submitted.at(-1)?.request;
const csv = 'time,a\n2024-01-01T00:00:00Z,1\n';

test.before.each(() => processing.script(() => ({})));

test('pairs and XML ask the same', async () => {
  const href = 'https://data.example.org/files/a.nas';
  const wanted = {
    process: 'statistics',
    inputs: {
      input: [{ kind: 'reference', href, format: { mediaType: 'text/plain' } }],
      window: [{ kind: 'text', text: 'PT1H' }],
      statistic: [
        { kind: 'text', text: 'mean' },
        { kind: 'text', text: 'median' },
      ],
    },
    outputs: { result: { format: { mediaType: 'text/csv' }, transmission: 'reference' } },
    response: 'document',
  };
  const inputs = `input=@xlink:href=${encodeURIComponent(href)}@mimeType=text/plain;window=PT1H;statistic=mean;statistic=median`;
  const output = 'result=@asReference=true@mimeType=text/csv';
  const head = 'service=WPS&version=1.0.0&request=Execute&identifier=statistics';
  const whole = (text: string) => encodeURIComponent(text);
  for (const query of [
    // As the examples of servers have it: separators as they are, values encoded once.
    `${head}&DataInputs=${inputs}&ResponseDocument=${output}`,
    // Encoded as a whole once more, as the standard has it, and as programs do.
    `${head}&DataInputs=${whole(inputs)}&ResponseDocument=${whole(output)}`,
    `${head}&datainputs=[${inputs}]&responsedocument=[${output}]`,
    `${head}&DATAINPUTS=${whole(`[${inputs}]`)}&ResponseDocument=${whole('result@asReference=TRUE@MIMETYPE=text/csv')}`,
  ]) {
    const answer = await wps.get(query);
    assert.is(answer.status, 200, answer.text);
    assert.equal(lastRequest(), wanted, query);
  }
  await wps.post(
    execute1(
      'statistics',
      [
        input1('input', `<wps:Reference xlink:href="${href}" method="GET" mimeType="text/plain"/>`),
        literal1('window', '\n  PT1H\n'),
        literal1('statistic', 'mean'),
        literal1('statistic', 'median'),
      ],
      document1(output1('result', 'asReference="true" mimeType="text/csv"')),
    ),
  );
  assert.equal(lastRequest(), wanted);
});

test('separators inside values, encoded once or twice', async () => {
  const value = 'a;b@c=d & 50% é+';
  const once = encodeURIComponent(value);
  for (const query of [`literalInput=${once}`, encodeURIComponent(`literalInput=${once}`)]) {
    await wps.get(`service=WPS&version=1.0.0&request=Execute&identifier=${ECHO}&DataInputs=${query}`);
    assert.equal(lastRequest()?.inputs, { literalInput: [{ kind: 'text', text: value }] });
  }
});

test('boxes in pairs and in XML, of wps and of ows', async () => {
  await wps.get({
    ...EXECUTE,
    identifier: ECHO,
    DataInputs: 'boundingboxInput=46,102,47,103,urn%3Aogc%3Adef%3Acrs%3AEPSG%3A%3A4326,2',
  });
  const box = { kind: 'box', lower: [46, 102], upper: [47, 103], crs: 'urn:ogc:def:crs:EPSG::4326' };
  assert.equal(lastRequest()?.inputs.boundingboxInput, [box]);
  for (const name of ['wps:BoundingBoxData', 'ows:BoundingBox']) {
    const corners = '<ows:LowerCorner>46 102</ows:LowerCorner><ows:UpperCorner>47 103</ows:UpperCorner>';
    const answer = await wps.post(
      execute1(ECHO, [
        input1(
          'boundingboxInput',
          `<wps:Data><${name} crs="urn:ogc:def:crs:EPSG::4326" dimensions="2">${corners}</${name}></wps:Data>`,
        ),
      ]),
    );
    assert.is(answer.status, 200, answer.text);
    assert.equal(lastRequest()?.inputs.boundingboxInput, [box]);
  }
  for (const wrong of ['1,2,3', '1,2,3,4,EPSG:4326,3', 'a,b,c,d']) {
    assertRefused(
      await wps.get({ ...EXECUTE, identifier: ECHO, DataInputs: `boundingboxInput=${wrong}` }),
      '1',
      'InvalidParameterValue',
      'boundingboxInput',
    );
  }
});

test('content as text, CDATA, XML and base64', async () => {
  const contents: readonly (readonly [string, string, string])[] = [
    [csv, '', csv],
    [`\n  <![CDATA[${csv}]]>`, '', `  ${csv}`],
    [`<![CDATA[${csv}]]>`, 'mimeType="text/csv"', csv],
  ];
  for (const [content, attributes, text] of contents) {
    await wps.post(execute1('convert', [complex1('input', content, attributes), literal1('target', 'csv')]));
    const [value] = lastRequest()?.inputs.input ?? [];
    assert.is(value?.kind === 'text' && value.text, text);
  }
  await wps.post(
    execute1(ECHO, [
      complex1(
        'complexInput',
        ' <t:a xmlns:t="urn:t" q="1&lt;2"><wps:b>x &amp; y</wps:b></t:a> ',
        'mimeType="text/xml"',
      ),
    ]),
  );
  const [xml] = lastRequest()?.inputs.complexInput ?? [];
  assert.equal(xml, {
    kind: 'text',
    text: `<t:a xmlns:t="urn:t" q="1&lt;2"><wps:b xmlns:wps="${PREFIXES.wps}">x &amp; y</wps:b></t:a>`,
    format: { mediaType: 'text/xml' },
  });
  await wps.post(
    execute1('convert', [
      complex1('input', 'QUJD', 'mimeType="application/x-netcdf" encoding="Base64"'),
      literal1('target', 'csv'),
    ]),
  );
  assert.equal(lastRequest()?.inputs.input, [
    { kind: 'text', text: 'QUJD', format: { mediaType: 'application/x-netcdf', encoding: 'base64' } },
  ]);
});

test('a document holds literals, boxes, text, XML and bytes', async () => {
  processing.script(() => ({
    results: [
      fileResult('result', codecFormat('csv'), 'a.csv', 'a,b\r\n1,<&>\n'),
      fileResult('report', JSON_FORMAT, 'report.json', '{"é":"]]>"}'),
    ],
  }));
  const answer = await wps.post(execute1('convert', [complex1('input', csv), literal1('target', 'csv')]));
  assertValid(answer, '1');
  assert.is(answer.one('/wps:ExecuteResponse/wps:Process/ows:Identifier'), 'convert');
  assert.is(answer.one('//wps:Output[ows:Identifier="result"]/wps:Data/wps:ComplexData'), 'a,b\r\n1,<&>\n');
  assert.is(answer.one('//wps:Output[ows:Identifier="report"]/wps:Data/wps:ComplexData'), '{"é":"]]>"}');
  assert.match(answer.one('//wps:Output[ows:Identifier="report"]//wps:ComplexData/@mimeType'), /^application\/json/);
  assert.is(answer.count('//@statusLocation'), 0);
  assert.is(answer.headers['cache-control'], 'private, no-store');

  processing.script(() => ({
    results: [
      literalResult('literalOutput', ' 1 < 2 '),
      fileResult(
        'complexOutput',
        { id: 'xml', mediaType: 'text/xml' },
        'a.xml',
        '<?xml version="1.0"?><!-- c --><a b="1">x</a>\n',
      ),
      boxResult('boundingboxOutput', [46, 102], [47, 103], 'urn:ogc:def:crs:EPSG::4326'),
    ],
  }));
  const echo = await wps.post(execute1(ECHO, []));
  assertValid(echo, '1');
  assert.is(echo.one('//wps:LiteralData'), ' 1 < 2 ');
  assert.is(echo.one('//wps:LiteralData/@dataType'), 'string');
  assert.is(echo.one('//wps:ComplexData/a/@b'), '1');
  assert.is(echo.one('//wps:BoundingBoxData/ows:LowerCorner'), '46 102');
  assert.is(echo.one('//wps:BoundingBoxData/@dimensions'), '2');
});

test('what is called XML and is none stands there as characters; bytes as base64 in whole', async () => {
  const bytes = Buffer.from(Array.from({ length: 200_001 }, (_, n) => (n * 31) % 256));
  processing.script(() => ({
    results: [
      fileResult('result', codecFormat('netcdf3'), 'a.nc', bytes),
      fileResult('report', { id: 'xml', mediaType: 'text/xml' }, 'r.xml', '<a><b></a>'),
    ],
  }));
  const answer = await wps.post(execute1('convert', [complex1('input', csv), literal1('target', 'netcdf')]));
  assertValid(answer, '1');
  assert.is(answer.one('//wps:Output[1]//wps:ComplexData/@encoding'), 'base64');
  assert.ok(Buffer.from(answer.one('//wps:Output[1]//wps:ComplexData'), 'base64').equals(bytes));
  assert.is(answer.one('//wps:Output[2]//wps:ComplexData'), '<a><b></a>');
});

test('references are the file as it is, at the address of its job', async () => {
  processing.script(() => ({
    results: [
      fileResult('result', codecFormat('netcdf3'), 'a b.nc', 'CDF'),
      fileResult('report', JSON_FORMAT, 'r.json', '{}'),
    ],
  }));
  const answer = await wps.post(
    execute1(
      'convert',
      [complex1('input', csv), literal1('target', 'netcdf')],
      document1(output1('result', 'asReference="true"') + output1('report'), 'lineage="true"'),
    ),
  );
  assertValid(answer, '1');
  assert.match(
    answer.one('//wps:Reference/@href'),
    new RegExp(`^${TEST_BASE}/jobs/[0-9a-f-]{36}/results/result/a%20b\\.nc$`),
  );
  assert.is(answer.count('//wps:Reference/@encoding'), 0);
  assert.is(answer.one('//wps:ComplexData[.="{}"]'), '{}');
});

test('lineage repeats inputs and outputs as they were asked', async () => {
  processing.script(() => ({ results: [literalResult('literalOutput', 'x')] }));
  const corners = '<ows:LowerCorner>1 2</ows:LowerCorner><ows:UpperCorner>3 4</ows:UpperCorner>';
  const answer = await wps.post(
    execute1(
      ECHO,
      [
        literal1('literalInput', 'a &lt; b'),
        complex1('complexInput', '<![CDATA[<a/>]]>', 'mimeType="text/xml"'),
        input1(
          'boundingboxInput',
          `<wps:Data><wps:BoundingBoxData crs="EPSG:4326" dimensions="2">${corners}</wps:BoundingBoxData></wps:Data>`,
        ),
      ],
      document1(
        output1('literalOutput') + output1('complexOutput', 'asReference="true" mimeType="text/xml"'),
        'lineage="true" storeExecuteResponse="true"',
      ),
    ),
  );
  assertValid(answer, '1');
  assert.equal(answer.all('/wps:ExecuteResponse/wps:DataInputs/wps:Input/ows:Identifier'), [
    'literalInput',
    'complexInput',
    'boundingboxInput',
  ]);
  assert.is(answer.one('//wps:DataInputs//wps:LiteralData'), 'a < b');
  assert.is(answer.one('//wps:DataInputs//wps:ComplexData'), '<a/>');
  assert.is(answer.one('//wps:DataInputs//wps:BoundingBoxData/@crs'), 'EPSG:4326');
  assert.equal(answer.all('/wps:ExecuteResponse/wps:OutputDefinitions/wps:Output/@asReference'), ['false', 'true']);
  // The document at its address is the same.
  const [, path] = answer.one('//@statusLocation').split('/vobs');
  const again = await wps.get('', {}, path);
  assert.is(again.text, answer.text);
});

test('raw outputs are the body', async () => {
  const raw = (id: string, attributes = '') =>
    `<wps:RawDataOutput ${attributes}><ows:Identifier>${id}</ows:Identifier></wps:RawDataOutput>`;
  processing.script(() => ({ results: [fileResult('result', codecFormat('netcdf3'), 'a.nc', 'CDF\u0001')] }));
  const file = await wps.post(
    execute1('convert', [complex1('input', csv), literal1('target', 'netcdf')], raw('result')),
  );
  assert.is(file.status, 200, file.text);
  assert.is(file.type, codecFormat('netcdf3').mediaType);
  assert.is(file.text, 'CDF\u0001');
  assert.match(file.headers['content-disposition'] ?? '', /^attachment; filename="a\.nc"/);
  assert.is(file.headers['x-content-type-options'], 'nosniff');
  const encoded = await wps.post(
    execute1('convert', [complex1('input', csv), literal1('target', 'netcdf')], raw('result', 'encoding="base64"')),
  );
  assert.is(Buffer.from(encoded.text, 'base64').toString(), 'CDF\u0001');
  const pairs = await wps.get({
    ...EXECUTE,
    identifier: 'convert',
    DataInputs: `input=${encodeURIComponent(csv)};target=csv`,
    RawDataOutput: 'result',
  });
  assert.is(pairs.text, 'CDF\u0001');
  processing.script(() => ({ results: [literalResult('literalOutput', 2.5)] }));
  const literal = await wps.get({
    ...EXECUTE,
    identifier: ECHO,
    DataInputs: 'literalInput=2.5',
    RawDataOutput: 'literalOutput',
    status: 'true',
  });
  assert.is(literal.type, 'text/plain; charset=utf-8');
  assert.is(literal.text, '2.5');
  processing.script(() => ({ results: [boxResult('boundingboxOutput', [1, 2], [3, 4], 'EPSG:4326')] }));
  const box = await wps.get({ ...EXECUTE, identifier: ECHO, RawDataOutput: 'boundingboxOutput' });
  assert.is(box.one('/ows:BoundingBox/ows:UpperCorner'), '3 4');
  processing.script(() => ({
    results: [fileResult('complexOutput', SVG_FORMAT, 'a.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')],
  }));
  const picture = await wps.get({ ...EXECUTE, identifier: ECHO, RawDataOutput: 'complexOutput' });
  assert.match(picture.headers['content-disposition'] ?? '', /^attachment/);
});

test('store and status', async () => {
  const inputs = 'literalInput=a';
  const ask = (flags: object) => wps.get({ ...EXECUTE, identifier: ECHO, DataInputs: inputs, ...flags });
  // Neither: no address. Stored: the same document at its address.
  assert.is((await ask({})).count('//@statusLocation'), 0);
  const stored = await ask({ storeExecuteResponse: 'true' });
  assertValid(stored, '1');
  assert.is(processing.submitted.at(-1)?.isSynchronous, true);
  assert.match(stored.one('//@statusLocation'), new RegExp(`^${TEST_BASE}/wps/status/[0-9a-f-]{36}$`));
  // Both: answered at once, and the document follows the job.
  processing.script(() => ({ state: 'accepted' }));
  const accepted = await ask({ storeExecuteResponse: 'true', status: 'true', language: 'fr-FR' });
  assertValid(accepted, '1');
  assert.is(processing.submitted.at(-1)?.isSynchronous, false);
  assert.is(accepted.one('//wps:Status/wps:ProcessAccepted'), 'c’est accepted');
  const [, path = ''] = accepted.one('//@statusLocation').split('/vobs');
  const id = path.split('/').at(-1) ?? '';
  processing.change(id, { state: 'running', progress: 100, message: { en: '', fr: '' } });
  const running = await wps.get('', {}, path);
  assertValid(running, '1');
  assert.is(running.one('//wps:ProcessStarted/@percentCompleted'), '99');
  assert.is.not(running.one('//wps:ProcessStarted'), '');
  assert.is(running.one('/*/@xml:lang'), 'fr-FR');
  assert.is(running.one('//@statusLocation'), accepted.one('//@statusLocation'));
  processing.change(id, {
    state: 'successful',
    results: [literalResult('literalOutput', 'a')],
    message: { fr: 'fini' },
  });
  const done = await wps.get('', { 'Accept-Language': 'en' }, path);
  assertValid(done, '1');
  assert.is(done.one('//wps:ProcessSucceeded'), 'fini');
  assert.is(done.one('//wps:ProcessOutputs//wps:LiteralData'), 'a');
  processing.change(id, {
    state: 'failed',
    fault: { reason: 'invalid-input', detail: { en: 'no', fr: 'non' }, input: 'literalInput' },
  });
  const failed = await wps.get('', {}, path);
  assert.is(failed.status, 200);
  assertValid(failed, '1');
  assert.is(failed.one('//wps:ProcessFailed/ows:ExceptionReport/ows:Exception/@locator'), 'literalInput');
  assert.is(failed.one('//ows:ExceptionText'), 'non');
  processing.change(id, { state: 'dismissed', fault: null, message: { fr: 'abandonné' } });
  const dismissed = await wps.get('', {}, path);
  assertValid(dismissed, '1');
  assert.is(dismissed.one('//wps:ProcessFailed//ows:ExceptionText'), 'abandonné');
  assertRefused(await ask({ status: 'true' }), '1', 'InvalidParameterValue', 'status');
  assertRefused(await ask({ status: 'perhaps', storeExecuteResponse: 'true' }), '1', 'InvalidParameterValue', 'status');
});

test('a failure is the answer, or stands in a document that stays', async () => {
  processing.script(() => ({
    state: 'failed',
    fault: { reason: 'invalid-input', detail: { en: 'line 212: 7 columns expected' }, input: 'input' },
  }));
  const body = (attributes: string) =>
    execute1('convert', [complex1('input', csv), literal1('target', 'csv')], document1(output1('result'), attributes));
  assertRefused(await wps.post(body('')), '1', 'InvalidParameterValue', 'input');
  const stored = await wps.post(body('storeExecuteResponse="true"'));
  assert.is(stored.status, 200);
  assertValid(stored, '1');
  assert.is(stored.one('//wps:ProcessFailed//ows:ExceptionText'), 'line 212: 7 columns expected');
  const codes = {
    'input-too-large': ['FileSizeExceeded', 400],
    'storage-full': ['NotEnoughStorage', 400],
    'queue-full': ['ServerBusy', 400],
    'quota-exceeded': ['ServerBusy', 400],
    'timed-out': ['NoApplicableCode', 400],
    'worker-lost': ['NoApplicableCode', 500],
    'input-not-accessible': ['InvalidParameterValue', 400],
    'input-forbidden': ['NoApplicableCode', 403],
    'missing-input': ['MissingParameterValue', 400],
  } as const;
  for (const [reason, [code, status]] of Object.entries(codes)) {
    processing.script(() => ({
      state: 'failed',
      fault: { reason: reason as 'internal', detail: { en: reason }, input: null },
    }));
    assertRefused(await wps.post(body('')), '1', code, null, status);
  }
  processing.script(() => ({ state: 'running' }));
  assertRefused(await wps.post(body('')), '1', 'NoApplicableCode', null);
});

test('requests that cannot be carried out', async () => {
  const refuse = async (query: object, code: string, locator: string) =>
    assertRefused(await wps.get({ ...EXECUTE, identifier: ECHO, ...query }), '1', code, locator);
  await refuse({ identifier: 'nobody' }, 'InvalidParameterValue', 'Identifier');
  await refuse({ identifier: '' }, 'MissingParameterValue', 'Identifier');
  await refuse({ DataInputs: 'nobody=1' }, 'InvalidParameterValue', 'nobody');
  await refuse({ DataInputs: '=1' }, 'InvalidParameterValue', 'DataInputs');
  await refuse({ DataInputs: 'literalInput=a;literalInput=b' }, 'InvalidParameterValue', 'literalInput');
  await refuse({ DataInputs: 'literalInput=a%00b' }, 'InvalidParameterValue', 'literalInput');
  await refuse({ DataInputs: 'complexInput=a@mimeType=image/png' }, 'InvalidParameterValue', 'complexInput');
  await refuse({ DataInputs: 'complexInput=a@encoding=gzip' }, 'InvalidParameterValue', 'complexInput');
  await refuse(
    { DataInputs: 'complexInput=@href=https://a.example@method=POST' },
    'InvalidParameterValue',
    'complexInput',
  );
  await refuse({ ResponseDocument: 'nobody' }, 'InvalidParameterValue', 'nobody');
  await refuse({ ResponseDocument: 'literalOutput;literalOutput' }, 'InvalidParameterValue', 'literalOutput');
  await refuse(
    { ResponseDocument: 'literalOutput', RawDataOutput: 'literalOutput' },
    'InvalidParameterValue',
    'ResponseDocument',
  );
  await refuse({ RawDataOutput: 'literalOutput;complexOutput' }, 'InvalidParameterValue', 'RawDataOutput');
  await refuse({ identifier: 'convert', DataInputs: 'target=csv' }, 'MissingParameterValue', 'input');
  await refuse({ identifier: 'convert', DataInputs: `target=nothing;input=${csv}` }, 'InvalidParameterValue', 'target');
  const posted = execute1(ECHO, [
    input1(
      'complexInput',
      '<wps:Reference xlink:href="https://a.example" method="POST"><wps:Header key="a" value="b"/><wps:Body>x</wps:Body></wps:Reference>',
    ),
  ]);
  assertRefused(await wps.post(posted), '1', 'InvalidParameterValue', 'complexInput');
  assertRefused(await wps.get('', {}, '/wps/status/nobody'), '1', 'InvalidParameterValue', 'nobody', 404);
  assertRefused(
    await wps.get('', {}, '/wps/status/5b0e1f0c-6d0e-4a57-9a3a-0a6a9f0a7f11'),
    '1',
    'InvalidParameterValue',
    null,
    404,
  );
});

test.after(() => console.log(validationReport()));
test.run();
