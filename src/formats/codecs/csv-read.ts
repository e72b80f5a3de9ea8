// Reads CSV: RFC 4180, the European spreadsheet's semicolon and decimal comma, `name (unit)` headings, and the CSVW description beside it.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import { type Chunk, type Column, cellSize, type FlagSet, NO_METADATA, type Table } from '../../model/table.ts';
import { type CsvRecord, csvRecords } from './csv-records.ts';
import { type CellKinds, type Dialect, isMissing, lookAt, noKinds, parseNumber, typeOfKinds } from './csv-types.ts';
import { descriptionOf } from './csvw.ts';
import { parseEuropeanTime, parseTime } from './iso-time.ts';
import { nameAndUnit } from './nasa-ames.ts';
import { bareColumn } from './nasa-ames-table.ts';
import { type Cell, chunkBuilder } from './rows-to-chunks.ts';
import type { TableHead } from './table-json.ts';
import { uniqueNames } from './variable-names.ts';

const LONGITUDE = /^(?:lon|lng|long|longitude)$/i;
const LATITUDE = /^(?:lat|latitude)$/i;

/** Lines that begin with # before the heading are comments. */
const isComment = (record: CsvRecord): boolean =>
  record.cells[0]?.startsWith('#') === true && record.quoted?.has(0) !== true;

/** The delimiter that the first line that is no comment holds most of. */
async function delimiterOf(source: ByteSource): Promise<string> {
  const head = new TextDecoder().decode(await source.readAt(0, 65_536));
  const line = head.split(/\r?\n/).find((text) => text.trim() !== '' && !text.startsWith('#')) ?? '';
  const bare = line.replace(/"[^"]*"/g, '');
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: bare.split(sign).length }));
  return counted.reduce((best, next) => (next.count > best.count ? next : best)).sign;
}

function cellOf(column: Column, text: string, quoted: boolean, decimal: Dialect['decimal']): Cell | undefined {
  if (column.type === 'text') return text === '' && !quoted ? null : text;
  if (column.type === 'flags')
    return text
      .split(/\s+/)
      .filter((part) => part !== '')
      .map(Number) as FlagSet;
  if (isMissing(text)) return Number.NaN;
  const value = column.type === 'time' ? parseTime(text) : parseNumber(text, decimal);
  if (!Number.isNaN(value)) return value;
  const european = column.type === 'time' ? parseEuropeanTime(text) : Number.NaN;
  return Number.isNaN(european) ? undefined : european;
}

function countFault(record: CsvRecord, wanted: number): FormatFault {
  return new FormatFault(
    { line: record.line },
    `${record.cells.length} cells instead of ${wanted}`,
    `${record.cells.length} cellules au lieu de ${wanted}`,
  );
}

interface Body {
  readonly source: ByteSource;
  readonly dialect: Dialect;
  readonly columns: readonly Column[];
  /** Cells of the record that each column takes. */
  readonly sizes: readonly number[];
  readonly skipUnits: boolean;
}

/** The records behind the heading (and the line of units). */
async function* bodyRecords(source: ByteSource, delimiter: string, skipUnits: boolean): AsyncGenerator<CsvRecord> {
  let before = skipUnits ? 2 : 1;
  for await (const record of csvRecords(source, delimiter)) {
    if (before > 0 && isComment(record)) continue;
    if (before-- > 0) continue;
    yield record;
  }
}

async function* chunks({ source, dialect, columns, sizes, skipUnits }: Body): AsyncGenerator<Chunk> {
  const builder = chunkBuilder(columns, sizes);
  const owners = columns.flatMap((column, n) => new Array<Column>(sizes[n] ?? 1).fill(column));
  for await (const record of bodyRecords(source, dialect.delimiter, skipUnits)) {
    if (record.cells.length !== owners.length) throw countFault(record, owners.length);
    const cells = record.cells.map((text, n): Cell => {
      const column = owners[n] as Column;
      const cell = cellOf(column, text, record.quoted?.has(n) === true, dialect.decimal);
      if (cell !== undefined && !(Array.isArray(cell) && cell.some(Number.isNaN))) return cell;
      throw new FormatFault(
        { line: record.line },
        `${column.name}: '${text.slice(0, 30)}' is not of the type ${column.type}`,
        `${column.name} : '${text.slice(0, 30)}' n'est pas du type ${column.type}`,
      );
    });
    const chunk = builder.add(cells);
    if (chunk !== null) yield chunk;
  }
  const rest = builder.rest();
  if (rest !== null) yield rest;
}

interface Surveyed {
  readonly kinds: readonly CellKinds[];
  readonly rows: number;
}

async function survey(source: ByteSource, dialect: Dialect, width: number, skipUnits: boolean): Promise<Surveyed> {
  const kinds = Array.from({ length: width }, noKinds);
  let rows = 0;
  for await (const record of bodyRecords(source, dialect.delimiter, skipUnits)) {
    if (record.cells.length !== width) throw countFault(record, width);
    rows++;
    record.cells.forEach((text, n) => {
      lookAt(kinds[n] as CellKinds, text, record.quoted?.has(n) === true, dialect.decimal);
    });
  }
  return { kinds, rows };
}

/** The first two records that are no comments. */
async function firstRecords(source: ByteSource, delimiter: string): Promise<readonly CsvRecord[]> {
  const found: CsvRecord[] = [];
  for await (const record of csvRecords(source, delimiter)) {
    if (found.length === 0 && isComment(record)) continue;
    found.push(record);
    if (found.length === 2) break;
  }
  return found;
}

/** ERDDAP's second line: units, `UTC` for time, and no number. */
const isUnits = (record: CsvRecord | undefined): boolean =>
  record?.cells.includes('UTC') === true &&
  record.cells.every((cell) => Number.isNaN(parseNumber(cell, '.')) && Number.isNaN(parseTime(cell)));

function standardNameOf(name: string, unit: string | null): string | null {
  if (LONGITUDE.test(name) || unit === 'degrees_east') return 'longitude';
  return LATITUDE.test(name) || unit === 'degrees_north' ? 'latitude' : null;
}

/** Columns by heading and by what the cells hold. */
function columnsOf(heading: CsvRecord, units: CsvRecord | undefined, kinds: readonly CellKinds[]): readonly Column[] {
  const unique = uniqueNames();
  return heading.cells.map((text, n) => {
    const type = typeOfKinds(kinds[n] ?? noKinds());
    const said = type === 'number' || type === 'integer' ? nameAndUnit(text.trim()) : { name: text.trim(), unit: null };
    const unit = units?.cells[n] && units.cells[n] !== 'UTC' ? units.cells[n] : said.unit;
    const name = type === 'time' ? text.trim().replace(/ \(UTC\)$/, '') : said.name;
    return {
      ...bareColumn(unique(name === '' ? `column ${n + 1}` : name), type),
      unit: type === 'number' || type === 'integer' ? unit : null,
      standardName: type === 'number' ? standardNameOf(name, unit) : null,
    };
  });
}

async function describedTable(
  source: ByteSource,
  head: TableHead,
  heading: CsvRecord,
  delimiter: string,
): Promise<Table> {
  const sizes = head.columns.map((column) => cellSize(head.dimensions, column));
  const width = sizes.reduce((sum, size) => sum + size, 0);
  if (width !== heading.cells.length) throw countFault(heading, width);
  const body: Body = { source, dialect: { delimiter, decimal: '.' }, columns: head.columns, sizes, skipUnits: false };
  return { ...head, rows: null, repeatable: true, chunks: () => chunks(body) };
}

/** The table of the file. Without a description beside it every cell is looked at once, to tell what each column holds. */
export async function readCsv(source: ByteSource): Promise<Table> {
  const delimiter = await delimiterOf(source);
  const [heading, second] = await firstRecords(source, delimiter);
  if (heading === undefined)
    throw new FormatFault({ line: 1 }, 'there is no heading', "il n'y a pas de ligne de titres");
  const head = await descriptionOf(source);
  if (head !== null) return describedTable(source, head, heading, delimiter);
  const skipUnits = isUnits(second);
  const comma =
    delimiter === ',' ? null : await survey(source, { delimiter, decimal: ',' }, heading.cells.length, skipUnits);
  const point = await survey(source, { delimiter, decimal: '.' }, heading.cells.length, skipUnits);
  const texts = (surveyed: Surveyed) => surveyed.kinds.filter((kinds) => kinds.texts > 0).length;
  const decimal = comma !== null && texts(comma) < texts(point) ? ',' : '.';
  const { kinds, rows } = decimal === ',' && comma !== null ? comma : point;
  const columns = columnsOf(heading, skipUnits ? second : undefined, kinds);
  const time = columns.find(({ type }) => type === 'time');
  const body: Body = { source, dialect: { delimiter, decimal }, columns, sizes: columns.map(() => 1), skipUnits };
  return {
    metadata: NO_METADATA,
    columns,
    dimensions: [],
    fixed: [],
    axis: time === undefined ? null : { column: time.name, end: null },
    rows,
    repeatable: true,
    chunks: () => chunks(body),
  };
}
