// Runs every `*.test.ts` in several processes, two at a time: files that share a database share a process, so that each database is filled once
// and goes with its process. The last line is `N passed, N failed, N skipped`; the exit code is 1 when anything failed or a process broke off.
// npm test -- WORD… runs only the files whose path holds one of the words.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPostgresql, startPrivateCluster } from './fixtures/private-cluster.ts';
import { type Group, groupsOf } from './run-groups.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const words = process.argv.slice(2);
/** A group that takes longer hangs: it is ended and counts as failed. */
const PATIENCE_MS = 12 * 60_000;
// biome-ignore lint/complexity/useRegexLiterals: the escape character is clearer spelled out
const COLOUR = new RegExp('\\u001b\\[[0-9;]*m', 'g');

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

function testFiles(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => words.length === 0 || words.some((word) => file.includes(word)))
    .sort()
    .map((file) => join(root, file));
}

/** Reads uvu's own summary; a process that ended without one counts as one failure, so that it cannot pass by dying. */
function outcomeOf(output: string, code: number | null): Outcome {
  const text = output.replace(COLOUR, '');
  const number = (label: string) => Number(new RegExp(`^ +${label}: +(\\d+)`, 'm').exec(text)?.[1] ?? Number.NaN);
  const total = number('Total');
  const passed = number('Passed');
  if (Number.isNaN(total) || Number.isNaN(passed)) return { passed: 0, failed: 1, skipped: 0 };
  const broken = code !== 0 && total === passed ? 1 : 0;
  return { passed, failed: total - passed + broken, skipped: number('Skipped') };
}

function runGroup({ name, files }: Group, settings: NodeJS.ProcessEnv): Promise<Outcome> {
  return new Promise((resolve) => {
    const started = Date.now();
    const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'run-group.ts'), ...files], {
      env: { ...process.env, ...settings, NODE_ENV: 'test', FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    let output = '';
    const take = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('close', (code) => {
      clearTimeout(timer);
      const seconds = ((Date.now() - started) / 1000).toFixed(0);
      process.stdout.write(`${output}\n== ${name}: ${files.length} files in ${seconds} s, exit code ${code}\n\n`);
      resolve(outcomeOf(output, code));
    });
  });
}

/** Two at a time: more would disturb each other on a machine of two cores. */
async function runGroups(groups: readonly Group[], settings: NodeJS.ProcessEnv): Promise<readonly Outcome[]> {
  const waiting = [...groups];
  const outcomes: Outcome[] = [];
  const runner = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      outcomes.push(await runGroup(next, settings));
  };
  await Promise.all([runner(), runner()]);
  return outcomes;
}

const files = testFiles();
const { VOBS_TEST_EMBEDDED, VOBS_TEST_DATABASE_URL } = process.env;
// Who forces the embedded database has run the others, which do not know the difference, on PostgreSQL.
const isForced = VOBS_TEST_EMBEDDED === '1' && findPostgresql() !== null && words.length === 0;
const groups = groupsOf(root, files).filter(({ database }) => database || !isForced);
process.stdout.write(
  `${groups.flatMap((group) => group.files).length} test files below ${relative(process.cwd(), root) || '.'}\n`,
);
const isOwn = VOBS_TEST_EMBEDDED !== '1' && !VOBS_TEST_DATABASE_URL && findPostgresql() !== null;
/** One private cluster for all processes; each makes databases of its own in it. */
const cluster = isOwn && groups.some(({ database }) => database) ? await startPrivateCluster() : null;
const outcomes = await runGroups(groups, cluster === null ? {} : { VOBS_TEST_DATABASE_URL: cluster.url });
cluster?.remove();
const sum = (key: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
const skipped = sum('skipped');
process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
