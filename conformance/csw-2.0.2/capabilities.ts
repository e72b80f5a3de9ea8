// GetCapabilities and DescribeRecord: the tests of ets-csw202 (OGC 07-006r1), one by one.
import { must, none, type Requirement, same, schemas } from '../kit/requirement.ts';
import { CSW, compare, describeRecord, type Facts, kvp, matched, refused, search, valid } from './client.ts';

const SECTIONS = ['ServiceIdentification', 'ServiceProvider', 'OperationsMetadata'] as const;
const CLAUSE = 'OGC 07-006r1, GetCapabilities';
const suite = (name: string): string => `ets-csw202/${name}`;
const REQUEST = { request: 'GetCapabilities' };
const valuesOf = (operation: string, parameter: string): string =>
  `//ows:Operation[@name='${operation}']/ows:Parameter[translate(@name,'ABCDEFGHIJKLMNOPQRSTUVWXYZ','abcdefghijklmnopqrstuvwxyz')='${parameter.toLowerCase()}']/ows:Value`;

export const capabilities: readonly Requirement<Facts>[] = [
  {
    id: suite('preconditions/schematron'),
    title:
      'The capabilities name the service, its version, the four operations and the parameters that clients look for',
    clause: `${CLAUSE}; Schematron of the suite`,
    needs: 'capabilities',
    check: ({ capabilities: answer }) => {
      const document = answer.xml();
      same(
        [document.name, document.namespace, document.text('/*/@version')],
        ['Capabilities', CSW, '2.0.2'],
        'root',
        answer,
      );
      must(document.all('//ows:ServiceType').includes('CSW'), 'ServiceType is not CSW', answer);
      must(document.all('//ows:ServiceTypeVersion').includes('2.0.2'), 'no ServiceTypeVersion 2.0.2', answer);
      for (const operation of ['GetCapabilities', 'DescribeRecord', 'GetRecords', 'GetRecordById'])
        must(document.holds(`//ows:Operation[@name='${operation}']`), `no operation ${operation}`, answer);
      const wanted: readonly (readonly [string, string, readonly string[]])[] = [
        ['GetRecords', 'resultType', ['hits', 'results', 'validate']],
        ['GetRecords', 'ElementSetName', ['brief', 'summary', 'full']],
        ['GetRecords', 'outputSchema', [CSW]],
        ['GetRecords', 'typeNames', ['csw:Record']],
        ['DescribeRecord', 'schemaLanguage', ['http://www.w3.org/XML/Schema']],
      ];
      for (const [operation, parameter, values] of wanted) {
        const found = document.all(valuesOf(operation, parameter));
        for (const value of values)
          must(found.includes(value), `${operation}.${parameter} does not name ${value}`, answer);
      }
      must(document.holds("//ogc:SpatialOperator[@name='BBOX']"), 'no spatial operator BBOX', answer);
    },
  },
  {
    id: suite('preconditions/addresses'),
    title: 'Every address of an operation is absolute, and GetRecords can be posted as XML',
    clause: `${CLAUSE}; Schematron of the suite`,
    needs: 'capabilities',
    check: async ({ capabilities: answer }, { http }) => {
      const document = answer.xml();
      const addresses = document.all('//ows:Operation//ows:Get/@xlink:href | //ows:Operation//ows:Post/@xlink:href');
      must(
        addresses.length > 0 && addresses.every((address) => /^https?:\/\//.test(address)),
        'an address is not absolute',
        answer,
      );
      const post = "//ows:Operation[@name='GetRecords']//ows:Post";
      must(
        document.holds(`${post}[not(ows:Constraint)] | ${post}[ows:Constraint[@name='PostEncoding']/ows:Value='XML']`),
        'GetRecords takes no XML',
        answer,
      );
      for (const address of new Set(document.all('//ows:Operation//ows:Get/@xlink:href'))) {
        const reply = await kvp(http, address, REQUEST);
        same(reply.status, 200, 'status of GetCapabilities at the address named', reply);
      }
    },
  },
  {
    id: suite('GetCapabilities-1.1'),
    title: 'The whole document is sent as XML and is valid',
    clause: CLAUSE,
    needs: 'capabilities',
    check: ({ capabilities: answer }, target) => {
      must(/\/xml$/.test(answer.media), `Content-Type …/xml expected, "${answer.type}" found`, answer);
      for (const section of SECTIONS) same(answer.xml().count(`/*/ows:${section}`), 1, section, answer);
      same(answer.xml().count('/*/ogc:Filter_Capabilities'), 1, 'Filter_Capabilities', answer);
      valid(target, answer, 'csw');
    },
  },
  {
    id: suite('GetCapabilities-2.1'),
    title: 'Empty sections give the root alone, a list of sections those and no other',
    clause: CLAUSE,
    needs: 'capabilities',
    check: async ({ address }, target) => {
      const nothing = await kvp(target.http, address, { ...REQUEST, sections: '' });
      for (const section of SECTIONS) same(nothing.xml().count(`//ows:${section}`), 0, section, nothing);
      const two = await kvp(target.http, address, { ...REQUEST, sections: 'ServiceProvider,OperationsMetadata' });
      same(
        SECTIONS.map((section) => two.xml().count(`/*/ows:${section}`)),
        [0, 1, 1],
        'sections asked',
        two,
      );
      valid(target, nothing, 'csw');
      valid(target, two, 'csw');
    },
  },
  {
    id: suite('GetCapabilities-3.1'),
    title: 'Unknown parameters are ignored; names of parameters are read in any case',
    clause: CLAUSE,
    needs: 'capabilities',
    check: async ({ address }, { http }) => {
      const unknown = await kvp(http, address, { ...REQUEST, foo: 'bar' });
      same([unknown.status, unknown.xml().name], [200, 'Capabilities'], 'status and root', unknown);
      const other = await http.get(`${address}?SERVICE=CSW&ReQuEsT=GetCapabilities&acceptversions=2.0.2`);
      same([other.status, other.xml().name], [200, 'Capabilities'], 'status and root', other);
    },
  },
  {
    id: suite('GetCapabilities-4.1'),
    title: 'Each format named is given exactly; another is answered in XML all the same',
    clause: CLAUSE,
    needs: 'capabilities',
    check: async ({ address, capabilities: answer }, { http }) => {
      for (const format of answer.xml().all(valuesOf('GetCapabilities', 'AcceptFormats'))) {
        const reply = await kvp(http, address, { ...REQUEST, AcceptFormats: format });
        same(reply.media, format, 'media type', reply);
      }
      const other = await kvp(http, address, { ...REQUEST, AcceptFormats: 'text/example' });
      must(other.status === 200 && /\/xml$/.test(other.media), 'no XML for a format that is unknown', other);
    },
  },
  {
    id: suite('GetCapabilities-5.1'),
    title: 'Versions are negotiated; only unknown ones give VersionNegotiationFailed',
    clause: `${CLAUSE}; OWS Common, version negotiation`,
    needs: 'capabilities',
    check: async ({ address }, { http }) => {
      const two = await kvp(http, address, { ...REQUEST, AcceptVersions: '2.0.2,2.0.0' });
      same(two.xml().text('/*/@version'), '2.0.2', 'version', two);
      refused(await kvp(http, address, { ...REQUEST, AcceptVersions: '9.9.9' }), 'VersionNegotiationFailed');
    },
  },
  {
    id: suite('GetCapabilities-6.1'),
    title: 'A missing service is MissingParameterValue, a wrong one InvalidParameterValue, located at service',
    clause: CLAUSE,
    needs: 'capabilities',
    check: async ({ address }, { http }) => {
      refused(await kvp(http, address, { ...REQUEST, service: undefined }), 'MissingParameterValue', 'service');
      refused(await kvp(http, address, { ...REQUEST, service: 'FOO' }), 'InvalidParameterValue', 'service');
    },
  },
  {
    id: suite('exceptions/valid'),
    title: 'Exception reports are valid, also for XML that is broken and for an operation that is unknown',
    clause: 'OGC 07-006r1, exceptions; OWS Common 1.0',
    needs: 'capabilities',
    check: async ({ address }, target) => {
      const unknown = await kvp(target.http, address, { request: 'GetNothing' });
      must(
        ['OperationNotSupported', 'InvalidParameterValue'].includes(
          unknown.xml().text('//ows:Exception/@exceptionCode'),
        ),
        'no exception of the right code',
        unknown,
      );
      const broken = await target.http.post(
        address,
        'application/xml',
        '<csw:GetRecords xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"',
      );
      for (const answer of [unknown, broken]) {
        same(answer.xml().name, 'ExceptionReport', 'root', answer);
        valid(target, answer, 'ows1');
      }
    },
  },
  {
    id: suite('DescribeRecord-1.1'),
    title: 'Without a type every type is described, with one that alone, with an unknown one none',
    clause: 'OGC 07-006r1, DescribeRecord',
    needs: 'describe-record',
    check: async ({ address }, target) => {
      const language = 'schemaLanguage="http://www.w3.org/XML/Schema"';
      const post = (content: string) => target.http.post(address, 'application/xml', describeRecord(content, language));
      const all = await post('');
      must(all.xml().all('//csw:SchemaComponent/@targetNamespace').includes(CSW), 'csw:Record is not described', all);
      valid(target, all, 'csw');
      const one = await post('<csw:TypeName>csw:Record</csw:TypeName>');
      same(one.xml().all('//csw:SchemaComponent/@targetNamespace'), [CSW], 'namespaces', one);
      const unknown = await post('<csw:TypeName>csw:Unknown</csw:TypeName>');
      same(
        [unknown.status, unknown.xml().name, unknown.xml().count('/*/*')],
        [200, 'DescribeRecordResponse', 0],
        'answer',
        unknown,
      );
    },
  },
  {
    id: suite('DescribeRecord-4.1'),
    title: 'Names that cannot be resolved, unknown formats and schema languages are refused at their place',
    clause: 'OGC 07-006r1, DescribeRecord',
    needs: 'describe-record',
    check: async ({ address }, { http }) => {
      const request = { request: 'DescribeRecord', schemaLanguage: 'http://www.w3.org/XML/Schema' };
      must(
        (await kvp(http, address, { ...request, TypeName: 'Record' })).xml().name === 'ExceptionReport',
        'a name without prefix is resolved',
      );
      refused(
        await kvp(http, address, { ...request, outputFormat: 'text/sgml' }),
        'InvalidParameterValue',
        'outputFormat',
      );
      refused(
        await kvp(http, address, { ...request, schemaLanguage: 'urn:example:none' }),
        'InvalidParameterValue',
        'schemaLanguage',
      );
    },
  },
  {
    id: 'csw/2.0.2/GetDomain',
    title: 'GetDomain lists values of a property that each find records, and for a parameter those of the capabilities',
    clause: 'OGC 07-006r1, GetDomain',
    needs: 'get-domain',
    check: async (facts, target) => {
      const { address } = facts;
      const types = await kvp(target.http, address, { request: 'GetDomain', PropertyName: 'dc:type' });
      same([types.status, types.xml().name], [200, 'GetDomainResponse'], 'answer', types);
      const listed = types.xml().all('//csw:DomainValues/csw:ListOfValues/csw:Value');
      must(listed.length > 0, 'dc:type lists nothing', types);
      for (const value of listed) {
        const hits = await search(target, facts, {
          attributes: 'resultType="hits"',
          filter: compare('EqualTo', 'dc:type', value),
        });
        must(matched(hits) > 0, `dc:type equal to ${value} finds nothing`, hits);
      }
      const parameter = await kvp(target.http, address, {
        request: 'GetDomain',
        ParameterName: 'GetRecords.resultType',
      });
      for (const value of ['hits', 'results'])
        must(parameter.xml().all('//csw:Value').includes(value), `resultType does not list ${value}`, parameter);
      valid(target, types, 'csw');
      valid(target, parameter, 'csw');
    },
  },
  {
    id: 'csw/2.0.2/soap',
    title: 'A request in a SOAP 1.2 envelope is answered in one',
    clause: 'OGC 07-045, SOAP binding',
    needs: 'soap',
    check: async ({ address }, { http }) => {
      const body = `<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body><csw:GetCapabilities xmlns:csw="${CSW}" xmlns:ows="http://www.opengis.net/ows" service="CSW"><ows:AcceptVersions><ows:Version>2.0.2</ows:Version></ows:AcceptVersions></csw:GetCapabilities></soap:Body></soap:Envelope>`;
      const answer = await http.post(address, 'application/soap+xml', body);
      same(
        [answer.status, answer.xml().count('/soap:Envelope/soap:Body/csw:Capabilities')],
        [200, 1],
        'status and content',
        answer,
      );
    },
  },
  {
    id: 'inspire/discovery-service/extended-capabilities',
    title: 'The INSPIRE extended capabilities name the languages supported and the one of the answer',
    clause: 'INSPIRE Technical Guidance, Discovery Services; catalogue of OGC 07-045',
    needs: 'inspire',
    check: ({ capabilities: answer }, target) => {
      const at = '//inspireds:ExtendedCapabilities';
      const document = answer.xml();
      must(document.holds(`${at}//inspirecommon:SupportedLanguages`), 'no SupportedLanguages', answer);
      must(
        /^[a-z]{3}$/.test(document.text(`${at}//inspirecommon:ResponseLanguage/inspirecommon:Language`)),
        'no ResponseLanguage',
        answer,
      );
      none(schemas(target).faults(answer.text, 'csw'), 'not valid', answer);
    },
  },
];
