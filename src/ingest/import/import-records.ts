// An import as a whole: every line read or refused with its reasons; the good ones stored in one transaction, in batches.
import type { MetadataInput } from '../../mapping/row.ts';
import type { Codes } from '../../model/codes.ts';
import type { Service } from '../../model/service.ts';
import type { Localised } from '../../model/text.ts';
import type { CellDialect } from './cells.ts';
import { type Column, columnsOf } from './columns.ts';
import type { SourceLine } from './lines.ts';
import { type LineFault, readLine } from './read-line.ts';

export interface WriteOutcome {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** What the import needs of the store: one transaction around all batches, and a check of one row without touching the database. */
export interface ImportStore {
  readonly check: (row: MetadataInput) => readonly { readonly name: string; readonly detail: Localised }[];
  readonly inTransaction: <T>(
    work: (write: (rows: readonly MetadataInput[]) => Promise<WriteOutcome>) => Promise<T>,
  ) => Promise<T>;
}

export interface RefusedLine {
  readonly line: number;
  readonly names: readonly string[];
  readonly cells: readonly string[];
  readonly faults: readonly LineFault[];
}

export interface ImportReport extends WriteOutcome {
  readonly read: number;
  readonly refused: number;
  /** Stored, but their end lies before their begin: they match no search by time. */
  readonly endBeforeBegin: number;
}

export interface ImportOrder {
  readonly lines: AsyncIterable<SourceLine> | Iterable<SourceLine>;
  readonly dialect: CellDialect;
  readonly service: Service;
  readonly codes: Codes;
  /** Store nothing when any line is refused. */
  readonly strict: boolean;
  readonly onRefused: (line: RefusedLine) => void;
  readonly onProgress: (linesRead: number) => void;
}

const BATCH = 1000;

/** Thrown inside the transaction so that a strict import leaves nothing. */
class StrictRefusal extends Error {}

const startsAfterEnd = (row: MetadataInput) =>
  !!row.date_b &&
  !!row.date_e &&
  `${row.date_e}T${row.time_e ?? '23:59:59'}` < `${row.date_b}T${row.time_b ?? '00:00:00'}`;

function lineReader(order: ImportOrder, store: ImportStore) {
  const known = new WeakMap<readonly string[], readonly Column[]>();
  const firstLineOf = new Map<number, number>();
  return (source: SourceLine): { row: MetadataInput } | { faults: readonly LineFault[] } => {
    if (source.broken !== undefined)
      return { faults: [{ column: null, name: '', detail: { en: source.broken, fr: source.broken } }] };
    let columns = known.get(source.names);
    if (columns === undefined) {
      columns = columnsOf(source.names, order.service);
      known.set(source.names, columns);
    }
    const reading = readLine(source.names, columns, source.cells, order.dialect, order.service, order.codes);
    if ('faults' in reading) return reading;
    const id = reading.row.id as number;
    const earlier = firstLineOf.get(id);
    if (earlier !== undefined) {
      return {
        faults: [
          {
            column: null,
            name: 'id',
            detail: { en: `${id} stands in line ${earlier} already`, fr: `${id} figure déjà à la ligne ${earlier}` },
          },
        ],
      };
    }
    firstLineOf.set(id, source.line);
    const faults = store.check(reading.row);
    return faults.length > 0 ? { faults: faults.map((fault) => ({ column: null, ...fault })) } : reading;
  };
}

/** Reads all lines and stores the good ones; with `strict` nothing is stored when one is refused. Throws AppError when the columns themselves are wrong. */
export async function importRecords(order: ImportOrder, store: ImportStore): Promise<ImportReport> {
  const read = lineReader(order, store);
  const report = { read: 0, refused: 0, endBeforeBegin: 0, inserted: 0, updated: 0, unchanged: 0 };
  const run = async (write: (rows: readonly MetadataInput[]) => Promise<WriteOutcome>) => {
    let batch: MetadataInput[] = [];
    const flush = async () => {
      const outcome = await write(batch);
      report.inserted += outcome.inserted;
      report.updated += outcome.updated;
      report.unchanged += outcome.unchanged;
      batch = [];
    };
    for await (const source of order.lines) {
      report.read++;
      const reading = read(source);
      if ('row' in reading) {
        if (startsAfterEnd(reading.row)) report.endBeforeBegin++;
        batch.push(reading.row);
      } else {
        report.refused++;
        order.onRefused({ line: source.line, names: source.names, cells: source.cells, faults: reading.faults });
      }
      if (batch.length >= BATCH && !(order.strict && report.refused > 0)) await flush();
      if (report.read % BATCH === 0) order.onProgress(report.read);
      if (batch.length >= BATCH) batch = [];
    }
    order.onProgress(report.read);
    if (order.strict && report.refused > 0) throw new StrictRefusal();
    if (batch.length > 0) await flush();
  };
  try {
    await store.inTransaction(run);
  } catch (error) {
    if (!(error instanceof StrictRefusal)) throw error;
    return { ...report, inserted: 0, updated: 0, unchanged: 0 };
  }
  return report;
}
