// The thread that computes: one process at a time. It opens no database and no network; it reads files of the file store by their path,
// everything else comes from the main thread.
import { setPriority } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { parentPort, resourceLimits } from 'node:worker_threads';
import type { JobFault } from '../../model/job.ts';
import type { Given, RunContext } from '../process.ts';
import { processNamed } from '../registry.ts';
import { faultOf, jobFaultOf, outOfMemory } from './plain-fault.ts';
import { remoteSource, type Watching } from './remote-source.ts';
import { runProcess } from './run-process.ts';
import type { Answer, Ask, FromWorker, RunOrder, ToWorker } from './worker-messages.ts';

const port = parentPort;
if (!port) throw new Error('worker.ts runs in a worker thread only');
// On Linux the priority is the thread's own: requests are answered first, however much is computed.
if (process.platform === 'linux') setPriority(0, 5);

const tell = (message: FromWorker) => port.postMessage(message);

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (fault: Error) => void;
}

const waiting = new Map<number, Waiting>();
let calls = 0;

function call(ask: Ask): Promise<Answer> {
  const number = ++calls;
  tell({ kind: 'ask', call: number, ask });
  return new Promise((resolve, reject) => waiting.set(number, { resolve, reject }));
}

class Stopped extends Error {}

const HEAP = (resourceLimits.maxOldGenerationSizeMb ?? 512) * 1_000_000;
/** So full, it is given up here: beyond its limit one large allocation would end the whole server process, not this thread. */
const FULL = 0.85;
const LOOK_EVERY_MS = 50;

/** Reads of several sources, and several readings of one, as one share of the work that never falls; the last tenth is the writing. */
function progressOf(sources: number): Watching['read'] {
  const read = new Array<number>(sources).fill(0);
  let told = 0;
  let last = 0;
  return (source, share) => {
    read[source] = Math.max(read[source] ?? 0, share);
    const whole = (0.9 * read.reduce((sum, each) => sum + each, 0)) / Math.max(1, sources);
    const now = performance.now();
    if (whole < told + 0.01 || now - last < 250) return;
    [told, last] = [whole, now];
    tell({ kind: 'progress', share: whole, message: null });
  };
}

function watch(stop: Int32Array, sources: number): Watching {
  let looked = 0;
  return {
    heap: HEAP,
    check: () => {
      if (Atomics.load(stop, 0) !== 0) throw new Stopped('stopped');
      const now = performance.now();
      if (now - looked < LOOK_EVERY_MS) return;
      looked = now;
      if (getHeapStatistics().used_heap_size > FULL * HEAP) throw outOfMemory();
    },
    read: progressOf(sources),
  };
}

function contextOf({ now }: RunOrder, watching: Watching): Omit<RunContext, 'format'> {
  return {
    now,
    check: watching.check,
    progress: (share, message) =>
      tell({ kind: 'progress', share: Math.min(1, Math.max(0, share)), message: message ?? null }),
    sleep: async (milliseconds) => {
      const end = performance.now() + milliseconds;
      // In short naps: the flag is the only thing that wakes it.
      while (performance.now() < end) {
        watching.check();
        await new Promise((resolve) => setTimeout(resolve, Math.min(50, end - performance.now())));
      }
      watching.check();
    },
  };
}

async function carryOut(order: RunOrder): Promise<readonly string[]> {
  const process = processNamed(order.process);
  if (process === null) throw new Error(`no process ${order.process}`);
  const stop = new Int32Array(order.stop);
  const watching = watch(stop, order.sources.length);
  const sources = await Promise.all(order.sources.map((head, n) => remoteSource(head, n, call, watching)));
  const inputs = Object.fromEntries(
    Object.entries(order.inputs).map(([id, values]) => [
      id,
      values.map((value): Given => {
        if (value.kind !== 'source') return value;
        const source = sources[value.source];
        if (source === undefined) throw new Error(`no source ${value.source}`);
        return { kind: 'source', source };
      }),
    ]),
  );
  for await (const { head, bytes } of runProcess(process, inputs, order.outputs, contextOf(order, watching))) {
    await call({ of: 'begin', head });
    if (bytes !== null)
      for await (const piece of bytes) {
        watching.check();
        if (piece.length > 0) await call({ of: 'piece', bytes: piece });
      }
    await call({ of: 'end' });
  }
  return sources.map((source) => source.format());
}

async function run(order: RunOrder): Promise<void> {
  let fault: JobFault | null = null;
  let wasStopped = false;
  let formats: readonly string[] = [];
  try {
    formats = await carryOut(order);
  } catch (thrown) {
    wasStopped = thrown instanceof Stopped || Atomics.load(new Int32Array(order.stop), 0) !== 0;
    fault = jobFaultOf(thrown);
    // Nobody foresaw it: the main thread's log is told, the caller is not.
    if (fault.reason === 'internal' && !wasStopped) console.error(thrown);
  }
  waiting.clear();
  tell({ kind: 'ended', fault, wasStopped, formats });
}

port.on('message', (message: ToWorker) => {
  if (message.kind === 'run') {
    void run(message.order);
    return;
  }
  const asked = waiting.get(message.call);
  waiting.delete(message.call);
  if (message.kind === 'answer') asked?.resolve(message.answer);
  else asked?.reject(faultOf(message.fault));
});
tell({ kind: 'ready' });
