// The floor: bare node:http and pg on one well-indexed table (GIN on the words, GiST on the geometry), strings for templates, no protocol
// layer. What a TypeScript server pays on top of it is the price of its layers; what it gains comes from a better index.
import { createServer } from 'node:http';
import pg from 'pg';
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

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: unknown) => String(text).replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c);
const tag = (name: string, value: unknown) => `<${name}>${escapeXml(value)}</${name}>`;

interface Row {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly begin_at: string;
  readonly end_at: string;
  readonly updated: string;
  readonly w: number;
  readonly s: number;
  readonly e: number;
  readonly n: number;
  readonly links: readonly { rel: string; href: string }[];
  readonly total: number;
  readonly iso: string;
}

const entry = (r: Row) =>
  `<entry>${tag('id', r.id)}${tag('title', r.title)}${tag('updated', r.updated)}${tag('summary', r.description)}${r.keywords.map((k) => `<category term="${escapeXml(k)}"/>`).join('')}${r.links
    .map((l) => `<link rel="${l.rel}" href="${escapeXml(l.href)}"/>`)
    .join(
      '',
    )}${tag('dc:date', `${r.begin_at}/${r.end_at}`)}<georss:box>${r.s} ${r.w} ${r.n} ${r.e}</georss:box></entry>`;
const feed = (rows: readonly Row[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><feed matched="${rows[0]?.total ?? 0}">${rows.map(entry).join('')}</feed>`;

const COLUMNS =
  'r.id, r.title, r.description, r.keywords, r.begin_at::text, r.end_at::text, r.updated::text, ST_XMin(r.geom) w, ST_YMin(r.geom) s, ST_XMax(r.geom) e, ST_YMax(r.geom) n, r.format, r.organisation, r.links';
const search = (timed: boolean) =>
  `WITH hits AS MATERIALIZED (SELECT n, updated FROM rec WHERE geom && ST_MakeEnvelope($1, $2, $3, $4, 4326) AND fts @@ plainto_tsquery('english', $5)${timed ? ' AND begin_at >= $6 AND end_at <= $7' : ''}), page AS (SELECT n FROM hits ORDER BY updated DESC, n LIMIT 10) SELECT ${COLUMNS}, (SELECT count(*) FROM hits)::int total FROM page JOIN rec r USING (n)`;
export const FLOOR_SQL: Readonly<Record<string, string>> = {
  search: search(false),
  period: search(true),
  record: 'SELECT iso FROM rec WHERE id = $1',
  page: `SELECT ${COLUMNS} FROM (SELECT n FROM rec ORDER BY updated, n LIMIT 10 OFFSET $1) page JOIN rec r USING (n)`,
};

function serve(port: number, connectionString: string): void {
  // A generic plan, which PostgreSQL turns to after five executions, does not know how common a word is.
  const pool = new pg.Pool({ connectionString, max: 4, options: '-c plan_cache_mode=force_custom_plan' });
  const query = async (name: string, values: readonly unknown[]) =>
    (await pool.query<Row>({ name, text: FLOOR_SQL[name] ?? '', values: [...values] })).rows;
  const answers: Readonly<Record<string, (p: URLSearchParams) => Promise<string>>> = {
    '/search': async (p) => feed(await query('search', [...(p.get('bbox') ?? '').split(','), p.get('q')])),
    '/period': async (p) =>
      feed(await query('period', [...(p.get('bbox') ?? '').split(','), p.get('q'), p.get('start'), p.get('end')])),
    '/record': async (p) => (await query('record', [p.get('id')]))[0]?.iso ?? '',
    '/page': async (p) => feed(await query('page', [p.get('start')])),
  };
  createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const answer = answers[url.pathname];
    if (answer === undefined) {
      response.writeHead(404).end();
      return;
    }
    answer(url.searchParams).then(
      (text) => {
        const body = Buffer.from(text);
        response.writeHead(200, { 'content-type': 'application/xml', 'content-length': body.length });
        response.end(body);
      },
      (error) => response.writeHead(500).end(String(error)),
    );
  }).listen(port, '127.0.0.1', () => process.send?.('ready'));
}

const [port, url] = process.argv.slice(2);
if (process.send !== undefined && port !== undefined && url !== undefined) serve(Number(port), url);
