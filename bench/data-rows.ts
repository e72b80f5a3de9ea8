// Rows of observations out of PostgreSQL: a CSV download of `/data` against `COPY … TO STDOUT` in the same run, with the memory that the server
// takes; and how soon a day out of ten years of one-minute data begins to arrive. Makes a database of its own on the server of --database and
// drops it. Needs psql.
//   node --import tsx bench/data-rows.ts --database postgres://user@host/db --rows 1000000
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadMappings } from '../src/mapping/load.ts';
import { dataShapes } from '../src/storage/data-shape.ts';
import { ensureYears, syncDataTables } from '../src/storage/data-tables.ts';
import type { Database } from '../src/storage/database.ts';
import { migrate } from '../src/storage/migrate.ts';
import { openPostgresql } from '../src/storage/postgresql.ts';
import { syncServices } from '../src/storage/service-rows.ts';
import { createRecordWriter } from '../src/storage/write-records.ts';

const { values: option } = parseArgs({
  options: {
    database: { type: 'string', default: process.env.VOBS_TEST_DATABASE_URL ?? '' },
    rows: { type: 'string', default: '1000000' },
    windows: { type: 'string', default: '20' },
    port: { type: 'string', default: '9871' },
  },
});
const ROWS = Number(option.rows);
const TEN_YEARS = 5_256_000;
const MINUTE = 60_000;
const FIRST = Date.UTC(2005, 0, 1);
const SERVICE = 'copdd';
const COLUMNS = 'value,percentile_15_87,percentile_84_13,samples,flag';

/** Rows of one record, minute by minute, made by the database. */
async function fill(database: Database, record: number, count: number): Promise<void> {
  const shape = dataShapes(mappings.services).get(SERVICE);
  if (shape === undefined) throw new Error(`${SERVICE} has no rows`);
  const last = new Date(FIRST + count * MINUTE).getUTCFullYear();
  const known = new Set(
    (
      await database.query<{ name: string }>(
        null,
        "SELECT relname AS name FROM pg_class WHERE relname LIKE 'data\\_copdd\\_y%' AND relkind = 'r'",
      )
    ).map(({ name }) => Number(name.slice(-4))),
  );
  const years = Array.from({ length: last - 2005 + 1 }, (_, n) => 2005 + n).filter((year) => !known.has(year));
  await database.transaction(
    async (queries) => {
      await ensureYears(queries, shape, years);
      await queries.query(
        null,
        `INSERT INTO data_copdd (record, "time", time_end, value, percentile_15_87, percentile_84_13, samples, flag, vobs_since)
SELECT $1::int, t, t + interval '1 minute', round((40 + 12 * sin(n / 700.0) + 3 * random())::numeric, 3)::float8,
  round((35 + 12 * sin(n / 700.0))::numeric, 3)::float8, round((45 + 12 * sin(n / 700.0))::numeric, 3)::float8, 58 + n % 3, CASE WHEN n % 97 = 0 THEN 640 ELSE 0 END, 1
FROM (SELECT n, to_timestamp($2::float8 / 1000) + n * interval '1 minute' AS t FROM generate_series(0, $3::int - 1) n) s`,
        [record, FIRST, count],
      );
      await queries.query(null, "UPDATE rows_revision SET revision = 1 WHERE service = 'copdd'");
      await queries.query(
        null,
        "INSERT INTO rows_record (service, record, row_count, begins, ends) VALUES ('copdd', $1, $2, to_timestamp($3::float8 / 1000), to_timestamp($4::float8 / 1000))",
        [record, count, FIRST, FIRST + (count - 1) * MINUTE],
      );
      await queries.query(null, "UPDATE metadata SET has_rows = true WHERE service = 'copdd' AND id IN (0, $1)", [
        record,
      ]);
    },
    { unlimited: true },
  );
}

interface Taken {
  readonly seconds: number;
  readonly bytes: number;
}

/** Bytes of a program's standard output, thrown away as they come. */
function drained(command: string, args: readonly string[]): Promise<Taken> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let bytes = 0;
    child.stdout.on('data', (piece: Buffer) => {
      bytes += piece.length;
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve({ seconds: (performance.now() - started) / 1000, bytes });
      else reject(new Error(`${command} ended with ${code}`));
    });
  });
}

/** Milliseconds until the first byte of the body, and until the last. */
function timed(url: string): Promise<{ readonly first: number; readonly last: number; readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    get(url, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${answer.statusCode} for ${url}`));
      let first = 0;
      let bytes = 0;
      answer.on('data', (piece: Buffer) => {
        first ||= performance.now() - started;
        bytes += piece.length;
      });
      answer.once('end', () => resolve({ first, last: performance.now() - started, bytes }));
      answer.once('error', reject);
    }).once('error', reject);
  });
}

const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

async function startServer(url: string): Promise<{ readonly pid: number; readonly stop: () => Promise<void> }> {
  const vobs = fileURLToPath(new URL('../bin/vobs.mjs', import.meta.url));
  const child = spawn(process.execPath, [vobs, 'serve'], {
    env: {
      ...process.env,
      VOBS_DATABASE_URL: url,
      VOBS_PORT: option.port,
      VOBS_HOST: '127.0.0.1',
      VOBS_BASE_URL: BASE,
      VOBS_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (piece: Buffer) => {
      if (piece.toString().includes('listening')) resolve();
    });
    child.once('exit', (code) => reject(new Error(`vobs serve ended with ${code}`)));
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function download(url: string, pid: number): Promise<void> {
  const sql = `COPY (SELECT "time", time_end, ${COLUMNS} FROM data_copdd WHERE record = 1 ORDER BY "time") TO STDOUT (FORMAT csv)`;
  const path = `${BASE}/data/copdd/1.csv?variables=${COLUMNS}`;
  await timed(`${path}&limit=200000`);
  const copies: Taken[] = [];
  const ours: Taken[] = [];
  for (let round = 0; round < 2; round++) {
    copies.push(await drained('psql', ['-X', '-q', url, '-c', sql]));
    const before = memoryOf(pid);
    let peak = before;
    const timer = setInterval(() => {
      peak = Math.max(peak, memoryOf(pid));
    }, 100);
    const { last, bytes } = await timed(path);
    clearInterval(timer);
    ours.push({ seconds: last / 1000, bytes });
    console.log(
      `CSV of ${ROWS} rows: COPY ${copies.at(-1)?.seconds.toFixed(2)} s, /data ${(last / 1000).toFixed(2)} s (${(bytes / 1e6).toFixed(0)} MB, ${(ROWS / last).toFixed(0)} rows/ms), memory ${before.toFixed(0)} → ${peak.toFixed(0)} MB (+${(peak - before).toFixed(0)})`,
    );
  }
  const best = (list: readonly Taken[]) => Math.min(...list.map(({ seconds }) => seconds));
  console.log(`CSV download: ${(best(copies) / best(ours)).toFixed(2)} of COPY (at least 0.25 is wanted)`);
}

async function windows(): Promise<void> {
  const firsts: number[] = [];
  for (let n = 0; n < Number(option.windows); n++) {
    const day = new Date(FIRST + Math.floor((((n + 1) * 0.618034) % 1) * 3650) * 1440 * MINUTE)
      .toISOString()
      .slice(0, 10);
    const { first, bytes } = await timed(`${BASE}/data/copdd/2.csv?time=${day}`);
    if (bytes < 50_000) throw new Error(`the day ${day} has ${bytes} bytes`);
    firsts.push(first);
  }
  const sorted = [...firsts].sort((a, b) => a - b);
  console.log(
    `a day out of ${TEN_YEARS} rows: first byte after ${sorted[sorted.length >> 1]?.toFixed(1)} ms (median), ${sorted.at(-1)?.toFixed(1)} ms (slowest); the very first ${firsts[0]?.toFixed(1)} ms (at most 100 is wanted)`,
  );
}

if (option.database === '') throw new Error('--database names a PostgreSQL server');
const BASE = `http://127.0.0.1:${option.port}`;
const mappings = loadMappings(fileURLToPath(new URL('../mappings', import.meta.url)));
const administration = openPostgresql({ url: option.database, poolSize: 1, statementTimeout: 600_000 });
const name = `vobs_bench_${randomBytes(4).toString('hex')}`;
await administration.query(null, `CREATE DATABASE ${name}`);
try {
  const url = new URL(option.database);
  url.pathname = `/${name}`;
  const database = openPostgresql({ url: url.href, poolSize: 2, statementTimeout: 600_000 });
  await migrate(database);
  await syncServices(database, mappings.services);
  await syncDataTables(database, mappings.services);
  const records = createRecordWriter(database, { prefix: 'opgc', clock: Date.now });
  await records.write(
    [1, 2].map((id) => ({
      service: SERVICE,
      id,
      name: `record ${id}`,
      authorization_: 0,
      date_b: '2005-01-01',
      fields: { parameter: 'ozone', unit: 'nmol/mol' },
    })),
  );
  await fill(database, 1, ROWS);
  await fill(database, 2, TEN_YEARS);
  await database.query(null, 'VACUUM ANALYZE data_copdd');
  const server = await startServer(url.href);
  try {
    await windows();
    await download(url.href, server.pid);
  } finally {
    await server.stop();
    await database.close();
  }
} finally {
  await administration.query(null, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await administration.close();
}
