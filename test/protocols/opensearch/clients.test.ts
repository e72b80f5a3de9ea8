// What known clients read and send, replayed: OWSLib (Python), opensearch-browser (JavaScript), the two-step notebooks of FedEO. Each helper
// does what that client's source does with a description; a client that drops a filter would get a wrong total and be found out here.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ConformanceApp, conformanceApp } from '../../fixtures/conformance-app.ts';
import { PREFIXES, type Reader, readXml } from './read-xml.ts';

const test = suite('OpenSearch clients');
let app: ConformanceApp;
test.before(async () => {
  app = await conformanceApp();
});

const SERVICE = '/opensearch/conformance/osdd.xml';
const local = (address: string): string => address.replace(/^https?:\/\/[^/]+/, '');
async function get(address: string): Promise<supertest.Response> {
  const response = await supertest(app.server).get(local(address));
  assert.is(response.status, 200, `${address}: ${response.text}`);
  return response;
}
const osdd = async (path: string): Promise<Reader> => readXml((await get(path)).text);
const total = (doc: Reader): number => Number(doc.one('//os:totalResults'));

/** OWSLib 0.3x: Urls by type, the last one wins; every argument must be a Parameter and one of its Options; unused ones are cut out. */
async function owslib(path: string, type: string, given: { readonly [name: string]: string }): Promise<Reader> {
  const doc = await osdd(path);
  assert.is(doc.count('/os:OpenSearchDescription/os:Tags'), 1, 'OWSLib reads Tags without asking');
  const urls = new Map(doc.nodes('//os:Url').map((url) => [url.attr('type')?.value, url]));
  const url = urls.get(type);
  let template = url?.attr('template')?.value ?? '';
  for (const [name, value] of Object.entries(given)) {
    const [parameter] = url?.find(`param:Parameter[@name='${name}']`, PREFIXES) ?? [];
    assert.ok(parameter, `parameter ${name} not found`);
    const options = url?.find(`param:Parameter[@name='${name}']/param:Option/@value`, PREFIXES) ?? [];
    const allowed = options.map((option) => option.content);
    if (allowed.length > 0) assert.ok(allowed.includes(value), `${name}=${value} is not one of ${allowed.join(' ')}`);
    const placeholder = url?.find(`param:Parameter[@name='${name}']/@value`, PREFIXES)[0]?.content ?? '';
    template = template.replace(placeholder.replace('}', '?}'), encodeURIComponent(value));
  }
  // Placeholders hold a `?` too: the query is everything after the first one.
  const query = template.slice(template.indexOf('?') + 1).replace(/[^&]*=\{[^}]*\}/g, '');
  return readXml((await get(`${template.slice(0, template.indexOf('?'))}?${query}`)).text);
}

test('OWSLib: keyword arguments are filters', async () => {
  const type = 'application/atom+xml';
  assert.is(total(await owslib(SERVICE, type, {})), 9);
  assert.is(total(await owslib(SERVICE, type, { box: '10,30,20,50', count: '1', georel: 'intersects' })), 1);
  assert.is(total(await owslib(SERVICE, type, { start: '2021-02-16', end: '2021-02-18', timerel: 'equals' })), 1);
  assert.is(total(await owslib(SERVICE, type, { rock_type: 'andesite' })), 1);
  assert.is(total(await owslib(SERVICE, type, { processingLevel: 'validated', instrument: 'THERMOMETER' })), 1);
});

/** opensearch-browser 2: placeholders by a pattern in the query string; all that is not given is sent empty; dates as toISOString. */
async function browser(
  path: string,
  type: string,
  given: { readonly [name: string]: string },
): Promise<supertest.Response> {
  const doc = await osdd(path);
  const url = doc.nodes(`//os:Url[@type='${type}']`)[0];
  assert.ok((url?.attr('rel')?.value ?? 'results').split(' ').includes('results'));
  assert.not.ok(url?.attr('method'), 'no bare method');
  const template = url?.attr('template')?.value ?? '';
  const names = [...template.matchAll(/\{([a-zA-Z:]+)(\??)\}/g)].map((match) => match[1] ?? '');
  assert.is(names.length, template.split('{').length - 1, 'every placeholder is found');
  for (const name of Object.keys(given)) assert.ok(names.includes(name), name);
  for (const missing of url?.find('param:Parameter[not(@minimum)]', PREFIXES) ?? [])
    assert.unreachable(missing.content);
  return get(template.replace(/\{([a-zA-Z:]+)(\??)\}/g, (_, name: string) => encodeURIComponent(given[name] ?? '')));
}

test('opensearch-browser: empty keys, millisecond dates, Atom and application/json', async () => {
  const given = {
    'geo:box': '2,45,4,46',
    count: '1',
    'time:start': new Date('2024-04-01').toISOString(),
    'vobs:rockType': '',
  };
  const doc = readXml((await browser(SERVICE, 'application/atom+xml', given)).text);
  assert.is(total(doc), 1);
  assert.is(doc.one('//atom:entry/dc:identifier'), 'opgc:conformance:2');
  assert.equal(doc.one('//atom:entry/georss:point').split(' ').map(Number), [45.7725, 2.9644]);
  assert.is(doc.one('//atom:entry/dc:date').split('/').length, 2);
  assert.match(doc.one('//os:Query/@time:start'), /^2024-04-01T00:00:00\.000Z$/);
  const json = await browser(SERVICE, 'application/json', { searchTerms: 'lava', 'vobs:rockType': 'basalt' });
  const { features } = json.body as { features: { id: string; geometry: { type: string } }[] };
  assert.equal(
    features.map((feature) => feature.id),
    ['opgc:conformance:3'],
  );
  assert.is(features[0]?.geometry.type, 'Point');
  const suggestions = (await osdd(SERVICE)).one("//os:Url[@type='application/x-suggestions+json']/@template");
  const completed = await get(suggestions.replace('{searchTerms}', 'lab'));
  assert.equal((JSON.parse(completed.text ?? completed.body.toString()) as unknown[])[0], 'lab');
  const page = Number((await osdd(SERVICE)).all("//param:Parameter[@name='count']/@maxInclusive")[0]);
  assert.is(page, 500);
});

test('opensearch-browser reads the text of an OWS exception, and browsers may read errors of other origins', async () => {
  const response = await supertest(app.server)
    .get('/opensearch/conformance/search.atom?box=1')
    .set('Origin', 'https://portal.example.org');
  assert.is(response.status, 400);
  assert.match(readXml(response.text).one('/ows:ExceptionReport/ows:Exception/ows:ExceptionText'), /^box: /);
  assert.is(response.headers['access-control-allow-origin'], '*');
});

/** The notebooks fill templates by regular expression and cut what is left over, `&key={…}`. */
function filled(template: string, given: { readonly [name: string]: string }): string {
  const done = template.replace(/\{([^}?]+)\??\}/g, (whole, name: string) => given[name] ?? whole);
  return done.replace(/&[^&=]+=\{[^}]*\}/g, '').replace(/\?[^&=]+=\{[^}]*\}&?/, '?');
}

test('two-step: collections, the description of one, its records, and back up', async () => {
  const root = await osdd('/opensearch/osdd.xml');
  const first = root.one("//os:Url[@rel='collection'][@type='application/atom+xml']/@template");
  assert.match(first, /[?&]level=series&/);
  const collections = readXml((await get(filled(first, { searchTerms: 'conformance', count: '50' }))).text);
  assert.equal(collections.all('//atom:entry/dc:identifier'), ['opgc:conformance']);
  for (const name of ['atom:title', 'atom:updated', 'dc:date']) assert.is(collections.count(`//atom:entry/${name}`), 1);
  assert.is(collections.count('//atom:entry/georss:*'), 1);
  assert.ok(collections.count('//atom:entry/atom:category[@term]') > 0);
  const second = collections.one(
    "//atom:entry/atom:link[@rel='search'][@type='application/opensearchdescription+xml']/@href",
  );
  const own = await osdd(second);
  const platforms = own.all(
    "//os:Url[@type='application/atom+xml']/param:Parameter[@value='{eo:platform}']/param:Option/@value",
  );
  assert.equal(platforms, ['summit']);
  const template = own.one("//os:Url[@rel='results'][@type='application/atom+xml']/@template");
  const records = readXml(
    (await get(filled(template, { 'eo:platform': 'summit', 'sru:sortKeys': 'start,time,0' }))).text,
  );
  assert.equal(records.all('//atom:entry/dc:identifier'), ['opgc:conformance:2']);
  const up = records.one("//atom:entry/atom:link[@rel='up']/@href");
  assert.equal(readXml((await get(up)).text).all('//atom:entry/dc:identifier'), ['opgc:conformance']);
  for (const link of records.nodes('//atom:entry/atom:link')) assert.ok(link.attr('type'), 'every link has a type');
});

test('Options are what occurs among the records, as each viewer sees them; the example finds something', async () => {
  const own = await osdd(SERVICE);
  const options = (name: string): readonly string[] =>
    own.all(`//os:Url[@type='application/atom+xml']/param:Parameter[@name='${name}']/param:Option/@value`);
  assert.equal([...options('rock_type')].sort(), ['andesite', 'basalt']);
  assert.equal([...options('access')].sort(), ['open', 'partner', 'registered']);
  for (const path of [SERVICE, '/opensearch/osdd.xml', '/opensearch/records/osdd.xml']) {
    const words = (await osdd(path)).one("//os:Query[@role='example']/@searchTerms");
    const scope = path.replace('osdd.xml', 'search.atom');
    assert.ok(total(readXml((await get(`${scope}?q=${encodeURIComponent(words)}`)).text)) > 0, path);
  }
  // A new value appears with the next revision, and a withdrawn one goes.
  await app.writer.write([{ service: 'conformance', id: 70, name: 'Rhyolite', fields: { rock_type: 'rhyolite' } }]);
  const after = await osdd(SERVICE);
  assert.ok(after.all("//param:Parameter[@name='rock_type']/param:Option/@value").includes('rhyolite'));
  await app.writer.withdraw([{ service: 'conformance', id: 70 }]);
  assert.not.ok(
    (await osdd(SERVICE)).all("//param:Parameter[@name='rock_type']/param:Option/@value").includes('rhyolite'),
  );
});

test.run();
