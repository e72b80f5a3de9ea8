// What a filter reads of a record is what the record shows: each property of the queryables table, for records of every service.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { createCatalogue } from '../../src/catalogue/create-catalogue.ts';
import { seedRows } from '../../src/ingest/seed/rows.ts';
import { createQueryables } from '../../src/mapping/queryables.ts';
import { createRecordConstants } from '../../src/mapping/record-constants.ts';
import { createRowToRecord } from '../../src/mapping/row-to-record.ts';
import { codeOf } from '../../src/model/codes.ts';
import { EVERYTHING } from '../../src/model/query.ts';
import type { CatalogRecord } from '../../src/model/record.ts';
import type { Database } from '../../src/storage/database.ts';
import { columnOf } from '../../src/storage/filter-columns.ts';
import { createParameters } from '../../src/storage/search-statement.ts';
import { createRecordWriter } from '../../src/storage/write-records.ts';
import { testDatabase, testMappings } from '../fixtures/database.ts';
import { INTERNAL } from '../fixtures/search-records.ts';

const test = suite('filter: columns');
const mappings = testMappings();
const queryables = createQueryables(mappings);
const constants = createRecordConstants(mappings);
let database: Database;
let records: readonly CatalogRecord[];

test.before(async () => {
  database = await testDatabase();
  // Every 60th row of the demo, and all of its odd ones at the end of the list.
  const rows = [...seedRows('demo')].map(({ input }) => input);
  const chosen = rows
    .filter((row, i) => i % 60 === 0 || row.contacts || row.lineage || row.licence || row.translations)
    .slice(0, 160);
  const writer = createRecordWriter(database, {
    prefix: mappings.site.identifierPrefix,
    clock: () => Date.UTC(2026, 0, 1),
  });
  await writer.load(chosen.map((row, i) => (i === 0 ? { ...row, version: '1.2', resolution_m: 12.5 } : row)));
  const catalogue = createCatalogue(database, {
    toRecord: createRowToRecord(mappings),
    services: mappings.services,
    constants,
  });
  records = (await catalogue.search({ ...EVERYTHING, limit: 1000 }, INTERNAL)).records;
});

const other = (record: CatalogRecord): 'en' | 'fr' => (record.lang === 'en' ? 'fr' : 'en');
const CREATES = ['owner', 'originator', 'author', 'principalInvestigator'];

function parties(record: CatalogRecord, wanted: (role: string) => boolean, orSite: boolean): readonly string[] {
  const names = record.contacts.filter(({ role }) => wanted(role)).map(({ organisation }) => organisation);
  return names.length === 0 && orSite ? [mappings.site.organisation.organisation] : names;
}

function typesOf(record: CatalogRecord): readonly string[] {
  const type =
    record.level === 'service'
      ? 'Service'
      : record.level === 'series'
        ? 'Collection'
        : (codeOf(mappings.codes.acquisition, record.acquisition)?.dcmitype ?? 'Dataset');
  return [record.level, type, `http://purl.org/dc/dcmitype/${type}`];
}

const first = (moment: string | null): string | null =>
  moment === null ? null : moment.length === 10 ? `${moment}T00:00:00Z` : moment;
const last = (moment: string | null): string | null =>
  moment === null ? null : moment.length === 10 ? `${moment}T23:59:59Z` : moment;

/** What the record shows; dates as moments, lists in any order. */
const SHOWN: {
  readonly [name: string]: (record: CatalogRecord) => string | number | boolean | null | undefined | readonly string[];
} = {
  id: (r) => r.identifier,
  title: (r) => r.title,
  alternateTitle: (r) => r.translations[other(r)]?.title,
  description: (r) => r.abstract,
  type: typesOf,
  keywords: (r) => r.keywords,
  subject: (r) => [...r.keywords, ...r.themes.flatMap(({ label }) => Object.values(label)), ...r.topics],
  topic: (r) => r.topics,
  service: (r) => r.service,
  number: (r) => r.id,
  parent: (r) => r.parent,
  doi: (r) => r.doi,
  version: (r) => r.version,
  begin: ({ time }) => (time.kind === 'none' ? null : first(time.kind === 'instant' ? time.at : time.begin)),
  end: ({ time }) => (time.kind === 'none' ? null : last(time.kind === 'instant' ? time.at : time.end)),
  place: (r) => {
    const field = mappings.services.find(({ name }) => name === r.service)?.old.localization ?? 'localization';
    const value = r.fields[field];
    return typeof value === 'string' ? value : null;
  },
  elevation: (r) => r.elevation,
  crs: ({ position }) =>
    position === null
      ? null
      : [
          `${position.epsg}`,
          `EPSG:${position.epsg}`,
          `urn:ogc:def:crs:EPSG::${position.epsg}`,
          `http://www.opengis.net/def/crs/EPSG/0/${position.epsg}`,
        ],
  spatialResolution: (r) => r.resolutionMetres,
  updated: (r) => r.updated,
  created: (r) => first(r.created),
  published: (r) => first(r.published),
  date: (r) => first(r.published ?? r.created ?? r.updated.slice(0, 10)),
  format: (r) => {
    const code = codeOf(mappings.codes.format, r.format);
    return code === undefined ? null : [...new Set([code.name, code.mediaType, code.isoName])];
  },
  acquisition: (r) => r.acquisition,
  productLevel: (r) => r.productLevel,
  instrument: (r) => r.instruments,
  platform: (r) => r.platform,
  access: (r) => codeOf(mappings.codes.authorization, r.authorization)?.name,
  authorization: (r) => r.authorization,
  hasSecurityConstraints: (r) => r.authorization > 0,
  license: ({ licence }) => [...new Set([licence.id, licence.url, licence.title])],
  language: (r) => (r.lang === 'fr' ? ['fr', 'fre', 'fra'] : ['en', 'eng']),
  organisation: (r) => parties(r, () => true, false),
  creator: (r) => parties(r, (role) => CREATES.includes(role), true),
  publisher: (r) => parties(r, (role) => role === 'publisher', true),
  contributor: (r) => parties(r, (role) => role !== 'publisher' && !CREATES.includes(role), false),
  lineage: (r) => r.lineage?.[r.lang],
};

const WITHOUT = ['anytext', 'time', 'geometry'];

test('every common property has a column, and every column is compared', () => {
  const common = queryables.all.filter(({ field }) => field === null).map(({ name }) => name);
  assert.deepEqual([...Object.keys(SHOWN), ...WITHOUT].sort(), [...common].sort());
});

async function stored(name: string): Promise<ReadonlyMap<string, unknown>> {
  const parameters = createParameters();
  const queryable = queryables.all.find((each) => each.name === name)!;
  const { kind, sql } = columnOf(queryable, constants, parameters);
  const shown =
    kind === 'moment' || kind === 'day' ? `to_char((${sql}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')` : sql;
  const rows = await database.query<{ identifier: string; value: unknown }>(
    null,
    `SELECT m.identifier, to_jsonb(${shown}) AS value FROM metadata_search s JOIN metadata m ON m.n = s.n`,
    parameters.values,
  );
  return new Map(rows.map(({ identifier, value }) => [identifier, value]));
}

const comparable = (value: unknown): unknown =>
  Array.isArray(value) ? [...new Set(value)].sort() : value === undefined || value === '' ? null : value;
const orNothing = (value: unknown): unknown => (Array.isArray(value) && value.length === 0 ? null : value);

for (const [name, show] of Object.entries(SHOWN)) {
  test(name, async () => {
    const values = await stored(name);
    let some = 0;
    for (const record of records) {
      const wanted = orNothing(comparable(show(record)));
      assert.deepEqual(orNothing(comparable(values.get(record.identifier))), wanted, `${name} of ${record.identifier}`);
      if (wanted !== null) some++;
    }
    assert.ok(some > 0, `no record has ${name}`);
  });
}

test.run();
