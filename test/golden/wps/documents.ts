// The blessed answers of WPS 1.0.0 and 2.0: a line for each tag, so that a change is seen in a review. Jobs are told what becomes of them.
import { codecFormat, JSON_FORMAT } from '../../../src/processing/formats.ts';
import { boxResult, fileResult, literalResult } from '../../fixtures/scripted-processing.ts';
import {
  type Answer,
  complex1,
  document1,
  execute1,
  execute2,
  literal1,
  ofJob,
  output1,
  V1,
  V2,
} from '../../protocols/wps/client.ts';
import { scriptedApp } from '../../protocols/wps/scripted-app.ts';

const ECHO = 'org.n52.javaps.test.EchoProcess';
const XML = { id: 'xml', mediaType: 'text/xml' };
const echoed = [
  literalResult('literalOutput', 'a < b'),
  fileResult('complexOutput', XML, 'echo.xml', '<a xmlns="urn:a">x</a>'),
  boxResult('boundingboxOutput', [45.6, 2.8], [45.9, 3.2], 'urn:ogc:def:crs:EPSG::4326'),
];
const converted = [
  fileResult('result', codecFormat('netcdf3'), 'table.nc', 'CDF'),
  fileResult('report', JSON_FORMAT, 'report.json', '{"rows":3}'),
];
const convert = [complex1('input', 'time,a', 'mimeType="text/csv"'), literal1('target', 'netcdf')];

/** File name → answer. */
async function answers(): Promise<readonly (readonly [string, Answer])[]> {
  const { wps, processing } = scriptedApp();
  const all: (readonly [string, Answer])[] = [];
  const keep = (name: string, answer: Answer): Answer => {
    all.push([name, answer]);
    return answer;
  };
  keep('descriptions-1.xml', await wps.get({ ...V1, request: 'DescribeProcess', identifier: ECHO, language: 'fr-FR' }));
  keep('descriptions-2.xml', await wps.get({ ...V2, request: 'DescribeProcess', identifier: `${ECHO},subset` }));
  processing.script(() => ({ results: echoed }));
  keep('response-values.xml', await wps.post(execute1(ECHO, [literal1('literalInput', 'a')])));
  keep('result-values.xml', await wps.post(execute2(ECHO, '<wps:Output id="literalOutput"/>')));
  processing.script(() => ({ results: converted }));
  const form = document1(output1('result', 'asReference="true"') + output1('report'), 'lineage="true"');
  keep('response-lineage.xml', await wps.post(execute1('convert', convert, form)));
  processing.script(() => ({ state: 'accepted' }));
  const stored = document1(output1('result'), 'storeExecuteResponse="true" status="true"');
  const accepted = keep('response-accepted.xml', await wps.post(execute1('convert', convert, stored)));
  const [, path = ''] = accepted.one('//@statusLocation').split('/vobs');
  const id = path.split('/').at(-1) ?? '';
  const started = '2025-05-31T23:59:00.000Z';
  processing.change(id, { state: 'running', progress: 40, started, created: started, message: { en: 'running' } });
  keep('response-started.xml', await wps.get('', {}, path));
  keep('status-running.xml', await wps.post(ofJob('GetStatus', id)));
  processing.change(id, {
    state: 'failed',
    fault: { reason: 'invalid-input', detail: { en: 'line 212' }, input: 'input' },
  });
  keep('response-failed.xml', await wps.get('', {}, path));
  keep('exception-1.xml', await wps.get({ ...V1, request: 'Execute', identifier: ECHO, DataInputs: 'a=1;b=2' }));
  keep('exception-2.xml', await wps.post(ofJob('GetResult', id)));
  return all;
}

/** File name beside this file → text. */
export async function goldenDocuments(): Promise<ReadonlyMap<string, string>> {
  const documents = new Map<string, string>();
  for (const [name, { text }] of await answers()) {
    documents.set(name, text.replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, 'JOB').replaceAll('><', '>\n<'));
  }
  return documents;
}
