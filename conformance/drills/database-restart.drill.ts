// The database goes away under load and comes back: no wrong answer, 503 meanwhile, right answers within five seconds of its return,
// by the same server process.
import { setTimeout as sleep } from 'node:timers/promises';
import { findPostgresql, startPrivateCluster } from '../../test/fixtures/private-cluster.ts';
import { type StartedServer, startServer } from '../started-server.ts';
import type { Drill } from './run.ts';

const CALLERS = 8;
const BACK_WITHIN_MS = 5000;
const PATHS = [
  '/opensearch/search.atom?q=lava&count=5',
  '/opensearch/search.geojson?box=14,37,16,38&count=5',
  '/records/opgc:dynvolc:12?f=iso19139',
  '/rest2/req.php/dynvolc?timestart=2014-06-01T00:00:00Z&timeend=2014-08-01T00:00:00Z',
  '/services/voldorad?lang=fr',
];

interface Seen {
  right: number;
  unavailable: number;
  lastUnavailable: number;
  firstRightAfterReturn: number;
  readonly wrong: string[];
}

/** Asks in a loop and compares each 200 with the answer from before; everything else but 503 with Retry-After is wrong. */
async function caller(
  server: StartedServer,
  expected: ReadonlyMap<string, string>,
  seen: Seen,
  state: { until: number; returned: number },
): Promise<void> {
  for (let i = 0; performance.now() < state.until; i++) {
    const path = PATHS[i % PATHS.length] as string;
    const started = performance.now();
    const response = await fetch(server.url + path).catch((error: Error) => error);
    if (response instanceof Error) {
      seen.wrong.push(`${path}: ${response.message}`);
      continue;
    }
    const body = await response.text().catch(() => null);
    if (response.status === 503 && response.headers.has('retry-after')) {
      seen.unavailable++;
      seen.lastUnavailable = performance.now();
      await sleep(20);
    } else if (response.status === 200 && body === expected.get(path)) {
      seen.right++;
      if (state.returned > 0 && started > state.returned) seen.firstRightAfterReturn ||= performance.now();
    } else if (body !== null || response.status !== 200) {
      seen.wrong.push(`${path}: ${response.status} ${body?.slice(0, 200)}`);
    }
    // A body that breaks off (null) is no answer: the caller sees the broken connection.
  }
}

export const drill: Drill = async (say) => {
  if (findPostgresql() === null) return { skipped: 'PostgreSQL with PostGIS is not installed' };
  const cluster = await startPrivateCluster();
  const server = await startServer({
    settings: { VOBS_DATABASE_URL: cluster.url },
    arguments: ['--demo'],
    patience: 180_000,
  });
  try {
    const expected = new Map<string, string>();
    for (const path of PATHS) expected.set(path, await (await fetch(server.url + path)).text());
    const seen: Seen = { right: 0, unavailable: 0, lastUnavailable: 0, firstRightAfterReturn: 0, wrong: [] };
    const state = { until: Number.POSITIVE_INFINITY, returned: 0 };
    const callers = Array.from({ length: CALLERS }, () => caller(server, expected, seen, state));
    await sleep(2000);
    cluster.stopServer();
    await sleep(2000);
    cluster.startServer();
    state.returned = performance.now();
    await sleep(BACK_WITHIN_MS + 1000);
    state.until = performance.now();
    await Promise.all(callers);
    say(`${seen.right} right answers, ${seen.unavailable} of status 503, ${seen.wrong.length} wrong`);
    say(
      `right again ${(seen.firstRightAfterReturn - state.returned).toFixed(0)} ms after the database's return, last 503 at ${(seen.lastUnavailable - state.returned).toFixed(0)} ms`,
    );
    if (seen.wrong.length > 0) throw new Error(`wrong answers: ${seen.wrong.slice(0, 3).join('\n')}`);
    if (seen.unavailable === 0) throw new Error('nobody was told that the database is away');
    if (seen.firstRightAfterReturn === 0 || seen.lastUnavailable - state.returned > BACK_WITHIN_MS)
      throw new Error('not back within five seconds');
    if (server.process.exitCode !== null) throw new Error('the server process ended');
  } finally {
    await server.stop();
    cluster.remove();
  }
  return 'done';
};
