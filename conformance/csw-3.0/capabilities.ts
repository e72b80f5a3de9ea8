// GetCapabilities of CSW 3.0: the tests of ets-cat30 and its Schematron (OGC 12-176r7).
import { must, type Requirement, same } from '../kit/requirement.ts';
import { CSW, type Facts, kvp, refused, valid } from './client.ts';

const CLAUSE = 'OGC 12-176r7, GetCapabilities';
const suite = (name: string): string => `ets-cat30/${name}`;
const REQUEST = { request: 'GetCapabilities' };
const SECTIONS = [
  'ows2:ServiceIdentification',
  'ows2:ServiceProvider',
  'ows2:OperationsMetadata',
  'ows2:Languages',
  'fes:Filter_Capabilities',
];
const CLASSES = [
  'OpenSearch', 'GetCapabilities-XML', 'GetRecordById-XML', 'GetRecords-Basic-XML', 'GetRecords-Distributed-XML', 'GetRecords-Distributed-KVP',
  'GetRecords-Async-XML', 'GetRecords-Async-KVP', 'GetDomain-XML', 'GetDomain-KVP', 'Transaction', 'Harvest-Basic-XML', 'Harvest-Basic-KVP',
  'Harvest-Async-XML', 'Harvest-Async-KVP', 'Harvest-Periodic-XML', 'Harvest-Periodic-KVP', 'Filter-CQL', 'Filter-FES-XML', 'Filter-FES-KVP-Advanced',
]; // biome-ignore format: one list

export const capabilities: readonly Requirement<Facts>[] = [
  {
    id: suite('capabilities/schematron'),
    title:
      'Version, all sections and languages, the three operations, and parameters with the values that they must have',
    clause: `${CLAUSE}; Schematron of the suite`,
    needs: 'capabilities',
    check: ({ capabilities: answer }, target) => {
      const document = answer.xml();
      same(
        [document.name, document.namespace, document.text('/*/@version')],
        ['Capabilities', CSW, '3.0.0'],
        'root',
        answer,
      );
      must(
        document.all('//ows2:ServiceType').includes('CSW') &&
          document.all('//ows2:ServiceTypeVersion').includes('3.0.0'),
        'service type',
        answer,
      );
      for (const section of SECTIONS) same(document.count(`/*/${section}`), 1, section, answer);
      for (const operation of ['GetCapabilities', 'GetRecords', 'GetRecordById'])
        must(
          document.holds(`//ows2:Operation[@name='${operation}']//ows2:HTTP/ows2:Get/@xlink:href`),
          `no operation ${operation} by Get`,
          answer,
        );
      for (const [parameter, values] of [
        ['AcceptVersions', ['3.0.0']],
        ['AcceptFormats', ['text/xml']],
        ['Sections', ['Filter_Capabilities', 'All']],
      ] as const) {
        const found = document.all(
          `//ows2:Operation[@name='GetCapabilities']/ows2:Parameter[@name='${parameter}']//ows2:Value`,
        );
        for (const value of values) must(found.includes(value), `${parameter} does not name ${value}`, answer);
      }
      valid(target, answer);
    },
  },
  {
    id: suite('capabilities/classes'),
    title: 'A constraint with TRUE or FALSE stands for each conformance class',
    clause: 'http://www.opengis.net/spec/csw/3.0/conf; Schematron of the suite',
    needs: 'capabilities',
    check: ({ capabilities: answer }) => {
      const document = answer.xml();
      for (const name of CLASSES) {
        const values = document
          .nodes('//ows2:OperationsMetadata/ows2:Constraint')
          .filter((constraint) => constraint.text('@name').endsWith(`/${name}`))
          .flatMap((constraint) => constraint.all('ows2:DefaultValue | .//ows2:Value | ows11:DefaultValue'));
        must(
          values.length > 0 && values.every((value) => /^(TRUE|FALSE)$/.test(value)),
          `no constraint TRUE or FALSE for ${name}`,
          answer,
        );
      }
      for (const name of ['ImplementsMinSpatialFilter', 'ImplementsMinimumXPath'])
        must(
          document.all(`//fes:Constraint[@name='${name}']/ows11:DefaultValue`).includes('TRUE'),
          `${name} is not TRUE`,
          answer,
        );
    },
  },
  {
    id: suite('capabilities/base-url'),
    title: 'The base address without parameters gives the capabilities, whatever XML is accepted',
    clause: `${CLAUSE}, base URL`,
    needs: 'capabilities',
    check: async ({ address }, { http }) => {
      for (const accept of ['*/*', 'application/xml', 'text/html;q=0.5, application/xml']) {
        const answer = await http.get(address, { Accept: accept });
        same(
          [answer.status, answer.xml().name, answer.xml().text('/*/@version')],
          [200, 'Capabilities', '3.0.0'],
          `answer for Accept: ${accept}`,
          answer,
        );
      }
    },
  },
  {
    id: suite('capabilities/names-and-values'),
    title: 'Names of parameters are read in any case, values exactly',
    clause: `${CLAUSE}; OWS Common 2.0`,
    needs: 'capabilities',
    check: async ({ address }, { http }) => {
      const answer = await http.get(`${address}?SERVICE=CSW&ReQuest=GetCapabilities&ACCEPTVERSIONS=3.0.0`);
      same([answer.status, answer.xml().name], [200, 'Capabilities'], 'status and root', answer);
      const wrong = await http.get(`${address}?service=CSW&request=getCapabilities`);
      same([wrong.status, wrong.xml().name], [400, 'ExceptionReport'], 'status and root', wrong);
    },
  },
  {
    id: suite('capabilities/refusals'),
    title: 'A missing service, unknown versions and unknown formats are refused with 400 at their place',
    clause: CLAUSE,
    needs: 'capabilities',
    check: async ({ address }, { http }) => {
      refused(await kvp(http, address, { ...REQUEST, service: undefined }), 'MissingParameterValue', 'service');
      refused(
        await kvp(http, address, { ...REQUEST, version: undefined, AcceptVersions: '9999.12.31' }),
        'VersionNegotiationFailed',
      );
      refused(
        await kvp(http, address, { ...REQUEST, AcceptFormats: 'text/x-none' }),
        'InvalidParameterValue',
        'AcceptFormats',
      );
    },
  },
  {
    id: suite('capabilities/formats'),
    title: 'Each format named comes back as exactly that media type',
    clause: CLAUSE,
    needs: 'capabilities',
    check: async ({ address, capabilities: answer }, { http }) => {
      for (const format of answer
        .xml()
        .all("//ows2:Operation[@name='GetCapabilities']/ows2:Parameter[@name='AcceptFormats']//ows2:Value")) {
        const reply = await kvp(http, address, { ...REQUEST, AcceptFormats: format });
        same(reply.media, format, 'media type', reply);
      }
    },
  },
  {
    id: suite('capabilities/sections'),
    title: 'A section asked for comes alone; All gives everything',
    clause: CLAUSE,
    needs: 'capabilities',
    check: async ({ address }, target) => {
      for (const section of SECTIONS.filter((name) => name !== 'ows2:Languages')) {
        const [, name = ''] = section.split(':');
        const answer = await kvp(target.http, address, { ...REQUEST, Sections: name });
        same([answer.xml().count(`/*/${section}`), answer.xml().count('/*/*')], [1, 1], name, answer);
        valid(target, answer);
      }
      const all = await kvp(target.http, address, { ...REQUEST, Sections: 'All' });
      for (const section of SECTIONS) same(all.xml().count(`/*/${section}`), 1, section, all);
    },
  },
];
