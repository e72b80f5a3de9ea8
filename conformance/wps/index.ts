// WPS 1.0.0 (05-007r7) and 2.0 (14-065r2): after ets-wps10 and ets-wps20. What is run is an echo process, by its name, as the suites want one.
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, type Http, type Pairs, withQuery } from '../kit/http.ts';
import { given, must, none, type Requirement, same, type Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import type { SchemaSet } from '../kit/xsd.ts';

interface Echo {
  readonly id: string;
  readonly input: string;
  readonly output: string;
}
interface Facts {
  readonly address: string;
  readonly one: Answer;
  readonly two: Answer;
  readonly processes: readonly string[];
  readonly echo: Echo | undefined;
}

const CLAUSE_1 = 'OGC 05-007r7';
const CLAUSE_2 = 'OGC 14-065r2';
const kvp = (http: Http, address: string, pairs: Pairs): Promise<Answer> =>
  http.get(withQuery(address, { service: 'WPS', ...pairs }));
const post = (http: Http, address: string, body: string): Promise<Answer> => http.post(address, 'text/xml', body);
const NS_1 =
  'xmlns:wps="http://www.opengis.net/wps/1.0.0" xmlns:ows="http://www.opengis.net/ows/1.1" service="WPS" version="1.0.0"';
const NS_2 =
  'xmlns:wps="http://www.opengis.net/wps/2.0" xmlns:ows="http://www.opengis.net/ows/2.0" service="WPS" version="2.0.0"';

function valid({ xsd }: Target, answer: Answer, set: SchemaSet): void {
  if (xsd !== null) none(xsd.faults(answer.text, set), 'not valid', answer);
}

function isReport(answer: Answer, version: '1' | '2', code?: string): void {
  const namespace = version === '1' ? 'http://www.opengis.net/ows/1.1' : 'http://www.opengis.net/ows/2.0';
  must(answer.status >= 400, `an error status expected, ${answer.status} found`, answer);
  same([answer.xml().name, answer.xml().namespace], ['ExceptionReport', namespace], 'root', answer);
  if (code !== undefined)
    same(answer.xml().text("//*[local-name()='Exception']/@exceptionCode"), code, 'exceptionCode', answer);
}

const execute2 = ({ id, input, output }: Echo, mode: string, response = 'document'): string =>
  `<wps:Execute ${NS_2} mode="${mode}" response="${response}"><ows:Identifier>${id}</ows:Identifier><wps:Input id="${input}"><wps:Data><wps:LiteralValue>hello_literal</wps:LiteralValue></wps:Data></wps:Input><wps:Output id="${output}" transmission="value"/></wps:Execute>`;

const one: readonly Requirement<Facts>[] = [
  {
    id: 'ets-wps10/A.4.2/GetCapabilities',
    title: 'The capabilities are of 1.0.0, name the version alone, and are valid',
    clause: `${CLAUSE_1}, GetCapabilities`,
    needs: 'wps1',
    check: ({ one: answer }, target) => {
      const document = answer.xml();
      same(
        [document.name, document.namespace, document.text('/*/@version')],
        ['Capabilities', 'http://www.opengis.net/wps/1.0.0', '1.0.0'],
        'root',
        answer,
      );
      same(document.all('//ows11:ServiceTypeVersion'), ['1.0.0'], 'ServiceTypeVersion', answer);
      must(
        document.text('//ows11:Identifier') !== '' && document.text('/*/@xml:lang') !== '',
        'no process or no language',
        answer,
      );
      valid(target, answer, 'wps1');
    },
  },
  {
    id: 'ets-wps10/A.4.2.4/version-negotiation',
    title: 'Unknown versions give VersionNegotiationFailed; names of parameters are read in any case',
    clause: `${CLAUSE_1}, version negotiation`,
    needs: 'wps1',
    check: async ({ address }, { http }) => {
      for (const AcceptVersions of ['3.0.0', '0.0.1'])
        isReport(
          await kvp(http, address, { request: 'GetCapabilities', AcceptVersions }),
          '1',
          'VersionNegotiationFailed',
        );
      const answer = await http.get(`${address}?SERVICE=WPS&rEqUeSt=GetCapabilities&aCcepTVersioNS=1.0.0`);
      same([answer.status, answer.xml().name], [200, 'Capabilities'], 'status and root', answer);
    },
  },
  {
    id: 'ets-wps10/A.4.1/post',
    title: 'By POST the capabilities come too; an empty body and broken XML give an exception report',
    clause: `${CLAUSE_1}, POST`,
    needs: 'wps1',
    check: async ({ address }, { http }) => {
      const answer = await post(
        http,
        address,
        '<wps:GetCapabilities xmlns:wps="http://www.opengis.net/wps/1.0.0" service="WPS"/>',
      );
      same([answer.status, answer.xml().name], [200, 'Capabilities'], 'status and root', answer);
      isReport(await post(http, `${address}?service=WPS&request=GetCapabilities`, ''), '1');
      isReport(await post(http, address, '<wps:GetCapabilities'), '1');
    },
  },
  {
    id: 'ets-wps10/A.4.3/DescribeProcess',
    title: 'Every process is described, valid; an unknown one is refused with 400 and InvalidParameterValue',
    clause: `${CLAUSE_1}, DescribeProcess`,
    needs: 'wps1',
    check: async ({ address, processes }, target) => {
      const answer = await kvp(target.http, address, {
        version: '1.0.0',
        request: 'DescribeProcess',
        Identifier: processes.join(','),
      });
      same([answer.status, answer.xml().name], [200, 'ProcessDescriptions'], 'status and root', answer);
      same(answer.xml().all('/*/ProcessDescription/ows11:Identifier'), processes, 'identifiers', answer);
      valid(target, answer, 'wps1');
      const unknown = await kvp(target.http, address, {
        version: '1.0.0',
        request: 'DescribeProcess',
        Identifier: 'no-such-process',
      });
      same(unknown.status, 400, 'status', unknown);
      isReport(unknown, '1', 'InvalidParameterValue');
    },
  },
  {
    id: 'ets-wps10/A.4.4/Execute',
    title: 'Execute by GET and by POST gives a valid response with the output',
    clause: `${CLAUSE_1}, Execute`,
    needs: 'wps1',
    check: async (facts, target) => {
      const { id, input } = given(facts.echo, 'no echo process');
      const get = await kvp(target.http, facts.address, {
        version: '1.0.0',
        request: 'Execute',
        Identifier: id,
        DataInputs: `${input}=hello_literal`,
      });
      const body = `<wps:Execute ${NS_1}><ows:Identifier>${id}</ows:Identifier><wps:DataInputs><wps:Input><ows:Identifier>${input}</ows:Identifier><wps:Data><wps:LiteralData>hello_literal</wps:LiteralData></wps:Data></wps:Input></wps:DataInputs></wps:Execute>`;
      for (const answer of [get, await post(target.http, facts.address, body)]) {
        same(
          [answer.status, answer.xml().name, answer.xml().count('//wps1:ProcessSucceeded')],
          [200, 'ExecuteResponse', 1],
          'status, root, success',
          answer,
        );
        same(answer.xml().text('//wps1:ProcessOutputs//wps1:LiteralData'), 'hello_literal', 'output', answer);
        valid(target, answer, 'wps1');
      }
    },
  },
  {
    id: 'ets-wps10/A.4.4.5/store-and-status',
    title: 'With store and status the response names a statusLocation, which ends with the output, valid throughout',
    clause: `${CLAUSE_1}, Execute, storeExecuteResponse, status`,
    needs: 'wps1',
    check: async (facts, target) => {
      const { id, input } = given(facts.echo, 'no echo process');
      const first = await kvp(target.http, facts.address, {
        version: '1.0.0',
        request: 'Execute',
        Identifier: id,
        DataInputs: `${input}=hello_literal`,
        storeExecuteResponse: 'true',
        status: 'true',
      });
      const location = first.xml().text('/wps1:ExecuteResponse/@statusLocation');
      must(location !== '', 'no statusLocation', first);
      valid(target, first, 'wps1');
      let answer = first;
      for (let i = 0; i < 60 && !answer.xml().holds('//wps1:ProcessSucceeded | //wps1:ProcessFailed'); i++) {
        await sleep(250);
        answer = await target.http.get(location);
      }
      same(answer.xml().count('//wps1:ProcessSucceeded'), 1, 'success', answer);
      valid(target, answer, 'wps1');
    },
  },
  {
    id: 'wps/1.0.0/exceptions',
    title: 'Unknown operations and missing parameters have their codes and places, valid',
    clause: `${CLAUSE_1}, exceptions`,
    needs: 'wps1',
    check: async ({ address }, target) => {
      const unknown = await kvp(target.http, address, { version: '1.0.0', request: 'GetNothing' });
      isReport(unknown, '1', 'OperationNotSupported');
      const missing = await kvp(target.http, address, { version: '1.0.0', request: 'DescribeProcess' });
      isReport(missing, '1', 'MissingParameterValue');
      same(missing.xml().text('//ows11:Exception/@locator').toLowerCase(), 'identifier', 'locator', missing);
    },
  },
];

const two: readonly Requirement<Facts>[] = [
  {
    id: 'ets-wps20/A.5.9/GetCapabilities',
    title: 'The capabilities are of 2.0.0 and valid, by GET in any case and by POST',
    clause: `${CLAUSE_2}, GetCapabilities`,
    needs: 'wps2',
    check: async ({ address, two: answer }, target) => {
      same(
        [answer.xml().name, answer.xml().namespace, answer.xml().text('/*/@version')],
        ['Capabilities', 'http://www.opengis.net/wps/2.0', '2.0.0'],
        'root',
        answer,
      );
      valid(target, answer, 'wps2');
      const posted = await post(
        target.http,
        address,
        '<wps:GetCapabilities xmlns:wps="http://www.opengis.net/wps/2.0" service="WPS"/>',
      );
      same(posted.xml().text('/*/@version'), '2.0.0', 'version by POST', posted);
    },
  },
  {
    id: 'ets-wps20/A.5.1/wrong-service-and-version',
    title: 'Another service and another version are refused',
    clause: `${CLAUSE_2}, requests`,
    needs: 'wps2',
    check: async ({ address }, { http }) => {
      isReport(await kvp(http, address, { service: 'WMS', request: 'GetCapabilities', AcceptVersions: '2.0.0' }), '2');
      const version = await kvp(http, address, { request: 'GetCapabilities', version: '3.0.0' });
      must(version.status !== 200, 'version 3.0.0 is accepted', version);
    },
  },
  {
    id: 'ets-wps20/A.5.7/DescribeProcess',
    title: 'ALL describes every process once, valid; an unknown one is refused',
    clause: `${CLAUSE_2}, DescribeProcess`,
    needs: 'wps2',
    check: async ({ address, two: capabilities }, target) => {
      const answer = await kvp(target.http, address, {
        version: '2.0.0',
        request: 'DescribeProcess',
        Identifier: 'ALL',
      });
      same([answer.status, answer.xml().name], [200, 'ProcessOfferings'], 'status and root', answer);
      const found = answer.xml().all('//wps:Process/ows2:Identifier');
      same(
        [...found].sort(),
        [...capabilities.xml().all('//wps:ProcessSummary/ows2:Identifier')].sort(),
        'identifiers',
        answer,
      );
      valid(target, answer, 'wps2');
      isReport(
        await kvp(target.http, address, {
          version: '2.0.0',
          request: 'DescribeProcess',
          Identifier: 'no-such-process',
        }),
        '2',
      );
    },
  },
  {
    id: 'ets-wps20/A.5.11/sync-document',
    title: 'Execute, synchronous, gives a valid result with the output; raw gives the output',
    clause: `${CLAUSE_2}, Execute`,
    needs: 'wps2',
    check: async (facts, target) => {
      const echo = given(facts.echo, 'no echo process');
      const answer = await post(target.http, facts.address, execute2(echo, 'sync'));
      same([answer.status, answer.xml().name], [200, 'Result'], 'status and root', answer);
      must(
        answer.xml().text(`//wps:Output[@id='${echo.output}']`).includes('hello_literal'),
        'the output is not the input',
        answer,
      );
      valid(target, answer, 'wps2');
      const raw = await post(target.http, facts.address, execute2(echo, 'sync', 'raw'));
      must(raw.status === 200 && raw.text.includes('hello_literal'), 'the raw output is not the input', raw);
    },
  },
  {
    id: 'ets-wps20/A.5.12/async-document',
    title: 'Execute, asynchronous, gives a status; GetStatus and GetResult follow the job to its result, valid',
    clause: `${CLAUSE_2}, Execute, GetStatus, GetResult`,
    needs: 'wps2',
    check: async (facts, target) => {
      const answer = await post(target.http, facts.address, execute2(given(facts.echo, 'no echo process'), 'async'));
      same([answer.status, answer.xml().name], [200, 'StatusInfo'], 'status and root', answer);
      valid(target, answer, 'wps2');
      const job = { version: '2.0.0', jobID: answer.xml().text('//wps:JobID') };
      let status = answer;
      for (let i = 0; i < 60 && ['Accepted', 'Running'].includes(status.xml().text('//wps:Status')); i++) {
        status = await kvp(target.http, facts.address, { ...job, request: 'GetStatus' });
        await sleep(200);
      }
      same(status.xml().text('//wps:Status'), 'Succeeded', 'status of the job', status);
      valid(target, status, 'wps2');
      const result = await kvp(target.http, facts.address, { ...job, request: 'GetResult' });
      must(result.xml().name === 'Result' && result.text.includes('hello_literal'), 'no result with the input', result);
      valid(target, result, 'wps2');
    },
  },
  {
    id: 'wps/2.0/NoSuchJob',
    title: 'GetStatus of an unknown job is NoSuchJob',
    clause: `${CLAUSE_2}, exceptions`,
    needs: 'wps2',
    check: async ({ address }, { http }) => {
      isReport(
        await kvp(http, address, {
          version: '2.0.0',
          request: 'GetStatus',
          jobID: '00000000-0000-4000-8000-000000000000',
        }),
        '2',
        'NoSuchJob',
      );
    },
  },
];

async function discover({ http, door }: Target) {
  const address = door('wps', '/wps');
  const first = await kvp(http, address, { request: 'GetCapabilities', AcceptVersions: '1.0.0' });
  if (first.status === 404) return { absent: `nothing answers at ${address}` };
  const second = await kvp(http, address, { request: 'GetCapabilities', AcceptVersions: '2.0.0' });
  const claims = new Set<string>();
  if (first.status === 200 && first.xml().text('/*/@version') === '1.0.0') claims.add('wps1');
  if (second.status === 200 && second.xml().text('/*/@version') === '2.0.0') claims.add('wps2');
  if (claims.size === 0) return { absent: 'the server speaks neither 1.0.0 nor 2.0.0' };
  const processes = claims.has('wps1') ? first.xml().all('//wps1:Process/ows11:Identifier') : [];
  const id = processes.find((each) => /echo$/i.test(each)) ?? processes.find((each) => /echo/i.test(each));
  const echo = id === undefined ? undefined : await echoOf(http, address, id);
  return { claims, facts: { address, one: first, two: second, processes, echo } satisfies Facts };
}

/** The first literal text that the process takes and gives. */
async function echoOf(http: Http, address: string, id: string): Promise<Echo | undefined> {
  const description = (
    await kvp(http, address, { version: '1.0.0', request: 'DescribeProcess', Identifier: id })
  ).xml();
  const input = description.text("//Input[LiteralData/ows11:DataType='string']/ows11:Identifier");
  const output = description.text("//Output[LiteralOutput/ows11:DataType='string']/ows11:Identifier");
  return input === '' || output === '' ? undefined : { id, input, output };
}

export const wps = runnable<Facts>({
  name: 'wps',
  title: 'OGC Web Processing Service 1.0.0 (05-007r7) and 2.0 (14-065r2)',
  classes: { wps1: 'WPS 1.0.0', wps2: 'WPS 2.0' },
  discover,
  requirements: [...one, ...two],
});
