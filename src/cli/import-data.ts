// vobs import of a data file: a NASA Ames, EBAS, ICARTT, NetCDF or CSV file becomes a record with its rows and its original.
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Config } from '../config.ts';
import { CODECS } from '../formats/codecs/codecs.ts';
import type { DataFileReport } from '../ingest/data-file/import-data-file.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { AppError, SyntaxFault } from '../model/errors.ts';
import type { Service } from '../model/service.ts';
import type { Database } from '../storage/database.ts';
import { fileSource } from '../storage/files/file-source.ts';
import type { CommandIo, ExitCode } from './command.ts';
import { syncMappings } from './open-database.ts';

/** So many bytes are looked at to tell what a file is. */
const HEAD = 64 * 1024;
/** Titles of columns of time. */
const TIME = /^(date[ _-]?time|timestamp|time|date|heure)\b/;
/** Column names that a table of records has and a file of data has not. */
const OF_RECORDS = ['name', 'description', 'date_b', 'date_e', 'authorization_', 'acquisition', 'format'];

async function headOf(path: string): Promise<Uint8Array | null> {
  try {
    const file = await open(path);
    try {
      const head = new Uint8Array(HEAD);
      const { bytesRead } = await file.read(head, 0, HEAD, 0);
      return head.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

/**
 * Is this a file of data, and no table of records? NASA Ames, EBAS, ICARTT, NetCDF, CoverageJSON and the like are by their content. A CSV
 * file is one when its first line names a column of time (`time`, or the service's own) and none of the table's (name, date_b …).
 */
export async function isDataFile(path: string, { data, import: dialect }: Service): Promise<boolean> {
  const head = await headOf(path);
  if (head === null) return false;
  const name = basename(path);
  const sure = CODECS.filter(({ id, read }) => read !== undefined && id !== 'csv' && id !== 'ndjson');
  if (sure.some(({ sniff }) => sniff(head, name) >= 2)) return true;
  const [first = ''] = new TextDecoder()
    .decode(head)
    .replace(/^\ufeff/, '')
    .split(/\r?\n/, 1);
  const titles = first.split(/[,;\t]/).map((title) => title.replaceAll('"', '').trim().toLowerCase());
  const mapped = Object.entries(dialect.columns).flatMap(([column, target]) =>
    OF_RECORDS.includes(target) ? [column.toLowerCase()] : [],
  );
  const keys = (data?.key ?? []).filter((key) => key !== 'record');
  const ofRecords = titles.some((title) => OF_RECORDS.includes(title) || mapped.includes(title));
  return !ofRecords && titles.some((title) => TIME.test(title) || keys.includes(title));
}

function told(report: DataFileReport, service: Service, path: string, prefix: string): string {
  const { outcome, record, title, format, rows, stored, left } = report;
  const which = `${prefix}:${service.name}:${record}`;
  if (outcome === 'unchanged') return `${path} is in the catalogue already: ${which} is unchanged\n`;
  const lines = [`${which} is ${outcome === 'new' ? 'new' : 'corrected'}: ${title}`];
  if (stored === null) {
    const why = service.data === null ? 'the service has no rows' : 'its columns are not those of the service’s rows';
    lines.push(`${format}, ${rows} rows, kept as a file (${why})`);
  } else {
    lines.push(
      `${format}, ${rows} rows: ${stored.inserted} stored, ${stored.replaced} replaced (${stored.columns.join(', ')})`,
    );
    if (left.length > 0) lines.push(`kept in the file alone: ${left.join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}

function explain(error: unknown, path: string, io: CommandIo): ExitCode {
  const lines =
    error instanceof AppError && error.code === 'invalid-parameter'
      ? error.faults.map(({ parameter, detail }) => `${parameter}: ${detail.en}`)
      : error instanceof SyntaxFault
        ? [error.message]
        : null;
  if (lines === null) throw error;
  for (const line of lines) io.stderr.write(`${path}: ${line}\n`);
  io.stderr.write('Nothing was stored\n');
  return 3;
}

/** Takes one file in. Ends with 3 and stores nothing where it cannot be read or does not fit. */
export async function importData(
  config: Config,
  database: Database,
  mappings: Mappings,
  path: string,
  service: Service,
  io: CommandIo,
): Promise<ExitCode> {
  const [{ importDataFile }, { createRecordWriter }, { createDataWriter }, { dataShapes }, { openFileStore }] =
    await Promise.all([
      import('../ingest/data-file/import-data-file.ts'),
      import('../storage/write-records.ts'),
      import('../storage/data-rows-write.ts'),
      import('../storage/data-shape.ts'),
      import('../storage/files/open.ts'),
    ]);
  await syncMappings(database, mappings, Date.now);
  const prefix = mappings.site.identifierPrefix;
  try {
    const report = await importDataFile(await fileSource(path), service, {
      database,
      files: await openFileStore(config),
      records: createRecordWriter(database, { prefix, clock: Date.now }),
      rows: createDataWriter(database, { shapes: dataShapes(mappings.services), clock: Date.now }),
      codes: mappings.codes,
    });
    io.stdout.write(told(report, service, path, prefix));
    return 0;
  } catch (error) {
    return explain(error, path, io);
  }
}
