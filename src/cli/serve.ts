// vobs serve: settings → database → application → listen → stop cleanly.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type Config, readConfig, settingsText } from '../config.ts';
import { describeError } from '../http/faults.ts';
import { createLog, type Log } from '../http/log.ts';
import { createMetrics } from '../http/metrics.ts';
import type { Mappings } from '../mapping/mappings.ts';
import type { FileStore } from '../model/file-store.ts';
import type { Database } from '../storage/database.ts';
import { openFileStore } from '../storage/files/open.ts';
import type { Command, CommandIo } from './command.ts';
import { watchEmbargoes } from './embargo-watch.ts';
import {
  bringUpToDate,
  demandUpToDate,
  openCatalogue,
  openDatabase,
  syncDoorRecords,
  syncMappings,
  type Told,
} from './open-database.ts';
import { settleMemory } from './settle-memory.ts';

function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** For people at a terminal on standard error; the log on standard output is for programs. */
function tellingOn(io: CommandIo, log: Log): Told {
  return {
    info: (message) => io.stderr.write(`vobs: ${message}\n`),
    warn: (message) => log.logger.warn(message),
  };
}

/** Writes the demo catalogue and its observations when there is no data set yet. */
async function seedWhenEmpty(database: Database, files: FileStore, mappings: Mappings, io: CommandIo): Promise<void> {
  const { isEmpty, seed, seedRowsOf } = await import('./seed.ts');
  if (!(await isEmpty(database, mappings))) return;
  await seed(database, mappings, { scale: 'demo', empty: true, files }, io);
  await seedRowsOf(database, mappings, 'demo', io);
}

export async function buildApp(
  config: Config,
  database: Database,
  files: FileStore,
  catalogue: Catalogue,
  mappings: Mappings,
  log: Log,
  /** Jobs of processes run in this process. */
  executes = false,
): Promise<App> {
  const [
    { createApp },
    { createAuthenticate },
    { createAccountStore },
    { pendingMigrations },
    { createRecordFormats },
    { createDataAccess },
    { createFileAccess },
    { openProcessing },
  ] = await Promise.all([
    import('../app.ts'),
    import('../accounts/authenticate.ts'),
    import('../storage/accounts.ts'),
    import('../storage/pending-migrations.ts'),
    import('../formats/record-formats.ts'),
    import('../data/create-data-access.ts'),
    import('../data/files.ts'),
    import('./open-processing.ts'),
  ]);
  const metrics = createMetrics(version());
  const authenticate = createAuthenticate({
    accounts: createAccountStore(database),
    clock: Date.now,
    refused: (reason, address) => {
      metrics.authenticationFailed(reason);
      log.logger.warn({ reason, address }, 'login refused');
    },
  });
  const data = createDataAccess(database, { catalogue, services: mappings.services, clock: Date.now });
  const fileAccess = createFileAccess(database, files, Date.now);
  return createApp({
    config,
    catalogue,
    data,
    files: fileAccess,
    processing: openProcessing({
      config: executes ? config : { ...config, processingThreads: 0 },
      database,
      catalogue,
      data,
      files: fileAccess,
      store: files,
      accounts: createAccountStore(database),
      version: version(),
      clock: Date.now,
      warn: (message, fault) => log.logger.warn({ error: fault === null ? undefined : describeError(fault) }, message),
    }),
    mappings,
    formats: createRecordFormats(mappings.templates, { services: mappings.services }),
    authenticate,
    ready: async () => {
      const missing = await pendingMigrations(database);
      if (missing.length > 0) throw new Error(`missing migrations: ${missing.join(', ')}`);
    },
    clock: Date.now,
    log: log.logger,
    version: version(),
    metrics,
  });
}

/** Resolves at the first signal to stop; a second one ends the process at once. */
function signalled(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve(signal);
      });
    }
  });
}

/** Listens until a signal, then lets requests in flight end. */
async function serveUntilSignal(app: App, config: Config, told: Told): Promise<void> {
  const { createListener, listen, stopListening } = await import('../http/listener.ts');
  const server = createListener(app.koa.callback(), config);
  settleMemory();
  const stop = signalled();
  await listen(server, config.host, config.port);
  told.info(`listening on ${config.host}:${config.port}, open ${config.baseUrl}/`);
  const signal = await stop;
  told.info(`${signal}: stopping`);
  app.stopping();
  await stopListening(server, { delay: config.stopDelay, timeout: config.stopTimeout });
}

/**
 * What nobody caught is logged as a message. After an exception the process ends, because its state is unknown; a promise that nobody
 * waited for, such as of a connection that broke, harms nobody else.
 */
function logUncaught(log: Log): void {
  process.removeAllListeners('uncaughtException').removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (error) => log.logger.error({ error: describeError(error) }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => {
    log.logger.fatal({ error: describeError(error) }, 'uncaught exception');
    log.flush();
    process.exit(1);
  });
}

async function serve(args: readonly string[], io: CommandIo): Promise<0> {
  const { values } = parseArgs({
    args: [...args],
    options: { demo: { type: 'boolean', default: false }, migrate: { type: 'boolean', default: false } },
  });
  const config = readConfig(io.environment);
  const log = createLog(config.logLevel);
  const told = tellingOn(io, log);
  const { loadMappings } = await import('../mapping/load.ts');
  const mappings = loadMappings(config.mappings);
  const database = await openDatabase(config, told);
  try {
    const files = await openFileStore(config);
    // The embedded database belongs to this process alone, so nobody else can bring it up to date.
    if (values.demo || values.migrate || database.kind === 'embedded') await bringUpToDate(database, told);
    else await demandUpToDate(database);
    await syncMappings(database, mappings, Date.now);
    if (values.demo) await seedWhenEmpty(database, files, mappings, io);
    const catalogue = await openCatalogue(database, mappings, { page: config.maxPageSize });
    logUncaught(log);
    const app = await buildApp(config, database, files, catalogue, mappings, log, true);
    await syncDoorRecords(database, mappings, app, Date.now);
    const stopWatching = watchEmbargoes(database, log);
    await serveUntilSignal(app, config, told);
    await stopWatching();
    await app.close();
  } finally {
    await database.close();
    log.flush();
  }
  return 0;
}

export const command: Command = {
  name: 'serve',
  summary: 'Serve the catalogue',
  usage: 'serve [--demo] [--migrate]',
  help: async () => `Options
  --demo     Bring the database up to date and fill it with the demo catalogue when it is empty
  --migrate  Bring the database up to date before serving

Settings (environment, or .env in the working directory)
${settingsText()}`,
  run: serve,
};
