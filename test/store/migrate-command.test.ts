import { PassThrough } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runCommandLine } from '../../src/cli/command.ts';
import { migrationNames } from '../../src/storage/pending-migrations.ts';
import { findPostgresql, type PrivateCluster, startPrivateCluster } from '../fixtures/private-cluster.ts';

const command = suite<{ cluster: PrivateCluster }>('vobs migrate');
command.before(async (context) => {
  context.cluster = await startPrivateCluster();
});
command.after((context) => context.cluster.remove());

async function vobs(url: string, ...args: readonly string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const environment = { VOBS_DATABASE_URL: url };
  const code = await runCommandLine(['migrate', ...args], { stdin, stdout, stderr, environment });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

command('lists, migrates, and takes the last one back', async ({ cluster: { url } }) => {
  const all = migrationNames();
  assert.equal(await vobs(url, '--list'), { code: 0, out: all.map((name) => `missing  ${name}\n`).join(''), err: '' });
  assert.equal(await vobs(url), { code: 0, out: `done: ${all.join(', ')}\n`, err: '' });
  assert.equal(await vobs(url), { code: 0, out: 'nothing to do\n', err: '' });
  assert.equal(await vobs(url, '--list'), { code: 0, out: all.map((name) => `done     ${name}\n`).join(''), err: '' });
  assert.is((await vobs(url, '--down')).out, `taken back: ${all.at(-1)}\n`);
  assert.is((await vobs(url, '--list')).out.split('\n').filter((line) => line.startsWith('missing')).length, 1);
});

command('wrong options end with 2', async ({ cluster: { url } }) => {
  assert.is((await vobs(url, '--list', '--down')).code, 2);
  assert.is((await vobs(url, '--nonsense')).code, 2);
});

if (findPostgresql() !== null) command.run();
