// Programs that others wrote, run against a started server with the demo catalogue. `clients.json` lists them; a listed client that did not
// run is a failure, so that none can be forgotten. Python packages go into environments of their own below var/.
// Clients that log in find `name:password` of a partner's account in CLIENT_LOGIN.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemoServer } from '../demo-server.ts';

interface Client {
  readonly name: string;
  /** Arguments follow the interpreter: python (of the environment) or node. The server's address is the last argument. */
  readonly run: readonly ['python' | 'node', ...string[]];
  /** Exact Python requirements, `owslib==0.35.0`. */
  readonly requirements?: readonly string[];
  /** Python environment of its own, where two clients want different versions of one package; absent: the common one. */
  readonly environment?: string;
}

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const environmentOf = ({ environment }: Client): string =>
  join(root, 'var', environment === undefined ? 'clients' : `clients-${environment}`);
const clients = JSON.parse(readFileSync(join(here, 'clients.json'), 'utf8')) as readonly Client[];
// `--prepare` makes the environments and ends: it waits for the network, so that other work can go on beside it.
const onlyPrepare = process.argv.includes('--prepare');
const wanted = process.argv.slice(2).filter((word) => word !== '--prepare');
const chosen = clients.filter((client) => wanted.length === 0 || wanted.some((word) => client.name.includes(word)));

function must(
  command: string,
  args: readonly string[],
  options: { input?: string; env?: NodeJS.ProcessEnv } = {},
): void {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd: root, ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
}

function preparePython(environment: string, requirements: readonly string[]): void {
  const stamp = join(environment, 'bin', 'python');
  if (!existsSync(stamp)) must('python3', ['-m', 'venv', environment]);
  if (requirements.length > 0)
    must(stamp, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements]);
}

function prepareAll(): void {
  const wantedBy = new Map<string, Set<string>>();
  for (const client of chosen) {
    const requirements = wantedBy.get(environmentOf(client)) ?? new Set();
    for (const requirement of client.requirements ?? []) requirements.add(requirement);
    wantedBy.set(environmentOf(client), requirements);
  }
  for (const [environment, requirements] of wantedBy) preparePython(environment, [...requirements]);
}

/** An account for clients that log in, `name:password`; the server is not running yet. */
function addAccount(settings: Record<string, string>): string {
  const vobs = ['--import', 'tsx', 'src/main.ts'];
  const env = { ...process.env, ...settings, VOBS_LOG_LEVEL: 'warn' };
  const name = `client-${randomUUID().slice(0, 8)}`;
  const password = randomUUID();
  must(process.execPath, [...vobs, 'migrate'], { env });
  must(process.execPath, [...vobs, 'user', 'add', name, '--level', 'partner'], { env, input: `${password}\n` });
  return `${name}:${password}`;
}

prepareAll();
if (onlyPrepare) process.exit(0);
let failed = 0;
let login = '';
const { server, remove } = await startDemoServer({}, (settings) => {
  login = addAccount(settings);
});
for (const client of chosen) {
  const [interpreter, ...args] = client.run;
  const command = interpreter === 'python' ? join(environmentOf(client), 'bin', 'python') : process.execPath;
  const { status, stdout, stderr } = spawnSync(
    command,
    [...args.map((arg) => (arg.includes('/') ? join(root, arg) : arg)), server.url],
    {
      encoding: 'utf8',
      timeout: 300_000,
      env: { ...process.env, CLIENT_LOGIN: login },
    },
  );
  process.stdout.write(
    `${status === 0 ? 'ok    ' : 'FAILED'} ${client.name}\n${status === 0 ? '' : `${stdout}${stderr}\n`}`,
  );
  if (status === 0) process.stdout.write(`       ${stdout.trim().split('\n').at(-1) ?? ''}\n`);
  if (status !== 0) failed++;
  if (server.process.exitCode !== null || server.process.signalCode !== null)
    process.stdout.write(
      `the server ended (${server.process.exitCode ?? server.process.signalCode}):\n${server.output()}\n`,
    );
}
await remove();
process.stdout.write(`${chosen.length - failed} passed, ${failed} failed\n`);
process.exit(failed > 0 || chosen.length === 0 ? 1 : 0);
