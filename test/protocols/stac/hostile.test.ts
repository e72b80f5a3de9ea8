// Input that means harm: it is refused quickly in the dialect's own words, and the server goes on.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { demoApp } from '../../fixtures/demo-app.ts';
import { get, post, searchPath } from './client.ts';

const test = suite('STAC and hostile input');
test.before(async () => {
  await demoApp();
});

const deep = (levels: number): string =>
  `${'{"op":"not","args":['.repeat(levels)}{"op":"=","args":[1,1]}${']}'.repeat(levels)}`;
const ring = Array.from({ length: 20_001 }, (_, i) => [i / 1000 - 10, i % 2]);

const BODIES: readonly (readonly [name: string, body: string, status: number])[] = [
  ['no JSON', '{', 400],
  ['a list', '[]', 400],
  ['a text', '"x"', 400],
  ['nothing', '', 400],
  ['wrong bytes', '\ufffd{', 400],
  ['10 000 levels', `{"filter":${deep(10_000)}}`, 400],
  ['10 000 lists', `{"intersects":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, 400],
  ['too many positions', JSON.stringify({ intersects: { type: 'LineString', coordinates: ring } }), 400],
  ['too long', JSON.stringify({ q: ['x'.repeat(1_100_000)] }), 413],
  ['too many ids', JSON.stringify({ ids: Array.from({ length: 501 }, (_, i) => `oi2-${i}`) }), 400],
  [
    'too many conditions',
    JSON.stringify({ query: Object.fromEntries([['gsd', { in: Array.from({ length: 1001 }, (_, i) => i) }]]) }),
    400,
  ],
  ['not on Earth', JSON.stringify({ intersects: { type: 'Point', coordinates: [1e9, 1e9] } }), 400],
  [
    'an open ring',
    JSON.stringify({
      intersects: {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [2, 2],
          ],
        ],
      },
    }),
    400,
  ],
  ['a prototype', '{"__proto__":{"limit":1}}', 400],
  ['a NUL', JSON.stringify({ ids: ['oi2-1\u0000'] }), 200],
  ['wildcards', JSON.stringify({ query: { title: { contains: '%_'.repeat(200) } } }), 200],
  ['a wrong type', JSON.stringify({ datetime: 3, limit: '1', ids: 'oi2-1', collections: [1], token: {} }), 400],
];

for (const [name, body, status] of BODIES) {
  test(`POST: ${name}`, async () => {
    const started = Date.now();
    const answer = await post('/stac/search', body);
    assert.is(answer.status, status, answer.text.slice(0, 300));
    if (status !== 200) assert.match(answer.type, /^application\/problem\+json/);
    assert.not.match(answer.text, /\n\s+at |node_modules|SELECT /);
    assert.ok(Date.now() - started < 1000);
  });
}

test('GET: broken encodings, quotes, long values', async () => {
  for (const query of [
    'bbox=%zz',
    'ids=%00',
    'q=%ff',
    'datetime=%E0%A4%A',
    'sortby=%27;--',
    'token=%27',
    'filter=%27',
    'limit=1e9',
    'limit=1&limit=2',
  ])
    assert.is((await get(`/stac/search?${query}`)).status, 400, query);
  const injected = await get(searchPath({ ids: "oi2-1'; DROP TABLE metadata; --", collections: "oi2' OR 1=1" }));
  assert.equal([injected.status, injected.json.numberMatched], [200, 0]);
  assert.is((await get(searchPath({ filter: `title LIKE '${'%a'.repeat(200)}'` }))).status, 400);
  assert.is((await get(searchPath({ intersects: '{"type":"Point"' }))).status, 400);
});

test('bodies of another kind are refused', async () => {
  assert.is((await post('/stac/search', '{}', { 'Content-Type': 'text/plain' })).status, 415);
  assert.is((await post('/stac/search', '{}', { 'Content-Encoding': 'gzip' })).status, 415);
  assert.is((await post('/stac/search', '{}', { 'Content-Type': 'application/json; charset=utf-8' })).status, 200);
  assert.is((await post('/stac/search?zzz=1', '{}')).status, 400);
});

test.run();
