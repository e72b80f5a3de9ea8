// WPS 2.0: documents, and execution of the echo process as the executable test suite (ets-wps20) has it, in the foreground and the background.
import type { Answer, Http } from '../kit/http.ts';
import { must, type Requirement, same, type Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import {
  ask,
  COMPLEX,
  describe,
  ECHO,
  execute,
  type Facts,
  fine,
  getCapabilities,
  LITERAL,
  NOBODY,
  ofJob,
  post,
  refused,
  V2,
  valid,
} from './client.ts';

type Check = Requirement<Facts>['check'];
/** Requirements of one conformance class. */
const of =
  (needs: string) =>
  (id: string, operation: string, title: string, check: Check): Requirement<Facts> => ({
    id: `wps/2.0/${id}`,
    title,
    clause: `OGC 14-065r2, ${operation}`,
    needs,
    check,
  });
const basic = of('documents');
const waited = of('sync');
const later = of('async');
const dismissed = of('dismiss');

const upper = (pairs: Record<string, string>) =>
  Object.fromEntries(Object.entries(pairs).map(([name, value]) => [name.toUpperCase(), value]));
const lower = (pairs: Record<string, string>) =>
  Object.fromEntries(Object.entries(pairs).map(([name, value]) => [name.toLowerCase(), value]));
const OUTPUT = '<wps:Output id="literalOutput"/>';

/** Executes the echo in the background; gives the job. */
async function started(http: Http, address: string, response = 'document'): Promise<{ job: string; answer: Answer }> {
  const answer = fine(await post(http, address, execute(LITERAL + OUTPUT, { mode: 'async', response })), 'StatusInfo');
  const job = answer.xml().text('/*/wps:JobID');
  must(job !== '', 'no JobID', answer);
  return { job, answer };
}

const documents: readonly Requirement<Facts>[] = [
  basic('A.5.9/capabilities-post', 'GetCapabilities', 'Capabilities by POST', async ({ address }, { http }) => {
    fine(await post(http, address, getCapabilities), 'Capabilities');
  }),
  basic(
    'A.5.16/capabilities-get',
    'GetCapabilities',
    'Capabilities by GET, names of parameters in any case',
    async ({ address }, { http }) => {
      const pairs = { ...V2, request: 'GetCapabilities' };
      for (const each of [upper(pairs), lower(pairs)]) fine(await ask(http, address, each), 'Capabilities');
    },
  ),
  basic('GetCapabilities/schema', 'GetCapabilities', 'The capabilities are valid', ({ capabilities }, target) =>
    valid(capabilities, target),
  ),
  basic(
    'A.5.13/job-control',
    'GetCapabilities',
    'Every process says how it can be executed',
    ({ capabilities, processes }) => {
      const options = capabilities.xml().all('//wps:ProcessSummary/@jobControlOptions');
      same(options.length, processes.length, 'jobControlOptions', capabilities);
      must(
        options.every((each) => /\b(?:a?sync)-execute\b/.test(each)),
        'a process that cannot be executed',
        capabilities,
      );
    },
  ),
  basic(
    'A.5.7/unique',
    'DescribeProcess',
    'The descriptions of all processes are those that are offered, each once',
    async ({ address, processes }, { http }) => {
      const answer = await ask(http, address, { ...V2, request: 'DescribeProcess', identifier: 'ALL' });
      const found = fine(answer, 'ProcessOfferings').xml().all('//wps:ProcessOffering/wps:Process/ows2:Identifier');
      same(new Set(found).size, found.length, 'identifiers that differ', answer);
      same([...found].sort(), [...processes].sort(), 'processes', answer);
    },
  ),
  basic(
    'DescribeProcess/schema',
    'DescribeProcess',
    'The descriptions of all processes are valid',
    async ({ address }, target) => {
      valid(await ask(target.http, address, { ...V2, request: 'DescribeProcess', identifier: 'ALL' }), target);
    },
  ),
  basic('A.5.10/describe-post', 'DescribeProcess', 'Descriptions by POST', async ({ address, processes }, { http }) => {
    const answer = fine(await post(http, address, describe(processes[0] ?? '')), 'ProcessOfferings');
    same(answer.xml().all('//wps:Process/ows2:Identifier'), [processes[0]], 'process', answer);
  }),
  basic(
    'A.5.17/describe-get',
    'DescribeProcess',
    'Descriptions by GET, names of parameters in any case',
    async ({ address, processes }, { http }) => {
      const pairs = { ...V2, request: 'DescribeProcess', identifier: processes[0] ?? '' };
      for (const each of [upper(pairs), lower(pairs)]) fine(await ask(http, address, each), 'ProcessOfferings');
    },
  ),
  basic('A.5.1/service', 'common', 'Another service is refused', async ({ address }, { http }) => {
    refused(await ask(http, address, { ...V2, service: 'WMS', request: 'GetCapabilities' }));
    refused(await post(http, address, describe(ECHO).replace('service="WPS"', 'service="WMS"')));
  }),
  basic('A.5.2/version', 'common', 'Another version is refused', async ({ address }, { http }) => {
    refused(await ask(http, address, { ...V2, version: '2.0.9', request: 'DescribeProcess', identifier: 'ALL' }));
    refused(await post(http, address, describe(ECHO).replace('version="2.0.0"', 'version="3.0.0"')));
  }),
  basic(
    'DescribeProcess/no-such-process',
    'DescribeProcess',
    'A process that there is not is NoSuchProcess',
    async ({ address }, { http }) => {
      refused(await ask(http, address, { ...V2, request: 'DescribeProcess', identifier: NOBODY }), 'NoSuchProcess');
    },
  ),
  basic('GetStatus/no-such-job', 'GetStatus', 'A job that there is not is NoSuchJob', async ({ address }, { http }) => {
    refused(await ask(http, address, { ...V2, request: 'GetStatus', jobID: NOBODY }), 'NoSuchJob');
    refused(await post(http, address, ofJob('GetResult', NOBODY)), 'NoSuchJob');
  }),
  basic('exception-schema', 'common', 'An exception report is valid', async ({ address }, target) => {
    valid(await ask(target.http, address, { ...V2, request: 'GetStatus', jobID: NOBODY }), target);
  }),
];

const foreground: readonly Requirement<Facts>[] = [
  waited(
    'A.5/description',
    'DescribeProcess',
    'The echo has a literal, a complex and a box input, and an output of each',
    async ({ address }, { http }) => {
      const answer = await ask(http, address, { ...V2, request: 'DescribeProcess', identifier: ECHO });
      for (const kind of ['LiteralData', 'ComplexData', 'BoundingBoxData']) {
        must(
          answer.xml().holds(`//wps:Input/wps:${kind}`) && answer.xml().holds(`//wps:Output/wps:${kind}`),
          `no ${kind}`,
          answer,
        );
      }
    },
  ),
  waited('A.5/raw', 'Execute', 'A raw literal and raw XML come back', async ({ address }, { http }) => {
    const literal = await post(http, address, execute(LITERAL + OUTPUT, { response: 'raw' }));
    must(literal.status === 200 && literal.text.includes('hello_literal'), 'hello_literal is not there', literal);
    const complex = await post(
      http,
      address,
      execute(`${COMPLEX}<wps:Output id="complexOutput"/>`, { response: 'raw' }),
    );
    same(complex.xml().text('/testElement'), 'hello_complex', 'testElement', complex);
  }),
  waited('A.5.11/document', 'Execute', 'A document is a valid Result', async ({ address }, target) => {
    const answer = fine(await post(target.http, address, execute(LITERAL + OUTPUT)), 'Result');
    same(
      answer.xml().text('//wps:Output[@id="literalOutput"]//wps:LiteralValue'),
      'hello_literal',
      'literal output',
      answer,
    );
    if (target.xsd !== null) valid(answer, target);
  }),
  waited('A.5.5/value', 'Execute', 'An output by value', async ({ address }, { http }) => {
    const answer = fine(
      await post(http, address, execute(`${COMPLEX}<wps:Output id="complexOutput" transmission="value"/>`)),
      'Result',
    );
    same(answer.xml().text('//wps:Output/wps:Data/testElement'), 'hello_complex', 'testElement', answer);
  }),
  waited(
    'A.5.6/reference',
    'Execute',
    'An output by reference, which can be fetched',
    async ({ address }, { http }) => {
      const answer = fine(
        await post(http, address, execute(`${COMPLEX}<wps:Output id="complexOutput" transmission="reference"/>`)),
        'Result',
      );
      const href = answer.xml().text('//wps:Output/wps:Reference/@xlink:href');
      must(URL.canParse(href), 'no address', answer);
      const fetched = await http.get(href);
      same(fetched.xml().text('/testElement'), 'hello_complex', 'testElement', fetched);
    },
  ),
  waited(
    'Execute/exceptions',
    'Execute',
    'A mode, an input and an output that there are not have codes of their own',
    async ({ address }, { http }) => {
      refused(await post(http, address, execute(LITERAL + OUTPUT, { process: NOBODY })), 'NoSuchProcess');
      refused(
        await post(http, address, execute(`<wps:Input id="${NOBODY}"><wps:Data>x</wps:Data></wps:Input>${OUTPUT}`)),
        'NoSuchInput',
      );
      refused(await post(http, address, execute(`${LITERAL}<wps:Output id="${NOBODY}"/>`)), 'NoSuchOutput');
      refused(await post(http, address, execute(LITERAL + OUTPUT, { mode: 'later' })));
      refused(
        await post(http, address, execute(`${LITERAL}${OUTPUT}<wps:Output id="complexOutput"/>`, { response: 'raw' })),
      );
    },
  ),
];

const background: readonly Requirement<Facts>[] = [
  later(
    'A.5.12/status',
    'Execute',
    'A job in the background is told by a valid StatusInfo',
    async ({ address }, target) => {
      const { answer } = await started(target.http, address);
      must(/^(?:Accepted|Running|Succeeded)$/.test(answer.xml().text('/*/wps:Status')), 'no status of a job', answer);
      if (target.xsd !== null) valid(answer, target);
    },
  ),
  later(
    'A.5.14/get-status',
    'GetStatus',
    'GetStatus by POST and by GET, names of parameters in any case',
    async ({ address }, { http }) => {
      const { job } = await started(http, address);
      fine(await post(http, address, ofJob('GetStatus', job)), 'StatusInfo');
      const pairs = { ...V2, request: 'GetStatus', jobID: job };
      for (const each of [upper(pairs), lower(pairs)]) {
        const answer = fine(await ask(http, address, each), 'StatusInfo');
        same(answer.xml().text('/*/wps:JobID'), job, 'JobID', answer);
      }
    },
  ),
  later(
    'A.5.15/get-result',
    'GetResult',
    'The result of a quick job is there at once, by POST and by GET',
    async ({ address }, { http }) => {
      for (const response of ['document', 'raw']) {
        const { job } = await started(http, address, response);
        const posted = await post(http, address, ofJob('GetResult', job));
        must(posted.status === 200 && posted.xml().holds('//wps:LiteralValue[.="hello_literal"]'), 'no result', posted);
        const { job: next } = await started(http, address, response);
        const status = await ask(http, address, { ...V2, request: 'GetStatus', jobid: next });
        same(status.xml().text('/*/wps:Status'), 'Succeeded', 'Status', status);
        const got = await ask(http, address, { ...V2, request: 'GetResult', jobid: next });
        must(got.status === 200 && got.xml().holds('//wps:LiteralValue[.="hello_literal"]'), 'no result', got);
      }
    },
  ),
];

const dismissal: readonly Requirement<Facts>[] = [
  dismissed('Dismiss/dismiss', 'Dismiss', 'A job is dismissed; then nobody knows it', async ({ address }, { http }) => {
    for (const method of ['POST', 'GET']) {
      const { job } = await started(http, address);
      const answer =
        method === 'POST'
          ? await post(http, address, ofJob('Dismiss', job))
          : await ask(http, address, { ...V2, request: 'Dismiss', jobID: job });
      same(fine(answer, 'StatusInfo').xml().text('/*/wps:Status'), 'Dismissed', 'Status', answer);
      refused(await post(http, address, ofJob('GetResult', job)), 'NoSuchJob');
      refused(await post(http, address, ofJob('Dismiss', job)), 'NoSuchJob');
    }
  }),
];

async function discover({ http, door }: Target) {
  const address = door('wps-2.0', '/wps');
  const capabilities = await ask(http, address, { ...V2, request: 'GetCapabilities' });
  if (capabilities.status === 404) return { absent: `nothing answers at ${address}` };
  const document = capabilities.xml();
  if (document.text('/*/@version') !== '2.0.0') return { absent: `${address} has no version 2.0.0` };
  const processes = document.all('//wps:Contents/wps:ProcessSummary/ows2:Identifier');
  const control = document.text(`//wps:ProcessSummary[ows2:Identifier="${ECHO}"]/@jobControlOptions`).split(/\s+/);
  const claims = new Set(['documents']);
  if (control.includes('sync-execute')) claims.add('sync');
  if (control.includes('async-execute')) claims.add('async');
  if (control.includes('dismiss')) claims.add('dismiss');
  const facts: Facts = { address, capabilities, processes };
  return { claims, facts };
}

export const wps20 = runnable<Facts>({
  name: 'wps-2.0',
  title: 'OGC Web Processing Service 2.0',
  classes: {
    documents: 'Capabilities, descriptions, exceptions',
    sync: 'Synchronous execution',
    async: 'Asynchronous execution',
    dismiss: 'Dismiss',
  },
  discover,
  requirements: [...documents, ...foreground, ...background, ...dismissal],
});
