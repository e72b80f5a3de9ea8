// Pages: links, numbers, tokens. A harvester that follows `next` sees every record once, also when records are added on the way.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ConformanceApp, conformanceApp } from '../../fixtures/conformance-app.ts';
import { type Reader, readXml } from './read-xml.ts';

const test = suite('OpenSearch pages');
let app: ConformanceApp;
test.before(async () => {
  app = await conformanceApp();
});

const PATH = '/opensearch/conformance/search.atom';
async function page(address: string): Promise<Reader> {
  const response = await supertest(app.server).get(address.replace(/^https?:\/\/[^/]+/, ''));
  assert.is(response.status, 200, response.text);
  return readXml(response.text);
}
const link = (doc: Reader, rel: string): string | undefined => doc.all(`/atom:feed/atom:link[@rel='${rel}']/@href`)[0];
const ids = (doc: Reader): readonly string[] => doc.all('//atom:entry/dc:identifier');
const pageLinks = (doc: Reader): readonly string[] =>
  doc.all('/atom:feed/atom:link/@rel').filter((rel) => !['search', 'alternate'].includes(rel));

test('first, middle and last page have the links that lead somewhere', async () => {
  const first = await page(`${PATH}?count=4`);
  assert.equal(pageLinks(first), ['self', 'first', 'next', 'last']);
  const middle = await page(`${PATH}?count=4&startIndex=5`);
  assert.equal(pageLinks(middle), ['self', 'first', 'previous', 'next', 'last']);
  const last = await page(link(middle, 'last') ?? '');
  assert.equal(pageLinks(last), ['self', 'first', 'previous', 'last']);
  assert.is(last.one('//os:startIndex'), '9');
  assert.is(ids(last).length, 1);
  assert.equal(ids(await page(link(last, 'previous') ?? '')), ids(middle));
  assert.equal(ids(await page(link(last, 'first') ?? '')), ids(first));
  assert.equal(ids(await page(link(first, 'self') ?? '')), ids(first));
});

test('an empty answer and a bare count have only themselves', async () => {
  assert.equal(pageLinks(await page(`${PATH}?q=zzzzz`)), ['self']);
  const count = await page(`${PATH}?count=0`);
  assert.equal(pageLinks(count), ['self']);
  assert.is(count.one('//os:totalResults'), '9');
  assert.is(count.one('//os:itemsPerPage'), '0');
  assert.equal(ids(count), []);
});

test('startPage counts pages, startIndex wins over it, and only the used one is echoed', async () => {
  const second = await page(`${PATH}?count=4&startPage=2`);
  assert.is(second.one('//os:startIndex'), '5');
  assert.is(second.one('//os:Query/@startPage'), '2');
  assert.match(link(second, 'next') ?? '', /startPage=3/);
  const both = await page(`${PATH}?count=4&startPage=3&startIndex=5`);
  assert.equal(ids(both), ids(second));
  assert.equal(both.all('//os:Query/@startPage'), []);
  assert.is(both.one('//os:Query/@startIndex'), '5');
});

test('count=4&startIndex=3 says so, more than the maximum is cut', async () => {
  const doc = await page(`${PATH}?count=4&startIndex=3`);
  assert.is(doc.one('//os:itemsPerPage'), '4');
  assert.is(doc.one('//os:startIndex'), '3');
  assert.is((await page(`${PATH}?count=100000`)).one('//os:itemsPerPage'), '500');
});

test('following next finds every record once, in every order, though a record is added meanwhile', async () => {
  for (const order of ['', '&sortKeys=title,,1', '&sortKeys=elevation,,0', '&sortKeys=end,time,1+title,,1']) {
    const all = ids(await page(`${PATH}?count=500${order}`));
    const seen: string[] = [];
    let address: string | undefined = `${PATH}?count=2${order}`;
    let pages = 0;
    while (address !== undefined) {
      const doc: Reader = await page(address);
      assert.is(doc.one('//os:startIndex'), String(2 * pages + 1));
      seen.push(...ids(doc));
      address = link(doc, 'next');
      pages += 1;
      if (pages === 1) await app.writer.write([{ service: 'conformance', id: 60, name: 'Added meanwhile' }]);
    }
    await app.writer.withdraw([{ service: 'conformance', id: 60 }]);
    assert.equal(
      seen.filter((id) => !id.endsWith(':60')),
      all,
      order,
    );
  }
});

test('a token of another order, a broken one, and one with a wrong value are refused by name', async () => {
  const next = new URL(link(await page(`${PATH}?count=2`), 'next') ?? '').searchParams.get('after') ?? '';
  const forged = (JSON.parse(Buffer.from(next, 'base64url').toString()) as unknown[]).with(2, "2024-99-99'; --");
  for (const [query, token] of [
    ['sortKeys=title,,1', next],
    ['', 'zzz'],
    ['', Buffer.from(JSON.stringify(forged)).toString('base64url')],
    ['', '%00'],
  ] as const) {
    const response = await supertest(app.server).get(`${PATH}?${query}&after=${token}`);
    assert.is(response.status, 400, token);
    assert.match(response.text, /locator="after"/);
  }
});

test('the Link header tells the pages and the description', async () => {
  const response = await supertest(app.server).get(`${PATH}?count=4&startIndex=5`);
  const header = response.headers.link ?? '';
  for (const rel of ['self', 'first', 'prev', 'next', 'last', 'search'])
    assert.match(header, new RegExp(`rel="${rel}"`));
  assert.match(header, /osdd\.xml>; rel="search"; type="application\/opensearchdescription\+xml"/);
});

test.run();
