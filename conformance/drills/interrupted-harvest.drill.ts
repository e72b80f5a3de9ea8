// The server is killed in the middle of a harvest, while records are added, changed and withdrawn. The harvester goes on with its token at
// the next server, then asks for what has changed since it began: it must hold exactly what a harvester holds that begins now.
import { loadMappings } from '../../src/mapping/load.ts';
import type { MetadataInput } from '../../src/mapping/row.ts';
import { openPostgresql } from '../../src/storage/postgresql.ts';
import { createRecordWriter } from '../../src/storage/write-records.ts';
import { findPostgresql, startPrivateCluster } from '../../test/fixtures/private-cluster.ts';
import { startServer } from '../started-server.ts';
import type { Drill } from './run.ts';

const BASE = 'https://data.example.org/vobs';
const INSERTS = 500;
const WITHDRAWALS = 50;
const CORRECTIONS = 50;
const PAGES_BEFORE = 7;

interface Page {
  readonly responseDate: string;
  /** Identifier → header and metadata as they were written. */
  readonly items: ReadonlyMap<string, string>;
  readonly token: string | null;
  readonly size: number | null;
}

/** One page; retried while the server is away, as harvesters do. */
async function page(url: string, query: string): Promise<Page> {
  const response = await fetch(`${url}/oai?${query}`);
  if (response.status !== 200) throw new Error(`${query}: ${response.status}`);
  const text = await response.text();
  if (text.includes('<error ') && !text.includes('code="noRecordsMatch"')) throw new Error(text.slice(0, 1000));
  const items = [...text.matchAll(/<record>(.*?<identifier>([^<]+)<.*?)<\/record>/gs)];
  const token = /<resumptionToken completeListSize="(\d+)" cursor="\d+"(?:\/>|>([^<]*)<)/.exec(text);
  return {
    responseDate: /<responseDate>([^<]+)</.exec(text)?.[1] ?? '',
    items: new Map(items.map(([, record = '', identifier = '']) => [identifier, record])),
    token: token?.[2] || null,
    size: token === null ? null : Number(token[1]),
  };
}

/** All pages from a query on; says when one identifier comes twice. */
async function harvest(url: string, first: string): Promise<readonly Page[]> {
  const pages = [await page(url, first)];
  for (let token = pages[0]?.token; token; token = pages.at(-1)?.token ?? null)
    pages.push(await page(url, `verb=ListRecords&resumptionToken=${token}`));
  return pages;
}

function heldAfter(pages: readonly Page[]): Map<string, string> {
  const held = new Map<string, string>();
  for (const { items } of pages) for (const [identifier, record] of items) held.set(identifier, record);
  return held;
}

const sample = (id: number, name: string): MetadataInput => ({
  service: 'dynvolc',
  id,
  name,
  description: 'Lapilli collected while the harvest went on',
  date_b: '2015-08-24',
  latitude: -21.24,
  longitude: 55.71,
  epsg: 4326,
});

/** 500 records are added, 50 withdrawn and 50 corrected, half of them among those that the harvester has already. */
async function change(databaseUrl: string, had: readonly string[]): Promise<void> {
  const { site } = loadMappings(new URL('../../mappings', import.meta.url).pathname);
  const database = openPostgresql({ url: databaseUrl, poolSize: 2, statementTimeout: 60_000 });
  const writer = createRecordWriter(database, { prefix: site.identifierPrefix, clock: Date.now });
  const rows = await database.query<{ service: string; id: number; identifier: string }>(
    null,
    "SELECT service, id, identifier FROM metadata WHERE level = 'dataset' AND authorization_ = 0 AND deleted_at IS NULL ORDER BY datestamp DESC, n LIMIT 200",
  );
  const known = new Set(had.map((identifier) => identifier.split(':').slice(2).join(':')));
  const old = await database.query<{ service: string; id: number }>(
    null,
    "SELECT service, id FROM metadata WHERE level = 'dataset' AND identifier = ANY ($1::text[]) ORDER BY n LIMIT 50",
    [[...known]],
  );
  await writer.write(Array.from({ length: INSERTS }, (_, i) => sample(700_000 + i, `Sample ${i}`)));
  const gone = await writer.withdraw([...old.slice(0, WITHDRAWALS / 2), ...rows.slice(0, WITHDRAWALS / 2)]);
  if (gone !== WITHDRAWALS) throw new Error(`${gone} records were withdrawn`);
  const corrected = [...old.slice(WITHDRAWALS / 2), ...rows.slice(WITHDRAWALS / 2)].slice(0, CORRECTIONS);
  await writer.write(corrected.map(({ service, id }) => ({ ...sample(id, `Corrected ${id}`), service })));
  await database.close();
}

function assertEqual(held: ReadonlyMap<string, string>, fresh: ReadonlyMap<string, string>): void {
  const missing = [...fresh.keys()].filter((identifier) => !held.has(identifier));
  const surplus = [...held.keys()].filter((identifier) => !fresh.has(identifier));
  const different = [...fresh].filter(
    ([identifier, record]) => held.has(identifier) && held.get(identifier) !== record,
  );
  const faults = { missing, surplus, different: different.map(([identifier]) => identifier) };
  for (const [fault, list] of Object.entries(faults))
    if (list.length > 0) throw new Error(`${list.length} ${fault}: ${list.slice(0, 5).join(', ')}`);
}

export const drill: Drill = async (say) => {
  if (findPostgresql() === null) return { skipped: 'PostgreSQL with PostGIS is not installed' };
  const cluster = await startPrivateCluster();
  const settings = { VOBS_DATABASE_URL: cluster.url, VOBS_BASE_URL: BASE };
  const first = await startServer({ settings, arguments: ['--demo'], patience: 180_000 });
  const pages: Page[] = [await page(first.url, 'verb=ListRecords&metadataPrefix=oai_dc')];
  while (pages.length < PAGES_BEFORE)
    pages.push(await page(first.url, `verb=ListRecords&resumptionToken=${pages.at(-1)?.token}`));
  // The next page is on its way when the process is killed.
  const lost = page(first.url, `verb=ListRecords&resumptionToken=${pages.at(-1)?.token}`).catch(() => null);
  await first.stop('SIGKILL');
  await lost;
  await change(cluster.url, [...heldAfter(pages).keys()]);

  const second = await startServer({ settings, patience: 60_000 });
  const { url } = second;
  pages.push(...(await harvest(url, `verb=ListRecords&resumptionToken=${pages.at(-1)?.token}`)));
  const delivered = pages.reduce((sum, { items }) => sum + items.size, 0);
  if (heldAfter(pages).size !== delivered) throw new Error('a record came twice');
  if (pages.at(-1)?.size !== delivered)
    throw new Error(`completeListSize ${pages.at(-1)?.size}, delivered ${delivered}`);
  const later = await harvest(url, `verb=ListRecords&metadataPrefix=oai_dc&from=${pages[0]?.responseDate}`);
  const held = heldAfter([...pages, ...later]);
  const fresh = heldAfter(await harvest(url, 'verb=ListRecords&metadataPrefix=oai_dc'));
  assertEqual(held, fresh);
  const deleted = [...fresh.values()].filter((record) => record.startsWith('<header status="deleted">')).length;
  if (deleted !== WITHDRAWALS) throw new Error(`${deleted} deleted records`);
  await second.stop();
  cluster.remove();
  const changed = heldAfter(later).size;
  say(
    `${delivered} records in ${pages.length} pages across a kill -9, ${changed} more since: ${held.size} as a fresh harvest`,
  );
  return 'done';
};
