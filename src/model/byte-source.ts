// Where a codec takes bytes from: a file, an object of the file store, an uploaded body. Nothing here opens anything.

export interface ByteSource {
  /** File name without folder, for messages and for telling formats apart; null: not known. */
  readonly name: string | null;
  /** Number of bytes. */
  readonly size: number;
  /** The bytes from the beginning, or from `start`, in pieces of any size. May be called again. */
  readonly stream: (start?: number) => AsyncIterable<Uint8Array>;
  /** Exactly the bytes `start` to `start + length - 1`; fewer only at the end of the source. */
  readonly readAt: (start: number, length: number) => Promise<Uint8Array>;
  /** Where the bytes stand as a file of this machine, for libraries that open files themselves. */
  readonly path?: string;
  /** The source of that name beside this one (`data.csv-metadata.json`); null: there is none. */
  readonly beside?: (name: string) => Promise<ByteSource | null>;
}

/** Bytes that are in memory. */
export function bytesInMemory(bytes: Uint8Array, name: string | null = null): ByteSource {
  return {
    name,
    size: bytes.length,
    async *stream(start = 0) {
      // In pieces, so that a reader meets piece ends here as it does in a file.
      for (let at = start; at < bytes.length; at += 65536) yield bytes.subarray(at, at + 65536);
    },
    readAt: async (start, length) => bytes.subarray(start, start + length),
  };
}
