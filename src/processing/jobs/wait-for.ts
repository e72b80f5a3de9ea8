// Waits for the end of a job, whichever server process runs it.
import type { EventEmitter } from 'node:events';
import type { JobRow } from '../../storage/jobs.ts';

const hasEnded = ({ state }: JobRow): boolean => state !== 'accepted' && state !== 'running';

/** The job when it has ended, else as it is after so many milliseconds. Asks again when the job ends in this process, else ever less often. */
export async function waitFor(
  read: () => Promise<JobRow>,
  id: string,
  events: EventEmitter,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<JobRow> {
  const until = performance.now() + milliseconds;
  let pause = 50;
  let isTold = false;
  let wake: (() => void) | null = null;
  const told = () => {
    isTold = true;
    wake?.();
  };
  events.on(id, told);
  signal?.addEventListener('abort', told);
  try {
    for (;;) {
      isTold = false;
      const row = await read();
      const left = until - performance.now();
      if (hasEnded(row) || left <= 0 || signal?.aborted) return row;
      if (!isTold)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(pause, left));
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      pause = Math.min(500, pause * 1.5);
    }
  } finally {
    events.off(id, told);
    signal?.removeEventListener('abort', told);
  }
}
