// The self-check against a server of its own with the demo catalogue. Every standard must be offered. Further arguments go to the self-check.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startDemoServer } from './demo-server.ts';

const { server, remove } = await startDemoServer({ VOBS_ECHO_PROCESS: 'on' });
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
await remove();
process.exit(code ?? 1);
