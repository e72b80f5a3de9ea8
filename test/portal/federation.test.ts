// The page that tells each partner which address to use: complete in both languages, and each example on it answers as it says.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { TEST_BASE, type TestApp, testApp } from '../fixtures/app.ts';

let app!: TestApp;
const page = suite('addresses for partners');
page.before(async () => {
  app = await testApp();
});

const HTML = { Accept: 'text/html' };
const get = (path: string) => supertest(app.server).get(path).set(HTML);

interface Example {
  readonly label: string;
  readonly href: string;
  readonly type: string;
}

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .trim();

/** Sections of partners by their heading. */
function sections(html: string): ReadonlyMap<string, readonly Example[]> {
  const found = new Map<string, readonly Example[]>();
  for (const [, name = '', body = ''] of html.matchAll(
    /<section class="partner"[^>]*><h3[^>]*>(.*?)<\/h3>(.*?)<\/section>/gs,
  )) {
    const examples = [...body.matchAll(/<dt>(.*?)<\/dt><dd><a ([^>]*)>/gs)].map(([, label = '', attributes = '']) => ({
      label: plain(label),
      href: plain(/href="([^"]*)"/.exec(attributes)?.[1] ?? ''),
      type: /type="([^"]*)"/.exec(attributes)?.[1] ?? '',
    }));
    found.set(plain(name), examples);
  }
  return found;
}

page('every partner has its section, with examples', async () => {
  const { status, text } = await get('/vobs/federation?lang=en');
  assert.is(status, 200);
  const found = sections(text);
  assert.equal([...found.keys()], ['ForM@Ter', 'EPOS', 'AERIS', 'ACTRIS, EBAS', 'Theia | OZCAR', 'DataCite, OpenAIRE']);
  for (const [name, examples] of found) assert.ok(examples.length >= 2, name);
  assert.ok([...found.values()].flat().length >= 20);
});

page('each example answers as it stands, in the type that it says, with something in it', async () => {
  const { text } = await get('/vobs/federation?lang=en');
  for (const [name, examples] of sections(text)) {
    for (const { href, type, label } of examples) {
      assert.ok(href.startsWith(`${TEST_BASE}/`), href);
      const path = href.slice(TEST_BASE.length - '/vobs'.length);
      const first = await supertest(app.server).get(path).redirects(0).buffer(true);
      const location = first.headers.location ?? '';
      // Data may lie with another host.
      if (label === 'Its data' && /^30[237]$/.test(String(first.status)) && !location.startsWith(TEST_BASE)) continue;
      const follow = location.startsWith(TEST_BASE) ? location.slice(TEST_BASE.length - '/vobs'.length) : null;
      const answer = follow === null ? first : await supertest(app.server).get(follow).buffer(true);
      assert.is(answer.status, 200, `${name}, ${label}: ${href} ${answer.text}`);
      const given = String(answer.headers['content-type']).split(';')[0];
      // Data have the type that the record says; a record's own formats are vendor types of JSON and XML.
      if (type !== 'application/octet-stream' && !href.includes('?f=')) assert.is(given, type, href);
      const size = answer.text?.length ?? (answer.body as Buffer).length ?? 0;
      assert.ok(size > 2, href);
    }
  }
});

page('French says the same in French, with the same addresses', async () => {
  const english = sections((await get('/vobs/federation?lang=en')).text);
  const french = sections((await get('/vobs/federation?lang=fr')).text);
  const addresses = (found: ReturnType<typeof sections>) => [...found.values()].flat().map(({ href }) => href);
  assert.equal(addresses(french), addresses(english));
  const labels = (found: ReturnType<typeof sections>) => [...found.values()].flat().map(({ label }) => label);
  const same = labels(english).filter((label, n) => label === labels(french)[n]);
  assert.equal(same, []);
});

page('every door has a name for people in both languages', async () => {
  for (const language of ['en', 'fr']) {
    const { text } = await get(`/vobs/federation?lang=${language}`);
    const titles = [...text.matchAll(/<section class="door" aria-labelledby="door-([^"]+)"><h3[^>]*>(.*?)<\/h3>(.)/gs)];
    assert.ok(titles.length > 8);
    for (const [, name, title, next] of titles)
      assert.ok(plain(title ?? '') !== name && next === '<', `${language} ${name} ${title}`);
  }
});

page.run();
