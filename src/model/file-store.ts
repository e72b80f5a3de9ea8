// Where the observatory's files stand: a directory or an S3-compatible store behind one interface. Bytes are kept by their checksum,
// so a file is never changed in place; which record a file belongs to is in the table `asset`.
import type { ByteSource } from './byte-source.ts';

/** What the store says of bytes that it has. */
export interface StoredFile {
  /** 64 hexadecimal digits, lower case: the key of the bytes. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

export interface FileStore {
  /**
   * Takes the bytes to their end; they are durable (written and synced, or acknowledged by the store) when this resolves. The same bytes
   * twice are kept once. Nothing is left behind when the source fails. Throws AppError `body-too-large` beyond `most` bytes.
   */
  readonly put: (bytes: AsyncIterable<Uint8Array>, limits?: { readonly most?: number }) => Promise<StoredFile>;
  /** The bytes, to be read from any place; null: the store has none of that key. `name`: how the source calls itself. */
  readonly open: (sha256: string, name?: string | null) => Promise<ByteSource | null>;
  /** Forgets the bytes; nothing happens when there are none. */
  readonly remove: (sha256: string) => Promise<void>;
  /** Keys of all that is kept, in no order. */
  readonly list: () => AsyncIterable<StoredFile>;
}
