import request from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ERRORS } from '../../../src/model/errors.ts';
import { appOver, testApp } from '../../fixtures/app.ts';

const operation = suite('operation');
const { server, database, mappings, app } = await testApp();

operation('the process says that it lives', async () => {
  const answer = await request(server).get('/healthz').expect(200);
  assert.equal(answer.body, { status: 'alive', version: '0.0.0-test' });
  assert.is(answer.headers['cache-control'], 'no-store');
});

operation('ready while the database answers and is up to date', async () => {
  await request(server).get('/readyz').expect(200, { status: 'ready' });
});

operation('not ready when migrations are missing, without telling why', async () => {
  await database.query(null, "UPDATE migration SET name = 'other' WHERE name = '0004-accounts'");
  try {
    const answer = await request(server).get('/readyz').expect(503);
    assert.equal(answer.body, { status: 'not ready' });
    assert.is(answer.headers['retry-after'], '5');
  } finally {
    await database.query(null, "UPDATE migration SET name = '0004-accounts' WHERE name = 'other'");
  }
});

operation('not ready from the moment when it is told to stop', async () => {
  const other = appOver(database, mappings);
  await request(other.server).get('/readyz').expect(200);
  other.app.stopping();
  await request(other.server).get('/readyz').expect(503, { status: 'stopping' });
  await request(other.server).get('/healthz').expect(200);
});

operation('measurements count requests by the template of their route', async () => {
  await request(server).get('/errors/not-found').expect(200);
  const answer = await request(server).get('/metrics').expect(200);
  assert.match(String(answer.headers['content-type']), /^text\/plain/);
  assert.match(
    answer.text,
    /vobs_http_request_duration_seconds_count\{route="\/errors\/:code",method="GET",status="200"\} [1-9]/,
  );
  assert.not.match(answer.text, 'errors/not-found');
  assert.match(answer.text, 'vobs_build_info{version="0.0.0-test"} 1');
});

operation('measurements are for listed addresses; others see nothing there', async () => {
  const other = appOver(database, mappings, { settings: { VOBS_METRICS_ALLOW: '192.0.2.1' } });
  await request(other.server).get('/metrics').expect(404);
  await request(other.server).get('/metrics').set('X-Forwarded-For', '192.0.2.1').expect(404);
  const behind = appOver(database, mappings, {
    settings: { VOBS_METRICS_ALLOW: '192.0.2.1', VOBS_TRUSTED_PROXIES: '127.0.0.0/8,::1' },
  });
  await request(behind.server).get('/metrics').set('X-Forwarded-For', '192.0.2.1').expect(200);
  await request(behind.server).get('/metrics').set('X-Forwarded-For', '192.0.2.1, 198.51.100.7').expect(404);
});

operation('each kind of error has its address, and no other', async () => {
  for (const code of Object.keys(ERRORS)) {
    const answer = await request(server).get(`/errors/${code}`).expect(200);
    assert.is(answer.body.code, code);
    assert.ok(answer.body.title.en && answer.body.title.fr);
  }
  await request(server).get('/errors/constructor').expect(404);
  const list = await request(server).get('/errors').expect(200);
  assert.is(list.body.errors.length, Object.keys(ERRORS).length);
});

operation('every route is documented', () => {
  for (const { route, protocol } of app.routes) {
    assert.ok(route.doc.summary.length > 3, `${protocol.name} ${route.path}`);
  }
});

operation.run();
