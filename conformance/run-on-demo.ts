// The self-check against a server of its own with the demo catalogue: on VOBS_TEST_DATABASE_URL if set, else on a private PostgreSQL cluster if
// PostGIS is installed, else on the embedded database. Every standard must be offered. Further arguments go to the self-check.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPostgresql, startPrivateCluster } from '../test/fixtures/private-cluster.ts';
import { startServer } from './started-server.ts';

const data = mkdtempSync(join(tmpdir(), 'vobs-conformance-'));
const given = process.env.VOBS_TEST_DATABASE_URL;
const cluster = given === undefined && findPostgresql() !== null ? await startPrivateCluster() : null;
const database = given ?? cluster?.url;
const server = await startServer({
  settings: {
    VOBS_DATA_DIRECTORY: data,
    VOBS_ECHO_PROCESS: 'on',
    ...(database === undefined ? {} : { VOBS_DATABASE_URL: database }),
  },
  arguments: ['--demo'],
  patience: 180_000,
});
const check = spawn(
  process.execPath,
  [
    '--import',
    'tsx',
    fileURLToPath(new URL('run.ts', import.meta.url)),
    '--url',
    server.url,
    '--all',
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
const code = await new Promise<number | null>((resolve) => check.once('exit', resolve));
await server.stop();
cluster?.remove();
rmSync(data, { recursive: true, force: true });
process.exit(code ?? 1);
