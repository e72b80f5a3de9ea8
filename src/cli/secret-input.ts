// Asks for a password: on a terminal without showing it, twice; from a pipe the first line.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { type CommandIo, UsageFault } from './command.ts';

function ask(question: string, io: CommandIo): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  io.stderr.write(question);
  const lines = createInterface({ input: io.stdin, output: silent, terminal: true });
  return new Promise((resolve, reject) => {
    lines.once('SIGINT', () => {
      lines.close();
      reject(new UsageFault('given up'));
    });
    lines.question('', (answer) => {
      io.stderr.write('\n');
      lines.close();
      resolve(answer);
    });
  });
}

async function firstLine(io: CommandIo): Promise<string> {
  let text = '';
  for await (const chunk of io.stdin) {
    text += String(chunk);
    if (text.includes('\n') || text.length > 10_000) break;
  }
  return (text.split('\n')[0] ?? '').replace(/\r$/, '');
}

export async function readNewPassword(io: CommandIo): Promise<string> {
  if (!io.stdin.isTTY) return firstLine(io);
  const password = await ask('Password: ', io);
  if ((await ask('Again: ', io)) !== password) throw new UsageFault('the two passwords differ');
  return password;
}
