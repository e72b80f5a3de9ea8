// The threads that compute. Each is started when it is first needed, used again, and replaced when it broke down or had to be ended.
import { Worker } from 'node:worker_threads';
import type { JobFault } from '../../model/job.ts';
import type { Localised } from '../../model/text.ts';
import { createAnswering, type MainSource, type OutputSink } from './answer-worker.ts';
import { OUT_OF_MEMORY, plainFault } from './plain-fault.ts';
import type { FromWorker, RunOrder, ToWorker } from './worker-messages.ts';

export interface ThreadJob {
  readonly order: Omit<RunOrder, 'stop'>;
  readonly sources: readonly MainSource[];
  readonly sink: OutputSink;
  readonly progress: (share: number, message: Localised | null) => void;
  /** Fires when the job is to stop: the process is asked to, and ended five seconds later. */
  readonly signal: AbortSignal;
}

export type ThreadEnd =
  /** Names of what the sources were read as. */
  | { readonly kind: 'done'; readonly formats: readonly string[] }
  | { readonly kind: 'failed'; readonly fault: JobFault }
  | { readonly kind: 'stopped' }
  /** The thread broke down; the job may be tried again. */
  | { readonly kind: 'lost'; readonly fault: JobFault };

export interface Thread {
  readonly run: (job: ThreadJob) => Promise<ThreadEnd>;
  readonly close: () => Promise<void>;
}

export interface ThreadOptions {
  /** Megabytes of objects that a thread may hold; a job that wants more fails. */
  readonly memory: number;
  /** Told what nobody foresaw. */
  readonly warn: (message: string) => void;
}

/** A process that does not look at its flag is ended after so many milliseconds. */
const PATIENCE = 5000;

const LOST: JobFault = {
  reason: 'worker-lost',
  detail: { en: 'the worker was lost', fr: 'le processus de calcul a été perdu' },
  input: null,
};
function start({ memory, warn }: ThreadOptions): Worker {
  const worker = new Worker(new URL('./worker-boot.mjs', import.meta.url), {
    execArgv: [],
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 64 },
  });
  worker.stderr.on('data', (text: Buffer) => warn(text.toString('utf8').trim().slice(0, 1000)));
  return worker;
}

/** A place for one job at a time. */
export function createThread(options: ThreadOptions): Thread {
  let worker: Worker | null = null;

  async function end(): Promise<void> {
    const ending = worker;
    worker = null;
    await ending?.terminate();
  }

  function runOn(own: Worker, { order, sources, sink, progress, signal }: ThreadJob): Promise<ThreadEnd> {
    const stop = new SharedArrayBuffer(4);
    const answering = createAnswering(sources, sink);
    const tell = (message: ToWorker) => own.postMessage(message);
    let timer: NodeJS.Timeout | undefined;
    return new Promise<ThreadEnd>((resolve) => {
      const finish = (result: ThreadEnd) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        own.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
        own.on('error', () => undefined);
        own.unref();
        resolve(answering.close().then(() => result));
      };
      const abort = () => {
        Atomics.store(new Int32Array(stop), 0, 1);
        timer = setTimeout(() => void end().then(() => finish({ kind: 'stopped' })), PATIENCE);
      };
      own.on('message', (message: FromWorker) => {
        if (message.kind === 'progress') progress(message.share, message.message);
        else if (message.kind === 'ask') {
          answering.answer(message.ask).then(
            (answer) => tell({ kind: 'answer', call: message.call, answer }),
            (thrown: unknown) => tell({ kind: 'refusal', call: message.call, fault: plainFault(thrown) }),
          );
        } else if (message.kind === 'ended') {
          if (message.wasStopped) finish({ kind: 'stopped' });
          else if (message.fault === null) finish({ kind: 'done', formats: message.formats });
          else finish({ kind: 'failed', fault: message.fault });
        }
      });
      own.on('error', (error: NodeJS.ErrnoException) => {
        void end();
        options.warn(`a worker broke down: ${error.message.slice(0, 500)}`);
        finish(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? { kind: 'failed', fault: OUT_OF_MEMORY }
            : { kind: 'lost', fault: LOST },
        );
      });
      own.on('exit', () => {
        void end();
        finish(signal.aborted ? { kind: 'stopped' } : { kind: 'lost', fault: LOST });
      });
      own.ref();
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
      tell({ kind: 'run', order: { ...order, stop } });
    });
  }

  return {
    run: (job) => {
      worker ??= start(options);
      return runOn(worker, job);
    },
    close: end,
  };
}
