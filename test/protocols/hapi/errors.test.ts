// Every status code of HAPI 3.3 (4.2) with its HTTP status, its JSON body whatever was asked, and nothing of what the caller wrote.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DataAccess } from '../../../src/data/data-access.ts';
import { AppError } from '../../../src/model/errors.ts';
import { createHapi } from '../../../src/protocols/hapi/index.ts';
import { dataApp } from '../../fixtures/data-app.ts';
import { as } from '../../fixtures/viewers.ts';
import { ask } from './client.ts';

const test = suite('HAPI errors');
const { server } = dataApp();
const W = 'start=2024-05-01Z&stop=2024-05-02Z';

const TABLE: readonly (readonly [code: number, http: number, address: string])[] = [
  [1400, 400, '/hapi/semantics'],
  [1400, 400, '/hapi/info'],
  [1400, 400, '/hapi/info?dataset='],
  [1400, 400, '/hapi/data?dataset=copdd_11&start=2024-05-01Z'],
  [1400, 400, '/hapi/info?dataset=copdd_11&id=copdd_11'],
  [1400, 400, '/hapi/info?dataset=copdd_11&dataset=copdd_12'],
  [1400, 400, '/hapi/info?dataset=%zz'],
  [1401, 400, '/hapi/capabilities?x=1'],
  [1401, 400, '/hapi/about?lang=fr'],
  [1401, 400, '/hapi/catalog?dataset=copdd_11'],
  [1401, 400, '/hapi/info?dataset=copdd_11&start=2024Z'],
  [1401, 400, `/hapi/data?dataset=copdd_11&${W}&averagingInterval=5s`],
  [1401, 400, `/hapi/data?DATASET=copdd_11&${W}`],
  [1402, 400, '/hapi/data?dataset=copdd_11&start=yesterday&stop=2024-05-02Z'],
  [1402, 400, '/hapi/data?dataset=copdd_11&start=2023-02-29Z&stop=2024-05-02Z'],
  [1402, 400, '/hapi/data?dataset=copdd_11&start=2024-05-01T00:00%2B01:00&stop=2024-05-02Z'],
  [1403, 400, '/hapi/data?dataset=copdd_11&start=2024-05-01Z&stop=2024-13Z'],
  [1404, 400, '/hapi/data?dataset=copdd_11&start=2024-05-01Z&stop=2024-05-01Z'],
  [1404, 400, '/hapi/data?dataset=copdd_11&start=2024-05-02Z&stop=2024-05-01Z'],
  [1405, 400, '/hapi/data?dataset=copdd_11&start=1924-05-01Z&stop=2024-05-02Z'],
  [1405, 400, '/hapi/data?dataset=copdd_11&start=2024-05-01Z&stop=2024-06-02Z'],
  [1405, 400, '/hapi/data?dataset=copdd_11&start=2024-04-30T23:59:59.999999999Z&stop=2024-05-02Z'],
  [1406, 404, '/hapi/info?dataset=copdd'],
  [1406, 404, '/hapi/info?dataset=copdd_999'],
  [1406, 404, '/hapi/info?dataset=copdd_011'],
  [1406, 404, '/hapi/info?dataset=COPDD_11'],
  [1406, 404, '/hapi/info?dataset=copdd_11.'],
  [1406, 404, '/hapi/info?dataset=copdd_13'],
  [1406, 404, '/hapi/info?dataset=gazvolc_52'],
  [1406, 404, '/hapi/info?dataset=dynvolc_71'],
  [1406, 404, `/hapi/data?dataset=copdd_13&${W}`],
  [1407, 404, '/hapi/info?dataset=copdd_11&parameters=valu'],
  [1407, 404, `/hapi/data?dataset=copdd_11&${W}&parameters=Time,record`],
  [1407, 404, `/hapi/data?dataset=copdd_11&${W}&parameters=value,`],
  [1409, 400, `/hapi/data?dataset=copdd_11&${W}&format=CSV`],
  [1410, 400, `/hapi/data?dataset=copdd_11&${W}&include=headers`],
  [1411, 400, '/hapi/info?dataset=copdd_11&parameters=samples,value'],
  [1411, 400, `/hapi/data?dataset=copdd_11&${W}&parameters=value,value`],
  [1411, 400, `/hapi/data?dataset=copdd_11&${W}&parameters=value,Time`],
  [1412, 400, '/hapi/info?dataset=copdd_11&resolve_references=yes'],
  [1412, 400, '/hapi/catalog?resolve_references='],
  [1413, 400, '/hapi/catalog?depth=everything'],
];

for (const [code, http, address] of TABLE) {
  test(`${code}: ${address}`, async () => {
    const { status, text, headers, reason } = await ask(server, address);
    assert.is(status, http);
    const body = JSON.parse(text);
    assert.equal(Object.keys(body), ['HAPI', 'status']);
    assert.is(body.status.code, code);
    assert.match(body.status.message, /^Bad request - /);
    assert.match(headers['content-type'] ?? '', /^application\/json/);
    assert.match(reason, new RegExp(`; HAPI ${code} Bad request`));
    assert.is(headers['access-control-allow-origin'], '*');
  });
}

test('1405 tells the dates that are allowed', async () => {
  const { text } = await ask(server, '/hapi/data?dataset=copdd_11&start=1924Z&stop=2024-05-02Z');
  assert.match(
    JSON.parse(text).status.message,
    /startDate 2024-05-01T00:00:00.000Z, stopDate 2024-05-30T23:00:00.001Z/,
  );
});

test('1408: more values than one answer may have, with a length of time that fits', async () => {
  const { server: small } = dataApp((shared) => [
    {
      ...createHapi({ ...shared, frame: { send: () => undefined, fail: () => undefined }, mostValues: 200 }),
      name: 'small',
      routes: renamed(shared),
    },
  ]);
  const all = await ask(small, '/small/data?dataset=copdd_11&start=2024-05-01Z&stop=2024-05-30Z');
  assert.is(all.status, 400);
  const { code, message } = JSON.parse(all.text).status;
  assert.is(code, 1408);
  const hours = /(?:P(\d+)D)?(?:T(\d+)H)?/.exec(message.replace(/^.*; P/, 'P')) ?? [];
  const fits = Number(hours[1] ?? 0) * 24 + Number(hours[2] ?? 0);
  assert.ok(fits >= 30 && fits <= 50, message);
  const stop = new Date(Date.UTC(2024, 4, 1, fits)).toISOString();
  assert.is((await ask(small, `/small/data?dataset=copdd_11&start=2024-05-01Z&stop=${stop}`)).status, 200);
});

function renamed(shared: Parameters<NonNullable<Parameters<typeof dataApp>[0]>>[0]) {
  const { routes } = createHapi({
    ...shared,
    frame: { send: () => undefined, fail: () => undefined },
    mostValues: 200,
  });
  return routes.map((route) => ({ ...route, path: route.path.replace('/hapi', '/small') }));
}

test('1500 and 1501: what fails inside tells nothing of the inside', async () => {
  const failing = (error: Error) => {
    const { server: broken } = dataApp((shared) => {
      const data: DataAccess = { ...shared.data, revision: () => Promise.reject(error) };
      const hapi = createHapi({ ...shared, data, frame: { send: () => undefined, fail: () => undefined } });
      const routes = hapi.routes.map((route) => ({ ...route, path: route.path.replace('/hapi', '/broken') }));
      return [{ ...hapi, name: 'broken', routes }];
    });
    return ask(broken, '/broken/catalog');
  };
  const inside = await failing(new Error('relation data_copdd does not exist'));
  assert.is(inside.status, 500);
  assert.is(JSON.parse(inside.text).status.code, 1500);
  assert.not.match(inside.text, /relation/);
  const away = await failing(new AppError('database-unavailable'));
  assert.is(away.status, 503);
  assert.is(JSON.parse(away.text).status.code, 1501);
  assert.ok(away.headers['retry-after']);
});

test('other methods are refused, HEAD is answered as GET without a body', async () => {
  const post = await ask(server, '/hapi/catalog', {}, 'post');
  assert.is(post.status, 405);
  assert.is(JSON.parse(post.text).status.code, 1400);
  assert.match(post.headers.allow ?? '', /GET, HEAD/);
  const head = await ask(server, `/hapi/data?dataset=copdd_11&${W}`, {}, 'head');
  assert.is(head.status, 200);
  assert.match(head.headers['content-type'] ?? '', /^text\/csv/);
  assert.is(head.text, '');
  assert.is((await ask(server, '/hapi/info?dataset=x', {}, 'head')).status, 404);
  const preflight = await ask(server, '/hapi/data', { 'Access-Control-Request-Method': 'GET' }, 'options');
  assert.is(preflight.status, 204);
  assert.match(preflight.headers['access-control-allow-methods'] ?? '', /GET/);
});

test('who may take refused data finds them, and a cached list of others does not tell', async () => {
  const ids = async (headers = {}) =>
    (JSON.parse((await ask(server, '/hapi/catalog', headers)).text).catalog as readonly { id: string }[]).map(
      ({ id }) => id,
    );
  assert.not((await ids()).includes('copdd_13'));
  assert.ok((await ids(as('registered'))).includes('copdd_13'));
  assert.not((await ids()).includes('copdd_13'));
  const known = await ask(
    server,
    `/hapi/data?dataset=copdd_13&start=2024-05-01Z&stop=2024-05-01T00:00:00.001Z`,
    as('registered'),
  );
  assert.is(known.status, 200);
  assert.match(known.headers['cache-control'] ?? '', /private/);
  assert.is((await ask(server, '/hapi/info?dataset=copdd_13')).status, 404);
});

test('whatever is asked: an answer with a code, never an error of ours, and no echo of it', async () => {
  const names = fc.constantFrom(
    'dataset',
    'id',
    'start',
    'time.min',
    'stop',
    'parameters',
    'include',
    'format',
    'depth',
    'x',
    '',
  );
  const values = fc.oneof(
    fc.constantFrom(
      'copdd_11',
      '2024-05-01Z',
      '2024-05-02Z',
      'value',
      'csv',
      'header',
      'all',
      '2024-05-01T24',
      '9999Z',
      '0000Z',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }).map((text) => `q7${text}7q`),
  );
  const pairs = fc.array(fc.tuple(names, values), { maxLength: 6 });
  const endpoint = fc.constantFrom('about', 'capabilities', 'catalog', 'info', 'data');
  await fc.assert(
    fc.asyncProperty(endpoint, pairs, async (name, given) => {
      const encoded = given.map(
        ([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value.replace(/\p{Surrogate}/gu, '?'))}`,
      );
      const { status, text } = await ask(server, `/hapi/${name}?${encoded.join('&')}`);
      assert.ok([200, 400, 404].includes(status), `${status}`);
      if (status === 200) return;
      const body = JSON.parse(text);
      assert.ok(body.status.code >= 1400 && body.status.code <= 1413);
      assert.not.match(text, /q7/);
    }),
    { numRuns: 150 },
  );
});

test.run();
