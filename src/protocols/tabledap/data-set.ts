// A data set: the rows of one observation service as this viewer may take them, as plain columns.
// Descriptions are kept until something changes.
import type { DataAccess, DataDescription } from '../../data/data-access.ts';
import type { RecordRows, RecordsWithRows } from '../../data/records-with-rows.ts';
import { plainColumns } from '../../data/tables/flatten.ts';
import { type PlacedRecord, positionColumns } from '../../data/tables/positions.ts';
import type { Box } from '../../model/geometry.ts';
import type { Service } from '../../model/service.ts';
import { type Attributes, type Column, type TableMetadata, WHOLE } from '../../model/table.ts';
import type { Language } from '../../model/text.ts';
import { scopeOf, type Viewer } from '../../model/viewer.ts';
import { AXES, attributesOf, globalsOf, type Variable } from './attributes.ts';
import { dataTypeOf } from './data-types.ts';

export interface DataSet {
  readonly id: string;
  readonly description: DataDescription;
  /** The variables that tell rows apart. */
  readonly key: readonly string[];
  readonly metadata: TableMetadata;
  readonly variables: readonly Variable[];
  readonly globals: Attributes;
  readonly records: readonly RecordRows[];
  readonly box: Box | null;
  readonly places: ReadonlyMap<number, PlacedRecord>;
  /** Changes with the rows, the records and who may see them. */
  readonly revision: string;
}

export interface DataSetParts {
  readonly data: DataAccess;
  readonly records: RecordsWithRows;
  readonly services: ReadonlyMap<string, Service>;
  /** Absolute address of a path of ours. */
  readonly url: (path: string) => string;
}

/** The place of records that have one point. */
function placesOf(records: readonly RecordRows[]): ReadonlyMap<number, PlacedRecord> {
  return new Map(
    records.flatMap(({ record: { id, geometry, elevation } }) => {
      if (geometry?.type !== 'Point') return [];
      const [longitude, latitude] = geometry.coordinates;
      return [[id, { longitude, latitude, altitude: elevation ?? Number.NaN }] as const];
    }),
  );
}

/** Around all records; a box across the antimeridian counts as the whole circle of longitudes. */
function boxOf(records: readonly RecordRows[]): Box | null {
  const boxes = records.flatMap(({ record: { bbox } }) => (bbox === null ? [] : [bbox]));
  if (boxes.length === 0) return null;
  const crosses = boxes.some(([west, , east]) => west > east);
  const of = (n: 0 | 1 | 2 | 3, pick: (a: number, b: number) => number) =>
    boxes.map((box) => box[n]).reduce((a, b) => pick(a, b));
  return [crosses ? -180 : of(0, Math.min), of(1, Math.min), crosses ? 180 : of(2, Math.max), of(3, Math.max)];
}

/** First and last value, where they are known without reading the rows. */
function rangeOf(
  column: Column,
  time: boolean,
  description: DataDescription,
  records: readonly RecordRows[],
  places: DataSet['places'],
): readonly [number, number] | null {
  if (time) return description.time === null ? null : [description.time.start / 1000, description.time.end / 1000];
  const of = (values: readonly number[]): readonly [number, number] | null => {
    const known = values.filter(Number.isFinite);
    return known.length === 0 ? null : [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))];
  };
  if (column.name === 'record') return of(records.map(({ record }) => record.id));
  const isOwn = description.columns.some(({ name }) => name === column.name);
  return isOwn || !(column.name in AXES)
    ? null
    : of([...places.values()].map((place) => place[column.name as keyof PlacedRecord] ?? Number.NaN));
}

async function makeDataSet(
  parts: DataSetParts,
  service: Service,
  viewer: Viewer,
  language: Language,
  revision: string,
): Promise<DataSet | null> {
  const id = service.name;
  const description = await parts.data.describe(id, viewer);
  if (description === null) return null;
  const records = await parts.records.all(id, viewer);
  const { metadata } = await parts.data.rows({ service: id, record: null, cut: WHOLE, limit: null }, viewer);
  const places = placesOf(records);
  const time = description.axis?.column;
  const plain = plainColumns(description).map(({ column }) => column);
  const columns = [...plain, ...positionColumns({ columns: plain })];
  const variables = columns.map((column): Variable => {
    const type = dataTypeOf(column);
    const range = rangeOf(column, column.name === time, description, records, places);
    return { column, type, attributes: attributesOf(column, range, type, language, column.name === time) };
  });
  const box = boxOf(records);
  const changes = records.map(({ record }) => record.updated).sort();
  const page = parts.url(`/services/${id}`);
  const described = { service, description, metadata, variables, box, updated: changes.at(-1) ?? '', page };
  const key = service.data?.key ?? [];
  return {
    id,
    description,
    key,
    metadata,
    variables,
    globals: globalsOf(described, language),
    records,
    box,
    places,
    revision,
  };
}

export interface DataSets {
  /** null: there is none of that name. A viewer who may take no row of it has it without extents. */
  readonly one: (id: string, viewer: Viewer, language: Language) => Promise<DataSet | null>;
  /** Those that have a row for this viewer, by name. */
  readonly all: (viewer: Viewer, language: Language) => Promise<readonly DataSet[]>;
}

/** Data sets that are kept: services × scopes × languages. */
const MOST_KEPT = 200;

/** Descriptions are kept until the rows or the records change. */
export function createDataSets(parts: DataSetParts): DataSets {
  const kept = new Map<string, { readonly revision: string; readonly set: Promise<DataSet | null> }>();

  async function one(id: string, viewer: Viewer, language: Language): Promise<DataSet | null> {
    const service = parts.services.get(id);
    if (service === undefined || !parts.data.services.includes(id)) return null;
    const revision = await parts.records.revision(id);
    const key = `${id}\n${language}\n${scopeOf(viewer)}`;
    const known = kept.get(key);
    if (known?.revision === revision) return known.set;
    if (kept.size >= MOST_KEPT) kept.clear();
    const set = makeDataSet(parts, service, viewer, language, revision);
    kept.set(key, { revision, set });
    // What failed is asked again.
    set.catch(() => kept.delete(key));
    return set;
  }

  return {
    one,
    async all(viewer, language) {
      const sets = await Promise.all(parts.data.services.map((id) => one(id, viewer, language)));
      return sets.filter((set): set is DataSet => set !== null && set.records.length > 0);
    },
  };
}
