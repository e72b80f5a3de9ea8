// A real server process for the drills and for programs that others wrote: started as an operator would, on a free port, waited for, stopped.
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface StartedServer {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Everything that it printed so far. */
  readonly output: () => string;
  /** SIGTERM, waits, gives the exit code (null after SIGKILL). */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

/** A port that nothing listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Starts `vobs serve` with the settings given and waits until `/readyz` answers 200. Throws with what it printed when that takes longer than `patience` ms. */
export async function startServer(options: {
  readonly settings: { readonly [name: string]: string };
  readonly arguments?: readonly string[];
  readonly patience?: number;
}): Promise<StartedServer> {
  const port = options.settings.VOBS_PORT === undefined ? await freePort() : Number(options.settings.VOBS_PORT);
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts', 'serve', ...(options.arguments ?? [])], {
    cwd: root,
    env: {
      ...process.env,
      VOBS_LOG_LEVEL: 'warn',
      VOBS_BASE_URL: `http://127.0.0.1:${port}`,
      ...options.settings,
      VOBS_PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const take = (chunk: Buffer) => {
    output = (output + chunk).slice(-20_000);
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + (options.patience ?? 60_000);
  for (;;) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the server did not get ready (exit code ${child.exitCode}):\n${output}`);
    }
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) break;
    await sleep(100);
  }
  return {
    url,
    port,
    process: child,
    output: () => output,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}
