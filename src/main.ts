// The program: one command line in, one exit code out. What the command needs is loaded by the command.
import { runCommandLine } from './cli/command.ts';
import { ConfigFault } from './config.ts';
import { describeError } from './http/faults.ts';
import { AppError } from './model/errors.ts';

/** A message for the person at the terminal. Raw stacks of wasm hold the whole glue code, so they are never printed. */
function explain(error: unknown): string {
  if (error instanceof ConfigFault) return error.message;
  const { name, message, at, cause } = describeError(error);
  if (error instanceof AppError) return cause === undefined ? message : `${message}: ${cause}`;
  return name === 'Error' || at === undefined ? message : `${name}: ${message}\n  ${at}`;
}

function end(error: unknown): never {
  process.stderr.write(`vobs: ${explain(error)}\n`);
  process.exit(1);
}

process.on('uncaughtException', end);
process.on('unhandledRejection', end);

const { stdin, stdout, stderr, env: environment } = process;
process.exitCode = await runCommandLine(process.argv.slice(2), { stdin, stdout, stderr, environment }).catch(end);
