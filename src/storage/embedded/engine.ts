// The embedded database seen from the main thread: exchanges go to the worker one at a time, in order. A worker that dies fails what is
// pending and is replaced at the next exchange.
import { Worker } from 'node:worker_threads';
import { fromServer, messagesOf, queryMessage, saysIdle } from './messages.ts';
import type { ExchangeKind } from './session.ts';

export type ToWorker = { readonly kind: 'close' } | { readonly kind: ExchangeKind; readonly out: Uint8Array };
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'reopening' }
  | { readonly kind: 'answer'; readonly data: Uint8Array }
  | { readonly kind: 'broken'; readonly reason: string };

export interface Engine {
  /** Opens the database now instead of at the first exchange; throws when it cannot be opened. */
  start(): Promise<void>;
  exchange(out: Uint8Array, kind: ExchangeKind): Promise<Buffer>;
  /** Counts the workers: a session of an earlier one is gone. */
  generation(): number;
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly directory: string;
  /** Milliseconds after which a statement is ended together with its worker: PGlite knows no statement_timeout. */
  readonly statementLimit: number;
  readonly warn: (message: string) => void;
}

/** Error that stands for a statement which had to be ended; its code is PostgreSQL's query_canceled. */
class StatementEnded extends Error {
  readonly code = '57014';
}

interface Job {
  readonly out: Uint8Array;
  readonly kind: ExchangeKind;
  readonly done: (data: Buffer) => void;
  readonly fail: (error: Error) => void;
}

/** What a transaction without limit begins with (`Database.transaction`). */
const UNLIMITED = queryMessage('SET LOCAL statement_timeout = 0');

export function createEngine({ directory, statementLimit, warn }: EngineOptions): Engine {
  let worker: Promise<Worker> | undefined;
  let generation = 0;
  let unlimited = false;
  let watchdog: NodeJS.Timeout | undefined;
  const jobs: Job[] = [];

  const start = (): Promise<Worker> => {
    if (worker) return worker;
    const starting = startWorker(directory).then((started) => {
      generation++;
      started.on('message', (message: FromWorker) => take(message, starting));
      started.on('error', (error) => die(error, starting));
      started.once('exit', () => die(new Error('the database worker ended'), starting));
      started.unref();
      return started;
    });
    starting.catch((error: Error) => die(error, starting));
    worker = starting;
    return starting;
  };
  /** Fails what is pending, unless another worker has taken over already. */
  const die = (error: Error, dead: Promise<Worker>) => {
    if (worker !== dead) return;
    clearTimeout(watchdog);
    worker = undefined;
    unlimited = false;
    for (const job of jobs.splice(0)) job.fail(error);
  };
  const next = async () => {
    const job = jobs[0];
    const starting = start();
    const current = await starting.catch(() => undefined);
    if (!job || !current || jobs[0] !== job) return;
    current.ref();
    if (UNLIMITED.equals(job.out)) unlimited = true;
    if (!unlimited) {
      watchdog = setTimeout(() => {
        warn(`a statement took longer than ${statementLimit / 1000} s; the database worker is started again`);
        die(new StatementEnded('the statement took too long'), starting);
        void current.terminate();
      }, statementLimit);
    }
    current.postMessage({ kind: job.kind, out: job.out } satisfies ToWorker);
  };
  const take = (message: FromWorker, from: Promise<Worker>) => {
    if (from !== worker) return;
    if (message.kind === 'broken') {
      warn(`the database worker broke and is started again: ${message.reason}`);
      die(new Error(`the database worker ended: ${message.reason}`), from);
    }
    clearTimeout(watchdog);
    if (message.kind !== 'answer') return;
    const data = Buffer.from(message.data.buffer, message.data.byteOffset, message.data.byteLength);
    if (isOver(data)) unlimited = false;
    jobs.shift()?.done(data);
    if (jobs.length > 0) void next();
    else void worker?.then((idle) => jobs.length === 0 && idle.unref());
  };
  return {
    start: async () => {
      await start();
    },
    exchange: (out, kind) =>
      new Promise((done, fail) => {
        jobs.push({ out: new Uint8Array(out), kind, done, fail });
        if (jobs.length === 1) void next();
      }),
    generation: () => generation,
    close: async () => {
      const current = await worker?.catch(() => undefined);
      if (!current) return;
      current.ref();
      await new Promise<void>((resolve) => {
        current.once('exit', () => resolve());
        current.postMessage({ kind: 'close' } satisfies ToWorker);
      });
    },
  };
}

/** Is no transaction open after this answer? */
function isOver(data: Buffer): boolean {
  let over = false;
  for (const { type, bytes } of messagesOf(data)) over = type === fromServer.readyForQuery && saysIdle(bytes);
  return over;
}

function startWorker(directory: string): Promise<Worker> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./boot.mjs', import.meta.url), { workerData: { directory } });
    const failed = (reason: Error | number) =>
      reject(
        typeof reason === 'number'
          ? new Error(`the database worker ended while it opened the database (${reason})`)
          : reason,
      );
    worker.once('error', failed);
    worker.once('exit', failed);
    worker.once('message', () => {
      worker.off('error', failed);
      worker.off('exit', failed);
      resolve(worker);
    });
  });
}
