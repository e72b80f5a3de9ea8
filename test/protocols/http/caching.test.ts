// ETag, If-None-Match, 304 (RFC 9110, 13.1.2): the validator changes with everything that the answer depends on, and with nothing else.
import request from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ProtocolDependencies } from '../../../src/app.ts';
import type { Protocol } from '../../../src/http/protocol.ts';
import type { Mappings } from '../../../src/mapping/mappings.ts';
import { appOver, testApp } from '../../fixtures/app.ts';

function protocol(deps: ProtocolDependencies): Protocol {
  return {
    name: 'cached',
    routes: [
      {
        method: 'GET',
        path: '/cached/:format',
        doc: { summary: 'A route of the tests' },
        handle: async (ctx) => {
          const { format } = ctx.params;
          if (deps.caching.notModified(ctx, await deps.catalogue.revision(), format ?? '')) return;
          ctx.body = { format };
        },
      },
    ],
  };
}

const { database, mappings, writer, as } = await testApp();
const over = (other: Partial<Mappings> = {}, settings = {}) =>
  appOver(database, { ...mappings, ...other }, { settings, further: (deps) => [protocol(deps)] }).server;
const server = over();

type Headers = { readonly [name: string]: string };
async function etag(path = '/cached/json', headers: Headers = {}, on = server): Promise<string> {
  const answer = await request(on).get(path).set(headers).expect(200);
  return String(answer.headers.etag);
}

const caching = suite('http: caching');

caching('the same question has the same validator, and 304 without a body', async () => {
  const first = await etag();
  assert.match(first, /^W\/"\d+-[\w-]{12}"$/);
  assert.is(await etag(), first);
  for (const condition of [first, first.slice(2), `"other", ${first}`, '*']) {
    const answer = await request(server).get('/cached/json').set('If-None-Match', condition).expect(304);
    assert.is(answer.text, '');
    assert.is(answer.headers.etag, first);
    assert.is(answer.headers['content-type'], undefined);
    assert.match(answer.headers.vary ?? '', 'Authorization');
  }
  await request(server)
    .head('/cached/json')
    .set({ 'If-None-Match': first, 'Accept-Encoding': 'gzip, deflate' })
    .expect(304);
  await request(server).get('/cached/json').set('If-None-Match', '"other"').expect(200);
});

caching('another format, language, coding, viewer, base URL or mapping: another validator', async () => {
  const seen = new Set([
    await etag(),
    await etag('/cached/xml'),
    await etag('/cached/json?lang=fr'),
    await etag('/cached/json', { 'Accept-Encoding': 'br' }),
    await etag('/cached/json', { 'Accept-Encoding': 'identity' }),
    await etag('/cached/json', as.registered as Headers),
    await etag('/cached/json', as.internal as Headers),
    await etag('/cached/json', {}, over({}, { VOBS_BASE_URL: 'https://other.example.org' })),
    await etag('/cached/json', {}, over({ hash: 'other' })),
  ]);
  assert.is(seen.size, 9);
});

caching('what an account sees is kept from shared caches', async () => {
  const open = await request(server).get('/cached/json');
  assert.is(open.headers['cache-control'], 'public, no-cache');
  const own = await request(server).get('/cached/json').set(as.registered);
  assert.is(own.headers['cache-control'], 'private, no-cache');
});

caching('a change of the catalogue changes the validator', async () => {
  const before = await etag();
  const service = mappings.services[0]?.name ?? '';
  await writer.write([{ service, id: 900_001, name: 'added by a test', date_b: '2020-01-01' }]);
  const after = await etag();
  assert.is.not(after, before);
  await request(server).get('/cached/json').set('If-None-Match', before).expect(200);
  await writer.withdraw([{ service, id: 900_001 }]);
  assert.is.not(await etag(), after);
});

caching('an error has no validator and is not stored', async () => {
  const answer = await request(server).get('/cached/json/more').expect(404);
  assert.is(answer.headers.etag, undefined);
  assert.is(answer.headers['cache-control'], 'no-store');
});

caching.run();
