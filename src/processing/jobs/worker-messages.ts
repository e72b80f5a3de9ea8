// What goes between the main thread and a worker that runs processes. The worker asks for every piece, so a slow one holds the source back,
// and hands every piece of a result over before it makes the next one.
import type { JobFault } from '../../model/job.ts';
import type { JsonValue } from '../../model/json.ts';
import type { MediaFormat } from '../../model/process.ts';
import type { Chunk, Table } from '../../model/table.ts';
import type { Localised } from '../../model/text.ts';
import type { GivenBox, SourceAbout } from '../process.ts';

/** A complex input as the worker learns of it. */
export interface SourceHead {
  readonly about: SourceAbout;
  /** Rows: all of the table but its chunks. Bytes: `path` where they stand as a file, which the worker then reads itself. */
  readonly content:
    | { readonly kind: 'rows'; readonly head: Omit<Table, 'chunks' | 'close'> }
    | { readonly kind: 'bytes'; readonly name: string | null; readonly size: number; readonly path: string | null };
}

/** A value of an input on its way to the worker; `source`: its place in `sources`. */
export type PlainGiven =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'box'; readonly box: GivenBox }
  | { readonly kind: 'source'; readonly source: number };

export interface RunOrder {
  readonly process: string;
  readonly inputs: { readonly [input: string]: readonly PlainGiven[] };
  readonly sources: readonly SourceHead[];
  /** In the order of the description; format null: none was asked. */
  readonly outputs: readonly { readonly output: string; readonly format: MediaFormat | null }[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** One Int32: not 0 when the job is to stop. */
  readonly stop: SharedArrayBuffer;
}

/** An output that begins; `file` is followed by its pieces. */
export type OutputHead =
  | { readonly output: string; readonly kind: 'literal'; readonly value: JsonValue }
  | ({ readonly output: string; readonly kind: 'box' } & Omit<GivenBox, 'bounds'>)
  | { readonly output: string; readonly kind: 'file'; readonly format: MediaFormat; readonly name: string };

export type Ask =
  | { readonly of: 'chunks'; readonly source: number }
  | { readonly of: 'bytes'; readonly source: number; readonly start: number }
  | { readonly of: 'part'; readonly source: number; readonly start: number; readonly length: number }
  /** The next piece of what `chunks` or `bytes` opened. */
  | { readonly of: 'next'; readonly stream: number }
  | { readonly of: 'leave'; readonly stream: number }
  | { readonly of: 'begin'; readonly head: OutputHead }
  | { readonly of: 'piece'; readonly bytes: Uint8Array }
  | { readonly of: 'end' };

/** Number of a stream; a piece; null: the end, or done. */
export type Answer = number | Chunk | Uint8Array | null;

/** A fault on its way between threads, where classes get lost. */
export interface PlainFault {
  readonly kind: 'app' | 'syntax' | 'other';
  readonly code: string;
  readonly message: string;
  readonly detail: Localised;
  readonly parameter: string | null;
}

export type ToWorker =
  | { readonly kind: 'run'; readonly order: RunOrder }
  | { readonly kind: 'answer'; readonly call: number; readonly answer: Answer }
  | { readonly kind: 'refusal'; readonly call: number; readonly fault: PlainFault };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ask'; readonly call: number; readonly ask: Ask }
  /** `share` from 0 to 1. */
  | { readonly kind: 'progress'; readonly share: number; readonly message: Localised | null }
  | {
      readonly kind: 'ended';
      readonly fault: JobFault | null;
      readonly wasStopped: boolean;
      readonly formats: readonly string[];
    };
