// What every door to the data asks: which columns a service has, and its rows as a table. Nothing is given that the viewer may not take.
import type { Column, Dimension, FixedColumn, Selection, Table } from '../model/table.ts';
import type { Viewer } from '../model/viewer.ts';

/** The shape of a service's rows, and what they cover for this viewer. */
export interface DataDescription {
  readonly service: string;
  /** As in the table that `rows` gives for the whole; the integer column `record` is the number of the record that a row belongs to. */
  readonly columns: readonly Column[];
  readonly dimensions: readonly Dimension[];
  readonly fixed: readonly FixedColumn[];
  /** The column that orders the rows; null: rows of samples and analyses without a time of their own. */
  readonly axis: Table['axis'];
  /** First and last instant of the rows that the viewer may take, milliseconds since 1970; null: no rows, or no column of time. */
  readonly time: { readonly start: number; readonly end: number } | null;
}

/** A record that has rows, for lists of data sets and of places. */
export interface RecordWithRows {
  readonly service: string;
  readonly record: number;
  readonly time: { readonly start: number; readonly end: number } | null;
  readonly rows: number;
}

export interface DataAccess {
  /** Names of the services that have columns of data, in alphabetic order. */
  readonly services: readonly string[];
  /** null: the service has no rows (or there is no such service). */
  describe(service: string, viewer: Viewer): Promise<DataDescription | null>;
  /**
   * The rows in the order of time, then of the natural key; made when they are asked for, repeatable. With `selection.record` the table's
   * metadata are those of that record, and columns that are empty throughout it are left out unless `variables` names them; else they are
   * those of the service. Throws AppError `not-found` (no such record, not to be seen, no rows),
   * `unauthorized` or `forbidden` (the record's data are refused), `invalid-parameter` (a variable that the service lacks).
   */
  rows(selection: Selection, viewer: Viewer): Promise<Table>;
  /** The records of the service that have rows which the viewer may take, by number. */
  records(service: string, viewer: Viewer): Promise<readonly RecordWithRows[]>;
  /** Raised by every change of the service's rows; for ETags. Decimal digits. */
  revision(service: string): Promise<string>;
}
