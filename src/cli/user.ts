// vobs user: accounts of those who may see or take more than everybody.
import { parseArgs } from 'node:util';
import { ACCOUNT_NAME, LEVELS, type LevelName } from '../accounts/account.ts';
import { checkNewPassword, hashPassword, SHORTEST } from '../accounts/password.ts';
import { readConfig } from '../config.ts';
import { SyntaxFault } from '../model/errors.ts';
import { type AccountRow, type AccountStore, createAccountStore } from '../storage/accounts.ts';
import { type Command, type CommandIo, type ExitCode, UsageFault } from './command.ts';
import { bringUpToDate, demandUpToDate, openDatabase } from './open-database.ts';

const OPTIONS = {
  level: { type: 'string' },
  services: { type: 'string' },
  groups: { type: 'string' },
  administrator: { type: 'boolean', default: false },
} as const;

const LEVEL_NAMES = Object.keys(LEVELS) as LevelName[];

function listOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

async function newHash(name: string, io: CommandIo): Promise<string> {
  const { readNewPassword } = await import('./secret-input.ts');
  const password = await readNewPassword(io);
  try {
    checkNewPassword(password, name);
  } catch (error) {
    if (error instanceof SyntaxFault) throw new UsageFault(error.message);
    throw error;
  }
  return hashPassword(password);
}

interface AddOptions {
  readonly level?: string | undefined;
  readonly services?: string | undefined;
  readonly groups?: string | undefined;
  readonly administrator?: boolean | undefined;
}

function checkAdd(name: string, options: AddOptions): LevelName {
  if (!ACCOUNT_NAME.test(name)) throw new UsageFault('NAME has 1 to 64 letters, digits and . _ @ -');
  const level = LEVEL_NAMES.find((known) => known === options.level);
  if (level === undefined) throw new UsageFault(`--level is one of: ${LEVEL_NAMES.join(', ')}`);
  return level;
}

async function checkServices(names: readonly string[], directory: string): Promise<void> {
  if (names.length === 0) return;
  const { loadMappings } = await import('../mapping/load.ts');
  const known = loadMappings(directory).services.map((service) => service.name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new UsageFault(`no service ${unknown.join(', ')}; there are: ${known.join(', ')}`);
}

async function add(accounts: AccountStore, name: string, options: AddOptions, io: CommandIo): Promise<ExitCode> {
  const level = checkAdd(name, options);
  const services = listOf(options.services);
  await checkServices(services, readConfig(io.environment).mappings);
  const added = await accounts.add({
    name,
    password_hash: await newHash(name, io),
    level: LEVELS[level],
    services: services.length === 0 ? null : services,
    groups: listOf(options.groups),
    administrator: options.administrator === true,
  });
  io.stderr.write(
    added ? `vobs: account ${name} added, level ${level}\n` : `vobs: there is an account ${name} already\n`,
  );
  return added ? 0 : 1;
}

function line(account: AccountRow): string {
  const level = LEVEL_NAMES.find((name) => LEVELS[name] === account.level) ?? 'open';
  const services = account.services === null ? '*' : account.services.join(',');
  const state = account.disabled_at === null ? 'active' : 'disabled';
  const role = account.administrator ? 'administrator' : '';
  return [account.name, level, services, account.groups.join(','), state, role].join('\t').trimEnd();
}

async function runAction(accounts: AccountStore, args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [action, name, ...more] = positionals;
  if (action === 'list' && name === undefined) {
    for (const account of await accounts.list()) io.stdout.write(`${line(account)}\n`);
    return 0;
  }
  if (name === undefined || more.length > 0) throw new UsageFault('one action and one NAME are wanted');
  if (action === 'add') return add(accounts, name, values, io);
  const change: { readonly [action: string]: () => Promise<boolean> } = {
    password: async () => accounts.setPassword(name, await newHash(name, io)),
    disable: () => accounts.setDisabled(name, true),
    enable: () => accounts.setDisabled(name, false),
  };
  const work = action !== undefined && Object.hasOwn(change, action) ? change[action] : undefined;
  if (!work) throw new UsageFault(`no action '${action}'`);
  const found = await work();
  io.stderr.write(found ? `vobs: account ${name}: ${action} done\n` : `vobs: there is no account ${name}\n`);
  return found ? 0 : 1;
}

async function user(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  if (args.length === 0) throw new UsageFault('an action is wanted');
  const config = readConfig(io.environment);
  const told = { info: () => {}, warn: (message: string) => io.stderr.write(`vobs: ${message}\n`) };
  const database = await openDatabase(config, told);
  try {
    if (database.kind === 'embedded') await bringUpToDate(database, told);
    else await demandUpToDate(database);
    return await runAction(createAccountStore(database), args, io);
  } finally {
    await database.close();
  }
}

export const command: Command = {
  name: 'user',
  summary: 'Add, list, disable accounts and set their passwords',
  usage: [
    'user add NAME --level LEVEL [--services A,B] [--groups G,H] [--administrator]',
    'user list',
    'user password NAME',
    'user disable NAME',
    'user enable NAME',
  ].join('\n'),
  help: `The password is asked at the terminal, or read from the first line of standard input; it has at least ${SHORTEST} characters.

Options of add
  --level LEVEL       registered (takes data of access code 1), partner (2), internal (sees and takes 3)
  --services A,B      internal accounts: only these services' internal records; without it all
  --groups G,H        groups that records may be opened to
  --administrator     may administer

list prints one account a line: name, level, services, groups, state, role, separated by tabs.`,
  run: user,
};
