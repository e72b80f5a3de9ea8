// What a command of `vobs` is, and the one list of them. Each is loaded only when it runs.
import type { Readable, Writable } from 'node:stream';

export interface CommandIo {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly environment: { readonly [name: string]: string | undefined };
}

/** Exit codes: 0 done, 1 failed, 2 wrong use, 3 done in part (some input was refused). */
export type ExitCode = 0 | 1 | 2 | 3;

export interface Command {
  readonly name: string;
  /** One line of the list of commands. */
  readonly summary: string;
  /** What follows `vobs`, such as `user add NAME --level LEVEL`. One line per form. */
  readonly usage: string;
  /** The rest of `--help`: options one a line, then what a reader must know. A function where the text is made (settings). */
  readonly help: string | (() => Promise<string>);
  readonly run: (args: readonly string[], io: CommandIo) => Promise<ExitCode>;
}

/** Thrown by a command for a wrong option; the caller prints it with the usage and ends with 2. */
export class UsageFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageFault';
  }
}

/** The one list of commands, in the order of `vobs --help`. */
export const COMMANDS: { readonly [name: string]: () => Promise<Command> } = {
  serve: async () => (await import('./serve.ts')).command,
  seed: async () => (await import('./seed.ts')).command,
  import: async () => (await import('./import.ts')).command,
  export: async () => (await import('./export.ts')).command,
  convert: async () => (await import('./convert.ts')).command,
  check: async () => (await import('./check.ts')).command,
  migrate: async () => (await import('./migrate.ts')).migrateCommand,
  user: async () => (await import('./user.ts')).command,
  doctor: async () => (await import('./doctor.ts')).command,
};

/** Our own, and those of `util.parseArgs`. */
function isUsageFault(error: unknown): error is Error {
  if (error instanceof UsageFault) return true;
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** The text of `vobs NAME --help`. */
export async function helpOf(command: Command): Promise<string> {
  const usage = command.usage.split('\n').map((line) => `  vobs ${line}`);
  const help = typeof command.help === 'string' ? command.help : await command.help();
  return `${command.summary}\n\nUsage\n${usage.join('\n')}\n\n${help.trimEnd()}\n`;
}

/** The text of `vobs --help`. */
export async function helpOfAll(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const width = Math.max(0, ...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `vobs: catalogue and data access server of an observatory\n\nUsage\n  vobs COMMAND [OPTIONS]\n\nCommands\n${lines.join('\n')}\n\n'vobs COMMAND --help' tells more of each.\n`;
}

/** Runs one command line (without `node` and the file's name) and gives the exit code. */
export async function runCommandLine(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(await helpOfAll());
    return name === undefined ? 2 : 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!load) {
    io.stderr.write(`vobs: no command '${name}'; there are: ${Object.keys(COMMANDS).join(', ')}\n`);
    return 2;
  }
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    io.stdout.write(await helpOf(command));
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (!isUsageFault(error)) throw error;
    io.stderr.write(
      `vobs ${command.name}: ${error.message}\n\nUsage\n  vobs ${command.usage.replaceAll('\n', '\n  vobs ')}\n`,
    );
    return 2;
  }
}
