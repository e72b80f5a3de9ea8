// Bad requests, drawn by the thousand: each is answered with 400 or 414 and the name of what is wrong, in every dialect; none reaches the
// database as a failing statement, and afterwards the catalogue is what it was. The embedded database gets five thousand of them.
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EVERYTHING } from '../../../src/model/query.ts';
import { ANONYMOUS } from '../../../src/model/viewer.ts';
import { testApp } from '../../fixtures/app.ts';

const RUNS = process.env.VOBS_TEST_EMBEDDED === '1' ? 5000 : 1000;
const encode = encodeURIComponent;

/** Not what a box, a number, a date, a geometry … is; already percent-encoded. */
const BAD = {
  box: fc.oneof(
    fc.constantFrom(
      '1,2,3',
      '1,2,3,4,5',
      'a,b,c,d',
      '200,0,210,1',
      '0,95,1,96',
      '0,10,1,5',
      'NaN,0,1,1',
      '1e999,0,1,1',
      '0x1,0,1,1',
      '1;2;3;4',
      '--1,0,1,1',
      "0,0,1,1'",
      '0,0,1,1)--',
    ),
    fc.array(fc.integer({ min: 181, max: 99_999 }), { minLength: 4, maxLength: 4 }).map((list) => list.join(',')),
  ),
  number: fc.oneof(
    fc.constantFrom('-1', '1.5', 'x', '1e3', '0x10', '99999999999999999999', '٣', '1 OR 1=1', "1'", '+-1'),
    fc.stringMatching(/^[a-z]{1,20}$/),
  ),
  date: fc.oneof(
    fc.constantFrom(
      '2015-02-30',
      '2015-13-01',
      'yesterday',
      '2015-01-01T25:00:00Z',
      '20150101',
      '01/01/2015',
      '2015-01-01T00:00:00+99:00',
      '2015-1-1',
      "2015-01-01'",
      '0000-00-00',
      '99999-01-01',
    ),
    fc.stringMatching(/^[a-z ]{3,12}$/).filter((text) => text.trim().length > 2),
  ),
  wkt: fc.oneof(
    fc.constantFrom(
      'POINT(1 2)junk',
      'POINT EMPTY',
      'POLYGON((0 0,1 1))',
      'POLYGON((0 0,1 0,1 1,0 2))',
      'CIRCLE(0 0,1)',
      'POINT(1)',
      'POINT(NaN 1)',
      'LINESTRING(0 0)',
      'POINT(500 2)',
      'POLYGON((0 0',
      "POINT(1 2)'",
    ),
    fc
      .array(fc.constantFrom('(', ')', ',', '1', 'POINT', 'POLYGON', ' '), { minLength: 2, maxLength: 40 })
      .map((list) => `POINT${list.join('')}x`),
  ),
  word: fc.stringMatching(/^[a-z]{12,30}$/),
} as const;

/** Percent-encodings that are no text at all, whatever the parameter. */
const BROKEN = fc.constantFrom('%00', 'a%00b', '%E0%A4%A', '%FF%FE', '%C0%AF', '%ZZ', '%', '%ED%A0%80');

type Kind = keyof typeof BAD;
const DOORS: readonly (readonly [address: string, parameters: readonly (readonly [name: string, kind: Kind])[]])[] = [
  [
    '/vobs/opensearch/search.atom',
    [
      ['box', 'box'],
      ['count', 'number'],
      ['startIndex', 'number'],
      ['start', 'date'],
      ['end', 'date'],
      ['geometry', 'wkt'],
      ['georel', 'word'],
      ['timerel', 'word'],
    ],
  ],
  [
    '/vobs/opensearch/dynvolc/search.geojson',
    [
      ['box', 'box'],
      ['startPage', 'number'],
      ['geometry', 'wkt'],
      ['start', 'date'],
    ],
  ],
  [
    '/vobs/rest2/req.php/dynvolc',
    [
      ['timestart', 'date'],
      ['timeend', 'date'],
      ['elevation_min', 'word'],
      ['eruptive_style', 'word'],
    ],
  ],
  [
    '/rest2/req.php/oi2',
    [
      ['start_date', 'date'],
      ['mas_orb_min', 'word'],
      ['track', 'word'],
      ['mode', 'word'],
    ],
  ],
];

const badRequest = fc
  .constantFrom(...DOORS)
  .chain(([address, parameters]) =>
    fc
      .constantFrom(...parameters)
      .chain(([name, kind]) =>
        fc.oneof(
          { weight: 8, arbitrary: BAD[kind].map((value) => ({ address, name, query: `${name}=${encode(value)}` })) },
          { weight: 2, arbitrary: BROKEN.map((value) => ({ address, name, query: `${name}=${value}` })) },
          { weight: 1, arbitrary: fc.constant({ address, name, query: `${name}=${'9'.repeat(100_000)}` }) },
        ),
      ),
  );

interface Answer {
  readonly status: number;
  readonly body: string;
}

function get(port: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, path, host: '127.0.0.1' }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (part) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const badRequests = suite('bad requests');

badRequests(`${RUNS} of them: 400 or 414 with the name of what is wrong, and an unchanged catalogue`, async () => {
  const { server, catalogue } = await testApp();
  const { port } = server.address() as AddressInfo;
  const count = { ...EVERYTHING, limit: 0 };
  const before = [(await catalogue.search(count, ANONYMOUS)).total, await catalogue.revision()];
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(badRequest, async ({ address, name, query }) => {
      const { status, body } = await get(port, `${address}?${query}`);
      seen.set(status, (seen.get(status) ?? 0) + 1);
      const shown = `${address}?${query.slice(0, 80)} → ${status} ${body.slice(0, 300)}`;
      assert.ok(status === 400 || status === 414, shown);
      if (status === 400) assert.ok(body.includes(name), shown);
      assert.not.match(body, /\bSELECT\b|node_modules|\.ts:\d/, shown);
    }),
    { numRuns: RUNS, seed: 7, endOnFailure: true },
  );
  assert.equal([(await catalogue.search(count, ANONYMOUS)).total, await catalogue.revision()], before);
  process.stdout.write(`${[...seen].map(([status, times]) => `${times} × ${status}`).join(', ')} `);
});

badRequests.run();
