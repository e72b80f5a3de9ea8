// Child processes of the benchmark that answer one order at a time over their channel.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Child {
  readonly pid: number;
  readonly ask: <Answer>(order: unknown) => Promise<Answer>;
  readonly stop: () => void;
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the benchmark ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

/** Starts `bench/{file}`; waits for its first message when it says when it is ready. */
export async function startChild(file: string, args: readonly string[], saysReady: boolean): Promise<Child> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, { execArgv: ['--import', 'tsx'] });
  if (saysReady) await nextMessage(child);
  return {
    pid: child.pid ?? 0,
    ask: (order) => {
      const answer = nextMessage(child);
      child.send(order as object);
      return answer as Promise<never>;
    },
    stop: () => {
      child.kill();
    },
  };
}
