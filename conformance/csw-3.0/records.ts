// GetRecords, GetRecordById, GetDomain of CSW 3.0: the tests of ets-cat30, with records that the server gives.
import { given, must, none, type Requirement, same } from '../kit/requirement.ts';
import { type Facts, ids, kvp, matched, refused, results, returned, search, valid } from './client.ts';

const CLAUSE = 'OGC 12-176r7, GetRecords';
const suite = (name: string): string => `ets-cat30/${name}`;
const firstId = (facts: Facts): string => given(ids(facts.records)[0], 'no record');
const wordOf = (facts: Facts): string =>
  given(/\p{L}{4,}/u.exec(facts.records.xml().text('//csw3:Record/dc:title'))?.[0], 'no word in a title');

/** west south east north, of a box that says latitude first by an EPSG name or longitude first otherwise. */
function boxOf(record: ReturnType<typeof results>[number]): readonly [number, number, number, number] | null {
  const latitudeFirst = /EPSG:.*:4326|EPSG\/0\/4326/.test(record.text('ows2:BoundingBox/@crs'));
  const corner = (name: string) =>
    record.text(`(ows2:BoundingBox | ows2:WGS84BoundingBox)/ows2:${name}Corner`).split(/\s+/).map(Number);
  const [lower, upper] = [corner('Lower'), corner('Upper')];
  if (lower.length < 2 || upper.length < 2) return null;
  const [x, y] = latitudeFirst ? [1, 0] : [0, 1];
  return [lower[x] ?? 0, lower[y] ?? 0, upper[x] ?? 0, upper[y] ?? 0];
}

export const byIdentifier: readonly Requirement<Facts>[] = [
  {
    id: suite('getRecordById/unknown'),
    title: 'An unknown identifier is answered with 404',
    clause: 'OGC 12-176r7, GetRecordById',
    needs: 'by-id',
    check: async (facts, { http }) => {
      const answer = await kvp(http, facts.address, { request: 'GetRecordById', id: 'urn:x-nobody:7f3a' });
      same(answer.status, 404, 'status', answer);
    },
  },
  {
    id: suite('getRecordById/bare-record'),
    title: 'The record itself is the document: summary by default, brief and full when asked, valid',
    clause: 'OGC 12-176r7, GetRecordById',
    needs: 'by-id',
    check: async (facts, target) => {
      for (const [set, element] of [
        [undefined, 'SummaryRecord'],
        ['brief', 'BriefRecord'],
        ['full', 'Record'],
      ] as const) {
        const answer = await kvp(target.http, facts.address, {
          request: 'GetRecordById',
          id: firstId(facts),
          elementSetName: set,
        });
        same(
          [answer.status, answer.xml().name, answer.xml().text('/*/dc:identifier')],
          [200, element, firstId(facts)],
          'status, root, identifier',
          answer,
        );
        valid(target, answer);
      }
    },
  },
  {
    id: suite('getRecordById/atom'),
    title: 'By Accept or outputFormat it is an Atom entry with dc:identifier; outputFormat wins over Accept',
    clause: 'OGC 12-176r7, GetRecordById',
    needs: 'by-id',
    check: async (facts, target) => {
      const request = { request: 'GetRecordById', id: firstId(facts) };
      const byAccept = await kvp(target.http, facts.address, request, { Accept: 'application/atom+xml' });
      const byFormat = await kvp(
        target.http,
        facts.address,
        { ...request, outputFormat: 'application/atom+xml' },
        { Accept: 'application/xml' },
      );
      for (const answer of [byAccept, byFormat]) {
        same(
          [answer.status, answer.media, answer.xml().name],
          [200, 'application/atom+xml', 'entry'],
          'status, type, root',
          answer,
        );
        same(answer.xml().text('/atom:entry/dc:identifier'), firstId(facts), 'dc:identifier', answer);
        valid(target, answer, 'atom');
      }
    },
  },
  {
    id: suite('getRecordById/refusals'),
    title: 'A missing identifier, an unknown format and schema are refused with 400 at their place',
    clause: 'OGC 12-176r7, GetRecordById',
    needs: 'by-id',
    check: async (facts, { http }) => {
      const request = { request: 'GetRecordById', id: firstId(facts) };
      refused(await kvp(http, facts.address, { ...request, id: undefined }), 'MissingParameterValue', 'id');
      refused(
        await kvp(http, facts.address, { ...request, outputFormat: 'text/example' }),
        'InvalidParameterValue',
        'outputFormat',
      );
      refused(
        await kvp(http, facts.address, { ...request, outputSchema: 'http://www.example.org/ns/alpha' }),
        'InvalidParameterValue',
        'outputSchema',
      );
    },
  },
];

export const records: readonly Requirement<Facts>[] = [
  {
    id: suite('getRecords/slice'),
    title: 'From the third on, two: numbers, nextRecord and the records themselves, valid',
    clause: `${CLAUSE}, startPosition, maxRecords`,
    needs: 'records',
    check: async (facts, target) => {
      given(matched(facts.records) > 4, 'fewer than five records');
      const answer = await search(target, facts, { startPosition: 3, maxRecords: 2 });
      same(
        [returned(answer), results(answer).length, answer.xml().text('//csw3:SearchResults/@nextRecord')],
        [2, 2, '5'],
        'numbers',
        answer,
      );
      same(ids(answer), ids(facts.records).slice(2, 4), 'identifiers', answer);
      valid(target, answer);
      const feed = await kvp(target.http, facts.address, {
        request: 'GetRecords',
        typeNames: 'Record',
        startPosition: 3,
        maxRecords: 2,
        outputFormat: 'application/atom+xml',
      });
      same(
        [feed.media, feed.xml().text('//os:startIndex'), feed.xml().text('//os:itemsPerPage')],
        ['application/atom+xml', '3', '2'],
        'Atom slice',
        feed,
      );
      valid(target, feed, 'atom');
    },
  },
  {
    id: suite('getRecords/hits'),
    title: 'maxRecords=0 gives the number alone, the same that results have',
    clause: `${CLAUSE}, maxRecords`,
    needs: 'records',
    check: async (facts, target) => {
      const answer = await search(target, facts, { maxRecords: 0 });
      same(
        [matched(answer), returned(answer), results(answer).length],
        [matched(facts.records), 0, 0],
        'numbers',
        answer,
      );
    },
  },
  {
    id: suite('getRecords/total'),
    title: 'numberOfRecordsMatched is the number of records of all pages, each once',
    clause: `${CLAUSE}, SearchResults`,
    needs: 'records',
    check: async (facts, target) => {
      const found: string[] = [];
      const q = wordOf(facts);
      let total = 0;
      let next = 1;
      for (let pages = 0; next > 0 && pages < 40; pages++) {
        const answer = await search(target, facts, {
          q,
          startPosition: next,
          maxRecords: 100,
          elementSetName: 'brief',
        });
        found.push(...ids(answer));
        total = matched(answer);
        next = Number(answer.xml().text('//csw3:SearchResults/@nextRecord') || Number.NaN);
        must(next === 0 || next > 1, 'no nextRecord', answer);
      }
      if (next > 0) return;
      same([found.length, new Set(found).size], [total, total], `records of all pages with q=${q}`);
    },
  },
  {
    id: suite('getRecords/namespace'),
    title: 'Type names without prefix and with one bound by NAMESPACE are understood',
    clause: `${CLAUSE}, typeNames, NAMESPACE`,
    needs: 'records',
    check: async (facts, target) => {
      const bound = await search(target, facts, {
        typeNames: 'tns:Record',
        namespace: 'xmlns(tns=http://www.opengis.net/cat/csw/3.0)',
        maxRecords: 1,
      });
      same(
        [matched(bound), results(bound)[0]?.name],
        [matched(facts.records), 'SummaryRecord'],
        'total and element',
        bound,
      );
    },
  },
  {
    id: suite('getRecords/refusals'),
    title: 'Unknown formats, types, sets, schemas and elements are refused with 400 at their place',
    clause: CLAUSE,
    needs: 'records',
    check: async (facts, { http }) => {
      const request = { request: 'GetRecords', typeNames: 'Record' };
      for (const [pairs, locator] of [
        [{ outputFormat: 'text/example' }, 'outputFormat'],
        [{ typeNames: 'UnknownType' }, 'typeNames'],
        [{ elementSetName: 'undefined-view' }, 'ElementSetName'],
        [{ outputSchema: 'urn:uuid:6a29d2a8-9651-47a6-9b14-f05d2b5644f0' }, 'outputSchema'],
        [{ elementName: 'undefined' }, 'ElementName'],
      ] as const)
        refused(await kvp(http, facts.address, { ...request, ...pairs }), 'InvalidParameterValue', locator);
      refused(
        await kvp(http, facts.address, { ...request, elementName: 'title', elementSetName: 'brief' }),
        'NoApplicableCode',
      );
    },
  },
  {
    id: suite('getRecords/element-name'),
    title: 'An element name gives records with it that are still valid',
    clause: `${CLAUSE}, ElementName`,
    needs: 'records',
    check: async (facts, target) => {
      const answer = await search(target, facts, {
        elementName: 'tns:title',
        namespace: 'xmlns(tns=http://purl.org/dc/elements/1.1/)',
        maxRecords: 3,
      });
      for (const record of results(answer)) {
        must(record.holds('dc:title'), 'a record without title', answer);
        must(
          record.count('*[not(self::dc:title or self::dc:identifier)]') === 0,
          'an optional element that was not asked',
          answer,
        );
      }
      valid(target, answer);
    },
  },
  {
    id: suite('getRecords/schema'),
    title: 'Every returned record has identifier, title and box; the whole answer is valid',
    clause: `${CLAUSE}; cswGetRecords.xsd, record.xsd`,
    needs: 'records',
    check: (facts, target) => {
      const faults = results(facts.records)
        .filter((record) => !record.holds('dc:identifier and dc:title'))
        .map((record) => `${record.text('dc:identifier')}: incomplete`);
      none(faults, 'records', facts.records);
      same(
        facts.records.xml().text('//csw3:SearchResults/@recordSchema'),
        'http://www.opengis.net/cat/csw/3.0',
        'recordSchema',
        facts.records,
      );
      valid(target, facts.records);
    },
  },
  {
    id: suite('getRecords/bbox'),
    title:
      'bbox is west,south,east,north: every brief record found has a box that meets it; an unknown system is refused',
    clause: `${CLAUSE}, bbox`,
    needs: 'opensearch',
    check: async (facts, target) => {
      const [west, south, east, north] = given(
        results(facts.records)
          .map(boxOf)
          .find((box) => box !== null && box[2] - box[0] < 5 && Math.abs(box[0] - box[1]) > 10),
        'no record with a small box whose axes differ',
      );
      const box = [west - 0.01, south - 0.01, east + 0.01, north + 0.01];
      const answer = await search(target, facts, { bbox: box.join(','), elementSetName: 'brief', maxRecords: 50 });
      must(matched(answer) > 0, 'the box of a record finds nothing', answer);
      for (const record of results(answer)) {
        const found = boxOf(record);
        must(found !== null, `${record.text('dc:identifier')} has no box`, answer);
        must(
          found[0] <= east + 0.01 && found[2] >= west - 0.01 && found[1] <= north + 0.01 && found[3] >= south - 0.01,
          `${record.text('dc:identifier')} lies outside: ${found}`,
          answer,
        );
      }
      const epsg = await search(target, facts, {
        bbox: `${[box[1], box[0], box[3], box[2]].join(',')},urn:ogc:def:crs:EPSG::4326`,
        maxRecords: 0,
      });
      same(matched(epsg), matched(answer), 'total of the same box with latitude first', epsg);
      refused(
        await kvp(target.http, facts.address, {
          request: 'GetRecords',
          typeNames: 'Record',
          bbox: '472944,5363287,516011,5456383,urn:ogc:def:crs:EPSG::0000',
        }),
        'InvalidParameterValue',
        'bbox',
      );
    },
  },
  {
    id: suite('getRecords/record-ids'),
    title: 'recordIds gives exactly the records named',
    clause: `${CLAUSE}, recordIds`,
    needs: 'opensearch',
    check: async (facts, target) => {
      const two = ids(facts.records).slice(0, 2);
      const answer = await search(target, facts, { recordIds: two.join(',') });
      same([matched(answer), [...ids(answer)].sort()], [two.length, [...two].sort()], 'total and identifiers', answer);
    },
  },
  {
    id: suite('getRecords/text'),
    title: 'q: a word of a title finds it, a word of nobody finds nothing, words are ANDed, with bbox as well',
    clause: `${CLAUSE}, q`,
    needs: 'opensearch',
    check: async (facts, target) => {
      const q = wordOf(facts);
      const answer = await search(target, facts, { q, maxRecords: 15 });
      must(matched(answer) > 0, `q=${q} finds nothing`, answer);
      same(matched(await search(target, facts, { q, maxRecords: 0 })), matched(answer), 'total with maxRecords=0');
      same(matched(await search(target, facts, { q: 'qzxwvkjhgf', maxRecords: 0 })), 0, 'total of a word of nobody');
      same(matched(await search(target, facts, { q: `${q} qzxwvkjhgf`, maxRecords: 0 })), 0, 'total of both');
      const world = await search(target, facts, { q, bbox: '-180,-90,180,90', maxRecords: 0 });
      must(matched(world) <= matched(answer), 'more is found in the box of the world than without it', world);
    },
  },
  {
    id: 'csw/3.0/GetRecords/time',
    title: 'time selects by the period of the records',
    clause: `${CLAUSE}, time, trelation`,
    needs: 'opensearch',
    check: async (facts, target) => {
      const record = given(
        results(facts.records).find((each) => each.holds('csw3:TemporalExtent/csw3:begin')),
        'no record with a temporal extent',
      );
      const begin = record.text('csw3:TemporalExtent/csw3:begin');
      const id = record.text('dc:identifier');
      same(
        matched(await search(target, facts, { time: `${begin}/${begin}`, recordIds: id, maxRecords: 0 })),
        1,
        `total at ${begin}`,
      );
      same(
        matched(
          await search(target, facts, {
            time: '1700-01-01T00:00:00Z/1700-12-31T00:00:00Z',
            recordIds: id,
            maxRecords: 0,
          }),
        ),
        0,
        'total in 1700',
      );
    },
  },
  {
    id: 'csw/3.0/filter',
    title: 'A filter in FES 2.0 by POST and in CQL text by pairs give the same total',
    clause: `${CLAUSE}, Constraint; OGC 09-026r2`,
    needs: 'filter',
    check: async (facts, target) => {
      const start = [...facts.records.xml().text('//csw3:Record/dc:title')]
        .slice(0, 4)
        .join('')
        .replaceAll(/['&<"*%_]/g, '');
      const like = `<fes:PropertyIsLike wildCard="*" singleChar="#" escapeChar="!"><fes:ValueReference>dc:title</fes:ValueReference><fes:Literal>${start}*</fes:Literal></fes:PropertyIsLike>`;
      const body = `<csw:GetRecords xmlns:csw="http://www.opengis.net/cat/csw/3.0" xmlns:fes="http://www.opengis.net/fes/2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" service="CSW" version="3.0.0" maxRecords="0"><csw:Query typeNames="csw:Record"><csw:ElementSetName>brief</csw:ElementSetName><csw:Constraint version="1.1.0"><fes:Filter>${like}</fes:Filter></csw:Constraint></csw:Query></csw:GetRecords>`;
      const byFilter = await target.http.post(facts.address, 'application/xml', body);
      same([byFilter.status, byFilter.xml().name], [200, 'GetRecordsResponse'], 'status and root', byFilter);
      must(matched(byFilter) > 0, 'the beginning of a title finds nothing', byFilter);
      valid(target, byFilter);
      const byText = await search(target, facts, {
        maxRecords: 0,
        constraintLanguage: 'CQL_TEXT',
        constraint: `dc:title LIKE '${start}%'`,
        namespace: 'xmlns(dc=http://purl.org/dc/elements/1.1/)',
      });
      same(matched(byText), matched(byFilter), 'total in CQL', byText);
    },
  },
  {
    id: 'csw/3.0/GetDomain',
    title: 'GetDomain lists the values of a property, valid',
    clause: 'OGC 12-176r7, GetDomain',
    needs: 'domain',
    check: async (facts, target) => {
      const answer = await kvp(target.http, facts.address, { request: 'GetDomain', ValueReference: 'dc:type' });
      same([answer.status, answer.xml().name], [200, 'GetDomainResponse'], 'status and root', answer);
      must(answer.xml().count('//csw3:ListOfValues/csw3:Value') > 0, 'no values', answer);
      valid(target, answer);
    },
  },
];
