// GetRecords and GetRecordById: the tests of ets-csw202 (OGC 07-006r1). Where the suite names its twelve records, the values are those of records
// that the server gives.
import type { Answer } from '../kit/http.ts';
import { given, must, none, type Requirement, same, type Target } from '../kit/requirement.ts';
import {
  bbox,
  CSW,
  compare,
  type Facts,
  GMD,
  getRecords,
  ids,
  kvp,
  like,
  matched,
  not,
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

/** south west north east of a record, by the order of the system that it names. */
function boxOf(record: ReturnType<typeof results>[number]): readonly [number, number, number, number] | null {
  const crs = record.text('ows:BoundingBox/@crs');
  const lower = record.text('ows:BoundingBox/ows:LowerCorner').split(/\s+/).map(Number);
  const upper = record.text('ows:BoundingBox/ows:UpperCorner').split(/\s+/).map(Number);
  if (lower.length < 2 || upper.length < 2) return null;
  const latitudeFirst = /EPSG:.*4326|EPSG\/0\/4326/.test(crs) && !/^EPSG:4326$/.test(crs);
  const [a, b] = latitudeFirst ? [0, 1] : [1, 0];
  return [lower[a] ?? 0, lower[b] ?? 0, upper[a] ?? 0, upper[b] ?? 0];
}

const smallBox = (facts: Facts): readonly [number, number, number, number] =>
  given(
    results(facts.records)
      .map(boxOf)
      .find((box) => box !== null && box[2] - box[0] < 5 && box[3] - box[1] < 5 && Math.abs(box[0] - box[1]) > 10),
    'no record with a small box whose axes differ',
  );

const SRS = 'urn:x-ogc:def:crs:EPSG:6.11:4326';

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

export const filters: readonly Requirement<Facts>[] = [
  {
    id: suite('GetRecords-5.1'),
    title: 'A box with latitude first finds only what meets it; answers name the system of the request',
    clause: `${CLAUSE}; OGC 04-095 BBOX; axis order of EPSG 4326`,
    needs: 'filter',
    check: async (facts, target) => {
      const [south, west, north, east] = smallBox(facts);
      const filter = bbox(`${south - 0.01} ${west - 0.01}`, `${north + 0.01} ${east + 0.01}`, SRS);
      const answer = await search(target, facts, { attributes: page(100), set: 'full', filter });
      must(matched(answer) > 0, 'the box of a record finds nothing', answer);
      for (const record of results(answer)) {
        const box = given(boxOf(record), 'a record without a box is found by one');
        const meets =
          box[0] <= north + 0.01 && box[2] >= south - 0.01 && box[1] <= east + 0.01 && box[3] >= west - 0.01;
        must(
          meets,
          `${record.text('dc:identifier')} has the box ${box.join(' ')}, outside of ${south} ${west} ${north} ${east}`,
          answer,
        );
      }
      same([...new Set(answer.xml().all('//ows:BoundingBox/@crs'))], [SRS], 'crs of the boxes', answer);
    },
  },
  {
    id: 'csw/2.0.2/axis-order',
    title: 'EPSG URN (latitude first), CRS84 and EPSG:4326 (longitude first) give the same records',
    clause: 'OGC 07-092 axis order of URN; catalogue clients',
    needs: 'filter',
    check: async (facts, target) => {
      const [south, west, north, east] = smallBox(facts);
      const counts: number[] = [];
      for (const [srs, latitudeFirst] of [
        [SRS, true],
        ['urn:ogc:def:crs:EPSG::4326', true],
        ['urn:ogc:def:crs:OGC:1.3:CRS84', false],
        ['EPSG:4326', false],
      ] as const) {
        const [lower, upper] = latitudeFirst
          ? [`${south} ${west}`, `${north} ${east}`]
          : [`${west} ${south}`, `${east} ${north}`];
        const answer = await search(target, facts, {
          attributes: 'resultType="hits"',
          filter: bbox(lower, upper, srs),
        });
        must(matched(answer) > 0, `nothing is found in ${srs}`, answer);
        counts.push(matched(answer));
      }
      same(new Set(counts).size, 1, 'different totals');
    },
  },
  {
    id: suite('GetRecords-5.2'),
    title: 'A box on a text and an unknown function are refused',
    clause: `${CLAUSE}; OGC 04-095`,
    needs: 'filter',
    check: async (facts, target) => {
      await refusedBy(target, facts, { filter: bbox('47 -4.5', '52 1', SRS, 'dct:spatial') }, 'InvalidParameterValue');
      const call =
        '<ogc:PropertyIsEqualTo><ogc:Function name="foo"><ogc:PropertyName>dc:title</ogc:PropertyName></ogc:Function><ogc:Literal>x</ogc:Literal></ogc:PropertyIsEqualTo>';
      await refusedBy(target, facts, { filter: call }, 'InvalidParameterValue');
    },
  },
  {
    id: suite('GetRecords-6.1'),
    title: 'Equal to a title finds exactly the records of that title; without regard to case the same',
    clause: `${CLAUSE}; OGC 04-095 PropertyIsEqualTo`,
    needs: 'filter',
    check: async (facts, target) => {
      const title = given(facts.records.xml().text('//csw:Record/dc:title'), 'no title');
      const exact = await search(target, facts, {
        attributes: page(50),
        filter: compare('EqualTo', 'dc:title', title),
      });
      must(ids(exact).includes(firstId(facts)), 'the record of that title is not found', exact);
      must(
        exact
          .xml()
          .nodes('//csw:SummaryRecord')
          .every((record) => record.all('dc:title').includes(title)),
        'another title is found',
        exact,
      );
      const folded = await search(target, facts, {
        attributes: page(50),
        filter: compare('EqualTo', 'dc:title', title.toUpperCase(), ' matchCase="false"'),
      });
      must(ids(folded).includes(firstId(facts)), 'not found without regard to case', folded);
    },
  },
  {
    id: suite('GetRecords-8.1'),
    title: 'Not equal to and equal to a title together are everything',
    clause: `${CLAUSE}; OGC 04-095 PropertyIsNotEqualTo`,
    needs: 'filter',
    check: async (facts, target) => {
      const title = given(facts.records.xml().text('//csw:Record/dc:title'), 'no title');
      const count = async (operator: string) =>
        matched(
          await search(target, facts, {
            attributes: 'resultType="hits"',
            filter: compare(operator, 'dc:title', title),
          }),
        );
      same((await count('EqualTo')) + (await count('NotEqualTo')), matched(facts.records), 'equal and not equal');
    },
  },
  {
    id: suite('GetRecords-11.1'),
    title: 'Like finds what begins so, and nothing else',
    clause: `${CLAUSE}; OGC 04-095 PropertyIsLike`,
    needs: 'filter',
    check: async (facts, target) => {
      const title = given(facts.records.xml().text('//csw:Record/dc:title'), 'no title');
      const start = [...title].slice(0, 4).join('');
      const answer = await search(target, facts, { attributes: page(50), filter: like('dc:title', `${start}*`) });
      must(matched(answer) > 0, 'nothing is found', answer);
      must(
        answer
          .xml()
          .nodes('//csw:SummaryRecord')
          .every((record) => record.all('dc:title').some((text) => text.startsWith(start))),
        'another title is found',
        answer,
      );
    },
  },
  {
    id: suite('GetRecords-14.1'),
    title: 'A negation finds what does not match, records without the property included: both together are everything',
    clause: `${CLAUSE}; OGC 04-095 Not`,
    needs: 'filter',
    check: async (facts, target) => {
      const [south, west, north, east] = smallBox(facts);
      const start = [...given(facts.records.xml().text('//csw:Record/dc:title'), 'no title')].slice(0, 4).join('');
      for (const filter of [like('dc:title', `${start}*`), bbox(`${south} ${west}`, `${north} ${east}`, SRS)]) {
        const count = async (text: string) =>
          matched(await search(target, facts, { attributes: 'resultType="hits"', filter: text }));
        same((await count(filter)) + (await count(not(filter))), matched(facts.records), 'with and without');
      }
    },
  },
  {
    id: suite('GetRecords-15.1'),
    title: 'A filter of another namespace is refused with an exception',
    clause: CLAUSE,
    needs: 'filter',
    check: async (facts, { http }) => {
      const body = getRecords({ filter: compare('EqualTo', 'dc:title', 'x') }).replace(
        'xmlns:ogc="http://www.opengis.net/ogc"',
        'xmlns:ogc="http://www.opengis.net/foo"',
      );
      const answer = await http.post(facts.address, 'application/xml', body);
      same(answer.xml().name, 'ExceptionReport', 'root', answer);
    },
  },
  {
    id: 'csw/2.0.2/cql',
    title: 'The same question in CQL text, by pairs, gives the same total',
    clause: `${CLAUSE}, CONSTRAINTLANGUAGE=CQL_TEXT`,
    needs: 'cql',
    check: async (facts, target) => {
      const start = [...given(facts.records.xml().text('//csw:Record/dc:title'), 'no title')].slice(0, 4).join('');
      const byFilter = await search(target, facts, {
        attributes: 'resultType="hits"',
        filter: like('dc:title', `${start}*`),
      });
      const pairs = {
        request: 'GetRecords',
        typeNames: 'csw:Record',
        resultType: 'hits',
        CONSTRAINTLANGUAGE: 'CQL_TEXT',
        CONSTRAINT_LANGUAGE_VERSION: '1.1.0',
      };
      const byText = await kvp(target.http, facts.address, {
        ...pairs,
        Constraint: `dc:title LIKE '${start.replaceAll("'", "''")}%'`,
      });
      same(matched(byText), matched(byFilter), 'total in CQL', byText);
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
