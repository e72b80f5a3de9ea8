// Every own link in every document leads somewhere, for each viewer: 200, 204, 302 or 303, or 401 (403 for who is known) where data are refused.
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createRecordFormats } from '../../src/formats/record-formats.ts';
import { EVERYTHING } from '../../src/model/query.ts';
import { ANONYMOUS, type Viewer } from '../../src/model/viewer.ts';
import { openTestApp, TEST_BASE, type TestApp } from '../fixtures/app.ts';
import { onEmbedded } from '../fixtures/database.ts';
import { crawl, type Fetched, ownLinks, shapeOf } from './crawl.ts';

const VIEWERS = ['anonymous', 'registered', 'partner', 'internal'] as const;
const INTERNAL: Viewer = { ...ANONYMOUS, account: 'internal', metadataLevel: 3, dataLevel: 3 };
const DOCUMENTS = [
  '/',
  '/services',
  '/search',
  '/federation',
  '/opensearch/osdd.xml',
  '/opensearch/records/osdd.xml',
  '/opensearch/search.rss',
  '/opensearch/search.geojson',
  '/stac',
  '/stac/collections',
  '/stac/search?limit=50',
  '/?f=json',
  '/collections?f=json',
  '/collections/records/items?f=json',
  '/sitemap.xml',
  '/errors',
  '/readyz',
];

const links = suite('own links');
let opened: Promise<TestApp> | undefined;

/** An application of its own: its records are those of the demo alone. */
function listening(): Promise<TestApp> {
  opened ??= openTestApp();
  return opened;
}

links.after(async () => {
  const app = await opened;
  app?.server.close();
  await app?.close();
});

async function fetchAs(viewer: (typeof VIEWERS)[number]): Promise<(address: string) => Promise<Fetched>> {
  const { server, as } = await listening();
  const { port } = server.address() as AddressInfo;
  const headers = { ...as[viewer], Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
  return async (address) => {
    const answer = await fetch(address.replace('https://data.example.org', `http://127.0.0.1:${port}`), {
      headers,
      redirect: 'manual',
    });
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      location: answer.headers.get('location'),
      body: await answer.text(),
    };
  };
}

/**
 * Where a viewer starts: the entrances, and of the records a quarter (all four viewers together read all of them, and the
 * restricted ones each), every second as a page and every second in one of the formats by turns.
 */
async function startOf(index: number): Promise<readonly string[]> {
  const { catalogue, mappings } = await listening();
  const formats = createRecordFormats(mappings.templates);
  const start = DOCUMENTS.map((path) => TEST_BASE + path);
  let i = 0;
  for await (const records of catalogue.stream(EVERYTHING, INTERNAL)) {
    for (const record of records) {
      i += 1;
      const visible = record.authorization <= 2 || VIEWERS[index] === 'internal';
      if (!visible || (i % VIEWERS.length !== index && record.authorization === 0 && record.level === 'dataset'))
        continue;
      const path = `${TEST_BASE}/records/${record.identifier}`;
      const turn = Math.floor(i / VIEWERS.length);
      start.push(turn % 2 === 0 ? path : `${path}?f=${formats[Math.floor(turn / 2) % formats.length]?.id}`);
    }
  }
  return start;
}

// Links are the same over every database.
const crawling = VIEWERS.map((viewer, index) => [index, viewer] as const).filter(
  ([index]) => !onEmbedded() || index === 0,
);
for (const [index, viewer] of crawling) {
  links(`each answers for the viewer ${viewer}`, async () => {
    const start = await startOf(index);
    const known = viewer === 'anonymous' ? [] : [403];
    const report = await crawl({
      base: TEST_BASE,
      fetch: await fetchAs(viewer),
      start,
      allowed: new Set([200, 204, 302, 303, ...(viewer === 'anonymous' ? [401] : []), ...known]),
      perShape: 2,
      perPath: 12,
    });
    assert.equal(report.broken, []);
    assert.ok(start.length > 150, `started at ${start.length} documents`);
    assert.ok(report.shapes.size > 200, `followed ${report.shapes.size} kinds of addresses`);
    assert.ok((report.answers.get(303) ?? 0) > 10, 'stable addresses were followed');
    if (viewer === 'anonymous') assert.ok((report.answers.get(401) ?? 0) > 0, 'data of a restricted record were asked');
    if (viewer === 'registered') assert.ok((report.answers.get(403) ?? 0) > 0, 'data of a partner record were asked');
    if (viewer === 'internal') assert.is(report.answers.get(403), undefined);
  });
}

links('a link that leads nowhere is found, in any kind of document', async () => {
  const base = 'https://x.example.org/vobs';
  const site: { readonly [address: string]: readonly [type: string, body: string] } = {
    [`${base}/`]: [
      'text/html',
      '<a href="/vobs/feed">feed</a> <a href="https://elsewhere.example.org/vobs/none">not ours</a>',
    ],
    [`${base}/feed`]: [
      'application/atom+xml',
      `<link href="${base}/r?f=a&amp;x=1"/><content>&lt;a href=&quot;${base}/dead-a&quot;&gt;</content>`,
    ],
    [`${base}/r?f=a&x=1`]: [
      'application/geo+json',
      JSON.stringify({ href: `${base}/dead-b`, other: `${base}s/not-ours` }),
    ],
  };
  const report = await crawl({
    base,
    start: [`${base}/`],
    allowed: new Set([200]),
    perShape: 1,
    perPath: 10,
    fetch: async (address) => {
      const [type, body] = site[address] ?? ['', ''];
      return { status: address in site ? 200 : 404, type, location: null, body };
    },
  });
  assert.equal(report.broken, [
    `404 ${base}/dead-a, linked from ${base}/feed`,
    `404 ${base}/dead-b, linked from ${base}/r?f=a&x=1`,
  ]);
});

links('templates are filled, shapes put alike together', () => {
  const osdd = `<Url template="${TEST_BASE}/opensearch/search.atom?q={searchTerms}&amp;box={geo:box?}"/>`;
  assert.equal(ownLinks('application/xml', osdd, TEST_BASE), [`${TEST_BASE}/opensearch/search.atom?q=lava&box=`]);
  assert.is(shapeOf(`${TEST_BASE}/records/opgc:oi2:12?f=csw`), shapeOf(`${TEST_BASE}/records/opgc:oi2:7?f=csw`));
  assert.is.not(shapeOf(`${TEST_BASE}/records/opgc:oi2:12?f=csw`), shapeOf(`${TEST_BASE}/records/opgc:oi2:12?f=atom`));
});

links.run();
