// Whatever is asked: an answer below 500, in time, as problem+json where it is wrong, and nothing of the inside in it.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { get, items, json } from './client.ts';

const test = suite('OGC API Records: hostile requests');

const PIECES = ['1', '-', ',', '.', '45', '180', '(', ')', 'POINT', 'POLYGON((0 0,0 1,1 1,0 0))', 'NaN', '2024-05-01', 'T10:00', 'Z', '/', '..', '[', ']', '{', '}', '"', "'", ';--', '%', 'é', '🌋', '\u0000', '\ud800', '\u202e', 'etna', '|', '&', '\\', '*', ':', '<', 'title', ' = ', ' AND ', 'NOT ', 'LIKE ', "'%'", 'CASEI(', 'DATE(', 'INTERVAL(', '{"op":', '"args":[', ']}']; // biome-ignore format: one list
const NAMES = ['q', 'bbox', 'bbox-crs', 'datetime', 'limit', 'offset', 'cursor', 'type', 'ids', 'externalIds', 'sortby', 'filter', 'filter-lang', 'filter-crs', 'title', 'elevation', 'updated', 'keywords', 'f', 'lang', 'nosuch']; // biome-ignore format: one list

/** A fixed series of numbers from 0 to 1, so that a failure comes again. */
function series(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const well = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

test('three hundred random queries', async () => {
  const next = series(11);
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? '';
  for (let i = 0; i < 300; i++) {
    const query = Array.from({ length: 1 + Math.floor(next() * 3) }, () => {
      const value = Array.from({ length: Math.floor(next() * 6) }, () => pick(PIECES)).join('');
      return `${pick(NAMES)}=${next() < 0.1 ? value.replace(/[^\x21-\x7e]|#/g, '') : well(value)}`;
    }).join('&');
    const address = `/collections/${i % 2 === 0 ? 'records' : 'dynvolc'}/items?limit=1&${query}`;
    const answer = await get(address);
    assert.ok(answer.status < 500, `${answer.status} ${address}`);
    if (answer.status === 200) continue;
    const type = answer.headers['content-type'] ?? '';
    assert.ok(type.startsWith('application/problem+json') || type.startsWith('text/html'), address);
    assert.not.match(answer.text, /SELECT |node_modules|\bat \w+ \(|metadata_search/);
  }
});

test('filters that are deep, long or wide end at once', async () => {
  const hostile: readonly (readonly [language: string, filter: string])[] = [
    ['cql2-text', `${'('.repeat(5000)}true${')'.repeat(5000)}`],
    ['cql2-text', `${'NOT '.repeat(3000)}true`],
    ['cql2-text', Array.from({ length: 2000 }, (_, i) => `id = '${i}'`).join(' OR ')],
    ['cql2-text', `title LIKE '${'%a'.repeat(4000)}%b'`],
    ['cql2-text', `S_INTERSECTS(geometry, POLYGON((${'1 1,'.repeat(3000)}1 1)))`],
    ['cql2-text', `id IN (${Array.from({ length: 1500 }, (_, i) => `'${i}'`).join()})`],
    ['cql2-json', `${'{"op":"not","args":['.repeat(800)}true${']}'.repeat(800)}`],
    ['cql2-json', `${'['.repeat(5000)}${']'.repeat(5000)}`],
    ['cql2-json', '{"op":"__proto__","args":[{"property":"constructor"}]}'],
  ];
  for (const [language, filter] of hostile) {
    const started = performance.now();
    const answer = await get(
      `/collections/records/items?limit=1&filter-lang=${language}&filter=${encodeURIComponent(filter)}`,
    );
    assert.ok([200, 400, 414].includes(answer.status), `${answer.status} ${filter.slice(0, 40)}`);
    assert.ok(
      performance.now() - started < 2000,
      `${Math.round(performance.now() - started)} ms ${filter.slice(0, 40)}`,
    );
  }
});

test('paths: identifiers and collections of every dress are absent, not broken', async () => {
  const names = [
    '..',
    '%2e%2e',
    '__proto__',
    'constructor',
    '%00',
    "'",
    '%ff',
    '%F0%9F%8C%8B',
    'a%2Fb',
    ' '.repeat(3),
    'x'.repeat(3000),
    '%',
    '*',
    'records%20',
  ];
  for (const name of names) {
    for (const path of [
      `/collections/${name}`,
      `/collections/${name}/items`,
      `/collections/records/items/${name}`,
      `/collections/${name}/queryables`,
    ]) {
      const { status } = await get(path.replaceAll(' ', '%20'));
      // `..` leads to a path of ours that may well answer.
      assert.ok(
        status === 404 || status === 400 || (name.includes('.') && status < 400) || (name === '%2e%2e' && status < 500),
        `${status} ${path.slice(0, 60)}`,
      );
    }
  }
});

test('a place of another order, of another catalogue, or made up, is refused', async () => {
  const { links } = await items('limit=1');
  const next = links.find(({ rel }) => rel === 'next')?.href ?? '';
  const cursor = new URL(next).searchParams.get('cursor') ?? '';
  assert.is((await get(`/collections/records/items?limit=1&cursor=${cursor}`)).status, 200);
  for (const wrong of [
    `cursor=${cursor}&sortby=title`,
    `cursor=${cursor.slice(0, -4)}`,
    'cursor=',
    'cursor=abc',
    `cursor=${Buffer.from('["x",1,null]').toString('base64url')}`,
  ]) {
    const answer = await get(`/collections/records/items?limit=1&${wrong}`);
    assert.is(answer.status, 400, wrong);
    assert.is(json<{ errors: { parameter: string }[] }>(answer).errors[0]?.parameter, 'cursor');
  }
});

test.run();
