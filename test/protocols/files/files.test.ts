// /files over HTTP: bytes, ranges, conditions, rights, and what cannot be reached.
import { createHash } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Asset } from '../../../src/model/asset.ts';
import { addFile, addressOf, app, hash, request } from './stored.ts';

/** A record of each access code, none of them under embargo or with a group. */
async function recordOf(authorization: number): Promise<number> {
  const rows = await app.database.query<{ id: number }>(
    null,
    `SELECT id FROM metadata WHERE service = 'dynvolc' AND id > 0 AND authorization_ = $1::int AND embargo_until IS NULL AND access_groups = '{}' ORDER BY id LIMIT 1`,
    [authorization],
  );
  if (rows[0] !== undefined) return rows[0].id;
  const id = 9000 + authorization;
  const row = { service: 'dynvolc', id, name: `code ${authorization}`, authorization_: authorization };
  assert.is((await app.writer.write([row])).refused.length, 0);
  return id;
}

const BYTES = Buffer.from(Array.from({ length: 10_000 }, (_, n) => (n * 7 + (n >> 5)) & 255));
const open = await addFile('dynvolc', await recordOf(0), 'été 1.dat', 'data', 'application/octet-stream', BYTES);
const ADDRESS = addressOf(open);

const bytes = suite('bytes of a file');
bytes('whole, with what identifies it', async () => {
  const answer = await request.get(ADDRESS).responseType('blob').expect(200);
  assert.ok(BYTES.equals(answer.body));
  const digest = createHash('sha256').update(BYTES).digest('base64');
  const { headers } = answer;
  assert.is(headers.etag, `"${hash(BYTES)}"`);
  assert.is(headers['content-length'], '10000');
  assert.is(headers['content-type'], 'application/octet-stream');
  assert.is(headers['last-modified'], new Date('2025-06-01T00:00:00Z').toUTCString());
  assert.is(headers['repr-digest'], `sha-256=:${digest}:`);
  assert.is(headers['content-digest'], `sha-256=:${digest}:`);
  assert.is(headers.digest, `SHA-256=${digest}`);
  assert.is(headers['accept-ranges'], 'bytes');
  assert.is(headers['x-content-type-options'], 'nosniff');
  assert.is(
    headers['content-disposition'],
    'attachment; filename="ete 1.dat"; filename*=UTF-8\'\'%C3%A9t%C3%A9%201.dat',
  );
  assert.match(headers['content-security-policy'] ?? '', /default-src 'none'.*sandbox/);
  assert.is(headers['cache-control'], 'public, no-cache');
  assert.match(headers.vary ?? '', /Authorization/);
});
bytes('never compressed', async () => {
  const answer = await request.get(ADDRESS).set('Accept-Encoding', 'gzip, br').responseType('blob').expect(200);
  assert.is(answer.headers['content-encoding'], undefined);
  assert.is(answer.headers['content-length'], '10000');
});
bytes('HEAD has the headers of GET, Range or not', async () => {
  for (const range of [{}, { Range: 'bytes=0-9' }]) {
    const answer = await request.head(ADDRESS).set(range).expect(200);
    assert.is(answer.headers['content-length'], '10000');
    assert.is(answer.headers.etag, `"${hash(BYTES)}"`);
    assert.is(answer.headers['content-range'], undefined);
  }
});
bytes('one range', async () => {
  for (const [range, first, last] of [
    ['bytes=0-99', 0, 99],
    ['bytes=9990-', 9990, 9999],
    ['bytes=-1', 9999, 9999],
  ] as const) {
    const answer = await request.get(ADDRESS).set('Range', range).responseType('blob').expect(206);
    assert.is(answer.headers['content-range'], `bytes ${first}-${last}/10000`);
    assert.is(answer.headers['content-length'], String(last - first + 1));
    assert.is(answer.headers['content-digest'], undefined);
    assert.ok(BYTES.subarray(first, last + 1).equals(answer.body));
  }
});
bytes('several ranges as multipart/byteranges', async () => {
  const answer = await request.get(ADDRESS).set('Range', 'bytes=5-9,9000-,-3').responseType('blob').expect(206);
  const boundary = /^multipart\/byteranges; boundary=(\w+)$/.exec(answer.headers['content-type'] ?? '')?.[1] ?? '';
  const body: Buffer = answer.body;
  assert.is(answer.headers['content-length'], String(body.length));
  const parts = body.toString('latin1').split(`\r\n--${boundary}`);
  assert.is(parts[0], '');
  assert.is(parts.at(-1), '--\r\n');
  const read = parts.slice(1, -1).map((part) => {
    const [head = '', ...rest] = part.slice(2).split('\r\n\r\n');
    return [head, Buffer.from(rest.join('\r\n\r\n'), 'latin1')] as const;
  });
  const wanted = [
    [5, 9],
    [9000, 9999],
    [9997, 9999],
  ] as const;
  assert.is(read.length, 3);
  for (const [n, [first, last]] of wanted.entries()) {
    const [head, content] = read[n]!;
    assert.is(head, `Content-Type: application/octet-stream\r\nContent-Range: bytes ${first}-${last}/10000`);
    assert.ok(BYTES.subarray(first, last + 1).equals(content));
  }
});
bytes('a range that is not there is 416 with the length, a malformed one is not counted', async () => {
  const answer = await request.get(ADDRESS).set('Range', 'bytes=10000-').expect(416);
  assert.is(answer.headers['content-range'], 'bytes */10000');
  assert.is(answer.headers['content-type'], 'application/problem+json; charset=utf-8');
  await request.get(ADDRESS).set('Range', 'bytes=9-3').expect(200);
  const many = Array.from({ length: 60 }, (_, n) => `${n * 2}-${n * 2}`).join(',');
  await request.get(ADDRESS).set('Range', `bytes=${many}`).expect(416);
});
bytes('conditions: 304, 412, and If-Range that keeps parts of two versions apart', async () => {
  const etag = `"${hash(BYTES)}"`;
  const unchanged = await request.get(ADDRESS).set('If-None-Match', etag).expect(304);
  assert.is(unchanged.headers.etag, etag);
  await request.head(ADDRESS).set('If-None-Match', etag).expect(304);
  await request.get(ADDRESS).set('If-Modified-Since', 'Sun, 01 Jun 2025 00:00:00 GMT').expect(304);
  await request.get(ADDRESS).set('If-Match', '"another"').expect(412);
  await request.get(ADDRESS).set('If-Unmodified-Since', 'Sat, 31 May 2025 00:00:00 GMT').expect(412);
  const range = { Range: 'bytes=0-1' };
  await request.get(ADDRESS).set(range).set('If-Range', etag).expect(206);
  await request.get(ADDRESS).set(range).set('If-Range', '"another"').expect(200);
  await request.get(ADDRESS).set(range).set('If-Range', 'Sun, 01 Jun 2025 00:00:00 GMT').expect(206);
  await request.get(ADDRESS).set(range).set('If-Range', 'Sun, 01 Jun 2025 00:00:01 GMT').expect(200);
});
bytes('a file without bytes', async () => {
  const empty = await addFile('dynvolc', open.record, 'empty.txt', 'data', 'text/plain', Buffer.alloc(0));
  const answer = await request.get(addressOf(empty)).expect(200);
  assert.is(answer.headers['content-length'], '0');
  await request.get(addressOf(empty)).set('Range', 'bytes=0-').expect(416);
});
bytes('bytes that are not those of the checksum never arrive whole', async () => {
  const rotten = await addFile(
    'dynvolc',
    open.record,
    'rotten.bin',
    'data',
    'application/octet-stream',
    Buffer.alloc(500_000, 1),
  );
  const source = await app.files.open(rotten.sha256);
  // The store in memory gives its own bytes: a bit falls over.
  const [first] = [await source!.readAt(300_000, 1)];
  first![0] = 7;
  const answer = await request
    .get(addressOf(rotten))
    .responseType('blob')
    .then(
      ({ body }) => (body as Buffer).length,
      (error: Error) => error.message,
    );
  assert.is(answer, 'aborted');
});
bytes('what could run in a browser is saved, and could not run if it were shown', async () => {
  for (const [name, type] of [
    ['page.html', 'text/html'],
    ['picture.svg', 'image/svg+xml'],
    ['page.xhtml', 'application/xhtml+xml'],
    ['doc.pdf', 'application/pdf'],
  ] as const) {
    const asset = await addFile(
      'dynvolc',
      open.record,
      name,
      'metadata',
      type,
      Buffer.from('<script>alert(1)</script>'),
    );
    const { headers } = await request.get(addressOf(asset)).responseType('blob').expect(200);
    assert.is(headers['content-disposition'], `attachment; filename="${name}"`);
    assert.match(headers['content-security-policy'] ?? '', /(^|; )sandbox(;|$)/);
    assert.not.match(headers['content-security-policy'] ?? '', /allow-scripts|script-src/);
    assert.is(headers['x-content-type-options'], 'nosniff');
  }
});
bytes('a corrected file keeps its address and changes its tag', async () => {
  const first = await addFile('dynvolc', open.record, 'version.txt', 'data', 'text/plain', Buffer.from('one'));
  const before = await app.catalogue.revision();
  const second = await addFile('dynvolc', open.record, 'version.txt', 'data', 'text/plain', Buffer.from('two'));
  assert.is(second.id, first.id);
  assert.is.not(second.sha256, first.sha256);
  assert.is.not(await app.catalogue.revision(), before);
  assert.is((await request.get(addressOf(second)).expect(200)).text, 'two');
  const after = await app.catalogue.revision();
  await addFile('dynvolc', open.record, 'version.txt', 'data', 'text/plain', Buffer.from('two'));
  assert.is(await app.catalogue.revision(), after, 'the same again changes nothing');
  const history = await app.database.query<{ sum: string }>(
    null,
    `SELECT a->>'sha256' AS sum FROM metadata_history h JOIN metadata m USING (n), jsonb_array_elements(h.content->'assets') a
WHERE m.service = 'dynvolc' AND m.id = $1::int AND a->>'name' = 'version.txt'`,
    [open.record],
  );
  assert.ok(
    history.some(({ sum }) => sum === first.sha256),
    'the former list stands in the history',
  );
});
bytes.run();

const rights = suite('rights of files');
const STATUS: readonly (readonly [code: number, viewer: keyof typeof app.as, data: number, description: number])[] = [
  [0, 'anonymous', 200, 200],
  [1, 'anonymous', 401, 200],
  [1, 'registered', 200, 200],
  [2, 'anonymous', 401, 200],
  [2, 'registered', 403, 200],
  [2, 'partner', 200, 200],
  [3, 'anonymous', 404, 404],
  [3, 'registered', 404, 404],
  [3, 'partner', 404, 404],
  [3, 'internal', 200, 200],
];
rights('the data are for who may take them, what describes the record for who sees it', async () => {
  const files = new Map<string, Asset>();
  for (const code of [0, 1, 2, 3]) {
    const record = await recordOf(code);
    for (const role of ['data', 'source', 'overview', 'thumbnail', 'metadata'] as const) {
      files.set(
        `${code} ${role}`,
        await addFile('dynvolc', record, `${role}.bin`, role, 'text/plain', Buffer.from(`${code} ${role}`)),
      );
    }
  }
  for (const [code, viewer, data, description] of STATUS) {
    for (const role of ['data', 'source', 'overview', 'thumbnail', 'metadata'] as const) {
      const wanted = role === 'data' || role === 'source' ? data : description;
      for (const method of ['get', 'head'] as const) {
        const answer = await request[method](addressOf(files.get(`${code} ${role}`)!)).set(app.as[viewer]);
        assert.is(answer.status, wanted, `${method} ${code} ${viewer} ${role}`);
        if (wanted !== 200) assert.is(answer.headers.etag, undefined);
        if (wanted === 200 && viewer !== 'anonymous') assert.is(answer.headers['cache-control'], 'private, no-cache');
      }
    }
  }
});
rights('an embargo closes the data until its day', async () => {
  const row = { service: 'dynvolc', id: 9100, name: 'under embargo', authorization_: 0, embargo_until: '2031-12-31' };
  await app.writer.write([row]);
  const asset = await addFile('dynvolc', 9100, 'data.txt', 'data', 'text/plain', Buffer.from('later'));
  await request.get(addressOf(asset)).expect(401);
  await app.writer.write([{ ...row, embargo_until: '2020-12-31' }]);
  await request.get(addressOf(asset)).expect(200);
});
rights('files of a withdrawn record are gone', async () => {
  await app.writer.write([{ service: 'dynvolc', id: 9101, name: 'withdrawn', authorization_: 0 }]);
  const asset = await addFile('dynvolc', 9101, 'data.txt', 'data', 'text/plain', Buffer.from('gone'));
  await request.get(addressOf(asset)).expect(200);
  await app.writer.withdraw([{ service: 'dynvolc', id: 9101 }]);
  await request.get(addressOf(asset)).expect(404);
});
rights.run();

const nowhere = suite('what is no file');
const { id } = open;
const NOWHERE = [
  `/files/${id}`,
  `/files/${id}/`,
  `/files/${id}/other.dat`,
  `/files/${id}/..%2f..%2f..%2fetc%2fpasswd`,
  `/files/${id}/%2e%2e/%2e%2e/etc/passwd`,
  `/files/${id}/..%5c..%5cetc`,
  `/files/${id}/%252e%252e%252fetc%252fpasswd`,
  `/files/${id}/x%00.dat`,
  `/files/..%2f..%2fetc/passwd`,
  '/files/%2Fetc/passwd',
  `/files/${open.sha256}/${encodeURIComponent(open.name)}`,
  `/files/${open.sha256.slice(0, 2)}/${open.sha256}`,
  '/files/incoming/x.part',
  `/files/${id}%00/${encodeURIComponent(open.name)}`,
  `/files/00000000-0000-0000-0000-000000000000/${encodeURIComponent(open.name)}`,
  `/files/1 OR 1=1/${encodeURIComponent(open.name)}`,
  '/quicklook/dynvolc/..%2f..%2fetc%2fpasswd.png',
  '/quicklook/dynvolc/99999999999999999999.png',
  '/quicklook/dynvolc/0.png',
  '/quicklook/dynvolc/-1.png',
  '/thumbnail/nowhere/1.png',
];
for (const address of NOWHERE) {
  nowhere(address, async () => {
    const answer = await request.get(address);
    assert.ok(answer.status === 404 || answer.status === 400, `${answer.status}`);
    assert.not.match(answer.text ?? '', /root:|SELECT|node_modules/);
  });
}
nowhere.run();
