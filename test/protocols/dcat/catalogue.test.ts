// The whole catalogue as one DCAT document: the same graph in both notations, complete for each viewer, in pieces, revalidated.
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dcatFaults, turtleQuads } from '../../../conformance/dcat/dcat-shapes.ts';
import { EVERYTHING } from '../../../src/model/query.ts';
import { ANONYMOUS } from '../../../src/model/viewer.ts';
import { catalogueDocument, JSON_LD, TURTLE } from '../../../src/protocols/dcat/document.ts';
import { TEST_BASE, testApp } from '../../fixtures/app.ts';
import { FULL_RECORD } from '../../fixtures/edge-records.ts';
import { viewForTests } from '../../fixtures/format-view.ts';
import { canonical, canonicalJsonLd, jsonLdQuads } from '../../validity/rdf-readers.ts';

const DCAT = 'http://www.w3.org/ns/dcat#';
const test = suite('DCAT of the whole catalogue');

async function get(path: string, headers: { readonly [name: string]: string } = {}) {
  const { server } = await testApp();
  return supertest(server).get(path).set(headers).buffer(true).parse(asText);
}

/** supertest reads a text by itself only where it knows the media type. */
function asText(answer: supertest.Response, done: (error: Error | null, body: string) => void): void {
  const stream = answer as unknown as NodeJS.ReadableStream;
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (piece: string) => {
    text += piece;
  });
  stream.on('end', () => done(null, text));
}

/** What the catalogue says it holds: object of dcat:dataset and dcat:service. */
function members(quads: ReturnType<typeof turtleQuads>): ReadonlySet<string> {
  const catalogue = `${TEST_BASE}/id/catalog`;
  const inside = quads.filter(
    ({ subject, predicate }) =>
      subject.value === catalogue && [`${DCAT}dataset`, `${DCAT}service`].includes(predicate.value),
  );
  return new Set(inside.map(({ object }) => object.value));
}

test('Turtle has every record that the viewer sees, and keeps the shapes', async () => {
  const { catalogue, as } = await testApp();
  const anonymous = await get('/dcat.ttl');
  assert.is(anonymous.status, 200);
  assert.is(anonymous.headers['content-type'], 'text/turtle; charset=utf-8');
  const quads = turtleQuads(anonymous.body);
  assert.equal(dcatFaults(quads), []);
  const { total } = await catalogue.search({ ...EVERYTHING, limit: 0 }, ANONYMOUS);
  assert.is(members(quads).size, total);
  const internal = turtleQuads((await get('/dcat.ttl', as.internal as Record<string, string>)).body);
  assert.ok(members(internal).size > members(quads).size, 'an internal account sees more');
});

test('JSON-LD is the same graph', async () => {
  const turtle = turtleQuads((await get('/dcat.ttl')).body);
  const answer = await get('/dcat.jsonld');
  assert.is(answer.headers['content-type'], 'application/ld+json; charset=utf-8');
  const quads = jsonLdQuads(answer.body);
  assert.equal(dcatFaults(quads), []);
  const shape = (list: typeof quads) =>
    new Set(
      list
        .filter((q) => q.subject.termType === 'NamedNode')
        .map(
          (q) => `${q.subject.value} ${q.predicate.value} ${q.object.termType === 'BlankNode' ? '_' : q.object.value}`,
        ),
    );
  assert.equal([...shape(quads)].sort(), [...shape(turtle)].sort());
});

test('a short catalogue: the public library reads the same graph from both notations, asking for nothing outside', async () => {
  async function* one() {
    yield [FULL_RECORD];
  }
  const parts = () => ({
    site: viewForTests().site,
    base: 'https://example.org/vobs',
    view: viewForTests(),
    chunks: one(),
  });
  const whole = async (notation: typeof TURTLE) => {
    let text = '';
    for await (const piece of catalogueDocument(notation, parts())) text += piece;
    return text;
  };
  const turtle = await canonical(turtleQuads(await whole(TURTLE)));
  assert.is(await canonicalJsonLd(await whole(JSON_LD)), turtle);
  assert.ok(turtle.split('\n').length > 60);
});

test('the same catalogue is not sent twice; HEAD sends nothing', async () => {
  const first = await get('/dcat.ttl');
  const again = await get('/dcat.ttl', { 'If-None-Match': first.headers.etag ?? '' });
  assert.is(again.status, 304);
  const { server } = await testApp();
  const head = await supertest(server).head('/dcat.jsonld');
  assert.is(head.status, 200);
  assert.is(head.headers['content-type'], 'application/ld+json; charset=utf-8');
});

test('the stable address of the catalogue leads here for those who read RDF', async () => {
  for (const [accept, path] of [
    ['text/turtle', '/dcat.ttl'],
    ['application/ld+json', '/dcat.jsonld'],
    ['text/html,*/*;q=0.8', '/'],
    ['*/*', '/'],
  ] as const) {
    const answer = await get('/id/catalog', { Accept: accept });
    assert.equal([answer.status, answer.headers.location], [303, TEST_BASE + path], accept);
  }
});

test('twenty thousand records flow piece by piece', async () => {
  const records = Array.from({ length: 1000 }, () => FULL_RECORD);
  async function* many() {
    for (let i = 0; i < 20; i++) yield records;
  }
  const parts = { site: viewForTests().site, base: 'https://example.org/vobs', view: viewForTests(), chunks: many() };
  let length = 0;
  let longest = 0;
  for await (const piece of catalogueDocument(TURTLE, parts)) {
    length += piece.length;
    longest = Math.max(longest, piece.length);
  }
  assert.ok(length > 20_000_000, `${length} characters`);
  assert.ok(longest < 500_000, `a piece of ${longest} characters`);
});

test('the schema for RDF/XML is one', async () => {
  const { text, headers } = await supertest((await testApp()).server)
    .get('/dcat.xsd')
    .buffer(true);
  assert.is(headers['content-type'], 'application/xml; charset=utf-8');
  assert.match(text, 'targetNamespace="http://www.w3.org/1999/02/22-rdf-syntax-ns#"');
  const schema = XmlDocument.fromString(text);
  const validator = XsdValidator.fromDoc(schema);
  const rdf = await get('/records/opgc:dynvolc:12?f=dcat-rdf');
  const document = XmlDocument.fromString(rdf.body);
  validator.validate(document);
  const other = XmlDocument.fromString('<catalog/>');
  assert.throws(() => validator.validate(other));
  for (const each of [document, other, validator, schema]) each.dispose();
});

test.run();
