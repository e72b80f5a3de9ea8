// Writing rows of observations. A transaction ends with one revision of the service for everything it changed, and with the catalogue's where a
// record has its first rows, because its links then change.
import { AppError } from '../model/errors.ts';
import type { Chunk, Values } from '../model/table.ts';
import { announceRows } from './data-announce.ts';
import { type CheckedColumn, checkRows, type RefusedDataRow, withoutRepeatedKeys } from './data-rows-check.ts';
import { createFilledColumns, isFilled } from './data-rows-filled.ts';
import { parameterOf, recountStatement, type Upserted, upsertStatement } from './data-rows-upsert.ts';
import type { DataShape } from './data-shape.ts';
import { ensureYears, readYears } from './data-tables.ts';
import type { Database, Queries } from './database.ts';

export interface DataWriteReport {
  readonly inserted: number;
  /** Rows of a known natural key that differed. */
  readonly replaced: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedDataRow[];
  /** The service's revision afterwards; null: nothing changed. */
  readonly revision: string | null;
}

export interface DataWriteOptions {
  /** Told after each chunk how many rows are done. */
  readonly onProgress?: (rows: number) => void;
}

export type Chunks = Iterable<Chunk> | AsyncIterable<Chunk>;

export interface DataWriter {
  /**
   * Writes rows of a service; durable when it resolves. `columns` name the values of the chunks, natural key and `record` among them; a column
   * that is left out is missing in new rows and stays as it is in known ones. Times are milliseconds since 1970 UTC. A row of a known natural key
   * replaces it where something differs: the former row is kept in `rows_history` with the revisions that wrote and replaced it, columns that
   * have left the service file included. Rows that cannot be written are told, the others are written.
   * Throws AppError `invalid-parameter` for a column that the service lacks or a part of the key that is not given, `not-found` for a service
   * without rows.
   */
  write(
    service: string,
    columns: readonly string[],
    chunks: Chunks,
    options?: DataWriteOptions,
  ): Promise<DataWriteReport>;
  /** The same inside a transaction of the caller, whose last step this must be. */
  within(queries: Queries): Pick<DataWriter, 'write'>;
  /** The same for a first load: records that have their first rows keep their datestamps. In an empty table a repeated key is an error. */
  load: DataWriter['write'];
}

export interface DataWriterOptions {
  readonly shapes: ReadonlyMap<string, DataShape>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const NEXT = 'SELECT (revision + 1)::text AS next FROM rows_revision WHERE service = $1 FOR UPDATE';
const RECORDS =
  "SELECT id FROM metadata WHERE service = $1 AND id = ANY ($2::int[]) AND level = 'dataset' AND deleted_at IS NULL FOR KEY SHARE";
const COUNT = `INSERT INTO rows_record AS r (service, record, row_count, begins, ends, filled)
VALUES ($1, $2, $3, $4::timestamptz, $5::timestamptz, $6::text[])
ON CONFLICT (service, record) DO UPDATE SET row_count = r.row_count + excluded.row_count,
  begins = least(r.begins, excluded.begins), ends = greatest(r.ends, excluded.ends),
  filled = CASE WHEN r.filled = '{}' THEN r.filled ELSE ARRAY(SELECT DISTINCT unnest(r.filled || excluded.filled) ORDER BY 1) END`;
const RAISE = 'UPDATE rows_revision SET revision = $2::bigint, raised_at = now() WHERE service = $1';

export function createDataWriter(database: Database, { shapes, clock }: DataWriterOptions): DataWriter {
  const write =
    (queries: Queries, datestamps: (() => number) | null): DataWriter['write'] =>
    async (service, columns, chunks, options = {}) => {
      const shape = shapes.get(service);
      if (shape === undefined) throw new AppError('not-found');
      return writeRows(queries, shape, columns, chunks, options, datestamps);
    };
  return {
    write: (...given) => database.transaction((queries) => write(queries, clock)(...given), { unlimited: true }),
    load: (...given) => database.transaction((queries) => write(queries, null)(...given), { unlimited: true }),
    within: (queries) => ({ write: write(queries, clock) }),
  };
}

function givenColumns(shape: DataShape, names: readonly string[]): readonly DataShape['columns'][number][] {
  const known = shape.columns.map(({ name }) => name);
  const list = known.join(', ');
  const unknown = names.filter((name) => !known.includes(name));
  const lost = [...new Set([...shape.key, 'record'])].filter((name) => !names.includes(name));
  const faults = [
    ...unknown.map((parameter) => ({
      parameter,
      detail: { en: `is no column; there are: ${list}`, fr: `n'est pas une colonne ; il y a : ${list}` },
    })),
    ...lost.map((parameter) => ({
      parameter,
      detail: { en: 'is part of the natural key and is not given', fr: 'fait partie de la clé naturelle et manque' },
    })),
  ];
  if (faults.length > 0) throw new AppError('invalid-parameter', { faults });
  return names.map((name) => shape.columns[known.indexOf(name)] as DataShape['columns'][number]);
}

interface Tally {
  written: number;
  begins: string | null;
  ends: string | null;
  replaced: boolean;
}

async function writeRows(
  queries: Queries,
  shape: DataShape,
  names: readonly string[],
  chunks: Chunks,
  { onProgress }: DataWriteOptions,
  clock: (() => number) | null,
): Promise<DataWriteReport> {
  const { service } = shape;
  const columns = givenColumns(shape, names);
  const revision = (await queries.query<{ next: string }>(null, NEXT, [service]))[0]?.next;
  if (revision === undefined) throw new AppError('not-found');
  const statementOf = createStatements(shape, clock === null && revision === '1');
  const isRecord = createRecordCheck(queries, service);
  const years = shape.partitioned ? await readYears(queries, shape) : null;
  const tallies = new Map<number, Tally>();
  const filled = createFilledColumns(columns);
  const report = { inserted: 0, replaced: 0, unchanged: 0, refused: [] as RefusedDataRow[] };
  let done = 0;
  for await (const chunk of chunks) {
    const given = columns.map((column, n): CheckedColumn => ({ column, values: chunk.values[n] as Values }));
    const known = await isRecord(given, chunk.rows);
    const refused = checkRows(given, chunk.rows, done, known);
    const bad = new Set(refused.map(({ row }) => row - done));
    const good = Array.from({ length: chunk.rows }, (_, row) => row).filter((row) => !bad.has(row));
    filled.look(given, good);
    if (years !== null) await addYears(queries, shape, given, good, years);
    for (const rows of withoutRepeatedKeys(shape, given, good)) {
      const { text, columns: used } = statementOf(given, rows);
      const values = [revision, ...used.map((column) => parameterOf(column, rows))];
      const upserted = await queries.query<Upserted>(null, text, values);
      const written = count(upserted, tallies);
      report.inserted += written.inserted;
      report.replaced += written.replaced;
      report.unchanged += rows.length - written.inserted - written.replaced;
    }
    report.refused.push(...refused);
    done += chunk.rows;
    onProgress?.(done);
  }
  if (tallies.size === 0) return { ...report, revision: null };
  await finish(queries, shape, tallies, filled.of, revision, clock);
  return { ...report, revision };
}

/** The statement for some rows. In an empty table there is nothing to be replaced, so columns without any value need not be written. */
function createStatements(shape: DataShape, empty: boolean) {
  const texts = new Map<string, string>();
  return (given: readonly CheckedColumn[], rows: readonly number[]) => {
    const used = empty
      ? given.filter(
          (column) =>
            column.column.inKey || column.column.name === 'record' || rows.some((row) => isFilled(column, row)),
        )
      : given;
    const names = used.map(({ column }) => column.name).join();
    const text =
      texts.get(names) ??
      upsertStatement(
        shape,
        used.map(({ column }) => column),
        empty,
      );
    texts.set(names, text);
    return { text, columns: used };
  };
}

/** Which of the chunk's records there are; each is asked for once. */
function createRecordCheck(queries: Queries, service: string) {
  const known = new Map<number, boolean>();
  return async (columns: readonly CheckedColumn[], rows: number): Promise<(record: number) => boolean> => {
    const values = columns.find(({ column }) => column.name === 'record')?.values as Float64Array;
    const asked = new Set<number>();
    for (let row = 0; row < rows; row++) {
      const record = values[row] as number;
      if (!known.has(record) && Number.isInteger(record) && record > 0 && record < 2 ** 31) asked.add(record);
    }
    if (asked.size > 0) {
      for (const record of asked) known.set(record, false);
      for (const { id } of await queries.query<{ id: number }>(null, RECORDS, [service, [...asked]]))
        known.set(id, true);
    }
    return (record) => known.get(record) === true;
  };
}

async function addYears(
  queries: Queries,
  shape: DataShape,
  columns: readonly CheckedColumn[],
  rows: readonly number[],
  years: Set<number>,
): Promise<void> {
  const times = columns.find(({ column }) => column.name === shape.time?.name)?.values as Float64Array;
  const missing = new Set<number>();
  let [from, to] = [Number.NaN, Number.NaN];
  for (const row of rows) {
    const at = times[row] as number;
    if (at >= from && at < to) continue;
    const year = new Date(at).getUTCFullYear();
    [from, to] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
    if (!years.has(year)) missing.add(year);
  }
  await ensureYears(queries, shape, missing);
  for (const year of missing) years.add(year);
}

const least = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a);
const greatest = (a: string | null, b: string | null) => (a === null || (b !== null && b > a) ? b : a);

function count(upserted: readonly Upserted[], tallies: Map<number, Tally>) {
  let [inserted, replaced] = [0, 0];
  for (const row of upserted) {
    const added = row.written - row.replaced;
    inserted += added;
    replaced += row.replaced;
    const tally = tallies.get(row.record);
    tallies.set(row.record, {
      written: (tally?.written ?? 0) + added,
      begins: least(tally?.begins ?? null, row.begins),
      ends: greatest(tally?.ends ?? null, row.ends),
      replaced: row.replaced > 0 || tally?.replaced === true,
    });
  }
  return { inserted, replaced };
}

async function finish(
  queries: Queries,
  shape: DataShape,
  tallies: ReadonlyMap<number, Tally>,
  filledOf: (record: number) => readonly string[],
  revision: string,
  clock: (() => number) | null,
): Promise<void> {
  const { service, time } = shape;
  for (const [record, { written, begins, ends, replaced }] of tallies) {
    await queries.query('vobs_rows_count', COUNT, [service, record, written, begins, ends, filledOf(record)]);
    if (replaced && time !== null && !time.inKey) await queries.query(null, recountStatement(shape), [service, record]);
  }
  await queries.query(null, RAISE, [service, revision]);
  await announceRows(queries, service, [...tallies.keys()], clock);
}
