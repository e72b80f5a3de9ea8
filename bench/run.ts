// npm run bench: vobs beside the floor (bare node:http and pg on a well-indexed table), the same catalogue, one run, ratios.
//   -- --records FILE.jsonl   records of a file instead of generated ones      --count 100000
//   -- --seconds 5 --repeat 3 --clients 1,16 --only a,b                        --database postgres://…   an empty server of one's own
// Needs PostgreSQL 15 and PostGIS. All load comes from this machine and goes to 127.0.0.1 only.
import { parseArgs } from 'node:util';
import pg from 'pg';
import { freePort, type StartedServer, startServer } from '../conformance/started-server.ts';
import { startPrivateCluster } from '../test/fixtures/private-cluster.ts';
import { type Child, startChild } from './children.ts';
import { FLOOR_SQL } from './floor-sql.ts';
import { harvestChains } from './harvest-chains.ts';
import { harvestMemory } from './harvest-memory.ts';
import type { LoadOrder, LoadResult } from './load.ts';
import { fixtureMappings, loadFloor, loadOurs } from './load-catalogues.ts';
import { quietly } from './quiet.ts';
import { records } from './records.ts';
import { type Workload, workloads } from './workload-table.ts';
import { type Parameters, parameterDrawer } from './workloads.ts';
import { templateReport } from './xml-template.ts';

const { values: option } = parseArgs({
  options: {
    records: { type: 'string' },
    count: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '5' },
    repeat: { type: 'string', default: '3' },
    clients: { type: 'string', default: '1,16' },
    only: { type: 'string' },
    database: { type: 'string' },
  },
});
const say = (line: string) => process.stdout.write(`${line}\n`);
const file = option.records ?? null;
const count = Number(option.count);
const milliseconds = Number(option.seconds) * 1000;
const median = (list: readonly number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN;

async function databaseOf(server: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

async function drawParameters(): Promise<{ readonly services: readonly string[]; readonly parameters: Parameters }> {
  const drawer = parameterDrawer();
  const services = new Set<string>();
  for await (const record of records(count, file)) {
    services.add(record.service);
    drawer.add(record);
  }
  return { services: [...services].sort(), parameters: drawer.draw(100) };
}

/** Asks one path and checks that the answer holds what it must: a fast wrong answer is no result. */
async function check(base: string, paths: readonly string[], holds: Workload['holds']): Promise<number> {
  let bytes = 0;
  for (const path of paths.slice(0, 20)) {
    const response = await fetch(base + path, { headers: { 'accept-encoding': 'identity' } });
    const body = await response.text();
    const found = holds === null ? 0 : body.split(holds.text).length - 1;
    if (response.status !== 200 || (holds !== null && found !== holds.times)) {
      throw new Error(`${path}: status ${response.status}, ${found} of '${holds?.text}'\n${body.slice(0, 400)}`);
    }
    bytes += Buffer.byteLength(body);
  }
  return Math.round(bytes / Math.min(20, paths.length));
}

/** The `next` links of our own feeds at 90 % of the catalogue, as paths. */
async function ownNextLinks(base: string, parameters: Parameters): Promise<readonly string[]> {
  const links: string[] = [];
  for (const start of parameters.deep.slice(0, 20)) {
    const feed = await (await fetch(`${base}/opensearch/search.atom?count=10&startIndex=${start + 1}`)).text();
    const link = /<link(?=[^>]*rel="next")[^>]*href="([^"]+)"/.exec(feed)?.[1]?.replaceAll('&amp;', '&');
    if (link === undefined) throw new Error(`no next link at ${start}`);
    const url = new URL(link);
    links.push(url.pathname + url.search);
  }
  return links;
}

interface Side {
  readonly port: number;
  readonly pid: number;
  readonly paths: readonly string[];
  readonly headers: string;
}
interface Row {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpu: number;
  readonly database: number;
  readonly errors: number;
  readonly neighbours: number;
}

async function measure(load: Child, side: Side, clients: number, databasePid: number): Promise<Row> {
  const order: LoadOrder = { port: side.port, paths: side.paths, clients, milliseconds, headers: side.headers };
  const { result, neighbours, cpu } = await quietly([side.pid, databasePid, load.pid], () =>
    load.ask<LoadResult>(order),
  );
  return {
    rate: (result.requests * 1000) / result.milliseconds,
    p50: result.p50,
    p99: result.p99,
    errors: result.errors,
    neighbours,
    cpu: (cpu[0] ?? 0) / result.requests,
    database: (cpu[1] ?? 0) / result.requests,
  };
}

const middle = (rows: readonly Row[]): Row => {
  const of = (key: keyof Row) => median(rows.map((row) => row[key]));
  return {
    rate: of('rate'),
    p50: of('p50'),
    p99: of('p99'),
    cpu: of('cpu'),
    database: of('database'),
    errors: Math.max(...rows.map((r) => r.errors)),
    neighbours: Math.max(...rows.map((r) => r.neighbours)),
  };
};
const line = (name: string, row: Row) =>
  `  ${name.padEnd(8)} ${row.rate.toFixed(0).padStart(7)}/s  p50 ${row.p50.toFixed(2).padStart(7)} ms  p99 ${row.p99.toFixed(2).padStart(7)} ms  CPU server ${row.cpu.toFixed(3)} ms  PostgreSQL ${row.database.toFixed(3)} ms  neighbours ${row.neighbours.toFixed(2)} cores${row.errors > 0 ? `  ERRORS ${row.errors}` : ''}`;

/** Statements of the workload a second, without HTTP. */
async function bareRate(of: NonNullable<Workload['sql']>, clients: number, stage: Stage): Promise<number> {
  const order = { name: of.name, values: of.values(stage.parameters), clients, milliseconds: milliseconds / 2 };
  const { result } = await quietly([stage.sql.pid, stage.databasePid], () =>
    stage.sql.ask<{ requests: number; milliseconds: number }>(order),
  );
  return (result.requests * 1000) / result.milliseconds;
}

async function compare(workload: Workload, clients: number, stage: Stage): Promise<boolean> {
  const paths = workload.ours(stage.parameters);
  const headers = workload.key === '304' ? await conditional(stage.ours.url + (paths[0] ?? '')) : '';
  const ours: Side = { port: stage.ours.port, pid: stage.ours.process.pid ?? 0, paths, headers };
  const otherPaths = workload.against.paths(stage.parameters);
  const other: Side = { ...stage.others[workload.against.kind], paths: otherPaths, headers: '' };
  const rows: { ours: Row[]; other: Row[]; bare: number[] } = { ours: [], other: [], bare: [] };
  for (let i = 0; i < Number(option.repeat); i++) {
    rows.other.push(await measure(stage.load, other, clients, stage.databasePid));
    rows.ours.push(await measure(stage.load, ours, clients, stage.databasePid));
    if (workload.sql !== undefined) rows.bare.push(await bareRate(workload.sql, clients, stage));
  }
  const [mine, theirs] = [middle(rows.ours), middle(rows.other)];
  const ratio = mine.rate / theirs.rate;
  say(`${workload.key}: ${workload.title}, ${clients} client${clients > 1 ? 's' : ''}`);
  say(line('vobs', mine));
  say(line(workload.against.kind, theirs));
  let isVoid = false;
  if (workload.sql !== undefined) {
    const rate = median(rows.bare);
    isVoid = theirs.rate < 0.8 * rate && workload.key !== 'b';
    say(`  bare SQL ${rate.toFixed(0).padStart(7)}/s${isVoid ? '  the floor is below 0.8 of it: ratio void' : ''}`);
  }
  const isJudged = clients > 1;
  const isMet = ratio >= workload.budget && mine.errors === 0 && !isVoid;
  say(
    `  ratio    ${ratio.toFixed(2)}${isJudged ? `  (budget ${workload.budget.toFixed(2)}: ${isMet ? 'met' : 'MISSED'})` : ''}`,
  );
  return !isJudged || isMet;
}

async function conditional(url: string): Promise<string> {
  const etag = (await fetch(url, { headers: { 'accept-encoding': 'identity' } })).headers.get('etag');
  const again = await fetch(url, { headers: { 'if-none-match': etag ?? '', 'accept-encoding': 'identity' } });
  if (again.status !== 304) throw new Error(`${url} with If-None-Match ${etag} answered ${again.status}`);
  return `If-None-Match: ${etag}\r\n`;
}

interface Stage {
  readonly parameters: Parameters;
  readonly ours: StartedServer;
  readonly others: { readonly [kind in Workload['against']['kind']]: Omit<Side, 'paths' | 'headers'> };
  readonly load: Child;
  readonly sql: Child;
  readonly databasePid: number;
}

const cluster =
  option.database === undefined
    ? await startPrivateCluster(['shared_buffers=2GB', 'max_wal_size=4GB', 'jit=off'])
    : null;
const server = option.database ?? cluster?.url ?? '';
say(`${count} records from ${file ?? 'the generator'}`);
const { services, parameters } = await drawParameters();
const directory = fixtureMappings(services);
const [ourUrl, floorUrl] = [await databaseOf(server, 'bench_vobs'), await databaseOf(server, 'bench_floor')];
const started = Date.now();
say(
  `ours: ${await loadOurs(ourUrl, directory, records(count, file))} records in ${((Date.now() - started) / 1000).toFixed(0)} s`,
);
const ours = await startServer({
  arguments: ['--migrate'],
  settings: { VOBS_DATABASE_URL: ourUrl, VOBS_MAPPINGS: directory, VOBS_LOG_LEVEL: 'warn' },
});
const sampleId = parameters.ids[0] ?? '';
const sample = await (await fetch(`${ours.url}/records/${sampleId}?f=iso19139`)).text();
await loadFloor(floorUrl, records(count, file), (record) => sample.replaceAll(sampleId, record.id));
say('floor: loaded');
for (const [name, text] of Object.entries(FLOOR_SQL)) say(`floor's SQL, ${name}: ${text}`);

const [floorPort, koaPort] = [await freePort(), await freePort()];
const floor = await startChild('floor.ts', [String(floorPort), floorUrl], true);
const koa = await startChild('servers.ts', ['koa-select', ourUrl, String(koaPort)], true);
const sql = await startChild('servers.ts', ['bare-sql', floorUrl], true);
const load = await startChild('load.ts', [], false);
const administration = new pg.Client({ connectionString: server });
await administration.connect();
const { rows } = await administration.query<{ pid: number }>(
  "SELECT (regexp_split_to_array(pg_read_file('postmaster.pid'), '\\n'))[1]::int AS pid",
);
await administration.end();
const stage: Stage = {
  parameters,
  ours,
  load,
  sql,
  databasePid: rows[0]?.pid ?? 0,
  others: {
    floor: { port: floorPort, pid: floor.pid },
    koa: { port: koaPort, pid: koa.pid },
    self: { port: ours.port, pid: ours.process.pid ?? 0 },
  },
};
const only = option.only?.split(',');
let missed = 0;
const chains = await harvestChains(ours.url, `http://127.0.0.1:${floorPort}`);
for (const workload of workloads(await ownNextLinks(ours.url, parameters), chains)) {
  if (only !== undefined && !only.includes(workload.key)) continue;
  say(`${workload.key}: ${await check(ours.url, workload.ours(parameters), workload.holds)} bytes an answer`);
  for (const clients of option.clients.split(',').map(Number)) if (!(await compare(workload, clients, stage))) missed++;
}
if (only === undefined || only.includes('memory')) {
  const {
    records: harvested,
    pages,
    seconds,
    before,
    greatest,
  } = await harvestMemory(ours.url, ours.process.pid ?? 0, 'iso19139');
  const growth = greatest - before;
  say(
    `memory: ${harvested} records in ${pages} pages of OAI-PMH as iso19139, ${(harvested / seconds).toFixed(0)} a second; ` +
      `resident ${before.toFixed(0)} MB before, at most ${greatest.toFixed(0)} MB: +${growth.toFixed(0)} MB (budget 50: ${growth <= 50 ? 'met' : 'MISSED'})`,
  );
  if (growth > 50) missed++;
}
if (only === undefined || only.includes('template')) for (const line of templateReport(2000, 5)) say(line);
for (const child of [floor, koa, sql, load]) child.stop();
await ours.stop();
cluster?.remove();
say(`${missed} budgets missed`);
process.exit(missed > 0 ? 1 : 0);
