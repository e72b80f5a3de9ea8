// Golden tests of searching: each spatial and temporal relation with closed, open and point windows, areas of every kind, words of both
// languages; every one as anonymous, registered, internal, and internal of some services.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { Box, Geometry } from '../../src/model/geometry.ts';
import {
  type Area,
  EVERYTHING,
  type SearchQuery,
  type SpatialRelation,
  type TimeRelation,
} from '../../src/model/query.ts';
import type { Database } from '../../src/storage/database.ts';
import { openTestDatabase } from '../fixtures/database.ts';
import {
  boxShape,
  fillSearchDatabase,
  labelledRecords,
  searchCatalogue,
  sees,
  VIEWERS,
} from '../fixtures/search-records.ts';

const test = suite('search: golden');
let database: Database;
let catalogue: Catalogue;
const rows = labelledRecords();

test.before(async () => {
  database = await fillSearchDatabase(await openTestDatabase(), rows);
  catalogue = searchCatalogue(database);
});
test.after(() => database.close());

/** The labels found among the services, for every viewer: the expected ones, and their twins where the viewer sees them. */
async function finds(
  query: Partial<SearchQuery>,
  services: readonly string[],
  labels: readonly string[],
): Promise<void> {
  for (const [name, viewer] of Object.entries(VIEWERS)) {
    const page = await catalogue.search({ ...EVERYTHING, services, limit: 100, ...query }, viewer);
    const expected = rows
      .filter((row) => services.includes(row.service) && sees(viewer, row.service, row.authorization_ ?? 0))
      .map((row) => row.identifier!)
      .filter((identifier) => labels.includes(identifier.replace(/^\w+\/|\*$/g, '')));
    assert.deepEqual(page.records.map((record) => record.identifier).sort(), expected.sort(), name);
    assert.equal(page.total, expected.length);
  }
}

const at = (text: string): number => Date.parse(text);
type Relations<R extends string> = { readonly [relation in R]?: string };

const TIMES = ['moment', 'event'];
const ALL_TIMES = 'year, june, going on, until 2008, instant, day, same ends';
const WINDOWS: readonly [string, string | null, string | null, Relations<TimeRelation>][] = [
  [
    'a month',
    '2010-06-01T00:00:00Z',
    '2010-06-30T23:59:59.999Z',
    {
      intersects: 'year, june, going on',
      during: 'june',
      contains: 'year, going on',
      disjoint: 'until 2008, instant, day, same ends',
      equals: '',
    },
  ],
  [
    'the very period',
    '2010-06-01T00:00:00Z',
    '2010-06-30T12:00:00.999Z',
    {
      intersects: 'year, june, going on',
      during: 'june',
      contains: 'year, june, going on',
      equals: 'june',
    },
  ],
  [
    'only a start',
    '2010-06-01T00:00:00Z',
    null,
    {
      intersects: 'year, june, going on',
      during: 'june',
      contains: 'going on',
      disjoint: 'until 2008, instant, day, same ends',
      equals: 'june',
    },
  ],
  [
    'only an end',
    null,
    '2010-06-30T12:00:00Z',
    {
      intersects: ALL_TIMES,
      during: 'june, until 2008, instant, day, same ends',
      contains: '',
      disjoint: '',
      equals: 'june',
    },
  ],
  [
    'only an early end',
    null,
    '2008-12-31T23:59:59.999Z',
    {
      intersects: 'until 2008',
      during: 'until 2008',
      contains: 'until 2008',
      disjoint: 'year, june, going on, instant, day, same ends',
      equals: 'until 2008',
    },
  ],
  [
    'an instant',
    '2010-05-05T10:00:00Z',
    '2010-05-05T10:00:00Z',
    {
      intersects: 'year, going on, instant, day, same ends',
      during: 'instant, same ends',
      contains: 'year, going on, instant, day, same ends',
      disjoint: 'june, until 2008',
      equals: 'instant, same ends',
    },
  ],
  [
    'a day',
    '2010-05-05T00:00:00Z',
    '2010-05-05T23:59:59.999Z',
    {
      intersects: 'year, going on, instant, day, same ends',
      during: 'instant, day, same ends',
      contains: 'year, going on, day',
      equals: 'day',
    },
  ],
  [
    'two centuries',
    '1900-01-01T00:00:00Z',
    '2100-12-31T23:59:59.999Z',
    {
      intersects: ALL_TIMES,
      during: 'year, june, instant, day, same ends',
      contains: '',
      disjoint: '',
      equals: '',
    },
  ],
  ['no end at all', null, null, { intersects: ALL_TIMES, during: ALL_TIMES, contains: '', disjoint: '', equals: '' }],
  [
    'before all years',
    '0001-01-01T00:00:00Z',
    '0001-01-02T00:00:00Z',
    { intersects: 'until 2008', contains: 'until 2008', during: '' },
  ],
  [
    'the last second',
    '9999-12-31T23:59:59Z',
    '9999-12-31T23:59:59.999Z',
    { intersects: 'going on', contains: 'going on', during: '' },
  ],
];

for (const [title, start, end, relations] of WINDOWS) {
  for (const [relation, labels] of Object.entries(relations) as [TimeRelation, string][]) {
    test(`time: ${title}, ${relation}`, () =>
      finds(
        { time: { window: { start: start && at(start), end: end && at(end) } as never, relation } },
        TIMES,
        labels.split(', '),
      ));
  }
}

const box = (...edges: [number, number, number, number]): Area => ({ kind: 'box', box: edges as Box });
const shape = (geometry: Geometry): Area => ({ kind: 'geometry', geometry });
const circle = (longitude: number, latitude: number, metres: number): Area => ({
  kind: 'circle',
  centre: [longitude, latitude],
  metres,
});
const EVERYWHERE = 'point, lambert, box, triangle, line, two points, pacific, fiji, near null';
const AREAS: readonly [string, Area, Relations<SpatialRelation>][] = [
  [
    'box in a box',
    box(2.5, 44.5, 3.5, 45.5),
    {
      intersects: 'point, box',
      contains: 'point',
      disjoint: 'lambert, triangle, line, two points, pacific, fiji, near null',
    },
  ],
  [
    'box with common edges',
    box(2, 44, 4, 46.6),
    { intersects: 'point, lambert, box', contains: 'point, lambert, box' },
  ],
  ['box that touches a corner', box(4, 46, 5, 47), { intersects: 'box', contains: '' }],
  ['box beside a hypotenuse', box(16, 16, 20, 20), { intersects: '', contains: '', disjoint: EVERYWHERE }],
  ['box that is a point', box(3, 45, 3, 45), { intersects: 'point, box', contains: 'point' }],
  ['box that is a line', box(3, 40, 3, 50), { intersects: 'point, box, line', contains: 'point' }],
  ['box at null island', box(0, 0, 0, 0), { intersects: '', contains: '', disjoint: EVERYWHERE }],
  [
    'box across the antimeridian',
    box(160, -20, -160, 20),
    {
      intersects: 'pacific, fiji',
      contains: 'pacific, fiji',
      disjoint: 'point, lambert, box, triangle, line, two points, near null',
    },
  ],
  ['narrow box across the antimeridian', box(175, -5, -175, 5), { intersects: 'pacific', contains: '' }],
  ['box across the antimeridian that cuts', box(179, -20, -160, 20), { intersects: 'pacific, fiji', contains: 'fiji' }],
  [
    'box between the parts',
    box(-160, -20, 160, 20),
    { intersects: 'triangle, two points, near null', contains: 'triangle, two points, near null' },
  ],
  ['world', box(-180, -90, 180, 90), { intersects: EVERYWHERE, contains: EVERYWHERE, disjoint: '' }],
  ['point', shape({ type: 'Point', coordinates: [3, 45] }), { intersects: 'point, box', contains: 'point' }],
  [
    'line',
    shape({
      type: 'LineString',
      coordinates: [
        [-180, -90],
        [180, 90],
      ],
    }),
    { intersects: 'triangle', contains: '' },
  ],
  [
    'clockwise world',
    shape({
      type: 'Polygon',
      coordinates: [
        [
          [-180, -90],
          [-180, 90],
          [180, 90],
          [180, -90],
          [-180, -90],
        ],
      ],
    }),
    {
      intersects: EVERYWHERE,
      contains: EVERYWHERE,
      disjoint: '',
    },
  ],
  [
    'points',
    shape({
      type: 'MultiPoint',
      coordinates: [
        [30, 0],
        [3, 45],
        [40, 0],
      ],
    }),
    {
      intersects: 'point, box, two points',
      contains: 'point, two points',
    },
  ],
  [
    'lines',
    shape({
      type: 'MultiLineString',
      coordinates: [
        [
          [-5, 50],
          [5, 50],
        ],
        [
          [0, -1],
          [0, 1],
        ],
      ],
    }),
    { intersects: 'line', contains: 'line' },
  ],
  [
    'polygons',
    shape({
      type: 'MultiPolygon',
      coordinates: [boxShape(2, 44, 4, 46).coordinates, boxShape(29, -1, 31, 1).coordinates] as never,
    }),
    {
      intersects: 'point, box, two points',
      contains: 'point, box',
      disjoint: 'lambert, triangle, line, pacific, fiji, near null',
    },
  ],
  [
    'polygon with a hole',
    shape({
      type: 'Polygon',
      coordinates: [
        [
          [0, 40],
          [6, 40],
          [6, 48],
          [0, 48],
          [0, 40],
        ],
        [
          [2.5, 44.5],
          [2.5, 45.5],
          [3.5, 45.5],
          [3.5, 44.5],
          [2.5, 44.5],
        ],
      ],
    }),
    {
      intersects: 'lambert, box',
      contains: 'lambert',
    },
  ],
  [
    'ring that crosses itself',
    shape({
      type: 'Polygon',
      coordinates: [
        [
          [2, 44],
          [4, 46],
          [4, 44],
          [2, 46],
          [2, 44],
        ],
      ],
    }),
    {
      intersects: 'point, box',
      contains: 'point',
    },
  ],
  [
    'ring without area',
    shape({
      type: 'Polygon',
      coordinates: [
        [
          [3, 45],
          [3, 45],
          [3, 45],
          [3, 45],
        ],
      ],
    }),
    { intersects: 'point, box', contains: 'point' },
  ],
  ['circle of 90 m', circle(0, 0, 90), { intersects: 'near null', contains: 'near null' }],
  ['circle of 70 m', circle(0, 0, 70), { intersects: '', contains: '', disjoint: EVERYWHERE }],
  ['circle of no radius', circle(3, 45, 0), { intersects: 'point, box', contains: 'point' }],
  ['circle in a box', circle(3, 45, 1000), { intersects: 'point, box', contains: 'point' }],
  ['circle just short of a southern edge', circle(3, 43, 111_000), { intersects: '' }],
  ['circle that reaches the southern edge', circle(3, 43, 111_200), { intersects: 'box', contains: '' }],
  ['circle on the antimeridian', circle(180, 0, 600_000), { intersects: 'pacific', contains: '' }],
  ['circle beyond the antimeridian', circle(-179.9, -17, 100_000), { intersects: 'fiji', contains: 'fiji' }],
  [
    'circle around records',
    circle(3, 45, 300_000),
    {
      intersects: 'point, lambert, box',
      contains: 'point, lambert, box',
      disjoint: 'triangle, line, two points, pacific, fiji, near null',
    },
  ],
  ['circle around a pole', circle(0, 90, 4_500_000), { intersects: 'line', contains: 'line' }],
  ['circle around the Earth', circle(10, 50, 20_040_000), { intersects: EVERYWHERE }],
];

for (const [title, area, relations] of AREAS) {
  for (const [relation, labels] of Object.entries(relations) as [SpatialRelation, string][])
    test(`space: ${title}, ${relation}`, () => finds({ areas: [{ area, relation }] }, ['place'], labels.split(', ')));
}

test('space: two areas hold together', () =>
  finds(
    {
      areas: [
        { area: box(0, 40, 10, 48), relation: 'intersects' },
        { area: circle(3, 46.5, 50_000), relation: 'disjoint' },
      ],
    },
    ['place'],
    ['point', 'box'],
  ));

const WORDS: readonly [string, string][] = [
  ['lava', 'lava, coulée, flow lava'],
  ['LAVES', 'lava, coulée, flow lava'],
  ['"lava flow"', 'lava'],
  ['« lava flow »', 'lava'],
  ['"flow lava"', ''],
  ['lava -doppler', 'lava, coulée'],
  ['lava -"lava flow"', 'coulée, flow lava'],
  ['eruption', 'coulée'],
  ['ÉRUPTIONS coulee', 'coulée'],
  ['measuring observation', 'measures'],
  ['the lava of a flow', 'lava, flow lava'],
  ['piton', 'lava, coulée'],
  ['-lava', 'measures, secret'],
  ['zircon', 'secret'],
  ['unheard', ''],
  ['the', 'lava'],
  ['on me', ''],
  ['*', ''],
  ['   ', ''],
  ['lava\0', 'lava, coulée, flow lava'],
];
for (const [words, labels] of WORDS)
  test(`words: ${JSON.stringify(words)}`, () => finds({ words }, ['text'], labels.split(', ')));

test('words are not looked for in records that the viewer does not see: suggestions', async () => {
  const { anonymous, internal } = VIEWERS;
  assert.deepEqual(await catalogue.suggest('zirc', anonymous, null), []);
  assert.deepEqual(await catalogue.suggest('zirc', internal, null), [{ text: 'zircon', count: 1 }]);
  // Its stem stands in public records too, the word itself does not.
  assert.deepEqual(await catalogue.suggest('measuri', anonymous, null), []);
  assert.deepEqual(await catalogue.suggest('measuri', internal, null), [{ text: 'measurings', count: 3 }]);
  assert.deepEqual(await catalogue.suggest('Piton eru', anonymous, null), [{ text: 'Piton éruption', count: 1 }]);
  assert.deepEqual(await catalogue.suggest('meas', anonymous, 'text'), [{ text: 'measured', count: 1 }]);
  assert.deepEqual(await catalogue.suggest('meas', anonymous, 'place'), []);
});

test('one record by identifier and by number', async () => {
  for (const [name, viewer] of Object.entries(VIEWERS)) {
    for (const row of rows) {
      const seen = sees(viewer, row.service, row.authorization_ ?? 0) ? row.identifier : undefined;
      const byIdentifier = await catalogue.get({ identifier: row.identifier! }, viewer);
      const byNumber = await catalogue.get({ service: row.service, id: row.id! }, viewer);
      assert.deepEqual([byIdentifier?.identifier, byNumber?.identifier], [seen, seen], name);
    }
  }
  for (const identifier of ['', 'nothing', 'event/day\0', '\ud800'])
    assert.equal(await catalogue.get({ identifier }, VIEWERS.internal), null);
  for (const id of [-1, 0.5, 1e10, Number.NaN])
    assert.equal(await catalogue.get({ service: 'event', id }, VIEWERS.internal), null);
});

test.run();
