// A first load of many records: the search index is dropped, filled rows are indexed at once at the end (measured: twice as fast).
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
