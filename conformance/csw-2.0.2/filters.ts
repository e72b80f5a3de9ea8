import { given, must, type Requirement, same, type Target } from '../kit/requirement.ts';
import {
  bbox,
  compare,
  type Facts,
  getRecords,
  ids,
  kvp,
  like,
  matched,
  not,
  refused,
  results,
  search,
} from './client.ts';

const CLAUSE = 'OGC 07-006r1, GetRecords';
const suite = (name: string): string => `ets-csw202/${name}`;
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
