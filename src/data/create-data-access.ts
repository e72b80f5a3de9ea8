// `DataAccess` over the tables of rows: the viewer's right first, then a table whose chunks are read as they are taken.
import type { Catalogue } from '../catalogue/catalogue.ts';
import { AppError } from '../model/errors.ts';
import type { CatalogRecord } from '../model/record.ts';
import type { Service } from '../model/service.ts';
import {
  CHUNK_ROWS,
  type Chunk,
  type Column,
  cellSize,
  type Selection,
  type Table,
  type Values,
} from '../model/table.ts';
import { mayTakeData, type Viewer } from '../model/viewer.ts';
import { readRecordRows, readRecordState, readRowsRevision, readServiceRows } from '../storage/data-records.ts';
import { readRows } from '../storage/data-rows-read.ts';
import { type DataShape, dataShape } from '../storage/data-shape.ts';
import type { Database } from '../storage/database.ts';
import type { DataAccess, RecordWithRows } from './data-access.ts';
import { type DataLayout, dataLayout, withUnits } from './data-columns.ts';
import { recordMetadata, serviceMetadata } from './record-metadata.ts';

export interface DataAccessParts {
  readonly catalogue: Catalogue;
  readonly services: readonly Service[];
  /** Milliseconds since 1970; an embargo ends with its day. */
  readonly clock: () => number;
}

interface ServiceRows {
  readonly service: Service;
  readonly shape: DataShape;
  readonly layout: DataLayout;
}

/** The tables must be there already (`syncDataTables`). */
export function createDataAccess(database: Database, { catalogue, services, clock }: DataAccessParts): DataAccess {
  const known = new Map<string, ServiceRows>();
  for (const service of services) {
    const [shape, layout] = [dataShape(service), dataLayout(service)];
    if (shape !== null && layout !== null) known.set(service.name, { service, shape, layout });
  }
  const today = () => new Date(clock()).toISOString().slice(0, 10);

  return {
    services: [...known.keys()].sort(),
    async describe(name, viewer) {
      const rows = known.get(name);
      if (rows === undefined) return null;
      const { begins, ends } = await readServiceRows(database, name, viewer, today());
      const { columns, dimensions, fixed, axis } = rows.layout;
      return { service: name, columns, dimensions, fixed, axis, time: period(begins, ends) };
    },
    async rows(selection, viewer) {
      const rows = known.get(selection.service);
      if (rows === undefined) throw new AppError('not-found');
      const record = selection.record === null ? null : await takenRecord(catalogue, selection, viewer, today());
      const { revision, filled } =
        selection.record === null
          ? { revision: await readRowsRevision(database, selection.service), filled: [] }
          : await readRecordState(database, selection.service, selection.record);
      return tableOf(database, rows, { selection, record, viewer, today: today(), revision, filled });
    },
    async records(name, viewer) {
      if (!known.has(name)) return [];
      const found = await readRecordRows(database, name, viewer, today());
      return found.map(
        ({ record, rows, begins, ends }): RecordWithRows => ({
          service: name,
          record,
          rows,
          time: period(begins, ends),
        }),
      );
    },
    revision: (name) => (known.has(name) ? readRowsRevision(database, name) : Promise.resolve('0')),
  };
}

function period(begins: number | null, ends: number | null): RecordWithRows['time'] {
  return begins === null || ends === null ? null : { start: begins, end: ends };
}

/** The record whose rows are wanted, if the viewer may take them. */
async function takenRecord(
  catalogue: Catalogue,
  { service, record: id }: Selection,
  viewer: Viewer,
  today: string,
): Promise<CatalogRecord> {
  const record = id === null || id < 1 ? null : await catalogue.get({ service, id }, viewer);
  if (record === null || record.level !== 'dataset') throw new AppError('not-found');
  if (!mayTakeData(viewer, record, today)) throw new AppError(viewer.account === null ? 'unauthorized' : 'forbidden');
  if (!record.hasRows) {
    throw new AppError('not-found', {
      detail: { en: 'the record has no rows', fr: "l'enregistrement n'a pas de lignes" },
    });
  }
  return record;
}

interface Reading {
  readonly selection: Selection;
  readonly record: CatalogRecord | null;
  readonly viewer: Viewer;
  readonly today: string;
  readonly revision: string;
  /** Columns of the record that hold a value somewhere; empty: all may. */
  readonly filled: readonly string[];
}

function tableOf(database: Database, rows: ServiceRows, reading: Reading): Table {
  const { service, shape, layout } = rows;
  const { selection, record, viewer, today, revision, filled } = reading;
  const { cut, limit } = selection;
  const wantedOnes = wantedColumns(rows, cut.variables, record === null ? null : filled);
  const columns = record === null ? wantedOnes : withUnits(wantedOnes, service, record.fields);
  if (cut.time !== null && layout.axis === null) {
    throw wrong('time', 'the rows have no column of time', "les lignes n'ont pas de colonne de temps");
  }
  const used = new Set(columns.flatMap(({ dimensions }) => dimensions));
  const metadata =
    record === null ? serviceMetadata(service, service.name) : recordMetadata(record, service, layout.featureType);
  const wanted = {
    record: selection.record,
    columns: columns.map(({ name }) => name),
    time: cut.time,
    box: cut.box,
    viewer,
    today,
    revision,
  };
  const sizes = columns.map((column) => cellSize(layout.dimensions, column));
  return {
    metadata,
    columns,
    dimensions: layout.dimensions.filter(({ name }) => used.has(name)),
    fixed: layout.fixed,
    axis: layout.axis,
    rows: null,
    repeatable: true,
    chunks: () => chunksOf(readRows(database, shape, wanted, limit), sizes),
  };
}

function wrong(parameter: string, en: string, fr: string): AppError {
  return new AppError('invalid-parameter', { faults: [{ parameter, detail: { en, fr } }] });
}

/**
 * The axis and the position of a track always stay. Of one record (`filled` is not null) its number, the same in each row, and columns that
 * are empty throughout are given only where they are asked for by name.
 */
function wantedColumns(
  { shape, layout: { columns, axis, featureType } }: ServiceRows,
  variables: readonly string[] | null,
  filled: readonly string[] | null,
): readonly Column[] {
  if (variables === null && filled === null) return columns;
  if (variables === null) {
    const own = new Set([...shape.key, axis?.column, axis?.end, ...(filled ?? [])]);
    return columns.filter(({ name }) => name !== 'record' && (filled?.length === 0 || own.has(name)));
  }
  const unknown = variables.filter((wanted) => !columns.some(({ name }) => name === wanted));
  if (unknown.length > 0) {
    const list = columns.map(({ name }) => name).join(', ');
    const named = [...new Set(unknown)].join(', ');
    throw wrong('variables', `there is no ${named}; there are: ${list}`, `il n'y a pas de ${named} ; il y a : ${list}`);
  }
  const kept = [
    ...(axis === null ? [] : [axis.column, ...(axis.end === null ? [] : [axis.end])]),
    ...(featureType === 'trajectory'
      ? ['longitude', 'latitude', 'altitude'].map(
          (standard) => columns.find(({ standardName }) => standardName === standard)?.name,
        )
      : []),
    ...variables,
  ];
  return [...new Set(kept)].flatMap((wanted) => columns.filter(({ name }) => name === wanted));
}

/** Pages in chunks of the usual size. */
async function* chunksOf(
  pages: AsyncIterable<{ readonly rows: number; readonly values: readonly Values[] }>,
  sizes: readonly number[],
): AsyncGenerator<Chunk> {
  for await (const { rows, values } of pages) {
    if (rows <= CHUNK_ROWS) {
      yield { rows, values };
      continue;
    }
    for (let from = 0; from < rows; from += CHUNK_ROWS) {
      const to = Math.min(rows, from + CHUNK_ROWS);
      yield { rows: to - from, values: values.map((own, n) => part(own, from, to, sizes[n] ?? 1)) };
    }
  }
}

function part(values: Values, from: number, to: number, size: number): Values {
  if (values instanceof Float64Array) return values.subarray(from * size, to * size);
  return values.slice(from * size, to * size) as Values;
}
