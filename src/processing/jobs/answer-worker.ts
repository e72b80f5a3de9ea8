// The main thread's side of one running process: gives the pieces of the inputs that the worker asks for, and takes those of the results.
import type { ByteSource } from '../../model/byte-source.ts';
import type { Chunk, Table, Values } from '../../model/table.ts';
import type { Answer, Ask, OutputHead } from './worker-messages.ts';

/** A complex input as the main thread has it. */
export type MainSource =
  | { readonly kind: 'rows'; readonly table: Table }
  | { readonly kind: 'bytes'; readonly bytes: ByteSource };

/** Takes the outputs in turn. */
export interface OutputSink {
  readonly begin: (head: OutputHead) => Promise<void>;
  readonly piece: (bytes: Uint8Array) => Promise<void>;
  readonly end: () => Promise<void>;
}

type Pieces = AsyncIterator<Chunk | Uint8Array>;

/** A part of a larger buffer would be sent with all of it. */
function whole(values: Values): Values {
  return values instanceof Float64Array && values.byteLength < values.buffer.byteLength ? values.slice() : values;
}

function sendable(piece: Chunk | Uint8Array): Chunk | Uint8Array {
  if (piece instanceof Uint8Array) return piece.byteLength < piece.buffer.byteLength ? new Uint8Array(piece) : piece;
  return { rows: piece.rows, values: piece.values.map(whole) };
}

export interface Answering {
  readonly answer: (ask: Ask) => Promise<Answer>;
  /** Frees what the worker left open. */
  readonly close: () => Promise<void>;
}

export function createAnswering(sources: readonly MainSource[], sink: OutputSink): Answering {
  const streams = new Map<number, Pieces>();
  let count = 0;

  function open(pieces: AsyncIterable<Chunk | Uint8Array>): number {
    count += 1;
    streams.set(count, pieces[Symbol.asyncIterator]());
    return count;
  }

  function bytesOf(number: number): ByteSource {
    const source = sources[number];
    if (source?.kind !== 'bytes') throw new Error(`source ${number} has no bytes`);
    return source.bytes;
  }

  function tableOf(number: number): Table {
    const source = sources[number];
    if (source?.kind !== 'rows') throw new Error(`source ${number} has no rows`);
    return source.table;
  }

  async function next(stream: number): Promise<Answer> {
    const result = await streams.get(stream)?.next();
    if (result === undefined) return null;
    if (!result.done) return sendable(result.value);
    streams.delete(stream);
    return null;
  }

  async function leave(stream: number): Promise<void> {
    const pieces = streams.get(stream);
    streams.delete(stream);
    await pieces?.return?.();
  }

  return {
    async answer(ask) {
      switch (ask.of) {
        case 'chunks':
          return open(tableOf(ask.source).chunks());
        case 'bytes':
          return open(bytesOf(ask.source).stream(ask.start));
        case 'part':
          return sendable(await bytesOf(ask.source).readAt(ask.start, ask.length)) as Uint8Array;
        case 'next':
          return next(ask.stream);
        case 'leave':
          await leave(ask.stream);
          return null;
        case 'begin':
          await sink.begin(ask.head);
          return null;
        case 'piece':
          await sink.piece(ask.bytes);
          return null;
        case 'end':
          await sink.end();
          return null;
      }
    },
    async close() {
      await Promise.allSettled([...streams.keys()].map(leave));
      for (const source of sources) if (source.kind === 'rows') await source.table.close?.();
    },
  };
}
