// The statements of the record writer, made once from the list of columns.
import { CONTENT_COLUMNS, EXTENT_COLUMNS } from './row-columns.ts';

const COLUMNS = Object.keys(CONTENT_COLUMNS);
const RECORDSET = [
  'service text',
  'id int',
  'updated_at timestamptz',
  ...Object.entries(CONTENT_COLUMNS).map(([name, type]) => `${name} ${type}`),
].join(', ');

const expression = (column: string) =>
  column === 'footprint'
    ? "CASE WHEN jsonb_typeof(r.footprint) = 'object' THEN ST_Force2D(ST_GeomFromGeoJSON(r.footprint)) END"
    : `r.${column}`;

/**
 * Writes a batch ($1: JSON array of complete rows, no key twice) at the time $2 with the revision $3. An equal row is left alone. With $4
 * the datestamp is the source's own date: for a first load, which nobody has harvested yet. A withdrawn record comes back.
 * Gives n, service and whether it is new, of those that changed.
 */
function upsert(columns: readonly string[]): string {
  const list = columns.join(', ');
  return `INSERT INTO metadata AS m (service, id, updated_at, created_at, datestamp, change, ${list})
SELECT r.service, r.id, coalesce(r.updated_at, $2::timestamptz), $2::timestamptz,
  date_trunc('second', CASE WHEN $4::boolean THEN least(coalesce(r.updated_at, $2::timestamptz), $2::timestamptz) ELSE $2::timestamptz END),
  $3::bigint, ${columns.map(expression).join(', ')}
FROM jsonb_to_recordset($1::jsonb) AS r (${RECORDSET})
ORDER BY r.service, r.id
ON CONFLICT (service, id) DO UPDATE SET (updated_at, datestamp, change, deleted_at, ${list})
  = (EXCLUDED.updated_at, EXCLUDED.datestamp, EXCLUDED.change, NULL, ${columns.map((c) => `EXCLUDED.${c}`).join(', ')})
WHERE m.deleted_at IS NOT NULL
  OR (${columns.map((c) => `m.${c}`).join(', ')}) IS DISTINCT FROM (${columns.map((c) => `EXCLUDED.${c}`).join(', ')})
RETURNING m.n, m.service, m.xmax = 0 AS inserted`;
}

export const WRITE_RECORDS = upsert(COLUMNS);
/** Rows of number 0: their extent follows their members. */
export const WRITE_SERIES = upsert(COLUMNS.filter((column) => !EXTENT_COLUMNS.has(column)));

/** Which of these identifiers ($1) stand in the catalogue, and whose they are. */
export const OWNERS = 'SELECT identifier, service, id FROM metadata WHERE identifier = ANY ($1::text[])';

/** Takes $2 numbers of the service $1, above all that it has and above $3; gives the last of them. */
export const TAKE_NUMBERS = `UPDATE service
SET last_id = greatest(last_id, $3::int, (SELECT coalesce(max(id), 0) FROM metadata WHERE service = $1)) + $2::int
WHERE name = $1 RETURNING last_id`;

/** Which of these positions ($1 longitudes, $2 latitudes, $3 EPSG codes) lie outside their system; gives their places in the list, from 1. */
export const OUTSIDE = `SELECT p.place FROM unnest($1::float8[], $2::float8[], $3::int[]) WITH ORDINALITY AS p (x, y, epsg, place)
WHERE metadata_position(p.x, p.y, p.epsg) IS NULL`;

/** Withdraws the records ($1 services, $2 numbers) at the time $3: tombstones, out of every search. Number 0 stays. */
export const WITHDRAW = `UPDATE metadata m SET deleted_at = $3::timestamptz, datestamp = date_trunc('second', $3::timestamptz), change = 0
FROM unnest($1::text[], $2::int[]) AS k (service, id)
WHERE m.service = k.service AND m.id = k.id AND m.id > 0 AND m.deleted_at IS NULL RETURNING m.n, m.service`;

/** Takes the lock of the writers and gives the series records that changed with the records $1 of the services $2. */
export const PREPARE = 'SELECT catalogue_prepare($1::int[], $2::text[], $3::timestamptz) AS series';

/** The last statement: one revision and one datestamp for everything that changed, given where nobody can come in between. */
export const FINISH = 'SELECT catalogue_finish($1::int[], $2::timestamptz)::text AS revision';
