// /files, /quicklook and /thumbnail over HTTP: bytes, ranges, conditions, rights, and what cannot be reached.
import { createHash } from 'node:crypto';
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createLinks } from '../../../src/http/links.ts';
import { pngBytes } from '../../../src/ingest/seed/png-bytes.ts';
import { tiffBytes } from '../../../src/ingest/seed/tiff-bytes.ts';
import type { Asset, AssetRole } from '../../../src/model/asset.ts';
import { ANONYMOUS } from '../../../src/model/viewer.ts';
import { TEST_BASE, testApp } from '../../fixtures/app.ts';

const app = await testApp();
const request = supertest(app.server);
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const EVERYBODY = { ...ANONYMOUS, metadataLevel: 3, dataLevel: 3 } as const;
async function addFile(
  service: string,
  record: number,
  name: string,
  role: AssetRole,
  mediaType: string,
  bytes: Buffer,
) {
  const stored = await app.files.put(
    (async function* whole() {
      yield bytes;
    })(),
  );
  await app.writer.attach([{ service, record, name, role, mediaType, ...stored }]);
  const found = await app.catalogue.get({ service, id: record }, EVERYBODY);
  const asset = found?.assets.find((one) => one.name === name && one.role === role);
  if (asset === undefined) throw new Error(`${name} is not among the files of ${service} ${record}`);
  return asset;
}
const addressOf = ({ id, name }: Pick<Asset, 'id' | 'name'>) => `/files/${id}/${encodeURIComponent(name)}`;

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

const pictures = suite('pictures');
pictures('of a GeoTIFF, of a picture that was deposited, and none where there is nothing', async () => {
  const values = Float32Array.from({ length: 64 * 48 }, (_, n) => Math.PI * Math.sin(n / 200));
  const phase = Buffer.from(tiffBytes({ width: 64, height: 48, values, bounds: [55.6, -21.3, 55.8, -21.2] }));
  const picture = Buffer.from(pngBytes(1500, 20, (x) => [x & 255, 0, 0]));
  const place = { longitude: 55.7, latitude: -21.2, epsg: 4326, date_b: '2020-01-01' };
  const row = { service: 'oi2', name: 'pictures', authorization_: 0, ...place };
  const codes = { 9000: 0, 9001: 0, 9002: 1, 9003: 0 };
  await app.writer.write(
    Object.entries(codes).map(([n, authorization_]) => ({ ...row, id: Number(n), authorization_ })),
  );
  for (const number of [9000, 9001, 9002]) await addFile('oi2', number, 'pair_inw.tif', 'data', 'image/tiff', phase);
  await addFile('oi2', 9000, 'pair.png', 'overview', 'image/png', picture);
  for (const [address, most] of [
    ['/quicklook/oi2/9000.png', 1024],
    ['/thumbnail/oi2/9000.png', 256],
    ['/quicklook/oi2/9001.png', 1024],
    ['/thumbnail/oi2/9001.png', 256],
  ] as const) {
    const answer = await request.get(address).responseType('blob').expect(200);
    assert.is(answer.headers['content-type'], 'image/png');
    const png: Buffer = answer.body;
    assert.is(png.subarray(1, 4).toString(), 'PNG');
    assert.ok(png.readUInt32BE(16) <= most && png.readUInt32BE(20) <= most);
    await request
      .get(address)
      .set('If-None-Match', answer.headers.etag ?? '')
      .expect(304);
    await request.head(address).expect(200);
  }
  await request.get('/quicklook/oi2/9002.png').expect(401);
  await request.get('/quicklook/oi2/9002.png').set(app.as.registered).expect(200);
  await request.get('/quicklook/oi2/9003.png').expect(404);
});
pictures('an interferogram is drawn with its greys from end to end', async () => {
  const { default: sharp } = await import('sharp');
  const answer = await request.get('/quicklook/oi2/9001.png').responseType('blob').expect(200);
  const { channels } = await sharp(answer.body).stats();
  assert.ok((channels[0]?.min ?? 255) < 30 && (channels[0]?.max ?? 0) > 225, JSON.stringify(channels[0]));
});
pictures('a picture that would take all memory, or is none, is refused', async () => {
  const huge = Buffer.from(pngBytes(2, 2, () => [1, 2, 3]));
  huge.writeUInt32BE(60_000, 16);
  huge.writeUInt32BE(60_000, 20);
  for (const [n, content] of [huge, Buffer.from('no picture'), huge.subarray(0, 40)].entries()) {
    await app.writer.write([{ service: 'oi2', id: 9010 + n, name: `broken ${n}`, authorization_: 0 }]);
    await addFile('oi2', 9010 + n, 'broken.png', 'overview', 'image/png', content);
    const answer = await request.get(`/quicklook/oi2/${9010 + n}.png`);
    assert.is(answer.status, 501);
    assert.match(answer.text, /no picture can be made/);
  }
});
pictures.run();

const links = suite('links to files');
links('a record names every file with its size and checksum, and no picture that the reader may not see', async () => {
  const { recordLinks } = createLinks(TEST_BASE, app.app.protocols);
  const record = await app.catalogue.get({ service: 'dynvolc', id: open.record }, ANONYMOUS);
  const found = recordLinks(record!).filter((link) => link.href.startsWith(`${TEST_BASE}/files/`));
  assert.is(found.length, record!.assets.length);
  const link = found.find(({ title }) => title === open.name);
  assert.equal(
    [link?.href, link?.role, link?.length, link?.sha256, link?.asset],
    [`${TEST_BASE}${ADDRESS}`, 'data', 10_000, open.sha256, 'data'],
  );
  const pictured = async (number: number) =>
    recordLinks((await app.catalogue.get({ service: 'oi2', id: number }, EVERYBODY))!).filter(
      ({ role }) => role === 'quicklook',
    );
  assert.equal(
    (await pictured(9001)).map(({ href }) => href),
    [`${TEST_BASE}/quicklook/oi2/9001.png`],
  );
  assert.equal(await pictured(9002), []);
  assert.equal(await pictured(9003), []);
});
links('STAC, Atom, ISO 19139, DCAT and resto give address, size and checksum of the file', async () => {
  const record = (await app.catalogue.get({ service: 'oi2', id: 9000 }, ANONYMOUS))!;
  const scene = record.assets.find(({ role }) => role === 'data')!;
  const href = `${TEST_BASE}${addressOf(scene)}`;
  const item = (await request.get('/stac/collections/oi2/items/oi2-9000')).body;
  const named = Object.values(item.assets as { [name: string]: { [key: string]: unknown } }).find(
    (one) => one.href === href,
  );
  assert.equal(
    [named?.roles, named?.type, named?.['file:size'], named?.['file:checksum']],
    [['data'], 'image/tiff', scene.size, `1220${scene.sha256}`],
  );
  assert.ok(item.stac_extensions.some((extension: string) => extension.includes('/file/')));
  const overview = (item.assets as { [name: string]: { href: string } }).overview;
  assert.match(overview?.href ?? '', /^https:\/\/data\.example\.org\/vobs\/files\/.*\/pair\.png$/);
  for (const [format, pattern] of [
    ['atom', new RegExp(`<link rel="enclosure"[^>]*href="${href}"[^>]*>`)],
    ['iso19139', new RegExp(`<gmd:URL>${href}</gmd:URL>`)],
    ['dcat-ttl', new RegExp(`downloadURL <${href}>`)],
  ] as const) {
    const answer = await request.get(`/records/opgc:oi2:9000?f=${format}`).buffer(true);
    assert.match(answer.text ?? answer.body.toString(), pattern, format);
  }
  const resto = (await request.get('/resto/collections/OI2/opgc:oi2:9000')).body.properties;
  assert.equal(
    [resto.services.download.size, resto.services.download.checksum, resto.quicklook],
    [scene.size, `sha256=${scene.sha256}`, overview?.href],
  );
});
links('what a link leads to answers', async () => {
  const { recordLinks } = createLinks(TEST_BASE, app.app.protocols);
  for (const number of [9000, 9001]) {
    const record = (await app.catalogue.get({ service: 'oi2', id: number }, ANONYMOUS))!;
    for (const { href } of recordLinks(record)) {
      if (/\/(files|quicklook|thumbnail)\//.test(href)) await request.get(href.slice(TEST_BASE.length)).expect(200);
    }
  }
});
links.run();
