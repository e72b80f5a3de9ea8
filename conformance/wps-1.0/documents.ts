// Capabilities, descriptions and exceptions (OGC 05-007r7, clauses 8 and 9; abstract tests A.4.1 to A.4.3).
import type { Pairs } from '../kit/http.ts';
import { must, type Requirement, same } from '../kit/requirement.ts';
import {
  ask,
  capabilitiesPairs,
  describe,
  describePairs,
  type Facts,
  fine,
  getCapabilities,
  NOBODY,
  post,
  refused,
  valid,
} from './client.ts';

function rule(id: string, title: string, check: Requirement<Facts>['check']): Requirement<Facts> {
  return { id: `wps/1.0.0/${id}`, title, clause: `OGC 05-007r7, ${id.split('/')[0]}`, needs: 'documents', check };
}

const mixed = (pairs: Pairs): Pairs =>
  Object.fromEntries(
    Object.entries(pairs).map(([name, value]) => [
      [...name].map((letter, n) => (n % 2 === 0 ? letter.toLowerCase() : letter.toUpperCase())).join(''),
      value,
    ]),
  );

export const documents: readonly Requirement<Facts>[] = [
  rule(
    'A.4.1/get',
    'GetCapabilities and DescribeProcess are answered by GET',
    async ({ address, processes }, { http }) => {
      fine(await ask(http, address, { ...capabilitiesPairs, service: 'wps', language: 'en-US' }), 'Capabilities');
      fine(await ask(http, address, { ...describePairs, identifier: processes[0] }), 'ProcessDescriptions');
    },
  ),
  rule(
    'A.4.1/empty-post',
    'A POST without a body is refused, whatever pairs its address holds',
    async ({ address }, { http }) => {
      for (const pairs of [capabilitiesPairs, describePairs, { ...describePairs, identifier: NOBODY }]) {
        const query = new URLSearchParams(pairs as Record<string, string>);
        refused(await http.send('POST', `${address}?${query}`, { 'Content-Type': 'text/xml' }, ''));
      }
    },
  ),
  rule('A.4.2.1/names', 'Names of parameters are taken in any case', async ({ address, processes }, { http }) => {
    fine(await ask(http, address, mixed({ ...capabilitiesPairs, acceptversions: '1.0.0' })), 'Capabilities');
    fine(await ask(http, address, mixed({ ...describePairs, identifier: processes[0] })), 'ProcessDescriptions');
  }),
  rule('A.4.2.2/post', 'Capabilities by POST; a root that is none is refused', async ({ address }, { http }) => {
    fine(await post(http, address, getCapabilities()), 'Capabilities');
    refused(await post(http, address, getCapabilities().replaceAll('GetCapabilities', 'getcapabilities')));
    refused(await post(http, address, getCapabilities().slice(0, -5)));
  }),
  rule('A.4.2.3/schema', 'The capabilities are valid', ({ capabilities }, target) => valid(capabilities, target)),
  rule(
    'A.4.2.4/highest',
    'Without AcceptVersions the version is the highest of those that are listed',
    ({ capabilities }) => {
      const versions = capabilities.xml().all('//ows11:ServiceTypeVersion');
      const [highest] = [...versions].sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
      same(capabilities.xml().text('/*/@version'), highest, 'version', capabilities);
    },
  ),
  rule('A.4.2.4/negotiation', 'Versions that there are not fail by their own code', async ({ address }, { http }) => {
    for (const versions of ['3.0.0', '0.0.1']) {
      refused(await ask(http, address, { ...capabilitiesPairs, AcceptVersions: versions }), 'VersionNegotiationFailed');
    }
    const preferred = await ask(http, address, { ...capabilitiesPairs, AcceptVersions: '0.0.1,1.0.0' });
    same(fine(preferred, 'Capabilities').xml().text('/*/@version'), '1.0.0', 'version', preferred);
  }),
  rule('A.4.2.5/formats', 'AcceptFormats that there are not give XML all the same', async ({ address }, { http }) => {
    fine(await ask(http, address, { ...capabilitiesPairs, AcceptFormats: 'application/x-bxml' }), 'Capabilities');
  }),
  rule(
    'A.4.2.6/languages',
    'Capabilities and descriptions are given in each language that is listed',
    async ({ address, languages, processes }, { http }) => {
      must(languages.length > 0, 'no language is listed');
      for (const language of languages) {
        const first = await ask(http, address, { ...capabilitiesPairs, language });
        same(fine(first, 'Capabilities').xml().text('/*/@xml:lang'), language, 'xml:lang', first);
        const second = await ask(http, address, { ...describePairs, identifier: processes[0], language });
        same(fine(second, 'ProcessDescriptions').xml().text('/*/@xml:lang'), language, 'xml:lang', second);
      }
    },
  ),
  rule('8.3/processes', 'Every process has an identifier of its own and a title', ({ capabilities, processes }) => {
    must(processes.length > 0, 'no process', capabilities);
    same(new Set(processes).size, processes.length, 'identifiers that differ', capabilities);
    const document = capabilities.xml();
    same(document.count('//wps1:Process/ows11:Title[normalize-space()]'), processes.length, 'titles', capabilities);
    same(document.all('//ows11:Identifier')[0], processes[0], 'first identifier of the document', capabilities);
  }),
  rule('8.3/operations', 'The three operations are listed with addresses for GET and POST', ({ capabilities }) => {
    for (const name of ['GetCapabilities', 'DescribeProcess', 'Execute']) {
      const operation = `//ows11:Operation[@name="${name}"]`;
      must(
        capabilities.xml().holds(`${operation}//ows11:Get/@xlink:href`),
        `${name} has no address for GET`,
        capabilities,
      );
      must(
        capabilities.xml().holds(`${operation}//ows11:Post/@xlink:href`),
        `${name} has no address for POST`,
        capabilities,
      );
    }
  }),
  rule(
    'A.4.3.1/all',
    'The descriptions of all processes are those that are offered',
    async ({ address, processes }, { http }) => {
      for (const all of ['all', 'ALL']) {
        const answer = await ask(http, address, { ...describePairs, identifier: all });
        same(
          [...fine(answer, 'ProcessDescriptions').xml().all('/*/ProcessDescription/ows11:Identifier')].sort(),
          [...processes].sort(),
          'processes',
          answer,
        );
      }
    },
  ),
  rule(
    'A.4.3.2/post',
    'Descriptions by POST, in the order of the request',
    async ({ address, processes }, { http }) => {
      const asked = [...processes].slice(0, 2).reverse();
      const answer = await post(http, address, describe(...asked));
      same(
        fine(answer, 'ProcessDescriptions').xml().all('/*/ProcessDescription/ows11:Identifier'),
        asked,
        'processes',
        answer,
      );
    },
  ),
  rule('A.4.3.3/schema', 'The descriptions of all processes are valid', async ({ address }, target) => {
    valid(await ask(target.http, address, { ...describePairs, identifier: 'all' }), target);
  }),
  rule(
    '9.3/unqualified',
    'The elements of a description are in no namespace',
    async ({ address, processes }, { http }) => {
      const answer = await ask(http, address, { ...describePairs, identifier: processes[0] });
      const document = answer.xml();
      must(document.holds('/*/ProcessDescription/ProcessOutputs/Output'), 'no outputs without namespace', answer);
      must(
        !document.holds('//wps1:Input | //wps1:Output | //wps1:LiteralData'),
        'elements of the namespace of WPS',
        answer,
      );
    },
  ),
  rule(
    '9.3/formats',
    'The default format of a complex value is among those that are supported',
    async ({ address }, { http }) => {
      const answer = await ask(http, address, { ...describePairs, identifier: 'all' });
      for (const data of answer.xml().nodes('//ComplexData | //ComplexOutput')) {
        const type = data.text('Default/Format/MimeType');
        must(data.all('Supported/Format/MimeType').includes(type), `${type} is not among the supported ones`, answer);
      }
    },
  ),
  rule(
    '9.3/occurrences',
    'Occurrences are whole numbers, the most not below the least',
    async ({ address }, { http }) => {
      const answer = await ask(http, address, { ...describePairs, identifier: 'all' });
      for (const input of answer.xml().nodes('//DataInputs/Input')) {
        const [least, most] = [Number(input.text('@minOccurs')), Number(input.text('@maxOccurs'))];
        must(
          Number.isInteger(least) && Number.isInteger(most) && most >= Math.max(1, least),
          `${least} to ${most}`,
          answer,
        );
      }
    },
  ),
  rule('9.3/unknown', 'A process that there is not is InvalidParameterValue', async ({ address }, { http }) => {
    refused(await ask(http, address, { ...describePairs, identifier: NOBODY }), 'InvalidParameterValue', 'identifier');
    refused(await post(http, address, describe(NOBODY)), 'InvalidParameterValue');
  }),
  rule('9.2/missing', 'A parameter that is missing is named', async ({ address, processes }, { http }) => {
    refused(await ask(http, address, describePairs), 'MissingParameterValue', 'identifier');
    refused(
      await ask(http, address, { ...describePairs, version: undefined, identifier: processes[0] }),
      'MissingParameterValue',
      'version',
    );
    refused(await ask(http, address, { ...capabilitiesPairs, service: undefined }), 'MissingParameterValue', 'service');
  }),
  rule('8.2/request', 'An operation that there is not is OperationNotSupported', async ({ address }, { http }) => {
    refused(await ask(http, address, { ...describePairs, request: 'Nothing' }), 'OperationNotSupported', 'request');
  }),
  rule('8.3/exception-schema', 'An exception report is valid', async ({ address }, target) => {
    valid(await ask(target.http, address, { ...describePairs, identifier: NOBODY }), target);
    valid(await ask(target.http, address, describePairs), target);
  }),
];
