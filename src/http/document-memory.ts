// Whole documents that were asked lately, as bytes. Writing and encoding a record is a fifth of a request for it (measured on 20 kB of ISO 19139);
// a record that many readers ask is written once for each of its versions.

export interface DocumentMemory {
  /** The document under a key that names everything it depends on; made when it is not there. */
  readonly of: (key: string, make: () => string) => Buffer;
}

/** Keeps at most so many bytes; what was asked longest ago goes first. A document larger than a hundredth of them is not kept. */
export function createDocumentMemory(mostBytes: number): DocumentMemory {
  const kept = new Map<string, Buffer>();
  let bytes = 0;
  return {
    of(key, make) {
      const known = kept.get(key);
      if (known !== undefined) {
        kept.delete(key);
        kept.set(key, known);
        return known;
      }
      const document = Buffer.from(make());
      if (document.length > mostBytes / 100) return document;
      kept.set(key, document);
      bytes += document.length;
      for (const [oldest, { length }] of kept) {
        if (bytes <= mostBytes) break;
        kept.delete(oldest);
        bytes -= length;
      }
      return document;
    },
  };
}
