// The tests of the OGC suite ets-osxgeotime10 for the Geo and Time extensions (OGC 10-032r8). Where the suite needs a data set of its own, the
// places and times are those of records that the server gives.
import type { Answer, Http } from '../kit/http.ts';
import { given, must, type Requirement, same } from '../kit/requirement.ts';
import { entries, type Facts, feedOf, identifiers, placesOf, total, type Values } from './description.ts';

const WORLD = '-180,-90,180,90';
const suite = (name: string): string => `ets-osxgeotime10/${name}`;
const CLAUSE = 'OGC 10-032r8';

async function refused(http: Http, facts: Facts, values: Values): Promise<void> {
  const answer = await http.get(facts.search.fill(values));
  same(answer.status, 400, `status for ${JSON.stringify(values)}`, answer);
}

const feed = (facts: Facts, http: Http, values: Values): Promise<Answer> => feedOf(http, facts.search, values);

async function oneEntry(facts: Facts, http: Http, values: Values): Promise<Answer> {
  const answer = await feed(facts, http, { count: 1, ...values });
  same(entries(answer).length, 1, 'number of entries', answer);
  must(total(answer) >= 1, 'totalResults is less than the number of entries', answer);
  return answer;
}

/** An entry with one place: its latitude and longitude. */
function pointOf(facts: Facts): readonly [latitude: number, longitude: number] {
  return given(
    entries(facts.feed)
      .map(placesOf)
      .find((places) => places.length === 1)?.[0],
    'no entry with a point among the first',
  );
}

export const geoTime: readonly Requirement<Facts>[] = [
  {
    id: suite('core/world-box'),
    title: 'The box of the world with count=1 gives one entry',
    clause: `${CLAUSE}, http://www.opengis.net/spec/opensearchgeo/1.0/req/geobox`,
    needs: 'core',
    check: async (facts, { http }) => {
      await oneEntry(facts, http, { 'geo:box': WORLD });
    },
  },
  {
    id: suite('core/malformed-box'),
    title: 'A box that is none is refused with 400',
    clause: `${CLAUSE}, http://www.opengis.net/spec/opensearchgeo/1.0/req/geobox`,
    needs: 'core',
    check: async (facts, { http }) => {
      for (const box of ['-18sd0,-90,180,90', '1,2,3', '0,10,1,-10', '0,0,0,95'])
        await refused(http, facts, { 'geo:box': box });
    },
  },
  {
    id: suite('core/axis-order'),
    title:
      'geo:box is west,south,east,north: a small box around an entry finds it, with its axes exchanged it does not',
    clause: `${CLAUSE}, table of parameters; GeoRSS 1.1 writes latitude longitude`,
    needs: 'core',
    check: async (facts, { http }) => {
      const [latitude, longitude] = pointOf(facts);
      const box = (x: number, y: number): string => [x - 0.001, y - 0.001, x + 0.001, y + 0.001].join(',');
      const found = await feed(facts, http, { 'geo:box': box(longitude, latitude), count: 1 });
      must(total(found) >= 1, `nothing is found around longitude ${longitude}, latitude ${latitude}`, found);
      const place = placesOf(given(entries(found)[0], 'no entry'));
      must(
        place.length !== 1 ||
          (Math.abs((place[0]?.[0] ?? 0) - latitude) < 0.01 && Math.abs((place[0]?.[1] ?? 0) - longitude) < 0.01),
        `the entry found lies at ${place.join(' ')}, outside of the box`,
        found,
      );
      if (Math.abs(longitude) > 90 || Math.abs(longitude - latitude) < 1) return;
      const exchanged = await feed(facts, http, { 'geo:box': box(latitude, longitude), count: 1 });
      must(
        !identifiers(exchanged).includes(identifiers(found)[0] ?? ''),
        'the box with exchanged axes finds the same',
        exchanged,
      );
    },
  },
  {
    id: suite('core/query-echo'),
    title: 'The answer has exactly one os:Query of role request, with an attribute for each parameter sent',
    clause: `${CLAUSE}; OpenSearch 1.1 draft 6, Query`,
    needs: 'core',
    check: async (facts, { http }) => {
      const values = { 'geo:box': WORLD, count: 1, 'time:start': '1900-01-01T00:00:00Z' };
      const answer = await feed(facts, http, values);
      const query = answer.xml().nodes("/atom:feed/os:Query[@role='request']");
      same(query.length, 1, 'number of os:Query', answer);
      for (const name of Object.keys(values))
        must(query[0]?.holds(`@${name}`), `os:Query does not echo ${name}`, answer);
    },
  },
  {
    id: suite('A4/geometries'),
    title: 'Every kind of WKT is understood, clockwise rings and blanks included',
    clause: `${CLAUSE}, geo:geometry`,
    needs: 'A4',
    check: async (facts, { http }) => {
      for (const wkt of [
        'LINESTRING (-180 -90, 180 90)',
        'MULTIPOINT ((-180 -90), (0 0), (180 90))',
        'MULTIPOINT (0 0, 1 1)',
        'MULTILINESTRING ((-180 -90, 180 90), (0 0, 10 10))',
        'MULTIPOLYGON ( ((0 0, 0 10, 10 10, 10 0, 0 0)), ((20 20, 20 30, 30 30, 30 20, 20 20)) )',
      ])
        await feed(facts, http, { 'geo:geometry': wkt });
      await oneEntry(facts, http, { 'geo:geometry': 'POLYGON((-180 -90, -180 90, 180 90, 180 -90, -180 -90))' });
    },
  },
  {
    id: suite('A4/malformed-geometry'),
    title: 'A geometry that is none is refused with 400',
    clause: `${CLAUSE}, geo:geometry`,
    needs: 'A4',
    check: async (facts, { http }) => {
      for (const wkt of ['POLYGON((0 0, 1', 'CIRCLE(0 0)', 'POINT(a b)'])
        await refused(http, facts, { 'geo:geometry': wkt });
    },
  },
  {
    id: suite('A5/radius'),
    title: 'Latitude, longitude and radius in metres find what lies there, and measure a true distance',
    clause: `${CLAUSE}, geo:lat, geo:lon, geo:radius`,
    needs: 'A5',
    check: async (facts, { http }) => {
      const [latitude, longitude] = pointOf(facts);
      const near = { 'geo:lat': latitude + 0.0005, 'geo:lon': longitude };
      const [wide, narrow] = [
        await feed(facts, http, { ...near, 'geo:radius': 90 }),
        await feed(facts, http, { ...near, 'geo:radius': 5 }),
      ];
      must(total(wide) >= 1, '90 m around a place 56 m from an entry finds nothing', wide);
      must(total(narrow) < total(wide), '5 m around a place 56 m from an entry finds as much as 90 m', narrow);
      for (const bad of [
        { 'geo:lat': 95, 'geo:lon': 0, 'geo:radius': 1 },
        { 'geo:lat': 0, 'geo:lon': 0, 'geo:radius': -1 },
      ])
        await refused(http, facts, bad);
    },
  },
  {
    id: suite('A6/intersects'),
    title: 'What the world has is at most what its halves have, at least what the box of 10° has',
    clause: `${CLAUSE}, geo:relation intersects`,
    needs: 'A6',
    check: async (facts, { http }) => {
      const count = async (box: string): Promise<number> =>
        total(await feed(facts, http, { 'geo:box': box, count: 1 }));
      const world = await count(WORLD);
      const halves = (await count('-180,-90,0,90')) + (await count('0,-90,180,90'));
      const middle = await count('-10,-10,10,10');
      must(world <= halves && world >= middle, `world ${world}, halves ${halves}, middle ${middle}`);
    },
  },
  {
    id: suite('A7/relations'),
    title: 'intersects and contains with the world find entries, disjoint finds none',
    clause: `${CLAUSE}, geo:relation`,
    needs: 'A7',
    check: async (facts, { http }) => {
      for (const relation of ['intersects', 'contains'])
        await oneEntry(facts, http, { 'geo:box': WORLD, 'geo:relation': relation });
      const apart = await feed(facts, http, { 'geo:box': WORLD, 'geo:relation': 'disjoint' });
      same([total(apart), entries(apart).length], [0, 0], 'total and entries of disjoint', apart);
      await refused(http, facts, { 'geo:box': WORLD, 'geo:relation': 'nonsense' });
    },
  },
  {
    id: suite('A8/uid'),
    title: 'geo:uid with the dc:identifier of an entry gives that entry, written the same',
    clause: `${CLAUSE}, geo:uid`,
    needs: 'A8',
    check: async (facts, { http }) => {
      const listed = given(entries(facts.feed)[0], 'no entry');
      same(listed.count('dc:identifier'), 1, 'number of dc:identifier', facts.feed);
      const answer = await feed(facts, http, { 'geo:uid': listed.text('dc:identifier') });
      same([total(answer), identifiers(answer)], [1, [listed.text('dc:identifier')]], 'total and identifier', answer);
      same(entries(answer)[0]?.count('*'), listed.count('*'), 'number of elements of the entry', answer);
    },
  },
  {
    id: suite('A8/unknown-uid'),
    title: 'An unknown geo:uid gives 200 and an empty feed',
    clause: `${CLAUSE}, geo:uid`,
    needs: 'A8',
    check: async (facts, { http }) => {
      const answer = await feed(facts, http, { 'geo:uid': 'no-such-identifier-7f3a' });
      same([total(answer), entries(answer).length], [0, 0], 'total and entries', answer);
    },
  },
  {
    id: suite('A9/name'),
    title: 'Names of places are looked up; an unknown one gives 200 and an empty feed',
    clause: `${CLAUSE}, geo:name`,
    needs: 'A9',
    check: async (facts, { http }) => {
      for (const name of ['Paris', 'Berlin']) await feed(facts, http, { 'geo:name': name });
      same(total(await feed(facts, http, { 'geo:name': 'Xyzzyplughville' })), 0, 'total for an unknown place');
    },
  },
  {
    id: suite('A10/period'),
    title: 'The years 1900 to 2100, as days and as instants, give an entry',
    clause: `${CLAUSE}, time:start, time:end`,
    needs: 'A10',
    check: async (facts, { http }) => {
      await oneEntry(facts, http, { 'time:start': '1900-01-01', 'time:end': '2100-01-01' });
      await oneEntry(facts, http, { 'time:start': '1900-01-01T00:00:00Z', 'time:end': '2100-01-01T00:00:00Z' });
    },
  },
  {
    id: suite('A10/malformed-period'),
    title: 'A date that is none, and an end before its start, are refused with 400',
    clause: `${CLAUSE}, time:start, time:end`,
    needs: 'A10',
    check: async (facts, { http }) => {
      for (const values of [
        { 'time:start': '190sds0-01-01' },
        { 'time:end': '2020-02-30' },
        { 'time:start': '2020-01-01T00:00:00Z', 'time:end': '2010-01-01T00:00:00Z' },
      ])
        await refused(http, facts, values);
    },
  },
  {
    id: suite('A10/selects'),
    title: 'The period of an entry finds it; the year before it begins does not',
    clause: `${CLAUSE}, time:start, time:end`,
    needs: 'A10',
    check: async (facts, { http }) => {
      const entry = given(
        entries(facts.feed).find((each) => /^\d{4}-\d\d-\d\dT/.test(each.text('dc:date'))),
        'no entry with a date',
      );
      const [begin = ''] = entry.text('dc:date').split('/');
      const uid = entry.text('dc:identifier');
      const within = await feed(facts, http, { 'time:start': begin, 'time:end': begin, 'geo:uid': uid });
      same(total(within), 1, `total at ${begin}`, within);
      const year = String(Number(begin.slice(0, 4)) - 1);
      const before = await feed(facts, http, {
        'time:start': `${year}-01-01T00:00:00Z`,
        'time:end': `${year}-12-30T00:00:00Z`,
        'geo:uid': uid,
      });
      same(total(before), 0, `total in ${year}`, before);
    },
  },
  {
    id: suite('A11/relations'),
    title: 'intersects and during with 1900 to 2100 find entries, disjoint finds none, contains is understood',
    clause: `${CLAUSE}, time:relation`,
    needs: 'A11',
    check: async (facts, { http }) => {
      const period = { 'time:start': '1900-01-01T00:00:00Z', 'time:end': '2100-01-01T00:00:00Z' };
      for (const relation of ['intersects', 'during'])
        await oneEntry(facts, http, { ...period, 'time:relation': relation });
      await feed(facts, http, { ...period, 'time:relation': 'contains' });
      same(total(await feed(facts, http, { ...period, 'time:relation': 'disjoint' })), 0, 'total of disjoint');
      await refused(http, facts, { ...period, 'time:relation': 'nonsense' });
    },
  },
];
