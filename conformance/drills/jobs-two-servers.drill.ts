// Two server processes share one queue of two hundred jobs, and one of them is killed in the middle: its jobs end on the other one within
// thirty seconds, every job has exactly one result, and none ran twice but those that the dead one had in hand.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgresql, startPrivateCluster } from '../../test/fixtures/private-cluster.ts';
import { type StartedServer, startServer } from '../started-server.ts';
import type { Drill } from './run.ts';

const JOBS = 200;
const WITHIN_MS = 30_000;
/** Of these words nobody knows the answer but by running the job. */
const wordOf = (n: number): string => `word ${n} ${(n * 7919) % 104_729}`;

interface Entered {
  readonly id: string;
  readonly n: number;
}

async function enter(server: StartedServer, n: number): Promise<Entered> {
  // Some take a second, so that both processes have work in hand at every moment.
  const inputs = { stringInput: wordOf(n), pause: n % 10 === 0 ? 1 : 0 };
  const answer = await fetch(`${server.url}/processes/echo/execution`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Prefer: 'respond-async' },
    body: JSON.stringify({ inputs }),
  });
  if (answer.status !== 201) throw new Error(`job ${n} was refused: ${answer.status} ${await answer.text()}`);
  return { id: ((await answer.json()) as { jobID: string }).jobID, n };
}

interface State {
  readonly id: string;
  readonly state: string;
  readonly worker: string | null;
  readonly attempt: number;
}

/** Long enough that it is in hand when its server dies. */
async function enterLong(server: StartedServer): Promise<string> {
  const body = JSON.stringify({ inputs: { stringInput: 'long', pause: 8 } });
  const headers = { 'Content-Type': 'application/json', Prefer: 'respond-async' };
  const answer = await fetch(`${server.url}/processes/echo/execution`, { method: 'POST', headers, body });
  return ((await answer.json()) as { jobID: string }).jobID;
}

export const drill: Drill = async (say) => {
  if (findPostgresql() === null) return { skipped: 'PostgreSQL with PostGIS is not installed' };
  const cluster = await startPrivateCluster();
  const directory = mkdtempSync(join(tmpdir(), 'vobs-drill-'));
  const settings = {
    VOBS_DATABASE_URL: cluster.url,
    VOBS_DATA_DIRECTORY: directory,
    VOBS_PROCESSING_THREADS: '1',
    VOBS_ECHO_PROCESS: 'on',
    VOBS_JOBS_RUNNING: '1000',
    VOBS_JOBS_WAITING: '1000',
    VOBS_JOBS_QUEUE: '1000',
    VOBS_JOBS_DAILY: '10000',
  };
  const servers: StartedServer[] = [];
  const client = new pg.Client(cluster.url);
  try {
    servers.push(await startServer({ settings, arguments: ['--migrate'], patience: 120_000 }));
    servers.push(await startServer({ settings, patience: 120_000 }));
    const [doomed, survivor] = servers as [StartedServer, StartedServer];
    await client.connect();
    const states = async (): Promise<readonly State[]> =>
      (await client.query<State>('SELECT id::text, state, worker, attempt FROM job WHERE NOT hidden')).rows;

    // Each process takes one: whichever holds the first is told by its worker's name.
    const [long] = await Promise.all([enterLong(doomed), enterLong(survivor)]);
    const started = performance.now();
    const entered = await Promise.all(
      Array.from({ length: JOBS }, (_, n) => enter(n % 2 === 0 ? doomed : survivor, n)),
    );
    say(`${entered.length} jobs entered in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    const ended = (list: readonly State[]) => list.filter(({ state }) => state !== 'accepted' && state !== 'running');
    for (;;) {
      const list = await states();
      const workers = new Set(
        list.flatMap(({ state, worker }) => (state === 'running' && worker !== null ? [worker] : [])),
      );
      if (ended(list).length >= JOBS / 4 && workers.size === 2) break;
      if (performance.now() - started > 120_000) throw new Error('the jobs do not run on both processes');
      await sleep(20);
    }
    doomed.process.kill('SIGKILL');
    const killed = performance.now();
    const inHand = (await states()).filter(({ state }) => state === 'running');
    say(`killed one of the two with ${ended(await states()).length} jobs ended and ${inHand.length} in hand`);
    const hands = new Map(inHand.map(({ id, worker }) => [id, worker]));
    let back = 0;
    for (;;) {
      const list = await states();
      const late = list.filter(({ id, state }) => hands.has(id) && (state === 'running' || state === 'accepted'));
      if (late.length === 0 && back === 0) back = performance.now() - killed;
      if (ended(list).length === list.length) break;
      if (late.length > 0 && performance.now() - killed > WITHIN_MS)
        throw new Error(`not ended within ${WITHIN_MS / 1000} s: ${JSON.stringify(late)}`);
      if (performance.now() - killed > 180_000) throw new Error('the queue does not get empty');
      await sleep(100);
    }
    say(
      `what was in hand had ended ${(back / 1000).toFixed(1)} s after the kill, everything after ${((performance.now() - killed) / 1000).toFixed(1)} s`,
    );
    const list = await states();
    const again = list.filter(({ attempt }) => attempt > 1);
    const wrong: string[] = [];
    for (const { id, state } of list) if (state !== 'successful') wrong.push(`${id} is ${state}`);
    for (const { id, attempt } of again) if (!hands.has(id) || attempt > 2) wrong.push(`${id} ran ${attempt} times`);
    for (const { id, n } of entered) {
      const text = await (await fetch(`${survivor.url}/jobs/${id}/results`)).text();
      if (text !== wordOf(n)) wrong.push(`${id}: ${text.slice(0, 100)}`);
    }
    if (!list.some(({ id }) => id === long)) wrong.push('the long job is lost');
    say(`${list.length} jobs, each with its result; ${again.length} ran a second time because their process was dead`);
    if (again.length === 0) wrong.push('nothing was in hand of the process that was killed');
    if (wrong.length > 0) throw new Error(wrong.slice(0, 5).join('\n'));
  } finally {
    await client.end();
    await Promise.all(servers.map((server) => server.stop()));
    cluster.remove();
    rmSync(directory, { recursive: true, force: true });
  }
  return 'done';
};
