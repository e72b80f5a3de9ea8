// Takes jobs from the queue while threads are free, keeps their leases, takes over those of processes that died, and sweeps what expired.
// Everything that runs is known by the database alone: any number of server processes works on one queue.
import type { FileStore } from '../../model/file-store.ts';
import type { Database } from '../../storage/database.ts';
import { cancelledJobs, expireJobs, takeUnusedFiles } from '../../storage/job-list.ts';
import { type ClaimedJob, claimJob, giveBackJobs, heartbeat, reapJobs } from '../../storage/jobs.ts';
import { type ExecuteEnd, type ExecuteParts, executeJob, type StopReason } from './execute-job.ts';
import { WORDS, WORKER_LOST } from './words.ts';
import { createThread, type Thread } from './worker-pool.ts';

export interface ExecutorOptions {
  /** Threads for jobs of any kind; one more is for those that somebody waits for. */
  readonly threads: number;
  /** Megabytes of objects that a job may hold. */
  readonly memory: number;
  /** Seconds that a job may take, and one that somebody waits for. */
  readonly seconds: number;
  readonly synchronousSeconds: number;
  /** Jobs of one owner that run at a time. */
  readonly runningMost: number;
  /** Unique among all processes on the database. */
  readonly worker: string;
  /** Told when a job has ended here. */
  readonly ended: (job: ClaimedJob) => void;
}

export interface Executor {
  /** Looks for work now. */
  readonly wake: () => void;
  /** Stops the job if it runs here. */
  readonly stop: (id: string) => void;
  readonly close: () => Promise<void>;
}

/** Milliseconds. A lease is lost after `LEASE_SECONDS` without heartbeat. */
const [POLL, HEARTBEAT, WATCH, REAP, SWEEP] = [1000, 2000, 500, 5000, 600_000];
const LEASE_SECONDS = 10;
const ATTEMPTS = 2;
const SWEEP_MOST = 200;
/** Seconds that released bytes are kept: nobody who is about to use them again takes so long. */
const KEEP_RELEASED = 3600;

interface Slot {
  readonly thread: Thread;
  readonly hiddenOnly: boolean;
  isBusy: boolean;
}

interface Running {
  readonly job: ClaimedJob;
  readonly stopping: AbortController;
}

export function createExecutor(parts: ExecuteParts, options: ExecutorOptions): Executor {
  const { database, store, warn } = parts;
  const running = new Map<string, Running>();
  const tasks = new Set<Promise<void>>();
  let isClosed = false;
  const slots: readonly Slot[] = Array.from({ length: options.threads + 1 }, (_, n) => ({
    thread: createThread({ memory: options.memory, warn: (message) => warn(message, null) }),
    hiddenOnly: n === options.threads,
    isBusy: false,
  }));

  /** Runs in the background; a fault is told and the next round comes. */
  function background(what: string, work: () => Promise<void>): void {
    const task = work().catch((fault: unknown) => {
      if (!isClosed) warn(what, fault);
    });
    tasks.add(task);
    void task.finally(() => tasks.delete(task));
  }

  async function execute(slot: Slot, job: ClaimedJob): Promise<ExecuteEnd> {
    const stopping = new AbortController();
    running.set(job.id, { job, stopping });
    const seconds = job.hidden ? options.synchronousSeconds : options.seconds;
    const stop = (reason: StopReason) => stopping.abort(reason);
    const timer = setTimeout(() => stop('timed-out'), seconds * 1000);
    try {
      return await executeJob(job, options.worker, slot.thread, { signal: stopping.signal, seconds }, parts);
    } finally {
      clearTimeout(timer);
      running.delete(job.id);
    }
  }

  async function take(slot: Slot): Promise<void> {
    const { hiddenOnly } = slot;
    const { worker, runningMost } = options;
    for (;;) {
      const job = isClosed
        ? null
        : await claimJob(database, { worker, hiddenOnly, runningMost, message: WORDS.running });
      if (job === null) return;
      const end = await execute(slot, job);
      // Its lease runs out, and whoever finds it puts it back or gives it up.
      if (end === 'again') warn(`job ${job.id} lost its worker`, null);
      options.ended(job);
    }
  }

  function wake(): void {
    if (isClosed) return;
    for (const slot of slots) {
      if (slot.isBusy) continue;
      slot.isBusy = true;
      background('a job could not be taken', () => take(slot).finally(() => (slot.isBusy = false)));
    }
  }

  async function keepLeases(): Promise<void> {
    const ids = [...running.keys()];
    if (ids.length === 0) return;
    const own = await heartbeat(database, options.worker, ids);
    for (const id of ids) if (!own.some((row) => row.id === id)) running.get(id)?.stopping.abort('dismissed');
  }

  async function watch(): Promise<void> {
    const ids = [...running.keys()];
    if (ids.length === 0) return;
    for (const id of await cancelledJobs(database, ids)) running.get(id)?.stopping.abort('dismissed');
  }

  async function reap(): Promise<void> {
    const rows = await reapJobs(database, LEASE_SECONDS, ATTEMPTS, WORKER_LOST);
    if (rows.some(({ state }) => state === 'accepted')) wake();
  }

  async function sweep(): Promise<void> {
    while (!isClosed && (await expireJobs(database, SWEEP_MOST)) === SWEEP_MOST);
    await removeUnused(database, store, KEEP_RELEASED);
  }

  const every = (milliseconds: number, what: string, work: () => Promise<void>): NodeJS.Timeout => {
    let isRunning = false;
    const timer = setInterval(() => {
      if (isRunning) return;
      isRunning = true;
      background(what, () => work().finally(() => (isRunning = false)));
    }, milliseconds);
    timer.unref();
    return timer;
  };
  const timers = [
    every(POLL, 'the queue could not be read', async () => wake()),
    every(HEARTBEAT, 'leases could not be kept', keepLeases),
    every(WATCH, 'dismissals could not be read', watch),
    every(REAP, 'lost jobs could not be taken over', reap),
    every(SWEEP, 'expired jobs could not be removed', sweep),
  ];

  return {
    wake,
    stop: (id) => running.get(id)?.stopping.abort('dismissed'),
    async close() {
      isClosed = true;
      for (const timer of timers) clearInterval(timer);
      for (const { stopping } of running.values()) stopping.abort('closing');
      await Promise.allSettled(slots.map(({ thread }) => thread.close()));
      await Promise.allSettled([...tasks]);
      await giveBackJobs(database, options.worker);
    },
  };
}

/** Removes bytes that were released so many seconds ago and that nothing uses. */
export async function removeUnused(database: Database, store: FileStore, seconds: number): Promise<number> {
  const unused = await takeUnusedFiles(database, seconds, SWEEP_MOST);
  for (const sha256 of unused) await store.remove(sha256);
  return unused.length;
}
