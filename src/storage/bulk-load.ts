// Writing many records. A first load drops the search index and builds it at the end; an import into a catalogue that is being searched
// collects the new entries of the index and merges them at the end (measured: 1.8 times the rate of one by one).
import { AppError } from '../model/errors.ts';
import type { Queries } from './database.ts';

const INDEXES: readonly (readonly [name: string, create: string])[] = [
  [
    'metadata_search_find',
    'CREATE INDEX metadata_search_find ON metadata_search USING gin (words, cells, months) WITH (fastupdate = off)',
  ],
  [
    'metadata_search_newest',
    'CREATE INDEX metadata_search_newest ON metadata_search (updated DESC, n) INCLUDE (access, service)',
  ],
  [
    'metadata_search_place',
    'CREATE INDEX metadata_search_place ON metadata_search (ST_SetSRID(ST_MakePoint((west + east) / 2, (south + north) / 2), 4326))',
  ],
];

/** Takes the lock of the writers at once and gives the revision that all rows of the load get. */
export async function beginBulkLoad(queries: Queries, stamp: string): Promise<string> {
  const rows = await queries.query<{ revision: string }>(
    null,
    "SELECT catalogue_raise(date_trunc('second', $1::timestamptz))::text AS revision",
    [stamp],
  );
  for (const [name] of INDEXES) await queries.query(null, `DROP INDEX IF EXISTS ${name}`);
  return rows[0]!.revision;
}

/** Series, words, indexes, statistics. */
export async function endBulkLoad(
  queries: Queries,
  load: {
    readonly records: readonly number[];
    readonly services: readonly string[];
    readonly stamp: string;
    readonly byPlace: boolean;
  },
): Promise<void> {
  // Nobody has seen the revision yet: this transaction holds its lock.
  if (load.records.length === 0) await queries.query(null, 'UPDATE catalogue_revision SET revision = revision - 1');
  await queries.query(null, 'ANALYZE metadata_search');
  const series = await queries.query<{ n: number }>(
    null,
    "SELECT series_refresh($1::text[], date_trunc('second', $2::timestamptz)) AS n",
    [load.services, load.stamp],
  );
  await queries.query(null, 'SELECT catalogue_stamp($1::int[], (SELECT revision FROM catalogue_revision))', [
    series.map((row) => row.n),
  ]);
  await queries.query(null, 'SELECT vocabulary_learn($1::int[])', [load.records]);
  for (const [, create] of INDEXES) await queries.query(null, create);
  if (load.byPlace) await queries.query(null, 'CLUSTER metadata_search USING metadata_search_place');
  for (const table of ['metadata', 'metadata_search', 'service', 'vocabulary'])
    await queries.query(null, `ANALYZE ${table}`);
}

/** Lets walks along an index alone skip the table. Worth having, not worth failing for: autovacuum does it later. */
export async function markVisible(queries: Queries): Promise<void> {
  await queries.query(null, 'VACUUM metadata_search').catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
  });
}

const IS_OURS =
  "SELECT pg_has_role(relowner, 'USAGE') AS ours FROM pg_class WHERE oid = 'metadata_search_find'::regclass";
const COLLECT = 'ALTER INDEX metadata_search_find SET (fastupdate = on)';
const MERGE = [
  "SELECT gin_clean_pending_list('metadata_search_find')",
  'ALTER INDEX metadata_search_find SET (fastupdate = off)',
];

/**
 * From here to the end of the transaction the index collects new entries; gives the function that merges them, to be called before the
 * end. Only the index's owner may do so: for others the function does nothing.
 */
export async function collectEntries(queries: Queries): Promise<() => Promise<void>> {
  const [index] = await queries.query<{ ours: boolean }>(null, IS_OURS);
  if (!index?.ours) return async () => {};
  await queries.query(null, COLLECT);
  return async () => {
    for (const text of MERGE) await queries.query(null, text);
  };
}
