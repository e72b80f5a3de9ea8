// How far a long command is: a bar on a terminal, a line every two seconds elsewhere (logs, containers). The first one comes at once.
import cliProgress from 'cli-progress';
import type { CommandIo } from './command.ts';

export interface ProgressBar {
  readonly update: (done: number) => void;
  readonly stop: () => void;
}

const LINE_EVERY = 2000;

/** `what` stands before the bar, such as `seeding`; `total` 0: nothing is known of the end. */
export function progressBar(stream: CommandIo['stderr'], what: string, total: number): ProgressBar {
  const bar = new cliProgress.SingleBar(
    {
      stream: stream as NodeJS.WritableStream,
      format: `${what} [{bar}] {percentage} % {value}/{total}, {duration_formatted}`,
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: LINE_EVERY,
      etaBuffer: 50,
    },
    cliProgress.Presets.shades_classic,
  );
  bar.start(total, 0);
  return {
    update: (done) => bar.update(done),
    stop: () => bar.stop(),
  };
}
