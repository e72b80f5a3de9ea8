// The floor's one table, its indexes (GIN on the words, GiST on the geometry), and its statements.
import type { BenchRecord } from './records.ts';

export const FLOOR_SCHEMA = `
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE TABLE rec (
  n int NOT NULL, id uuid NOT NULL, service text NOT NULL, title text NOT NULL, description text NOT NULL, keywords text[] NOT NULL,
  begin_at timestamptz NOT NULL, end_at timestamptz NOT NULL, updated timestamptz NOT NULL, geom geometry(Polygon, 4326) NOT NULL,
  access text NOT NULL, format text NOT NULL, organisation text NOT NULL, links jsonb NOT NULL, iso text NOT NULL, fts tsvector);
ALTER TABLE rec ALTER COLUMN iso SET COMPRESSION lz4;`;
export const FLOOR_INDEXES = `
UPDATE rec SET fts = to_tsvector('english', concat_ws(' ', title, description, array_to_string(keywords, ' '), organisation, access, format));
ALTER TABLE rec ADD PRIMARY KEY (n);
CREATE UNIQUE INDEX rec_id ON rec (id);
CREATE INDEX rec_updated ON rec (updated, n);
CREATE INDEX rec_begin ON rec (begin_at);
CREATE INDEX rec_fts ON rec USING gin (fts) WITH (fastupdate = off);
CREATE INDEX rec_geom ON rec USING gist (geom);
VACUUM (FULL, ANALYZE) rec;`;
export const FLOOR_INSERT = `INSERT INTO rec (n, id, service, title, description, keywords, begin_at, end_at, updated, geom, access, format, organisation, links, iso)
SELECT n, id, service, title, description, keywords, begin, "end", updated, ST_MakeEnvelope(w, s, e, nn, 4326), access, format, organisation, links, iso
FROM jsonb_to_recordset($1::jsonb) AS r(n int, id uuid, service text, title text, description text, keywords text[], begin timestamptz, "end" timestamptz,
  updated timestamptz, w float8, s float8, e float8, nn float8, access text, format text, organisation text, links jsonb, iso text)`;

/** One line of FLOOR_INSERT's parameter; `iso` is the stored document that the floor gives without rendering. */
export function floorRow(record: BenchRecord, n: number, iso: string): object {
  const [w, s, e, nn] = record.bbox;
  return { ...record, n, w, s, e, nn, organisation: record.contact.organisation, iso };
}

const COLUMNS =
  'r.id, r.title, r.description, r.keywords, r.begin_at::text, r.end_at::text, r.updated::text, ST_XMin(r.geom) w, ST_YMin(r.geom) s, ST_XMax(r.geom) e, ST_YMax(r.geom) n, r.format, r.organisation, r.links';
const search = (timed: boolean) =>
  `WITH hits AS MATERIALIZED (SELECT n, updated FROM rec WHERE geom && ST_MakeEnvelope($1, $2, $3, $4, 4326) AND fts @@ plainto_tsquery('english', $5)${timed ? ' AND begin_at >= $6 AND end_at <= $7' : ''}), page AS (SELECT n FROM hits ORDER BY updated DESC, n LIMIT 10) SELECT ${COLUMNS}, (SELECT count(*) FROM hits)::int total FROM page JOIN rec r USING (n)`;
/** Box and an overlapping period, no words. */
const OVERLAP = `WITH hits AS MATERIALIZED (SELECT n, updated FROM rec WHERE geom && ST_MakeEnvelope($1, $2, $3, $4, 4326) AND begin_at <= $6 AND end_at >= $5), page AS (SELECT n FROM hits ORDER BY updated DESC, n LIMIT 10) SELECT ${COLUMNS}, (SELECT count(*) FROM hits)::int total FROM page JOIN rec r USING (n)`;
export const FLOOR_SQL: Readonly<Record<string, string>> = {
  search: search(false),
  period: search(true),
  overlap: OVERLAP,
  record: 'SELECT iso FROM rec WHERE id = $1',
  harvest:
    'SELECT id, updated::text AS stamp, n AS place, iso FROM rec WHERE (updated, n) > ($1, $2) ORDER BY updated, n LIMIT 100',
  'harvest-dc': `SELECT ${COLUMNS}, r.n AS place FROM rec r WHERE (r.updated, r.n) > ($1, $2) ORDER BY r.updated, r.n LIMIT 100`,
  page: `SELECT ${COLUMNS} FROM (SELECT n FROM rec ORDER BY updated, n LIMIT 10 OFFSET $1) page JOIN rec r USING (n)`,
};
