// The rows of `service`, kept in step with mappings/services/, and the series record of each. A service that has lost its file keeps its
// row: its tag must never stand for another one.
import type { MetadataInput } from '../mapping/row.ts';
import { DOOR_SERVICE } from '../model/door.ts';
import type { Service } from '../model/service.ts';
import type { Database, Queries } from './database.ts';
import { createRecordWriter, type WriteReport, type WriterOptions } from './write-records.ts';

type Mode = Pick<Service, 'name' | 'mode'>;

const ADD = `INSERT INTO service (name, occasional)
SELECT s.name, s.occasional FROM unnest($1::text[], $2::boolean[]) WITH ORDINALITY AS s (name, occasional, place)
WHERE NOT EXISTS (SELECT FROM service known WHERE known.name = s.name) ORDER BY s.place
ON CONFLICT DO NOTHING`;
const CHANGE_MODE = `UPDATE service k SET occasional = s.occasional FROM unnest($1::text[], $2::boolean[]) AS s (name, occasional)
WHERE k.name = s.name AND k.occasional <> s.occasional RETURNING k.name`;
/** A mode changes what a missing end means, so the records of the service are indexed anew and count as changed. */
const INDEX_AGAIN = `SELECT metadata_reindex(r.list), catalogue_commit(r.list, $1::text[], date_trunc('second', $2::timestamptz))
FROM (SELECT coalesce(array_agg(n), '{}') AS list FROM metadata WHERE service = ANY ($1::text[])) r`;
const DECLARE_EXTENT = `UPDATE service SET extent_footprint = ST_Force2D(ST_GeomFromGeoJSON($2::jsonb)),
  extent_date_b = $3::date, extent_time_b = $4::time, extent_date_e = $5::date, extent_time_e = $6::time
WHERE name = $1 AND (extent_footprint, extent_date_b, extent_time_b, extent_date_e, extent_time_e)
  IS DISTINCT FROM (ST_Force2D(ST_GeomFromGeoJSON($2::jsonb)), $3::date, $4::time, $5::date, $6::time) RETURNING name`;
const REFRESH = "SELECT catalogue_commit('{}', $1::text[], date_trunc('second', $2::timestamptz))";

/** Adds new services and takes over changed modes; gives the tag of every service. Two processes may start together. */
export function syncServices(
  database: Database,
  services: readonly Mode[],
  clock: () => number = Date.now,
): Promise<ReadonlyMap<string, number>> {
  const values = [services.map((service) => service.name), services.map((service) => service.mode === 'occasional')];
  return database.transaction(
    async (queries) => {
      await queries.query(null, ADD, values);
      const changed = await queries.query<{ name: string }>(null, CHANGE_MODE, values);
      if (changed.length > 0) {
        await queries.query(null, INDEX_AGAIN, [changed.map((row) => row.name), new Date(clock()).toISOString()]);
      }
      return readTags(queries);
    },
    { unlimited: true },
  );
}

const OTHER_DOORS =
  "SELECT id FROM metadata WHERE service = $1 AND level = 'service' AND deleted_at IS NULL AND id <> ALL ($2::int[])";

/**
 * Writes the records of the web services that are mounted and withdraws those that are no more. Nothing at all happens where there
 * never was one.
 */
export function syncDoors(
  database: Database,
  doors: readonly MetadataInput[],
  options: WriterOptions,
): Promise<WriteReport & { readonly withdrawn: number }> {
  const writer = createRecordWriter(database, options);
  return database.transaction(
    async (queries) => {
      if (doors.length > 0) await queries.query(null, ADD, [[DOOR_SERVICE], [false]]);
      const session = writer.within(queries);
      const report = await session.write(doors);
      const numbers = doors.map((door) => door.id);
      const gone = await queries.query<{ id: number }>(null, OTHER_DOORS, [DOOR_SERVICE, numbers]);
      const withdrawn = await session.withdraw(gone.map(({ id }) => ({ service: DOOR_SERVICE, id })));
      await session.finish();
      return { ...report, withdrawn };
    },
    { unlimited: true },
  );
}

/** Service name → its tag in the search index. */
export async function readTags(queries: Queries): Promise<ReadonlyMap<string, number>> {
  const rows = await queries.query<{ name: string; tag: number }>(null, 'SELECT name, tag FROM service ORDER BY name');
  return new Map(rows.map((row) => [row.name, row.tag]));
}

/**
 * Writes the series records (number 0, one for each service) from the service files. The extent of a row is what the service declares:
 * it is kept with the service and stands in the record only while the service has no members to say better.
 */
export function syncSeries(
  database: Database,
  series: readonly MetadataInput[],
  options: WriterOptions,
): Promise<WriteReport> {
  const writer = createRecordWriter(database, options);
  return database.transaction(
    async (queries) => {
      const declared: string[] = [];
      for (const row of series) {
        const { service, footprint, date_b, time_b, date_e, time_e } = row;
        const shape = footprint ? JSON.stringify(footprint) : null;
        const values = [service, shape, date_b, time_b, date_e, time_e];
        const changed = await queries.query<{ name: string }>(null, DECLARE_EXTENT, values);
        declared.push(...changed.map(({ name }) => name));
      }
      const session = writer.within(queries);
      const report = await session.write(series, { series: true });
      await session.finish();
      if (declared.length > 0) {
        await queries.query(null, REFRESH, [declared.sort(), new Date(options.clock()).toISOString()]);
      }
      return report;
    },
    { unlimited: true },
  );
}
