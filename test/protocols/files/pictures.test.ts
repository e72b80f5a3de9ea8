// /quicklook and /thumbnail over HTTP, and the links by which records name their files and pictures.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createLinks } from '../../../src/http/links.ts';
import { pngBytes } from '../../../src/ingest/seed/png-bytes.ts';
import { tiffBytes } from '../../../src/ingest/seed/tiff-bytes.ts';
import { ANONYMOUS } from '../../../src/model/viewer.ts';
import { TEST_BASE } from '../../fixtures/app.ts';
import { addFile, addressOf, app, EVERYBODY, request } from './stored.ts';

const open = await addFile('dynvolc', 1, 'plain.dat', 'data', 'application/octet-stream', Buffer.alloc(10_000, 3));

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
    [`${TEST_BASE}${addressOf(open)}`, 'data', 10_000, open.sha256, 'data'],
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
