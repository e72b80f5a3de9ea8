// vobs seed: fills the catalogue with the demo records.
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { SCALES, type Scale, seedCount } from '../ingest/seed/rows.ts';
import { demoCount, seedDemo } from '../ingest/seed/seed-demo.ts';
import { type SeedRowsReport, seedObservations } from '../ingest/seed/seed-observations.ts';
import type { Mappings } from '../mapping/mappings.ts';
import type { FileStore } from '../model/file-store.ts';
import { EVERYTHING } from '../model/query.ts';
import { ANONYMOUS, type Viewer } from '../model/viewer.ts';
import { createDataWriter } from '../storage/data-rows-write.ts';
import { dataShapes } from '../storage/data-shape.ts';
import type { Database } from '../storage/database.ts';
import { openFileStore } from '../storage/files/open.ts';
import { createRecordWriter, type WriteReport } from '../storage/write-records.ts';
import { type Command, type CommandIo, type ExitCode, UsageFault } from './command.ts';
import { bringUpToDate, openCatalogue, openDatabase, syncMappings } from './open-database.ts';
import { progressBar } from './progress-bar.ts';

/** Sees every record, for counting. */
const EVERYBODY: Viewer = { ...ANONYMOUS, metadataLevel: 3, dataLevel: 3, administrator: true };

/** Does the catalogue hold any data set? */
export async function isEmpty(database: Database, mappings: Mappings): Promise<boolean> {
  const catalogue = await openCatalogue(database, mappings);
  const { total } = await catalogue.search({ ...EVERYTHING, levels: ['dataset'], limit: 0 }, EVERYBODY);
  return total === 0;
}

/** Writes the demo records with a progress bar on standard error. The services must be in the database. */
export async function seed(
  database: Database,
  mappings: Mappings,
  options: { readonly scale: Scale; readonly empty: boolean; readonly files: FileStore },
  io: Pick<CommandIo, 'stderr'>,
): Promise<WriteReport> {
  const writer = createRecordWriter(database, { prefix: mappings.site.identifierPrefix, clock: Date.now });
  const bar = progressBar(io.stderr, 'vobs: seeding', demoCount(mappings, options.scale));
  try {
    return await seedDemo(writer, mappings, { ...options, progress: (done) => bar.update(done) });
  } finally {
    bar.stop();
  }
}

/** Writes the observations of the demo records, which must be there, with their count on standard error. */
export async function seedRowsOf(
  database: Database,
  mappings: Mappings,
  scale: Scale,
  io: Pick<CommandIo, 'stderr'>,
): Promise<SeedRowsReport> {
  const writer = createDataWriter(database, { shapes: dataShapes(mappings.services), clock: Date.now });
  const bar = progressBar(io.stderr, 'vobs: seeding rows of observations', 0);
  try {
    return await seedObservations(writer, mappings, { scale, progress: (done) => bar.update(done) });
  } finally {
    bar.stop();
  }
}

async function run(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...args], options: { scale: { type: 'string', default: 'demo' } } });
  const scale = SCALES.find((known) => known === values.scale);
  if (scale === undefined) throw new UsageFault(`--scale is one of: ${SCALES.join(', ')}`);
  const config = readConfig(io.environment);
  const tell = (message: string) => io.stderr.write(`vobs: ${message}\n`);
  const { loadMappings } = await import('../mapping/load.ts');
  const mappings = loadMappings(config.mappings);
  const database = await openDatabase(config, { info: tell, warn: tell });
  try {
    await bringUpToDate(database, { info: tell });
    await syncMappings(database, mappings, Date.now);
    const [empty, files] = [await isEmpty(database, mappings), await openFileStore(config)];
    const report = await seed(database, mappings, { scale, empty, files }, io);
    io.stdout.write(`${report.inserted} added, ${report.updated} changed, ${report.unchanged} unchanged\n`);
    const rows = await seedRowsOf(database, mappings, scale, io);
    io.stdout.write(`rows: ${rows.inserted} added, ${rows.replaced} changed, ${rows.unchanged} unchanged\n`);
    return 0;
  } finally {
    await database.close();
  }
}

export const command: Command = {
  name: 'seed',
  summary: 'Fill the catalogue with demo records and their observations',
  usage: 'seed [--scale SCALE]',
  help: `Options
  --scale SCALE  ${SCALES.map((scale) => `${scale} (${seedCount(scale)} records)`).join(', ')}; without it demo

Brings the database up to date first. A second run changes nothing.`,
  run,
};
