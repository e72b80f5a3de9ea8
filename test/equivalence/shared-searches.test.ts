// One search, many dialects: two hundred random searches have the same total, the same identifiers and the same order through each of them;
// and a fault of one record planted in any of them is noticed.
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testApp } from '../fixtures/app.ts';
import { onEmbedded } from '../fixtures/database.ts';
import { type Ask, DIALECTS, type Dialect, type Question, type Reading, type Sent } from './dialects.ts';

const SEARCHES = onEmbedded() ? 60 : 200;
const PAGES = 3;
const WORDS = [
  'lava',
  'volcano',
  'radar',
  'cloud',
  'sample',
  'Etna',
  'météo',
  'ash',
  'réunion',
  'water',
  'Piton',
  'data',
  'eruption',
  'puy',
];
const SERVICES = ['voldorad', 'dynvolc', 'oi2', 'gazvolc', 'auverwatch', 'copdd', 'sismo', 'airborne', 'hotvolc'];

const box = fc
  .record({
    west: fc.integer({ min: -180, max: 170 }),
    width: fc.integer({ min: 1, max: 200 }),
    south: fc.integer({ min: -80, max: 80 }),
    height: fc.integer({ min: 1, max: 100 }),
  })
  .map(({ west, width, south, height }): readonly [number, number, number, number] => {
    const east = west + width > 180 ? west + width - 360 : west + width;
    return [west, south, east >= west && west + width > 180 ? 180 : east, Math.min(90, south + height)];
  });
const time = fc
  .record({
    year: fc.integer({ min: 1990, max: 2024 }),
    month: fc.integer({ min: 1, max: 12 }),
    years: fc.integer({ min: 0, max: 10 }),
  })
  .map(({ year, month, years }): readonly [string, string] => [
    `${year}-${String(month).padStart(2, '0')}-01T00:00:00Z`,
    `${year + years}-${String(month).padStart(2, '0')}-28T12:30:00Z`,
  ]);
const sometimes = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null, freq: 1 });
const question: fc.Arbitrary<Question> = fc.record({
  words: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.subarray(WORDS, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.subarray(WORDS, { minLength: 2, maxLength: 2 }) },
  ),
  box: sometimes(box),
  time: sometimes(time),
  service: sometimes(fc.constantFrom(...SERVICES)),
  order: fc.constantFrom('newest', 'newest', 'title', 'title descending'),
  pageSize: fc.integer({ min: 1, max: 12 }),
});

let server: Server;
const test = suite('one search through every dialect');
test.before(async () => {
  ({ server } = await testApp());
});

const ask: Ask = ({ path, body, type }) =>
  new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) };
    const { port } = server.address() as AddressInfo;
    const outgoing = request(
      { host: '127.0.0.1', port, path, method: body === undefined ? 'GET' : 'POST', headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => {
          if (response.statusCode === 200) resolve(text);
          else reject(new Error(`${response.statusCode} ${path} ${body ?? ''}\n${text.slice(0, 600)}`));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });

interface Disagreement {
  readonly dialect: string;
  readonly question: Question;
  readonly first: Reading;
  readonly other: Reading;
}

/** Asks the question through every dialect and compares each with the first one. */
async function compare(
  asked: Question,
  asking: (dialect: Dialect) => Ask,
): Promise<{ readonly first: Reading; readonly disagreements: readonly Disagreement[] }> {
  const readings: Reading[] = [];
  for (const dialect of DIALECTS) readings.push(await dialect.read(asked, PAGES, asking(dialect)));
  const [first = { total: -1, ids: [] }] = readings;
  const disagreements = DIALECTS.flatMap(({ name }, n) => {
    const other = readings[n] as Reading;
    const same = other.total === first.total && other.ids.join('\n') === first.ids.join('\n');
    return same ? [] : [{ dialect: name, question: asked, first, other }];
  });
  return { first, disagreements };
}

test(`${SEARCHES} random searches: same totals, identifiers and order`, async () => {
  let found = 0;
  let records = 0;
  let empty = 0;
  for (const asked of fc.sample(question, { numRuns: SEARCHES, seed: 20_250_601 })) {
    const { first, disagreements } = await compare(asked, () => ask);
    assert.equal(disagreements, [], JSON.stringify(disagreements, null, 1));
    assert.is(first.ids.length, Math.min(first.total, PAGES * asked.pageSize), JSON.stringify(asked));
    assert.is(new Set(first.ids).size, first.ids.length);
    found += first.total;
    records += first.ids.length;
    if (first.total === 0) empty++;
  }
  process.stdout.write(`${found} found, ${records} compared, ${empty} searches found nothing `);
  assert.ok(empty < SEARCHES / 2, `${empty} searches found nothing`);
  assert.ok(records > 2 * SEARCHES, `${records} records compared`);
});

/** Each dialect's way to lose or to gain one record. */
const FAULTS: readonly { readonly dialect: string; readonly what: string; readonly spoil: (ask: Ask) => Ask }[] = [
  ...DIALECTS.map(({ name }) => ({
    dialect: name,
    what: 'a total of one too many',
    spoil:
      (honest: Ask): Ask =>
      async (sent) =>
        (await honest(sent)).replace(
          /(totalResults>|"totalResults":|numberOfRecordsMatched="|"numberMatched":)(\d+)/,
          (_, before: string, total: string) => `${before}${Number(total) + 1}`,
        ),
  })),
  ...['CSW 2.0.2, XML', 'CSW 3.0, pairs'].map((dialect) => ({
    dialect,
    what: 'a next page that begins one too late',
    spoil: (honest: Ask): Ask => {
      const later = (text: string) =>
        text.replace(
          /(startPosition=(?:")?)(\d+)/,
          (_, before: string, n: string) => `${before}${n === '1' ? 1 : Number(n) + 1}`,
        );
      return (sent: Sent) =>
        honest({ ...sent, path: later(sent.path), ...(sent.body === undefined ? {} : { body: later(sent.body) }) });
    },
  })),
  {
    dialect: 'OpenSearch, GeoJSON by startIndex',
    what: 'places counted from 0',
    spoil: (honest) => (sent) =>
      honest({
        ...sent,
        path: sent.path.replace(/startIndex=(\d+)/, (_, n: string) => `startIndex=${Number(n) - 1 || 1}`),
      }),
  },
  {
    dialect: 'OGC API Records',
    what: 'a page that lacks its last record',
    spoil: (honest) => async (sent) => {
      const page = JSON.parse(await honest(sent)) as { features: unknown[] };
      return JSON.stringify({ ...page, features: page.features.slice(0, -1) });
    },
  },
  {
    dialect: 'STAC API',
    what: 'two records in the wrong order',
    spoil: (honest) => async (sent) => {
      const page = JSON.parse(await honest(sent)) as { features: unknown[] };
      const [a, b, ...rest] = page.features;
      return JSON.stringify({ ...page, features: b === undefined ? page.features : [b, a, ...rest] });
    },
  },
];

for (const { dialect, what, spoil } of FAULTS) {
  test(`${dialect}: ${what} is noticed`, async () => {
    let noticed: Disagreement | undefined;
    for (const asked of fc.sample(question, { numRuns: 25, seed: 4 })) {
      const { disagreements } = await compare(asked, ({ name }) => (name === dialect ? spoil(ask) : ask));
      noticed = disagreements.find((each) => each.dialect === dialect || dialect === DIALECTS[0]?.name);
      if (noticed !== undefined) break;
    }
    assert.ok(noticed, 'nobody noticed');
  });
}

test.run();
