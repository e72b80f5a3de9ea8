// What a codec is: table ⇄ bytes. `codecs.ts` lists them; downloads, processes, HAPI, tabledap and `vobs convert` offer what stands there.
import type { ByteSource } from '../../model/byte-source.ts';
import type { Table } from '../../model/table.ts';
import type { Language, Localised } from '../../model/text.ts';

export interface WriteOptions {
  /** For `history` and for file creation dates: milliseconds since 1970. */
  readonly now: number;
  /** Name of the file that is made, without folder; null: none. */
  readonly fileName: string | null;
  /** Of labels where the encoding has one language only. */
  readonly language: Language;
  /** Between cells, where the format leaves the choice (CSV); absent: a comma. */
  readonly delimiter?: string;
}

/** A second file that belongs to the first: the CSVW description of a CSV file. */
export interface Companion {
  readonly name: string;
  readonly mediaType: string;
  readonly text: string;
}

export interface Codec {
  /** `nasa-ames`, `ebas`, `icartt`, `netcdf3`, `netcdf4`, `csv`, `json`, `ndjson`, `geojson`, `covjson`, `parquet`. */
  readonly id: string;
  readonly title: Localised;
  readonly mediaType: string;
  /** File name ending without the dot; also the `?f=` value. */
  readonly extension: string;
  /** Other file name endings that mean the same. */
  readonly otherExtensions?: readonly string[];
  /**
   * How surely a file of this name that begins with these bytes (up to 64 KiB) is of this format: 0 not, 1 by its ending alone,
   * 2 likely by content, 3 certain by content.
   */
  readonly sniff: (head: Uint8Array, name: string | null) => 0 | 1 | 2 | 3;
  /** The table of the file. Throws FormatFault naming the line or byte; faults in rows are thrown by `chunks()`. */
  readonly read?: (source: ByteSource) => Promise<Table>;
  /**
   * The bytes, made as they are taken. Formats that must know the number of rows or the widths of text beforehand read the rows twice
   * when the table is repeatable, else they hold them. Throws FormatFault when the format cannot hold the table.
   */
  readonly write?: (table: Table, options: WriteOptions) => AsyncIterable<Uint8Array>;
  readonly companion?: (table: Table, options: WriteOptions) => Companion;
  /** What of this table the format cannot hold, one sentence each; empty: it loses nothing. */
  readonly loses: (table: Table) => readonly Localised[];
}
