// The same records into both catalogues: the floor's one table, and ours through the writer that an operator's import uses.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { loadMappings } from '../src/mapping/load.ts';
import type { Mappings } from '../src/mapping/mappings.ts';
import type { MetadataInput } from '../src/mapping/row.ts';
import { seriesInput } from '../src/mapping/series-input.ts';
import type { Link } from '../src/model/description.ts';
import { migrate } from '../src/storage/migrate.ts';
import { openPostgresql } from '../src/storage/postgresql.ts';
import { syncSeries, syncServices } from '../src/storage/service-rows.ts';
import { createRecordWriter } from '../src/storage/write-records.ts';
import { FLOOR_INDEXES, FLOOR_INSERT, FLOOR_SCHEMA, floorRow } from './floor-sql.ts';
import type { BenchRecord } from './records.ts';

const mappings = fileURLToPath(new URL('../mappings', import.meta.url));
const FORMATS: Readonly<Record<string, number>> = { JSON: 1, CSV: 2, NetCDF: 5, GeoTIFF: 6 };
const ACCESS: Readonly<Record<string, number>> = { open: 0, restricted: 1 };
const BATCH = 1000;

/** A copy of `mappings/` whose services are the benchmark's: one file each, made from one of the product's own. */
export function fixtureMappings(services: readonly string[]): string {
  const directory = mkdtempSync(join(tmpdir(), 'vobs-bench-mappings-'));
  cpSync(mappings, directory, { recursive: true });
  const model = JSON.parse(readFileSync(join(mappings, 'services', 'presse.json'), 'utf8')) as Record<string, unknown>;
  rmSync(join(directory, 'services'), { recursive: true });
  cpSync(join(mappings, 'services'), join(directory, 'services'), {
    recursive: true,
    filter: (path) => !path.endsWith('.json'),
  });
  for (const name of services) {
    const title = { en: `Service ${name}`, fr: `Service ${name}` };
    const old = { localization: null, parameters: [], templates: [] };
    const bare = {
      import: { ...(model.import as object), columns: {} },
      instruments: [],
      platforms: [],
      fields: [],
      epos: [],
      resto: null,
      actris: null,
      ozcar: null,
      data: null,
      toConfirm: [],
    };
    writeFileSync(join(directory, 'services', `${name}.json`), JSON.stringify({ ...model, ...bare, name, title, old }));
  }
  return directory;
}

export function inputOf(record: BenchRecord, id: number): MetadataInput {
  const [w, s, e, n] = record.bbox;
  const links: Link[] = record.links.map((link) => ({
    role: link.rel === 'download' ? 'data' : 'related',
    href: link.href,
  }));
  return {
    service: record.service,
    id,
    identifier: record.id,
    lang: 'en',
    name: record.title.slice(0, 150),
    description: record.description.slice(0, 200),
    ...(record.description.length > 200 && { translations: { en: { abstract: record.description } } }),
    authorization_: ACCESS[record.access] ?? 2,
    date_b: record.begin.slice(0, 10),
    time_b: record.begin.slice(11, 19),
    date_e: record.end.slice(0, 10),
    time_e: record.end.slice(11, 19),
    footprint: {
      type: 'Polygon',
      coordinates: [
        [
          [w, s],
          [e, s],
          [e, n],
          [w, n],
          [w, s],
        ],
      ],
    },
    format: FORMATS[record.format] ?? null,
    keywords: record.keywords,
    instrument: [record.instrument],
    contacts: [{ organisation: record.contact.organisation, role: 'pointOfContact', email: 'data@example.org' }],
    links,
    updated_at: record.updated,
  };
}

/** Loads all records into ours, by place, and gives how many. Refused rows stop the benchmark. */
export async function loadOurs(url: string, directory: string, records: AsyncIterable<BenchRecord>): Promise<number> {
  const loaded: Mappings = loadMappings(directory);
  const database = openPostgresql({ url, poolSize: 4, statementTimeout: 600_000 });
  const options = { prefix: loaded.site.identifierPrefix, clock: Date.now };
  await migrate(database);
  await syncServices(database, loaded.services);
  await syncSeries(
    database,
    loaded.services.map((service) => seriesInput(service, loaded.site)),
    options,
  );
  async function* rows(): AsyncGenerator<MetadataInput> {
    let id = 0;
    for await (const record of records) yield inputOf(record, ++id);
  }
  const report = await createRecordWriter(database, options).load(rows(), { byPlace: true });
  await database.query(null, 'VACUUM (ANALYZE) metadata_search');
  await database.query(null, 'VACUUM (ANALYZE) metadata');
  await database.close();
  if (report.refused.length > 0) throw new Error(`refused: ${JSON.stringify(report.refused.slice(0, 3))}`);
  return report.inserted;
}

/** Loads all records into the floor's table; `document` gives the stored document, which the floor moves and does not render. */
export async function loadFloor(
  url: string,
  records: AsyncIterable<BenchRecord>,
  document: (record: BenchRecord) => string,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(FLOOR_SCHEMA);
  let n = 0;
  let batch: object[] = [];
  const flush = async () => {
    if (batch.length > 0) await client.query(FLOOR_INSERT, [JSON.stringify(batch)]);
    batch = [];
  };
  for await (const record of records) {
    batch.push(floorRow(record, ++n, document(record)));
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  for (const statement of FLOOR_INDEXES.split(';')) if (statement.trim() !== '') await client.query(statement);
  await client.end();
}
