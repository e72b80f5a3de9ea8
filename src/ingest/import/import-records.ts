// An import as a whole: every line read or refused with its reasons; the good ones stored in one transaction, in batches.
import type { MetadataInput } from '../../mapping/row.ts';
import type { Codes } from '../../model/codes.ts';
import type { Service } from '../../model/service.ts';
import type { RecordWriter, WriteSession } from '../../storage/write-records.ts';
import type { CellDialect } from './cells.ts';
import { type Column, columnsOf } from './columns.ts';
import type { SourceLine } from './lines.ts';
import { type LineFault, readLine } from './read-line.ts';

export interface RefusedLine {
  readonly line: number;
  readonly names: readonly string[];
  readonly cells: readonly string[];
  readonly faults: readonly LineFault[];
}

export interface ImportReport {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
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

type Reading = { readonly row: MetadataInput } | { readonly faults: readonly LineFault[] };

function lineReader(order: ImportOrder): (source: SourceLine) => Reading {
  const known = new WeakMap<readonly string[], readonly Column[]>();
  const firstLineOf = new Map<number, number>();
  const refuse = (name: string, en: string, fr: string): Reading => ({
    faults: [{ column: null, name, detail: { en, fr } }],
  });
  return (source) => {
    if (source.broken !== undefined) return refuse('', source.broken, source.broken);
    let columns = known.get(source.names);
    if (columns === undefined) {
      columns = columnsOf(source.names, order.service);
      known.set(source.names, columns);
    }
    const reading = readLine(source.names, columns, source.cells, order.dialect, order.service, order.codes);
    if ('faults' in reading) return reading;
    const id = reading.row.id as number;
    const earlier = firstLineOf.get(id);
    if (earlier !== undefined)
      return refuse('id', `${id} stands in line ${earlier} already`, `${id} figure déjà à la ligne ${earlier}`);
    firstLineOf.set(id, source.line);
    return reading;
  };
}

type Counts = { -readonly [K in keyof ImportReport]: ImportReport[K] };

/** Stores good lines batch by batch; the writer may still refuse rows that only the database can judge (a position outside its system). */
function batchWriter(order: ImportOrder, session: WriteSession, counts: Counts) {
  let lines: SourceLine[] = [];
  let rows: MetadataInput[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length === 0) return;
    const report = await session.write(rows);
    counts.inserted += report.inserted;
    counts.updated += report.updated;
    counts.unchanged += report.unchanged;
    for (const { index, faults } of report.refused) {
      counts.refused++;
      const { line, names, cells } = lines[index] as SourceLine;
      order.onRefused({ line, names, cells, faults: faults.map((fault) => ({ column: null, ...fault })) });
    }
    lines = [];
    rows = [];
  };
  const add = async (source: SourceLine, row: MetadataInput): Promise<void> => {
    if (startsAfterEnd(row)) counts.endBeforeBegin++;
    lines.push(source);
    rows.push(row);
    if (rows.length >= BATCH) await flush();
  };
  return { add, flush };
}

/** Reads all lines and stores the good ones in one transaction; with `strict` nothing is stored when one is refused. Throws AppError when the columns themselves are wrong. */
export async function importRecords(
  order: ImportOrder,
  writer: Pick<RecordWriter, 'transaction'>,
): Promise<ImportReport> {
  const read = lineReader(order);
  const counts: Counts = { read: 0, refused: 0, endBeforeBegin: 0, inserted: 0, updated: 0, unchanged: 0 };
  const run = async (session: WriteSession): Promise<void> => {
    const batches = batchWriter(order, session, counts);
    for await (const source of order.lines) {
      counts.read++;
      const reading = read(source);
      if ('row' in reading) await batches.add(source, reading.row);
      else {
        counts.refused++;
        order.onRefused({ line: source.line, names: source.names, cells: source.cells, faults: reading.faults });
      }
      if (counts.read % BATCH === 0) order.onProgress(counts.read);
    }
    await batches.flush();
    order.onProgress(counts.read);
    if (order.strict && counts.refused > 0) throw new StrictRefusal();
  };
  try {
    await writer.transaction(run);
  } catch (error) {
    if (!(error instanceof StrictRefusal)) throw error;
    return { ...counts, inserted: 0, updated: 0, unchanged: 0 };
  }
  return counts;
}
