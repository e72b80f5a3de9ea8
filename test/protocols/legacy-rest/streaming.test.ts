// A long list flows: constant memory, no faster than its reader, valid to the last bracket, and never a part that looks like the whole.
import { createServer, get as httpGet, type Server } from 'node:http';
import { connect } from 'node:net';
import { pino } from 'pino';
import request from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createApp } from '../../../src/app.ts';
import type { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { readConfig } from '../../../src/config.ts';
import { createRecordFormats } from '../../../src/formats/record-formats.ts';
import { loadMappings } from '../../../src/mapping/load.ts';
import { AppError } from '../../../src/model/errors.ts';
import type { CatalogRecord } from '../../../src/model/record.ts';
import { ANONYMOUS } from '../../../src/model/viewer.ts';
import { NO_FILES } from '../../fixtures/memory-files.ts';
import { NO_DATA } from '../../fixtures/no-data.ts';
import { NO_PROCESSING } from '../../fixtures/no-processing.ts';
import { seedRecords } from '../../fixtures/seed-records.ts';

const mappings = loadMappings(new URL('../../../mappings', import.meta.url).pathname);
const CHUNK: readonly CatalogRecord[] = [...seedRecords(mappings, 'demo')]
  .filter(({ service }) => service === 'hotvolc')
  .slice(0, 500);

interface Source {
  /** Chunks that were asked for so far. */
  pulled: number;
  /** The stream was given back before its end. */
  released: boolean;
}

/** An application whose catalogue gives so many chunks of 500 records, and fails where it is told to. */
function serverOf(chunks: number, source: Source, failAt = Number.POSITIVE_INFINITY): Server {
  const notAsked = () => Promise.reject(new Error('not asked in this test'));
  const catalogue: Catalogue = {
    search: notAsked,
    get: notAsked,
    withdrawn: notAsked,
    facets: notAsked,
    fieldValues: notAsked,
    suggest: notAsked,
    harvest: { items: notAsked, headers: notAsked, item: notAsked, earliest: notAsked, tokenKey: notAsked },
    revision: async () => '1',
    async *stream() {
      try {
        for (; source.pulled < chunks; source.pulled += 1) {
          if (source.pulled === failAt) throw new AppError('database-unavailable');
          yield CHUNK;
        }
        source.released = true;
      } finally {
        source.released = true;
      }
    },
  };
  const app = createApp({
    config: readConfig({ VOBS_BASE_URL: 'http://catalogue.example.org' }),
    catalogue,
    data: NO_DATA,
    files: NO_FILES,
    processing: NO_PROCESSING,
    mappings,
    formats: createRecordFormats(mappings.templates, { services: mappings.services }),
    authenticate: async () => ANONYMOUS,
    ready: async () => undefined,
    clock: Date.now,
    log: pino({ level: 'silent' }),
    version: 'test',
  });
  return createServer(app.koa.callback());
}

async function listening<T>(server: Server, work: (port: number) => Promise<T>): Promise<T> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work((server.address() as { port: number }).port);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const newSource = (): Source => ({ pulled: 0, released: false });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const ADDRESS = '/rest2/req.php/hotvolc';
const streaming = suite('long old answers');

streaming('50 000 records are one valid array', async () => {
  const source = newSource();
  const answer = await request(serverOf(100, source)).get(ADDRESS);
  assert.is(answer.status, 200);
  assert.is(answer.headers['content-length'], undefined);
  assert.is(answer.body.length, 50_000);
  assert.is(source.released, true);
});

streaming('memory stays bounded over 200 000 records', async () => {
  const source = newSource();
  await listening(serverOf(400, source), async (port) => {
    let bytes = 0;
    let most = 0;
    global.gc?.();
    const before = process.memoryUsage().rss;
    await new Promise<void>((resolve, reject) => {
      httpGet({ port, path: ADDRESS }, (answer) => {
        answer.on('data', (part: Buffer) => {
          bytes += part.length;
          most = Math.max(most, process.memoryUsage().rss - before);
        });
        answer.on('end', resolve);
        answer.on('error', reject);
      }).on('error', reject);
    });
    assert.ok(bytes > 80_000_000, `${bytes} bytes`);
    assert.ok(most < 80_000_000, `${Math.round(most / 1e6)} MB more for ${Math.round(bytes / 1e6)} MB of answer`);
  });
});

streaming('a reader that does not read stops the search, and one that leaves gives it back', async () => {
  const source = newSource();
  await listening(serverOf(100_000, source), async (port) => {
    const socket = connect(port, '127.0.0.1');
    socket.pause();
    socket.write(`GET ${ADDRESS} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    await pause(300);
    const early = source.pulled;
    await pause(300);
    assert.ok(early > 0 && early < 200, `${early} chunks`);
    assert.is(source.pulled, early);
    assert.is(source.released, false);
    socket.destroy();
    for (let wait = 0; wait < 50 && !source.released; wait += 1) await pause(20);
    assert.is(source.released, true);
  });
});

/** Everything that the server sends until the connection is closed. */
function untilClosed(port: number, headers: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (part) => {
      received += part;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
    socket.write(`GET ${ADDRESS} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`);
  });
}

for (const headers of ['', 'Accept-Encoding: gzip\r\n', 'Accept-Encoding: br\r\n']) {
  streaming(`a fault in mid-stream breaks the connection off (${headers.trim() || 'plain'})`, async () => {
    const source = newSource();
    await listening(serverOf(100, source, 20), async (port) => {
      const text = await untilClosed(port, headers);
      // A coder that has given nothing out yet has not even sent the status.
      const head = text.slice(0, 2000);
      const coded = head.startsWith('HTTP/1.1 200 ') && /\r\ncontent-encoding/i.test(head);
      if (headers === '') assert.match(head, /^HTTP\/1.1 200 /);
      else assert.ok(head === '' || coded);
      assert.not.match(text, /\r\n0\r\n\r\n$/);
      assert.not.match(text, /\]\s*$/);
      assert.is(source.released, true);
    });
  });
}

streaming('a reader of a compressed answer that leaves gives the search back', async () => {
  const source = newSource();
  await listening(serverOf(1_000_000, source), async (port) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.once('data', () => socket.destroy());
    socket.write(`GET ${ADDRESS} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n`);
    for (let wait = 0; wait < 200 && !source.released; wait += 1) await pause(20);
    assert.is(source.released, true);
    assert.ok(source.pulled < 1_000_000);
  });
});

streaming('a fault before the first record is an ordinary error', async () => {
  const answer = await request(serverOf(10, newSource(), 0)).get(ADDRESS);
  assert.is(answer.status, 503);
  assert.is(answer.body.code, 'database-unavailable');
  assert.ok(answer.headers['retry-after']);
});

streaming('an empty list is 204, and HEAD asks for no more than the first chunk', async () => {
  const empty = await request(serverOf(0, newSource())).get(ADDRESS);
  assert.is(empty.status, 204);
  assert.match(empty.headers['content-type'] ?? '', /^application\/json/);
  const source = newSource();
  const head = await request(serverOf(1000, source)).head(ADDRESS);
  assert.is(head.status, 200);
  assert.match(head.headers['content-type'] ?? '', /^application\/json/);
  assert.ok(source.pulled <= 1, `${source.pulled}`);
  assert.is(source.released, true);
});

streaming.run();
