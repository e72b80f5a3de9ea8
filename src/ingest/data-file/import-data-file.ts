// A data file becomes a record, its rows and its original, in one transaction: all or nothing. The file is known by its bytes: the same again
// changes nothing; another version under the same name is a correction of the same record.
import { createHash } from 'node:crypto';
import type { Codec } from '../../formats/codecs/codec.ts';
import { readTable } from '../../formats/codecs/codecs.ts';
import type { MetadataInput } from '../../mapping/row.ts';
import type { ByteSource } from '../../model/byte-source.ts';
import type { Codes } from '../../model/codes.ts';
import { AppError, type ParameterFault } from '../../model/errors.ts';
import type { FileStore } from '../../model/file-store.ts';
import type { Service } from '../../model/service.ts';
import type { Table } from '../../model/table.ts';
import { createAssetReader } from '../../storage/assets.ts';
import type { DataWriter } from '../../storage/data-rows-write.ts';
import type { Database, Queries } from '../../storage/database.ts';
import { type RecordWriter, takeNumber } from '../../storage/write-records.ts';
import { type ColumnMatch, matchColumns, rowsOfRecord } from './match-columns.ts';
import { recordOfTable } from './record-of-table.ts';
import { scanTable, type TableScan } from './scan-table.ts';

export interface DataFileParts {
  readonly database: Database;
  readonly files: FileStore;
  readonly records: Pick<RecordWriter, 'within'>;
  readonly rows: Pick<DataWriter, 'within'>;
  readonly codes: Codes;
}

export interface DataFileReport {
  readonly outcome: 'new' | 'corrected' | 'unchanged';
  readonly record: number;
  readonly title: string;
  /** Name of the format. */
  readonly format: string;
  /** Rows in the file. */
  readonly rows: number;
  /** What went into the service's rows; null: the rows stay in the file alone. */
  readonly stored: { readonly inserted: number; readonly replaced: number; readonly columns: readonly string[] } | null;
  /** Columns of the file that went into no row. */
  readonly left: readonly string[];
}

async function checksum(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of source.stream()) hash.update(piece);
  return hash.digest('hex');
}

interface Understood {
  readonly codec: Codec;
  readonly table: Table;
  readonly scan: TableScan;
}

/** Reads the whole file once, so that nothing is stored of one that breaks off. */
async function understand(source: ByteSource): Promise<Understood> {
  const { codec, table } = await readTable(source);
  try {
    return { codec, table, scan: await scanTable(table) };
  } catch (error) {
    await table.close?.();
    throw error;
  }
}

/**
 * `source`: repeatable, with a name. Throws FormatFault naming the line or byte of a file that cannot be read, AppError `invalid-parameter` where
 * the record or a row cannot be stored; nothing of it is in the catalogue then.
 */
export async function importDataFile(
  source: ByteSource,
  service: Service,
  parts: DataFileParts,
): Promise<DataFileReport> {
  const { database, files } = parts;
  const name = source.name ?? 'data';
  const reader = createAssetReader(database);
  const sha256 = await checksum(source);
  const [same] = await reader.withBytes(service.name, 'source', sha256);
  if (same !== undefined) {
    const nothing = { rows: 0, stored: null, left: [] };
    return { outcome: 'unchanged', record: same.record, title: same.name, format: '', ...nothing };
  }
  const [former] = await reader.withName(service.name, 'source', name);
  const { codec, table, scan } = await understand(source);
  try {
    const stored = await files.put(source.stream());
    const input = recordOfTable({ table, scan, name, format: codec.id }, service, parts.codes);
    const match = matchColumns(service, table);
    const asset = { service: service.name, name, role: 'source', mediaType: codec.mediaType, ...stored } as const;
    return await database.transaction(
      async (queries) => {
        const record = former?.record ?? (await takeNumber(queries, service.name));
        await writeRecord(queries, { ...input, id: record }, { ...asset, record }, parts);
        const rows = match === null ? null : await writeRows(queries, service.name, table, match, record, parts);
        return {
          outcome: former === undefined ? ('new' as const) : ('corrected' as const),
          record,
          title: input.name ?? name,
          format: codec.title.en ?? codec.id,
          rows: scan.rows,
          stored: rows,
          left: match?.left ?? table.columns.map((column) => column.name),
        };
      },
      { unlimited: true },
    );
  } finally {
    await table.close?.();
  }
}

async function writeRecord(
  queries: Queries,
  input: MetadataInput,
  asset: Parameters<ReturnType<DataFileParts['records']['within']>['attach']>[0][number],
  { records }: DataFileParts,
): Promise<void> {
  const session = records.within(queries);
  const [refused] = (await session.write([input])).refused;
  if (refused !== undefined) {
    const faults = refused.faults.map((fault): ParameterFault => ({ parameter: fault.name, detail: fault.detail }));
    throw new AppError('invalid-parameter', { faults });
  }
  await session.attach([asset]);
  await session.finish();
}

async function writeRows(
  queries: Queries,
  service: string,
  table: Table,
  match: ColumnMatch,
  record: number,
  { rows }: DataFileParts,
): Promise<DataFileReport['stored']> {
  const columns = match.columns.map(({ target }) => target.name);
  const report = await rows.within(queries).write(service, ['record', ...columns], rowsOfRecord(table, match, record));
  const [refused] = report.refused;
  if (refused !== undefined) {
    const faults = refused.faults.map(
      ({ parameter, detail }): ParameterFault => ({
        parameter: `row ${refused.row + 1}, ${parameter}`,
        detail,
      }),
    );
    throw new AppError('invalid-parameter', { faults });
  }
  return { inserted: report.inserted, replaced: report.replaced, columns };
}
