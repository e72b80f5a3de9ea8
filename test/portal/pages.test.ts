// Every page in both languages: well formed, accessible in its basics, wholly in its language, under a strict policy.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MESSAGES } from '../../src/portal/locales/messages.ts';
import { testMappings } from '../fixtures/database.ts';
import { pageFaults, readHtml } from './html.ts';
import { HOSTILE, portalApp } from './portal-app.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const PAGES: readonly (readonly [path: string, status: number])[] = [
  ['/', 200],
  ['/services', 200],
  ...testMappings().services.map((service) => [`/services/${service.name}`, 200] as const),
  ['/search', 200],
  ['/search?q=lava&service=dynvolc&f.sio2.min=40', 200],
  ['/search?service=voldorad&service=hotvolc&start=2015-01-01&end=2015-12-31&sort=earliest&count=10', 200],
  ['/search?q=nothingwillbefoundhere', 200],
  ['/search?page=4000', 200],
  ['/search?start=yesterday&south=9&place=Atlantis&count=0&after=x&service=nosuch', 400],
  ['/federation', 200],
  ['/records/opgc:dynvolc', 200],
  ['/records/opgc:dynvolc:12', 200],
  ['/records/opgc:airborne:3', 200],
  ['/records/opgc:presse:9001', 200],
  ['/records/opgc:presse:9002', 200],
  ['/records/opgc:nosuch:1', 404],
  ['/services/nosuch', 404],
  ['/no/such/page', 404],
  ['/records/opgc:dynvolc:12?f=docx', 406],
];

const pages = suite('pages of the portal');

async function get(path: string, language: 'en' | 'fr') {
  const { server } = await portalApp();
  return supertest(server).get(path).set('Accept', BROWSER).set('Accept-Language', language);
}

for (const [path, status] of PAGES) {
  for (const language of ['en', 'fr'] as const) {
    pages(`${path} in ${language}`, async () => {
      const answer = await get(path, language);
      if (path.includes('f=docx')) {
        assert.is(answer.status, status);
        assert.match(answer.headers['content-type'] ?? '', 'application/problem+json');
        return;
      }
      assert.is(answer.status, status);
      assert.is(answer.headers['content-type'], 'text/html; charset=utf-8');
      assert.is(answer.headers['content-language'], language);
      assert.match(answer.headers['content-security-policy'] ?? '', "default-src 'none'");
      assert.equal(pageFaults(answer.text), []);
      assert.match(answer.text, `<html lang="${language}">`);
    });
  }
}

/** Texts of a locale that differ from the other one's, long enough to be no accident. */
function foreignWords(language: 'en' | 'fr'): ReadonlySet<string> {
  const own = new Set<string>();
  const other = new Set<string>();
  const walk = (value: unknown, into: Set<string>): void => {
    if (typeof value === 'string') into.add(value);
    else if (value !== null && typeof value === 'object') for (const part of Object.values(value)) walk(part, into);
  };
  walk(MESSAGES[language], own);
  walk(MESSAGES[language === 'en' ? 'fr' : 'en'], other);
  return new Set([...other].filter((text) => !own.has(text) && text.length > 2));
}

function keysOf(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (value !== null && typeof value === 'object') {
    for (const [key, part] of Object.entries(value)) {
      if (/[A-Z]/.test(key)) found.add(key);
      keysOf(part, found);
    }
  }
  return found;
}

for (const language of ['en', 'fr'] as const) {
  pages(`no page in ${language} shows a label of the other language, a key, or a missing value`, async () => {
    const foreign = foreignWords(language);
    const keys = keysOf(MESSAGES.en);
    const wrong: string[] = [];
    for (const [path] of PAGES) {
      const answer = await get(path, language);
      if (!(answer.headers['content-type'] ?? '').startsWith('text/html')) continue;
      for (const { text, language: said, parent } of readHtml(answer.text).texts) {
        if (parent === 'code' || text === HOSTILE) continue;
        if (said === language && foreign.has(text)) wrong.push(`${path}: ${text}`);
        if (keys.has(text) || /\b(undefined|NaN|\[object|Invalid Date)/.test(text)) wrong.push(`${path}: ${text}`);
      }
    }
    assert.equal([...new Set(wrong)], []);
  });
}

pages('the language switch keeps the address, and the chosen language is kept by links and forms', async () => {
  const english = readHtml((await get('/search?q=lava&service=dynvolc', 'en')).text);
  const toFrench = english.elements.find(
    (element) => element.attributes.get('hreflang') === 'fr' && element.name === 'a',
  );
  assert.is(toFrench?.attributes.get('href'), '/vobs/search?q=lava&service=dynvolc&lang=fr');
  const chosen = readHtml((await get('/search?q=lava&lang=fr', 'en')).text);
  const own = chosen.elements
    .filter((element) => element.name === 'a' && !element.attributes.has('hreflang'))
    .map((element) => element.attributes.get('href') ?? '')
    .filter((href) => href.startsWith('/vobs'));
  assert.ok(own.length > 30);
  assert.equal(
    own.filter((href) => !/[?&]lang=fr\b/.test(href)),
    [],
  );
  assert.ok(
    chosen.elements.some(
      (e) => e.name === 'input' && e.attributes.get('name') === 'lang' && e.attributes.get('value') === 'fr',
    ),
  );
  const negotiated = readHtml((await get('/services', 'fr')).text);
  assert.not.ok(
    negotiated.elements.some(
      (e) => e.name === 'a' && !e.attributes.has('hreflang') && e.attributes.get('href')?.includes('lang='),
    ),
  );
});

pages('what somebody stored or typed is shown as text, and no script address becomes a link', async () => {
  const record = readHtml((await get('/records/opgc:presse:9001', 'en')).text);
  assert.is(record.elements.find((element) => element.name === 'h1')?.text, HOSTILE);
  assert.not.ok(
    record.elements.some((element) => [...element.attributes.values()].some((value) => /^\s*javascript:/i.test(value))),
  );
  assert.ok(
    record.elements.some((element) => element.attributes.get('href') === 'https://archive.example.org/a?b=1&c=2'),
  );
  const typed = encodeURIComponent(`"><script>alert(1)</script>`);
  for (const name of ['q', 'place', 'start', 'west', 'service', 'instrument', 'sort', 'after', 'f.x', 'lang', typed]) {
    const answer = await get(`/search?${name}=${typed}`, 'en');
    assert.equal(pageFaults(answer.text), [], name);
  }
  const path = await get(`/records/${typed}?lang=fr&x=${typed}`, 'en');
  assert.is(path.status, 404);
  assert.equal(pageFaults(path.text), []);
});

pages('titles of pages are different', async () => {
  const titles = new Map<string, string>();
  for (const [path, status] of PAGES) {
    if (status !== 200 || path.startsWith('/search')) continue;
    const title =
      readHtml((await get(path, 'en')).text).elements.find((element) => element.name === 'title')?.text ?? '';
    assert.not.ok(titles.has(title), `${path} is called ${title} like ${titles.get(title)}`);
    titles.set(title, path);
  }
});

pages('the style sheet is kept for ever under its hash, and nothing else is served there', async () => {
  const { server } = await portalApp();
  const home = readHtml((await get('/', 'en')).text);
  const sheets = home.elements.filter((element) => element.attributes.get('rel') === 'stylesheet');
  assert.is(sheets.length, 1);
  const href = sheets[0]?.attributes.get('href') ?? '';
  const sheet = await supertest(server).get(href);
  assert.is(sheet.status, 200);
  assert.is(sheet.headers['content-type'], 'text/css; charset=utf-8');
  assert.match(sheet.headers['cache-control'] ?? '', 'immutable');
  assert.match(sheet.text, 'prefers-color-scheme: dark');
  assert.is((await supertest(server).get('/assets/portal.css')).status, 404);
  for (const icon of ['/favicon.ico', '/favicon.svg']) {
    assert.is((await supertest(server).get(icon)).headers['content-type'], 'image/svg+xml');
  }
});

pages('pages are revalidated by revision, viewer and language', async () => {
  const { server } = await portalApp();
  for (const path of ['/', '/services', '/services/oi2', '/search?q=lava', '/federation']) {
    const first = await get(path, 'en');
    const again = await supertest(server)
      .get(path)
      .set('Accept', BROWSER)
      .set('Accept-Language', 'en')
      .set('If-None-Match', first.headers.etag ?? '');
    assert.is(again.status, 304, path);
    const french = await supertest(server)
      .get(path)
      .set('Accept', BROWSER)
      .set('Accept-Language', 'fr')
      .set('If-None-Match', first.headers.etag ?? '');
    assert.is(french.status, 200, path);
  }
});

pages('robots and sitemaps name public records alone', async () => {
  const { server, mappings } = await portalApp();
  const robots = await supertest(server).get('/robots.txt');
  assert.match(robots.text, 'Sitemap: https://data.example.org/vobs/sitemap.xml');
  const index = await supertest(server).get('/sitemap.xml');
  const maps = [...index.text.matchAll(/<loc>https:\/\/data\.example\.org\/vobs([^<]+)<\/loc>/g)].map(
    ([, path]) => path ?? '',
  );
  assert.is(maps.length, mappings.services.length);
  const presse = await supertest(server)
    .get('/sitemaps/presse.xml')
    .buffer(true)
    .parse((res, done) => {
      let text = '';
      res.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      res.on('end', () => done(null, text));
    });
  const body = String(presse.body);
  assert.match(body, '/records/opgc:presse:9002<');
  assert.not.match(body, 'opgc:presse:9003');
  assert.ok(body.endsWith('</urlset>\n'));
  assert.is((await supertest(server).get('/sitemaps/nosuch.xml')).status, 404);
});

pages.run();
