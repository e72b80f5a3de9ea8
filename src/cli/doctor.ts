// vobs doctor: is everything there that `serve` needs, and what should an operator look at? Changes nothing.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.ts';
import { describeError } from '../http/faults.ts';
import type { Command, CommandIo, ExitCode } from './command.ts';
import { embeddedDirectory, openDatabase } from './open-database.ts';

/** good: as it should be; look: it works, but read this; bad: serve will not work. */
type Verdict = 'good' | 'look' | 'bad';
type Finding = readonly [Verdict, string];
interface Check {
  readonly about: string;
  readonly run: (config: Config) => Promise<Finding> | Finding;
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  return [enough ? 'good' : 'bad', `Node.js ${process.versions.node}${enough ? '' : '; 20.19 or newer is needed'}`];
}

async function checkMappings({ mappings }: Config): Promise<Finding> {
  const { loadMappings } = await import('../mapping/load.ts');
  const { services } = loadMappings(mappings);
  return [services.length > 0 ? 'good' : 'look', `${services.length} services in ${mappings}`];
}

async function checkTemplates({ mappings }: Config): Promise<Finding> {
  const [{ loadMappings }, { createRecordFormats }] = await Promise.all([
    import('../mapping/load.ts'),
    import('../formats/record-formats.ts'),
  ]);
  const formats = createRecordFormats(loadMappings(mappings).templates);
  return ['good', formats.map((format) => format.id).join(', ')];
}

function checkAddress({ baseUrl, host, tlsKey }: Config): Finding {
  const local = /^https?:\/\/(localhost|127\.|\[::1\])/.test(baseUrl);
  if (local && host !== '127.0.0.1') {
    return ['look', `VOBS_BASE_URL is ${baseUrl}: links in the answers lead other machines to themselves`];
  }
  if (!local && baseUrl.startsWith('http:'))
    return ['look', `${baseUrl} is not encrypted: logins can be read on the way`];
  return ['good', `${baseUrl}${tlsKey === null ? '' : ', encrypted by vobs itself'}`];
}

function checkFiles({ dataDirectory, tlsCertificate, tlsKey }: Config): Finding {
  for (const file of [tlsCertificate, tlsKey]) if (file !== null) readFileSync(file);
  let directory = dataDirectory;
  while (!existsSync(directory)) directory = dirname(directory);
  accessSync(directory, constants.W_OK);
  return ['good', `${dataDirectory} can be written`];
}

async function checkPasswords(): Promise<Finding> {
  const { hashPassword } = await import('../accounts/password.ts');
  const hash = await hashPassword('any fifteen characters or more');
  return hash.startsWith('$argon2id$')
    ? ['good', 'argon2id']
    : [
        'look',
        'scrypt, because argon2 does not run on this machine: passwords hashed by argon2 elsewhere cannot be checked',
      ];
}

async function checkDatabase(config: Config): Promise<Finding> {
  if (config.databaseUrl === null && !existsSync(embeddedDirectory(config))) {
    return ['look', 'the embedded demo database, not made yet; for public use set VOBS_DATABASE_URL'];
  }
  const notes: string[] = [];
  const database = await openDatabase(config, { info: () => {}, warn: (message) => notes.push(message) });
  try {
    const { pendingMigrations } = await import('../storage/pending-migrations.ts');
    const missing = await pendingMigrations(database);
    const kind = database.kind === 'embedded' ? 'the embedded demo database, not for public use' : 'PostgreSQL';
    const [verdict, state]: Finding =
      missing.length === 0 ? ['good', 'up to date'] : ['bad', `lacks ${missing.join(', ')}: run 'vobs migrate'`];
    const tells = [`${kind}, ${state}`, ...notes].join('; ');
    return [verdict === 'good' && database.kind === 'embedded' ? 'look' : verdict, tells];
  } finally {
    await database.close();
  }
}

const CHECKS: readonly Check[] = [
  { about: 'program', run: checkNode },
  { about: 'address', run: checkAddress },
  { about: 'files', run: checkFiles },
  { about: 'mappings', run: checkMappings },
  { about: 'formats', run: checkTemplates },
  { about: 'passwords', run: checkPasswords },
  { about: 'database', run: checkDatabase },
];

async function run(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  parseArgs({ args: [...args], options: {} });
  const config = readConfig(io.environment);
  let worst: ExitCode = 0;
  for (const { about, run: check } of CHECKS) {
    const [verdict, text] = await Promise.resolve()
      .then(() => check(config))
      .catch((error: unknown): Finding => {
        const { message, cause } = describeError(error);
        return ['bad', cause === undefined ? message : `${message}: ${cause}`];
      });
    if (verdict === 'bad') worst = 1;
    io.stdout.write(`${verdict.padEnd(4)}  ${about.padEnd(9)} ${text}\n`);
  }
  return worst;
}

export const command: Command = {
  name: 'doctor',
  summary: 'Check settings, mappings, files and database; change nothing',
  usage: 'doctor',
  help: `Prints one line for each check: good, look (it works, but read this) or bad (serve will not work).
Ends with 0 when nothing is bad, else with 1. The embedded database is opened, so no server may run on it.`,
  run,
};
