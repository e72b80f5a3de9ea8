// Requests to other hosts: which addresses are never asked, and what a host that is asked can do to us.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createOutgoing, isPublicAddress } from '../../../src/federation/outgoing.ts';
import { SyntaxFault } from '../../../src/model/errors.ts';

const test = suite('outgoing requests');
const seen: IncomingMessage[] = [];
let handle: (request: IncomingMessage, answer: ServerResponse) => void = () => undefined;
const server = createServer((request, answer) => {
  seen.push(request);
  handle(request, answer);
});
let origin = '';

test.before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://site.example:${(server.address() as AddressInfo).port}`;
});
test.after(() => void server.close());
test.before.each(() => void seen.splice(0));

const local = async () => [{ address: '127.0.0.1', family: 4 }];
/** Allowed to reach this machine, where the test's server is. */
const free = (hosts = [origin]) => createOutgoing({ hosts, resolve: local, mayReach: () => true });

async function refusal(work: () => Promise<unknown> | unknown): Promise<string> {
  try {
    await work();
  } catch (thrown) {
    if (thrown instanceof SyntaxFault) return thrown.detail.en ?? '';
    throw thrown;
  }
  return '';
}

async function all(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

test('addresses that are not of the public internet', () => {
  for (const address of [
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'nonsense',
  ])
    assert.is(isPublicAddress(address), false, address);
  for (const address of ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'])
    assert.is(isPublicAddress(address), true, address);
});

test('hosts: none unless named, HTTPS unless named with http', () => {
  const none = createOutgoing({ hosts: [] });
  assert.throws(() => none.check('https://data.example.org/x'), /not among/);
  const some = createOutgoing({ hosts: ['data.example.org', '*.example.com', 'http://plain.example:8080'] });
  for (const href of [
    'https://data.example.org/x',
    'https://a.example.com/',
    'https://DATA.example.org/',
    'http://plain.example:8080/x',
  ])
    some.check(href);
  for (const href of [
    'http://data.example.org/',
    'https://data.example.org:8443/',
    'https://example.com/',
    'https://evilexample.com/',
    'https://data.example.org.evil.org/',
    'https://user@data.example.org/',
    'ftp://data.example.org/',
    'file:///etc/passwd',
    'data:,x',
    '//data.example.org/',
    'x',
    'http://plain.example/',
    'https://2130706433/',
  ])
    assert.throws(() => some.check(href), undefined, href);
});

test('a name that leads to a private address is refused before anybody is asked', async () => {
  const outgoing = createOutgoing({ hosts: [origin], resolve: local });
  assert.match(await refusal(() => outgoing.get(`${origin}/x`, 100)), /not a public one/);
  const mixed = createOutgoing({
    hosts: [origin],
    resolve: async () => [
      { address: '93.184.216.34', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ],
  });
  assert.match(await refusal(() => mixed.get(`${origin}/x`, 100)), /not a public one/);
  const literal = createOutgoing({ hosts: ['*', 'http://127.0.0.1:1'] });
  assert.match(await refusal(() => literal.get('http://127.0.0.1:1/', 100)), /not a public one/);
  assert.match(await refusal(() => literal.get('https://2130706433/', 100)), /not a public one/);
  assert.match(await refusal(() => literal.get('https://[::ffff:127.0.0.1]/', 100)), /not a public one/);
  assert.is(seen.length, 0);
});

test('content with its type and name; nothing of the caller is sent', async () => {
  handle = (_request, answer) => answer.setHeader('Content-Type', 'text/csv; charset=utf-8').end('a,b\n');
  const { mediaType, name, bytes } = await free().get(`${origin}/dir/file.csv?x=1`, 100);
  assert.equal([mediaType, name, await all(bytes)], ['text/csv', 'file.csv', 'a,b\n']);
  const { headers } = seen[0] as IncomingMessage;
  assert.equal([headers.authorization, headers.cookie, headers.referer], [undefined, undefined, undefined]);
});

test('size is counted while it comes, and after decompression', async () => {
  handle = (_request, answer) => answer.end('x'.repeat(1000));
  assert.match(await refusal(async () => all((await free().get(`${origin}/`, 999)).bytes)), /larger than 999/);
  const bomb = gzipSync(Buffer.alloc(5_000_000));
  handle = (_request, answer) => answer.setHeader('Content-Encoding', 'gzip').end(bomb);
  assert.ok(bomb.length < 100_000);
  assert.match(await refusal(async () => all((await free().get(`${origin}/`, 100_000)).bytes)), /larger than 100000/);
  handle = (_request, answer) => answer.setHeader('Content-Encoding', 'gzip').end(gzipSync('good'));
  assert.is(await all((await free().get(`${origin}/`, 100)).bytes), 'good');
});

test('redirections are checked each, and end', async () => {
  handle = (request, answer) =>
    request.url === '/end' ? answer.end('end') : answer.writeHead(302, { Location: '/end' }).end();
  assert.is(await all((await free().get(`${origin}/start`, 100)).bytes), 'end');
  handle = (_request, answer) => answer.writeHead(302, { Location: 'http://127.0.0.1:22/' }).end();
  assert.match(await refusal(() => free().get(`${origin}/`, 100)), /not among/);
  handle = (_request, answer) => answer.writeHead(302, { Location: '/again' }).end();
  assert.match(await refusal(() => free().get(`${origin}/`, 100)), /redirects too often/);
  assert.ok(seen.length <= 7);
});

test('errors and broken answers are told', async () => {
  handle = (_request, answer) => answer.writeHead(404).end();
  assert.match(await refusal(() => free().get(`${origin}/`, 100)), /status 404/);
  handle = (_request, answer) => {
    answer.setHeader('Content-Length', '100').write('part');
    setTimeout(() => answer.destroy(), 20);
  };
  assert.match(await refusal(async () => all((await free().get(`${origin}/`, 100)).bytes)), /broke off/);
});

test('a message is posted as JSON', async () => {
  let body = '';
  handle = (request, answer) => {
    request.on('data', (piece) => (body += piece));
    request.on('end', () => answer.end());
  };
  await free().post(`${origin}/told`, '{"a":1}');
  assert.equal([seen[0]?.method, seen[0]?.headers['content-type']], ['POST', 'application/json']);
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.is(body, '{"a":1}');
});

test.run();
