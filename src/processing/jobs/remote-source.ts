// The worker's side of the inputs: tables and bytes whose pieces come from the main thread when they are asked for.
import { CODECS, detectCodec } from '../../formats/codecs/codecs.ts';
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import type { Chunk, Table } from '../../model/table.ts';
import { fileSource } from '../../storage/files/file-source.ts';
import type { Source } from '../process.ts';
import { ProcessingFault } from '../processing.ts';
import type { Answer, Ask, SourceHead } from './worker-messages.ts';

export interface Watching {
  /** Bytes of objects that the job may hold. */
  readonly heap: number;
  /** Throws when the job is to stop. */
  readonly check: () => void;
  /** So much of the source has been read: 0 to 1. */
  readonly read: (source: number, share: number) => void;
}

export type Call = (ask: Ask) => Promise<Answer>;

async function* pieces<Piece extends Chunk | Uint8Array>(call: Call, open: Ask): AsyncGenerator<Piece> {
  const stream = (await call(open)) as number;
  let isOver = false;
  try {
    // One piece ahead, so that the main thread works while this one does.
    let next = call({ of: 'next', stream });
    for (;;) {
      const piece = (await next) as Piece | null;
      if (piece === null) break;
      next = call({ of: 'next', stream });
      // Whoever leaves the loop does not wait for it.
      next.catch(() => undefined);
      yield piece;
    }
    isOver = true;
  } finally {
    if (!isOver) await call({ of: 'leave', stream });
  }
}

function remoteBytes(call: Call, number: number, name: string | null, size: number): ByteSource {
  return {
    name,
    size,
    stream: (start = 0) => pieces<Uint8Array>(call, { of: 'bytes', source: number, start }),
    readAt: async (start, length) => (await call({ of: 'part', source: number, start, length })) as Uint8Array,
  };
}

/** The bytes, telling how far they have been read. */
function watched(bytes: ByteSource, number: number, { check, read }: Watching): ByteSource {
  async function* stream(start = 0): AsyncGenerator<Uint8Array> {
    let at = start;
    for await (const piece of bytes.stream(start)) {
      check();
      at += piece.length;
      read(number, bytes.size === 0 ? 1 : at / bytes.size);
      yield piece;
    }
  }
  const readAt: ByteSource['readAt'] = (start, length) => {
    check();
    read(number, bytes.size === 0 ? 1 : Math.min(1, (start + length) / bytes.size));
    return bytes.readAt(start, length);
  };
  return { ...bytes, stream, readAt };
}

function watchedTable(table: Table, number: number, { check, read }: Watching): Table {
  async function* chunks(): AsyncGenerator<Chunk> {
    let rows = 0;
    for await (const chunk of table.chunks()) {
      check();
      rows += chunk.rows;
      if (table.rows !== null && table.rows > 0) read(number, rows / table.rows);
      yield chunk;
    }
  }
  return { ...table, chunks };
}

/** Formats that are held as a whole, and how many times their size the objects take that are made of them. */
const HELD = new Set(['json', 'covjson']);
const SWELLS = 16;

function checkHeld(id: string, { size }: ByteSource, heap: number): void {
  const most = Math.floor(heap / SWELLS);
  if (!HELD.has(id) || size <= most) return;
  const detail = {
    en: `a document of ${id} is read as a whole: it may have at most ${most} bytes`,
    fr: `un document ${id} est lu d’un seul tenant : il peut avoir au plus ${most} octets`,
  };
  throw new ProcessingFault([{ parameter: '', reason: 'input-too-large', detail }]);
}

/** The table by content, else by the media type that the request said, else as CSV where no other text format knows it. */
async function tableOf(
  bytes: ByteSource,
  mediaType: string | null,
  heap: number,
): Promise<{ readonly id: string; readonly table: Table }> {
  const codec = await detectCodec(bytes).catch((fault: unknown) => {
    const said = CODECS.find((known) => known.mediaType === mediaType && known.read !== undefined);
    if (said === undefined) throw fault;
    return said;
  });
  if (codec.read === undefined)
    throw new FormatFault(null, `${codec.id} is only written`, `${codec.id} est seulement écrit`);
  checkHeld(codec.id, bytes, heap);
  return { id: codec.id, table: await codec.read(bytes) };
}

/** The source of that number, as a process sees it. */
export async function remoteSource(head: SourceHead, number: number, call: Call, watching: Watching): Promise<Source> {
  const { about, content } = head;
  if (content.kind === 'rows') {
    const chunks = () => pieces<Chunk>(call, { of: 'chunks', source: number });
    const table = watchedTable({ ...content.head, chunks }, number, watching);
    return { about, bytes: null, table: async () => table, format: () => 'rows' };
  }
  const plain =
    content.path === null ? remoteBytes(call, number, content.name, content.size) : await fileSource(content.path);
  const bytes = watched({ ...plain, name: content.name ?? plain.name }, number, watching);
  let opened: Promise<{ readonly id: string; readonly table: Table }> | null = null;
  let format = 'unknown';
  return {
    about,
    bytes,
    table: async () => {
      opened ??= tableOf(bytes, about.mediaType, watching.heap);
      const { id, table } = await opened;
      format = id;
      return watchedTable(table, number, watching);
    },
    format: () => format,
  };
}
