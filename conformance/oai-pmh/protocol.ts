// The six verbs, their arguments and errors (OAI-PMH 2.0, sections 3 and 4).
import type { Pairs } from '../kit/http.ts';
import { given, must, none, type Requirement, same, schemas } from '../kit/requirement.ts';
import { ask, type Facts, frame, of, refused, setFor, xsdFaults } from './client.ts';

const section = (number: string): string => `OAI-PMH 2.0, ${number}`;
const NOBODY = 'oai:nobody.invalid:7f3a';

function rule(
  id: string,
  clause: string,
  title: string,
  check: Requirement<Facts>['check'],
  needs = 'protocol',
): Requirement<Facts> {
  return {
    id: `oai-pmh/2.0/${id}`,
    title,
    clause: section(clause),
    needs,
    check,
  };
}

export const protocol: readonly Requirement<Facts>[] = [
  rule('HTTPRequestFormat', '3.1', 'GET and POST give the same answer', async ({ address }, { http }) => {
    const answer = await http.post(address, 'application/x-www-form-urlencoded', 'verb=ListMetadataFormats');
    frame(answer);
    const byGet = await of(http, address, { verb: 'ListMetadataFormats' });
    same(answer.xml().all('//oai:metadataPrefix'), byGet.xml().all('//oai:metadataPrefix'), 'prefixes', answer);
  }),
  rule(
    'HTTPResponseFormat',
    '3.2',
    'Every answer, an error too, is text/xml in UTF-8 with responseDate and request',
    async ({ address, identify }, { http }) => {
      frame(identify);
      must(/charset=utf-8/i.test(identify.type), `charset=utf-8 expected, "${identify.type}" found`, identify);
      frame(await ask(http, address, { verb: 'nonsense' }));
      same(identify.xml().text('/*/oai:request/@verb'), 'Identify', 'attribute verb of request', identify);
      must(
        identify.xml().text('/*/oai:request') === identify.xml().text('//oai:baseURL'),
        'request is not the base address',
        identify,
      );
    },
  ),
  rule(
    'ErrorConditions-badVerb',
    '3.6',
    'A missing, an unknown and a repeated verb is badVerb',
    async ({ address }, { http }) => {
      refused(await ask(http, address, {}), 'badVerb');
      refused(await ask(http, address, { verb: 'junk' }), 'badVerb');
      refused(await http.get(`${address}?verb=Identify&verb=Identify`), 'badVerb');
    },
  ),
  rule(
    'ErrorConditions-badArgument',
    '3.6',
    'Missing, unknown and repeated arguments, wrong dates and granularities are badArgument',
    async ({ address }, { http }) => {
      const list = { verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' };
      const wrong: readonly Pairs[] = [
        { verb: 'Identify', junk: 'junk' },
        { verb: 'ListRecords' },
        { verb: 'GetRecord', metadataPrefix: 'oai_dc' },
        { ...list, from: 'yesterday' },
        { ...list, until: '2020-13-01' },
        { ...list, from: '2020-01-02', until: '2020-01-01' },
        { ...list, from: '2020-01-01', until: '2020-01-02T00:00:00Z' },
        { ...list, from: '2020-01-01T00:00:00.5Z' },
      ];
      for (const pairs of wrong) refused(await ask(http, address, pairs), 'badArgument');
      refused(
        await http.get(`${address}?verb=ListIdentifiers&metadataPrefix=oai_dc&metadataPrefix=oai_dc`),
        'badArgument',
      );
    },
  ),
  rule(
    'ErrorConditions-others',
    '3.6',
    'Unknown formats, identifiers, tokens and empty lists have their own codes',
    async (facts, { http }) => {
      const { address, headers } = facts;
      const identifier = given(
        headers.find(({ deleted }) => !deleted),
        'no record',
      ).identifier;
      refused(
        await ask(http, address, { verb: 'ListRecords', metadataPrefix: 'really_wrong' }),
        'cannotDisseminateFormat',
      );
      refused(
        await ask(http, address, { verb: 'GetRecord', metadataPrefix: 'really_wrong', identifier }),
        'cannotDisseminateFormat',
      );
      refused(
        await ask(http, address, { verb: 'GetRecord', metadataPrefix: 'oai_dc', identifier: NOBODY }),
        'idDoesNotExist',
      );
      refused(await ask(http, address, { verb: 'ListMetadataFormats', identifier: NOBODY }), 'idDoesNotExist');
      refused(await ask(http, address, { verb: 'ListRecords', resumptionToken: 'junk' }), 'badResumptionToken');
      refused(await ask(http, address, { verb: 'ListSets', resumptionToken: 'junk' }), 'badResumptionToken');
      const earliest = facts.identify.xml().text('//oai:earliestDatestamp');
      const before = `${Number(earliest.slice(0, 4)) - 1}-01-01`;
      refused(
        await ask(http, address, { verb: 'ListIdentifiers', metadataPrefix: 'oai_dc', until: before }),
        'noRecordsMatch',
      );
    },
  ),
  rule(
    'Identify',
    '4.2',
    'Identify names repository, base address, e-mail, earliest datestamp, deletion policy and granularity',
    ({ identify, address }) => {
      const at = (name: string): string => identify.xml().text(`/*/oai:Identify/oai:${name}`);
      must(at('repositoryName') !== '' && /^https?:\/\//.test(at('baseURL')), 'repositoryName or baseURL', identify);
      same(at('baseURL'), address, 'baseURL', identify);
      same(at('protocolVersion'), '2.0', 'protocolVersion', identify);
      must(/^\S+@\S+\.\S+$/.test(at('adminEmail')), 'adminEmail is no e-mail address', identify);
      must(['no', 'transient', 'persistent'].includes(at('deletedRecord')), 'deletedRecord', identify);
      const granularity = at('granularity');
      must(['YYYY-MM-DD', 'YYYY-MM-DDThh:mm:ssZ'].includes(granularity), 'granularity', identify);
      same(
        at('earliestDatestamp').length,
        granularity === 'YYYY-MM-DD' ? 10 : 20,
        'length of earliestDatestamp',
        identify,
      );
    },
  ),
  rule('Identify-schema', '4.2', 'The descriptions and the rest of Identify are valid', ({ identify }, target) => {
    // rightsManifest has a schema of its own that few folders hold; oai-identifier is known.
    const faults = schemas(target)
      .faults(identify.text, 'oai')
      .filter((fault) => !/rightsManifest|rights\//.test(fault));
    none(faults, 'not valid', identify);
  }),
  rule(
    'oai-identifier',
    '2.4; oai-identifier',
    'The identifier scheme announced is the one in use',
    ({ identify, headers }) => {
      const at = (name: string): string =>
        identify.xml().text(`//*[local-name()='oai-identifier']/*[local-name()='${name}']`);
      given(at('scheme') !== '', 'no oai-identifier description');
      const start = `oai:${at('repositoryIdentifier')}${at('delimiter')}`;
      none(
        headers.filter(({ identifier }) => !identifier.startsWith(start)).map(({ identifier }) => identifier),
        `not beginning with ${start}`,
        identify,
      );
    },
  ),
  rule(
    'ListMetadataFormats',
    '4.4',
    'oai_dc is offered; every format has prefix, schema and namespace',
    async ({ address, formats }, { http }) => {
      const answer = await of(http, address, { verb: 'ListMetadataFormats' });
      const dc = formats.find(({ prefix }) => prefix === 'oai_dc');
      same(
        [dc?.schema, dc?.namespace],
        ['http://www.openarchives.org/OAI/2.0/oai_dc.xsd', 'http://www.openarchives.org/OAI/2.0/oai_dc/'],
        'oai_dc',
        answer,
      );
      none(
        formats
          .filter(
            ({ prefix, schema, namespace }) =>
              !/^[A-Za-z0-9\-_.!~*'()]+$/.test(prefix) || schema === '' || namespace === '',
          )
          .map(({ prefix }) => prefix),
        'incomplete',
        answer,
      );
    },
  ),
  rule(
    'ListMetadataFormats-identifier',
    '4.4',
    'The formats of a record are those that it can be got in',
    async ({ address, headers }, { http }) => {
      const { identifier } = given(
        headers.find(({ deleted }) => !deleted),
        'no record',
      );
      const answer = await of(http, address, { verb: 'ListMetadataFormats', identifier });
      for (const metadataPrefix of answer.xml().all('//oai:metadataPrefix'))
        await of(http, address, { verb: 'GetRecord', identifier, metadataPrefix });
    },
  ),
  rule(
    'ListSets',
    '4.6',
    'Sets have a well-formed setSpec, each once, with its parents, and a name',
    async ({ address }, target) => {
      const answer = await of(target.http, address, { verb: 'ListSets' });
      const specs = answer.xml().all('//oai:set/oai:setSpec');
      const faults = specs.filter((spec) => !/^([A-Za-z0-9\-_.!~*'()])+(:[A-Za-z0-9\-_.!~*'()]+)*$/.test(spec));
      none(faults, 'malformed', answer);
      same(new Set(specs).size, specs.length, 'different sets', answer);
      none(
        specs.filter((spec) => spec.includes(':') && !specs.includes(spec.slice(0, spec.lastIndexOf(':')))),
        'without parent',
        answer,
      );
      must(answer.xml().count('//oai:set/oai:setName') === specs.length, 'a set without name', answer);
      none(xsdFaults(target, answer, 'oai'), 'not valid', answer);
    },
    'sets',
  ),
  rule(
    'GetRecord',
    '4.1',
    'A record can be got in every format: header and metadata of the namespace announced',
    async ({ address, formats, headers }, { http }) => {
      const { identifier, datestamp } = given(
        headers.find(({ deleted }) => !deleted),
        'no record',
      );
      for (const { prefix, namespace } of formats) {
        const answer = await of(http, address, { verb: 'GetRecord', metadataPrefix: prefix, identifier });
        const record = answer.xml();
        same(
          [record.text('//oai:header/oai:identifier'), record.text('//oai:header/oai:datestamp')],
          [identifier, datestamp],
          `header in ${prefix}`,
          answer,
        );
        const metadata = record.nodes('//oai:record/oai:metadata/*');
        same(metadata.length, 1, `elements of metadata in ${prefix}`, answer);
        const root = metadata[0]?.namespace ?? '';
        const rdf = root === 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
        must(rdf || root === namespace, `${prefix}: namespace ${namespace} expected, ${root} found`, answer);
      }
    },
  ),
  rule(
    'GetRecord-schema',
    '3.2',
    'Records of every format whose schema is known are valid in their frame',
    async ({ address, formats }, target) => {
      schemas(target);
      for (const { prefix, namespace } of formats) {
        const set = setFor(namespace);
        if (set === null) continue;
        const answer = await of(target.http, address, { verb: 'ListRecords', metadataPrefix: prefix });
        none(xsdFaults(target, answer, set), `${prefix}: not valid`, answer);
      }
    },
  ),
];
