// The same questions to the store in a directory and to the one on an S3-compatible server; then what only one of them can do wrong.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readConfig } from '../../src/config.ts';
import { AppError } from '../../src/model/errors.ts';
import type { FileStore } from '../../src/model/file-store.ts';
import { openDirectoryStore } from '../../src/storage/files/directory-store.ts';
import { openFileStore } from '../../src/storage/files/open.ts';
import { directoryStore, type S3Server, s3Server, s3Store, temporaryFolder } from '../fixtures/file-stores.ts';

const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const some = (length: number, seed = 1) => Uint8Array.from({ length }, (_, n) => (n * 31 + (n >> 8) * seed) & 255);

async function* pieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function* breaking(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw new Error('the caller has gone');
}
async function whole(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const list: Uint8Array[] = [];
  for await (const piece of stream) list.push(piece);
  return Buffer.concat(list);
}
async function listed(store: FileStore): Promise<string[]> {
  const keys: string[] = [];
  for await (const { sha256 } of store.list()) keys.push(sha256);
  return keys.sort();
}
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : (error as Error).message),
  );

let server: S3Server;
const KINDS: readonly (readonly [string, () => Promise<FileStore>])[] = [
  ['a directory', directoryStore],
  ['an S3-compatible server', () => s3Store(server, { prefix: `run-${Math.random().toString(36).slice(2)}/` })],
];

for (const [kind, open] of KINDS) {
  const test = suite<{ store: FileStore }>(`files in ${kind}`);
  test.before(async (context) => {
    server ??= await s3Server();
    context.store = await open();
  });

  test('bytes come back as they went in, whole and from any place', async ({ store }) => {
    const bytes = some(70_001);
    const stored = await store.put(pieces(bytes));
    assert.equal(stored, { sha256: hash(bytes), size: 70_001 });
    const source = await store.open(stored.sha256, 'flight.ict');
    assert.is(source?.name, 'flight.ict');
    assert.is(source?.size, 70_001);
    assert.is(source?.beside, undefined);
    assert.ok((await whole(source!.stream())).equals(bytes));
    assert.ok((await whole(source!.stream(69_990))).equals(bytes.subarray(69_990)));
    assert.is((await whole(source!.stream(70_001))).length, 0);
    assert.equal(Buffer.from(await source!.readAt(12_345, 100)), Buffer.from(bytes.subarray(12_345, 12_445)));
    assert.equal(Buffer.from(await source!.readAt(70_000, 100)), Buffer.from(bytes.subarray(70_000)));
    assert.is((await source!.readAt(80_000, 5)).length, 0);
  });

  test('nothing at all is a file too, and the same bytes are kept once', async ({ store }) => {
    const before = await listed(store);
    const empty = await store.put(pieces(new Uint8Array(0)));
    assert.is(empty.size, 0);
    assert.is((await whole((await store.open(empty.sha256))!.stream())).length, 0);
    const [first, second] = await Promise.all([store.put(pieces(some(500, 3))), store.put(pieces(some(500, 3), 7))]);
    assert.equal(first, second);
    assert.equal(await listed(store), [...before, empty.sha256, first.sha256].sort());
  });

  test('a source that breaks off and one that is too large leave nothing', async ({ store }) => {
    const before = await listed(store);
    assert.is(await codeOf(store.put(breaking(some(100_000, 5)))), 'the caller has gone');
    assert.is(await codeOf(store.put(pieces(some(5000, 7)), { most: 4999 })), 'body-too-large');
    assert.is((await store.put(pieces(some(5000, 7)), { most: 5000 })).size, 5000);
    assert.equal(await listed(store), [...before, hash(some(5000, 7))].sort());
  });

  test('what is removed is gone, and removing what is not there does nothing', async ({ store }) => {
    const { sha256 } = await store.put(pieces(some(40, 9)));
    await store.remove(sha256);
    await store.remove(sha256);
    assert.is(await store.open(sha256), null);
  });

  test('only a checksum is a key', async ({ store }) => {
    const keys = ['', '..', '../../../etc/passwd', 'a'.repeat(63), `${'a'.repeat(64)}/..`, 'A'.repeat(64), 'incoming'];
    for (const key of [...keys, `${'a'.repeat(63)}\0`, '0'.repeat(64)]) {
      assert.is(await store.open(key), null, key);
      await store.remove(key);
    }
  });

  test.run();
}

const directory = suite('files in a directory only');

directory('a link in the store is no file of it', async () => {
  const root = await temporaryFolder('links');
  const store = await openDirectoryStore({ root });
  const secret = join(await temporaryFolder('secret'), 'secret.txt');
  await writeFile(secret, 'not for you');
  const [file, shelf] = ['ab'.repeat(32), 'cd'.repeat(32)];
  await mkdir(join(root, 'ab'));
  await symlink(secret, join(root, 'ab', file));
  await mkdir(join(root, 'elsewhere'));
  await writeFile(join(root, 'elsewhere', shelf), 'not for you either');
  await symlink(join(root, 'elsewhere'), join(root, 'cd'));
  assert.is(await store.open(file), null);
  assert.is(await store.open(shelf), null);
  assert.equal(await listed(store), []);
});

directory('what a dead process left half-written is swept away, what is being written is not', async () => {
  const root = await temporaryFolder('sweep');
  await openDirectoryStore({ root });
  const [dead, alive, foreign] = [`${'0'.repeat(36)}.part`, `${'1'.repeat(36)}.part`, 'notes.txt'];
  for (const name of [dead, alive, foreign]) await writeFile(join(root, 'incoming', name), 'half');
  const old = new Date(Date.now() - 2 * 3_600_000);
  for (const name of [dead, foreign]) await utimes(join(root, 'incoming', name), old, old);
  await openDirectoryStore({ root });
  assert.equal((await readdir(join(root, 'incoming'))).sort(), [alive, foreign].sort());
});

directory('a full disk is told, leaves nothing, and the store goes on', async () => {
  const root = await temporaryFolder('full');
  const script = fileURLToPath(new URL('../fixtures/full-disk.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(
    'sh',
    ['-c', 'ulimit -f 200; exec "$0" --import tsx "$1" "$2"', process.execPath, script, root],
    { encoding: 'utf8', cwd: fileURLToPath(new URL('../..', import.meta.url)) },
  );
  assert.is(stdout, 'storage-full then stored', stderr);
  assert.equal(await readdir(join(root, 'incoming')), []);
});

directory.run();

const s3 = suite('files on an S3-compatible server only');

s3('a large file goes in parts', async () => {
  const store = await s3Store(server);
  const bytes = some(11 * 1024 * 1024, 13);
  const { sha256 } = await store.put(pieces(bytes, 1 << 20));
  const source = await store.open(sha256);
  assert.is(source?.size, bytes.length);
  assert.is(hash(await whole(source!.stream())), sha256);
  assert.equal(await readdir(server.options.spoolFolder), []);
});

/** What the test server cannot do: a list in two answers. Says what was asked of it. */
async function pagedServer(keys: readonly string[]) {
  const asked: URLSearchParams[] = [];
  const listener = createServer((request, response) => {
    const query = new URL(request.url ?? '', 'http://s3').searchParams;
    asked.push(query);
    const second = query.get('continuation-token') === 'to the/second+page=';
    const shown = second ? keys.slice(2) : keys.slice(0, 2);
    const token = second ? '' : '<NextContinuationToken>to the/second+page=</NextContinuationToken>';
    const contents = shown.map((key) => `<Contents><Key>p/${key}</Key><Size>7</Size></Contents>`).join('');
    response.end(
      `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${contents}${token}</ListBucketResult>`,
    );
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return { asked, listener, endpoint: `http://127.0.0.1:${(listener.address() as AddressInfo).port}` };
}

s3('more files than fit one list are all listed, and nothing that is no file of ours', async () => {
  const sums = ['1a', '2b', '3c'].map((text) => hash(Buffer.from(text)));
  const keys = [...sums.map((sum) => `${sum.slice(0, 2)}/${sum}`), `zz/${sums[0]}`];
  const { asked, listener, endpoint } = await pagedServer(keys);
  const store = await s3Store(server, { endpoint, prefix: 'p/' });
  assert.equal(await listed(store), [...sums].sort());
  assert.equal(
    asked.map((query) => [query.get('list-type'), query.get('prefix'), query.get('continuation-token')]),
    [
      ['2', 'p/', null],
      ['2', 'p/', 'to the/second+page='],
    ],
  );
  listener.close();
});

s3('wrong keys, no bucket and no server are told as what they are', async () => {
  const put = (store: FileStore) => codeOf(store.put(pieces(some(10))));
  assert.is(await put(await s3Store(server, { accessKey: 'unknown' })), 'storage-unavailable');
  assert.is(await put(await s3Store(server, { endpoint: 'http://127.0.0.1:9' })), 'storage-unavailable');
  assert.is(await put(await s3Store(server, { bucket: 'nowhere' })), 'storage-unavailable');
  assert.equal(await readdir(server.options.spoolFolder), []);
});

s3('the settings name the store', async () => {
  const { endpoint } = server.options;
  const settings = {
    VOBS_FILE_STORE: 's3://observatory/by/settings',
    VOBS_S3_ENDPOINT: endpoint ?? '',
    VOBS_S3_ACCESS_KEY: 'S3RVER',
    VOBS_S3_SECRET_KEY: 'S3RVER',
  };
  const store = await openFileStore(readConfig(settings, '/nonexistent/.env'));
  const { sha256 } = await store.put(pieces(some(20)));
  const same = await s3Store(server, { prefix: 'by/settings/' });
  assert.is((await same.open(sha256))?.size, 20);
  assert.throws(() => readConfig({ VOBS_FILE_STORE: 's3://observatory' }, '/nonexistent/.env'), /VOBS_S3_ACCESS_KEY/);
  assert.throws(() => readConfig({ VOBS_FILE_STORE: 'ftp://observatory' }, '/nonexistent/.env'), /VOBS_FILE_STORE/);
  const root = await temporaryFolder('settings');
  const local = await openFileStore(readConfig({ VOBS_DATA_DIRECTORY: root }, '/nonexistent/.env'));
  const kept = await local.put(pieces(some(20)));
  const bytes = await readFile(join(root, 'files', kept.sha256.slice(0, 2), kept.sha256));
  assert.ok(bytes.equals(some(20)));
});

s3.after(() => server.close());
s3.run();
