// The floor: bare node:http and pg on one well-indexed table, strings for templates, no protocol layer. What a TypeScript server pays on top of
// it is the price of its layers; what it gains comes from a better index. Run as `floor.ts PORT DATABASE-URL` in a process of its own.
import { createServer } from 'node:http';
import pg from 'pg';
import { FLOOR_SQL } from './floor-sql.ts';

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
  readonly stamp: string;
  readonly place: number;
  readonly organisation: string;
  readonly format: string;
}

const entry = (r: Row) =>
  `<entry>${tag('id', r.id)}${tag('title', r.title)}${tag('updated', r.updated)}${tag('summary', r.description)}${r.keywords.map((k) => `<category term="${escapeXml(k)}"/>`).join('')}${r.links
    .map((l) => `<link rel="${l.rel}" href="${escapeXml(l.href)}"/>`)
    .join(
      '',
    )}${tag('dc:date', `${r.begin_at}/${r.end_at}`)}<georss:box>${r.s} ${r.w} ${r.n} ${r.e}</georss:box></entry>`;
const feed = (rows: readonly Row[]) =>
  `<?xml version="1.0" encoding="UTF-8"?><feed matched="${rows[0]?.total ?? 0}">${rows.map(entry).join('')}</feed>`;

const dublinCore = (r: Row) =>
  `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">${tag('dc:title', r.title)}${tag('dc:creator', r.organisation)}${r.keywords.map((k) => tag('dc:subject', k)).join('')}${tag('dc:description', r.description)}${tag('dc:publisher', r.organisation)}${tag('dc:date', r.updated)}${tag('dc:format', r.format)}${tag('dc:identifier', r.id)}${r.links.map((l) => tag('dc:identifier', l.href)).join('')}${tag('dc:coverage', `northlimit=${r.n}; southlimit=${r.s}; eastlimit=${r.e}; westlimit=${r.w}`)}${tag('dc:coverage', `start=${r.begin_at}; end=${r.end_at}`)}</oai_dc:dc>`;
const harvest = (rows: readonly Row[], stamp: (r: Row) => string, metadata: (r: Row) => string) => {
  const last = rows.at(-1);
  return `<OAI-PMH>${rows.map((r) => `<record><header>${tag('identifier', r.id)}${tag('datestamp', stamp(r))}</header><metadata>${metadata(r)}</metadata></record>`).join('')}<resumptionToken>${last ? `${stamp(last)},${last.place}` : ''}</resumptionToken></OAI-PMH>`;
};
const after = (p: URLSearchParams) => (p.get('after') ?? '1900-01-01,0').split(',');

function serve(port: number, connectionString: string): void {
  // A generic plan, which PostgreSQL turns to after five executions, does not know how common a word is.
  const pool = new pg.Pool({ connectionString, max: 4, options: '-c plan_cache_mode=force_custom_plan' });
  const query = async (name: string, values: readonly unknown[]) =>
    (await pool.query<Row>({ name, text: FLOOR_SQL[name] ?? '', values: [...values] })).rows;
  const answers: Readonly<Record<string, (p: URLSearchParams) => Promise<string>>> = {
    '/search': async (p) => feed(await query('search', [...(p.get('bbox') ?? '').split(','), p.get('q')])),
    '/period': async (p) =>
      feed(await query('period', [...(p.get('bbox') ?? '').split(','), p.get('q'), p.get('start'), p.get('end')])),
    '/overlap': async (p) =>
      feed(await query('overlap', [...(p.get('bbox') ?? '').split(','), p.get('start'), p.get('end')])),
    '/record': async (p) => (await query('record', [p.get('id')]))[0]?.iso ?? '',
    '/harvest': async (p) =>
      harvest(
        await query('harvest', after(p)),
        (r) => r.stamp,
        (r) => r.iso,
      ),
    '/harvest-dc': async (p) => harvest(await query('harvest-dc', after(p)), (r) => r.updated, dublinCore),
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
