// What the commands begin with: the database that the settings name, brought up to date, with its services and series.
import type { App } from '../app.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Config } from '../config.ts';
import { doorInput } from '../mapping/door-input.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { seriesInput } from '../mapping/series-input.ts';
import type { Database } from '../storage/database.ts';
import type { WriteReport } from '../storage/write-records.ts';

export interface Told {
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
}

/** Where the embedded database is kept. */
export function embeddedDirectory({ dataDirectory }: Pick<Config, 'dataDirectory'>): string {
  return `${dataDirectory}/database`;
}

/** PostgreSQL when VOBS_DATABASE_URL is set, else the embedded demo database in the data directory. Whoever opens it closes it. */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'databasePool' | 'statementTimeout' | 'dataDirectory'>,
  { info, warn }: Told,
): Promise<Database> {
  if (config.databaseUrl === null) {
    const { openEmbedded } = await import('../storage/embedded/open.ts');
    return openEmbedded({ directory: embeddedDirectory(config), info, warn });
  }
  const { openPostgresql } = await import('../storage/postgresql.ts');
  return openPostgresql({
    url: config.databaseUrl,
    poolSize: config.databasePool,
    statementTimeout: config.statementTimeout,
    warn,
  });
}

/** Runs missing migrations. */
export async function bringUpToDate(database: Database, { info }: Pick<Told, 'info'>): Promise<void> {
  const { pendingMigrations } = await import('../storage/pending-migrations.ts');
  const missing = await pendingMigrations(database);
  if (missing.length === 0) return;
  info(`preparing the database: ${missing.length} migrations`);
  const { migrate } = await import('../storage/migrate.ts');
  const done = await migrate(database);
  if (done.length > 0) info(`migrations run: ${done.join(', ')}`);
}

/** Throws a sentence that names the missing migrations and the command that runs them. */
export async function demandUpToDate(database: Database): Promise<void> {
  const { pendingMigrations } = await import('../storage/pending-migrations.ts');
  const missing = await pendingMigrations(database);
  if (missing.length === 0) return;
  throw new Error(`the database lacks the migrations ${missing.join(', ')}; run 'vobs migrate' first`);
}

/** The catalogue over a database whose services are in step. */
export async function openCatalogue(
  database: Database,
  mappings: Mappings,
  limits: { readonly page?: number } = {},
): Promise<Catalogue> {
  const [{ createCatalogue }, { SEARCH_LIMITS }, { createRowToRecord }, { createRecordConstants }] = await Promise.all([
    import('../catalogue/create-catalogue.ts'),
    import('../catalogue/limits.ts'),
    import('../mapping/row-to-record.ts'),
    import('../mapping/record-constants.ts'),
  ]);
  return createCatalogue(database, {
    toRecord: createRowToRecord(mappings),
    services: mappings.services,
    constants: createRecordConstants(mappings),
    limits: { ...SEARCH_LIMITS, ...limits },
  });
}

/** The records of the web services that are mounted. Where they are reached is part of them. */
export async function syncDoorRecords(
  database: Database,
  mappings: Mappings,
  { doors, links }: Pick<App, 'doors' | 'links'>,
  clock: () => number,
): Promise<WriteReport> {
  const { syncDoors } = await import('../storage/service-rows.ts');
  const rows = doors.map((door) => doorInput(door, mappings, links.url));
  return syncDoors(database, rows, { prefix: mappings.site.identifierPrefix, clock });
}

/** The services of the mappings, the tables of their rows and their series records, kept in step with the files. */
export async function syncMappings(database: Database, mappings: Mappings, clock: () => number): Promise<WriteReport> {
  const [{ syncSeries, syncServices }, { syncDataTables }] = await Promise.all([
    import('../storage/service-rows.ts'),
    import('../storage/data-tables.ts'),
  ]);
  const { services, site } = mappings;
  await syncServices(database, services, clock);
  await syncDataTables(database, services);
  const series = services.map((service) => seriesInput(service, site));
  return syncSeries(database, series, { prefix: site.identifierPrefix, clock });
}
