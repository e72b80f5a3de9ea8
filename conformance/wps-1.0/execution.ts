// Execute (OGC 05-007r7, clause 10; abstract tests A.4.4): documents, raw outputs, what is stored, status and lineage, of the echo process.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Http } from '../kit/http.ts';
import { must, type Requirement, same } from '../kit/requirement.ts';
import { ask, document, ECHO, execute, type Facts, fine, NOBODY, post, refused, valid } from './client.ts';

function rule(id: string, title: string, check: Requirement<Facts>['check']): Requirement<Facts> {
  return { id: `wps/1.0.0/${id}`, title, clause: `OGC 05-007r7, ${id.split('/')[0]}`, needs: 'execute', check };
}

const PAIRS = {
  service: 'WPS',
  version: '1.0.0',
  request: 'Execute',
  identifier: ECHO.id,
  DataInputs: `${ECHO.input}=hello`,
};
const OUTPUT = `//wps1:ProcessOutputs/wps1:Output[ows11:Identifier="${ECHO.output}"]//wps1:LiteralData`;

function succeeded(answer: Answer): Answer {
  must(fine(answer, 'ExecuteResponse').xml().holds('//wps1:ProcessSucceeded'), 'it did not succeed', answer);
  same(answer.xml().text(OUTPUT), 'hello', 'literal output', answer);
  return answer;
}

/** The document at its address once the process has ended; each one on the way is looked at. */
async function followed(http: Http, location: string, look: (answer: Answer) => void): Promise<Answer> {
  for (let n = 0; n < 150; n++) {
    const answer = fine(await http.get(location), 'ExecuteResponse');
    look(answer);
    if (!answer.xml().holds('//wps1:ProcessAccepted | //wps1:ProcessStarted | //wps1:ProcessPaused')) return answer;
    await sleep(200);
  }
  throw new Error(`the process at ${location} did not end in 30 s`);
}

const locationOf = (answer: Answer): string => {
  const location = answer.xml().text('/*/@statusLocation');
  must(URL.canParse(location), 'no statusLocation', answer);
  return location;
};

export const execution: readonly Requirement<Facts>[] = [
  rule('A.4.4.1/get', 'Execute by GET gives a valid document with the output', async ({ address }, target) => {
    valid(succeeded(await ask(target.http, address, PAIRS)), target);
  }),
  rule(
    'A.4.4.1/values',
    'Separators inside a value are encoded twice, and are the value’s own',
    async ({ address }, { http }) => {
      const value = 'a;b@c=d';
      const answer = await ask(http, address, { ...PAIRS, DataInputs: `${ECHO.input}=${encodeURIComponent(value)}` });
      same(answer.xml().text(OUTPUT), value, 'literal output', answer);
    },
  ),
  rule('A.4.4.4/post', 'Execute by POST gives a valid document with the output', async ({ address }, target) => {
    valid(succeeded(await post(target.http, address, execute())), target);
    valid(succeeded(await post(target.http, address, execute(document('')))), target);
  }),
  rule(
    '10.3/only-asked',
    'A document holds the outputs that were asked and no others',
    async ({ address }, { http }) => {
      const answer = await post(http, address, execute(document('')));
      same(answer.xml().all('//wps1:ProcessOutputs/wps1:Output/ows11:Identifier'), [ECHO.output], 'outputs', answer);
    },
  ),
  rule('10.3/process', 'A document names the process, its version and the service', async ({ address }, { http }) => {
    const answer = await post(http, address, execute());
    const found = answer.xml();
    same(found.text('/*/wps1:Process/ows11:Identifier'), ECHO.id, 'process', answer);
    must(found.holds('/*/wps1:Process/@wps1:processVersion'), 'no processVersion', answer);
    must(URL.canParse(found.text('/*/@serviceInstance')), 'no serviceInstance', answer);
    must(
      /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:\d\d)$/.test(found.text('/*/wps1:Status/@creationTime')),
      'no creationTime',
      answer,
    );
  }),
  rule('A.4.4.2/raw', 'A raw output is the body', async ({ address }, { http }) => {
    const raw = `<wps:RawDataOutput><ows:Identifier>${ECHO.output}</ows:Identifier></wps:RawDataOutput>`;
    for (const answer of [
      await post(http, address, execute(raw)),
      await ask(http, address, { ...PAIRS, RawDataOutput: ECHO.output }),
    ]) {
      must(answer.status === 200, `status 200 expected, ${answer.status} found`, answer);
      same(answer.text.trim(), 'hello', 'body', answer);
    }
  }),
  rule('10.3/store', 'A document that is stored stays at its address', async ({ address }, { http }) => {
    const answer = succeeded(await post(http, address, execute(document('storeExecuteResponse="true"'))));
    const again = succeeded(await http.get(locationOf(answer)));
    same(again.xml().text(OUTPUT), answer.xml().text(OUTPUT), 'literal output', again);
    const other = await post(http, address, execute(document('storeExecuteResponse="false"')));
    must(!other.xml().holds('/*/@statusLocation'), 'a document that is not stored has a statusLocation', other);
  }),
  rule(
    'A.4.4.5/status',
    'A process in the background is followed at its address until it ends',
    async ({ address }, target) => {
      const { http } = target;
      const answer = fine(
        await post(http, address, execute(document('storeExecuteResponse="true" status="true"'))),
        'ExecuteResponse',
      );
      must(/^\s*(?:<\?xml[^>]*\?>)?\s*<[^!?]/.test(answer.text), 'the first node is not the root', answer);
      const location = locationOf(answer);
      const end = await followed(http, location, (each) => {
        same(each.xml().text('/*/@statusLocation'), location, 'statusLocation', each);
        const percent = each.xml().text('//@percentCompleted');
        must(percent === '' || (Number(percent) >= 0 && Number(percent) <= 99), `percentCompleted ${percent}`, each);
        must(each.xml().text('//wps1:Status/*') !== '', 'a status without a text', each);
      });
      succeeded(end);
      if (target.xsd !== null) {
        valid(answer, target);
        valid(end, target);
      }
    },
  ),
  rule('10.3/lineage', 'Lineage repeats inputs and outputs', async ({ address }, { http }) => {
    const answer = await post(http, address, execute(document('lineage="true"')));
    same(answer.xml().all('/*/wps1:DataInputs/wps1:Input/ows11:Identifier'), [ECHO.input], 'inputs', answer);
    same(answer.xml().all('/*/wps1:OutputDefinitions/wps1:Output/ows11:Identifier'), [ECHO.output], 'outputs', answer);
    const without = await post(http, address, execute(document('lineage="false"')));
    must(!without.xml().holds('/*/wps1:DataInputs'), 'inputs without lineage', without);
  }),
  rule(
    'A.4.4.6/languages',
    'A document is given in each language that is listed',
    async ({ address, languages }, { http }) => {
      for (const language of languages) {
        const answer = await ask(http, address, { ...PAIRS, language });
        same(fine(answer, 'ExecuteResponse').xml().text('/*/@xml:lang'), language, 'xml:lang', answer);
      }
    },
  ),
  rule('10.2/status-needs-store', 'Status without store is refused', async ({ address }, { http }) => {
    refused(await post(http, address, execute(document('status="true"'))), 'InvalidParameterValue', 'status');
  }),
  rule(
    '10.3/unknown',
    'A process, an input and an output that there are not are told',
    async ({ address }, { http }) => {
      refused(await ask(http, address, { ...PAIRS, identifier: NOBODY }), 'InvalidParameterValue');
      refused(await ask(http, address, { ...PAIRS, DataInputs: `${NOBODY}=1` }), 'InvalidParameterValue', NOBODY);
      refused(await ask(http, address, { ...PAIRS, ResponseDocument: NOBODY }), 'InvalidParameterValue', NOBODY);
    },
  ),
  rule('10.3/missing', 'A process that is not named is told', async ({ address }, { http }) => {
    refused(await ask(http, address, { ...PAIRS, identifier: undefined }), 'MissingParameterValue', 'identifier');
  }),
  rule('10.3/both-forms', 'A raw output and a document at once are refused', async ({ address }, { http }) => {
    refused(
      await ask(http, address, { ...PAIRS, RawDataOutput: ECHO.output, ResponseDocument: ECHO.output }),
      'InvalidParameterValue',
    );
  }),
];
