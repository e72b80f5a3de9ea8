// The processing of this server process, made of what the settings say.
import { availableParallelism } from 'node:os';
import { viewerOf } from '../accounts/account.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Config } from '../config.ts';
import type { DataAccess } from '../data/data-access.ts';
import type { FileAccess } from '../data/files.ts';
import { createOutgoing } from '../federation/outgoing.ts';
import type { FileStore } from '../model/file-store.ts';
import type { Viewer } from '../model/viewer.ts';
import { createProcessing } from '../processing/jobs/create-processing.ts';
import type { Processing } from '../processing/processing.ts';
import { ECHO_PROCESSES, PROCESSES } from '../processing/registry.ts';
import type { AccountStore } from '../storage/accounts.ts';
import type { Database } from '../storage/database.ts';

export interface ProcessingSurroundings {
  readonly config: Config;
  readonly database: Database;
  readonly catalogue: Catalogue;
  readonly data: DataAccess;
  readonly files: FileAccess;
  readonly store: FileStore;
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly version: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly warn: (message: string, fault: unknown) => void;
}

const MEGABYTE = 1_000_000;

/** Starts taking jobs at once; whoever opens it closes it before the database. */
export function openProcessing(surroundings: ProcessingSurroundings): Processing {
  const { config, accounts, store, clock } = surroundings;
  const threads = config.processingThreads ?? Math.max(1, availableParallelism() - 1);
  const hasEcho = config.echoProcess === 'on';
  const echoes = hasEcho ? ECHO_PROCESSES : [];

  /** Rights may have changed since the job was entered. */
  async function viewerNow(viewer: Viewer): Promise<Viewer | null> {
    if (viewer.account === null) return viewer;
    const account = await accounts.find(viewer.account);
    return account === null || account.disabled_at !== null ? null : viewerOf(account);
  }

  return createProcessing({
    ...surroundings,
    store,
    clock,
    baseUrl: config.baseUrl,
    processes: [...PROCESSES, ...echoes],
    openProcesses: echoes.map(({ description }) => description.id),
    outgoing: createOutgoing({ hosts: config.remoteHosts }),
    viewerNow,
    mostBytes: config.processingInput,
    software: `vobs ${surroundings.version}`,
    quota: { waiting: config.jobsWaiting, daily: config.jobsDaily, queue: config.jobsQueue },
    days: { anonymous: 1, known: config.processingDays },
    executes: threads > 0,
    executor: {
      threads,
      memory: Math.max(64, Math.round(config.processingMemory / MEGABYTE)),
      seconds: config.processingTime / 1000,
      synchronousSeconds: config.processingWait / 1000,
      runningMost: config.jobsRunning,
    },
  });
}
