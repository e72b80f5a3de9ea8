// vobs import: the observatory's own tables into the catalogue, and data files with what they describe.
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import type { ImportReport, RefusedLine } from '../ingest/import/import-records.ts';
import type { SourceLine } from '../ingest/import/lines.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { AppError } from '../model/errors.ts';
import type { ImportDialect, Service } from '../model/service.ts';
import type { Database } from '../storage/database.ts';
import { type Command, type CommandIo, type ExitCode, UsageFault } from './command.ts';
import { bringUpToDate, demandUpToDate, openDatabase, syncMappings } from './open-database.ts';
import { progressBar } from './progress-bar.ts';

const OPTIONS = {
  service: { type: 'string' },
  kind: { type: 'string' },
  delimiter: { type: 'string' },
  decimal: { type: 'string' },
  date: { type: 'string' },
  encoding: { type: 'string' },
  strict: { type: 'boolean', default: false },
} as const;
const KINDS = ['csv', 'ndjson', 'tab', 'postgres', 'data'] as const;
type Kind = (typeof KINDS)[number];
/** Files of programs are written in these forms, whatever the service declares for its tables. */
const MACHINE: Pick<ImportDialect, 'decimal' | 'date'> = { decimal: '.', date: 'ymd' };
/** So many refused lines are named on the terminal; all of them stand in the file. */
const NAMED = 20;

function oneOf<T extends string>(name: string, text: string | undefined, values: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const value = values.find((known) => known === text);
  if (value === undefined) throw new UsageFault(`--${name} is one of ${values.join(', ')}, not '${text}'`);
  return value;
}

async function kindOf(source: string, service: Service): Promise<Kind> {
  const { isDataFile } = await import('./import-data.ts');
  if (!/^\w+:\/\//.test(source) && (await isDataFile(source, service))) return 'data';
  if (/^postgres(ql)?:/.test(source)) return 'postgres';
  if (/\.(ndjson|jsonl)$/i.test(source)) return 'ndjson';
  return /\.(tsv|tab|dump)$/i.test(source) ? 'tab' : 'csv';
}

function serviceOf(name: string | undefined, mappings: Mappings): Service {
  const service = mappings.services.find((known) => known.name === name);
  if (service) return service;
  throw new UsageFault(`--service is one of ${mappings.services.map((known) => known.name).join(', ')}`);
}

interface Source {
  readonly lines: AsyncIterable<SourceLine> | Iterable<SourceLine>;
  readonly dialect: ImportDialect;
  /** For the progress bar; 0: not known beforehand. */
  readonly expected: number;
}

async function openSource(source: string, kind: Exclude<Kind, 'data'>, dialect: ImportDialect): Promise<Source> {
  if (kind === 'postgres') {
    const { postgresLines } = await import('../ingest/import/postgres-lines.ts');
    return { lines: postgresLines(source), dialect: { ...dialect, ...MACHINE }, expected: 0 };
  }
  const [{ decode, readBytes }, { csvLines, ndjsonLines, tabLines }] = await Promise.all([
    import('../ingest/import/bytes.ts'),
    import('../ingest/import/lines.ts'),
  ]);
  const text = decode(await readBytes(source), dialect.encoding);
  const expected = Math.max(0, text.split('\n').length - 1);
  if (kind === 'ndjson') return { lines: ndjsonLines(text), dialect: { ...dialect, ...MACHINE }, expected };
  if (kind === 'tab') return { lines: tabLines(text), dialect: { ...dialect, ...MACHINE }, expected };
  return { lines: csvLines(text, dialect.delimiter), dialect, expected };
}

/** Where the refused lines go: beside the file, or into the working directory for an address. */
const rejectedPath = (source: string, kind: Kind) =>
  kind === 'postgres' || /^https?:/.test(source)
    ? `${basename(new URL(source).pathname) || 'import'}.rejected.csv`
    : `${source}.rejected.csv`;

async function report(
  counts: ImportReport,
  refused: RefusedLine[],
  path: string,
  delimiter: string,
  strict: boolean,
  io: CommandIo,
): Promise<ExitCode> {
  const { reasonOf, rejectedFile } = await import('../ingest/import/rejected.ts');
  io.stdout.write(
    `${counts.read} lines read: ${counts.inserted} new, ${counts.updated} changed, ${counts.unchanged} unchanged, ${counts.refused} refused\n`,
  );
  if (counts.endBeforeBegin > 0)
    io.stdout.write(
      `${counts.endBeforeBegin} records end before they begin: stored, but no search by time finds them\n`,
    );
  if (refused.length === 0) return 0;
  refused.sort((a, b) => a.line - b.line);
  for (const line of refused.slice(0, NAMED)) io.stderr.write(`line ${line.line}: ${reasonOf(line.faults)}\n`);
  if (refused.length > NAMED) io.stderr.write(`… and ${refused.length - NAMED} more\n`);
  await writeFile(path, rejectedFile(refused, delimiter));
  io.stderr.write(
    `${strict ? 'Nothing was stored (--strict). ' : ''}The refused lines stand in ${path} with the reasons\n`,
  );
  return 3;
}

/** What is wrong with the file as a whole, each place in a line of its own. */
function explainFile(error: unknown, io: CommandIo): ExitCode {
  if (!(error instanceof AppError) || error.code !== 'invalid-parameter') throw error;
  for (const fault of error.faults) io.stderr.write(`${fault.parameter}: ${fault.detail.en}\n`);
  io.stderr.write('Nothing was stored\n');
  return 3;
}

async function importInto(
  database: Database,
  mappings: Mappings,
  source: string,
  service: Service,
  options: { kind: Exclude<Kind, 'data'>; dialect: ImportDialect; strict: boolean },
  io: CommandIo,
): Promise<ExitCode> {
  const [{ importRecords }, { createRecordWriter }] = await Promise.all([
    import('../ingest/import/import-records.ts'),
    import('../storage/write-records.ts'),
  ]);
  await syncMappings(database, mappings, Date.now);
  const opened = await openSource(source, options.kind, options.dialect);
  const writer = createRecordWriter(database, { prefix: mappings.site.identifierPrefix, clock: Date.now });
  const refused: RefusedLine[] = [];
  const bar = progressBar(io.stderr, `vobs: ${service.name}`, opened.expected);
  const order = {
    lines: opened.lines,
    dialect: opened.dialect,
    service,
    codes: mappings.codes,
    strict: options.strict,
    onRefused: (line: RefusedLine) => refused.push(line),
    onProgress: bar.update,
  };
  const counts = await importRecords(order, writer).finally(bar.stop);
  return report(counts, refused, rejectedPath(source, options.kind), options.dialect.delimiter, options.strict, io);
}

async function run(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [source, ...more] = positionals;
  if (source === undefined || more.length > 0) throw new UsageFault('one file or address is wanted');
  const config = readConfig(io.environment);
  const { loadMappings } = await import('../mapping/load.ts');
  const mappings = loadMappings(config.mappings);
  const service = serviceOf(values.service, mappings);
  const kind = oneOf('kind', values.kind, KINDS) ?? (await kindOf(source, service));
  const dialect: ImportDialect = {
    ...service.import,
    delimiter: values.delimiter === 'tab' ? '\t' : (values.delimiter ?? service.import.delimiter),
    decimal: oneOf('decimal', values.decimal, [',', '.'] as const) ?? service.import.decimal,
    date: oneOf('date', values.date, ['dmy', 'mdy', 'ymd'] as const) ?? service.import.date,
    encoding: oneOf('encoding', values.encoding, ['utf-8', 'windows-1252'] as const) ?? service.import.encoding,
  };
  const told = {
    info: (message: string) => io.stderr.write(`vobs: ${message}\n`),
    warn: (message: string) => io.stderr.write(`vobs: ${message}\n`),
  };
  const database = await openDatabase(config, told);
  try {
    if (database.kind === 'embedded') await bringUpToDate(database, told);
    else await demandUpToDate(database);
    if (kind === 'data') {
      const { importData } = await import('./import-data.ts');
      return await importData(config, database, mappings, source, service, io);
    }
    return await importInto(database, mappings, source, service, { kind, dialect, strict: values.strict }, io);
  } catch (error) {
    return explainFile(error, io);
  } finally {
    await database.close();
  }
}

export const command: Command = {
  name: 'import',
  summary: "Take in the observatory's own table, or a data file",
  usage: 'import FILE|https://…|postgres://… --service NAME [--strict]',
  help: `A table of records (csv, ndjson, tab, postgres) gives one record a line. A data file (data) gives one record for the file, with its rows.

Options
  --service NAME      The observation service of the records
  --strict            Store nothing when any line is refused
  --kind KIND         csv, ndjson, tab (a MySQL dump with \\N), postgres or data; else told by the file, as below
  --delimiter C       Of a CSV file; 'tab' for a tab
  --decimal , or .    Decimal sign
  --date dmy|mdy|ymd  Order of day, month and year; 2015-12-31 is always understood
  --encoding NAME     utf-8 (with or without BOM) or windows-1252

Table or data? NASA Ames, EBAS, ICARTT, NetCDF and CoverageJSON are data by their content. A CSV file is data when its first line
names a column of time and none of the table's (name, description, date_b …), else a table of records; --kind decides where that is wrong.

Tables
What is not given is taken from 'import' in the service's file. Columns have the table's own names (id, name, description,
authorization_, date_b, time_b, date_e, time_e, latitude, longitude, elevation, epsg, acquisition, format), the names of the service's
fields, or those that the service's file maps. An address is the CSV address of a published spreadsheet, or
postgres://user@host/database?table=name.

Good lines are stored in one transaction. Refused ones go to FILE.rejected.csv with the reasons, and the command ends with 3; mended, that
file can be imported as it is. The same import again changes nothing.

Data files
The record gets its title, period, position or track, variables and organisations from the file's header, the rest from the service. Rows go
into the rows of the service where its columns are found by CF standard name or name, in a unit that is the same or can be brought to it;
else they stay in the file. The original is always kept with the record. The same file again changes nothing; another version under the
same name corrects the record. Where a line or byte is wrong it is named, nothing is stored, and the command ends with 3.`,
  run,
};
