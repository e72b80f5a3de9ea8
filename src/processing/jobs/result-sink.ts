// Takes the outputs of a running process into the file store, piece by piece: the process makes the next one when the store has taken it.
import { AppError } from '../../model/errors.ts';
import type { FileStore, StoredFile } from '../../model/file-store.ts';
import type { JobOutput } from '../../model/job.ts';
import type { OutputSink } from './answer-worker.ts';
import type { OutputHead } from './worker-messages.ts';

interface Waiting {
  readonly bytes: Uint8Array | null;
  readonly taken: () => void;
}

/** A hand-over of one piece at a time between somebody who gives and somebody who takes. */
function handOver() {
  let offered: Waiting | null = null;
  let wake: (() => void) | null = null;
  let failure: unknown;
  let hasFailed = false;
  async function* taken(): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (offered === null) await new Promise<void>((resolve) => (wake = resolve));
      wake = null;
      if (hasFailed) throw failure;
      const own = offered as Waiting | null;
      offered = null;
      if (own === null) continue;
      own.taken();
      if (own.bytes === null) return;
      yield own.bytes;
    }
  }
  return {
    taken,
    /** Resolves when it was taken; null is the end. */
    give: (bytes: Uint8Array | null): Promise<void> =>
      new Promise((resolve) => {
        offered = { bytes, taken: resolve };
        wake?.();
      }),
    fail(reason: unknown): void {
      hasFailed = true;
      failure = reason;
      wake?.();
    },
  };
}

interface Open {
  readonly head: OutputHead & { readonly kind: 'file' };
  readonly stream: ReturnType<typeof handOver>;
  readonly stored: Promise<StoredFile>;
}

export interface ResultSink extends OutputSink {
  readonly outputs: () => readonly JobOutput[];
  /** Leaves what is half taken; nothing of it stays in the store. */
  readonly abandon: () => Promise<void>;
}

/** `most`: bytes of all results together. */
export function createResultSink(store: FileStore, most: number): ResultSink {
  const outputs: JobOutput[] = [];
  let open: Open | null = null;
  let left = most;
  return {
    async begin(head) {
      if (head.kind !== 'file') {
        outputs.push(head);
        return;
      }
      const stream = handOver();
      const stored = store.put(stream.taken(), { most: left });
      // A store that fails says so to whoever waits for it: the next piece, or the end.
      stored.catch(() => undefined);
      open = { head, stream, stored };
    },
    async piece(bytes) {
      if (open === null) throw new AppError('internal');
      await Promise.race([open.stream.give(bytes), open.stored]);
    },
    async end() {
      if (open === null) return;
      const { head, stream, stored } = open;
      await Promise.race([stream.give(null), stored]);
      const { sha256, size } = await stored;
      left -= size;
      outputs.push({ output: head.output, kind: 'file', format: head.format, name: head.name, size, sha256 });
      open = null;
    },
    outputs: () => outputs,
    async abandon() {
      const leaving = open;
      open = null;
      leaving?.stream.fail(new Error('abandoned'));
      await leaving?.stored.catch(() => undefined);
    },
  };
}
