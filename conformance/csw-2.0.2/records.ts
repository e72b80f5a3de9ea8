// GetRecords and GetRecordById: the tests of ets-csw202 (OGC 07-006r1). Where the suite names its twelve records, the values are those of records
// that the server gives.
import type { Answer } from '../kit/http.ts';
import { given, must, none, type Requirement, same, type Target } from '../kit/requirement.ts';
import {
  CSW,
  compare,
  type Facts,
  GMD,
  getRecords,
  ids,
  kvp,
  like,
  matched,
  refused,
  results,
  returned,
  search,
  valid,
} from './client.ts';

const CLAUSE = 'OGC 07-006r1, GetRecords';
const suite = (name: string): string => `ets-csw202/${name}`;
const BY_ID = { request: 'GetRecordById' };
const firstId = (facts: Facts): string => given(ids(facts.records)[0], 'no record');
/** Attributes that ask for so many results from a position on. */
const page = (most: number, start = 1): string => `resultType="results" startPosition="${start}" maxRecords="${most}"`;
const refusedBy = async (
  target: Target,
  facts: Facts,
  query: Parameters<typeof getRecords>[0],
  code: string,
  locator?: string,
): Promise<void> => refused(await target.http.post(facts.address, 'application/xml', getRecords(query)), code, locator);

export const byIdentifier: readonly Requirement<Facts>[] = [
  {
    id: suite('GetRecordById-1.1'),
    title: 'The default set is summary, and the identifier may be percent-encoded or not',
    clause: 'OGC 07-006r1, GetRecordById',
    needs: 'records',
    check: async (facts, target) => {
      const id = firstId(facts);
      const encoded = await kvp(target.http, facts.address, { ...BY_ID, id });
      same(
        encoded.xml().all('/csw:GetRecordByIdResponse/csw:SummaryRecord/dc:identifier')[0],
        id,
        'identifier',
        encoded,
      );
      const plain = await target.http.get(
        `${facts.address}?service=CSW&version=2.0.2&REQUEST=GetRecordById&ID=${id.replaceAll(/[&#+% ]/g, encodeURIComponent)}`,
      );
      same(plain.text, encoded.text, 'answer to the plain identifier', plain);
      valid(target, encoded, 'csw');
    },
  },
  {
    id: suite('GetRecordById-2.1'),
    title: 'brief and full give the right element, one record',
    clause: 'OGC 07-006r1, GetRecordById',
    needs: 'records',
    check: async (facts, target) => {
      for (const [set, element] of [
        ['brief', 'BriefRecord'],
        ['full', 'Record'],
      ] as const) {
        const answer = await kvp(target.http, facts.address, { ...BY_ID, id: firstId(facts), ElementSetName: set });
        same(
          [answer.xml().count('/csw:GetRecordByIdResponse/*'), answer.xml().count(`//csw:${element}`)],
          [1, 1],
          set,
          answer,
        );
        valid(target, answer, 'csw');
      }
    },
  },
  {
    id: suite('GetRecordById-3.1'),
    title: 'An unknown identifier gives 200 and an empty answer',
    clause: 'OGC 07-006r1, GetRecordById',
    needs: 'records',
    check: async (facts, { http }) => {
      const answer = await kvp(http, facts.address, { ...BY_ID, id: 'urn:x-nobody:7f3a' });
      same(
        [answer.status, answer.xml().name, answer.xml().count('/*/*')],
        [200, 'GetRecordByIdResponse', 0],
        'answer',
        answer,
      );
    },
  },
  {
    id: suite('GetRecordById-4.1'),
    title: 'A missing identifier, a wrong format and a wrong schema are refused at their place',
    clause: 'OGC 07-006r1, GetRecordById',
    needs: 'records',
    check: async (facts, { http }) => {
      const id = firstId(facts);
      refused(await kvp(http, facts.address, BY_ID), 'MissingParameterValue', 'id');
      refused(
        await kvp(http, facts.address, { ...BY_ID, id, outputFormat: 'text/example' }),
        'InvalidParameterValue',
        'outputFormat',
      );
      refused(
        await kvp(http, facts.address, { ...BY_ID, id, outputSchema: 'urn:example:none' }),
        'InvalidParameterValue',
        'outputSchema',
      );
    },
  },
];

export const paging: readonly Requirement<Facts>[] = [
  {
    id: suite('GetRecords-1.1'),
    title: 'Without a result type only hits are told',
    clause: CLAUSE,
    needs: 'records',
    check: async (facts, target) => {
      const answer = await search(target, facts, { attributes: '' });
      same([returned(answer), results(answer).length], [0, 0], 'records', answer);
      must(matched(answer) > 0, 'numberOfRecordsMatched is 0', answer);
      valid(target, answer, 'csw');
    },
  },
  {
    id: suite('GetRecords-2.1'),
    title: 'By default ten records are given, as summary; brief gives brief ones',
    clause: CLAUSE,
    needs: 'records',
    check: async (facts, target) => {
      const expected = Math.min(10, matched(facts.records));
      for (const [set, element] of [
        ['summary', 'SummaryRecord'],
        ['brief', 'BriefRecord'],
      ] as const) {
        const answer = await search(target, facts, { set });
        same(
          [returned(answer), answer.xml().count(`//csw:SearchResults/csw:${element}`)],
          [expected, expected],
          set,
          answer,
        );
        valid(target, answer, 'csw');
      }
    },
  },
  {
    id: suite('GetRecords-22.1'),
    title: 'From the third on, five: nextRecord is 8, and they are the third to the seventh',
    clause: CLAUSE,
    needs: 'records',
    check: async (facts, target) => {
      given(matched(facts.records) > 8, 'fewer than nine records');
      const answer = await search(target, facts, { attributes: page(5, 3) });
      same(
        [returned(answer), answer.xml().text('//csw:SearchResults/@nextRecord')],
        [5, '8'],
        'returned and nextRecord',
        answer,
      );
      same(ids(answer), ids(facts.records).slice(2, 7), 'identifiers', answer);
    },
  },
  {
    id: suite('GetRecords-23.1'),
    title: 'maxRecords=0 gives the number alone; nextRecord is 1',
    clause: CLAUSE,
    needs: 'records',
    check: async (facts, target) => {
      const answer = await search(target, facts, { attributes: page(0) });
      same(
        [matched(answer), returned(answer), answer.xml().text('//csw:SearchResults/@nextRecord')],
        [matched(facts.records), 0, '1'],
        'numbers',
        answer,
      );
    },
  },
  {
    id: 'csw/2.0.2/GetRecords/total',
    title: 'numberOfRecordsMatched is the number of records of all pages, each once; the last nextRecord is 0',
    clause: `${CLAUSE}, SearchResults`,
    needs: 'filter',
    check: async (facts, target) => {
      const word = given(
        /\p{L}{4,}/u.exec(facts.records.xml().text('//csw:Record/dc:title'))?.[0],
        'no word in a title',
      );
      const filter = like('dc:title', `*${word}*`);
      const found: string[] = [];
      let next = 1;
      let total = 0;
      for (let pages = 0; next > 0 && pages < 40; pages++) {
        const answer = await search(target, facts, {
          attributes: page(100, next),
          set: 'brief',
          filter,
          sort: 'dc:identifier ASC',
        });
        found.push(...ids(answer));
        total = matched(answer);
        same(returned(answer), results(answer).length, 'numberOfRecordsReturned', answer);
        next = Number(answer.xml().text('//csw:SearchResults/@nextRecord') || Number.NaN);
        must(next === 0 || next > 1, 'no nextRecord', answer);
      }
      if (next > 0) return;
      same([found.length, new Set(found).size], [total, total], `records of all pages with "${word}" in the title`);
    },
  },
  {
    id: suite('GetRecords-24.1'),
    title: 'validate is acknowledged with the echo of the request',
    clause: CLAUSE,
    needs: 'records',
    check: async (facts, target) => {
      const answer = await target.http.post(
        facts.address,
        'application/xml',
        getRecords({ attributes: 'resultType="validate"' }),
      );
      same(answer.xml().count('/csw:Acknowledgement/csw:EchoedRequest/csw:GetRecords'), 1, 'echo', answer);
      valid(target, answer, 'csw');
    },
  },
  {
    id: suite('GetRecords-20.1'),
    title: 'The short forms are no types; wrong formats and schemas are refused',
    clause: CLAUSE,
    needs: 'records',
    check: async (facts, target) => {
      for (const typeNames of ['csw:SummaryRecord', 'csw:BriefRecord'])
        await refusedBy(target, facts, { typeNames }, 'InvalidParameterValue');
      await refusedBy(
        target,
        facts,
        { attributes: 'outputFormat="text/example"' },
        'InvalidParameterValue',
        'outputFormat',
      );
      await refusedBy(
        target,
        facts,
        { attributes: 'outputSchema="urn:example:none"' },
        'InvalidParameterValue',
        'outputSchema',
      );
    },
  },
  {
    id: suite('GetRecords-3.1'),
    title: 'Element names give these elements and no others',
    clause: CLAUSE,
    needs: 'records',
    check: async (facts, target) => {
      const answer = await search(target, facts, { elements: ['dc:identifier', 'dc:type', 'dc:date'] });
      must(answer.xml().count('//csw:Record') > 0, 'no csw:Record', answer);
      same(
        answer.xml().count('//csw:Record/*[not(self::dc:identifier or self::dc:type or self::dc:date)]'),
        0,
        'other elements',
        answer,
      );
      valid(target, answer, 'csw');
    },
  },
  {
    id: suite('GetRecords-4.1'),
    title: 'Sorted by identifier, and by date descending',
    clause: CLAUSE,
    needs: 'records',
    check: async (facts, target) => {
      const up = await search(target, facts, { attributes: page(50), set: 'brief', sort: 'dc:identifier ASC' });
      const down = await search(target, facts, { attributes: page(50), set: 'brief', sort: 'dc:identifier DESC' });
      const order = [...ids(up)].sort((a, b) => (a < b ? -1 : 1));
      same(ids(up), order, 'ascending identifiers', up);
      must(
        ids(down)[0] !== ids(up)[0] && [...ids(down)].sort((a, b) => (a < b ? 1 : -1)).join() === ids(down).join(),
        'not descending',
        down,
      );
      const dates = (await search(target, facts, { attributes: page(50), set: 'full', sort: 'dc:date DESC' }))
        .xml()
        .all('//csw:Record/dc:date[1]');
      same(dates, [...dates].sort().reverse(), 'dates descending');
    },
  },
  {
    id: 'csw/2.0.2/SearchResults/schema',
    title: 'Records of every set are valid, and name their schema and set',
    clause: `${CLAUSE}; record.xsd`,
    needs: 'records',
    check: (facts, target) => {
      const { records } = facts;
      same(records.xml().text('//csw:SearchResults/@recordSchema'), CSW, 'recordSchema', records);
      const faults = results(records).flatMap((record) =>
        record.text('dc:identifier') === '' || record.count('dc:title') === 0
          ? ['a record without identifier or title']
          : [],
      );
      none(faults, 'records', records);
      valid(target, records, 'csw');
    },
  },
];

const sets: {
  readonly [schema: string]: readonly [
    root: string,
    set: 'csw' | 'iso19139' | 'gmi' | 'gmi-2005' | 'mdb' | 'datacite' | 'oai' | 'atom' | 'csw3',
  ];
} = {
  [GMD]: ['MD_Metadata', 'iso19139'],
  'http://www.isotc211.org/2005/gmi': ['MI_Metadata', 'gmi-2005'],
  'http://standards.iso.org/iso/19115/-2/gmi/1.0': ['MI_Metadata', 'gmi'],
  'http://standards.iso.org/iso/19115/-3/mdb/2.0': ['MD_Metadata', 'mdb'],
  'http://datacite.org/schema/kernel-4': ['resource', 'datacite'],
  'http://www.openarchives.org/OAI/2.0/oai_dc/': ['dc', 'oai'],
  'http://www.w3.org/2005/Atom': ['entry', 'atom'],
  'http://www.opengis.net/cat/csw/3.0': ['SummaryRecord', 'csw3'],
};

export const schemasOffered: readonly Requirement<Facts>[] = [
  {
    id: 'csw/2.0.2/outputSchema',
    title: 'Each output schema named gives records of its own root element and namespace, valid',
    clause: `${CLAUSE}, outputSchema`,
    needs: 'records',
    check: async (facts, target) => {
      const named = facts.capabilities
        .xml()
        .all("//ows:Operation[@name='GetRecords']/ows:Parameter[@name='outputSchema']/ows:Value");
      for (const schema of named) {
        const answer: Answer = await search(target, facts, { attributes: `${page(3)} outputSchema="${schema}"` });
        must(returned(answer) > 0, `no records in ${schema}`, answer);
        const [root, set] = sets[schema] ?? [];
        for (const record of results(answer)) {
          if (root !== undefined)
            same([record.name, record.namespace], [root, schema], 'root element of a record', answer);
          if (set !== undefined && set !== 'atom' && target.xsd !== null)
            none(target.xsd.faults(record.source(), set), `${schema}: not valid`, answer);
        }
      }
    },
  },
  {
    id: 'csw/apiso/1.0/GetRecordById',
    title: 'ISO records are direct children of the answer, also asked by type gmd:MD_Metadata and apiso names',
    clause: 'OGC 07-045',
    needs: 'iso',
    check: async (facts, target) => {
      const answer = await kvp(target.http, facts.address, {
        ...BY_ID,
        id: firstId(facts),
        outputSchema: GMD,
        ElementSetName: 'full',
      });
      same(answer.xml().count('/csw:GetRecordByIdResponse/gmd:MD_Metadata'), 1, 'gmd:MD_Metadata', answer);
      same(answer.xml().text('//gmd:MD_Metadata/gmd:fileIdentifier'), firstId(facts), 'fileIdentifier', answer);
      valid(target, answer, 'csw');
      const byName = await search(target, facts, {
        attributes: `${page(5)} outputSchema="${GMD}"`,
        typeNames: 'gmd:MD_Metadata',
        set: 'full',
        filter: compare('EqualTo', 'apiso:Identifier', firstId(facts)),
      });
      same(
        [matched(byName), byName.xml().text('//gmd:MD_Metadata/gmd:fileIdentifier')],
        [1, firstId(facts)],
        'by apiso:Identifier',
        byName,
      );
    },
  },
];
