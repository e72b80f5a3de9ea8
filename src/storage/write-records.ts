// Writing records: new ones, corrections (the former version stays in the history), withdrawals. The same content again changes nothing.
// A transaction ends with the series of the touched services and with the one revision for everything it changed (design, section 3).

import { AppError } from '../model/errors.ts';
import { type AssetInput, attachAssets } from './assets.ts';
import { inBatches, type Rows } from './batches.ts';
import { beginBulkLoad, collectEntries, endBulkLoad, markVisible } from './bulk-load.ts';
import type { Database, Queries } from './database.ts';
import { isWorthRepeating } from './database-errors.ts';
import { type Known, type RefusedRow, resolveRows } from './resolve-rows.ts';
import { FINISH, PREPARE, TAKE_NUMBERS, WITHDRAW, WRITE_RECORDS, WRITE_SERIES } from './write-statements.ts';

export interface WriteReport {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedRow[];
}

export interface WriteOptions {
  /** Told after each batch how many rows are done. */
  readonly onProgress?: (rows: number) => void;
  /** Rows of number 0: the series records, written from the service files. */
  readonly series?: boolean;
}

export interface LoadOptions extends WriteOptions {
  /** Lay the index out by place on the ground at the end: searches by box read less, the load takes a tenth longer. */
  readonly byPlace?: boolean;
  /** Files of the records. */
  readonly assets?: readonly AssetInput[];
}

export type RecordKeyPair = { readonly service: string; readonly id: number };

/** What can be done inside one transaction; several calls make one revision. */
export interface WriteSession {
  write(rows: Rows, options?: WriteOptions): Promise<WriteReport>;
  /** Withdraws records and gives how many there were. */
  withdraw(keys: readonly RecordKeyPair[]): Promise<number>;
  /** Gives records their files, whose bytes the store has already; gives how many records have another list of files now. */
  attach(assets: readonly AssetInput[]): Promise<number>;
}

export interface RecordWriter extends WriteSession {
  /** Several writes as one: all or nothing, one revision. */
  transaction<T>(work: (session: WriteSession) => Promise<T>): Promise<T>;
  /** The same inside a transaction of the caller, who must call `finish` as its last step; it gives the revision, null if nothing changed. */
  within(queries: Queries): WriteSession & { finish(): Promise<string | null> };
  /**
   * A first load: without the index, which is built at the end; datestamps are the rows' own `updated_at`. Searches wait until it is over.
   */
  load(rows: Rows, options?: LoadOptions): Promise<WriteReport>;
}

export interface WriterOptions {
  /** First part of our identifiers: `opgc`. */
  readonly prefix: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const BATCH = 1000;
const ATTEMPTS = 3;

/** EPSG codes that the database can transform. */
export async function readKnownSystems(queries: Queries): Promise<ReadonlySet<number>> {
  const rows = await queries.query<{ srid: number }>(null, "SELECT srid FROM spatial_ref_sys WHERE auth_name = 'EPSG'");
  return new Set(rows.map((row) => row.srid));
}

/** The next number of a service, which nobody else gets; taken back with the transaction. */
export async function takeNumber(queries: Queries, service: string): Promise<number> {
  const [row] = await queries.query<{ last_id: number }>(null, TAKE_NUMBERS, [service, 1, 0]);
  if (row === undefined) throw new AppError('not-found');
  return row.last_id;
}

export function createRecordWriter(database: Database, { prefix, clock }: WriterOptions): RecordWriter {
  let systems: ReadonlySet<number> | undefined;
  const readKnown = async (queries: Queries): Promise<Known> => {
    systems ??= await readKnownSystems(queries);
    const services = await queries.query<{ name: string }>(null, 'SELECT name FROM service');
    return { systems, services: new Set(services.map((service) => service.name)) };
  };
  const start = (queries: Queries, bulk: string | null = null) =>
    startSession({ queries, prefix, clock, readKnown, bulk });
  const transaction = <T>(work: (session: WriteSession) => Promise<T>) =>
    database.transaction(
      async (queries) => {
        const session = start(queries);
        const result = await work(session);
        await session.finish();
        return result;
      },
      { unlimited: true },
    );
  return {
    transaction,
    within: (queries) => start(queries),
    write: (rows, options) =>
      repeated(Array.isArray(rows) ? ATTEMPTS : 1, () => transaction((session) => session.write(rows, options))),
    withdraw: (keys) => repeated(ATTEMPTS, () => transaction((session) => session.withdraw(keys))),
    attach: (assets) => repeated(ATTEMPTS, () => transaction((session) => session.attach(assets))),
    load: async (rows, options = {}) => {
      const report = await database.transaction(
        async (queries) => {
          const stamp = new Date(clock()).toISOString();
          const session = start(queries, await beginBulkLoad(queries, stamp));
          const written = await session.write(rows, options);
          await session.attach(options.assets ?? []);
          await endBulkLoad(queries, { ...session.touched(), stamp, byPlace: options.byPlace === true });
          return written;
        },
        { unlimited: true },
      );
      await markVisible(database);
      return report;
    },
  };
}

interface SessionSetup {
  readonly queries: Queries;
  readonly prefix: string;
  readonly clock: () => number;
  readonly readKnown: (queries: Queries) => Promise<Known>;
  /** Revision of a bulk load, which is known beforehand; null: given at the end. */
  readonly bulk: string | null;
}

type Written = { readonly n: number; readonly service: string; readonly inserted?: boolean };

function startSession({ queries, prefix, clock, readKnown, bulk }: SessionSetup) {
  const now = new Date(clock()).toISOString();
  const records = new Set<number>();
  const services = new Set<string>();
  const touch = (rows: readonly Written[]) => {
    for (const { n, service } of rows) {
      records.add(n);
      services.add(service);
    }
  };
  /** Merges what the index has collected since the first full batch. */
  let merge: (() => Promise<void>) | undefined;
  const touched = () => ({ records: [...records], services: [...services].sort() });

  const writeBatch = async (rows: readonly object[], series: boolean): Promise<readonly Written[]> => {
    if (rows.length === 0) return [];
    if (rows.length === BATCH && bulk === null) merge ??= await collectEntries(queries);
    const [name, text] = series ? ['vobs_write_series', WRITE_SERIES] : ['vobs_write_records', WRITE_RECORDS];
    const written = await queries.query<Written>(name, text, [JSON.stringify(rows), now, bulk ?? '0', bulk !== null]);
    touch(written);
    return written;
  };
  const write = async (rows: Rows, { onProgress, series = false }: WriteOptions = {}): Promise<WriteReport> => {
    const known = await readKnown(queries);
    const report = { inserted: 0, updated: 0, unchanged: 0, refused: [] as RefusedRow[] };
    let done = 0;
    for await (const batch of inBatches(rows, BATCH)) {
      const resolved = await resolveRows(queries, batch, known, prefix, series);
      const written = await writeBatch(resolved.rows, series);
      const inserted = written.filter((row) => row.inserted).length;
      report.inserted += inserted;
      report.updated += written.length - inserted;
      report.unchanged += resolved.rows.length - written.length;
      report.refused.push(...resolved.refused);
      done += batch.length;
      onProgress?.(done);
    }
    return report;
  };
  const withdraw = async (keys: readonly RecordKeyPair[]): Promise<number> => {
    const values = [keys.map((key) => key.service), keys.map((key) => key.id), now];
    const gone = await queries.query<Written>('vobs_withdraw', WITHDRAW, values);
    touch(gone);
    return gone.length;
  };
  const attach = async (assets: readonly AssetInput[]): Promise<number> => {
    const changed = await attachAssets(queries, assets, now);
    touch(changed);
    return changed.length;
  };
  const finish = async (): Promise<string | null> => {
    await merge?.();
    if (records.size === 0) return null;
    const { records: list, services: names } = touched();
    return commitRecords(queries, list, names, clock);
  };
  return { write, withdraw, attach, finish, touched };
}

const wholeSecond = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/**
 * Last step of a transaction that changed these records of these services; gives the revision. The datestamp is read from the clock when the
 * writers' lock is held: who harvests later than that finds the records, or finds them the next time, since it asks from then on.
 */
export async function commitRecords(
  queries: Queries,
  records: readonly number[],
  services: readonly string[],
  clock: () => number,
): Promise<string | null> {
  const prepared = await queries.query<{ series: readonly number[] }>('vobs_prepare', PREPARE, [
    records,
    services,
    wholeSecond(clock()),
  ]);
  const all = [...records, ...(prepared[0]?.series ?? [])];
  const finished = await queries.query<{ revision: string }>('vobs_finish', FINISH, [all, wholeSecond(clock())]);
  return finished[0]?.revision ?? null;
}

/** Two writers of the same records can stop each other; the one that the database ends starts again. */
async function repeated<T>(attempts: number, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= attempts || !isWorthRepeating(error)) throw error;
    }
  }
}
