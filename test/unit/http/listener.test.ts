// Stopping: requests in flight end, idle connections are closed, and what does not end in time is broken off.
import { Agent, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createListener, listen, stopListening } from '../../../src/http/listener.ts';

const PLAIN = { tlsCertificate: null, tlsKey: null };

async function start(handler: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createListener(handler, PLAIN);
  await listen(server, '127.0.0.1', 0);
  return { server, port: (server.address() as AddressInfo).port };
}

function fetchText(port: number, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ port, host: '127.0.0.1', agent }, (response: IncomingMessage) => {
      let text = '';
      response.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
      response.on('error', reject);
    }).on('error', reject);
  });
}

const stopping = suite('listener');

stopping('a request in flight ends, an idle connection is closed, a new one is refused', async () => {
  const agent = new Agent({ keepAlive: true });
  const { server, port } = await start((request, response) => {
    request.resume();
    setTimeout(() => response.end('done'), 300);
  });
  await fetchText(port, agent);
  const inFlight = fetchText(port, agent);
  await sleep(50);
  const started = performance.now();
  const stopped = stopListening(server, { delay: 0, timeout: 5000 });
  let refused = '';
  await fetchText(port, new Agent()).catch((error: NodeJS.ErrnoException) => {
    refused = error.code ?? '';
  });
  assert.is(refused, 'ECONNREFUSED');
  assert.is(await inFlight, 'done');
  await stopped;
  assert.ok(performance.now() - started < 2000);
  agent.destroy();
});

stopping('what does not end in time is broken off', async () => {
  const { server, port } = await start(() => {});
  const hanging = fetchText(port, new Agent()).catch((error: NodeJS.ErrnoException) => error.code);
  await sleep(50);
  const started = performance.now();
  await stopListening(server, { delay: 0, timeout: 200 });
  const took = performance.now() - started;
  assert.ok(took >= 190 && took < 2000, String(took));
  assert.is(await hanging, 'ECONNRESET');
});

stopping('a port in use is told in a sentence', async () => {
  const { server, port } = await start(() => {});
  const other = createListener(() => {}, PLAIN);
  let message = '';
  await listen(other, '127.0.0.1', port).catch((error: Error) => {
    message = error.message;
  });
  assert.is(message, `cannot listen on 127.0.0.1:${port}: is in use by another program`);
  await stopListening(server, { delay: 0, timeout: 100 });
});

stopping.run();
