// vobs migrate: brings the tables of the database to the state that this version needs.
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { type Command, type CommandIo, type ExitCode, UsageFault } from './command.ts';
import { openDatabase, syncMappings } from './open-database.ts';

const OPTIONS = {
  list: { type: 'boolean', default: false },
  down: { type: 'boolean', default: false },
} as const;

async function run(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.list && values.down) throw new UsageFault('--list and --down exclude each other');
  const config = readConfig(io.environment);
  const tell = (message: string) => io.stderr.write(`vobs: ${message}\n`);
  const database = await openDatabase(config, { info: tell, warn: tell });
  try {
    const { migrationNames, pendingMigrations } = await import('../storage/pending-migrations.ts');
    if (values.list) {
      const missing = await pendingMigrations(database);
      for (const name of migrationNames())
        io.stdout.write(`${missing.includes(name) ? 'missing' : 'done   '}  ${name}\n`);
      return 0;
    }
    const { migrate, migrateDown } = await import('../storage/migrate.ts');
    if (values.down) {
      const name = await migrateDown(database);
      io.stdout.write(name === null ? 'nothing to take back\n' : `taken back: ${name}\n`);
      return 0;
    }
    const done = await migrate(database);
    const { loadMappings } = await import('../mapping/load.ts');
    await syncMappings(database, loadMappings(config.mappings), Date.now);
    io.stdout.write(done.length === 0 ? 'nothing to do\n' : `done: ${done.join(', ')}\n`);
    return 0;
  } finally {
    await database.close();
  }
}

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the tables of the database up to date',
  usage: 'migrate [--list]\nmigrate --down',
  help: `Options
  --list  Name the migrations that were run and those that are missing; change nothing
  --down  Take back the last migration, with the data of its tables

Writes the services and their series records from the mappings too. Two processes may
run it at once: they take turns.`,
  run,
};
