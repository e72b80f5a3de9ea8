// Wrong requests: all faults at once, each by its parameter's name, in XML or JSON as the representation wants; never a 500, never a changed
// total. Random ones too.
import fc from 'fast-check';
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ConformanceApp, conformanceApp } from '../../fixtures/conformance-app.ts';
import { readXml } from './read-xml.ts';

const test = suite('OpenSearch errors');
let app: ConformanceApp;
test.before(async () => {
  app = await conformanceApp();
});

const WRONG =
  'q=%22%22&count=-1&startIndex=0&startPage=x&box=1,2,3&geometry=POINT(1)&lat=91&radius=0&georel=near&start=2024-02-30&end=soon' +
  '&timerel=before&level=all&processingLevel=best&format=paper&acquisition=99&access=x&elevation=[9,1]&updated={a}&sortKeys=colour' +
  '&track=fast&sieved=perhaps&analysed=today&weight=[2,1]';
const NAMES = [...WRONG.matchAll(/(?:^|&)(\w+)=/g)].map((match) => match[1] ?? '');

test('every wrong parameter is named, in an exception report where XML was asked', async () => {
  const response = await supertest(app.server).get(`/opensearch/conformance/search.atom?${WRONG}`);
  assert.is(response.status, 400);
  assert.match(response.headers['content-type'] ?? '', /^application\/xml/);
  const doc = readXml(response.text);
  const locators = doc.all('/ows:ExceptionReport/ows:Exception/@locator');
  assert.equal([...new Set(locators)].sort(), [...NAMES, 'lon'].sort());
  assert.equal([...new Set(doc.all('//ows:Exception/@exceptionCode'))], ['InvalidParameterValue']);
  for (const text of doc.all('//ows:ExceptionText')) assert.ok(text.length > 10 && text.length < 500, text);
});

test('and in problem+json elsewhere, in French when asked', async () => {
  for (const suffix of ['json', 'geojson', 'html']) {
    const response = await supertest(app.server).get(`/opensearch/conformance/search.${suffix}?${WRONG}&lang=fr`);
    assert.is(response.status, 400);
    assert.match(response.headers['content-type'] ?? '', /^application\/problem\+json/);
    const { errors } = response.body as { errors: { parameter: string; detail: string }[] };
    assert.equal([...new Set(errors.map((error) => error.parameter))].sort(), [...NAMES, 'lon'].sort());
    assert.match(errors.find((error) => error.parameter === 'lat')?.detail ?? '', /nombre/);
  }
});

test('parameters that belong together', async () => {
  const locators = async (query: string): Promise<readonly string[]> => {
    const response = await supertest(app.server).get(`/opensearch/search.atom?${query}`);
    assert.is(response.status, 400, query);
    return readXml(response.text).all('//ows:Exception/@locator');
  };
  assert.equal(await locators('lat=1'), ['lon']);
  assert.equal(await locators('lon=1&radius=5'), ['lat']);
  assert.equal(await locators('radius=5'), ['radius']);
  assert.equal(await locators('start=2024-05-02&end=2024-05-01'), ['start']);
  assert.equal(await locators('box=1,2,3,4&box=1,2,3,4'), ['box']);
  assert.equal(await locators('startIndex=900000000'), ['startIndex']);
});

test('an unknown service or format is 404, other methods are 405', async () => {
  for (const path of ['nowhere/osdd.xml', 'nowhere/search.atom', 'conformance/search.kml', 'nowhere/suggest?q=a']) {
    assert.is((await supertest(app.server).get(`/opensearch/${path}`)).status, 404, path);
  }
  assert.is((await supertest(app.server).post('/opensearch/search.atom')).status, 405);
});

test('random requests: 200 or 400 that names a parameter, and the total stays', async () => {
  const total = async (): Promise<string> =>
    readXml((await supertest(app.server).get('/opensearch/search.atom?count=0')).text).one('//os:totalResults');
  const before = await total();
  const keys = ['q', 'count', 'startIndex', 'startPage', 'uid', 'box', 'geometry', 'lat', 'lon', 'radius', 'georel', 'name', 'start', 'end', 'timerel', 'level', 'platform', 'format', 'elevation', 'updated', 'sortKeys', 'after', 'track', 'rock_type', 'analysed', 'zzz']; // biome-ignore format: one list
  const pieces = ['1', '-', ',', '.', '45', '180', '(', ')', 'POINT', 'POLYGON((0 0,0 1,1 1,0 0))', 'NaN', '2024-05-01', 'T10:00', 'Z', '/', '..', '[', ']', '{', '}', '"', "'", ';--', '%', 'é', '🌋', '\u0000', '\ud800', '\u202e', 'etna', 'intersects', '|', '&', '\\', '*', ':', '<']; // biome-ignore format: one list
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join('')),
    fc.constantFrom(...pieces).map((piece) => piece.repeat(300)),
  );
  const encoded = value.map((text) => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')));
  const raw = fc.constantFrom('%', '%zz', '%ff%fe', '%00', '%c3', '+', '=', '&&', '%u0041');
  const pair = fc
    .tuple(fc.constantFrom(...keys), fc.oneof({ weight: 5, arbitrary: encoded }, raw))
    .map((p) => p.join('='));
  await fc.assert(
    fc.asyncProperty(
      fc.array(pair, { minLength: 1, maxLength: 5 }),
      fc.constantFrom('atom', 'json'),
      async (pairs, format) => {
        // Node itself refuses what is longer than its headers may be.
        const query = pairs.join('&').slice(0, 12_000);
        const response = await supertest(app.server).get(`/opensearch/conformance/search.${format}?${query}`);
        const told = `${response.status} ${query.slice(0, 300)} ${response.text.slice(0, 300)}`;
        assert.ok([200, 400, 414].includes(response.status), told);
        if (response.status === 400) assert.match(response.text, /locator="|"parameter":/);
      },
    ),
    { numRuns: 400 },
  );
  assert.is(await total(), before);
});

test.run();
