// The main thread's side of the HDF5 worker: one for the process, started with the first NetCDF-4 file, ended when none has been open for a
// while, or when it does not answer.
import { Worker } from 'node:worker_threads';
import { FormatFault } from '../../model/format-fault.ts';
import type { Hdf5Answer, Hdf5Order, Hdf5Reply, Hdf5Request } from './hdf5-messages.ts';

/** A library call that takes longer hangs. */
const PATIENCE_MS = 60_000;
/** Memory of the library is never given back but with the worker. */
const IDLE_MS = 15_000;

interface Waiting {
  readonly resolve: (answer: Hdf5Answer) => void;
  readonly reject: (fault: FormatFault) => void;
  readonly timer: NodeJS.Timeout;
}

interface Running {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  readonly open: Set<number>;
  idle: NodeJS.Timeout | undefined;
}

let running: Running | null = null;
let counter = 0;

function unreadable(part: string, reason: string): FormatFault {
  return new FormatFault(
    { part },
    `the HDF5 library cannot handle it: ${reason}`,
    `la bibliothèque HDF5 ne peut pas le traiter : ${reason}`,
  );
}

function endOf(run: Running, reason: string): void {
  if (running === run) running = null;
  clearTimeout(run.idle);
  for (const { reject, timer } of run.waiting.values()) {
    clearTimeout(timer);
    reject(unreadable('file', reason));
  }
  run.waiting.clear();
  void run.worker.terminate();
}

function settle(run: Running, reply: Hdf5Reply): void {
  const waiting = run.waiting.get(reply.id);
  run.waiting.delete(reply.id);
  if (run.waiting.size === 0) run.worker.unref();
  if (waiting === undefined) return;
  clearTimeout(waiting.timer);
  if ('fault' in reply) waiting.reject(unreadable(reply.part, reply.fault));
  else waiting.resolve(reply.answer);
}

function start(): Running {
  const worker = new Worker(new URL('./hdf5-boot.mjs', import.meta.url), { execArgv: [] });
  const run: Running = { worker, waiting: new Map(), open: new Set(), idle: undefined };
  worker.on('message', (reply: Hdf5Reply) => settle(run, reply));
  worker.on('error', (error) => endOf(run, (error.message.split('\n')[0] ?? '').slice(0, 200)));
  worker.on('exit', () => endOf(run, 'its worker ended'));
  worker.unref();
  return run;
}

function ask(run: Running, order: Hdf5Order): Promise<Hdf5Answer> {
  const id = ++counter;
  run.worker.ref();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => endOf(run, `no answer within ${PATIENCE_MS / 1000} s`), PATIENCE_MS);
    run.waiting.set(id, { resolve, reject, timer });
    run.worker.postMessage({ id, order } satisfies Hdf5Request);
  });
}

/** A file in the worker. */
export interface Hdf5Handle {
  readonly handle: number;
  readonly ask: (order: Hdf5Order) => Promise<Hdf5Answer>;
  readonly close: () => Promise<void>;
}

/** A handle for a file that is to be opened or created. Orders to a worker that broke down are refused. */
export function hdf5Handle(): Hdf5Handle {
  running ??= start();
  const run = running;
  clearTimeout(run.idle);
  const handle = ++counter;
  run.open.add(handle);
  const isGone = () => running !== run;
  return {
    handle,
    ask: (order) => (isGone() ? Promise.reject(unreadable('file', 'its worker ended')) : ask(run, order)),
    close: async () => {
      if (!run.open.delete(handle) || isGone()) return;
      await ask(run, { kind: 'close', handle });
      if (run.open.size > 0) return;
      run.idle = setTimeout(() => endOf(run, 'idle'), IDLE_MS);
      run.idle.unref();
    },
  };
}
