// What every address has in common: methods, limits, errors, headers, compression.
import { connect } from 'node:net';
import request from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { negotiate } from '../../../src/http/negotiate.ts';
import { noContent } from '../../../src/http/no-content.ts';
import { integer, text } from '../../../src/http/parameter-kinds.ts';
import { parameterTable, readParameters } from '../../../src/http/parameters.ts';
import type { AppContext, Protocol, Route } from '../../../src/http/protocol.ts';
import { streamBody } from '../../../src/http/streaming.ts';
import { AppError } from '../../../src/model/errors.ts';
import { appOver, testApp } from '../../fixtures/app.ts';

const TABLE = parameterTable({
  words: { name: 'q', parse: text(5), doc: { en: 'Words' } },
  count: { name: 'count', parse: integer(0, 10), doc: { en: 'Count' } },
});
const OFFERS = [
  { id: 'json', mediaType: 'application/json' },
  { id: 'xml', mediaType: 'application/xml', extension: 'xml' },
];
const LONG = 'été '.repeat(1000);

async function* pieces(failAt: number): AsyncGenerator<string> {
  for (let piece = 0; piece < 5; piece++) {
    if (piece === failAt) throw new AppError('database-unavailable');
    yield `${piece}\n`;
  }
}

function get(path: string, handle: Route['handle']): Route {
  return { method: 'GET', path, doc: { summary: 'A route of the tests' }, handle };
}

const plain: Protocol = {
  name: 'plain',
  routes: [
    get('/t/read', (ctx) => {
      ctx.body = readParameters(TABLE, ctx.querystring, { unknown: 'refuse', emptyIsAbsent: true });
    }),
    get('/t/forms{.:suffix}', (ctx) => {
      const offer = negotiate(
        { suffix: ctx.params.suffix, f: String(ctx.query.f ?? ''), accept: ctx.get('Accept') },
        OFFERS,
      );
      ctx.set('Content-Type', offer.mediaType);
      ctx.body = JSON.stringify(offer.id);
    }),
    get('/t/long', (ctx) => {
      ctx.set('Content-Type', 'text/plain; charset=utf-8');
      ctx.body = LONG;
    }),
    get('/t/nothing', (ctx) => noContent(ctx, 'application/json')),
    get('/t/stream/:failAt', (ctx) => streamBody(ctx, 'text/plain; charset=utf-8', pieces(Number(ctx.params.failAt)))),
    get('/t/who', (ctx) => {
      ctx.body = { account: ctx.state.viewer.account, level: ctx.state.viewer.dataLevel };
    }),
    get('/t/broken', (ctx) => {
      ctx.set('ETag', '"x"');
      throw new Error(`SELECT secret FROM metadata at ${import.meta.url}`);
    }),
    get('/t/item/:id', (ctx) => {
      ctx.body = { id: ctx.params.id };
    }),
    {
      ...get('/t/item/:id', (ctx) => {
        ctx.body = 'posted';
      }),
      method: 'POST',
    },
  ],
};
const dialect: Protocol = {
  name: 'dialect',
  routes: [
    get('/d/read', () => {
      throw new AppError('invalid-parameter', { faults: [{ parameter: 'q', detail: { en: 'no' } }] });
    }),
  ],
  fail: (ctx: AppContext, error) => {
    ctx.set('Content-Type', 'application/xml');
    ctx.body = `<fault code="${error.code}"/>`;
  },
};

const { database, mappings, as } = await testApp();
const { server } = appOver(database, mappings, { further: () => [plain, dialect] });

const errors = suite('http: errors');

errors('problem+json names every wrong parameter, in the language of the caller', async () => {
  const answer = await request(server).get('/t/read?q=toolong&count=-1&colour=red&x=%zz').expect(400);
  assert.is(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
  const problem = JSON.parse(answer.text);
  assert.equal(problem.errors.map((error: { parameter: string }) => error.parameter).sort(), [
    'colour',
    'count',
    'q',
    'x',
  ]);
  assert.is(problem.status, 400);
  assert.is(problem.title, 'Invalid parameter');
  assert.is(problem.type, 'https://data.example.org/vobs/errors/invalid-parameter');
  assert.is(problem.requestId, answer.headers['x-request-id']);
  const french = await request(server).get('/t/read?count=-1').set('Accept-Language', 'fr-FR,en;q=0.5').expect(400);
  assert.is(JSON.parse(french.text).title, 'Paramètre invalide');
  assert.match(JSON.parse(french.text).errors[0].detail, 'doit être');
  assert.is(french.headers['content-language'], 'fr');
  const asked = await request(server).get('/t/read?count=-1&lang=en').set('Accept-Language', 'fr').expect(400);
  assert.is(JSON.parse(asked.text).title, 'Invalid parameter');
});

errors('a protocol words its own errors, those of the method and of the login too', async () => {
  await request(server).get('/d/read').expect(400, '<fault code="invalid-parameter"/>').expect('Content-Type', /xml/);
  await request(server).post('/d/read').expect(405, '<fault code="method-not-allowed"/>');
  await request(server).get('/d/read').set('Authorization', 'Basic eDp5').expect(401, '<fault code="unauthorized"/>');
  await request(server)
    .get(`/d/read?q=${'a'.repeat(20_000)}`)
    .expect(414, '<fault code="uri-too-long"/>');
});

errors('an unforeseen fault tells nothing of the inside', async () => {
  const answer = await request(server).get('/t/broken').expect(500);
  assert.is(JSON.parse(answer.text).code, 'internal');
  assert.not.match(answer.text, /SELECT|secret|file:|\.ts/);
  assert.is(answer.headers.etag, undefined);
});

errors('malformed paths are refused', async () => {
  for (const path of ['/t/item/%E0%A4%A', '/t/item/%00', '/t/item/%C0%AF', '/%']) {
    const answer = await request(server).get(path).expect(400);
    assert.is(JSON.parse(answer.text).code, 'malformed-request', path);
  }
  await request(server).get('/t/item/a%2Fb').expect(200, { id: 'a/b' });
});

errors('addresses beyond the limit: 414 up to 100 kB and more', async () => {
  for (const length of [16_001, 100_000, 200_000]) {
    const answer = await request(server)
      .get(`/t/read?q=${'a'.repeat(length)}`)
      .expect(414);
    assert.is(JSON.parse(answer.text).code, 'uri-too-long');
  }
});

errors('a body that announces more than the limit: 413', async () => {
  const answer = await request(server).post('/t/item/1').send('x'.repeat(2_000_001)).expect(413);
  assert.is(JSON.parse(answer.text).code, 'body-too-large');
});

errors('no address: 404, for people a page', async () => {
  const answer = await request(server).get('/no/such/address').expect(404);
  assert.is(JSON.parse(answer.text).code, 'not-found');
  const page = await request(server).get('/no/such/address').set('Accept', 'text/html,*/*;q=0.8').expect(404);
  assert.match(page.headers['content-type'] ?? '', /^text\/html/);
});

const methods = suite('http: methods');

methods('HEAD like GET, without the body', async () => {
  const get = await request(server).get('/t/long').set('Accept-Encoding', 'identity').expect(200);
  const head = await request(server).head('/t/long').set('Accept-Encoding', 'identity').expect(200);
  assert.is(head.headers['content-length'], get.headers['content-length']);
  assert.is(head.headers['content-type'], get.headers['content-type']);
  assert.is(head.text, undefined);
  await request(server)
    .head('/t/stream/9')
    .expect(200)
    .expect('Content-Type', /text\/plain/);
});

methods('another method: 405 that lists those allowed', async () => {
  const answer = await request(server).delete('/t/item/1').expect(405);
  assert.is(answer.headers.allow, 'GET, HEAD, POST, OPTIONS');
  assert.is(JSON.parse(answer.text).code, 'method-not-allowed');
  const one = await request(server).put('/t/long').expect(405);
  assert.is(one.headers.allow, 'GET, HEAD, OPTIONS');
});

methods('OPTIONS and preflight', async () => {
  const answer = await request(server).options('/t/item/1').expect(204);
  assert.is(answer.headers.allow, 'GET, HEAD, POST, OPTIONS');
  const preflight = await request(server)
    .options('/t/item/1')
    .set('Origin', 'https://maps.example.org')
    .set('Access-Control-Request-Method', 'GET')
    .set('Access-Control-Request-Headers', 'authorization')
    .expect(204);
  assert.is(preflight.headers['access-control-allow-origin'], '*');
  assert.match(preflight.headers['access-control-allow-methods'] ?? '', 'GET');
  assert.match(preflight.headers['access-control-allow-headers'] ?? '', 'Authorization');
  await request(server).options('/no/such/address').expect(404);
});

const headers = suite('http: headers');

headers('CORS and protection on answers and on errors', async () => {
  for (const path of ['/t/long', '/t/read?count=x', '/no/such/address', '/t/broken', '/t/nothing']) {
    const { headers: given } = await request(server).get(path).set('Origin', 'https://maps.example.org');
    assert.is(given['access-control-allow-origin'], '*', path);
    assert.match(given['access-control-expose-headers'] ?? '', 'Link', path);
    assert.is(given['x-content-type-options'], 'nosniff', path);
    assert.match(given['content-security-policy'] ?? '', "object-src 'none'", path);
    assert.match(given['x-request-id'] ?? '', /^[\w-]+$/, path);
  }
});

headers('a list of origins opens to those alone', async () => {
  const settings = { VOBS_CORS_ORIGINS: 'https://maps.example.org' };
  const other = appOver(database, mappings, { settings, further: () => [plain] });
  const listed = await request(other.server).get('/t/long').set('Origin', 'https://maps.example.org');
  assert.is(listed.headers['access-control-allow-origin'], 'https://maps.example.org');
  assert.match(listed.headers.vary ?? '', 'Origin');
  const stranger = await request(other.server).get('/t/read?count=x').set('Origin', 'https://evil.example.org');
  assert.is(stranger.headers['access-control-allow-origin'], undefined);
  assert.match(stranger.headers.vary ?? '', 'Origin');
});

headers('a sane request id is kept, another one replaced', async () => {
  const kept = await request(server).get('/t/who').set('X-Request-Id', 'abc-12345');
  assert.is(kept.headers['x-request-id'], 'abc-12345');
  const replaced = await request(server).get('/t/who').set('X-Request-Id', '"} forged');
  assert.not.match(replaced.headers['x-request-id'] ?? '', 'forged');
});

headers('no header of the caller turns up in a link', async () => {
  const answer = await request(server).get('/t/read?count=x').set('Host', 'evil.example.org').expect(400);
  assert.not.match(answer.text, 'evil');
});

headers('compression from 1 kB on, for those who take it', async () => {
  const gzip = await request(server).get('/t/long').set('Accept-Encoding', 'gzip').expect(200);
  assert.is(gzip.headers['content-encoding'], 'gzip');
  assert.is(gzip.text, LONG);
  const brotli = await request(server).get('/t/long').set('Accept-Encoding', 'gzip, br').expect(200);
  assert.is(brotli.headers['content-encoding'], 'br');
  assert.is(brotli.text, LONG);
  const none = await request(server).get('/t/long').set('Accept-Encoding', 'identity').expect(200);
  assert.is(none.headers['content-encoding'], undefined);
  const refused = await request(server).get('/t/long').set('Accept-Encoding', 'gzip;q=0, br;q=0');
  assert.is(refused.headers['content-encoding'], undefined);
  const short = await request(server).get('/t/who').set('Accept-Encoding', 'gzip');
  assert.is(short.headers['content-encoding'], undefined);
});

const forms = suite('http: representations');

forms('suffix before ?f= before Accept', async () => {
  await request(server).get('/t/forms.xml?f=json').set('Accept', 'application/json').expect(200, '"xml"');
  await request(server).get('/t/forms?f=xml').set('Accept', 'application/json').expect(200, '"xml"');
  await request(server).get('/t/forms?f=application/xml').expect(200, '"xml"');
  await request(server).get('/t/forms').set('Accept', 'application/json;q=0.2, application/xml').expect(200, '"xml"');
  await request(server).get('/t/forms').expect(200, '"json"');
});

forms('what is not there: 406 that lists what is', async () => {
  for (const path of ['/t/forms.pdf', '/t/forms?f=pdf']) {
    const answer = await request(server).get(path).expect(406);
    assert.match(JSON.parse(answer.text).detail, 'application/xml', path);
  }
  await request(server).get('/t/forms').set('Accept', 'image/png, application/json;q=0').expect(406);
});

const raw = suite('http: on the socket');

function talk(path: string, method = 'GET'): Promise<string> {
  return new Promise((resolve, reject) => {
    const ready = server.listening
      ? Promise.resolve()
      : new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    ready.then(() => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(`${method} ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      });
      let text = '';
      socket.on('data', (chunk) => (text += chunk));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    }, reject);
  });
}

raw('204 keeps its Content-Type, for HEAD too', async () => {
  for (const method of ['GET', 'HEAD']) {
    const answer = await talk('/t/nothing', method);
    assert.match(answer, /^HTTP\/1\.1 204 No Content\r\n/);
    assert.match(answer, /\r\nContent-Type: application\/json\r\n/);
    assert.match(answer, /\r\n\r\n$/);
    assert.not.match(answer, /\r\n(?:Content-Length|Transfer-Encoding):/i);
  }
});

raw('a stream that fails before its first piece is an error answer, later it breaks off', async () => {
  assert.match(await talk('/t/stream/9'), /0\r\n1\n|0\n/);
  const early = await talk('/t/stream/0');
  assert.match(early, /^HTTP\/1\.1 503 /);
  assert.match(early, /\r\nRetry-After: 5\r\n/);
  const late = await talk('/t/stream/3');
  assert.match(late, /^HTTP\/1\.1 200 /);
  assert.not.ok(late.endsWith('0\r\n\r\n'), 'the last chunk must be missing');
});

raw('both forms of the address answer, with and without the public path', async () => {
  for (const path of ['/t/who', '/vobs/t/who', '/vobs/t/who?x=1'])
    assert.match(await talk(path), /^HTTP\/1\.1 200 /, path);
  assert.match(await talk('/vobsx/t/who'), /^HTTP\/1\.1 404 /);
  assert.match(await talk('/vobs'), /^HTTP\/1\.1 200 /);
});

const accounts = suite('http: accounts');

accounts('Basic becomes the viewer', async () => {
  await request(server).get('/t/who').expect(200, { account: null, level: 0 });
  await request(server).get('/t/who').set(as.registered).expect(200, { account: 'registered', level: 1 });
  await request(server).get('/t/who').set(as.internal).expect(200, { account: 'internal', level: 3 });
});

accounts('a bad login is refused alike, whatever is wrong with it', async () => {
  const texts = new Set<string>();
  for (const credentials of ['registered:wrong', 'nobody:wrong', ':', 'x']) {
    const answer = await request(server)
      .get('/t/who')
      .set('Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`)
      .expect(401);
    assert.match(answer.headers['www-authenticate'] ?? '', /^Basic realm="vobs", charset="UTF-8"$/);
    texts.add(answer.text.replace(/"requestId":"[^"]*"/, ''));
  }
  assert.is(texts.size, 1);
  await request(server).get('/t/who').set('Authorization', 'Bearer abc').expect(401);
});

for (const tests of [errors, methods, headers, forms, raw, accounts]) {
  tests.run();
}
raw.after(() => void server.close());
