// The program as an operator runs it: settings, accounts, serving, stopping. A database of its own.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type StartedServer, startServer } from '../../../conformance/started-server.ts';
import { SETTINGS } from '../../../src/config.ts';
import { basic } from '../../fixtures/app.ts';
import { findPostgresql, startPrivateCluster } from '../../fixtures/private-cluster.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const PASSWORD = 'a password of the test';

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `vobs` with what it reads on standard input. */
function vobs(args: readonly string[], settings: { readonly [name: string]: string }, input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'src/main.ts', ...args],
      { cwd: root, env: { ...process.env, ...settings } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

function status(url: string, headers: { readonly [name: string]: string } = {}, agent = new Agent()): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', reject);
    }).on('error', reject);
  });
}

const words = suite('the command line');

words('wrong use is told with the usage, exit code 2', async () => {
  const [unknown, option, action] = await Promise.all([
    vobs(['srve'], {}),
    vobs(['serve', '--dmeo'], {}),
    vobs(['user'], {}),
  ]);
  assert.is(unknown.code, 2);
  assert.match(unknown.stderr, /no command 'srve'; there are: .*serve/);
  assert.is(option.code, 2);
  assert.match(option.stderr, /--dmeo[\s\S]*Usage\n {2}vobs serve/);
  assert.is(action.code, 2);
});

words('help lists the commands, and each setting', async () => {
  const [all, serve] = await Promise.all([vobs(['--help'], {}), vobs(['serve', '--help'], {})]);
  assert.is(all.code, 0);
  assert.match(all.stdout, / {2}serve +\w/);
  assert.is(serve.code, 0);
  for (const { name } of SETTINGS) assert.match(serve.stdout, name);
});

words('a wrong setting stops the start, in one line without a stack', async () => {
  const { code, stderr } = await vobs(['serve'], { VOBS_PORT: 'http' });
  assert.is(code, 1);
  assert.is(stderr, 'vobs: VOBS_PORT must be: integer 1 to 65535\n');
});

words.run();

const running = suite('a running server');
const directory = mkdtempSync(join(tmpdir(), 'vobs-process-'));
let settings: { readonly [name: string]: string } = { VOBS_DATA_DIRECTORY: directory, VOBS_LOG_LEVEL: 'info' };
let server: StartedServer;

running.before(async () => {
  if (findPostgresql() !== null && process.env.VOBS_TEST_EMBEDDED !== '1') {
    settings = { ...settings, VOBS_DATABASE_URL: (await startPrivateCluster()).url };
    const early = await vobs(['serve'], settings);
    assert.is(early.code, 1);
    assert.match(early.stderr, "run 'vobs migrate' first");
    assert.is((await vobs(['migrate'], settings)).code, 0);
  }
  const add = ['user', 'add', 'staff', '--level', 'internal'];
  const short = await vobs(add, settings, 'short\n');
  assert.equal([short.code, /15 to 128 characters/.test(short.stderr)], [2, true], short.stderr);
  const added = await vobs(add, settings, `${PASSWORD}\n`);
  assert.is(added.code, 0, added.stderr);
  assert.is((await vobs(add, settings, `${PASSWORD}\n`)).code, 1);
  const list = await vobs(['user', 'list'], settings);
  assert.is(list.stdout, 'staff\tinternal\t*\t\tactive\n');
  server = await startServer({ settings });
});

running.after(() => {
  server?.process.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

running('the account logs in, nobody else does', async () => {
  assert.is(await status(`${server.url}/errors`, basic('staff', PASSWORD)), 200);
  assert.is(await status(`${server.url}/errors`, basic('staff', 'wrong')), 401);
});

running('its address is taken: a second server says so', async () => {
  if (!('VOBS_DATABASE_URL' in settings)) return;
  const second = await vobs(['serve'], { ...settings, VOBS_PORT: String(server.port) });
  assert.is(second.code, 1);
  assert.match(second.stderr, `cannot listen on 127.0.0.1:${server.port}: is in use by another program`);
});

running('SIGTERM: every request in flight is answered, exit code 0', async () => {
  const agent = new Agent({ keepAlive: true });
  await status(`${server.url}/healthz`, {}, agent);
  const inFlight = Array.from({ length: 20 }, () => status(`${server.url}/opensearch/search.atom?count=50`, {}, agent));
  await new Promise((resolve) => setTimeout(resolve, 30));
  const started = performance.now();
  const code = server.stop();
  const answers = await Promise.allSettled(inFlight);
  assert.is(await code, 0, server.output());
  assert.ok(performance.now() - started < 8000);
  const lost = answers.filter((answer) => answer.status === 'rejected' && answer.reason.code !== 'ECONNREFUSED');
  assert.equal(lost, []);
  const statuses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  assert.ok(statuses.length > 0 && statuses.every((value) => value === 200), statuses.join());
  const lines = server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const logged = lines.map((line) => JSON.parse(line) as { path?: string; status?: number });
  assert.is(logged.filter((line) => line.path === '/opensearch/search.atom').length, statuses.length);
  assert.not.match(server.output(), PASSWORD);
  assert.not.match(server.output(), basic('staff', PASSWORD).Authorization);
});

running.run();
